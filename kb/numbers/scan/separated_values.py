"""Tables whose cells commas or semicolons part (CSV), with tabs instead, so that they are read as all tables are."""

import re
from collections.abc import Iterator, Sequence

from kb.numbers.grid import is_number

_SEPARATORS = ",;"
_FEWEST_LINES = 3
_MAY_BE_ROW = re.compile(r"[^\s,;][^\n]*[,;][^\s]")
_NUMBER = re.compile(r"[-+(]?[$€£¥]?\d[\d.,]*\s?%?\)?")


def with_tabs(text: str) -> str:
    """``text`` with tabs between the cells of its tables in CSV; each character keeps its place.

    A table is a head without numbers and two rows or more with as many cells, each with a number. A blank stands behind
    the commas of prose.

    >>> with_tabs("Region,Sales (kg)\\nNorth,12\\nSouth,8\\n")
    'Region\\tSales (kg)\\nNorth\\t12\\nSouth\\t8\\n'
    """
    if not any(sign in text for sign in _SEPARATORS):
        return text
    lines = text.split("\n")
    for first, last, sign in _tables(lines):
        lines[first:last] = [line.replace(sign, "\t") for line in lines[first:last]]
    return "\n".join(lines)


def _tables(lines: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """The first line of each table, the one behind its last, and the sign between its cells."""
    at = 0
    while at < len(lines):
        sign = _separator(lines[at])
        end = at + 1
        while sign and end < len(lines) and _is_row(lines[end], sign, lines[at].count(sign)):
            end += 1
        if sign and end - at >= _FEWEST_LINES:
            yield at, end, sign
            at = end
        else:
            at += 1


def _separator(line: str) -> str:
    """The sign between the cells of ``line`` if that may be a head; empty for all others."""
    if not _MAY_BE_ROW.match(line) or "\t" in line or "|" in line:
        return ""
    sign = max(_SEPARATORS, key=line.count)
    cells = line.split(sign)
    named = all(cell and cell == cell.strip() and not is_number(_BRACKETS.sub("", cell)) for cell in cells)
    return sign if named else ""


_BRACKETS = re.compile(r"\([^()]*\)")


def _is_row(line: str, sign: str, separators: int) -> bool:
    if line.count(sign) != separators or f"{sign} " in line:
        return False
    return any(map(_NUMBER.fullmatch, line.split(sign)))
