"""The nodes of a formula, and the error that names a mistake in one."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import assert_never


class FormulaError(ValueError):
    """A formula that cannot be parsed, or whose units do not fit.

    Attributes:
        what: What is wrong.
        hint: What to write instead; empty where nothing better is known.
        column: Where in the formula the mistake is, from 1.
    """

    def __init__(self, what: str, hint: str = "", column: int = 1) -> None:
        super().__init__(what + (f" — {hint}" if hint else ""))
        self.what, self.hint, self.column = what, hint, column


@dataclass(frozen=True, slots=True)
class Number:
    """A literal, e.g. 1/4 with ``percent`` for ``25%``; ``column`` as in ``Name``."""

    value: Fraction
    percent: bool = False
    column: int = field(default=1, compare=False, repr=False)

    def __post_init__(self) -> None:
        if self.value < 0 or not is_decimal(self.value):
            raise ValueError(f"{self.value} is not a literal; a sign and a division are nodes of their own")


@dataclass(frozen=True, slots=True)
class Name:
    """An input, by its name in the formula, with the column of this occurrence, from 1; occurrences are equal."""

    name: str
    column: int = field(default=1, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Neg:
    """The negative of ``of``."""

    of: "Expr"


@dataclass(frozen=True, slots=True)
class Binary:
    """``left sign right``, where ``sign`` is one of ``+ - * / **``."""

    sign: str
    left: "Expr"
    right: "Expr"


@dataclass(frozen=True, slots=True)
class Call:
    """``min``, ``max`` or ``sum`` of one or more arguments."""

    function: str
    arguments: tuple["Expr", ...]


@dataclass(frozen=True, slots=True)
class Compare:
    """``left sign right`` at the top of a formula, where ``sign`` is one of ``< <= > >= ==``."""

    sign: str
    left: "Expr"
    right: "Expr"


Expr = Number | Name | Neg | Binary | Call | Compare


def children(expr: Expr) -> tuple[Expr, ...]:
    """The parts of ``expr``, from left to right; none of a number or a name."""
    match expr:
        case Number() | Name():
            return ()
        case Neg(of):
            return (of,)
        case Binary(_, left, right) | Compare(_, left, right):
            return (left, right)
        case Call(_, arguments):
            return arguments
        case _:
            assert_never(expr)


def column_of(expr: Expr) -> int:
    """The column of the first name or number in ``expr``, from 1."""
    while parts := children(expr):
        expr = parts[0]
    return expr.column if isinstance(expr, Name | Number) else 1


def names(expr: Expr) -> tuple[str, ...]:
    """The names in ``expr``, each once, in order of their first occurrence."""
    return tuple(occurrences(expr))


def occurrences(expr: Expr) -> Counter[str]:
    """The number of times that each name occurs in ``expr``, in order of their first occurrence."""
    return Counter(_names(expr))


def _names(expr: Expr) -> Iterator[str]:
    if isinstance(expr, Name):
        yield expr.name
    for child in children(expr):
        yield from _names(child)


def constant_value(expr: Expr) -> Fraction | None:
    """The value of ``expr`` if it is a literal, with or without a sign; else None."""
    match expr:
        case Number(value):
            return value
        case Neg(of):
            inner = constant_value(of)
            return None if inner is None else -inner
        case _:
            return None


def is_decimal(value: Fraction) -> bool:
    """Whether ``value`` can be written out with a decimal point."""
    rest = value.denominator
    for factor in (2, 5):
        while rest % factor == 0:
            rest //= factor
    return rest == 1
