"""Positions on a measure, and the pairs of them that are compared.

A position is a set of figures in one scope, of independent origin, whose stated intervals all share a number, or whose
margins leave room for a common one.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, reduce
from itertools import combinations, pairwise, product
from typing import TypeVar

from kb.domain.entity import NON_COMMITTAL_STANCES, Dependence, Figure, Measure, Stance
from kb.domain.finding import PairingSide
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.domain.quantity import Quantity
from kb.domain.scope import ScopeSelection
from kb.reasoning.comparison.margins import scatter
from kb.reasoning.comparison.tolerance import HEDGE_TOLERANCES, ZERO, NormalizedQuantity
from kb.reasoning.findings.chronology import Chronology, chronology
from kb.reasoning.findings.mention import Mention, independent_mentions, normalized_quantity, reading_order
from kb.reasoning.findings.origin import dependence_links, evidence_origins, origin_of, root_of
from kb.reasoning.scope import ScopeKey, expanded


def clusters(group: Iterable[Mention]) -> list[list[Mention]]:
    """The mentions of one scope grouped into positions, from the lowest stated end up.

    The members of a group share a stated number, and an allowed one, and the words of none exclude it. Spreads form
    groups of their own, of equal ends and one direction, and so do numbers with margins, which a chi-square test joins.

    Args:
        group: Mentions in one unit and converted from one currency, in any order.
    """
    # A mention joins by what all members have in common, never by its neighbour: a chain of ranges that overlap two by
    # two (10–20, 18–27, 26–44, 43–99) would join numbers that exclude each other. Keeping the common part suffices,
    # since intervals on a line that meet two by two share a point (Helly's theorem). It is kept in the currency of the
    # sources, because a rate that is an interval would join numbers that differ.
    found: list[list[Mention]] = []
    measured, plain = _partitioned(group)
    shared: _CommonIntervals | None = None
    members: list[Mention] = []
    spreads: dict[tuple[Interval, int], list[Mention]] = {}
    for mention in sorted(plain, key=_cluster_order):
        if mention.normalized.spread:
            ends = mention.stated_in_own_currency, mention.in_own_currency.direction
            if ends not in spreads:
                found.append(spreads.setdefault(ends, []))
            spreads[ends].append(mention)
            continue
        own = _CommonIntervals.of(mention)
        joined = own.within(shared) if shared else None
        if joined is None:
            found.append(members := [])
        shared = joined or own
        members.append(mention)
    return [*found, *_measured_clusters(measured)]


def _partitioned(group: Iterable[Mention]) -> tuple[list[Mention], list[Mention]]:
    """The mentions with a margin, with those that state one of their numbers without any, and the others."""
    mentions = list(group)
    values = {mention.in_own_currency.stated for mention in mentions if mention.in_own_currency.measured}
    if not values:
        return [], mentions
    measured: list[Mention] = []
    plain: list[Mention] = []
    for mention in mentions:
        own = mention.in_own_currency
        # "45" confirms "45 ± 3"; "about 45" and "more than 45" are compared with it.
        same = own.stated in values and own.stated.exact and own.quantity is not None and not own.is_qualified
        (measured if own.measured or same else plain).append(mention)
    return measured, plain


def _measured_clusters(mentions: Sequence[Mention]) -> list[list[Mention]]:
    """One group while the chi-square test does not reject a common value; else the longest such runs from below."""
    # All together first: of a dozen numbers of one value two may well lie farther apart than two alone should.
    ordered = sorted(mentions, key=lambda mention: (_centre(mention), mention.order))
    if not ordered or _have_common_value(ordered):
        return [ordered] if ordered else []
    runs: list[list[Mention]] = []
    for mention in ordered:
        if runs and _have_common_value([*runs[-1], mention]):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return runs


def _centre(mention: Mention) -> Fraction:
    own = mention.in_own_currency
    return own.measured.value if own.measured else own.stated.low or ZERO


def _have_common_value(mentions: Sequence[Mention]) -> bool:
    numbers = [mention.in_own_currency.measured for mention in mentions if mention.in_own_currency.measured]
    return not numbers or scatter(numbers).allows_common_value


_ANY = Interval(None, None)


@dataclass(frozen=True, slots=True)
class _CommonIntervals:
    """What the members of a position have in common.

    Attributes:
        stated: Overlap of their stated intervals.
        allowed: Overlap of their allowed intervals.
        half_line: Overlap of the sides that their words name; everything where none names one.
    """

    stated: Interval
    allowed: Interval
    half_line: Interval

    @classmethod
    def of(cls, mention: Mention) -> "_CommonIntervals":
        original = mention.in_own_currency
        return cls(original.stated, original.allowed, original.half_line or _ANY)

    def within(self, other: "_CommonIntervals") -> "_CommonIntervals | None":
        """The overlap with ``other``; None where one of the three is empty, so that both are not of one position."""
        # "More than 60,000" and "fewer than 60,000" state one number and confirm nothing.
        stated, allowed = self.stated.overlap(other.stated), self.allowed.overlap(other.allowed)
        half_line = self.half_line.overlap(other.half_line)
        return _CommonIntervals(stated, allowed, half_line) if stated and allowed and half_line else None


def _cluster_order(mention: Mention) -> tuple[tuple[bool, Fraction, bool, Fraction, int], int]:
    return interval_order(mention.stated_in_own_currency, mention.in_own_currency.direction), mention.order


def looseness(normalized: NormalizedQuantity, which: str) -> tuple[bool, Fraction, Fraction, Fraction]:
    """Sort key for how far a number reaches beyond its ``low`` or ``high`` end, the least in front.

    Ends that no limit leaves open come first, then the tighter hedge, then the end further inward, then the finer last
    digit.
    """
    tolerance, end = HEDGE_TOLERANCES[normalized.hedge], getattr(normalized.stated, which)
    if normalized.measured:
        end = normalized.measured.reach[which == "high"]
    if which == "high":
        return end is None or normalized.bound.is_floor, tolerance.above, end or ZERO, normalized.step
    return end is None or normalized.bound.is_ceiling, tolerance.below, -(end or ZERO), normalized.step


def interval_order(stated: Interval, tie_break: int) -> tuple[bool, Fraction, bool, Fraction, int]:
    """Sort key for stated intervals: by the low end, then by the high end, then by ``tie_break``.

    A missing low end comes before every number, a missing high end after.
    """
    return stated.low is not None, stated.low or ZERO, stated.high is None, stated.high or ZERO, tie_break


@dataclass(frozen=True, kw_only=True)
class Position:
    """What independent voices that agree say about a measure in one scope.

    Attributes:
        measure: Id of the measure.
        scope: What it is about, by key.
        figures: One figure for each independent origin, in reading order; the first represents the position.
        dependents: Figures that add no voice: of the same origins first, then those that depend on a member.
        origins: Names of the independent voices, in the order of ``figures``.
        quantity: The representative's quantity, as its source gives it.
        unit: The measure's unit; the figures' own where it cannot be converted (another currency, another offer).
        mentions: ``figures`` with their intervals, in the same order.
        key: ``scope`` in one spelling, for equality.
    """

    measure: Id
    scope: Mapping[str, ScopeSelection]
    figures: tuple[Id, ...]
    dependents: tuple[Id, ...]
    origins: tuple[str, ...]
    quantity: Quantity
    unit: str
    mentions: tuple[Mention, ...]
    key: ScopeKey

    @property
    def normalized(self) -> NormalizedQuantity:
        """The representative's intervals."""
        return self.mentions[0].normalized

    @cached_property
    def stated(self) -> Interval:
        """Hull of the stated intervals, in ``unit``."""
        return reduce(Interval.hull, (mention.normalized.stated for mention in self.mentions))

    @cached_property
    def allowed(self) -> Interval:
        """Hull of the allowed intervals, in ``unit``."""
        return reduce(Interval.hull, (mention.normalized.allowed for mention in self.mentions))

    def scope_beside(self, speaker: Mention) -> Mapping[str, ScopeSelection] | None:
        """The scope; None where the scope of the figure of ``speaker`` says the same."""
        # A figure for each of two vendors takes a position on either, and its own scope names both.
        return None if self.key == speaker.scope_key else self.scope

    @property
    def side(self) -> PairingSide:
        """A side of a pairing with all its figures, its representative as the speaker."""
        return PairingSide(
            figures=self.figures,
            speaker=self.figures[0],
            scope=self.scope_beside(self.mentions[0]),
            stated=self.normalized.stated,
        )

    @property
    def is_measured(self) -> bool:
        """Whether all its numbers have margins."""
        return all(mention.normalized.measured for mention in self.mentions)

    @cached_property
    def topmost(self) -> Mention:
        """The member least able to reach upward: no floor, the tightest hedge, the lowest upper end.

        Among equals, the one with the finest last digit, then the first in reading order.
        """
        return self._least(lambda mention: (*looseness(mention.normalized, "high"), mention.order))

    @cached_property
    def lowest(self) -> Mention:
        """The member least able to reach downward: no ceiling, the tightest hedge, the highest lower end."""
        return self._least(lambda mention: (*looseness(mention.normalized, "low"), mention.order))

    def _least(self, key: Callable[[Mention], tuple[bool, Fraction, Fraction, Fraction, int]]) -> Mention:
        # Of mentions that share their intervals only the first can be it.
        first = {mention.normalized: mention for mention in reversed(self.mentions)}
        return min(first.values(), key=key) if len(first) > 1 else self.mentions[0]

    @cached_property
    def rank(self) -> tuple[bool, Fraction, bool, Fraction, int]:
        """Sort key for positions: by the representative's stated low end, then its high end, then reading order."""
        return interval_order(self.mentions[0].normalized.stated, self.mentions[0].order)


def positions(knowledge: Knowledge, measure: Id) -> tuple[Position, ...]:
    """The positions on ``measure``: scopes in reading order, within a scope from the lowest stated end up.

    Negated, hypothetical and assumed figures take none. Empty for an unknown measure.
    """
    known_measure = knowledge.measures.get(measure)
    if known_measure is None:
        return ()
    return survey(knowledge, known_measure).positions


@dataclass(frozen=True)
class Survey:
    """A measure with its positions, figures and dependences.

    Attributes:
        measure: The measure.
        positions: The positions on it; see ``positions`` for their order.
        mentions: All its figures by id, in reading order, those that take no position included.
        links: What each dependent figure depends on, recorded or inferred.
        chronology: The figures that were replaced, and the projections with their outcomes; they take no position.
    """

    measure: Measure
    positions: tuple[Position, ...]
    mentions: Mapping[Id, Mention]
    links: Mapping[Id, Dependence]
    chronology: Chronology


def survey(knowledge: Knowledge, measure: Measure) -> Survey:
    """The positions on ``measure``, with all its figures, those of its complements included, and their dependences."""
    knowledge = knowledge.in_terms_of(measure.id)
    mentions = _mentions(knowledge, measure)
    figures = [mention.figure for mention in mentions.values()]
    links = dependence_links(knowledge, figures, {id: mention.normalized.stated for id, mention in mentions.items()})
    in_time = chronology(knowledge, mentions, links)
    links = in_time.links(links)
    followers: dict[Id, list[Id]] = defaultdict(list)
    classes: dict[tuple[ScopeKey, str, bool, str, bool], list[Mention]] = defaultdict(list)
    for id, mention in mentions.items():
        root = root_of(id, links)
        if mention.figure.stance in NON_COMMITTAL_STANCES or in_time.takes_no_position(root):
            continue
        if root != id:
            followers[root].append(id)
        else:
            # One number for each of two vendors meets the numbers of both. Amounts that came from different currencies
            # are kept apart, as are flows without a period: only a comparison may bring them together. So are
            # projections: nobody confirms what is by saying what will be.
            for key in expanded(mention.figure.scope):
                own_currency = mention.normalized.exchange.from_currency if mention.normalized.exchange else ""
                projected = mention.figure.stance is Stance.PROJECTED
                group = key, mention.normalized.unit, mention.normalized.period_not_stated, own_currency, projected
                classes[group].append(mention)
    measure_positions = [
        _position(measure, key, cluster, followers)
        for (key, *_), group in classes.items()
        for cluster in clusters(group)
    ]
    return Survey(measure, tuple(measure_positions), mentions, links, in_time)


def _mentions(knowledge: Knowledge, measure: Measure) -> dict[Id, Mention]:
    figures = knowledge.figures_of_measure.get(measure.id, ())
    return {
        figure.id: _mention(knowledge, figure, order) for order, figure in enumerate(sorted(figures, key=reading_order))
    }


def _mention(knowledge: Knowledge, figure: Figure, order: int) -> Mention:
    origin = origin_of(knowledge, figure)
    derived = knowledge.origin_figure(figure).derived_from
    return Mention(
        figure=figure,
        normalized=normalized_quantity(knowledge, figure),
        origin=origin,
        evidence=evidence_origins(knowledge, figure) if derived else frozenset({origin.key}),
        order=order,
    )


def _position(
    measure: Measure,
    key: ScopeKey,
    cluster: Sequence[Mention],
    followers: Mapping[Id, Sequence[Id]],
) -> Position:
    # One voice through five papers counts once: the first figure of each origin stands for it, the others are
    # dependents. The first of all names the position, so that a later figure does not rename its findings.
    ordered = sorted(cluster, key=lambda mention: mention.order)
    chosen = tuple(independent_mentions(ordered))
    own = {mention.figure.id for mention in chosen}
    repeated = [mention.figure.id for mention in ordered if mention.figure.id not in own]
    passed_on = [id for mention in ordered for id in followers.get(mention.figure.id, ())]
    scope, names = dict(key), tuple(mention.origin.name for mention in chosen)
    return Position(
        measure=measure.id,
        scope=scope,
        figures=tuple(mention.figure.id for mention in chosen),
        dependents=(*repeated, *passed_on),
        origins=names,
        quantity=chosen[0].figure.quantity,
        unit=chosen[0].normalized.unit,
        mentions=chosen,
        key=key,
    )


PositionPair = tuple[Position, Position]
K = TypeVar("K", bound=Hashable)


def pairs(positions: Sequence[Position]) -> list[PositionPair]:
    """The pairs of positions to compare, each once, the lower position in front; n log n steps for n positions.

    Within a scope, neighbours and extremes; between scopes of which one leaves a key open, each position with the
    nearest of the other scope on either side, and the extremes; between scopes that differ in one key, and over all of
    them, neighbours and extremes of those positions that speak for their scope. A number for something else that lies
    between two of these hides neither.
    """
    # All pairs would be n² comparisons, and findings that say the same thing over and over.
    if len(positions) < 2:
        return []
    seen: set[tuple[str, str]] = set()
    chosen = []
    for left, right in _candidates(positions):
        ids = (left.figures[0], right.figures[0])
        if ids[0] != ids[1] and ids not in seen and ids[::-1] not in seen:
            seen.add(ids)
            chosen.append((left, right))
    return chosen


def _candidates(positions: Sequence[Position]) -> Iterator[PositionPair]:
    for unit_group in _grouped(positions, lambda position: position.unit):
        scope_groups = _grouped(unit_group, lambda position: position.key)
        for scope_group in scope_groups:
            yield from neighbours(scope_group)
        if len(scope_groups) > 1:
            yield from _between_key_sets(unit_group)
            leading = [leading_position(group) for group in scope_groups]
            yield from _differing_in_one_key(leading)
            yield from neighbours(leading)


def _differing_in_one_key(leading: Sequence[Position]) -> Iterator[PositionPair]:
    """Neighbours and extremes among those whose scopes have the same keys, and differ in the value of one."""
    for keys, group in _group_by(leading, _keys).items():
        for key in sorted(keys):
            for alike in _by_shared(group, keys - {key}).values():
                yield from neighbours(alike)


def neighbours(group: Sequence[Position]) -> Iterator[PositionPair]:
    """The pairs of ``group`` to compare, the lower position in front; a pair may occur twice.

    Each position with the next one up, the lowest with the last and with the one that reaches highest, and the two that
    exclude each other by most, if any do.
    """
    # The extremes alone would miss conflicts: a floor may be the lowest number of all and exclude nothing.
    ordered = sorted(group, key=lambda position: position.rank)
    yield from pairwise(ordered)
    if len(ordered) > 2:
        yield ordered[0], ordered[-1]
        yield ordered[0], max(ordered, key=_height)
        yield from _excluding(ordered)


def _height(position: Position) -> tuple[bool, Fraction]:
    high = position.normalized.stated.high
    return high is None, high or ZERO


def _excluding(ordered: Sequence[Position]) -> Iterator[PositionPair]:
    lowest, highest = min(ordered, key=_upper_limit), max(ordered, key=_lower_limit)
    if not lowest.topmost.normalized.allowed.meets(highest.lowest.normalized.allowed):
        yield (lowest, highest) if lowest.rank < highest.rank else (highest, lowest)


def _upper_limit(position: Position) -> tuple[bool, Fraction, bool]:
    allowed = position.topmost.normalized.allowed
    return allowed.high is None, allowed.high or ZERO, not allowed.high_open


def _lower_limit(position: Position) -> tuple[bool, Fraction, bool]:
    allowed = position.lowest.normalized.allowed
    return allowed.low is not None, allowed.low or ZERO, allowed.low_open


def leading_position(group: Sequence[Position]) -> Position:
    """The position that speaks for a scope: most independent origins, then no open side, then reading order."""

    def weight(position: Position) -> tuple[int, bool, int]:
        return -len(position.figures), position.normalized.bounded, position.mentions[0].order

    return min(group, key=weight)


def _between_key_sets(group: Sequence[Position]) -> Iterator[PositionPair]:
    by_keys = _group_by(group, _keys)
    for left_keys, right_keys in combinations(by_keys, 2):
        common = left_keys & right_keys
        lefts, rights = (_by_shared(by_keys[keys], common) for keys in (left_keys, right_keys))
        for shared in lefts.keys() & rights.keys():
            yield from _across(lefts[shared], rights[shared])


def _across(left: Sequence[Position], right: Sequence[Position]) -> Iterator[PositionPair]:
    """Each position of one group with the nearest of the other on either side, and the extremes of both."""
    ordered = sorted([*left, *right], key=lambda position: position.rank)
    sides = [{id(position) for position in left}, {id(position) for position in right}]
    for one in ordered, ordered[::-1]:
        last: list[Position | None] = [None, None]
        for position in one:
            side = 0 if id(position) in sides[0] else 1
            opposite = last[1 - side]
            if opposite is not None:
                yield _lower_first(opposite, position)
            last[side] = position
    yield from (_lower_first(first, second) for first, second in product(_extremes(left), _extremes(right)))
    yield from (pair for pair in _excluding(ordered) if (id(pair[0]) in sides[0]) != (id(pair[1]) in sides[0]))


def _extremes(group: Sequence[Position]) -> tuple[Position, Position]:
    return min(group, key=lambda position: position.rank), max(group, key=_height)


def _lower_first(first: Position, second: Position) -> PositionPair:
    return (first, second) if first.rank < second.rank else (second, first)


def _by_shared(positions: Sequence[Position], common: frozenset[str]) -> dict[ScopeKey, list[Position]]:
    return _group_by(positions, lambda position: _restricted(position.key, common))


def _keys(position: Position) -> frozenset[str]:
    return frozenset(key for key, _ in position.key)


def _restricted(key: ScopeKey, common: frozenset[str]) -> ScopeKey:
    return tuple(part for part in key if part[0] in common)


def _grouped(positions: Sequence[Position], by: Callable[[Position], K]) -> list[list[Position]]:
    return list(_group_by(positions, by).values())


def _group_by(positions: Sequence[Position], by: Callable[[Position], K]) -> dict[K, list[Position]]:
    groups: dict[K, list[Position]] = defaultdict(list)
    for position in positions:
        groups[by(position)].append(position)
    return groups
