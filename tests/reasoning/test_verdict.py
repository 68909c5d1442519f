"""Two numbers side by side: the verdicts in their order."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.domain.finding import Ground, Relation, Verdict
from kb.domain.quantity import Bound, Hedge, Quantity, RangeKind
from kb.reasoning.comparison.tolerance import NormalizedQuantity, normalize
from kb.reasoning.comparison.verdict import Comparison, compare
from tests.reasoning.story import quantity

AGREEMENT, ROUNDING, TENSION, CONFLICT = (
    Verdict.AGREEMENT,
    Verdict.ROUNDING,
    Verdict.TENSION,
    Verdict.CONFLICT,
)


def read(text: str) -> NormalizedQuantity:
    said = quantity(text)
    return normalize(said, said.unit, Fraction(1), percent=said.unit == "fraction")


def between(left: str, right: str, *, one_sided: bool = False) -> Comparison:
    return compare(read(left), read(right), one_sided=one_sided)


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        # stated values meet
        ("$8k/month", "$8,000/month", AGREEMENT),
        ("$2,000-3,000/month", "$2,500/month", AGREEMENT),
        ("80%", "over 80%", ROUNDING),
        # rounding and truncation alone
        ("66.67%", "67%", ROUNDING),
        ("16.7%", "16%", ROUNDING),
        ("$14,000/month", "$14,300/month", ROUNDING),
        # what is rounded to the same place touches its neighbour, and no more
        ("$14,000/month", "$15,000/month", ROUNDING),
        ("$2,000/month", "$3,000/month", CONFLICT),
        # only a bound lets them meet
        ("at least $2,000-3,000/month", "$8,000/month", TENSION),
        ("at least $2,900/month", "$3,520/month", AGREEMENT),
        ("at most negative 25%", "negative 150%", TENSION),
        ("at most 25%", "22.5%", AGREEMENT),
        # only a hedge lets them meet
        ("about $8,100/month", "$8,730/month", AGREEMENT),
        ("about $8,000/month", "$12,300/month", CONFLICT),
        # nothing lets them meet
        ("$8,000/month", "$14,000/month", CONFLICT),
        ("at least $9,000/month", "$4,000/month", CONFLICT),
        ("at least $3,000/month", "$2,000/month", CONFLICT),
        ("10%", "negative 10%", CONFLICT),
        # opposite limits that leave nothing between
        ("more than $100/month", "less than $100/month", CONFLICT),
        ("at least $200/month", "at most $100/month", CONFLICT),
    ],
)
def test_verdicts_come_in_their_order(left: str, right: str, verdict: Verdict) -> None:
    assert between(left, right).verdict is verdict


def test_a_conflict_is_a_tension_when_a_scope_key_stands_on_one_side_only() -> None:
    assert between("$8,000/month", "$14,000/month", one_sided=True).verdict is TENSION


def test_two_spreads_are_compared_end_by_end_and_the_worst_end_decides() -> None:
    found = between("5,000 to 18,000 words (spread)", "10,000 to 18,000 words (spread)")
    assert (found.verdict, found.end, found.distance.near) == (CONFLICT, "low", 2)


def test_two_estimates_with_the_same_ends_as_those_spreads_agree() -> None:
    assert between("5,000-18,000 words", "10,000-18,000 words").verdict is AGREEMENT


def test_the_distance_of_a_floor_runs_from_its_nearest_to_its_farthest_stated_end() -> None:
    found = between("at least $2,000-3,000/month", "$8,000/month")
    assert (found.distance.near, found.distance.far) == (Fraction(8, 3), 4)


def test_percentages_are_told_apart_in_points() -> None:
    found = between("20%", "70%")
    assert found.distance.points
    assert found.distance.near == Fraction(1, 2)
    assert found.ratio is None


def test_a_number_inside_a_range_is_inside_and_the_other_way_round_overlaps() -> None:
    assert between("$6/month", "$3-15/month").relation is Relation.INSIDE
    assert between("$3-15/month", "$6/month").relation is Relation.OVERLAPPING
    assert between("$1/month", "$3-15/month").relation is Relation.DISJOINT


def test_severity_grows_with_the_ratio_and_a_tension_weighs_less_than_a_conflict() -> None:
    near, far = between("$1,110/month", "$1,550/month"), between("$1,110/month", "$9,990/month")
    assert 0 < near.severity < far.severity < 1
    tension = between("at least $1,110/month", "$9,990/month")
    assert tension.verdict is TENSION
    assert tension.severity == far.severity * Fraction(7, 10)


amounts = st.decimals(min_value=-1000, max_value=1000, places=1)


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    low, high = sorted((draw(amounts), draw(amounts)))
    bound = draw(st.sampled_from([one for one in Bound if one is not Bound.EXACT or low == high]))
    return Quantity(
        low=low,
        high=high,
        unit="USD",
        bound=bound,
        hedge=draw(st.sampled_from(list(Hedge))),
        spread=draw(st.sampled_from(list(RangeKind))) if low != high else None,
        granularity=draw(st.sampled_from([None, *map(type(low), ("0.1", "1", "100"))])),
    )


@given(quantities(), quantities(), st.booleans(), st.booleans())
def test_which_number_stands_first_does_not_matter(
    left: Quantity, right: Quantity, percent: bool, one_sided: bool
) -> None:
    one, two = (normalize(said, "USD", Fraction(1), percent=percent) for said in (left, right))
    there, back = compare(one, two, one_sided=one_sided), compare(two, one, one_sided=one_sided)
    assert (there.verdict, there.severity, there.distance) == (back.verdict, back.severity, back.distance)


@given(quantities())
def test_a_number_agrees_with_itself(said: Quantity) -> None:
    one = normalize(said, "USD", Fraction(1), percent=False)
    assert compare(one, one).verdict is AGREEMENT
    assert compare(one, one).ground is Ground.MEET


@given(quantities())
def test_allowed_holds_what_was_stated_and_widened_holds_what_is_allowed(said: Quantity) -> None:
    one = normalize(said, "USD", Fraction(1), percent=False)
    assert one.rounded.encloses(one.stated)
    assert one.truncated.encloses(one.stated)
    assert one.widened.encloses(one.allowed)
