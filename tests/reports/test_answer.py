"""The tables of an answer: who says what, under whose word it counts, and what it adds."""

from dataclasses import replace
from decimal import Decimal

import pytest

from kb.domain.answer import Direction
from kb.domain.entity import EDITORS, Argument, Source
from kb.domain.identity import Id
from kb.reports.answer import answer_sheet
from kb.reports.page import LedgerRow
from kb.reports.view import View
from kb.reports.vocabulary import measures
from kb.reports.words.answer import meaning_sentence
from tests.reasoning.story import argument, calculation, claim, figure, measure, question, source
from tests.reports.seen import seen

ASKED = question()
YES, NO = "question:loss:yes", "question:loss:no"


def rows(view: View) -> dict[str, LedgerRow]:
    sheet = answer_sheet(view, view.knowledge.questions[Id("loss")])
    return {row.text: row for side in sheet.ledgers for row in side.rows}


def stated(text: str, made: Argument) -> Argument:
    return replace(made, text=text)


def thread() -> View:
    """A thread whose unnamed speakers stand on both sides, and a report that passes on what a firm says."""
    return seen(
        source("thread"),
        source("report"),
        ASKED,
        claim("dear", by="thread", voice="(commenter A)"),
        claim("cheap", by="thread", voice="(commenter B)", confidence="almost certain"),
        claim("costly", by="report", voice="The firm via Report"),
        argument("for", YES, "claim:dear"),
        argument("against", NO, "claim:cheap"),
        stated("What the firm says means a loss.", argument("inferred", YES, "claim:costly")),
    )


def test_each_unnamed_speaker_is_named_and_counts_as_one_voice_with_the_others() -> None:
    made = rows(thread())
    assert [made[text].said_by for text in ("Dear", "Cheap")] == ["unnamed commenter A", "unnamed commenter B"]
    assert all("speakers in “Thread”" in made[text].counted_as for text in ("Dear", "Cheap"))


def test_a_single_unnamed_speaker_counts_as_himself() -> None:
    (row,) = rows(
        seen(
            source("thread"), ASKED, claim("dear", by="thread", voice="(commenter A)"), argument("a", YES, "claim:dear")
        )
    ).values()
    assert (row.said_by, row.counted_as) == ("unnamed commenter A", "")


def test_the_sentence_of_an_argument_is_an_inference_and_not_the_word_of_whoever_it_rests_on() -> None:
    row = rows(thread())["What the firm says means a loss"]
    assert (row.said_by, row.counted_as) == ("Editors' inference from The firm via Report", "")


def test_an_inference_alone_is_nobodys_word_but_the_editors() -> None:
    ours = replace(claim("ours"), voice=EDITORS, source=None, passages=())
    made = rows(
        seen(ASKED, claim("plain"), ours, argument("r", "claim:ours", "claim:plain"), argument("a", YES, "claim:ours"))
    )
    assert (made["Ours"].said_by, made["Ours"].counted_as) == ("Editors' inference", "Deck, on whose evidence it rests")


def test_what_adds_most_comes_first_and_is_called_strongest() -> None:
    sheet = answer_sheet(thread(), ASKED)
    assert len(sheet.ledgers[0].rows) == 2
    for side in sheet.ledgers:
        counted = [float(row.contribution) for row in side.rows if row.counts]
        assert counted == sorted(counted, reverse=True)
    (best, *_) = sheet.ledgers[0].rows
    assert f"What counts most for a yes: unnamed commenter A argues that {best.text}." in sheet.strongest


def test_the_contributions_add_up_to_what_decides() -> None:
    sheet = answer_sheet(thread(), ASKED)
    totals = [sum(Decimal(row.contribution) for row in side.rows if row.counts) for side in sheet.ledgers]
    assert [str(total) for total in totals] == [side.total for side in sheet.ledgers]
    ahead = "yes" if totals[0] > totals[1] else "no"
    adds_up = f"The arguments that count add up to {totals[0]} for a yes and {totals[1]} for a no"
    assert sheet.sums == f"{adds_up}, so the evidence points to a {ahead}: a lead of 0.16 is enough."


@pytest.mark.parametrize(("confidence", "is_even"), [("likely", True), ("very unlikely", False)])
def test_sides_are_even_while_their_sums_are_close(confidence: str, is_even: bool) -> None:
    claims = claim("plain"), claim("fine", by="memo", confidence=confidence)
    view = seen(ASKED, source("memo"), *claims, argument("a", YES, "claim:plain"), argument("b", NO, "claim:fine"))
    sums = answer_sheet(view, ASKED).sums
    assert ("too close to call: a lead of 0.16 is needed." in sums) is is_even
    assert (view.analysis.answers[ASKED.id].direction is Direction.EVEN) is is_even


def test_where_a_calculation_decides_the_sums_say_so() -> None:
    decided = question(decided_by=("margin", "<", "0"))
    view = seen(decided, claim("plain"), argument("a", YES, "claim:plain"), calculation("margin", "1 - x", x="80%"))
    assert "depends on the calculation, not on these totals" in answer_sheet(view, decided).sums


def test_the_unnamed_speakers_of_a_text_are_one_voice_on_a_measure() -> None:
    told = [
        figure(text, of="fee", by="thread", voice=voice)
        for text, voice in (("$5", "(commenter A)"), ("$9", "(commenter B)"))
    ]
    (row,) = measures(seen(measure("fee", "USD/month", "price"), source("thread"), *told)).rows
    assert row.origins == 1


def test_a_hinge_names_a_source_by_its_short_title_and_quotes_no_description() -> None:
    short = {"title-short": "the tides thread"}
    for more, named in ({}, "“Deck”"), ({"details": short}, "“the tides thread”"):
        inferred = {"title": "it has no heading"}
        assert f"Leaving out {named}" in _hinges(replace(source("deck"), **more))
        described = _hinges(replace(source("deck"), inferred=inferred, **more))
        assert f"Leaving out {named.strip('“”')}" in described


def _hinges(deck: Source) -> list[str]:
    view = seen(deck, ASKED, claim("dear"), argument("for", YES, "claim:dear"))
    return [row.text for row in answer_sheet(view, view.knowledge.questions[Id("loss")]).hinges]


def test_an_argument_counted_under_another_voice_says_whose_evidence_shows_it_too() -> None:
    view = seen(
        source("thread"),
        source("elm"),
        ASKED,
        measure(),
        figure("$80 a month", id="worth", by="elm", voice="Elm"),
        claim("dear", by="thread", voice="Fir"),
        claim("costly", by="thread", voice="Fir", confidence="almost certain"),
        argument("shown", "claim:dear", "figure:worth"),
        argument("for", YES, "claim:dear"),
        argument("too", YES, "claim:costly"),
    )
    made = rows(view)
    assert (made["Dear"].said_by, made["Dear"].counted_as) == ("Fir", "Elm, whose evidence shows it too")
    assert made["Costly"].counted_as == ""


def test_parts_of_a_row_end_without_a_stop_and_a_side_of_a_question_is_named_with_it() -> None:
    other = question("cover", no="It is not covered.")
    undercut = stated("月票亏损。", argument("but", "argument:for", "claim:cheap", attacks=True))
    view = seen(
        ASKED,
        other,
        claim("dear"),
        claim("cheap"),
        argument("for", YES, "claim:dear", "question:cover:no"),
        argument("covered", "question:cover:no", "claim:dear"),
        undercut,
    )
    (row,) = rows(view).values()
    assert row.text == "Dear; Is it so? It is not covered"
    assert [ref.text for ref in row.undercut_by] == ["月票亏损"]


def test_a_contribution_follows_from_the_numbers_that_the_row_shows() -> None:
    view = seen(
        ASKED,
        claim("dear"),
        claim("cheap", confidence="almost certain"),
        claim("old"),
        argument("for", YES, "claim:dear"),
        argument("but", "argument:for", "claim:cheap", attacks=True),
        argument("and", "argument:for", "claim:old"),
    )
    (row,) = rows(view).values()
    (backing,), (undercut,) = row.backed_by, row.undercut_by
    alone, difference = float(row.alone), float(backing.strength) - float(undercut.strength)
    moved = difference**2 / (1 + difference**2)
    expected = alone + (1 - alone) * moved if difference > 0 else alone - alone * moved
    assert float(row.contribution) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize(
    ("hinges", "meaning"),
    [(1, "but one change would alter that."), (7, "but any of seven changes would alter that.")],
)
def test_a_leaning_answer_says_how_many_changes_would_alter_it(hinges: int, meaning: str) -> None:
    view = seen(ASKED, claim("dear"), argument("for", YES, "claim:dear"))
    answer = view.analysis.answers[Id("loss")]
    leaning = replace(answer, hinges=answer.hinges[:1] * hinges)
    assert meaning_sentence(leaning) == f"The evidence points to a yes, {meaning}"
