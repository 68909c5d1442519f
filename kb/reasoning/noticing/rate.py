"""Which recorded rate converts a currency at a time? Never a guessed one, and never one recorded for later.

Of the figures of measures of the kind ``exchange-rate`` between two currencies, for a time asked for:

1. those of the narrowest stretch of time that holds all of it;
2. else all those within it or beside its ends: the rate is the interval over them;
3. else the last ones before it.

Several of one time that differ give the interval over them. Where no rate joins the two currencies, two that meet in a
third one do, if each is recorded.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import reduce

from kb.domain.entity import Figure, ScopeValue, Stance
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.domain.quantity import Hedge
from kb.domain.wording import say, say_interval
from kb.reasoning.comparing.exchange import SPANS, Exchange, Leg, NoRate, positive
from kb.reasoning.comparing.leeway import reading, scaled
from kb.reasoning.noticing.origin import origin_of
from kb.reasoning.scope import say_value

Days = tuple[date, date]

_UNHEARD = frozenset({Stance.NEGATED, Stance.HYPOTHETICAL, Stance.ASSUMED})


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


def _days(value: ScopeValue) -> Days | None:
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


def exchange(knowledge: Knowledge, given: str, wanted: str, when: Days | None) -> Exchange | NoRate:
    """What one of ``given`` is in ``wanted`` in the days of ``when``; why there is no saying it where nothing tells."""
    hint = f"record it as a figure of a measure of kind exchange-rate in {given}/{wanted}, with as-of or period"
    if when is None:
        return NoRate(f"no date by which to choose a rate from {given} to {wanted}", "give as-of or period")
    if direct := _leg(knowledge, given, wanted, when):
        return direct
    for middle in sorted(_partners(knowledge, given) & _partners(knowledge, wanted)):
        first, second = _leg(knowledge, given, middle, when), _leg(knowledge, middle, wanted, when)
        if first and second:
            return first.then(second)
    return NoRate(f"no recorded rate from {given} to {wanted} by {when[1]}", hint)


def _partners(knowledge: Knowledge, code: str) -> set[str]:
    """Currencies to which a rate from ``code`` is recorded, at whatever time."""
    return {one for pair in knowledge.rates if code in pair for one in pair if one != code}


def _leg(knowledge: Knowledge, given: str, wanted: str, when: Days) -> Exchange | None:
    recorded = knowledge.rates.get(tuple(sorted((given, wanted))), ())
    dated = [
        (days, figure, spans)
        for figure in recorded
        if figure.stance not in _UNHEARD and figure.depends_on is None
        if (days := time_of(knowledge, figure)) and (spans := _spans(knowledge, figure, given))
    ]
    chosen = _chosen([days for days, *_ in dated], when)
    if not chosen:
        return None
    kept = [(figure, spans) for days, figure, spans in dated if days in chosen]
    joined = {name: reduce(Interval.hull, (spans[name] for _, spans in kept)) for name in SPANS}
    hedge = next((one.quantity.hedge for one, _ in kept if one.quantity.hedge is not Hedge.NONE), Hedge.NONE)
    figures = tuple(figure for figure, _ in kept)
    differ = len({spans["stated"] for _, spans in kept}) > 1
    found = Exchange(given, wanted, (), joined, hedge)
    rate = _interval(knowledge, figures[0], found) if differ else say(figures[0].quantity)
    return replace(found, legs=(Leg(tuple(one.id for one in figures), f"{rate}, as {_voices(knowledge, figures)}"),))


def _chosen(known: Iterable[Days], when: Days) -> set[Days]:
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


def _spans(knowledge: Knowledge, figure: Figure, given: str) -> Mapping[str, Interval] | None:
    """How many of the other currency one of ``given`` is, by one recorded rate; None for one that is not positive."""
    factor = knowledge.unit(figure.quantity.unit).factor
    said = reading(figure.quantity, figure.quantity.unit, factor, percent=False)
    spans = {name: positive(getattr(said, name)) for name in SPANS}
    whole = {name: span for name, span in spans.items() if span is not None}
    if len(whole) < len(SPANS) or said.stated.low is None or said.stated.low <= 0:
        return None
    found = Exchange(given, "", (), whole)
    return found.inverse().spans if _is_price_of_other(knowledge, figure, given) else whole


def _is_price_of_other(knowledge: Knowledge, figure: Figure, given: str) -> bool:
    """Whether a rate tells how many of ``given`` one of the other currency is: CNY/USD where CNY is given."""
    return dict(knowledge.unit(figure.quantity.unit).dimension).get(given) == 1


def _interval(knowledge: Knowledge, figure: Figure, found: Exchange) -> str:
    """The rates together, told the way round in which ``figure`` tells its own."""
    unit = knowledge.unit(figure.quantity.unit)
    turned = found.inverse() if _is_price_of_other(knowledge, figure, found.given) else found
    return say_interval(scaled(turned.spans["stated"], 1 / unit.factor), figure.quantity.unit)


def _voices(knowledge: Knowledge, figures: Sequence[Figure]) -> str:
    told = (f"{origin_of(knowledge, one).name} said for {_when(knowledge, one)}" for one in figures)
    return " and ".join(dict.fromkeys(told))


def _when(knowledge: Knowledge, figure: Figure) -> str:
    value = figure.scope.get("as-of") or figure.scope.get("period")
    source = knowledge.sources.get(figure.source)
    return say_value(knowledge, value) if value and value.is_time else source.issued if source else ""
