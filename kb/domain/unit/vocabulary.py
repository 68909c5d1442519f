"""The vocabulary of units: the standard one, what seed files add to it, and the units that texts spell with it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache

from kb.domain.unit.algebra import Atom, Unit, UnitError, product
from kb.domain.unit.measures import canonical_measure, long_names, measure_atom
from kb.domain.unit.names import ALIASES, CURRENCIES, HAN_NOUNS, NOUNS, POINTS, is_misspelling, singular

STANDARD_DEFINITIONS: Mapping[str, str] = {
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
"""Standard units with their definitions; the second is a base unit, like every noun and every currency.

A year has 365 days, since prices and revenues per year leave leap days out. A month is a twelfth of it, so that twelve
monthly amounts are a yearly one without any rounding.
"""

_RATIOS: Mapping[str, Fraction] = {
    "fraction": Fraction(1),
    "multiple": Fraction(1),
    POINTS: Fraction(1, 100),
}
"""Pure numbers by name, with their size. A point is a hundredth, and the difference of two shares is in points."""

PREFIXES: Mapping[str, int] = {"k": 10**3, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12}
"""Letters before a noun for thousands, millions, billions and trillions of it."""

NAME = re.compile(r"[^\W\d_](?:-[^\W\d_]|_?+[^\W_])*")
"""What the name of a unit looks like: letters and digits, parts joined by one hyphen or underscore."""

_AMOUNT = re.compile(
    r"(?P<number>\d{1,3}+(?:,\d{3})+|\d{1,30}+)(?P<rest>/[1-9]\d{0,29}+|\.\d{1,30}+)?(?:\*\*(?P<power>\d{1,2}+))?"
    r"(?![\w.,/])\s*+\*?+\s*+(?P<unit>.*+)"
)
_TOKEN = re.compile(r"\s*+(\*\*|[*/^·×]|[^\W\d]\w*+(?:-[^\W\d]\w*+)*|\d++|-)\s*+")
_NAMED = r"[^\W\d][\w-]*+(?:\s*+(?:\*\*|\^)\s*+-?+\d++)?"
_SHAPE = re.compile(rf"(?:1\s*+/\s*+)?{_NAMED}(?:\s*+(?:[*/·×]|\bper\b)\s*+{_NAMED})*\s*+")
_LONGEST = 120
_LIKE = "write one like 'USD/month' or 'token'"


@dataclass(frozen=True, slots=True)
class Definition:
    """A unit that a seed file declares.

    >>> str(parse_unit("wafer/fortnights", Units([Definition("wafer"), Definition("fortnight", "14 day")])))
    'wafer/fortnight'

    Attributes:
        name: Canonical name: small letters, but capitals for the code of a currency.
        amount: What one of it equals in other units, e.g. ``14 day``; empty for a base unit.
        spellings: Other names as people write them: plurals, short forms, signs, names in other languages.
    """

    name: str
    amount: str = ""
    spellings: tuple[str, ...] = ()


class Units:
    """A vocabulary of units: the standard one, and what seed files add to it.

    A noun that the vocabulary lacks is a base unit of its own. Reading a text changes nothing that others mean, so that
    the order in which texts are read does not matter.
    """

    def __init__(self, definitions: Iterable[Definition] = ()) -> None:
        """The standard vocabulary and ``definitions``, in any order; those that define nothing are in ``refused``."""
        self._atoms = {name: Atom(name, size, ()) for name, size in _RATIOS.items()}
        self._declared = {*CURRENCIES, *NOUNS, *_RATIOS}
        self._spelled: dict[str, str] = {}
        self._declared_by_noun: dict[str, str] = {}
        self.definitions: Mapping[str, Definition] = {}
        self.refused: dict[str, UnitError] = {}
        for name, amount in STANDARD_DEFINITIONS.items():
            self._declare(Definition(name, amount))
        standard = frozenset(self._declared)
        self._declare_all({definition.name: definition for definition in definitions})
        self.definitions = {name: definition for name, definition in self.definitions.items() if name not in standard}
        self.parse = lru_cache(maxsize=4096)(self._parse)

    # Names

    def known(self, name: str) -> str | None:
        """The canonical name of the declared unit that ``name`` spells; None for all others.

        >>> STANDARD.known("people"), STANDARD.known("MTok"), STANDARD.known("kUSD"), STANDARD.known("gadgets")
        ('person', 'Mtoken', 'kUSD', None)
        """
        declared = self._declared_name(name)
        return declared or canonical_measure(HAN_NOUNS.get(name, name)) or self._prefixed(name)

    def _declared_name(self, name: str) -> str | None:
        if name in self._declared:
            return name
        return self._spelled.get(name) or self._declared_by_noun.get(singular(name))

    def _prefixed(self, name: str) -> str | None:
        """The canonical name of a counted thing, perhaps with a letter for thousands and more before it."""
        rest = self._unprefixed(name[1:]) if name[:1] in PREFIXES else None
        if rest:
            return name[0].replace("K", "k") + rest
        return self._declared_noun(name)

    def is_measure(self, name: str) -> bool:
        """Whether ``name`` is the canonical name of a unit of measurement rather than of a thing that is counted."""
        return name not in self._declared and measure_atom(name) is not None

    def _unprefixed(self, name: str) -> str | None:
        """The canonical name of what stands behind a prefix; None for what has a prefix itself."""
        canonical_name = name if name in CURRENCIES else self._spelled.get(name) or self._declared_noun(name)
        return canonical_name if canonical_name in self._declared else None

    def _declared_noun(self, name: str) -> str | None:
        noun = singular(HAN_NOUNS.get(name, name))
        noun = self._declared_by_noun.get(noun) or ALIASES.get(noun, noun)
        return noun if noun in self._declared or (noun[:1] in PREFIXES and noun[1:] in self._declared) else None

    def compound(self, text: str) -> str | None:
        """The unit that words joined by hyphens name, as one name or as a product; None for all others.

        >>> STANDARD.compound("GPU-hours"), STANDARD.compound("end-user")
        ('gpu*hour', None)
        """
        known = self.known(text)
        parts = [self.known(part) for part in text.split("-")]
        if known or None in parts or len(set(parts)) < len(parts):
            return known
        return str(self.parse(text))

    def declared_unit(self, text: str) -> str | None:
        """The unit from a seed file that ``text`` spells; None for standard and for unknown names."""
        if not self.definitions:
            return None
        canonical_name = self.known(text)
        bare = (
            canonical_name[1:]
            if canonical_name and canonical_name[0] in PREFIXES and canonical_name not in self.definitions
            else canonical_name
        )
        return canonical_name if bare in self.definitions else None

    @cached_property
    def declared_spellings(self) -> frozenset[str]:
        """Every spelling of the units that seed files declare."""
        return frozenset(
            (*self.definitions, *(text for definition in self.definitions.values() for text in definition.spellings))
        )

    def definition_names(self, name: str) -> frozenset[str]:
        """The units from seed files that the definition of ``name`` mentions."""
        definition = self.definitions.get(name)
        words = (token[1] for token in _TOKEN.finditer(definition.amount)) if definition else ()
        return frozenset(
            canonical_name
            for word in words
            if (canonical_name := self._declared_by_noun.get(word) or self._declared_by_noun.get(singular(word)))
        )

    def declared_names(self, text: str) -> frozenset[str]:
        """The units from seed files that occur in the unit ``text``; empty where it is no unit."""
        if not self.definitions:
            return frozenset()
        try:
            unit = self.parse(text)
        except UnitError:
            return frozenset()
        return frozenset(
            name[1:] if name not in self.definitions else name
            for name in self._atom_names(unit)
            if self.declared_unit(name)
        )

    def _atom_names(self, unit: Unit) -> Iterator[str]:
        yield from (atom.name for atom, _ in unit.parts)

    # Texts

    def _parse(self, text: str) -> Unit:
        """The unit that ``text`` names; see ``parse_unit``."""
        if len(text) > _LONGEST:
            raise UnitError(f"a unit has at most {_LONGEST} characters", _LIKE)
        return product(_Reader(text, self).parts())

    def parse_recorded(self, text: str) -> Unit:
        """The unit that ``text`` named when it was recorded; a name that is no longer declared is a base unit.

        >>> str(STANDARD.parse_recorded("XYZ/month"))
        'XYZ/month'

        Raises:
            UnitError: ``text`` has not the form of a unit.
        """
        # A seed file that declared the unit may be redacted, or a later one may declare a name that this one is like.
        try:
            return self.parse(text)
        except UnitError:
            return product(_Reader(text, self, is_recalled=True).parts())

    def base_unit(self, name: str) -> Atom:
        """The unit called ``name``; a base unit where it is not declared, even if it looks misspelt."""
        return self.atom(name) if self.known(name) else _base(name)

    def atoms(self, name: str) -> tuple[Atom, ...]:
        """The units that ``name`` stands for: one, or several for a compound such as ``GPU-hour``.

        Raises:
            UnitError: ``name`` looks like a misspelling of a known name.
        """
        if "-" not in name or self.known(name):
            return (self.atom(name),)
        parts = name.split("-")
        different = len(set(parts)) == len(parts)
        if different and (all(map(self.known, parts)) or self.atom(parts[-1]).is_time):
            return tuple(self.atom(part) for part in parts)
        raise UnitError(f"{name!r} names no unit", self._spelling_hint(name) or "write a noun in plain letters")

    def atom(self, name: str) -> Atom:
        """The unit called ``name``; a base unit for an unknown noun.

        Raises:
            UnitError: ``name`` looks like a misspelling of a known name.
        """
        known = self.known(name) or self._new_noun(name)
        if measure := self._atoms.get(known) or (measure_atom(known) if known not in self._declared else None):
            return measure
        if known[0] in PREFIXES and known not in self._declared and known[1:] in self._declared:
            noun = self._atoms.get(known[1:]) or _base(known[1:])
            return Atom(known, PREFIXES[known[0]] * noun.factor, noun.roots)
        return _base(known)

    def _new_noun(self, name: str) -> str:
        if not NAME.fullmatch(name) or unicodedata.normalize("NFKC", name) != name:
            raise UnitError(f"{name!r} names no unit", "write a noun in plain letters")
        if len(name) == 3 and name.upper() in CURRENCIES:
            raise UnitError(f"no unit {name!r}", f"did you mean {name.upper()!r}?")
        # A base name in capitals counts as a currency, which a mistyped code must not become.
        if len(name) == 3 and name.isascii() and name.isupper():
            raise UnitError(f"{name!r} is not a currency code in use", "write a counted noun in small letters")
        if hint := self._spelling_hint(name):
            raise UnitError(f"no unit {name!r}", hint)
        noun = singular(name)
        # KM would be a noun that reads back as the unit km.
        if noun != name and canonical_measure(noun):
            raise UnitError(f"no unit {name!r}", f"did you mean {noun!r}?")
        return noun

    def _spelling_hint(self, name: str) -> str:
        """A hint that names the known unit of which ``name`` is a misspelling; empty where it is like none."""
        noun = singular(name)
        declared = sorted({*self._declared, *self._declared_by_noun})
        suggestion = next((known for known in (*declared, *long_names()) if is_misspelling(noun, known)), None)
        return f"did you mean {suggestion!r}?" if suggestion else ""

    # Definitions

    def _declare_all(self, waiting: dict[str, Definition]) -> None:
        """Declares the definitions in an order in which each rests on earlier ones; refuses what is left."""
        progressed = True
        while progressed and waiting:
            progressed = False
            for name, definition in list(waiting.items()):
                try:
                    self._declare(definition)
                except UnitError as error:
                    self.refused[name] = error
                else:
                    self.refused.pop(name, None)
                    del waiting[name]
                    progressed = True
        for name in waiting:
            if cycle := self._definition_cycle(name, waiting):
                cycle_text = " -> ".join(cycle)
                self.refused[name] = UnitError(
                    f"these units are defined by each other: {cycle_text}", "define one otherwise"
                )

    def _definition_cycle(self, name: str, waiting: Mapping[str, Definition]) -> tuple[str, ...]:
        """The circle of definitions from ``name`` back to ``name``; empty where there is none."""
        path, seen = [name], {name}
        while (following := self._next_definition(path[-1], waiting)) and following not in seen:
            path.append(following)
            seen.add(following)
        return (*path, name) if following == name else ()

    def _next_definition(self, name: str, waiting: Mapping[str, Definition]) -> str | None:
        spelled = {
            text: definition.name
            for definition in waiting.values()
            for text in (definition.name, *definition.spellings)
        }
        words = (token[1] for token in _TOKEN.finditer(waiting[name].amount))
        return next(
            (referenced for word in words if (referenced := spelled.get(word) or spelled.get(singular(word)))), None
        )

    def _declare(self, definition: Definition) -> None:
        name = definition.name
        if not NAME.fullmatch(name) or unicodedata.normalize("NFKC", name) != name:
            raise UnitError(f"{name!r} cannot name a unit", "take one word in plain letters", name)
        for spelling in definition.spellings:
            if not NAME.fullmatch(spelling) and (len(spelling) > 1 or spelling.isspace()):
                raise UnitError(f"{spelling!r} cannot name a unit", "take one word in plain letters", spelling)
        for spelling in (name, *definition.spellings):
            # A seed file may say itself what a unit of measurement is, as all had to before these were known.
            if taken := self._declared_name(spelling) or self._prefixed(spelling):
                which = "" if taken == spelling else f", of {taken!r}"
                raise UnitError(f"{spelling!r} is the name of a unit already{which}", "take another name", spelling)
        if definition.amount:
            number, unit = self._amount(definition)
            self._atoms[name] = Atom(name, number * unit.factor, unit.dimension)
        self._declared.add(name)
        self.definitions = {**self.definitions, name: definition}
        for spelling in (name, *definition.spellings):
            self._spelled.setdefault(spelling, name)
            self._declared_by_noun.setdefault(singular(spelling), name)

    def _amount(self, definition: Definition) -> tuple[Fraction, Unit]:
        name, text = definition.name, definition.amount.strip()
        hint = "write it like '14 day', '1/12 year' or '10**15 flop'"
        if text[:1].isdigit():
            parsed = _AMOUNT.fullmatch(text)
            if not parsed or not parsed["unit"]:
                raise UnitError(f"{definition.amount!r} is not an exact amount of a unit", hint)
            number = Fraction(parsed["number"].replace(",", "") + (parsed["rest"] or "")) ** int(parsed["power"] or 1)
            text = parsed["unit"]
        else:
            number = Fraction(1)
        if not number:
            raise UnitError(f"the unit {name!r} is made of nothing", hint)
        if not _SHAPE.fullmatch(text):
            raise UnitError(f"{definition.amount!r} is not an exact amount of a unit", hint)
        for word in self._undeclared(text):
            what = f"the unit {name!r} is made of {word!r}, which is not a declared unit"
            raise UnitError(what, self._spelling_hint(word) or "declare that too, or write standard units")
        try:
            unit = self._parse(text)
        except UnitError as error:
            what = f"{definition.amount!r} does not define the unit {name!r}: {error.what}"
            raise UnitError(what, error.hint or hint) from None
        return number, unit

    def _undeclared(self, text: str) -> Iterator[str]:
        """Nouns in ``text`` that are not declared: a definition, unlike a quantity, introduces none."""
        for token in _TOKEN.finditer(text):
            word = token[1]
            if (word[0].isalpha() or word[0] == "_") and word != "per" and not self.compound(word):
                yield word


def _base(name: str) -> Atom:
    """A base unit, which nothing defines."""
    return Atom(name, Fraction(1), ((name, 1),))


_AREA = re.compile(r"(?P<length>[^\W\d_]+)(?P<power>[23])")
_LENGTH = (("metre", 1),)


class _Reader:
    """Reads a unit such as ``USD*hour**2/Mtoken`` from left to right."""

    def __init__(self, text: str, units: Units, *, is_recalled: bool = False) -> None:
        self.text = text
        self.units = units
        self.is_recalled = is_recalled
        self.words = self._words()
        self.at = 0

    def _words(self) -> list[str]:
        words, place = [], 0
        while place < len(self.text):
            token = _TOKEN.match(self.text, place)
            if not token:
                raise UnitError(f"{self.text!r} is not a unit", _LIKE)
            words.append("/" if token[1] == "per" else token[1])
            place = token.end()
        return words

    def parts(self) -> list[tuple[Atom, int]]:
        parts = self._part(1)
        while self.at < len(self.words):
            sign = self._take()
            if sign not in ("*", "·", "×", "/"):
                raise UnitError(f"{self.text!r} is not a unit", f"write '*' or '/' before {sign!r}")
            parts += self._part(-1 if sign == "/" else 1)
        return parts

    def _part(self, sign: int) -> list[tuple[Atom, int]]:
        name = self._take()
        if name == "1":
            return []
        if not name or not (name[0].isalpha() or name[0] == "_"):
            raise UnitError(f"{self.text!r} is not a unit", _LIKE)
        power = sign
        if (area := _AREA.fullmatch(name)) and self._is_length(area["length"]) and not self.units.known(name):
            # "km2" and "mg/m3", as people write them and values have them.
            name, power = area["length"], power * int(area["power"])
        atoms = (self.units.base_unit(name),) if self.is_recalled else self.units.atoms(name)
        power *= self._power()
        return [(atom, power) for atom in atoms]

    def _is_length(self, name: str) -> bool:
        known = self.units.known(name)
        return known is not None and self.units.is_measure(known) and self.units.atom(known).roots == _LENGTH

    def _power(self) -> int:
        if self.at >= len(self.words) or self.words[self.at] not in ("**", "^"):
            return 1
        self.at += 1
        digits = self._take()
        negative = digits == "-"
        digits = self._take() if negative else digits
        if not digits.isdecimal() or not 1 <= int(digits[:3]) <= 9:
            raise UnitError(f"{self.text!r} has a power that is not a whole number from 1 to 9")
        return -int(digits[:3]) if negative else int(digits[:3])

    def _take(self) -> str:
        word = self.words[self.at] if self.at < len(self.words) else ""
        self.at += 1
        return word


STANDARD = Units()
"""The vocabulary without additions of seed files."""


@lru_cache(maxsize=32)
def vocabulary(definitions: tuple[Definition, ...]) -> Units:
    """The standard vocabulary with ``definitions``; one object for equal definitions."""
    return Units(definitions) if definitions else STANDARD


def parse_unit(text: str, units: Units = STANDARD) -> Unit:
    """The unit that ``text`` names in the project's notation.

    >>> str(parse_unit("tokens / month")), parse_unit("USD/month").factor_to(parse_unit("USD/year"))
    ('token/month', Fraction(12, 1))
    >>> str(parse_unit("GPU-hours")), str(parse_unit("MW*hours"))
    ('gpu*hour', 'Mwatt*hour')
    >>> str(parse_unit("mg/m3")), str(parse_unit("km2"))
    ('mg/metre**3', 'km**2')

    Raises:
        UnitError: ``text`` is no unit, or looks like a misspelling of one; it says what to write.
    """
    return units.parse(text)
