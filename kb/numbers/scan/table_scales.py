"""What heads, captions, notes and names of rows say of the cells of a table: a scale, a unit, and for which rows."""

import re
from collections.abc import Iterable
from decimal import Decimal
from math import prod
from typing import NamedTuple

from kb.domain.unit.names import CURRENCIES, singular
from kb.numbers.character_numerals import place_value, places_at
from kb.numbers.grid import PER_MANY
from kb.numbers.lexicon import LEXICON
from kb.numbers.notation import read_quantity
from kb.numbers.notation_notes import NotationError
from kb.numbers.number import ONE
from kb.numbers.scan.mention import is_measure
from kb.numbers.scan.table_cells import RATE_WORDS, currency, rate_words
from kb.numbers.token import tokens
from kb.numbers.word_numerals import scale_word

_PROSE, _UNITS = LEXICON.prose, LEXICON.units
_WORD = re.compile(r"[^\W\d_]{3,}")
_LAST_WORD = re.compile(r"([^\W\d_]+)\s*$")


_LETTERS = re.compile(r"[^\W\d_]+")
_ZEROS = re.compile(r"['’]?000s?")
_COUNTING_LETTERS = ("k", "K", "m", "M", "MM", "B")
_DOZEN = 12
MULTIPLIED = re.compile(
    r"(?:[×x]\s?)?(?:(?P<power>10(?:\^\d{1,2}|[⁰¹²³⁴-⁹]{1,2}))|(?P<zeros>['’]?000))\s(?P<rest>[^\W\d_][^\s()（）|]{0,11})"
)
"""A unit with what it is multiplied by: ``10^3 km``, ``×10²⁴ kg``, ``000 km²``."""
_PRICE = re.compile(r"((?:[A-Z]{1,2})?[$€£¥₹])(\s?/\s?\S.*|\sper\s.*)")
_RATIOS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _PROSE.table_ratios)
_IN_BRACKETS = re.compile(r"\s*[(（\[][^()（）\[\]]*[)）\]]")
_VALUE = re.compile(r"\d[\d,.' ]*")
_WHOLE = re.compile(r"\d{3,}|\d[,.' ]\d{3}(?!\d)")
_POINTS_BEHIND = re.compile(rf"\d\)?\s?(?:{'|'.join(sorted(_PROSE.share_points))})(?!\w)")


class Scale(NamedTuple):
    """What a place in a table says of cells.

    Attributes:
        factor: What it multiplies them by.
        unit: What they are in; empty if it names nothing.
        exceptions: Words that name the rows it leaves out.
        names: Words before it: ``shares in thousands`` is said of rows and columns of shares, where another scale is
            said of all others.
    """

    factor: Decimal
    unit: str
    exceptions: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    @property
    def is_of_cells(self) -> bool:
        """Whether the head above the names of rows speaks of the cells: it is no thing and no time."""
        known = self.unit in CURRENCIES or self.unit in ("fraction", "multiple") or is_measure(self.unit)
        return self.factor != ONE or known

    def for_row(self, name: str) -> "Scale | None":
        """The scale as it holds for a row of the whole table: of a rate the currency, per what it names."""
        excepted = bool(self.exceptions) and not self.exceptions.isdisjoint(stems(name))
        if rate := RATE_WORDS.search(name):
            return Scale(ONE, rate_unit(self.unit, rate_words(name, rate))) if self.unit in CURRENCIES else None
        return None if excepted else self

    @property
    def is_share(self) -> bool:
        """Whether it says that cells are shares or multiples, as those of a ratio may be."""
        return self.unit in ("fraction", "multiple")


def states_ratio(name: str, cells: Iterable[str]) -> bool:
    """Whether ``cells`` under ``name`` are shares, ratios or durations, which no scale multiplies: ``Tax rate``."""
    bare = " ".join(_IN_BRACKETS.sub("", name).split()).strip(" *†‡:")
    found = next(filter(None, (pattern.search(bare) for pattern in _RATIOS)), None)
    if found and found.groupdict().get("amount"):
        # "Gross margin" is a share of sales or an amount of money, and no share is that large.
        return not any(_WHOLE.match(value[0]) for value in map(_VALUE.search, cells) if value)
    return bool(found)


def changes_in_points(cells: Iterable[str]) -> bool:
    """Whether a row holds a change in percentage points, so that its other cells are shares."""
    return any(map(_POINTS_BEHIND.search, cells))


def joined(*scales: Scale | None) -> Scale | None:
    """The first of ``scales``, with the currency of the next where it names no unit itself."""
    stated = [scale for scale in scales if scale]
    if not stated:
        return None
    first, *others = stated
    if first.unit or first.factor == ONE:
        return first
    # "Users (million)" in a table of US$ thousand counts no money; "Sales (million)" in one of US$ does.
    return first._replace(unit=next((scale.unit for scale in others if scale.unit and scale.factor == ONE), ""))


def completed(near: Scale | None, far: Scale | None) -> Scale | None:
    """What the first head says of all cells, with what it leaves open from the caption ``far`` above the table."""
    if not near or not far or not (near.factor != ONE or near.unit in CURRENCIES):
        return far or near
    if near.unit and far.unit not in ("", near.unit):
        return near
    return far._replace(factor=near.factor if near.factor != ONE else far.factor, unit=near.unit or far.unit)


def stems(words: str) -> frozenset[str]:
    """The words that tell rows apart, without the s of a plural."""
    # "Per share data" are rates, and says nothing of the number of shares.
    named = _WORD.findall(RATE_WORDS.sub("", words))
    return frozenset(word.casefold().removesuffix("s") for word in named) - _PROSE.table_fillers


def factor_of(scale: str) -> Decimal:
    """What ``millions``, ``mn``, ``000`` and 万 multiply by."""
    if " of " in scale:
        return prod(map(factor_of, scale.split(" of ")), start=ONE)
    words = tokens(scale)
    if scale in _UNITS.sign_scales:
        return Decimal(_UNITS.sign_scales[scale])
    letter = _UNITS.scale_letters.get(words[0].text) or _UNITS.money_letters.get(words[0].text)
    if factor := scale_word(words[0]) or letter or (1000 if scale.endswith(("000", "000s")) else 0):
        return Decimal(factor)
    return places_at(words, 0)[0]


def unit_amount(text: str) -> str:
    """The amount in which one of a cell in ``text`` is read: ``1 km``, ``$1/t``, ``1000 km²``; empty for none."""
    if power := MULTIPLIED.fullmatch(text):
        return f"1000 {power['rest']}" if power["zeros"] else f"{power['power']} {power['rest']}"
    if not text or any(map(str.isdecimal, PER_MANY.sub("", text))):
        return ""
    price = _PRICE.fullmatch(text)
    return f"{price[1]}1{price[2]}" if price else f"1 {text}"


def scale_alone(text: str, name: str) -> Decimal | None:
    """What ``text`` at the end of a ``name`` multiplies by: ``Pop (m)``, 人口(万); None where it is no scale."""
    bare = text.strip().removeprefix("in ")
    if _ZEROS.fullmatch(bare):
        return Decimal(1000)
    words = tokens(bare)
    if len(words) == 1 and (factor := scale_word(words[0])) > _DOZEN:
        return Decimal(factor)
    if words and all(place_value(word.text) for word in words):
        return places_at(words, 0)[0]
    letter = _UNITS.scale_letters.get(bare) or _UNITS.money_letters.get(bare)
    # (m) may be metres, (K) kelvin, (b) a mark of a note, (mm) millimetres; (mn) is nothing else.
    is_scale = letter and bare != "mm" and (len(bare) > 2 or bare.casefold().endswith("n") or _counts(bare, name))
    return Decimal(letter) if letter and is_scale else None


def _counts(letter: str, name: str) -> bool:
    """Whether the single ``letter`` behind ``name`` is a scale, as what it names is counted rather than measured."""
    words = [word.casefold() for word in _LETTERS.findall(_IN_BRACKETS.sub("", name).rsplit(",", 1)[0])]
    if letter not in _COUNTING_LETTERS or not words or any(singular(word) in _PROSE.table_lengths for word in words):
        return False
    return singular(words[-1]) != words[-1] or not _PROSE.table_counted.isdisjoint(words)


def per_thing(scale: Scale | None, name: str) -> Scale | None:
    """What the name of a row says of its cells, with the thing that it is per: ``Earnings per share ($)``."""
    rate = RATE_WORDS.search(name) if scale and scale.unit in CURRENCIES else None
    return scale._replace(unit=rate_unit(scale.unit, rate_words(name, rate))) if scale and rate else scale


def currency_named(words: str) -> str:
    """The currency whose name ends ``words``: ``(Dollars in millions)``, ``(Rs in lakhs)``."""
    named = _LAST_WORD.search(words)
    unit = currency(named[1]) if named else ""
    return unit if unit in CURRENCIES else ""


def money_of(text: str) -> Scale | None:
    """The money that a sign, a short name or a letter alone in brackets says: ``Loss ($)``, ``EPS (Rs)``."""
    named = _UNITS.money_signs.get(text) or _UNITS.money_names.get(text.rstrip("."), "")
    unit, worth = _UNITS.touching_measures.get(text, (named, ONE))
    return Scale(worth, unit) if unit else None


def rate_unit(code: str, rate: str) -> str:
    """The currency per what ``rate`` names: USD and ``per share`` are USD/share; the currency alone for a bare EPS."""
    # No blank shows where the thing ends: 每股收益.
    texts = [rate] if rate.isascii() else [rate[:end] for end in range(len(rate), 1, -1)]
    units = (unit for text in texts if (unit := _unit_of(f"1 {code} {text}")).startswith(f"{code}/"))
    return next(units, code)


def _unit_of(text: str) -> str:
    try:
        return read_quantity(text).unit
    except (NotationError, ValueError):
        return ""
