"""A figure in its place in a text, and the spans of text that no figure may touch."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple, TypedDict

from kb.domain.quantity import PERIODS, Quantity
from kb.domain.unit import parse_unit
from kb.domain.unit.names import CURRENCIES
from kb.numbers.lexicon import LEXICON
from kb.numbers.unit_expression import is_measurement

_TIMES = frozenset((*PERIODS, "decade", "century"))
_SECOND = parse_unit("second")


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


class RatioRole(StrEnum):
    """What an amount is in a ratio of two: ``$40 for $1`` is an amount for each of the base."""

    AMOUNT = "ratio_amount"
    BASE = "ratio_base"


class LeftOut(StrEnum):
    """Why a number is no figure that somebody would check."""

    NAME = "name"
    LABEL = "label"
    DATE = "date"
    ORDINAL = "ordinal"
    VAGUE = "too vague"


@dataclass(frozen=True, slots=True)
class FigureMention:
    """One figure in its place in a text.

    Attributes:
        start: Place of its first character, hedge words included.
        end: Place behind its last, unit and rate included.
        quantity: What it states; ``as_written`` is ``text[start:end]``. Its unit is empty if none is named.
        kind: What kind of amount that is.
        change: What it says of a change; None where it is part of none.
        left_out: Why it is no figure, where everything is asked for; None for a figure.
        not_understood: A word in the place of a limit that is not understood, as written; empty for none.
        beside_unit: Words between the number and what it counts that its unit leaves out, as written; empty for none.
        shared_sign: Codes of the other currencies that its sign may stand for in this text.
        ratio: What it is in a ratio with the amount beside it; None where it is in none.
    """

    start: int
    end: int
    quantity: Quantity
    kind: FigureKind
    change: ChangeRole | None = None
    left_out: LeftOut | None = None
    not_understood: str = ""
    beside_unit: str = ""
    shared_sign: tuple[str, ...] = ()
    ratio: RatioRole | None = None


def doubts(mention: FigureMention) -> tuple[str, ...]:
    """What a reader should know of a figure before relying on its reading, in words."""
    limit = f"limiting word not understood: {mention.not_understood}" if mention.not_understood else ""
    unit = mention.quantity.unit.partition("/")[0]
    sign = (
        f"{unit} is a guess: the sign may stand for {' or '.join(mention.shared_sign)}" if mention.shared_sign else ""
    )
    ratio = "one ratio with the amount beside it" if mention.ratio else ""
    return tuple(filter(None, (limit, sign, ratio)))


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
    left_out: str | None
    not_understood: str | None
    beside_unit: str | None
    shared_sign: list[str] | None
    ratio: str | None


def kind_of(unit: str) -> FigureKind:
    """The kind of an amount in ``unit``; ordinals and dates show in their words instead.

    >>> [str(kind_of(unit)) for unit in ("USD", "USD/month", "fraction", "month", "ms", "lab", "km", "")]
    ['money', 'rate', 'percent', 'duration', 'duration', 'count', 'number', 'number']
    """
    head, _, below = unit.partition("/")
    if below:
        return FigureKind.RATE
    if head in CURRENCIES or head[1:] in CURRENCIES:
        return FigureKind.MONEY
    if head in ("fraction", "multiple"):
        return FigureKind.PERCENT if head == "fraction" else FigureKind.MULTIPLE
    if head in _TIMES or _is_time(head):
        return FigureKind.DURATION
    return FigureKind.NUMBER if head in ("", "1") or is_measure(head) else FigureKind.COUNT


@lru_cache(1_000)
def _is_time(unit: str) -> bool:
    """Whether ``unit`` is a second with a prefix, such as ms, or another unit of time."""
    return is_measurement(unit) and parse_unit(unit).same_dimension(_SECOND)


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
        left_out=str(mention.left_out) if mention.left_out else None,
        not_understood=mention.not_understood or None,
        beside_unit=mention.beside_unit or None,
        shared_sign=list(mention.shared_sign) or None,
        ratio=str(mention.ratio) if mention.ratio else None,
    )


def _digits(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


class Span(NamedTuple):
    """Characters that no figure may touch.

    Attributes:
        start: Place of the first.
        end: Place behind the last.
        reason: Why numbers among them are no figures.
    """

    start: int
    end: int
    reason: LeftOut = LeftOut.NAME


def merged_spans(spans: Iterable[Span]) -> list[Span]:
    """``spans`` in order, overlapping ones joined; a joined one has the reason of its first part."""
    disjoint: list[Span] = []
    for span in sorted(spans):
        if disjoint and span.start < disjoint[-1].end:
            last = disjoint[-1]
            dated = LeftOut.DATE in (last.reason, span.reason if span.start == last.start else last.reason)
            disjoint[-1] = Span(last.start, max(last.end, span.end), LeftOut.DATE if dated else last.reason)
        else:
            disjoint.append(span)
    return disjoint
