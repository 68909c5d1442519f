"""Figures normalized to the unit of their measure; currencies are converted by recorded rates only.

Of the figures of measures of the kind ``exchange-rate`` between two currencies, these apply to a time:

1. those of the shortest period that contains all of it;
2. else all those within it or overlapping its ends: the rate is the interval over them;
3. else the latest before it.

Several of one time that differ give the interval over them. Where no rate joins the two currencies, two rates through
a third currency do, if each is recorded. A rate recorded for a later time is never used.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import reduce

from kb.domain.entity import Figure, Measure
from kb.domain.exchange_rates import RateStep
from kb.domain.finding import MissingRate
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.domain.quantity import Hedge, Quantity
from kb.domain.scope import ScopeSelection
from kb.domain.unit import STANDARD, Unit, Units
from kb.domain.unit.names import plain_unit
from kb.reasoning.comparison.exchange import INTERVAL_NAMES, Exchange, Leg, positive_part
from kb.reasoning.comparison.tolerance import (
    NormalizedQuantity,
    convert_currency,
    in_common_currency,
    normalize,
)
from kb.reasoning.findings.origin import Origin

Days = tuple[date, date]


def time_of(knowledge: Knowledge, figure: Figure) -> Days | None:
    """The days that a figure speaks of: as its scope says, else those on which its source appeared.

    A stretch with one open end is taken at the end that it has.
    """
    for key in ("as-of", "period"):
        value = figure.scope.get(key)
        if value and (days := _days(value)):
            return days
    source = knowledge.sources.get(figure.source)
    return _issued(source.issued) if source else None


def _days(value: ScopeSelection) -> Days | None:
    start, end = value.start or value.end, value.end or value.start
    return (start, end) if start and end else None


def _issued(text: str) -> Days | None:
    parts = [int(part) for part in text.split("-") if part.isdigit()]
    if not parts or len(parts) > 3 or len(parts) != text.count("-") + 1:
        return None
    first, last = [*parts, 1, 1][:3], [*parts, 12, 31][:3]
    try:
        if len(parts) == 2:
            last[2] = monthrange(parts[0], parts[1])[1]
        return date(*first), date(*last)
    except (ValueError, OverflowError):
        return None


def find_exchange(
    knowledge: Knowledge, from_currency: str, to_currency: str, when: Days | None
) -> Exchange | MissingRate:
    """The rate from ``from_currency`` to ``to_currency`` for the days of ``when``; else the rate that is missing."""
    if when is None:
        return MissingRate(from_currency, to_currency, None)
    for route in knowledge.rates.routes(from_currency, to_currency):
        legs = [leg for step in route if (leg := _leg(knowledge, step, when))]
        if len(legs) == len(route):
            return reduce(Exchange.then, legs)
    return MissingRate(from_currency, to_currency, when[1])


def _leg(knowledge: Knowledge, step: RateStep, when: Days) -> Exchange | None:
    from_currency, to_currency, recorded = step
    dated = [
        (days, figure, spans)
        for figure in recorded
        if (days := time_of(knowledge, figure)) and (spans := _rate_intervals(knowledge, figure, from_currency))
    ]
    chosen = _applicable([days for days, *_ in dated], when)
    if not chosen:
        return None
    kept = [(figure, spans) for days, figure, spans in dated if days in chosen]
    joined = {name: reduce(Interval.hull, (spans[name] for _, spans in kept)) for name in INTERVAL_NAMES}
    hedge = next(
        (rate_figure.quantity.hedge for rate_figure, _ in kept if rate_figure.quantity.hedge is not Hedge.NONE),
        Hedge.NONE,
    )
    figures = tuple(figure for figure, _ in kept)
    differ = len({spans["stated"] for _, spans in kept}) > 1
    combined = Exchange(from_currency=from_currency, to_currency=to_currency, legs=(), spans=joined, hedge=hedge)
    ids = tuple(rate_figure.id for rate_figure in figures)
    return replace(combined, legs=(Leg(ids, from_currency, joined["stated"] if differ else None),))


def _applicable(known: Iterable[Days], when: Days) -> set[Days]:
    """The times whose rates apply to ``when``; see the module."""
    not_later = {days for days in known if days[0] <= when[1]}
    around = [days for days in not_later if days[0] <= when[0] and days[1] >= when[1]]
    if around:
        narrowest = min((last - first for first, last in around))
        return {days for days in around if days[1] - days[0] == narrowest}
    if within := {days for days in not_later if days[1] >= when[0]}:
        return within
    latest = max(not_later, key=lambda days: (days[1], days[0]), default=None)
    return {latest} if latest else set()


def _rate_intervals(knowledge: Knowledge, figure: Figure, from_currency: str) -> Mapping[str, Interval] | None:
    """How many of the other currency one of ``from_currency`` is, by one recorded rate; None unless above zero."""
    factor = knowledge.unit(figure.quantity.unit).factor
    normalized = normalize(figure.quantity, figure.quantity.unit, factor, percent=False)
    spans = {name: positive_part(getattr(normalized, name)) for name in INTERVAL_NAMES}
    whole = {name: span for name, span in spans.items() if span is not None}
    if len(whole) < len(INTERVAL_NAMES) or normalized.stated.low is None or normalized.stated.low <= 0:
        return None
    forward = Exchange(from_currency=from_currency, to_currency="", legs=(), spans=whole)
    return forward.inverse().spans if is_quoted_inversely(knowledge, figure, from_currency) else whole


def is_quoted_inversely(knowledge: Knowledge, figure: Figure, from_currency: str) -> bool:
    """Whether a rate tells how many of ``from_currency`` one of the other currency is: CNY/USD where CNY is given."""
    return dict(knowledge.unit(figure.quantity.unit).dimension).get(from_currency) == 1


@dataclass(frozen=True)
class Mention:
    """A figure laid on its measure's axis.

    Attributes:
        figure: The figure.
        normalized: Its intervals in the measure's unit, or in its own where the two cannot be converted.
        origin: Who said it first.
        order: Place in the order in which a reader meets the figures, file by file and down the lines.
    """

    figure: Figure
    normalized: NormalizedQuantity
    origin: Origin
    order: int

    @property
    def in_own_currency(self) -> NormalizedQuantity:
        """Its intervals in the currency that was said."""
        return self.normalized.original or self.normalized

    @property
    def stated_in_own_currency(self) -> Interval:
        """Its stated interval in the currency that was said."""
        return self.in_own_currency.stated


def side_by_side(left: Mention, right: Mention) -> tuple[Mention, Mention]:
    """Two mentions as they are compared: without any rate where both were said in one currency."""
    left_normalized, right_normalized = in_common_currency(left.normalized, right.normalized)
    return replace(left, normalized=left_normalized), replace(right, normalized=right_normalized)


def reading_order(figure: Figure) -> tuple[str, int, str]:
    """File by file, down the lines: an order that does not depend on which file was imported first."""
    return figure.file, figure.passage.line, figure.slug


def normalized_quantity(knowledge: Knowledge, figure: Figure) -> NormalizedQuantity:
    """What a figure says in its measure's unit, converted by a recorded rate where it is in another currency.

    In its own unit where that is another thing (another offer), or where no rate is recorded; see ``unconverted``.
    """
    converted = _currency_converted(knowledge, figure)
    if isinstance(converted, NormalizedQuantity):
        return converted
    return in_measure_unit(knowledge.measures[figure.measure], figure.quantity, knowledge.unit_system)


def unconverted(knowledge: Knowledge, figure: Figure) -> MissingRate | None:
    """Why a figure stays in its own currency, where only a rate keeps it from its measure's unit; else None."""
    converted = _currency_converted(knowledge, figure)
    return converted if isinstance(converted, MissingRate) else None


def _currency_converted(knowledge: Knowledge, figure: Figure) -> NormalizedQuantity | MissingRate | None:
    """The figure in its measure's currency, or why not; None where there is nothing to convert."""
    measure = knowledge.measures[figure.measure]
    measure_unit, quantity_unit = knowledge.unit(measure.unit), knowledge.unit(figure.quantity.unit)
    from_currency, to_currency = quantity_unit.currency, measure_unit.currency
    if not from_currency or not to_currency or from_currency == to_currency:
        return None
    normalized = _normalized_for_measure(
        measure,
        figure.quantity,
        measure_unit,
        quantity_unit,
        quantity_unit.in_currency(to_currency),
        knowledge.unit_system,
    )
    if normalized.unit != measure.unit:
        return None
    rate = find_exchange(knowledge, from_currency, to_currency, time_of(knowledge, figure))
    if isinstance(rate, MissingRate):
        return rate
    original = replace(normalized, unit=str(measure_unit.in_currency(from_currency)))
    return convert_currency(
        original, rate if dict(quantity_unit.dimension)[from_currency] > 0 else rate.inverse(), measure.unit
    )


def in_measure_unit(measure: Measure, quantity: Quantity, units: Units = STANDARD) -> NormalizedQuantity:
    """``quantity`` in the measure's unit; in its own where that is another thing (another currency, another offer).

    A flow whose period is not said keeps its number and is marked: ``$5 billion`` beside ``$5 billion a year``.
    """
    measure_unit, quantity_unit = units.parse(measure.unit), units.parse(quantity.unit)
    return _normalized_for_measure(measure, quantity, measure_unit, quantity_unit, quantity_unit, units)


def _normalized_for_measure(
    measure: Measure, quantity: Quantity, measure_unit: Unit, quantity_unit: Unit, local_unit: Unit, units: Units
) -> NormalizedQuantity:
    """``quantity`` in ``measure_unit``; ``local_unit`` is its own ``quantity_unit`` in the currency of the measure."""
    if measure.kind.traits.accrues and measure_unit.period and not local_unit.period:
        whole = measure_unit * units.parse(measure_unit.period)
        if local_unit.same_dimension(whole):
            factor = quantity_unit.factor / whole.factor
            normalized = normalize(quantity, measure.unit, factor, percent=in_points(measure.unit))
            return replace(normalized, period_not_stated=True)
    if not _converts(measure, measure_unit, local_unit):
        return normalize(quantity, quantity.unit, Fraction(1), percent=in_points(quantity.unit))
    return normalize(
        quantity, measure.unit, quantity_unit.factor / measure_unit.factor, percent=in_points(measure.unit)
    )


def in_points(unit: str) -> bool:
    """Whether distances in ``unit`` are told in percentage points."""
    return plain_unit(unit) == "fraction"


def _converts(measure: Measure, measure_unit: Unit, quantity_unit: Unit) -> bool:
    if not measure_unit.same_dimension(quantity_unit):
        return False
    return measure.kind.traits.converts_between_periods or measure_unit.period == quantity_unit.period
