"""A part above its whole, whatever the two say about time."""

import pytest

from kb.domain.finding import Finding
from tests.reasoning.judged import PLACES, said_with
from tests.reasoning.story import measure, told
from tests.reasoning.worded import worded_findings

PLANT = measure("turbines", "turbine", "count", "place", "as-of", "period")


def found(whole: str, part: str) -> list[Finding]:
    figures = [
        *said_with("64 turbines", f"place=germany; {whole}", unit="turbine", of="turbines", id="whole", by="office"),
        *said_with("70 turbines", f"place=berlin; {part}", unit="turbine", of="turbines", id="part", by="courier"),
    ]
    return [one for one in worded_findings(told(*PLACES, PLANT, *figures)) if one.rule == "parts"]


@pytest.mark.parametrize(
    ("whole", "part", "verdict"),
    [
        ("", "", "conflict"),
        ("as-of=2025-12-31", "as-of=2025-12-31", "conflict"),
        ("as-of=2025-12-31", "", "tension"),
        ("", "as-of=2025-06", "tension"),
        ("as-of=2025", "as-of=2025-06", "tension"),
        ("period=2025", "period=2025-Q1", "tension"),
    ],
)
def test_a_part_above_its_whole_is_told_unless_the_times_lie_apart(whole: str, part: str, verdict: str) -> None:
    assert [str(one.verdict) for one in found(whole, part)] == [verdict]


@pytest.mark.parametrize(("whole", "part"), [("as-of=2024", "as-of=2025"), ("period=2024", "period=2025-Q1")])
def test_a_part_of_another_time_contradicts_no_whole(whole: str, part: str) -> None:
    assert found(whole, part) == []


def test_a_missing_date_is_said() -> None:
    [finding] = found("as-of=2025-12-31", "")
    assert finding.explanation.endswith("which is impossible if both are for the same time.")
