"""Conditions that turn when one input is moved past its break-even: assumptions, ranges, and missing inputs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from itertools import product
from math import ceil, floor, log10

from kb.domain.answer import BreakEven, BreakEvenSpan, HingeKind, TriedRange
from kb.domain.confidence import Confidence
from kb.domain.entity import (
    NON_COMMITTAL_STANCES,
    Calculation,
    Condition,
    Figure,
    Input,
    InputKind,
    Measure,
    Stance,
    Voice,
)
from kb.domain.formula import Compare, names
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.domain.measure_kind import MeasureKind
from kb.domain.passage import Passage
from kb.domain.unit import Unit
from kb.reasoning.answers.slice import QuestionSlice
from kb.reasoning.argumentation.condition import limit_of
from kb.reasoning.argumentation.strength import Change
from kb.reasoning.arithmetic import EVERYTHING, NoResult, subtract
from kb.reasoning.calculation.case import Case, box_of
from kb.reasoning.calculation.equation_solver import solve_at_point
from kb.reasoning.calculation.evaluation import EvaluatedCalculation, evaluated_calculations
from kb.reasoning.calculation.interval_evaluation import enclose, truth
from kb.reasoning.calculation.result import Choice, ChoiceKind
from kb.reasoning.calculation.sensitivity import middle
from kb.reasoning.comparison.tolerance import scaled
from kb.reasoning.findings.mention import normalized_quantity

_PAST = Fraction(1, 1_000_000)
"""How far past a break-even an input is moved, as a share of it."""

_MOST_CORNERS = 4
"""Number of other uncertain inputs up to which every combination of their ends is tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedInput:
    """An input moved just past a break-even.

    Attributes:
        kind: Whether it is an assumption, or an input that is stated as a range or by nobody.
        subject: The figure that states it, or the calculation that assumes it or lacks it.
        break_even: The value past which it is moved.
        change: What that makes of the conditions that depend on it.
    """

    kind: HingeKind
    subject: Id
    break_even: BreakEven
    change: Change


@dataclass(frozen=True, slots=True, kw_only=True)
class MovableInput:
    """An input that may be moved.

    Attributes:
        name: Its name in the formulas of all cases.
        input: What readers call it.
        calculation: The calculation of a condition that it is an input of.
        subject: The figure that states it, or the calculation.
        unit: Its unit.
        present: Its interval now, in base units; without ends where nobody states it.
        within: Where it may be moved to, in base units.
        stated: Whether that is what sources state of its measure, rather than what is possible.
        is_assumption: Whether it is assumed, rather than stated as a range or by nobody.
        decides: Whether the condition that decides the question uses it.
        shifted: The break-even of the input that this condition lacks, while this one is moved; None where it lacks
            none, or has none at an end of that.
    """

    name: str
    input: str
    calculation: Id
    subject: Id
    unit: Unit
    present: Interval
    within: Interval
    stated: bool
    is_assumption: bool
    decides: bool
    shifted: BreakEvenSpan | None

    @property
    def kind(self) -> HingeKind:
        """The kind of change that moves it."""
        return HingeKind.ASSUMPTION if self.is_assumption else HingeKind.INPUT

    @property
    def range(self) -> TriedRange:
        """Where it may be moved to, in its own unit."""
        within, present = scaled(self.within, 1 / self.unit.factor), middle(self.present)
        return TriedRange(
            calculation=self.calculation,
            input=self.input,
            low=within.low,
            high=within.high,
            unit=str(self.unit),
            present=None if present is None else present / self.unit.factor,
            stated=self.stated,
            shifted=self.shifted,
        )


def moved_inputs(part: QuestionSlice) -> Iterator[tuple[MovableInput, tuple[MovedInput, ...]]]:
    """Each input of a condition, moved past the break-evens nearest to its value as far as it may be moved there."""
    conditions = set(part.conditions.values())
    worked = {condition: worked_calculation(part, condition) for condition in conditions}
    ordered = sorted(
        conditions,
        key=lambda one: (one != part.question.decided_by, one.calculation, one.sign, str(one.limit)),
    )
    seen: set[str] = set()
    for condition in ordered:
        for leaf in _movable(part, condition, worked[condition]):
            if leaf.name not in seen:
                seen.add(leaf.name)
                yield leaf, tuple(_moved(part, leaf, worked))


def worked_calculation(part: QuestionSlice, condition: Condition) -> EvaluatedCalculation:
    """The calculation of ``condition`` with its cases; where an input is missing, with what the limit implies of it."""
    evaluated = part.recalculation.evaluated[condition.calculation]
    if evaluated.cases or not evaluated.result.missing:
        return evaluated
    return _solved_for_missing(part.knowledge, part.knowledge.calculations[condition.calculation], condition)


def _solved_for_missing(knowledge: Knowledge, calculation: Calculation, condition: Condition) -> EvaluatedCalculation:
    # The limit takes the place of a figure that the calculation checks: the missing input is solved for it.
    limit = _limit_as_figure(condition)
    measure = Measure(id=limit.measure, slug="", file="", label="", unit=condition.limit.unit, kind=MeasureKind.RATIO)
    extended = replace(
        knowledge,
        figures={**knowledge.figures, limit.id: limit},
        measures={**knowledge.measures, measure.id: measure},
        calculations={**knowledge.calculations, calculation.id: replace(calculation, checks=(limit.id,))},
    )
    return evaluated_calculations(extended, [calculation.id])[calculation.id]


def _limit_as_figure(condition: Condition) -> Figure:
    return Figure(
        id=Id("((limit))"),
        slug="",
        file="",
        source=Id(""),
        measure=Id("((limit measure))"),
        quantity=condition.limit,
        voice=Voice("limit"),
        passage=Passage(1),
        stance=Stance.ASSERTED,
        confidence=Confidence("1"),
    )


# What may be moved, and how far


def _movable(part: QuestionSlice, condition: Condition, worked: EvaluatedCalculation) -> Iterator[MovableInput]:
    assumptions = {
        f"{calculation.id} {input.name}": (calculation.id, input)
        for calculation in part.knowledge.calculations.values()
        for input in calculation.inputs
        if input.kind in (InputKind.ASSUMED, InputKind.MISSING)
    }
    undecided = condition_truth(part, condition, worked, "", None) is None
    decides = condition == part.question.decided_by
    for case in worked.cases:
        for choice in case.option.choices:
            leaf = case.option.leaves.get(choice.leaf)
            if leaf is None or choice.kind is ChoiceKind.RATE:
                continue
            subject, input = assumptions.get(choice.leaf, (choice.figures[0] if choice.figures else Id(""), None))
            present = leaf.values["allowed"]
            assumed = choice.kind is ChoiceKind.ASSUMED or is_assumed(part.knowledge, choice)
            missing = input is not None and input.kind is InputKind.MISSING
            if missing:
                present = EVERYTHING
            if assumed or missing or (undecided and not present.exact):
                elsewhere = _stated_elsewhere(part, choice, input) if assumed else None if missing else present
                within = elsewhere or possible_values(leaf.unit, present)
                yield MovableInput(
                    name=choice.leaf,
                    input=choice.input,
                    calculation=condition.calculation,
                    subject=subject,
                    unit=leaf.unit,
                    present=present,
                    within=within,
                    stated=elsewhere is not None,
                    is_assumption=assumed,
                    decides=decides,
                    shifted=_shifted(part, condition, worked, choice.leaf, within) if decides else None,
                )


def is_assumed(knowledge: Knowledge, choice: Choice) -> bool:
    """Whether every figure that states a chosen value only assumes it; False where none does."""
    stances = {knowledge.figures[id].stance for id in choice.figures if id in knowledge.figures}
    return stances == {Stance.ASSUMED}


def _stated_elsewhere(part: QuestionSlice, choice: Choice, input: Input | None) -> Interval | None:
    """The hull of what sources state of the measure of an assumption, in base units; None where they state nothing."""
    knowledge = part.knowledge
    measure = input.of if input else knowledge.figures[choice.figures[0]].measure
    stated = stated_values(part, measure) if measure else []
    return reduce(Interval.hull, stated) if stated else None


def stated_values(part: QuestionSlice, measure: Id) -> list[Interval]:
    """What sources that commit themselves state of a measure, in base units."""
    knowledge = part.knowledge
    return [
        scaled(normalized.stated, knowledge.unit(normalized.unit).factor)
        for figure in knowledge.figures_of_measure.get(measure, ())
        if figure.stance not in NON_COMMITTAL_STANCES
        for normalized in (normalized_quantity(knowledge, figure),)
    ]


def possible_values(unit: Unit, present: Interval) -> Interval:
    """What an input may be where nobody states other values: a share of a whole stays one, an amount keeps its sign."""
    low, high = present.low, present.high
    if unit.is_dimensionless and low is not None and high is not None and low >= 0 and high <= 1:
        return Interval(Fraction(0), Fraction(1))
    if low is not None and low < 0:
        return Interval(None, Fraction(0)) if high is not None and high <= 0 else Interval(None, None)
    return Interval(Fraction(0), None)


def _shifted(
    part: QuestionSlice, condition: Condition, worked: EvaluatedCalculation, leaf: str, within: Interval
) -> BreakEvenSpan | None:
    """The break-even of the input that ``condition`` lacks, with ``leaf`` at either end of ``within``."""
    limit, lacking = limit_of(part.knowledge, condition), None
    roots: tuple[set[Fraction], set[Fraction]] = (set(), set())
    for case in worked.cases if part.results[condition.calculation].missing else ():
        lacking = next((choice for choice in case.option.choices if case.option.leaves[choice.leaf].missing), None)
        if lacking is None or lacking.leaf == leaf or limit.low is None or within.low is None or within.high is None:
            return None
        for end, at_end in zip((within.low, within.high), roots, strict=True):
            solutions = [
                solution
                for constants in corners(case, lacking.leaf)
                for solution in solve_at_point(case.expr, lacking.leaf, {**constants, leaf: end}, limit.low)
            ]
            if not solutions:
                return None
            at_end.update(solution.low for solution in solutions if solution.low is not None)
    if lacking is None or not all(roots):
        return None
    unit = worked.cases[0].option.leaves[lacking.leaf].unit
    return BreakEvenSpan(
        input=lacking.input,
        low=min(map(min, roots)) / unit.factor,
        high=max(map(max, roots)) / unit.factor,
        unit=str(unit),
        rising=min(roots[0]) <= min(roots[1]),
    )


# Moving it


def _moved(
    part: QuestionSlice, leaf: MovableInput, worked: Mapping[Condition, EvaluatedCalculation]
) -> Iterator[MovedInput]:
    for condition, evaluated in worked.items():
        present = condition_truth(part, condition, evaluated, "", None)
        nearest: dict[bool, tuple[Fraction, Fraction]] = {}
        candidates = sorted(_candidates(part, condition, evaluated, leaf), key=lambda pair: _distance(pair[1], leaf))
        for root, value in candidates:
            outcome = condition_truth(part, condition, evaluated, leaf.name, value)
            if outcome is not None and outcome is not present and leaf.within.holds(value):
                nearest.setdefault(outcome, (root, value))
        for root, value in nearest.values():
            yield _moved_to(part, leaf, condition, worked, root, value)


def _moved_to(
    part: QuestionSlice,
    leaf: MovableInput,
    condition: Condition,
    worked: Mapping[Condition, EvaluatedCalculation],
    root: Fraction,
    value: Fraction,
) -> MovedInput:
    # The input is the same number wherever it is used, so that other conditions may turn with this one.
    concerned = {other for other, evaluated in worked.items() if _uses(evaluated, leaf.name)}

    def truths_at(moved: Fraction) -> dict[int, bool | None]:
        return part.truths(
            lambda other: condition_truth(part, other, worked[other], leaf.name, moved), concerned.__contains__
        )

    truths = truths_at(value)
    plain = (one for one in _plain_values(leaf, root, value) if leaf.within.holds(one) and truths_at(one) == truths)
    weights = part.recomputed(part.knowledge, {c.calculation: worked[c].result for c in concerned})
    present = middle(leaf.present)
    return MovedInput(
        kind=leaf.kind,
        subject=leaf.subject,
        break_even=BreakEven(
            calculation=condition.calculation,
            input=leaf.input,
            value=root / leaf.unit.factor,
            unit=str(leaf.unit),
            above=value > root,
            past=next(plain, value) / leaf.unit.factor,
            present=None if present is None else present / leaf.unit.factor,
        ),
        change=replace(weights, truths=truths),
    )


def _plain_values(leaf: MovableInput, root: Fraction, value: Fraction) -> Iterator[Fraction]:
    """Values past ``root`` on the side of ``value``, of ever more digits in the unit of ``leaf``."""
    factor = leaf.unit.factor
    start = root / factor
    first = floor(log10(abs(start or middle(leaf.present) or 1)))
    for digits in range(2, 10):
        step = Fraction(10) ** (first + 1 - digits)
        plain = floor(start / step) + 1 if value > root else ceil(start / step) - 1
        yield plain * step * factor


def _uses(evaluated: EvaluatedCalculation, leaf: str) -> bool:
    return any(leaf in case.option.leaves for case in evaluated.cases)


def _distance(value: Fraction, leaf: MovableInput) -> Fraction:
    present = middle(leaf.present)
    return Fraction(0) if present is None else abs(value - present)


def _candidates(
    part: QuestionSlice, condition: Condition, evaluated: EvaluatedCalculation, leaf: MovableInput
) -> Iterator[tuple[Fraction, Fraction]]:
    """Values at which some case meets the limit exactly, each with a value just below and one just above it."""
    limit = limit_of(part.knowledge, condition)
    roots: set[Fraction] = set()
    for case in evaluated.cases:
        if leaf.name not in case.option.leaves or isinstance(case.expr, Compare) or limit.low is None:
            continue
        for constants in corners(case, leaf.name):
            solutions = solve_at_point(case.expr, leaf.name, constants, limit.low)
            roots |= {solution.low for solution in solutions if solution.low is not None}
    for root in sorted(roots):
        step = abs(root) * _PAST or _PAST
        yield root, root - step
        yield root, root + step


def corners(case: Case, *varied: str) -> Iterable[Mapping[str, Fraction]]:
    """The inputs of a case but those ``varied`` at the ends of what they may be; at the middles of too many."""
    used = set(names(case.expr)) - set(varied)
    others = {name: leaf.values["allowed"] for name, leaf in case.option.leaves.items() if name in used}
    ends = {
        name: [end for end in dict.fromkeys((values.low, values.high)) if end is not None]
        for name, values in others.items()
    }
    if not all(ends.values()):
        return
    if sum(len(values) > 1 for values in ends.values()) > _MOST_CORNERS:
        ends = {name: [sum(values, Fraction(0)) / len(values)] for name, values in ends.items()}
    for corner in product(*ends.values()):
        yield dict(zip(ends, corner, strict=True))


def condition_truth(
    part: QuestionSlice, condition: Condition, evaluated: EvaluatedCalculation, leaf: str, value: Fraction | None
) -> bool | None:
    """Whether ``condition`` holds with one input at ``value``, in base units; as it is for None.

    None where that is undecided, or an input is missing.
    """
    if value is None and (evaluated.result.missing or evaluated.result.problem):
        return None
    limit = limit_of(part.knowledge, condition)
    solved_for_limit = part.results[condition.calculation].problem is not None
    truths: set[bool | None] = set()
    for case in evaluated.cases:
        box = dict(box_of(case.option.leaves, "allowed"))
        if solved_for_limit:
            # What nobody states stays open while another input is moved, and may be whatever is possible.
            box |= {
                name: possible_values(one.unit, EVERYTHING) for name, one in case.option.leaves.items() if one.missing
            }
        if value is not None and leaf in box:
            box[leaf] = Interval.at(value)
        try:
            truths.add(truth(condition.sign, subtract(enclose(case.expr, box).interval, limit)))
        except NoResult:
            truths.add(None)
    return truths.pop() if len(truths) == 1 else None
