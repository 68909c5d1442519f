"""What a node of an exported map says, in one sentence."""

from __future__ import annotations

from kb.domain.entity import Node, NodeKind
from kb.reports.row import result_words
from kb.reports.view import View
from kb.reports.words.references import capitalized, figure_words, premise_ref


def statement_words(view: View, node: Node) -> str:
    """What ``node`` states: a claim, a figure with its voice, a calculation with its result, a side with its question.

    An argument has its own sentence; empty where it has none.
    """
    knowledge = view.knowledge
    match node.kind:
        case NodeKind.CLAIM:
            return knowledge.claims[node.id].text
        case NodeKind.FIGURE:
            return capitalized(figure_words(knowledge, knowledge.figures[node.id]))
        case NodeKind.CALCULATION:
            label = capitalized(knowledge.calculations[node.id].label)
            result = result_words(knowledge, view.analysis.results.get(node.id))
            return f"{label}: {result}" if result else label
        case NodeKind.QUESTION:
            return premise_ref(knowledge, node).text
        case NodeKind.ARGUMENT:
            return knowledge.arguments[node.id].text
