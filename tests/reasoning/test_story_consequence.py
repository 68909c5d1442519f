"""Disputes that follow from another: numbers that were derived from numbers in dispute."""

from dataclasses import replace

from kb.domain.entity import AnyEntity, Figure
from kb.domain.finding import Finding
from kb.domain.identity import Id
from kb.reasoning.calculation.evaluation import results_of
from kb.reasoning.consequence import followed_findings
from kb.reasoning.reconcile import Reconciler
from tests.reasoning.story import (
    argument,
    calculation,
    claim,
    figure,
    measure,
    quantity,
    source,
    term,
    told,
    unit,
    year,
)

HARVEST = (
    measure("harvest", "t", "stock"),
    measure("yield", "t", "stock"),
    figure("60 t", id="growers", of="harvest", by="growers", unit="t"),
    figure("40 t", id="ministry", of="harvest", by="ministry", unit="t"),
)


def yields(text: str, by: str, *bases: str, id: str = "", of: str = "yield") -> Figure:
    return replace(figure(text, id=id, of=of, by=by, unit="t"), derived_from=tuple(map(Id, bases)))


def follows(*entities: AnyEntity) -> list[tuple[str, str]]:
    """What follows from what, each finding named by the measure and by what it is between."""
    known = told(*entities)
    findings = Reconciler().findings(known)
    by_id = {finding.id: finding for finding in findings}
    followed = followed_findings(known, results_of(known, known.calculations), findings)
    return sorted((_name(by_id[id]), _name(by_id[other])) for id, other in followed.items())


def _name(finding: Finding) -> str:
    return " | ".join(sorted(finding.parts))


def test_a_dispute_over_two_derived_numbers_follows_from_that_over_the_inputs() -> None:
    two = yields("6 t", "courier", "growers", id="high"), yields("4 t", "herald", "ministry", id="low")
    assert follows(*HARVEST, *two) == [("high | low", "growers | ministry")]


def test_a_derived_number_against_that_of_who_takes_the_other_side_follows() -> None:
    own = figure("4 t", id="low", of="yield", by="ministry", unit="t")
    assert follows(*HARVEST, yields("6 t", "courier", "growers", id="high"), own) == [
        ("high | low", "growers | ministry")
    ]


def test_a_derived_number_against_an_outsider_is_a_dispute_of_its_own() -> None:
    outsider = figure("4 t", id="low", of="yield", by="surveyor", unit="t")
    assert follows(*HARVEST, yields("6 t", "courier", "growers", id="high"), outsider) == []


def test_two_numbers_derived_from_one_are_a_dispute_of_their_own() -> None:
    two = yields("6 t", "courier", "growers", id="high"), yields("4 t", "herald", "growers", id="low")
    assert follows(*HARVEST, *two) == []


def test_a_voice_of_its_own_beside_a_derived_number_keeps_the_dispute_alive() -> None:
    two = yields("6 t", "courier", "growers", id="high"), yields("4 t", "herald", "ministry", id="low")
    assert follows(*HARVEST, *two, figure("6 t", of="yield", by="surveyor", unit="t")) == []


def test_the_same_voices_in_two_disputes_derive_nothing() -> None:
    two = figure("6 t", of="yield", by="growers", unit="t"), figure("4 t", of="yield", by="ministry", unit="t")
    assert follows(*HARVEST, *two) == []


def test_what_was_derived_from_a_repetition_was_derived_from_the_number() -> None:
    again = figure("60 t", id="again", of="harvest", by="wire", unit="t", repeats="growers")
    two = yields("6 t", "courier", "again", id="high"), yields("4 t", "herald", "ministry", id="low")
    assert follows(*HARVEST, again, *two) == [("high | low", "growers | ministry")]


def test_what_repeats_a_derived_number_adds_no_dispute() -> None:
    two = yields("6 t", "courier", "growers", id="high"), yields("4 t", "herald", "ministry", id="low")
    again = figure("6 t", of="yield", by="wire", unit="t", repeats="high")
    assert follows(*HARVEST, *two, again) == [("high | low", "growers | ministry")]


def test_one_that_follows_may_be_followed_in_turn() -> None:
    found = follows(
        *HARVEST,
        measure("exports", "t", "stock"),
        yields("6 t", "courier", "growers", id="high"),
        yields("4 t", "herald", "ministry", id="low"),
        yields("3 t", "courier", "high", id="many", of="exports"),
        yields("2 t", "herald", "low", id="few", of="exports"),
    )
    assert found == [("few | many", "high | low"), ("high | low", "growers | ministry")]


def test_numbers_derived_from_each_other_follow_from_nothing_twice() -> None:
    found = follows(
        measure("harvest", "t", "stock"),
        measure("yield", "t", "stock"),
        yields("60 t", "growers", "high", id="growers", of="harvest"),
        yields("40 t", "ministry", "low", id="ministry", of="harvest"),
        yields("6 t", "courier", "growers", id="high"),
        yields("4 t", "herald", "ministry", id="low"),
    )
    assert len(found) == 1


def test_a_check_with_the_other_side_s_input_follows_from_the_dispute() -> None:
    tenth = calculation("tenth", "x / 10", unit="t", checks=("high",), x="figure ministry")
    derived = yields("6 t", "courier", "growers", id="high")
    assert follows(*HARVEST, derived, tenth) == [("high | tenth", "growers | ministry")]


def test_a_check_with_the_number_s_own_input_is_a_dispute_of_its_own() -> None:
    tenth = calculation("tenth", "x / 20", unit="t", checks=("high",), x="figure growers")
    assert follows(*HARVEST, yields("6 t", "courier", "growers", id="high"), tenth) == []


def test_a_check_of_a_number_that_nobody_derived_is_a_dispute_of_its_own() -> None:
    tenth = calculation("tenth", "x / 10", unit="t", checks=("high",), x="figure ministry")
    assert follows(*HARVEST, figure("6 t", id="high", of="yield", by="growers", unit="t"), tenth) == []


def test_a_number_is_checked_against_the_input_that_it_was_derived_from() -> None:
    """The other side's input is a dispute about the input, which is listed already."""
    tenth = calculation("tenth", "x / 10", unit="t", checks=("high",), x="measure harvest")
    known = told(*HARVEST, yields("6 t", "courier", "growers", id="high"), tenth)
    assert [f.verdict for f in Reconciler().findings(known) if f.rule == "check"] == ["agreement"]


def test_a_derived_number_has_not_taken_every_number_of_those_it_takes_one_from() -> None:
    """Here the ministry gives the farms, and also the harvest that was not taken."""
    farms = measure("farms", "farm", "count"), figure("10 farms", id="farms", of="farms", by="ministry", unit="farm")
    tenth = calculation("each", "x / n", unit="t/farm", checks=("high",), x="measure harvest", n="figure farms")
    high = replace(yields("6 t", "courier", "growers", "farms", id="high"), quantity=quantity("6 t/farm", "t/farm"))
    known = told(*HARVEST[:1], measure("yield", "t/farm", "ratio"), *HARVEST[2:], *farms, high, tenth, unit("farm"))
    assert [f.verdict for f in Reconciler().findings(known) if f.rule == "check"] == ["agreement"]


def test_claims_that_contradict_each_other_for_two_numbers_follow_from_these() -> None:
    good, bad = claim("good-year", denies=("bad-year",)), claim("bad-year", by="memo")
    reasons = (
        argument("so-good", "claim:good-year", "figure:growers"),
        argument("so-bad", "claim:bad-year", "figure:ministry"),
    )
    assert follows(*HARVEST, good, bad, *reasons) == [("bad-year | good-year", "growers | ministry")]
    assert follows(*HARVEST, good, bad, reasons[0]) == []


def test_a_missed_forecast_of_a_derived_number_follows_from_that_of_its_input() -> None:
    def said(text: str, id: str, of: str, by: str, stance: str, *bases: str) -> Figure:
        made = figure(text, id=id, of=of, by=by, unit="t", stance=stance, period=year(2025))
        return replace(made, derived_from=tuple(map(Id, bases)))

    told_of = (
        source("plan", issued="2024-05"),
        source("office", issued="2026-02"),
        *HARVEST[:2],
        said("60 t", "hoped", "harvest", "plan", "projected"),
        said("40 t", "weighed", "harvest", "office", "measured"),
        said("6 t", "hoped-yield", "yield", "plan", "projected", "hoped"),
        said("4 t", "real-yield", "yield", "office", "derived", "weighed"),
    )
    assert follows(*told_of) == [("hoped-yield | real-yield", "hoped | weighed")]


CONVERSION = (
    measure("price", "USD", "price"),
    measure("rate", "CNY/USD", "exchange-rate"),
    figure("$100", id="list", of="price", by="maker", unit="USD"),
    figure("7 CNY/USD", id="seven", of="rate", by="herald", unit="CNY/USD", as_of=year(2025)),
)
IN_YUAN = calculation("in-yuan", "x * r", unit="CNY", checks=("yuan",), x="figure list", r="figure seven")


def yuan(text: str) -> Figure:
    made = figure(text, id="yuan", of="price", by="herald", unit="CNY", stance="derived", as_of=year(2025))
    return replace(made, derived_from=(Id("list"), Id("seven")))


def test_a_number_beside_what_it_was_computed_from_follows_from_its_check() -> None:
    for told_price in ("700 CNY", "750 CNY", "about 700 CNY"):
        assert follows(*CONVERSION, yuan(told_price), IN_YUAN) == [("list | yuan", "in-yuan | yuan")]


def test_a_number_beside_what_it_was_computed_from_stands_alone_where_nothing_checks_it() -> None:
    assert follows(*CONVERSION, yuan("750 CNY")) == []


def test_a_number_beside_one_that_its_check_does_not_take_is_a_dispute_of_its_own() -> None:
    other = figure("$100", id="shop-price", of="price", by="shop", unit="USD")
    assert ("shop-price | yuan", "in-yuan | yuan") not in follows(*CONVERSION, other, yuan("750 CNY"), IN_YUAN)


TURBINES = (
    measure("turbines", "turbine", "stock", "field", "as-of"),
    unit("turbine"),
    term("farm", "field"),
    term("north", "field", part_of="farm"),
)


def turbines(text: str, by: str, **scope: object) -> Figure:
    return figure(text, id=by, of="turbines", by=by, unit="turbine", **scope)


def test_a_dated_number_that_agrees_with_two_voices_follows_from_their_agreement() -> None:
    told_of = (
        turbines("64 turbines", "owner", field="farm"),
        turbines("64 turbines", "trust", field="farm"),
        turbines("64 turbines", "office", field="farm", as_of=year(2025)),
    )
    assert follows(*TURBINES, *told_of) == [("office | owner", "owner")]


def test_a_dispute_with_one_number_with_and_without_a_date_is_one() -> None:
    whole = (
        turbines("64 turbines", "owner", field="farm"),
        turbines("64 turbines", "office", field="farm", as_of=year(2025)),
    )
    assert follows(*TURBINES, *whole, turbines("70 turbines", "union", field="north")) == [
        ("office | union", "owner | union")
    ]
    assert follows(*TURBINES, *whole, turbines("70 turbines", "union", field="farm")) == [
        ("office | union", "owner | union")
    ]


def test_a_dispute_with_one_number_in_two_currencies_is_one() -> None:
    dear = figure("$140", id="dear", of="price", by="shop", unit="USD", as_of=year(2025))
    two = (
        figure("$100", id="list-price", of="price", by="maker", unit="USD", as_of=year(2025)),
        figure("700 CNY", id="in-yuan", of="price", by="herald", unit="CNY", as_of=year(2025)),
    )
    assert len(follows(*CONVERSION[:2], CONVERSION[3], *two, dear)) == 1


def test_disputes_with_two_numbers_or_at_two_dates_or_about_two_things_are_two() -> None:
    for wholes in (
        (turbines("64 turbines", "owner", field="farm"), turbines("60 turbines", "office", as_of=year(2025))),
        (turbines("64 turbines", "owner", as_of=year(2023)), turbines("64 turbines", "office", as_of=year(2025))),
        (turbines("64 turbines", "owner", field="farm"), turbines("64 turbines", "office", field="north")),
    ):
        assert follows(*TURBINES, *wholes, turbines("90 turbines", "union")) == []
