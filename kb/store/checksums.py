"""Has anybody changed the tables? Each table that is read whole has a checksum: writers keep it, readers compare it.

The checksum of a table is the number of its rows, and the sum of their SHA-256 digests modulo 2^256. It does not depend
on the order of the rows, and a transaction changes it by what it adds and takes away, so that a writer reads only the
rows that it touches. There is no secret in it. It shows a flipped byte, and a change that somebody made by hand with a
database shell; whoever recomputes it as well is found by ``kb verify``, which replays the log.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import msgspec
from sqlalchemy import Connection, Table

from kb.domain.problem import Damaged, Problem
from kb.store.engine import run, run_among, run_many, stream
from kb.store.schema import CHECKED, METADATA, columns

ALTERED = "its rows are not those that kb wrote: another program or the disk has changed them"
"""What is wrong with a table whose checksum differs."""

_MODULUS = 1 << 256
_KEY = "checksum of "
"""Beginning of the keys under which ``meta`` keeps the checksums; the name of the table follows."""

_encode = msgspec.json.Encoder().encode

Row = tuple[Any, ...]

Touched = Mapping[str, tuple[str, Collection[str]]]
"""Rows that may change: for each table a column, and its values in these rows."""


@dataclass(frozen=True, slots=True)
class Checksum:
    """The number of some rows, and the sum of their digests.

    >>> Checksum.of([("a", 1), ("b", 2)]) == Checksum.of([("b", 2), ("a", 1)])
    True
    >>> Checksum.of([("a", 1), ("b", 2)]) - Checksum.of([("a", 1)]) == Checksum.of([("b", 2)])
    True
    """

    rows: int = 0
    total: int = 0

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "Checksum":
        """The checksum of ``rows``."""
        count = total = 0
        for row in rows:
            count += 1
            total += _row_digest(row)
        return cls(count, total % _MODULUS)

    @classmethod
    def parse(cls, text: str) -> "Checksum":
        """The checksum that ``str`` wrote as ``text``.

        Raises:
            ValueError: it is none.
        """
        rows, _, total = text.partition(":")
        return cls(int(rows), int(total, 16))

    def __add__(self, more: "Checksum") -> "Checksum":
        return Checksum(self.rows + more.rows, (self.total + more.total) % _MODULUS)

    def __sub__(self, less: "Checksum") -> "Checksum":
        return Checksum(self.rows - less.rows, (self.total - less.total) % _MODULUS)

    def __str__(self) -> str:
        return f"{self.rows}:{self.total:064x}"


def _row_digest(row: Row) -> int:
    return int.from_bytes(sha256(_encode(row)).digest())


def is_checksum(key: str) -> bool:
    """Whether ``meta`` keeps a checksum under ``key``."""
    return key.startswith(_KEY)


def seal(connection: Connection, tables: Iterable[Table] = CHECKED) -> None:
    """Keeps the checksums of ``tables`` as they are; only for a caller who has just computed all their rows."""
    _keep(connection, {table.name: Checksum.of(_rows(connection, table)) for table in tables})


def checked_rows(connection: Connection, table: Table, order: str = "") -> Iterator[Row]:
    """All rows of ``table``, ordered by the columns ``order``.

    Raises:
        Damaged: at the end, if they are not the rows that were written.
    """
    kept, count, total = _kept(connection), 0, 0
    for row in _rows(connection, table, order):
        if kept:
            count += 1
            total += _row_digest(row)
        yield row
    if kept and _differs(kept, table, Checksum(count, total % _MODULUS)):
        raise Damaged([_altered(table.name)])


def require_unaltered_tables(connection: Connection, tables: Iterable[Table]) -> None:
    """Refuses ``tables`` of which some have rows that are not the ones that were written.

    Raises:
        Damaged: with each of these tables.
    """
    if names := list(altered_tables(connection, tables)):
        raise Damaged([_altered(name) for name in names])


def _altered(name: str) -> Problem:
    return Problem(f"table {name}", ALTERED, "run `kb verify`: it names the rows and says what to do")


def altered_tables(connection: Connection, tables: Iterable[Table]) -> Iterator[str]:
    """Names of those of ``tables`` whose rows are not the ones that were written."""
    kept = _kept(connection)
    for table in tables if kept else ():
        if table.name not in _CHECKED_NAMES:
            continue
        if _differs(kept, table, Checksum.of(_rows(connection, table))):
            yield table.name


def _differs(kept: Mapping[str, str], table: Table, checksum: Checksum) -> bool:
    return kept.get(table.name, str(Checksum())) != str(checksum)


def _rows(connection: Connection, table: Table, order: str = "") -> Iterator[Row]:
    ordered = f" ORDER BY {order}" if order else ""
    for rows in stream(connection, f"{_select(table)}{ordered}"):
        yield from map(tuple, rows)


def _select(table: Table) -> str:
    names = ", ".join(f'"{name}"' for name in columns(table))
    return f'SELECT {names} FROM "{table.name}"'


def _kept(connection: Connection) -> Mapping[str, str]:
    """The checksums that are kept, by table; none for a moment in memory, which only we can write to."""
    rows = run(connection, "SELECT key, value FROM meta WHERE key LIKE ?", (f"{_KEY}%",))
    return {str(key).removeprefix(_KEY): str(value) for key, value in rows}


def _keep(connection: Connection, checksums: Mapping[str, Checksum]) -> None:
    ask = "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
    run_many(connection, ask, [(f"{_KEY}{name}", str(checksum)) for name, checksum in checksums.items()])


class Checksums:
    """The checksums of the tables that a transaction writes to; nothing happens where none are kept."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._kept = {name: Checksum.parse(text) for name, text in _kept(connection).items()}

    @contextmanager
    def changing(self, touched: Touched) -> Iterator[None]:
        """Brings the checksums up to date with what the block changes; it may change ``touched`` rows only."""
        parts = {name: rows for name, rows in touched.items() if self._kept and rows[1] and name in _CHECKED_NAMES}
        before = {name: self._checksum(name, *rows) for name, rows in parts.items()}
        yield
        for name, rows in parts.items():
            change = self._checksum(name, *rows) - before[name]
            self._kept[name] = self._kept.get(name, Checksum()) + change
        _keep(self._connection, {name: self._kept[name] for name in parts})

    def _checksum(self, name: str, column: str, values: Collection[str]) -> Checksum:
        ask = f'{_select(METADATA.tables[name])} WHERE "{column}" IN (?)'
        return Checksum.of(map(tuple, run_among(self._connection, ask, values)))


_CHECKED_NAMES = frozenset(table.name for table in CHECKED)
