"""The table of standings: the word, the sign and the meaning of each label of the argument map."""

from collections.abc import Mapping
from dataclasses import dataclass


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
    "in": StandingStyle("stands", "stands", "●", "every attack on it is beaten"),
    "out": StandingStyle("falls", "falls", "○", "an attack that stands hits it"),
    "undecided": StandingStyle("undecided", "is undecided", "◐", "attacks on it are neither beaten nor do they win"),
}
"""By the label in small letters, as pages carry it."""
