"""Findings on dependence: corroboration by independent voices, repetition that adds none, and drift in retelling.

A retelling is a figure that translates, quotes or repeats another: a drift where it changes the number, else a
repetition.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from kb.domain.entity import DependenceKind
from kb.domain.finding import Finding, FindingKind, Ground, Pairing, Verdict
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.comparison.distance import decimal
from kb.reasoning.comparison.margins import scatter
from kb.reasoning.comparison.verdict import compare
from kb.reasoning.findings.assembly import assemble, pair_mentions, rates_of
from kb.reasoning.findings.mention import Mention, side_by_side
from kb.reasoning.findings.origin import original_source, root_of
from kb.reasoning.findings.position import Position, Survey
from kb.reasoning.findings.retelling import Drift, detect_drift, retellings


def drifts(knowledge: Knowledge, survey: Survey) -> Iterator[Finding]:
    """One finding for each dependent figure that departs from the figure it passes on; none for faithful ones."""
    for id in retellings(survey):
        if drift := detect_drift(knowledge, survey, id):
            yield _drift(knowledge, survey, drift)


def _drift(knowledge: Knowledge, survey: Survey, drift: Drift) -> Finding:
    earlier, later, kind = drift.retelling.earlier, drift.retelling.later, drift.retelling.kind
    same_source = later.figure.source == earlier.figure.source
    crosses = earlier.figure.measure != later.figure.measure
    pairing = pair_mentions(
        earlier, later, drift.comparison, dependence=kind, changes=drift.changes, differences=drift.differences
    )
    return assemble(
        knowledge,
        FindingKind.WITHIN_SOURCE if same_source else FindingKind.DRIFT,
        "drift",
        survey.measure.id,
        [pairing],
        parts=[earlier.figure.id, later.figure.id],
        figures=[earlier.figure.id, later.figure.id],
        # The changes stay out, so that a ruling is not reopened where the rules name one more.
        basis=[kind, "of another measure"] if crosses else [kind],
        rates=rates_of(earlier.normalized, later.normalized),
    )


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
