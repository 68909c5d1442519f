"""Which claims contradict or repeat each other? Only those of which a person said so."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from kb.domain.entity import Claim, Stance
from kb.domain.finding import Finding, FindingKind, Pairing, Relation, Verdict, finding_id
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.noticing.notice import RULES, digest, told_severity, weakened

_CONTRADICTION = Fraction(1)


def denials(knowledge: Knowledge) -> Iterator[Finding]:
    """One finding for each pair of claims of which one ``denies`` or is the ``same-as`` the other.

    Claims of a hypothetical stance enter none.
    """
    seen: set[tuple[str, Id, Id]] = set()
    for claim in knowledge.claims.values():
        for verdict, others in ((Verdict.CONFLICT, claim.denies), (Verdict.AGREEMENT, claim.same_as)):
            for id in others:
                first, second = sorted((claim.id, id))
                other = knowledge.claims.get(id)
                if other is None or other.id == claim.id or (verdict, first, second) in seen:
                    continue
                seen.add((verdict, first, second))
                if Stance.HYPOTHETICAL not in (claim.stance, other.stance):
                    yield _between(knowledge, claim, other, verdict)


def _between(knowledge: Knowledge, claim: Claim, other: Claim, verdict: Verdict) -> Finding:
    severity = _severity(claim, other) if verdict is Verdict.CONFLICT else Decimal(0)
    words = _words(claim, other, "denies" if verdict is Verdict.CONFLICT else "repeats")
    relation = Relation.DISJOINT if verdict is Verdict.CONFLICT else Relation.INSIDE
    pairing = Pairing(
        (), (), claim.voice.origin, other.voice.origin, None, None, "", verdict, relation, None, severity, words
    )
    rule = "denial" if verdict is Verdict.CONFLICT else "repetition"
    ids = (claim.id, other.id)
    inputs = [_inputs(claim), _inputs(other)]
    return Finding(
        finding_id(knowledge, rule, None, ids),
        FindingKind.CLAIMS,
        f"{rule}/{RULES}",
        None,
        None,
        (),
        verdict,
        relation,
        severity,
        words,
        (pairing,),
        digest(knowledge, (), rule, RULES, *sorted(inputs, key=str)),
        ids,
        ids,
    )


def _words(claim: Claim, other: Claim, word: str) -> str:
    first, second = (one.text.rstrip(".。") for one in (claim, other))
    if claim.voice.origin == other.voice.origin:
        return f"“{first}” {word} “{second}”. Both are of one voice: {claim.voice.origin}."
    return f"“{first}” ({claim.voice.origin}) {word} “{second}” ({other.voice.origin})."


def _inputs(claim: Claim) -> list[object]:
    return [claim.text, claim.stance, claim.confidence.said]


def _severity(claim: Claim, other: Claim) -> Decimal:
    same_voice = claim.voice.origin == other.voice.origin
    return told_severity(weakened(_CONTRADICTION, [claim, other], same_voice=same_voice))
