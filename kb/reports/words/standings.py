"""The table of standings: the word, the sign and the meaning of each."""

from collections.abc import Mapping
from dataclasses import dataclass

from kb.reasoning.argumentation.standing import StandingWord


@dataclass(frozen=True, slots=True)
class StandingStyle:
    """How the standing of a statement is shown.

    Attributes:
        word: Its name beside a statement.
        verb: The same as the verb of a sentence about the statement.
        sign: One character that says the same without colour.
        meaning: What it says about the attacks on the statement.
    """

    word: str
    verb: str
    sign: str
    meaning: str


STANDINGS: Mapping[str, StandingStyle] = {
    StandingWord.UNOPPOSED: StandingStyle("unopposed", "is unopposed", "●", "unchallenged by anything that counts"),
    StandingWord.CONTESTED: StandingStyle(
        "contested",
        "is contested",
        "◐",
        "challenged, but more than half its strength survives",
    ),
    StandingWord.DEFEATED: StandingStyle(
        "defeated",
        "is defeated",
        "○",
        "what counts against it leaves at most half, so that it adds nothing",
    ),
    StandingWord.UNSUPPORTED: StandingStyle("unsupported", "is unsupported", "◌", "nothing counts for it"),
}
"""By the standing, as pages carry it."""
