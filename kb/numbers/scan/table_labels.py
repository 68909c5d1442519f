"""Numbers in the heads of a table and in the names of its rows that are no figures: times, and parts of a name."""

import re
from collections.abc import Iterator

from kb.numbers.grid import Grid, Place, is_number
from kb.numbers.lexicon import LEXICON
from kb.numbers.scan.mention import LeftOut, Span
from kb.numbers.table_period import period_spans

_NO_NAMES = LEXICON.stops.no_heads | {word for phrase in LEXICON.bounds.leads for word in phrase.split()}
_LAST = re.compile(
    r"(?:[^\n]*[\W_])?(?P<word>[^\W\d_]+)[ \xa0](?P<number>\d{1,4}(?:\.\d{1,3}){0,3}[KMBT]?)(?![\w.])[ \xa0]?"
)
"""The name of a row with a number behind it: ``flatlog 0.7``, ``Llama 7B``; but ``over 40``, ``households of 5``."""
_INNER = re.compile(
    r"(?<![\w.,])(?P<number>\d[\d.,]*(?:[ \xa0]?%|-[^\W\d_]+|[ \xa0](?P<unit>[^\W\d_]+)))[ \xa0](?P<word>[^\W\d_]{3,})"
)
"""A number with its unit that describes what a row is about: ``10-year notes``, ``5% bonds``, ``90 days past due``."""
_PER = re.compile(
    rf"(?:/|\b(?:{'|'.join(sorted(filter(str.isalpha, LEXICON.units.per)))})\b)\s?(?P<number>\d[\d.,]*\w*)"
)
"""What a head says that its cells are per: ``Price / 1M tokens``."""
_LONGEST_NAME = 48


def label_spans(grid: Grid) -> Iterator[Span]:
    """The numbers of the heads and names of ``grid`` that say how much of nothing."""
    for row, cells in enumerate(grid.rows):
        is_head = row < grid.heads
        for place in cells if is_head else cells[: grid.name_columns]:
            name = grid.text[slice(*place)]
            for first, last in period_spans(name):
                yield Span(place.start + first, place.start + last, LeftOut.DATE)
            if is_head:
                yield from (Span(*match.span("number"), LeftOut.LABEL) for match in _PER.finditer(grid.text, *place))
                yield from _version(grid, place)
            else:
                yield from _in_name(grid, row, place)


def _version(grid: Grid, place: Place) -> Iterator[Span]:
    """The version behind the name in a head: ``filequeue 2.1``."""
    last = _LAST.fullmatch(grid.text, *place)
    if last and "." in last["number"] and last["word"].casefold() not in _NO_NAMES:
        yield Span(*last.span("number"), LeftOut.LABEL)


def _in_name(grid: Grid, row: int, place: Place) -> Iterator[Span]:
    last = _LAST.fullmatch(grid.text, *place)
    if last and last["word"].casefold() not in _NO_NAMES:
        yield Span(*last.span("number"), LeftOut.LABEL)
    # A long name, or one of a row without numbers, is a sentence rather than a name.
    if place.end - place.start > _LONGEST_NAME or not any(is_number(grid.cell(row, at)) for at in _body(grid, row)):
        return
    for inner in _INNER.finditer(grid.text, *place):
        if _NO_NAMES.isdisjoint(word.casefold() for word in (inner["unit"] or "", inner["word"])):
            yield Span(*inner.span("number"), LeftOut.LABEL)


def _body(grid: Grid, row: int) -> range:
    return range(grid.name_columns, len(grid.rows[row]))
