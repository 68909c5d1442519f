"""The bearing of a finding: how far an answer moves when one of its sides is taken, then the other."""

from collections.abc import Iterable, Sequence

from kb.domain.finding import Finding, FindingKind, Pairing
from kb.domain.identity import Id
from kb.reasoning.answers.changes import resting_on
from kb.reasoning.answers.removal import Removal, with_dependents
from kb.reasoning.answers.slice import QuestionSlice
from kb.reasoning.argumentation.strength import Change

# A retelling is not counted, whatever it makes of the number: neither reading of a drift is a position to take.
_BETWEEN_NUMBERS = frozenset(
    {FindingKind.ACROSS_SOURCES, FindingKind.WITHIN_SOURCE, FindingKind.CORROBORATION, FindingKind.FORECAST}
)


def bearing(slices: Iterable[QuestionSlice], finding: Finding) -> float:
    """The greatest change of a side's strength, from 0 to 1, over all questions; 0 where it leads to none."""
    return round(max((_bearing_on(part, finding) for part in slices if _touches(part, finding)), default=0.0), 4)


def bearings(slices: Iterable[QuestionSlice], findings: Sequence[Finding]) -> dict[str, float]:
    """The bearing of each of ``findings`` by its id, in their order."""
    parts = tuple(slices)
    return {finding.id: bearing(parts, finding) for finding in findings}


def _touches(part: QuestionSlice, finding: Finding) -> bool:
    if finding.calculation in part.knowledge.calculations:
        return True
    return any(id in part.knowledge.figures for id in finding.figures) or any(
        id in part.knowledge.claims for id in finding.claims
    )


def _bearing_on(part: QuestionSlice, finding: Finding) -> float:
    balances = [part.balance(part.strengths)]
    for change in _changes(part, finding):
        balances.append(part.balance(part.strengths.after(change)))
    # A side's strength moves by half of what the balance of the two moves by.
    return (max(balances) - min(balances)) / 2


def _changes(part: QuestionSlice, finding: Finding) -> list[Change]:
    if finding.kind is FindingKind.CLAIMS:
        return [_without(part, claims=[claim]) for claim in finding.claims]
    if finding.kind is FindingKind.CHECK:
        node = part.graph.index.get(finding.calculation or Id(""))
        # A check is on the stated figure, which comes first, or on the claim whose condition fails.
        stated = _without(part, figures=() if finding.claims else finding.figures[:1], claims=finding.claims)
        return [stated, Change(weights={node: 0.0})] if node is not None else [stated]
    if finding.kind not in _BETWEEN_NUMBERS:
        return []
    return [
        change
        for pairing in _headline(finding)
        for change in (
            _without(part, figures=pairing.left.figures),
            _without(part, figures=pairing.right.figures),
        )
    ]


def _headline(finding: Finding) -> tuple[Pairing, ...]:
    """The pairings that give the finding its verdict; of a corroboration, where any number would do, none."""
    if finding.kind is FindingKind.CORROBORATION:
        return finding.pairings
    return tuple(pairing for pairing in finding.pairings if pairing.verdict is finding.verdict)[:1]


def _without(part: QuestionSlice, figures: Iterable[Id] = (), claims: Iterable[Id] = ()) -> Change:
    dropped = with_dependents((id for id in figures if id in part.knowledge.figures), part.graph.links, part.knowledge)
    return part.without(Removal(dropped, frozenset(claims) | resting_on(part, dropped)))
