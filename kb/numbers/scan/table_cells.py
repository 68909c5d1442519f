"""What bare cells of a table are in that only other cells show: the sign of money above them, bytes among kilobytes."""

import re
from collections.abc import Callable, Iterator, Sequence

from kb.domain.unit.names import CURRENCIES
from kb.numbers.grid import Grid, is_number
from kb.numbers.lexicon import LEXICON

_PROSE, _UNITS = LEXICON.prose, LEXICON.units
RATE_WORDS = re.compile(rf"(?:{'|'.join(_PROSE.table_rates) or '(?!)'})\s?\w*", re.IGNORECASE)
"""What the name of a row says that its cells are per."""
_SIGN = re.compile(r"[-−–(]*\s?(?P<sign>(?:[A-Z]{1,2})?[$€£¥₹]|[A-Z]{3}(?=\s?\d))\s?[-−–(]?\s?\d")
"""Money with its sign or code before it."""
CELL_NUMBER = re.compile(
    r"(?:[$€£¥₹]|[A-Z]{1,3}\$?)?\s?(?P<open>\()?\s*[^\w\s()]{0,2}(?:[A-Z]{2,3}\$?)?\s?"
    r"[-−–]?\d[\d,.' ]*(?:\s?[–-]\s?\d[\d,.]*)?(?:\s?%)?"
    r"(?:(?P<minus>[-−–])|(?(open)\)\s?(?P<unit>[^\W\d_]{2,3})(?!\w))|(?P<close>\)))?"
    r"(?:(?<![^\d]10)(?P<note><sup>\w{1,2}</sup>|\^\w\^))?(?:\s*(?:\([a-z]\)|[*†‡]))?"
)
"""A cell that holds one number, which is negative in brackets or with a minus behind it: ``(0.4) pp``, ``1,240-``."""
ANGLED_NUMBER = re.compile(r"<\s?\d[\d,.' ]*>")
"""A number in angle brackets, which may mean that it is negative, withheld or to be filled in."""
_LETTERS = re.compile(r"[^\W\d_]+")
_SIZE = re.compile(r"\d[\d.,]*\s?(?:(?P<large>[kKMGT]i?)B|B)")


def currency(text: str) -> str:
    """The code of the currency that ``text`` is the sign, the code or the name of; empty for none."""
    known = _UNITS.money_signs.get(text) or (text if text in CURRENCIES else "")
    named = _UNITS.money_names.get(text) or _UNITS.money_names.get(text.rstrip("."), "")
    letters = text.removesuffix("$").lower()
    return known or named or _UNITS.dollar_letters.get(letters, "") or _UNITS.measures.get(text.lower(), ("", 0))[0]


def sign_of(cell: str) -> str:
    """The currency whose sign or code stands before the number of a cell; empty for none."""
    sign = _SIGN.match(cell)
    return currency(sign["sign"]) if sign else ""


def cells_of(grid: Grid, row: int) -> Iterator[str]:
    """The cells of a row behind its name."""
    return (grid.cell(row, column) for column in range(1, len(grid.rows[row])))


def column_cells(grid: Grid, column: int) -> Iterator[str]:
    """The cells of a column below its heads."""
    return (grid.cell(row, column) for row in range(grid.heads, len(grid.rows)))


def signed_money(grid: Grid, *, goes_on: bool, counts: Callable[[str], bool]) -> dict[tuple[int, int], str]:
    """The money of bare cells, by row and column, that the signs of other cells of their column show.

    Accounts write the sign in the first row and in that of the total, and the cells between are money. What stands
    below the last total may be anything, e.g. a number of shares.

    Args:
        grid: The table.
        goes_on: Whether the cells below the last sign are money as well, up to a rate, a count or another section:
            accounts in thousands whose total is bare.
        counts: Whether a row of a name counts people or things.
    """
    signs: dict[tuple[int, int], str] = {}
    rows = range(grid.heads, len(grid.rows))
    for column in range(1, max(map(len, grid.rows), default=0)):
        last, code = 0, ""
        for row in rows:
            sign = sign_of(grid.cell(row, column))
            if not sign or RATE_WORDS.search(grid.names[row]):
                continue
            if sign == code:
                signs |= {(between, column): sign for between in range(last + 1, row)}
            last, code = row, sign
        if goes_on and code:
            signs |= {(row, column): code for row in _below(grid, last, column, counts)}
    return signs


def _below(grid: Grid, last: int, column: int, counts: Callable[[str], bool]) -> Iterator[int]:
    """The rows below ``last`` whose cells of ``column`` are money like its own."""
    for row in range(last + 1, len(grid.rows)):
        name, cell = grid.names[row], grid.cell(row, column)
        apart = grid.section_places[row] != grid.section_places[last]
        if apart or RATE_WORDS.search(name) or counts(name) or "%" in name or "%" in cell:
            return
        if is_number(cell):
            yield row


def rate_words(name: str, rate: re.Match[str]) -> str:
    """The words of ``name`` that say what its cells are per: "per share" of "Loss per diluted share"."""
    link, *words = _LETTERS.findall(name[rate.start() :])[:4] or [""]
    priced = next((word for word in words if word.lower() in _PROSE.priced), "")
    return f"{link} {priced}" if priced and rate[0].isascii() else rate[0]


def byte_rows(grid: Grid, column: int) -> Sequence[int]:
    """The rows whose cells of ``column`` are bytes, as those beside them are in kB or MB: 128 B, 1 kB."""
    sizes = {
        row: size for row in range(grid.heads, len(grid.rows)) if (size := _SIZE.fullmatch(grid.cell(row, column)))
    }
    is_size = any(size["large"] for size in sizes.values())
    return [row for row, size in sizes.items() if is_size and not size["large"]]
