"""What is a number counted in? Units as algebra, exact, and open to nouns that nobody declared beforehand.

The project writes ``USD/month``, ``USD/Mtoken``, ``token/month``, ``fraction``, ``multiple``, ``person``: names joined
by ``*`` and ``/``, powers by ``**``. By definition a month is one twelfth of a year, a quarter one fourth, a year 365
days and a week 7; currencies have no rate here. ``k``, ``M``, ``G`` and ``T`` before a known noun mean thousands,
millions, billions (10**9) and trillions (10**12) of it.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from threading import Lock
from typing import Any

import pint
from pint.util import UnitsContainer

from kb.domain.noun import ALIASES, CURRENCIES, HAN_NOUNS, NOUNS, one_slip, singular
from kb.domain.quantity import PERIODS

_TIMES = {
    "second": "",
    "minute": "60 second",
    "hour": "60 minute",
    "day": "24 hour",
    "week": "7 day",
    "year": "365 day",
    "month": "1/12 year",
    "quarter": "1/4 year",
    "decade": "10 year",
}
_RATIOS = ("fraction", "multiple")

PREFIXES: Mapping[str, int] = {"k": 10**3, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}
"""Letters that count a noun in thousands, millions, billions and trillions."""

_NAME = re.compile(r"[^\W\d_](?:_?+[^\W_])*+")
_AMOUNT = re.compile(r"(\d{1,30}+(?:/\d{1,30}+|\.\d{1,30}+)?+)?+\s*+(.*+)")
_TOKEN = re.compile(r"\s*+(\*\*|[*/^·]|[^\W\d]\w*+|\d++|-)\s*+")
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Atom:
    """One name, and what it comes to.

    Attributes:
        name: Canonical name, e.g. ``Mtoken``.
        factor: How many of ``roots`` it is, e.g. 1,000,000.
        roots: Base names with their powers, e.g. ``(("token", 1),)``; empty for a fraction and a multiple.
    """

    name: str
    factor: Fraction
    roots: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Unit:
    """A product of named units with whole powers; made by ``parse_unit``, multiplied, divided and raised.

    >>> price, amount = parse_unit("USD/Mtoken"), parse_unit("token")
    >>> str(price * amount), (price * amount).factor_to(parse_unit("USD"))
    ('USD*token/Mtoken', Fraction(1, 1000000))
    """

    parts: tuple[tuple[Atom, int], ...] = ()

    def __mul__(self, other: "Unit") -> "Unit":
        return _unit([*self.parts, *other.parts])

    def __truediv__(self, other: "Unit") -> "Unit":
        return self * other**-1

    def __pow__(self, power: int) -> "Unit":
        return _unit((atom, own * power) for atom, own in self.parts)

    @cached_property
    def factor(self) -> Fraction:
        """How many of its base units it is: 1/1,000,000 for ``USD/Mtoken``, whose base is ``USD/token``."""
        factor = Fraction(1)
        for atom, power in self.parts:
            factor *= atom.factor**power
        return factor

    @cached_property
    def dimension(self) -> tuple[tuple[str, int], ...]:
        """Base names with their powers, sorted, none of them 0; empty for a pure number."""
        powers: dict[str, int] = {}
        for atom, power in self.parts:
            for root, own in atom.roots:
                powers[root] = powers.get(root, 0) + own * power
        return tuple(sorted((root, power) for root, power in powers.items() if power))

    @property
    def is_dimensionless(self) -> bool:
        """Whether it is a pure number: a fraction, a multiple, dollars per dollar."""
        return not self.dimension

    @property
    def period(self) -> str | None:
        """The time in which a flow runs, e.g. ``month``; None where there is none."""
        return next((atom.name for atom, power in self.parts if power < 0 and atom.name in PERIODS), None)

    def same_dimension(self, other: "Unit") -> bool:
        """Whether amounts of the two can be added."""
        return self.dimension == other.dimension

    def factor_to(self, other: "Unit") -> Fraction:
        """What an amount in this unit is multiplied by to be one in ``other``: 12 from USD/month to USD/year.

        Raises:
            ValueError: The two measure different things.
        """
        if not self.same_dimension(other):
            raise ValueError(f"{self} cannot be turned into {other}")
        return self.factor / other.factor

    @property
    def simplest(self) -> "Unit":
        """The unit without two names for one thing: ``USD`` for ``USD*token/Mtoken``; mind ``factor_to``."""
        kept: dict[tuple[tuple[str, int], ...], tuple[Atom, int]] = {}
        for atom, power in self.parts:
            first, so_far = kept.get(atom.roots, (atom, 0))
            kept[atom.roots] = (first, so_far + power)
        return _unit(kept.values())

    def __str__(self) -> str:
        over = "*".join(_raised(atom.name, power) for atom, power in self.parts if power > 0)
        under = "".join("/" + _raised(atom.name, -power) for atom, power in self.parts if power < 0)
        return (over or "1") + under


def _raised(name: str, power: int) -> str:
    return name if power == 1 else f"{name}**{power}"


def _unit(parts: Iterable[tuple[Atom, int]]) -> Unit:
    powers: dict[Atom, int] = {}
    for atom, power in parts:
        powers[atom] = powers.get(atom, 0) + power
    kept = {atom: power for atom, power in powers.items() if power and atom.roots}
    if not any(power > 0 for power in kept.values()):
        ratios = sorted(atom.name for atom, power in powers.items() if power > 0 and not atom.roots)
        kept |= {atom: 1 for atom in powers if ratios[:1] == [atom.name]}
    return Unit(tuple(sorted(kept.items(), key=_place)))


def _place(part: tuple[Atom, int]) -> tuple[bool, bool, str]:
    atom, power = part
    return power < 0, atom.name in PERIODS, atom.name


NUMBER = Unit()
"""The unit of a pure number, written ``1``."""


class Units:
    """A vocabulary of units: the standard one, and what a seed file adds to it.

    A noun that the vocabulary lacks is a base unit of its own from its first use on; which nouns came before does not
    change what any text means.
    """

    def __init__(self, definitions: Mapping[str, str] | None = None) -> None:
        """The standard vocabulary and ``definitions``, e.g. ``{"bottle": "", "pack": "12 bottle"}``."""
        self._definitions = dict(definitions or {})
        self._registry: pint.UnitRegistry[Any] = pint.UnitRegistry(None, non_int_type=Fraction)
        self._lock = Lock()
        self._atoms: dict[str, Atom] = {}
        self._declared = {*CURRENCIES, *NOUNS, *_RATIOS}
        for name in _RATIOS:
            self._registry.define(f"{name} = []")
        for name, amount in (*_TIMES.items(), *self._definitions.items()):
            self._declare(name, amount)

    def extended(self, definitions: Mapping[str, str]) -> "Units":
        """All that is here and more; the vocabulary itself stays as it is.

        Raises:
            ValueError: A definition is no amount of units that were declared before it.
        """
        again = [name for name in definitions if name in self._definitions]
        if again:
            raise ValueError(f"the unit {again[0]!r} is defined twice")
        return Units(self._definitions | dict(definitions))

    def known(self, name: str) -> str | None:
        """The canonical name of a declared unit, however it is written; None for all others.

        >>> STANDARD.known("people"), STANDARD.known("MTok"), STANDARD.known("gadgets")
        ('person', 'Mtoken', None)
        """
        if name in self._declared:
            return name
        noun = self._declared_noun(name[1:]) if name[:1] in PREFIXES else None
        if noun:
            return name[0].replace("K", "k") + noun
        return self._declared_noun(name)

    def _declared_noun(self, name: str) -> str | None:
        noun = singular(HAN_NOUNS.get(name, name))
        noun = ALIASES.get(noun, noun)
        return noun if noun in self._declared else None

    def parse(self, text: str) -> Unit:
        """The unit that ``text`` names; see ``parse_unit``."""
        if len(text) > _LONGEST:
            raise ValueError(f"a unit has at most {_LONGEST} characters")
        return _unit(_Reader(text, self).parts())

    def atom(self, name: str) -> Atom:
        """The unit called ``name``; an unknown noun becomes one.

        Raises:
            ValueError: ``name`` looks like a slip of a known name.
        """
        known = self.known(name) or self._new_noun(name)
        found = self._atoms.get(known)
        if found is None:
            with self._lock:
                found = self._atoms[known] = self._reduced(known)
        return found

    def _new_noun(self, name: str) -> str:
        if not _NAME.fullmatch(name) or unicodedata.normalize("NFKC", name) != name:
            raise ValueError(f"{name!r} names no unit; write a noun in plain letters")
        if len(name) == 3 and name.upper() in CURRENCIES:
            raise ValueError(f"no unit {name!r}; did you mean {name.upper()!r}?")
        if len(name) == 3 and name.isascii() and name.isupper():
            raise ValueError(f"{name!r} is no currency code in use; write a counted noun in small letters")
        noun = singular(name)
        meant = next((known for known in sorted(self._declared) if one_slip(noun, known)), None)
        if meant:
            raise ValueError(f"no unit {name!r}; did you mean {meant!r}?")
        return noun

    def _declare(self, name: str, amount: str) -> None:
        if not _NAME.fullmatch(name) or name in self._declared:
            raise ValueError(f"{name!r} cannot name a new unit; take one word that is no unit yet")
        found = _AMOUNT.fullmatch(amount)
        if not found or (amount and not found[2]):
            raise ValueError(f"{amount!r} does not define the unit {name!r}; write it like '12 month'")
        if found[2]:
            self._define(name, Fraction(found[1] or 1), self.parse(found[2]))
        self._declared.add(name)

    def _define(self, name: str, factor: Fraction, unit: Unit) -> None:
        strange = [atom.name for atom, _ in unit.parts if not self.known(atom.name)]
        if strange or not factor:
            raise ValueError(f"the unit {name!r} is made of {', '.join(strange) or 'nothing'}; declare that first")
        roots = "".join(f" * {root} ** {power}" for root, power in unit.dimension)
        self._registry.define(f"{name} = {factor * unit.factor}" + roots)

    def _reduced(self, name: str) -> Atom:
        if name[0] in PREFIXES and name not in self._declared and name[1:] in self._declared:
            noun = self._reduced(name[1:])
            return Atom(name, PREFIXES[name[0]] * noun.factor, noun.roots)
        if name not in self._registry:
            self._registry.define(f"{name} = [{name}]")
        one: Any = self._registry.Quantity(Fraction(1), UnitsContainer({name: 1})).to_root_units()
        powers = ((root, int(power)) for root, power in one.unit_items() if root not in _RATIOS)
        return Atom(name, Fraction(one.magnitude), tuple(sorted(powers)))


class _Reader:
    """Reads ``USD*hour**2/Mtoken`` from left to right."""

    def __init__(self, text: str, units: Units) -> None:
        self.text = text
        self.units = units
        self.words = self._words()
        self.at = 0

    def _words(self) -> list[str]:
        words, place = [], 0
        while place < len(self.text):
            found = _TOKEN.match(self.text, place)
            if not found:
                raise ValueError(f"{self.text!r} is no unit; write one like 'USD/month' or 'token'")
            words.append("/" if found[1] == "per" else found[1])
            place = found.end()
        return words

    def parts(self) -> list[tuple[Atom, int]]:
        parts = self._part(1)
        while self.at < len(self.words):
            sign = self._take()
            if sign not in ("*", "·", "/"):
                raise ValueError(f"{self.text!r} is no unit: write '*' or '/' before {sign!r}")
            parts += self._part(-1 if sign == "/" else 1)
        return parts

    def _part(self, sign: int) -> list[tuple[Atom, int]]:
        name = self._take()
        if name == "1":
            return []
        if not name or not (name[0].isalpha() or name[0] == "_"):
            raise ValueError(f"{self.text!r} is no unit; write one like 'USD/month' or 'token'")
        return [(self.units.atom(name), sign * self._power())]

    def _power(self) -> int:
        if self.at >= len(self.words) or self.words[self.at] not in ("**", "^"):
            return 1
        self.at += 1
        digits = self._take()
        negative = digits == "-"
        digits = self._take() if negative else digits
        if not digits.isdigit() or not 1 <= int(digits[:3]) <= 9:
            raise ValueError(f"{self.text!r} has a power that is not a whole number from 1 to 9")
        return -int(digits[:3]) if negative else int(digits[:3])

    def _take(self) -> str:
        word = self.words[self.at] if self.at < len(self.words) else ""
        self.at += 1
        return word


STANDARD = Units()
"""The vocabulary that every part of the project reads with, unless a seed file extends it."""


@lru_cache(maxsize=4096)
def parse_unit(text: str, units: Units = STANDARD) -> Unit:
    """The unit that ``text`` names in the project's notation.

    >>> str(parse_unit("tokens / month")), parse_unit("USD/month").factor_to(parse_unit("USD/year"))
    ('token/month', Fraction(12, 1))

    Raises:
        ValueError: ``text`` is no unit, or looks like a slip of a known one; the message says what to write.
    """
    return units.parse(text)
