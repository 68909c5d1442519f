"""What does a figure in a text look like to those who work with it? Its place, what it says, and what kind it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TypedDict

from kb.domain.noun import CURRENCIES
from kb.domain.quantity import PERIODS, Quantity
from kb.intake.scan.hanlexicon import MEASURES
from kb.intake.scan.lexicon import LETTER_UNITS, PHYSICAL

_TIMES = frozenset((*PERIODS, "decade", "century"))


class Kind(StrEnum):
    """What a figure tells."""

    MONEY = "money"
    PERCENT = "percent"
    MULTIPLE = "multiple"
    COUNT = "count"
    DURATION = "duration"
    RATE = "rate"
    ORDINAL = "ordinal"
    DATE = "date"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Mention:
    """One figure where it stands in a text.

    Attributes:
        start: Place of its first character, hedge words included.
        end: Place behind its last, unit and rate included.
        quantity: What it says; ``as_written`` is ``text[start:end]``. Its unit is empty where none can be told.
        kind: What it tells.
    """

    start: int
    end: int
    quantity: Quantity
    kind: Kind


def is_measure(unit: str) -> bool:
    """Whether ``unit`` is one of measurement, such as km, rather than a thing that is counted."""
    base = unit.partition("**")[0]
    return base in PHYSICAL or base.lower() in PHYSICAL or base in MEASURES or base in LETTER_UNITS


class Row(TypedDict):
    """A mention as plain data; numbers are decimal text."""

    char_start: int
    char_end: int
    as_written: str
    low: str | None
    high: str | None
    bound: str
    hedge: str
    unit: str
    per: str | None
    period: str | None
    kind: str


def kind_of(unit: str) -> Kind:
    """The kind of an amount in ``unit``; ordinals and dates are told by their words instead.

    >>> [str(kind_of(unit)) for unit in ("USD", "USD/month", "fraction", "month", "lab", "km", "")]
    ['money', 'rate', 'percent', 'duration', 'count', 'number', 'number']
    """
    head, _, below = unit.partition("/")
    if below:
        return Kind.RATE
    if head in CURRENCIES or head[1:] in CURRENCIES:
        return Kind.MONEY
    if head in ("fraction", "multiple"):
        return Kind.PERCENT if head == "fraction" else Kind.MULTIPLE
    if head in _TIMES:
        return Kind.DURATION
    return Kind.NUMBER if head in ("", "1") or is_measure(head) else Kind.COUNT


def rows(mentions: Iterable[Mention]) -> list[Row]:
    """``mentions`` as plain data, in their order."""
    return [_row(mention) for mention in mentions]


def _row(mention: Mention) -> Row:
    quantity = mention.quantity
    return Row(
        char_start=mention.start,
        char_end=mention.end,
        as_written=quantity.as_written,
        low=_digits(quantity.low),
        high=_digits(quantity.high),
        bound=str(quantity.bound),
        hedge=str(quantity.hedge),
        unit=quantity.unit,
        per=quantity.per,
        period=quantity.period,
        kind=str(mention.kind),
    )


def _digits(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")
