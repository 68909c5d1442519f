"""What an exported map holds: everything, or what leads to some questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kb.domain.entity import ArgumentKind, Node, NodeKind, Question
from kb.domain.knowledge import Knowledge


@dataclass(frozen=True, slots=True)
class Selection:
    """The nodes of a map.

    Attributes:
        knowledge: The entities of the moment.
        nodes: Statements, sides of questions, figures, calculations and arguments, each once; all that an argument
            refers to is among them.
        is_whole: Whether it is everything that there is.
    """

    knowledge: Knowledge
    nodes: tuple[Node, ...]
    is_whole: bool = True

    def tests_of(self, node: Node) -> Iterator[tuple[ArgumentKind, Node]]:
        """The calculation that decides a claim or a question, and whether it speaks for ``node``."""
        return _tests(self.knowledge, node)


def whole_selection(knowledge: Knowledge) -> Selection:
    """Every claim, question and argument, with the figures and calculations that they rest on."""
    questions = (side for question in knowledge.questions.values() for side in sides(question))
    claims = (Node(NodeKind.CLAIM, id) for id in knowledge.claims)
    arguments = (Node(NodeKind.ARGUMENT, id) for id in knowledge.arguments)
    return Selection(knowledge, tuple(_leading_to(knowledge, (*questions, *claims, *arguments))))


def selection_for(knowledge: Knowledge, questions: Sequence[Question]) -> Selection:
    """All that leads to ``questions``; everything there is where none is named."""
    if not questions:
        return whole_selection(knowledge)
    roots = (side for question in questions for side in sides(question))
    return Selection(knowledge, tuple(_leading_to(knowledge, roots)), is_whole=False)


def sides(question: Question) -> tuple[Node, Node]:
    """The two sides of a question as nodes."""
    yes, no = question.sides
    return Node(NodeKind.QUESTION, question.id, yes.key), Node(NodeKind.QUESTION, question.id, no.key)


def _leading_to(knowledge: Knowledge, roots: Iterable[Node]) -> Iterator[Node]:
    """``roots`` and all that leads to them, each once; what is not recorded any more is left out."""
    waiting = list(dict.fromkeys(roots))
    seen = set(waiting)
    for node in waiting:
        yield node
        for other in below(knowledge, node):
            if other not in seen and other.id in knowledge.by_id:
                seen.add(other)
                waiting.append(other)


def below(knowledge: Knowledge, node: Node) -> Iterator[Node]:
    """What speaks for or against ``node``, or is a premise of it, directly."""
    if argument := knowledge.arguments.get(node.id):
        yield from argument.premises
    for reason in knowledge.arguments_to.get(node.id, ()):
        if reason.conclusion == node:
            yield Node(NodeKind.ARGUMENT, reason.id)
    yield from (test for _, test in _tests(knowledge, node))
    yield from (Node(NodeKind.CLAIM, id) for id in knowledge.contradictions.get(node.id, ()))


def _tests(knowledge: Knowledge, node: Node) -> Iterator[tuple[ArgumentKind, Node]]:
    claim, question = knowledge.claims.get(node.id), knowledge.questions.get(node.id)
    if claim and claim.holds_if:
        yield ArgumentKind.SUPPORTS, Node(NodeKind.CALCULATION, claim.holds_if.calculation)
    if question and question.decided_by and node.side == question.sides[0].key:
        yield ArgumentKind.SUPPORTS, Node(NodeKind.CALCULATION, question.decided_by.calculation)
