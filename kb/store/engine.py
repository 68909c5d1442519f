"""Connections to SQLite and PostgreSQL, statements on either, and the problems that a database's errors stand for.

SQLite: write-ahead log; readers never checkpoint. ``kb.store.writer`` has the connection that writes.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from psycopg import errors
from sqlalchemy import Connection, CursorResult, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import QueuePool

from kb.domain.problem import Problem, Refused
from kb.store.opened_file import OpenedFile, identity_of, stamp_of

_SQLITE = {
    sqlite3.SQLITE_FULL: ("the disk is full", "nothing was written; free some space and do it again"),
    sqlite3.SQLITE_READONLY: (
        "the database can only be read",
        "give this user the right to write to the file and its folder",
    ),
    sqlite3.SQLITE_BUSY: ("another process keeps the database locked", "wait until it has finished and do it again"),
    sqlite3.SQLITE_LOCKED: ("another process keeps the database locked", "wait until it has finished and do it again"),
    sqlite3.SQLITE_NOTADB: (
        "this file is not a SQLite database",
        "if it was your base, restore a backup with `kb restore FILE --replace`; else name another file",
    ),
    sqlite3.SQLITE_CORRUPT: ("the database file is damaged", "run `kb verify`: it says what to do"),
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
    *(
        (
            error,
            "a connection pooler between here and the database loses prepared statements",
            "add `?prepared_statements=off` to the URL of the database",
        )
        for error in (errors.InvalidSqlStatementName, errors.DuplicatePreparedStatement)
    ),
)


_SERVER_GONE = ("08", "57P")
"""Beginnings of the codes for a broken connection and for a server that shuts down or has crashed."""


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
    except PermissionError as error:
        # Only of the database: whoever decides while he has the turn reads other files.
        if not str(error.filename).startswith(where):
            raise
        raise Refused([Problem(where, *_MAY_NOT_READ)]) from error


_MAY_NOT_READ = (
    "this user may not read the file",
    "give this user the right to read and write it, and to enter its folder",
)


def is_damage(error: BaseException | None) -> bool:
    """Whether a database driver's ``error`` says that a SQLite file is damaged."""
    return isinstance(error, sqlite3.Error) and _sqlite_code(error) == sqlite3.SQLITE_CORRUPT


def _sqlite_code(error: sqlite3.Error) -> int:
    """The primary code of ``error``; 0 for none."""
    if _is_undecodable(error):
        return sqlite3.SQLITE_CORRUPT
    return (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF


def problem_of(error: BaseException | None, where: str) -> Problem | None:
    """What a database driver's ``error`` means to a user; None where it is a mistake of ours.

    Args:
        error: What the driver raised.
        where: What to call the database; for SQLite the path of its file.
    """
    if isinstance(error, sqlite3.Error):
        code = _sqlite_code(error)
        known = _sqlite_circumstances(code, Path(where)) or _SQLITE.get(code)
        return Problem(where, *known) if known else None
    for kind, what, hint in _POSTGRES:
        if isinstance(error, kind):
            return Problem(where=where, what=what, hint=hint)
    if isinstance(error, psycopg.Error) and (error.sqlstate or "").startswith(_SERVER_GONE):
        hint = "start the server, and look at `kb log` before you do it again: the last events may have been written"
        return Problem(where=where, what="the database server has stopped or closed the connection", hint=hint)
    if isinstance(error, psycopg.OperationalError) and error.sqlstate is None:
        return Problem(
            where=where,
            what=f"the database does not answer: {first_line(error)}",
            hint="check address, name and password",
        )
    return None


_LITTLE_SPACE = 1 << 20
"""Bytes below which a disk counts as full: SQLite reports an error of the disk when it cannot extend its index."""


def _sqlite_circumstances(code: int, path: Path) -> tuple[str, str] | None:
    """What SQLite does not say: that the file may not be read, or that the disk is full; None where neither is so."""
    if code == sqlite3.SQLITE_IOERR:
        with suppress(OSError):
            if shutil.disk_usage(path.parent).free < _LITTLE_SPACE:
                return _SQLITE[sqlite3.SQLITE_FULL]
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        try:
            path.open("rb").close()
        except PermissionError:
            return _MAY_NOT_READ
        except OSError:
            pass  # It is missing, or no file: the general words say so.
    return None


def _is_undecodable(error: BaseException) -> bool:
    # Python's own error for a text that is not UTF-8; it has no code, and quotes the text.
    return str(error).startswith("Could not decode to UTF-8")


def damage_text(error: Exception) -> str:
    """What a database says of data that it cannot read, in one line."""
    cause = error.orig or error if isinstance(error, DBAPIError) else error
    return "a text is not valid UTF-8" if _is_undecodable(cause) else first_line(cause)


def first_line(error: BaseException) -> str:
    """The first line of what ``error`` says."""
    return (str(error).strip().splitlines() or ["no reason given"])[0]


_VALUES_AT_ONCE = 1000
"""Values in the ``IN`` of one statement, at most."""


def database_url(url: str) -> URL:
    """The URL of the database that ``url`` names, with the driver to use.

    Raises:
        Refused: it is no URL of a SQLite file or of a PostgreSQL database.
    """
    hint = "write sqlite:///path/to/base.db or postgresql://user@host/name"
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise Refused([Problem(where="database URL", what="this is not a database URL", hint=hint)]) from error
    match parsed.get_backend_name():
        case "sqlite" if parsed.database and parsed.database != ":memory:":
            return parsed.set(drivername="sqlite")
        case "sqlite":
            raise Refused([Problem(where="database URL", what="a base needs a file", hint=hint)])
        case "postgresql" | "postgres":
            _prepared_statements(parsed)
            return parsed.set(drivername="postgresql+psycopg")
        case backend:
            raise Refused(
                [Problem(where="database URL", what=f"databases of kind {backend!r} are not supported", hint=hint)]
            )


def display_name(url: URL) -> str:
    """What to call ``url`` in messages: the path of a file, or the address without its password."""
    return url.database or "" if url.drivername == "sqlite" else url.render_as_string(hide_password=True)


def file_of(url: URL) -> Path | None:
    """The SQLite file; None for PostgreSQL."""
    return _resolved(Path(url.database or "")) if url.drivername == "sqlite" else None


def _resolved(path: Path) -> Path:
    """The file that ``path`` leads to; ``path`` itself where it is no name of a file, or links to itself."""
    # SQLite keeps its log beside the file that a symbolic link leads to. Locks, and a file that takes its place, must
    # be there too.
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):
        return path.absolute()


def reading_engine(url: URL) -> Engine:
    """Connections that only read. Each transaction sees one state of the database; none of them checkpoints."""
    path = file_of(url)
    if path is None:
        return postgres_engine(url, isolation_level="REPEATABLE READ")
    return _sqlite_reader(url, path, lambda: _read_only(path))


def _sqlite_reader(url: URL, path: Path, connect: Callable[[], sqlite3.Connection]) -> Engine:
    opened = OpenedFile(path, display_name(url))
    engine = create_engine("sqlite://", creator=opened.guarding(connect), poolclass=QueuePool, pool_size=8)
    event.listen(engine, "checkout", opened.check_out)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine


def lenient_reading_engine(url: URL) -> Engine:
    """Connections that read what is damaged, too: bytes that are no UTF-8 come as lone surrogates."""
    path = file_of(url)
    if path is None:
        return reading_engine(url)

    def connect() -> sqlite3.Connection:
        connection = _read_only(path)
        connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
        return connection

    return _sqlite_reader(url, path, connect)


def memory_engine() -> Engine:
    """A SQLite database in memory, gone when the engine is disposed; threads use its one connection in turn."""
    return _private_engine(":memory:", "temp_store=MEMORY")


@contextmanager
def scratch_connection() -> Iterator[Connection]:
    """A SQLite database on disk under no name, gone when the block ends, even if the process is killed."""
    engine = _private_engine("", "cache_size=-64000")
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _private_engine(database: str, *pragmas: str) -> Engine:
    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
        for pragma in ("journal_mode=MEMORY", "synchronous=OFF", *pragmas):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    engine = create_engine(
        "sqlite://", creator=connect, poolclass=QueuePool, pool_size=1, max_overflow=0, pool_timeout=600
    )
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine


def _read_only(path: Path) -> sqlite3.Connection:
    # A base that is restored takes the name of the old one. A connection to the old file may have waited for its lock
    # until then, or have read the new one's log, which it finds by name.
    for _ in range(_MOST_REPLACED):
        opened = identity_of(path)
        try:
            connection = _opened_read_only(path)
        except sqlite3.Error:
            if opened == identity_of(path):
                raise
            continue
        if opened == identity_of(path):
            return connection
        connection.close()
    return _opened_read_only(path)


_MOST_REPLACED = 5
"""How many times in a row a base may be replaced while it is opened."""


def content_stamp(url: URL) -> tuple[object, ...]:
    """What changes whenever a SQLite file or its write-ahead log is written to; always the same for PostgreSQL."""
    path = file_of(url)
    return () if path is None else (stamp_of(path), stamp_of(path.with_name(f"{path.name}-wal")))


def _opened_read_only(path: Path) -> sqlite3.Connection:
    try:
        return _checked(sqlite_connection(path, "mode=ro"))
    except sqlite3.Error as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_READONLY_ROLLBACK:
            return _rolled_back(path)
        shut = error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
        if not shut or not path.is_file() or _has_unmerged_log(path):
            raise
        # In a folder that nobody may write to, SQLite cannot keep its index of the write-ahead log. With an empty log
        # it needs none, and nobody can change the file while it is read.
        return sqlite_connection(path, "mode=ro&immutable=1")


def _rolled_back(path: Path) -> sqlite3.Connection:
    """A read-only connection to a base in whose making the power was cut: what was half written is undone first."""
    _checked(sqlite_connection(path, "mode=rw")).close()
    return _checked(sqlite_connection(path, "mode=ro"))


def _checked(connection: sqlite3.Connection) -> sqlite3.Connection:
    """``connection``, once it has read something; closed where it cannot."""
    # SQLite up to 3.51.2 can corrupt a database when two connections checkpoint at once: readers never do.
    connection.execute("PRAGMA wal_autocheckpoint=0")
    try:
        connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1")
    except sqlite3.Error:
        # Left open, it would keep a lock on the file.
        connection.close()
        raise
    return connection


def _has_unmerged_log(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


FOREIGN_PATIENCE = 10.0
"""Seconds to wait for a program that is not ours and keeps a SQLite database locked: it stands in no queue."""


def sqlite_connection(path: Path, mode: str, patience: float = FOREIGN_PATIENCE) -> sqlite3.Connection:
    """A connection to the file ``path`` that waits ``patience`` seconds for other programs; ``mode`` as in a URI."""
    uri = f"file:{quote(str(path))}?{mode}"
    connection = sqlite3.connect(uri, uri=True, timeout=patience, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA foreign_keys=ON")
    return connection


_PREPARED_STATEMENTS = "prepared_statements"
_PREPARING: Mapping[object, Mapping[str, Any]] = {"on": {}, "off": {"prepare_threshold": None}}
"""What the driver is told for each value of the option in the URL of a PostgreSQL database.

A pooler in transaction mode gives each transaction another connection, on which what was prepared before is unknown.
"""


def _prepared_statements(url: URL) -> Mapping[str, Any]:
    value = url.query.get(_PREPARED_STATEMENTS, "on")
    if value not in _PREPARING:
        what = f"{_PREPARED_STATEMENTS} is {value!r}"
        raise Refused([Problem(where="database URL", what=what, hint=f"write {' or '.join(map(str, _PREPARING))}")])
    return _PREPARING[value]


def postgres_engine(url: URL, **options: Any) -> Engine:
    """Connections to the PostgreSQL database at ``url``, as ``database_url`` gives it."""
    told = {"connect_timeout": 10, **_prepared_statements(url)}
    url = url.difference_update_query([_PREPARED_STATEMENTS])
    url = url.update_query_dict({"application_name": "kb"}) if "application_name" not in url.query else url
    return create_engine(url, pool_pre_ping=True, connect_args=told, **options)


_TURN: ContextVar[tuple[Engine, Connection] | None] = ContextVar("turn", default=None)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection of ``engine``; within ``reading_through`` the one that was named there."""
    turn = _TURN.get()
    if turn and turn[0] is engine:
        yield turn[1]
    else:
        with engine.connect() as connection:
            yield connection


@contextmanager
def reading_through(engine: Engine, connection: Connection) -> Iterator[None]:
    """Makes whatever this thread reads from ``engine`` go through ``connection``, a write transaction."""
    # A second connection would deadlock behind a pooler whose connections are all taken by writers that wait for us.
    token = _TURN.set((engine, connection))
    try:
        yield
    finally:
        _TURN.reset(token)


def run(connection: Connection, statement: str, values: Sequence[object] = ()) -> "CursorResult[*tuple[Any, ...]]":
    """The result of ``statement``, with ``?`` for each value on either engine."""
    return connection.exec_driver_sql(_in_dialect(connection, statement), tuple(values) or None)


def run_many(connection: Connection, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Executes ``statement`` for each row, in bulk; does nothing without rows."""
    if rows:
        connection.exec_driver_sql(_in_dialect(connection, statement), rows if len(rows) > 1 else rows[0])


def run_among(connection: Connection, statement: str, values: Iterable[object]) -> Iterator[Sequence[Any]]:
    """The rows of ``statement`` with ``values`` in place of its ``(?)``, some hundred at a time, each value once."""
    listed = list(dict.fromkeys(values))
    for start in range(0, len(listed), _VALUES_AT_ONCE):
        part = listed[start : start + _VALUES_AT_ONCE]
        yield from run(connection, statement.replace("(?)", f"({placeholders(len(part))})"), part)


def stream(connection: Connection, statement: str) -> Iterator[Sequence[Any]]:
    """The rows of ``statement``, a thousand at a time, so that memory does not grow with their number."""
    result = connection.exec_driver_sql(statement, execution_options={"stream_results": True, "max_row_buffer": 1000})
    yield from result.partitions(1000)


def placeholders(count: int) -> str:
    """``count`` question marks, separated by commas."""
    return ",".join("?" * count)


def _in_dialect(connection: Connection, statement: str) -> str:
    return statement.replace("?", "%s") if connection.dialect.name == "postgresql" else statement


def no_base(url: URL) -> Refused:
    """The refusal to read a base where there is none."""
    hint = "check the address; `kb import` makes a base, `kb restore FILE` makes it from a backup. Nothing was created"
    return blocked(url) or Refused([Problem(where=display_name(url), what="there is no base here", hint=hint)])


def emptied(url: URL) -> Refused | None:
    """The refusal of an empty SQLite file, which is a base that was lost or a name that was mistyped; else None.

    A base that is being made is empty at first.
    """
    path = file_of(url)
    try:
        if path is None or path.stat().st_size or not path.is_file() or place_of_making(path).exists():
            return None
    except (OSError, ValueError):
        return None  # Opening it is refused with the reason.
    what = "this file is empty: it is no base, or one that was lost"
    hint = "restore a backup with `kb restore FILE`; if there was no base, delete the file, and `kb import` makes one"
    return Refused([Problem(display_name(url), what, hint)])


def place_of_making(base: Path) -> Path:
    """The file that exists as long as ``base`` is being made."""
    return base.with_name(f"{base.name}.making")


def blocked(url: URL) -> Refused | None:
    """The refusal of a place where something that is not a file stands where a SQLite file should be; else None."""
    path = file_of(url)
    try:
        if path is None or not path.exists() or path.is_file():
            return None
    except OSError:
        return None  # Opening it is refused with the reason.
    return Refused([Problem(display_name(url), "this is a folder or a device, and not a file", "name a file")])


def exists(url: URL) -> bool:
    """Whether there is a SQLite file with something in it; always true of PostgreSQL, which answers when opened."""
    path = file_of(url)
    try:
        return path is None or (path.is_file() and path.stat().st_size > 0)
    except PermissionError:
        return True  # Opening it is refused with the reason; what is hidden is not missing.
