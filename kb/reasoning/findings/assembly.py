"""How a finding is put together: its id, digest, severity and pairings, the same for every kind."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from kb.domain.codec import canonical_json
from kb.domain.entity import Claim, DependenceKind, Figure, Stance
from kb.domain.finding import (
    Change,
    Finding,
    FindingKind,
    Pairing,
    PairingSide,
    Relation,
    ScopeDifference,
    Verdict,
    finding_id,
)
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.comparison.tolerance import NormalizedQuantity
from kb.reasoning.comparison.verdict import Comparison, decimal
from kb.reasoning.findings.mention import Mention
from kb.reasoning.scope import scope_key

DIGEST_FORMAT = "4"
"""Stands in every digest. Rulings are bound to digests, so it stays when rules change: a ruling reopens only when what
was compared has changed."""

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
    headline: int | None = None,
    calculation: Id | None = None,
    basis: Sequence[object] = (),
    rates: Sequence[Id] = (),
    relation: Relation | None = None,
    verdict: Verdict | None = None,
    severity: Decimal | None = None,
    differing_keys: tuple[str, ...] = (),
    parts_only: bool = False,
) -> Finding:
    """A finding of ``pairings``: the worst of them gives verdict, severity, relation and headline, unless given.

    ``rates`` are the figures by which amounts were converted: they take no part, but the digest rests on them.
    """
    worst = max(range(len(pairings)), key=lambda place: (pairings[place].verdict.rank, pairings[place].severity))
    return Finding(
        id=finding_id(knowledge, rule, measure, parts),
        kind=kind,
        rule=rule,
        measure=measure,
        calculation=calculation,
        figures=tuple(figures),
        verdict=verdict or pairings[worst].verdict,
        relation=relation or pairings[worst].relation,
        severity=max(pairing.severity for pairing in pairings) if severity is None else severity,
        pairings=tuple(pairings),
        headline=worst if headline is None else headline,
        digest=digest(knowledge, [*figures, *rates], rule, DIGEST_FORMAT, [measure_basis(knowledge, measure), *basis]),
        parts=tuple(parts),
        rates=tuple(rates),
        differing_keys=differing_keys,
        parts_only=parts_only,
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


def pair_mentions(
    left: Mention,
    right: Mention,
    comparison: Comparison,
    *,
    same_voice: bool = False,
    dependence: DependenceKind | None = None,
    change: Change | None = None,
    differences: tuple[ScopeDifference, ...] = (),
    uncertain_keys: tuple[str, ...] = (),
) -> Pairing:
    """Two mentions with their ``comparison``; ``same_voice``: one voice stands on both sides, which lowers severity."""
    severity = discounted_severity(comparison.severity, [left.figure, right.figure], same_voice=same_voice)
    return Pairing(
        left=speaking_side(left),
        right=speaking_side(right),
        unit=left.normalized.unit,
        verdict=comparison.verdict,
        ground=comparison.ground,
        relation=comparison.relation,
        ratio=comparison.ratio,
        points=comparison.points,
        severity=rounded_severity(severity),
        end=comparison.end,
        uncertain_keys=uncertain_keys,
        differences=differences,
        change=change,
        dependence=dependence,
    )


def speaking_side(mention: Mention) -> PairingSide:
    """The side on which ``mention`` alone speaks."""
    return PairingSide(figures=(mention.figure.id,), speaker=mention.figure.id, stated=mention.normalized.stated)
