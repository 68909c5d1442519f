"""Laws of comparison: neither the order, nor the unit, nor how many are compared at once changes a finding."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.domain.entity import AnyEntity, Measure
from kb.domain.finding import Finding, Verdict
from kb.domain.quantity import Bound, Hedge, Quantity, RangeKind
from tests.reasoning.judged import Pair, Several, corroborated, pairs, several, severity, verdict
from tests.reasoning.story import figure, measure, quantity, told
from tests.reasoning.worded import worded_findings


def findings(*entities: AnyEntity) -> list[Finding]:
    return [finding for finding in worded_findings(told(*entities)) if finding.measure == "m"]


def summary(found: Iterable[Finding]) -> set[tuple[object, ...]]:
    return {(one.id, one.kind, one.verdict, one.severity, frozenset(one.figures)) for one in found}


@pytest.mark.parametrize("row", [row for row in pairs() if not row.depends], ids=lambda row: row.name)
def test_it_does_not_matter_which_of_two_is_named_first(row: Pair) -> None:
    one, other = findings(*row.entities()), findings(*row.swapped.entities())
    assert (verdict(one), severity(one)) == (verdict(other), severity(other))
    assert bool(corroborated(one)) == bool(corroborated(other))


SHARES = [row for row in pairs() if row.unit in ("fraction", "multiple") and not row.depends]


@pytest.mark.parametrize("row", SHARES, ids=lambda row: row.name)
def test_it_does_not_matter_whether_a_ratio_is_declared_in_percent_or_in_multiples(row: Pair) -> None:
    declared = [
        findings(*(replace(entity, unit=unit) if isinstance(entity, Measure) else entity for entity in row.entities()))
        for unit in ("fraction", "percent", "multiple")
    ]
    assert len({(verdict(found), severity(found), bool(corroborated(found))) for found in declared}) == 1


@pytest.mark.parametrize("row", several(), ids=lambda row: row.name)
def test_unrelated_figures_change_no_finding(row: Several) -> None:
    unrelated = [
        measure("n", row.unit, row.kind, "vendor"),
        *(figure(text, of="n", by="source-a", unit=row.unit) for text in ("7", "7,000")),
    ]
    assert summary(findings(*row.entities(), *unrelated)) == summary(findings(*row.entities()))


@pytest.mark.parametrize("row", several(), ids=lambda row: row.name)
def test_it_does_not_matter_in_which_order_several_are_told(row: Several) -> None:
    assert summary(findings(*row.entities())) == summary(findings(*row.entities(order=-1)))


def test_all_rows_at_once_come_out_as_one_by_one() -> None:
    rows = [row.entities(f"m-{number}") for number, row in enumerate(pairs()) if not row.in_two_currencies]
    together = worded_findings(told(*(entity for entities in rows for entity in entities)))
    alone = [finding for entities in rows for finding in worded_findings(told(*entities))]
    assert summary(together) == summary(alone)


SAID = """
$100; $103; $103-207; $100-200; at least $100; over $103; at most $103; under $100; upward of $100-200; about $103;
nearly $103; just over $103; hundreds of dollars; dozens of dollars; about $100; nearly $100; just over $100;
just under $100; about $100-200; on the order of $100
"""
GRAVITY = {"agreement": 0, "rounding": 0, "tension": 1, "conflict": 2}
ABOVE, BELOW = range(1, 61), range(-1, -29, -1)


def walks() -> list[object]:
    """Each wording, and the steps of a walk away from its number, in thirtieths of it."""
    return [
        pytest.param(said, steps, id=f"{side} {said}")
        for said in (one.strip() for one in SAID.split(";"))
        for side, steps in (("above", ABOVE), ("below", BELOW))
    ]


@pytest.mark.parametrize(("said", "steps"), walks())
def test_what_lies_farther_away_is_never_told_milder(said: str, steps: range) -> None:
    amount = quantity(f"{said} / month")
    assert amount.low is not None and amount.high is not None
    end = amount.high if steps.step > 0 else amount.low
    before = (0, 0.0)
    for step in steps:
        at = (end * (30 + step) / 30).quantize(Decimal(1))
        found = compared(amount, Quantity(low=at, high=at, unit="USD/month", granularity=Decimal(1)))
        now = GRAVITY[verdict(found)], severity(found)
        assert now >= before, f"{said} ~ {at}: {verdict(found)} {severity(found):.2f}"
        before = now


numbers = st.integers(1, 400).map(Decimal)
hedges = st.sampled_from(Hedge)


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    """Numbers, ranges and limits in dollars a month, from 1 to 800."""
    low, bound = draw(numbers), draw(st.sampled_from(Bound))
    high = low + (draw(numbers) if bound is Bound.RANGE else 0)
    hedge, kind = draw(st.sampled_from([Hedge.NONE, Hedge.ABOUT])), RangeKind.ESTIMATE if low != high else None
    return Quantity(
        low=low,
        high=high,
        unit="USD/month",
        bound=bound,
        hedge=hedge,
        spread=kind,
        granularity=draw(st.sampled_from([Decimal(1), Decimal(10)])),
    )


def compared(left: Quantity, right: Quantity, unit: str = "USD/month") -> list[Finding]:
    return findings(measure("m", unit, "flow"), figure(left, of="m", by="alpha"), figure(right, of="m", by="beta"))


def a_year(said: Quantity) -> Quantity:
    """The same, told by the year."""
    low, high, place = (value * 12 if value is not None else None for value in (said.low, said.high, said.granularity))
    return replace(said, low=low, high=high, granularity=place, unit="USD/year")


@settings(max_examples=150)
@given(quantities(), quantities())
def test_it_does_not_matter_in_which_period_a_flow_is_told(left: Quantity, right: Quantity) -> None:
    asked = [
        compared(left, right),
        compared(a_year(left), a_year(right)),
        compared(left, a_year(right)),
        compared(left, right, "USD/year"),
    ]
    assert len({(verdict(found), severity(found)) for found in asked}) == 1


@pytest.mark.parametrize(
    ("short", "long"),
    [("$14k", "$14,000"), ("$2.5M", "$2,500,000"), ("$1.1bn", "$1,100,000,000"), ("1.2 万美元", "$12,000")],
)
@pytest.mark.parametrize("other", ["$14,300", "$13k", "$2.54M", "$1.19bn", "about $12,500", "over $2M", "$10-15k"])
def test_it_does_not_matter_whether_thousands_are_written_out(short: str, long: str, other: str) -> None:
    kept = [
        compared(replace(quantity(said, "USD"), unit="USD/month"), replace(quantity(other, "USD"), unit="USD/month"))
        for said in (short, long)
    ]
    assert len({(verdict(found), severity(found)) for found in kept}) == 1


def wider(said: Quantity, by: Decimal, bound: Bound) -> Quantity:
    """``said`` with more room: its ends further apart, its limit further off, or one side opened."""
    assert said.low is not None and said.high is not None
    match said.bound:
        case Bound.EXACT:
            return replace(said, bound=bound)
        case Bound.RANGE:
            return replace(said, low=said.low - by, high=said.high + by)
        case Bound.AT_LEAST | Bound.MORE_THAN:
            return replace(said, low=said.low - by, high=said.high - by, bound=Bound.AT_LEAST)
        case _:
            return replace(said, low=said.low + by, high=said.high + by, bound=Bound.AT_MOST)


@settings(max_examples=300)
@given(quantities(), quantities(), numbers, st.sampled_from([Bound.AT_LEAST, Bound.AT_MOST]))
def test_more_room_never_turns_agreement_into_conflict(
    left: Quantity, right: Quantity, by: Decimal, bound: Bound
) -> None:
    if verdict(compared(left, right)) == Verdict.AGREEMENT:
        assert verdict(compared(wider(left, by, bound), right)) != Verdict.CONFLICT


@settings(max_examples=300)
@given(quantities(), quantities())
def test_numbers_that_exclude_each_other_never_simply_agree(left: Quantity, right: Quantity) -> None:
    """Unless a hedge gives the room, agreement and corroboration need a number that both allow."""
    if left.allowed.meets(right.allowed) or Hedge.ABOUT in (left.hedge, right.hedge):
        return
    found = compared(left, right)
    assert verdict(found) in (Verdict.ROUNDING, Verdict.TENSION, Verdict.CONFLICT)
    assert not corroborated(found)


@settings(max_examples=300)
@given(quantities(), st.one_of(st.none(), quantities()), st.sampled_from(Bound))
def test_only_the_same_number_is_called_the_same(left: Quantity, other: Quantity | None, bound: Bound) -> None:
    """Where two voices name one number, and neither leaves out what the other says."""
    right = other or (replace(left, bound=bound) if left.low == left.high and bound is not Bound.RANGE else left)
    if any("the same" in one.explanation and "may be" not in one.explanation for one in compared(left, right)):
        assert left.stated == right.stated
        assert left.allowed.meets(right.allowed)


def told_together(said: list[Quantity]) -> list[Finding]:
    figures = (figure(one, of="m", by=f"source-{number}", id=str(number)) for number, one in enumerate(said))
    return findings(measure("m", "USD/month", "flow"), *figures)


@settings(max_examples=150)
@given(st.lists(quantities(), min_size=3, max_size=6))
def test_voices_that_support_each_other_have_a_number_in_common(said: list[Quantity]) -> None:
    for one in corroborated(told_together(said)):
        voices = [said[int(figure)] for figure in one.figures]
        assert all(left.allowed.meets(right.allowed) for left, right in combinations(voices, 2))


@settings(max_examples=100)
@given(st.lists(st.tuples(numbers, st.one_of(st.just(Decimal(0)), numbers)), min_size=3, max_size=6))
def test_the_worst_of_several_disputes_is_told(ends: list[tuple[Decimal, Decimal]]) -> None:
    """Though not every pair is compared: the two that lie farthest apart are."""
    said = [between(low, low + width) for low, width in ends]
    alone = [severity(compared(left, right)) for left, right in combinations(said, 2)]
    assert severity(told_together(said)) >= max(alone) - 0.01


@settings(max_examples=200)
@given(numbers, numbers, st.sampled_from([1, 3, 10, 100]))
def test_a_floor_above_a_ceiling_is_worse_than_one_below_it(low: Decimal, more: Decimal, times: int) -> None:
    """However much room two compatible limits leave, two that exclude each other by as much outrank them."""
    high = low * times + more
    room = compared(limit(Bound.AT_LEAST, low), limit(Bound.AT_MOST, high))
    none = compared(limit(Bound.AT_MOST, low), limit(Bound.AT_LEAST, high))
    assert verdict(room) != Verdict.CONFLICT
    assert verdict(none) in (Verdict.CONFLICT, Verdict.TENSION)
    assert severity(room) <= severity(none)


def between(low: Decimal, high: Decimal) -> Quantity:
    """An estimate, or a single number where both ends are the same."""
    if low == high:
        return limit(Bound.EXACT, low)
    return Quantity(
        low=low, high=high, unit="USD/month", bound=Bound.RANGE, spread=RangeKind.ESTIMATE, granularity=Decimal(1)
    )


def limit(bound: Bound, at: Decimal) -> Quantity:
    return Quantity(low=at, high=at, unit="USD/month", bound=bound, granularity=Decimal(1))


@settings(max_examples=100)
@given(quantities(), quantities(), hedges)
def test_a_number_that_is_alleged_weighs_no_more_than_one_that_is_asserted(
    left: Quantity, right: Quantity, hedge: Hedge
) -> None:
    said = replace(left, hedge=hedge)
    told_so = [
        findings(
            measure("m", "USD/month", "flow"),
            figure(said, of="m", by="alpha", stance=stance),
            figure(right, of="m", by="beta"),
        )
        for stance in ("asserted", "alleged")
    ]
    assert severity(told_so[1]) <= severity(told_so[0])
    assert verdict(told_so[1]) == verdict(told_so[0])
