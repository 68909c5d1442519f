"""Which part, or which place in an order, do English words say? Two thirds, one hundred and a half, twenty-first."""

from collections.abc import Sequence
from decimal import Decimal

from kb.domain.notation import word
from kb.domain.notation.cardinal import Count, cardinal, joined
from kb.domain.notation.number import EXACT, FINEST, ONE, Number, exactly, part_of, ratio
from kb.domain.notation.token import Token

_LONGEST = 24
_COUNTING = frozenset({*word.UNITS, *word.TENS, *word.SCALES, *word.HUNDREDS, "and", "-", "a", "an"})
_ONES = frozenset(("a", "an"))


def _plurals() -> dict[str, str]:
    parts = {text: number for text, number in word.ORDINALS.items() if text not in ("first", "second")}
    return parts | {text + "s": number for text, number in word.ORDINALS.items() if text != "second"}


_UNDER = _plurals()
_FEW = frozenset({*_UNDER, *word.HALVES, "seconds"})


def part(tokens: Sequence[Token], at: int) -> Number | None:
    """The fraction that begins at ``at``, with a whole number before it or without; None where none does.

    ``two thirds``, ``twenty-three fifths``, ``one hundred and three quarters`` (100.75), ``a million and a half``. A
    whole number and a proper fraction behind "and" are added; any other number is how many parts there are.
    """
    low = tokens[at].low
    if low in word.HALVES:
        return _bare_half(tokens, at)
    count = cardinal(tokens, at, len(tokens))
    if count is None and low not in _ONES:
        return None
    if count is not None and not _goes_on(tokens, count.end):
        return None
    return (_added(tokens, at, count) if count else None) or _alone(tokens, at)


def with_part(tokens: Sequence[Token], at: int) -> Number | None:
    """Digits or words with a fraction behind "and": 3 million and a half; None where no fraction stands there."""
    count = cardinal(tokens, at, len(tokens))
    return _added(tokens, at, count) if count and _goes_on(tokens, count.end) else None


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and (tokens[at].low in _COUNTING or tokens[at].low in _FEW)


def _bare_half(tokens: Sequence[Token], at: int) -> Number | None:
    """Half, half a million, half a dozen, quarter million; but not "the second half", nor "quarter" among words."""
    half = part_of(ONE, Decimal(word.HALVES[tokens[at].low]), at + 1)
    scaled = _of_scale(tokens, half)
    if scaled is not half:
        return scaled
    before = tokens[at - 1] if at else None
    told = before is not None and (before.low in _NO_HALF or before.low in word.ORDINALS or _touches(tokens, at))
    touching = at + 1 < len(tokens) and tokens[at + 1].text == "-" and tokens[at + 1].start == tokens[at].end
    alone = tokens[at].low == "half" or len(tokens) == 1
    return half if alone and not told and not touching else None


_NO_HALF = frozenset(("other", "latter", "better", "last", "former", "next", "this", "that", "each", "per"))


def _touches(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at - 1].end == tokens[at].start and tokens[at - 1].text == "-"


def _of_scale(tokens: Sequence[Token], number: Number) -> Number:
    """``number`` times the scale behind it: two thirds of a million, half a dozen, quarter million."""
    at = number.end
    at += at < len(tokens) and tokens[at].low == "of"
    at += at < len(tokens) and tokens[at].low == "a"
    scale = scale_word(tokens[at]) if at < len(tokens) else 0
    if not scale:
        return number
    scaled = number.times(Decimal(scale), at + 1)
    grain = FINEST if number.is_part and scaled.low != scaled.low.to_integral_value() else None
    return exactly(scaled.low, at + 1, Decimal(scale))._replace(grain=grain or exactly(scaled.low, 0).grain)


def _added(tokens: Sequence[Token], at: int, count: Count) -> Number | None:
    """A whole number and a proper fraction: one and a half, 3 million and a quarter, one hundred and two thirds."""
    whole = count if _proper(tokens, count.end) else _shorter(tokens, at, count)
    more = _proper(tokens, whole.end) if whole else None
    if whole is None or more is None:
        return None
    value, end = more
    scale = scale_word(tokens[end]) if end < len(tokens) else 0
    if whole.scale >= 1000:
        smaller = scale and scale < whole.scale
        value = EXACT.multiply(value, Decimal(scale if smaller else whole.scale))
        return _sum(whole.value, value, ONE, end + bool(smaller))
    return _sum(whole.value, value, Decimal(scale or 1), end + bool(scale))


def _sum(whole: Decimal, more: Decimal, scale: Decimal, end: int) -> Number:
    value = EXACT.multiply(EXACT.add(whole, more), scale)
    number = exactly(value, end, scale)
    return number if len(value.normalize().as_tuple().digits) < 20 else number._replace(grain=FINEST)


def _proper(tokens: Sequence[Token], at: int) -> tuple[Decimal, int] | None:
    """The fraction below one behind the "and" at ``at``; a small number with such a fraction behind tens counts too."""
    if at + 1 >= len(tokens) or tokens[at].low != "and":
        return None
    if tokens[at + 1].low == "half":
        return Decimal("0.5"), at + 2
    found = _fraction(tokens, at + 1)
    if found is None:
        return _unit_and_part(tokens, at)
    over, under, end = found
    return (ratio(over, under), end) if over < under else _unit_and_part(tokens, at)


def _unit_and_part(tokens: Sequence[Token], at: int) -> tuple[Decimal, int] | None:
    """``and three and three fifths`` behind twenty."""
    if tokens[at - 1].low not in word.TENS or not 0 < word.UNITS.get(tokens[at + 1].low, 0) < 10:
        return None
    found = _fraction(tokens, at + 3) if at + 3 < len(tokens) and tokens[at + 2].low == "and" else None
    if found is None or found[0] >= found[1]:
        return None
    return EXACT.add(Decimal(word.UNITS[tokens[at + 1].low]), ratio(found[0], found[1])), found[2]


def _shorter(tokens: Sequence[Token], at: int, count: Count) -> Count | None:
    """The whole number before the last "and" of ``count``: one hundred, in one hundred and three quarters."""
    last = next((place for place in range(count.end - 1, at, -1) if tokens[place].low == "and"), 0)
    whole = cardinal(tokens, at, last) if last else None
    return whole if whole and whole.end == last else None


def _alone(tokens: Sequence[Token], at: int) -> Number | None:
    found = _fraction(tokens, at)
    if found is None:
        return None
    over, under, end = found
    number = _of_scale(tokens, part_of(over, under, end))
    behind = tokens[end] if end < len(tokens) else None
    names_another = behind is not None and behind.kind == "word" and behind.low not in word.AFTER_PART
    if tokens[at].low in _ONES and names_another and number.is_part and tokens[end - 1].low not in word.HALVES:
        return None
    return number


def _fraction(tokens: Sequence[Token], at: int) -> tuple[Decimal, Decimal, int] | None:
    """Numerator, denominator and end: the longest denominator that leaves a numerator before it."""
    last = _last(tokens, at)
    if last is None:
        return None
    whole = cardinal(tokens, at, last)
    longest = whole.end if whole else at + (tokens[at].low in _ONES)
    for place in range(at + 1, min(longest, last) + 1):
        over = _numerator(tokens, at, place)
        start = place + (place < last and joined(tokens, place))
        under = _denominator(tokens, start, last, hyphened=start > place)
        if over is not None and under and (tokens[last].low in _MANY) == (over != 1):
            return over, under, last + 1
    return None


_MANY = frozenset(text for text in _FEW if text.endswith("s"))


def _last(tokens: Sequence[Token], at: int) -> int | None:
    """Index of the first word behind ``at`` that can end a fraction, with nothing but counting words before it."""
    for place in range(at + 1, min(at + _LONGEST, len(tokens))):
        low = tokens[place].low
        if low in _FEW:
            return place
        if low not in _COUNTING and low not in word.ORDINALS:
            return _second(tokens, place - 1, at)
    end = min(at + _LONGEST, len(tokens)) - 1
    return _second(tokens, end, at)


def _second(tokens: Sequence[Token], at: int, start: int) -> int | None:
    return at if at > start and tokens[at].low in ("first", "second") else None


def _numerator(tokens: Sequence[Token], at: int, end: int) -> Decimal | None:
    if tokens[at].low in _ONES and end == at + 1:
        return ONE
    found = cardinal(tokens, at, end)
    return found.value if found and found.end == end else None


def _denominator(tokens: Sequence[Token], at: int, last: int, *, hyphened: bool) -> Decimal | None:
    low = tokens[last].low
    if at < last:
        starts = tokens[at].low in word.UNITS or tokens[at].low in word.TENS
        apart = tokens[at - 1].low != "and" and not (hyphened and tokens[at - 2].low in word.TENS)
        return _counted(tokens, at, last) if starts and apart else None
    if low in word.HALVES:
        return Decimal(word.HALVES[low])
    compound = hyphened and tokens[at - 2].low in word.TENS and word.UNITS.get(_UNDER.get(low, ""), 10) < 10
    return _value(_UNDER[low]) if low in _UNDER and low != "firsts" and not compound else None


def _counted(tokens: Sequence[Token], at: int, last: int) -> Decimal | None:
    """What the ordinal from ``at`` to ``last`` counts to: 21 for twenty-first(s)."""
    low = tokens[last].low
    name = word.ORDINALS.get(low) or word.ORDINALS.get(low.removesuffix("s"))
    if name is None:
        return None
    words = [*tokens[at:last], tokens[last]._replace(kind="word", low=name)]
    found = cardinal(words, 0, len(words))
    return found.value if found and found.end == len(words) else None


def _value(name: str) -> Decimal:
    return Decimal(word.UNITS.get(name) or word.TENS.get(name) or word.SCALES.get(name) or 100)


def ordinal(tokens: Sequence[Token], at: int) -> Number | None:
    """The ordinal in words at ``at``, singular, scale words behind it counted in: twenty-first, sixtieth trillion."""
    if tokens[at].low in word.ORDINALS:
        last, value = at, _value(word.ORDINALS[tokens[at].low])
    else:
        found = cardinal(tokens, at, len(tokens))
        last = found.end + joined(tokens, found.end) if found else len(tokens)
        last += last < len(tokens) and tokens[last].low == "and"
        counted = _counted(tokens, at, last) if last < len(tokens) and tokens[last].low in word.ORDINALS else None
        if counted is None:
            return None
        value = counted
    number = exactly(value, last + 1)
    scale = word.SCALES.get(tokens[number.end].low, 0) if number.end < len(tokens) else 0
    return number.times(Decimal(scale or 1), number.end + bool(scale))._replace(is_ordinal=True)


def scale_word(token: Token) -> int:
    """What an English word multiplies the number before it by; 0 for all other words."""
    if token.low in word.SCALES:
        return word.SCALES[token.low]
    return 100 if token.low in word.HUNDREDS else 12 if token.low in word.DOZENS else 0
