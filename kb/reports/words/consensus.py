"""Sentences on a consensus: how it was found, or why there is none."""

from collections.abc import Sequence
from typing import assert_never

from kb.reasoning.comparison.verdict import Distance
from kb.reasoning.consensus import Consensus, ConsensusGround
from kb.reports.words.difference import say_points, say_ratio


def consensus_sentence(consensus: Consensus) -> str:
    """How the consensus was found and which voices give only a limit, or why there is no consensus."""
    basis = consensus.basis
    match basis.ground:
        case ConsensusGround.AUTHORITY:
            return f"{basis.voices[0]} is the declared authority.{_limits_sentence(basis.limits)}"
        case ConsensusGround.MEDIAN:
            return f"Weighted median of {len(basis.voices)} independent voices.{_limits_sentence(basis.limits)}"
        case ConsensusGround.SINGLE_VOICE:
            return f"One voice only: nothing confirms it.{_limits_sentence(basis.limits)}"
        case ConsensusGround.AUTHORITY_INCONSISTENT:
            return f"No consensus: {basis.voices[0]}, the declared authority, gives more than one number."
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
    # Of "at least 50" the page prints 50: the reader must learn that its voice names no number of its own.
    verb = "gives" if len(names) == 1 else "give"
    return f" {' and '.join(names)} {verb} only a limit." if names else ""


def _gap_words(gap: Distance | None) -> str:
    if gap is None or gap.near is None:
        return ""
    return say_points(gap.near) if gap.points else f"{say_ratio(gap.near)} times"
