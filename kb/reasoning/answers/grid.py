"""What a deciding calculation comes to for combinations of two of its inputs, and where each row turns."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import reduce

from kb.domain.entity import Condition, InputKind
from kb.domain.formula import Compare, names
from kb.domain.interval import Interval
from kb.domain.unit import Unit
from kb.reasoning.answers.break_even import (
    corners,
    is_assumed,
    possible_values,
    stated_values,
    worked_calculation,
)
from kb.reasoning.answers.slice import QuestionSlice
from kb.reasoning.argumentation.condition import limit_of
from kb.reasoning.arithmetic import NoResult, subtract
from kb.reasoning.calculation.case import Case, box_of
from kb.reasoning.calculation.equation_solver import solve_at_point
from kb.reasoning.calculation.interval_evaluation import enclose, truth
from kb.reasoning.calculation.option import Leaf
from kb.reasoning.calculation.result import Choice, ChoiceKind
from kb.reasoning.calculation.sensitivity import middle
from kb.reasoning.comparison.tolerance import scaled

_MOST_VALUES = 5
_FEWEST_VALUES = 3
_MULTIPLES = (Fraction(1, 4), Fraction(1, 2), Fraction(1), Fraction(2), Fraction(4))


class ValueSource(StrEnum):
    """Where a value on an axis comes from: a source, an assumption, or us."""

    STATED = "stated"
    ASSUMED = "assumed"
    TRIED = "tried"


@dataclass(frozen=True, slots=True)
class GridValue:
    """A value of an input, in the unit of its axis."""

    value: Fraction
    source: ValueSource


@dataclass(frozen=True, slots=True, kw_only=True)
class GridAxis:
    """Values of one input, ascending.

    ``input`` is its name in the formula, behind that of an inner calculation.
    """

    input: str
    unit: str
    values: tuple[GridValue, ...]


@dataclass(frozen=True, slots=True)
class GridCell:
    """The result for two values, in the unit of the grid, and whether the condition holds; None for no result."""

    result: Interval | None
    holds: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakEvenGrid:
    """A calculation for combinations of two inputs.

    Attributes:
        condition: What is asked of its result.
        unit: Unit of the results.
        down: The input of the rows.
        across: The input of the columns.
        cells: For each row, a cell for each column.
        turns: For each row, where on the other axis the condition turns; None where it does not, or not in one place.
    """

    condition: Condition
    unit: str
    down: GridAxis
    across: GridAxis
    cells: tuple[tuple[GridCell, ...], ...]
    turns: tuple[Fraction | None, ...]


def break_even_grid(part: QuestionSlice, condition: Condition) -> BreakEvenGrid | None:
    """The calculation of ``condition`` for values of the two inputs that are least certain.

    None where it has fewer than two, or no number for a result.
    """
    cases = [case for case in worked_calculation(part, condition).cases if not isinstance(case.expr, Compare)]
    limit = limit_of(part.knowledge, condition)
    inputs = _inputs(part, condition, cases)
    if limit.low is None or len(inputs) < 2:
        return None
    across, down = inputs[:2]
    rows = _values(part, down, [])
    turning = [_roots(cases, across, _at(down, value), limit.low) for value in rows]
    likely = [roots for roots, source in zip(turning, rows.values(), strict=True) if source is ValueSource.ASSUMED]
    columns = _values(part, across, [root for roots in likely or turning for root in roots])
    calculation = part.knowledge.calculations[condition.calculation]
    return BreakEvenGrid(
        condition=condition,
        unit=calculation.unit or cases[0].outcome.unit,
        down=_axis(down, rows),
        across=_axis(across, columns),
        cells=tuple(
            tuple(_cell(cases, condition, limit, {**_at(down, row), **_at(across, column)}) for column in columns)
            for row in rows
        ),
        turns=tuple(roots[0] / across.unit.factor if len(roots) == 1 else None for roots in turning),
    )


# The inputs


@dataclass(slots=True)
class _Movable:
    """An input that a grid may vary, under whatever names it has in the cases."""

    name: str
    unit: Unit
    rank: int
    leaves: dict[str, Leaf] = field(default_factory=dict)
    choices: list[Choice] = field(default_factory=list)

    @property
    def points(self) -> list[Fraction]:
        """The ends of what is stated or assumed, in base units; what a limit implies of a missing input is neither."""
        if self.rank == _MISSING:
            return []
        ends = (end for leaf in self.leaves.values() for end in (leaf.values["stated"].low, leaf.values["stated"].high))
        return [end for end in dict.fromkeys(ends) if end is not None]


_MISSING, _ASSUMED, _UNCERTAIN, _KNOWN = range(4)


def _inputs(part: QuestionSlice, condition: Condition, cases: Iterable[Case]) -> list[_Movable]:
    """The inputs of a calculation, what nobody states first, then what is assumed, disputed and known."""
    constant = {
        f"{calculation.id} {entry.name}"
        for calculation in part.with_inner([condition.calculation])
        for entry in calculation.inputs
        if entry.is_constant
    }
    found: dict[str, _Movable] = {}
    for case in cases:
        used = set(names(case.expr))
        for choice in case.option.choices:
            leaf = case.option.leaves.get(choice.leaf)
            if leaf is None or choice.leaf not in used - constant or choice.kind is ChoiceKind.RATE:
                continue
            # A value that enters twice is one number, whatever the two inputs are called.
            known = next((one for one in found.values() if choice.leaf in one.leaves), None)
            one = known or found.setdefault(choice.input, _Movable(choice.input, leaf.unit, _rank(part, choice, leaf)))
            one.leaves[choice.leaf] = leaf
            one.choices.append(choice)
    for one in found.values():
        if one.rank == _KNOWN and len(one.points) > 1:
            one.rank = _UNCERTAIN
    return sorted(found.values(), key=lambda one: one.rank)


def _rank(part: QuestionSlice, choice: Choice, leaf: Leaf) -> int:
    if leaf.missing:
        return _MISSING
    assumed = choice.kind is ChoiceKind.ASSUMED or is_assumed(part.knowledge, choice)
    return _ASSUMED if assumed else _KNOWN


# The axes


def _values(part: QuestionSlice, one: _Movable, turning: Sequence[Fraction]) -> dict[Fraction, ValueSource]:
    """The values of an input that a grid shows, in base units, ascending; with few stated ones, some that are tried."""
    own = ValueSource.ASSUMED if one.rank == _ASSUMED else ValueSource.STATED
    values: dict[Fraction, ValueSource] = {}
    if one.rank == _ASSUMED:
        for interval in _stated_elsewhere(part, one):
            ends = (end for end in (interval.low, interval.high) if end is not None)
            values.update(dict.fromkeys(ends, ValueSource.STATED))
    values |= dict.fromkeys((point for point in one.points if point not in values), own)
    if len(values) < _FEWEST_VALUES:
        base = _middle_of(turning) or _middle_of(list(values))
        within = possible_values(one.unit, next(iter(one.leaves.values())).values["allowed"])
        tried = (_rounded(base / one.unit.factor * by) * one.unit.factor for by in _MULTIPLES) if base else ()
        values |= {value: ValueSource.TRIED for value in tried if value not in values and within.holds(value)}
    return dict(sorted(_fewer(values).items()))


def _stated_elsewhere(part: QuestionSlice, one: _Movable) -> list[Interval]:
    known = part.knowledge
    measures = {known.figures[id].measure for choice in one.choices for id in choice.figures if id in known.figures}
    for calculation in known.calculations.values():
        for entry in calculation.inputs:
            if entry.kind is InputKind.ASSUMED and entry.of and f"{calculation.id} {entry.name}" in one.leaves:
                measures.add(entry.of)
    return [interval for measure in measures for interval in stated_values(part, measure)]


def _middle_of(values: Sequence[Fraction]) -> Fraction | None:
    return sorted(values)[len(values) // 2] if values else None


def _rounded(value: Fraction) -> Fraction:
    """``value`` to two significant digits.

    >>> _rounded(Fraction(299)), _rounded(Fraction(-1, 7))
    (Fraction(300, 1), Fraction(-7, 50))
    """
    size = Fraction(10)
    while value and abs(value) < size:
        size /= 10
    while abs(value) >= size * 10:
        size *= 10
    return round(value / size * 10) * size / 10


def _fewer(values: Mapping[Fraction, ValueSource]) -> dict[Fraction, ValueSource]:
    """At most five of ``values``: those assumed, then those stated, then those tried, each spread evenly."""
    kept: dict[Fraction, ValueSource] = {}
    for source in (ValueSource.ASSUMED, ValueSource.STATED, ValueSource.TRIED):
        own = sorted(value for value in values if values[value] is source)
        kept |= dict.fromkeys(_evenly(own, _MOST_VALUES - len(kept)), source)
    return kept


def _evenly(values: Sequence[Fraction], number: int) -> Iterator[Fraction]:
    """At most ``number`` of ``values``, the first and the last among them if there is room for two."""
    if len(values) <= number or number < 2:
        yield from values[: max(number, 0)]
        return
    for place in range(number):
        yield values[place * (len(values) - 1) // (number - 1)]


def _axis(one: _Movable, values: Mapping[Fraction, ValueSource]) -> GridAxis:
    return GridAxis(
        input=one.name,
        unit=str(one.unit),
        values=tuple(GridValue(value / one.unit.factor, source) for value, source in values.items()),
    )


# The cells


def _at(one: _Movable, value: Fraction) -> dict[str, Fraction]:
    return dict.fromkeys(one.leaves, value)


def _cell(cases: Iterable[Case], condition: Condition, limit: Interval, fixed: Mapping[str, Fraction]) -> GridCell:
    results: list[Interval] = []
    for case in cases:
        box = box_of(case.option.leaves, "allowed")
        box |= {name: Interval.at(value) for name, value in fixed.items() if name in box}
        try:
            results.append(enclose(case.expr, box).interval)
        except NoResult:
            return GridCell(None, None)
    truths = {truth(condition.sign, subtract(result, limit)) for result in results}
    hull = scaled(reduce(Interval.hull, results), 1 / next(iter(cases)).unit.factor)
    return GridCell(hull, truths.pop() if len(truths) == 1 else None)


def _roots(
    cases: Iterable[Case], one: _Movable, fixed: Mapping[str, Fraction], target: Fraction
) -> tuple[Fraction, ...]:
    """The values of an input at which some case meets the limit, with another input fixed; each once."""
    roots: dict[Fraction, None] = {}
    for case in cases:
        within = possible_values(one.unit, next(iter(one.leaves.values())).values["allowed"])
        for leaf in one.leaves.keys() & case.option.leaves.keys():
            held = {name: value for name, value in fixed.items() if name in case.option.leaves}
            for constants in corners(case, leaf, *held):
                for root in solve_at_point(case.expr, leaf, {**constants, **held}, target):
                    value = middle(root)
                    if value is not None and within.holds(value):
                        roots[value] = None
    return tuple(sorted(roots))
