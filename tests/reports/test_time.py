"""What a reader sees of time: series, forecasts, replaced numbers, gaps, and why two numbers are not compared."""

from datetime import date

import pytest

from kb.domain.entity import Figure
from kb.domain.scope import ScopeSelection
from kb.reports.evidence import figure as figure_sheet
from kb.reports.finding import figure_pair, finding
from kb.reports.page import SeparatePair
from kb.reports.view import View
from kb.reports.vocabulary import matches, measure
from tests.reasoning.story import figure, source, year
from tests.reasoning.test_story_time import CARS, OFFICE, PLAN, day, edition, measured, projected
from tests.reports.seen import seen

BY_YEAR = [measured("2 million", id="y2024", period=year(2024)), measured("3 million", id="y2025", period=year(2025))]


def test_the_page_of_a_measure_shows_a_series_in_order_of_time() -> None:
    rival = measured("4 million", by="memo", id="rival")
    sheet = measure(seen(CARS, OFFICE, *reversed(BY_YEAR), rival), "cars")
    assert sheet
    (table,) = sheet.series
    assert [(row.time, [(value.text, value.voices) for value in row.values]) for row in table.rows] == [
        ("In 2024", [("2 million cars", "Office")]),
        ("In 2025", [("3 million cars", "Office"), ("4 million cars", "Memo")]),
    ]
    (disputed,) = [row for row in sheet.findings if row.verdict == "conflict"]
    series = next(row for row in sheet.findings if row.ref == table.finding)
    assert (series.verdict, series.verdict_text, sheet.findings[0]) == ("", "series", disputed)


def test_the_sheet_of_a_series_has_each_step() -> None:
    view = seen(CARS, OFFICE, *BY_YEAR)
    sheet = finding(view, view.findings[0].id)
    assert sheet and sheet.series
    (step,) = sheet.pairings
    assert step.verdict_text == "change"
    assert step.explanation.startswith(
        "From 2 million cars in 2024 (Office) to 3 million cars in 2025 (Office): 3 million cars is 1.5 times"
    )


def test_two_figures_for_two_times_say_on_request_why_they_are_not_compared() -> None:
    view = seen(CARS, OFFICE, *BY_YEAR)
    left, right = (view.knowledge.figures[one.id] for one in BY_YEAR)
    pair = figure_pair(view, left, right)
    assert isinstance(pair, SeparatePair)
    change = "The difference, a factor of 1.5 (3 / 2 = 1.5), is a change and no conflict."
    assert pair.reason == f"They are for two times, 2024 and 2025. {change}"


@pytest.mark.parametrize("slug", ["y2024", "y2025"])
def test_both_pages_say_why_two_times_are_not_compared(slug: str) -> None:
    sheet = figure_sheet(seen(CARS, OFFICE, *BY_YEAR), slug)
    assert sheet
    (apart,) = sheet.not_compared
    assert apart.figure.slug != slug and "They are for two times" in apart.reason


def pair_of(view: View, left: str, right: str) -> str:
    figures = {one.slug: one for one in view.knowledge.figures.values()}
    first, second = figures[left], figures[right]
    assert isinstance(first, Figure) and isinstance(second, Figure)
    pair = figure_pair(view, first, second)
    return pair.reason if isinstance(pair, SeparatePair) else pair.row.verdict_text


def test_two_figures_that_are_compared_show_their_finding() -> None:
    view = seen(CARS, PLAN, OFFICE, projected("10 million", id="plan"), measured("3 million", id="known"))
    assert pair_of(view, "plan", "known") == "forecast missed"


@pytest.mark.parametrize(
    ("about", "reason"),
    [
        ({"stance": "hypothetical"}, "is hypothetical, so that no voice stands for it"),
        (
            {"vendor": "acme", "period": year(2025)},
            "the period differs (2025, 2024) and the vendor differs (Acme, Bolt)",
        ),
        ({"vendor": "bolt", "period": year(2024), "unit": "EUR"}, "Their units do not convert into each other."),
    ],
)
def test_what_keeps_two_figures_apart_is_named(about: dict[str, object], reason: str) -> None:
    third = figure("3 million cars", id="third", of="cars", unit="car", by="memo", vendor="bolt", period=year(2024))
    first = figure("2 million", id="first", of="cars", by="office", **({"unit": "car"} | about))  # type: ignore[arg-type]
    assert reason in pair_of(seen(CARS, OFFICE, third, first), "first", "third")


def test_a_replaced_figure_points_to_what_replaced_it() -> None:
    editions = (edition("first"), edition("second", "first"))
    older = measured("3 million", by="first", voice="Office", id="older")
    newer = measured("5 million", by="second", voice="Office", id="newer")
    view = seen(CARS, *editions, older, newer, measured("9 million", by="memo", id="rival"))
    sheets = [figure_sheet(view, slug) for slug in ("older", "newer")]
    assert sheets[0] and sheets[0].replaced_by and sheets[0].replaced_by.slug == "newer"
    assert sheets[1] and [one.slug for one in sheets[1].replaces] == ["older"]
    (dispute,) = view.findings
    sheet = finding(view, dispute.id)
    assert sheet and "older" not in {row.ref.slug for row in sheet.figures}
    (sentence,) = sheet.replaced
    assert sentence == "5 million cars (Office in “Second”) replaces 3 million cars (Office in “First”)."
    assert "was replaced by 5 million cars" in pair_of(view, "older", "rival")


def test_who_repeats_a_number_that_was_replaced_points_to_what_replaced_it() -> None:
    editions = (edition("first"), edition("second", "first"))
    older = measured("3 million", by="first", voice="Office", id="older")
    newer = measured("5 million", by="second", voice="Office", id="newer")
    view = seen(CARS, *editions, older, newer, measured("3 million", by="memo", id="echo", quotes="older"))
    sheet = figure_sheet(view, "echo")
    assert sheet and sheet.replaced_by and sheet.replaced_by.slug == "newer"
    assert view.findings == ()
    assert pair_of(view, "echo", "newer") == (
        "3 million cars (Memo, quoting Office) passes on 3 million cars (Office in “First”), which was replaced by "
        "5 million cars (Office in “Second”)."
    )


def test_who_repeats_a_projection_whose_outcome_is_known_is_not_set_against_the_outcome() -> None:
    echo = projected("10 million", by="memo", voice="Memo", id="echo", quotes="plan")
    view = seen(CARS, PLAN, OFFICE, projected("10 million", id="plan"), measured("3 million", id="known"), echo)
    assert "passes on 10 million cars (projected) (Ann Ash in “Plan”), which is compared with its outcome alone" in (
        pair_of(view, "echo", "known")
    )


def test_a_projection_whose_outcome_is_known_only_for_a_later_time_names_it() -> None:
    news = source("news", issued="2027-02-02")
    later = measured("7 million", by="news", id="later", period=year(2026))
    (gap,) = matches(seen(CARS, PLAN, news, projected("10 million", id="late"), later)).overdue
    assert "recorded for that time, the next one known is 7 million cars in 2026 (News), and the newest" in gap.text


def test_a_part_of_a_year_is_no_earlier_state_of_the_year() -> None:
    half = ScopeSelection(start=date(2025, 1, 1), end=date(2025, 6, 30), text="2025-H1")
    view = seen(CARS, OFFICE, measured("3 million", id="whole"), measured("1 million", id="half", period=half))
    reason = "They are for times that overlap, 2025 and the first half of 2025, so that neither is an earlier state"
    assert reason in pair_of(view, "whole", "half")
    sheet = figure_sheet(view, "whole")
    assert sheet and [one.figure.slug for one in sheet.not_compared] == ["half"]


def test_a_projection_whose_time_is_over_is_a_gap() -> None:
    view = seen(CARS, PLAN, source("news", issued="2026-02-02"), projected("10 million", id="late"))
    (gap,) = matches(view).overdue
    assert gap.figure.slug == "late"
    assert gap.text == (
        "Ann Ash: 10 million cars (projected) in 2025; no outcome is recorded for that time, and the newest source is "
        "of 2 February 2026."
    )
    sheet = measure(view, "cars")
    assert sheet and sheet.overdue == (gap,)


@pytest.mark.parametrize(
    "further",
    [
        [measured("3 million")],
        [projected("10 million", period=year(2027))],
        [projected("10 million", period=year(2027), as_of=day("2024-05-01"))],
        [projected("10 million", period=None)],
    ],
)
def test_a_projection_with_an_outcome_or_time_left_is_no_gap(further: list[Figure]) -> None:
    told_of = [projected("10 million"), *further] if further[0].stance == "measured" else further
    assert matches(seen(CARS, PLAN, OFFICE, *told_of)).overdue == ()


def test_without_a_dated_source_nothing_is_overdue() -> None:
    assert matches(seen(CARS, source("plan"), projected("10 million"))).overdue == ()
