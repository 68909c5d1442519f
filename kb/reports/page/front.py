"""The values of the first page, of the pages about questions and history, and of the glossary."""

from dataclasses import dataclass

from kb.reports.page.calculation import CalculationSheet
from kb.reports.page.evidence import SourceRow
from kb.reports.page.finding import FindingGroup
from kb.reports.value import Branch, Drawing, EventRow, FigureRow, FindingRow, Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class SideRow:
    """One side of a question with its standing and strength; ``arguments`` counts those that lead to it."""

    key: str
    text: str
    standing: str
    strength: str
    arguments: int


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question in a list with its two sides."""

    ref: Ref
    sides: tuple[SideRow, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """The number of entities of one kind, with the page that lists them."""

    name: str
    number: int
    ref: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The first page: what the base contains, what is disputed and settled, the latest events.

    ``waiting`` counts the passages that need review.
    """

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
    """The list of all questions."""

    title: str
    rows: tuple[QuestionRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSheet:
    """One question: the map of its arguments, the same as a nested list, and the calculations and figures in it.

    ``condition`` says which calculation decides it, and how; it is empty where none does.
    """

    title: str
    row: QuestionRow
    drawing: Drawing | None
    outline: tuple[Branch, ...]
    calculations: tuple["CalculationSheet", ...]
    figures: tuple[FigureRow, ...]
    findings: tuple[FindingRow, ...]
    converged: bool
    condition: str
    note: str
    events: tuple[EventRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRow:
    """Events that were appended together; ``position`` is the last, a moment at which pages can be read."""

    position: int
    count: int
    recorded_at: str
    actor: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPage:
    """The log, newest first, in pages of 100 events; the ends of ``batches`` are moments at which pages can be read."""

    title: str
    batches: tuple[BatchRow, ...]
    rows: tuple[EventRow, ...]
    head_position: int
    head_hash: str
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Meaning:
    """A word of the pages with its meaning; ``place`` is the fragment that links to it use."""

    place: str
    word: str
    text: str


@dataclass(frozen=True, slots=True)
class GlossaryPage:
    """The glossary: words of the pages with their meanings, in alphabetical order."""

    title: str
    meanings: tuple[Meaning, ...]
