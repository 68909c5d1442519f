"""What the pages of a SQLite file hold, after https://sqlite.org/fileformat2.html."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

HEADER = 100
"""Bytes at the front of the file, before the first page's own header."""

_INTERIOR = {2: 12, 5: 12}  # types of interior pages: size of their header


@dataclass(frozen=True, slots=True)
class Stretch:
    """The bytes from ``start`` up to ``end``."""

    start: int
    end: int


def layout(path: Path) -> Mapping[str, list[Stretch]]:
    """Which bytes of the SQLite file at ``path`` hold what, e.g. ``log leaf``; together all of them."""
    data = path.read_bytes()
    size = int.from_bytes(data[16:18], "big")
    with closing(sqlite3.connect(path)) as connection:
        ask = "SELECT type, tbl_name, rootpage FROM sqlite_schema WHERE rootpage > 0"
        trees = [("table", "schema", 1), *connection.execute(ask).fetchall()]
    kinds = dict.fromkeys(_free_pages(data, size), "free")
    for type, table, root in trees:
        for page, is_interior in _pages(data, size, root):
            kinds[page] = _kind(type, table, is_interior)
    stretches = defaultdict(list, {"header": [Stretch(0, HEADER)]})
    for page in range(1, len(data) // size + 1):
        kind = kinds.get(page, "overflow")
        stretches[kind].append(Stretch((page - 1) * size + (HEADER if page == 1 else 0), page * size))
    return stretches


def _kind(type: str, table: str, is_interior: bool) -> str:
    owner = table if table in ("log", "schema") else "projection"
    index = " index" if type == "index" else ""
    return f"{owner}{index} {'interior' if is_interior else 'leaf'}"


def _pages(data: bytes, size: int, page: int) -> Iterator[tuple[int, bool]]:
    """The pages of the b-tree below ``page``, and whether each is an interior one."""
    start = (page - 1) * size
    header = start + (HEADER if page == 1 else 0)
    is_interior = data[header] in _INTERIOR
    yield page, is_interior
    if is_interior:
        yield from _pages(data, size, _number(data, header + 8))
        for cell in range(int.from_bytes(data[header + 3 : header + 5], "big")):
            pointer = header + _INTERIOR[data[header]] + 2 * cell
            yield from _pages(data, size, _number(data, start + int.from_bytes(data[pointer : pointer + 2], "big")))


def _free_pages(data: bytes, size: int) -> Iterator[int]:
    trunk = _number(data, 32)
    while trunk:
        yield trunk
        start = (trunk - 1) * size
        for leaf in range(_number(data, start + 4)):
            yield _number(data, start + 8 + 4 * leaf)
        trunk = _number(data, start)


def _number(data: bytes, offset: int) -> int:
    return int.from_bytes(data[offset : offset + 4], "big")
