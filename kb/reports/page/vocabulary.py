"""What is on the pages about measures, units, and names for one thing?"""

from dataclasses import dataclass

from kb.reports.value import EventRow, FigureRow, FindingRow, Plot, Ref


@dataclass(frozen=True, slots=True, kw_only=True)
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


@dataclass(frozen=True, slots=True, kw_only=True)
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


@dataclass(frozen=True, slots=True, kw_only=True)
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


@dataclass(frozen=True, slots=True, kw_only=True)
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


@dataclass(frozen=True, slots=True, kw_only=True)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedRow:
    """Two names that may be the same.

    Attributes:
        kind: ``measure`` or ``term``.
        kind_text: The same for people.
        left_id: Opaque id of the first, as a decision names it.
        left_name: What it is called in a seed file.
        score: How alike they are, from 0 to 1, two decimals.
        reason: In what they differ.
        stamp: What was decided about them when the page was made, which is nothing.
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
    """What a person decided about two names; ``stamp`` is what a decision to take it back is made on."""

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
