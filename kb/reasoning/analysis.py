"""Everything that follows from the knowledge at one moment, except the findings.

Results, positions, standings, consensus and influences. Values by measure are computed at their first use.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.argumentation.strength import Standings, all_standings
from kb.reasoning.calculation.evaluation import evaluated_calculations
from kb.reasoning.calculation.result import Result
from kb.reasoning.calculation.sensitivity import Influence, influences
from kb.reasoning.consensus import Consensus, consensus
from kb.reasoning.findings.position import Position, positions

K = TypeVar("K")
V = TypeVar("V")


class LazyMapping(Mapping[K, V]):
    """For each of ``keys``, in their order, what ``make`` gives. Two threads may make a value twice."""

    def __init__(self, keys: Iterable[K], make: Callable[[K], V]) -> None:
        self._keys = dict.fromkeys(keys)
        self._make = make
        self._made: dict[K, V] = {}

    def __getitem__(self, key: K) -> V:
        """The value of ``key``.

        Raises:
            KeyError: it is none of the keys.
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
        """How many keys there are."""
        return len(self._keys)


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """Everything computed from one moment's knowledge, except the findings.

    Attributes:
        results: By calculation.
        positions: By measure.
        standings: Of claims, figures, calculations, arguments and the sides of questions.
        consensus: By measure, one for each scope.
        influences: By calculation, for each outcome: what moves it, most in front.
    """

    results: Mapping[Id, Result]
    positions: Mapping[Id, tuple[Position, ...]]
    standings: Standings
    consensus: Mapping[Id, tuple[Consensus, ...]]
    influences: Mapping[Id, tuple[tuple[Influence, ...], ...]]


def analyse(knowledge: Knowledge) -> Analysis:
    """All that follows from ``knowledge``, names that are held to be the same counting as one."""
    knowledge = knowledge.canonical
    by_calculation = evaluated_calculations(knowledge, knowledge.calculations)
    results = {id: worked_case.result for id, worked_case in by_calculation.items()}
    return Analysis(
        results=results,
        positions=LazyMapping(knowledge.measures, partial(positions, knowledge)),
        standings=all_standings(knowledge, results),
        consensus=LazyMapping(knowledge.measures, partial(consensus, knowledge)),
        influences={
            id: tuple(influences(case) for case in worked_case.cases) for id, worked_case in by_calculation.items()
        },
    )
