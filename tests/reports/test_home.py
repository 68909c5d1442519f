"""What the first page shows first."""

from kb.reports.front import home
from kb.reports.view import View
from tests.reasoning.story import argument, claim, figure, measure, question
from tests.reports.seen import seen


def told(*premises: str) -> View:
    """A small dispute about a fee, a large one about an idle number, and a question that rests on ``premises``."""
    return seen(
        measure("fee", "USD/month", "price"),
        measure("pages", "page", "count"),
        figure("$100 / month", of="fee", by="deck", id="cheap"),
        figure("$170 / month", of="fee", by="memo", id="dear"),
        figure("100 pages", of="pages", by="deck", id="thin", unit="page"),
        figure("900 pages", of="pages", by="memo", id="thick", unit="page"),
        question(),
        claim("costly"),
        argument("why", "question:loss:yes", *premises),
    )


def disputed(view: View) -> list[str]:
    return [group.about.slug for group in home(view, ()).disputed if group.about]


def test_a_dispute_on_which_a_question_rests_comes_before_a_worse_one_that_concerns_nobody() -> None:
    assert disputed(told("claim:costly")) == ["pages", "fee"]
    assert disputed(told("claim:costly", "figure:cheap")) == ["fee", "pages"]
