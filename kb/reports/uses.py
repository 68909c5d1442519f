"""What rests on an entity, up to the questions that it serves."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kb.domain.entity import Calculation, InputKind
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge

Uses = Mapping[Id, tuple[Id, ...]]
"""By an entity, what rests on it directly."""


def uses(knowledge: Knowledge) -> Uses:
    """What rests directly on each figure, claim, argument and calculation, in the order recorded."""
    resting: dict[Id, dict[Id, None]] = defaultdict(dict)
    for used, user in _pairs(knowledge):
        resting[used][user] = None
    return {used: tuple(users) for used, users in resting.items()}


def _pairs(knowledge: Knowledge) -> Iterator[tuple[Id, Id]]:
    for argument in knowledge.arguments.values():
        yield from ((premise.id, argument.id) for premise in argument.premises)
        yield argument.id, argument.conclusion.id
    for calculation in knowledge.calculations.values():
        yield from ((used, calculation.id) for used in _inputs(knowledge, calculation))
    for claim in knowledge.claims.values():
        if claim.holds_if:
            yield claim.holds_if.calculation, claim.id
        # What contradicts a claim is weighed against it.
        yield from ((other, claim.id) for other in knowledge.contradictions.get(claim.id, ()))
    for question in knowledge.questions.values():
        if question.decided_by:
            yield question.decided_by.calculation, question.id


def _inputs(knowledge: Knowledge, calculation: Calculation) -> Iterator[Id]:
    for entry in calculation.inputs:
        if entry.ref and entry.kind is InputKind.MEASURE:
            yield entry.ref
            yield from (figure.id for figure in knowledge.figures_of_measure.get(entry.ref, ()))
        elif entry.ref:
            yield entry.ref


def questions_served(knowledge: Knowledge, resting: Uses, ids: Iterable[Id]) -> tuple[Id, ...]:
    """The questions that rest on one of ``ids``, the nearest first."""
    reached = dict.fromkeys(ids)
    waiting = list(reached)
    for id in waiting:
        for user in resting.get(id, ()):
            # What serves a question that another one uses as a premise serves both.
            if user not in reached:
                reached[user] = None
                waiting.append(user)
    return tuple(id for id in reached if id in knowledge.questions)
