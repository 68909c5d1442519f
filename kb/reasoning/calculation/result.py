"""What does a calculation come to? Results as values: one outcome for each position, with every step kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from kb.domain.finding import Pairing, Relation, Verdict
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.scope import ScopeSelection
from kb.reasoning.comparison.exchange import Conversion


@dataclass(frozen=True, slots=True)
class Choice:
    """Where one input's value comes from in an outcome.

    Attributes:
        input: The input's name in the formula; for an input of an inner calculation, that calculation's too.
        label: Whose number it is, e.g. ``SemiAnalysis, Anthropic``.
        figures: The figures behind it, of independent origin; empty for an assumption.
        scope: What it is about.
        leaf: The value's own name, the same wherever it enters; two inputs may share it.
        alleged: Whether all who say it only allege it.
    """

    input: str
    label: str
    figures: tuple[Id, ...]
    scope: Mapping[str, ScopeSelection] = field(default_factory=dict)
    leaf: str = ""
    alleged: bool = False

    @property
    def outermost(self) -> str:
        """The input of the formula itself through which the value enters."""
        return self.input.split(" › ")[0]


@dataclass(frozen=True, slots=True)
class Step:
    """One intermediate value: an input by its name, or a part of the formula as plain text."""

    text: str
    stated: Interval
    allowed: Interval
    unit: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the formula comes to for one choice among the positions.

    Attributes:
        choices: Where the inputs' values come from.
        steps: Inputs first, then every intermediate value, last the result.
        stated: Result on the stated intervals; for a comparison, left side minus right side.
        allowed: Result on the intervals opened by their bounds; without limits where it could not be computed.
        unit: Unit of both.
        tight: Whether ``stated`` is the smallest interval that holds every result; else it may be too wide.
        truth: For a comparison at the top: holds, fails, or None for undecided. None for all other formulas.
        mixed: A sentence for each scope key in which the values are about different things, as a person wanted it.
        conversions: Amounts that were said in another currency, and the recorded rates that brought them into this one.
        compares: Whether the formula is a comparison.
    """

    choices: tuple[Choice, ...]
    steps: tuple[Step, ...]
    stated: Interval
    allowed: Interval
    unit: str
    tight: bool
    truth: bool | None
    mixed: tuple[str, ...] = ()
    conversions: tuple[Conversion, ...] = ()
    compares: bool = False


@dataclass(frozen=True, slots=True)
class ImpliedValue:
    """The value that an input would need for a checked figure to hold, or that a missing input must have.

    Attributes:
        input: Its name in the formula.
        value: The value at both ends of the checked figure: low paired with low, high with high.
        unit: Unit of ``value``.
        for_figure: The checked figure.
        explanation: One sentence with the arithmetic.
        further_values: Further values that do as well, such as the second root of a square.
        value_words: All values in words, with as many digits as tell them from what is said.
        voices: With whose numbers it is so, where there are several results; else empty.
    """

    input: str
    value: Interval
    unit: str
    for_figure: Id
    explanation: str
    further_values: tuple[Interval, ...] = ()
    value_words: str = ""
    voices: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """A stated figure laid beside the outcomes.

    Attributes:
        figure: The figure.
        verdict: The worst of ``pairings``, or of those that come of the numbers of the figure's own voice or source.
        severity: Of the pairing that gives the verdict.
        relation: How the outcomes lie to the figure, all together; overlapping where they do not all lie alike.
        pairings: One for each outcome, and one for each end of a stated spread that no outcome reaches.
        explanation: The worst pairing's, then the other outcomes, and what would have to be true instead. Of
            equally bad ones that is the worst which lies beyond the figure's bound.
    """

    figure: Id
    verdict: Verdict
    severity: Decimal
    relation: Relation | None
    pairings: tuple[Pairing, ...]
    explanation: str


@dataclass(frozen=True, slots=True)
class Result:
    """What a calculation comes to.

    Attributes:
        calculation: Its id.
        outcomes: One for each choice among the positions that the sources take; empty with a ``problem``.
        hull: The smallest interval around the stated results; None without any.
        unit: Unit of ``hull``.
        implied: Solved backwards: values that inputs would need, or that missing ones must have.
        problem: Empty when it could be computed; else why not, in a sentence.
        missing: Names of inputs that nobody states.
        checks: What comes of each figure that the calculation checks.
    """

    calculation: Id
    outcomes: tuple[Outcome, ...]
    hull: Interval | None
    unit: str
    implied: tuple[ImpliedValue, ...]
    problem: str
    missing: tuple[str, ...]
    checks: tuple[Check, ...] = ()
