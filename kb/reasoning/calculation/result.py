"""What a calculation comes to, as facts: one outcome for each choice among the positions, checks, implied values.

``reports.words`` makes the sentences when they are shown.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from kb.domain.finding import MissingRate, Pairing, Relation, Verdict
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.scope import ScopeSelection
from kb.domain.unit import Unit
from kb.reasoning.calculation.equation_solver import Solution
from kb.reasoning.comparison.exchange import Conversion, Exchange


class ProblemReason(StrEnum):
    """Why a calculation has no result."""

    FORMULA = "the formula cannot be read, or its units do not fit"
    UNKNOWN_NAME = "the formula uses a name that is no input"
    CIRCLE = "the calculation rests on itself"
    NO_COMMON_SCOPE = "no positions on the inputs share a scope"
    NO_POSITION = "nobody takes a position on a measure"
    RETRACTED_FIGURE = "a figure was retracted"
    FAILED_INPUT = "an inner calculation has no result"
    TOO_MANY_CASES = "too many ways to choose among the positions"
    NO_RATE = "no exchange rate"
    POWER_OF_CURRENCY = "a rate converts no power of a currency"
    UNKNOWN_UNIT = "the unit of the calculation cannot be read"
    WRONG_UNIT = "the formula gives another unit"
    NO_VALUE = "a part of the formula has no value"
    DIVISION_BY_ZERO = "a part of the formula divides by zero"
    SEVERAL_MISSING = "nobody states several inputs"
    NOTHING_IMPLIES = "nobody states an input, and no checked figure implies it"
    NOT_SOLVABLE = "an input cannot be solved for"
    NO_SOLUTION = "no value of an input gives the checked figure"
    NO_UNIT = "no unit of an input gives that of the checked figure"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalculationProblem:
    """Why a calculation has no result. Each reason uses some of the attributes.

    Attributes:
        reason: The reason.
        inputs: Names of the inputs concerned, or names in the formula that are no inputs.
        calculations: The circle, from the calculation back to itself.
        part: The part of the formula that has no value, as plain text.
        divisor: What ``part`` divides by; empty where it is zero, or where no one divisor can be named.
        values: What it divides by may be, in ``unit``; None where it is zero.
        unit: The unit concerned: of the divisor, of the input, or what the formula gives.
        wanted_unit: The unit that should have come out.
        figure: The checked figure that no value gives.
        missing_rate: The rate that is not recorded.
        limit: The most cases that are worked out.
        cause: Why an inner calculation has no result; None where it was retracted.
        text: The message of an error in a formula, a unit or an operation.
    """

    reason: ProblemReason
    inputs: tuple[str, ...] = ()
    calculations: tuple[Id, ...] = ()
    part: str = ""
    divisor: str = ""
    values: Interval | None = None
    unit: str = ""
    wanted_unit: str = ""
    figure: Id | None = None
    missing_rate: MissingRate | None = None
    limit: int = 0
    cause: "CalculationProblem | None" = None
    text: str = ""


class CalculationError(Exception):
    """A calculation cannot be worked out; ``problem`` says why."""

    def __init__(self, problem: CalculationProblem) -> None:
        super().__init__(problem.reason)
        self.problem = problem


class ChoiceKind(StrEnum):
    """Where the value of an input comes from."""

    STATED = "stated"
    ASSUMED = "assumed"
    RATE = "rate"
    NOT_STATED = "not stated"
    IMPLIED = "implied"


@dataclass(frozen=True, slots=True)
class InputValue:
    """The value of an input as stated and as its bound allows, both in ``unit``."""

    stated: Interval
    allowed: Interval
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Where one input's value comes from in an outcome.

    Attributes:
        input: The input's name in the formula, after that of the inner calculation (``cost › price``); the unit of an
            exchange rate.
        kind: Whether somebody states it.
        figures: The figures behind it, of independent origin, the representative first; empty for an assumption.
        scope: What it is about.
        leaf: The value's own name, the same wherever it enters; two inputs may share it.
        value: What it comes to; None where its inner calculation enters the formula as one number.
        alleged: Whether all who say it only allege it.
        exchange: The exchange rate that it is; None for all other values.
    """

    input: str
    kind: ChoiceKind
    figures: tuple[Id, ...] = ()
    scope: Mapping[str, ScopeSelection] = field(default_factory=dict)
    leaf: str = ""
    value: InputValue | None = None
    alleged: bool = False
    exchange: Exchange | None = None

    @property
    def outermost(self) -> str:
        """The input of the formula itself through which the value enters."""
        return self.input.split(" › ")[0]


def distinguishing_choices(choices: Sequence[Choice], contested: Set[str]) -> list[Choice]:
    """The choices that tell one outcome from the others, and those that rest on an allegation in any case."""
    return [choice for choice in choices if choice.figures and (choice.alleged or choice.outermost in contested)]


@dataclass(frozen=True, slots=True)
class Step:
    """One intermediate value: an input by its name, or a part of the formula as plain text."""

    text: str
    stated: Interval
    allowed: Interval
    unit: str


@dataclass(frozen=True, slots=True)
class Mixture:
    """A scope key in which the values of one outcome are about different things.

    Attributes:
        key: The key.
        selections: What each input is about, by its name in the formula.
    """

    key: str
    selections: Mapping[str, ScopeSelection]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the formula comes to for one choice among the positions.

    Attributes:
        choices: Where the inputs' values come from.
        steps: Inputs first, then every intermediate value, last the result.
        stated: Result on the stated intervals; for a comparison, left side minus right side.
        allowed: Result on the intervals opened by their bounds; without limits where it could not be computed.
        unit: Unit of both.
        spread: Whether ``stated`` is a range of which both ends occur.
        tight: Whether ``stated`` is the smallest interval that holds every result; else it may be too wide.
        compares: Whether the formula is a comparison.
        truth: Whether the comparison holds; None where it is undecided, and for all other formulas.
        mixed: Scope keys in which the values are about different things, because a person wrote the formula so.
        conversions: Amounts that were stated in another currency, with the rates that converted them.
    """

    choices: tuple[Choice, ...]
    steps: tuple[Step, ...]
    stated: Interval
    allowed: Interval
    unit: str
    spread: bool
    tight: bool
    compares: bool
    truth: bool | None
    mixed: tuple[Mixture, ...] = ()
    conversions: tuple[Conversion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SolvedValue:
    """A value of one input, solved backwards from a checked figure.

    Attributes:
        input: The input's name in the formula.
        for_figure: The checked figure.
        value: The value at both ends of the figure, low paired with low and high with high, in ``unit``.
        allowed: ``value`` opened by the bound of the figure, turned round where more of the input gives less; ``value``
            itself where the number is asked for and not its bound.
        further_values: Further values that do as well, such as the second root of a square, in ``unit``.
        unit: Unit of all of these.
        solution: The same in base units, with the values of the other inputs at which each end is reached.
        units: The unit of each input in the formula.
        outcomes: Places of the outcomes for which it is so.
    """

    input: str
    for_figure: Id
    value: Interval
    allowed: Interval
    further_values: tuple[Interval, ...]
    unit: str
    solution: Solution
    units: Mapping[str, Unit]
    outcomes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Multiple:
    """A whole number of times another input."""

    times: int
    input: str


@dataclass(frozen=True, slots=True)
class SufficientRate:
    """The exchange rate at which a converted amount would do as it is.

    Attributes:
        needed: The rate, in ``unit``.
        recorded: The recorded one.
        unit: Unit of both, the way round in which the rate was recorded.
    """

    needed: Fraction
    recorded: Interval
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequiredValue(SolvedValue):
    """What an input would need to be for a checked figure to hold, all others as they are.

    Attributes:
        exact: Whether the number itself is asked for, and not only its bound.
        keeps_bound: Whether the figure has a bound, and some outcome keeps to it already.
        within_allowed: Whether what is stated of the input allows the value already.
        present: What the input is taken to be in each of ``outcomes``, in ``unit``.
        exchange: The rate by which the input is converted, where that is one in all of ``outcomes``; else None.
        multiple: Of which other input it is a whole multiple, where the number itself is asked for; else None.
        sufficient_rate: The rate at which the input would do as it is, where it is the whole formula; else None.
    """

    exact: bool
    keeps_bound: bool
    within_allowed: bool
    present: tuple[InputValue, ...]
    exchange: Exchange | None
    multiple: Multiple | None
    sufficient_rate: SufficientRate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingValue(SolvedValue):
    """What an input that nobody states must be for a checked figure to hold.

    Attributes:
        crossed: The values that pairing low with high would leave room for, in ``unit``.
        range_inputs: Inputs from which alone the range of the figure comes; empty where the value is a range itself.
    """

    crossed: Interval
    range_inputs: tuple[str, ...]


ImpliedValue = RequiredValue | MissingValue


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A stated figure compared with the outcomes.

    Attributes:
        figure: The figure.
        relation: How the outcomes that decide lie to the figure; overlapping where they do not all lie alike.
        pairings: One for each outcome that is compared, in their order, then one for each end of a stated spread that
            no outcome reaches.
        worst: Place of the pairing that gives the verdict.
        deciding: Places of the pairings that decide: those with the own numbers of the figure's voice or source where
            there are any, else all.
        aside: Places of the pairings with the numbers of others, where those do not decide.
        contested: Names of the inputs in whose values the compared outcomes differ.
    """

    figure: Id
    relation: Relation | None
    pairings: tuple[Pairing, ...]
    worst: int
    deciding: tuple[int, ...]
    aside: tuple[int, ...]
    contested: frozenset[str]

    @property
    def verdict(self) -> Verdict:
        """That of the worst pairing."""
        return self.pairings[self.worst].verdict

    @property
    def severity(self) -> Decimal:
        """That of the worst pairing, from 0 to 1."""
        return self.pairings[self.worst].severity

    @property
    def compared(self) -> tuple[int, ...]:
        """Places of the compared outcomes among those of the result, ascending."""
        outcomes = (self.pairings[place].outcome for place in sorted((*self.deciding, *self.aside)))
        return tuple(outcome for outcome in outcomes if outcome is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a calculation comes to.

    Attributes:
        calculation: Its id.
        outcomes: One for each choice among the positions that the sources take; empty with a ``problem``.
        hull: The smallest interval around the stated results; None without any.
        unit: Unit of ``hull``.
        contested: Names of the inputs in whose values the outcomes differ.
        implied: Values solved backwards, for each checked figure those in front that explain most.
        problem: Why it could not be computed; None where it could.
        missing: Names of inputs that nobody states.
        checks: One for each figure that the calculation checks.
    """

    calculation: Id
    outcomes: tuple[Outcome, ...] = ()
    hull: Interval | None = None
    unit: str
    contested: frozenset[str] = frozenset()
    implied: tuple[ImpliedValue, ...] = ()
    problem: CalculationProblem | None = None
    missing: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
