"""How much does each thing weigh before anybody argues? Confidence, stance and reliability, each taken once."""

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from kb.domain.confidence import Confidence, Reliability
from kb.domain.entity import Claim, Figure, Input, InputKind, Stance
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.calculating.result import Result
from kb.reasoning.noticing.position import positions
from kb.reasoning.weighing.label import side_key

RELIABILITY: Mapping[Reliability, Decimal] = MappingProxyType(
    {
        Reliability.A: Decimal("1"),
        Reliability.B: Decimal("0.9"),
        Reliability.C: Decimal("0.8"),
        Reliability.D: Decimal("0.6"),
        Reliability.E: Decimal("0.4"),
        Reliability.F: Decimal("0.5"),
    }
)
"""What a source's letter takes off; F means that it cannot be judged."""

STANCE: Mapping[Stance, Decimal] = MappingProxyType(
    {
        Stance.MEASURED: Decimal("1"),
        Stance.ASSERTED: Decimal("0.9"),
        Stance.REPORTED: Decimal("0.9"),
        Stance.DERIVED: Decimal("0.9"),
        Stance.NEGATED: Decimal("0.9"),
        Stance.ESTIMATED: Decimal("0.8"),
        Stance.PROJECTED: Decimal("0.7"),
        Stance.ALLEGED: Decimal("0.5"),
        Stance.ASSUMED: Decimal("0.5"),
        Stance.HYPOTHETICAL: Decimal("0.3"),
    }
)
"""What a voice's stance takes off; a denial is as firm as an assertion."""

NEUTRAL = Decimal("0.5")
"""Weight of a question's side, and of an assumption without a confidence."""


def weights(knowledge: Knowledge, results: Mapping[Id, Result]) -> dict[str, Decimal]:
    """The initial weight of every node; an argument's is set by its premises later."""
    found: dict[str, Decimal] = {}
    for figure in knowledge.figures.values():
        found[figure.id] = said_weight(knowledge, figure)
    for claim in knowledge.claims.values():
        found[claim.id] = said_weight(knowledge, claim)
    for id in knowledge.calculations:
        found[id] = _calculation_weight(knowledge, id, results, found, ())
    found |= dict.fromkeys(knowledge.arguments, Decimal(0))
    for question in knowledge.questions.values():
        found |= {side_key(question.id, side.key): NEUTRAL for side in question.sides}
    return found


def said_weight(knowledge: Knowledge, told: Figure | Claim) -> Decimal:
    """Confidence of the voice, its stance, and our trust in the source, each taken once."""
    source = knowledge.sources.get(told.source)
    trust = RELIABILITY[source.reliability] if source else NEUTRAL
    return told.confidence.middle * STANCE[told.stance] * trust


def _calculation_weight(
    knowledge: Knowledge, id: Id, results: Mapping[Id, Result], found: Mapping[str, Decimal], under: tuple[Id, ...]
) -> Decimal:
    """As much as the weakest input; nothing where it cannot be worked out."""
    result, calculation = results.get(id), knowledge.calculations[id]
    if id in under or (result is not None and result.problem):
        return Decimal(0)
    given = [_input_weight(knowledge, one, results, found, (*under, id)) for one in calculation.inputs]
    return min(given, default=Decimal(1))


def _input_weight(
    knowledge: Knowledge,
    given: Input,
    results: Mapping[Id, Result],
    found: Mapping[str, Decimal],
    under: tuple[Id, ...],
) -> Decimal:
    match given.kind:
        case InputKind.FIGURE:
            return found.get(given.ref or "", Decimal(0))
        case InputKind.MEASURE:
            taken = positions(knowledge, given.ref) if given.ref else ()
            return max((found[position.figures[0]] for position in taken), default=Decimal(0))
        case InputKind.CALCULATION:
            if given.ref not in knowledge.calculations or given.ref is None:
                return Decimal(0)
            return _calculation_weight(knowledge, given.ref, results, found, under)
        case InputKind.ASSUMED:
            return _confidence(given.confidence)
        case InputKind.MISSING:
            return NEUTRAL


def _confidence(confidence: Confidence | None) -> Decimal:
    return confidence.middle if confidence else NEUTRAL
