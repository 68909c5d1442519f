"""A figure in its place in a text, and the spans of text that no figure may touch."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, TypedDict

from kb.domain.quantity import PERIODS, Quantity
from kb.domain.unit.names import CURRENCIES
from kb.numbers.lexicon import LEXICON
from kb.numbers.unit_expression import is_measurement

_TIMES = frozenset((*PERIODS, "decade", "century"))


class FigureKind(StrEnum):
    """What a figure states."""

    MONEY = "money"
    PERCENT = "percent"
    MULTIPLE = "multiple"
    COUNT = "count"
    DURATION = "duration"
    RATE = "rate"
    ORDINAL = "ordinal"
    DATE = "date"
    NUMBER = "number"


class ChangeRole(StrEnum):
    """What a figure says of a change: by how much, or the level before or after it."""

    CHANGE_BY = "change_by"
    LEVEL_BEFORE = "level_before"
    LEVEL_AFTER = "level_after"


@dataclass(frozen=True, slots=True)
class FigureMention:
    """One figure in its place in a text.

    Attributes:
        start: Place of its first character, hedge words included.
        end: Place behind its last, unit and rate included.
        quantity: What it states; ``as_written`` is ``text[start:end]``. Its unit is empty if none is named.
        kind: What kind of amount that is.
        change: What it says of a change; None where it is part of none.
    """

    start: int
    end: int
    quantity: Quantity
    kind: FigureKind
    change: ChangeRole | None = None


def is_measure(unit: str) -> bool:
    """Whether ``unit`` is a unit of measurement, such as km or N·m, rather than a thing that is counted."""
    base = unit.partition("**")[0]
    physical = LEXICON.nouns.physical
    return (is_measurement(unit) and unit not in _TIMES) or base in physical or base.lower() in physical


class MentionRow(TypedDict):
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
    change: str | None
    margin: str | None
    margin_below: str | None
    margin_kind: str | None
    margin_level: str | None


def kind_of(unit: str) -> FigureKind:
    """The kind of an amount in ``unit``; ordinals and dates show in their words instead.

    >>> [str(kind_of(unit)) for unit in ("USD", "USD/month", "fraction", "month", "lab", "km", "")]
    ['money', 'rate', 'percent', 'duration', 'count', 'number', 'number']
    """
    head, _, below = unit.partition("/")
    if below:
        return FigureKind.RATE
    if head in CURRENCIES or head[1:] in CURRENCIES:
        return FigureKind.MONEY
    if head in ("fraction", "multiple"):
        return FigureKind.PERCENT if head == "fraction" else FigureKind.MULTIPLE
    if head in _TIMES:
        return FigureKind.DURATION
    return FigureKind.NUMBER if head in ("", "1") or is_measure(head) else FigureKind.COUNT


def rows(mentions: Iterable[FigureMention]) -> list[MentionRow]:
    """``mentions`` as plain data, in their order."""
    return [_row(mention) for mention in mentions]


def _row(mention: FigureMention) -> MentionRow:
    quantity = mention.quantity
    return MentionRow(
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
        change=str(mention.change) if mention.change else None,
        margin=_digits(quantity.margin.size) if quantity.margin else None,
        margin_below=_digits(quantity.margin.below) if quantity.margin else None,
        margin_kind=str(quantity.margin.kind) if quantity.margin else None,
        margin_level=_digits(quantity.margin.level) if quantity.margin else None,
    )


def _digits(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


class Span(NamedTuple):
    """Characters that no figure may touch.

    Attributes:
        start: Place of the first.
        end: Place behind the last.
        is_date: Whether they are a date, which a scan may report.
    """

    start: int
    end: int
    is_date: bool = False


def merged_spans(spans: Iterable[Span]) -> list[Span]:
    """``spans`` in order, overlapping ones joined; a joined one is a date only if its first part is."""
    disjoint: list[Span] = []
    for span in sorted(spans):
        if disjoint and span.start < disjoint[-1].end:
            last = disjoint[-1]
            disjoint[-1] = Span(
                last.start, max(last.end, span.end), last.is_date or (span.is_date and span.start == last.start)
            )
        else:
            disjoint.append(span)
    return disjoint
