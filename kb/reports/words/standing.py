"""Sentences on a standing: why something stands, falls or is open."""

from kb.domain.knowledge import Knowledge
from kb.reasoning.argumentation.labelling import FrameworkNode, FrameworkNodeKind, Label
from kb.reasoning.argumentation.strength import Standing


def standing_sentence(knowledge: Knowledge, standing: Standing) -> str:
    """Why something has its label, with the attackers that decide, e.g. ``It falls: cheap-to-serve.``"""
    attackers = "; ".join(_attacker_words(knowledge, node, standing.label) for node in standing.deciding_attackers)
    match standing.label:
        case Label.IN:
            return f"All that attacks it has fallen: {attackers}." if attackers else "Nothing attacks it."
        case Label.OUT:
            return f"It falls: {attackers}."
        case Label.UNDECIDED:
            return f"It is open, because this is open: {attackers}."


def _attacker_words(knowledge: Knowledge, attacker: FrameworkNode, label: Label) -> str:
    """One of the attackers that decide the label of what they attack."""
    match attacker.kind:
        case FrameworkNodeKind.ENTITY:
            return _name(knowledge, attacker)
        case FrameworkNodeKind.NOT:
            name = _name(knowledge, attacker)
            return f"whether {name} stands" if label is Label.UNDECIDED else f"{name} has fallen"
        case FrameworkNodeKind.NO_ARGUMENT:
            return "no argument for it stands"
        case FrameworkNodeKind.NO_RESULT:
            return "it cannot be worked out"
        case FrameworkNodeKind.FAILED_CONDITION:
            return "its condition fails on the numbers"


def _name(knowledge: Knowledge, node: FrameworkNode) -> str:
    """The readable name of an entity, or of a question with the side; the id of an entity that is not known."""
    entity = knowledge.by_id.get(node.id)
    if entity is None:
        return f"{node.id}#{node.side}" if node.side else node.id
    return f"{entity.slug} ({node.side})" if node.side else entity.slug
