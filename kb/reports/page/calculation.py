"""What is on the pages about calculations?"""

from dataclasses import dataclass

from kb.reports.page.finding import ConversionRow
from kb.reports.value import CalculationRow, EventRow, FigureRow, FindingRow, Ref


@dataclass(frozen=True, slots=True)
class CalculationsPage:
    """All calculations."""

    title: str
    rows: tuple[CalculationRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
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


@dataclass(frozen=True, slots=True, kw_only=True)
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


@dataclass(frozen=True, slots=True, kw_only=True)
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


@dataclass(frozen=True, slots=True, kw_only=True)
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
