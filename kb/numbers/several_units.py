"""Amounts in several units: 8m30s, 2 hours and 5 minutes, 5 ft 10 1/2 in; and with decimals behind the unit: 1米78."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from kb.domain.unit import STANDARD
from kb.numbers.lexicon import LEXICON
from kb.numbers.number import EXACT, ONE, Amount, Number, ratio
from kb.numbers.numerals import number_at, parts_at
from kb.numbers.token import Token
from kb.numbers.unit_expression import NamedUnit, is_measurement, unit_at

_WORDS, _CHARACTERS, _UNITS = LEXICON.word_numerals, LEXICON.character_numerals, LEXICON.units


def with_decimals(tokens: Sequence[Token], amount: Amount) -> Amount:
    """``amount`` with the bare digits behind its unit as decimals, as heights are told: 1米78, 一米八."""
    number, at = amount.number, amount.end
    if at >= len(tokens) or tokens[at - 1].text not in _UNITS.decimal_units or tokens[at].start != tokens[at - 1].end:
        return amount
    more = number_at(tokens, at)
    written = tokens[more.end - 1].end - tokens[at].start if more else 0
    if more is None or not 1 <= written <= 2 or not 0 < more.low == more.high < 10**written or more.low % 1:
        return amount
    # In 3米5厘米 a smaller unit follows, and in 10米3人 something else is counted.
    counts = more.end < len(tokens) and tokens[more.end].start == tokens[more.end - 1].end
    if (
        number.low != number.high
        or number.low % 1
        or (counts and (unit_at(tokens, more.end) or _counts(tokens, more.end)))
    ):
        return amount
    place = Decimal(1).scaleb(-written)
    value = EXACT.add(number.low, EXACT.multiply(more.low, place))
    return amount._replace(number=number._replace(low=value, high=value, grain=place), end=more.end)


def _counts(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].text in _CHARACTERS.counters or tokens[at].text in LEXICON.nouns.classifiers


_FEET, _INCHES = frozenset("'′"), frozenset('"″”')


def with_smaller(tokens: Sequence[Token], amount: Amount) -> Amount:
    """``amount`` with the smaller units of the same dimension behind it, all in the smallest of them."""
    while amount.number.scale == ONE and amount.end + 1 < len(tokens) and _is_simple(amount.unit):
        smaller = _smaller(tokens, amount)
        if smaller is None:
            break
        amount = smaller
    return amount


def with_ounces(tokens: Sequence[Token], amount: Amount) -> Amount:
    """``amount`` in pounds with the ounces behind it, sixteen of which are a pound: 3 lb 4 oz, a 7 pound 4 ounce baby.

    In "5 pounds, 3 ounces" a comma stands between them.
    """
    number, at = amount.number, _past_stop(tokens, amount.end)
    pounds = amount.unit == "lb" or tokens[amount.end - 1].low in _UNITS.weights
    if not pounds or at >= len(tokens) or number.low != number.high or number.low % 1 or number.scale != ONE:
        return amount
    at += tokens[at].low in _WORDS.ands or (tokens[at].text in "-," and at + 1 < len(tokens))
    more = number_at(tokens, at)
    end = more.end + (more.end < len(tokens) and tokens[more.end].text == "-") if more else 0
    ounces = more is not None and end < len(tokens) and tokens[end].low in _UNITS.ounces
    if more is None or not ounces or not more.low == more.high < _OUNCES:
        return amount
    value = EXACT.add(number.low, ratio(more.low, _OUNCES))
    return Amount(number._replace(low=value, high=value, grain=_OUNCE_PLACE), "lb", ONE, end + 1)


_OUNCES, _OUNCE_PLACE = Decimal(16), Decimal("0.01")
_LONGEST_SHORT_FORM = 4


def _past_stop(tokens: Sequence[Token], at: int) -> int:
    """The index behind the full stop that ends a short form before another number: 6 ft. 2 in., 2 lbs. 3 oz."""
    short = at + 1 < len(tokens) and tokens[at].text == "." and len(tokens[at - 1].text) <= _LONGEST_SHORT_FORM
    return at + 1 if short and tokens[at].start == tokens[at - 1].end and tokens[at + 1].kind == "number" else at


def inches_at(tokens: Sequence[Token], number: Number) -> Amount | None:
    """Inches by their sign, which closes a quotation elsewhere: a part of one, 5/8", or the size of a screen, 27"."""
    at = number.end
    sign = at < len(tokens) and tokens[at].text in _INCHES and tokens[at].start == tokens[at - 1].end
    if not sign or number.low != number.high or not number.digits:
        return None
    is_part = at > 1 and tokens[at - 2].text == "/"
    behind = tokens[at + 1] if at + 1 < len(tokens) else None
    sized = behind is not None and (behind.low in LEXICON.prose.sized_nouns or behind.text in _CROSSES)
    crossed = at > 1 and tokens[at - 2].text in _CROSSES
    if not (is_part or sized or crossed or tokens[at].text == "″"):
        return None
    return Amount(number._replace(is_part=False), "inch", ONE, at + 1)


_CROSSES = frozenset("x×")


def _is_simple(unit: str) -> bool:
    """Whether ``unit`` is one unit of measurement, neither a power nor a product."""
    return unit.isidentifier() and is_measurement(unit)


def _smaller(tokens: Sequence[Token], amount: Amount) -> Amount | None:
    number, at = amount.number, amount.end
    at = _past_stop(tokens, at)
    touching = tokens[at].start == tokens[at - 1].end
    at += tokens[at].low in _WORDS.ands
    if number.low != number.high or number.low % 1 or (touching and tokens[at].kind != "number"):
        return None
    more = number_at(tokens, at)
    if more is None or more.low != more.high or more.scale != ONE or more.is_part:
        return None
    named = _behind_larger(tokens, more, amount.unit) or unit_at(tokens, more.end)
    if named is None or not _is_simple(named.unit):
        return None
    larger, unit = STANDARD.parse(amount.unit), STANDARD.parse(named.unit)
    if not larger.same_dimension(unit) or more.low * decimal_of(unit.factor) >= decimal_of(larger.factor):
        return None
    worth = larger.factor / unit.factor
    # Minutes in an hour and inches in a foot are whole; the metres in a mile are not, and nobody mixes those.
    if worth.denominator != 1:
        return None
    value = EXACT.add(EXACT.multiply(number.low, Decimal(worth.numerator)), more.low)
    # Whoever states inches beside feet counts them one by one: 5 ft 10 in is no rounding to ten inches.
    place = more.grain if more.grain is None else min(more.grain, ONE)
    whole = more._replace(low=value, high=value, grain=place)
    return Amount(whole, named.unit, ONE, named.end)


def decimal_of(value: Fraction) -> Decimal:
    """``value`` to 28 digits."""
    return ratio(Decimal(value.numerator), Decimal(value.denominator))


def feet_at(tokens: Sequence[Token], number: Number) -> Amount | None:
    """Feet by their sign, which need the sign of inches behind them to be told from a quotation: 5' 10"."""
    at = number.end
    if tokens[at].text not in _FEET or tokens[at].start != tokens[at - 1].end:
        return None
    foot = Amount(number, "foot", ONE, at + 1)
    whole = with_smaller(tokens, foot)
    return whole if whole is not foot else None


def _behind_larger(tokens: Sequence[Token], number: Number, unit: str) -> NamedUnit | None:
    """What stands for the smaller unit only behind the larger one: 5 ft 10 in, 5' 10", 1h 30m."""
    at = number.end
    sign = at < len(tokens) and tokens[at].text in _INCHES and unit == "foot"
    word = at < len(tokens) and tokens[at].low == "in" and unit == "foot"
    if unit == "hour" and (_is_letter_of_minutes(tokens, at) or _is_minute(tokens, at)):
        return NamedUnit("minute", ONE, at + 1)
    return NamedUnit("inch", ONE, at + 1) if sign or word else None


def _is_letter_of_minutes(tokens: Sequence[Token], at: int) -> bool:
    """Whether the m at ``at`` stands for minutes behind hours: 1h 30m, 1 h 5 m; but not 2 hours 5 m from here."""
    if at >= len(tokens) or tokens[at].text != "m":
        return False
    return tokens[at].start == tokens[at - 1].end or (at > 1 and tokens[at - 2].text in _UNITS.short_times)


def _is_minute(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word at ``at``, which is a coin and a point elsewhere, is a minute: 3小时40分, but not 40分之一."""
    return at < len(tokens) and tokens[at].text in _UNITS.minutes and not parts_at(tokens, at)


def minute_before_seconds(tokens: Sequence[Token], number: Number) -> NamedUnit | None:
    """The minute behind ``number`` that only the seconds behind it show: 2分15秒."""
    at = number.end
    seconds = number_at(tokens, at + 1) if _is_minute(tokens, at) and at + 1 < len(tokens) else None
    named = unit_at(tokens, seconds.end) if seconds else None
    return NamedUnit("minute", ONE, at + 1) if named and named.unit == "second" else None
