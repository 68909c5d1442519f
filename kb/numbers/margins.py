"""The margin behind a number: 45 ± 3, $1.35 ± 0.05 million, 47%, plus or minus 3 points, 45 (95% CI 42–48), 12 (SD 3).

A margin has the unit and the scale of its number, or gives it both where only the margin states them. A range that is
called a confidence interval, without a number in its middle, keeps its two ends.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from kb.domain.margin import MarginKind
from kb.numbers.amount import amount_at
from kb.numbers.lexicon import LEXICON
from kb.numbers.number import EXACT, ONE, Amount, digits, in_unit, ratio
from kb.numbers.numerals import number_at
from kb.numbers.token import Token, tokens
from kb.numbers.unit_expression import unit_at

_MARGINS, _CENT = LEXICON.margins, Decimal("0.01")


class ParsedMargin(NamedTuple):
    """A margin among tokens, in the unit of its number.

    Attributes:
        above: How far it reaches above the number.
        below: How far below.
        kind: Its sense.
        level: The level of a confidence interval; None if none is stated.
        end: Index of the token behind it.
    """

    above: Decimal
    below: Decimal
    kind: MarginKind
    level: Decimal | None
    end: int

    def times(self, factor: Decimal) -> "ParsedMargin":
        """The margin of a number that is multiplied by ``factor``."""
        return self._replace(above=EXACT.multiply(self.above, factor), below=EXACT.multiply(self.below, factor))

    def divided(self, factor: Decimal) -> "ParsedMargin":
        """The margin of a number that is divided by ``factor``, to 28 digits."""
        return self._replace(above=ratio(self.above, factor), below=ratio(self.below, factor))


class Interval(NamedTuple):
    """Two ends that are called an interval: ``95% CI 42–48``, and the index behind them."""

    low: Amount
    high: Amount
    level: Decimal | None
    end: int


Kinds = dict[str, list[tuple[tuple[str, ...], MarginKind]]]


def _phrases(table: Mapping[str, MarginKind]) -> Kinds:
    """The phrases of ``table`` by their first word, the longest first."""
    by_first: Kinds = {}
    for phrase, kind in table.items():
        words = tuple(token.low for token in tokens(phrase))
        by_first.setdefault(words[0], []).append((words, kind))
    for rows in by_first.values():
        rows.sort(key=lambda row: -len(row[0]))
    return by_first


_SIGNS = tuple(sorted((tuple(token.low for token in tokens(sign)) for sign in _MARGINS.signs), key=len, reverse=True))
_SPREADS = tuple(tuple(token.low for token in tokens(name)) for name in sorted(_MARGINS.spreads))
_KINDS = _phrases(_MARGINS.kinds)
_FIRST_SIGNS = frozenset(sign[0] for sign in _SIGNS)
_FILLERS = _MARGINS.fillers | {":", "="}
_MOST_FILLERS = 4


def margin_at(tokens: Sequence[Token], at: int, number: Amount) -> tuple[Amount, ParsedMargin] | None:
    """The margin at ``at``, and ``number`` in the unit and scale that the two share; None without a margin."""
    comma = at < len(tokens) and tokens[at].text == ","
    at += comma
    if at + 1 >= len(tokens):
        return None
    bracket = tokens[at].text in "(["
    start, apart = at + bracket, bracket or comma
    if concise := _in_last_digits(tokens, at, number):
        return concise
    stated = _signed(tokens, start, number) or _uneven(tokens, start, number) or _named(tokens, start, number, apart)
    if stated is None:
        return None
    amount, margin = stated
    kind, level, end = _kind_behind(tokens, margin.end)
    if kind and margin.kind is MarginKind.NOT_STATED:
        margin = margin._replace(kind=kind, level=level, end=end)
    if bracket:
        # More may follow in the brackets: (95% CI 44 to 52; p<0.001).
        if margin.end >= len(tokens) or tokens[margin.end].text not in ")];,":
            return None
        margin = margin._replace(end=margin.end + (tokens[margin.end].text in ")]"))
    return (amount, margin) if margin.above or margin.below else None


def _in_last_digits(tokens: Sequence[Token], at: int, number: Amount) -> tuple[Amount, ParsedMargin] | None:
    """The standard uncertainty of the last digits: 1.67(12) is 1.67 ± 0.12, with a power and a unit behind it.

    A single digit is the mark of a note unless a power of ten follows: 6.02(3) × 10^23.
    """
    if at + 2 >= len(tokens) or tokens[at].text != "(" or tokens[at + 2].text != ")" or number.unit:
        return None
    written, uncertain = tokens[at - 1].text, tokens[at + 1].text
    touching = all(left.end == right.start for left, right in pairwise(tokens[at - 1 : at + 3]))
    places = len(written.partition(".")[2]) if uncertain.isdigit() and touching else 0
    power, end = _power_of_ten(tokens, at + 3)
    if not (1 < len(uncertain) <= places or (uncertain.isdigit() and places and power != ONE)):
        return None
    margin = EXACT.multiply(Decimal(uncertain).scaleb(-places), power)
    scaled = number.number.times(power, number.number.end)
    named = unit_at(tokens, end)
    unit, end = (named.unit, named.end) if named and named.factor == ONE else ("", end)
    error = ParsedMargin(margin, margin, MarginKind.STANDARD_ERROR, None, end)
    return Amount(scaled, unit, ONE, end), error


def _power_of_ten(tokens: Sequence[Token], at: int) -> tuple[Decimal, int]:
    """The power of ten behind a sign of times at ``at``, and the index behind it: × 10^23, ×10−27; 1 without one."""
    if at + 1 >= len(tokens) or tokens[at].text not in _CROSSES or not tokens[at + 1].text.startswith("10"):
        return ONE, at
    written = number_at(tokens, at + 1)
    if written and written.low != _TEN:
        return written.low, written.end
    minus = at + 3 < len(tokens) and tokens[at + 2].text in "-−"
    return (
        (Decimal(1).scaleb(-int(tokens[at + 3].text)), at + 4) if minus and tokens[at + 3].text.isdigit() else (ONE, at)
    )


_CROSSES, _TEN = frozenset("x×·*"), Decimal(10)


def _signed(tokens: Sequence[Token], at: int, number: Amount) -> tuple[Amount, ParsedMargin] | None:
    """``± 3``, ``plus or minus 3 points``."""
    end = _sign(tokens, at)
    size = amount_at(tokens, end) if end else None
    if size is None or size.number.low != size.number.high or size.number.low < 0:
        return None
    shared = _shared(tokens, number, size)
    return (shared[0], _even(shared[1], shared[2])) if shared else None


def _sign(tokens: Sequence[Token], at: int) -> int:
    if at >= len(tokens) or tokens[at].low not in _FIRST_SIGNS:
        return 0
    return next((end for sign in _SIGNS if (end := _spelled(tokens, at, sign))), 0)


def _spelled(tokens: Sequence[Token], at: int, words: tuple[str, ...]) -> int:
    end = at + len(words)
    return end if end <= len(tokens) and all(tokens[at + n].low == word for n, word in enumerate(words)) else 0


def _even(size: Decimal, end: int) -> ParsedMargin:
    return ParsedMargin(size, size, MarginKind.NOT_STATED, None, end)


def _uneven(tokens: Sequence[Token], at: int, number: Amount) -> tuple[Amount, ParsedMargin] | None:
    """``+3/-4``: above and below differ."""
    if at + 3 >= len(tokens) or tokens[at].text != "+" or tokens[at + 1].kind != "number":
        return None
    above = amount_at(tokens, at + 1)
    place = above.end + (tokens[above.end].text == "/") if above and above.end < len(tokens) else 0
    below = amount_at(tokens, place + 1) if place and place + 1 < len(tokens) and tokens[place].text in "-−" else None
    if above is None or below is None:
        return None
    first, second = _shared(tokens, number, above), _shared(tokens, number, below)
    if first is None or second is None:
        return None
    return second[0], ParsedMargin(first[1], second[1], MarginKind.NOT_STATED, None, second[2])


def _shared(tokens: Sequence[Token], number: Amount, size: Amount) -> tuple[Amount, Decimal, int] | None:
    """``number`` and the size of its margin in one unit and scale, and the index behind; None if they share none."""
    value, end = size.number, size.end
    if number.unit == "fraction" and not size.unit and _is_points(tokens, end):
        return number, EXACT.multiply(value.low, _CENT), end + 1
    if number.unit == "fraction" and value.is_part and (points := _past_point(tokens, value.end)):
        return number, EXACT.multiply(value.low, _CENT), points
    if _is_relative(tokens, number, size):
        return number, EXACT.multiply(abs(number.number.low), value.low), end
    if size.unit and number.unit and size.unit != number.unit:
        return None
    if size.unit and not number.unit:
        number = in_unit(number.number, size.unit, size.factor, number.end)
    margin = value.low
    if not size.unit and number.unit and number.factor != ONE:
        margin = EXACT.multiply(margin, number.factor)
    scale = value.scale if number.number.scale == ONE else ONE
    power = _power(tokens[value.end - 1].text)
    if power != ONE and _power(tokens[number.number.end - 1].text) == ONE:
        scale = power
    # Of "12 million ± 1" both are millions, of "1.2 million ± 50,000" one is.
    mantissa = ratio(number.number.low, EXACT.multiply(number.number.scale, number.factor))
    if value.scale == ONE and number.number.scale != ONE and power == ONE and value.low < abs(mantissa):
        margin = EXACT.multiply(margin, number.number.scale)
    scaled = number.number.times(scale, number.number.end)
    return number._replace(number=scaled._replace(digits=number.number.digits)), margin, end


def _is_relative(tokens: Sequence[Token], number: Amount, size: Amount) -> bool:
    """Whether a margin is a share of its number: $45 ± 5% is $2.25 each way."""
    measured = number.unit not in ("", "fraction", "multiple")
    return measured and size.unit == "fraction" and not _is_points(tokens, size.end - 1)


def _is_points(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].low in LEXICON.prose.share_points


def _past_point(tokens: Sequence[Token], at: int) -> int:
    """The index behind the one point that a part at ``at`` is of: half a point; 0 without one."""
    article = at < len(tokens) and tokens[at].low in LEXICON.word_numerals.articles
    return at + 2 if article and _is_points(tokens, at + 1) else 0


_POWER = re.compile(r".*[x×*·]\s?10\^?(?P<power>[+-]?\d+)|.*[eE](?P<e>[+-]?\d+)")


def _power(text: str) -> Decimal:
    """The power of ten that a number is written with: 100,000 for ``0.05 × 10^5``; 1 without one."""
    match = _POWER.fullmatch(text)
    return Decimal(1).scaleb(int(match["power"] or match["e"])) if match else ONE


class MarginError(NamedTuple):
    """What is wrong with a margin, and what to write."""

    what: str
    hint: str


def error_at(tokens: Sequence[Token], at: int, number: Amount) -> MarginError | None:
    """Why what begins at ``at`` behind ``number`` looks like a margin and is none; None where it looks like none."""
    at += at < len(tokens) and tokens[at].text == ","
    at += at < len(tokens) and tokens[at].text in "(["
    level, place = _level_at(tokens, at)
    kind, _, end = _kind_behind(tokens, place)
    if kind is MarginKind.CONFIDENCE_INTERVAL:
        return level_error(level) or _ends_error(tokens, end, number)
    if spread := _spread_end(tokens, at):
        return _ends_error(tokens, spread, number)
    sign = _sign(tokens, at)
    end = sign or end
    if not sign and kind is None:
        return None
    size = amount_at(tokens, _past_fillers(tokens, end))
    if size is None:
        return MarginError("the margin has no number", "write it as '45 km ± 3' or '45 km (SD 3)'")
    if size.number.low < 0:
        return MarginError("a margin is never negative", "write how far it reaches each way, e.g. '± 3'")
    if not size.number.high:
        return MarginError("a margin of 0 is none", "leave it out; write 'exactly 45' for a number that is not rounded")
    return MarginError("the margin is in another unit than its number", "give both in one unit, e.g. '45 km ± 3 km'")


def level_error(level: Decimal | None) -> MarginError | None:
    """What is wrong with the level of an interval; None for one that lies between 0 and 1."""
    if level is None or 0 < level < 1:
        return None
    return MarginError(
        f"no interval has a level of {(level * 100).normalize():f}%", "write one between 0 and 100, e.g. '95% CI'"
    )


def _ends_error(tokens: Sequence[Token], at: int, number: Amount) -> MarginError:
    place = _past_fillers(tokens, at + (at < len(tokens) and tokens[at].text == ","))
    low = amount_at(tokens, place)
    joined = low is not None and low.end + 1 < len(tokens) and tokens[low.end].low in _JOINERS
    high = amount_at(tokens, low.end + 1) if low and joined else None
    if low and high and not low.unit and high.unit:
        low = in_unit(low.number, high.unit, high.factor, low.end)
    if low is None or high is None:
        return MarginError("the interval has no two ends", "write them as '45 (95% CI 42-48)'")
    first, second = (tokens[place].text for place in (low.number.end - 1, high.number.end - 1))
    if low.number.low >= high.number.high:
        return MarginError(
            f"the interval from {first} to {second} has its ends in the wrong order", "write the lower end first"
        )
    middle = tokens[number.number.end - 1].text
    what = f"{middle} does not lie between {first} and {second}"
    return MarginError(what, f"check the numbers; an interval without a middle is '95% CI {first}-{second}'")


# Margins by name, and intervals


def _named(tokens: Sequence[Token], at: int, number: Amount, apart: bool) -> tuple[Amount, ParsedMargin] | None:
    """``(95% CI 42–48)``, ``(SD 3)``, ``, with a margin of error of 3 points``."""
    spread = _spread_at(tokens, at) if apart else None
    interval = spread or interval_at(tokens, at)
    if interval is not None:
        low, high = (_in_unit_of(number, end) for end in (interval.low, interval.high))
        middle = number.number.low
        if low is None or high is None or not low <= middle <= high or low == high:
            return None
        kind = MarginKind.NOT_STATED if spread else MarginKind.CONFIDENCE_INTERVAL
        return number, ParsedMargin(high - middle, middle - low, kind, interval.level, interval.end)
    at = _past_fillers(tokens, at)
    named, level, end = _kind_behind(tokens, at)
    if named is None or not (apart or named is MarginKind.NOT_STATED):
        return None
    place = _past_fillers(tokens, end)
    place = _sign(tokens, place) or place
    size = amount_at(tokens, place)
    single = size is not None and 0 <= size.number.low == size.number.high
    shared = _shared(tokens, number, size) if size and single else None
    return (shared[0], ParsedMargin(shared[1], shared[1], named, level, shared[2])) if shared else None


def is_margin(inner: Sequence[Token]) -> bool:
    """Whether what brackets hold is a margin with its number: ``95% CI 42–48``, ``SD 3``, ``± 3``."""
    if not inner or _sign(inner, 0) or interval_at(inner, 0) or _spread_at(inner, 0):
        return bool(inner)
    kind, _, end = _kind_behind(inner, 0)
    place = _past_fillers(inner, end)
    # A minus there is a mistake, of which the reader of the value tells.
    return kind is not None and place < len(inner) and (inner[place].kind == "number" or inner[place].text in "-−")


def _past_fillers(tokens: Sequence[Token], at: int) -> int:
    for _ in range(_MOST_FILLERS):
        at += at < len(tokens) and tokens[at].low in _FILLERS
    return at


def interval_at(tokens: Sequence[Token], at: int) -> Interval | None:
    """The interval at ``at`` with its name before it: ``95% CI 42–48``, ``95% confidence interval: 42 to 48``."""
    level, place = _level_at(tokens, at)
    kind, _, end = _kind_behind(tokens, place)
    if kind is not MarginKind.CONFIDENCE_INTERVAL:
        return None
    return _ends_at(tokens, end, level)


def _spread_at(tokens: Sequence[Token], at: int) -> Interval | None:
    """The two ends at ``at`` that are called by where their values lie: ``IQR 3–7``."""
    end = _spread_end(tokens, at)
    return _ends_at(tokens, end, None) if end else None


def _spread_end(tokens: Sequence[Token], at: int) -> int:
    return next((end for words in _SPREADS if (end := _spelled(tokens, at, words))), 0)


def _ends_at(tokens: Sequence[Token], at: int, level: Decimal | None) -> Interval | None:
    """The two ends at ``at``, behind the name of their interval."""
    # "95% CI, 38 to 46" has a comma where others have none.
    at = _past_fillers(tokens, at + (at < len(tokens) and tokens[at].text == ","))
    low = amount_at(tokens, at)
    joined = low is not None and low.end + 1 < len(tokens) and tokens[low.end].low in _JOINERS
    high = amount_at(tokens, low.end + 1) if low and joined else None
    if low is None or high is None:
        return None
    # Of "67-73%" both ends are per cent.
    if not low.unit and high.unit:
        low = in_unit(low.number, high.unit, high.factor, low.end)
    return Interval(low, high, level, high.end) if low.number.low < high.number.high else None


_JOINERS = frozenset({*"-–—~〜,;", *LEXICON.bounds.joiners, *LEXICON.bounds.sides})


def _level_at(tokens: Sequence[Token], at: int) -> tuple[Decimal | None, int]:
    """The level of an interval at ``at``, 0.95 of ``95%``, and the index behind it; None and ``at`` without one."""
    if at + 1 >= len(tokens) or tokens[at].kind != "number":
        return None, at
    phrase = LEXICON.units.measure_phrases.get((tokens[at + 1].low, tokens[at + 2].low if at + 2 < len(tokens) else ""))
    unit, factor = phrase or LEXICON.units.measures.get(tokens[at + 1].low, ("", ONE))
    numeral = digits(tokens[at].text) if unit == "fraction" else None
    if numeral is None:
        return None, at
    return EXACT.multiply(numeral.value, factor), at + (3 if phrase else 2)


def _in_unit_of(number: Amount, end: Amount) -> Decimal | None:
    if end.unit and number.unit and end.unit != number.unit:
        return None
    scale = number.factor if number.unit and not end.unit else ONE
    value = EXACT.multiply(end.number.low, scale)
    return EXACT.multiply(value, number.number.scale) if end.number.scale == ONE else value


def _kind_behind(tokens: Sequence[Token], at: int) -> tuple[MarginKind | None, Decimal | None, int]:
    """The sense that the words at ``at`` give a margin, the level of an interval, and the index behind them."""
    bracket = at < len(tokens) and tokens[at].text == "("
    place = at + bracket
    if place >= len(tokens) or not (tokens[place].kind == "number" or tokens[place].low in _KINDS):
        return None, None, at
    level, place = _level_at(tokens, place)
    for words, kind in _KINDS.get(tokens[place].low, ()) if place < len(tokens) else ():
        end = _spelled(tokens, place, words)
        if not end:
            continue
        if bracket and (end >= len(tokens) or tokens[end].text != ")"):
            break
        return kind, level, end + bracket
    return None, None, at
