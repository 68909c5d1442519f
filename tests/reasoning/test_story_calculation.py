"""Calculations on subjects of every kind: results, checks and what is solved backwards, as worked out by hand."""

from fractions import Fraction

import pytest

from kb.domain.entity import AnyEntity
from kb.domain.finding import FindingKind, Relation, Verdict
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.numbers import read_quantity
from kb.reasoning.calculation.evaluation import results_of
from kb.reasoning.calculation.result import Check, Result
from tests.reasoning.calculated import Calculated, calculated
from tests.reasoning.story import at_scope, calculation, each, figure, measure, term, told, total
from tests.reasoning.worded import WordedFinding, worded_findings

DOSES: tuple[AnyEntity, ...] = (
    measure("doses", "dose", "count", "place"),
    measure("people", "person", "count", "place"),
    figure("10 million doses", id="north-doses", by="ministry", of="doses", unit="dose", place="north"),
    figure("14 million doses", id="north-doses-too", by="press", of="doses", unit="dose", place="north"),
    figure("3 million doses", id="south-doses", by="press", of="doses", unit="dose", place="south"),
    figure("5 million people", id="north-people", by="census", of="people", unit="person", place="north"),
    figure("1 million people", id="south-people", by="census", of="people", unit="person", place="south"),
)


def shown(formula: str, *entities: AnyEntity, unit: str = "", **inputs: object) -> Calculated:
    """A calculation as a reader sees it."""
    return calculated(told(*entities, calculation("c", formula, unit=unit, **inputs)), "c")


def result(formula: str, *entities: AnyEntity, unit: str = "", **inputs: object) -> Result:
    return shown(formula, *entities, unit=unit, **inputs).result


def stated(found: Result) -> list[Interval]:
    return [outcome.stated for outcome in found.outcomes]


def shown_beside(
    said: str, formula: str, *entities: AnyEntity, unit: str = "1", kind: str = "stock", **inputs: object
) -> Calculated:
    """``formula`` with ``said`` as the figure that it checks."""
    known = told(
        measure("m", unit, kind),
        figure(said, id="said", by="report", of="m", unit=unit),
        *entities,
        calculation("c", formula, unit=unit, checks=("said",), **inputs),
    )
    return calculated(known, "c")


def check(
    said: str, formula: str, *entities: AnyEntity, unit: str = "1", kind: str = "stock", **inputs: object
) -> Check:
    """``said`` compared with what ``formula`` comes to."""
    [found] = shown_beside(said, formula, *entities, unit=unit, kind=kind, **inputs).result.checks
    return found


def between(low: object, high: object) -> Interval:
    return Interval(Fraction(str(low)), Fraction(str(high)))


# -- positions, scopes and the figures that a person names ------------------------------------------------------------


def test_doses_per_head_never_divide_one_place_s_doses_by_another_s_people() -> None:
    found = result("d / p", *DOSES, d="measure doses over place", p="measure people over place")
    assert sorted(one.low or 0 for one in stated(found)) == [2, Fraction(14, 5), 3]
    assert all(not outcome.mixed for outcome in found.outcomes)


def test_a_figure_of_one_place_stands_with_no_position_on_another() -> None:
    found = result("d / p", *DOSES, d="measure doses over place", p="figure north-people")
    assert sorted(one.low or 0 for one in stated(found)) == [2, Fraction(14, 5)]


def test_a_measure_narrowed_by_hand_stands_with_a_figure_of_elsewhere_and_says_so() -> None:
    found = shown("d / p", *DOSES, d=at_scope("doses", place="south"), p="figure north-people")
    assert stated(found.result) == [Interval.at(Fraction(3, 5))]
    words = (
        "It mixes numbers for different places: the number of doses is that of South, and the number of people that "
        "of North."
    )
    assert found.mixed == [words]


def test_a_measure_narrowed_to_a_whole_takes_no_part_of_it() -> None:
    north = term("north", "place", "land")
    doses = (
        measure("jabs", "dose", "count", "place"),
        figure("900 doses", of="jabs", unit="dose", place="land"),
        figure("70 doses", of="jabs", unit="dose", place="north"),
    )
    found = result("d * 2", north, term("land", "place"), *doses, d=at_scope("jabs", place="land"))
    assert stated(found) == [Interval.at(1800)]


def test_a_figure_of_a_part_stands_with_no_position_on_the_whole_where_there_is_one_on_the_part() -> None:
    land = (term("north", "place", "land"), term("land", "place"))
    jabs = measure("jabs", "dose", "count", "place")
    said_of = {"land": "900 doses", "north": "70 doses"}
    doses = [figure(text, of="jabs", unit="dose", place=place) for place, text in said_of.items()]
    crew = figure("7 doses", id="crew", of="jabs", by="memo", unit="dose", place="north", stance="assumed")
    found = result("d / each", *land, jabs, *doses, crew, d="measure jabs", each="figure crew")
    assert stated(found) == [Interval.at(10)]


def test_two_figures_of_different_places_are_combined_as_a_person_wants_and_said_to_be() -> None:
    found = shown("d / p", *DOSES, d="figure north-doses", p="figure south-people")
    assert "the number of doses is that of North, and the number of people that of South" in found.mixed[0]


def test_a_part_over_its_whole_is_no_mixture() -> None:
    whole = figure("20 million doses", id="all", by="press", of="doses", unit="dose", place=total("north", "south"))
    found = result("d / all", *DOSES, whole, d=at_scope("doses", place="south"), all="figure all")
    [outcome] = found.outcomes
    assert (outcome.stated, outcome.mixed) == (Interval.at(Fraction(3, 20)), ())


def test_a_figure_for_each_of_two_places_stands_with_the_positions_of_both() -> None:
    per_head = figure(
        "2 doses", id="wanted", by="ministry", of="doses", unit="dose/person", place=each("north", "south")
    )
    found = result("p * w", *DOSES[:2], *DOSES[5:], per_head, p="measure people over place", w="figure wanted")
    assert sorted(one.low or 0 for one in stated(found)) == [2_000_000, 10_000_000]


def test_figures_of_elsewhere_alone_leave_a_calculation_without_result() -> None:
    known = (*DOSES[:4], figure("1 million people", id="west", by="census", of="people", unit="person", place="west"))
    assert "share a scope" in shown("d / p", *known, d="measure doses over place", p="figure west").problem


# -- arithmetic -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("formula", "inputs", "wanted"),
    [
        ("x * (1 - x)", {"x": "0 to 1"}, between(0, "0.25")),
        ("(p - k) / p", {"p": "$4 to $6", "k": "$3"}, between("0.25", "0.5")),
        ("x / x", {"x": "1 to 3"}, Interval.at(1)),
        ("x ** 2", {"x": "-2 to 3"}, between(0, 9)),
        ("x ** 3", {"x": "-2 to 3"}, between(-8, 27)),
        ("max(min(a, b), 2)", {"a": "1 to 5", "b": "3"}, between(2, 3)),
        ("sum(a, b, 10%)", {"a": "1", "b": "2 to 3"}, between("3.1", "4.1")),
        ("(1 + r) ** n", {"r": "10%", "n": "5"}, Interval.at(Fraction(161051, 100000))),
        ("a - a", {"a": "1 to 9"}, Interval.at(0)),
        ("max(x, 1 - x)", {"x": "0 to 1"}, between("0.5", 1)),
        ("min(x, y) - x", {"x": "1 to 3", "y": "2"}, between(-1, 0)),
        ("(x - y) / (x + y)", {"x": "1 to 3", "y": "1 to 3"}, between("-0.5", "0.5")),
        ("1 / (x * x + 1)", {"x": "-2 to 3"}, between("0.1", 1)),
        ("-x ** 2", {"x": "-2 to 3"}, between(-9, 0)),
        ("x / (x + 1)", {"x": "1 to 4"}, between("0.5", "0.8")),
        ("max(a - b, 0)", {"a": "$10", "b": "$12"}, Interval.at(0)),
    ],
)
def test_ranges_come_out_as_narrow_as_they_are(formula: str, inputs: dict[str, str], wanted: Interval) -> None:
    [outcome] = result(formula, **inputs).outcomes
    assert (outcome.stated, outcome.tight) == (wanted, True)


def test_a_divisor_that_may_be_zero_is_a_problem_and_says_between_what_it_lies() -> None:
    found = shown("a / (b - c)", a="1", b="2 to 5", c="3")
    assert found.problem == "`a / (b - c)` divides by a value that may be zero: `b - c` may be −1 to 2."


def test_a_divisor_is_told_in_the_unit_in_which_its_values_were_said() -> None:
    found = shown("a / (b - c)", a="$10", b="$1 to $3 a month", c="$2 a month")
    assert found.problem.endswith("`b - c` may be −$1 to $1 a month.")


def test_a_divisor_that_only_its_bound_lets_be_zero_leaves_the_allowed_result_without_limits() -> None:
    [outcome] = result("a / b", a="1", b="at most 5").outcomes
    assert (outcome.stated, outcome.allowed) == (Interval.at(Fraction(1, 5)), Interval(None, None))


def test_two_calculations_that_rest_on_each_other_are_a_problem_of_both() -> None:
    circle = told(calculation("a", "b * 2", b="calculation b"), calculation("b", "a * 2", a="calculation a"))
    assert all("rests on itself" in calculated(circle, of).problem for of in ("a", "b"))


def test_people_and_dollars_do_not_add_up() -> None:
    assert "adds person and USD" in shown("a + b", a="3 people", b="$4").problem


@pytest.mark.parametrize(
    ("a", "b", "truth"),
    [
        ("at least 10", "at most 5", True),
        ("at most 10", "5", None),
        ("1 to 5", "3", None),
        ("2", "3", False),
        ("3", "3", True),
    ],
)
def test_a_comparison_holds_fails_or_is_undecided(a: str, b: str, truth: bool | None) -> None:
    [outcome] = result("a >= b", a=a, b=b).outcomes
    assert outcome.truth is truth


# -- checks -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "unit", "kind", "formula", "inputs", "wanted"),
    [
        # the share of rent in pay
        ("about 35%", "fraction", "ratio", "rent / pay", {"rent": "€1,200", "pay": "€3,000–4,000"}, Verdict.AGREEMENT),
        ("45%", "fraction", "ratio", "rent / pay", {"rent": "€1,200", "pay": "at least €3,000"}, Verdict.CONFLICT),
        ("30%", "fraction", "ratio", "rent / pay", {"rent": "€1,200", "pay": "at least €3,000"}, Verdict.TENSION),
        # a pay gap is a difference of shares, told in points
        ("8%", "fraction", "ratio", "men - women", {"men": "26%", "women": "18%"}, Verdict.AGREEMENT),
        # a battery pack
        ("$10,400", "USD", "stock", "kwh * cells", {"kwh": "$139", "cells": "75"}, Verdict.ROUNDING),
        ("$10,000", "USD", "stock", "kwh * cells", {"kwh": "$139", "cells": "75"}, Verdict.ROUNDING),
        ("$18,000", "USD", "stock", "kwh * cells", {"kwh": "$139", "cells": "75"}, Verdict.CONFLICT),
        # stands of a ground against its total
        ("48,000", "1", "count", "north + south", {"north": "21,000", "south": "19,000"}, Verdict.CONFLICT),
        ("40,000", "1", "count", "north + south", {"north": "21,000", "south": "19,000"}, Verdict.AGREEMENT),
        # growth
        ("1.6x", "multiple", "ratio", "(1 + r) ** n", {"r": "10%", "n": "5"}, Verdict.ROUNDING),
        # tonnes a day in a year
        ("36,500 tonnes a year", "tonne/year", "flow", "d", {"d": "100 tonnes a day"}, Verdict.AGREEMENT),
        ("100 tonnes a year", "tonne/year", "flow", "d", {"d": "100 tonnes a day"}, Verdict.CONFLICT),
        # just past a bound, on its rounding alone
        ("over 80%", "fraction", "ratio", "a / b", {"a": "796", "b": "1000"}, Verdict.TENSION),
        ("over 80%", "fraction", "ratio", "1 - share", {"share": "under 20%"}, Verdict.AGREEMENT),
        # a number of one digit does not cover a third more
        ("$10,000", "USD", "stock", "a * b", {"a": "$100", "b": "75"}, Verdict.TENSION),
    ],
)
def test_a_stated_number_is_judged_as_a_reader_with_a_calculator_would(
    said: str, unit: str, kind: str, formula: str, inputs: dict[str, object], wanted: Verdict
) -> None:
    assert check(said, formula, unit=unit, kind=kind, **inputs).verdict is wanted


def test_a_computed_spread_inside_a_stated_one_leaves_a_tension_at_the_end_it_does_not_reach() -> None:
    found = shown_beside("from $100 to $300", "a * 10", unit="USD", a="from $10 to $20")
    [explanation] = found.checks
    assert found.result.checks[0].verdict is Verdict.TENSION
    assert "$300, cannot be reproduced" in explanation
    assert "The low figure, $100, can be reproduced." in explanation


def test_a_computed_spread_beyond_a_stated_one_is_a_conflict() -> None:
    assert check("from $100 to $300", "a * 10", unit="USD", a="from $10 to $60").verdict is Verdict.CONFLICT


def test_what_a_voice_reckons_with_its_own_numbers_is_judged_by_those() -> None:
    knowledge = told(
        measure("income", "USD", "stock"),
        measure("costs", "USD", "stock"),
        measure("balance", "USD", "stock"),
        figure("$100", of="income", by="auditor", unit="USD"),
        figure("$174.4", of="costs", by="auditor", unit="USD"),
        figure("$60", of="costs", by="union", unit="USD"),
        figure("-$74.4", of="balance", by="auditor", id="deficit", unit="USD"),
        figure("-$80", of="balance", by="union", id="other-deficit", unit="USD"),
        calculation("sum", "a - b", checks=("deficit", "other-deficit"), a="measure income", b="measure costs"),
    )
    found = calculated(knowledge, "sum")
    right, wrong = found.result.checks
    assert right.verdict is Verdict.AGREEMENT
    assert "Other sources' numbers give $40" in found.checks[0]
    assert wrong.verdict is Verdict.CONFLICT


def test_of_several_results_the_explanation_names_all() -> None:
    known = (
        measure("fee", "USD/month", "price", "shop"),
        figure("$20 a month", by="x", of="fee", shop="x"),
        figure("$50 a month", by="y", of="fee", shop="y"),
    )
    inputs = {"fee": "measure fee over shop", "months": "12 months"}
    [explanation] = shown_beside("$300", "fee * months", *known, unit="USD", **inputs).checks
    assert explanation.startswith("With the number from Y (y), the calculation gives $600")
    assert "The other result is $240, which is in conflict: a factor of 1.25 apart (300 / 240 = 1.25)." in explanation


SHOPS: tuple[AnyEntity, ...] = (
    measure("cost", "USD", "stock", "shop"),
    figure("at least $40", by="x", of="cost", id="open", shop="x"),
    figure("$120", by="y", of="cost", id="near", shop="y"),
    figure("$300", by="z", of="cost", id="far", shop="z"),
)


COSTS = {"cost": "measure cost over shop", "budget": "$100"}


def test_a_result_that_breaks_the_stated_bound_comes_before_one_that_keeps_to_it_far_off() -> None:
    found = shown_beside("at most -10%", "(budget - cost) / budget", *SHOPS, unit="fraction", kind="ratio", **COSTS)
    [kept], [explanation] = found.result.checks, found.checks
    assert (kept.verdict, kept.relation) == (Verdict.TENSION, Relation.OVERLAPPING)
    assert explanation.startswith(
        "With the number from X (x), the calculation gives at most 60%, with an assumed number; "
        "Report says at most −10%."
    )
    assert "Both can be true: the result may also be lower" in explanation
    assert "As it stands, the result is above the limit (at most −10%)." in explanation
    assert "−20% and −200% fit a limit of at most −10%, though they are 10 percentage points lower" in explanation
    assert "190 percentage points lower ((−10%) − (−200%) = 190)" in explanation


@pytest.mark.parametrize(
    ("said", "relation"),
    [("at most -10%", Relation.OVERLAPPING), ("at most 70%", Relation.INSIDE), ("85%", Relation.DISJOINT)],
)
def test_the_relation_of_a_check_is_that_of_all_its_results(said: str, relation: Relation) -> None:
    assert check(said, "(budget - cost) / budget", *SHOPS, unit="fraction", kind="ratio", **COSTS).relation is relation


def test_of_the_values_solved_backwards_those_come_first_that_hold_for_every_position() -> None:
    known = (
        measure("value", "USD/month", "flow", "shop"),
        figure("$2,000 a month", by="x", of="value", shop="x"),
        figure("$5,000 a month", by="y", of="value", shop="y"),
    )
    told_of = told(
        measure("m", "multiple", "ratio"),
        figure("20x", id="said", by="report", of="m", unit="multiple"),
        *known,
        calculation("c", "value / fee", checks=("said",), value="measure value over shop", fee="$200 a month"),
    )
    found = calculated(told_of, "c")
    first, *others = found.result.implied
    assert (first.input, first.value) == ("value", Interval.at(4000))
    assert "20 times the fee" in found.implied[0]
    assert [one.input for one in others] == ["fee", "fee"]


@pytest.mark.parametrize(
    ("said", "wanted"), [("40 people", Interval.at(10)), ("between 32 and 40 people", between(8, 10))]
)
def test_a_missing_input_is_what_the_stated_number_implies(said: str, wanted: Interval) -> None:
    known = told(
        measure("n", "person", "count"),
        figure(said, id="said", of="n", unit="person"),
        calculation("c", "seats * vans", checks=("said",), seats="missing", vans="4 vans"),
    )
    [implied] = results_of(known, known.calculations)[Id("c")].implied
    assert (implied.value, implied.unit) == (wanted, "person/van")


# -- units and limits that nobody wrote -------------------------------------------------------------------------------


def test_a_result_without_a_unit_of_its_own_is_told_in_that_of_the_figure_it_is_checked_against() -> None:
    known = told(
        measure("bill", "USD/year", "flow"),
        figure("$1,200 a year", id="said", of="bill", unit="USD/year"),
        calculation("c", "rent + extra", checks=("said",), rent="$50 a month", extra="missing"),
    )
    found = results_of(known, known.calculations)[Id("c")]
    assert (found.outcomes[0].stated, found.outcomes[0].unit) == (Interval.at(1200), "USD/year")
    assert (found.implied[0].value, found.implied[0].unit) == (Interval.at(600), "USD/year")


@pytest.mark.parametrize(
    ("kind", "said", "allowed"),
    [
        ("count", "at most 20", between(0, 20)),
        ("count", "fewer than 20", Interval(Fraction(0), Fraction(20), high_open=True)),
        ("count", "at least 20", Interval(Fraction(20), None)),
        ("duration", "at most 20", between(0, 20)),
        ("price", "at most 20", Interval(None, Fraction(20))),
        ("stock", "at most 20", Interval(None, Fraction(20))),
        ("ratio", "at most 20", Interval(None, Fraction(20))),
        ("count", "at most -5", Interval(None, Fraction(-5))),
    ],
)
@pytest.mark.parametrize("taken", ["figure said", "measure m"])
def test_a_ceiling_on_what_can_be_counted_or_timed_reaches_down_to_zero(
    kind: str, said: str, allowed: Interval, taken: str
) -> None:
    [outcome] = result("x", measure("m", "1", kind), figure(said, id="said", of="m", unit="1"), x=taken).outcomes
    assert outcome.allowed == allowed


def test_a_divisor_that_may_be_as_little_as_zero_leaves_its_quotient_a_lower_limit() -> None:
    people = measure("people", "person", "count"), figure("at most 5 people", id="five", of="people", unit="person")
    [outcome] = result("cake / p", *people, cake="$10", p="figure five").outcomes
    assert (outcome.stated, outcome.allowed) == (Interval.at(2), Interval(Fraction(2), None))


# -- what is only alleged ----------------------------------------------------------------------------------------------


def litter(stance: str, said: str = "2 tonnes a person") -> tuple[AnyEntity, ...]:
    return (
        measure("m", "tonne/person", "ratio"),
        measure("waste", "tonne", "stock"),
        figure(said, id="said", by="report", of="m", unit="tonne/person"),
        figure("9 tonnes", id="nine", by="neighbours", of="waste", unit="tonne", stance=stance),
    )


@pytest.mark.parametrize("taken", ["figure nine", "measure waste"])
def test_a_result_of_an_alleged_number_says_so_and_weighs_less(taken: str) -> None:
    def checked(stance: str) -> Calculated:
        known = told(*litter(stance), calculation("c", "w / p", checks=("said",), w=taken, p="3 people"))
        return calculated(known, "c")

    alleged, asserted = checked("alleged"), checked("asserted")
    assert alleged.checks[0].startswith(
        "With the number from Neighbours (alleged; 9 tonnes), the calculation gives 3 tonnes per person"
    )
    assert asserted.checks[0].startswith("The calculation gives 3 tonnes per person, with an assumed number;")
    severities = [found.result.checks[0].pairings[0].severity for found in (alleged, asserted)]
    assert severities[0] == round(severities[1] * 7 / 10, 2)


def test_a_comparison_names_the_side_that_is_alleged() -> None:
    compared = calculation("c", "w > b", checks=("said",), w="figure nine", b="10 tonnes")
    found = calculated(told(*litter("alleged"), compared), "c")
    assert found.checks == [
        "The waste (9 tonnes; alleged) is no higher than b (10 tonnes; assumed), so the comparison fails."
    ]


def test_a_number_that_somebody_vouches_for_is_no_mere_allegation() -> None:
    vouched = figure("9 tonnes", id="nine-too", by="office", of="waste", unit="tonne")
    inputs = {"w": "measure waste", "p": "3 people"}
    [outcome] = result("w / p", *litter("alleged"), vouched, **inputs).outcomes
    assert [choice.alleged for choice in outcome.choices] == [False, False]


# -- solved backwards, as one checks it with a pocket calculator ------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "formula", "inputs", "sentence"),
    [
        (
            "$100",
            "p * n",
            {"p": "$10", "n": "20"},
            "For the result to be $100, p would have to be $5 (5 × 20 = $100), not $10.",
        ),
        # the bound goes along, and turns round where more of the input gives less
        (
            "at most $100",
            "p * n",
            {"p": "$10", "n": "20"},
            "The stated at most $100 is right only if p is at most $5 (5 × 20 = $100), not $10.",
        ),
        (
            "more than $100",
            "p / n",
            {"n": "20", "p": "$400"},
            "The stated more than $100 is right only if n is below 4 (400 / 4 = $100), not 20.",
        ),
        # a range that is assumed
        (
            "$100",
            "p * n * s",
            {"s": "60% to 80%", "n": "20", "p": "$10"},
            "For the result to be $100, s would have to be 50% (10 × 20 × 50% = $100), not 60–80%.",
        ),
        (
            "$100 to $150 (spread)",
            "p * n * s",
            {"s": "60% to 80%", "n": "20", "p": "$10"},
            (
                "For the result to be $100–150, s would have to be 50–75% "
                "(10 × 20 × 50% = $100; 10 × 20 × 75% = $150), not 60–80%."
            ),
        ),
        # both roots of a square
        (
            "$100",
            "p * x * (1 - x)",
            {"x": "50%", "p": "$625"},
            "For the result to be $100, x would have to be 20% or 80% (625 × 20% × (1 − 20%) = $100), not 50%.",
        ),
        # what a bound allows already
        (
            "$300",
            "p * n",
            {"p": "at least $10", "n": "20"},
            "For the result to be $300, p would have to be $15 (15 × 20 = $300); what is stated is at least $10.",
        ),
        # a needed value next to the given one has as many digits as tell the two apart
        (
            "$165,048",
            "p * n",
            {"p": "$16.504 million", "n": "0.01"},
            (
                "For the result to be $165,048, p would have to be $16,504,800 (16,504,800 × 0.01 = $165,048), "
                "not $16,504,000."
            ),
        ),
        (
            "$1,650.48 million",
            "p * n",
            {"p": "$1,650.4 million", "n": "1"},
            (
                "For the result to be roughly $1.65 billion, p would have to be $1,650.48 million "
                "(1,650,480,000 × 1 = $1.65 billion), not $1,650.4 million."
            ),
        ),
        # an input that is the whole formula leaves nothing to type
        ("$100", "p", {"p": "$35"}, "For the result to be $100, p would have to be $100, not $35."),
        # what turns the unit of the line into that of the figure stands at its end
        (
            "$30",
            "p * t",
            {"t": "2 million tokens", "p": "$3 per million tokens"},
            (
                "For the result to be $30, t would have to be 10 million tokens "
                "(3 × 10,000,000 / 1,000,000 = $30), not 2 million tokens."
            ),
        ),
        # the bound is named where the number itself is solved for
        (
            "at most $500",
            "a - b",
            {"a": "$2,000", "b": "$1,200 to $1,300"},
            (
                "For the result to be exactly $500, a would have to be $1,700–1,800 "
                "(1,800 − 1,300 = $500; 1,700 − 1,200 = $500), not $2,000."
            ),
        ),
    ],
)
def test_what_an_input_would_need_to_be_can_be_checked_with_a_pocket_calculator(
    said: str, formula: str, inputs: dict[str, str], sentence: str
) -> None:
    told_of = told(
        measure("m", "USD", "stock"),
        figure(said, id="said", by="report", of="m", unit="USD"),
        calculation("c", formula, unit="USD", checks=("said",), **inputs),
    )
    assert sentence in calculated(told_of, "c").implied


def test_a_second_root_below_zero_is_told_only_of_what_can_be_below_zero() -> None:
    def roots(kind: str, taken: str) -> list[tuple[Interval, ...]]:
        known = told(
            measure("m", "1", "ratio"),
            measure("side", "1", kind),
            figure("3", id="three", of="side", unit="1"),
            figure("16", id="said", of="m", unit="1"),
            calculation("c", "x ** 2", checks=("said",), x=taken),
        )
        return [(one.value, *one.further_values) for one in results_of(known, known.calculations)[Id("c")].implied]

    assert roots("ratio", "figure three") == [(Interval.at(4), Interval.at(-4))]
    assert roots("count", "figure three") == roots("count", "measure side") == [(Interval.at(4),)]


@pytest.mark.parametrize(
    ("said", "formula", "wanted"),
    [("at most $100", "p * n", "at most 20"), ("over $100", "p * 400 / n", "below 20"), ("$100", "p * n", "20")],
)
def test_a_missing_value_has_the_bound_of_the_number_that_implies_it(said: str, formula: str, wanted: str) -> None:
    known = told(
        measure("m", "USD", "stock"),
        figure(said, id="said", of="m", unit="USD"),
        calculation("c", formula, checks=("said",), p="$5", n="missing"),
    )
    assert f" implies {wanted} (" in calculated(known, "c").implied[0]


def test_a_figure_that_a_missing_input_was_solved_from_is_not_checked_by_what_follows() -> None:
    known = told(
        measure("bill", "USD", "stock"),
        figure("$100", id="first", of="bill", unit="USD"),
        figure("$150", id="second", of="bill", unit="USD", by="office"),
        calculation("inner", "p * n", checks=("first", "second"), p="$5", n="missing"),
        calculation("outer", "rest + 0 * p", checks=("first", "second"), rest="calculation inner", p="$5"),
    )
    for name in ("inner", "outer"):
        [check] = calculated(known, name).result.checks
        assert (check.figure, check.verdict) == ("second", Verdict.CONFLICT)


@pytest.mark.parametrize(
    ("said", "formula", "inputs", "wanted"),
    [
        ("$1,000", "p * (1 + r) ** 3", {"r": "10%", "p": "$512"}, [Interval.at(Fraction(1, 4))]),
        ("$100", "max(p * n, 10 * p)", {"p": "$3", "n": "20"}, [Interval.at(5)]),
        ("$100", "min(p * n, 10 * p)", {"p": "$3", "n": "20"}, [Interval.at(10)]),
        ("$36", "p * x ** 0.5", {"x": "4", "p": "$12"}, [Interval.at(9)]),
        ("$2", "max(p * x, 5 * p)", {"x": "6", "p": "$1"}, []),
    ],
)
def test_powers_of_sums_and_choices_of_the_greatest_are_solved_too(
    said: str, formula: str, inputs: dict[str, str], wanted: list[Interval]
) -> None:
    known = told(
        measure("m", "USD", "stock"),
        figure(said, id="said", of="m", unit="USD"),
        calculation("c", formula, checks=("said",), **inputs),
    )
    first = next(iter(inputs))
    assert [one.value for one in results_of(known, known.calculations)[Id("c")].implied if one.input == first] == wanted


def test_a_missing_value_with_two_roots_names_both_and_says_which_is_taken() -> None:
    known = told(
        measure("m", "USD", "stock"),
        figure("$100", id="said", of="m", unit="USD"),
        calculation("c", "p * x * (1 - x)", checks=("said",), p="$625", x="missing"),
    )
    [sentence] = calculated(known, "c").implied
    assert sentence.startswith("No source gives x. $100 implies 0.2 or 0.8; 0.2 is taken (625 × 0.2 × (1 − 0.2)")


@pytest.mark.parametrize(
    ("said", "unit", "formula", "inputs", "wanted"),
    [
        # of one kind with the checked figure, or with what it is added to
        ("500 GWh/year", "GWh/year", "a + x", {"a": "120 GWh/year"}, "380 GWh a year (120 + 380 = 500 GWh a year)"),
        (
            "$600",
            "USD",
            "n * (a + x)",
            {"n": "12 months", "a": "$600 a year"},
            "$0 a year (12 × (600 + 0) / 12 = $600)",
        ),
        # a time
        ("120 km", "km", "v * x", {"v": "80 km/hour"}, "1.5 hours (80 × 1.5 = 120 km)"),
        ("120 km", "km", "v * x", {"v": "5 km/hour"}, "24 hours (5 × 24 = 120 km)"),
        ("$900", "USD", "fee * x", {"fee": "$50 a month"}, "18 months (50 × 18 = $900)"),
        # hours in a year, where the work and the power that does it cancel
        ("30 GWh/year", "GWh/year", "c * x", {"c": "15 MW"}, "2,000 hours a year (15 × 2,000 / 1,000 = 30 GWh a year)"),
    ],
)
def test_a_missing_value_is_told_in_the_unit_in_which_one_speaks_of_it(
    said: str, unit: str, formula: str, inputs: dict[str, str], wanted: str
) -> None:
    known = told(
        measure("m", unit, "flow"),
        figure(said, id="said", of="m", unit=unit),
        calculation("c", formula, checks=("said",), x="missing", **inputs),
    )
    [sentence] = calculated(known, "c").implied
    assert sentence.partition(" implies ")[2] == f"{wanted}."


def test_a_missing_value_is_told_for_each_of_the_numbers_that_sources_give() -> None:
    known = told(
        measure("m", "tonne", "stock"),
        measure("paper", "tonne", "stock", "town"),
        figure("50 tonnes", id="said", of="m", unit="tonne"),
        figure("20 tonnes", of="paper", unit="tonne", by="office", town="ash"),
        figure("35 tonnes", of="paper", unit="tonne", by="union", town="elm"),
        calculation("c", "p + rest", checks=("said",), p="measure paper over town", rest="missing"),
    )
    assert [sentence.removeprefix("No source gives the rest. ") for sentence in calculated(known, "c").implied] == [
        "With the number from Office (Ash), 50 tonnes implies 30 tonnes (20 + 30 = 50 tonnes).",
        "With the number from Union (Elm), 50 tonnes implies 15 tonnes (35 + 15 = 50 tonnes).",
    ]


def test_hours_a_day_stay_hours_a_day() -> None:
    known = measure("open", "hour/day", "ratio"), figure("8 hours/day", id="open", of="open", unit="hour/day")
    [outcome] = result("h * n", *known, h="figure open", n="2").outcomes
    assert (outcome.steps[0].stated, outcome.steps[0].unit) == (Interval.at(8), "hour/day")


@pytest.mark.parametrize(
    ("stated_total", "parts", "wanted"),
    [
        ("$3.7 million", ("$1.2 million", "$2.4 million"), Verdict.ROUNDING),
        ("$3.8 million", ("$1.2 million", "$2.4 million"), Verdict.CONFLICT),
        # Zeros that are written out count.
        ("$3,700,000", ("$1,200,000", "$2,400,000"), Verdict.CONFLICT),
        ("$3,400,000", ("$1,200,000", "$2,240,000"), Verdict.CONFLICT),
        ("$3.4 million", ("$1,200,000", "$2,240,000"), Verdict.ROUNDING),
    ],
)
def test_the_rounding_of_the_parts_counts_when_a_total_is_checked(
    stated_total: str, parts: tuple[str, str], wanted: Verdict
) -> None:
    [found] = checks_of_a_sum(stated_total, parts)
    assert found.verdict is wanted


def test_a_total_within_the_rounding_of_its_parts_says_so() -> None:
    [found] = checks_of_a_sum("$3.7 million", ("$1.2 million", "$2.4 million"))
    assert "with each input rounded, the result may be $3.5–3.7 million" in found.explanation


def checks_of_a_sum(stated_total: str, parts: tuple[str, str]) -> list[WordedFinding]:
    stated = (
        figure(text, id=id, of="price", unit="USD")
        for id, text in zip(("x", "y", "total"), (*parts, stated_total), strict=True)
    )
    summed = calculation("sum", "x + y", checks=("total",), x="figure x", y="figure y")
    known = told(measure("price", "USD", "stock"), *stated, summed)
    return [found for found in worded_findings(known) if found.kind is FindingKind.CHECK]


@pytest.mark.parametrize(("within", "wanted"), [("", Verdict.AGREEMENT), ("0% to 100%", Verdict.CONFLICT)])
def test_a_load_factor_of_400_per_cent_is_impossible_once_that_is_declared(within: str, wanted: Verdict) -> None:
    limits = {"within": read_quantity(within, "fraction")} if within else {}
    known = told(
        measure("load", "fraction", "ratio", **limits),
        figure("at least 90%", id="load", of="load", unit="fraction"),
        calculation("taken", "taken / seats", checks=("load",), taken="200 people", seats="50 people"),
    )
    [found] = worded_findings(known)
    assert found.verdict is wanted, found.explanation
