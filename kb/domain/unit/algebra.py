"""Unit algebra: products of named units with whole powers, multiplied, divided, raised and compared exactly.

A base name in capitals is a currency (``USD``); all others are in small letters.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

_TIME = (("second", 1),)


class UnitError(ValueError):
    """A text that is no unit, or a definition that defines none.

    Attributes:
        what: What is wrong.
        hint: What to write instead; empty where nothing better is known.
        about: The name in a definition that is wrong; empty for all other errors.
    """

    def __init__(self, what: str, hint: str = "", about: str = "") -> None:
        super().__init__(what + (f"; {hint}" if hint else ""))
        self.what, self.hint, self.about = what, hint, about


@dataclass(frozen=True, slots=True)
class Atom:
    """One named unit in terms of its base units.

    Attributes:
        name: Canonical name, e.g. ``Mtoken``.
        factor: How many base units it is, e.g. 1,000,000.
        roots: Its base units with their powers, e.g. ``(("token", 1),)``; empty for a fraction and a multiple.
    """

    name: str
    factor: Fraction
    roots: tuple[tuple[str, int], ...]

    @property
    def is_time(self) -> bool:
        """Whether it is a period, which makes a flow of what is divided by it."""
        return self.roots == _TIME


@dataclass(frozen=True, slots=True)
class CurrencyDifference:
    """The difference of two units that differ in their currency alone, e.g. ``CNY/month`` and ``USD/month``.

    Attributes:
        from_currency: Code of the first unit's currency.
        to_currency: Code of the second's.
        power: The power of the currency, the same in both; -1 for tokens per dollar.
    """

    from_currency: str
    to_currency: str
    power: int


@dataclass(frozen=True)
class Unit:
    """A product of named units with whole powers, as ``parse_unit`` makes it.

    >>> from kb.domain.unit import parse_unit
    >>> price, amount = parse_unit("USD/Mtoken"), parse_unit("token")
    >>> str(price * amount), (price * amount).factor_to(parse_unit("USD"))
    ('USD*token/Mtoken', Fraction(1, 1000000))
    """

    parts: tuple[tuple[Atom, int], ...] = ()

    def __mul__(self, other: "Unit") -> "Unit":
        return product([*self.parts, *other.parts])

    def __truediv__(self, other: "Unit") -> "Unit":
        return self * other**-1

    def __pow__(self, power: int) -> "Unit":
        return product((atom, own * power) for atom, own in self.parts)

    @cached_property
    def factor(self) -> Fraction:
        """How many base units it is: 1/1,000,000 for ``USD/Mtoken``, whose base unit is ``USD/token``."""
        factor = Fraction(1)
        for atom, power in self.parts:
            factor *= atom.factor**power
        return factor

    @cached_property
    def dimension(self) -> tuple[tuple[str, int], ...]:
        """Its base units with their powers, sorted by name, no power 0; empty for a pure number."""
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
        """The period of a flow, e.g. ``month`` of ``USD/month``; None where there is none."""
        return next((atom.name for atom, power in self.parts if power < 0 and atom.is_time), None)

    def same_dimension(self, other: "Unit") -> bool:
        """Whether amounts in the two units can be added."""
        return self.dimension == other.dimension

    def factor_to(self, target: "Unit") -> Fraction:
        """The factor that converts an amount in this unit to ``target``: 12 from USD/month to USD/year.

        Raises:
            ValueError: The two differ in dimension.
        """
        if not self.same_dimension(target):
            raise ValueError(f"{self} cannot be converted to {target}")
        return self.factor / target.factor

    @cached_property
    def currencies(self) -> tuple[str, ...]:
        """The codes of its currencies, sorted; two for an exchange rate such as ``CNY/USD``."""
        return tuple(root for root, _ in self.dimension if is_currency(root))

    @property
    def currency(self) -> str:
        """The code of its only currency; empty where it has none, or several as an exchange rate has."""
        return self.currencies[0] if len(self.currencies) == 1 else ""

    def currency_difference(self, target: "Unit") -> CurrencyDifference | None:
        """How this unit differs from ``target``, if in a single currency alone; else None.

        >>> from kb.domain.unit import parse_unit
        >>> parse_unit("CNY/month").currency_difference(parse_unit("USD/year"))
        CurrencyDifference(from_currency='CNY', to_currency='USD', power=1)
        """
        from_currency, to_currency = self.currency, target.currency
        if not from_currency or not to_currency or from_currency == to_currency:
            return None
        power = dict(self.dimension)[from_currency]
        renamed = sorted((to_currency if root == from_currency else root, own) for root, own in self.dimension)
        return CurrencyDifference(from_currency, to_currency, power) if tuple(renamed) == target.dimension else None

    def in_currency(self, code: str) -> "Unit":
        """The unit with ``code`` in place of its currencies: ``USD/month`` for ``CNY/month``."""
        atom = Atom(code, Fraction(1), ((code, 1),))
        return product(
            (atom, power * _currency_power(part)) if _currency_power(part) else (part, power)
            for part, power in self.parts
        )

    @property
    def simplest(self) -> "Unit":
        """The unit with one name for each dimension: ``USD`` for ``USD*token/Mtoken``; its ``factor`` may differ."""
        kept: dict[tuple[tuple[str, int], ...], tuple[Atom, int]] = {}
        for atom, power in self.parts:
            first, so_far = kept.get(atom.roots, (atom, 0))
            kept[atom.roots] = (first, so_far + power)
        return product(kept.values())

    def __str__(self) -> str:
        over = "*".join(_raised(atom.name, power) for atom, power in self.parts if power > 0)
        under = "".join("/" + _raised(atom.name, -power) for atom, power in self.parts if power < 0)
        return (over or "1") + under


def is_currency(root: str) -> bool:
    """Whether ``root``, a base unit, is a currency.

    >>> is_currency("USD"), is_currency("token")
    (True, False)
    """
    return len(root) > 2 and root.isascii() and root.isupper()


def _currency_power(atom: Atom) -> int:
    """The power of the currency in a unit of money such as ``kUSD``; 0 for all other units."""
    return atom.roots[0][1] if len(atom.roots) == 1 and is_currency(atom.roots[0][0]) else 0


def _raised(name: str, power: int) -> str:
    return name if power == 1 else f"{name}**{power}"


def product(parts: Iterable[tuple[Atom, int]]) -> Unit:
    """The product of ``parts``, each name once, in a fixed order.

    A ratio does not change the unit that it multiplies, since a fraction of dollars is dollars; where nothing else is
    left, the product keeps the name of one ratio.
    """
    powers: dict[Atom, int] = {}
    for atom, power in parts:
        powers[atom] = powers.get(atom, 0) + power
    kept = {atom: power for atom, power in powers.items() if power and (atom.roots or atom.factor != 1)}
    if not any(power > 0 for power in kept.values()):
        ratios = sorted(atom.name for atom, power in powers.items() if power > 0 and not atom.roots)
        kept |= {atom: 1 for atom in powers if ratios[:1] == [atom.name]}
    return Unit(tuple(sorted(kept.items(), key=_place)))


def _place(part: tuple[Atom, int]) -> tuple[bool, bool, str]:
    # What is divided by comes after what is multiplied, and a period last: USD/user/month.
    atom, power = part
    return power < 0, atom.is_time, atom.name


NUMBER = Unit()
"""The unit of a pure number, written ``1``."""
