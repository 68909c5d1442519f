"""Which findings belong together? Those about one measure, those about one calculation, those between claims."""

from decimal import Decimal

from kb.domain.finding import Finding, FindingKind
from kb.reports.naming import GONE, verdict_words
from kb.reports.page import FindingGroup
from kb.reports.row import finding_rows, subject, two_places, voices_among
from kb.reports.value import Ref
from kb.reports.view import View, rank

Gathered = tuple[Ref, tuple[Finding, ...]]
"""Findings about one thing, and the page on which they stand together."""


def gathered(view: View, findings: tuple[Finding, ...]) -> tuple[Gathered, ...]:
    """Findings gathered by what they are about, the group with the worst finding first.

    Within a group they keep the order of ``findings``. Nothing is made of them yet: of very many only some are shown.
    """
    found: dict[Ref, list[Finding]] = {}
    for finding in findings:
        found.setdefault(group_ref(view, finding), []).append(finding)
    return tuple(sorted(((page, tuple(members)) for page, members in found.items()), key=lambda one: _rank(one[1])))


def _rank(findings: tuple[Finding, ...]) -> tuple[int, Decimal]:
    worst = min(findings, key=lambda finding: rank(finding.verdict, finding.severity))
    return rank(worst.verdict, max(finding.severity for finding in findings))


def group_ref(view: View, finding: Finding) -> Ref:
    """The page on which a finding stands with its neighbours."""
    if finding.kind is FindingKind.CLAIMS:
        return Ref("page", "/findings", "Claims that contradict each other")
    about = subject(view, finding)
    return Ref(f"group-{about.kind}", about.slug, about.text) if about is not GONE else GONE


def group_of(view: View, page: Ref, findings: tuple[Finding, ...]) -> FindingGroup:
    """One group; its verdict is that of its worst finding. There must be at least one finding."""
    ranked = sorted(findings, key=lambda finding: rank(finding.verdict, finding.severity))
    worst = ranked[0]
    about = None if worst.kind is FindingKind.CLAIMS else subject(view, worst)
    return FindingGroup(
        page,
        str(worst.verdict),
        verdict_words(worst.verdict, worst.kind),
        two_places(max(finding.severity for finding in findings)),
        worst.explanation,
        finding_rows(view, tuple(ranked)),
        about,
        voices_among(view, (id for finding in findings for id in finding.figures)),
    )
