"""The opening of a report: the answer, and what it hinges on."""

from collections.abc import Iterator, Sequence

from kb.domain.answer import Hinge
from kb.domain.entity import Question
from kb.reasoning.answers.overlap import overlapping_hinges
from kb.reports.page import AnswerSheet
from kb.reports.paper import Block, Emphasis, Heading, Line, Paragraph, Strong, Table, sentence
from kb.reports.view import View
from kb.reports.words.attribution import opening, within_sentence
from kb.reports.words.hinges import (
    STATE_WORDS,
    changed_answer_words,
    changed_input_words,
    joined_words,
    nearest_sentence,
)
from kb.reports.words.references import count_words

_MOST_HINGES = 6


def answer_blocks(view: View, question: Question, answer: AnswerSheet, *, full: bool) -> Iterator[Block]:
    """What the question means, the answer with its certainty, and what would change it."""
    if question.note:
        yield Paragraph((Emphasis(question.note),))
    yield Heading(2, "The answer", f"{question.slug}-answer")
    verdict = f"{answer.title}: {answer.side}" if answer.side else f"{answer.title}."
    because = answer.decision or answer.counted
    yield Paragraph(sentence(Strong(verdict), f" {because}" if because else "", *(f" {s}" for s in answer.strongest)))
    yield Paragraph((_certainty(view, answer),))
    yield Heading(2, "What the answer hinges on", f"{question.slug}-hinges")
    yield from _hinges(view, question, full=full)


def _certainty(view: View, answer: AnswerSheet) -> str:
    """The certainty with its reasons in a sentence: ``Certainty is low: no source states the number that decides.``"""
    reasons = "; ".join(within_sentence(view.knowledge, concern) for concern in answer.concerns)
    judged = answer.certainty != answer.computed_certainty
    word = f"{answer.certainty}, as readers judge it" if judged else answer.certainty
    return f"Certainty is {word}{f': {reasons}' if reasons else ''}."


def _hinges(view: View, question: Question, *, full: bool) -> Iterator[Block]:
    answer = view.analysis.answers[question.id]
    groups = overlapping_hinges(view.analysis.slices[question.id], answer.hinges)
    if groups:
        shown = groups if full else groups[:_MOST_HINGES]
        yield Table(
            caption=_CAPTIONS[len(groups) > 1],
            head=("Change", "Answer now", "Answer after it"),
            rows=tuple(_row(view, group) for group in shown),
            shares=(0.64, 0.14, 0.22),
        )
        if more := len(groups) - len(shown):
            yield Paragraph((opening(f"{count_words(more, 'further change')} would turn it as well"),))
    else:
        yield Paragraph(("No single change that was tried would turn it.",))
    if nearest := nearest_sentence(view.knowledge, answer):
        yield Paragraph((nearest,))


_WITH_REPEATS = "To leave out a source is to leave out whatever only repeats it, too"
_CAPTIONS = {
    True: f"Each of these changes alone would turn the answer. {_WITH_REPEATS}",
    False: f"This change alone would turn the answer. {_WITH_REPEATS}",
}
"""The caption of the hinges, by whether there are several."""


def _row(view: View, group: Sequence[Hinge]) -> tuple[Line, ...]:
    """The changes of a group as one: an input with the answer on either side of its value, or the widest change."""
    known, first = view.knowledge, group[0]
    return (
        (changed_input_words(known, first) or joined_words(known, group),),
        (STATE_WORDS[first.before],),
        (changed_answer_words(group),),
    )
