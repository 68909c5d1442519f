"""Findings between the positions of one measure: agreement, conflict, the spread over named things, missing rates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from kb.domain.entity import Figure
from kb.domain.finding import Finding, FindingKind, Pairing, Verdict
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.measure_kind import MeasureKind
from kb.reasoning.comparison.exchange import NoRate
from kb.reasoning.comparison.verdict import LEAST_SEVERITY, Comparison, Distance, compare, distance
from kb.reasoning.explanation.sentence import Side, UncertainKey, comparison_sentence, make_side, scope_sentence
from kb.reasoning.findings.assembly import (
    assemble,
    build_pairing,
    discounted_severity,
    is_settled,
    rates_of,
    rounded_severity,
    side_of,
)
from kb.reasoning.findings.mention import Mention, side_by_side, unconverted
from kb.reasoning.findings.position import Position, PositionPair, Survey, leading_position, pairs
from kb.reasoning.scope import ScopeComparison, compare_scopes, say_value

MOST_MISSING_RATES_SHOWN = 40
"""A measure with more pairs of unjoined currencies shows the first of them."""


def missing_rates(knowledge: Knowledge, survey: Survey) -> Iterator[Finding]:
    """One finding for the measure where positions that could be compared are kept apart by nothing but a lacking rate.

    Each position in another currency is laid beside those of its own measure's currency that speak for a scope.
    """
    foreign = [
        (position, why)
        for position in survey.positions
        if (why := unconverted(knowledge, position.mentions[0].figure)) is not None
    ]
    unconverted_pairs = [
        (position, counterpart, why)
        for position, why in foreign
        for counterpart in _leading_by_scope(survey)
        if compare_scopes(knowledge, survey.measure.kind, position.scope, counterpart.scope).comparable
    ]
    if not unconverted_pairs:
        return
    pairings = [_missing_rate_pairing(*pair) for pair in unconverted_pairs[:MOST_MISSING_RATES_SHOWN]]
    figures = dict.fromkeys(id for pairing in pairings for id in (*pairing.left, *pairing.right))
    why = unconverted_pairs[0][2]
    lead = f"“{survey.measure.label}” is told in several currencies."
    hint = why.hint[:1].upper() + why.hint[1:]
    sources = {knowledge.figures[id].source for id in figures}
    yield assemble(
        knowledge,
        FindingKind.ACROSS_SOURCES if len(sources) > 1 else FindingKind.WITHIN_SOURCE,
        "currency",
        survey.measure.id,
        pairings,
        parts=(),
        figures=list(figures),
        explanation=f"{lead} {pairings[0].explanation} {hint}.",
        basis=[[why.reason for _, _, why in unconverted_pairs[:MOST_MISSING_RATES_SHOWN]]],
    )


def _leading_by_scope(survey: Survey) -> list[Position]:
    """The position in the measure's own unit that speaks for each scope."""
    groups: dict[object, list[Position]] = {}
    for position in survey.positions:
        if position.unit == survey.measure.unit:
            groups.setdefault(position.key, []).append(position)
    return [leading_position(group) for group in groups.values()]


def _missing_rate_pairing(left: Position, right: Position, no_rate: NoRate) -> Pairing:
    left_mention, right_mention = left.mentions[0], right.mentions[0]
    sides = make_side(left.voices, left_mention.normalized), make_side(right.voices, right_mention.normalized)
    lead = "; ".join(f"{each.name}: {each.words}" for each in sides)
    return Pairing(
        left.figures,
        right.figures,
        left.label,
        right.label,
        None,
        right_mention.normalized.stated,
        right_mention.normalized.unit,
        Verdict.NOT_COMPARABLE,
        None,
        None,
        rounded_severity(discounted_severity(Fraction(LEAST_SEVERITY), [left_mention.figure, right_mention.figure])),
        f"{lead}. Not comparable: {no_rate.reason}.",
    )


_SPREAD_WEIGHT = Fraction(1, 2)
"""What a spread weighs beside a conflict at the same distance."""

MOST_SPREAD_PAIRS_SHOWN = 40
"""A spread over more named things shows its widest pairs only."""

_MOST_LISTED = 4


def disputes(knowledge: Knowledge, survey: Survey) -> Iterator[Finding]:
    """Findings between the positions of one measure, and the spread over named things."""
    different: list[tuple[PositionPair, ScopeComparison]] = []
    for left, right in pairs(survey.positions):
        scopes = compare_position_scopes(knowledge, survey, left, right)
        if scopes.comparable:
            yield dispute(knowledge, left, right, scopes)
        elif not scopes.different_offers and not left.stated.meets(right.stated):
            different.append(((left, right), scopes))
    if different:
        yield spread(knowledge, survey, different)


def compare_position_scopes(knowledge: Knowledge, survey: Survey, left: Position, right: Position) -> ScopeComparison:
    """The two scopes side by side; a flow's period that only one of them says counts as a key."""
    scopes = compare_scopes(knowledge, survey.measure.kind, left.scope, right.scope)
    if left.normalized.period_not_stated != right.normalized.period_not_stated:
        return replace(scopes, unspecified=(*scopes.unspecified, "period"))
    return scopes


def dispute(knowledge: Knowledge, left: Position, right: Position, scopes: ScopeComparison) -> Finding:
    """What comes of two positions that may be compared, ``left`` the lower one: its members that lie farthest apart.

    The one is the least able to reach upward, the other the least able to reach downward: the floor of one voice
    excuses no other voice that stands beside it.
    """
    mentions = side_by_side(left.topmost, right.lowest)
    within = mentions[0].figure.source == mentions[1].figure.source
    return assemble(
        knowledge,
        FindingKind.WITHIN_SOURCE if within else FindingKind.ACROSS_SOURCES,
        "positions",
        left.measure,
        [_dispute_pairing(knowledge, mentions, left, right, scopes)],
        parts=[left.figures[0], right.figures[0]],
        figures=[*left.figures, *right.figures],
        basis=[scopes.unspecified, scopes.parts],
        rates=rates_of(*(mention.normalized for mention in mentions)),
    )


def _dispute_pairing(
    knowledge: Knowledge, mentions: tuple[Mention, Mention], left: Position, right: Position, scopes: ScopeComparison
) -> Pairing:
    lower, upper = mentions
    comparison = compare(lower.normalized, upper.normalized, one_sided=scopes.uncertain)
    same_voice = bool({mention.origin.key for mention in left.mentions} & {m.origin.key for m in right.mentions})
    names = left.voices_stating(left.topmost), right.voices_stating(right.lowest)
    words = comparison_sentence(*_sides(mentions, names), comparison, _uncertain_keys(knowledge, left, right, scopes))
    sides = (
        _DisputeSide.of(left, left.topmost, upper, comparison, scopes.uncertain),
        _DisputeSide.of(right, right.lowest, lower, comparison, scopes.uncertain),
    )
    labels = left.label_of(left.topmost), right.label_of(right.lowest)
    plain = build_pairing(
        mentions, labels, comparison, " ".join([words, *sides[0].words, *sides[1].words]), same_voice=same_voice
    )
    return replace(plain, left=sides[0].figures, right=sides[1].figures)


@dataclass(frozen=True, slots=True)
class _DisputeSide:
    """One side of a dispute: who comes to its verdict alone, and who of the same position leaves room for both.

    Attributes:
        same_number: Those who state the number that decides.
        same_verdict: Those who state another one and come to the verdict as well.
        room_for_both: Those who do not; nobody where nothing is in dispute.
    """

    same_number: Sequence[Mention]
    same_verdict: Sequence[Mention]
    room_for_both: Sequence[Mention]

    @classmethod
    def of(
        cls, position: Position, speaker: Mention, opponent: Mention, comparison: Comparison, uncertain: bool
    ) -> "_DisputeSide":
        same_number: list[Mention] = []
        same_verdict: list[Mention] = []
        room_for_both: list[Mention] = []
        for mention in position.mentions:
            if mention.normalized.stated == speaker.normalized.stated or is_settled(comparison.verdict):
                same_number.append(mention)
            else:
                (
                    same_verdict if _verdict(mention, opponent, uncertain) is comparison.verdict else room_for_both
                ).append(mention)
        return cls(same_number, same_verdict, room_for_both)

    @property
    def figures(self) -> tuple[Id, ...]:
        return tuple(mention.figure.id for mention in (*self.same_number, *self.same_verdict))

    @property
    def words(self) -> Iterator[str]:
        if self.room_for_both:
            verb = "leaves" if len(self.room_for_both) == 1 else "leave"
            yield f"{_listed(self.room_for_both)} {verb} room for both."
        if self.same_verdict:
            names = " and ".join(mention.origin.name for mention in self.same_number)
            yield f"On the side of {names}: {_listed(self.same_verdict)}."


def _verdict(left: Mention, right: Mention, uncertain: bool) -> Verdict:
    left_normalized, right_normalized = (mention.normalized for mention in side_by_side(left, right))
    return compare(left_normalized, right_normalized, one_sided=uncertain).verdict


def _uncertain_keys(
    knowledge: Knowledge, left: Position, right: Position, scopes: ScopeComparison
) -> list[UncertainKey]:
    """The keys on which the two scopes are not the same, with what they give."""

    def value(position: Position, key: str) -> str:
        scope_value = position.mentions[0].figure.scope.get(key)
        if key in position.scope:
            return say_value(knowledge, scope_value if scope_value and scope_value.is_time else position.scope[key])
        in_unit = key == "period" and left.normalized.period_not_stated != right.normalized.period_not_stated
        return position.normalized.period or "" if in_unit and not position.normalized.period_not_stated else ""

    return [UncertainKey(key, value(left, key), value(right, key)) for key in (*scopes.unspecified, *scopes.parts)]


def _listed(mentions: Sequence[Mention]) -> str:
    listed = [
        f"{side.name} ({side.words})"
        for side in (side_of(mention, mention.origin.name) for mention in mentions[:_MOST_LISTED])
    ]
    more = [f"{len(mentions) - _MOST_LISTED} more"] if len(mentions) > _MOST_LISTED else []
    return ", ".join([*listed, *more])


def _sides(mentions: tuple[Mention, Mention], names: tuple[str, str]) -> tuple[Side, Side]:
    """Both positions by their voices; one voice on both sides is told apart by the line."""
    left, right = mentions
    if names[0] != names[1] or left.figure.passage.line == right.figure.passage.line:
        return side_of(left, names[0]), side_of(right, names[1])
    by_line = [f"{mention.origin.name} (line {mention.figure.passage.line})" for mention in mentions]
    return side_of(left, by_line[0]), side_of(right, by_line[1])


def spread(knowledge: Knowledge, survey: Survey, different: Sequence[tuple[PositionPair, ScopeComparison]]) -> Finding:
    """That the measure takes different values for different named things: flagged, never averaged.

    Pairs of positions that speak for their scope come first.
    """
    kind, leading = survey.measure.kind, {position.figures[0] for position in _leading_positions(survey.positions)}
    ordered = sorted(different, key=lambda item: sum(side.figures[0] not in leading for side in item[0]))
    widest = _headline(kind, [item for item in ordered if {side.figures[0] for side in item[0]} <= leading], ordered)
    shown = _widest(ordered)
    pairings = [_spread_pairing(kind, *pair, scopes) for pair, scopes in shown]
    figures = dict.fromkeys(id for pairing in pairings for id in (*pairing.left, *pairing.right))
    return assemble(
        knowledge,
        FindingKind.SPREAD,
        "spread",
        survey.measure.id,
        pairings,
        parts=(),
        figures=list(figures),
        explanation=_spread_sentence(survey, different, widest),
        severity=_spread_pairing(kind, *widest[0], widest[1]).severity,
        basis=[[(difference.key, difference.kind) for difference in scopes.differences] for _, scopes in shown],
        rates=rates_of(*(side.normalized for pair, _ in shown for side in pair)),
    )


def _headline(
    kind: MeasureKind,
    first: Sequence[tuple[PositionPair, ScopeComparison]],
    everything: Sequence[tuple[PositionPair, ScopeComparison]],
) -> tuple[PositionPair, ScopeComparison]:
    """The pair that gives the sentence: a part above its whole, if there is one, else the widest of the ``first``."""
    strange = [item for item in everything if _part_exceeds_whole(kind, *item)]
    return max(strange or first or everything, key=lambda item: (_spread_severity(kind, *item) > 0, _extent(item[0])))


def _widest(ordered: Sequence[tuple[PositionPair, ScopeComparison]]) -> list[tuple[PositionPair, ScopeComparison]]:
    """As many of the pairs as a reader can take in, the widest ones, in the order given."""
    if len(ordered) <= MOST_SPREAD_PAIRS_SHOWN:
        return list(ordered)
    places = sorted(range(len(ordered)), key=lambda place: -_gap(ordered[place][0]).severity)[:MOST_SPREAD_PAIRS_SHOWN]
    return [ordered[place] for place in sorted(places)]


def _gap(pair: PositionPair) -> Distance:
    left, right = pair
    return distance(left.normalized.stated, right.normalized.stated, points=left.normalized.percent)


def _extent(pair: PositionPair) -> Fraction:
    """How far a pair lies apart from its nearest to its farthest ends: ratios multiplied, points added."""
    gap = _gap(pair)
    if gap.near is None:
        return Fraction(10**9)
    far = gap.near if gap.far is None else gap.far
    return gap.near + far if gap.points else gap.near * far


def _spread_severity(kind: MeasureKind, pair: PositionPair, scopes: ScopeComparison) -> Fraction:
    """How far a pair lies apart; nothing where a part is less than its whole, as parts of a sum are.

    A part above its whole cannot be where nothing is below zero, and weighs as much as a conflict.
    """
    if _part_exceeds_whole(kind, pair, scopes):
        return (1 if kind.traits.never_negative else _SPREAD_WEIGHT) * max(_gap(pair).severity, LEAST_SEVERITY)
    summed = kind.traits.additive and all(_part_and_whole(pair, scopes))
    return Fraction(0) if summed else _SPREAD_WEIGHT * _gap(pair).severity


def _part_exceeds_whole(kind: MeasureKind, pair: PositionPair, scopes: ScopeComparison) -> bool:
    """Whether a part lies above its whole."""
    part, whole = _part_and_whole(pair, scopes)
    return bool(kind.traits.additive and part and whole and _exceeds(part, whole))


def _part_and_whole(pair: PositionPair, scopes: ScopeComparison) -> tuple[Position | None, Position | None]:
    """Which of the two is part of the other in all that differs; neither where none is."""
    part_sides = {difference.part_side for difference in scopes.differences}
    if part_sides == {"left"}:
        return pair
    return (pair[1], pair[0]) if part_sides == {"right"} else (None, None)


def _exceeds(part: Position, whole: Position) -> bool:
    """Whether the part lies above all that the whole may be."""
    low, high = part.normalized.allowed.low, whole.normalized.allowed.high
    return low is not None and high is not None and low > high


def _leading_positions(positions: Sequence[Position]) -> Iterator[Position]:
    groups: dict[object, list[Position]] = {}
    for position in positions:
        groups.setdefault((position.key, position.unit), []).append(position)
    yield from (leading_position(group) for group in groups.values())


def _spread_sentence(
    survey: Survey,
    different: Sequence[tuple[PositionPair, ScopeComparison]],
    widest: tuple[PositionPair, ScopeComparison],
) -> str:
    (left, right), scopes = widest
    keys = " and ".join(sorted({difference.key for _, scopes in different for difference in scopes.differences}))
    lead = f"“{survey.measure.label}” differs with {keys}: no contradiction, and not to be averaged."
    if all(difference.part_side for _, scopes in different for difference in scopes.differences):
        lead = f"“{survey.measure.label}” is told of a whole and of parts of it."
    return f"{lead} {_not_comparable(survey.measure.kind, left, right, scopes)}"


def _not_comparable(kind: MeasureKind, left: Position, right: Position, scopes: ScopeComparison) -> str:
    sides = (side_of(left.mentions[0], left.voices), side_of(right.mentions[0], right.voices))
    words = scope_sentence(*sides, scopes.differences, _gap((left, right)))
    if _part_exceeds_whole(kind, (left, right), scopes):
        rest = "cannot be" if kind.traits.never_negative else "can be only where the rest is below zero"
        return f"{words} The part is more than its whole, which {rest}."
    return words


def _spread_pairing(kind: MeasureKind, left: Position, right: Position, scopes: ScopeComparison) -> Pairing:
    figures: list[Figure] = [left.mentions[0].figure, right.mentions[0].figure]
    return Pairing(
        left.figures,
        right.figures,
        left.label,
        right.label,
        left.normalized.stated,
        right.normalized.stated,
        left.unit,
        Verdict.NOT_COMPARABLE,
        None,
        None,
        rounded_severity(discounted_severity(_spread_severity(kind, (left, right), scopes), figures)),
        _not_comparable(kind, left, right, scopes),
    )
