"""A question under the choices of a thought experiment, and what is different there.

The single changes by which an answer is tested are such choices, one at a time: what each of them takes away comes from
``removal`` and ``changes``, and what that makes of the map from ``QuestionSlice``.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import assert_never

from kb.domain.answer import BreakEven, Direction, Hinge, HingeKind, Tried
from kb.domain.choices import NO_CHOICES, Choices, Decided, Supposed
from kb.domain.entity import Calculation, Figure, Input, InputKind
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.domain.quantity import Quantity
from kb.reasoning.answers.changes import taking
from kb.reasoning.answers.removal import Removal, Withdrawals, knowledge_without
from kb.reasoning.answers.slice import QuestionSlice
from kb.reasoning.argumentation.graph import NodeKey, NodeType
from kb.reasoning.argumentation.labelling import FrameworkNode, Label
from kb.reasoning.argumentation.standing import Standing, Standings, StandingWord, word_of
from kb.reasoning.calculation.option import MODES, Values, figure_leaf, position_leaf
from kb.reasoning.calculation.result import Result
from kb.reasoning.comparison.tolerance import scaled
from kb.reasoning.findings.origin import statement_origin
from kb.reasoning.findings.position import positions


class NodeStatus(StrEnum):
    """What the choices make of a node of the map."""

    WITHDRAWN = "withdrawn"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CHANGED = "changed standing"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, kw_only=True)
class WhatIf:
    """A question as recorded, and as it would be.

    Attributes:
        choices: What is different.
        before: What the answer depends on as recorded.
        after: The same under the choices; whatever is left out keeps its node, which nothing counts for.
        removal: What is left out.
    """

    choices: Choices
    before: QuestionSlice
    after: QuestionSlice
    removal: Removal

    @property
    def directions(self) -> tuple[Direction, Direction]:
        """Where the evidence points, before and after."""
        before, after = self.before, self.after
        return before.direction(before.strengths), after.direction(after.strengths)

    @property
    def recomputed(self) -> Mapping[Id, tuple[Result, Result]]:
        """By the id of each calculation behind the question, its result before and after."""
        return {id: (result, self.after.results[id]) for id, result in self.before.results.items()}

    @property
    def lost(self) -> list[Figure]:
        """The figures that are left out."""
        return [self.before.with_checked.figures[id] for id in self.removal.figures]

    def status(self, id: Id, side: str = "") -> NodeStatus:
        """What becomes of a node; of one that is not behind the question, nothing."""
        node = self.before.graph.node(id, side)
        if node is None:
            return NodeStatus.WITHDRAWN if id in self.removal.ids else NodeStatus.UNCHANGED
        if node in self.after.graph.removed:
            return NodeStatus.WITHDRAWN
        decided = self.after.graph.decided.get(node)
        if decided is not None:
            return NodeStatus.ACCEPTED if decided else NodeStatus.REJECTED
        before, after = self.words(node)
        return NodeStatus.UNCHANGED if before is after else NodeStatus.CHANGED

    def words(self, node: int) -> tuple[StandingWord, StandingWord]:
        """The standing of a node before and after."""
        parts = (self.before, self.after)
        before, after = (word_of(part.graph, part.strengths, node) for part in parts)
        return before, after

    def changed_standings(self) -> Iterator[tuple[NodeKey, StandingWord, StandingWord]]:
        """Claims and arguments whose standing changes, apart from those that are left out or decided."""
        graph = self.before.graph
        for node, type in enumerate(graph.types):
            key = graph.key(node)
            if type in (NodeType.CLAIM, NodeType.ARGUMENT) and self.status(*key) is NodeStatus.CHANGED:
                yield key, *self.words(node)

    def counting(self, side: int) -> tuple[frozenset[NodeKey], frozenset[NodeKey]]:
        """What counts for the first (0) or the second (1) side, before and after."""
        before, after = (_counting(part, part.side_nodes[side]) for part in (self.before, self.after))
        return before, after


def _counting(part: QuestionSlice, side: int) -> frozenset[NodeKey]:
    balance = part.strengths.balance(side)
    pairs = zip(balance.supporters, balance.support.taken, strict=False)
    return frozenset(part.graph.key(supporter) for supporter, way in pairs if way)


class ChosenStandings(Standings):
    """The standings behind one question as they would be; all others as recorded."""

    def __init__(self, recorded: Standings, after: QuestionSlice) -> None:
        """The standings of ``after`` in place of those ``recorded``."""
        self._recorded = recorded
        self._read(after.knowledge, after.results, after.graph, after.strengths)

    def of(self, id: Id, side: str = "") -> Standing | None:
        """The standing of an entity, or of a side of a question; None where there is none."""
        return super().of(id, side) if self._has(id, side) else self._recorded.of(id, side)

    def word(self, id: Id, side: str = "") -> StandingWord | None:
        """The same in a word."""
        return super().word(id, side) if self._has(id, side) else self._recorded.word(id, side)

    def strength(self, id: Id, side: str = "") -> float:
        """Its strength, from 0 to 1; 0 where there is none."""
        return super().strength(id, side) if self._has(id, side) else self._recorded.strength(id, side)

    def label(self, id: Id, side: str = "") -> Label:
        """Its label in Dung's grounded semantics."""
        return super().label(id, side) if self._has(id, side) else self._recorded.label(id, side)

    def deciding_attackers(self, id: Id, side: str = "") -> tuple[FrameworkNode, ...]:
        """The attackers that explain the label."""
        here = self._has(id, side)
        return super().deciding_attackers(id, side) if here else self._recorded.deciding_attackers(id, side)

    def _has(self, id: Id, side: str) -> bool:
        return self._node(id, side) is not None


def what_if(part: QuestionSlice, choices: Choices) -> WhatIf:
    """The question of ``part`` under ``choices``; whatever these name that is not behind it changes nothing."""
    removal = removal_of(part, choices)
    knowledge, checked = (
        _supposing(knowledge_without(known, removal), choices.supposed) for known in (part.knowledge, part.with_checked)
    )
    values = _values(knowledge, choices.supposed)
    concerned = _concerned(part, knowledge, removal, choices.supposed)
    recalculation = part.recalculation.supposing(checked, concerned, values)
    results = {id: recalculation.evaluated[id].result for id in concerned}
    change = replace(
        part.removing(removal, knowledge, results),
        decided={node: one.accepted for one in choices.decided if (node := _node(part, one.node)) is not None},
    )
    return WhatIf(choices=choices, before=part, after=part.supposing(change, knowledge, recalculation), removal=removal)


def removal_of(part: QuestionSlice, choices: Choices) -> Removal:
    """Everything that goes with what ``choices`` leave out, and with what speaks against a number they take."""
    withdrawn = Withdrawals(part.with_checked, part.graph.links).of(choices.without, choices.voices)
    taken = [figure for figure in sorted(choices.taken) if figure in part.knowledge.figures]
    return withdrawn | taking(part, taken, withdrawn) if taken else withdrawn


def _node(part: QuestionSlice, id: Id) -> int | None:
    """The node of a claim or an argument; arguments that say the same have one."""
    members = part.graph.members.items()
    return part.graph.index.get(id, next((node for node, ids in members if id in ids), None))


# Single changes as choices


def choices_of(part: QuestionSlice, change: Hinge | Tried) -> Choices:
    """A single change of the answer to the question of ``part`` as choices; none for an input that was moved about."""
    match change.kind:
        case HingeKind.SOURCE:
            return Choices(without=frozenset((change.subject,)))
        case HingeKind.ORIGIN:
            known = part.knowledge
            statement = known.figures.get(change.subject) or known.claims[change.subject]
            return Choices(voices=frozenset((statement_origin(known, statement, part.graph.links).key,)))
        case HingeKind.POSITION:
            return Choices(taken=frozenset((change.subject,)))
        case HingeKind.NODE:
            return Choices(decided=frozenset((Decided(change.subject, change.accepted is True),)))
        case HingeKind.ASSUMPTION | HingeKind.INPUT:
            turn = change.break_even if isinstance(change, Hinge) else None
            return Choices(supposed=frozenset((_past(part, turn, change.subject),))) if turn else NO_CHOICES
        case _:
            assert_never(change.kind)


def _past(part: QuestionSlice, turn: BreakEven, subject: Id) -> Supposed:
    calculation, input = innermost(part.knowledge, turn.calculation, turn.input)
    known = input_of(part.knowledge, calculation, input)
    value = (Decimal(turn.past.numerator) / Decimal(turn.past.denominator)).normalize()
    exponent = value.as_tuple().exponent
    places = min(exponent if isinstance(exponent, int) else 0, -2 if turn.unit == "fraction" else 0)
    return Supposed(
        calculation=calculation,
        input=input,
        figure=subject if known and known.kind is InputKind.MEASURE else None,
        quantity=Quantity(low=value, high=value, unit=turn.unit, granularity=Decimal(1).scaleb(places)),
    )


def innermost(knowledge: Knowledge, calculation: Id, path: str) -> tuple[Id, str]:
    """The calculation that has the input at the end of ``path``, and its name there: of ``cost › price``, ``price``."""
    *through, name = path.split(" › ")
    for step in through:
        input = input_of(knowledge, calculation, step)
        calculation = input.ref if input and input.ref else calculation
    return calculation, name


# Supposed values


def _supposing(knowledge: Knowledge, supposed: Iterable[Supposed]) -> Knowledge:
    """``knowledge`` in which the calculations assume what is supposed of the inputs that nobody states."""
    calculations = dict(knowledge.calculations)
    for one in supposed:
        known = calculations.get(one.calculation)
        if known:
            calculations[known.id] = _assuming(knowledge, known, one)
    return replace(knowledge, calculations=calculations) if supposed else knowledge


def _assuming(knowledge: Knowledge, calculation: Calculation, supposed: Supposed) -> Calculation:
    def assumed(input: Input) -> Input:
        if input.name != supposed.input or not is_unstated(knowledge, input):
            return input
        return replace(input, kind=InputKind.ASSUMED, ref=None, quantity=supposed.quantity)

    return replace(calculation, inputs=tuple(map(assumed, calculation.inputs)))


def is_unstated(knowledge: Knowledge, input: Input) -> bool:
    """Whether nobody states an input: it is assumed or missing, or its figure is no longer there."""
    return input.kind in (InputKind.ASSUMED, InputKind.MISSING) or (
        input.kind is InputKind.FIGURE and input.ref not in knowledge.figures
    )


def _values(knowledge: Knowledge, supposed: Iterable[Supposed]) -> Values:
    """What is supposed of inputs that somebody states, by the names of the values that enter formulas."""
    return {
        leaf: _in_base_units(knowledge, one.quantity)
        for one in supposed
        if (input := input_of(knowledge, one.calculation, one.input))
        for leaf in _leaves(knowledge, input, one.figure)
    }


def _leaves(knowledge: Knowledge, input: Input, figure: Id | None) -> Iterator[str]:
    if input.kind is InputKind.FIGURE and input.ref and input.ref in knowledge.figures:
        yield figure_leaf(input.ref)
    elif input.kind is InputKind.MEASURE and input.ref:
        for position in positions(knowledge, input.ref):
            if figure is None or figure in position.figures or figure in position.dependents:
                yield position_leaf(position)


def _in_base_units(knowledge: Knowledge, quantity: Quantity) -> dict[str, Interval]:
    factor = knowledge.unit(quantity.unit).factor
    return {mode: scaled(getattr(quantity, mode), factor) for mode in MODES}


def input_of(knowledge: Knowledge, calculation: Id, name: str) -> Input | None:
    """The input of a calculation called ``name``; None where there is none."""
    known = knowledge.calculations.get(calculation)
    return next((input for input in known.inputs if input.name == name), None) if known else None


def figures_behind(knowledge: Knowledge, input: Input, figure: Id | None = None) -> list[Figure]:
    """The figures that state an input; of a measure those of the position in which ``figure`` stands, or of all."""
    if input.kind is InputKind.FIGURE:
        return [knowledge.figures[input.ref]] if input.ref and input.ref in knowledge.figures else []
    if input.kind is not InputKind.MEASURE or not input.ref:
        return []
    return [
        knowledge.figures[id]
        for position in positions(knowledge, input.ref)
        if figure is None or figure in position.figures or figure in position.dependents
        for id in position.figures
        if id in knowledge.figures
    ]


def _concerned(part: QuestionSlice, knowledge: Knowledge, removal: Removal, supposed: Iterable[Supposed]) -> list[Id]:
    """The calculations whose result may be another."""
    calculations = {one.calculation for one in supposed}
    found = (input_of(knowledge, one.calculation, one.input) for one in supposed)
    inputs = [(input.kind, input.ref) for input in found if input and input.ref]
    of_measure = part.knowledge.figures_of_measure
    figures = {*removal.figures, *(ref for kind, ref in inputs if kind is InputKind.FIGURE)}
    figures |= {figure.id for kind, ref in inputs if kind is InputKind.MEASURE for figure in of_measure.get(ref, ())}
    return [
        id
        for id in part.knowledge.calculations
        if not figures.isdisjoint(part.recalculation.used_figures(id))
        or not calculations.isdisjoint(one.id for one in part.with_inner([id]))
    ]
