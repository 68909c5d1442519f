"""Findings between claims of which a person said that one denies or repeats the other."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from kb.domain.entity import Claim, Stance
from kb.domain.finding import Finding, FindingKind, Pairing, Relation, Verdict, finding_id
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.findings.assembly import RULES_VERSION, digest, discounted_severity, rounded_severity

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
    severity = _severity(claim, counterpart) if verdict is Verdict.CONFLICT else Decimal(0)
    words = _words(claim, counterpart, "denies" if verdict is Verdict.CONFLICT else "repeats")
    relation = Relation.DISJOINT if verdict is Verdict.CONFLICT else Relation.INSIDE
    pairing = Pairing(
        (), (), claim.voice.origin, counterpart.voice.origin, None, None, "", verdict, relation, None, severity, words
    )
    rule = "denial" if verdict is Verdict.CONFLICT else "repetition"
    ids = (claim.id, counterpart.id)
    inputs = [_inputs(claim), _inputs(counterpart)]
    return Finding(
        finding_id(knowledge, rule, None, ids),
        FindingKind.CLAIMS,
        f"{rule}/{RULES_VERSION}",
        None,
        None,
        (),
        verdict,
        relation,
        severity,
        words,
        (pairing,),
        digest(knowledge, (), rule, RULES_VERSION, *sorted(inputs, key=str)),
        ids,
        ids,
    )


def _words(claim: Claim, counterpart: Claim, word: str) -> str:
    first, second = (statement.text.rstrip(".。") for statement in (claim, counterpart))
    if claim.voice.origin == counterpart.voice.origin:
        return f"“{first}” {word} “{second}”. Both are of one voice: {claim.voice.origin}."
    return f"“{first}” ({claim.voice.origin}) {word} “{second}” ({counterpart.voice.origin})."


def _inputs(claim: Claim) -> list[object]:
    return [claim.text, claim.stance, claim.confidence.said]


def _severity(claim: Claim, counterpart: Claim) -> Decimal:
    same_voice = claim.voice.origin == counterpart.voice.origin
    return rounded_severity(discounted_severity(_CONTRADICTION, [claim, counterpart], same_voice=same_voice))
