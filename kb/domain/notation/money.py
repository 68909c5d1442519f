"""Which money is named here? Before a number by a sign or a code, behind it by words, with small change behind that."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from kb.domain.notation import han_word, measure_word, word
from kb.domain.notation.number import EXACT, ONE, Number
from kb.domain.notation.numeral import number_at
from kb.domain.notation.token import Token
from kb.domain.noun import CURRENCIES

_YUAN = frozenset(("RMB", "人民币", "人民幣"))


def money_before(tokens: Sequence[Token], at: int) -> tuple[str, int]:
    """The currency said before the number at ``at`` and the number's index, or an empty text and ``at``."""
    if at + 1 >= len(tokens):
        return "", at
    token, behind = tokens[at], tokens[at + 1]
    text = token.text
    if text in measure_word.SIGNS:
        return measure_word.SIGNS[text], at + 1
    if token.unit.isupper() and (behind.kind == "number" or behind.text in word.MINUSES):
        return token.unit, at + 1
    if token.kind not in ("word", "han"):
        return "", at
    if token.low == "rs":
        number = at + 1 + (behind.text == ".")
        return ("INR", number) if number < len(tokens) and tokens[number].kind == "number" else ("", at)
    if behind.text == "$" and behind.start == token.end and token.low in measure_word.DOLLARS:
        return measure_word.DOLLARS[token.low], at + 2
    if text not in CURRENCIES and text not in _YUAN:
        return "", at
    if text in CURRENCIES and behind.text in measure_word.SIGNS and at + 2 < len(tokens):
        return text, at + 2
    if behind.kind in ("number", "han") or behind.text in word.MINUSES:
        return text if text in CURRENCIES else "CNY", at + 1
    return "", at


def money_at(tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """The currency named in several English words at ``at`` and the index behind it: Hong Kong dollars, US$."""
    token = tokens[at]
    if token.kind != "word":
        return None
    if at + 1 < len(tokens) and tokens[at + 1].text == "$" and tokens[at + 1].start == token.end:
        code = measure_word.DOLLARS.get(token.low)
        return (code, at + 2) if code else None
    for width in (1, 2):
        if at + width >= len(tokens) or tokens[at + width].kind != "word":
            return None
        low = tokens[at + width].low
        coin = measure_word.OF_COUNTRIES.get(measure_word.COIN_PLURALS.get(low, low))
        country = " ".join(one.low for one in tokens[at : at + width])
        if coin and country in coin:
            return coin[country], at + width + 1
    return None


def with_change(tokens: Sequence[Token], number: Number, code: str) -> Number:
    """``number`` of a currency with the smaller coins behind it: 2 dollars and 5 cents, 五元三毛, 三块五."""
    coins = measure_word.SMALL_CHANGE.get(code, {})
    smallest = ONE
    while coins and number.end < len(tokens) and number.low == number.high:
        at = number.end
        at += tokens[at].low in _LINKS
        more = number_at(tokens, at)
        if more is None or more.scale != ONE or more.low != more.high or more.is_part:
            break
        coin, end = _coin(tokens, more, coins, smallest)
        if not coin or not 0 <= EXACT.multiply(more.low, coin) < smallest:
            break
        value = EXACT.add(number.low, EXACT.multiply(more.low, coin))
        number, smallest = number._replace(low=value, high=value, grain=coin, end=end), coin
    return number


_LINKS = frozenset(("and", "又", "零"))


def _coin(
    tokens: Sequence[Token], more: Number, coins: Mapping[str, Decimal], smallest: Decimal
) -> tuple[Decimal, int]:
    """What the coin behind ``more`` is worth, and the index behind it; 0 where none stands there."""
    behind = tokens[more.end] if more.end < len(tokens) else None
    if behind is not None and behind.low in coins:
        end = more.end + 1
        end += end < len(tokens) and tokens[end].text in ("钱", "錢", "整", "正")
        return coins[behind.low], end
    before = tokens[more.end - 2].text
    closes = behind is None or behind.kind not in ("han", "word", "number")
    if smallest == ONE and before in ("块", "塊") and closes and tokens[more.end - 1].text in han_word.DIGITS:
        return coins["角"], more.end
    return Decimal(0), more.end
