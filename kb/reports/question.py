"""The pages about questions: the map of the arguments, and the numbers that they rest on."""

from dataclasses import dataclass

from kb.domain.entity import Question
from kb.reports.answer import answer_sheet
from kb.reports.cases import side_cases
from kb.reports.changes.sheet import changes_sheet
from kb.reports.choices import Pairs
from kb.reports.grounds import grounds_of
from kb.reports.map.drawing import argument_map
from kb.reports.map.graph import Since
from kb.reports.page import QuestionSheet, QuestionsPage
from kb.reports.page.changes import MomentRow
from kb.reports.report.disputes import bearing_findings
from kb.reports.row import calculation_row, event_rows, finding_rows, question_row
from kb.reports.view import View
from kb.reports.what_if import Experiment, experiment
from kb.reports.words.references import comparison_words


def questions(view: View) -> QuestionsPage:
    """All questions, in the order recorded."""
    rows = tuple(question_row(view, question) for question in view.knowledge.questions.values())
    return QuestionsPage("Questions", rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class InTime:
    """A question beside its past: the view of an earlier moment, if one was chosen, and all that can be."""

    earlier: View | None = None
    timeline: tuple[MomentRow, ...] = ()


def question(view: View, slug: str, choices: Pairs = (), in_time: InTime | None = None) -> QuestionSheet | None:
    """The sheet of the question called ``slug`` under ``choices``; None where there is none.

    Raises:
        UnreadableAddress: a choice names nothing, or two contradict each other.
    """
    entity = view.knowledge.named(Question, slug)
    return _sheet(experiment(view, entity, choices), choices, in_time or InTime()) if entity else None


def _sheet(made: Experiment, choices: Pairs, in_time: InTime) -> QuestionSheet:
    view, question = made.view, made.question
    grounds, answer = grounds_of(view, question), answer_sheet(view, question)
    between = changes_sheet(in_time.earlier, made.recorded, question) if in_time.earlier else None
    since = Since.of(in_time.earlier, made.recorded, between.marks) if in_time.earlier and between else None
    return QuestionSheet(
        title=question.text,
        row=question_row(view, question),
        answer=answer,
        map=argument_map(view, question, choices, made.recorded, since),
        cases=side_cases(view, question, answer),
        calculations=tuple(calculation_row(view, calculation) for calculation in grounds.calculations),
        figures=len(grounds.figures),
        disputes=finding_rows(view, tuple(bearing_findings(view, question, grounds)[:_MOST_DISPUTES])),
        findings=len(grounds.findings),
        condition=_condition_words(view, question),
        note=question.note,
        events=event_rows(view, question.id),
        what_if=made.sheet(),
        between=between,
        timeline=in_time.timeline,
    )


_MOST_DISPUTES = 6


def _condition_words(view: View, question: Question) -> str:
    if question.decided_by is None:
        return ""
    return f"The answer is yes if {comparison_words(view.knowledge, question.decided_by)}, and otherwise no."
