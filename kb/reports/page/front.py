"""The values of the first page, of the pages about questions and history, and of the glossary."""

from dataclasses import dataclass

from kb.reports.page.argument_map import ArgumentMap
from kb.reports.page.evidence import SourceRow
from kb.reports.page.finding import FindingGroup
from kb.reports.page.prose import SideCase
from kb.reports.page.what_if import WhatIfSheet
from kb.reports.value import CalculationRow, EventRow, FindingRow, Ref


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
    """A question in a list with its two sides, the word of its answer, and a sentence on what that rests on."""

    ref: Ref
    sides: tuple[SideRow, ...]
    answer: str
    answer_title: str
    certainty: str
    why: str


@dataclass(frozen=True, slots=True)
class Count:
    """The number of entities of one kind, with the page that lists them."""

    name: str
    number: int
    ref: Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The first page: the answers, what is disputed and settled, the sources, the latest events.

    Attributes:
        disputed: Groups of findings between numbers: those with the greatest bearing on an answer, then those with the
            greatest distance that lead to no question.
        contradictions: Findings between claims.
        settled: Agreements on which an answer depends.
        waiting: How many passages need review.
    """

    title: str
    counts: tuple[Count, ...]
    questions: tuple[QuestionRow, ...]
    disputed: tuple[FindingGroup, ...]
    contradictions: tuple[FindingRow, ...]
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
class HingeRow:
    """A single change that would turn an answer.

    Attributes:
        kind: What is changed: source, origin, position, assumption, input or node.
        text: The change in words.
        ref: The page of what is changed; None for a voice.
        before: Where the evidence points as recorded: yes, no or neither.
        after: Where it would point.
    """

    kind: str
    text: str
    ref: Ref | None
    before: str
    after: str
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WeighedRow:
    """What weakens or backs an argument, with its strength."""

    ref: Ref
    text: str
    strength: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """An argument for or against a side.

    Attributes:
        ref: Its page.
        text: Its sentence.
        said_by: Who says it.
        counted_as: Under whose word it counts; empty where that is who says it.
        status: Whether it counts, or why not.
        held_back_by: The arguments for which its voice counts in its place, shortened; they complete ``status``.
        counts: Whether it counts.
        backed_by: What counts for the argument itself.
        undercut_by: What counts against it.
        alone: Its strength without what backs and weakens it; empty where nothing does.
        contribution: What it adds to the sum of its side, which is its own strength; empty where it does not count.
    """

    ref: Ref
    text: str
    said_by: str
    counted_as: str
    status: str
    counts: bool
    backed_by: tuple[WeighedRow, ...]
    undercut_by: tuple[WeighedRow, ...]
    alone: str
    held_back_by: tuple[str, ...]
    contribution: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SideLedger:
    """The arguments for one side, those that count first; ``opposed`` speak against it and not for the other side.

    ``total`` is the sum of the contributions for it.
    """

    key: str
    text: str
    standing: str
    total: str
    rows: tuple[LedgerRow, ...]
    opposed: tuple[LedgerRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementRow:
    """A person's judgement of how certain an answer is; it has lapsed once something else is computed."""

    certainty: str
    text: str
    actor: str
    recorded_at: str
    lapsed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernChoice:
    """A reason that may lower the certainty of an answer, and whether it does."""

    key: str
    text: str
    holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSheet:
    """The answer to a question.

    Attributes:
        word: ``yes``, ``leaning yes``, ``open``, ``leaning no`` or ``no``.
        title: The same, to begin a line with.
        meaning: What the word means.
        side: The text of the side that the evidence points to; empty for neither.
        decision: What decides it, where a calculation does, and where that would turn; else empty.
        counted: How many arguments count on each side.
        strongest: What counts most for each side that something counts for, the side ahead first.
        turning: What it hinges on.
        hinges: Single changes that would turn it.
        tried: Single changes that come nearest to turning it and do not.
        gaps: What is not known.
        certainty: ``high``, ``moderate``, ``low`` or ``very low``: as people judge it, or else as computed.
        certainty_meaning: What that word means.
        computed_certainty: The word that was computed.
        concerns: The reasons that lower it, as people judge it, or else as computed.
        judgements: What people judged, oldest first.
        choices: Every reason that there may be, for a form.
        digest: Digest of what a judgement is about, for a form to carry.
        stamp: Concurrency token of the judgements, likewise.
        ledgers: What counts for each side.
        ledger_note: How to read them.
        sums: What the two sides add up to, and what follows from that.
        exact: Whether what counts was chosen among all possibilities.
        converged: Whether the strengths settled.
    """

    word: str
    title: str
    meaning: str
    side: str
    decision: str
    counted: str
    strongest: tuple[str, ...]
    turning: str
    hinges: tuple[HingeRow, ...]
    tried: tuple[str, ...]
    gaps: tuple[str, ...]
    certainty: str
    certainty_meaning: str
    computed_certainty: str
    concerns: tuple[str, ...]
    judgements: tuple[JudgementRow, ...]
    choices: tuple[ConcernChoice, ...]
    digest: str
    stamp: str
    ledgers: tuple[SideLedger, ...]
    ledger_note: str
    sums: str
    exact: bool
    converged: bool

    @property
    def sentences(self) -> tuple[str, ...]:
        """Why, and what it hinges on."""
        return tuple(filter(None, (self.decision, self.counted, *self.strongest, self.turning)))


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSheet:
    """One question: its answer, the map of its arguments and the same as a list, and what these rest on.

    Attributes:
        condition: Which calculation decides it, and how; empty where none does.
        calculations: What its arguments compute; their sheets are pages of their own.
        figures: The number of figures behind it.
        disputes: The disagreements that bear on it most, what follows from another left out.
        findings: The number of all findings about its figures, claims and calculations.
    """

    title: str
    row: QuestionRow
    answer: AnswerSheet
    map: ArgumentMap | None
    calculations: tuple[CalculationRow, ...]
    figures: int
    disputes: tuple[FindingRow, ...]
    findings: int
    condition: str
    note: str
    events: tuple[EventRow, ...]
    what_if: WhatIfSheet
    cases: tuple[SideCase, ...]


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
