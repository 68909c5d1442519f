"""Money: the currency before a number or behind it, glued to it or apart, with its scale; and small change.

``$5``, ``US$ 5``, ``USD5``, ``Rs.5``, ``EURm 5``, ``5 MEUR``, ``5 USD million``, Hong Kong dollars, 2 dollars
and 5 cents.
"""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from kb.domain.unit.names import CURRENCIES, WHOLE_CURRENCIES
from kb.numbers.lexicon import LEXICON
from kb.numbers.number import EXACT, ONE, Number, grain_of
from kb.numbers.numerals import number_at
from kb.numbers.token import Token
from kb.numbers.word_numerals import scale_word

_CHARACTERS, _UNITS, _NO_HEADS = LEXICON.character_numerals, LEXICON.units, LEXICON.stops.no_heads
MINUSES = frozenset("-−﹣–")
"""Signs that make the number right behind them negative."""


_BEGINNINGS = MINUSES | {"("}
"""Signs that an amount may begin with."""


class Currency(NamedTuple):
    """A currency before a number.

    Attributes:
        code: Its code.
        factor: What its scale multiplies the number by: a million of ``EURm``.
        end: Index of the token behind it, where the number begins.
    """

    code: str
    factor: Decimal
    end: int


def money_before(tokens: Sequence[Token], at: int) -> Currency | None:
    """The currency before the number at ``at``; None without one."""
    if at + 1 >= len(tokens):
        return None
    named = _sign_or_code(tokens, at)
    if named is None or named[1] >= len(tokens):
        return None
    code, end = named
    factor, place = _scale_before(tokens, end)
    if scale := _sign_scale(tokens, at):
        factor = Decimal(scale)
    scaled = scaled_code(tokens[at].text) if end == at + 1 else None
    if scaled:
        factor, place = scaled[1], end
    behind = tokens[place] if place < len(tokens) else None
    if behind is None or (factor != ONE and behind.kind != "number"):
        return None
    if tokens[at].text in _UNITS.word_codes and not _is_amount(tokens, place):
        return None
    return Currency(code, factor, place)


def _sign_scale(tokens: Sequence[Token], at: int) -> int:
    """What a letter at ``at`` multiplies by, right before a sign of money: T€ are thousands; 0 for any other."""
    touching = at + 1 < len(tokens) and tokens[at].end == tokens[at + 1].start
    is_sign = touching and tokens[at + 1].text in _UNITS.money_signs and tokens[at + 1].text != "$"
    return _UNITS.sign_scales.get(tokens[at].text, 0) if is_sign else 0


def _sign_or_code(tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    token, behind = tokens[at], tokens[at + 1]
    text = token.text
    if text in _UNITS.money_signs:
        return _UNITS.money_signs[text], at + 1
    # A seed file may declare a currency of its own; units in capitals are currencies.
    if token.unit.isupper() and (behind.kind == "number" or behind.text in MINUSES):
        return token.unit, at + 1
    if token.kind not in ("word", "han"):
        return None
    if _sign_scale(tokens, at):
        return _UNITS.money_signs[behind.text], at + 2
    if behind.text == "$" and behind.start == token.end and token.low in _UNITS.dollar_letters:
        return _UNITS.dollar_letters[token.low], at + 2
    if short := _UNITS.money_names.get(text):
        number = at + 1 + (behind.text == ".")
        follows = number < len(tokens) and tokens[number].kind in ("number", "han")
        if at and tokens[at - 1].text[-1:] in _UNITS.exchanged:
            return None
        return (short, number) if follows or behind.text in MINUSES else None
    if text in CURRENCIES and behind.text in _UNITS.money_signs and at + 2 < len(tokens):
        return text, at + 2
    if text in CURRENCIES and (behind.kind in ("number", "han", "word") or behind.text in _BEGINNINGS):
        return text, at + 1
    scaled = scaled_code(text)
    return (scaled[0], at + 1) if scaled and behind.kind == "number" else None


def _scale_before(tokens: Sequence[Token], at: int) -> tuple[Decimal, int]:
    """The scale between a currency and its number: ``USD million 5``, ``€m 5``; 1 without one."""
    token = tokens[at]
    if token.kind != "word" or at + 1 >= len(tokens) or tokens[at + 1].kind != "number":
        return ONE, at
    if scale := scale_word(token):
        return Decimal(scale), at + 1
    letter = _scale_letter(token.text)
    return (Decimal(letter), at + 1) if letter else (ONE, at)


def _scale_letter(text: str) -> int:
    return _UNITS.scale_letters.get(text) or _UNITS.money_letters.get(text, 0)


def _is_amount(tokens: Sequence[Token], at: int) -> bool:
    """Whether the number behind a code that is a word is money: ``ALL 4.5 million``, but not ``ALL 40 SEATS``."""
    number = number_at(tokens, at, money=True)
    if number is None:
        return False
    written = tokens[at].text
    money = number.scale != ONE or "," in written or len(written.partition(".")[2]) == 2
    behind = tokens[number.end] if number.end < len(tokens) else None
    counted = behind is not None and behind.kind == "word" and behind.low not in _NO_HEADS
    return money and not counted


_SCALED = re.compile(r"(?P<before>[kKMT])?(?P<code>[A-Z]{3})(?P<behind>[kmMbB]|mn|bn|tn)?")


@lru_cache(maxsize=4096)
def scaled_code(text: str) -> tuple[str, Decimal] | None:
    """The currency and the factor of a code with its scale: ``MEUR``, ``kUSD``, ``EURm``, ``USDbn``; None for others.

    >>> scaled_code("MEUR"), scaled_code("TEUR"), scaled_code("EURbn"), scaled_code("EUR")
    (('EUR', Decimal('1000000')), ('EUR', Decimal('1000')), ('EUR', Decimal('1000000000')), None)
    """
    match = _SCALED.fullmatch(text)
    if match is None or match["code"] not in CURRENCIES or bool(match["before"]) == bool(match["behind"]):
        return None
    # TEUR are thousands: nobody counts money in trillions by one letter before a code.
    before = 10**3 if match["before"] == "T" else _scale_letter(match["before"] or "")
    return match["code"], Decimal(before or _scale_letter(match["behind"] or ""))


def money_behind(tokens: Sequence[Token], at: int) -> tuple[str, Decimal, int] | None:
    """The currency at ``at`` behind a number, the factor of its scale, and the index behind it; None without one."""
    token = tokens[at]
    if scaled := scaled_code(token.text):
        return *scaled, at + 1
    sign = _UNITS.money_signs.get(token.text)
    code = token.text if token.text in CURRENCIES else sign
    if code is None or at + 1 >= len(tokens) or tokens[at + 1].kind != "word":
        return None
    behind = tokens[at + 1]
    touching = behind.start == token.end
    if scale := scale_word(behind):
        return code, Decimal(scale), at + 2
    letter = _scale_letter(behind.text) if touching or token.text in CURRENCIES else 0
    return (code, Decimal(letter), at + 2) if letter else None


_GROUPS = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")


def whole_coins(tokens: Sequence[Token], number: Number, code: str) -> Number:
    """``number`` with a point before three digits read as parting thousands, in a currency without smaller coins.

    ``300.000 VND`` are three hundred thousand: nobody writes thousandths of a dong. With a scale the point is one:
    ``1.234 trillion``.
    """
    written = tokens[number.end - 1].text
    if code not in WHOLE_CURRENCIES or number.scale != ONE or not _GROUPS.fullmatch(written):
        return number
    return number._replace(low=number.low * 1000, high=number.high * 1000, grain=grain_of(written.replace(".", "")))


def in_local_scale(tokens: Sequence[Token], number: Number, code: str) -> Number:
    """``number`` with the letter behind it that is a scale only in the countries of its currency: ₹2.3L, Rs 40 L."""
    letters = _UNITS.currency_letters.get(code, {})
    behind = tokens[number.end] if number.end < len(tokens) else None
    if behind is None or behind.text not in letters or number.scale != ONE or not number.digits:
        return number
    return number.times(Decimal(letters[behind.text]), number.end + 1)


def money_at(tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """The currency named in several words at ``at`` and the index behind it: Hong Kong dollars, US$; else None."""
    token = tokens[at]
    if token.kind != "word":
        return None
    if at + 1 < len(tokens) and tokens[at + 1].text == "$" and tokens[at + 1].start == token.end:
        code = _UNITS.dollar_letters.get(token.low)
        return (code, at + 2) if code else None
    if _hyphened(tokens, at):
        countries = _UNITS.coins.get(tokens[at + 2].low, {})
        return (countries[token.low], at + 3) if token.low in countries else None
    for width in (1, 2):
        if at + width >= len(tokens) or tokens[at + width].kind != "word":
            return None
        low = tokens[at + width].low
        coin = _UNITS.coins.get(_UNITS.coin_forms.get(low, low))
        country = " ".join(name_token.low for name_token in tokens[at : at + width])
        if coin and country in coin:
            return coin[country], at + width + 1
    return None


def _hyphened(tokens: Sequence[Token], at: int) -> bool:
    """Whether a hyphen ties a word to the one at ``at``: US-Dollar."""
    if at + 2 >= len(tokens) or tokens[at + 1].text != "-" or tokens[at + 2].kind != "word":
        return False
    return tokens[at].end == tokens[at + 1].start and tokens[at + 1].end == tokens[at + 2].start


def with_change(tokens: Sequence[Token], number: Number, code: str) -> Number:
    """``number`` of a currency with the smaller coins behind it: 2 dollars and 5 cents, 五元三毛, 三块五."""
    coins = _UNITS.small_change.get(code, {})
    smallest = ONE
    while coins and number.end < len(tokens) and number.low == number.high:
        at = number.end
        at += tokens[at].low in _UNITS.change_joiners
        more = number_at(tokens, at)
        if more is None or more.scale != ONE or more.low != more.high or more.is_part:
            break
        coin, end = _coin(tokens, more, coins, smallest)
        # Coins fall, and make up less than one of the coin before: 5 dollars and 120 cents are two amounts.
        if not coin or not 0 <= EXACT.multiply(more.low, coin) < smallest:
            break
        value = EXACT.add(number.low, EXACT.multiply(more.low, coin))
        number, smallest = number._replace(low=value, high=value, grain=coin, end=end), coin
    return number


_TENTH = Decimal("0.1")


def _coin(
    tokens: Sequence[Token], more: Number, coins: Mapping[str, Decimal], smallest: Decimal
) -> tuple[Decimal, int]:
    """The worth of the coin behind ``more`` and the index behind it; a worth of 0 if there is none."""
    behind = tokens[more.end] if more.end < len(tokens) else None
    if behind is not None and behind.low in coins:
        end = more.end + 1
        end += end < len(tokens) and tokens[end].text in _UNITS.change_ends
        return coins[behind.low], end
    before = tokens[more.end - 2].text
    closes = behind is None or behind.kind not in ("han", "word", "number")
    tenths = before in _UNITS.tenth_units and tokens[more.end - 1].text in _CHARACTERS.digits
    if smallest == ONE and tenths and closes and _TENTH in coins.values():
        return _TENTH, more.end
    return Decimal(0), more.end
