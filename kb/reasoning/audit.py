"""Which stated numbers do the calculations confirm or contradict? One finding for each figure that is checked."""

from collections.abc import Iterable, Iterator

from kb.domain.finding import Finding, FindingKind
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.derive import derived
from kb.reasoning.notice import UNHEARD, assemble
from kb.reasoning.result import Check, Result


def audits(knowledge: Knowledge, calculations: Iterable[Id]) -> Iterator[Finding]:
    """A finding for each figure that one of ``calculations`` checks; none for hypothetical and negated figures."""
    for id, result in derived(knowledge, calculations).items():
        for check in result.checks:
            if knowledge.figures[check.figure].stance not in UNHEARD:
                yield _audit(knowledge, id, result, check)


def _audit(knowledge: Knowledge, id: Id, result: Result, check: Check) -> Finding:
    figure, calculation = knowledge.figures[check.figure], knowledge.calculations[id]
    used = dict.fromkeys(
        other
        for outcome in result.outcomes
        for choice in outcome.choices
        for other in choice.figures
        if knowledge.figures[other].stance not in UNHEARD
    )
    outcomes = [[outcome.stated, outcome.allowed, outcome.unit] for outcome in result.outcomes]
    return assemble(
        knowledge,
        FindingKind.CHECK,
        "check",
        figure.measure,
        check.pairings,
        parts=[id, figure.id],
        figures=list(dict.fromkeys([figure.id, *used])),
        explanation=check.explanation,
        calculation=id,
        basis=[calculation.formula, outcomes],
    )
