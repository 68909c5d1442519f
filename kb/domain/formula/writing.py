"""How is a formula shown? As plain text that reads back as the same tree, and as MathML for a page."""

from collections.abc import Mapping
from decimal import Context, Decimal
from html import escape
from typing import assert_never

from kb.domain.formula.tree import Binary, Call, Compare, Expr, Name, Neg, Number

_RANK = {"+": 1, "-": 1, "*": 2, "/": 2, "**": 4}
_NEGATIVE, _CLOSED = 3, 5
_WIDE = Context(prec=5_000)
_SIGNS = {"*": "\u00d7", "-": "\u2212", "<=": "\u2264", ">=": "\u2265", "==": "="}


def write_formula(expr: Expr) -> str:
    """``expr`` as plain text with no more parentheses than it needs; ``parse_formula`` gives ``expr`` back."""
    match expr:
        case Number():
            return _literal(expr)
        case Name(name):
            return name
        case Neg(of):
            return "-" + _bracketed(of, _rank(of) >= _NEGATIVE)
        case Binary(sign, left, right):
            return f"{_bracketed(left, _left_fits(expr))} {sign} {_bracketed(right, _right_fits(expr))}"
        case Call(function, arguments):
            return f"{function}({', '.join(write_formula(argument) for argument in arguments)})"
        case Compare(sign, left, right):
            return f"{write_formula(left)} {sign} {write_formula(right)}"
        case _:
            assert_never(expr)


def _bracketed(expr: Expr, fits: bool) -> str:
    return write_formula(expr) if fits else f"({write_formula(expr)})"


def _rank(expr: Expr) -> int:
    if isinstance(expr, Binary):
        return _RANK[expr.sign]
    return _NEGATIVE if isinstance(expr, Neg) else _CLOSED


def _left_fits(expr: Binary) -> bool:
    own = _RANK[expr.sign]
    return _rank(expr.left) > own if expr.sign == "**" else _rank(expr.left) >= own


def _right_fits(expr: Binary) -> bool:
    return _rank(expr.right) >= _NEGATIVE if expr.sign == "**" else _rank(expr.right) > _RANK[expr.sign]


def _literal(number: Number) -> str:
    value = number.value * 100 if number.percent else number.value
    digits = _WIDE.divide(Decimal(value.numerator), Decimal(value.denominator))
    return format(digits, "f") + ("%" if number.percent else "")


def mathml(expr: Expr, labels: Mapping[str, str] | None = None) -> str:
    """``expr`` as a MathML element for a page; every text in it is escaped.

    >>> mathml(Name("fee"), {"fee": "a fee < 2"})[-47:]
    '<mrow><mtext>a fee &lt; 2</mtext></mrow></math>'

    Args:
        expr: The formula.
        labels: What to print for a name; a name without a label is printed itself.
    """
    inside = _Drawing(labels or {}).draw(expr)
    return f'<math xmlns="http://www.w3.org/1998/Math/MathML" display="block"><mrow>{inside}</mrow></math>'


class _Drawing:
    def __init__(self, labels: Mapping[str, str]) -> None:
        self.labels = labels

    def draw(self, expr: Expr) -> str:
        match expr:
            case Number():
                return f"<mn>{_literal(expr)}</mn>"
            case Name(name):
                return self.name(name)
            case Neg(of):
                return f"<mrow>{_sign('-')}{self.inside(of, _rank(of) >= _NEGATIVE or _is_fraction(of))}</mrow>"
            case Binary():
                return self.binary(expr)
            case Call(function, arguments):
                inner = "<mo>,</mo>".join(self.draw(argument) for argument in arguments)
                return f"<mrow><mi>{function}</mi><mo>&#8289;</mo>{_in_brackets(inner)}</mrow>"
            case Compare(sign, left, right):
                return f"<mrow>{self.draw(left)}{_sign(sign)}{self.draw(right)}</mrow>"
            case _:
                assert_never(expr)

    def name(self, name: str) -> str:
        label = self.labels.get(name)
        return f"<mtext>{escape(label)}</mtext>" if label else f"<mi>{escape(name)}</mi>"

    def binary(self, expr: Binary) -> str:
        if expr.sign == "/":
            return f"<mfrac>{self.draw(expr.left)}{self.draw(expr.right)}</mfrac>"
        if expr.sign == "**":
            return f"<msup>{self.inside(expr.left, _rank(expr.left) == _CLOSED)}{self.draw(expr.right)}</msup>"
        left = self.inside(expr.left, _left_fits(expr) or _is_fraction(expr.left))
        right = self.inside(expr.right, _right_fits(expr) or _is_fraction(expr.right))
        return f"<mrow>{left}{_sign(expr.sign)}{right}</mrow>"

    def inside(self, expr: Expr, fits: bool) -> str:
        return self.draw(expr) if fits else _in_brackets(self.draw(expr))


def _is_fraction(expr: Expr) -> bool:
    return isinstance(expr, Binary) and expr.sign == "/"


def _sign(sign: str) -> str:
    return f"<mo>{escape(_SIGNS.get(sign, sign))}</mo>"


def _in_brackets(inner: str) -> str:
    return f"<mrow><mo>(</mo>{inner}<mo>)</mo></mrow>"
