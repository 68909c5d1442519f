"""How does a finding come about? Its id, its digest, its severity and its parts, the same for every kind."""

import hashlib
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from kb.domain.codec import canonical, plain
from kb.domain.entity import Figure, Stance
from kb.domain.finding import Finding, FindingKind, Pairing, Verdict
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.quantity import Quantity
from kb.reasoning.scope import scope_key
from kb.reasoning.verdict import RANK, decimal

RULES = "1"
"""Version of the rules; findings of another version are recomputed."""

UNHEARD = frozenset({Stance.NEGATED, Stance.HYPOTHETICAL})
"""Figures of these stances enter no finding."""

_ALLEGED = Fraction(7, 10)
_SAME_VOICE = Fraction(8, 10)


def finding_id(rule: str, measure: Id | None, parts: Iterable[str]) -> str:
    """16 hex digits from the rule's name, the measure and what takes part; independent of everything else."""
    return hashlib.sha256(canonical([rule, measure, *parts]).encode()).hexdigest()[:16]


def digest(knowledge: Knowledge, figures: Iterable[Id], *more: object) -> str:
    """SHA-256 of everything about ``figures`` that a verdict rests on, and of ``more``."""
    told = [_inputs(knowledge, knowledge.figures[id]) for id in figures if id in knowledge.figures]
    return hashlib.sha256(canonical([told, *more]).encode()).hexdigest()


def _inputs(knowledge: Knowledge, figure: Figure) -> list[object]:
    source = knowledge.sources.get(figure.source)
    return [
        figure.id,
        _said(figure.quantity),
        figure.measure,
        scope_key(figure.scope),
        figure.stance,
        figure.confidence.said,
        figure.voice.origin,
        figure.depends_on,
        [figure.source, source.translation_of if source else None],
    ]


def _said(quantity: Quantity) -> dict[str, object]:
    """The quantity, its ends named only where they are open: findings of closed ones keep the digest they had."""
    return {name: value for name, value in plain(quantity).items() if value is not False}


def weakened(severity: Fraction, figures: Sequence[Figure], *, same_voice: bool = False) -> Fraction:
    """``severity`` less what low confidence, an allegation or dependence takes off."""
    surest = min((Fraction(figure.confidence.middle) for figure in figures), default=Fraction(1))
    severity *= (2 + surest) / 3
    if any(figure.stance is Stance.ALLEGED for figure in figures):
        severity *= _ALLEGED
    return severity * _SAME_VOICE if same_voice else severity


def told_severity(severity: Fraction) -> Decimal:
    """A severity as it is shown: two places, and never 0 where there is something to see."""
    return max(decimal(severity, 2), Decimal("0.01")) if severity > 0 else Decimal(0)


def assemble(
    knowledge: Knowledge,
    kind: FindingKind,
    rule: str,
    measure: Id | None,
    pairings: Sequence[Pairing],
    *,
    parts: Iterable[str],
    figures: Sequence[Id],
    explanation: str = "",
    calculation: Id | None = None,
    basis: Sequence[object] = (),
) -> Finding:
    """A finding of ``pairings``: the worst of them gives verdict, relation and, unless given, the explanation."""
    worst = max(pairings, key=lambda pairing: (RANK[pairing.verdict], pairing.severity))
    return Finding(
        finding_id(rule, measure, parts),
        kind,
        f"{rule}/{RULES}",
        measure,
        calculation,
        tuple(figures),
        worst.verdict,
        worst.relation,
        max(pairing.severity for pairing in pairings),
        explanation or worst.explanation,
        tuple(pairings),
        digest(knowledge, figures, rule, RULES, [measure_basis(knowledge, measure), *basis]),
    )


def measure_basis(knowledge: Knowledge, measure: Id | None) -> list[object]:
    """What a verdict rests on in the measure itself."""
    found = knowledge.measures.get(measure) if measure else None
    return [found.unit, found.kind] if found else []


def is_settled(verdict: Verdict) -> bool:
    """Whether there is nothing for a reader to decide."""
    return verdict in (Verdict.AGREEMENT, Verdict.ROUNDING)
