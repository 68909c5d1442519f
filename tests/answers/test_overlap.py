"""Hinges that come to the same thing stand in one row."""

from kb.domain.answer import Hinge
from kb.domain.entity import Question
from kb.reasoning.answers.overlap import overlapping_hinges
from kb.reports.view import View
from kb.reports.words.hinges import changed_answer_words, joined_words
from tests.answers.test_missing import ASKED_IN_MONEY, plan
from tests.reasoning.story import argument, claim, question, source
from tests.reports.seen import seen

YES, NO = "question:loss:yes", "question:loss:no"


def groups(view: View, asked: Question) -> tuple[tuple[Hinge, ...], ...]:
    return overlapping_hinges(view.analysis.slices[asked.id], view.analysis.answers[asked.id].hinges)


def test_a_claim_that_is_all_of_a_source_is_no_news_beside_the_source() -> None:
    asked = question()
    view = seen(
        source("memo"),
        asked,
        claim("dear", by="deck", confidence="almost certain"),
        claim("cheap", by="memo", confidence="very unlikely"),
        argument("for", YES, "claim:dear"),
        argument("against", NO, "claim:cheap"),
        argument("doubt", "argument:for", "claim:cheap", attacks=True),
    )
    (only,) = groups(view, asked)
    assert joined_words(view.knowledge, only) == "Leaving out “Deck”, or the argument that Dear"


def test_a_value_above_and_below_which_an_answer_turns_is_one_row() -> None:
    ((below, above),) = groups(plan(), ASKED_IN_MONEY)
    assert changed_answer_words((below, above)) == "no below $800 a month; yes above $800 a month"


def test_each_hinge_is_in_one_group_at_most() -> None:
    for view, asked in ((plan(), ASKED_IN_MONEY),):
        grouped = [hinge for group in groups(view, asked) for hinge in group]
        assert len(grouped) == len(set(grouped)) <= len(view.analysis.answers[asked.id].hinges)
