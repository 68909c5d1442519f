"""The inputs of which another value may be supposed, and where that may lie."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

from kb.domain.entity import Input, InputKind
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.domain.quantity import Quantity
from kb.domain.unit import Unit
from kb.reasoning.answers.break_even import MovableInput, MovedInput, possible_values, stated_values
from kb.reasoning.answers.slice import QuestionSlice
from kb.reasoning.answers.what_if import figures_behind, innermost, input_of
from kb.reasoning.arithmetic import EVERYTHING
from kb.reasoning.comparison.tolerance import scaled

Moved = Sequence[tuple[MovableInput, tuple[MovedInput, ...]]]
"""Inputs of conditions, each moved past its break-evens."""


@dataclass(frozen=True, kw_only=True)
class Supposable:
    """An input of which another value may be supposed.

    Attributes:
        calculation: The calculation that has it.
        input: It.
        figure: Of a measure, a figure of the position that is meant; None for all of them, and for other inputs.
        unit: Unit in which a number without one is read; None where nobody states the input and no condition needs it.
        present: Its value now, in base units; None where nobody states it.
        stated: The hull of what sources state, in base units; None where they state nothing else.
        turns: Values past which a condition turns, in base units, rising.
    """

    calculation: Id
    input: Input
    figure: Id | None
    unit: Unit | None
    present: Interval | None
    stated: Interval | None
    turns: tuple[MovedInput, ...] = ()

    @property
    def possible(self) -> Interval:
        """What it may be at all, in base units: whatever is stated, and what amounts of its kind may be."""
        if self.unit is None:
            return EVERYTHING
        known = [span for span in (self.present, self.stated) if span is not None]
        return reduce(Interval.hull, known, possible_values(self.unit, self.present or EVERYTHING))

    def shown(self, span: Interval) -> Interval:
        """``span`` in the unit of the input."""
        return scaled(span, 1 / self.unit.factor) if self.unit else span

    def holds(self, knowledge: Knowledge, quantity: Quantity) -> bool:
        """Whether all of ``quantity`` is possible."""
        value = scaled(quantity.allowed, knowledge.unit(quantity.unit).factor)
        return self.possible.hull(value) == self.possible


def supposable(part: QuestionSlice, moved: Moved) -> Iterator[Supposable]:
    """Every input of the calculations behind a question, except those that are calculations themselves."""
    for calculation in part.knowledge.calculations.values():
        for input in calculation.inputs:
            if input.kind is not InputKind.CALCULATION:
                yield at_place(part, moved, calculation.id, input, None)


def at_place(part: QuestionSlice, moved: Moved, calculation: Id, input: Input, figure: Id | None) -> Supposable:
    """One input of a calculation, or of a measure the position in which ``figure`` stands."""
    known = part.knowledge
    here = [(leaf, turns) for leaf, turns in moved if _is_at(part, leaf, calculation, input)]
    turns = [turn for _, turned in here for turn in turned]
    figures = figures_behind(known, input, figure)
    quantities = [input.quantity] if input.quantity else [one.quantity for one in figures]
    units = [known.unit(quantity.unit) for quantity in quantities]
    units += [leaf.unit for leaf, _ in here]
    spans = [scaled(one.allowed, known.unit(one.unit).factor) for one in quantities]
    measure = figures[0].measure if figures else input.of
    stated = stated_values(part, measure) if measure else []
    return Supposable(
        calculation=calculation,
        input=input,
        figure=figure,
        unit=units[0] if units else None,
        present=reduce(Interval.hull, spans) if spans else None,
        stated=reduce(Interval.hull, stated) if stated else None,
        turns=tuple({(turn.break_even.value, turn.break_even.above): turn for turn in turns}.values()),
    )


def _is_at(part: QuestionSlice, leaf: MovableInput, calculation: Id, input: Input) -> bool:
    owner, name = innermost(part.knowledge, leaf.calculation, leaf.input)
    if input.kind is InputKind.FIGURE:
        found = input_of(part.knowledge, owner, name)
        return found is not None and found.ref == input.ref
    return (owner, name) == (calculation, input.name)
