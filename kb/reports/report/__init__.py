"""The cited report: what the evidence says on one or several questions, for readers who do not know the base."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kb.domain.entity import Question
from kb.reports.answer import answer_sheet
from kb.reports.grounds import grounds_of
from kb.reports.paper import Block, Heading, Paper
from kb.reports.report.annex import annex_blocks
from kb.reports.report.answering import answer_blocks
from kb.reports.report.citing import Passages
from kb.reports.report.disputes import dispute_blocks
from kb.reports.report.grid import grid_blocks
from kb.reports.report.limits import gap_blocks
from kb.reports.report.sides import aside_blocks, case_blocks
from kb.reports.report.sourcing import key_blocks, source_blocks
from kb.reports.view import View
from kb.reports.words.references import count_words


def compose_report(view: View, questions: Sequence[Question], *, full: bool = False) -> Paper:
    """The report on ``questions``, at least one, in that order; a ``full`` one has an annex for each."""
    passages = Passages(view)
    blocks: list[Block] = []
    for question in questions:
        chapter = _chapter(view, passages, question, full)
        if len(questions) > 1:
            blocks += [Heading(1, question.text, question.slug), *chapter]
        else:
            # A single chapter has the title of the paper, and its sections are the highest headings.
            blocks += [replace(b, level=b.level - 1) if isinstance(b, Heading) else b for b in chapter]
    blocks += [*source_blocks(view, passages, full=full), *key_blocks()]
    moment = view.moment
    several = f"{count_words(len(questions), 'question')} and what the evidence says".capitalize()
    return Paper(
        title=questions[0].text if len(questions) == 1 else several,
        subtitle="An assessment of the recorded evidence",
        date=_day(view),
        language="en",
        contents=len(questions) > 1,
        blocks=tuple(blocks),
        colophon=((f"As of event {moment.position} of the log, hash {moment.hash}.",),),
    )


def _day(view: View) -> str:
    """The day of the last event that the report shows, so that the same moment gives the same report at any time."""
    newest = max(view.last_event, key=view.last_event.__getitem__, default=None)
    events = view.events_of(newest) if newest else ()
    return events[-1].recorded_at[:10] if events else ""


def _chapter(view: View, passages: Passages, question: Question, full: bool) -> Iterator[Block]:
    answer, grounds = answer_sheet(view, question), grounds_of(view, question)
    yield from answer_blocks(view, question, answer, full=full)
    yield from grid_blocks(view, question)
    yield from case_blocks(view, passages, question, answer)
    yield from dispute_blocks(view, passages, question, grounds, full=full)
    yield from gap_blocks(view, question, answer, grounds)
    yield from aside_blocks(view, passages, question)
    if full:
        yield from annex_blocks(view, passages, question, answer, grounds)
