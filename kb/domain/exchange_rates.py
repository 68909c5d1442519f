"""Which currencies are joined, and by which recorded rates? Directly, or by two rates through a third currency."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kb.domain.entity import NON_COMMITTAL_STANCES, Figure, Measure
from kb.domain.identity import Id
from kb.domain.unit import Unit

CurrencyPair = tuple[str, ...]
"""The codes of two currencies, in alphabetical order."""


class RateStep(NamedTuple):
    """From one currency to the next, with the figures that record a rate between the two, either way round."""

    from_currency: str
    to_currency: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class ExchangeRates:
    """The exchange rates that figures record, at whatever time.

    Attributes:
        recorded: All figures of exchange rates, by the currencies between which they are.
    """

    recorded: Mapping[CurrencyPair, tuple[Figure, ...]]

    @classmethod
    def of(
        cls,
        measures: Iterable[Measure],
        figures_of_measure: Mapping[Id, Sequence[Figure]],
        unit: Callable[[str], Unit | None],
    ) -> "ExchangeRates":
        """The rates among figures; measures whose unit ``unit`` does not know record none."""
        recorded: dict[CurrencyPair, tuple[Figure, ...]] = defaultdict(tuple)
        for measure in measures:
            if measure.kind.traits.converts_currencies and (rate_unit := unit(measure.unit)):
                recorded[rate_unit.currencies] += tuple(figures_of_measure.get(measure.id, ()))
        return cls(dict(recorded))

    def join(self, from_currency: str, to_currency: str) -> bool:
        """Whether amounts in one currency can be converted to the other, at least at some time."""
        return from_currency == to_currency or next(self.routes(from_currency, to_currency), None) is not None

    def routes(self, from_currency: str, to_currency: str) -> Iterator[tuple[RateStep, ...]]:
        """The ways to convert, in the order in which they are tried.

        A rate between the two currencies comes first, then those through a third currency, in the order of its code.
        """
        if direct := self._step(from_currency, to_currency):
            yield (direct,)
        for middle in sorted(self._partners(from_currency) & self._partners(to_currency)):
            first, second = self._step(from_currency, middle), self._step(middle, to_currency)
            if first and second:
                yield first, second

    def _partners(self, code: str) -> set[str]:
        return {partner for pair in self.recorded if code in pair for partner in pair if partner != code}

    def _step(self, from_currency: str, to_currency: str) -> RateStep | None:
        # A pair has no direction: whoever records CNY/USD has recorded USD/CNY, too.
        pair = tuple(sorted((from_currency, to_currency)))
        figures = tuple(figure for figure in self.recorded.get(pair, ()) if _converts(figure))
        return RateStep(from_currency, to_currency, figures) if figures else None


def _converts(figure: Figure) -> bool:
    """Whether amounts are converted by a recorded rate: it is committed to, and its number is not another figure's."""
    return figure.stance not in NON_COMMITTAL_STANCES and figure.depends_on is None
