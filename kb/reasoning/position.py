"""What does each side say? Figures of one measure in one scope whose stated intervals meet, counted by origin."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, reduce

from kb.domain.entity import Dependence, Figure, Measure, MeasureKind, ScopeValue, Stance
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.domain.quantity import Quantity
from kb.domain.unit import STANDARD, Unit, Units
from kb.domain.unitname import plain_unit
from kb.reasoning.exchange import NoRate
from kb.reasoning.leeway import HEDGES, Reading, alike, exchanged, reading
from kb.reasoning.origin import Origin, linked, origin_of, root_of
from kb.reasoning.rate import exchange, time_of
from kb.reasoning.scope import ScopeKey, expanded, say_scope

SILENT_STANCES = frozenset({Stance.NEGATED, Stance.HYPOTHETICAL, Stance.ASSUMED})
"""Figures of these stances take no position: two are not said to be so, an assumption only feeds calculations."""


@dataclass(frozen=True)
class Mention:
    """A figure laid on its measure's axis.

    Attributes:
        figure: The figure.
        reading: Its intervals in the measure's unit, or in its own where the two cannot be converted.
        origin: Who said it first.
        order: Place in the order in which a reader meets the figures, file by file and down the lines.
    """

    figure: Figure
    reading: Reading
    origin: Origin
    order: int

    @property
    def spoken(self) -> Reading:
        """Its intervals in the currency that was said."""
        return self.reading.original or self.reading

    @property
    def as_said(self) -> Interval:
        """Its stated interval in the currency that was said."""
        return self.spoken.stated


@dataclass(frozen=True)
class Position:
    """What one side says about a measure in a scope.

    Attributes:
        measure: Id of the measure.
        scope: What it is about.
        label: ``voices`` and what the number is about: ``SemiAnalysis, Anthropic``.
        voices: Whose number ``quantity`` is, without the scope: the representative, and all who state the same.
        figures: One figure for each independent origin, the first told in front: it represents the position.
        dependents: Figures that say the same again.
        origins: Names of the independent voices, in the order of ``figures``.
        quantity: What the representative said.
        unit: The measure's unit; the figures' own where it cannot be converted (another currency, another offer).
        stated: Hull of the stated intervals, in ``unit``.
        allowed: Hull of the allowed intervals.
        widened: Hull of the widened intervals.
        mentions: ``figures`` with their intervals.
        key: ``scope`` in one spelling.
    """

    measure: Id
    scope: Mapping[str, ScopeValue]
    label: str
    voices: str
    figures: tuple[Id, ...]
    dependents: tuple[Id, ...]
    origins: tuple[str, ...]
    quantity: Quantity
    unit: str
    stated: Interval
    allowed: Interval
    widened: Interval
    mentions: tuple[Mention, ...]
    key: ScopeKey

    @property
    def reading(self) -> Reading:
        """The representative's intervals."""
        return self.mentions[0].reading

    @cached_property
    def topmost(self) -> Mention:
        """Who of this side is least able to reach upward: no floor, the tightest hedge, the lowest upper end.

        Of those who say the same, the one who says it most finely.
        """
        return min(self.mentions, key=lambda one: (*_reach(one.reading, "high"), one.order))

    @cached_property
    def lowest(self) -> Mention:
        """Who of this side is least able to reach downward: no ceiling, the tightest hedge, the highest lower end."""
        return min(self.mentions, key=lambda one: (*_reach(one.reading, "low"), one.order))

    def named(self, mention: Mention) -> str:
        """Whose number a member's is: all of this side who state the same."""
        same = [one for one in self.mentions if one.reading.stated == mention.reading.stated]
        return " and ".join(one.origin.name for one in same)

    def label_of(self, mention: Mention) -> str:
        """``label`` with the voices of ``mention`` in front."""
        return self.label.replace(self.voices, self.named(mention), 1)

    @property
    def rank(self) -> tuple[bool, Fraction, bool, Fraction, int]:
        """Orders positions by their stated low end, then by the high one, then by who spoke first."""
        return _ranked(self.mentions[0].reading.stated, self.mentions[0].order)


def side_by_side(one: Mention, other: Mention) -> tuple[Mention, Mention]:
    """Two mentions as they are compared: without any rate where both were said in one currency."""
    mine, theirs = alike(one.reading, other.reading)
    return replace(one, reading=mine), replace(other, reading=theirs)


def positions(knowledge: Knowledge, measure: Id) -> tuple[Position, ...]:
    """The positions on ``measure``, by scope in the order told, within a scope from the lowest stated end up.

    Negated, hypothetical and assumed figures take none; an unknown measure has none.
    """
    found = knowledge.measures.get(measure)
    if found is None:
        return ()
    return survey(knowledge, found).positions


@dataclass(frozen=True)
class Survey:
    """One measure with everything said about it.

    Attributes:
        positions: See ``positions``.
        mentions: Every figure that may take part, by its id.
        links: What each dependent figure depends on, recorded or found.
    """

    measure: Measure
    positions: tuple[Position, ...]
    mentions: Mapping[Id, Mention]
    links: Mapping[Id, Dependence]


def survey(knowledge: Knowledge, measure: Measure) -> Survey:
    """Everything said about ``measure``."""
    mentions = _mentions(knowledge, measure)
    figures = [mention.figure for mention in mentions.values()]
    links = linked(knowledge, figures, {id: mention.reading.stated for id, mention in mentions.items()})
    followers: dict[Id, list[Id]] = defaultdict(list)
    classes: dict[tuple[ScopeKey, str, bool, str], list[Mention]] = defaultdict(list)
    for id, mention in mentions.items():
        root = root_of(id, links)
        if mention.figure.stance in SILENT_STANCES:
            continue
        if root != id:
            followers[root].append(id)
        else:
            for key in expanded(mention.figure.scope):
                said_in = mention.reading.exchange.given if mention.reading.exchange else ""
                classes[key, mention.reading.unit, mention.reading.period_unsaid, said_in].append(mention)
    found = [
        _position(knowledge, measure, key, cluster, followers)
        for (key, *_), group in classes.items()
        for cluster in clusters(group)
    ]
    return Survey(measure, tuple(found), mentions, links)


def _mentions(knowledge: Knowledge, measure: Measure) -> dict[Id, Mention]:
    told = knowledge.figures_of_measure.get(measure.id, ())
    return {
        figure.id: Mention(figure, said(knowledge, figure), origin_of(knowledge, figure), order)
        for order, figure in enumerate(sorted(told, key=as_read))
    }


def as_read(figure: Figure) -> tuple[str, int, str]:
    """File by file, down the lines: an order that does not depend on which file was imported first."""
    return figure.file, figure.passage.line, figure.slug


def said(knowledge: Knowledge, figure: Figure) -> Reading:
    """What a figure says in its measure's unit, converted by a recorded rate where it is in another currency.

    In its own unit where that is another thing (another offer), or where no rate is recorded; see ``unconverted``.
    """
    found = _exchanged(knowledge, figure)
    if isinstance(found, Reading):
        return found
    return measured(knowledge.measures[figure.measure], figure.quantity, knowledge.unit_system)


def unconverted(knowledge: Knowledge, figure: Figure) -> NoRate | None:
    """Why a figure stays in its own currency, where only a rate keeps it from its measure's unit; else None."""
    found = _exchanged(knowledge, figure)
    return found if isinstance(found, NoRate) else None


def _exchanged(knowledge: Knowledge, figure: Figure) -> Reading | NoRate | None:
    """The figure in its measure's currency, or why not; None where there is nothing to convert."""
    measure = knowledge.measures[figure.measure]
    wanted, given = knowledge.unit(measure.unit), knowledge.unit(figure.quantity.unit)
    if given.currencies == wanted.currencies or not len(given.currencies) == len(wanted.currencies) == 1:
        return None
    mine, theirs = given.currencies[0], wanted.currencies[0]
    found = _laid(measure, figure.quantity, wanted, given, given.in_currency(theirs), knowledge.unit_system)
    if found.unit != measure.unit:
        return None
    by = exchange(knowledge, mine, theirs, time_of(knowledge, figure))
    if isinstance(by, NoRate):
        return by
    original = replace(found, unit=str(wanted.in_currency(mine)))
    return exchanged(original, by if dict(given.dimension)[mine] > 0 else by.inverse(), measure.unit)


def measured(measure: Measure, quantity: Quantity, units: Units = STANDARD) -> Reading:
    """``quantity`` in the measure's unit; in its own where that is another thing (another currency, another offer).

    A flow whose period is not said keeps its number and is marked: ``$5 billion`` beside ``$5 billion a year``.
    """
    wanted, given = units.parse(measure.unit), units.parse(quantity.unit)
    return _laid(measure, quantity, wanted, given, given, units)


def _laid(measure: Measure, quantity: Quantity, wanted: Unit, given: Unit, local: Unit, units: Units) -> Reading:
    """``quantity``, which is ``given`` in a unit, in the ``wanted`` one; ``local`` is ``given`` in its currency."""
    if measure.kind is MeasureKind.FLOW and wanted.period and not local.period:
        whole = wanted * units.parse(wanted.period)
        if local.same_dimension(whole):
            factor = given.factor / whole.factor
            found = reading(quantity, measure.unit, factor, percent=in_points(measure.unit))
            return replace(found, period_unsaid=True)
    if not _converts(measure, wanted, local):
        return reading(quantity, quantity.unit, Fraction(1), percent=in_points(quantity.unit))
    return reading(quantity, measure.unit, given.factor / wanted.factor, percent=in_points(measure.unit))


def in_points(unit: str) -> bool:
    """Whether distances in ``unit`` are told in percentage points."""
    return plain_unit(unit) == "fraction"


def _converts(measure: Measure, wanted: Unit, given: Unit) -> bool:
    if not wanted.same_dimension(given):
        return False
    return measure.kind is not MeasureKind.PRICE or wanted.period == given.period


def clusters(group: Iterable[Mention]) -> list[list[Mention]]:
    """Mentions of one scope that are compatible and whose stated intervals share a number, from the lowest up.

    Spreads need equal ends, open to the same side. All are said in one currency, and meet in that: a rate that is an
    interval joins no two numbers that differ. Intervals that meet two by two share a number (Helly's theorem), so that
    it suffices to keep what the members of a position have in common.
    """
    found: list[list[Mention]] = []
    shared: _Common | None = None
    for mention in sorted((one for one in group if not one.reading.spread), key=_rank):
        mine = _Common.of(mention)
        joined = mine.within(shared) if shared else None
        if joined is None:
            found.append([])
        shared = joined or mine
        found[-1].append(mention)
    spreads: dict[tuple[Interval, int], list[Mention]] = defaultdict(list)
    for mention in group:
        if mention.reading.spread:
            spreads[mention.as_said, mention.spoken.side].append(mention)
    return sorted([*found, *spreads.values()], key=lambda cluster: _rank(cluster[0]))


_ANY = Interval(None, None)


@dataclass(frozen=True, slots=True)
class _Common:
    """What some mentions have in common: what they state, what they allow, and the side on which they lean."""

    stated: Interval
    allowed: Interval
    leaning: Interval

    @classmethod
    def of(cls, mention: Mention) -> "_Common":
        said = mention.spoken
        return cls(said.stated, said.allowed, said.leaning or _ANY)

    def within(self, other: "_Common") -> "_Common | None":
        """What this one and ``other`` have in common; None where they are not of one position."""
        stated, allowed = self.stated.overlap(other.stated), self.allowed.overlap(other.allowed)
        leaning = self.leaning.overlap(other.leaning)
        return _Common(stated, allowed, leaning) if stated and allowed and leaning else None


def _rank(mention: Mention) -> tuple[tuple[bool, Fraction, bool, Fraction, int], int]:
    return _ranked(mention.as_said, mention.spoken.side), mention.order


def _reach(reading: Reading, which: str) -> tuple[bool, Fraction, Fraction, Fraction]:
    """How far a number reaches beyond one end: without limit, by its hedge, or not; where it lies, and how finely."""
    leeway, end, step = HEDGES[reading.hedge], getattr(reading.stated, which), _step(reading)
    if which == "high":
        return end is None or reading.bound.is_floor, leeway.above, end or Fraction(0), step
    return end is None or reading.bound.is_ceiling, leeway.below, -(end or Fraction(0)), step


def _step(reading: Reading) -> Fraction:
    granularity = reading.quantity.granularity if reading.quantity else None
    return Fraction(granularity) * reading.factor if granularity else Fraction(0)


def _ranked(stated: Interval, then: int) -> tuple[bool, Fraction, bool, Fraction, int]:
    nothing = Fraction(0)
    return stated.low is not None, stated.low or nothing, stated.high is None, stated.high or nothing, then


def _position(
    knowledge: Knowledge,
    measure: Measure,
    key: ScopeKey,
    cluster: Sequence[Mention],
    followers: Mapping[Id, Sequence[Id]],
) -> Position:
    told = sorted(cluster, key=lambda mention: mention.order)
    voices: dict[str, Mention] = {}
    for mention in told:
        voices.setdefault(mention.origin.key, mention)
    chosen = tuple(voices.values())
    own = {mention.figure.id for mention in chosen}
    repeated = [mention.figure.id for mention in told if mention.figure.id not in own]
    passed_on = [id for mention in told for id in followers.get(mention.figure.id, ())]
    scope, names = dict(key), tuple(mention.origin.name for mention in chosen)
    alike = " and ".join(one.origin.name for one in chosen if one.reading.stated == chosen[0].reading.stated)
    about = say_scope(knowledge, scope)
    return Position(
        measure.id,
        scope,
        ", ".join(filter(None, (alike, about))),
        alike,
        tuple(mention.figure.id for mention in chosen),
        (*repeated, *passed_on),
        names,
        chosen[0].figure.quantity,
        chosen[0].reading.unit,
        _hull(mention.reading.stated for mention in chosen),
        _hull(mention.reading.allowed for mention in chosen),
        _hull(mention.reading.widened for mention in chosen),
        chosen,
        key,
    )


def _hull(intervals: Iterable[Interval]) -> Interval:
    return reduce(Interval.hull, intervals)
