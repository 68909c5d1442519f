"""A forecast from seed file to list, page of two figures, gap and export; a base with a series passes its check."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Kb

FILES = {
    "cars": """\
kb: 1
id: cars
measures:
  - {id: cars-built, label: Cars built, unit: car, kind: count, keys: [period, as-of]}
""",
    "plan": """\
kb: 1
id: plan
source: {type: report, title: The plan, author: Ann Ash, language: en, issued: 2024-05}
figures:
  - {id: p25, measure: cars-built, value: 10 million cars, at: L1, stance: projected, scope: {period: 2025}}
  - {id: p24, measure: cars-built, value: 8 million cars, at: L2, stance: projected, scope: {period: 2024}}
  - {id: p23, measure: cars-built, value: 2 million cars, at: L3, stance: measured, scope: {period: 2023}}
""",
    "office": """\
kb: 1
id: office
sources:
  - {id: first, type: report, title: Cars in 2025, author: the office, language: en, issued: 2026-02}
  - {id: second, type: report, title: Cars counted, author: the office, language: en, issued: 2026-04,
     supersedes: first}
defaults: {stance: measured, scope: {period: 2025}}
figures:
  - {id: old, measure: cars-built, value: 5 million cars, at: L1, source: first}
  - {id: new, measure: cars-built, value: 3 million cars, at: L1, source: second}
""",
}


@pytest.fixture
def told(kb: Kb, workspace: Path) -> Kb:
    for seed in (workspace / "seeds").glob("*.yaml"):
        seed.unlink()
    for name, text in FILES.items():
        (workspace / "seeds" / f"{name}.yaml").write_text(text)
    kb("import", "--reason", "first reading")
    return kb


def test_a_missed_forecast_is_listed_by_kind_and_verdict(told: Kb) -> None:
    (finding,) = json.loads(told("findings", "--json", "--kind", "forecast", "--verdict", "missed").output)
    assert (finding["kind"], finding["verdict"]) == ("forecast", "missed")
    assert finding["explanation"].startswith(
        "Forecast missed: Ann Ash projected 10 million cars for 2025; the office measured 3 million cars."
    )
    told("findings", "--fail-on", "missed", code=3)


def test_a_series_is_listed_without_a_verdict_and_never_as_a_dispute(told: Kb) -> None:
    (series,) = json.loads(told("findings", "--json", "--kind", "series").output)
    assert series["verdict"] is None
    assert "1 forecast missed, 1 series" in told("findings").output
    assert "series" not in told("findings", "--verdict", "conflict", "--verdict", "tension").output


def test_a_series_shows_its_values_in_order_of_time(told: Kb) -> None:
    (series,) = json.loads(told("findings", "--json", "--kind", "series").output)
    shown = told("findings", "show", series["id"]).output
    times = [shown.index(f"In {time}: ") for time in (2023, 2024, 2025)]
    assert times == sorted(times)


def test_two_figures_show_what_is_between_them_or_why_nothing_is(told: Kb) -> None:
    assert "forecast missed" in told("findings", "show", "office/new", "plan/p25").output
    apart = " ".join(told("findings", "show", "office/new", "plan/p23").output.split())
    assert "not compared. They are for two times, 2025 and 2023." in apart
    assert "was replaced by" in told("findings", "show", "office/old", "plan/p25").output
    reason = json.loads(told("findings", "show", "office/old", "plan/p23", "--json").output)["reason"]
    assert "was replaced by 3 million cars (the office in “Cars counted”)" in reason


def test_two_names_that_name_no_two_figures_are_refused(told: Kb) -> None:
    assert "did you mean 'office/new'?" in told("findings", "show", "office/nev", "plan/p25", code=1).output
    assert "not compared with itself" in told("findings", "show", "plan/p25", "plan/p25", code=1).output


def test_a_projection_whose_time_is_over_is_suggested_as_a_gap(told: Kb) -> None:
    output = " ".join(told("suggest").output.split())
    assert "Ann Ash: 8 million cars (projected) in 2024; no outcome is recorded" in output
    assert "1 overdue projection" in output


def test_a_base_with_forecasts_and_series_verifies_and_comes_back(told: Kb, workspace: Path) -> None:
    assert "no damage" in told("verify").output
    told("export", "--format", "seeds", "-o", "out")
    assert "supersedes: first" in (workspace / "out" / "office.yaml").read_text()
    (office,) = [one for one in json.loads(told("export").output)["sources"] if one["id"] == "office/second"]
    assert office["supersedes"] == "office/first"
