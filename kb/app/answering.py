"""The answer to a question, also as it would be under the choices of a thought experiment."""

from collections.abc import Sequence
from dataclasses import dataclass

from kb.app.lookup import named_question
from kb.domain.entity import Question
from kb.domain.knowledge import Knowledge
from kb.domain.problem import Problem, Refused
from kb.reports.answer import answer_sheet
from kb.reports.answered import AnswerOut, answer_out
from kb.reports.choices import ASSUME, Pairs, UnreadableChoice, is_voice, named_source
from kb.reports.page import AnswerSheet
from kb.reports.page.what_if import WhatIfSheet
from kb.reports.view import View
from kb.reports.what_if import experiment


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with its answer, as facts and in words, and what is chosen and changes."""

    question: Question
    sheet: AnswerSheet
    facts: AnswerOut
    what_if: WhatIfSheet


def answer_to(view: View, slug: str, choices: Pairs = ()) -> Answered:
    """The answer to the question called ``slug``.

    Args:
        view: A moment of the base.
        slug: Name of the question.
        choices: What is different from what is recorded, as query parameters name it; ``without`` may also name a
            voice.

    Raises:
        Refused: there is no such question, or a choice names nothing or contradicts another.
    """
    question = named_question(view.knowledge, slug)
    try:
        made = experiment(view, question, tuple(_sources_apart(view, choices)))
    except UnreadableChoice as error:
        raise Refused([Problem(where=_option(error.parameter), what=error.problem, hint=error.hint)]) from None
    there, analysis = made.view.knowledge, made.view.analysis
    facts = answer_out(there, analysis.standings, question, analysis.answers[question.id])
    return Answered(question, answer_sheet(made.view, question), facts, made.sheet())


def _sources_apart(view: View, choices: Pairs) -> Sequence[tuple[str, str]]:
    """``choices`` in which a voice is no source."""
    known = view.knowledge
    return [("voice" if name == "without" and _is_voice(known, text) else name, text) for name, text in choices]


def _is_voice(knowledge: Knowledge, text: str) -> bool:
    return named_source(knowledge, text) is None and (is_voice(knowledge, text) or text.startswith("("))


def _option(parameter: str) -> str:
    """The option of the command that a query parameter stands for."""
    return "--assume" if parameter.startswith(ASSUME) else "--without" if parameter == "voice" else f"--{parameter}"
