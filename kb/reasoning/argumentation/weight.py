"""What statements weigh by themselves, and what a calculation weighs and rests on."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from kb.domain.confidence import Confidence, Reliability
from kb.domain.entity import Calculation, Claim, Figure, Input, InputKind, Stance
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.argumentation.ways import Ways, all_of, any_of
from kb.reasoning.calculation.result import Result

RELIABILITY_WEIGHTS: Mapping[Reliability, Decimal] = MappingProxyType(
    {
        Reliability.A: Decimal("1"),
        Reliability.B: Decimal("0.9"),
        Reliability.C: Decimal("0.8"),
        Reliability.D: Decimal("0.6"),
        Reliability.E: Decimal("0.4"),
        Reliability.F: Decimal("0.5"),
    }
)
"""Factor of a source's Admiralty letter. F is no worse than E: it says that the source cannot be judged."""

STANCE_WEIGHTS: Mapping[Stance, Decimal] = MappingProxyType(
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
"""Factor of a voice's stance; a denial is as firm as an assertion."""

NEUTRAL_WEIGHT = Decimal("0.5")
"""Weight of an assumption without a confidence, and of an input that nobody states."""


def statement_weight(knowledge: Knowledge, statement: Figure | Claim) -> Decimal:
    """The weight of a figure or claim: the voice's confidence times the factors of its stance and of its source."""
    source = knowledge.sources.get(statement.source) if statement.source else None
    return _weight(statement.confidence, statement.stance, source.reliability if source else None)


# A large base has many statements and few weights.
@lru_cache(maxsize=1024)
def _weight(confidence: Confidence, stance: Stance, reliability: Reliability | None) -> Decimal:
    trust = RELIABILITY_WEIGHTS[reliability] if reliability else NEUTRAL_WEIGHT
    return confidence.middle * STANCE_WEIGHTS[stance] * trust


class Grounding(NamedTuple):
    """What a figure or calculation weighs, and whose word it is."""

    weight: float
    ways: Ways


def calculation_groundings(
    knowledge: Knowledge,
    results: Mapping[Id, Result],
    figures: Mapping[Id, Grounding],
    editors: int,
    ids: Iterable[Id] | None = None,
) -> dict[Id, Grounding]:
    """The grounding of each calculation of ``ids``, by default of all.

    A calculation weighs as much as its weakest input, and nothing without a result. Its ways combine one way of each
    input; a measure offers those of every figure that some outcome uses, for each value of the keys that it is taken
    ``over``. One that rests on assumptions alone is the word of the ``editors``.
    """
    grounded = _Groundings(knowledge, results, figures)
    return {
        id: Grounding(grounded.of(id).weight, grounded.of(id).ways if grounded.of(id).ways != (0,) else (editors,))
        for id in (knowledge.calculations if ids is None else ids)
    }


_NO_WEIGHT = Grounding(0.0, ())


class _Groundings:
    def __init__(self, knowledge: Knowledge, results: Mapping[Id, Result], figures: Mapping[Id, Grounding]) -> None:
        self._knowledge = knowledge
        self._results = results
        self._figures = figures
        self._known: dict[Id, Grounding] = {}

    def of(self, id: Id) -> Grounding:
        """The grounding of a calculation; an inner one that depends on itself weighs nothing."""
        if id not in self._known:
            self._known[id] = _NO_WEIGHT
            self._known[id] = self._computed(id)
        return self._known[id]

    def _computed(self, id: Id) -> Grounding:
        calculation, result = self._knowledge.calculations.get(id), self._results.get(id)
        if calculation is None or (result is not None and result.problem):
            return _NO_WEIGHT
        inputs = [self._of_input(calculation, input) for input in calculation.inputs]
        return Grounding(
            min((input.weight for input in inputs), default=1.0), all_of([(0,), *(input.ways for input in inputs)])
        )

    def _of_input(self, calculation: Calculation, input: Input) -> Grounding:
        match input.kind:
            case InputKind.FIGURE:
                return self._figures.get(input.ref, _NO_WEIGHT) if input.ref else _NO_WEIGHT
            case InputKind.MEASURE:
                # The rates by which amounts were converted are no evidence of anything but the exchange.
                parts = [
                    [self._figures[id] for id in ids if id in self._figures] for ids in self._chosen(calculation, input)
                ]
                weight = max((figure.weight for part in parts for figure in part), default=0.0)
                return Grounding(weight, all_of(any_of(figure.ways for figure in part) for part in parts))
            case InputKind.CALCULATION:
                return self.of(input.ref) if input.ref else _NO_WEIGHT
            case InputKind.ASSUMED:
                return Grounding(_confidence_weight(input.confidence), (0,))
            case InputKind.MISSING:
                return Grounding(float(NEUTRAL_WEIGHT), (0,))

    def _chosen(self, calculation: Calculation, input: Input) -> Iterable[Iterable[Id]]:
        """The figures that some outcome takes for ``input``: apart for each value of its ``over`` keys."""
        # What is said of both vendors needs a number for each; two numbers for one vendor are alternatives.
        result = self._results.get(calculation.id)
        parts: dict[object, dict[Id, None]] = {}
        for outcome in result.outcomes if result else ():
            for choice in outcome.choices:
                if choice.input == input.name and choice.figures:
                    apart = tuple(choice.scope.get(key) for key in input.over)
                    parts.setdefault(apart, {}).update(dict.fromkeys(choice.figures))
        return parts.values()


def _confidence_weight(confidence: Confidence | None) -> float:
    return float(confidence.middle if confidence else NEUTRAL_WEIGHT)
