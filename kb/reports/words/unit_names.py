"""Names of units in words: nouns in the plural, symbols as they are, powers and periods in words."""

import re
from fractions import Fraction

from kb.domain.quantity import PERIODS
from kb.domain.unit import is_currency
from kb.domain.unit.measures import canonical_measure, is_symbol
from kb.domain.unit.names import CURRENCY_NAMES, NOUNS, POINTS, plain_unit, singular

CURRENCY_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "CNY": "CN¥", "JPY": "¥"}
"""The currencies that are shown by a sign before the amount; all others are shown by their code."""

_SYMBOLS = """
m km cm mm μm nm mi ft yd g kg mg t kt Mt lb oz l L ml mL hl ha bbl s ms μs h d W kW MW GW TW Wh kWh MWh GWh TWh
J kJ MJ GJ cal kcal V A Ah mAh K °C °F Hz kHz MHz GHz
B kB MB GB TB PB EB mph kph px pt fps rpm ppm ppb dB bps kbps Mbps Gbps
"""
_SPELLED = {symbol.lower(): symbol for symbol in reversed(_SYMBOLS.split())} | {s: s for s in _SYMBOLS.split()}
_LENGTHS = frozenset(
    ("metre", "meter", "kilometre", "kilometer", "centimetre", "centimeter", "mile", "foot", "yard", "inch")
)
_IRREGULAR = """
person people, man men, woman women, child children, foot feet, datum data, mouse mice, analysis analyses, basis bases,
thesis theses, life lives, half halves, knife knives, leaf leaves, shelf shelves, loaf loaves, hero heroes
"""
_PLURALS = dict(pair.split() for pair in _IRREGULAR.split(","))
_SAME_IN_PLURAL = frozenset(
    ("staff", "data", "series", "species", "aircraft", "sheep", "fish", "deer", "personnel", "news", "gas", "hertz")
)
_POWERS = {"k": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}
_PREFIXES = {"k": "thousand", "M": "million", "G": "billion", "T": "trillion"}
_FACTOR = re.compile(r"(?P<name>[^*]+)(?:\*\*(?P<power>\d+))?")
_RAISED = {2: ("square", "squared", "²"), 3: ("cubic", "cubed", "³")}
_WATT = re.compile("([kMGT]?)watt(-hour)?")
"""Units of power and energy, which readers know by their symbols."""


def unit_words(unit: str) -> str:
    """``unit`` in words: ``USD a month``, ``USD per million tokens``, ``times``, ``per cent``.

    >>> unit_words("USD/Mtoken"), unit_words("token/month"), unit_words("percent")
    ('USD per million tokens', 'tokens a month', 'per cent')
    >>> unit_words("km"), unit_words("USD**2")
    ('km', 'USD²')
    """
    head, *under = plain_unit(unit).split("/")
    if head in ("fraction", "multiple"):
        return {"fraction": "per cent", "multiple": "times"}[head] + denominator_words(under)
    return (numerator_words(unit_factors(head), 2) or "number") + denominator_words(under)


def scale_words(unit: str) -> str:
    """``unit`` as that of an axis or a measure, after "in": ``US dollars a month``, ``multiples``, ``per cent``.

    >>> scale_words("USD/Mtoken"), scale_words("multiple"), scale_words("CNY"), scale_words("1")
    ('US dollars per million tokens', 'multiples', 'yuan', 'plain numbers')
    """
    head, *under = plain_unit(unit).split("/")
    name = {"multiple": "multiples", "1": "plain numbers", **_CURRENCIES}.get(head)
    return name + denominator_words(under) if name else unit_words(unit)


_CURRENCIES = {
    "USD": "US dollars", "EUR": "euros", "GBP": "pounds sterling", "CNY": "yuan", "JPY": "yen", "INR": "Indian rupees",
    "KRW": "South Korean won", "RUB": "roubles", "CHF": "Swiss francs", "BTC": "bitcoins",
}  # fmt: skip


def definition_words(amount: str) -> str:
    """The definition of a unit in words.

    >>> definition_words("60 second"), definition_words("1/12 year"), definition_words("watt*hour")
    ('60 seconds', '1/12 year', 'watt × hour')
    """
    number, _, unit = amount.rpartition(" ")
    if not number:
        return unit.replace("*", " × ")
    return f"{number} {numerator_words(unit_factors(unit), 1 if Fraction(number) <= 1 else 2)}"


def unit_factors(head: str) -> list[tuple[str, int]]:
    """The names multiplied in ``head``, the part before a slash, with their powers; empty for a pure number.

    >>> unit_factors("gpu*hour"), unit_factors("USD**2"), unit_factors("1")
    ([('gpu', 1), ('hour', 1)], [('USD', 2)], [])
    """
    powers = [(part["name"], int(part["power"] or 1)) for part in _FACTOR.finditer(head)]
    return [(name, power) for name, power in powers if name != "1"]


def numerator_words(nouns: list[tuple[str, int]], value: Fraction | int) -> str:
    """The noun of an amount: ``tokens``, ``gpu-hours``, ``square miles``; in the singular where ``value`` is 1."""
    if not nouns:
        return ""
    *leading, (last, power) = nouns
    return "-".join(
        [*(_raised(name, own, plural=False) for name, own in leading), _raised(last, power, plural=value != 1)]
    )


def _raised(name: str, power: int, *, plural: bool) -> str:
    """A name raised to a power: ``km²``, ``square miles``, ``squared hours``."""
    symbol = name if is_currency(name) else _symbol(name)
    if name == POINTS:
        return "percentage points" if plural else "percentage point"
    if power == 1:
        return symbol or (plural_of(name) if plural else _singular(name))
    words = _RAISED.get(power)
    if symbol:
        return symbol + (words[2] if words else f"^{power}")
    noun = plural_of(name) if plural else _singular(name)
    if words is None:
        return f"{noun} to the power of {power}"
    return f"{words[0] if _singular(name) in _LENGTHS else words[1]} {noun}"


def less_or_fewer(unit: str) -> str:
    """The comparative of an amount in ``unit``: "less" of what is measured or paid, "fewer" of what is counted.

    >>> less_or_fewer("person"), less_or_fewer("Mtoken"), less_or_fewer("USD"), less_or_fewer("hour")
    ('fewer', 'fewer', 'less', 'less')
    >>> less_or_fewer("person/day"), less_or_fewer("fraction"), less_or_fewer("km"), less_or_fewer("gpu*hour")
    ('fewer', 'less', 'less', 'less')
    """
    head = plain_unit(unit).partition("/")[0]
    name = head[1:] if _is_prefixed(head) else head
    measured = "*" in name or name in ("1", "fraction", "multiple", "percent", POINTS) or is_currency(name)
    return "less" if measured or name in PERIODS or canonical_measure(name) or _symbol(name) else "fewer"


def without_prefix(unit: str) -> tuple[int, str]:
    """The factor of a prefix and the unit without it: 1,000 and ``USD/month`` for ``kUSD/month``."""
    head, slash, under = unit.partition("/")
    parts, factor = [], 1
    for name, power in unit_factors(head):
        own = _POWERS[name[0]] if _is_prefixed(name) else 1
        parts.append((name[1:] if own > 1 else name) + (f"**{power}" if power > 1 else ""))
        factor *= own**power
    return factor, "*".join(parts) + slash + under


def _is_prefixed(name: str) -> bool:
    rest = name[1:]
    if name[:1] not in _POWERS or _symbol(name):
        return False
    return is_currency(rest) or rest.partition("-")[0] in NOUNS or (rest.islower() and name[0].isupper())


def denominator_words(parts: list[str]) -> str:
    """The words for the parts after a slash: `` a month``, `` per million tokens``, `` per km²``."""
    return "".join(_per_words(name, power) for part in parts for name, power in unit_factors(part))


def _per_words(name: str, power: int) -> str:
    if name in PERIODS and power == 1:
        return " an hour" if name == "hour" else f" a {name}"
    prefixed = name[:1] in _PREFIXES and name[1:].islower() and len(name) > 2 and name[0].isupper()
    if prefixed and power == 1 and not _symbol(name):
        return f" per {_PREFIXES[name[0]]} {plural_of(name[1:])}"
    coin = CURRENCY_NAMES.get(name) if power == 1 else None
    return f" per {coin or _raised(name, power, plural=False)}"


def plural_of(noun: str) -> str:
    """``noun``, singular or plural, in the plural; a symbol takes no ending.

    >>> [plural_of(noun) for noun in ("query", "people", "km", "kms", "box", "foot", "gb", "桶", "gpus")]
    ['queries', 'people', 'km', 'km', 'boxes', 'feet', 'GB', '桶', 'GPUs']
    """
    # A unit may come in the plural already, and must not get a second ending: "people", "kms".
    if symbol := _symbol(noun):
        return symbol
    noun = _singular(noun)
    if noun in _SAME_IN_PLURAL or noun[-1:] > "\u2e80":
        return noun
    if noun in _PLURALS:
        return _PLURALS[noun]
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "z", "ch", "sh")) else "s")


def _singular(noun: str) -> str:
    """``noun`` in the singular; one with a capital letter is a name and stays as it is."""
    return _spelled(singular(noun)) if noun.islower() and noun not in _SAME_IN_PLURAL else noun


def _spelled(noun: str) -> str:
    """``noun`` as readers see it: an abbreviation that is pronounced by its letters in capitals, words in British."""
    return noun.upper() if noun in _ABBREVIATIONS else _BRITISH.get(noun, _NOUNS_OF_SYMBOLS.get(noun, noun))


_ABBREVIATIONS = frozenset(("gpu", "cpu", "tpu", "npu", "api", "llm", "asic", "vm", "ceo"))
_BRITISH = {"organization": "organisation"}
_NOUNS_OF_SYMBOLS = {"t": "tonne"}
"""Symbols whose noun stands in a sentence: "12 tonnes", as the same amount reads where it was written out."""


def _symbol(name: str) -> str:
    """The usual spelling of a symbol, ``GB`` for ``gb`` and ``MWh`` for ``Mwatt-hour``; empty for a noun."""
    power = _WATT.fullmatch(name)
    if power:
        return f"{power[1]}W{'h' if power[2] else ''}"
    if name in _NOUNS_OF_SYMBOLS:
        return ""
    if is_symbol(name):
        return name
    return _SPELLED.get(name) or (_SPELLED.get(singular(name), "") if name.endswith("s") and name.islower() else "")
