"""Findings on dependence: corroboration by independent voices, repetition that adds none, and drift in retelling."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from kb.domain.entity import EXCLUDED_STANCES, DependenceKind
from kb.domain.finding import (
    Change,
    Finding,
    FindingKind,
    Ground,
    Pairing,
    ScopeDifference,
    ScopeDifferenceKind,
    Verdict,
)
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.quantity import Hedge
from kb.domain.scope import ScopeSelection
from kb.reasoning.comparison.tolerance import NormalizedQuantity
from kb.reasoning.comparison.verdict import LEAST_SEVERITY, Comparison, Distance, compare, relate
from kb.reasoning.findings.assembly import assemble, pair_mentions, rates_of
from kb.reasoning.findings.mention import Mention, side_by_side
from kb.reasoning.findings.origin import original_source, root_of
from kb.reasoning.findings.position import Position, Survey
from kb.reasoning.scope import compare_scopes


def drifts(knowledge: Knowledge, survey: Survey) -> Iterator[Finding]:
    """One finding for each dependent figure that says something else than the figure which it passes on."""
    for id in survey.links:
        if drift := detect_drift(knowledge, survey, id):
            yield _drift(knowledge, survey, id, drift)


@dataclass(frozen=True, slots=True)
class Drift:
    """What a retelling changed.

    Attributes:
        comparison: The two numbers compared, with the verdict on the change.
        change: What changed.
        differences: The scope keys that changed, where the change is one of scope.
    """

    comparison: Comparison
    change: Change | None
    differences: tuple[ScopeDifference, ...] = ()


def detect_drift(knowledge: Knowledge, survey: Survey, id: Id) -> Drift | None:
    """What became of the number that figure ``id`` passes on; None where it is kept."""
    link = survey.links.get(id)
    if link is None:
        return None
    earlier, later = side_by_side(survey.mentions[link.figure], survey.mentions[id])
    if {later.figure.stance, earlier.figure.stance} & EXCLUDED_STANCES:
        return None
    drift = _changed_number(earlier.normalized, later.normalized, link.kind)
    if drift.comparison.verdict.is_settled and link.kind is not DependenceKind.REPEATS:
        drift = _changed_scope(knowledge, earlier, later, drift.comparison)
    return None if drift.comparison.verdict.is_settled else drift


def _drift(knowledge: Knowledge, survey: Survey, id: Id, drift: Drift) -> Finding:
    link = survey.links[id]
    earlier, later = side_by_side(survey.mentions[link.figure], survey.mentions[id])
    same_source = later.figure.source == earlier.figure.source
    pairing = pair_mentions(
        earlier, later, drift.comparison, dependence=link.kind, change=drift.change, differences=drift.differences
    )
    return assemble(
        knowledge,
        FindingKind.WITHIN_SOURCE if same_source else FindingKind.DRIFT,
        "drift",
        survey.measure.id,
        [pairing],
        parts=[earlier.figure.id, later.figure.id],
        figures=[earlier.figure.id, later.figure.id],
        basis=[link.kind],
        rates=rates_of(earlier.normalized, later.normalized),
    )


def _changed_number(earlier: NormalizedQuantity, later: NormalizedQuantity, kind: DependenceKind) -> Drift:
    """What became of the number. A change of words alone is a tension at most."""
    comparison = compare(earlier, later)
    if earlier.unit != later.unit:
        return _changed_unit(earlier, later, comparison)
    retold = kind is not DependenceKind.REPEATS
    if earlier.period_not_stated != later.period_not_stated and comparison.verdict.is_settled and retold:
        return _tension(comparison, Change.PERIOD_ADDED if earlier.period_not_stated else Change.PERIOD_DROPPED)
    inverted = _inverted(earlier, later)
    if inverted or _bound_reversed(earlier, later):
        gap = replace(comparison.distance, near=None) if comparison.distance.near == 1 else comparison.distance
        conflict = replace(comparison, verdict=Verdict.CONFLICT, severity=gap.severity)
        return Drift(conflict, Change.INVERTED if inverted else Change.BOUND_REVERSED)
    if not comparison.verdict.is_settled:
        return Drift(comparison, Change.NUMBER)
    if not retold or comparison.verdict is Verdict.ROUNDING:
        return Drift(comparison, None)
    change = _change_of_words(earlier, later)
    return _tension(comparison, change) if change else Drift(comparison, None)


def _tension(comparison: Comparison, change: Change, differences: tuple[ScopeDifference, ...] = ()) -> Drift:
    return Drift(replace(comparison, verdict=Verdict.TENSION, severity=LEAST_SEVERITY), change, differences)


def _changed_unit(earlier: NormalizedQuantity, later: NormalizedQuantity, comparison: Comparison) -> Drift:
    apart = Distance(None, None, points=False)
    base = Comparison(
        verdict=comparison.verdict,
        ground=Ground.SCOPE,
        relation=relate(earlier.allowed, later.allowed),
        distance=apart,
        severity=Fraction(0),
    )
    if earlier.period != later.period and earlier.stated == later.stated:
        if earlier.period is None:
            return _tension(base, Change.PERIOD_ADDED)
        return _tension(base, Change.PERIOD_DROPPED if later.period is None else Change.PERIOD_CHANGED)
    return Drift(replace(base, verdict=Verdict.CONFLICT, severity=Fraction(1, 2)), Change.UNIT)


def _changed_scope(knowledge: Knowledge, earlier: Mention, later: Mention, comparison: Comparison) -> Drift:
    """The same number, said of something else: a conflict; said with a key more or less: a tension."""
    measure = knowledge.measures[later.figure.measure]
    before, after = earlier.figure.scope, later.figure.scope
    scopes = compare_scopes(knowledge, measure.kind, before, after)
    if scopes.differences:
        conflict = replace(comparison, verdict=Verdict.CONFLICT, severity=Fraction(1, 2))
        return Drift(conflict, Change.SCOPE, scopes.differences)
    added = [_one_sided(key, None, after[key]) for key in after if key not in before]
    dropped = [_one_sided(key, before[key], None) for key in before if key not in after]
    return _tension(comparison, Change.SCOPE, (*added, *dropped)) if added or dropped else Drift(comparison, None)


def _one_sided(key: str, left: ScopeSelection | None, right: ScopeSelection | None) -> ScopeDifference:
    return ScopeDifference(key=key, kind=ScopeDifferenceKind.PART, left=left, right=right)


def _inverted(earlier: NormalizedQuantity, later: NormalizedQuantity) -> bool:
    if not (earlier.stated.exact and later.stated.exact) or earlier.stated == later.stated:
        return False
    return (earlier.stated.low or Fraction(0)) * (later.stated.low or Fraction(0)) == 1


def _bound_reversed(earlier: NormalizedQuantity, later: NormalizedQuantity) -> bool:
    up = earlier.bound.is_floor and later.bound.is_ceiling
    return up or (earlier.bound.is_ceiling and later.bound.is_floor)


def _change_of_words(earlier: NormalizedQuantity, later: NormalizedQuantity) -> Change | None:
    if earlier.stated.exact and later.stated.exact and earlier.stated != later.stated:
        return Change.NUMBER
    if earlier.stated != later.stated:
        return Change.RANGE
    if earlier.bounded != later.bounded:
        return Change.BOUND_DROPPED if earlier.bounded else Change.BOUND_ADDED
    if earlier.hedge is not later.hedge:
        gained, lost = later.hedge is not Hedge.NONE, earlier.hedge is not Hedge.NONE
        return Change.HEDGE_CHANGED if gained and lost else Change.HEDGE_ADDED if gained else Change.HEDGE_DROPPED
    return None


MOST_REPETITIONS_SHOWN = 40
"""A number that is said again more often shows its first repetitions only."""

_DIGEST_TOKENS = {
    DependenceKind.TRANSLATES: "translates it",
    DependenceKind.QUOTES: "quotes it",
    DependenceKind.REPEATS: "repeats it",
    None: "has it from the same voice",
}
"""How a repetition came about, as digests spell it. No reader sees it; changing it would reopen every ruling on one."""


def corroborations(knowledge: Knowledge, survey: Survey) -> Iterator[Finding]:
    """What stands behind each position: who confirms it, and who only says it again."""
    for position in survey.positions:
        yield from _confirmed(knowledge, position)
        yield from _repeated(knowledge, survey, position)


def _confirmed(knowledge: Knowledge, position: Position) -> Iterator[Finding]:
    """That independent voices give numbers which meet."""
    ordered = sorted(position.mentions, key=lambda mention: (mention.normalized.stated.low is not None, mention.order))
    pairings = [_support_pairing(left, right) for left, right in pairwise(ordered)]
    if pairings:
        yield _corroboration(knowledge, position, pairings)


def _corroboration(knowledge: Knowledge, position: Position, pairings: Sequence[Pairing]) -> Finding:
    heard = {id for pairing in pairings for side in (pairing.left, pairing.right) for id in side.figures}
    return assemble(
        knowledge,
        FindingKind.CORROBORATION,
        "corroboration",
        position.measure,
        pairings,
        headline=0,
        parts=[position.figures[0]],
        figures=[id for id in position.figures if id in heard],
    )


def _repeated(knowledge: Knowledge, survey: Survey, position: Position) -> Iterator[Finding]:
    """That other works give the position's number and yet add no voice; a translation is the same work."""
    repeated = list(_repetitions(knowledge, survey, position))
    if not repeated:
        return
    dependences = [_dependence(survey, later) for _, later in repeated]
    pairings = [_support_pairing(*pair, how) for pair, how in zip(repeated, dependences, strict=True)]
    yield assemble(
        knowledge,
        FindingKind.REPETITION,
        "echo",
        position.measure,
        pairings,
        headline=0,
        parts=[position.figures[0]],
        figures=list(dict.fromkeys(mention.figure.id for pair in repeated for mention in pair)),
        basis=[_DIGEST_TOKENS[dependence] for dependence in dependences],
        rates=rates_of(*(mention.normalized for pair in repeated for mention in side_by_side(*pair))),
    )


def _repetitions(knowledge: Knowledge, survey: Survey, position: Position) -> Iterator[tuple[Mention, Mention]]:
    """The independent mention and one from another work that says the same again, in the order told.

    What changed on the way is told as a drift, and as nothing else.
    """
    by_origin = {mention.origin.key: mention for mention in position.mentions}
    dependents = sorted((survey.mentions[id] for id in position.dependents), key=lambda mention: mention.order)
    for later in dependents[:MOST_REPETITIONS_SHOWN]:
        root = survey.mentions[root_of(later.figure.id, survey.links)]
        first = by_origin.get(root.origin.key)
        if first is None or _work(knowledge, first) == _work(knowledge, later):
            continue
        if detect_drift(knowledge, survey, later.figure.id):
            continue
        left_normalized, right_normalized = (mention.normalized for mention in side_by_side(first, later))
        comparison = compare(left_normalized, right_normalized)
        if left_normalized.unit == right_normalized.unit and comparison.verdict.is_settled:
            yield first, later


def _work(knowledge: Knowledge, mention: Mention) -> Id:
    source = knowledge.sources.get(mention.figure.source)
    return original_source(knowledge, source).id if source else mention.figure.source


def _dependence(survey: Survey, mention: Mention) -> DependenceKind | None:
    link = survey.links.get(mention.figure.id)
    return link.kind if link else None


def _support_pairing(left: Mention, right: Mention, dependence: DependenceKind | None = None) -> Pairing:
    left, right = side_by_side(left, right)
    return pair_mentions(left, right, compare(left.normalized, right.normalized), dependence=dependence)
