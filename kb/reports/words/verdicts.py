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
        meaning="two numbers agree as they are stated",
        light="#1b6742",
        dark="#76cba0",
        terminal="green",
    ),
    Verdict.ROUNDING: VerdictStyle(
        name="rounding",
        sign="≈",
        meaning="two numbers agree once rounding or truncation is allowed for",
        light="#2a5b86",
        dark="#8cbbe8",
        terminal="cyan",
    ),
    Verdict.NOT_COMPARABLE: VerdictStyle(
        name="not comparable",
        sign="∥",
        meaning="two numbers are about different things; the reason is given",
        light="#5d4a88",
        dark="#bfaeec",
        terminal="blue",
    ),
    Verdict.TENSION: VerdictStyle(
        name="tension",
        sign="~",
        meaning="two numbers seem at odds but could both be right",
        light="#815200",
        dark="#e2b45a",
        terminal="yellow",
    ),
    Verdict.CONFLICT: VerdictStyle(
        name="conflict",
        sign="≠",
        meaning="two comparable numbers cannot both be right",
        light="#a02a20",
        dark="#f3938a",
        terminal="red",
    ),
}
"""The row of every verdict, from settled to worst."""


def verdict_words(verdict: Verdict, kind: FindingKind | None = None) -> str:
    """The verdict in words; for a spread with the word "spread"."""
    return "spread, not comparable" if kind is FindingKind.SPREAD else VERDICTS[verdict].name


def verdict_count_words(number: int, words: str) -> str:
    """How many findings have the verdict that ``verdict_words`` calls ``words``.

    >>> [verdict_count_words(number, words) for number, words in ((11, "tension"), (1, "conflict"))]
    ['11 tensions', '1 conflict']
    >>> [verdict_count_words(2, words) for words in ("spread, not comparable", "not comparable")]
    ['2 spreads', '2 not comparable']
    """
    noun = words.partition(",")[0]
    return f"{number:,} {noun if number == 1 or noun.startswith('not ') else f'{noun}s'}"
