"""The single changes that are tried on an answer: each source, origin, position, assumption and contested node."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb.domain.answer import BreakEven, HingeKind
from kb.domain.entity import Calculation, InputKind
from kb.domain.identity import Id
from kb.reasoning.answers.break_even import MovedInput
from kb.reasoning.answers.removal import NOTHING, Removal, origin_removals, source_removals, with_dependents
from kb.reasoning.answers.slice import QuestionSlice
from kb.reasoning.argumentation.graph import NodeType
from kb.reasoning.argumentation.strength import Change
from kb.reasoning.comparison.verdict import compare
from kb.reasoning.findings.position import Position, neighbours


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
    yield from decided_nodes(part)


_Withdrawal = tuple[HingeKind, Id, str, Removal]


def _withdrawn_sources(part: QuestionSlice) -> Iterator[_Withdrawal]:
    for id, removal in source_removals(part.knowledge, part.graph.links):
        yield HingeKind.SOURCE, id, "", removal


def _withdrawn_origins(part: QuestionSlice) -> Iterator[_Withdrawal]:
    for origin, subject, removal in origin_removals(part.knowledge, part.graph.links):
        yield HingeKind.ORIGIN, subject, origin.name, removal


def _positions_taken(part: QuestionSlice) -> Iterator[_Withdrawal]:
    for figure in dict.fromkeys(position.figures[0] for group in contested_groups(part) for position in group):
        yield HingeKind.POSITION, figure, "", taking(part, [figure])


def taking(part: QuestionSlice, figures: Iterable[Id], withdrawn: Removal = NOTHING) -> Removal:
    """What goes when the position of each of ``figures`` is taken for right, beside what is ``withdrawn`` anyway."""
    rivals = (id for figure in figures for rival in _rivals(part, figure) for id in (*rival.figures, *rival.dependents))
    dropped = with_dependents(rivals, part.graph.links, part.knowledge)
    return Removal(dropped, resting_on(part, dropped, withdrawn))


def _rivals(part: QuestionSlice, figure: Id) -> Iterator[Position]:
    """The other positions on whatever ``figure`` has a position on."""
    for group, _ in positions_of(part, figure):
        yield from (position for position in group if not _holds(position, figure))


def positions_of(part: QuestionSlice, figure: Id) -> Iterator[tuple[tuple[Position, ...], Position]]:
    """The positions on each thing on which ``figure`` has one, and that one; none where it takes no position."""
    known = part.knowledge.figures.get(figure)
    for group in _groups(part, known.measure) if known else ():
        yield from ((tuple(group), position) for position in group if _holds(position, figure))


def _holds(position: Position, figure: Id) -> bool:
    return figure in position.figures or figure in position.dependents


def contested_groups(part: QuestionSlice, measures: Iterable[Id] | None = None) -> Iterator[list[Position]]:
    """The positions on each measure and scope of which some exclude each other.

    Of ``measures``; by default of each that an argument uses, by itself or in a calculation.
    """
    for measure in _used_measures(part) if measures is None else measures:
        for group in _groups(part, measure):
            pairs = neighbours(group) if len(group) > 1 else ()
            if any(compare(left.normalized, right.normalized).verdict.is_disagreement for left, right in pairs):
                yield group


def _groups(part: QuestionSlice, measure: Id) -> Iterable[list[Position]]:
    """The positions on ``measure``, those of each scope together."""
    groups: dict[object, list[Position]] = {}
    for position in part.positions_on(measure):
        groups.setdefault((position.key, position.unit), []).append(position)
    return groups.values()


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


def resting_on(part: QuestionSlice, figures: frozenset[Id], withdrawn: Removal = NOTHING) -> frozenset[Id]:
    """Claims of which everything that supports them, and is not ``withdrawn``, rests on one of ``figures``."""
    # Who takes the other number for right does not believe the claim either, whoever says it.
    left = {id: [reason for reason in all_ if reason.isdisjoint(withdrawn.ids)] for id, all_ in part.reasons.items()}
    return frozenset(
        id for id, reasons in left.items() if reasons and all(not reason.isdisjoint(figures) for reason in reasons)
    )


def decided_nodes(part: QuestionSlice) -> Iterator[SingleChange]:
    """Each claim and argument that something speaks against, accepted and rejected."""
    graph, strengths = part.graph, part.strengths
    for node, type in enumerate(graph.types):
        if type not in (NodeType.CLAIM, NodeType.ARGUMENT):
            continue
        if node in graph.decided or not strengths.balance(node).attack.total:
            continue
        for accepted in (True, False):
            change = Change(decided={node: accepted})
            yield SingleChange(kind=HingeKind.NODE, subject=graph.ids[node], accepted=accepted, change=change)
