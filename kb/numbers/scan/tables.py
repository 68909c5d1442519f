"""Tables in running text: the scale that a head, a caption or a row's name gives to the cells, and negative cells.

A table is a run of lines with tabs or with strokes at their beginning. ``(in millions)`` multiplies the cells and is no
figure itself; the name of a row goes before the head of a column, and that before the whole table. ``(1,240)`` alone in
a cell is negative, as accounts write it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from kb.domain.quantity import Quantity
from kb.domain.unit.names import CURRENCIES
from kb.numbers.character_numerals import places_at
from kb.numbers.lexicon import LEXICON
from kb.numbers.number import EXACT
from kb.numbers.scan.mention import FigureMention, Span, kind_of
from kb.numbers.token import tokens
from kb.numbers.word_numerals import scale_word

_PROSE, _UNITS = LEXICON.prose, LEXICON.units
_SCALES = tuple(re.compile(pattern) for pattern in _PROSE.table_scales)
_ROWS = re.compile(r"(?:^(?:[ \t]*\|[^\n]*|[^\n\t]*\t[^\n]*)(?:\n|\Z)){2,}", re.MULTILINE)
_RULE = re.compile(r"[\s|:+-]*")
_NUMBER = re.compile(r"\s*(?P<open>\()?\s*[^\w\s()]{0,2}(?:[A-Z]{2,3}\$?)?\s?[-−]?\d[\d,.' ]*(?P<close>\))?\s*")
_CAPTION = 200


class Cell(NamedTuple):
    """A cell that holds nothing but a number: its place, its scale and currency, and whether it is negative."""

    start: int
    end: int
    scale: Decimal
    currency: str
    is_negative: bool


class _Scale(NamedTuple):
    start: int
    end: int
    factor: Decimal
    currency: str


class Tables:
    """The cells of all tables of a text that change what a number in them says."""

    def __init__(self, text: str) -> None:
        self.scale_spans: list[Span] = []
        self._cells: list[Cell] = []
        if _SCALES and ("|" in text or "\t" in text):
            for match in _ROWS.finditer(text):
                self._cells += self._read(text, match)
        self._starts = [cell.start for cell in self._cells]

    def read(self, mention: FigureMention) -> FigureMention:
        """``mention`` with the scale, the currency and the sign of its cell; unchanged outside of tables."""
        at = bisect_right(self._starts, mention.start) - 1
        if at < 0 or mention.end > self._cells[at].end:
            return mention
        cell, quantity = self._cells[at], mention.quantity
        if quantity.unit and quantity.unit not in CURRENCIES:
            return mention
        unit = quantity.unit or cell.currency
        return replace(mention, quantity=_in_cell(quantity, cell, unit), kind=kind_of(unit))

    def _read(self, text: str, match: re.Match[str]) -> Iterator[Cell]:
        rows = [row for row in _rows(text, match.start(), match.end()) if row]
        earliest = max(match.start() - _CAPTION, 0)
        caption = max(earliest, text.rfind("\n\n", earliest, max(match.start() - 2, 0)))
        whole = self._scale(text, caption, match.start())
        heads = [self._scale(text, *place) for place in rows[0]] if rows else []
        whole = (heads[0] if heads and heads[0] else None) or whole
        for row in rows[1:]:
            of_row = self._scale(text, *row[0])
            for column, (start, end) in enumerate(row):
                number = _NUMBER.fullmatch(text, start, end) if column else None
                if number is None:
                    continue
                head = heads[column] if 0 < column < len(heads) else None
                scale = of_row or head or whole
                negative = bool(number["open"]) and bool(number["close"])
                if scale or negative:
                    factor, currency = (scale.factor, scale.currency) if scale else (Decimal(1), "")
                    yield Cell(start, end, factor, currency, negative)

    def _scale(self, text: str, start: int, end: int) -> _Scale | None:
        """The last scale from ``start`` to ``end``, which is then no figure; None without one."""
        found = [match for pattern in _SCALES for match in pattern.finditer(text, start, end)]
        if not found:
            return None
        match = max(found, key=lambda found: found.start())
        self.scale_spans.append(Span(*match.span()))
        return _Scale(match.start(), match.end(), _factor(match["scale"]), _currency(match["currency"] or ""))


def _factor(scale: str) -> Decimal:
    """What ``millions``, ``mn``, ``000`` and 万 multiply by."""
    words = tokens(scale)
    if scale in _UNITS.sign_scales:
        return Decimal(_UNITS.sign_scales[scale])
    letter = _UNITS.scale_letters.get(words[0].text) or _UNITS.money_letters.get(words[0].text)
    if factor := scale_word(words[0]) or letter or (1000 if scale.endswith(("000", "000s")) else 0):
        return Decimal(factor)
    return places_at(words, 0)[0]


def _currency(text: str) -> str:
    known = _UNITS.money_signs.get(text) or (text if text in CURRENCIES else "")
    letters = text.removesuffix("$").lower()
    return known or _UNITS.dollar_letters.get(letters, "") or _UNITS.measures.get(text.lower(), ("", 0))[0]


def _rows(text: str, start: int, end: int) -> Iterator[list[tuple[int, int]]]:
    """The cells of each row as places; none of a rule between rows."""
    for line in re.finditer(r"[^\n]+", text[start:end]):
        first, last = start + line.start(), start + line.end()
        if _RULE.fullmatch(text, first, last):
            continue
        sign = "\t" if "\t" in line[0] and not line[0].lstrip().startswith("|") else "|"
        yield list(_cells(text, first, last, sign))


def _cells(text: str, start: int, end: int, sign: str) -> Iterator[tuple[int, int]]:
    if sign == "|":
        start = text.index("|", start) + 1
    while start <= end:
        stop = text.find(sign, start, end)
        stop = end if stop < 0 else stop
        yield start, stop
        start = stop + 1
        if start >= end:
            break


def _in_cell(quantity: Quantity, cell: Cell, unit: str) -> Quantity:
    factor = cell.scale

    def scaled(value: Decimal | None) -> Decimal | None:
        return None if value is None else EXACT.multiply(value, factor)

    low, high = scaled(quantity.low), scaled(quantity.high)
    if cell.is_negative and low is not None and high is not None and low > 0:
        low, high = high.copy_negate(), low.copy_negate()
    return replace(quantity, low=low, high=high, unit=unit, granularity=scaled(quantity.granularity))
