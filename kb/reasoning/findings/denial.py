"""Findings between claims of which a person said that one denies or repeats the other."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from kb.domain.entity import Claim, Stance
from kb.domain.finding import Finding, FindingKind, Ground, Pairing, PairingSide, Relation, Verdict, finding_id
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.findings.assembly import DIGEST_FORMAT, digest, discounted_severity, rounded_severity

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
