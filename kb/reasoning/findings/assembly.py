"""Findings assembled from pairings: id, digest and severity by the same rules for every kind."""

import hashlib
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from kb.domain.codec import canonical_json, to_builtins
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
from kb.domain.quantity import Quantity
from kb.domain.scope import ScopeSelection
from kb.reasoning.comparison.distance import decimal
from kb.reasoning.comparison.tolerance import NormalizedQuantity
from kb.reasoning.comparison.verdict import Comparison
from kb.reasoning.findings.mention import Mention
from kb.reasoning.findings.origin import evidence_origins
from kb.reasoning.scope import scope_key

DIGEST_FORMAT = "4"
"""Version of the digest's make-up; part of every digest.

Rulings are bound to digests, so it stays the same when rules change: a ruling reopens only when what was compared has
changed.
"""

_ALLEGED_FACTOR = Fraction(7, 10)
"""Share of its severity that a finding keeps where one side only alleges its number."""

_SAME_VOICE_FACTOR = Fraction(8, 10)
"""Share of its severity that a contradiction keeps where one voice stands on both sides."""


def digest(knowledge: Knowledge, figures: Iterable[Id], *more: object) -> str:
    """SHA-256, in hexadecimal, of everything about ``figures`` that a verdict rests on, and of ``more``.

    Args:
        knowledge: Where the figures are looked up; ids that it does not hold are skipped.
        figures: Ids of the figures, in the order in which the finding names them; the order counts.
        more: Further facts, anything that canonical JSON can express.
    """
    # No id goes in, so that another base with the same seed files has the same digest: figures and sources count by
    # their places in order, scope values by their names. Notes and labels stay out, since no verdict rests on them.
    known = [knowledge.figures[id] for id in figures if id in knowledge.figures]
    digest_basis = _DigestBasis(knowledge, known)
    return hashlib.sha256(canonical_json([[digest_basis.of(figure) for figure in known], *more]).encode()).hexdigest()


class _DigestBasis:
    """The facts of each figure that a verdict rests on, written without ids so that every base writes them alike."""

    def __init__(self, knowledge: Knowledge, figures: Sequence[Figure]) -> None:
        self._knowledge = knowledge
        self._figure = _numbered(figure.id for figure in figures)
        self._source = _numbered(figure.source for figure in figures)

    def of(self, figure: Figure) -> list[object]:
        source = self._knowledge.sources.get(figure.source)
        original = source.translation_of if source else None
        dependence = figure.depends_on
        return [
            _stated(figure.quantity),
            self._scope(figure),
            figure.stance,
            figure.confidence.said,
            figure.voice.origin,
            [dependence.kind, self._figure.get(dependence.figure, -1)] if dependence else None,
            [self._source[figure.source], self._source.get(original, -1) if original else None],
            *unit_basis(self._knowledge, figure.quantity.unit),
            *self._derivation(figure),
        ]

    def _derivation(self, figure: Figure) -> list[object]:
        # Nothing is added for a figure that is not derived, so that rulings on those keep their digests.
        return [["derived", sorted(evidence_origins(self._knowledge, figure))]] if figure.derived_from else []

    def _scope(self, figure: Figure) -> list[object]:
        # The values of a set are stored in the order of their ids, which differs from base to base.
        terms = self._knowledge.scope_values
        return [
            [key, _selection_basis(value), sorted(terms[id].slug if id in terms else "" for id in value.terms)]
            for key, value in scope_key(figure.scope)
        ]


def _stated(quantity: Quantity) -> dict[str, object]:
    """The fields of ``quantity``; the margin is left out where none is stated, as in all older digests."""
    stated: dict[str, object] = to_builtins(quantity)
    if stated["margin"] is None:
        del stated["margin"]
    return stated


def _selection_basis(value: ScopeSelection) -> dict[str, object]:
    """The fields of ``value`` without its terms, which are given by name."""
    return {"terms": (), "quantifier": value.quantifier, "start": value.start, "end": value.end, "text": value.text}


def _numbered(ids: Iterable[Id]) -> dict[Id, int]:
    """Each of ``ids`` with its first place, from 0, among those that differ."""
    return {id: place for place, id in enumerate(dict.fromkeys(ids))}


def discounted_severity(
    severity: Fraction, statements: Sequence[Figure | Claim], *, same_voice: bool = False
) -> Fraction:
    """``severity`` lowered for an allegation, and for one voice on both sides.

    Args:
        severity: From 0 to 1, by distance alone.
        statements: The figures or claims on either side.
        same_voice: Whether one voice stands on both sides.

    Returns:
        ``severity`` times 0.7 if any statement is alleged, times 0.8 if ``same_voice``.
    """
    # How sure a voice says it is plays no part: the loudest must not rank first.
    if any(statement.stance is Stance.ALLEGED for statement in statements):
        severity *= _ALLEGED_FACTOR
    return severity * _SAME_VOICE_FACTOR if same_voice else severity


def rounded_severity(severity: Fraction) -> Decimal:
    """``severity`` to two decimal places; at least 0.01 unless it is 0 or less, which gives 0."""
    # Severity 0 means agreement or a part below its whole; a faint tension must not be rounded into one of those.
    return max(decimal(severity, 2), _LEAST_SHOWN) if severity > 0 else Decimal(0)


_LEAST_SHOWN = Decimal("0.01")


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
    claims: Sequence[Id] = (),
    basis: Sequence[object] = (),
    rates: Sequence[Id] = (),
    relation: Relation | None = None,
    verdict: Verdict | None = None,
    severity: Decimal | None = None,
    differing_keys: tuple[str, ...] = (),
    parts_only: bool = False,
    judged: bool = True,
) -> Finding:
    """A finding made of ``pairings``; what is not given follows from the worst of them.

    Args:
        knowledge: Where names, units and figures are looked up.
        kind: The kind of finding.
        rule: Name of the rule, part of the id and of the digest.
        measure: The measure; None for findings between claims.
        pairings: The compared pairs, at least one, in the order in which a reader meets them.
        parts: Ids whose names make the finding's id, with those of the rule and the measure; see docs/semantics.md.
        figures: The figures that take part, in order.
        headline: Place in ``pairings`` of the pair that gives the sentence; the worst if None.
        calculation: The calculation, for checks only.
        claims: The claim whose condition is checked, for those checks only.
        basis: Further facts for the digest.
        rates: Figures by which amounts were converted: they take no part, but the digest rests on them.
        relation: That of the worst pairing if None.
        verdict: That of the worst pairing if None.
        severity: The highest of all pairings if None.
        differing_keys: For a spread, the scope keys that differ.
        parts_only: For a spread, whether every difference is one of part and whole.
        judged: Whether the finding has a verdict at all.
    """
    worst = max(range(len(pairings)), key=lambda place: (pairings[place].verdict.rank, pairings[place].severity))
    return Finding(
        id=finding_id(knowledge, rule, measure, parts),
        kind=kind,
        rule=rule,
        measure=measure,
        calculation=calculation,
        figures=tuple(figures),
        verdict=verdict or pairings[worst].verdict if judged else None,
        relation=relation or pairings[worst].relation,
        severity=max(pairing.severity for pairing in pairings) if severity is None else severity,
        pairings=tuple(pairings),
        headline=worst if headline is None else headline,
        claims=tuple(claims),
        digest=digest(knowledge, [*figures, *rates], rule, DIGEST_FORMAT, [measure_basis(knowledge, measure), *basis]),
        parts=tuple(parts),
        rates=tuple(rates),
        differing_keys=differing_keys,
        parts_only=parts_only,
    )


def measure_basis(knowledge: Knowledge, measure: Id | None) -> list[object]:
    """Unit and kind of the measure, for the digest; empty without a measure or for an unknown one."""
    definition = knowledge.measures.get(measure) if measure else None
    if definition is None:
        return []
    # Nothing is added for a measure without a range, so that rulings on those keep their digests.
    limits = [_stated(definition.within)] if definition.within else []
    return [definition.unit, definition.kind, *unit_basis(knowledge, definition.unit), *limits]


def unit_basis(knowledge: Knowledge, text: str) -> list[object]:
    """Factor and dimension of a unit that seed files declare, for the digest; empty for standard units."""
    # A seed file may declare its unit anew, which changes every comparison in it; standard units never change.
    if not knowledge.units or not knowledge.unit_system.declared_names(text):
        return []
    unit = knowledge.unit(text)
    return [[unit.factor, unit.dimension]]


def rates_of(*amounts: NormalizedQuantity) -> tuple[Id, ...]:
    """Ids of the figures that record the rates by which ``amounts`` were converted, each once, in order."""
    exchanges = (amount.exchange for amount in amounts if amount.exchange)
    return tuple(dict.fromkeys(id for exchange in exchanges for id in exchange.figures))


def pair_mentions(
    left: Mention,
    right: Mention,
    comparison: Comparison,
    *,
    same_voice: bool = False,
    dependence: DependenceKind | None = None,
    changes: tuple[Change, ...] = (),
    differences: tuple[ScopeDifference, ...] = (),
    uncertain_keys: tuple[str, ...] = (),
    sides: tuple[PairingSide, PairingSide] | None = None,
) -> Pairing:
    """A pairing of two mentions, with the severity of their ``comparison`` discounted and rounded.

    Args:
        left: The mention on the left; for a drift, the one that is passed on.
        right: The mention on the right.
        comparison: The two compared.
        same_voice: Whether one voice stands on both sides, which lowers the severity.
        dependence: How the right one depends on the left one, where it does.
        changes: What a retelling changed, the worst first, for drifts only.
        differences: Scope keys in which the two differ, for drifts only.
        uncertain_keys: Scope keys on which it is not certain that both are about one thing.
        sides: The two sides where other figures stand beside the mentions; None where each stands alone.
    """
    severity = discounted_severity(comparison.severity, [left.figure, right.figure], same_voice=same_voice)
    return Pairing(
        left=sides[0] if sides else _lone_side(left),
        right=sides[1] if sides else _lone_side(right),
        unit=left.normalized.unit,
        verdict=comparison.verdict,
        ground=comparison.ground,
        relation=comparison.relation,
        ratio=comparison.ratio,
        points=comparison.points,
        deviations=_two_places(comparison.deviations),
        birge_ratio=_two_places(comparison.birge_ratio),
        severity=rounded_severity(severity),
        end=comparison.end,
        uncertain_keys=uncertain_keys,
        differences=differences,
        changes=changes,
        dependence=dependence,
    )


def _two_places(value: Fraction | None) -> Decimal | None:
    return None if value is None else decimal(value, 2)


def _lone_side(mention: Mention) -> PairingSide:
    return PairingSide(figures=(mention.figure.id,), speaker=mention.figure.id, stated=mention.normalized.stated)
