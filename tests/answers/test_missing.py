"""A question that lacks a number: what nobody states stays open, and the page says where the answer would turn."""

from dataclasses import replace
from fractions import Fraction

import pytest

from kb.domain.answer import Answer, AnswerWord, BreakEven, Direction, GapKind, Hinge, HingeKind
from kb.domain.entity import AnyEntity, Question
from kb.domain.identity import Id
from kb.reports.answer import answer_sheet
from kb.reports.view import View
from kb.reports.words.hinges import hinges_sentence
from tests.reasoning.story import argument, calculation, claim, figure, measure, quantity, question, scope, source, term
from tests.reports.seen import seen

ASKED = question(decided_by=("profit", "<", "0"))
ASKED_IN_MONEY = replace(ASKED, decided_by=replace(ASKED.decided_by, limit=quantity("$0 / month")))  # type: ignore[type-var]
FEE = figure("$200 / month", id="fee", of="fee")


def plan(*others: AnyEntity, share: str = "25%") -> View:
    """What is left of a fee after the use that nobody states, of which a share is cost."""
    return seen(
        measure("fee", "USD/month", "price"),
        measure("share", "fraction", "ratio"),
        ASKED_IN_MONEY,
        FEE,
        claim("dear"),
        argument("for", "question:loss:yes", "claim:dear"),
        calculation("profit", "fee - mean_use * share", fee="figure fee", mean_use="missing", share=share),
        *others,
    )


def asked(view: View) -> Answer:
    return view.analysis.answers[Id("loss")]


def test_the_missing_number_comes_first_among_gaps_and_hinges_with_both_directions() -> None:
    made = asked(plan())
    assert (made.word, made.direction) == (AnswerWord.OPEN, Direction.EVEN)
    assert (made.gaps[0].kind, made.gaps[0].input, made.gaps[0].decides) == (GapKind.MISSING_INPUT, "mean_use", True)
    turns = [(hinge.after, hinge.break_even) for hinge in made.hinges]
    assert {(after, turn.value, turn.above) for after, turn in turns if turn} == {
        (Direction.YES, Fraction(800), True),
        (Direction.NO, Fraction(800), False),
    }


def test_no_other_number_decides_while_the_missing_one_may_be_anything() -> None:
    made = asked(plan())
    assert {hinge.break_even.input for hinge in made.hinges if hinge.break_even} == {"mean_use"}
    tried = made.tried[0]
    assert tried.kind is HingeKind.ASSUMPTION
    assert tried.range
    assert (tried.range.input, tried.range.low, tried.range.high) == ("share", 0, 1)


def test_a_break_even_moves_with_an_assumption_within_what_sources_state() -> None:
    stated = [figure(text, of="share", unit="fraction", by=by) for text, by in (("10%", "one"), ("50%", "two"))]
    assumed = figure("25%", id="assumed", of="share", unit="fraction", stance="assumed", by="three")
    tried = asked(plan(*stated, assumed, share="figure assumed")).tried[0]
    assert tried.range and tried.range.shifted
    assert (tried.range.low, tried.range.high) == (Fraction(1, 10), Fraction(1, 2))
    assert (tried.range.shifted.low, tried.range.shifted.high) == (400, 2000)
    assert tried.range.stated and not tried.range.shifted.rising


def test_the_page_says_what_is_missing_where_it_turns_and_what_does_not_matter() -> None:
    sheet = answer_sheet(plan(), ASKED_IN_MONEY)
    lacks = "It depends on the mean use, which no source states"
    assert f"{lacks}: below $800 a month the answer is no; above that, the answer is yes." == sheet.decision
    assert sheet.turning == "Nothing else that was tried would settle it."
    assert sheet.gaps[0] == "No source states the mean use, so the profit cannot be worked out."
    assert sheet.tried == (
        "Setting the share anywhere from 0% to 100% instead of the assumed 25%",
        "Leaving out “Deck”",
    )
    assert "No source states the number that would decide the question." in sheet.concerns


def test_of_two_missing_numbers_both_are_named_and_neither_alone_would_decide() -> None:
    view = plan(share="missing")
    assert [gap.input for gap in asked(view).gaps if gap.decides] == ["mean_use", "share"]
    assert asked(view).hinges == ()
    sentences = answer_sheet(view, ASKED_IN_MONEY).sentences
    assert any("no source states the mean use and the share." in sentence for sentence in sentences)


def test_what_a_stated_number_implies_is_not_missing() -> None:
    implied = calculation("profit", "fee - use", fee="figure fee", use="missing", checks=("left",))
    left = figure("$50 / month", id="left", of="fee", by="other")
    made = asked(seen(measure("fee", "USD/month", "price"), ASKED_IN_MONEY, FEE, left, implied))
    assert made.direction is Direction.NO
    assert [gap for gap in made.gaps if gap.kind is GapKind.MISSING_INPUT] == []


def test_the_answer_says_between_which_values_its_threshold_moves() -> None:
    stated = [figure(text, of="share", unit="fraction", by=by) for text, by in (("10%", "one"), ("50%", "two"))]
    assumed = figure("25%", id="assumed", of="share", unit="fraction", stance="assumed", by="three")
    sentences = answer_sheet(plan(*stated, assumed, share="figure assumed"), ASKED_IN_MONEY).sentences
    at_lowest = "at 10%, the lowest value recorded for it, it would be $2,000 a month"
    moves = f"That threshold takes the share to be 25%; {at_lowest}, and at 50%, the highest, $400."
    assert any(moves in sentence for sentence in sentences)


def test_of_what_does_not_decide_the_voice_that_weighs_most_comes_first() -> None:
    base = plan(
        source("leaflet"),
        claim("costly", by="leaflet", confidence="unlikely"),
        argument("also-for", "question:loss:yes", "claim:costly"),
    )
    assert [(tried.kind, tried.subject) for tried in asked(base).tried[1:]] == [
        (HingeKind.SOURCE, "deck"),
        (HingeKind.SOURCE, "leaflet"),
    ]


def test_what_comes_nearest_to_turning_an_answer_comes_first_and_what_strengthens_it_last() -> None:
    weights = {"report": "almost certain", "letter": "likely", "rumour": "unlikely"}
    claims = [claim(f"dear-{by}", by=by, confidence=weight) for by, weight in weights.items()]
    reasons = [argument(f"for-{by}", "question:loss:yes", f"claim:dear-{by}") for by in weights]
    against = (claim("cheap", by="note"), argument("against", "question:loss:no", "claim:cheap"))
    made = asked(seen(*map(source, (*weights, "note")), question(), *claims, *reasons, *against))
    assert (made.direction, made.hinges) == (Direction.YES, ())
    assert [(tried.kind, tried.subject) for tried in made.tried] == [
        (HingeKind.SOURCE, by) for by in (*weights, "note")
    ]
    assert [tried.strengthens for tried in made.tried] == [False, False, False, True]


@pytest.mark.parametrize(
    ("voice", "speaks"), [("Ann Ash", True), ("(commenter A)", False), ("Ann Ash via Deck", False)]
)
def test_a_side_is_first_hand_if_somebody_named_speaks_for_it_in_a_source_of_their_own(
    voice: str, speaks: bool
) -> None:
    made = asked(
        seen(source("deck"), question(), claim("dear", voice=voice), argument("for", "question:loss:yes", "claim:dear"))
    )
    lacking = [gap.side for gap in made.gaps if gap.kind is GapKind.SECOND_HAND]
    assert lacking == ([] if speaks else ["yes"])


def about(*plans: str, **question_scope: object) -> Answer:
    terms = [term(name, "plan") for name in ("large", "small")]
    figures = [figure("$5 / month", id=f"of-{name}", by=name, of="fee", plan=name) for name in plans]
    answering = [argument(f"for-{name}", "question:loss:yes", f"figure:of-{name}") for name in plans]
    asked_about: Question = replace(question(), scope=scope(**question_scope))
    return asked(seen(*terms, measure("fee", "USD/month", "price"), asked_about, *figures, *answering))


def test_numbers_about_one_case_are_indirect_unless_the_question_asks_about_it() -> None:
    assert about("large").only_case == "large"
    assert about("large", plan="large").only_case is None
    assert about("large", plan="small").only_case == "large"
    assert about("large", "small").only_case is None


def test_disagreeing_numbers_are_named_with_their_measure() -> None:
    numbers = [figure(text, id=by, by=by, of="fee") for by, text in (("one", "$5 / month"), ("two", "$50 / month"))]
    view = seen(
        measure("fee", "USD/month", "price"), question(), *numbers, argument("for", "question:loss:yes", "figure:one")
    )
    assert asked(view).contested == ("fee",)
    concerns = answer_sheet(view, view.knowledge.questions[Id("loss")]).concerns
    assert "The recorded numbers disagree on “fee”." in concerns


def test_numbers_that_do_not_enter_what_decides_do_not_make_it_inconsistent() -> None:
    numbers = [figure(text, by=by, of="value") for by, text in (("one", "$5 / month"), ("two", "$50 / month"))]
    assert asked(plan(measure("value"), *numbers)).contested == ()
    assert asked(plan(figure("$300 / month", of="fee", by="other"))).contested == ("fee",)


@pytest.mark.parametrize("above", [True, False])
@pytest.mark.parametrize("present", [None, Fraction(900)])
def test_a_threshold_of_an_unstated_number_says_what_holds_either_side(above: bool, present: Fraction | None) -> None:
    turn = BreakEven(
        calculation=Id("profit"),
        input="use",
        value=Fraction(800),
        unit="USD/month",
        above=above,
        past=Fraction(810 if above else 790),
        present=present,
    )
    hinge = Hinge(
        kind=HingeKind.INPUT,
        subject=Id("profit"),
        break_even=turn,
        before=Direction.EVEN,
        after=Direction.NO,
        shift=-1.0,
    )
    view = plan()
    answer = replace(view.analysis.answers[ASKED_IN_MONEY.id], hinges=(hinge,), gaps=())
    said = hinges_sentence(answer, view.knowledge)
    stays = f"at $800 a month or {'less' if above else 'more'}, it points to neither side."
    assert (stays in said) is (present is None)
