"""Every finding of some groups, or of all that is known."""

from collections.abc import Iterator

from kb.domain.finding import Finding, FindingGroups
from kb.domain.knowledge import Knowledge
from kb.reasoning.calculation.evaluation import check_findings
from kb.reasoning.findings.dependence import corroborations, drifts
from kb.reasoning.findings.disagreement import denials, disputes, missing_rates
from kb.reasoning.findings.position import survey

RULES_VERSION = "208d5373844e"
"""A fingerprint of what the rules decide on the frozen cases of ``tests/rules``; a test holds the two together.

Findings made by rules of another version are recomputed when a base is opened. A base opened with rules that had
changed under an unchanged version showed 34 of 46 findings as the older rules had made them.
"""


class Reconciler:
    """Turns knowledge into findings; the store is handed one and keeps what it returns."""

    version: str = RULES_VERSION

    def findings(self, knowledge: Knowledge, groups: FindingGroups | None = None) -> tuple[Finding, ...]:
        """Findings of ``groups``; with None, of everything. Each id occurs once.

        ``knowledge`` needs to hold only what the groups rest on; see ``docs/architecture.md``. Measures that are
        matched have one group, that of the one which stands for them.
        """
        known = knowledge.canonical
        selected = _everything(knowledge) if groups is None else groups
        by_id: dict[str, Finding] = {}
        for finding in _detected(known, selected):
            by_id.setdefault(finding.id, finding)
        return tuple(by_id.values())


_LEAST = 2
"""A figure that is alone on its measure is in no finding between figures."""


def _everything(knowledge: Knowledge) -> FindingGroups:
    return FindingGroups(frozenset(knowledge.measures), frozenset(knowledge.calculations), frozenset(knowledge.claims))


def _detected(knowledge: Knowledge, groups: FindingGroups) -> Iterator[Finding]:
    for id, measure in knowledge.measures.items():
        alone = len(knowledge.figures_of_measure.get(id, ())) < _LEAST
        if not alone and id in groups.measures:
            measure_survey = survey(knowledge, measure)
            yield from corroborations(knowledge, measure_survey)
            yield from disputes(knowledge, measure_survey)
            yield from drifts(knowledge, measure_survey)
            yield from missing_rates(knowledge, measure_survey)
    yield from check_findings(knowledge, (id for id in knowledge.calculations if id in groups.calculations))
    if groups.claims:
        yield from (finding for finding in denials(knowledge) if finding in groups)
