"""How a finding is put together: its id, digest, severity and pairings, the same for every kind."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from kb.domain.codec import canonical_json
from kb.domain.entity import Claim, Figure, Stance
from kb.domain.finding import Finding, FindingKind, Pairing, Relation, Verdict, finding_id
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.comparison.tolerance import NormalizedQuantity
from kb.reasoning.comparison.verdict import RANK, Comparison, decimal
from kb.reasoning.findings.mention import Mention
from kb.reasoning.scope import scope_key
from kb.reports.words.comparison import Side, make_side

RULES_VERSION = "4"
"""Version of the rules; findings of another version are recomputed."""

EXCLUDED_STANCES = frozenset({Stance.NEGATED, Stance.HYPOTHETICAL})
"""Figures of these stances enter no finding."""

_ALLEGED_FACTOR = Fraction(7, 10)

_SAME_VOICE_FACTOR = Fraction(8, 10)
"""What a voice that contradicts itself weighs beside two that contradict each other."""


def digest(knowledge: Knowledge, figures: Iterable[Id], *more: object) -> str:
    """SHA-256 of everything about ``figures`` that a verdict rests on, and of ``more``.

    No id goes in, so that another base which was told the same has the same digest: figures and sources are known by
    the order in which they occur, scope values by their names.
    """
    known = [knowledge.figures[id] for id in figures if id in knowledge.figures]
    digest_basis = _DigestBasis(knowledge, known)
    return hashlib.sha256(canonical_json([[digest_basis.of(figure) for figure in known], *more]).encode()).hexdigest()


class _DigestBasis:
    """What a verdict rests on, in words that every base shares."""

    def __init__(self, knowledge: Knowledge, figures: Sequence[Figure]) -> None:
        self._knowledge = knowledge
        self._figure = _numbered(figure.id for figure in figures)
        self._source = _numbered(figure.source for figure in figures)

    def of(self, figure: Figure) -> list[object]:
        source = self._knowledge.sources.get(figure.source)
        original = source.translation_of if source else None
        earlier = figure.depends_on
        return [
            figure.quantity,
            self._scope(figure),
            figure.stance,
            figure.confidence.said,
            figure.voice.origin,
            [earlier.kind, self._figure(earlier.figure)] if earlier else None,
            [self._source(figure.source), self._source(original) if original else None],
            *unit_basis(self._knowledge, figure.quantity.unit),
        ]

    def _scope(self, figure: Figure) -> list[object]:
        terms = self._knowledge.scope_values
        return [
            [key, replace(value, terms=()), [terms[id].slug if id in terms else "" for id in value.terms]]
            for key, value in scope_key(figure.scope)
        ]


def _numbered(ids: Iterable[Id]) -> Callable[[Id], int]:
    """The place of an id among ``ids``, from 0; -1 for all others."""
    places: dict[Id, int] = {}
    for each in ids:
        places.setdefault(each, len(places))
    return lambda entity_id: places.get(entity_id, -1)


def discounted_severity(
    severity: Fraction, statements: Sequence[Figure | Claim], *, same_voice: bool = False
) -> Fraction:
    """``severity`` less what low confidence, an allegation or dependence of what was ``statements`` takes off."""
    surest = min((Fraction(statement.confidence.middle) for statement in statements), default=Fraction(1))
    severity *= (2 + surest) / 3
    if any(statement.stance is Stance.ALLEGED for statement in statements):
        severity *= _ALLEGED_FACTOR
    return severity * _SAME_VOICE_FACTOR if same_voice else severity


def rounded_severity(severity: Fraction) -> Decimal:
    """A severity as it is shown: two places, and never 0 where there is something to see."""
    return max(decimal(severity, 2), Decimal("0.01")) if severity > 0 else Decimal(0)


def assemble(
    knowledge: Knowledge,
    kind: FindingKind,
    rule: str,
    measure: Id | None,
    pairings: Sequence[Pairing],
    *,
    parts: Sequence[Id],
    figures: Sequence[Id],
    explanation: str = "",
    calculation: Id | None = None,
    basis: Sequence[object] = (),
    rates: Sequence[Id] = (),
    relation: Relation | None = None,
    verdict: Verdict | None = None,
    severity: Decimal | None = None,
) -> Finding:
    """A finding of ``pairings``: the worst of them gives verdict, severity, relation and explanation, unless given.

    ``rates`` are the figures by which amounts were converted: they take no part, but the digest rests on them.
    """
    worst = max(pairings, key=lambda pairing: (RANK[pairing.verdict], pairing.severity))
    return Finding(
        finding_id(knowledge, rule, measure, parts),
        kind,
        f"{rule}/{RULES_VERSION}",
        measure,
        calculation,
        tuple(figures),
        verdict or worst.verdict,
        relation or worst.relation,
        max(pairing.severity for pairing in pairings) if severity is None else severity,
        explanation or worst.explanation,
        tuple(pairings),
        digest(knowledge, [*figures, *rates], rule, RULES_VERSION, [measure_basis(knowledge, measure), *basis]),
        parts=tuple(parts),
        rates=tuple(rates),
    )


def measure_basis(knowledge: Knowledge, measure: Id | None) -> list[object]:
    """What a verdict rests on in the measure itself."""
    definition = knowledge.measures.get(measure) if measure else None
    return [definition.unit, definition.kind, *unit_basis(knowledge, definition.unit)] if definition else []


def unit_basis(knowledge: Knowledge, text: str) -> list[object]:
    """What a unit of seed files comes to, since a seed file may say so anew; empty for one of standard names."""
    if not knowledge.unit_system.declared_names(text):
        return []
    unit = knowledge.unit(text)
    return [[unit.factor, unit.dimension]]


def rates_of(*amounts: NormalizedQuantity) -> tuple[Id, ...]:
    """The figures of the rates by which ``amounts`` were converted, each once."""
    exchanges = (amount.exchange for amount in amounts if amount.exchange)
    return tuple(dict.fromkeys(id for exchange in exchanges for id in exchange.figures))


def is_settled(verdict: Verdict) -> bool:
    """Whether there is nothing for a reader to decide."""
    return verdict in (Verdict.AGREEMENT, Verdict.ROUNDING)


def side_of(mention: Mention, name: str) -> Side:
    """A mention as one side of a sentence, under ``name``; what is alleged keeps that word."""
    return make_side(name, mention.normalized, alleged=mention.figure.stance is Stance.ALLEGED)


def build_pairing(
    mentions: tuple[Mention, Mention],
    labels: tuple[str, str],
    comparison: Comparison,
    words: str,
    *,
    same_voice: bool = False,
) -> Pairing:
    """Two mentions with their ``comparison``, ``labels`` and ``words``; one voice on both sides lowers the severity."""
    left, right = mentions
    return Pairing(
        (left.figure.id,),
        (right.figure.id,),
        *labels,
        left.normalized.stated,
        right.normalized.stated,
        left.normalized.unit,
        comparison.verdict,
        comparison.relation,
        comparison.ratio,
        rounded_severity(discounted_severity(comparison.severity, [left.figure, right.figure], same_voice=same_voice)),
        words,
    )
