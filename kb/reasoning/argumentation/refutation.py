"""Claims whose condition fails on the recorded numbers."""

from collections.abc import Iterator, Mapping

from kb.domain.codec import to_builtins
from kb.domain.entity import EXCLUDED_STANCES, Claim, Condition, Stance
from kb.domain.finding import Finding, FindingGroups, FindingKind, Ground, Pairing, PairingSide, Relation, Verdict
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.argumentation.condition import condition_holds, limit_of
from kb.reasoning.calculation.result import Outcome, Result
from kb.reasoning.comparison.distance import distance
from kb.reasoning.comparison.tolerance import scaled
from kb.reasoning.comparison.verdict import LEAST_SEVERITY
from kb.reasoning.findings.assembly import assemble, discounted_severity, rounded_severity
from kb.reasoning.findings.mention import in_points


def refutable_claims(knowledge: Knowledge, groups: FindingGroups) -> dict[Id, Condition]:
    """The conditions of the claims of ``groups``; a claim belongs to its own group and to that of its calculation.

    A claim that its voice denies has none.
    """
    return {
        claim.id: claim.holds_if
        for claim in knowledge.claims.values()
        if claim.holds_if and claim.stance is not Stance.NEGATED
        if claim.holds_if.calculation in knowledge.calculations
        if groups.include(None, claim.holds_if.calculation, [claim.id])
    }


def refuted_claims(
    knowledge: Knowledge, conditions: Mapping[Id, Condition], results: Mapping[Id, Result]
) -> Iterator[Finding]:
    """One finding for each claim whose condition fails for every one of the ``results`` of its calculation.

    A condition that is undecided, or that fails for some results only, gives none.
    """
    for id, condition in conditions.items():
        if condition_holds(knowledge, condition, results) is False:
            yield _refutation(knowledge, knowledge.claims[id], condition, results[condition.calculation])


def _refutation(knowledge: Knowledge, claim: Claim, condition: Condition, result: Result) -> Finding:
    pairings = [_pairing(knowledge, claim, condition, outcome, place) for place, outcome in enumerate(result.outcomes)]
    choices = [choice for outcome in result.outcomes for choice in outcome.choices]
    used_figures = dict.fromkeys(id for choice in choices for id in choice.figures)
    rates = dict.fromkeys(result.conversion_rates)
    formula = knowledge.calculations[condition.calculation].formula
    return assemble(
        knowledge,
        FindingKind.CHECK,
        "condition",
        None,
        pairings,
        parts=[condition.calculation, claim.id],
        figures=[id for id in used_figures if id not in rates and knowledge.figures[id].stance not in EXCLUDED_STANCES],
        calculation=condition.calculation,
        claims=[claim.id],
        basis=[formula, result.basis, condition.sign, to_builtins(condition.limit), claim.text, claim.stance],
        rates=list(rates),
    )


def _pairing(knowledge: Knowledge, claim: Claim, condition: Condition, outcome: Outcome, place: int) -> Pairing:
    """A computed value beside the limit that it should keep to, in the unit of the result."""
    limit = scaled(limit_of(knowledge, condition), 1 / knowledge.unit(outcome.unit).factor)
    gap = distance(outcome.stated, limit, points=in_points(outcome.unit))
    alleged = [knowledge.figures[id] for choice in outcome.choices if choice.alleged for id in choice.figures]
    severity = discounted_severity(max(gap.severity, LEAST_SEVERITY), [claim, *alleged])
    return Pairing(
        left=PairingSide(stated=outcome.stated),
        right=PairingSide(stated=limit),
        unit=outcome.unit,
        verdict=Verdict.CONFLICT,
        ground=Ground.TRUTH,
        relation=Relation.OVERLAPPING if outcome.stated.meets(limit) else Relation.DISJOINT,
        ratio=gap.near_ratio,
        points=gap.near_points,
        severity=rounded_severity(severity),
        outcome=place,
        truth=False,
    )
