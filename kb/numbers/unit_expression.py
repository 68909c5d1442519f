"""The unit behind a number: a word, a currency, a symbol with its power, or a product of such.

Percent, euros, km, m³, cm^3, square feet, Hong Kong dollars, GPU hours, N·m, m s⁻², 公里. What a unit is per is a rate,
and is read with the figure, unless a negative power says it.
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from kb.domain.quantity import PERIODS
from kb.domain.unit import STANDARD
from kb.domain.unit.measures import canonical_measure
from kb.domain.unit.names import CURRENCIES, singular
from kb.numbers.lexicon import LEXICON
from kb.numbers.money import money_at, money_behind
from kb.numbers.number import ONE
from kb.numbers.token import Token

_CHARACTERS, _UNITS, _NOUNS = LEXICON.character_numerals, LEXICON.units, LEXICON.nouns


class NamedUnit(NamedTuple):
    """A unit among tokens.

    Attributes:
        unit: Its canonical name, or several with ``*`` and ``**``.
        factor: What one of the word's things is worth in it: 0.01 of ``USD`` for a cent.
        end: Index of the token behind it.
    """

    unit: str
    factor: Decimal
    end: int


def unit_at(tokens: Sequence[Token], at: int, *, below: bool = False) -> NamedUnit | None:
    """The unit at ``at``, perhaps behind a hyphen (18-month); None if there is none.

    Args:
        tokens: All tokens of the text.
        at: Index of its first.
        below: Whether it stands below a stroke, where a single letter can be nothing but a symbol.
    """
    if at >= len(tokens):
        return None
    joined = tokens[at].text == "-" and at + 1 < len(tokens) and tokens[at].start == tokens[at - 1].end
    if joined and tokens[at + 1].kind == "word" and tokens[at + 1].start == tokens[at].end:
        at += 1
    if measured := _measured(tokens, at, below=below):
        return NamedUnit(measured[0], ONE, measured[1])
    named = _named(tokens, at)
    return NamedUnit(*named) if named else None


# Measurements


def is_measurement(unit: str) -> bool:
    """Whether ``unit`` measures a length, a weight, a time and the like, rather than money or things that are counted.

    >>> [is_measurement(unit) for unit in ("km", "metre**3", "newton*metre", "hour", "USD", "token")]
    [True, True, True, True, False, False]
    """
    names = _NAME.findall(unit)
    return bool(names) and all(name in PERIODS or STANDARD.is_measure(name) for name in names)


_NAME = re.compile(r"[^\W\d][\w-]*")
_TOUCHING_SCALES = frozenset("mtg")
"""Symbols that are a million, a trillion and a thousand million as well where they touch digits: ``5m``."""
_GLUED_POWER = re.compile(r"(?P<symbol>[A-Za-zμµ]{1,4})(?P<power>[23])")
_RAISED = {"¹": 1, "²": 2, "³": 3, "⁴": 4}
_POWERS = {"1": 1, "2": 2, "3": 3, "4": 4}
_MINUSES = frozenset("-−⁻")
_TIMES = frozenset("·⋅*∙•")


def _measured(tokens: Sequence[Token], at: int, *, below: bool) -> tuple[str, int] | None:
    """A unit of measurement with its power, or a product of such, and the index behind it; None for all others."""
    first = _power_of(tokens, at, below=below)
    if first is None:
        return _in_brackets(tokens, at) if below else None
    parts, end = [first[0]], first[1]
    while more := _more_of_product(tokens, end):
        parts.append(more[0])
        end = more[1]
    return _product(parts, "".join(token.text for token in tokens[at:end] if token.text not in _TIMES)), end


def _more_of_product(tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """The next unit of a product, behind a sign of times, or behind a blank if it has a negative power: m s^-2."""
    if at + 1 >= len(tokens):
        return None
    if tokens[at].text in _TIMES and tokens[at + 1].kind == "word":
        return _power_of(tokens, at + 1, below=True)
    return _power_of(tokens, at, below=True) if _is_inverse(tokens, at) else None


def _is_inverse(tokens: Sequence[Token], at: int) -> bool:
    """Whether the word at ``at`` stands right behind another one and has a negative power."""
    near = 0 < at < len(tokens) and tokens[at].kind == "word" and 0 < tokens[at].start - tokens[at - 1].end <= 1
    return near and _power_behind(tokens, at + 1)[0] < 0


def _product(parts: Sequence[str], written: str) -> str:
    """The unit that ``parts`` make; one that has a name of its own is called by it: kW·h is kWh, but m·s no ms."""
    if len(parts) == 1:
        return parts[0]
    unit, named = STANDARD.parse("*".join(parts)), STANDARD.known(written)
    same = (
        named is not None and STANDARD.parse(named).same_dimension(unit) and STANDARD.parse(named).factor == unit.factor
    )
    return named if named and same else str(unit)


def _in_brackets(tokens: Sequence[Token], at: int) -> tuple[str, int] | None:
    """What is below a stroke in brackets: ``W/(m·K)``."""
    inner = _measured(tokens, at + 1, below=True) if tokens[at].text == "(" and at + 1 < len(tokens) else None
    closes = inner is not None and inner[1] < len(tokens) and tokens[inner[1]].text == ")"
    return (inner[0], inner[1] + 1) if inner and closes else None


def _power_of(tokens: Sequence[Token], at: int, *, below: bool) -> tuple[str, int] | None:
    """One unit with its power: km2, m³, cm^3, cm**3, square feet, 平方公里; km alone; else None."""
    power = _NOUNS.powers.get(tokens[at].low, 0)
    if power:
        # "100 sq. ft." has a full stop behind each.
        place = at + 1 + (at + 1 < len(tokens) and tokens[at + 1].text == "." and len(tokens[at].text) < 4)
        name = _symbol(tokens, place, below=True) if place < len(tokens) else None
        return (f"{name}**{power}", place + 1) if name else None
    if phrase := _phrase(tokens, at):
        return phrase, at + 2
    glued = _GLUED_POWER.fullmatch(tokens[at].text)
    if glued and (name := _symbol_of(glued["symbol"], below=below)):
        return f"{name}**{glued['power']}", at + 1
    raised, end = _power_behind(tokens, at + 1)
    name = _symbol(tokens, at, below=below or raised != 1 or _goes_on(tokens, at))
    if name is None and tokens[at].kind == "word" and raised != 1:
        name = _UNITS.short_times.get(tokens[at].text) or STANDARD.known(tokens[at].text)
    if name is None and tokens[at].kind == "word" and below and tokens[at - 1].text in _TIMES:
        name = _UNITS.short_times.get(tokens[at].text)
    if name is None:
        return None
    return (f"{name}**{raised}", end) if raised != 1 else (name, at + 1)


def _symbol_of(text: str, *, below: bool) -> str | None:
    """The unit of measurement that ``text`` is the symbol of; below a stroke also a time: s2."""
    name = STANDARD.known(text)
    if name and STANDARD.is_measure(name):
        return name
    return _UNITS.short_times.get(text) if below else None


def _phrase(tokens: Sequence[Token], at: int) -> str | None:
    """A unit of two words: nautical miles, metric tons, watt hours."""
    if at + 1 >= len(tokens) or tokens[at].kind != "word" or tokens[at + 1].kind != "word":
        return None
    name = canonical_measure(f"{tokens[at].low}-{tokens[at + 1].low}")
    return name if name and STANDARD.is_measure(name) else None


_OF_GAS = re.compile(r"(?<=.)CO2(?:e|eq)?$")
"""The gas that a symbol of weight names with it: MtCO2."""


def is_symbol_with_digit(text: str) -> bool:
    """Whether the digit at the end of ``text`` belongs to a unit: km2, MtCO2; not to a name, such as H100.

    >>> [is_symbol_with_digit(text) for text in ("km2", "MtCO2e", "H100", "co2")]
    [True, True, False, False]
    """
    bare = _OF_GAS.sub("", text)
    glued = _GLUED_POWER.fullmatch(text) if bare == text else None
    bare = glued["symbol"] if glued else bare
    name = STANDARD.known(bare) if bare != text else None
    return name is not None and STANDARD.is_measure(name)


def _symbol(tokens: Sequence[Token], at: int, *, below: bool) -> str | None:
    token = tokens[at]
    if token.kind not in ("word", "han") or (token.low in _UNITS.no_units and not _is_factor(tokens, at)):
        return None
    if token.kind == "word" and (token.low in _UNITS.measures or (token.text in _UNITS.scale_letters and not below)):
        return None
    text = _OF_GAS.sub("", token.text if token.low == token.text.lower() else token.low)
    name = STANDARD.known(text)
    if name is None or not STANDARD.is_measure(name):
        return None
    if len(token.text) > 1 or not token.text.isascii() or below:
        return name
    touching = at > 0 and tokens[at - 1].end == token.start
    return name if token.text in _NOUNS.letter_units and not (touching and token.text in _TOUCHING_SCALES) else None


def _is_factor(tokens: Sequence[Token], at: int) -> bool:
    """Whether the capital at ``at`` stands in a product, so that it is a symbol, whatever word it is elsewhere: V·A."""
    behind = at > 0 and tokens[at - 1].text in _TIMES
    return tokens[at].text.isupper() and (behind or _goes_on(tokens, at))


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether a stroke or a dot with a unit behind it shows that a letter is a symbol: ``5m/s``, ``3 N·m``."""
    if _is_inverse(tokens, at + 1):
        return True
    if at + 2 >= len(tokens) or tokens[at + 1].text not in ("/", "·", "⋅") or tokens[at + 1].start != tokens[at].end:
        return False
    behind = tokens[at + 2]
    known = STANDARD.known(behind.text) if behind.kind == "word" else None
    is_unit = bool(known) or behind.text in _UNITS.short_times or bool(_GLUED_POWER.fullmatch(behind.text))
    return behind.start == tokens[at + 1].end and is_unit


def _power_behind(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    """The power that touches a symbol, and the index behind it; 1 and ``at`` without one."""
    place = at + (at < len(tokens) and tokens[at].text in ("^", "**"))
    powers = _RAISED if place == at else _POWERS
    inverse = place < len(tokens) and tokens[place].text in _MINUSES and (place > at or tokens[place].text == "⁻")
    last = place + inverse
    touching = last < len(tokens) and all(
        left.end == right.start for left, right in pairwise(tokens[at - 1 : last + 1])
    )
    power = powers.get(tokens[last].text, 0) if touching else 0
    # Only a minus makes a power of one: in "12 m¹" the digit is the mark of a note.
    if not power or (power == 1 and not inverse):
        return 1, at
    return (-power if inverse else power), last + 1


# Everything else that has a name


def _named(tokens: Sequence[Token], at: int) -> tuple[str, Decimal, int] | None:
    token = tokens[at]
    if token.unit:
        return token.unit, ONE, at + 1
    if money := money_behind(tokens, at):
        return money
    # A dollar sign stands behind a number only in formulas.
    if token.text in _UNITS.money_signs and token.text != "$":
        return None if _opens(tokens, at) else (_UNITS.money_signs[token.text], ONE, at + 1)
    if degrees := _degrees(tokens, at):
        return degrees, ONE, at + 2
    if token.text in _UNITS.touching_measures and at and tokens[at - 1].end == token.start:
        return *_UNITS.touching_measures[token.text], at + 1
    measure = None if _is_by(tokens, at) else _UNITS.measures.get(token.low)
    if measure:
        return *measure, _behind_repetition(tokens, at + 1, measure[0])
    if token.kind == "word":
        return _word_unit(tokens, at)
    return _character_unit(tokens, at) if token.kind == "han" else None


def _degrees(tokens: Sequence[Token], at: int) -> str | None:
    """A scale of temperature behind its degree: °C, degrees Celsius."""
    if tokens[at].low not in _NOUNS.degrees or at + 1 >= len(tokens):
        return None
    behind = tokens[at + 1].low
    return _NOUNS.temperatures.get(behind if tokens[at].low == "°" else behind.removeprefix("°"))


def _is_by(tokens: Sequence[Token], at: int) -> bool:
    """Whether the sign stands between two dimensions rather than behind a multiple: 12 x 8 feet."""
    apart = at > 0 and at + 1 < len(tokens) and tokens[at].start > tokens[at - 1].end
    return apart and tokens[at].low in _CROSSES and tokens[at + 1].kind == "number"


_CROSSES = frozenset("x×")


def _opens(tokens: Sequence[Token], at: int) -> bool:
    """Whether the sign of money at ``at`` does not belong to the number before it: ``5 $10``, ``5, €``."""
    touches = at + 1 < len(tokens) and tokens[at + 1].start == tokens[at].end and tokens[at + 1].kind == "number"
    return touches or at == 0 or tokens[at].start - tokens[at - 1].end > 1


def _behind_repetition(tokens: Sequence[Token], at: int, code: str) -> int:
    """The index behind a unit that is stated twice: 8 亿元人民币, pounds sterling."""
    if at >= len(tokens):
        return at
    if (code, tokens[at].low) in _UNITS.repeated:
        return at + 1
    return at + 1 if _UNITS.measures.get(tokens[at].low, ("", ONE)) == (code, ONE) and code in CURRENCIES else at


def _word_unit(tokens: Sequence[Token], at: int) -> tuple[str, Decimal, int] | None:
    token = tokens[at]
    behind = tokens[at + 1].low if at + 1 < len(tokens) else ""
    if phrase := _UNITS.measure_phrases.get((token.low, behind)):
        return *phrase, at + 2
    if money := money_at(tokens, at):
        return money[0], ONE, money[1]
    if token.text in _UNITS.cent_prefixes and behind in _UNITS.small_change["USD"]:
        return *_UNITS.measures[behind], at + 2
    # "The 20 TOP films" are films.
    if token.text in _UNITS.word_codes and behind.isalpha() and behind not in LEXICON.stops.no_heads:
        return None
    if token.text in CURRENCIES:
        return token.text, ONE, at + 1
    if token.low in _UNITS.no_units:
        return None
    # A homograph is read as what it means in the language of the text: "am Tag" is a day.
    text = token.text if token.low == token.text.lower() else token.low
    known = _UNITS.short_times.get(text) or STANDARD.known(text)
    if not known or known in ("fraction", "multiple") or STANDARD.is_measure(known):
        return None
    spaced = STANDARD.compound(f"{token.text}-{tokens[at + 1].text}") if _stands_before_a_time(tokens, at) else None
    return (spaced, ONE, at + 2) if spaced else (known, ONE, at + 1)


def _stands_before_a_time(tokens: Sequence[Token], at: int) -> bool:
    """Whether a noun in the singular stands right before a time: GPU hours, person months."""
    if at + 1 >= len(tokens) or tokens[at + 1].kind != "word" or singular(tokens[at].text) != tokens[at].low:
        return False
    # A "4-day week" is no product of two times.
    return singular(tokens[at + 1].low) in PERIODS and tokens[at].low not in PERIODS


def _character_unit(tokens: Sequence[Token], at: int) -> tuple[str, Decimal, int] | None:
    text = tokens[at].text
    if text in _CHARACTERS.counters and at + 1 < len(tokens):
        behind = tokens[at + 1]
        named_unit = unit_at(tokens, at + 1) if behind.text not in LEXICON.bounds.trails else None
        if named_unit:
            return named_unit
    noun = _UNITS.nouns.get(text)
    return (noun, ONE, at + 1) if noun else None
