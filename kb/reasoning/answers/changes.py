"""The single changes that are tried on an answer: each source, origin, position, assumption and contested node."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb.domain.answer import BreakEven, HingeKind
from kb.domain.entity import Calculation, InputKind
from kb.domain.identity import Id
from kb.reasoning.answers.break_even import MovedInput
from kb.reasoning.answers.removal import Removal, origin_removals, source_removals, with_dependents
from kb.reasoning.answers.slice import QuestionSlice
from kb.reasoning.argumentation.graph import NodeType
from kb.reasoning.argumentation.strength import Change, energy
from kb.reasoning.comparison.verdict import compare
from kb.reasoning.findings.position import Position, neighbours, positions


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleChange:
    """A change to try, and what a hinge says about it."""

    kind: HingeKind
    subject: Id
    change: Change
    origin: str = ""
    accepted: bool | None = None
    break_even: BreakEven | None = None


def single_changes(part: QuestionSlice, inputs: Iterable[MovedInput]) -> Iterator[SingleChange]:
    """Every single change that may alter the answer, in the order of their kinds; ``inputs`` are those moved."""
    seen: set[Removal] = set()
    for kind, subject, name, removal in (*_withdrawn_sources(part), *_withdrawn_origins(part), *_positions_taken(part)):
        # An origin that speaks in one source only is withdrawn with that source.
        if removal and removal not in seen:
            seen.add(removal)
            yield SingleChange(kind=kind, subject=subject, origin=name, change=part.without(removal))
    for moved in inputs:
        yield SingleChange(kind=moved.kind, subject=moved.subject, change=moved.change, break_even=moved.break_even)
    yield from _decided_nodes(part)


_Withdrawal = tuple[HingeKind, Id, str, Removal]


def _withdrawn_sources(part: QuestionSlice) -> Iterator[_Withdrawal]:
    for id, removal in source_removals(part.knowledge, part.graph.links):
        yield HingeKind.SOURCE, id, "", removal


def _withdrawn_origins(part: QuestionSlice) -> Iterator[_Withdrawal]:
    for origin, subject, removal in origin_removals(part.knowledge, part.graph.links):
        yield HingeKind.ORIGIN, subject, origin.name, removal


def _positions_taken(part: QuestionSlice) -> Iterator[_Withdrawal]:
    for group in contested_groups(part):
        for position in group:
            rivals = [rival for rival in group if rival is not position]
            dropped = with_dependents(
                (id for rival in rivals for id in (*rival.figures, *rival.dependents)), part.graph.links, part.knowledge
            )
            yield HingeKind.POSITION, position.figures[0], "", Removal(dropped, resting_on(part, dropped))


def contested_groups(part: QuestionSlice, measures: Iterable[Id] | None = None) -> Iterator[list[Position]]:
    """The positions on each measure and scope of which some exclude each other.

    Of ``measures``; by default of each that an argument uses, by itself or in a calculation.
    """
    for measure in _used_measures(part) if measures is None else measures:
        groups: dict[object, list[Position]] = {}
        for position in positions(part.knowledge, measure):
            groups.setdefault((position.key, position.unit), []).append(position)
        for group in groups.values():
            pairs = neighbours(group) if len(group) > 1 else ()
            if any(compare(left.normalized, right.normalized).verdict.is_disagreement for left, right in pairs):
                yield group


def _used_measures(part: QuestionSlice) -> list[Id]:
    known = part.knowledge.figures
    figures = list(part.ids_of(NodeType.FIGURE))
    measures = [known[id].measure for id in figures if id in known]
    return list(dict.fromkeys((*measures, *input_measures(part, part.knowledge.calculations.values()))))


def input_measures(part: QuestionSlice, calculations: Iterable[Calculation]) -> list[Id]:
    """The measures that enter ``calculations``, by themselves or through a figure of theirs, each once."""
    known = part.knowledge.figures
    inputs = [input for calculation in calculations for input in calculation.inputs if input.ref]
    measures = [
        input.ref if input.kind is InputKind.MEASURE else known[input.ref].measure
        for input in inputs
        if input.ref and (input.kind is InputKind.MEASURE or (input.kind is InputKind.FIGURE and input.ref in known))
    ]
    return list(dict.fromkeys(measures))


def resting_on(part: QuestionSlice, figures: frozenset[Id]) -> frozenset[Id]:
    """Claims of which everything that supports them rests on one of ``figures``."""
    # Who takes the other number for right does not believe the claim either, whoever says it.
    return frozenset(
        id for id, reasons in part.reasons.items() if all(not premises.isdisjoint(figures) for premises in reasons)
    )


def _decided_nodes(part: QuestionSlice) -> Iterator[SingleChange]:
    graph, strengths = part.graph, part.strengths
    for node, type in enumerate(graph.types):
        if type not in (NodeType.CLAIM, NodeType.ARGUMENT):
            continue
        balance = strengths.balance(node)
        if not balance.attack.total:
            continue
        believed = energy(balance.weight, balance.support.total, 0.0)
        for accepted in (True, False):
            forced = {node: believed if accepted else 0.0}
            yield SingleChange(
                kind=HingeKind.NODE, subject=graph.ids[node], accepted=accepted, change=Change(forced=forced)
            )
