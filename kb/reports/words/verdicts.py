"""The table of verdicts: the name, sign, meaning and colours of each."""

from collections.abc import Mapping
from dataclasses import dataclass

from kb.domain.finding import Finding, FindingKind, Verdict


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
    Verdict.MET: VerdictStyle(
        name="met",
        sign="✓",
        meaning="a projection agrees with how things turned out",
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
    Verdict.MISSED: VerdictStyle(
        name="missed",
        sign="✗",
        meaning="a projection differs from how things turned out",
        light="#7a3e6d",
        dark="#e0a3d3",
        terminal="magenta",
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


def verdict_name(finding: Finding) -> str:
    """The verdict by the name that style sheets and programs know; empty for a finding without one."""
    return finding.verdict.value if finding.verdict else ""


def verdict_words(verdict: Verdict | None, kind: FindingKind | None = None) -> str:
    """The verdict in words, for a spread or a forecast with that word; of a series and its steps, what they are."""
    match kind:
        case FindingKind.SERIES:
            return "series" if verdict is None else "change"
        case FindingKind.SPREAD:
            return "spread, not comparable"
        case FindingKind.FORECAST:
            return f"forecast {VERDICTS[verdict].name if verdict else ''}"
        case _:
            return VERDICTS[verdict].name if verdict else ""


def verdict_count_words(number: int, words: str) -> str:
    """How many findings have the verdict that ``verdict_words`` calls ``words``.

    >>> [verdict_count_words(number, words) for number, words in ((11, "tension"), (1, "conflict"))]
    ['11 tensions', '1 conflict']
    >>> [verdict_count_words(2, words) for words in ("spread, not comparable", "not comparable")]
    ['2 spreads', '2 not comparable']
    >>> [verdict_count_words(2, words) for words in ("forecast missed", "series")]
    ['2 forecasts missed', '2 series']
    """
    noun, _, rest = words.partition(",")[0].partition(" ")
    plural = noun if number == 1 or noun in ("not", "series") else f"{noun}s"
    return " ".join(filter(None, (f"{number:,}", plural, rest)))
