"""What a reader sees of a calculation: amounts, bounds and arithmetic as one would write them by hand."""

import pytest

from kb.domain.entity import AnyEntity
from kb.reports.calculation import calculation as sheet_of
from kb.reports.finding import finding as finding_sheet
from kb.reports.page import CalculationSheet
from tests.reasoning.story import calculation, figure, measure
from tests.reports.seen import seen


def sheet(*entities: AnyEntity) -> CalculationSheet:
    """The page of the calculation ``c``."""
    found = sheet_of(seen(*entities), "c")
    assert found
    return found


def shares(said: str, unit: str, **inputs: str) -> tuple[AnyEntity, ...]:
    """``a - b`` beside what a report says of it."""
    gap = measure("gap", unit, "ratio")
    return (
        gap,
        figure(said, of="gap", unit=unit, id="said", by="report"),
        calculation("c", "a - b", unit=unit, checks=("said",), **inputs),
    )


@pytest.mark.parametrize("unit", ["fraction", "percent"])
@pytest.mark.parametrize(
    ("said", "shown"), [("-3%", "5% − (−3%) = 8 points"), ("30%", "30% / 5% = 6"), ("5", "5% and 5% share values")]
)
def test_a_finding_shows_what_to_type_into_a_pocket_calculator(unit: str, said: str, shown: str) -> None:
    view = seen(*shares(said if unit == "percent" or "%" in said else said + "%", unit, a="15%", b="10%"))
    (found,) = view.findings
    page = finding_sheet(view, found.id)
    assert page
    assert shown in page.pairings[0].arithmetic


def test_a_measure_in_percent_is_told_in_percent_throughout() -> None:
    page = sheet(*shares("30", "percent", a="15%", b="10%"))
    assert (page.outcomes[0].stated, page.outcomes[0].steps[-1].stated) == ("5%", "5%")
    assert page.checks[0].figure.ref.text == "30%"
    assert page.outcomes[0].moved == "1% more of `a`, by about 0.15 points"
    assert [one.value for one in page.implied] == ["40%", "−15%"]
