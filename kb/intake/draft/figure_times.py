"""The times of the figures of one document, of which many are said once for several sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from kb.intake.draft.concepts import concepts_in
from kb.intake.draft.entries import About
from kb.intake.draft.named_figure import Relation
from kb.intake.draft.prose import Sentence
from kb.intake.draft.sentence_times import Time, end_of, latest_period, time_of, times_in, year_before
from kb.numbers.scan import ChangeRole
from kb.numbers.word_tables import words

_FORESEEN = re.compile(
    r"预测|预计|计划|目标|概算|预算|设计|约定|规定|forecast|planned|expected|target|geplant|erwartet"
)
"""Words between a comparison and a number that was foreseen, or is demanded."""
_DATELINE = re.compile(r"[A-ZÀ-ÖØ-Þ][\w .’'-]{1,30}, (?:\w+ )?\d{1,2}\.? \w+(?:,? \d{4})? ?(?:–|—|--|-|\.) ")
"""Place and day before the first words of a report; the day is that of the report."""
_LEVELS = (None, ChangeRole.LEVEL_AFTER)
"""What a number is of a change that the period of the whole document may be the time of."""
_PARTITIVE = re.compile(
    r"^(?:Of|Among) (?:these|those|them|which|the)\b|^On top of"
    r"|^(?:Davon|Darunter|Von diesen|Von den|Hinzu kommen)\b|^其中"
)
"""The beginning of a sentence about some of what the last one counted, at the same time."""
_STOCKS = words("employee debt net_debt equity order_book member cash storage shareholder apprentice vacancy owed")
"""Concepts of what there is at one moment, and not in a span of time: at its end, where the span alone is said."""
_HEAD_LINES = 4
_LONGEST_HEADING = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedFigure:
    """What the time of a figure hangs on.

    Attributes:
        start: Where it begins in its sentence.
        end: Where it ends.
        label: The name of what it measures.
        relation: How that depends on the figure before it.
        change: What it says of a change.
    """

    start: int
    end: int
    label: str
    relation: Relation
    change: ChangeRole | None


class FigureTimes:
    """Tells the times of figures, asked in the order of the document.

    Args:
        about: The title of the document and the day on which it appeared.
        head: The beginning of its text, which may name the period that all of it is about.
    """

    def __init__(self, about: About, head: str) -> None:
        self._today = about.today
        lines = [line for line in head.split("\n") if line.strip()][:_HEAD_LINES]
        opening = [line for line in lines if len(line) < _LONGEST_HEADING and not re.search(r"[.。]\s*$", line)]
        self._whole = latest_period("\n".join((about.title, *opening)), about.today)
        self._named: list[Time] = []
        self._paragraph = -1
        self._of_paragraph: Time | None = None

    def in_sentence(self, sentence: Sentence) -> list[Time]:
        """The times that ``sentence`` names, without the day of a dateline."""
        recent = [*self._named[-8:]] or ([self._whole] if self._whole else [])
        times = times_in(sentence.text, self._today, recent)
        dateline = _DATELINE.match(sentence.text) if sentence.is_first else None
        return [time for time in times if dateline is None or time.end > dateline.end()]

    def of_figures(
        self, sentence: Sentence, times: Sequence[Time], figures: Sequence[TimedFigure]
    ) -> list[tuple[Time | None, str]]:
        """The time of each of the ``figures`` of a sentence, and its name, which may say that it is an earlier one."""
        if sentence.paragraph != self._paragraph:
            self._paragraph, self._of_paragraph = sentence.paragraph, None
        spans = [(figure.start, figure.end) for figure in figures]
        told: list[tuple[Time | None, str]] = []
        before: Time | None = None
        first: Time | None = None
        for figure, following in zip_longest(figures, figures[1:]):
            is_compared = figure.relation is Relation.COMPARED or figure.change is ChangeRole.LEVEL_BEFORE
            time = time_of(times, sentence.text, figure.start, figure.end, spans, is_compared=is_compared)
            if figure.relation is Relation.CHANGE and first is not None:
                time = first
            if figure.change is ChangeRole.LEVEL_AFTER and time is not None and time is before:
                # "由2024年的9.6元降至9.0元": the level after a change is not that of the time before it.
                time = self._named[-1] if self._named else self._whole
            label = figure.label
            lead = sentence.text[max(figure.start - 12, 0) : figure.start]
            if is_compared and before is not None and _FORESEEN.search(lead):
                # "比预测的30万人次低": what was foreseen for the same time.
                time = before
            elif is_compared:
                time, label = self._compared(time, before, figure)
            elif time is None:
                time = self._taken_over(sentence, figure, before)
            told.append((time, label))
            before = time or before
            first = first or time
            is_level_before = following is not None and following.change is ChangeRole.LEVEL_AFTER
            if time is not None and not is_compared and not is_level_before and not time.is_earlier:
                self._named.append(time)
                self._of_paragraph = time
        return told

    def _taken_over(self, sentence: Sentence, figure: TimedFigure, before: Time | None) -> Time | None:
        """The time of a figure beside which none stands: that of what it is a part of, or of the whole document."""
        if figure.relation is Relation.PART or _PARTITIVE.match(sentence.text):
            return before or self._of_paragraph
        if figure.change not in _LEVELS or self._whole is None:
            return self._of_paragraph
        is_stock = not _STOCKS.isdisjoint(concepts_in(figure.label))
        return end_of(self._whole) if is_stock else self._whole

    def _compared(self, time: Time | None, before: Time | None, figure: TimedFigure) -> tuple[Time | None, str]:
        """The time and the name of a number that another is compared with; never both those of the other."""
        label = figure.label
        if time is not None and (before is None or time.value != before.value):
            return time, label
        base = before or self._whole
        if base is not None and (before or figure.change) and (value := year_before(base.value)):
            return replace(base, value=value), label
        if re.search(r"[\u3400-\u9fff]", label):
            return None, f"此前的{label}"
        return None, f"{label}, before the change" if label else ""
