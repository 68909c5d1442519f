"""Which questions does a number or a claim serve?"""

import pytest

from kb.reports.evidence import claim, figure, figures
from kb.reports.finding import findings
from kb.reports.view import View
from tests.reports.seen import pair


@pytest.fixture(scope="module")
def view() -> View:
    return pair()


def test_what_an_answer_depends_on_names_its_question(view: View) -> None:
    known = view.knowledge
    sheets = [figure(view, entity.slug) for entity in known.figures.values()]
    sheets += [claim(view, entity.slug) for entity in known.claims.values()]
    named = {sheet.row.ref.slug: {ref.slug for ref in sheet.questions} for sheet in sheets if sheet}
    behind = {
        (known.by_id[id].slug, question.slug)
        for question in known.questions.values()
        for id in view.analysis.slices[question.id].graph.ids
        if id in known.figures or id in known.claims
    }
    assert behind
    assert all(question in named[slug] for slug, question in behind)


def test_figures_and_findings_can_be_listed_by_question(view: View) -> None:
    slug = next(iter(view.knowledge.questions.values())).slug
    assert 0 < figures(view, query=f"question:{slug}").total <= len(view.knowledge.figures)
    assert findings(view, query=f"question:{slug}").groups
    assert not figures(view, query="question:no-such-question").total
