"""Number words with blanks between them: cardinals, ordinals, fractions, decimals and vague numbers.

Eighteen, one hundred and three, half a million, two thirds, five point five, hundreds of millions, twenty-first.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from kb.numbers.lexicon import LEXICON
from kb.numbers.number import EXACT, FINEST, MOST_DIGITS, ONE, Number, digits, exactly, grain_of, part_of, ratio, vague
from kb.numbers.token import Token

_WORDS = LEXICON.word_numerals
LARGEST_SCALE = 10**24
"""Scale words multiply up to this; more of them make no number."""


class Cardinal(NamedTuple):
    """A number in words.

    Attributes:
        value: How many.
        scale: What its last part is counted in: 10**6 in "three million", 1 in "one hundred and three".
        end: Index of the token behind it.
    """

    value: Decimal
    scale: int
    end: int


def cardinal(tokens: Sequence[Token], at: int, stop: int) -> Cardinal | None:
    """The cardinal that begins at ``at`` and ends before ``stop``; None if none does.

    It is a sum of parts in falling order, each a number below a thousand and its scale. Digits may stand for words:
    ``3 hundred and 21``, ``4 thousand 3 hundred``.
    """
    first = _addend(tokens, at, stop)
    if first is None:
        return None
    total, scale, end = first
    while scale > 1 and end < stop and total == total.to_integral_value():
        # "3 hundred and 2 hundred" are two numbers: parts fall.
        place = end + (tokens[end].low in _WORDS.ands)
        more = _addend(tokens, place, stop)
        falls = more is not None and more.scale < scale and 0 < more.value < scale
        if more is None or not falls or _only_beside(tokens, place, more):
            break
        total, scale, end = EXACT.add(total, more.value), more.scale, more.end
    return Cardinal(total, scale, end)


def _only_beside(tokens: Sequence[Token], at: int, more: Cardinal) -> bool:
    return _in_digits(tokens[at]) and more.end == at + 1


def _in_digits(token: Token) -> bool:
    """Whether ``token`` is a number in digits, rather than in words that are joined to one."""
    return token.kind == "number" and token.low == token.text


def _addend(tokens: Sequence[Token], at: int, stop: int) -> Cardinal | None:
    group = _group(tokens, at, stop)
    if group is None:
        return None
    value, small, end = group
    scale = 1
    while end < stop and scale < LARGEST_SCALE and (factor := _WORDS.scales.get(tokens[end].low)):
        scale, end = scale * factor, end + 1
    return Cardinal(EXACT.multiply(value, Decimal(scale)), scale if scale > 1 else small, end)


def _group(tokens: Sequence[Token], at: int, stop: int) -> Cardinal | None:
    """A number below a thousand: seven; forty-two; one hundred and three; three hundred and two dozen."""
    count = _article(tokens, at, stop) or _small(tokens, at, stop)
    if count is None or count.end >= stop:
        return count
    low = tokens[count.end].low
    if low in _WORDS.hundreds and count.value:
        return _hundreds(tokens, count.value * 100, count.end + 1, stop)
    if low in _WORDS.dozens and count.value:
        return Cardinal(count.value * 12, 12, count.end + 1)
    return count


def _article(tokens: Sequence[Token], at: int, stop: int) -> Cardinal | None:
    """The one in ``a hundred`` and ``a dozen``, and the unstated one in ``hundred thousand`` and ``tausend``."""
    if at >= stop:
        return None
    low, behind = tokens[at].low, tokens[at + 1].low if at + 1 < stop else ""
    if low in _WORDS.scale_articles and (
        behind in _WORDS.hundreds or behind in _WORDS.scales or behind in _WORDS.dozens
    ):
        return Cardinal(Decimal(1), 1, at + 1)
    lone = low in _WORDS.lone_numbers or (low in _WORDS.lone_hundreds and behind in _WORDS.scales)
    return Cardinal(Decimal(1), 1, at) if lone else None


def _hundreds(tokens: Sequence[Token], value: Decimal, at: int, stop: int) -> Cardinal:
    joined = at < stop and tokens[at].low in _WORDS.ands
    more = _small(tokens, at + joined, stop)
    if more is None or not 0 < more.value < 100 or more.value != more.value.to_integral_value():
        return Cardinal(value, 100, at)
    behind = tokens[more.end].low if more.end < stop else ""
    if behind in _WORDS.hundreds or (_in_digits(tokens[more.end - 1]) and not joined):
        return Cardinal(value, 100, at)
    if behind in _WORDS.dozens:
        return Cardinal(value + more.value * 12, 1, more.end + 1)
    return Cardinal(value + more.value, 1, more.end)


def _small(tokens: Sequence[Token], at: int, stop: int) -> Cardinal | None:
    """A number below a hundred in words, or any in digits: seven, forty-two, fifty - two, fifty two."""
    if at >= stop:
        return None
    low = tokens[at].low
    if low in _WORDS.below_twenty:
        return Cardinal(Decimal(_WORDS.below_twenty[low]), 1, at + 1)
    if low in _WORDS.tens:
        place = at + 1 + joined(tokens, at + 1)
        unit = _WORDS.below_twenty.get(tokens[place].low, 0) if place < stop else 0
        if 0 < unit < 10:
            return Cardinal(Decimal(_WORDS.tens[low] + unit), 1, place + 1)
        return Cardinal(Decimal(_WORDS.tens[low]), 1, at + 1)
    numeral = digits(tokens[at].text) if tokens[at].kind == "number" else None
    return Cardinal(numeral.value, 1, at + 1) if numeral else None


def joined(tokens: Sequence[Token], at: int) -> bool:
    """Whether a hyphen stands at ``at`` with as much room before it as behind: thirty-two, thirty - two."""
    if not 0 < at < len(tokens) - 1 or tokens[at].text != "-":
        return False
    before, behind = tokens[at].start - tokens[at - 1].end, tokens[at + 1].start - tokens[at].end
    return before == behind <= 2


_LONGEST = 24
_COUNTING = frozenset(
    {*_WORDS.below_twenty, *_WORDS.tens, *_WORDS.scales, *_WORDS.hundreds, *_WORDS.ands, *_WORDS.articles, "-"}
)
_PARTS = {**_WORDS.ordinals, **_WORDS.part_plurals}
_UNDER = {text: number for text, number in _PARTS.items() if text not in _WORDS.whole_ordinals}
"""What names a part of a whole by itself, and the number of parts that the whole has."""
_ENDS = frozenset({*_UNDER, *_WORDS.part_plurals, *_WORDS.halves})
"""Words that a fraction may end in."""
_MANY = frozenset({*_WORDS.part_plurals, *_WORDS.plural_halves})


def part(tokens: Sequence[Token], at: int) -> Number | None:
    """The fraction that begins at ``at``, with or without a whole number before it; None if none does.

    ``two thirds``, ``twenty-three fifths``, ``one hundred and three quarters`` (100.75), ``a million and a half``. A
    whole number and a proper fraction behind "and" are added; any other number is how many parts there are.
    """
    low = tokens[at].low
    if low in _WORDS.half_articles and at + 1 < len(tokens) and tokens[at + 1].low in _WORDS.half:
        return _bare_half(tokens, at + 1)
    if low in _WORDS.halves:
        return _bare_half(tokens, at)
    count = cardinal(tokens, at, len(tokens))
    if count is None and low not in _WORDS.articles:
        return None
    if count is not None and not _goes_on(tokens, count.end):
        return None
    return (_added(tokens, at, count) if count else None) or _alone(tokens, at)


def with_part(tokens: Sequence[Token], at: int) -> Number | None:
    """Digits or words with a fraction behind "and": 3 million and a half; None without such a fraction."""
    count = cardinal(tokens, at, len(tokens))
    return _added(tokens, at, count) if count and _goes_on(tokens, count.end) else None


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and (tokens[at].low in _COUNTING or tokens[at].low in _ENDS)


def _bare_half(tokens: Sequence[Token], at: int) -> Number | None:
    """Half, half a million, half a dozen, quarter million; but not "the second half", nor "quarter" among words."""
    half = part_of(ONE, Decimal(_WORDS.halves[tokens[at].low]), at + 1)
    scaled = _of_scale(tokens, half)
    if scaled is not half:
        return scaled
    before = tokens[at - 1] if at else None
    is_blocked = before is not None and (
        before.low in _WORDS.not_halves or before.low in _WORDS.ordinals or _touches(tokens, at)
    )
    touching = at + 1 < len(tokens) and tokens[at + 1].text == "-" and tokens[at + 1].start == tokens[at].end
    # "Quarter" among other words is more often three months than a fourth.
    alone = tokens[at].low in _WORDS.half or len(tokens) == 1
    return half if alone and not is_blocked and not touching else None


def _touches(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at - 1].end == tokens[at].start and tokens[at - 1].text == "-"


def _of_scale(tokens: Sequence[Token], number: Number) -> Number:
    """``number`` times the scale behind it: two thirds of a million, half a dozen, quarter million."""
    scale, end = _scale_behind(tokens, number.end)
    if not scale:
        return number
    scaled = number.times(Decimal(scale), end)
    if number.is_part and scaled.low % 1:
        # A third of a million is no more precise than a third.
        return exactly(scaled.low, end, Decimal(scale))._replace(grain=scaled.grain)
    return exactly(_trimmed(scaled.low), end, Decimal(scale))


def _scale_behind(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    """The scale at ``at``, perhaps behind "of a", and the index behind it; 0 and ``at`` if there is none."""
    place = at + (at < len(tokens) and tokens[at].low in _WORDS.of)
    place += place < len(tokens) and tokens[place].low in _WORDS.scale_articles
    scale = scale_word(tokens[place]) if place < len(tokens) else 0
    return (scale, place + 1) if scale else (0, at)


def _added(tokens: Sequence[Token], at: int, count: Cardinal) -> Number | None:
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
    scale, end = _scale_behind(tokens, end)
    return _sum(whole.value, value, Decimal(scale or 1), end)


def _sum(whole: Decimal, more: Decimal, scale: Decimal, end: int) -> Number:
    value = EXACT.multiply(EXACT.add(whole, more), scale)
    number = exactly(_trimmed(value), end, scale)
    return number if len(value.normalize().as_tuple().digits) < 20 else number._replace(grain=FINEST)


def _trimmed(value: Decimal) -> Decimal:
    """``value`` without the zeros behind its point that only the arithmetic left: 500000.0 was said as half a million.

    A written zero behind a point is significant, and would make the half as precise as a tenth of one.
    """
    return value.quantize(ONE, context=EXACT) if value == value.to_integral_value() else value.normalize(EXACT)


def _proper(tokens: Sequence[Token], at: int) -> tuple[Decimal, int] | None:
    """The fraction below one behind the "and" at ``at``; a small number with such a fraction behind tens counts too."""
    if at + 1 >= len(tokens) or tokens[at].low not in _WORDS.ands:
        return None
    if tokens[at + 1].low in _WORDS.half:
        return Decimal("0.5"), at + 2
    fraction = _fraction(tokens, at + 1)
    if fraction is None:
        return _unit_and_part(tokens, at)
    over, under, end = fraction
    return (ratio(over, under), end) if over < under else _unit_and_part(tokens, at)


def _unit_and_part(tokens: Sequence[Token], at: int) -> tuple[Decimal, int] | None:
    """``and three and three fifths`` behind twenty."""
    if tokens[at - 1].low not in _WORDS.tens or not 0 < _WORDS.below_twenty.get(tokens[at + 1].low, 0) < 10:
        return None
    fraction = _fraction(tokens, at + 3) if at + 3 < len(tokens) and tokens[at + 2].low in _WORDS.ands else None
    if fraction is None or fraction[0] >= fraction[1]:
        return None
    return EXACT.add(Decimal(_WORDS.below_twenty[tokens[at + 1].low]), ratio(fraction[0], fraction[1])), fraction[2]


def _shorter(tokens: Sequence[Token], at: int, count: Cardinal) -> Cardinal | None:
    """The whole number before the last "and" of ``count``: one hundred, in one hundred and three quarters."""
    last = next((place for place in range(count.end - 1, at, -1) if tokens[place].low in _WORDS.ands), 0)
    whole = cardinal(tokens, at, last) if last else None
    return whole if whole and whole.end == last else None


def _alone(tokens: Sequence[Token], at: int) -> Number | None:
    fraction = _fraction(tokens, at)
    if fraction is None:
        return None
    over, under, end = fraction
    number = _of_scale(tokens, part_of(over, under, end))
    # "A third of them" is a part, "a third option" an ordinal.
    behind = tokens[end] if end < len(tokens) else None
    names_another = behind is not None and behind.kind == "word" and behind.low not in _WORDS.after_part
    if (
        tokens[at].low in _WORDS.articles
        and names_another
        and number.is_part
        and tokens[end - 1].low not in _WORDS.halves
    ):
        return None
    return number


def _fraction(tokens: Sequence[Token], at: int) -> tuple[Decimal, Decimal, int] | None:
    """Numerator, denominator and end.

    "Two hundred forty fifths" may be 240/5 or 200/45: the longest denominator that leaves a numerator is meant.
    """
    last = _last(tokens, at)
    if last is None:
        return None
    whole = cardinal(tokens, at, last)
    longest = whole.end if whole else at + (tokens[at].low in _WORDS.articles)
    for place in range(at + 1, min(longest, last) + 1):
        over = _numerator(tokens, at, place)
        start = place + (place < last and joined(tokens, place))
        under = _denominator(tokens, start, last, hyphened=start > place)
        agrees = tokens[last].low in _WORDS.invariable_parts or (tokens[last].low in _MANY) == (over != 1)
        # Before its noun the part of a mixed number stands in the singular: five and three quarter hours.
        agrees |= tokens[last].low in _WORDS.halves and at > 0 and tokens[at - 1].low in _WORDS.ands
        if over is not None and under and agrees:
            return over, under, last + 1
    return None


def _last(tokens: Sequence[Token], at: int) -> int | None:
    """Index of the first word behind ``at`` that can end a fraction, with nothing but counting words before it."""
    for place in range(at + 1, min(at + _LONGEST, len(tokens))):
        low = tokens[place].low
        if low in _ENDS:
            return place
        if low not in _COUNTING and low not in _WORDS.ordinals:
            return _second(tokens, place - 1, at)
    end = min(at + _LONGEST, len(tokens)) - 1
    return _second(tokens, end, at)


def _second(tokens: Sequence[Token], at: int, start: int) -> int | None:
    return at if at > start and _is_lone_ordinal(tokens[at].low) else None


def _is_lone_ordinal(low: str) -> bool:
    """Whether ``low`` ends a fraction only behind tens: one forty-first, but not one first."""
    return low in _WORDS.ordinals and low in _WORDS.whole_ordinals


def _numerator(tokens: Sequence[Token], at: int, end: int) -> Decimal | None:
    if tokens[at].low in _WORDS.articles and end == at + 1:
        return ONE
    count = cardinal(tokens, at, end)
    return count.value if count and count.end == end else None


def _denominator(tokens: Sequence[Token], at: int, last: int, *, hyphened: bool) -> Decimal | None:
    low = tokens[last].low
    if at < last:
        starts = tokens[at].low in _WORDS.below_twenty or tokens[at].low in _WORDS.tens
        apart = tokens[at - 1].low not in _WORDS.ands and not (hyphened and tokens[at - 2].low in _WORDS.tens)
        return _ordinal_count(tokens, at, last) if starts and apart else None
    if low in _WORDS.halves:
        return Decimal(_WORDS.halves[low])
    compound = hyphened and tokens[at - 2].low in _WORDS.tens and _WORDS.below_twenty.get(_UNDER.get(low, ""), 10) < 10
    return _value(_UNDER[low]) if low in _UNDER and not compound else None


def _ordinal_count(tokens: Sequence[Token], at: int, last: int) -> Decimal | None:
    """What the ordinal from ``at`` to ``last`` counts to: 21 for twenty-first(s)."""
    low = tokens[last].low
    name = _PARTS.get(low)
    if name is None:
        return None
    words = [*tokens[at:last], tokens[last]._replace(kind="word", low=name)]
    count = cardinal(words, 0, len(words))
    return count.value if count and count.end == len(words) else None


def _value(name: str) -> Decimal:
    return Decimal(_WORDS.below_twenty.get(name) or _WORDS.tens.get(name) or _WORDS.scales.get(name) or 100)


def ordinal(tokens: Sequence[Token], at: int) -> Number | None:
    """The ordinal of several words that begins at ``at``: twenty-first, one hundred and fifth; None where none does."""
    count = cardinal(tokens, at, len(tokens))
    last = count.end + joined(tokens, count.end) if count else len(tokens)
    last += last < len(tokens) and tokens[last].low in _WORDS.ands
    if last >= len(tokens) or tokens[last].low not in _WORDS.ordinals:
        return None
    value = _ordinal_count(tokens, at, last)
    return None if value is None else exactly(value, last + 1)


def scale_word(token: Token) -> int:
    """What ``token`` multiplies the number before it by; 0 if it is no scale word."""
    if token.low in _WORDS.scales:
        return _WORDS.scales[token.low]
    return 100 if token.low in _WORDS.hundreds else 12 if token.low in _WORDS.dozens else 0


_BEGINNINGS = frozenset(
    {*_WORDS.below_twenty, *_WORDS.tens, *_WORDS.hundreds, *_WORDS.halves, *_WORDS.vague_plurals, *_WORDS.several}
    | _WORDS.articles
    | _WORDS.vague_openers
    | _WORDS.lone_numbers
    | _WORDS.half_articles
)


def word_number(tokens: Sequence[Token], at: int) -> Number | None:
    """The number in words that begins at ``at``; None if none does."""
    if tokens[at].low not in _BEGINNINGS:
        return None
    return _vague(tokens, at) or part(tokens, at) or _cardinal_number(tokens, at)


def _cardinal_number(tokens: Sequence[Token], at: int) -> Number | None:
    """Eighteen; one hundred and three; five point five million; but not the pronoun in "the one"."""
    count = cardinal(tokens, at, len(tokens))
    if count is None or _is_pronoun(tokens, at, count.end):
        return None
    scale = Decimal(_WORDS.scales.get(tokens[count.end - 1].low, 1))
    number = exactly(count.value, count.end, scale)
    return _pointed(tokens, number) or number


def _is_pronoun(tokens: Sequence[Token], at: int, end: int) -> bool:
    return end == at + 1 and tokens[at].low in _WORDS.one and at > 0 and tokens[at - 1].low in _WORDS.determiners


def _vague(tokens: Sequence[Token], at: int) -> Number | None:
    """Hundreds of millions; several billion; a few hundred; dozens."""
    plain_at = at + 1 if tokens[at].low in _WORDS.vague_openers else at
    if plain_at >= len(tokens):
        return None
    if tokens[plain_at].low in _WORDS.several:
        return _several(tokens, plain_at + 1)
    return _vague_plurals(tokens, plain_at)


def _vague_plurals(tokens: Sequence[Token], at: int) -> Number | None:
    unit, end = 1, at
    while end < len(tokens) and unit < LARGEST_SCALE and (factor := _WORDS.vague_plurals.get(tokens[end].low)):
        unit, end = unit * factor, end + 1
        if not (end + 1 < len(tokens) and tokens[end].low in _WORDS.of and tokens[end + 1].low in _WORDS.vague_plurals):
            break
        end += 1
    return vague(Decimal(unit), end) if end > at else None


def _several(tokens: Sequence[Token], at: int) -> Number:
    unit, place = 1, at
    place += place < len(tokens) and tokens[place].low in _WORDS.of
    while place < len(tokens) and unit < LARGEST_SCALE and (factor := scale_word(tokens[place])):
        unit, place = unit * factor, place + 1
    # "Several of the" and "a few of them" speak of things named before, and no scale follows.
    some = place < len(tokens) and tokens[place].low in _WORDS.known_things
    return vague(Decimal(unit), at if some else place)


def _pointed(tokens: Sequence[Token], number: Number) -> Number | None:
    """Two hundred point zero three; nought point eleven; five point five million."""
    at = number.end
    if at + 1 >= len(tokens) or tokens[at].low not in _WORDS.points or number.low != number.low.to_integral_value():
        return None
    decimals, end = "", at + 1
    while len(decimals) < MOST_DIGITS and end < len(tokens) and _WORDS.below_twenty.get(tokens[end].low, 10) < 10:
        decimals, end = decimals + str(_WORDS.below_twenty[tokens[end].low]), end + 1
    if not decimals:
        tens = cardinal(tokens, end, len(tokens))
        if tens is None or not 10 <= tens.value < 100 or tens.scale != 1 or tokens[end].kind != "word":
            return None
        decimals, end = str(tens.value), tens.end
    value = Decimal(f"{number.low:f}.{decimals}")
    return scaled_words(tokens, Number(value, value, grain_of(f"0.{decimals}"), ONE, end))


def scaled_words(tokens: Sequence[Token], number: Number) -> Number:
    """``number`` multiplied by the scale words behind it: 2 hundred thousand."""
    at = number.end
    while at < len(tokens) and number.scale < LARGEST_SCALE and (factor := scale_word(tokens[at])):
        number, at = number.times(Decimal(factor), at + 1), at + 1
    return number
