"""Answers as facts: the word, the single changes that would alter it, and what nobody states."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from kb.domain.identity import Id


class Direction(StrEnum):
    """Where the evidence on a question points: to its first side, its second side, or neither."""

    YES = "yes"
    NO = "no"
    EVEN = "even"


class AnswerWord(StrEnum):
    """The answer: a judgement about robustness, not a probability."""

    YES = "yes"
    LEANING_YES = "leaning yes"
    OPEN = "open"
    LEANING_NO = "leaning no"
    NO = "no"


class HingeKind(StrEnum):
    """The kinds of single change, in the order in which they are shown."""

    SOURCE = "source"
    ORIGIN = "origin"
    POSITION = "position"
    ASSUMPTION = "assumption"
    INPUT = "input"
    NODE = "node"


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakEven:
    """The value of an input at which a condition would turn.

    Attributes:
        calculation: The calculation of the condition.
        input: The input's name in its formula, after that of an inner calculation.
        value: The value, in ``unit``.
        unit: Unit of the value.
        above: Whether the change is to more than it; False for less.
        past: A value of few digits past it, in ``unit``, at which the condition has turned.
        present: The middle of the input's present value, in ``unit``; None where nobody states one.
    """

    calculation: Id
    input: str
    value: Fraction
    unit: str
    above: bool
    past: Fraction
    present: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hinge:
    """A single change that would move the direction of an answer.

    Attributes:
        kind: What is changed.
        subject: Id of the source withdrawn, of the figure that represents the position taken, of the figure that
            states the assumption or the calculation that makes it, or of the node that is decided; for an origin, of
            the first figure or claim that is its word.
        origin: Name of the origin; empty for all other kinds.
        accepted: Whether the node is accepted; None for all other kinds.
        break_even: The value past which an assumption or an input is moved; None for all other kinds.
        before: The direction as recorded.
        after: The direction after the change.
        shift: How far the balance of the two sides moves, from -2 to 2; towards the first side above 0.
    """

    kind: HingeKind
    subject: Id
    origin: str = ""
    accepted: bool | None = None
    break_even: BreakEven | None = None
    before: Direction
    after: Direction
    shift: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedRange:
    """How far an input was moved without altering an answer.

    Attributes:
        calculation: A calculation that uses it.
        input: Its name in the formula, after that of an inner calculation.
        low: The least value tried, in ``unit``; None for no limit.
        high: The greatest value tried; None for no limit.
        unit: Unit of the values.
        present: The middle of its present value; None where nobody states one.
        stated: Whether its ends are the least and the greatest value that sources state, rather than what is possible.
        shifted: What becomes of the break-even of the input that nobody states and that decides the question; None
            where there is no such input.
    """

    calculation: Id
    input: str
    low: Fraction | None
    high: Fraction | None
    unit: str
    present: Fraction | None
    stated: bool = False
    shifted: "BreakEvenSpan | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakEvenSpan:
    """The least and the greatest break-even of ``input``, in ``unit``, while another input is moved.

    ``rising`` says that it is least at the least value of that other input, and greatest at the greatest.
    """

    input: str
    low: Fraction
    high: Fraction
    unit: str
    rising: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A single change that was tried and does not move the direction of an answer.

    Attributes:
        kind: What is changed.
        subject: As for a hinge.
        origin: As for a hinge.
        accepted: As for a hinge.
        range: How far an assumption or another input was moved; None for all other kinds.
        strengthens: Whether it moves the evidence further in the direction that it has.
    """

    kind: HingeKind
    subject: Id
    origin: str = ""
    accepted: bool | None = None
    range: TriedRange | None = None
    strengthens: bool = False


class GapKind(StrEnum):
    """What is not known."""

    MISSING_INPUT = "missing input"
    NO_RESULT = "no result"
    UNDECIDED = "undecided"
    NO_ARGUMENT = "no argument"
    SECOND_HAND = "second hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something that is not known and bears on an answer.

    Attributes:
        kind: What sort.
        subject: The calculation without an input or a result, the claim or question whose condition is undecided, or
            the question.
        input: Name of the input that nobody states; empty for all other kinds.
        side: The side without argument or without a first-hand source; empty for all other kinds.
        decides: Whether it keeps the answer open.
    """

    kind: GapKind
    subject: Id
    input: str = ""
    side: str = ""
    decides: bool = False


class Certainty(StrEnum):
    """How certain an answer is, after GRADE (Guyatt et al., BMJ 336 (2008) 924-926)."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very low"


class Concern(StrEnum):
    """A reason that lowers the certainty of an answer by one step."""

    ONE_ORIGIN = "one origin"
    INDIRECT = "indirect"
    INCONSISTENT = "inconsistent"
    IMPRECISE = "imprecise"
    LOW_RELIABILITY = "low reliability"
    OLD = "old"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """A certainty, and the reasons that lower it."""

    certainty: Certainty
    concerns: tuple[Concern, ...] = ()


def certainty_after(concerns: Collection[Concern]) -> Certainty:
    """The certainty that is left once each of ``concerns`` has lowered it by one step."""
    steps = list(Certainty)
    return steps[min(len(concerns), len(steps) - 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the evidence says on a question.

    Attributes:
        question: Id of the question.
        word: The answer.
        direction: Where the evidence points.
        strengths: Strengths of the first and of the second side.
        hinges: Single changes that would move the direction, in the order of their kinds, the furthest first; what
            nobody states and would decide the question stands before all others.
        tried: Single changes that come nearest to moving it and do not, the nearest first.
        gaps: What is not known, what keeps the answer open first.
        certainty: How certain it is.
        concerns: The reasons that lower it.
        only_case: The scope value that all figures that count are about, where that is one of the reasons.
        contested: The measures whose conflicting positions are one of the reasons.
        converged: Whether the strengths settled.
        exact: Whether what counts was chosen among all possibilities.
    """

    question: Id
    word: AnswerWord
    direction: Direction
    strengths: tuple[float, float]
    hinges: tuple[Hinge, ...]
    tried: tuple[Tried, ...]
    gaps: tuple[Gap, ...]
    certainty: Certainty
    concerns: tuple[Concern, ...]
    only_case: Id | None
    contested: tuple[Id, ...]
    converged: bool
    exact: bool

    @property
    def rating(self) -> Rating:
        """Its certainty as computed, and the reasons."""
        return Rating(certainty=self.certainty, concerns=self.concerns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusions:
    """What follows from everything that is known at one moment.

    Attributes:
        answers: By the id of the question.
        bearings: By the id of the finding, how far an answer moves when one of its sides is taken, then the other;
            above 0, findings that bear on no answer are left out.
    """

    answers: Mapping[Id, Answer]
    bearings: Mapping[str, float]
