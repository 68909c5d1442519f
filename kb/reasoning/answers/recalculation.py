"""What calculations come to had some of the figures that they use not been recorded."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from types import MappingProxyType

from kb.domain.entity import Figure, InputKind
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.calculation.evaluation import EvaluatedCalculation, evaluated_calculations
from kb.reasoning.calculation.option import Values
from kb.reasoning.calculation.result import Result


class Recalculation:
    """The calculations of one base, as recorded and without some figures.

    Attributes:
        evaluated: Every calculation as recorded, with its cases.
    """

    def __init__(
        self, knowledge: Knowledge, evaluated: Mapping[Id, EvaluatedCalculation], values: Values = MappingProxyType({})
    ) -> None:
        """The calculations of ``knowledge``, whose names are canonical; ``values`` are supposed of some inputs."""
        self.evaluated = evaluated
        self._values = values
        self._knowledge = knowledge
        self._used: dict[Id, frozenset[Id]] = {}
        # Questions share calculations, and a source and an origin often take the same figures from one. Two threads
        # that ask at once may each make a result; both are the same.
        self._results: dict[tuple[Id, frozenset[Id]], Result] = {}

    def without(self, figures: frozenset[Id], part: Knowledge) -> dict[Id, Result]:
        """The results without ``figures`` of those calculations of ``part`` that use one of them.

        ``part`` holds whatever these depend on.
        """
        keys = {id: (id, lost) for id in part.calculations if (lost := figures & self.used_figures(id))}
        missing = [id for id, key in keys.items() if key not in self._results]
        if missing:
            kept = {id: figure for id, figure in part.figures.items() if id not in figures}
            reduced = replace(part, figures=kept)
            for id, evaluated in evaluated_calculations(reduced, missing, self._values).items():
                self._results[keys[id]] = evaluated.result
        return {id: self._results[key] for id, key in keys.items()}

    def supposing(self, knowledge: Knowledge, concerned: Iterable[Id], values: Values) -> "Recalculation":
        """The calculations of a part of the base that has changed, of which those ``concerned`` are evaluated anew."""
        anew = evaluated_calculations(knowledge, concerned, values)
        evaluated = {id: anew.get(id, self.evaluated[id]) for id in knowledge.calculations}
        changed = Recalculation(knowledge, evaluated, values)
        # What does not depend on the change comes to the same without any figure as it does now.
        changed._results = {key: result for key, result in self._results.items() if key[0] not in anew}
        return changed

    def checked_figures(self, ids: Iterable[Id]) -> dict[Id, Figure]:
        """The figures that some calculations check."""
        known = self._knowledge
        checked = (figure for id in ids for figure in known.calculations[id].checks)
        return {id: known.figures[id] for id in checked if id in known.figures}

    def used_figures(self, id: Id) -> frozenset[Id]:
        """Every figure that the result of the calculation ``id`` may depend on."""
        if id not in self._used:
            self._used[id] = self._rates | self._figures_in(id, frozenset())
        return self._used[id]

    @cached_property
    def _rates(self) -> frozenset[Id]:
        measures = self._knowledge.measures.items()
        return self._of_measures(id for id, measure in measures if measure.kind.traits.converts_currencies)

    def _of_measures(self, measures: Iterable[Id]) -> frozenset[Id]:
        of_measure = self._knowledge.figures_of_measure
        return frozenset(figure.id for measure in measures for figure in of_measure.get(measure, ()))

    def _figures_in(self, id: Id, path: frozenset[Id]) -> frozenset[Id]:
        calculation = self._knowledge.calculations.get(id)
        if calculation is None or id in path:
            return frozenset()
        parts = [frozenset(calculation.checks)]
        for input in calculation.inputs:
            if input.kind is InputKind.FIGURE and input.ref:
                parts.append(frozenset((input.ref,)))
            elif input.kind is InputKind.MEASURE and input.ref:
                parts.append(self._of_measures([input.ref]))
            elif input.kind is InputKind.CALCULATION and input.ref:
                parts.append(self._figures_in(input.ref, path | {id}))
        return frozenset().union(*parts)
