"""Figures in the unit of their measure; currencies are converted by recorded rates only.

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
from functools import cached_property, lru_cache, reduce

from kb.domain.entity import Figure, Measure
from kb.domain.exchange_rates import RateStep
from kb.domain.finding import MissingRate
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.domain.measure_kind import MeasureKind
from kb.domain.quantity import Hedge, Quantity
from kb.domain.scope import ScopeSelection
from kb.domain.unit import STANDARD, Unit, Units
from kb.domain.unit.names import POINTS, plain_unit
from kb.reasoning.comparison.exchange import INTERVAL_NAMES, Exchange, Leg, positive_part
from kb.reasoning.comparison.tolerance import (
    NormalizedQuantity,
    convert_currency,
    in_common_currency,
    left_of_whole,
    limited,
    normalize,
    scaled,
)
from kb.reasoning.findings.origin import Origin, independent
from kb.reasoning.scope import ScopeKey, scope_key

Days = tuple[date, date]
"""The first and the last day of a stretch of time, both included."""


def time_of(knowledge: Knowledge, figure: Figure) -> Days | None:
    """The days that a figure is about: its ``as-of``, else its ``period``, else the days on which its source appeared.

    A stretch with one open end is taken as the day of the end that it has. None where nothing gives a date.
    """
    for key in ("as-of", "period"):
        value = figure.scope.get(key)
        if value and (days := _days(value)):
            return days
    source = knowledge.sources.get(figure.source)
    return issued_days(source.issued) if source else None


def _days(value: ScopeSelection) -> Days | None:
    start, end = value.start or value.end, value.end or value.start
    return (start, end) if start and end else None


def issued_days(text: str) -> Days | None:
    """The days that ``2026``, ``2026-03`` or ``2026-03-10`` names; None for other text and impossible dates."""
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
    """The rate from ``from_currency`` to ``to_currency`` for the days of ``when``; else the rate that is missing.

    A direct rate comes before two through a third currency. Without ``when`` no rate can be chosen, and the missing
    rate has no day.
    """
    # Every rate is a figure with a voice, a date and a passage, so that no verdict rests on a number that a reader
    # cannot look up. Where none is recorded, the finding names the rate to record.
    if when is None:
        return MissingRate(from_currency, to_currency, None)
    for route in knowledge.rates.routes(from_currency, to_currency):
        legs = [leg for step in route if (leg := _leg(knowledge, step, when))]
        if len(legs) == len(route):
            return reduce(Exchange.then, legs)
    unstated = knowledge.rates.unstated(from_currency, to_currency)
    in_time = (figure.id for figure in unstated if (days := time_of(knowledge, figure)) and days[0] <= when[1])
    return MissingRate(from_currency, to_currency, when[1], tuple(in_time))


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
    """Those of the ``known`` times whose rates apply to ``when``, by the rules of this module; empty if none does."""
    # A rate of May says nothing of what ¥1,400 were worth in March: what was written then cannot have meant it.
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
    """How many of the other currency one of ``from_currency`` is, for each of ``INTERVAL_NAMES``.

    None where the recorded rate is not wholly above zero as stated, or has no low end.
    """
    factor = knowledge.unit(figure.quantity.unit).factor
    normalized = normalize(figure.quantity, figure.quantity.unit, factor, percent=False)
    spans = {name: positive_part(getattr(normalized, name)) for name in INTERVAL_NAMES}
    whole = {name: span for name, span in spans.items() if span is not None}
    if len(whole) < len(INTERVAL_NAMES) or normalized.stated.low is None or normalized.stated.low <= 0:
        return None
    forward = Exchange(from_currency=from_currency, to_currency="", legs=(), spans=whole)
    return forward.inverse().spans if is_quoted_inversely(knowledge, figure, from_currency) else whole


def is_quoted_inversely(knowledge: Knowledge, figure: Figure, from_currency: str) -> bool:
    """Whether a rate gives the amount of ``from_currency`` for one of the other: CNY/USD where CNY is converted."""
    return dict(knowledge.unit(figure.quantity.unit).dimension).get(from_currency) == 1


@dataclass(frozen=True)
class Mention:
    """A figure with its intervals in the unit of its measure.

    Attributes:
        figure: The figure.
        normalized: Its intervals in the measure's unit, or in its own where the two cannot be converted.
        origin: The first voice of the figure.
        evidence: The keys of the origins whose word the figure is: its own, or those of what it was derived from.
        order: Place among the figures of the measure in reading order, from 0; see ``reading_order``.
    """

    figure: Figure
    normalized: NormalizedQuantity
    origin: Origin
    evidence: frozenset[str]
    order: int

    @cached_property
    def scope_key(self) -> ScopeKey:
        """The scope of the figure in one spelling."""
        return scope_key(self.figure.scope)

    @property
    def in_own_currency(self) -> NormalizedQuantity:
        """The intervals in the currency of the source."""
        return self.normalized.original or self.normalized

    @property
    def stated_in_own_currency(self) -> Interval:
        """The stated interval in the currency of the source."""
        return self.in_own_currency.stated


def independent_mentions(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions that count as evidence, no two of which share an origin, in reading order.

    One that was derived from other figures counts only beside those whose origins it does not rest on.
    """
    # What a voice computed comes last, since the numbers that it started from are the better evidence; and of those the
    # one that rests on fewest origins, which leaves most room for others.
    ranked = sorted(mentions, key=lambda m: (bool(m.figure.derived_from), len(m.evidence), m.order))
    return sorted(independent(ranked, lambda mention: mention.evidence), key=lambda mention: mention.order)


def side_by_side(left: Mention, right: Mention) -> tuple[Mention, Mention]:
    """The two mentions as they are compared: in their own currency where both were converted from the same one."""
    # A rate of 6 to 8 yuan a dollar would make ¥1,400 and ¥1,600 overlap in dollars, although they differ in yuan.
    if not (left.normalized.exchange and right.normalized.exchange):
        return left, right
    left_normalized, right_normalized = in_common_currency(left.normalized, right.normalized)
    return replace(left, normalized=left_normalized), replace(right, normalized=right_normalized)


def reading_order(figure: Figure) -> tuple[str, int, str]:
    """Sort key that puts figures in the order of their files and lines."""
    # The order must not depend on which file was imported first, since the first figure of a position names its
    # findings: the same seed files give the same ids in every base.
    return figure.file, figure.passage.line, figure.slug


def normalized_quantity(knowledge: Knowledge, figure: Figure) -> NormalizedQuantity:
    """The intervals of a figure in its measure's unit, converted by a recorded rate from another currency.

    They stay in the figure's own unit where that is another offer (a yearly price beside a monthly one), and where no
    rate is recorded; ``unconverted`` tells the two apart.
    """
    recorded = knowledge.recast.get(figure.id)
    if recorded is not None and recorded.measure != figure.measure:
        return left_of_whole(_in_measure(knowledge, recorded))
    return _in_measure(knowledge, figure)


def _in_measure(knowledge: Knowledge, figure: Figure) -> NormalizedQuantity:
    converted = _currency_converted(knowledge, figure)
    if isinstance(converted, NormalizedQuantity):
        return converted
    measure = knowledge.measures.get(figure.measure)
    if measure is None:
        return _in_own_unit(figure.quantity)  # its measure was redacted
    return in_measure_unit(measure, figure.quantity, knowledge.unit_system)


def _in_own_unit(quantity: Quantity, kind: MeasureKind | None = None) -> NormalizedQuantity:
    return normalize(quantity, quantity.unit, Fraction(1), percent=in_points(quantity.unit), kind=kind)


def unconverted(knowledge: Knowledge, figure: Figure) -> MissingRate | None:
    """The missing rate, where nothing else keeps a figure from its measure's unit; None where it needs none."""
    converted = _currency_converted(knowledge, figure)
    return converted if isinstance(converted, MissingRate) else None


def _currency_converted(knowledge: Knowledge, figure: Figure) -> NormalizedQuantity | MissingRate | None:
    """The figure in its measure's currency, or the rate that is missing; None where there is nothing to convert."""
    measure = knowledge.measures.get(figure.measure)
    if measure is None or figure.quantity.unit == measure.unit:
        return None
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
    # What is counted per unit of money takes the inverse rate: 100 tokens for a yuan are 700 for a dollar.
    original = replace(normalized, unit=str(measure_unit.in_currency(from_currency)))
    return convert_currency(
        original, rate if dict(quantity_unit.dimension)[from_currency] > 0 else rate.inverse(), measure.unit
    )


# In most measures several figures give one number in one wording, which is normalized once.
@lru_cache(maxsize=1024)
def in_measure_unit(measure: Measure, quantity: Quantity, units: Units = STANDARD) -> NormalizedQuantity:
    """``quantity`` in the measure's unit; in its own unit where that is another currency or another offer.

    A flow without its period keeps its number and has ``period_not_stated``: ``$5 billion`` beside
    ``$5 billion a year``.
    """
    measure_unit, quantity_unit = units.parse(measure.unit), units.parse(quantity.unit)
    normalized = _normalized_for_measure(measure, quantity, measure_unit, quantity_unit, quantity_unit, units)
    return limited(normalized, _range_of(measure, units)) if measure.within else normalized


def _range_of(measure: Measure, units: Units) -> Interval | None:
    """The range in which the numbers of a measure must lie, in its unit; None for none."""
    if measure.within is None:
        return None
    return scaled(measure.within.stated, units.parse(measure.within.unit).factor / units.parse(measure.unit).factor)


def _normalized_for_measure(
    measure: Measure, quantity: Quantity, measure_unit: Unit, quantity_unit: Unit, local_unit: Unit, units: Units
) -> NormalizedQuantity:
    """``quantity`` in ``measure_unit``; ``local_unit`` is its own ``quantity_unit`` in the currency of the measure."""
    digits = kind_of_digits(measure, measure_unit, units)
    if measure.kind.traits.accrues and measure_unit.period and not local_unit.period:
        whole = measure_unit * units.parse(measure_unit.period)
        if local_unit.same_dimension(whole):
            factor = quantity_unit.factor / whole.factor
            normalized = normalize(
                quantity, measure.unit, factor, percent=_counts_in_points(measure, quantity), kind=digits
            )
            return replace(normalized, period_not_stated=True)
    if not _converts(measure, measure_unit, local_unit):
        return _in_own_unit(quantity, digits)
    factor = _ONE if quantity_unit is measure_unit else quantity_unit.factor / measure_unit.factor
    return normalize(quantity, measure.unit, factor, percent=_counts_in_points(measure, quantity), kind=digits)


def _is_in_points(unit: Unit) -> bool:
    return str(unit) == POINTS


_ONE = Fraction(1)


def in_points(unit: str) -> bool:
    """Whether distances in ``unit`` are measured in percentage points; true of percentages and fractions."""
    return plain_unit(unit) == "fraction"


def kind_of_digits(measure: Measure, unit: Unit, units: Units) -> MeasureKind:
    """The kind by which the digits of a measure in ``unit`` are read: a stock of things is counted, too."""
    # 27 ships in a fleet are not 28, whether the measure is called a count or a stock; 27 tonnes may be 27.4.
    if measure.kind is not MeasureKind.STOCK or len(unit.parts) != 1 or unit.currencies:
        return measure.kind
    [(atom, power)] = unit.parts
    is_thing = power == 1 and atom.roots and not atom.is_time and not units.is_measure(atom.name)
    return MeasureKind.COUNT if is_thing else measure.kind


def _counts_in_points(measure: Measure, quantity: Quantity) -> bool:
    """Whether distances from ``quantity`` are in points, as those of shares are, whatever the measure is in."""
    # 42 % of a measure in multiples is as far from 45 % as of one in per cent; 2.67 times is no share in either.
    own_unit = quantity.unit if plain_unit(measure.unit) in _PURE_NUMBERS else measure.unit
    return in_points(own_unit)


_PURE_NUMBERS = ("fraction", "multiple")


def _converts(measure: Measure, measure_unit: Unit, quantity_unit: Unit) -> bool:
    # Two points are not two per cent, although both are pure numbers.
    if not measure_unit.same_dimension(quantity_unit) or _is_in_points(measure_unit) != _is_in_points(quantity_unit):
        return False
    # $70 a year and $7 a month are two offers, although one could be turned into the other; revenues can be.
    return measure.kind.traits.converts_between_periods or measure_unit.period == quantity_unit.period
