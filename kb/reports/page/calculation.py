"""The values of the pages about calculations."""

from dataclasses import dataclass

from kb.reports.page.finding import ConversionRow
from kb.reports.page.what_if import WhatIfSheet
from kb.reports.value import CalculationRow, EventRow, FigureRow, FindingRow, Ref


@dataclass(frozen=True, slots=True)
class CalculationsPage:
    """The list of all calculations."""

    title: str
    rows: tuple[CalculationRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InputRow:
    """An input of a calculation: its name and kind, and in words where its values come from."""

    name: str
    kind: str
    ref: Ref | None
    text: str
    confidence: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of a calculation: a part of the formula with its stated and its allowed value."""

    text: str
    stated: str
    allowed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InfluenceRow:
    """The influence of one value on a result, all others at the middle of what is stated: a bar of a tornado diagram.

    Attributes:
        inputs: The names under which the value enters the formula.
        label: The voice that states it, and its scope.
        over: The range of the value, e.g. ``$2,000–3,000 a month``.
        result: The range of the result over that range; ``cannot be determined`` where it is unknown.
        moves: Whether the value is a range, so that it alone moves the result.
        swing: The width of ``result``, e.g. ``31.25 points``; empty for a single number.
        opened: The range of the result as far as the bound of the value allows, where that is wider; else empty.
        nudge: The change of the result for 1% more of the value, e.g. ``−0.78 points``; empty where unknown.
        x0: Left end of the bar, from 0 to 100 over the range of all results; where no value is a range, the bar shows
            ``nudge``, from 50 to the left or to the right.
        x1: Right end of the bar.
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
    """One result of a calculation, for one choice among the positions that the sources take.

    Attributes:
        choices: The choices by which it differs from other results, and alleged values; empty where there are none.
        figures: The figures that go in, each once.
        tight: Whether the limits are exact; if not, they may be wider than need be.
        truth: Whether a comparison ``holds``, ``fails`` or is ``undecided``; empty for a result that is a number.
        mixed: A sentence for each scope key in which the figures that go in differ.
        influences: The values that move the result, the strongest first; empty where only one value goes in.
        moved: The strongest of them in a few words; empty likewise.
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
    """A stated figure that a calculation checks.

    Attributes:
        figure: The figure.
        finding: The finding of the check; None where it made none.
        verdict: Name of the verdict; empty where nothing was compared.
        verdict_text: The verdict in words, with the mark of a hypothetical figure; empty likewise.
        explanation: The sentences of the check; empty likewise.
    """

    figure: FigureRow
    finding: FindingRow | None
    verdict: str = ""
    verdict_text: str = ""
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class ImpliedRow:
    """The value that an input would need for a stated figure to hold, or that a missing input has."""

    input: str
    value: str
    figure: Ref
    explanation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalculationSheet:
    """One calculation: formula, inputs, steps, results side by side, their hull, and its checks.

    Attributes:
        formula: The formula as text.
        mathml: The formula as a MathML element, safe to print without escaping.
        implied: Values that inputs would need, for each checked figure the three that explain most.
        implied_further: The other values of that kind.
        problem: Why there is no result, in a sentence; empty where there is one.
        what_if: What can be chosen of its inputs, and what that changes; None where no question rests on it.
    """

    title: str
    row: CalculationRow
    formula: str
    mathml: str
    inputs: tuple[InputRow, ...]
    outcomes: tuple[OutcomeRow, ...]
    hull: str
    checks: tuple[CheckRow, ...]
    refuted: tuple[FindingRow, ...]
    implied: tuple[ImpliedRow, ...]
    implied_further: tuple[ImpliedRow, ...]
    used_by: tuple[Ref, ...]
    problem: str
    note: str
    questions: tuple[Ref, ...]
    events: tuple[EventRow, ...]
    what_if: WhatIfSheet | None = None
