"""The table of verdicts: the name, sign, meaning and colours of each."""

from collections.abc import Mapping
from dataclasses import dataclass

from kb.domain.finding import FindingKind, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictStyle:
    """The presentation of a verdict.

    Attributes:
        name: Its name in a sentence.
        sign: One character that identifies it without colour.
        meaning: Its meaning for two numbers, as words that follow a colon.
        light: Its colour on a light page, as in CSS. ``kb.css`` repeats it, and a test keeps the two equal.
        dark: Its colour on a dark page, likewise.
        terminal: Its colour in a terminal, by the names of click.
    """

    name: str
    sign: str
    meaning: str
    light: str
    dark: str
    terminal: str


# Each verdict has a sign and a name besides its colour, which not every reader sees.
VERDICTS: Mapping[Verdict, VerdictStyle] = {
    Verdict.AGREEMENT: VerdictStyle(
        name="agreement",
        sign="=",
        meaning="the stated intervals of two positions meet",
        light="#1b6742",
        dark="#76cba0",
        terminal="green",
    ),
    Verdict.ROUNDING: VerdictStyle(
        name="rounding",
        sign="≈",
        meaning="two numbers meet once rounding or truncation is allowed for",
        light="#2a5b86",
        dark="#8cbbe8",
        terminal="cyan",
    ),
    Verdict.NOT_COMPARABLE: VerdictStyle(
        name="not comparable",
        sign="∥",
        meaning="the two numbers are about different things; the reason is given",
        light="#5d4a88",
        dark="#bfaeec",
        terminal="blue",
    ),
    Verdict.TENSION: VerdictStyle(
        name="tension",
        sign="~",
        meaning="two positions pull apart, yet both may be true",
        light="#815200",
        dark="#e2b45a",
        terminal="yellow",
    ),
    Verdict.CONFLICT: VerdictStyle(
        name="conflict",
        sign="≠",
        meaning="two comparable positions do not meet",
        light="#a02a20",
        dark="#f3938a",
        terminal="red",
    ),
}
"""The row of every verdict, from settled to worst."""


def verdict_words(verdict: Verdict, kind: FindingKind | None = None) -> str:
    """The verdict in words; for a spread with the word "spread"."""
    return "spread, not comparable" if kind is FindingKind.SPREAD else VERDICTS[verdict].name
