"""Units of measurement: metre, kilometre and km, kilowatt-hour, psi; sizes, symbols and names as Pint defines them.

``pint/default_en.txt`` is Pint's own registry file, unchanged, with its licence beside it. It is read at the first name
that the rest of the vocabulary does not know, and with exact fractions: an inch is 127/5000 of a metre. Of its thousand
names only those in ``_TAKEN`` are read, each with the prefixes that people write before it, in the case that the
symbol has: ``mW`` and ``MW`` are two units, and neither ``16M`` nor ``Mm`` is a length. Units whose size depends on the
country or the trade (gallon, ounce, ton, barrel) and irrational ones (degree, rpm) are left out: they stay nouns, which
are compared but never converted.
"""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from kb.domain.unit.algebra import Atom
from kb.domain.unit.names import singular

_FILES = ("constants_en.txt", "default_en.txt")
_FOLDER = Path(__file__).parent / "pint"

_TAKEN = """
metre = meter: n μ m c d h k; gram = gram: p n μ m k; tonne = metric_ton: k M G; second = second: n μ m;
litre = liter: n μ m c d h M G; hectare = hectare: ; acre = acre: ; inch = inch: ; foot = foot: ; yard = yard: ;
mile = mile: ; nautical_mile = nautical_mile: ; watt = watt: n μ m k M G T; watt-hour = watt_hour: m k M G T;
volt = volt: μ m k M; ampere = ampere: μ m k; ampere-hour = ampere_hour: m k; volt-ampere = volt_ampere: k M G;
ohm = ohm: m k M; farad = farad: p n μ m; siemens = siemens: μ m; joule = joule: m k M G T P E;
electronvolt = electron_volt: m k M G T; calorie = calorie: k; Btu = british_thermal_unit: ;
toe = tonne_of_oil_equivalent: k M; hertz = hertz: k M G T; bit = bit: k M G T P;
byte = byte: k M G T P E Ki Mi Gi Ti Pi;
pascal = pascal: h k M G; bar = bar: m; psi = pound_force_per_square_inch: ; atmosphere = standard_atmosphere: ;
mHg = meter_Hg: m; newton = newton: m k M; mole = mole: p n μ m k; kelvin = kelvin: m; carat = carat: ; lb = pound: ;
horsepower = horsepower: ; knot = knot: ; mph = mile_per_hour: ; kph = kilometer_per_hour: ;
becquerel = becquerel: k M G T P; sievert = sievert: μ m; gray = gray: μ m; lux = lux: ; candela = candela: ;
lumen = lumen: k; bps = baud: k M G T; parsec = parsec: k M G; light-year = light_year: ;
torr = torr: m; dyne = dyne: ; kgf = force_kilogram: ; lbf = force_pound:
"""
"""Our name for each unit, that of the file, and the prefixes that it takes."""

# Words of plain English, names of firms and money, and letters that mean something else beside a number.
_OTHER_WORDS = "amp candle b a d h min pc at atm cd kt kn mps octet H Gy Bd sec in ct us gray mole"
_LEFT_OUT = frozenset(_OTHER_WORDS.split())
"""Spellings of the file that other things are called by."""

_SHORT_WORDS = frozenset(["bit", "bar", "ohm", "lux", "lb"])
"""Names of three letters and fewer that are words with a plural; all others are symbols."""

_LETTERED = ("watt", "watt-hour")
"""Units that are called by a letter and their name, as counted things are: ``Mwatt`` beside ``Mtoken``."""
_LETTERS = ("k", "M", "G", "T")
_LONG_WINDED = frozenset(("mu", "mc"))
"""Letters for "micro" that make other words: ``mum``, ``mus``."""


class _Definition(NamedTuple):
    amount: str
    spellings: tuple[str, ...]


class _Measures(NamedTuple):
    """The units that are taken.

    Attributes:
        symbols: The canonical name of each symbol, as written.
        nouns: The canonical name of each word, in small letters and in the singular.
        sizes: For each canonical name that of its unit in the file, and its prefix there.
    """

    symbols: dict[str, str]
    nouns: dict[str, str]
    sizes: dict[str, tuple[str, str]]


def canonical_measure(name: str) -> str | None:
    """The canonical name of the unit of measurement that ``name`` spells; None for all other names.

    >>> [canonical_measure(name) for name in ("kilometres", "km", "kV", "mW", "MW", "Mm", "feet", "token")]
    ['km', 'km', 'kV', 'mW', 'Mwatt', None, 'foot', None]
    """
    measures = _measures()
    known = measures.symbols.get(name) or measures.nouns.get(singular(name))
    if known or not name.endswith("s"):
        return known
    # 5 kms and 3 kgs; but "has" is no plural of hectare.
    plural_of = measures.symbols.get(name[:-1], "")
    return plural_of if plural_of and measures.sizes[plural_of][1] else None


@lru_cache(maxsize=1)
def long_names() -> tuple[str, ...]:
    """The names of units of measurement that are long enough for a misspelling to be told from another word."""
    return tuple(sorted(name for name in _measures().nouns if len(name) > _SHORTEST_MISSPELT and name.isalpha()))


_SHORTEST_MISSPELT = 5


def is_symbol(name: str) -> bool:
    """Whether the unit of measurement called ``name`` is called by a symbol, which has no plural.

    >>> is_symbol("kV"), is_symbol("volt"), is_symbol("token")
    (True, False, False)
    """
    measures = _measures()
    return name in measures.sizes and singular(name) not in measures.nouns


@lru_cache(maxsize=1024)
def measure_atom(name: str) -> Atom | None:
    """The unit of measurement whose canonical name is ``name``, in base units; None for all other names.

    >>> measure_atom("inch")
    Atom(name='inch', factor=Fraction(127, 5000), roots=(('metre', 1),))
    """
    own = _measures().sizes.get(name)
    if own is None:
        return None
    unit, prefix = own
    factor, roots = _size(unit)
    return Atom(name, factor * (_size(prefix + "-")[0] if prefix else 1), roots)


# What the file says

_LINE = re.compile(r"^\s*(?P<name>[^\s=#@\[]+)\s*=\s*(?P<rest>[^#]+)")


@lru_cache(maxsize=1)
def _definitions() -> tuple[Mapping[str, _Definition], Mapping[str, str]]:
    """All definitions of the file by name, those of prefixes with a hyphen; and the name behind each spelling."""
    definitions: dict[str, _Definition] = {}
    names: dict[str, str] = {}
    for file in _FILES:
        for line in (_FOLDER / file).read_text(encoding="utf-8").splitlines():
            match = _LINE.match(line)
            if not match:
                continue
            amount, *spellings = (part.strip() for part in match["rest"].split("="))
            kept = tuple(spelling for spelling in spellings if spelling != "_")
            definitions.setdefault(match["name"], _Definition(amount.partition(";")[0].strip(), kept))
            for spelling in (match["name"], *kept):
                names.setdefault(spelling, match["name"])
    return definitions, names


_PARTS = re.compile(r"\s*(?P<number>[0-9.]+(?:[eE][+-]?[0-9]+)?)|\s*(?P<sign>\*\*|[*/^()])|\s*(?P<name>[^\s*/^()]+)")
Size = tuple[Fraction, tuple[tuple[str, int], ...]]


@lru_cache(maxsize=1024)
def _size(name: str) -> Size:
    """How many base units the unit of the file called ``name`` is, and which; its prefix may stand before it."""
    definitions, names = _definitions()
    known = names.get(name)
    if known is None:
        return _prefixed_size(name)
    amount = definitions[known].amount
    if amount.startswith("["):
        return Fraction(1), ((_OURS.get(known, known), 1),)
    return _Amount(amount).size()


def _prefixed_size(name: str) -> Size:
    _, names = _definitions()
    for width in range(len(name) - 1, 0, -1):
        prefix = names.get(name[:width] + "-")
        if prefix and name[width:] in names:
            factor, roots = _size(name[width:])
            return _size(prefix)[0] * factor, roots
    raise ValueError(f"the registry file does not define {name!r}")


class _Amount:
    """An amount of the file, e.g. ``1.602176634e-19 C`` or ``newton / meter ** 2``, read from left to right."""

    def __init__(self, text: str) -> None:
        self._parts = [
            (match.lastgroup or "", match[match.lastgroup or 0].strip()) for match in _PARTS.finditer(text.rstrip())
        ]
        self._at = 0

    def size(self) -> Size:
        factor, powers = self._product()
        return factor, tuple(sorted((root, power) for root, power in powers.items() if power))

    def _product(self) -> tuple[Fraction, dict[str, int]]:
        factor, powers = self._power()
        while (sign := self._peek()) not in ("", ")"):
            if sign in ("*", "/"):
                self._at += 1
            more, own = self._power()
            turn = -1 if sign == "/" else 1
            factor *= more**turn
            for root, power in own.items():
                powers[root] = powers.get(root, 0) + turn * power
        return factor, powers

    def _power(self) -> tuple[Fraction, dict[str, int]]:
        factor, powers = self._factor()
        if self._peek() not in ("**", "^"):
            return factor, powers
        self._at += 1
        power = int(self._take()[1])
        return factor**power, {root: own * power for root, own in powers.items()}

    def _factor(self) -> tuple[Fraction, dict[str, int]]:
        kind, text = self._take()
        if text == "(":
            inner = self._product()
            self._take()
            return inner
        if kind == "number":
            return Fraction(text), {}
        factor, roots = _size(text)
        return factor, dict(roots)

    def _peek(self) -> str:
        return self._parts[self._at][1] if self._at < len(self._parts) else ""

    def _take(self) -> tuple[str, str]:
        part = self._parts[self._at]
        self._at += 1
        return part


# What is taken of it


def _rows() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for row in _TAKEN.split(";"):
        names, _, prefixes = row.partition(":")
        ours, _, theirs = (name.strip() for name in names.partition("="))
        yield ours, theirs, tuple(prefixes.split())


_OURS = {theirs: ours for ours, theirs, _ in _rows()}


@lru_cache(maxsize=1)
def _measures() -> _Measures:
    definitions, names = _definitions()
    measures = _Measures({}, {}, {})
    for ours, theirs, prefixes in _rows():
        unit = definitions[theirs]
        # Our own name where it is a symbol itself, as psi and bps are.
        symbol = ours if (ours in unit.spellings and len(ours) < 5) or not unit.spellings else unit.spellings[0]
        spellings = (ours, theirs, *unit.spellings)
        _take(measures, ours, ("", ""), spellings, (theirs, ""))
        for prefix in prefixes:
            own = names[prefix + "-"]
            before = (own[:-1], *(spelling.rstrip("-") for spelling in definitions[own].spellings))
            canonical = prefix + (ours if ours in _LETTERED and prefix in _LETTERS else symbol)
            _take(measures, canonical, before, spellings, (theirs, own[:-1]))
    # Nobody measures in kelvin-bytes: KB is how most programs write a thousand bytes.
    measures.symbols.setdefault("KB", "kB")
    return measures


def _take(
    measures: _Measures, canonical: str, prefixes: tuple[str, ...], spellings: tuple[str, ...], size: tuple[str, str]
) -> None:
    """Adds one unit under its canonical name and every spelling that its prefix and its names make."""
    long, *short = prefixes
    measures.sizes.setdefault(canonical, size)
    measures.symbols.setdefault(canonical, canonical)
    for spelling in spellings:
        for prefix in short:
            if prefix not in _LONG_WINDED and (whole := prefix + spelling) not in _LEFT_OUT:
                measures.symbols.setdefault(whole, canonical)
        if _is_word(spelling) and long + spelling not in _LEFT_OUT:
            for word in (spelling, spelling.replace("_", "-")):
                measures.nouns.setdefault(singular(long + word), canonical)


def _is_word(spelling: str) -> bool:
    letters = spelling.replace("-", "").replace("_", "")
    return letters.isascii() and letters.islower() and (len(spelling) > 3 or spelling in _SHORT_WORDS)
