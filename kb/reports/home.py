"""What meets a reader first? What is in the base, what is in dispute, what is settled, and what happened last."""

from collections.abc import Sequence

from kb.domain.finding import Finding, FindingKind, Verdict
from kb.reports.group import Gathered, gathered, group_of
from kb.reports.page import Count, Home
from kb.reports.passage import waiting
from kb.reports.question import grounds_of
from kb.reports.row import event_row, finding_rows, is_ruled, question_row, source_row
from kb.reports.value import Ref
from kb.reports.view import Told, View

_GROUPS, _SETTLED = 8, 8


def home(view: View, recent: Sequence[Told]) -> Home:
    """The first page. At most eight disputed groups and eight settled findings; the findings page has all.

    Disputes on which a question rests come first: how long a newsletter is concerns nobody as long as none asks.
    """
    knowledge = view.knowledge
    disputed = tuple(finding for finding in view.ranked if not _agrees(finding) and not is_ruled(view, finding))
    settled = sorted(filter(_is_settled, view.ranked), key=lambda found: found.kind is not FindingKind.CORROBORATION)
    return Home(
        "Knowledge base",
        _counts(view),
        tuple(question_row(view, question) for question in knowledge.questions.values()),
        tuple(group_of(view, *one) for one in _first(view, gathered(view, disputed))[:_GROUPS]),
        finding_rows(view, tuple(settled[:_SETTLED])),
        tuple(source_row(view, source) for source in knowledge.sources.values()),
        tuple(event_row(view, told) for told in recent),
        waiting(view, knowledge.sources.values()),
    )


def _first(view: View, groups: Sequence[Gathered]) -> list[Gathered]:
    """``groups`` with those in front on which a question rests; each part in the order given."""
    asked = view.knowledge.questions.values()
    bearing = {finding.id for question in asked for finding in grounds_of(view, question).findings}
    return sorted(groups, key=lambda group: bearing.isdisjoint(finding.id for finding in group[1]))


def _agrees(finding: Finding) -> bool:
    return finding.verdict in (Verdict.AGREEMENT, Verdict.ROUNDING)


def _is_settled(finding: Finding) -> bool:
    """Whether nothing is left to decide; what is only repeated settles nothing."""
    return _agrees(finding) and finding.kind is not FindingKind.REPETITION


def _counts(view: View) -> tuple[Count, ...]:
    knowledge = view.knowledge
    numbers = {
        "sources": len(knowledge.sources),
        "figures": len(knowledge.figures),
        "claims": len(knowledge.claims),
        "questions": len(knowledge.questions),
        "measures": len(knowledge.measures),
        "calculations": len(knowledge.calculations),
        "findings": len(view.findings),
    }
    return tuple(
        Count(name.removesuffix("s") if number == 1 else name, number, Ref("page", f"/{name}", name.capitalize()))
        for name, number in numbers.items()
    )
