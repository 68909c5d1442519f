"""The amount at a token: a number with its sign, with its currency before it or its unit behind it."""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from kb.domain.quantity import PERIODS
from kb.domain.unit import STANDARD
from kb.domain.unit.names import CURRENCIES
from kb.numbers.clock import clock_at
from kb.numbers.compound_numerals import compound_number
from kb.numbers.lexicon import LEXICON
from kb.numbers.money import MINUSES, Currency, in_local_scale, money_before, whole_coins, with_change
from kb.numbers.number import EXACT, ONE, Amount, Number, grain_of, in_unit, ratio
from kb.numbers.numerals import number_at, of_whole, scaled_behind, share_at, share_behind, with_whole
from kb.numbers.several_units import (
    decimal_of,
    feet_at,
    inches_at,
    minute_before_seconds,
    with_decimals,
    with_ounces,
    with_smaller,
)
from kb.numbers.token import Token
from kb.numbers.unit_expression import is_measurement, unit_at
from kb.numbers.word_numerals import scale_word

_WORDS, _CHARACTERS, _UNITS = LEXICON.word_numerals, LEXICON.character_numerals, LEXICON.units
_NOUNS = LEXICON.nouns


def amount_at(tokens: Sequence[Token], at: int) -> Amount | None:
    """The amount that begins at ``at``; None if none does."""
    negative, at = minus(tokens, at)
    if at >= len(tokens) or tokens[at].kind == "link":
        return None
    if bracketed := _bracketed(tokens, at):
        return bracketed
    currency = money_before(tokens, at)
    if currency is None:
        amount = _plain(tokens, at)
        return _signed(amount, negative) if amount and negative else amount
    at = currency.end
    if not negative:
        negative, at = minus(tokens, at)
    amount = _in_parentheses(tokens, currency) or _money(tokens, at, currency)
    return _signed(amount, negative) if amount and negative else amount


def _signed(amount: Amount, negative: bool) -> Amount:
    if not negative:
        return amount
    number = amount.number
    return amount._replace(number=number._replace(low=number.high.copy_negate(), high=number.low.copy_negate()))


def minus(tokens: Sequence[Token], at: int) -> tuple[bool, int]:
    """Whether the number at ``at`` is negative, and its index.

    A minus sign must touch what follows, and must not be tied to what stands before it: ``1-2`` is a range, ``SCP-173``
    a name, and ``- 10 k`` an entry of a list.
    """
    if at + 1 >= len(tokens):
        return False, at
    token = tokens[at]
    if token.low in LEXICON.bounds.negatives:
        return True, at + 1
    plus = token.text == "+" and tokens[at + 1].start == token.end and not (at and tokens[at - 1].end == token.start)
    if (plus or token.low in LEXICON.bounds.positives) and tokens[at + 1].kind == "number":
        return False, at + 1
    if token.text not in MINUSES or tokens[at + 1].start != token.end:
        return False, at
    before = tokens[at - 1] if at else None
    tied = before is not None and before.end == token.start and ties(before)
    # A long dash is a minus only where it touches nothing but its number: –3.5 per cent, (–68%).
    if token.text == _EN_DASH and before is not None:
        opened = before.text in "([" or before.text in _UNITS.money_signs
        tied |= before.kind == "number" or (before.end == token.start and not opened)
    return (False, at) if tied else (True, at + 1)


_EN_DASH = "–"


def ties(before: Token) -> bool:
    """Whether a hyphen right behind ``before`` is no minus sign."""
    if before.kind == "han":
        return before.text in _UNITS.measures or before.text in _UNITS.nouns or before.text in _HAN_NUMBERS
    return before.kind != "sign" or before.text in ")]%"


_HAN_NUMBERS = frozenset({*_CHARACTERS.digits, *_CHARACTERS.tens, *_CHARACTERS.scales})


def _money(tokens: Sequence[Token], at: int, currency: Currency) -> Amount | None:
    """The amount of a number behind a money sign; the same currency stated again behind it adds nothing."""
    number = number_at(tokens, at, money=True)
    if number is None:
        return None
    number = in_local_scale(tokens, whole_coins(tokens, number, currency.code), currency.code)
    end = number.end
    named_unit = unit_at(tokens, end)
    if named_unit and named_unit[0] == currency.code and named_unit[1] == ONE:
        end = named_unit[2]
    elif end < len(tokens) and tokens[end].text in _UNITS.generic_coins:
        end += 1
    changed = with_change(tokens, number._replace(end=end), currency.code)
    if currency.factor != ONE:
        changed = changed.times(currency.factor, changed.end)
    return Amount(changed._replace(end=number.end), currency.code, ONE, changed.end)


def _in_parentheses(tokens: Sequence[Token], currency: Currency) -> Amount | None:
    """A negative amount as accounts write it: ``$(12.5) million``."""
    at = currency.end
    if at + 2 >= len(tokens) or tokens[at].text != "(":
        return None
    number = number_at(tokens, at + 1, money=True)
    if number is None or number.end >= len(tokens) or tokens[number.end].text != ")":
        return None
    touches = tokens[at].start == tokens[at - 1].end
    number = scaled_behind(tokens, number._replace(end=number.end + 1))
    if not touches and number.scale == ONE:
        return None
    return _signed(Amount(number, currency.code, ONE, number.end), True)


def _bracketed(tokens: Sequence[Token], at: int) -> Amount | None:
    """A negative amount in brackets whose scale or per cent stands behind them: ``($4.1) million``, ``(12) bps``."""
    if tokens[at].text != "(" or at + 3 >= len(tokens) or (at and tokens[at - 1].end == tokens[at].start):
        return None
    currency = money_before(tokens, at + 1)
    number = number_at(tokens, currency.end if currency else at + 1, money=currency is not None)
    if number is None or not number.digits or number.end + 1 >= len(tokens):
        return None
    if tokens[number.end].text != ")":
        return None if currency else _share_in_brackets(tokens, at, number)
    behind = number._replace(end=number.end + 1)
    if currency:
        scaled = scaled_behind(tokens, behind)
        return None if scaled is behind else _signed(Amount(scaled, currency.code, ONE, scaled.end), True)
    named = unit_at(tokens, behind.end)
    if named and named.unit == "fraction":
        return _signed(in_unit(behind, *named), True)
    scaled = scaled_behind(tokens, behind)
    amount = _with_unit(tokens, scaled) if scaled is not behind and scaled.scale != ONE else None
    # Only an account puts what is negative in brackets: "(3) million people" came.
    return _signed(amount, True) if amount and amount.unit in CURRENCIES else None


def _share_in_brackets(tokens: Sequence[Token], at: int, number: Number) -> Amount | None:
    """A negative share in brackets that ends a clause: growth was (12%). Behind other words brackets hold an aside."""
    named, before = unit_at(tokens, number.end), tokens[at - 1] if at else None
    if named is None or named.unit != "fraction" or before is None or before.low not in LEXICON.prose.clause_verbs:
        return None
    closed = named.end < len(tokens) and tokens[named.end].text == ")"
    behind = tokens[named.end + 1] if named.end + 1 < len(tokens) else None
    if not closed or (behind is not None and behind.low in LEXICON.prose.aged_behind | LEXICON.prose.plain_comparisons):
        return None
    return _signed(in_unit(number, *named)._replace(end=named.end + 1), True)


def _plain(tokens: Sequence[Token], at: int) -> Amount | None:
    if clock := clock_at(tokens, at):
        return clock
    share = share_at(tokens, at)
    if share:
        return in_unit(share.number, "fraction", share.factor, share.end)
    if multiple := _multiple(tokens, at):
        return multiple
    if mixed := _one_and_part(tokens, at):
        return mixed
    number = number_at(tokens, at)
    amount = _with_unit(tokens, number) if number else None
    return _and_part(tokens, amount) if amount else None


def _one_and_part(tokens: Sequence[Token], at: int) -> Amount | None:
    """One of a unit of measurement and a part of it: a year and a half, an hour and a quarter."""
    if tokens[at].low not in _WORDS.articles:
        return None
    named_unit = unit_at(tokens, at + 1)
    if named_unit is None:
        return None
    one = in_unit(Number(ONE, ONE, ONE, ONE, at + 1), *named_unit)
    mixed = _and_part(tokens, one)
    return None if mixed is one else mixed


def _and_part(tokens: Sequence[Token], amount: Amount) -> Amount:
    """``amount`` with a part of its unit behind "and": two years and a half; but "a mile and a quarter mile"."""
    at, number = amount.end, amount.number
    joined = at + 2 < len(tokens) and tokens[at].low in _WORDS.ands and tokens[at + 1].low in _WORDS.articles
    if not joined or tokens[at + 2].low not in _WORDS.halves or not is_measurement(amount.unit):
        return amount
    end = at + 3
    goes_on = end < len(tokens) and (tokens[end].text == "-" or unit_at(tokens, end) or scale_word(tokens[end]))
    if goes_on or number.low != number.high or number.low % 1 or number.is_part:
        return amount
    value = EXACT.add(number.low, ratio(ONE, Decimal(_WORDS.halves[tokens[at + 2].low])))
    return amount._replace(number=number._replace(low=value, high=value, grain=grain_of(format(value, "f"))), end=end)


def _multiple(tokens: Sequence[Token], at: int) -> Amount | None:
    """A multiple that only "as many" makes one: twice as many, doppelt so viele, dreimal weniger."""
    value = multiplier(tokens[at].low) if tokens[at].kind == "word" else None
    if value is None or at + 1 >= len(tokens):
        return None
    # "Twice as fast as" says how; "dreimal so hoch wie" is three times as high.
    counts = tokens[at].low not in _UNITS.multipliers
    end = _as_part_of(tokens, at + 1) if counts else _as_many(tokens, at + 1)
    end = end or (at + 2 if tokens[at + 1].low in _UNITS.many_more else 0)
    return Amount(Number(value, value, ONE, ONE, at + 1), "multiple", ONE, end) if end else None


@lru_cache(maxsize=4096)
def multiplier(word: str) -> Decimal | None:
    """What ``word``, in small letters, multiplies by before "as many": 2 for ``twice``; None for all other words.

    >>> [str(multiplier(word)) for word in ("twice", "doppelt", "zwölfmal", "einmal", "zweimaster")]
    ['2', '2', '12', 'None', 'None']
    """
    if word in _UNITS.multipliers:
        return _UNITS.multipliers[word]
    stem = next((word.removesuffix(end) for end in _UNITS.multiplier_ends if word.endswith(end)), "")
    value = Decimal(_WORDS.below_twenty.get(stem) or _WORDS.tens.get(stem) or compound_number(stem) or 0)
    # "Einmal mehr" is once more.
    return value if value > 1 else None


def _as_many(tokens: Sequence[Token], at: int) -> int:
    """The index behind "as many" at ``at``; 0 if it is not there."""
    if at + 1 >= len(tokens):
        return 0
    return at + 2 if f"{tokens[at].low} {tokens[at + 1].low}" in _UNITS.as_many else 0


def _as_part_of(tokens: Sequence[Token], at: int) -> int:
    """The index behind what makes a part at ``at`` a multiple: as many, as big (before "as"); 0 if it is not there."""
    if end := _as_many(tokens, at):
        return end
    adjective = at + 2 < len(tokens) and tokens[at + 1].kind == "word"
    return at + 2 if adjective and _UNITS.as_adjective.get(tokens[at].low) == tokens[at + 2].low else 0


def _with_unit(tokens: Sequence[Token], number: Number) -> Amount | None:
    if tokens[number.end - 1].text in _CHARACTERS.half:
        return _half(tokens, number)
    if number.end >= len(tokens):
        return Amount(number, "fraction" if number.is_part else "", ONE, number.end)
    number = _with_half(tokens, with_whole(tokens, number))
    if number.end >= len(tokens):
        return Amount(number, "fraction" if number.is_part else "", ONE, number.end)
    if amount := _share_or_multiple(tokens, number) or inches_at(tokens, number):
        return amount
    named_unit = unit_at(tokens, number.end) or (_of_a_percent(tokens, number) if number.is_part else None)
    named_unit = named_unit or minute_before_seconds(tokens, number) or _before_half(tokens, number)
    if named_unit and _makes_a_word(tokens, named_unit[2]):
        return Amount(number, "", ONE, number.end)
    if not named_unit and number.digits:
        number, named_unit = _in_money(tokens, number)
    if named_unit:
        number = whole_coins(tokens, number, named_unit[0])
        whole = _and_half(tokens, _changed(tokens, in_unit(number, *named_unit)))
        return with_ounces(tokens, with_smaller(tokens, with_decimals(tokens, whole)))
    if foot := feet_at(tokens, number):
        return foot
    if not number.is_part:
        number = of_whole(tokens, number)
    return Amount(number, "fraction" if number.is_part else "", ONE, number.end)


def _share_or_multiple(tokens: Sequence[Token], number: Number) -> Amount | None:
    """``number`` with the whole behind it, or a part with "as many" behind it, which is a multiple; else None."""
    if share := share_behind(tokens, number):
        return in_unit(share.number, "fraction", share.factor, share.end)
    end = _as_part_of(tokens, number.end) if number.is_part else 0
    return Amount(number._replace(is_part=False), "multiple", ONE, end) if end else None


def _with_half(tokens: Sequence[Token], number: Number) -> Number:
    """``number`` with a half behind its counter: 两个半."""
    at = number.end
    behind = at + 1 < len(tokens) and tokens[at].text in _CHARACTERS.half_counters
    if not behind or tokens[at + 1].text not in _CHARACTERS.half or number.low != number.high or number.is_part:
        return number
    value = EXACT.add(number.low, Decimal("0.5"))
    return number._replace(low=value, high=value, grain=Decimal("0.1"), end=at + 2)


def _half(tokens: Sequence[Token], number: Number) -> Amount | None:
    """Half of what 半 stands before: 半年, 半折. Alone it is no number."""
    share = share_behind(tokens, number)
    if share:
        return in_unit(share.number, "fraction", share.factor, share.end)
    named_unit = unit_at(tokens, number.end)
    return in_unit(number, *named_unit) if named_unit else None


def _in_money(tokens: Sequence[Token], number: Number) -> tuple[Number, tuple[str, Decimal, int] | None]:
    """``5m dollars``: a letter that is a scale only because money follows; 5m alone may be metres."""
    if number.end >= len(tokens) or tokens[number.end].text not in _UNITS.money_letters:
        return number, None
    rescaled = number_at(tokens, number.end - 1, money=True)
    named_unit = unit_at(tokens, rescaled.end) if rescaled and rescaled.end > number.end else None
    return (rescaled, named_unit) if rescaled and named_unit and named_unit[0] in CURRENCIES else (number, None)


def _of_a_percent(tokens: Sequence[Token], number: Number) -> tuple[str, Decimal, int] | None:
    """Half a percent, three quarters of a percent, a quarter of an hour."""
    at = number.end
    at += tokens[at].low in _WORDS.of
    if at + 1 >= len(tokens) or tokens[at].low not in _WORDS.articles | _WORDS.one:
        return None
    named_unit = unit_at(tokens, at + 1)
    measured = named_unit and (named_unit[0] == "fraction" or is_measurement(named_unit[0]))
    return named_unit if measured else None


def _makes_a_word(tokens: Sequence[Token], at: int) -> bool:
    """Whether the coin before ``at`` is part of another word: 五角大楼 is the Pentagon."""
    return at < len(tokens) and tokens[at].text[0] in _UNITS.no_coin.get(tokens[at - 1].text, "")


def _changed(tokens: Sequence[Token], amount: Amount) -> Amount:
    """``amount`` with the small change behind it, if it is money."""
    if amount.unit not in CURRENCIES or amount.end >= len(tokens) or amount.factor != ONE:
        return amount
    changed = with_change(tokens, amount.number._replace(end=amount.end), amount.unit)
    return amount._replace(number=changed._replace(end=amount.number.end), end=changed.end)


def _before_half(tokens: Sequence[Token], number: Number) -> tuple[str, Decimal, int] | None:
    """A unit of measurement without an English name that a half follows: 3斤半."""
    at = number.end
    halved = at + 1 < len(tokens) and tokens[at + 1].text in _CHARACTERS.half
    return (tokens[at].text, ONE, at + 1) if halved and tokens[at].text in _NOUNS.physical else None


def _and_half(tokens: Sequence[Token], amount: Amount) -> Amount:
    """``amount`` with half of its unit more: 一年半, 两倍半, 六十五公斤半; but 3米半径 is the radius."""
    at = amount.end
    behind = at < len(tokens) and tokens[at].text in _CHARACTERS.half and tokens[at - 1].kind == "han"
    halved = amount.unit in (*PERIODS, "multiple", *CURRENCIES, *_NOUNS.physical) or is_measurement(amount.unit)
    if not behind or not halved or amount.number.low != amount.number.high:
        return amount
    if at + 1 < len(tokens) and tokens[at + 1].text[0] in _CHARACTERS.no_half:
        return amount
    value = EXACT.add(amount.number.low, Decimal("0.5"))
    return amount._replace(number=amount.number._replace(low=value, high=value, grain=Decimal("0.1")), end=at + 1)


def converted(amount: Amount, unit: str) -> Amount:
    """``amount`` in a unit of measurement of its family; unchanged where it has none, or no exact decimal in it."""
    measured = bool(unit) and unit != amount.unit and is_measurement(unit) and is_measurement(amount.unit)
    if not measured or amount.factor != ONE:
        return amount
    wanted, stated = STANDARD.parse(unit), STANDARD.parse(amount.unit)
    worth = stated.factor / wanted.factor
    factor = decimal_of(worth)
    # A mile is no decimal number of yards, and a grain that is no power of ten says nothing of the digits.
    if not wanted.same_dimension(stated) or EXACT.multiply(factor, Decimal(worth.denominator)) != worth.numerator:
        return amount
    low, high = (EXACT.multiply(end, factor) for end in (amount.number.low, amount.number.high))
    return amount._replace(number=amount.number._replace(low=low, high=high, grain=None), unit=unit)


def rescaled(amount: Amount, reference: Amount) -> Amount:
    """``amount`` with the scale, unit and factor that only ``reference`` states: the 2 of ``2-3k`` is 2,000."""
    if reference.number.scale == ONE and (amount.unit or not reference.unit):
        return amount
    number = amount.number
    if not amount.unit and reference.factor != ONE:
        number = in_unit(number, reference.unit, reference.factor, number.end).number
    scale = reference.number.scale
    mantissa = ratio(reference.number.high, EXACT.multiply(scale, reference.factor)) if scale != ONE else ONE
    # $2-3k starts at 2,000, but $500-3k at 500: an end above the other's digits left no scale out.
    if scale != ONE and number.scale == ONE and abs(amount.number.low) < abs(mantissa):
        number = number.times(scale, number.end)
    return amount._replace(number=number, unit=amount.unit or reference.unit)
