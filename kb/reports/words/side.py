"""One side of a comparison: a voice with its number in words."""

import re
from dataclasses import dataclass

from kb.domain.entity import Stance
from kb.domain.knowledge import Knowledge
from kb.reasoning.comparison.tolerance import NormalizedQuantity
from kb.reports.words.amount import (
    interval_words,
    opened_interval_words,
    quantity_words,
)
from kb.reports.words.outcome import computed_words
from kb.reports.words.rates import at_rate
from kb.reports.words.references import capitalized
from kb.reports.words.voices import is_plural_name, says_words, with_stance, without_denial


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: the name of the voice, the number in words, and its intervals.

    ``rests_on`` says of a computed number on what other numbers it rests, e.g. ``with an assumed number``;
    ``stated_as`` how a share was stated that is the rest of it, e.g. ``45% for the share of seats kept``.
    """

    name: str
    words: str
    normalized: NormalizedQuantity
    rests_on: str = ""
    stance: Stance | None = None
    stated_as: str = ""

    @property
    def number(self) -> str:
        """The number as it is compared, without its stance, or a computed one without what it was converted from."""
        if self.normalized.quantity is None:
            return _calculated_words(self.normalized)
        return self.words if self.normalized.exchange else quantity_words(self.normalized.quantity)

    @property
    def said(self) -> str:
        """Who says which number, as a clause."""
        if self.normalized.quantity is None:
            return computed_words(self.name, ", ".join(filter(None, (self.words, self.rests_on))))
        if self.stated_as:
            return says_words(self.name, f"{self.stated_as}, that is {self.words}", self.stance)
        # "Denies" is the mark of a denial.
        return says_words(self.name, without_denial(self.words), self.stance)


def said_by_both(left: Side, right: Side) -> str:
    """Who says which two numbers, in a sentence."""
    # "Ash says $5; Ash says $6" might be two people.
    (voice, line), (second_voice, second_line) = (_voice_and_line(side.name) for side in (left, right))
    if line and voice == second_voice:
        clause = says_words(voice, f"{left.words} in {line}")
        return capitalized(f"{clause} and {right.words} in {second_line}.")
    if gives_the_same(left, right):
        return capitalized(f"{left.said}, as {'do' if is_plural_name(right.name) else 'does'} {right.name}.")
    if left.name == right.name and left.normalized.quantity and right.normalized.quantity:
        return capitalized(f"{left.said}, and elsewhere {right.words}.")
    return capitalized(f"{left.said}; {right.said}.")


def gives_the_same(left: Side, right: Side) -> bool:
    """Whether a calculation comes to just what a voice says, in the same words."""
    return left.normalized.quantity is None and not left.rests_on and left.words == right.words


def _voice_and_line(name: str) -> tuple[str, str]:
    """A voice and the line where it speaks, e.g. ``Ash`` and ``line 39``; no line where none is named."""
    placed = _PLACED.fullmatch(name)
    return (placed[1], placed[2]) if placed else (name, "")


_PLACED = re.compile(r"(.+) \((line \d+)\)")


def make_side(
    knowledge: Knowledge,
    name: str,
    normalized: NormalizedQuantity,
    *,
    stance: Stance | None = None,
    rests_on: str = "",
    stated_as: str = "",
) -> Side:
    """A number as one side of a comparison, with its ``stance``, or with what a computed one ``rests_on``."""
    if normalized.quantity is None:
        return Side(name, _calculated_words(normalized) + _origin_words(knowledge, normalized), normalized, rests_on)
    words = quantity_words(normalized.quantity) + _conversion_words(knowledge, normalized)
    return Side(name, with_stance(words, stance), normalized, stance=stance, stated_as=stated_as)


def _calculated_words(normalized: NormalizedQuantity) -> str:
    """A calculated number with its open side, after "gives": ``more than 80%``, ``62.5% to 70% or less``."""
    if normalized.allowed == normalized.stated or not normalized.bounded:
        return interval_words(normalized.stated, normalized.unit)
    words = opened_interval_words(normalized.stated, normalized.allowed, normalized.unit)
    return re.sub("^above ", "more than ", re.sub("^below ", "less than ", words))


def _origin_words(knowledge: Knowledge, computed: NormalizedQuantity) -> str:
    """A result before it was converted, and the rate, in brackets; empty for one that was not."""
    if not (computed.exchange and computed.original):
        return ""
    return f" (that is {_calculated_words(computed.original)}{at_rate(knowledge, computed.exchange)})"


def _conversion_words(knowledge: Knowledge, normalized: NormalizedQuantity) -> str:
    if normalized.factor == 1 and not normalized.exchange:
        return " (period not stated)" if normalized.period_not_stated else ""
    amount = interval_words(normalized.stated, normalized.unit)
    own = normalized.quantity
    if not normalized.exchange and own and amount == interval_words(own.stated, own.unit):
        return " (period not stated)" if normalized.period_not_stated else ""
    rate = at_rate(knowledge, normalized.exchange) if normalized.exchange else ""
    return f" (that is {amount}{rate}{'; period not stated' if normalized.period_not_stated else ''})"
