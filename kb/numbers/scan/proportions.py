"""Ratios as they are written: 3:1, 70/30, 2 zu 1, 三比二. Of a score, a time of day and a date nothing is a figure.

So much to one is a multiple (3:1 is 3 times); of all other ratios both numbers are kept, and each says that it belongs
to the other.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from kb.domain.quantity import Hedge, Quantity
from kb.numbers.lexicon import LEXICON
from kb.numbers.numerals import number_at
from kb.numbers.prose_tables import Reader
from kb.numbers.scan.mention import FigureKind, FigureMention, LeftOut, RatioRole, Span
from kb.numbers.token import tokens

_PROSE = LEXICON.prose
_ABOUT = re.compile(rf"(?:{'|'.join(sorted(_PROSE.about))})\s$", re.IGNORECASE)
_LONGEST_ABOUT = 16
_LOOK_BACK, _LOOK_AHEAD = 60, 30
_CLAUSE_END = re.compile(r"[.!?;]\s|[。！？；\n|]")
_COUNTED = re.compile(
    rf"\s(?!(?:{'|'.join(sorted(word for word in LEXICON.stops.no_heads if word.isascii()))})\b)[^\W\d_]", re.IGNORECASE
)
_HUNDRED, _TEN = Decimal(100), Decimal(10)


_GROUPED, _SEPARATORS = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+"), re.compile("[.,]")


def cardinal(word: str) -> Decimal:
    """The value of a single number word or of digits in groups; one hundred of ``hundred``."""
    word = _SEPARATORS.sub("", word) if _GROUPED.fullmatch(word) else word
    number = number_at(tokens(word), 0) or number_at(tokens(f"1 {word}"), 0)
    return number.low if number else Decimal(1)


def to_one(text: str, match: re.Match[str]) -> Iterator[FigureMention]:
    """So much to one, as a multiple: ``ten-to-one``. Group: over."""
    yield _first(text, match, match["over"], match.end(), "multiple")


def ratio(text: str, match: re.Match[str]) -> Iterator[FigureMention | Span]:
    """Two numbers with the sign or word of a ratio between them. Groups: first, sign and second.

    The numbers of a score are set aside.
    """
    if not is_ratio(text, match):
        if match["sign"].strip() in _SCORE_SIGNS and _named_beside(text, match) is LeftOut.LABEL:
            yield Span(*match.span(), LeftOut.LABEL)
        return
    if match["sign"].strip() not in _SHARE_SIGNS and cardinal(match["second"]) == 1:
        yield _first(text, match, match["first"], match.end(), "multiple")
        return
    first = _first(text, match, match["first"], match.end("first"), "")
    yield replace(first, ratio=RatioRole.AMOUNT)
    base = cardinal(match["second"])
    quantity = replace(first.quantity, low=base, high=base, as_written=match["second"])
    yield FigureMention(*match.span("second"), quantity, FigureKind.NUMBER, ratio=RatioRole.BASE)
    yield Span(match.end("first"), match.start("second"))


_SHARE_SIGNS = ("/", "-", "–", "")
_SCORE_SIGNS = (":", "比", "zu")


def is_ratio(text: str, match: re.Match[str]) -> bool:
    """Whether the two numbers of ``match`` are a ratio rather than a score, a time, a date or a range."""
    first, second, sign = cardinal(match["first"]), cardinal(match["second"]), match["sign"].strip()
    if sign == "":
        return first + second == _TEN
    shares = first + second == _HUNDRED
    if sign in _SHARE_SIGNS:
        # A range rises, so that 60-40 is none.
        return shares and (sign == "/" or (first >= second and _named_beside(text, match) is not LeftOut.LABEL))
    named = _named_beside(text, match)
    if named is LeftOut.LABEL:
        return False
    # In "a mix of 3 to 5 people" two ends of a range count something.
    if sign == "to" and first < second and _COUNTED.match(text, match.end()):
        return False
    both = min(first, second) >= _TEN
    return (second == 1 and sign != "-for-") or (shares and both) or named is not None


def is_ratio_at(text: str, start: int) -> bool:
    """Whether the numbers with a colon at ``start``, which look like a time of day, are a ratio: a mix of 1:25."""
    match = _COLONED.match(text, start)
    return match is not None and is_ratio(text, match)


def _named(words: frozenset[str]) -> re.Pattern[str]:
    # No blank shows where a word in Chinese characters begins.
    bare = (rf"(?<!\w){re.escape(word)}(?!\w)" if word < "\u3007" else word for word in sorted(words))
    return re.compile("|".join(bare) or "(?!)", re.IGNORECASE)


_MEANINGS: tuple[tuple[re.Pattern[str], RatioRole | LeftOut], ...] = (
    (_named(_PROSE.score_words), LeftOut.LABEL),
    (_named(_PROSE.ratio_nouns), RatioRole.AMOUNT),
)
_COLONED = next(
    re.compile(row.pattern) for row in _PROSE.figure_patterns if row.reader is Reader.RATIO and ":" in row.pattern
)


def _named_beside(text: str, match: re.Match[str]) -> RatioRole | LeftOut | None:
    """What the words beside the numbers of ``match`` call them: a ratio, the label that a score is, or nothing.

    The nearest word before them in their clause says so, or else one right behind them.
    """
    before = _CLAUSE_END.split(text[max(match.start() - _LOOK_BACK, 0) : match.start()])[-1]
    behind = _CLAUSE_END.split(text[match.end() : match.end() + _LOOK_AHEAD])[0]
    called = [(found.end(), meaning) for pattern, meaning in _MEANINGS for found in pattern.finditer(before)]
    if called:
        return max(called)[1]
    return next((meaning for pattern, meaning in _MEANINGS if pattern.search(behind)), None)


class HedgeBefore(NamedTuple):
    """The hedge that the word before a figure gives it, and where the figure begins with that word."""

    hedge: Hedge
    start: int


def hedge_before(text: str, start: int) -> HedgeBefore:
    """The hedge before ``start``: about 70/30, rund 3 x 4 m."""
    about = _ABOUT.search(text[max(start - _LONGEST_ABOUT, 0) : start])
    return HedgeBefore(Hedge.ABOUT, start - len(about[0])) if about else HedgeBefore(Hedge.NONE, start)


def _first(text: str, match: re.Match[str], written: str, end: int, unit: str) -> FigureMention:
    """The first number of a ratio up to ``end``, with the word before it that makes it a rough one."""
    hedge, start = hedge_before(text, match.start())
    value = cardinal(written)
    quantity = Quantity(low=value, high=value, unit=unit, hedge=hedge, granularity=Decimal(1))
    kind = FigureKind.MULTIPLE if unit else FigureKind.NUMBER
    return FigureMention(start, end, replace(quantity, as_written=text[start:end]), kind)
