"""The table of verdicts: what each is called, its sign, what it means, and its colours."""

from collections.abc import Mapping
from dataclasses import dataclass

from kb.domain.finding import FindingKind, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictStyle:
    """How a verdict is shown.

    Attributes:
        name: Its name in a sentence.
        sign: One character that says the same without colour.
        meaning: What it says about two numbers, to follow a colon.
        light: Its colour on light paper, as CSS writes it. ``kb.css`` repeats it, and a test holds the two together.
        dark: Its colour on a dark page.
        terminal: Its colour in a terminal, by click's names.
    """

    name: str
    sign: str
    meaning: str
    light: str
    dark: str
    terminal: str


VERDICTS: Mapping[Verdict, VerdictStyle] = {
    Verdict.AGREEMENT: VerdictStyle(
        name="agreement",
        sign="=",
        meaning="they share values as stated",
        light="#1b6742",
        dark="#76cba0",
        terminal="green",
    ),
    Verdict.ROUNDING: VerdictStyle(
        name="rounding",
        sign="≈",
        meaning="the same number, rounded differently",
        light="#2a5b86",
        dark="#8cbbe8",
        terminal="cyan",
    ),
    Verdict.NOT_COMPARABLE: VerdictStyle(
        name="not comparable",
        sign="∥",
        meaning="different things were measured",
        light="#5d4a88",
        dark="#bfaeec",
        terminal="blue",
    ),
    Verdict.TENSION: VerdictStyle(
        name="tension",
        sign="~",
        meaning="they meet only within a hedge or a bound, or much was left unsaid",
        light="#815200",
        dark="#e2b45a",
        terminal="yellow",
    ),
    Verdict.CONFLICT: VerdictStyle(
        name="conflict",
        sign="≠",
        meaning="no value satisfies both",
        light="#a02a20",
        dark="#f3938a",
        terminal="red",
    ),
}
"""From settled to worst; every verdict has its row."""


def verdict_words(verdict: Verdict, kind: FindingKind | None = None) -> str:
    """The verdict in words; a spread is named as one."""
    return "spread, not comparable" if kind is FindingKind.SPREAD else VERDICTS[verdict].name
