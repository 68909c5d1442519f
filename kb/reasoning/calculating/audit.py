"""Which stated numbers do the calculations confirm or contradict? One finding for each figure that is checked."""

from collections.abc import Iterable, Iterator

from kb.domain.finding import Finding, FindingKind
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.calculating.derive import derived
from kb.reasoning.calculating.result import Check, Result
from kb.reasoning.noticing.mention import said
from kb.reasoning.noticing.notice import UNHEARD, assemble, rates_of


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
    converted = [one.exchange.figures for outcome in result.outcomes for one in outcome.conversions]
    rates = dict.fromkeys([*(id for ids in converted for id in ids), *rates_of(said(knowledge, figure))])
    used = dict.fromkeys(id for id in used if id not in rates)
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
        verdict=check.verdict,
        severity=check.severity,
        relation=check.relation,
        calculation=id,
        basis=[calculation.formula, outcomes],
        rates=list(rates),
    )
