"""Formulas: what is read, what is refused, how they are written, and whether their units fit."""

from fractions import Fraction
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.domain.formula import (
    Binary,
    Call,
    Compare,
    Expr,
    FormulaError,
    Name,
    Neg,
    Number,
    mathml,
    names,
    parse_formula,
    unit_of,
    write_formula,
)
from kb.domain.unit import parse_unit

numbers = st.builds(
    lambda digits, percent: Number(Fraction(digits) / (100 if percent else 1), percent),
    st.decimals(min_value=0, max_value=10**9, places=3),
    st.booleans(),
)
leaves = numbers | st.sampled_from(["fee", "value", "use", "毛利"]).map(Name)
small_powers = st.integers(0, 9).map(lambda power: Number(Fraction(power)))
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(Neg, inner),
        st.builds(Binary, st.sampled_from("+-*/"), inner, inner),
        st.builds(Binary, st.just("**"), inner, small_powers),
        st.builds(Call, st.sampled_from(["min", "max", "sum"]), st.lists(inner, min_size=1, max_size=3).map(tuple)),
    ),
    max_leaves=12,
)
formulas = trees | st.builds(Compare, st.sampled_from(["<", "<=", ">", ">=", "=="]), trees, trees)


@given(formulas)
def test_a_written_formula_reads_back_as_the_same_tree(expr: Expr) -> None:
    assert parse_formula(write_formula(expr)) == expr


@given(formulas)
def test_mathml_is_well_formed_whatever_the_labels(expr: Expr) -> None:
    root = ElementTree.fromstring(mathml(expr, {"fee": "<b>&", "value": '"'}))
    assert root.tag.endswith("}math")
    assert all(not text.tag.endswith("}b") for text in root.iter())


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("(fee-value*use*(1-75 %))/fee", "(fee - value * use * (1 - 75%)) / fee"),
        ("-x**2", "-x ** 2"),
        ("(-x)**2", "(-x) ** 2"),
        ("a-(b-c)", "a - (b - c)"),
        ("(a-b)-c", "a - b - c"),
        ("2**3**x", "2 ** 3 ** x"),
        ("margin<0", "margin < 0"),
        ("+x", "x"),
        ("min( a,b , 3.50)", "min(a, b, 3.5)"),
        ("a × b − c", "a * b - c"),
        (".5 * x", "0.5 * x"),
    ],
)
def test_a_formula_has_one_canonical_text(text: str, canonical: str) -> None:
    assert write_formula(parse_formula(text)) == canonical


def test_numbers_are_exact() -> None:
    assert parse_formula("0.1") == Number(Fraction(1, 10))
    assert parse_formula("12.5%") == Number(Fraction(1, 8), percent=True)


def test_names_come_once_in_the_order_of_the_text() -> None:
    assert names(parse_formula("b * a + max(b, c)")) == ("b", "a", "c")


@pytest.mark.parametrize(
    ("text", "says", "column"),
    [
        ("", "empty", 1),
        ("fee +", "cannot be read", 1),
        ("fee + 8k", "'8k' is not a number", 7),
        ("1,000 * x", "comma", 1),
        ("a % b", "'%' may only follow a number", 3),
        ("margin = fee", "'=' has no place", 8),
        ("a < b < c", "two comparisons", 1),
        ("(a < b) + 1", "at the top", 2),
        ("a + open('x')", "no place", 10),
        ("a + f(x)", "unknown function 'f'", 5),
        ("x.y", "no place", 1),
        ("x[0]", "no place", 2),
        ("a // b", "operator is unknown", 1),
        ("a if b else c", "no place", 1),
        ("2 ** 65", "power is above 64", 6),
        ("1e999999999", "is not a number", 1),
        ("True", "is not a number", 1),
        ("min", "is a function", 1),
        ("max()", "one or more", 1),
        ("min(*a)", "no place", 5),
        ("x ^ 2", "'^' has no place", 3),
        ("费用 + 8k", "'8k' is not a number", 6),
        ("fee\n+ 1", "no place", 4),
        ("lambda: 0", "no place", 7),
        ("(" * 60 + "a" + ")" * 60, "nested deeper", 51),
        ("a" * 2_001, "longer than", 1),
    ],
)
def test_what_is_no_formula_is_refused_at_its_column(text: str, says: str, column: int) -> None:
    with pytest.raises(FormulaError) as refused:
        parse_formula(text)
    assert says in refused.value.what
    assert refused.value.column == column


@pytest.mark.parametrize("text", ["-" * 1_999 + "a", "a**" * 600 + "a", "+".join("a" * 900)])
def test_a_formula_without_parentheses_may_be_too_deep_as_well(text: str) -> None:
    with pytest.raises(FormulaError, match="nested deeper"):
        parse_formula(text)


def column_of_refusal(text: str) -> int:
    """Column of the error in ``text``; 1 where there is none."""
    try:
        expr = parse_formula(text)
    except FormulaError as error:
        return error.column
    return 1 if parse_formula(write_formula(expr)) == expr else 0


@given(st.text(alphabet="ab1.5%()+-*/<>=, 费minmax\t", max_size=60))
def test_any_text_is_a_formula_or_an_error_inside_it(text: str) -> None:
    assert 1 <= column_of_refusal(text) <= max(len(text), 1)


UNITS = {
    name: parse_unit(unit)
    for name, unit in {
        "fee": "USD/month",
        "yearly_fee": "USD/year",
        "value": "USD/month",
        "use": "fraction",
        "gross": "fraction",
        "price": "USD/Mtoken",
        "volume": "token/month",
        "hours": "hour",
    }.items()
}


@pytest.mark.parametrize(
    ("formula", "unit"),
    [
        ("(fee - value * use * (1 - gross)) / fee", "1"),
        ("fee + yearly_fee", "USD/month"),
        ("1 - gross", "fraction"),
        ("hours ** 2", "hour**2"),
        ("max(0, fee)", "USD/month"),
        ("fee > 0", "1"),
        ("-fee", "USD/month"),
        ("fee / value", "1"),
        ("3", "1"),
    ],
)
def test_a_result_has_the_unit_that_follows(formula: str, unit: str) -> None:
    assert str(unit_of(parse_formula(formula), UNITS)) == unit


def test_a_price_by_a_volume_is_a_cost() -> None:
    cost = unit_of(parse_formula("price * volume"), UNITS)
    assert cost.same_dimension(parse_unit("USD/month"))


@pytest.mark.parametrize(
    ("formula", "says"),
    [
        ("fee + hours", "adds USD/month and hour"),
        ("fee - 1", "subtracts USD/month and 1"),
        ("max(fee, hours)", "takes the max of USD/month and hour"),
        ("fee < hours", "compares USD/month and hour"),
        ("2 ** hours", "to a power in hour"),
        ("hours ** use", "power that is not written out"),
        ("fee + nothing", "unknown name 'nothing'"),
    ],
)
def test_units_that_do_not_fit_are_named(formula: str, says: str) -> None:
    with pytest.raises(FormulaError, match=says.replace("*", r"\*")):
        unit_of(parse_formula(formula), UNITS)
