"""Sentences on conclusions: the consensus of independent voices, and the standing of a statement."""

from collections.abc import Sequence
from typing import assert_never

from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.argumentation.labelling import FrameworkNode, FrameworkNodeKind, Label
from kb.reasoning.argumentation.standing import Standings
from kb.reasoning.comparison.verdict import Distance
from kb.reasoning.consensus import Consensus, ConsensusGround
from kb.reports.words.amount import points_words, ratio_words
from kb.reports.words.voices import name_words


def consensus_sentence(consensus: Consensus) -> str:
    """Sentences on how the consensus was found and which voices give only a limit, or why there is none."""
    basis = consensus.basis
    match basis.ground:
        case ConsensusGround.AUTHORITY:
            return f"{name_words(basis.voices[0])} is the declared authority.{_limits_sentence(basis.limits)}"
        case ConsensusGround.MEDIAN:
            return f"Weighted median of {len(basis.voices)} independent voices.{_limits_sentence(basis.limits)}"
        case ConsensusGround.SINGLE_VOICE:
            return f"One voice only: nothing confirms it.{_limits_sentence(basis.limits)}"
        case ConsensusGround.AUTHORITY_INCONSISTENT:
            return f"No consensus: {name_words(basis.voices[0])}, the declared authority, gives more than one number."
        case ConsensusGround.END_NOT_STATED:
            return "No consensus: a voice leaves an end unsaid."
        case ConsensusGround.NO_RATIO:
            return "No consensus: the voices differ in sign, or one says zero."
        case ConsensusGround.TOO_FAR_APART:
            return f"No consensus: the voices lie {_gap_words(basis.gap)} apart."
        case _:
            assert_never(basis.ground)


def _limits_sentence(names: Sequence[str]) -> str:
    """A sentence that follows another, so that it begins with a space; empty without names."""
    # Of "at least 50" the page prints 50: a reader must learn that this voice states no number of its own.
    verb = "gives" if len(names) == 1 else "give"
    return f" {' and '.join(map(name_words, names))} {verb} only a limit." if names else ""


def _gap_words(gap: Distance | None) -> str:
    if gap is None or gap.near is None:
        return ""
    return points_words(gap.near) if gap.points else f"{ratio_words(gap.near)} times"


def standing_sentence(knowledge: Knowledge, standings: Standings, id: Id) -> str:
    """A sentence with the reason of a grounded label and the attackers that decide it."""
    label = standings.label(id)
    attackers = "; ".join(_attacker_words(knowledge, node, label) for node in standings.deciding_attackers(id))
    match label:
        case Label.IN:
            return f"All that attacks it has fallen: {attackers}." if attackers else "Nothing attacks it."
        case Label.OUT:
            return f"It falls: {attackers}."
        case Label.UNDECIDED:
            return f"It is open, because this is open: {attackers}."


def _attacker_words(knowledge: Knowledge, attacker: FrameworkNode, label: Label) -> str:
    """An attacker that decides a label, in words."""
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
    """The slug of an entity, with the side of a question; the id where the entity is not known."""
    entity = knowledge.by_id.get(node.id)
    if entity is None:
        return f"{node.id}#{node.side}" if node.side else node.id
    return f"{entity.slug} ({node.side})" if node.side else entity.slug
