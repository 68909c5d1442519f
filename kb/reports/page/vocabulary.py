"""The values of the pages about measures, units, and names for one thing."""

from dataclasses import dataclass

from kb.reports.value import EventRow, FigureRow, FindingRow, OverdueRow, Plot, Ref, SeriesTable


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRow:
    """A measure in a list; ``verdict`` is the worst of its findings, empty where it has none.

    ``kind_text`` is its kind for readers.
    """

    ref: Ref
    unit: str
    kind: str
    kind_text: str
    figures: int
    origins: int
    verdict: str


@dataclass(frozen=True, slots=True)
class MeasuresPage:
    """The list of all measures."""

    title: str
    rows: tuple[MeasureRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionRow:
    """A position with the voices behind it; ``dependents`` counts figures that only repeat it."""

    label: str
    text: str
    scope: str
    origins: tuple[str, ...]
    figures: tuple[Ref, ...]
    dependents: int


@dataclass(frozen=True, slots=True)
class ConsensusRow:
    """The consensus of one scope in words; ``text`` is empty where there is none.

    ``note`` says what it rests on, or what a single voice says, or why there is none.
    """

    scope: str
    text: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureSheet:
    """One measure: its figures on one axis, the positions taken on it, their consensus, and its findings.

    Attributes:
        series: What is given at several times, one table for each thing.
        overdue: Its projections whose time is over without a recorded outcome.
        stands_for_it: The measure under which its figures are compared, where the two are matched; else None.
        complements: The measures of the rest of the same whole, with whose figures its own are compared.
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
    series: tuple[SeriesTable, ...]
    overdue: tuple[OverdueRow, ...]
    findings: tuple[FindingRow, ...]
    calculations: tuple[Ref, ...]
    questions: tuple[Ref, ...]
    events: tuple[EventRow, ...]
    stands_for_it: Ref | None = None
    complements: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """A declared unit in a list: its definition as declared, and the same in base units."""

    ref: Ref
    kind: str
    equals: str
    comes_to: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StandardUnit:
    """A standard unit with its definition."""

    name: str
    equals: str


@dataclass(frozen=True, slots=True)
class UnitsPage:
    """All declared units, the recorded exchange rates, and the standard units that are defined by others."""

    title: str
    rows: tuple[UnitRow, ...]
    rates: tuple[FigureRow, ...]
    standard: tuple[StandardUnit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitSheet:
    """One declared unit: its definition, and the entities and figures that use it."""

    title: str
    row: UnitRow
    code: str
    sign: str
    note: str
    used_by: tuple[Ref, ...]
    figures: tuple[FigureRow, ...]
    events: tuple[EventRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedRow:
    """Two names that may mean the same.

    Attributes:
        kind: ``measure`` or ``term``.
        kind_text: The kind in words for people.
        left_id: Opaque id of the first, for a decision to send back.
        left_name: Its name in a seed file.
        score: Similarity of the two names, from 0 to 1, two decimals.
        reason: The differences between the two names.
        stamp: Token of the decisions about them when the page was made: nobody has decided.
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
    stamp: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedRow:
    """A person's decision about two names; ``stamp`` is the token for a form that takes it back."""

    left: Ref
    right: Ref
    left_id: str
    right_id: str
    same: bool
    text: str
    actor: str
    recorded_at: str
    stamp: str


@dataclass(frozen=True, slots=True)
class SharedRow:
    """A rare wrong number that two sources share, with one figure of each."""

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
class DependenceRow:
    """A figure that may depend on others, as a question; none is recorded."""

    figure: Ref
    on: tuple[Ref, ...]
    question: str


@dataclass(frozen=True, slots=True)
class MatchesPage:
    """Names that may mean the same, decisions on names, possible copies and dependences, and overdue projections."""

    title: str
    suggested: tuple[SuggestedRow, ...]
    decided: tuple[DecidedRow, ...]
    copies: tuple[CopyRow, ...]
    dependences: tuple[DependenceRow, ...] = ()
    overdue: tuple[OverdueRow, ...] = ()
