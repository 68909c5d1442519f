"""The SQLite file that was opened first: whoever has it open notices that it was written to, moved or replaced."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from kb.domain.problem import Problem, Refused


def identity_of(path: Path) -> tuple[int, int] | None:
    """What a file keeps as long as it is the same one, whatever is written to it; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def stamp_of(path: Path) -> tuple[int, int] | None:
    """What changes whenever the file is written to; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


class OpenedFile:
    """The SQLite file that an engine opened first: its connections go on with that one or none."""

    # A connection keeps a file that was moved or deleted. Its pages would show what is no base any more, and what is
    # written into it would be lost.
    def __init__(self, path: Path, where: str) -> None:
        """The file at ``path``, which refusals call ``where``."""
        self._path = path
        self._where = where
        self._opened: tuple[int, int] | None = None

    def guarding(self, connect: Callable[[], sqlite3.Connection]) -> Callable[[], sqlite3.Connection]:
        """``connect``, which is not called once the file is another one."""

        def guarded() -> sqlite3.Connection:
            self._require_same()
            connection = connect()
            # Not before: the file may be replaced while its opening waits for a lock.
            self._opened = self._opened or identity_of(self._path)
            return connection

        return guarded

    def check_out(self, _connection: object, record: ConnectionPoolEntry, _proxy: object) -> None:
        """Sees to a connection of the pool before it is used.

        Raises:
            Refused: the file was moved, deleted or replaced since it was opened.
            DisconnectionError: it was written to; a new connection has nothing of it in memory.
        """
        self._require_same()
        stamp = stamp_of(self._path)
        if record.info.setdefault("stamp", stamp) != stamp:
            raise DisconnectionError

    def _require_same(self) -> None:
        identity = identity_of(self._path)
        if self._opened not in (None, identity):
            raise Refused([Problem(self._where, *(_GONE if identity is None else _ANOTHER))])


_GONE = (
    "the base is gone: its file was moved or deleted while it was open",
    "put the file back, or end this program and restore a backup with `kb restore FILE`",
)
_ANOTHER = (
    "another file has taken the place of the base while it was open",
    "end this program and start it again, if the file that is there now is your base",
)
