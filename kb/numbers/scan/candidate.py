"""A figure before it is judged: its tokens, its place among them, and the noun behind it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kb.domain.quantity import PERIODS
from kb.domain.unit.names import CURRENCIES
from kb.numbers.amount import amount_at
from kb.numbers.figure import ParsedFigure
from kb.numbers.lexicon import LEXICON
from kb.numbers.number import ONE, Number
from kb.numbers.qualifiers import lead_at
from kb.numbers.scan.mention import is_measure
from kb.numbers.token import Token

EDGE = Token("sign", "", "", -1, -1)
"""Stands before the first token and behind the last."""

_NO_MEANING = (None, None)
_OPENERS = LEXICON.word_numerals.vague_openers - LEXICON.word_numerals.articles


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A number that may be a figure.

    Attributes:
        text: The text, with full-width forms and emphasis made plain.
        tokens: Tokens around the figure; those of names have the kind ``name``.
        first: Index of its first token that carries meaning.
        core: Index of the first token of its number, sign and currency included.
        figure: What is read, its end moved behind the noun.
        unit: What is counted, if the figure itself does not state it.
        noun_at: Index of the noun between blanks that it counts; 0 where none was looked for.
        noun_capitals: Whether every noun of its text begins with a capital.
    """

    text: str
    tokens: Sequence[Token]
    first: int
    core: int
    figure: ParsedFigure
    unit: str = ""
    noun_at: int = 0
    noun_capitals: bool = False

    def having(self, figure: ParsedFigure, unit: str | None = None, first: int | None = None) -> "Candidate":
        """The same with another figure, and perhaps another unit or another first token."""
        unit = self.unit if unit is None else unit
        first = self.first if first is None else first
        return replace(self, first=first, figure=figure, unit=unit)

    def token(self, at: int) -> Token:
        """The token at ``at``; an empty one outside the text."""
        return self.tokens[at] if 0 <= at < len(self.tokens) else EDGE

    @property
    def before(self) -> Token:
        """The token before its first."""
        return self.token(self.first - 1)

    @property
    def behind(self) -> Token:
        """The token behind its last."""
        return self.token(self.figure.end)

    @property
    def head(self) -> Token:
        """The first token of its number."""
        return self.tokens[self.core]

    @property
    def number(self) -> Number:
        """The number of its first end."""
        return self.figure.low.number

    @property
    def effective_unit(self) -> str:
        """Its unit, or an empty text."""
        return self.figure.high.unit or self.unit

    @property
    def counts_things(self) -> bool:
        """Whether it counts things, rather than money, time or shares."""
        ratio = self.effective_unit in ("fraction", "multiple")
        return bool(self.effective_unit) and not (
            ratio or self.is_time or self.is_money or is_measure(self.effective_unit)
        )

    @property
    def is_hedged(self) -> bool:
        """Whether words before or behind it limit or hedge it."""
        return self.figure.qualifier != (self.number.bound, self.number.hedge)

    @property
    def is_one_value(self) -> bool:
        """Whether it has one end only."""
        return self.figure.low is self.figure.high

    @property
    def value(self) -> Decimal:
        """Its lower end."""
        return self.number.low

    @property
    def is_scaled(self) -> bool:
        """Whether a word or a letter multiplies it."""
        return self.figure.high.number.scale != ONE or self.number.scale != ONE

    @property
    def is_time(self) -> bool:
        """Whether it is a time."""
        return self.effective_unit.partition("/")[0] in PERIODS or self.effective_unit.startswith(("decade", "century"))

    @property
    def is_money(self) -> bool:
        """Whether it is an amount of money."""
        return self.effective_unit.partition("/")[0] in CURRENCIES

    @property
    def is_plain(self) -> bool:
        """Whether it is a number without scale, rate and unit, or counts things."""
        thing = not self.effective_unit or self.counts_things
        return thing and not self.is_scaled and not self.figure.rates

    @property
    def is_cut(self) -> bool:
        """Whether letters touch its digits that are no part of the reading, so that nobody knows what it says."""
        end = self.figure.end
        if self.head.kind == "number" and self.touches_before(self.core) and self.tokens[self.core - 1].kind == "word":
            return True
        touching = self.touches_before(end) and self.tokens[end].kind == "word"
        return touching and self.tokens[end - 1].kind == "number" and self.tokens[end - 1].text.isascii()

    def touches_before(self, at: int) -> bool:
        """Whether no blank stands between the token at ``at`` and the one before it."""
        return 0 < at < len(self.tokens) and self.tokens[at - 1].end == self.tokens[at].start


def located(tokens: Sequence[Token], at: int, figure: ParsedFigure) -> tuple[int, int]:
    """The indices of the first token of the figure at ``at`` that carries meaning, and of its number's first."""
    first, place = -1, at
    while place < figure.end:
        lead = lead_at(tokens, place)
        # "Just" and "a total of" say nothing about the number, and stay outside the literal.
        if lead:
            first = place if first < 0 and lead[0] != _NO_MEANING else first
            place = lead[1]
        elif tokens[place].low in LEXICON.bounds.openings:
            first = place if first < 0 and figure.low is not figure.high else first
            place += 1
        elif tokens[place].text in LEXICON.units.per_before:
            first = place if first < 0 else first
            place = _behind_rate(tokens, place, figure)
            break
        else:
            break
    core = min(place, figure.end - 1)
    if tokens[core].low in _OPENERS and core + 1 < figure.end:
        core += 1
    return (core if first < 0 else first), core


def _behind_rate(tokens: Sequence[Token], at: int, figure: ParsedFigure) -> int:
    for place in range(at + 1, figure.end):
        amount = amount_at(tokens, place)
        if amount and amount.number.low == figure.low.number.low and amount.unit == figure.low.unit:
            return place
    return at
