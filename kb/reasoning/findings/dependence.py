"""Findings on dependence: corroboration by independent voices, repetition that adds none, and drift in retelling.

A retelling is a figure that translates, quotes or repeats another: a drift where it changes the number, else a
repetition.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
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
from kb.reasoning.comparison.distance import Distance, decimal, relate
from kb.reasoning.comparison.margins import scatter
from kb.reasoning.comparison.tolerance import NormalizedQuantity
from kb.reasoning.comparison.verdict import LEAST_SEVERITY, Comparison, compare
from kb.reasoning.findings.assembly import assemble, pair_mentions, rates_of
from kb.reasoning.findings.mention import Mention, side_by_side
from kb.reasoning.findings.origin import original_source, root_of
from kb.reasoning.findings.position import Position, Survey
from kb.reasoning.scope import compare_scopes


def drifts(knowledge: Knowledge, survey: Survey) -> Iterator[Finding]:
    """One finding for each dependent figure that departs from the figure it passes on; none for faithful ones."""
    for id in survey.links:
        if drift := detect_drift(knowledge, survey, id):
            yield _drift(knowledge, survey, id, drift)


@dataclass(frozen=True, slots=True)
class Drift:
    """What a retelling changed.

    Attributes:
        comparison: The earlier number, on the left, compared with the later one; its verdict is that on the change.
        change: What changed; None where nothing did.
        differences: The scope keys that changed; empty unless ``change`` is one of scope.
    """

    comparison: Comparison
    change: Change | None
    differences: tuple[ScopeDifference, ...] = ()


def detect_drift(knowledge: Knowledge, survey: Survey, id: Id) -> Drift | None:
    """What figure ``id`` changed in the number that it passes on.

    None where it keeps the number, where it depends on no other figure, and where one of the two is negated or
    hypothetical.
    """
    link = survey.links.get(id)
    if link is None:
        return None
    earlier, later = side_by_side(survey.mentions[link.figure], survey.mentions[id])
    if {later.figure.stance, earlier.figure.stance} & EXCLUDED_STANCES:
        return None
    drift = _changed_number(earlier.normalized, later.normalized, link.kind)
    # A mere repetition may be loose: who says "about $8k" of $8,000 does not claim to render somebody else's words, as
    # a translation or a quotation does, and may leave out the scope.
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
    """The change in the number, its unit, or its bound and hedge; a change of words alone is a tension at most."""
    comparison = compare(earlier, later)
    # The checks run from the gravest change to the mildest, and the first one that applies is the only one reported.
    if earlier.unit != later.unit:
        return _changed_unit(earlier, later, comparison)
    retold = kind is not DependenceKind.REPEATS
    if earlier.period_not_stated != later.period_not_stated and comparison.verdict.is_settled and retold:
        return _tension(comparison, Change.PERIOD_ADDED if earlier.period_not_stated else Change.PERIOD_DROPPED)
    # "40x" translated as "0.025x", or "at least $8k" as "at most $8k", says the opposite of the original. The second
    # pair states one number, so that its distance alone would give it no severity.
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
    # Numbers in two units have no distance. "$5 billion" retold as "$5 billion a year" keeps the number and adds a
    # period, which is a tension; any other change of unit is a conflict of middle severity.
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
    """The change in scope of a number that is kept: a conflict if about another thing, a tension if a key differs."""
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
"""Largest number of repetitions that a finding lists; further ones, in reading order, are left out."""

_DIGEST_TOKENS = {
    DependenceKind.TRANSLATES: "translates it",
    DependenceKind.QUOTES: "quotes it",
    DependenceKind.REPEATS: "repeats it",
    None: "has it from the same voice",
}
"""The kind of a repetition as digests spell it; None stands for the same voice without a recorded link.

No reader sees these words. Changing one would reopen every ruling on such a repetition.
"""


def corroborations(knowledge: Knowledge, survey: Survey) -> Iterator[Finding]:
    """Up to two findings for each position: independent voices that confirm it, and works that only repeat it."""
    for position in survey.positions:
        yield from _confirmed(knowledge, position)
        yield from _repeated(knowledge, survey, position)


def _confirmed(knowledge: Knowledge, position: Position) -> Iterator[Finding]:
    """One finding where two or more independent voices give numbers that meet; else none."""
    # Neighbours in this order are paired, so that n voices need n - 1 pairings. Figures without a low end come first.
    ordered = sorted(position.mentions, key=lambda mention: (mention.normalized.stated.low is not None, mention.order))
    pairings = [_in_one_position(position, _support_pairing(left, right)) for left, right in pairwise(ordered)]
    if pairings:
        yield _corroboration(knowledge, position, pairings)


def _in_one_position(position: Position, pairing: Pairing) -> Pairing:
    """``pairing`` of two numbers of ``position``; of numbers with margins, with the scatter of all of them."""
    # Of a dozen numbers that have one value by the chi-square test, two may lie farther apart than two alone should.
    numbers = [mention.in_own_currency.measured for mention in position.mentions if mention.in_own_currency.measured]
    if not numbers or pairing.ground is Ground.MEET:
        return pairing
    birge_ratio = decimal(scatter(numbers).birge_ratio, 2) if len(numbers) > 1 else None
    settled = replace(pairing, verdict=Verdict.AGREEMENT, ground=Ground.WITHIN_MARGINS, severity=Decimal(0))
    return replace(settled, birge_ratio=birge_ratio)


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
    """One finding where other works give the position's number without adding a voice; else none."""
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
    """Pairs of an independent mention and a repetition of it in another work, in reading order.

    A repetition that changed the number is left out: it is reported as a drift and as nothing else.
    """
    by_origin = {mention.origin.key: mention for mention in position.mentions}
    dependents = sorted((survey.mentions[id] for id in position.dependents), key=lambda mention: mention.order)
    for later in dependents[:MOST_REPETITIONS_SHOWN]:
        root = survey.mentions[root_of(later.figure.id, survey.links)]
        first = by_origin.get(root.origin.key)
        # A translation is the same work as its original, and a text that gives its number twice is one work: neither
        # is worth a reader's attention. Five papers that all cite the club are. What was computed repeats nothing.
        if first is None or root.figure.derived_from or _work(knowledge, first) == _work(knowledge, later):
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
