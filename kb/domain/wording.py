"""How is an amount told to a reader? In English, with its hedge, its bound and its unit in words."""

import re
from decimal import Context, Decimal, Inexact
from fractions import Fraction
from functools import lru_cache

from kb.domain.interval import Interval
from kb.domain.noun import CURRENCY_NAMES, NOUNS
from kb.domain.quantity import PERIODS, Bound, Hedge, Quantity
from kb.domain.unit import is_currency

MINUS = "\u2212"
DASH = "\u2013"
_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "CNY": "CN¥", "JPY": "¥"}
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_LETTERS = ((10**12, "T"), (10**9, "bn"), (10**6, "M"), (10**3, "k"))
_PREFIXES = {"k": "thousand", "M": "million", "G": "billion", "T": "trillion"}
_POWERS = {"k": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}
_PLURALS = {"person": "people", "man": "men", "woman": "women", "child": "children", "staff": "staff", "data": "data"}
_BOUNDS = {
    Bound.AT_LEAST: "at least",
    Bound.AT_MOST: "at most",
    Bound.MORE_THAN: "more than",
    Bound.LESS_THAN: "less than",
}
_HEDGES = {
    Hedge.ABOUT: "about",
    Hedge.NEARLY: "nearly",
    Hedge.JUST_OVER: "just over",
    Hedge.ORDER_OF_MAGNITUDE: "on the order of",
}
_DIGITS = 4
_EXACT = Context(prec=60, traps=[Inexact])


@lru_cache(maxsize=4096)
def say(quantity: Quantity) -> str:
    """``quantity`` with its bound and hedge, e.g. ``at least $2,000–3,000 a month``.

    >>> say(Quantity(Decimal(2000), Decimal(3000), "USD/month", Bound.AT_LEAST))
    'at least $2,000–3,000 a month'
    >>> say(Quantity(Decimal("0.67"), Decimal("0.67"), "fraction", hedge=Hedge.ABOUT))
    'about 67%'
    """
    told_twice = (quantity.hedge is Hedge.JUST_OVER and quantity.bound.is_floor) or (
        quantity.hedge is Hedge.NEARLY and quantity.bound.is_ceiling
    )
    words = ["" if told_twice else _BOUNDS.get(quantity.bound, ""), _HEDGES.get(quantity.hedge, "")]
    ends = quantity.allowed if quantity.low_open or quantity.high_open else quantity.stated
    words.append(_between(ends, quantity.unit))
    return " ".join(word for word in words if word)


def say_interval(interval: Interval, unit: str) -> str:
    """``interval`` in words; a missing end is told as the bound that it leaves.

    >>> say_interval(Interval(Fraction(2000), None), "USD/month")
    'at least $2,000 a month'
    >>> say_interval(Interval(Fraction(20), Fraction(70)), "multiple")
    '20–70 times'
    >>> say_interval(Interval(None, Fraction(-1, 4), high_open=True), "fraction")
    'below −25%'
    >>> say_interval(Interval(Fraction(20), Fraction(70), low_open=True), "multiple")
    'above 20 times and at most 70 times'
    """
    if interval.low is None and interval.high is None:
        return "any amount"
    if interval.high is None:
        return ("above " if interval.low_open else "at least ") + say_number(interval.low or Fraction(), unit)
    if interval.low is None:
        return ("below " if interval.high_open else "at most ") + say_number(interval.high, unit)
    return _between(interval, unit)


def _between(interval: Interval, unit: str) -> str:
    """Two ends around a dash; an end that is left out is told as the bound that it is."""
    low, high = interval.low, interval.high
    if low is None or high is None or not (interval.low_open or interval.high_open):
        return _from_to(low, high, unit)
    above = ("above " if interval.low_open else "at least ") + say_number(low, unit)
    return f"{above} and " + ("below " if interval.high_open else "at most ") + say_number(high, unit)


def say_number(number: Fraction | Decimal, unit: str) -> str:
    """``number`` with its unit, rounded to four digits and marked where that is not exact.

    >>> say_number(Fraction(2, 3), "fraction"), say_number(Decimal("1.1E+12"), "USD")
    ('≈ 66.67%', '$1.1 trillion')
    >>> say_number(Fraction(3), "USD/Mtoken"), say_number(Fraction(16_000_000), "query")
    ('$3 per million tokens', '16 million queries')
    >>> say_number(Fraction(-3, 2), "fraction"), say_number(Fraction(5), "kUSD"), say_number(Fraction(5), "gpu*hour")
    ('−150%', '$5,000', '5 gpu-hours')
    """
    return _from_to(Fraction(number), Fraction(number), unit)


def rational_text(value: Fraction) -> str:
    """``value`` exactly: as a decimal where it is one, else as a fraction, thousands set off.

    >>> rational_text(Fraction(1209600)), rational_text(Fraction(365, 12)), rational_text(Fraction(1, 8))
    ('1,209,600', '365/12', '0.125')
    """
    try:
        return f"{_EXACT.divide(Decimal(value.numerator), Decimal(value.denominator)):,f}"
    except Inexact:
        return f"{value.numerator:,}/{value.denominator:,}"


def short_number(number: Fraction | Decimal, unit: str) -> str:
    """``number`` as short as an axis needs it, without period and nouns.

    >>> short_number(Decimal(14000), "USD/month"), short_number(Decimal("0.5"), "fraction")
    ('$14k', '50%')
    """
    factor, unit = _multiplied_out(unit)
    lead, tail = _sign_and_tail(unit)
    value = Fraction(number) * factor * (100 if tail == "%" else 1)
    scale, letter = next(((s, text) for s, text in _LETTERS if abs(value) >= s), (1, ""))
    text = _negated(lead + _plain(abs(value) / scale)[0] + letter, value)
    return text + tail if tail in ("%", "×") else text


def say_unit(unit: str) -> str:
    """``unit`` in words: ``USD a month``, ``USD per million tokens``, ``times``, ``percent``.

    >>> say_unit("USD/Mtoken"), say_unit("token/month"), say_unit("fraction")
    ('USD per million tokens', 'tokens a month', 'percent')
    """
    if unit in ("fraction", "multiple", "", "1"):
        return {"fraction": "percent", "multiple": "times"}.get(unit, "number")
    head, *under = unit.split("/")
    return _counted(head.split("*"), 2) + _under(under)


def _from_to(low: Fraction | None, high: Fraction | None, unit: str) -> str:
    ends = [end for end in (low, high) if end is not None]
    if not ends:
        return f"an unknown number of {say_unit(unit)}"
    factor, unit = _multiplied_out(unit)
    lead, tail = _sign_and_tail(unit)
    values = [end * factor * (100 if tail == "%" else 1) for end in dict.fromkeys(ends)]
    told = [_scaled(abs(value), lead in _SIGNS.values()) for value in values]
    rounded = any(was_rounded for *_, was_rounded in told)
    scale = f" {told[-1][1]}" if told[-1][1] else ""
    if len(values) == 1:
        first = _negated(lead + told[0][0], values[0])
    elif min(values) < 0:
        left, right = (_negated(lead + text, value) for (text, *_), value in zip(told, values, strict=True))
        first = f"{_with(left, told[0][1])}{tail * (tail == '%')} to {right}"
    else:
        left = told[0][0] if told[0][1] == told[1][1] else _with(told[0][0], told[0][1])
        first = f"{lead}{left}{DASH}{told[1][0]}"
    return ("≈ " if rounded else "") + first + scale + _tail(tail, unit, values[-1])


def _with(text: str, scale: str) -> str:
    return f"{text} {scale}" if scale else text


def _sign_and_tail(unit: str) -> tuple[str, str]:
    if unit == "fraction":
        return "", "%"
    if unit == "multiple":
        return "", "×"
    code = next((part for part in unit.partition("/")[0].split("*") if is_currency(part)), "")
    return _SIGNS.get(code, f"{code} " if code else ""), ""


def _tail(tail: str, unit: str, value: Fraction) -> str:
    if tail:
        return "%" if tail == "%" else " times"
    head, *under = unit.split("/")
    nouns = [part for part in head.split("*") if part not in ("", "1") and not is_currency(part)]
    return (f" {_counted(nouns, value)}" if nouns else "") + _under(under)


def _counted(nouns: list[str], value: Fraction | int) -> str:
    """What is counted: ``tokens``, ``gpu-hours``; codes of currencies have no plural."""
    *others, last = nouns
    return "-".join([*others, last if value == 1 or is_currency(last) else _plural(last)])


def _multiplied_out(unit: str) -> tuple[int, str]:
    """What a prefix multiplies by, and the unit without it: 1,000 and ``USD/month`` for ``kUSD/month``."""
    head, slash, under = unit.partition("/")
    parts, factor = head.split("*"), 1
    for place, part in enumerate(parts):
        rest = part[1:]
        if part[:1] in _POWERS and (
            is_currency(rest) or rest.partition("-")[0] in NOUNS or (rest.islower() and part[0].isupper())
        ):
            parts[place], factor = rest, factor * _POWERS[part[0]]
    return factor, "*".join(parts) + slash + under


_POWER = re.compile("([kMGT]?)watt(-hour)?")
"""Units of power and of its work, which readers know by their symbols."""


def _under(parts: list[str]) -> str:
    words = []
    for part in parts:
        if part in PERIODS:
            words.append(" an hour" if part == "hour" else f" a {part}")
        elif part[:1] in _PREFIXES and part[1:].islower() and len(part) > 2 and part[0].isupper():
            words.append(f" per {_PREFIXES[part[0]]} {_plural(part[1:])}")
        else:
            words.append(f" per {CURRENCY_NAMES.get(part) or (_plural(part) if _POWER.fullmatch(part) else part)}")
    return "".join(words)


def _plural(noun: str) -> str:
    power = _POWER.fullmatch(noun)
    if power:
        return f"{power[1]}W{'h' if power[2] else ''}"
    if noun in _PLURALS:
        return _PLURALS[noun]
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


def _scaled(value: Fraction, money: bool) -> tuple[str, str, bool]:
    """Digits for ``value`` of at least 0, its scale in words, and whether it was rounded."""
    scale, word = next(((s, text) for s, text in _SCALES if value >= s), (1, ""))
    text, rounded = _plain(value / scale)
    cents = money and not word and len(text.partition(".")[2]) == 1
    return text + "0" * cents, word, rounded


def _plain(value: Fraction) -> tuple[str, bool]:
    """Digits with commas for ``value`` of at least 0, and whether they were rounded to four places that count."""
    if value.denominator == 1 and value < 10**12:
        return f"{value.numerator:,}", False
    whole = len(str(int(value))) if value >= 1 else 0
    places = max(_DIGITS - whole, 0) if whole else _leading_zeros(value) + _DIGITS
    shown = round(value, places)
    text = f"{Decimal(shown.numerator) / Decimal(shown.denominator):,.{places}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text), shown != value


def _leading_zeros(value: Fraction) -> int:
    zeros = 0
    while 0 < value * 10 < 1:
        value *= 10
        zeros += 1
    return zeros


def _negated(text: str, value: Fraction) -> str:
    return MINUS + text if value < 0 else text
