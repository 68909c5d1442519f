"""The report on one measure: what it is, who says what, what is disputed, and what rests on it."""

from collections.abc import Iterator, Sequence
from functools import reduce

from kb.domain.entity import Figure, Measure
from kb.domain.finding import Finding, FindingKind
from kb.domain.interval import Interval
from kb.reports.paper import Block, Bullets, Emphasis, Heading, Line, Paragraph, Strong, Table
from kb.reports.report.annex import figure_table
from kb.reports.report.citing import Passages
from kb.reports.report.disputes import chart, dispute_list, without_followers
from kb.reports.report.resting import answers_table, calculation_lines
from kb.reports.row import explanation
from kb.reports.view import View
from kb.reports.vocabulary import measure_sheet
from kb.reports.words.amount import interval_words
from kb.reports.words.inputs import label_within_sentence, with_article
from kb.reports.words.references import capitalized, count_words, list_words, without_marks
from kb.reports.words.unit_names import scale_words

_OTHER_KINDS = (FindingKind.FORECAST, FindingKind.SERIES)


def measure_blocks(view: View, passages: Passages, measure: Measure, *, full: bool) -> Iterator[Block]:
    """Everything that is recorded of ``measure``."""
    figures = view.knowledge.figures_of_measure.get(measure.id, ())
    sheet = measure_sheet(view, measure)
    findings = view.findings_of_measure.get(measure.id, ())
    yield Paragraph((Emphasis(_nature(measure)),))
    yield Heading(1, "In short", "summary")
    yield Paragraph((Strong(_summary(view, measure, figures)), *_dispute_words(view, findings)))
    if not figures:
        return
    yield from chart(view, measure.id)
    yield from _positions(view, measure)
    if sheet.consensus:
        yield Heading(1, "Consensus", "consensus")
        yield Bullets(tuple(_consensus(row.scope, row.text, row.note) for row in sheet.consensus))
    yield from _disputes(view, passages, findings, full=full)
    yield from _in_time(view, passages, findings, [row.text for row in sheet.overdue])
    yield Heading(1, "Every figure", "figures")
    yield figure_table(view, passages, figures, "All figures, with those that repeat them")
    yield Heading(1, "What rests on it", "resting")
    ids = {figure.id for figure in figures}
    yield from calculation_lines(view, passages, ids)
    yield from answers_table(view, ids)


def _nature(measure: Measure) -> str:
    keys = list_words(tuple(key.replace("-", " ") for key in measure.keys))
    by = f", given by {keys}" if keys else ""
    also = f" Also called {list_words(tuple(f'“{alias}”' for alias in measure.aliases))}." if measure.aliases else ""
    note = f" {measure.note}" if measure.note else ""
    return f"Measured in {scale_words(measure.unit)}{by}.{also}{note}"


def _summary(view: View, measure: Measure, figures: Sequence[Figure]) -> str:
    """How many voices give which numbers, in a sentence."""
    sheet = measure_sheet(view, measure)
    name = with_article(label_within_sentence(view.knowledge, measure.label))
    if not figures:
        return f"No source gives {name}."
    positions = [one for one in view.analysis.positions.get(measure.id, ()) if one.unit == measure.unit]
    if not positions:
        return f"Nobody commits to a number for {name}; what is recorded is assumed, supposed or denied."
    verb = "gives" if sheet.row.origins == 1 else "give"
    spread = reduce(Interval.hull, (position.stated for position in positions))
    numbers = interval_words(spread, measure.unit)
    return f"{capitalized(count_words(sheet.row.origins, 'voice'))} {verb} {name}: {numbers}."


def _dispute_words(view: View, findings: Sequence[Finding]) -> Line:
    number = sum(finding.is_disagreement for finding in without_followers(view, findings))
    be = "is" if number == 1 else "are"
    return (f" {capitalized(count_words(number, 'dispute'))} {be} recorded.",) if number else ()


def _positions(view: View, measure: Measure) -> Iterator[Block]:
    rows = measure_sheet(view, measure).positions
    if rows:
        yield Heading(1, "Who says what", "positions")
        yield Table(
            caption="",
            head=("Of what", "Number", "Who says so"),
            rows=tuple(((row.scope or "–",), (row.text,), (list_words(row.origins),)) for row in rows),
            shares=(0.34, 0.3, 0.36),
        )


def _consensus(scope: str, text: str, note: str) -> Line:
    head = f"{scope}: " if scope else ""
    return (f"{head}{text}. {note}" if text else f"{head}{note}",)


def _disputes(view: View, passages: Passages, findings: Sequence[Finding], *, full: bool) -> Iterator[Block]:
    grave = [finding for finding in without_followers(view, findings) if finding.is_disagreement]
    if grave:
        yield Heading(1, "Disputes", "disputes")
        yield from dispute_list(view, passages, grave, full=full, drawn=False)


def _in_time(view: View, passages: Passages, findings: Sequence[Finding], overdue: Sequence[str]) -> Iterator[Block]:
    lines: list[Line] = [
        (without_marks(explanation(view, finding)), *passages.cite(finding.figures))
        for finding in findings
        if finding.kind in _OTHER_KINDS
    ]
    if lines or overdue:
        yield Heading(1, "Over time", "time")
        yield Bullets((*lines, *((text,) for text in overdue)))
