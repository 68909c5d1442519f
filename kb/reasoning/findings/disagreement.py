"""Findings of disagreement: between positions, over named things, for want of a rate, and between claims."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from kb.domain.entity import Claim, Stance
from kb.domain.finding import (
    Finding,
    FindingKind,
    Ground,
    MissingRate,
    Pairing,
    PairingSide,
    Relation,
    Verdict,
    finding_id,
)
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.measure_kind import MeasureKind
from kb.domain.scope import ScopeSelection
from kb.reasoning.comparison.verdict import LEAST_SEVERITY, Comparison, Distance, compare, distance
from kb.reasoning.findings.assembly import (
    DIGEST_FORMAT,
    assemble,
    digest,
    discounted_severity,
    pair_mentions,
    rates_of,
    rounded_severity,
)
from kb.reasoning.findings.mention import Mention, side_by_side, unconverted
from kb.reasoning.findings.position import Position, PositionPair, Survey, leading_position, pairs
from kb.reasoning.scope import ScopeComparison, compare_scopes, scope_key

_CONTRADICTION = Fraction(1)


def denials(knowledge: Knowledge) -> Iterator[Finding]:
    """One finding for each pair of claims of which one ``denies`` or is the ``same-as`` the other.

    Claims of a hypothetical stance enter none.
    """
    seen: set[tuple[str, Id, Id]] = set()
    for claim in knowledge.claims.values():
        for verdict, claim_ids in ((Verdict.CONFLICT, claim.denies), (Verdict.AGREEMENT, claim.same_as)):
            for id in claim_ids:
                first, second = sorted((claim.id, id))
                counterpart = knowledge.claims.get(id)
                if counterpart is None or counterpart.id == claim.id or (verdict, first, second) in seen:
                    continue
                seen.add((verdict, first, second))
                if Stance.HYPOTHETICAL not in (claim.stance, counterpart.stance):
                    yield _between(knowledge, claim, counterpart, verdict)


def _between(knowledge: Knowledge, claim: Claim, counterpart: Claim, verdict: Verdict) -> Finding:
    contradicts = verdict is Verdict.CONFLICT
    severity = _severity(claim, counterpart) if contradicts else Decimal(0)
    relation = Relation.DISJOINT if contradicts else Relation.INSIDE
    rule = "denial" if contradicts else "repetition"
    ids = (claim.id, counterpart.id)
    pairing = Pairing(
        left=PairingSide(),
        right=PairingSide(),
        unit="",
        verdict=verdict,
        ground=Ground.STATED,
        relation=relation,
        severity=severity,
    )
    return Finding(
        id=finding_id(knowledge, rule, None, ids),
        kind=FindingKind.CLAIMS,
        rule=rule,
        measure=None,
        figures=(),
        verdict=verdict,
        relation=relation,
        severity=severity,
        pairings=(pairing,),
        digest=digest(knowledge, (), rule, DIGEST_FORMAT, *sorted([_inputs(claim), _inputs(counterpart)], key=str)),
        claims=ids,
        parts=ids,
    )


def _inputs(claim: Claim) -> list[object]:
    return [claim.text, claim.stance, claim.confidence.said]


def _severity(claim: Claim, counterpart: Claim) -> Decimal:
    same_voice = claim.voice.origin == counterpart.voice.origin
    return rounded_severity(discounted_severity(_CONTRADICTION, [claim, counterpart], same_voice=same_voice))


MOST_MISSING_RATES_SHOWN = 40
"""A measure with more pairs of unjoined currencies shows the first of them."""


def missing_rates(knowledge: Knowledge, survey: Survey) -> Iterator[Finding]:
    """One finding for the measure where positions that could be compared are kept apart by nothing but a lacking rate.

    Each position in another currency is laid beside those of its own measure's currency that speak for a scope.
    """
    foreign = [
        (position, missing)
        for position in survey.positions
        if (missing := unconverted(knowledge, position.mentions[0].figure)) is not None
    ]
    unconverted_pairs = [
        (position, counterpart, missing)
        for position, missing in foreign
        for counterpart in _leading_by_scope(survey)
        if compare_scopes(knowledge, survey.measure.kind, position.scope, counterpart.scope).comparable
    ]
    if not unconverted_pairs:
        return
    shown = unconverted_pairs[:MOST_MISSING_RATES_SHOWN]
    pairings = [_missing_rate_pairing(*pair) for pair in shown]
    figures = _figures_of(pairings)
    sources = {knowledge.figures[id].source for id in figures}
    yield assemble(
        knowledge,
        FindingKind.ACROSS_SOURCES if len(sources) > 1 else FindingKind.WITHIN_SOURCE,
        "currency",
        survey.measure.id,
        pairings,
        headline=0,
        parts=(),
        figures=figures,
        basis=[[_digest_token(missing) for _, _, missing in shown]],
    )


def _figures_of(pairings: Iterable[Pairing]) -> list[Id]:
    """The figures on both sides of ``pairings``, each once, in order."""
    return list(dict.fromkeys(id for pairing in pairings for id in (*pairing.left.figures, *pairing.right.figures)))


def _digest_token(missing: MissingRate) -> str:
    """A missing rate as digests spell it. No reader sees it; changing it would reopen every ruling on one."""
    pair = f"from {missing.from_currency} to {missing.to_currency}"
    return (
        f"no date by which to choose a rate {pair}"
        if missing.day is None
        else f"no recorded rate {pair} by {missing.day}"
    )


def _leading_by_scope(survey: Survey) -> list[Position]:
    """The position in the measure's own unit that speaks for each scope."""
    groups: dict[object, list[Position]] = {}
    for position in survey.positions:
        if position.unit == survey.measure.unit:
            groups.setdefault(position.key, []).append(position)
    return [leading_position(group) for group in groups.values()]


def _missing_rate_pairing(left: Position, right: Position, missing: MissingRate) -> Pairing:
    severity = discounted_severity(LEAST_SEVERITY, [left.mentions[0].figure, right.mentions[0].figure])
    return Pairing(
        left=replace(_position_side(left), stated=None),
        right=_position_side(right),
        unit=right.unit,
        verdict=Verdict.NOT_COMPARABLE,
        ground=Ground.NO_RATE,
        severity=rounded_severity(severity),
        missing_rate=missing,
    )


def _position_side(position: Position) -> PairingSide:
    """All of ``position`` on one side; its representative speaks."""
    return PairingSide(
        figures=position.figures,
        speaker=position.figures[0],
        scope=_own_scope(position, position.mentions[0]),
        stated=position.normalized.stated,
    )


def _own_scope(position: Position, speaker: Mention) -> Mapping[str, ScopeSelection] | None:
    """What ``position`` is about, where the scope of its speaker's figure does not say so already."""
    return None if position.key == scope_key(speaker.figure.scope) else position.scope


_SPREAD_WEIGHT = Fraction(1, 2)
"""What a spread weighs beside a conflict at the same distance."""

MOST_SPREAD_PAIRS_SHOWN = 40
"""A spread over more named things shows its widest pairs only."""


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
        [_dispute_pairing(mentions, left, right, scopes)],
        parts=[left.figures[0], right.figures[0]],
        figures=[*left.figures, *right.figures],
        basis=[scopes.unspecified, scopes.parts],
        rates=rates_of(*(mention.normalized for mention in mentions)),
    )


def _dispute_pairing(
    mentions: tuple[Mention, Mention], left: Position, right: Position, scopes: ScopeComparison
) -> Pairing:
    lower, upper = mentions
    comparison = compare(lower.normalized, upper.normalized, one_sided=scopes.uncertain)
    same_voice = bool({mention.origin.key for mention in left.mentions} & {m.origin.key for m in right.mentions})
    pairing = pair_mentions(
        lower, upper, comparison, same_voice=same_voice, uncertain_keys=(*scopes.unspecified, *scopes.parts)
    )
    return replace(
        pairing,
        left=_dispute_side(pairing.left, left, left.topmost, upper, comparison, scopes.uncertain),
        right=_dispute_side(pairing.right, right, right.lowest, lower, comparison, scopes.uncertain),
    )


def _dispute_side(
    alone: PairingSide,
    position: Position,
    speaker: Mention,
    opponent: Mention,
    comparison: Comparison,
    uncertain: bool,
) -> PairingSide:
    """``alone`` with the others of its position: first those who state the same number, then those of one verdict.

    Who comes to a milder verdict leaves room for both: the floor of one voice excuses no other voice.
    """
    same_number: list[Id] = []
    same_verdict: list[Id] = []
    leaves_room: list[Id] = []
    for mention in position.mentions:
        if mention.normalized.stated == speaker.normalized.stated or comparison.verdict.is_settled:
            same_number.append(mention.figure.id)
        elif _verdict(mention, opponent, uncertain) is comparison.verdict:
            same_verdict.append(mention.figure.id)
        else:
            leaves_room.append(mention.figure.id)
    return replace(
        alone,
        figures=(*same_number, *same_verdict),
        scope=_own_scope(position, speaker),
        leaves_room=tuple(leaves_room),
    )


def _verdict(left: Mention, right: Mention, uncertain: bool) -> Verdict:
    left_normalized, right_normalized = (mention.normalized for mention in side_by_side(left, right))
    return compare(left_normalized, right_normalized, one_sided=uncertain).verdict


def spread(knowledge: Knowledge, survey: Survey, different: Sequence[tuple[PositionPair, ScopeComparison]]) -> Finding:
    """That the measure takes different values for different named things: flagged, never averaged.

    Pairs of positions that speak for their scope come first.
    """
    kind, leading = survey.measure.kind, {position.figures[0] for position in _leading_positions(survey.positions)}
    ordered = sorted(different, key=lambda item: sum(side.figures[0] not in leading for side in item[0]))
    widest = _headline(kind, [item for item in ordered if {side.figures[0] for side in item[0]} <= leading], ordered)
    shown = _widest(ordered)
    headline = next((place for place, item in enumerate(shown) if item is widest), len(shown))
    listed = shown if headline < len(shown) else [*shown, widest]
    pairings = [_spread_pairing(kind, *pair, scopes) for pair, scopes in listed]
    every_difference = [difference for _, scopes in different for difference in scopes.differences]
    return assemble(
        knowledge,
        FindingKind.SPREAD,
        "spread",
        survey.measure.id,
        pairings,
        headline=headline,
        parts=(),
        figures=_figures_of(pairings[: len(shown)]),
        severity=pairings[headline].severity,
        basis=[[(difference.key, difference.kind) for difference in scopes.differences] for _, scopes in shown],
        rates=rates_of(*(side.normalized for pair, _ in shown for side in pair)),
        differing_keys=tuple(sorted({difference.key for difference in every_difference})),
        parts_only=all(difference.part_side for difference in every_difference),
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


def _spread_pairing(kind: MeasureKind, left: Position, right: Position, scopes: ScopeComparison) -> Pairing:
    figures = [left.mentions[0].figure, right.mentions[0].figure]
    severity = discounted_severity(_spread_severity(kind, (left, right), scopes), figures)
    return Pairing(
        left=_position_side(left),
        right=_position_side(right),
        unit=left.unit,
        verdict=Verdict.NOT_COMPARABLE,
        ground=Ground.PART_EXCEEDS_WHOLE if _part_exceeds_whole(kind, (left, right), scopes) else Ground.SCOPE,
        severity=rounded_severity(severity),
        differences=scopes.differences,
    )
