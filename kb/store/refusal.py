"""What does a user hear when the database will not? A full disk, a lock, a missing file, each with what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import errors
from sqlalchemy.exc import DBAPIError

from kb.domain.problem import Problem, Refused

_SQLITE = {
    sqlite3.SQLITE_FULL: ("the disk is full", "nothing was written; free some space and do it again"),
    sqlite3.SQLITE_READONLY: (
        "the database can only be read",
        "give this user the right to write to the file and its folder",
    ),
    sqlite3.SQLITE_BUSY: ("another process keeps the database locked", "wait until it has finished and do it again"),
    sqlite3.SQLITE_LOCKED: ("another process keeps the database locked", "wait until it has finished and do it again"),
    sqlite3.SQLITE_NOTADB: ("this file is not a SQLite database", "name another file, or move this one away"),
    sqlite3.SQLITE_CORRUPT: (
        "the database file is damaged",
        "restore a backup, then compare its head with the one you kept",
    ),
    sqlite3.SQLITE_CANTOPEN: ("the database cannot be opened", "check that the folder exists and may be written to"),
    sqlite3.SQLITE_PERM: ("the database cannot be opened", "check the rights of the file and its folder"),
    sqlite3.SQLITE_IOERR: ("the disk reports an error", "nothing was written; check the disk and do it again"),
}

_POSTGRES: tuple[tuple[type[Exception], str, str], ...] = (
    (errors.DiskFull, "the database server's disk is full", "nothing was written; free some space and do it again"),
    (errors.ReadOnlySqlTransaction, "the database can only be read", "connect to the server that takes writes"),
    (
        errors.InsufficientPrivilege,
        "this user may not do that in the database",
        "ask its owner for the right to create and write",
    ),
    (errors.LockNotAvailable, "another process writes to the database", "wait until it has finished and do it again"),
    (errors.InvalidCatalogName, "the server has no database of that name", "create it first, e.g. with createdb"),
    (errors.QueryCanceled, "the database server took too long", "do it again, or raise its statement_timeout"),
)


@contextmanager
def refusing(where: str) -> Iterator[None]:
    """Turns what the database refuses for a user's reason into ``Refused`` at ``where``; all else stays as it is."""
    try:
        yield
    except DBAPIError as error:
        problem = problem_of(error.orig, where)
        if problem is None:
            raise
        raise Refused([problem]) from error
    except (sqlite3.Error, psycopg.Error) as error:
        problem = problem_of(error, where)
        if problem is None:
            raise
        raise Refused([problem]) from error


def problem_of(error: BaseException | None, where: str) -> Problem | None:
    """What a database driver's ``error`` means to a user; None where it is a mistake of ours."""
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", None)
        known = _SQLITE.get(code & 0xFF) if code is not None else None
        return Problem(where, *known) if known else None
    for kind, what, hint in _POSTGRES:
        if isinstance(error, kind):
            return Problem(where, what, hint)
    if isinstance(error, psycopg.OperationalError) and error.sqlstate is None:
        return Problem(where, f"the database does not answer: {_first_line(error)}", "check address, name and password")
    return None


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or ["no reason given"])[0]
