"""The figures of a text, from left to right, each with its place; the words around them are not weighed.

Only the surroundings of places where a number can begin are cut into tokens. Such places are found with one pattern,
and their surroundings never overlap, so the time grows with the length of the text alone.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from kb.domain.quantity import Quantity
from kb.domain.unit import STANDARD, Units
from kb.domain.unit.names import CURRENCIES
from kb.numbers import en, unit_words, zh
from kb.numbers.amount import Amount, amount_at, bare_at, minus
from kb.numbers.figure import FIRST_LEADS, OPENINGS, ParsedFigure, Reader, figure_at
from kb.numbers.numerals import may_be_ordinal, number_at, number_or_fraction_at, of_whole, ordinal_at, share_at
from kb.numbers.parsing import quantity_of
from kb.numbers.token import Token, plain, tokens_of


class LocatedFigure(NamedTuple):
    """A figure in a text.

    Attributes:
        start: Place of its first character, leading words included.
        end: Place behind its last character.
        at: Index of its first token.
        figure: The figure; ``figure.end`` is the index of the token behind it.
        tokens: Tokens around the figure, with their places in the whole text; the words before and behind it.
        units: The vocabulary of units that was read with.
    """

    start: int
    end: int
    at: int
    figure: ParsedFigure
    tokens: Sequence[Token]
    units: Units

    def quantity(self, text: str, unit: str = "") -> Quantity | None:
        """What the figure says in ``text``, the text that it was found in.

        Args:
            text: The whole text.
            unit: What is counted, for a figure that names no unit itself.

        Returns:
            The quantity; its unit is empty where none was said or given. None for what cannot be one: a range whose
            first end lies above the second.
        """
        return quantity_of(self.figure, text[self.start : self.end], unit, self.units)


class LocatedNumber(NamedTuple):
    """A number in a text, without its unit.

    Attributes:
        start: Place of its first character, its sign included.
        end: Place behind its last character.
        value: What it says, its sign included.
    """

    start: int
    end: int
    value: Decimal


_BEHIND = 160
_BEFORE = 64


_COINS = ("dollar", "buck", "euro", "cent")
"""Behind an article: a dollar."""


def _beginnings() -> re.Pattern[str]:
    english = (en.BELOW_TWENTY, en.TENS, en.ORDINALS, en.HALVES, en.VAGUE_PLURALS, en.SEVERAL, en.SCALES)
    words = "|".join(sorted({text for table in (*english, en.HUNDREDS, en.DOZENS, _COINS) for text in table}))
    han = (
        zh.DIGITS,
        zh.TENS,
        zh.TWENTIES,
        zh.SCALES,
        zh.VAGUE,
        zh.HALF_PRICE,
        "半",
        "上",
        "成",
        "第",
    )
    signs = "".join(sorted({text[0] for table in han for text in table}))
    glyphs = "".join(en.GLYPHS)
    return re.compile(rf"[0-9]++(?:[.,\s]?[0-9]++)*|[{signs}{glyphs}]++|\b(?:{words})(?![a-z])", re.IGNORECASE)


_BEGINNING = _beginnings()


def figures(text: str, units: Units = STANDARD) -> Iterator[LocatedFigure]:
    """The figures of ``text`` in order, none inside another; of several readings at one place the longest.

    Ordinals (``21st``) and what stands in an address of the web are none.

    >>> [text[found.start : found.end] for text in ["It has over 16M users, $5 each."] for found in figures(text)]
    ['over 16M users', '$5']
    """
    for stretch in stretches(text, units):
        yield from _figures(stretch, units, amount_at)


def bare_figures(text: str) -> Iterator[LocatedFigure]:
    """The numbers and ranges of ``text`` with bounds and hedges, without units; ordinals count as numbers."""
    for stretch in stretches(text):
        yield from _figures(stretch, STANDARD, bare_at)


def _figures(stretch: list[Token], units: Units, read: Reader) -> Iterator[LocatedFigure]:
    at = 0
    while at < len(stretch):
        if not may_begin(stretch[at]):
            at += 1
            continue
        passed = ordinal_at(stretch, at) if read is amount_at and may_be_ordinal(stretch, at) else None
        figure = None if passed else figure_at(stretch, at, read)
        if figure:
            yield LocatedFigure(stretch[at].start, stretch[figure.end - 1].end, at, figure, stretch, units)
        at = figure.end if figure else passed.end if passed else at + 1


def _first_words() -> frozenset[str]:
    english = (en.BELOW_TWENTY, en.TENS, en.ORDINALS, en.HALVES, en.VAGUE_PLURALS, en.SEVERAL, en.HUNDREDS)
    han = (zh.DIGITS, zh.TENS, zh.TWENTIES, zh.SCALES, zh.VAGUE, zh.VAGUE_IDIOMS)
    signs = (unit_words.SIGNS, unit_words.DOLLARS, en.GLYPHS, en.MINUSES, en.NEGATIVES, OPENINGS, "([")
    more = (
        "a",
        "an",
        "the",
        "many",
        "半",
        "上",
        "每",
        "rmb",
        "人民币",
        "人民幣",
        *zh.HALF_PRICE,
        *zh.ORDINAL_PREFIXES,
    )
    codes = (code.lower() for code in CURRENCIES)
    return frozenset((*(text for table in (*english, *han, *signs, FIRST_LEADS) for text in table), *more, *codes))


_FIRST = _first_words()


def may_begin(token: Token) -> bool:
    """Whether a figure, its leading words included, can begin with ``token``."""
    return token.kind == "number" or token.low in _FIRST or (bool(token.unit) and token.kind != "link")


def numbers(text: str) -> Iterator[LocatedNumber]:
    """The numbers of ``text`` in order, each alone: neither ranges nor ordinals, nor what a unit's letters touch."""
    for stretch in stretches(text):
        at = 0
        while at < len(stretch):
            number, end = _number(stretch, at)
            if number is not None:
                yield number
            at = max(end, at + 1)


def _number(stretch: list[Token], at: int) -> tuple[LocatedNumber | None, int]:
    negative, place = minus(stretch, at)
    if place >= len(stretch) or stretch[place].kind == "link":
        return None, at
    if (passed := ordinal_at(stretch, place)) is not None:
        return None, passed.end
    share = share_at(stretch, place)
    if share is not None and share.factor != 1:
        return None, share.end
    number = number_or_fraction_at(stretch, place)
    if number is None or number.grain is None or number.low != number.high:
        return None, number.end if number else at
    number = of_whole(stretch, number, of=False)
    last, behind = stretch[number.end - 1], stretch[number.end] if number.end < len(stretch) else None
    if behind is not None and behind.kind == "word" and behind.start == last.end:
        return None, number.end
    value = number.low.copy_negate() if negative else number.low
    return LocatedNumber(stretch[at].start, last.end, value), number.end


def ordinals(text: str) -> Iterator[LocatedNumber]:
    """The ordinals of ``text`` in order: 21st, twenty-first, 第三."""
    for stretch in stretches(text):
        at = 0
        while at < len(stretch):
            number = ordinal_at(stretch, at)
            if number is None:
                counted = number_at(stretch, at) if stretch[at].kind != "link" else None
                at = max(at + 1, counted.end if counted else 0)
                continue
            yield LocatedNumber(stretch[at].start, stretch[number.end - 1].end, number.low)
            at = number.end


def amounts(text: str) -> Iterator[tuple[int, int, Amount]]:
    """The amounts of ``text`` in order, each alone, with start and end: both ends of a range are one each."""
    for stretch in stretches(text):
        at = 0
        while at < len(stretch):
            amount = amount_at(stretch, at)
            if amount is None:
                at += 1
                continue
            yield stretch[at].start, stretch[amount.end - 1].end, amount
            at = amount.end


def stretches(text: str, units: Units = STANDARD) -> Iterator[list[Token]]:
    """The tokens around each place where a number can begin; places near each other share theirs."""
    text = plain(text)
    start = end = 0
    for match in _BEGINNING.finditer(text):
        if match.start() - _BEFORE > end:
            if end:
                yield tokens_of(text, start, _cut(text, end, len(text)), units)
            start = _cut(text, match.start() - _BEFORE, match.start())
        end = match.end() + _BEHIND
    if end:
        yield tokens_of(text, start, len(text) if end >= len(text) else _cut(text, end, len(text)), units)


_BLANK = re.compile(r"\s")


def _cut(text: str, place: int, last: int) -> int:
    """A blank at or soon behind ``place``, so that no word is cut in two; ``place`` where there is none."""
    if place >= last:
        return last
    blank = _BLANK.search(text, max(place, 0), min(place + 32, last))
    return blank.start() if blank else max(place, 0)
