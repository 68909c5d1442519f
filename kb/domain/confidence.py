"""Two scales: how confident a voice is of what it says, and how reliable we think its source is."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache


class Likelihood(StrEnum):
    """The words of probability of ICD 203 (2015), section D.6.e.2.a; each stands for a range and is kept as a word."""

    ALMOST_NO_CHANCE = "almost no chance"
    VERY_UNLIKELY = "very unlikely"
    UNLIKELY = "unlikely"
    ROUGHLY_EVEN = "roughly even"
    LIKELY = "likely"
    VERY_LIKELY = "very likely"
    ALMOST_CERTAIN = "almost certain"


_RANGES = {
    Likelihood.ALMOST_NO_CHANCE: ("0.01", "0.05"),
    Likelihood.VERY_UNLIKELY: ("0.05", "0.20"),
    Likelihood.UNLIKELY: ("0.20", "0.45"),
    Likelihood.ROUGHLY_EVEN: ("0.45", "0.55"),
    Likelihood.LIKELY: ("0.55", "0.80"),
    Likelihood.VERY_LIKELY: ("0.80", "0.95"),
    Likelihood.ALMOST_CERTAIN: ("0.95", "0.99"),
}


# How sure a voice is and how far its source is trusted are two questions, and each counts once in a weight.
@dataclass(frozen=True, slots=True)
class Confidence:
    """How likely the voice thinks its own statement is, as we read it: a number from 0 to 1 or an ICD 203 word.

    >>> Confidence("likely").range
    (Decimal('0.55'), Decimal('0.80'))
    >>> Confidence("0.9").range
    (Decimal('0.9'), Decimal('0.9'))
    >>> Confidence("maybe")
    Traceback (most recent call last):
    ValueError: 'maybe' is neither a number from 0 to 1 nor one of: almost no chance, very unlikely, unlikely, \
roughly even, likely, very likely, almost certain
    """

    said: str

    def __post_init__(self) -> None:
        if _range(self.said) is None:
            words = ", ".join(Likelihood)
            raise ValueError(f"{self.said!r} is neither a number from 0 to 1 nor one of: {words}")

    @property
    def range(self) -> tuple[Decimal, Decimal]:
        """The lowest and the highest probability that it stands for, both included; equal for a number."""
        known = _range(self.said)
        assert known is not None
        return known

    @property
    def middle(self) -> Decimal:
        """The middle of the range, for weights."""
        low, high = self.range
        return (low + high) / 2

    def __str__(self) -> str:
        return self.said


@lru_cache(maxsize=1024)
def _range(text: str) -> tuple[Decimal, Decimal] | None:
    if text in list(Likelihood):
        low, high = _RANGES[Likelihood(text)]
        return Decimal(low), Decimal(high)
    number = _number(text)
    return None if number is None else (number, number)


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and 0 <= number <= 1 else None


class Reliability(StrEnum):
    """How reliable a source is, as an Admiralty letter (NATO AJP-2.1)."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"

    @property
    def meaning(self) -> str:
        """What the letter stands for, e.g. ``usually reliable``."""
        return _LETTERS[self]


_LETTERS = {
    Reliability.A: "completely reliable",
    Reliability.B: "usually reliable",
    Reliability.C: "fairly reliable",
    Reliability.D: "not usually reliable",
    Reliability.E: "unreliable",
    Reliability.F: "reliability cannot be judged",
}
