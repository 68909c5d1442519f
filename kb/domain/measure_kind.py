"""The kinds of measure, each with traits that say what may be done with its amounts.

A rule asks for a trait, never for the kind, so that a new kind is one more member of ``MeasureKind`` with its traits.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum

from kb.domain.unit import Unit


class BelowZero(Enum):
    """How often amounts of a kind lie below zero."""

    NEVER = "never"
    SELDOM = "seldom"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureTraits:
    """The properties of a measure's amounts that rules depend on.

    Attributes:
        additive: Whether the amounts of parts add up to that of the whole, so that no part should exceed its whole.
        holds_for_parts_of_time: Whether the value for a year may be that of its months, so that the two are compared.
        counts_things: Whether the amounts are numbers of things.
        states_tens: Whether the zero of 140 is a digit like any other, so that such an amount below 1,000 is exact.
        accrues: Whether an amount accrues over a period; one without a period is read as for that of its measure.
        converts_between_periods: Whether the amount for a month gives that for a year.
        converts_currencies: Whether its figures are exchange rates, by which amounts are converted.
        below_zero: How often its amounts lie below zero.
    """

    additive: bool = False
    holds_for_parts_of_time: bool = False
    counts_things: bool = False
    states_tens: bool = False
    accrues: bool = False
    converts_between_periods: bool = True
    converts_currencies: bool = False
    below_zero: BelowZero = BelowZero.POSSIBLE

    @property
    def never_negative(self) -> bool:
        """Whether zero is the lowest amount: "at most 20 people" is 0 to 20 people."""
        return self.below_zero is BelowZero.NEVER

    @property
    def seldom_negative(self) -> bool:
        """Whether an amount below zero is rare, so that an equation is not solved by one if a positive one will do."""
        return self.below_zero is not BelowZero.POSSIBLE


class MeasureKind(StrEnum):
    """The sort of amount that is measured; ``traits`` says what may be done with it."""

    FLOW = "flow"
    STOCK = "stock"
    PRICE = "price"
    RATIO = "ratio"
    COUNT = "count"
    DURATION = "duration"
    EXCHANGE_RATE = "exchange-rate"

    @property
    def traits(self) -> MeasureTraits:
        """The properties of amounts of this kind."""
        return _TRAITS[self]


_TRAITS: Mapping[MeasureKind, MeasureTraits] = {
    # A flow or a stock may lie below zero: a month ends with a loss, a debtor owns less than nothing.
    MeasureKind.FLOW: MeasureTraits(additive=True, accrues=True),
    MeasureKind.STOCK: MeasureTraits(additive=True),
    # A plan at $20 a month is another offer than one at $200 a year, so that a price holds for its own period alone.
    # Power is sold below zero at night; but where an equation has two solutions, the negative one is not the price.
    MeasureKind.PRICE: MeasureTraits(converts_between_periods=False, states_tens=True, below_zero=BelowZero.SELDOM),
    # October may have the margin of its year, as no part of a sum has the whole; and "at most 20 %" may be a loss.
    MeasureKind.RATIO: MeasureTraits(holds_for_parts_of_time=True),
    MeasureKind.COUNT: MeasureTraits(additive=True, counts_things=True, states_tens=True, below_zero=BelowZero.NEVER),
    MeasureKind.DURATION: MeasureTraits(below_zero=BelowZero.NEVER),
    MeasureKind.EXCHANGE_RATE: MeasureTraits(converts_currencies=True, below_zero=BelowZero.NEVER),
}

if _without_traits := set(MeasureKind) - set(_TRAITS):
    raise TypeError(f"kinds of measure without traits: {', '.join(sorted(_without_traits))}")

RATE_KINDS = tuple(kind for kind in MeasureKind if kind.traits.converts_currencies)
"""The kinds of measure whose figures convert currencies."""


def likely_kind(unit: Unit) -> MeasureKind:
    """The likeliest kind of a measure in ``unit``, as far as a unit alone can tell.

    >>> from kb.domain.unit import parse_unit
    >>> [str(likely_kind(parse_unit(text))) for text in ("USD/month", "USD/Mtoken", "USD", "person", "fraction")]
    ['flow', 'price', 'stock', 'count', 'ratio']
    """
    if unit.is_dimensionless:
        return MeasureKind.RATIO
    if unit.period:
        return MeasureKind.FLOW
    if any(power < 0 for _, power in unit.parts):
        return MeasureKind.PRICE
    roots = {root for root, _ in unit.dimension}
    if roots == {"second"}:
        return MeasureKind.DURATION
    return MeasureKind.STOCK if len(unit.currencies) == len(roots) else MeasureKind.COUNT
