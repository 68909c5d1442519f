"""What time decides: forecasts with their outcomes, changes, and numbers that were replaced."""

from datetime import date

import pytest

from kb.domain.entity import AnyEntity, Source
from kb.domain.finding import Finding, FindingKind, Verdict
from kb.domain.knowledge import Knowledge
from kb.domain.scope import ScopeSelection
from kb.reasoning.analysis import analyse
from kb.reasoning.consensus import consensus
from kb.reasoning.reconcile import Reconciler
from kb.reports.words.finding import finding_sentence
from tests.reasoning.story import each, figure, measure, source, told, year

CARS = measure("cars", "car", "count", "vendor", "period", "as-of", "place")
PLAN, OFFICE = source("plan", issued="2024-05"), source("office", issued="2026-02")


def cars(number: str, by: str, stance: str, **about: object) -> AnyEntity:
    """A number of cars; a plan is Ann Ash's, all else is said by its source, and it is for 2025 unless it says."""
    told_of: dict[str, object] = {"voice": "Ann Ash" if by == "plan" else by.capitalize(), "period": year(2025)}
    about = {key: value for key, value in (told_of | about).items() if value is not None}
    return figure(f"{number} cars", of="cars", unit="car", by=by, stance=stance, **about)  # type: ignore[arg-type]


def projected(number: str, by: str = "plan", **about: object) -> AnyEntity:
    return cars(number, by, "projected", **about)


def measured(number: str, by: str = "office", **about: object) -> AnyEntity:
    return cars(number, by, "measured", **about)


def known(*entities: AnyEntity) -> Knowledge:
    return told(CARS, *{one.id: one for one in (PLAN, OFFICE, *entities)}.values())


def found(*entities: AnyEntity) -> list[Finding]:
    return list(Reconciler().findings(known(*entities)))


def outline(*entities: AnyEntity) -> list[str]:
    """The findings as ``kind verdict``."""
    return sorted(f"{finding.kind} {finding.verdict or ''}".strip() for finding in found(*entities))


def sentences(*entities: AnyEntity) -> str:
    knowledge = known(*entities)
    results = analyse(knowledge).results
    return " ".join(finding_sentence(knowledge, results, finding) for finding in Reconciler().findings(knowledge))


def day(text: str) -> ScopeSelection:
    return ScopeSelection(start=date.fromisoformat(text), end=date.fromisoformat(text), text=text)


@pytest.mark.parametrize(
    ("projection", "outcome", "verdict"),
    [
        ("10 million", "3 million", "missed"),
        ("10 million", "10.2 million", "met"),
        ("at least 10 million", "12 million", "met"),
        ("at least 10 million", "40 million", "met"),
        ("at least 10 million", "3 million", "missed"),
        ("at most 10 million", "14 million", "missed"),
        ("8 million to 12 million", "9 million", "met"),
        ("10 million", "over 12 million", "missed"),
    ],
)
def test_a_forecast_is_met_as_far_as_its_words_go(projection: str, outcome: str, verdict: str) -> None:
    assert outline(projected(projection), measured(outcome)) == [f"forecast {verdict}"]


@pytest.mark.parametrize("stance", ["measured", "reported", "asserted", "estimated", "derived"])
def test_whatever_is_not_projected_is_an_outcome(stance: str) -> None:
    assert outline(projected("10 million"), cars("3 million", "office", stance)) == ["forecast missed"]


def test_the_sentence_says_what_was_projected_and_what_came_of_it() -> None:
    assert sentences(projected("10 million"), measured("3 million")).startswith(
        "Forecast missed: Ann Ash projected 10 million cars for 2025; Office measured 3 million cars. "
        "The forecast is 3.3 times the outcome (10 / 3 ≈ 3.3)."
    )


def test_an_alleged_outcome_keeps_its_word_and_weighs_less() -> None:
    (plain,) = found(projected("10 million"), measured("3 million"))
    (alleged,) = found(projected("10 million"), cars("3 million", "office", "alleged"))
    assert alleged.verdict is Verdict.MISSED
    assert alleged.severity < plain.severity
    assert "Office alleged 3 million cars" in sentences(projected("10 million"), cars("3 million", "office", "alleged"))


@pytest.mark.parametrize(
    ("plan", "office"),
    [("2024-05", ""), ("", "2026-02"), ("2026-05", "2026-02"), ("2026", "2026-02"), ("2024-05", "2024-08")],
)
def test_an_outcome_not_known_to_be_later_is_compared_as_ever(plan: str, office: str) -> None:
    dated = (source("plan", issued=plan), source("office", issued=office))
    assert outline(*dated, projected("10 million"), measured("3 million")) == ["across_sources conflict"]
    assert "10 million cars (projected)" in sentences(*dated, projected("10 million"), measured("3 million"))


@pytest.mark.parametrize(("issued", "verdict"), [("2025-08", "conflict"), ("2025-12", "missed"), ("2025", "missed")])
def test_what_is_counted_before_a_period_is_over_is_no_outcome(issued: str, verdict: str) -> None:
    (finding,) = found(source("office", issued=issued), projected("10 million"), measured("3 million"))
    assert finding.verdict == verdict


@pytest.mark.parametrize(
    ("issued", "stance", "marked"),
    [
        ("2025-08", "measured", True),
        ("2025-08", "asserted", True),
        ("2025-12", "measured", False),
        ("2025", "measured", False),
        ("2026-02", "measured", False),
        ("", "measured", False),
        ("2025-08", "projected", False),
    ],
)
def test_a_number_stated_for_a_year_that_is_not_over_says_so(issued: str, stance: str, marked: bool) -> None:
    words = sentences(
        source("memo", issued=issued),
        source("deck", issued="2026-03"),
        cars("3", "memo", stance),
        measured("5", by="deck"),
    )
    assert ("3 cars (stated before the year was over)" in words) == marked


def test_a_price_may_be_known_for_a_year_that_is_not_over() -> None:
    fee = measure("fee", "EUR", "price", "period")
    both = [figure(f"€{n}", of="fee", unit="EUR", by=by, period=year(2025)) for n, by in ((30, "plan"), (31, "office"))]
    knowledge = told(fee, source("plan", issued="2024-12"), OFFICE, *both)
    [finding] = Reconciler().findings(knowledge)
    assert "before" not in finding_sentence(knowledge, {}, finding)


def test_a_date_within_a_year_needs_no_end_of_the_year() -> None:
    stock = (
        projected("10 million", period=None, as_of=year(2025)),
        measured("3 million", period=None, as_of=year(2025)),
    )
    assert outline(source("office", issued="2025-09"), *stock) == ["forecast missed"]


@pytest.mark.parametrize(("outcome", "distance"), [("40 million", "4 times"), ("10.2 million", "")])
def test_a_limit_that_is_kept_by_far_says_by_how_far(outcome: str, distance: str) -> None:
    words = sentences(projected("at least 10 million"), measured(outcome))
    assert words.startswith("Forecast met") and ("times" in words) == bool(distance) and distance in words


def test_one_source_may_tell_of_a_forecast_once_its_time_is_over() -> None:
    told_by_one = (projected("10 million", by="office", voice="Ann Ash"), measured("3 million"))
    assert outline(*told_by_one) == ["forecast missed"]
    early = source("office", issued="2025-06")
    assert outline(early, *told_by_one) == ["within_source conflict"]


@pytest.mark.parametrize(
    "about",
    [{"vendor": "acme"}, {"period": year(2024)}, {"period": None}, {"period": None, "as_of": day("2025-12-31")}],
)
def test_what_is_about_something_else_is_no_outcome(about: dict[str, object]) -> None:
    assert "forecast missed" not in outline(projected("10 million"), measured("3 million", **about))


def test_a_forecast_for_each_of_two_has_the_outcome_of_either() -> None:
    for_both = projected("10 million", vendor=each("acme", "bolt"))
    assert outline(for_both, measured("3 million", vendor="acme")) == ["forecast missed"]


def test_an_outcome_within_the_time_projected_counts_at_its_end() -> None:
    forecast = projected("10 million", period=None, as_of=year(2025))
    at_the_end = measured("3 million", period=None, as_of=day("2025-12-31"))
    assert outline(forecast, at_the_end) == ["forecast missed"]
    assert "as of 31 December 2025" in sentences(forecast, at_the_end)
    in_march = measured("3 million", period=None, as_of=day("2025-03-01"))
    assert outline(forecast, in_march) == []


@pytest.mark.parametrize(
    ("projection", "outcome", "as_of", "told_of"),
    [
        ("at most 10 million", "13 million", "2026-02-01", ["forecast missed"]),
        ("at most 10 million", "8 million", "2026-02-01", ["forecast met"]),
        ("at least 10 million", "6 million", "2026-03-31", ["forecast missed"]),
        ("10 million", "3 million", "2026-02-01", ["forecast missed"]),
        ("10 million", "10 million", "2026-02-01", ["forecast met"]),
        # A little more or less may have come since.
        ("at most 10 million", "10.9 million", "2026-02-01", ["series"]),
        ("10.2 million", "11 million", "2026-02-01", ["series"]),
        # What is so half a year later says little of the day.
        ("at most 10 million", "13 million", "2026-07-01", ["series"]),
        ("at most 10 million", "13 million", "2025-10-01", ["series"]),
    ],
)
def test_what_is_known_soon_after_the_day_decides_where_it_is_clear(
    projection: str, outcome: str, as_of: str, told_of: list[str]
) -> None:
    forecast = projected(projection, period=None, as_of=day("2025-12-31"))
    later = measured(outcome, by="report", period=None, as_of=day(as_of))
    report = source("report", issued="2026-08")
    assert outline(report, forecast, later) == told_of
    if told_of != ["series"]:
        assert "million cars as of" in sentences(report, forecast, later)


def test_what_is_known_of_the_day_itself_goes_before_what_is_known_later() -> None:
    report = source("report", issued="2026-08")
    forecast = projected("at most 10 million", period=None, as_of=day("2025-12-31"))
    then = measured("9 million", by="report", period=None, as_of=day("2025-12-31"))
    later = [
        measured(f"{number} million", by="report", period=None, as_of=day(at))
        for number, at in ((13, "2026-02-01"), (15, "2026-03-01"))
    ]
    assert outline(report, forecast, then, *later) == ["forecast met", "series"]
    assert "13 million cars as of 1 February 2026" in sentences(report, forecast, *reversed(later))


@pytest.mark.parametrize(
    ("projection", "outcome", "reason"),
    [
        (
            "10 million",
            "11 million",
            "1.1 times the forecast (11 / 10 = 1.1), which is within the rounding",
        ),
        ("10 million", "10.4 million", "exceeds the forecast by 4% (10.4 / 10 = 1.04), which is within"),
        ("about 12 million", "11.2 million", "by about 7% (11.2 / 12 ≈ 0.93), which the hedge"),
        ("at least 10 million", "20 million", "is twice the projected minimum (20 / 10 = 2)."),
        ("at most 10 million", "14 million", "The outcome is 1.4 times the projected maximum"),
        ("about 600,000", "about 500,000", "(600,000 / 500,000 = 1.2), more than either hedge allows."),
        ("84", "86", "The outcome exceeds the forecast by 2 cars (86 − 84 = 2)."),
        ("100 ± 5 (SD)", "130 ± 5 (SD)", "They differ by 4.2 combined standard deviations, more than chance explains"),
        ("1,200", "1,198", "The outcome falls short of the forecast by 2 cars, which is within the rounding"),
        ("10 million", "10 million", "Office measured 10 million cars."),
    ],
)
def test_a_forecast_says_why_it_was_met_or_missed(projection: str, outcome: str, reason: str) -> None:
    assert reason in sentences(projected(projection), measured(outcome))


def test_what_is_projected_for_later_is_no_rival_of_what_is() -> None:
    by_2029 = ScopeSelection(end=date(2029, 12, 31), text="by 2029")
    forecast = projected("10 million", period=None, as_of=by_2029)
    today = measured("3 million", period=None, as_of=day("2026-01-31"))
    assert outline(forecast, today) == ["series"]
    assert "3 million cars as of 31 January 2026 (Office); 10 million cars (projected) by 2029" in sentences(
        forecast, today
    )
    on_the_way = projected("5 million", by="memo", period=None, as_of=year(2027))
    assert outline(forecast, on_the_way) == ["series"]


def test_beside_a_period_a_date_only_says_when_a_number_was_current() -> None:
    forecast, outcome = projected("10 million", as_of=day("2024-05-01")), measured("3 million", as_of=day("2026-02-01"))
    assert outline(forecast, outcome) == ["forecast missed"]
    assert sentences(forecast, outcome).startswith(
        "Forecast missed: Ann Ash projected 10 million cars for 2025; Office measured 3 million cars."
    )


def test_two_states_of_knowledge_of_one_year_are_a_series() -> None:
    early, late = (measured(f"{n} million", as_of=day(f"2026-0{n}-01")) for n in (2, 3))
    assert outline(early, late) == ["series"]


def test_an_outcome_that_leaves_it_open_decides_nothing() -> None:
    assert outline(projected("10 million"), measured("more than 3 million")) == ["across_sources tension"]


def test_rival_projections_are_compared_until_the_outcome_is_known() -> None:
    rivals = (projected("10 million"), projected("2 million", by="memo"))
    assert outline(source("memo", issued="2024-06"), *rivals) == ["across_sources conflict"]
    after = outline(source("memo", issued="2024-06"), *rivals, measured("3 million"))
    assert after == ["forecast missed", "forecast missed"]


def test_a_voice_that_projects_anew_is_compared_by_its_newest_word() -> None:
    update = source("update", issued="2024-11")
    revised = (update, projected("10 million"), projected("3 million", by="update", voice="Ann Ash"))
    assert outline(*revised) == []
    assert outline(*revised, measured("3 million")) == ["forecast met"]


def test_a_forecast_that_came_true_confirms_nothing() -> None:
    knowledge = known(projected("3 million"), measured("3 million"))
    assert [one.kind for one in Reconciler().findings(knowledge)] == [FindingKind.FORECAST]
    assert [one.origins for one in consensus(knowledge, CARS.id)] == [("Office",)]


def test_of_many_outcomes_the_one_of_most_voices_decides() -> None:
    numbers = (("bank", 4), ("club", 3), ("daily", 3), ("union", 5))
    dated = [source(name, issued="2026-03") for name, _ in numbers]
    outcomes = [measured(f"{millions} million", by=name, id=f"of-{name}") for name, millions in numbers]
    (forecast,) = (one for one in found(*dated, projected("10 million", id="p"), *outcomes) if one.rule == "forecast")
    assert forecast.figures == ("p", "of-club", "of-daily")


def test_outcomes_that_differ_are_disputed_and_may_decide_otherwise() -> None:
    second = source("institute", issued="2026-03")
    outlined = outline(second, projected("10 million"), measured("3 million"), measured("9.9 million", by="institute"))
    assert outlined == ["across_sources conflict", "forecast met", "forecast missed"]


def test_two_times_are_one_series_and_no_conflict() -> None:
    (series,) = found(measured("3 million", id="b"), measured("2 million", id="a", period=year(2024)))
    assert (series.kind, series.verdict, series.severity) == (FindingKind.SERIES, None, 0)
    assert series.figures == ("a", "b")


def test_each_thing_has_a_series_of_its_own() -> None:
    numbers = [
        measured(f"{millions} million", vendor=vendor, period=year(time))
        for vendor, millions in (("acme", 2), ("bolt", 5))
        for time in (2023, 2024, 2025)
    ]
    assert outline(*numbers).count("series") == 2


def test_a_time_at_which_voices_disagree_keeps_its_dispute() -> None:
    disputed = (measured("3 million"), measured("5 million", by="memo"), measured("2 million", period=year(2024)))
    assert outline(*disputed) == ["across_sources conflict", "series"]
    assert "2 million cars in 2024 (Office); 3 million cars in 2025 (Office) or 5 million cars (Memo)" in sentences(
        *disputed
    )


def test_a_quarter_is_no_earlier_state_of_a_year() -> None:
    quarter = ScopeSelection(start=date(2024, 1, 1), end=date(2024, 3, 31), text="2024-Q1")
    assert outline(measured("3 million"), measured("1 million", period=quarter)) == []


def test_a_projection_stands_in_a_series_with_its_word() -> None:
    series = (measured("3 million"), projected("10 million", period=year(2030)))
    assert outline(*series) == ["series"]
    assert "10 million cars (projected) in 2030 (Ann Ash)" in sentences(*series)


def edition(id: str, supersedes: str = "", **about: object) -> Source:
    return source(id, supersedes=supersedes or None, **about)


def test_a_newer_edition_replaces_what_it_gives_again() -> None:
    editions = (edition("first"), edition("second", "first"))
    again = (measured("3 million", by="first", voice="Office"), measured("5 million", by="second", voice="Office"))
    assert outline(*editions, *again) == []
    assert outline(*again) == ["across_sources conflict"]


def test_a_newer_edition_is_followed_over_one_between_them() -> None:
    editions = (edition("first"), edition("second", "first"), edition("third", "second"))
    again = (measured("3 million", by="first", voice="Office"), measured("5 million", by="third", voice="Office"))
    assert outline(*editions, *again) == []


@pytest.mark.parametrize("about", [{"voice": "Ann Ash"}, {"vendor": "acme"}, {"period": year(2024)}])
def test_a_newer_edition_leaves_what_it_does_not_give_again(about: dict[str, object]) -> None:
    editions = (edition("first"), edition("second", "first"))
    older = measured("3 million", by="first", voice="Office")
    newer = measured("5 million", by="second", **({"voice": "Office"} | about))
    assert outline(*editions, older, newer) != []


def test_editions_without_authors_speak_with_one_voice() -> None:
    editions = (edition("first", title="Cars 2024"), edition("second", "first", title="Cars 2025"))
    own = (measured("3 million", by="first", voice="Cars 2024"), measured("5 million", by="second", voice="Cars 2025"))
    assert outline(*editions, *own) == []


def test_a_newer_edition_that_repeats_the_older_is_the_outcome() -> None:
    editions = (edition("first", issued="2026-01"), edition("second", "first", issued="2026-03"))
    older = measured("3 million", by="first", voice="Office", id="older")
    newer = measured("3 million", by="second", voice="Office", id="newer", repeats="older")
    (forecast,) = found(*editions, projected("10 million", id="p"), older, newer)
    assert (forecast.verdict, forecast.figures) == (Verdict.MISSED, ("p", "newer"))


def test_a_newer_edition_that_repeats_the_older_takes_its_place() -> None:
    editions = (edition("first"), edition("second", "first"))
    older = measured("3 million", by="first", voice="Office", id="older")
    newer = measured("3 million", by="second", voice="Office", id="newer", repeats="older")
    assert outline(*editions, older, newer, measured("9 million", by="memo")) == ["across_sources conflict"]
    (dispute,) = found(*editions, older, newer, measured("9 million", by="memo", id="rival"))
    assert dispute.figures == ("newer", "rival")
