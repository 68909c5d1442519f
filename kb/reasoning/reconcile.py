"""What does the engine notice? Every finding of some measures, or of all that is known."""

from collections.abc import Iterator

from kb.domain.entity import Calculation
from kb.domain.finding import Finding
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.audit import audits
from kb.reasoning.currency import unjoined
from kb.reasoning.denial import denials
from kb.reasoning.dispute import disputes
from kb.reasoning.drift import drifts
from kb.reasoning.notice import RULES
from kb.reasoning.position import survey
from kb.reasoning.support import supports


class Reconciler:
    """Turns knowledge into findings; the store is handed one and keeps what it returns."""

    version: str = RULES

    def __init__(self, many: int = 5_000) -> None:
        """``many``: from how many figures on measures of which there is nothing to tell are found in columns first."""
        self._many = many

    def findings(self, knowledge: Knowledge, measures: frozenset[Id] | None = None) -> tuple[Finding, ...]:
        """Findings of ``measures`` and of calculations that check a figure of theirs; with None, of everything.

        Findings between claims have no measure and are returned with None only. Each id occurs once.
        """
        if measures is not None:
            measures = frozenset(map(knowledge.stands_for, measures))
        known = knowledge.unified
        passed = self._quiet(known) if measures is None else frozenset()
        found: dict[str, Finding] = {}
        for finding in _noticed(known, measures, passed):
            found.setdefault(finding.id, finding)
        return tuple(found.values())

    def _quiet(self, knowledge: Knowledge) -> frozenset[Id]:
        """Measures that need not be looked at; few figures are not worth the loading of what works on columns."""
        if len(knowledge.figures) < self._many:
            return frozenset()
        from kb.reasoning.column.quiet import quiet

        return quiet(knowledge)


_LEAST = 2
"""A figure that is alone on its measure is in no finding between figures."""


def _noticed(knowledge: Knowledge, measures: frozenset[Id] | None, passed: frozenset[Id]) -> Iterator[Finding]:
    for id, measure in knowledge.measures.items():
        alone = len(knowledge.figures_of_measure.get(id, ())) < _LEAST
        if not alone and id not in passed and (measures is None or id in measures):
            told = survey(knowledge, measure)
            yield from supports(knowledge, told)
            yield from disputes(knowledge, told)
            yield from drifts(knowledge, told)
            yield from unjoined(knowledge, told)
    yield from audits(knowledge, _checking(knowledge, measures))
    if measures is None:
        yield from denials(knowledge)


def _checking(knowledge: Knowledge, measures: frozenset[Id] | None) -> list[Id]:
    """Calculations that check a figure of one of ``measures``."""
    return [
        calculation.id
        for calculation in knowledge.calculations.values()
        if any(measures is None or measure in measures for measure in _checked_measures(knowledge, calculation))
    ]


def _checked_measures(knowledge: Knowledge, calculation: Calculation) -> set[Id]:
    return {knowledge.figures[id].measure for id in calculation.checks if id in knowledge.figures}
