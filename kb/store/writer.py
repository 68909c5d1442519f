"""The one who writes: transactions in turn, over all threads and processes, and upkeep that needs the turn as well.

SQLite: ``synchronous=FULL`` (a commit is on disk when it returns), a file lock beside the database. Only the writer
checkpoints, and it does so inside the lock. PostgreSQL: an advisory lock that lasts a transaction; the server gives it
in the order in which it is asked for.
"""

import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from psycopg import errors
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from kb.atomic_file import reason
from kb.domain.problem import Problem, Refused
from kb.store.engine import (
    FOREIGN_PATIENCE,
    display_name,
    file_of,
    first_line,
    place_of_making,
    postgres_engine,
    refusing,
    sqlite_connection,
)
from kb.store.opened_file import OpenedFile
from kb.store.turn import ANNOUNCED_EVERY, PRIVATE, FileTurns, Wait, Waiting, places_of_turns

ADVISORY_KEY = 0x6B62_6C6F_67
"""Key of the writers' advisory lock on PostgreSQL: the letters ``kblog``."""

_QUEUE_FACTOR = 5
"""How many times the patience of a writer a wait on PostgreSQL may last.

The server does not say whether its queue moves on, so that a long queue looks like one writer that does not finish.
"""


_OLD_SNAPSHOTS = """
    SELECT (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
            AND backend_type <> 'autovacuum worker' AND (backend_xmin IS NOT NULL OR backend_xid IS NOT NULL))
        + (SELECT count(*) FROM pg_prepared_xacts WHERE database = current_database())
        + (SELECT count(*) FROM pg_replication_slots WHERE xmin IS NOT NULL)"""
"""Counts what may still see rows that were deleted, as far as this role is told."""

_TRUNCATE = "PRAGMA wal_checkpoint(TRUNCATE)"

_SQLITE_FILES = ("", "-wal", "-shm", "-journal")
"""What SQLite adds to the name of a database for the files that it keeps."""


def sqlite_files(base: Path) -> list[Path]:
    """The files in which SQLite keeps ``base``, whether or not they exist."""
    return [base.with_name(f"{base.name}{suffix}") for suffix in _SQLITE_FILES]


def belongs_to_base(target: Path, url: URL) -> bool:
    """Whether ``target`` is a file of the base at ``url``, or would be one if it were made; links are followed."""
    base = file_of(url)
    if base is None:
        return False
    lock, queue = places_of_turns(base)
    files = [*sqlite_files(base), lock, place_of_making(base)]
    real = Path(os.path.realpath(target))
    return real in files or queue in (real, *real.parents) or any(_is_same(real, file) for file in files)


def _is_same(target: Path, file: Path) -> bool:
    """Whether both are names of one file that exists, such as hard links, or names that differ in case."""
    try:
        return target.samefile(file)
    except OSError:
        return False


@contextmanager
def folder_of(path: Path) -> Iterator[None]:
    """Makes the folder of ``path``, where there is none; if the block raises, what was made goes again."""
    missing = [folder for folder in path.parents if not folder.exists()]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for folder in missing:
            with suppress(OSError):
                folder.rmdir()
        raise


@contextmanager
def being_made(url: URL) -> Iterator[None]:
    """Says beside a SQLite file, as long as the block lasts, that a base is being made there.

    If this process is killed meanwhile, an empty file may be left, which would else be taken for a base that was lost.

    Raises:
        Refused: the folder cannot be made or written to.
    """
    path = file_of(url)
    if path is None:
        yield
        return
    sign = place_of_making(path)
    with ExitStack() as stack:
        try:
            stack.enter_context(folder_of(path))
            sign.touch(PRIVATE)
        except OSError as error:
            what = f"its folder cannot be made or written to: {reason(error)}"
            raise Refused([Problem(display_name(url), what, "name another, or check free space and rights")]) from error
        stack.callback(sign.unlink, missing_ok=True)
        yield


class Writer:
    """The one who writes: a transaction at a time, over all threads and processes, in the order in which they ask.

    Attributes:
        patience: Seconds to wait for another writer that does not finish.
    """

    patience = 120.0

    def __init__(self, url: URL, waiting: Waiting | None = None, where: str = "") -> None:
        """A writer to ``url``; ``waiting`` hears when it has to wait for its turn.

        Refusals name the database ``where``, by default as ``display_name`` does.
        """
        self._where = where or display_name(url)
        self._path = file_of(url)
        self._waiting = waiting
        self._turns = FileTurns(self._path) if self._path else None
        # On PostgreSQL every thread that waits has a connection of its own, so that the server sees who came first.
        self.engine = (
            _sqlite_writer(self._path, url, min(self.patience, FOREIGN_PATIENCE), self._where)
            if self._path
            else postgres_engine(url, isolation_level="READ COMMITTED", pool_size=1, max_overflow=-1)
        )

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """The only write transaction there is for now; committed when the block ends, rolled back when it raises.

        Raises:
            Refused: the turn did not come in time, or the database cannot be written to.
        """
        with self.turn(), self._leaving_nothing(), refusing(self._where), self.engine.begin() as connection:
            if self._path is None:
                self._take_advisory_lock(connection)
            yield connection

    @contextmanager
    def _leaving_nothing(self) -> Iterator[None]:
        """Removes the SQLite file if the first transaction in it fails, which else leaves one without tables."""
        # A link that leads round in a circle does not exist either, and is not ours to remove.
        is_first = (
            self._path is not None
            and not self._path.is_symlink()
            and (not self._path.exists() or not self._path.stat().st_size)
        )
        try:
            yield
        except BaseException:
            self.engine.dispose()
            for file in sqlite_files(self._path) if self._path and is_first else ():
                with suppress(OSError):
                    file.unlink(missing_ok=True)
            raise

    def overwrite_deleted(self, tables: Sequence[str]) -> str:
        """Rewrites the database, so that its files keep nothing of what was deleted; what stands in the way of that.

        Empty where nothing does.
        """
        try:
            if not self._path:
                with refusing(self._where):
                    return self._vacuumed_server(tables)
            # Deleted rows are overwritten when they are deleted; what a page kept when its rows moved is not.
            complete = self._maintain("VACUUM", _TRUNCATE)
        except Refused as refused:
            return str(refused.problems[0])
        return "" if complete else "another program is reading, and keeps the write-ahead log"

    def truncate_write_ahead_log(self) -> bool:
        """Whether all of the write-ahead log went into the database file, as far as readers allow."""
        return self._maintain(_TRUNCATE) if self._path else True

    def _maintain(self, *statements: str) -> bool:
        with self.turn(), refusing(self._where):
            raw = self.engine.raw_connection()
            try:
                answers = [raw.cursor().execute(statement).fetchone() for statement in statements]
            finally:
                raw.close()
        return bool(answers[-1][0] == 0)

    def _vacuumed_server(self, tables: Sequence[str]) -> str:
        with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            self._rewrite(connection, tables)
            # Rows that an open transaction may still see are copied along.
            if connection.exec_driver_sql(_OLD_SNAPSHOTS).scalar_one():
                return "another session has an open transaction"
            try:
                # Statistics keep values of columns.
                connection.exec_driver_sql("VACUUM (FULL) pg_catalog.pg_statistic")
                connection.exec_driver_sql("CHECKPOINT")
            except DBAPIError as error:
                return f"only a superuser may clear the server's statistics: {first_line(error.orig or error)}"
        return ""

    def _rewrite(self, connection: Connection, tables: Sequence[str]) -> None:
        # A session that has read a table and not ended its transaction holds up the rewriting for as long as it likes.
        connection.exec_driver_sql(f"SET lock_timeout = {int(FOREIGN_PATIENCE * 1000)}")
        try:
            for table in tables:
                connection.exec_driver_sql(f'VACUUM (FULL, ANALYZE) "{table}"')
        finally:
            # Behind a pooler the next user of this connection must not inherit it.
            connection.exec_driver_sql("RESET lock_timeout")

    @contextmanager
    def turn(self) -> Iterator[None]:
        """A turn among the writers to a file; on PostgreSQL the transaction takes it."""
        if self._turns is None:
            yield
            return
        try:
            self._take_turn(self._turns)
            yield
        except BaseException:
            if self._path and not self._path.exists():
                self._turns.remove()
            raise
        finally:
            self._turns.release()

    def _take_turn(self, turns: FileTurns) -> None:
        try:
            turns.take(self.patience, self._waiting)
        except TimeoutError as error:
            what = f"another process has been writing to this base for more than {self.patience:g} seconds"
            raise self._busy(what, f"`lsof {self._path}.lock` names it") from error
        except OSError as error:
            hint = "give this user the right to write to the file and its folder"
            raise Refused([Problem(where=self._where, what="the database can only be read", hint=hint)]) from error

    def _busy(self, what: str, who: str) -> Refused:
        return Refused([Problem(where=self._where, what=what, hint=f"wait until it has finished, or end it: {who}")])

    def _take_advisory_lock(self, connection: Connection) -> None:
        patience = self.patience * _QUEUE_FACTOR
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = {max(1, int(patience * 1000))}")
        connection.exec_driver_sql("SET LOCAL synchronous_commit = on")
        ask = "SELECT pg_try_advisory_xact_lock(%s), pg_backend_pid()"
        taken, pid = connection.exec_driver_sql(ask, (ADVISORY_KEY,)).one()
        if not taken:
            with self._announced(pid):
                self._wait_for_advisory_lock(connection)

    def _wait_for_advisory_lock(self, connection: Connection) -> None:
        try:
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (ADVISORY_KEY,))
        except OperationalError as error:
            if not isinstance(error.orig, errors.LockNotAvailable):
                raise
            patience = self.patience * _QUEUE_FACTOR
            what = f"waited {patience:g} seconds for other processes that write to this base"
            raise self._busy(what, "pg_locks names the holder of the advisory lock") from error

    @contextmanager
    def _announced(self, pid: int) -> Iterator[None]:
        """Announces, as long as the block lasts, that the server process ``pid`` waits for its turn."""
        if self._waiting is None:
            yield
            return
        wait, over = Wait(self._waiting), threading.Event()

        def announce() -> None:
            while not over.wait(ANNOUNCED_EVERY):
                wait.announce(self._ahead_of(pid))

        threading.Thread(target=announce, daemon=True).start()
        try:
            yield
        finally:
            over.set()
            wait.end()

    def _ahead_of(self, pid: int) -> int:
        """How many the server process ``pid`` waits for; 1 where the server does not say."""
        count = 1
        with suppress(SQLAlchemyError), self.engine.connect() as connection:
            ask = "SELECT cardinality(pg_blocking_pids(%s))"
            count = int(connection.exec_driver_sql(ask, (pid,)).scalar_one())
        return max(count, 1)

    def close(self) -> None:
        """Closes the connection."""
        self.engine.dispose()


def _sqlite_writer(path: Path, url: URL, patience: float, where: str) -> Engine:
    opened = OpenedFile(path, where)
    mode = "mode=ro" if url.query.get("mode") == "ro" else "mode=rwc"

    def connect() -> sqlite3.Connection:
        # SQLite gives its log and index the mode of the database. What cannot be made SQLite refuses with a reason.
        if mode == "mode=rwc" and not path.exists():
            with suppress(OSError):
                path.touch(PRIVATE)
        connection = sqlite_connection(path, mode, patience)
        # FULL: a commit is on disk when it returns. secure_delete: a redacted payload is overwritten, not just freed.
        pragmas = ("synchronous=FULL", "secure_delete=ON", "cache_size=-64000")
        for pragma in (*pragmas, "journal_mode=WAL") if mode == "mode=rwc" else pragmas:
            connection.execute(f"PRAGMA {pragma}")
        return connection

    guarded = opened.guarding(connect)
    engine = create_engine("sqlite://", creator=guarded, poolclass=QueuePool, pool_size=1, max_overflow=0)
    event.listen(engine, "checkout", opened.check_out)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine
