"""What is on the first page, and on those about questions and history?"""

from dataclasses import dataclass

from kb.reports.page.calculation import CalculationSheet
from kb.reports.page.evidence import SourceRow
from kb.reports.page.finding import FindingGroup
from kb.reports.value import Branch, Drawing, EventRow, FigureRow, FindingRow, Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class SideRow:
    """One answer to a question, and how it stands."""

    key: str
    text: str
    standing: str
    strength: str
    arguments: int


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question in a list, with how its two sides stand."""

    ref: Ref
    sides: tuple[SideRow, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are of a kind, with the page that lists them."""

    name: str
    number: int
    ref: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What is in the base, in dispute, settled, what happened last, and how many passages wait for a person."""

    title: str
    counts: tuple[Count, ...]
    questions: tuple[QuestionRow, ...]
    disputed: tuple[FindingGroup, ...]
    settled: tuple[FindingRow, ...]
    sources: tuple[SourceRow, ...]
    events: tuple[EventRow, ...]
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class QuestionsPage:
    """All questions."""

    title: str
    rows: tuple[QuestionRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSheet:
    """One question: the map of its arguments with the calculations in it, and the same as a nested list."""

    title: str
    row: QuestionRow
    drawing: Drawing | None
    outline: tuple[Branch, ...]
    calculations: tuple["CalculationSheet", ...]
    figures: tuple[FigureRow, ...]
    findings: tuple[FindingRow, ...]
    converged: bool
    note: str
    events: tuple[EventRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRow:
    """Events that were appended together: a moment that pages can be read at."""

    position: int
    count: int
    recorded_at: str
    actor: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPage:
    """The log, newest first, in pages of 100 events, with the ends of batches as moments."""

    title: str
    batches: tuple[BatchRow, ...]
    rows: tuple[EventRow, ...]
    head_position: int
    head_hash: str
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Meaning:
    """A word of the pages and what it means; ``place`` is what links to it name."""

    place: str
    word: str
    text: str


@dataclass(frozen=True, slots=True)
class GlossaryPage:
    """What the words on the pages mean, in alphabetical order."""

    title: str
    meanings: tuple[Meaning, ...]
