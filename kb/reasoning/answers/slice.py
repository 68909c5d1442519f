"""What the answer to one question depends on, as a map of its own that can be changed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from kb.domain.answer import Direction
from kb.domain.entity import Calculation, Claim, Condition, Figure, Input, InputKind, Question
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.answers.recalculation import Recalculation
from kb.reasoning.answers.removal import Removal, supports_of
from kb.reasoning.argumentation.condition import condition_holds
from kb.reasoning.argumentation.graph import ArgumentGraph, NodeKey, NodeType
from kb.reasoning.argumentation.strength import Change, Strengths
from kb.reasoning.argumentation.weight import Grounding, calculation_groundings
from kb.reasoning.calculation.result import ChoiceKind, Result
from kb.reasoning.findings.position import Position, positions

EVEN_BELOW = 0.025
"""Difference of the strengths of two sides below which neither prevails."""


class QuestionSlice:
    """The part of a base that one question depends on.

    Attributes:
        question: The question.
        knowledge: The entities of that part: statements, arguments and calculations behind the question, and every
            figure of the measures that these calculations use.
        graph: The map of these.
        strengths: As recorded.
    """

    def __init__(
        self,
        knowledge: Knowledge,
        graph: ArgumentGraph,
        recalculation: Recalculation,
        question: Question,
    ) -> None:
        """The slice of ``question``.

        Args:
            knowledge: All entities, with canonical names.
            graph: The whole map.
            recalculation: Every calculation; shared by the slices of a base.
            question: The question.
        """
        self.question = question
        self.sides = tuple(NodeKey(question.id, side.key) for side in question.sides)
        nodes = graph.behind([graph.sides[side] for side in self.sides])
        self.graph = graph.part(nodes)
        self.recalculation = recalculation
        self.knowledge = self._part_of(knowledge, graph)
        self.groundings = {
            id: Grounding(graph.weights[graph.index[id]], graph.ways[graph.index[id]]) for id in self.knowledge.figures
        }
        self.strengths = Strengths(self.graph)

    def supposing(self, change: Change, knowledge: Knowledge, recalculation: Recalculation) -> "QuestionSlice":
        """The slice after ``change``, with what is then left of its entities, and their calculations.

        Whatever is removed keeps its node, which nothing counts for.
        """
        changed = object.__new__(QuestionSlice)
        changed.question, changed.sides, changed.groundings = self.question, self.sides, self.groundings
        changed.graph = change.applied_to(self.graph)
        changed.strengths = Strengths(changed.graph, self.strengths.order)
        changed.knowledge, changed.recalculation = knowledge, recalculation
        return changed

    def _part_of(self, knowledge: Knowledge, graph: ArgumentGraph) -> Knowledge:
        calculations = _with_inner(knowledge, self.ids_of(NodeType.CALCULATION))
        figures = set(self.ids_of(NodeType.FIGURE))
        figures |= {input.ref for c in calculations.values() for input in _figure_inputs(c) if input.ref}
        measures = {input.ref for c in calculations.values() for input in c.inputs if input.kind is InputKind.MEASURE}
        measures |= {input.of for c in calculations.values() for input in c.inputs if input.of}
        measures |= {knowledge.figures[id].measure for id in figures if id in knowledge.figures}
        measures |= {id for id, measure in knowledge.measures.items() if measure.kind.traits.converts_currencies}
        of_measure = knowledge.figures_of_measure
        figures |= {figure.id for measure in measures if measure for figure in of_measure.get(measure, ())}
        return replace(
            knowledge,
            # The nodes of figures are numbered in the order in which these were recorded.
            figures={
                id: knowledge.figures[id]
                for id in sorted(figures & knowledge.figures.keys(), key=graph.index.__getitem__)
            },
            claims={id: knowledge.claims[id] for id in self.ids_of(NodeType.CLAIM)},
            arguments={id: knowledge.arguments[id] for ids in self.graph.members.values() for id in ids},
            calculations=calculations,
        )

    def ids_of(self, type: NodeType) -> Iterator[Id]:
        """The entities of its nodes of one type, in the order in which they were recorded."""
        return (id for id, known in zip(self.graph.ids, self.graph.types, strict=True) if known is type)

    # Direction

    def direction(self, strengths: Strengths) -> Direction:
        """Where the evidence points, as recorded or after a change.

        A condition that decides the question gives the direction; where it is undecided, that is even.
        """
        if self.question.decided_by:
            truth = strengths.truth(self.side_nodes[0])
            return Direction.EVEN if truth is None else Direction.YES if truth else Direction.NO
        balance = self.balance(strengths)
        if abs(balance) < EVEN_BELOW:
            return Direction.EVEN
        return Direction.YES if balance > 0 else Direction.NO

    def balance(self, strengths: Strengths) -> float:
        """The strength of the first side less that of the second."""
        yes, no = self.side_nodes
        return strengths.strength[yes] - strengths.strength[no]

    # Changes

    def without(self, removal: Removal) -> Change:
        """The change that takes ``removal`` away, with what that makes of calculations and conditions."""
        results = self.recalculation.without(removal.figures, self.knowledge)
        kept = {id: figure for id, figure in self.knowledge.figures.items() if id not in removal.figures}
        return self.removing(removal, replace(self.knowledge, figures=kept) if results else self.knowledge, results)

    def removing(self, removal: Removal, knowledge: Knowledge, results: Mapping[Id, Result]) -> Change:
        """The same with what is left in ``knowledge``, and the ``results`` that this makes of some calculations."""
        removed = frozenset(
            node
            for id in (*removal.figures, *removal.claims, *self._whole_arguments(removal.arguments))
            if (node := self.graph.index.get(id)) is not None
        )
        return replace(self.recomputed(knowledge, results), removed=removed) if results else Change(removed=removed)

    def recomputed(self, knowledge: Knowledge, results: Mapping[Id, Result]) -> Change:
        """The change that other ``results`` of some calculations make, of the figures in ``knowledge``."""
        everything = {**self.results, **results}
        figures = {id: self.groundings[id] for id in knowledge.figures}
        grounded = calculation_groundings(knowledge, everything, figures, self.graph.origins.editors, results)
        nodes = {id: node for id in results if (node := self.graph.index.get(id)) is not None}
        return Change(
            weights={node: grounded[id].weight for id, node in nodes.items()},
            ways={node: grounded[id].ways for id, node in nodes.items()},
            truths=self.truths(
                lambda condition: condition_holds(knowledge, condition, everything),
                lambda condition: condition.calculation in results,
            ),
        )

    def truths(
        self, holds: Callable[[Condition], bool | None], concerned: Callable[[Condition], bool]
    ) -> dict[int, bool | None]:
        """For each node whose condition is ``concerned``, whether it ``holds``."""
        return {node: holds(condition) for node, condition in self.conditions.items() if concerned(condition)}

    def _whole_arguments(self, ids: frozenset[Id]) -> Iterator[Id]:
        """The nodes of arguments of which no member is left."""
        for members in self.graph.members.values() if ids else ():
            if ids.issuperset(members):
                yield members[0]

    @cached_property
    def conditions(self) -> dict[int, Condition]:
        """By node, the condition that it depends on."""
        conditions: dict[int, Condition] = {}
        for node in self.graph.conditions:
            id, is_side = self.graph.ids[node], self.graph.types[node] is NodeType.SIDE
            condition = self.knowledge.questions[id].decided_by if is_side else self.knowledge.claims[id].holds_if
            if condition:
                conditions[node] = condition
        return conditions

    def positions_on(self, measure: Id) -> tuple[Position, ...]:
        """The positions on ``measure``."""
        if measure not in self._positions:
            self._positions[measure] = positions(self.knowledge, measure)
        return self._positions[measure]

    @cached_property
    def _positions(self) -> dict[Id, tuple[Position, ...]]:
        return {}

    @cached_property
    def with_checked(self) -> Knowledge:
        """The same entities with the figures that its calculations check, which no answer depends on."""
        checked = self.recalculation.checked_figures(self.knowledge.calculations)
        return replace(self.knowledge, figures={**checked, **self.knowledge.figures})

    @cached_property
    def results(self) -> dict[Id, Result]:
        """The results of its calculations."""
        return {id: self.recalculation.evaluated[id].result for id in self.knowledge.calculations}

    @cached_property
    def reasons(self) -> dict[Id, list[frozenset[Id]]]:
        """For each claim that an argument supports, each such argument with its premises."""
        supports = {id: supports_of(self.knowledge, id) for id in self.knowledge.claims}
        return {
            id: [frozenset((argument.id, *(premise.id for premise in argument.premises))) for argument in arguments]
            for id, arguments in supports.items()
            if arguments
        }

    def with_inner(self, ids: Iterable[Id]) -> Iterable[Calculation]:
        """The calculations ``ids`` and all that these use."""
        return _with_inner(self.knowledge, ids).values()

    # What counts

    @cached_property
    def side_nodes(self) -> list[int]:
        """The nodes of the first and of the second side."""
        return [self.graph.sides[side] for side in self.sides]

    def support(self, side: int) -> float:
        """The sum of what counts for a side."""
        return self.strengths.balance(side).support.total

    @property
    def is_exact(self) -> bool:
        """Whether what counts was chosen among all possibilities, at every node."""
        return self.strengths.is_exact

    def leading_sides(self, direction: Direction) -> list[int]:
        """The node of the side that prevails; both where neither does."""
        yes, no = self.side_nodes
        return {Direction.YES: [yes], Direction.NO: [no], Direction.EVEN: [yes, no]}[direction]

    def statements_behind(self, sides: Iterable[int]) -> Iterator[Figure | Claim]:
        """The figures and claims whose word counts for ``sides``."""
        for node in self.counting_behind(sides):
            id = self.graph.ids[node]
            if id in self.knowledge.calculations:
                yield from (self.knowledge.figures[used] for used in self.chosen_figures(id))
            elif id in self.knowledge.figures:
                yield self.knowledge.figures[id]
            elif id in self.knowledge.claims and not self.knowledge.claims[id].is_editorial:
                yield self.knowledge.claims[id]

    def counting_behind(self, nodes: Iterable[int]) -> list[int]:
        """The nodes through which anything counts for ``nodes``, the nearest first."""
        counting: dict[int, None] = {}
        waiting = list(nodes)
        while waiting:
            node = waiting.pop(0)
            if node in counting:
                continue
            counting[node] = None
            waiting += self.graph.premises.get(node, ())
            if self.graph.types[node] > NodeType.CALCULATION:
                balance = self.strengths.balance(node)
                pairs = zip(balance.supporters, balance.support.taken, strict=False)
                waiting += (supporter for supporter, way in pairs if way)
                if node in self.graph.editorial:
                    waiting += (supporter for supporter in balance.supporters if self.strengths.effective[supporter])
        return list(counting)

    def chosen_figures(self, calculation: Id) -> list[Id]:
        """The figures that some outcome of ``calculation`` uses, without those of exchange rates."""
        choices = (choice for outcome in self.results[calculation].outcomes for choice in outcome.choices)
        return list(
            dict.fromkeys(
                id
                for choice in choices
                if choice.kind is not ChoiceKind.RATE
                for id in choice.figures
                if id in self.knowledge.figures
            )
        )

    def has_first_hand(self, side: int) -> bool:
        """Whether somebody who is named, and whose word counts for ``side``, says it in a source of their own."""
        return any(not statement.voice.via and statement.voice.is_named for statement in self.statements_behind([side]))


def _with_inner(knowledge: Knowledge, ids: Iterable[Id]) -> dict[Id, Calculation]:
    waiting, calculations = list(ids), dict[Id, Calculation]()
    while waiting:
        id = waiting.pop()
        if id not in calculations and id in knowledge.calculations:
            calculations[id] = knowledge.calculations[id]
            waiting += [i.ref for i in calculations[id].inputs if i.kind is InputKind.CALCULATION and i.ref]
    return calculations


def _figure_inputs(calculation: Calculation) -> Iterator[Input]:
    return (input for input in calculation.inputs if input.kind is InputKind.FIGURE)
