"""Findings of disagreement: between positions, over named things, for lack of an exchange rate, and between claims."""

from collections.abc import Iterable, Iterator, Sequence
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
from kb.reasoning.comparison.distance import Distance, distance, within_bound
from kb.reasoning.comparison.verdict import LEAST_SEVERITY, Comparison, compare, compare_measured
from kb.reasoning.findings.assembly import (
    DIGEST_FORMAT,
    assemble,
    digest,
    discounted_severity,
    pair_mentions,
    rates_of,
    rounded_severity,
)
from kb.reasoning.findings.chronology import date_differences
from kb.reasoning.findings.mention import Mention, side_by_side, unconverted
from kb.reasoning.findings.part_whole import exceeds
from kb.reasoning.findings.position import Position, PositionPair, Survey, leading_position, pairs
from kb.reasoning.scope import ScopeComparison, compare_scopes

_CONTRADICTION = Fraction(1)
"""Severity of a denial: claims have no distance that could make it less."""


def denials(knowledge: Knowledge) -> Iterator[Finding]:
    """One finding for each pair of claims of which one ``denies`` the other or is the ``same-as`` the other.

    A denial is a conflict, sameness an agreement. Each pair occurs once, even if both claims name each other. Links to
    unknown claims and hypothetical claims give none.
    """
    # Claims are sentences, and no program decides whether two sentences contradict each other: a person says so.
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
"""Largest number of pairs in one finding on missing rates; further ones are left out."""


def missing_rates(knowledge: Knowledge, survey: Survey) -> Iterator[Finding]:
    """One finding for the measure if nothing but a missing exchange rate keeps positions from being compared.

    It pairs each position in another currency with the leading position of each comparable scope in the measure's own
    currency. None where every amount is converted, or where the scopes differ anyhow.
    """
    # Different things in different currencies need no rate: it would not make them comparable.
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
    """Ids of the figures on both sides of ``pairings``, each once, in order."""
    return list(dict.fromkeys(id for pairing in pairings for id in (*pairing.left.figures, *pairing.right.figures)))


def _digest_token(missing: MissingRate) -> str:
    """A missing rate as digests spell it; no reader sees it, and changing it would reopen every ruling on one."""
    pair = f"from {missing.from_currency} to {missing.to_currency}"
    return (
        f"no date by which to choose a rate {pair}"
        if missing.day is None
        else f"no recorded rate {pair} by {missing.day}"
    )


def _leading_by_scope(survey: Survey) -> list[Position]:
    """The leading position of each scope, among those in the measure's own unit."""
    groups: dict[object, list[Position]] = {}
    for position in survey.positions:
        if position.unit == survey.measure.unit:
            groups.setdefault(position.key, []).append(position)
    return [leading_position(group) for group in groups.values()]


def _missing_rate_pairing(left: Position, right: Position, missing: MissingRate) -> Pairing:
    severity = discounted_severity(LEAST_SEVERITY, [left.mentions[0].figure, right.mentions[0].figure])
    return Pairing(
        left=replace(left.side, stated=None),
        right=right.side,
        unit=right.unit,
        verdict=Verdict.NOT_COMPARABLE,
        ground=Ground.NO_RATE,
        severity=rounded_severity(severity),
        missing_rate=missing,
    )


_SPREAD_WEIGHT = Fraction(1, 2)
"""Share of a conflict's severity that a spread has at the same distance: two things may well differ."""

_REMOTE_RATIO = Fraction(10)
"""Factor from which nobody compares two counts of different things."""

MOST_SPREAD_PAIRS_SHOWN = 40
"""Largest number of pairs that a spread lists: the widest ones."""


def disputes(knowledge: Knowledge, survey: Survey) -> Iterator[Finding]:
    """Findings between comparable positions of one measure, then at most one spread over named things.

    Positions on different offers or times give none, nor do equal numbers for different things.
    """
    different: list[tuple[PositionPair, ScopeComparison]] = []
    for left, right in pairs(survey.positions):
        scopes = compare_position_scopes(knowledge, survey, left, right)
        if scopes.comparable:
            if not _restates_what_it_projects(left, right):
                yield dispute(knowledge, left, right, scopes)
        # That a price was one thing in 2024 and another in 2025 is no news, and neither is a number that two vendors
        # share. That it differs from vendor to vendor is, and must not tempt anybody to average it.
        elif not (
            scopes.different_offers
            or left.stated.meets(right.stated)
            or _part_exceeds_whole(survey.measure.kind, left, right, scopes)
        ):
            different.append(((left, right), scopes))
    if different:
        yield spread(knowledge, survey, different)


def _restates_what_it_projects(left: Position, right: Position) -> bool:
    """Whether one voice gives a number both as a projection and otherwise, which settles nothing."""
    stances = {mention.figure.stance is Stance.PROJECTED for mention in (left.mentions[0], right.mentions[0])}
    origins = {mention.origin.key for position in (left, right) for mention in position.mentions}
    return len(stances) == 2 and len(origins) == 1 and left.stated.meets(right.stated)


def compare_position_scopes(knowledge: Knowledge, survey: Survey, left: Position, right: Position) -> ScopeComparison:
    """The scopes of two positions compared; a period that only one of two flows states counts as an unspecified key."""
    # "$8,000" beside "$14,000 a month" may be for another period: a tension at most.
    scopes = compare_scopes(knowledge, survey.measure.kind, left.scope, right.scope)
    if scopes.comparable and (dates := date_differences(left.mentions[0].figure, right.mentions[0].figure)):
        scopes = replace(scopes, differences=dates)
    if left.normalized.period_not_stated != right.normalized.period_not_stated:
        return replace(scopes, unspecified=(*scopes.unspecified, "period"))
    return scopes


def dispute(knowledge: Knowledge, left: Position, right: Position, scopes: ScopeComparison) -> Finding:
    """The finding between two comparable positions, ``left`` the lower one.

    It compares the member of ``left`` least able to reach upward with the member of ``right`` least able to reach
    downward; the others of each position stand beside them or are listed as leaving room for both.
    """
    # One voice's floor excuses no other: of "at least 100", "100" and "900" people, 100 and 900 conflict although the
    # floor shares a position with the 100. Likewise 11–35 hides no conflict between 15–19 and 27–31.
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
    comparison = _compared_positions(lower, upper, left, right, scopes)
    same_voice = bool({mention.origin.key for mention in left.mentions} & {m.origin.key for m in right.mentions})
    return pair_mentions(
        lower,
        upper,
        comparison,
        same_voice=same_voice,
        uncertain_keys=(*scopes.unspecified, *scopes.parts),
        sides=(
            _dispute_side(left, left.topmost, lower, upper, comparison, scopes.uncertain),
            _dispute_side(right, right.lowest, upper, lower, comparison, scopes.uncertain),
        ),
    )


def _compared_positions(
    lower: Mention, upper: Mention, left: Position, right: Position, scopes: ScopeComparison
) -> Comparison:
    """The two mentions compared; of two positions of numbers with margins, all numbers of both."""
    if not (left.is_measured and right.is_measured):
        return compare(lower.normalized, upper.normalized, one_sided=scopes.uncertain)
    in_own_currency = lower.normalized is left.topmost.normalized.original
    sides = (
        [
            mention.in_own_currency if in_own_currency else mention.normalized
            for mention in (speaker, *position.mentions)
        ]
        for position, speaker in ((left, left.topmost), (right, right.lowest))
    )
    return compare_measured(*(list(dict.fromkeys(side)) for side in sides), one_sided=scopes.uncertain)


def _dispute_side(
    position: Position,
    speaker: Mention,
    compared: Mention,
    opponent: Mention,
    comparison: Comparison,
    uncertain: bool,
) -> PairingSide:
    """The side of ``position``, for which ``speaker`` stands; ``compared`` is the same as it was compared.

    Its figures are those that state the speaker's number, then those that come to the same verdict against
    ``opponent``. Members with another verdict go to ``leaves_room``; there are none where the verdict is settled.
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
    return PairingSide(
        figures=(*same_number, *same_verdict),
        speaker=speaker.figure.id,
        scope=position.scope_beside(speaker),
        stated=compared.normalized.stated,
        leaves_room=tuple(leaves_room),
    )


def _verdict(left: Mention, right: Mention, uncertain: bool) -> Verdict:
    left_normalized, right_normalized = (mention.normalized for mention in side_by_side(left, right))
    return compare(left_normalized, right_normalized, one_sided=uncertain).verdict


def spread(knowledge: Knowledge, survey: Survey, different: Sequence[tuple[PositionPair, ScopeComparison]]) -> Finding:
    """The finding that a measure takes different values for different named things, which are never averaged.

    Its pairings are the widest of ``different`` (not empty). Those come first that a reader compares, within 1.5 times
    of each other and different in one key, then pairs of leading positions. The headline is the widest
    pair of leading positions that are not remote; it gives the severity.
    """
    # The sentence gives one number for each thing: the one with most voices behind it, and no outlier.
    kind, leading = survey.measure.kind, {position.figures[0] for position in _leading_positions(survey.positions)}
    ordered = sorted(
        different,
        key=lambda item: (not _is_close(*item), sum(side.figures[0] not in leading for side in item[0])),
    )
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
    """The pair that gives the sentence: the widest of ``first``, or of all where that is empty."""
    candidates = first or everything
    if len(candidates) == 1:
        return candidates[0]
    return max(candidates, key=lambda item: (_spread_severity(kind, *item) > 0, _extent(item[0])))


def _widest(ordered: Sequence[tuple[PositionPair, ScopeComparison]]) -> list[tuple[PositionPair, ScopeComparison]]:
    """The ``MOST_SPREAD_PAIRS_SHOWN`` widest pairs, in the order given; all where there are no more."""
    if len(ordered) <= MOST_SPREAD_PAIRS_SHOWN:
        return list(ordered)
    places = sorted(range(len(ordered)), key=lambda place: -_gap(ordered[place][0]).severity)[:MOST_SPREAD_PAIRS_SHOWN]
    return [ordered[place] for place in sorted(places)]


def _is_close(pair: PositionPair, scopes: ScopeComparison) -> bool:
    """Whether a reader compares the two: they differ in one key and lie within 1.5 times of each other."""
    return len(scopes.differences) == 1 and within_bound(_gap(pair))


def _is_remote(kind: MeasureKind, pair: PositionPair, scopes: ScopeComparison) -> bool:
    """Whether nobody compares the two: they differ in several keys, or are counts ten times apart."""
    # A dozen pupils of one class and a thousand of a town are no news; that one plan costs twenty times another is.
    near = _gap(pair).near
    return len(scopes.differences) > 1 or (kind.traits.counts_things and near is not None and near >= _REMOTE_RATIO)


def _gap(pair: PositionPair) -> Distance:
    left, right = pair
    return distance(left.normalized.stated, right.normalized.stated, points=left.normalized.percent)


def _extent(pair: PositionPair) -> Fraction:
    """How wide a pair is, for sorting: nearest and farthest ends, as ratios multiplied or as points added."""
    # A sign or a zero between the two has no ratio, and is wider than any.
    gap = _gap(pair)
    if gap.near is None:
        return Fraction(10**9)
    far = gap.near if gap.far is None else gap.far
    return gap.near + far if gap.points else gap.near * far


def _spread_severity(kind: MeasureKind, pair: PositionPair, scopes: ScopeComparison) -> Fraction:
    """Severity of one pair of a spread, from 0 to 1, before an allegation weakens it.

    0 for two that nobody compares, and for a part and its whole, where parts add up; half that of a conflict for two
    different things.
    """
    # 300 people in Berlin and 900 in Germany are no news; that a part exceeds its whole is a finding of its own. Prices
    # do not add up: a part's price differs from the whole's as any two prices do.
    summed = kind.traits.additive and all(_part_and_whole(pair, scopes))
    unremarkable = summed or _is_remote(kind, pair, scopes)
    return Fraction(0) if unremarkable else _SPREAD_WEIGHT * _gap(pair).severity


def _part_exceeds_whole(kind: MeasureKind, left: Position, right: Position, scopes: ScopeComparison) -> bool:
    """Whether one is part of the other and lies above it, which is a finding of its own; see ``part_whole``."""
    part, whole = _part_and_whole((left, right), scopes)
    return bool(kind.traits.additive and part and whole and exceeds(part.lowest, whole.topmost))


def _part_and_whole(pair: PositionPair, scopes: ScopeComparison) -> tuple[Position | None, Position | None]:
    """The part and the whole, where one is part of the other in every key that differs; else two None."""
    part_sides = {difference.part_side for difference in scopes.differences}
    if part_sides == {"left"}:
        return pair
    return (pair[1], pair[0]) if part_sides == {"right"} else (None, None)


def _leading_positions(positions: Sequence[Position]) -> Iterator[Position]:
    groups: dict[object, list[Position]] = {}
    for position in positions:
        groups.setdefault((position.key, position.unit), []).append(position)
    yield from (leading_position(group) for group in groups.values())


def _spread_pairing(kind: MeasureKind, left: Position, right: Position, scopes: ScopeComparison) -> Pairing:
    figures = [left.mentions[0].figure, right.mentions[0].figure]
    severity = discounted_severity(_spread_severity(kind, (left, right), scopes), figures)
    return Pairing(
        left=left.side,
        right=right.side,
        unit=left.unit,
        verdict=Verdict.NOT_COMPARABLE,
        ground=Ground.SCOPE,
        severity=rounded_severity(severity),
        differences=scopes.differences,
    )
