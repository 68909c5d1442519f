"""Which figures stand in a text? Every one, from left to right, with its place; the words around it are not weighed.

Only the surroundings of places where a number can begin are cut into tokens. Such places are found with one pattern,
and their surroundings never overlap, so the time grows with the length of the text alone.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kb.domain.notation import word
from kb.domain.notation.quantity import quantity_of
from kb.domain.notation.reading import Figure, figure_at
from kb.domain.notation.token import Token, plain, tokens_of
from kb.domain.quantity import Quantity
from kb.domain.unit import STANDARD, Units


class Found(NamedTuple):
    """A figure in a text.

    Attributes:
        start: Place of its first character, leading words included.
        end: Place behind its last character.
        at: Index of its first token.
        figure: The figure; ``figure.end`` is the index of the token behind it.
        tokens: Tokens around the figure, with their places in the whole text; the words before and behind it.
        units: The vocabulary of units that was read with.
    """

    start: int
    end: int
    at: int
    figure: Figure
    tokens: Sequence[Token]
    units: Units

    def quantity(self, text: str, unit: str = "") -> Quantity | None:
        """What the figure says in ``text``, the text that it was found in.

        Args:
            text: The whole text.
            unit: What is counted, for a figure that names no unit itself.

        Returns:
            The quantity; its unit is empty where none was said or given. None for what cannot be one: a range whose
            first end lies above the second.
        """
        return quantity_of(self.figure, text[self.start : self.end], unit, self.units)


_BEHIND = 160
_BEFORE = 64


def _beginnings() -> re.Pattern[str]:
    english = (word.UNITS, word.TENS, word.PARTS, word.VAGUE_PLURALS, word.SEVERAL, word.SCALES, ("hundred", "dozen"))
    words = "|".join(sorted({text for table in english for text in table}))
    han = (word.HAN_DIGITS, word.HAN_TENS, word.HAN_SCALES, word.HAN_VAGUE, word.HAN_PARTS, "半", "上", "对", "對")
    signs = "".join(sorted({text[0] for table in han for text in table}))
    glyphs = "".join(word.GLYPHS)
    return re.compile(rf"[0-9]++(?:[.,\s]?[0-9]++)*+|[{signs}{glyphs}]++|\b(?:{words})(?![a-z])", re.IGNORECASE)


_BEGINNING = _beginnings()


def figures(text: str, units: Units = STANDARD) -> Iterator[Found]:
    """The figures of ``text`` in order, none inside another; of several readings at one place the longest.

    >>> [text[found.start : found.end] for text in ["It has over 16M users, $5 each."] for found in figures(text)]
    ['over 16M', '$5 each']
    """
    for stretch in stretches(text, units):
        at = 0
        while at < len(stretch):
            figure = figure_at(stretch, at)
            if figure is None:
                at += 1
                continue
            yield Found(stretch[at].start, stretch[figure.end - 1].end, at, figure, stretch, units)
            at = figure.end


def stretches(text: str, units: Units = STANDARD) -> Iterator[list[Token]]:
    """The tokens around each place where a number can begin; places near each other share theirs."""
    text = plain(text)
    start = end = 0
    for match in _BEGINNING.finditer(text):
        if match.start() - _BEFORE > end:
            if end:
                yield tokens_of(text, start, _cut(text, end, len(text)), units)
            start = _cut(text, match.start() - _BEFORE, match.start())
        end = match.end() + _BEHIND
    if end:
        yield tokens_of(text, start, len(text) if end >= len(text) else _cut(text, end, len(text)), units)


_BLANK = re.compile(r"\s")


def _cut(text: str, place: int, last: int) -> int:
    """A blank at or soon behind ``place``, so that no word is cut in two; ``place`` where there is none."""
    if place >= last:
        return last
    found = _BLANK.search(text, max(place, 0), min(place + 32, last))
    return found.start() if found else max(place, 0)
