"""How many voices stand behind a number: confirmation, repetition, and limits that only meet."""

import pytest

from kb.domain.entity import Figure
from kb.domain.finding import Finding, FindingKind, Verdict
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.calculation.evaluation import results_of
from kb.reasoning.copy_detection import possible_dependences
from kb.reasoning.findings.position import positions
from tests.reasoning.story import calculation, figure, measure, source, told
from tests.reasoning.worded import worded_findings

CROWD = measure("crowd", "person", "count", "match")


def noticed(*entities: object) -> tuple[Finding, ...]:
    return worded_findings(told(CROWD, *entities), None)  # type: ignore[arg-type]


def crowd(text: str, by: str, **about: object) -> Figure:
    return figure(text, by=by, of="crowd", unit="person", **about)  # type: ignore[arg-type]


def test_one_origin_in_five_papers_confirms_nothing_and_says_so() -> None:
    papers = ["gazette", "herald", "mirror", "post", "times"]
    [found] = noticed(*(crowd("58,412 people", paper, voice=f"The club via {paper}") for paper in papers))
    assert (found.kind, found.verdict) == (FindingKind.REPETITION, Verdict.AGREEMENT)
    assert "Four other sources give this number and add no voice to The club" in found.explanation
    assert len(found.figures) == 5


def test_a_second_origin_confirms_and_the_repeats_are_still_told_apart() -> None:
    found = noticed(
        crowd("58,412 people", "gazette", id="club", voice="The club via Gazette"),
        crowd("58,412 people", "herald", voice="The club via Herald"),
        crowd("58,400 people", "police", id="police", voice="Police"),
        crowd("58,412 people", "league", id="league", voice="The league"),
    )
    kinds = {finding.kind: finding for finding in found}
    assert kinds[FindingKind.CORROBORATION].figures == ("club", "league")
    assert " give the same number" in kinds[FindingKind.CORROBORATION].explanation
    assert "adds no voice to The club" in kinds[FindingKind.REPETITION].explanation
    assert kinds[FindingKind.ACROSS_SOURCES].verdict is Verdict.ROUNDING


def test_a_source_that_quotes_another_repeats_it() -> None:
    [found] = noticed(
        source("blog", quotes=(Id("gazette"),)),
        crowd("58,412 people", "gazette"),
        crowd("58,412 people", "blog"),
    )
    assert found.kind is FindingKind.REPETITION
    assert "Blog (in a text that quotes the other)" in found.explanation


def test_a_translation_is_the_same_work_and_not_worth_a_word() -> None:
    assert (
        noticed(
            source("gazette-zh", translation_of=Id("gazette")),
            crowd("58,412 people", "gazette", id="en"),
            crowd("58,412 人", "gazette-zh", translates="en"),
        )
        == ()
    )


def test_a_repetition_within_one_text_is_not_worth_a_word() -> None:
    assert noticed(crowd("58,412 people", "gazette"), crowd("58,412 people", "gazette", line=40)) == ()


def test_estimates_that_overlap_are_told_to_meet_not_to_be_the_same() -> None:
    [found] = noticed(crowd("50,000–60,000 people", "gazette"), crowd("55,000–70,000 people", "herald"))
    assert found.kind is FindingKind.CORROBORATION
    assert " give numbers that meet" in found.explanation


def test_a_floor_and_a_ceiling_at_one_number_confirm_nothing() -> None:
    [found] = noticed(crowd("more than 60,000 people", "gazette"), crowd("fewer than 60,000 people", "herald"))
    assert (found.kind, found.verdict) == (FindingKind.ACROSS_SOURCES, Verdict.CONFLICT)
    assert "no value satisfies both" in found.explanation
    assert "give the same" not in found.explanation


def test_repeats_count_no_voice_in_the_position() -> None:
    knowledge: Knowledge = told(
        CROWD,
        *(crowd("58,412 people", paper, voice=f"The club via {paper}") for paper in ("a", "b", "c")),  # type: ignore[misc]
    )
    [position] = positions(knowledge, Id("crowd"))
    assert (position.origins, len(position.dependents)) == (("The club",), 2)


def test_a_quotation_that_denies_the_number_does_not_repeat_it() -> None:
    assert (
        noticed(
            crowd("58,412 people", "gazette", id="told"),
            crowd("58,412 people", "blog", quotes="told", stance="negated"),
        )
        == ()
    )


def test_a_later_source_with_the_same_digits_is_asked_whether_it_repeats() -> None:
    told_of = told(
        CROWD,
        source("gazette", issued="2026-03"),
        source("mirror", issued="2026-02"),
        crowd("58,412 people", "gazette", id="late", voice="Police"),
        crowd("58,412 people", "mirror", id="early", voice="The club"),
    )
    [found] = possible_dependences(told_of, {})
    assert (found.figure, found.on, found.calculation) == ("late", ("early",), None)


@pytest.mark.parametrize(
    "again",
    [
        crowd("50,000 people", "gazette", voice="Police"),
        crowd("58,412 people", "gazette", voice="Police", repeats="round"),
        crowd("58,400 people", "gazette", voice="Police"),
    ],
    ids=["a round number", "a recorded repetition", "other digits"],
)
def test_nothing_is_asked_about(again: Figure) -> None:
    first = "50,000 people" if again.quantity.low == 50000 else "58,412 people"
    assert possible_dependences(told(CROWD, crowd(first, "mirror", id="round"), again), {}) == ()


def test_a_multiple_that_comes_out_from_the_numbers_of_others_may_be_derived() -> None:
    shared = (
        measure("value", "USD/month", "flow"),
        measure("fee", "USD/month", "price"),
        measure("times", "multiple", "ratio"),
        figure("$8,000/month", id="worth", of="value", by="lab"),
        figure("$200/month", id="paid", of="fee", by="shop"),
        calculation("ratio", "v / f", v="figure worth", f="figure paid", checks=("forty",)),
    )
    exact = told(*shared, figure("40 times", id="forty", of="times", unit="multiple", by="essay"))
    [found] = possible_dependences(exact, results_of(exact, exact.calculations))
    assert (found.figure, found.on, found.calculation) == ("forty", ("worth", "paid"), "ratio")
    near = told(*shared, figure("41 times", id="forty", of="times", unit="multiple", by="essay"))
    assert possible_dependences(near, results_of(near, near.calculations)) == ()


@pytest.mark.parametrize(
    ("said", "asked"), [("42.7 times", [True]), ("43 times", [True]), ("40 times", []), ("45 times", [])]
)
def test_a_multiple_may_be_derived_though_it_is_rounded_unless_it_is_round(said: str, asked: list[bool]) -> None:
    known = told(
        measure("value", "USD/month", "flow"),
        measure("fee", "USD/month", "price"),
        measure("times", "multiple", "ratio"),
        figure("$8,530/month", id="worth", of="value", by="lab"),
        figure("$200/month", id="paid", of="fee", by="shop"),
        calculation("ratio", "v / f", v="figure worth", f="figure paid", checks=("multiple",)),
        figure(said, id="multiple", of="times", unit="multiple", by="essay"),
    )
    assert [found.rounded for found in possible_dependences(known, results_of(known, known.calculations))] == asked
