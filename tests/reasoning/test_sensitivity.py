"""Which input moves a result most: one value at a time, the others at their middle."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kb.domain.entity import AnyEntity
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.quantity import Bound, Hedge, Quantity
from kb.reasoning.calculation.evaluation import evaluated_calculations
from kb.reasoning.calculation.sensitivity import Influence, influences
from tests.reasoning.story import calculation, figure, measure, told


def moves(formula: str, *entities: AnyEntity, **inputs: str) -> tuple[Influence, ...]:
    """What moves the one result of ``formula``, most in front."""
    known = told(*entities, calculation("c", formula, **inputs))
    [case] = evaluated_calculations(known, [Id("c")])[Id("c")].cases
    return influences(case)


def order(found: tuple[Influence, ...]) -> list[str]:
    return [one.inputs[0] for one in found]


def test_the_input_whose_range_moves_the_result_farthest_comes_first() -> None:
    found = moves("rent * rooms - wage", rent="$900 to $1,100", rooms="3", wage="from $2,000 to $2,100")
    assert order(found) == ["rent", "wage", "rooms"]
    assert found[0].result == Interval(Fraction(2700 - 2050), Fraction(3300 - 2050))
    assert (found[0].swing, found[1].swing, found[2].swing) == (600, 100, 0)


def test_single_numbers_rank_by_what_one_percent_more_adds() -> None:
    found = moves("fee - value * (1 - gross)", fee="$200", value="$8,000", gross="75%")
    assert order(found) == ["gross", "value", "fee"]
    assert [one.nudge for one in found] == [60, -20, 2]


def test_a_factor_and_a_divisor_move_a_quotient_alike() -> None:
    over, under = moves("doses / people", doses="12 doses", people="4 people")
    assert (over.elasticity, under.elasticity) == (1, -1)


def test_an_input_that_enters_twice_is_one_value() -> None:
    [price, cost] = moves("(price - cost) / price", price="$4 to $6", cost="$3")
    assert price.result == Interval(Fraction(1, 4), Fraction(1, 2))
    assert cost.result is not None and cost.result.exact


def test_a_hill_is_enclosed_up_to_its_top() -> None:
    [only] = moves("x * (1 - x)", x="0 to 1")
    assert only.result == Interval(Fraction(0), Fraction(1, 4))
    assert only.nudge == 0


def test_a_value_of_an_inner_calculation_is_told_under_both_its_names() -> None:
    known = told(
        measure("price", "USD", "price"),
        figure("$6", id="p", of="price", unit="USD"),
        calculation("inner", "price / 3", price="figure p"),
        calculation("outer", "price - cost", price="figure p", cost="calculation inner"),
    )
    [case] = evaluated_calculations(known, [Id("outer")])[Id("outer")].cases
    [only] = influences(case)
    assert only.inputs == ("price", "cost › price")
    assert only.nudge == Fraction(4, 100)


def test_what_an_open_end_allows_stands_beside_what_is_stated() -> None:
    found = moves("fee - value * use", fee="$200", value="at least $2,000-3,000", use="10%")
    assert found[0].result == Interval(Fraction(-100), Fraction(0))
    assert found[0].allowed == Interval(None, Fraction(0))


def test_beside_a_value_of_which_no_end_was_said_nothing_can_be_told() -> None:
    unsaid = Quantity(low=None, high=None, unit="person", bound=Bound.RANGE, hedge=Hedge.ORDER_OF_MAGNITUDE)
    known = told(
        measure("count", "person", "count"),
        figure(unsaid, id="n", of="count", unit="person"),
        calculation("c", "n * fee", n="figure n", fee="$2 to $3"),
    )
    [case] = evaluated_calculations(known, [Id("c")])[Id("c")].cases
    untold = {one.inputs[0]: (one.result, one.nudge) for one in influences(case)}
    assert untold == {"n": (Interval(None, None), None), "fee": (None, None)}


def test_at_a_kink_a_percent_more_cannot_be_told() -> None:
    [a, b] = moves("max(a, b)", a="3", b="3")
    assert a.nudge is b.nudge is None


def test_beside_the_greater_number_the_lesser_moves_nothing() -> None:
    [more, less] = moves("max(a, b)", a="3", b="5")
    assert (order((more, less)), more.nudge, less.nudge) == (["b", "a"], Fraction(5, 100), 0)


def test_a_comparison_is_moved_by_what_moves_the_difference_of_its_sides() -> None:
    found = moves("heavy * value >= light * fee", heavy="3", value="$14,000", light="2000", fee="$20")
    assert {one.inputs[0]: one.nudge for one in found} == {"heavy": 420, "value": 420, "light": -400, "fee": -400}


def test_a_divisor_that_may_be_zero_at_the_middles_leaves_nothing_to_tell() -> None:
    found = moves("a / (b - c)", a="1", b="5 to 7", c="1 to 3")
    assert all(one.result is not None for one in found)


SMALL = st.integers(1, 50)


@given(SMALL, SMALL, SMALL, SMALL)
def test_what_a_value_runs_over_holds_the_result_at_each_of_its_points(a: int, b: int, c: int, share: int) -> None:
    low, high = sorted((a, a + b))
    found = moves("x * x / (x + k)", x=f"{low} to {high}", k=str(c))
    x = next(one for one in found if one.inputs == ("x",))
    at = low + Fraction(share, 50) * (high - low)
    assert x.result is not None
    assert x.result.holds(at * at / (at + c))


@given(SMALL, SMALL)
def test_elasticities_of_a_product_are_one(a: int, b: int) -> None:
    assert [one.elasticity for one in moves("a * b", a=str(a), b=str(b))] == [1, 1]
