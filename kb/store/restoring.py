"""A base made from an archive: all of it or nothing, and nothing that stands there is lost."""

import errno
import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from glob import escape
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import quote

from sqlalchemy import Connection, inspect
from sqlalchemy.engine import URL
from sqlalchemy.exc import DataError, IntegrityError

from kb.atomic_file import flush_renaming, reason
from kb.domain.event import UnknownEvent, fact_of, stream_of
from kb.domain.problem import Problem, Refused
from kb.store import projection, schema
from kb.store.archive import Archive, attached_documents
from kb.store.chain import first_fault
from kb.store.checksums import seal
from kb.store.engine import blocked, display_name, file_of, placeholders, problem_of, reading_engine, refusing, run_many
from kb.store.log import COLUMNS, START, Head, Progress, Row, head_of, rows_after, silent
from kb.store.projection import Reconciler
from kb.store.reconciliation import recompute_all
from kb.store.turn import Waiting
from kb.store.writer import Writer, folder_of

_INSERT = f"INSERT INTO log ({', '.join(COLUMNS)}) VALUES ({placeholders(len(COLUMNS))})"


@dataclass(frozen=True, slots=True)
class Restored:
    """A base that was made from an archive.

    Attributes:
        head: The last event.
        kept: Where the base is that stood there before; None where there was none.
    """

    head: Head
    kept: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Restorer:
    """Makes a base from an archive.

    Attributes:
        migrations: Folder of the migrations.
        reconciler: Computes the findings; None keeps none.
        replace: Whether a base that stands there may be set aside.
        expected: A head that was kept elsewhere, which the log must hold.
        progress: Is told how far each pass over the log is, then how many groups of findings are computed.
        waiting: Is told about once a second that others write to the base that is to be replaced.
    """

    migrations: Path
    reconciler: Reconciler | None
    replace: bool = False
    expected: Head | None = None
    progress: Progress = silent
    waiting: Waiting | None = None

    @contextmanager
    def restored(self, place: URL, archive: Archive) -> Iterator[Restored]:
        """The base at ``place``, which others see once the block ends; if the block raises, nothing has changed.

        Raises:
            Refused: a base stands there, another process uses it, or the archive has a fault.
        """
        if refusal := blocked(place):
            raise refusal
        path = file_of(place)
        if path is None:
            _require_empty(place)
            with self._filled(place, archive, display_name(place)) as head:
                yield Restored(head)
        else:
            # Locked before the first look: an event that is recorded after it would be lost with the old base.
            with _unwritable_refused(path), _locked(place, self.waiting):
                kept = _free_name(path) if self._is_occupied(path) else None
                with _closed(path):
                    pass  # refused now, and not after a long restoring
                with _workshop(path) as folder:
                    made = URL.create("sqlite", database=str(folder / path.name))
                    with self._filled(made, archive, str(path)) as head:
                        yield Restored(head, kept)
                    _swap(folder / path.name, path, kept)

    def _is_occupied(self, path: Path) -> bool:
        """Whether something stands at ``path`` that must be kept; refused unless it may be set aside."""
        occupant = _occupant(path)
        if occupant and not self.replace:
            hint = "add --replace to keep the present base beside it under another name"
            raise Refused([Problem(where=str(path), what=occupant, hint=hint)])
        return bool(occupant)

    @contextmanager
    def _filled(self, place: URL, archive: Archive, where: str) -> Iterator[Head]:
        """The head of the log in the empty base at ``place``, which is committed when the block ends.

        Refusals name the base that its user knows, ``where``, and not the folder in which it is made.
        """
        writer = Writer(place, self.waiting, where)
        try:
            schema.upgrade(writer, self.migrations, where)
            with writer.transaction() as connection:
                if head_of(connection) != START:
                    raise Refused([Problem(where=where, what="somebody else just wrote to this base")])
                with _unkeepable_refused(archive):
                    self._fill(connection, archive)
                yield head_of(connection)
            writer.truncate_write_ahead_log()
        finally:
            writer.close()

    def _fill(self, connection: Connection, archive: Archive) -> None:
        archive.check_documents(load(connection, archive, self.progress))
        check_log(connection, archive, self.expected, self.progress)
        projection.clear(connection)
        try:
            projection.replay(connection, connection, after=0, upto=archive.head.position, progress=self.progress)
        except (Refused, ValueError):
            require_readable_events(connection, archive)
            raise
        recompute_all(connection, self.reconciler)
        seal(connection)


def load(connection: Connection, archive: Archive, progress: Progress = silent) -> set[str]:
    """The documents that the log of ``archive`` attached, after all of it was inserted into the empty log."""
    attached: set[str] = set()
    for rows in archive.rows():
        _insert(connection, rows, archive)
        attached |= attached_documents(rows)
        progress(rows[-1][0], archive.head.position)
    return attached


def _insert(connection: Connection, rows: Sequence[Row], archive: Archive) -> None:
    try:
        with connection.begin_nested():
            run_many(connection, _INSERT, rows)
    except IntegrityError as error:
        if len(rows) == 1:
            what = "the event id, or this version of its stream, was used before"
            raise archive.refused(what, position=rows[0][0]) from error
        # Halved until the row is found that does not fit.
        _insert(connection, rows[: len(rows) // 2], archive)
        _insert(connection, rows[len(rows) // 2 :], archive)


def check_log(
    connection: Connection, archive: Archive, expected: Head | None = None, progress: Progress = silent
) -> None:
    """Verifies the log behind ``connection``, which was loaded from ``archive``.

    Raises:
        Refused: it has a fault, or another head than the archive says.
    """
    if fault := first_fault(connection, progress, expected):
        raise archive.refused_at(fault.where, fault.what)
    head = head_of(connection)
    if head != archive.head:
        what = f"head.txt names {archive.head}, but the log ends at {head}"
        raise archive.refused(what, position=head.position)


def require_readable_events(connection: Connection, archive: Archive) -> None:
    """Reads every event of the log behind ``connection``, which was loaded from ``archive``.

    Raises:
        Refused: this version cannot read an event, or it is about something else than its stream.
    """
    for rows in rows_after(connection, 0, archive.head.position):
        for position, stream, _, _, type, _, _, _, _, data, *_ in rows:
            try:
                about = stream if data is None else stream_of(fact_of(type, data))
            except UnknownEvent as error:
                hint = "upgrade kb: a newer version wrote it"
                raise archive.refused(str(error), position=position, hint=hint) from error
            if about != stream:
                raise archive.refused(
                    f"this event is about {about!r}, not about its stream {stream!r}", position=position
                )


@contextmanager
def _unkeepable_refused(archive: Archive) -> Iterator[None]:
    """Refuses text that the database cannot hold, such as a NUL character in PostgreSQL."""
    try:
        yield
    except DataError as error:
        raise archive.refused(f"the database cannot keep a text of this log: {error.orig}") from error


def _require_empty(place: URL) -> None:
    """Refuses a base on a database server that holds events: it cannot be set aside there."""
    engine = reading_engine(place)
    where = display_name(place)
    try:
        with refusing(where), engine.connect() as connection:
            head = head_of(connection) if inspect(connection).has_table("log") else START
    finally:
        engine.dispose()
    if head != START:
        hint = "restore into a new database: create one with createdb, and name it in KB_DATABASE_URL"
        raise Refused([Problem(where=where, what=_filled_words(head.position), hint=hint)])


def _filled_words(events: int) -> str:
    return f"this base holds events already: {events:,}"


def _occupant(path: Path) -> str:
    """What stands at ``path``, in words; empty for nothing, and for a base without events."""
    if not path.is_file() or not path.stat().st_size:
        return ""
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as connection:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
            if "log" not in tables:
                return "this is a database of something else" if tables else ""
            (events,) = connection.execute("SELECT coalesce(max(position), 0) FROM log").fetchone()
            return _filled_words(events) if events else ""
    except sqlite3.Error as error:
        return f"what is there cannot be read: {error}"


# A file takes the place of another


@contextmanager
def _unwritable_refused(path: Path) -> Iterator[None]:
    try:
        with folder_of(path):
            yield
    except OSError as error:
        what = f"the base cannot be written: {reason(error)}"
        raise Refused([Problem(where=str(path), what=what, hint="check free space and permissions")]) from error


@contextmanager
def _locked(place: URL, waiting: Waiting | None) -> Iterator[None]:
    """Keeps every other writer of the SQLite file at ``place`` waiting."""
    writer = Writer(place, waiting)
    try:
        with writer.turn():
            yield
    finally:
        writer.close()


@contextmanager
def _workshop(path: Path) -> Iterator[Path]:
    """A folder beside ``path`` to make a new base in; one that a killed process left behind is removed."""
    prefix = f".{path.name}-restoring-"
    for left in path.parent.glob(f"{escape(prefix)}*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = Path(mkdtemp(prefix=prefix, dir=path.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _free_name(path: Path) -> Path:
    """A name beside ``path`` that nothing has, e.g. ``kb.replaced-1.db``."""
    names = (path.with_name(f"{path.stem}.replaced-{number}{path.suffix}") for number in count(1))
    return next(name for name in names if not name.exists())


@contextmanager
def _closed(path: Path) -> Iterator[None]:
    """The base at ``path``, if there is one, with its write-ahead log merged, which nobody can open in the block.

    Whether a damaged file is open cannot be told; it is not locked.

    Raises:
        Refused: another process has the base open. It would go on with a file that is not the base any more.
    """
    if not path.is_file():
        yield
        return
    connection = sqlite3.connect(path, timeout=1, isolation_level=None)
    try:
        _take_exclusively(connection, path)
        yield
    finally:
        connection.close()


def _take_exclusively(connection: sqlite3.Connection, path: Path) -> None:
    """Locks the base for as long as ``connection`` is open, and merges its write-ahead log into the file."""
    try:
        # Whoever has the base open shares a lock.
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.DatabaseError as error:
        code = error.sqlite_errorcode & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            hint = "end it (kb serve?), then restore again"
            raise Refused([Problem(str(path), "another process has this base open", hint)]) from error
        if code not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise Refused([problem_of(error, str(path)) or Problem(str(path), str(error))]) from error


def _swap(new: Path, path: Path, kept: Path | None) -> None:
    """Puts ``new`` in the place of ``path``, which is kept as ``kept``; a whole base is there at every moment."""
    new.chmod(stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o600)
    log = path.with_name(f"{path.name}-wal")
    # Before the lock is taken: it is lost when this process closes another handle of the same file, as copying does.
    with _kept(path, kept), _closed(path):
        # SQLite would merge the log of another file into this one, also that of a base whose file somebody deleted.
        log.unlink(missing_ok=True)
        path.with_name(f"{path.name}-shm").unlink(missing_ok=True)
        # Whoever waits to open the old file finds, once it is free, that another has its name.
        new.replace(path)
    flush_renaming(path, f"the base was restored{f', and the previous one is now {kept}' if kept else ''}")


@contextmanager
def _kept(path: Path, kept: Path | None) -> Iterator[None]:
    """The base at ``path`` under the name ``kept`` too, where there is one; it is given up if the block raises."""
    if kept is None:
        yield
        return
    log, kept_log = path.with_name(f"{path.name}-wal"), kept.with_name(f"{kept.name}-wal")
    try:
        _keep(path, kept)
        if log.exists() and log.stat().st_size:  # of a damaged base, to which it belongs
            _keep(log, kept_log)
        yield
    except BaseException:
        kept.unlink(missing_ok=True)
        kept_log.unlink(missing_ok=True)
        raise


_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS)


def _keep(file: Path, name: Path) -> None:
    try:
        name.hardlink_to(file)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        shutil.copy2(file, name)
        with name.open("rb+") as copy:
            os.fsync(copy.fileno())
