"""Everything computed from the knowledge of one moment, except the findings.

Results, positions, standings, consensus and influences. Values by measure are computed when first used.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from kb.domain.answer import Answer
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.answers.answering import answer
from kb.reasoning.answers.break_even import MovableInput, MovedInput, moved_inputs
from kb.reasoning.answers.recalculation import Recalculation
from kb.reasoning.answers.slice import QuestionSlice
from kb.reasoning.answers.what_if import ChosenStandings, WhatIf
from kb.reasoning.argumentation.standing import Standings
from kb.reasoning.calculation.evaluation import evaluated_calculations
from kb.reasoning.calculation.result import Result
from kb.reasoning.calculation.sensitivity import Influence, influences
from kb.reasoning.consensus import Consensus, consensus
from kb.reasoning.findings.position import Position, positions

K = TypeVar("K")
V = TypeVar("V")


class LazyMapping(Mapping[K, V]):
    """A mapping whose values are made by ``make`` when first asked for, and kept.

    It may be shared between threads: two that ask at once may each make the value, and one of the two is kept.

    Args:
        keys: The keys, in the order of iteration; repeated ones count once.
        make: Gives the value of a key; always the same one.
    """

    def __init__(self, keys: Iterable[K], make: Callable[[K], V]) -> None:
        self._keys = dict.fromkeys(keys)
        self._make = make
        self._made: dict[K, V] = {}

    def __getitem__(self, key: K) -> V:
        """The value of ``key``.

        Raises:
            KeyError: there is no such key.
        """
        if key not in self._made:
            if key not in self._keys:
                raise KeyError(key)
            self._made[key] = self._make(key)
        return self._made[key]

    def __iter__(self) -> Iterator[K]:
        """The keys in order."""
        return iter(self._keys)

    def __len__(self) -> int:
        """The number of keys."""
        return len(self._keys)


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """Everything computed from one moment's knowledge, except the findings.

    Attributes:
        results: By the id of the calculation.
        positions: By the id of the measure, computed at first use.
        standings: Of claims, figures, calculations, arguments and the sides of questions, each made at first use.
        slices: What the answer to each question depends on, by its id, collected at first use.
        moved: By the id of the question, the inputs that its answer depends on, moved past their break-evens; likewise.
        answers: By the id of the question, computed at first use.
        consensus: By the id of the measure, one for each scope, computed at first use.
        influences: By the id of the calculation, computed at first use: for each outcome, in order, the values that
            move it, the one that moves it most in front.
    """

    results: Mapping[Id, Result]
    positions: Mapping[Id, tuple[Position, ...]]
    standings: Standings
    slices: Mapping[Id, QuestionSlice]
    moved: Mapping[Id, tuple[tuple[MovableInput, tuple[MovedInput, ...]], ...]]
    answers: Mapping[Id, Answer]
    consensus: Mapping[Id, tuple[Consensus, ...]]
    influences: Mapping[Id, tuple[tuple[Influence, ...], ...]]


def analyse(knowledge: Knowledge) -> Analysis:
    """Everything computed from ``knowledge``, except the findings; matched names count as one."""
    # A page shows few measures, so that positions and consensus wait until one is asked for. Results cannot wait: an
    # argument may rest on any of them, and its standing depends on whether they exist.
    knowledge = knowledge.canonical
    by_calculation = evaluated_calculations(knowledge, knowledge.calculations)
    results = {id: worked_case.result for id, worked_case in by_calculation.items()}
    standings = Standings(knowledge, results)
    recalculation = Recalculation(knowledge, by_calculation)
    slices = LazyMapping(
        knowledge.questions,
        lambda id_: QuestionSlice(knowledge, standings.graph, recalculation, knowledge.questions[id_]),
    )
    return Analysis(
        results=results,
        positions=LazyMapping(knowledge.measures, partial(positions, knowledge)),
        standings=standings,
        slices=slices,
        moved=LazyMapping(knowledge.questions, lambda question: tuple(moved_inputs(slices[question]))),
        answers=LazyMapping(knowledge.questions, lambda question: answer(slices[question])),
        consensus=LazyMapping(knowledge.measures, partial(consensus, knowledge)),
        influences=LazyMapping(
            by_calculation, lambda calculation: tuple(map(influences, by_calculation[calculation].cases))
        ),
    )


def analysis_under(analysis: Analysis, chosen: WhatIf) -> Analysis:
    """``analysis`` with what is behind one question as it would be; the rest as it is."""
    question, after = chosen.before.question.id, chosen.after
    evaluated = after.recalculation.evaluated
    return replace(
        analysis,
        results={**analysis.results, **after.results},
        positions=_overlaid(analysis.positions, {figure.measure for figure in chosen.lost}, after.positions_on),
        standings=ChosenStandings(analysis.standings, after),
        slices=_overlaid(analysis.slices, (question,), lambda _: after),
        moved=_overlaid(analysis.moved, (question,), lambda _: tuple(moved_inputs(after))),
        answers=_overlaid(analysis.answers, (question,), lambda _: answer(after)),
        consensus=_overlaid(
            analysis.consensus, {figure.measure for figure in chosen.lost}, partial(consensus, after.knowledge)
        ),
        influences=_overlaid(
            analysis.influences, after.results, lambda calculation: tuple(map(influences, evaluated[calculation].cases))
        ),
    )


def _overlaid(known: Mapping[K, V], keys: Iterable[K], make: Callable[[K], V]) -> Mapping[K, V]:
    """``known`` with other values for ``keys``, each made when it is first asked for."""
    other = frozenset(keys)
    return LazyMapping(known, lambda key: make(key) if key in other else known[key])
