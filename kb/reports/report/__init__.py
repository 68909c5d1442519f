"""The cited report: what the evidence says on questions, on a measure or a source, for readers who are new to it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from kb.domain.entity import Measure, Question, Source
from kb.reports.answer import answer_sheet
from kb.reports.grounds import grounds_of
from kb.reports.paper import Block, Heading, Paper
from kb.reports.report.annex import annex_blocks
from kb.reports.report.answering import answer_blocks
from kb.reports.report.citing import Passages
from kb.reports.report.disputes import bearing_findings, dispute_blocks
from kb.reports.report.findings_report import finding_blocks
from kb.reports.report.grid import grid_blocks
from kb.reports.report.limits import gap_blocks
from kb.reports.report.measure_report import measure_blocks
from kb.reports.report.sides import aside_blocks, case_blocks
from kb.reports.report.source_report import blocks_of_source
from kb.reports.report.sourcing import key_blocks, source_blocks
from kb.reports.view import View
from kb.reports.words.references import count_words

LANGUAGES = ("en",)
"""The languages that reports are written in, as BCP 47 tags, the default first."""


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
    several = f"{count_words(len(questions), 'question')} and what the evidence says".capitalize()
    title = questions[0].text if len(questions) == 1 else several
    contents = len(questions) > 1
    return _paper(view, passages, title, "An assessment of the recorded evidence", blocks, contents, full)


def compose_measure_report(view: View, measure: Measure, *, full: bool = False) -> Paper:
    """The report on ``measure``: every figure, what is disputed, and what rests on it."""
    passages = Passages(view)
    blocks = measure_blocks(view, passages, measure, full=full)
    return _paper(view, passages, measure.label, "What is recorded of this measure", blocks, False, full)


def compose_source_report(view: View, source: Source, *, full: bool = False) -> Paper:
    """The report on ``source``: what it says, who disagrees with it, and what depends on it."""
    passages = Passages(view)
    blocks = blocks_of_source(view, passages, source, full=full)
    return _paper(view, passages, source.title, "What this source says, and how it stands", blocks, False, full)


def compose_findings_report(view: View, *, full: bool = False) -> Paper:
    """The report on all disagreements."""
    passages = Passages(view)
    blocks = finding_blocks(view, passages, full=full)
    return _paper(view, passages, "Where the sources disagree", "All recorded disputes", blocks, False, full)


def _paper(
    view: View, passages: Passages, title: str, subtitle: str, blocks: Iterable[Block], contents: bool, full: bool
) -> Paper:
    """A paper with its apparatus: the sources and passages that ``blocks`` cite, and how to read it."""
    body = tuple(blocks)
    moment = view.moment
    return Paper(
        title=title,
        subtitle=subtitle,
        date=_day(view),
        language=LANGUAGES[0],
        contents=contents,
        blocks=(*body, *source_blocks(view, passages, full=full), *key_blocks()),
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
    bearing = bearing_findings(view, question, grounds)
    yield from dispute_blocks(view, passages, question, bearing, full=full)
    yield from gap_blocks(view, question, answer, grounds, bearing)
    yield from aside_blocks(view, passages, question)
    if full:
        yield from annex_blocks(view, passages, question, answer, grounds)
