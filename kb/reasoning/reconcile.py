"""The findings that follow from what is known: those of some groups, or all."""

from collections.abc import Iterator, Sequence

from kb.domain.answer import Conclusions
from kb.domain.entity import Measure
from kb.domain.finding import Finding, FindingGroups
from kb.domain.knowledge import Knowledge
from kb.reasoning.analysis import analyse
from kb.reasoning.answers.bearing import bearings
from kb.reasoning.argumentation.refutation import refutable_claims, refuted_claims
from kb.reasoning.calculation.evaluation import check_findings, results_of
from kb.reasoning.findings.dependence import corroborations, drifts
from kb.reasoning.findings.disagreement import denials, disputes, missing_rates
from kb.reasoning.findings.forecast import forecasts
from kb.reasoning.findings.part_whole import parts_above_wholes
from kb.reasoning.findings.position import survey
from kb.reasoning.findings.series import series

RULES_VERSION = "d6d2f0cf5af9"
"""Fingerprint of what the rules decide on the frozen cases of ``tests/rules``; a test fails when they part.

Findings of another version are recomputed when a base is opened.
"""
# The version is no number to be raised by hand: a base opened with rules that had changed under an unchanged version
# showed 34 of 46 findings as the older rules had made them.


ANSWERS_VERSION = "24992ba0cedf"
"""Likewise of the answers that the rules give to the maps of ``tests/answers``."""


class Reconciler:
    """The rules as one object: ``findings`` turns knowledge into findings, and the store keeps what it returns.

    Attributes:
        version: Fingerprint of the rules for findings; see ``RULES_VERSION``.
        answers_version: Fingerprint of the rules for answers; see ``ANSWERS_VERSION``.
    """

    version: str = RULES_VERSION
    answers_version: str = ANSWERS_VERSION

    def conclusions(self, knowledge: Knowledge, findings: Sequence[Finding]) -> Conclusions:
        """The answer to each question, and how each of ``findings`` bears on them."""
        analysis = analyse(knowledge)
        moved = bearings(analysis.slices.values(), findings)
        return Conclusions(answers=dict(analysis.answers), bearings={id: value for id, value in moved.items() if value})

    def findings(self, knowledge: Knowledge, groups: FindingGroups | None = None) -> tuple[Finding, ...]:
        """The findings of ``groups``, each id once, measure by measure, then checks, then claims.

        Args:
            knowledge: At least what the groups rest on; see ``docs/architecture.md``.
            groups: The measures, calculations and claims whose findings are wanted; everything if None. Matched
                measures have one group, that of the measure which stands for all.
        """
        # Matches apply before anything is compared: figures of two measures meet once a person says that they are one.
        known = knowledge.canonical
        selected = _everything(knowledge) if groups is None else groups
        by_id: dict[str, Finding] = {}
        for finding in _detected(known, selected):
            by_id.setdefault(finding.id, finding)
        return tuple(by_id.values())


_LEAST = 2
"""Fewest figures of a measure that have findings between them."""


def _everything(knowledge: Knowledge) -> FindingGroups:
    return FindingGroups(frozenset(knowledge.measures), frozenset(knowledge.calculations), frozenset(knowledge.claims))


def _detected(knowledge: Knowledge, groups: FindingGroups) -> Iterator[Finding]:
    for id, measure in knowledge.measures.items():
        # A share and the rest of its whole are one measure, and their findings are those of the one that stands alone.
        if measure.complement_of in knowledge.measures:
            continue
        yield from _of_measure(knowledge.in_terms_of(id), measure, groups)
    conditions = refutable_claims(knowledge, groups)
    checking = [id for id in knowledge.calculations if id in groups.calculations]
    results = results_of(
        knowledge, dict.fromkeys([*checking, *(condition.calculation for condition in conditions.values())])
    )
    yield from check_findings(knowledge, (results[id] for id in checking))
    yield from refuted_claims(knowledge, conditions, results)
    if groups.claims:
        yield from (finding for finding in denials(knowledge) if finding in groups)


def _of_measure(knowledge: Knowledge, measure: Measure, groups: FindingGroups) -> Iterator[Finding]:
    figures = knowledge.figures_of_measure.get(measure.id, ())
    # A single figure may yet quote one of another measure.
    alone = len(figures) < _LEAST and not any(figure.depends_on for figure in figures)
    if alone or measure.id not in groups.measures:
        return
    measure_survey = survey(knowledge, measure)
    yield from corroborations(knowledge, measure_survey)
    yield from disputes(knowledge, measure_survey)
    yield from parts_above_wholes(knowledge, measure_survey)
    yield from drifts(knowledge, measure_survey)
    yield from missing_rates(knowledge, measure_survey)
    yield from forecasts(knowledge, measure_survey)
    yield from series(knowledge, measure_survey)
