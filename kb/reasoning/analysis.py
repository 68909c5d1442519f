"""What follows from all that is known? Results, positions, standings and consensus in one value, for the pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.calculating.derive import worked_out
from kb.reasoning.calculating.result import Result
from kb.reasoning.calculating.sensitivity import Influence, influences
from kb.reasoning.lazily import Lazily
from kb.reasoning.noticing.position import Position, positions
from kb.reasoning.weighing.consensus import Consensus, consensus
from kb.reasoning.weighing.weigh import Standings, weigh


@dataclass(frozen=True, slots=True)
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
    knowledge = knowledge.unified
    worked = worked_out(knowledge, knowledge.calculations)
    results = {id: one.result for id, one in worked.items()}
    return Analysis(
        results,
        Lazily(knowledge.measures, partial(positions, knowledge)),
        weigh(knowledge, results),
        Lazily(knowledge.measures, partial(consensus, knowledge)),
        {id: tuple(influences(case) for case in one.cases) for id, one in worked.items()},
    )
