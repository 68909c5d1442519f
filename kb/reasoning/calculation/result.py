"""Results of calculations as facts: one outcome for each choice among the positions, checks and implied values.

``reports.words`` makes the sentences when they are shown, so that wording can change without computing anything anew.
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
from kb.reasoning.arithmetic import NoResultReason
from kb.reasoning.calculation.equation_solver import Solution
from kb.reasoning.comparison.exchange import Conversion, Exchange


class ProblemReason(StrEnum):
    """Reasons for which a calculation has no result."""

    FORMULA = "the formula cannot be read, or its units do not fit"
    UNKNOWN_NAME = "the formula uses a name that is not an input"
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
    """The reason for which a calculation has no result, with its facts; each reason uses some of the attributes.

    Attributes:
        reason: The reason.
        inputs: Names of the inputs concerned, or names in the formula that are no inputs.
        calculations: The circle, from a calculation back to itself.
        part: The part of the formula that has no value, as plain text.
        divisor: The divisor of ``part``, as plain text; empty where it is zero, or where no one divisor can be named.
        values: The interval of the divisor, in ``unit``; None where it is zero.
        unit: The unit concerned: of the divisor, of the input, or what the formula gives.
        wanted_unit: The unit that should have come out.
        figure: The checked figure that no value gives.
        missing_rate: The exchange rate that is not recorded.
        limit: The largest number of cases that are evaluated.
        cause: The problem of an inner calculation; None where that was retracted.
        no_result: Why an operation has no value; None where none failed.
        exponent: The exponent that is too large or too fine for that operation.
        text: The message of an error in a formula or a unit.
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
    no_result: NoResultReason | None = None
    exponent: Fraction | None = None
    text: str = ""


class CalculationError(Exception):
    """A calculation cannot be evaluated.

    Attributes:
        problem: The reason, with its facts.
    """

    def __init__(self, problem: CalculationProblem) -> None:
        super().__init__(problem.reason)
        self.problem = problem


class ChoiceKind(StrEnum):
    """Origins of an input's value: a source, an assumption, a recorded rate, nobody, or a checked figure."""

    STATED = "stated"
    ASSUMED = "assumed"
    RATE = "rate"
    NOT_STATED = "not stated"
    IMPLIED = "implied"


@dataclass(frozen=True, slots=True)
class InputValue:
    """The value of an input.

    Attributes:
        stated: The interval as stated, in ``unit``.
        allowed: The interval that the bound leaves open, in ``unit``.
        unit: Unit of both.
    """

    stated: Interval
    allowed: Interval
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The origin of one input's value in an outcome.

    Attributes:
        input: The input's name in the formula, after that of an inner calculation (``cost › price``); for an exchange
            rate its unit.
        kind: Where the value comes from.
        figures: The figures behind it, of independent origin, the representative first; empty for assumptions and for
            inputs that nobody states.
        scope: What it is about, by key.
        leaf: The value's own name, the same wherever it enters; two inputs may share it.
        value: The value; None where its inner calculation enters the formula as one number.
        alleged: Whether all its voices only allege it.
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
        """Name of the formula's own input through which the value enters: ``cost`` for ``cost › price``."""
        return self.input.split(" › ")[0]


def distinguishing_choices(choices: Sequence[Choice], contested: Set[str]) -> list[Choice]:
    """The choices with figures by which one outcome differs from the others, and all that rest on an allegation."""
    # An allegation keeps its word wherever its number is shown, even where every outcome rests on it.
    return [choice for choice in choices if choice.figures and (choice.alleged or choice.outermost in contested)]


@dataclass(frozen=True, slots=True)
class Step:
    """One intermediate value of a calculation.

    Attributes:
        text: An input's name, or a part of the formula as plain text.
        stated: The value on the stated intervals, in ``unit``.
        allowed: The value on the allowed intervals, in ``unit``.
        unit: Unit of both.
    """

    text: str
    stated: Interval
    allowed: Interval
    unit: str


# Numbers on different things are combined only where a person wrote the formula so, by naming a figure or with
# ``where``; the page then says in what they differ.
@dataclass(frozen=True, slots=True)
class Mixture:
    """A scope key in which the inputs of one outcome are about different things.

    Attributes:
        key: The scope key.
        selections: What each input is about, by the input's name; inputs without the key are left out.
    """

    key: str
    selections: Mapping[str, ScopeSelection]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The result of the formula for one choice among the positions.

    Attributes:
        choices: The origins of the inputs' values.
        steps: Inputs first, then every intermediate value, last the result.
        stated: Result on the stated intervals, in ``unit``; for a comparison, left side minus right side.
        allowed: Result on the allowed intervals, in ``unit``; without limits where it has none or no value.
        rounded: Result where each stated input is read with its rounding; None where none was rounded.
        unit: Unit of these.
        spread: Whether ``stated`` is a range of which both ends occur.
        tight: Whether ``stated`` is the smallest interval that holds every result; else it may be too wide.
        compares: Whether the formula is a comparison.
        truth: Whether the comparison holds; None where it is undecided, and for all other formulas.
        mixed: Scope keys in which the inputs are about different things, because a person wrote the formula so.
        conversions: Inputs that were converted from another currency, with the rates.
    """

    choices: tuple[Choice, ...]
    steps: tuple[Step, ...]
    stated: Interval
    allowed: Interval
    rounded: Interval | None = None
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
        allowed: ``value`` opened by the bound of the figure, to the opposite side where more of the input gives less;
            ``value`` itself where the number is required and not its bound.
        further_values: Further solutions, such as the second root of a square, in ``unit``.
        unit: Unit of all of these.
        solution: The same in base units, with the values of the other inputs at which each end is reached.
        units: The unit of each input in the formula.
        outcomes: Places of the outcomes for which the value holds.
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
    """A whole multiple of another input.

    Attributes:
        times: The factor, at least 2.
        input: The other input's name.
    """

    times: int
    input: str


@dataclass(frozen=True, slots=True)
class SufficientRate:
    """The exchange rate at which a converted input would give the checked figure without any change to it.

    Attributes:
        needed: That rate, in ``unit``.
        recorded: The recorded rate, in ``unit``.
        unit: Unit of both, quoted as the rate was recorded, e.g. ``CNY/USD``.
    """

    needed: Fraction
    recorded: Interval
    unit: str


# A stated input has a present value to compare with, an unstated one has none but needs a unit: two types, so that no
# attribute is empty for one of them.
@dataclass(frozen=True, slots=True, kw_only=True)
class RequiredValue(SolvedValue):
    """The value that an input would need for a checked figure to hold, all others as they are.

    Attributes:
        exact: Whether the number itself is required, and not only its bound.
        keeps_bound: Whether the figure has a bound that some outcome keeps to already.
        within_allowed: Whether the bound of the input leaves room for the value already.
        present: The input's value in each of ``outcomes``, in ``unit``.
        exchange: The exchange that converts the input, where it is the same in all of ``outcomes``; else None.
        multiple: The other input of which the value is a whole multiple; None where there is none, or where only the
            bound is required.
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
    """The value that an input which nobody states must have for a checked figure to hold.

    Attributes:
        crossed: The wider range that pairing low with high would give, in ``unit``.
        range_inputs: Names of the inputs that alone account for the range of the figure; empty where the value is a
            range itself or the figure a single number.
    """

    crossed: Interval
    range_inputs: tuple[str, ...]


ImpliedValue = RequiredValue | MissingValue


# The outcomes by the numbers of others stay beside the deciding ones: an auditor who subtracts correctly is right, and
# a reader still wants to know what the union's costs would give.
@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A stated figure compared with the outcomes of a calculation.

    Attributes:
        figure: The figure.
        relation: Relation of the deciding outcomes to the figure; ``OVERLAPPING`` where they differ.
        pairings: One for each compared outcome, in their order, then one for each end of a stated spread that no
            outcome reaches.
        worst: Place of the pairing that gives the verdict.
        deciding: Places of the outcomes' pairings that count: those that use the figure's own voice or source in every
            contested input if there are any, else all; ascending.
        aside: Places of the other outcomes' pairings, ascending.
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
        """The verdict of the worst pairing."""
        return self.pairings[self.worst].verdict

    @property
    def severity(self) -> Decimal:
        """The severity of the worst pairing, from 0 to 1."""
        return self.pairings[self.worst].severity

    @property
    def compared(self) -> tuple[int, ...]:
        """Places of the compared outcomes among those of the result, ascending."""
        outcomes = (self.pairings[place].outcome for place in sorted((*self.deciding, *self.aside)))
        return tuple(outcome for outcome in outcomes if outcome is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """The result of a calculation.

    Attributes:
        calculation: Id of the calculation.
        outcomes: One for each compatible choice among the positions; empty with a ``problem``.
        hull: The smallest interval around the stated results, in ``unit``; None with a ``problem``.
        unit: Unit of ``hull``; with a ``problem``, the declared one.
        contested: Names of the inputs in whose values the outcomes differ.
        implied: Values solved backwards, figure by figure, the most telling first.
        problem: The reason for which there is no result; None where there is one.
        missing: Names of the inputs that nobody states.
        checks: One for each checked figure that is not in ``solved_from``, in the order of the calculation.
        solved_from: The figures from which a missing input was solved, here or in an inner calculation. The result
            agrees with them whatever the other numbers are, so that it checks none of them.
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
    solved_from: frozenset[Id] = frozenset()

    @property
    def conversion_rates(self) -> tuple[Id, ...]:
        """The figures of the rates that converted inputs, outcome by outcome."""
        conversions = (conversion for outcome in self.outcomes for conversion in outcome.conversions)
        return tuple(id for conversion in conversions for id in conversion.exchange.figures)

    @property
    def basis(self) -> list[list[object]]:
        """What came out, for the digest of a finding: a ruling reopens when an input changes it."""
        return [[outcome.stated, outcome.allowed, outcome.unit] for outcome in self.outcomes]
