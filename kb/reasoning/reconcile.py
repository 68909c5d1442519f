"""What does the engine notice? Every finding of some groups, or of all that is known."""

from collections.abc import Iterator, Set

from kb.domain.finding import Finding
from kb.domain.group import Groups
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.calculating.audit import audits
from kb.reasoning.noticing.currency import unjoined
from kb.reasoning.noticing.denial import denials
from kb.reasoning.noticing.dispute import disputes
from kb.reasoning.noticing.drift import drifts
from kb.reasoning.noticing.notice import RULES
from kb.reasoning.noticing.position import survey
from kb.reasoning.noticing.support import supports


class Reconciler:
    """Turns knowledge into findings; the store is handed one and keeps what it returns."""

    version: str = RULES

    def __init__(self, many: int = 5_000) -> None:
        """``many``: from how many figures on measures of which there is nothing to tell are found in columns first."""
        self._many = many

    def findings(self, knowledge: Knowledge, groups: Groups | None = None) -> tuple[Finding, ...]:
        """Findings of ``groups``; with None, of everything. Each id occurs once.

        ``knowledge`` needs to hold only what the groups rest on; see ``docs/architecture.md``. Measures that are
        matched have one group, that of the one which stands for them.
        """
        known = knowledge.unified
        asked = _everything(knowledge) if groups is None else groups
        found: dict[str, Finding] = {}
        for finding in _noticed(known, asked, self._quiet(known)):
            found.setdefault(finding.id, finding)
        return tuple(found.values())

    def _quiet(self, knowledge: Knowledge) -> Set[Id]:
        """Measures that need not be looked at; few figures are not worth the loading of what works on columns."""
        if len(knowledge.figures) < self._many:
            return frozenset()
        from kb.reasoning.column.quiet import quiet

        return quiet(knowledge)


_LEAST = 2
"""A figure that is alone on its measure is in no finding between figures."""


def _everything(knowledge: Knowledge) -> Groups:
    return Groups(frozenset(knowledge.measures), frozenset(knowledge.calculations), frozenset(knowledge.claims))


def _noticed(knowledge: Knowledge, groups: Groups, passed: Set[Id]) -> Iterator[Finding]:
    for id, measure in knowledge.measures.items():
        alone = len(knowledge.figures_of_measure.get(id, ())) < _LEAST
        if not alone and id not in passed and id in groups.measures:
            told = survey(knowledge, measure)
            yield from supports(knowledge, told)
            yield from disputes(knowledge, told)
            yield from drifts(knowledge, told)
            yield from unjoined(knowledge, told)
    yield from audits(knowledge, (id for id in knowledge.calculations if id in groups.calculations))
    if groups.claims:
        yield from (finding for finding in denials(knowledge) if finding in groups)
