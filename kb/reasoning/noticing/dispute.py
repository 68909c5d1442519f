"""Where do the voices of one measure agree, differ, or speak of different things? One finding for each pair."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from kb.domain.entity import Figure, MeasureKind
from kb.domain.finding import Finding, FindingKind, Pairing, Verdict
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.comparing.distance import Distance, distance
from kb.reasoning.comparing.verdict import LEAST_SEVERITY, Comparison, compare
from kb.reasoning.noticing.beside import pairing, side_of
from kb.reasoning.noticing.mention import Mention, side_by_side
from kb.reasoning.noticing.notice import assemble, is_settled, rates_of, told_severity, weakened
from kb.reasoning.noticing.pairing import Pair, main, pairs
from kb.reasoning.noticing.position import Position, Survey
from kb.reasoning.scope import Match, match, say_value
from kb.reasoning.telling.explain import Unsure, scope_sentence, sentence
from kb.reasoning.telling.side import Side

_SPREAD_WEIGHT = Fraction(1, 2)
"""What a spread weighs beside a conflict at the same distance."""

MOST_SHOWN = 40
"""A spread over more named things shows its widest pairs only."""

_MOST_BESIDE = 4


def disputes(knowledge: Knowledge, told: Survey) -> Iterator[Finding]:
    """Findings between the positions of one measure, and the spread over named things."""
    different: list[tuple[Pair, Match]] = []
    for left, right in pairs(told.positions):
        found = matched(knowledge, told, left, right)
        if found.comparable:
            yield dispute(knowledge, left, right, found)
        elif not found.silent and not left.stated.meets(right.stated):
            different.append(((left, right), found))
    if different:
        yield spread(knowledge, told, different)


def matched(knowledge: Knowledge, told: Survey, left: Position, right: Position) -> Match:
    """The two scopes side by side; a flow's period that only one of them says counts as a key."""
    found = match(knowledge, told.measure.kind, left.scope, right.scope)
    if left.reading.period_unsaid != right.reading.period_unsaid:
        return replace(found, unspecified=(*found.unspecified, "period"))
    return found


def dispute(knowledge: Knowledge, left: Position, right: Position, found: Match) -> Finding:
    """What comes of two positions that may be compared, ``left`` the lower one: its members that lie farthest apart.

    The one is the least able to reach upward, the other the least able to reach downward: the floor of one voice
    excuses no other voice that stands beside it.
    """
    ones = side_by_side(left.topmost, right.lowest)
    within = ones[0].figure.source == ones[1].figure.source
    return assemble(
        knowledge,
        FindingKind.WITHIN_SOURCE if within else FindingKind.ACROSS_SOURCES,
        "positions",
        left.measure,
        [_pairing(knowledge, ones, left, right, found)],
        parts=[left.figures[0], right.figures[0]],
        figures=[*left.figures, *right.figures],
        basis=[found.unspecified, found.parts],
        rates=rates_of(*(mention.reading for mention in ones)),
    )


def _pairing(
    knowledge: Knowledge, ones: tuple[Mention, Mention], left: Position, right: Position, found: Match
) -> Pairing:
    one, other = ones
    came = compare(one.reading, other.reading, one_sided=found.unsure)
    same_voice = bool({mention.origin.key for mention in left.mentions} & {m.origin.key for m in right.mentions})
    names = left.named(left.topmost), right.named(right.lowest)
    words = sentence(*_sides(ones, names), came, _given(knowledge, left, right, found))
    camps = (
        _Camp.of(left, left.topmost, other, came, found.unsure),
        _Camp.of(right, right.lowest, one, came, found.unsure),
    )
    labels = left.label_of(left.topmost), right.label_of(right.lowest)
    told = pairing(ones, labels, came, " ".join([words, *camps[0].words, *camps[1].words]), same_voice=same_voice)
    return replace(told, left=camps[0].figures, right=camps[1].figures)


@dataclass(frozen=True, slots=True)
class _Camp:
    """One side of a dispute: who comes to its verdict alone, and who of the same position leaves room for both.

    Attributes:
        like: Those who state the number that decides.
        others: Those who state another one and come to the verdict as well.
        between: Those who do not; nobody where nothing is in dispute.
    """

    like: Sequence[Mention]
    others: Sequence[Mention]
    between: Sequence[Mention]

    @classmethod
    def of(cls, position: Position, speaker: Mention, other: Mention, came: Comparison, unsure: bool) -> "_Camp":
        like: list[Mention] = []
        others: list[Mention] = []
        between: list[Mention] = []
        for one in position.mentions:
            if one.reading.stated == speaker.reading.stated or is_settled(came.verdict):
                like.append(one)
            else:
                (others if _verdict(one, other, unsure) is came.verdict else between).append(one)
        return cls(like, others, between)

    @property
    def figures(self) -> tuple[Id, ...]:
        return tuple(one.figure.id for one in (*self.like, *self.others))

    @property
    def words(self) -> Iterator[str]:
        if self.between:
            yield f"{_listed(self.between)} {'leaves' if len(self.between) == 1 else 'leave'} room for both."
        if self.others:
            yield f"On the side of {' and '.join(one.origin.name for one in self.like)}: {_listed(self.others)}."


def _verdict(one: Mention, other: Mention, unsure: bool) -> Verdict:
    mine, theirs = (mention.reading for mention in side_by_side(one, other))
    return compare(mine, theirs, one_sided=unsure).verdict


def _given(knowledge: Knowledge, left: Position, right: Position, found: Match) -> list[Unsure]:
    """The keys on which the two scopes are not the same, with what they give."""

    def value(position: Position, key: str) -> str:
        told = position.mentions[0].figure.scope.get(key)
        if key in position.scope:
            return say_value(knowledge, told if told and told.is_time else position.scope[key])
        in_unit = key == "period" and left.reading.period_unsaid != right.reading.period_unsaid
        return position.reading.period or "" if in_unit and not position.reading.period_unsaid else ""

    return [Unsure(key, value(left, key), value(right, key)) for key in (*found.unspecified, *found.parts)]


def _listed(mentions: Sequence[Mention]) -> str:
    told = [f"{side.name} ({side.said})" for side in (side_of(one, one.origin.name) for one in mentions[:_MOST_BESIDE])]
    more = [f"{len(mentions) - _MOST_BESIDE} more"] if len(mentions) > _MOST_BESIDE else []
    return ", ".join([*told, *more])


def _sides(ones: tuple[Mention, Mention], names: tuple[str, str]) -> tuple[Side, Side]:
    """Both positions by their voices; one voice on both sides is told apart by the line."""
    one, other = ones
    if names[0] != names[1] or one.figure.passage.line == other.figure.passage.line:
        return side_of(one, names[0]), side_of(other, names[1])
    by_line = [f"{mention.origin.name} (line {mention.figure.passage.line})" for mention in ones]
    return side_of(one, by_line[0]), side_of(other, by_line[1])


def spread(knowledge: Knowledge, told: Survey, different: Sequence[tuple[Pair, Match]]) -> Finding:
    """That the measure takes different values for different named things: flagged, never averaged.

    Pairs of positions that speak for their scope come first.
    """
    kind, leading = told.measure.kind, {position.figures[0] for position in _mains(told.positions)}
    ordered = sorted(different, key=lambda item: sum(side.figures[0] not in leading for side in item[0]))
    widest = _headline(kind, [item for item in ordered if {side.figures[0] for side in item[0]} <= leading], ordered)
    shown = _widest(ordered)
    pairings = [_apart(kind, *pair, found) for pair, found in shown]
    figures = dict.fromkeys(id for pairing in pairings for id in (*pairing.left, *pairing.right))
    return assemble(
        knowledge,
        FindingKind.SPREAD,
        "spread",
        told.measure.id,
        pairings,
        parts=(),
        figures=list(figures),
        explanation=_spread_sentence(told, different, widest),
        severity=_apart(kind, *widest[0], widest[1]).severity,
        basis=[[(one.key, one.apart) for one in found.differences] for _, found in shown],
        rates=rates_of(*(side.reading for pair, _ in shown for side in pair)),
    )


def _headline(
    kind: MeasureKind, first: Sequence[tuple[Pair, Match]], everything: Sequence[tuple[Pair, Match]]
) -> tuple[Pair, Match]:
    """The pair that gives the sentence: a part above its whole, if there is one, else the widest of the ``first``."""
    strange = [item for item in everything if _is_strange(kind, *item)]
    return max(strange or first or everything, key=lambda item: (_weight(kind, *item) > 0, _extent(item[0])))


def _widest(ordered: Sequence[tuple[Pair, Match]]) -> list[tuple[Pair, Match]]:
    """As many of the pairs as a reader can take in, the widest ones, in the order given."""
    if len(ordered) <= MOST_SHOWN:
        return list(ordered)
    places = sorted(range(len(ordered)), key=lambda place: -_gap(ordered[place][0]).severity)[:MOST_SHOWN]
    return [ordered[place] for place in sorted(places)]


def _gap(pair: Pair) -> Distance:
    left, right = pair
    return distance(left.reading.stated, right.reading.stated, points=left.reading.percent)


def _extent(pair: Pair) -> Fraction:
    """How far a pair lies apart from its nearest to its farthest ends: ratios multiplied, points added."""
    gap = _gap(pair)
    if gap.near is None:
        return Fraction(10**9)
    far = gap.near if gap.far is None else gap.far
    return gap.near + far if gap.points else gap.near * far


_ADDITIVE = frozenset({MeasureKind.COUNT, MeasureKind.STOCK, MeasureKind.FLOW})


def _weight(kind: MeasureKind, pair: Pair, found: Match) -> Fraction:
    """How far a pair lies apart; nothing where a part is less than its whole, as parts of a sum are.

    A part above its whole cannot be where nothing is below zero, and weighs as much as a conflict.
    """
    if _is_strange(kind, pair, found):
        return (1 if kind is MeasureKind.COUNT else _SPREAD_WEIGHT) * max(_gap(pair).severity, LEAST_SEVERITY)
    summed = kind in _ADDITIVE and all(_part_and_whole(pair, found))
    return Fraction(0) if summed else _SPREAD_WEIGHT * _gap(pair).severity


def _is_strange(kind: MeasureKind, pair: Pair, found: Match) -> bool:
    """Whether a part lies above its whole."""
    part, whole = _part_and_whole(pair, found)
    return bool(kind in _ADDITIVE and part and whole and _exceeds(part, whole))


def _part_and_whole(pair: Pair, found: Match) -> tuple[Position | None, Position | None]:
    """Which of the two is part of the other in all that differs; neither where none is."""
    inside = {one.inside for one in found.differences}
    if inside == {"left"}:
        return pair
    return (pair[1], pair[0]) if inside == {"right"} else (None, None)


def _exceeds(part: Position, whole: Position) -> bool:
    """Whether the part lies above all that the whole may be."""
    low, high = part.reading.allowed.low, whole.reading.allowed.high
    return low is not None and high is not None and low > high


def _mains(positions: Sequence[Position]) -> Iterator[Position]:
    groups: dict[object, list[Position]] = {}
    for position in positions:
        groups.setdefault((position.key, position.unit), []).append(position)
    yield from (main(group) for group in groups.values())


def _spread_sentence(told: Survey, different: Sequence[tuple[Pair, Match]], widest: tuple[Pair, Match]) -> str:
    (left, right), found = widest
    keys = " and ".join(sorted({one.key for _, found in different for one in found.differences}))
    lead = f"“{told.measure.label}” differs with {keys}: no contradiction, and not to be averaged."
    if all(one.inside for _, match in different for one in match.differences):
        lead = f"“{told.measure.label}” is told of a whole and of parts of it."
    return f"{lead} {_not_comparable(told.measure.kind, left, right, found)}"


def _not_comparable(kind: MeasureKind, left: Position, right: Position, found: Match) -> str:
    ones = (side_of(left.mentions[0], left.voices), side_of(right.mentions[0], right.voices))
    words = scope_sentence(*ones, found.differences, _gap((left, right)))
    if _is_strange(kind, (left, right), found):
        rest = "cannot be" if kind is MeasureKind.COUNT else "can be only where the rest is below zero"
        return f"{words} The part is more than its whole, which {rest}."
    return words


def _apart(kind: MeasureKind, left: Position, right: Position, found: Match) -> Pairing:
    figures: list[Figure] = [left.mentions[0].figure, right.mentions[0].figure]
    return Pairing(
        left.figures,
        right.figures,
        left.label,
        right.label,
        left.reading.stated,
        right.reading.stated,
        left.unit,
        Verdict.NOT_COMPARABLE,
        None,
        None,
        told_severity(weakened(_weight(kind, (left, right), found), figures)),
        _not_comparable(kind, left, right, found),
    )
