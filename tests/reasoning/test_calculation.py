"""Calculations: one outcome for each position, joined on scope, checked against what is said and solved backwards."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.domain.entity import AnyEntity, Figure
from kb.domain.finding import FindingGroups, FindingKind, Relation, Verdict
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.reasoning.calculation.evaluation import results_of
from kb.reasoning.calculation.result import Check, ProblemReason, Result
from kb.reasoning.reconcile import Reconciler
from kb.reports.words.calculation import PROBLEM_WORDS
from tests.reasoning.calculated import Calculated, calculated
from tests.reasoning.story import at_scope, calculation, each, figure, measure, told

WORDS: tuple[AnyEntity, ...] = (measure(), measure("fee"), measure("margin", "fraction", "ratio"))


def shown(*entities: AnyEntity) -> Calculated:
    """The calculation ``sum`` as a reader sees it."""
    return calculated(told(*WORDS, *entities), "sum")


def result(*entities: AnyEntity) -> Result:
    return shown(*entities).result


def span(low: object, high: object) -> Interval:
    return Interval(None if low is None else Fraction(str(low)), None if high is None else Fraction(str(high)))


def check(found: Result) -> Check:
    (only,) = found.checks
    return only


def test_an_exact_result_is_exact() -> None:
    found = result(
        figure("$8,000/month", id="value-of-plan"),
        calculation("sum", "value / fee", value="figure value-of-plan", fee="$300 / month"),
    )
    (outcome,) = found.outcomes
    assert outcome.stated == Interval.at(Fraction(80, 3))
    assert (outcome.tight, found.unit, found.problem) == (True, "1", None)


def test_every_step_is_kept_inputs_first_and_the_result_last() -> None:
    found = result(calculation("sum", "a * (1 - b)", a="200", b="25%"))
    steps = [(step.text, step.stated) for step in found.outcomes[0].steps]
    assert steps == [
        ("a", Interval.at(200)),
        ("b", Interval.at(Fraction(1, 4))),
        ("1 - b", Interval.at(Fraction(3, 4))),
        ("a * (1 - b)", Interval.at(150)),
    ]


def test_stated_and_allowed_results_stand_side_by_side() -> None:
    found = result(
        figure("at least $2,000-3,000/month"),
        calculation("sum", "1 - value * 0.1 / fee", value="measure value", fee="$400 / month"),
    )
    (outcome,) = found.outcomes
    assert outcome.stated == span("0.25", "0.5")
    assert outcome.allowed == span(None, "0.5")


def test_there_is_one_outcome_for_each_position_and_the_hull_around_them() -> None:
    found = shown(
        figure("$2,000/month", by="deck"),
        figure("$8,000/month", by="memo"),
        figure("$8,000/month", by="note"),
        calculation("sum", "value * 12", value="measure value"),
    )
    assert [outcome.stated for outcome in found.result.outcomes] == [Interval.at(24000), Interval.at(96000)]
    assert found.result.hull == span(24000, 96000)
    assert found.labels == ["Deck", "Memo and Note"]


def test_one_vendor_s_value_never_meets_another_s_fee() -> None:
    found = result(
        figure("$8,000/month", vendor="acme"),
        figure("$14,000/month", vendor="globex"),
        figure("$200/month", of="fee", vendor="acme"),
        figure("$250/month", of="fee", vendor="globex"),
        calculation("sum", "value / fee", value="measure value over vendor", fee="measure fee"),
    )
    assert sorted(outcome.stated.low or 0 for outcome in found.outcomes) == [40, 56]


def test_a_fee_for_each_vendor_and_a_fee_without_vendor_fit_both() -> None:
    for fee in (figure("$200/month", of="fee", vendor=each("acme", "globex")), figure("$200/month", of="fee")):
        found = result(
            figure("$8,000/month", vendor="acme"),
            figure("$14,000/month", vendor="globex"),
            fee,
            calculation("sum", "value / fee", value="measure value over vendor", fee="measure fee"),
        )
        assert sorted(outcome.stated.low or 0 for outcome in found.outcomes) == [40, 70]


def test_positions_that_share_no_scope_give_no_result_but_a_reason() -> None:
    found = shown(
        figure("$8,000/month", vendor="acme"),
        figure("$200/month", of="fee", vendor="globex"),
        calculation("sum", "value / fee", value="measure value", fee="measure fee"),
    )
    assert found.result.outcomes == ()
    assert "different scopes are never combined" in found.problem


def test_inputs_that_are_both_narrowed_to_a_vendor_may_be_set_against_each_other() -> None:
    found = result(
        figure("$8,000/month", vendor="acme"),
        figure("$14,000/month", vendor="globex"),
        calculation("sum", "a / b", a=at_scope("value", vendor="globex"), b=at_scope("value", vendor="acme")),
    )
    assert [outcome.stated for outcome in found.outcomes] == [Interval.at(Fraction(7, 4))]


def test_an_input_that_is_narrowed_binds_one_that_is_not() -> None:
    found = result(
        figure("$8,000/month", vendor="acme"),
        figure("$14,000/month", vendor="globex"),
        figure("$200/month", of="fee", vendor="acme"),
        calculation("sum", "value / fee", value="measure value over vendor", fee=at_scope("fee", vendor="acme")),
    )
    assert [outcome.stated for outcome in found.outcomes] == [Interval.at(40)]


def test_an_inner_calculation_shares_its_positions_with_the_outer_one() -> None:
    found = result(
        figure("$2,000/month", by="deck"),
        figure("$8,000/month", by="memo"),
        calculation("half", "value / 2", value="measure value"),
        calculation("sum", "value - half", value="measure value", half="calculation half"),
    )
    assert [outcome.stated for outcome in found.outcomes] == [Interval.at(1000), Interval.at(4000)]


def test_a_range_used_inside_and_outside_is_one_value() -> None:
    found = result(
        figure("$2,000-3,000/month"),
        calculation("half", "value / 2", value="measure value"),
        calculation("sum", "(value - half) / value", value="measure value", half="calculation half"),
    )
    assert found.outcomes[0].stated == Interval.at(Fraction(1, 2))


def test_units_are_algebra_and_periods_are_converted() -> None:
    found = result(
        calculation("sum", "rent / revenue", unit="fraction", rent="$1 billion / month", revenue="$30 billion / year")
    )
    assert found.outcomes[0].stated == Interval.at(Fraction(2, 5))


@pytest.mark.parametrize(
    ("formula", "inputs", "words"),
    [
        ("1 / x", {"x": "0-5"}, "`1 / x` divides by a value that may be zero: x may be 0–5"),
        ("x + y", {"x": "$3", "y": "3 people"}, "person"),
        ("x +", {"x": "3"}, "cannot be read"),
        ("x * y", {"x": "3"}, "y"),
        ("x", {"x": "missing"}, "no source gives x"),
        ("x", {"x": "calculation sum"}, "rests on itself: sum → sum"),
    ],
)
def test_what_cannot_be_worked_out_is_said_in_a_sentence(formula: str, inputs: dict[str, str], words: str) -> None:
    found = shown(calculation("sum", formula, **inputs))
    assert words.lower() in found.problem.lower()
    assert found.result.outcomes == ()


def test_a_calculation_on_one_that_fails_says_which() -> None:
    found = shown(calculation("broken", "1 / x", x="0-5"), calculation("sum", "2 * y", y="calculation broken"))
    assert "The broken could not be worked out" in found.problem


def test_a_comparison_at_the_top_holds_fails_or_is_undecided() -> None:
    truths = [result(calculation("sum", "x < 5", x=said)).outcomes[0].truth for said in ("3-4", "6-7", "4-6")]
    assert truths == [True, False, None]


@pytest.mark.parametrize("order", [("one", "two"), ("two", "one")], ids=" first, ".join)
def test_an_input_that_the_formula_does_not_name_makes_no_circle_whichever_is_told_first(
    order: tuple[str, str],
) -> None:
    circle = {
        "one": calculation("one", "a + 1", a="2", unused="calculation two"),
        "two": calculation("two", "b + 1", b="calculation one"),
    }
    knowledge = told(*(circle[id] for id in order))
    results = results_of(knowledge, knowledge.calculations)
    assert [results[Id(id)].hull for id in ("one", "two")] == [Interval.at(3), Interval.at(4)]


def test_a_comparison_is_judged_on_what_the_bounds_allow() -> None:
    assert result(calculation("sum", "x < 5", x="at least 3")).outcomes[0].truth is None


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["$2,000-3,000/month", "$5,000/month", "at least $900/month"]), min_size=1, max_size=4))
def test_the_hull_holds_every_outcome(sayings: list[str]) -> None:
    said: list[Figure] = [figure(text, by=f"source-{n}") for n, text in enumerate(sayings)]
    found = result(*said, calculation("sum", "(value - fee) / value", value="measure value", fee="$100 / month"))
    assert found.hull is not None
    assert all(found.hull.encloses(outcome.stated) for outcome in found.outcomes)
    assert all(outcome.allowed.encloses(outcome.stated) for outcome in found.outcomes)


# -- checks ----------------------------------------------------------------------------------------------------------


def shown_beside(
    said: str, formula: str, *, unit: str = "fraction", stance: str = "asserted", **inputs: str
) -> Calculated:
    return shown(
        measure("stated", unit, "ratio" if unit == "fraction" else "stock"),
        figure(said, of="stated", id="said", unit=unit, stance=stance),
        calculation("sum", formula, unit=unit, checks=("said",), **inputs),
    )


def checked(said: str, formula: str, *, unit: str = "fraction", stance: str = "asserted", **inputs: str) -> Result:
    return shown_beside(said, formula, unit=unit, stance=stance, **inputs).result


def explained(shown: Calculated) -> str:
    (only,) = shown.checks
    return only


def test_a_stated_number_that_the_formula_gives_agrees() -> None:
    found = check(checked("80%", "1 - x", x="20%"))
    assert (found.verdict, found.relation) == (Verdict.AGREEMENT, Relation.INSIDE)


def test_a_bound_turned_round_agrees_with_the_bound_that_is_stated() -> None:
    assert check(checked("over 80%", "1 - x", x="under 20%")).verdict is Verdict.AGREEMENT


def test_a_result_that_rounds_to_the_stated_number_is_rounding() -> None:
    assert check(checked("67%", "x / 3", x="2")).verdict is Verdict.ROUNDING


def test_a_result_that_is_cut_off_to_the_stated_number_is_rounding() -> None:
    found = shown_beside("16%", "67% / x", x="4")
    assert check(found.result).verdict is Verdict.ROUNDING
    assert ", cut off" in explained(found)


def test_a_result_outside_is_a_conflict_and_is_solved_backwards() -> None:
    found = shown_beside("50%", "1 - x", x="20%")
    assert check(found.result).verdict is Verdict.CONFLICT
    (implied,) = found.result.implied
    assert (implied.input, implied.value) == ("x", Interval.at(Fraction(1, 2)))
    assert "x would have to be 50% (1 − 50% = 50%), not 20%" in explained(found)


def test_what_agrees_is_not_solved_backwards() -> None:
    assert checked("80%", "1 - x", x="20%").implied == ()


def test_an_input_that_stands_twice_is_solved_for_as_one() -> None:
    found = checked("negative 25%", "(fee - 500) / fee", fee="200")
    assert [one.value for one in found.implied] == [Interval.at(400)]


def test_a_square_is_solved_by_its_positive_root() -> None:
    found = checked("9", "x ** 2", unit="multiple", x="2")
    assert [one.value for one in found.implied] == [Interval.at(3)]


def test_an_end_of_a_stated_spread_that_no_result_reaches_is_a_tension() -> None:
    found = shown_beside("10-70% (spread)", "x / 2", x="20-60%")
    assert check(found.result).verdict is Verdict.TENSION
    assert "The high figure from Deck, 70%, cannot be reproduced. The recorded figures give 10–30%." in explained(found)


def test_a_range_that_is_only_an_estimate_need_not_be_reached_at_its_ends() -> None:
    assert check(checked("10-70%", "x / 2", x="60%")).verdict is Verdict.AGREEMENT


def test_a_missing_input_follows_from_the_checked_figure_which_it_cannot_check() -> None:
    found = shown_beside("$48,000-240,000", "16 * a * b", unit="USD", a="missing", b="$3-15 (spread)")
    (implied,) = found.result.implied
    (sentence,) = found.implied
    assert implied.value == Interval.at(1000)
    assert "at both ends, so the whole range comes from b" in sentence
    assert "200–5,000" in sentence
    assert found.result.missing == ("a",)
    assert found.result.checks == ()


def test_a_check_is_a_finding_with_an_id_of_its_own() -> None:
    entities = (
        measure("stated", "fraction", "ratio"),
        figure("50%", of="stated", id="said", unit="fraction"),
        calculation("sum", "1 - x", unit="fraction", checks=("said",), x="20%"),
    )
    knowledge = told(*entities)
    (finding,) = Reconciler().findings(knowledge, None)
    assert (finding.kind, finding.verdict, finding.calculation) == (FindingKind.CHECK, Verdict.CONFLICT, "sum")
    assert finding.measure == "stated"
    assert Reconciler().findings(knowledge, FindingGroups(calculations=frozenset({Id("sum")}))) == (finding,)
    assert Reconciler().findings(knowledge, FindingGroups(measures=frozenset({Id("stated")}))) == ()


def test_a_hypothetical_figure_is_checked_but_enters_no_finding() -> None:
    entities = (
        measure("stated", "fraction", "ratio"),
        figure("95%", of="stated", id="said", unit="fraction", stance="hypothetical"),
        calculation("sum", "1 - x", unit="fraction", checks=("said",), x="5%"),
    )
    knowledge = told(*entities)
    assert check(results_of(knowledge, knowledge.calculations)[Id("sum")]).verdict is Verdict.AGREEMENT
    assert Reconciler().findings(knowledge, None) == ()


def test_a_figure_that_its_voice_denies_is_not_checked() -> None:
    assert checked("50%", "1 - x", x="20%", stance="negated").checks == ()


def test_each_reason_for_having_no_result_has_words() -> None:
    assert set(PROBLEM_WORDS) == set(ProblemReason)
