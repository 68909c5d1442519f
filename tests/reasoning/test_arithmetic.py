"""Interval arithmetic: exact, enclosing, and honest about what it cannot do."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.domain.formula import parse_formula
from kb.domain.interval import Interval
from kb.reasoning.arithmetic import (
    DivisionByZero,
    NoResult,
    divide,
    maximum,
    minimum,
    multiply,
    power,
    root,
    subtract,
)
from kb.reasoning.calculation.interval_evaluation import enclose, natural_extension, truth

HALF = Fraction(1, 2)


def span(low: object, high: object, **ends: bool) -> Interval:
    return Interval(None if low is None else Fraction(str(low)), None if high is None else Fraction(str(high)), **ends)


def at(value: object) -> Interval:
    return span(value, value)


numbers = st.fractions(min_value=-100, max_value=100, max_denominator=50)


@st.composite
def spans(draw: st.DrawFn) -> Interval:
    low, high = sorted((draw(numbers), draw(numbers)))
    return Interval(low, high)


@st.composite
def formulas(draw: st.DrawFn, depth: int = 2) -> str:
    if depth == 0 or draw(st.booleans()):
        return draw(st.sampled_from(["x", "y", "z", "2", "0.5", "10%"]))
    left, right = draw(formulas(depth - 1)), draw(formulas(depth - 1))
    shape = draw(st.sampled_from(["({} + {})", "({} - {})", "({} * {})", "({} / {})", "min({}, {})", "max({}, {})"]))
    return shape.format(left, right)


@settings(max_examples=100, deadline=None)
@given(formulas(), spans(), spans(), spans(), st.lists(st.fractions(0, 1, max_denominator=8), min_size=3, max_size=3))
def test_limits_hold_every_value_inside(
    text: str, x: Interval, y: Interval, z: Interval, where: list[Fraction]
) -> None:
    box = {"x": x, "y": y, "z": z}
    expr = parse_formula(text)
    try:
        limits = enclose(expr, box).interval
    except NoResult:
        return
    inside = {
        name: values.low + (values.high - values.low) * share  # type: ignore[operator]
        for (name, values), share in zip(box.items(), where, strict=True)
    }
    value = natural_extension(expr, {name: Interval.at(one) for name, one in inside.items()})
    assert limits.encloses(value)


@settings(max_examples=100, deadline=None)
@given(spans(), spans())
def test_tight_limits_of_a_product_are_reached(x: Interval, y: Interval) -> None:
    product = multiply(x, y)
    corners = [a * b for a in (x.low, x.high) for b in (y.low, y.high)]  # type: ignore[operator]
    assert (product.low, product.high) == (min(corners), max(corners))


@pytest.mark.parametrize(
    ("formula", "x", "result"),
    [
        ("x * (1 - x)", span(0, 1), span(0, "0.25")),
        ("x - x", span(3, 15), at(0)),
        ("x / x", span(3, 15), at(1)),
        ("x / (x + 1)", span(0, 3), span(0, "0.75")),
        ("x ** 2", span(-3, 2), span(0, 9)),
        ("x ** 2 - 2 * x", span(0, 3), span(-1, 3)),
        ("(10 - x) / 10", span(4, 20), span(-1, "0.6")),
        ("1 / (x - 0.5 * x)", span(1, 4), span("0.5", 2)),
        ("x / (x + 200)", span(2000, None), span(Fraction(10, 11), 1, high_open=True)),
        ("max(x, 5)", span(3, 15), span(5, 15)),
        ("sum(x, x, 1)", span(3, 15), span(7, 31)),
    ],
)
def test_a_name_that_stands_twice_is_one_number(formula: str, x: Interval, result: Interval) -> None:
    found = enclose(parse_formula(formula), {"x": x})
    assert found.interval == result
    assert found.tight


def test_where_the_turn_cannot_be_found_the_limits_enclose_and_say_so() -> None:
    found = enclose(parse_formula("x ** 4 - x ** 2 - 0.1 * x"), {"x": span(-1, 1)})
    assert not found.tight
    lowest = Fraction(3, 4) ** 4 - Fraction(3, 4) ** 2 - Fraction(3, 40)
    assert found.interval.low is not None
    assert found.interval.low <= lowest < found.interval.low + Fraction(1, 50)
    assert found.interval.high == Fraction(1, 10)


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        (subtract(at(1), span(None, "0.2", high_open=True)), span("0.8", None, low_open=True)),
        (multiply(span(0, 1), span(2, None)), span(0, None)),
        (divide(at(1), span(2, None)), span(0, "0.5", low_open=True)),
        (divide(at(1), span(0, 4, low_open=True)), span("0.25", None)),
        (multiply(span(-2, 3), span(None, None)), span(None, None)),
        (minimum([span(1, 5), span(2, 3)]), span(1, 3)),
        (maximum([span(1, None), span(2, 3)]), span(2, None)),
        (power(span(2, 3), at(-1)), span(Fraction(1, 3), HALF)),
        (power(span(4, 9), at(HALF)), span(2, 3)),
    ],
)
def test_open_and_absent_ends_are_carried_through(found: Interval, wanted: Interval) -> None:
    assert found == wanted


def test_dividing_by_a_range_that_holds_zero_has_no_result() -> None:
    with pytest.raises(DivisionByZero):
        divide(at(1), span(-1, 1))
    with pytest.raises(DivisionByZero):
        enclose(parse_formula("x / x"), {"x": span(0, 1)})


def test_a_divisor_that_only_seems_to_reach_zero_is_no_fault() -> None:
    found = enclose(parse_formula("y / (x - 0.5 * x)"), {"x": span(1, 4), "y": span(1, 2)})
    assert found.interval == span("0.5", 4)


def test_a_root_that_is_not_rational_is_rounded_outward_to_28_digits() -> None:
    found = power(at(2), at(HALF))
    assert found.low is not None
    assert found.high is not None
    assert found.low**2 < 2 < found.high**2
    assert found.high - found.low < Fraction(1, 10**27)


@given(value=st.integers(0, 10**90), degree=st.integers(1, 70))
def test_a_root_lies_between_its_limits(value: int, degree: int) -> None:
    low, high = root(Fraction(value), degree)
    assert low**degree <= value <= high**degree
    assert (low == high) == (low**degree == value)


@given(base=st.integers(0, 10**12), degree=st.integers(1, 40))
def test_the_root_of_a_power_is_its_base(base: int, degree: int) -> None:
    assert root(Fraction(base**degree), degree) == (base, base)


@pytest.mark.parametrize(
    ("sign", "difference", "wanted"),
    [
        ("<", span(-2, -1), True),
        ("<", span(-2, 0), None),
        ("<", span(-2, 0, high_open=True), True),
        ("<", span(0, 2), False),
        ("<=", span(-2, 0), True),
        (">=", at(0), True),
        (">", span(-1, 1), None),
        ("==", at(0), True),
        ("==", span(1, 2), False),
    ],
)
def test_a_comparison_holds_fails_or_is_undecided(sign: str, difference: Interval, wanted: bool | None) -> None:
    assert truth(sign, difference) is wanted
