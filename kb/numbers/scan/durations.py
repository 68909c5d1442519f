"""Which times in text and tables are durations rather than times of day: took 1:45:30, 2:15 h, a column (h:mm)."""

import re
from collections.abc import Iterator

from kb.domain.quantity import Quantity
from kb.numbers.clock import clock_value
from kb.numbers.grid import Grid, Place
from kb.numbers.lexicon import LEXICON
from kb.numbers.number import ONE, digits
from kb.numbers.scan.mention import FigureKind, FigureMention

_PROSE, _PARTS = LEXICON.prose, LEXICON.units.clock_parts
_CLOCK = r"\d{1,3}:[0-5]\d(?::[0-5]\d)?(?:\.\d{1,3})?"
_NAMES = sorted(_PARTS, key=len, reverse=True)
_UNITS = "|".join(re.escape(name) for name in _NAMES if _PARTS[name] in ("hour", "minute") and name != "m")
_JOINERS = "|".join(sorted(LEXICON.bounds.joiners))
_UNIT = rf"\s?(?:{_UNITS})(?![^\W\d_])"
_BEHIND = re.compile(rf"(?:\.\d{{1,3}})?(?:{_UNIT}|\s?(?:[-–—~～]|{_JOINERS})\s?{_CLOCK}{_UNIT})", re.IGNORECASE)


def _word_of(words: frozenset[str]) -> str:
    # No blank shows where a word in Chinese characters begins.
    return "(?:" + "|".join(rf"(?<!\w){word}" if word < "\u3007" else word for word in sorted(words)) + ")"


_LINKS = "|".join(sorted(LEXICON.bounds.joiners | LEXICON.word_numerals.ands)) + "|[-–—~～]"
_SECOND = rf"(?:{_CLOCK}\s?(?:{_LINKS})\s?)?"
"""The first of two times of day: between 1:45:30 and 1:50:00."""
_OF_DAY = re.compile(rf"{_word_of(_PROSE.clock_leads)}\s?{_SECOND}$|\d[-/.]\d{{1,4}}[ ,T]{{1,2}}$", re.IGNORECASE)
_OF_DURATION = re.compile(rf"{_word_of(_PROSE.duration_words)}(?!\w)[^.;\n\d]{{0,24}}$", re.IGNORECASE)
_RATIO = re.compile(rf"{_word_of(_PROSE.ratio_nouns)}(?!\w)", re.IGNORECASE)
_ZONE = re.compile(r"\s?[A-Z]{1,4}\b")
_LONE = re.compile(r"[1-9]:[0-5]\d:[0-5]\d")
_LOOK_BACK, _LOOK_AHEAD = 40, 30


def is_duration(text: str, start: int, end: int) -> bool:
    """Whether the time from ``start`` to ``end`` says how long rather than when."""
    literal, before = text[start:end], text[max(start - _LOOK_BACK, 0) : start]
    behind = text[end : end + _LOOK_AHEAD]
    if literal[-1] not in "0123456789" or _OF_DAY.search(before):
        return False
    if _BEHIND.match(behind):
        return True
    if literal.count(":") < 2 or _ZONE.match(behind) or _RATIO.search(before) or _RATIO.match(behind.lstrip()):
        return False
    if _OF_DURATION.search(before):
        return True
    # A clock of the day has two digits for the hour, and what opens a line or stands in brackets marks a place.
    opens = not before.rstrip(" \t").strip("[(") or before.rstrip(" \t")[-1:] in "[(\n|"
    return _LONE.fullmatch(literal) is not None and not opens


# Columns and rows of durations

_PART = rf"({'|'.join(map(re.escape, _NAMES))})\.?"
_FORMAT = re.compile(rf"(?<![^\W\d_]){_PART}\s?:\s?{_PART}(?:\s?:\s?{_PART})?(?![^\W\d_])", re.IGNORECASE)
_CELL = re.compile(r"(\d{1,3}):([0-5]\d)(?::([0-5]\d))?(\.\d{1,3})?")
_FALLING = (("hour", "minute"), ("minute", "second"), ("hour", "minute", "second"))


def unit_shown(name: str) -> str:
    """The smallest unit of the durations under ``name``, which shows how they are written; empty for none.

    >>> [unit_shown(name) for name in ("Time (h:mm)", "time (min:s)", "Duration (hh:mm:ss)", "Departure (hh:mm)")]
    ['minute', 'second', 'second', '']
    """
    shown = _FORMAT.search(name)
    if shown is None:
        return ""
    parts = tuple(_PARTS[part.lower()] for part in shown.groups() if part)
    # Two letters for the hour are how a time of day is written, unless the name says how long.
    if shown[1].lower() == "hh" and not _OF_LENGTH.search(name):
        return ""
    return parts[-1] if parts in _FALLING else ""


_OF_LENGTH = re.compile(_word_of(_PROSE.duration_nouns), re.IGNORECASE)


def table_durations(grid: Grid) -> Iterator[FigureMention]:
    """The cells of ``grid`` whose column or row shows that they are durations."""
    heads = [unit_shown(head) for head in grid.columns]
    for at in range(grid.heads, len(grid.rows)):
        of_row = unit_shown(grid.names[at])
        for column, place in enumerate(grid.rows[at]):
            unit = of_row or (heads[column] if column < len(heads) else "")
            if unit and (mention := _in_cell(grid.text, place, unit)):
                yield mention


def _in_cell(text: str, place: Place, unit: str) -> FigureMention | None:
    literal = text[slice(*place)]
    cell = _CELL.fullmatch(literal)
    if cell is None:
        return None
    parts = [part for part in cell.groups()[:3] if part]
    parts[-1] += cell[4] or ""
    last = digits(parts[-1])
    value = clock_value(parts)
    quantity = Quantity(
        low=value,
        high=value,
        unit="second" if len(parts) > 2 else unit,
        granularity=last.grain if last and not last.is_whole else ONE,
        as_written=literal,
    )
    return FigureMention(*place, quantity, FigureKind.DURATION)
