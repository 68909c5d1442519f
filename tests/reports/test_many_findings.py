"""Very many findings are read some hundred at a time, whole groups to a page, worst first."""

from kb.domain.finding import FindingKind
from kb.reports.finding import findings
from kb.reports.query import ROWS
from tests.reasoning.story import figure, measure, source
from tests.reports.seen import seen


def test_groups_stay_whole_and_every_finding_is_on_one_page() -> None:
    measures = [f"m{number:03}" for number in range(ROWS + 50)]
    figures = [
        figure(said, id=f"{name}-{who}", of=name, by=who)
        for name in measures
        for said, who in (("$8k/month", "deck"), ("$14k/month", "memo"))
    ]
    view = seen(source("deck"), source("memo"), *(measure(name) for name in measures), *figures)
    pages = [findings(view, page) for page in (1, 2)]
    assert [(page.page, page.pages) for page in pages] == [(1, 2), (2, 2)]
    listed = [row.ref.slug for page in pages for group in page.groups for row in group.rows]
    assert sorted(listed) == sorted(finding.id for finding in view.findings)
    assert pages[0].verdicts == pages[1].verdicts
    assert len(pages[0].groups) == ROWS


def test_a_source_that_disagrees_with_itself_on_what_nothing_rests_on_comes_last() -> None:
    view = seen(
        source("deck"),
        source("memo"),
        measure("length", "page", "count"),
        measure("value"),
        figure("5 page", id="short", of="length"),
        figure("50 page", id="long", of="length"),
        figure("$8k/month", id="low", by="deck"),
        figure("$10k/month", id="high", by="memo"),
    )
    assert [finding.kind for finding in view.ranked] == [FindingKind.ACROSS_SOURCES, FindingKind.WITHIN_SOURCE]
