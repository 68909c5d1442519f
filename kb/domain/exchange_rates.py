"""Recorded exchange rates and the routes between currencies: one rate, or two through a third currency."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kb.domain.entity import NON_COMMITTAL_STANCES, Figure, Measure, Stance
from kb.domain.identity import Id
from kb.domain.unit import Unit

CurrencyPair = tuple[str, ...]
"""The codes of two currencies, in alphabetical order."""


class RateStep(NamedTuple):
    """A conversion from one currency to another, with the figures that record a rate between the two."""

    from_currency: str
    to_currency: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class ExchangeRates:
    """The exchange rates that figures record, for any time.

    Attributes:
        recorded: All figures of exchange rates by their pair of currencies, those that convert nothing included.
    """

    recorded: Mapping[CurrencyPair, tuple[Figure, ...]]

    @classmethod
    def of(
        cls,
        measures: Iterable[Measure],
        figures_of_measure: Mapping[Id, Sequence[Figure]],
        unit: Callable[[str], Unit | None],
    ) -> "ExchangeRates":
        """The rates among the figures of ``measures``; a measure whose unit ``unit`` does not know records none."""
        recorded: dict[CurrencyPair, tuple[Figure, ...]] = defaultdict(tuple)
        for measure in measures:
            if measure.kind.traits.converts_currencies and (rate_unit := unit(measure.unit)):
                recorded[rate_unit.currencies] += tuple(figures_of_measure.get(measure.id, ()))
        return cls(dict(recorded))

    def join(self, from_currency: str, to_currency: str) -> bool:
        """Whether amounts in one currency can be converted to the other for some time at least."""
        return from_currency == to_currency or next(self.routes(from_currency, to_currency), None) is not None

    def routes(self, from_currency: str, to_currency: str) -> Iterator[tuple[RateStep, ...]]:
        """The ways to convert, in the order in which they are tried: directly, then through a third currency.

        Those through a third currency come in the order of its code; a route never has more than two rates.
        """
        if direct := self._step(from_currency, to_currency):
            yield (direct,)
        for middle in sorted(self._partners(from_currency) & self._partners(to_currency)):
            first, second = self._step(from_currency, middle), self._step(middle, to_currency)
            if first and second:
                yield first, second

    def unstated(self, from_currency: str, to_currency: str) -> tuple[Figure, ...]:
        """The direct rates that are only assumed or hypothetical, and so convert nothing."""
        recorded = self.recorded.get(tuple(sorted((from_currency, to_currency))), ())
        supposed = NON_COMMITTAL_STANCES - {Stance.NEGATED}
        return tuple(figure for figure in recorded if figure.stance in supposed and figure.depends_on is None)

    def _partners(self, code: str) -> set[str]:
        return {partner for pair in self.recorded if code in pair for partner in pair if partner != code}

    def _step(self, from_currency: str, to_currency: str) -> RateStep | None:
        # A pair has no direction: whoever records CNY/USD has recorded USD/CNY as well.
        pair = tuple(sorted((from_currency, to_currency)))
        figures = tuple(figure for figure in self.recorded.get(pair, ()) if _converts(figure))
        return RateStep(from_currency, to_currency, figures) if figures else None


def _converts(figure: Figure) -> bool:
    """Whether a recorded rate may convert amounts."""
    # A rate that its voice only assumes or denies says nothing about what money is worth, and a rate that repeats
    # another is not counted again.
    return figure.stance not in NON_COMMITTAL_STANCES and figure.depends_on is None
