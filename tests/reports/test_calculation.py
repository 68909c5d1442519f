"""What a reader sees of a calculation: amounts, bounds and arithmetic as one would write them by hand."""

from dataclasses import replace

import pytest

from kb.domain.entity import AnyEntity, Figure, Input, InputKind, Stance
from kb.domain.identity import Id
from kb.reports.calculation import calculation as sheet_of
from kb.reports.evidence import claim as claim_sheet
from kb.reports.export import exported
from kb.reports.finding import finding as finding_sheet
from kb.reports.finding import group
from kb.reports.page import CalculationSheet
from tests.reasoning.story import calculation, claim, figure, measure, quantity
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
    ("said", "shown"), [("-3%", "5% − (−3%) = 8 percentage points"), ("30%", "30% / 5% = 6"), ("5", "both are 5%")]
)
def test_a_finding_shows_what_to_type_into_a_pocket_calculator(unit: str, said: str, shown: str) -> None:
    view = seen(*shares(said if unit == "percent" or "%" in said else said + "%", unit, a="15%", b="10%"))
    (found,) = view.findings
    page = finding_sheet(view, found.id)
    assert page
    assert shown in page.pairings[0].arithmetic


@pytest.mark.parametrize(
    ("said", "relation"),
    [
        ("5%", "the two are equal"),
        ("at most 25%", "the first is within the limit the second sets"),
        ("30%", "the two do not meet"),
    ],
)
def test_a_finding_says_whether_numbers_meet_or_only_what_they_allow(said: str, relation: str) -> None:
    view = seen(*shares(said, "fraction", a="15%", b="10%"))
    page = finding_sheet(view, view.findings[0].id)
    assert page
    assert page.pairings[0].relation == relation


def test_a_measure_in_percent_is_told_in_percent_throughout() -> None:
    page = sheet(*shares("30", "percent", a="15%", b="10%"))
    assert (page.outcomes[0].stated, page.outcomes[0].steps[-1].stated) == ("5%", "5%")
    assert page.checks[0].figure.ref.text == "30%"
    assert (
        page.outcomes[0].moved
        == "A relative rise of 1% in a (15% to 15.15%) would raise the result by about 0.15 percentage points."
    )
    assert [one.value for one in page.implied] == ["40%", "−15%"]


PULP: tuple[AnyEntity, ...] = (
    measure("price", "USD/tonne", "price", "mill"),
    measure("staff", "person", "count", "mill"),
    figure("upward of $400-500 per tonne", of="price", unit="USD/tonne", id="price-a", by="gazette", mill="alder"),
    figure("$600 per tonne", of="price", unit="USD/tonne", id="price-b", by="ledger", mill="birch"),
    figure("at most 20 people", of="staff", unit="person", id="staff-a", by="gazette", mill="alder"),
    figure("30 people", of="staff", unit="person", id="staff-b", by="gazette", mill="birch"),
)


def test_headings_lists_and_hulls_keep_the_bounds_of_what_goes_in() -> None:
    page = sheet(*PULP, calculation("c", "p / s", p="measure price over mill", s="measure staff over mill"))
    assert page.outcomes[0].choices == (
        "p: $400 to $500 per tonne or more (Gazette; Alder)",
        "s: at most 20 people (Gazette; Alder)",
    )
    assert page.hull == page.row.result.removesuffix(" across two results") == "$20 to $25 per person per tonne or more"


def test_a_comparison_is_listed_as_what_it_comes_to() -> None:
    page = sheet(*PULP, calculation("c", "p > q", p="measure price over mill", q="$550 per tonne"))
    assert (page.row.result, page.hull) == (
        "undecided in one, holds in one across two results (with an assumed number)",
        "undecided in one, holds in one",
    )
    assert page.outcomes[1].steps[-1].text == "p > q (left side less right)"


def test_a_value_that_enters_through_two_inner_calculations_is_named_once() -> None:
    page = sheet(
        *PULP,
        calculation("inner", "p * 60%", p="measure price over mill"),
        calculation("c", "(p - inner) / p", p="measure price over mill", inner="calculation inner"),
    )
    assert [made.choices for made in page.outcomes] == [
        ("p: $400 to $500 per tonne or more (Gazette; Alder)",),
        ("p: $600 per tonne (Ledger; Birch)",),
    ]
    assert {made.stated for made in page.outcomes} == {"0.4"}


def test_the_page_says_which_number_is_only_alleged() -> None:
    known = (
        measure("stock", "tonne", "stock"),
        figure("9 tonnes", of="stock", unit="tonne", id="nine", stance="alleged"),
    )
    page = sheet(*known, calculation("c", "a - b", a="12 tonnes", b="figure nine"))
    assert page.outcomes[0].choices == ("b: 9 tonnes (Deck; alleged)",)
    assert page.row.result == "3 tonnes (with assumed and alleged numbers)"


def test_a_hull_that_is_open_below_names_its_ceiling_first() -> None:
    known = (
        measure("loss", "fraction", "ratio", "mill"),
        figure("10%", of="loss", unit="fraction", id="a", mill="alder"),
        figure("below 30%", of="loss", unit="fraction", id="b", mill="birch"),
    )
    page = sheet(*known, calculation("c", "l - k", l="measure loss over mill", k="5%"))
    assert page.hull == "below 25% (stated 5–25%)"


def test_what_one_percent_more_adds_is_told_as_about_so_much_in_its_column_head_alone() -> None:
    page = sheet(calculation("c", "a / b", a="$100", b="3"))
    assert [one.nudge for one in page.outcomes[0].influences] == ["+$0.3333", "−$0.3333"]


def test_an_assumption_names_its_measure() -> None:
    half = Input(name="", kind=InputKind.ASSUMED, quantity=quantity("50%", "1"), of=Id("use"))
    page = sheet(measure("use", "fraction", "ratio"), calculation("c", "a * b", a=half, b="25%"))
    assert [row.text for row in page.inputs] == ["50% (assumed), for “use”", "25% (assumed)"]


def test_an_input_that_nobody_states_is_solved_for_only_if_a_figure_implies_it() -> None:
    unknown = sheet(calculation("c", "2 * m", m="missing"))
    assert (unknown.inputs[0].kind, unknown.inputs[0].text) == ("missing", "not stated")
    assert unknown.row.problem == "No source gives m, and no other figure implies it."
    stated = figure("40%", id="stated", of="use", unit="fraction")
    solved = sheet(
        measure("use", "fraction", "ratio"), stated, calculation("c", "2 * m", m="missing", checks=("stated",))
    )
    assert solved.inputs[0].kind == "missing, solved for"
    assert solved.inputs[0].text == "not stated: what the checked figures imply"


def test_what_moves_a_result_most_says_in_which_direction() -> None:
    known = measure("stock", "tonne", "stock"), figure("9 tonnes", of="stock", unit="tonne", id="nine")
    page = sheet(*known, calculation("c", "a * 3 - b", a="12 tonnes", b="figure nine"))
    assert page.outcomes[0].moved == "A rise of 1% in a would raise the result by about 0.36 tonnes."
    page = sheet(*known, calculation("c", "a / b", a="12 tonnes", b="figure nine"))
    assert page.outcomes[0].moved.startswith("A rise of 1% in a would raise the result by about")
    assert page.outcomes[0].moved.endswith(" A rise of 1% in the stock would lower it by as much.")


@pytest.mark.parametrize(("said", "finding", "verdict"), [("30%", True, "conflict"), ("5%", False, "agreement")])
def test_a_check_of_a_hypothetical_figure_shows_its_verdict_with_the_mark(
    said: str, finding: bool, verdict: str
) -> None:
    gap, supposed, difference = shares(said, "percent", a="15%", b="10%")
    assert isinstance(supposed, Figure)
    [check] = sheet(gap, replace(supposed, stance=Stance.HYPOTHETICAL), difference).checks
    assert (check.finding is not None, check.verdict) == (finding, verdict)
    assert check.verdict_text == f"{verdict} (hypothetical)"
    assert f"Report says {said} (hypothetical)" in check.explanation


def test_a_claim_that_a_result_refutes_stands_on_its_page_and_on_that_of_the_calculation() -> None:
    view = seen(
        measure("gap", "percent", "ratio"),
        calculation("c", "a - b", unit="percent", a="15%", b="10%"),
        claim("wide", stance="hypothetical", holds_if=("c", ">", "20%")),
    )
    (found,) = view.findings
    page, claim_page, sheet = finding_sheet(view, found.id), claim_sheet(view, "wide"), sheet_of(view, "c")
    assert page
    assert claim_page
    assert sheet
    assert [row.ref.slug for row in (*claim_page.findings, *sheet.refuted)] == [found.id, found.id]
    assert sheet.refuted[0].verdict_text == "conflict (hypothetical)"
    assert page.title == "The recorded numbers refute a hypothetical claim by Deck: Wide"
    [pairing] = page.pairings
    assert (pairing.left_text, pairing.right_text) == ("5%", "20%")
    assert pairing.arithmetic == ("20% / 5% = 4", "20% − 5% = 15 percentage points")
    assert group(view, "calculation", "c")
    [out] = exported(view).findings
    assert (out.rule, out.claims, out.measure) == ("condition", ["wide"], None)
