"""What is on each page? One typed value a page; the page's template prints it and its JSON twin is it."""

from dataclasses import dataclass

from kb.intake.difference import Run
from kb.reports.value import (
    Branch,
    CalculationRow,
    Citation,
    ClaimRow,
    Drawing,
    EventRow,
    FigureRow,
    FindingRow,
    Plot,
    Ref,
)


@dataclass(frozen=True, slots=True)
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
class SourceRow:
    """A source in a list."""

    ref: Ref
    authors: str
    container: str
    issued: str
    type: str
    language: str
    reliability: str
    reliability_text: str
    figures: int
    claims: int
    translation_of: Ref | None
    attached: bool


@dataclass(frozen=True, slots=True)
class Count:
    """How many there are of a kind, with the page that lists them."""

    name: str
    number: int
    ref: Ref


@dataclass(frozen=True, slots=True)
class Home:
    """What is in the base, in dispute, settled, what happened last, and how many passages wait for a person."""

    title: str
    counts: tuple[Count, ...]
    questions: tuple[QuestionRow, ...]
    disputed: tuple["FindingGroup", ...]
    settled: tuple[FindingRow, ...]
    sources: tuple[SourceRow, ...]
    events: tuple[EventRow, ...]
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """All sources."""

    title: str
    rows: tuple[SourceRow, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A bibliographic field; ``inferred`` says why we hold it to be so where the document does not give it."""

    name: str
    value: str
    inferred: str


@dataclass(frozen=True, slots=True)
class SourceSheet:
    """One source: what it is, what it says, and what became of it."""

    title: str
    row: SourceRow
    fields: tuple[Field, ...]
    document: str
    translations: tuple[Ref, ...]
    quotes: tuple[Ref, ...]
    figures: tuple[FigureRow, ...]
    claims: tuple[ClaimRow, ...]
    findings: tuple[FindingRow, ...]
    events: tuple[EventRow, ...]
    passages: "SourcePassages"


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """All figures, filtered and in pages of 200. ``filters`` are the choices that are in force."""

    title: str
    rows: tuple[FigureRow, ...]
    total: int
    page: int
    pages: int
    query: str


@dataclass(frozen=True, slots=True)
class FigureSheet:
    """One figure: the quantity with all its parts, its passage, and everything that rests on it."""

    title: str
    row: FigureRow
    parts: tuple[Field, ...]
    citation: Citation
    mentions: tuple[FigureRow, ...]
    findings: tuple[FindingRow, ...]
    calculations: tuple[Ref, ...]
    arguments: tuple[Ref, ...]
    note: str
    events: tuple[EventRow, ...]


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure in a list; ``verdict`` is the worst verdict among its findings, empty for none."""

    ref: Ref
    unit: str
    kind: str
    figures: int
    origins: int
    verdict: str


@dataclass(frozen=True, slots=True)
class MeasuresPage:
    """All measures."""

    title: str
    rows: tuple[MeasureRow, ...]


@dataclass(frozen=True, slots=True)
class PositionRow:
    """What one side says: a position, with how many independent origins stand behind it."""

    label: str
    text: str
    scope: str
    origins: tuple[str, ...]
    figures: tuple[Ref, ...]
    dependents: int


@dataclass(frozen=True, slots=True)
class ConsensusRow:
    """The weighted median of one scope, with its interval, or why there is none."""

    scope: str
    text: str
    origins: int
    note: str


@dataclass(frozen=True, slots=True)
class MeasureSheet:
    """One measure: every figure on one axis, the positions taken, and what the engine noticed.

    Attributes:
        stands_for_it: The measure under which its figures are compared, where a person holds the two to be the same.
    """

    title: str
    row: MeasureRow
    keys: tuple[str, ...]
    aliases: tuple[str, ...]
    note: str
    plot: Plot | None
    positions: tuple[PositionRow, ...]
    consensus: tuple[ConsensusRow, ...]
    figures: tuple[FigureRow, ...]
    findings: tuple[FindingRow, ...]
    calculations: tuple[Ref, ...]
    events: tuple[EventRow, ...]
    stands_for_it: Ref | None = None


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A declared unit in a list: what it equals as declared, and what that comes to in base units."""

    ref: Ref
    kind: str
    equals: str
    comes_to: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StandardUnit:
    """A unit that is always there, with its definition."""

    name: str
    equals: str


@dataclass(frozen=True, slots=True)
class UnitsPage:
    """All declared units, the recorded exchange rates, and the standard units that are defined by others."""

    title: str
    rows: tuple[UnitRow, ...]
    rates: tuple[FigureRow, ...]
    standard: tuple[StandardUnit, ...]


@dataclass(frozen=True, slots=True)
class UnitSheet:
    """One declared unit: what it comes to, and what is said in it."""

    title: str
    row: UnitRow
    code: str
    sign: str
    note: str
    used_by: tuple[Ref, ...]
    figures: tuple[FigureRow, ...]
    events: tuple[EventRow, ...]


@dataclass(frozen=True, slots=True)
class ClaimsPage:
    """All claims, in pages of 200."""

    title: str
    rows: tuple[ClaimRow, ...]
    total: int
    page: int
    pages: int
    query: str


@dataclass(frozen=True, slots=True)
class ArgumentRow:
    """An argument as seen from one of its ends."""

    ref: Ref
    kind: str
    premises: tuple[Ref, ...]
    conclusion: Ref
    text: str
    standing: str
    contribution: str
    attacked_by: tuple[Ref, ...]
    backed_by: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class ClaimSheet:
    """One claim: its passages, what speaks for and against it, and what it speaks for."""

    title: str
    row: ClaimRow
    citations: tuple[Citation, ...]
    arguments: tuple[ArgumentRow, ...]
    used_by: tuple[ArgumentRow, ...]
    denies: tuple[Ref, ...]
    same_as: tuple[Ref, ...]
    condition: str
    findings: tuple[FindingRow, ...]
    why: str
    note: str
    events: tuple[EventRow, ...]


@dataclass(frozen=True, slots=True)
class QuestionsPage:
    """All questions."""

    title: str
    rows: tuple[QuestionRow, ...]


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class CalculationsPage:
    """All calculations."""

    title: str
    rows: tuple[CalculationRow, ...]


@dataclass(frozen=True, slots=True)
class InputRow:
    """An input of a calculation: what it is, where it comes from, and its values."""

    name: str
    kind: str
    ref: Ref | None
    text: str
    confidence: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """One line of a calculation's working: a part of the formula, its stated and its allowed value."""

    text: str
    stated: str
    allowed: str


@dataclass(frozen=True, slots=True)
class InfluenceRow:
    """How far one value moves a result, the others held at the middle of what is stated: a bar of a tornado diagram.

    Attributes:
        inputs: The names under which it enters the formula.
        label: Whose number it is.
        over: What it may be, e.g. ``$2,000–3,000 a month``.
        result: What the result runs over meanwhile; ``cannot be told`` where it cannot.
        moves: Whether it is a range, so that ``result`` is what it alone makes of the result.
        swing: How far that is, e.g. ``31.25 points``; empty for a single number.
        opened: What the result runs over as the bound allows, where that is more; empty otherwise.
        nudge: What 1% more of the value adds, e.g. ``−0.78 points``; empty where that cannot be told.
        x0: Where the bar begins, from 0 to 100 over what the result runs over; where no value is a range, the bar shows
            ``nudge``, from 50 to the left or to the right.
        x1: Where it ends.
    """

    inputs: tuple[str, ...]
    label: str
    over: str
    result: str
    moves: bool
    swing: str
    opened: str
    nudge: str
    x0: float
    x1: float


@dataclass(frozen=True, slots=True)
class ConversionRow:
    """An amount in another currency that a recorded rate brought into the result's, with the figures of the rate."""

    text: str
    rates: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One result, for one choice among the positions that the sources take.

    Attributes:
        choices: What was chosen where the inputs leave a choice; empty where they leave none.
        mixed: A sentence for each scope key in which the figures differ that go in.
        influences: What moves the result, most in front; empty where only one value goes in.
        moved: What moves it most, in a few words; empty likewise.
    """

    choices: tuple[str, ...]
    figures: tuple[Ref, ...]
    conversions: tuple["ConversionRow", ...]
    steps: tuple[StepRow, ...]
    stated: str
    allowed: str
    tight: bool
    truth: str
    mixed: tuple[str, ...] = ()
    influences: tuple[InfluenceRow, ...] = ()
    moved: str = ""


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A stated figure laid beside a computed result."""

    figure: FigureRow
    finding: FindingRow | None


@dataclass(frozen=True, slots=True)
class ImpliedRow:
    """What an input would have to be for a stated figure to hold."""

    input: str
    value: str
    figure: Ref
    explanation: str


@dataclass(frozen=True, slots=True)
class CalculationSheet:
    """One calculation: formula, inputs, working, results side by side, their hull, and what it checks.

    Attributes:
        formula: The formula as text.
        mathml: The same as a MathML element, safe to print as it is.
        implied: What inputs would have to be: for each checked figure the three that explain most.
        implied_further: The others.
    """

    title: str
    row: CalculationRow
    formula: str
    mathml: str
    inputs: tuple[InputRow, ...]
    outcomes: tuple[OutcomeRow, ...]
    hull: str
    checks: tuple[CheckRow, ...]
    implied: tuple[ImpliedRow, ...]
    implied_further: tuple[ImpliedRow, ...]
    used_by: tuple[Ref, ...]
    problem: str
    note: str
    events: tuple[EventRow, ...]


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """All findings about one measure or calculation; ``verdict`` is the worst of them.

    Attributes:
        subject: The group's own page; for findings between claims, which have none, the list of findings.
        about: The measure or calculation; None for findings between claims.
    """

    subject: Ref
    verdict: str
    verdict_text: str
    severity: str
    summary: str
    rows: tuple[FindingRow, ...]
    about: Ref | None = None


@dataclass(frozen=True, slots=True)
class FindingsPage:
    """All findings in groups, worst first. ``verdicts`` counts them by verdict."""

    title: str
    groups: tuple[FindingGroup, ...]
    verdicts: tuple[tuple[str, str, int], ...]
    query: str


@dataclass(frozen=True, slots=True)
class GroupSheet:
    """One flagged group on a page of its own: every pair of positions with verdict and reason."""

    title: str
    group: FindingGroup
    plot: Plot | None
    positions: tuple[PositionRow, ...]
    pairings: tuple["PairingRow", ...]
    figures: tuple[FigureRow, ...]


@dataclass(frozen=True, slots=True)
class PairingRow:
    """Two numbers laid side by side with their passages, the arithmetic between them, and the verdict."""

    finding: Ref
    left_label: str
    right_label: str
    left_text: str
    right_text: str
    left: tuple[Citation, ...]
    right: tuple[Citation, ...]
    arithmetic: tuple[str, ...]
    verdict: str
    verdict_text: str
    relation: str
    severity: str
    explanation: str


@dataclass(frozen=True, slots=True)
class RulingRow:
    """What a person decided about a finding; ``stale`` when an input has changed since."""

    decision: str
    text: str
    accepted: Ref | None
    actor: str
    reason: str
    recorded_at: str
    stale: bool


@dataclass(frozen=True, slots=True)
class FindingSheet:
    """One finding: passages side by side, arithmetic, verdict, and what people decided.

    ``rates`` are the figures of the exchange rates by which amounts were converted.
    """

    title: str
    row: FindingRow
    rule: str
    digest: str
    pairings: tuple[PairingRow, ...]
    figures: tuple[FigureRow, ...]
    rates: tuple[FigureRow, ...]
    claims: tuple[ClaimRow, ...]
    calculation: Ref | None
    rulings: tuple[RulingRow, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """A passage in its sentence: the words before, its own, and those behind."""

    before: str
    text: str
    after: str


@dataclass(frozen=True, slots=True)
class OfferRow:
    """A place where a passage may stand now.

    Attributes:
        number: Which of the offers it is, from 1.
        line: Its line.
        score: How alike the sentences are, from 0 to 100.
        difference: The runs that turn the old sentence into the new one; empty where there is no old one.
        numbers_differ: Whether the sentences hold other numbers.
    """

    number: int
    line: int
    score: int
    wording: Wording
    difference: tuple[Run, ...]
    numbers_differ: bool


@dataclass(frozen=True, slots=True)
class MissedRow:
    """A passage that is in doubt, or an orphan where nothing is offered.

    Attributes:
        ref: The figure or claim.
        number: Which of its passages, from 1, of so many ``passages``.
        earlier: What stood there in the older edition; None where it was looked up for the first time.
        rejected: How many places a person turned down.
        seen: Digest of what is offered, for a form to send back.
    """

    ref: Ref
    locator: str
    number: int
    passages: int
    earlier: Wording | None
    offers: tuple[OfferRow, ...]
    rejected: int
    seen: str


@dataclass(frozen=True, slots=True)
class SourcePassages:
    """How the passages of a source were found, and those that wait for a person."""

    source: Ref
    slug: str
    language: str
    counts: tuple[tuple[str, int], ...]
    review: tuple[MissedRow, ...]
    orphans: tuple[MissedRow, ...]


@dataclass(frozen=True, slots=True)
class PassagesPage:
    """How the passages of all sources were found; ``review`` and ``orphans`` count those that wait for a person."""

    title: str
    sources: tuple[SourcePassages, ...]
    review: int
    orphans: int


@dataclass(frozen=True, slots=True)
class BatchRow:
    """Events that were appended together: a moment that pages can be read at."""

    position: int
    count: int
    recorded_at: str
    actor: str
    reason: str


@dataclass(frozen=True, slots=True)
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
class SuggestedRow:
    """Two names that may be the same.

    Attributes:
        kind: ``measure`` or ``term``.
        kind_text: The same for people.
        left_id: Opaque id of the first, as a decision names it.
        left_name: What it is called in a seed file.
        score: How alike they are, from 0 to 1, two decimals.
        reason: In what they differ.
    """

    kind: str
    kind_text: str
    left: Ref
    right: Ref
    left_id: str
    right_id: str
    left_name: str
    right_name: str
    score: str
    reason: str


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """What a person decided about two names."""

    left: Ref
    right: Ref
    left_id: str
    right_id: str
    same: bool
    text: str
    actor: str
    recorded_at: str


@dataclass(frozen=True, slots=True)
class SharedRow:
    """A rare wrong number that two sources share."""

    left: Ref
    right: Ref
    explanation: str


@dataclass(frozen=True, slots=True)
class CopyRow:
    """Two sources of which one may have copied from the other; ``score`` is from 0 to 1."""

    left: Ref
    right: Ref
    score: str
    shared: tuple[SharedRow, ...]


@dataclass(frozen=True, slots=True)
class MatchesPage:
    """Names that may be the same, what people decided about names, and sources that may be copies."""

    title: str
    suggested: tuple[SuggestedRow, ...]
    decided: tuple[DecidedRow, ...]
    copies: tuple[CopyRow, ...]


Page = (
    Home
    | SourcesPage
    | SourceSheet
    | FiguresPage
    | FigureSheet
    | MatchesPage
    | MeasuresPage
    | MeasureSheet
    | UnitsPage
    | UnitSheet
    | ClaimsPage
    | ClaimSheet
    | QuestionsPage
    | QuestionSheet
    | CalculationsPage
    | CalculationSheet
    | FindingsPage
    | GroupSheet
    | FindingSheet
    | HistoryPage
    | PassagesPage
)
"""Every page that the web face prints."""
