"""Is a base as it was written? Its pages, its log, and its tables beside a replay are checked; nothing is written."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import MsgspecError
from sqlalchemy import Connection, Table
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, OperationalError

from kb.domain.problem import Damaged, Problem, Refused
from kb.store import projection, schema
from kb.store.chain import MOVE, REBUILD, RECOPY, RESTORE, Fault, damage_problems, first_fault
from kb.store.checksums import ALTERED, altered_tables
from kb.store.conclusions import differing_conclusions
from kb.store.engine import (
    damage_text,
    display_name,
    emptied,
    exists,
    is_damage,
    lenient_reading_engine,
    no_base,
    problem_of,
    reading_engine,
    refusing,
    run,
    run_among,
    scratch_connection,
)
from kb.store.log import ATTACHED, Head, Progress, head_of, silent
from kb.store.moments import Moments
from kb.store.projection import Reconciler, ordered_rows
from kb.store.projector import VERSION
from kb.store.reader import ParseCache
from kb.store.reconciliation import computed
from kb.store.schema import CONCLUSIONS, METADATA, PROJECTIONS, REVISION, VERSION_TABLE, columns, keys

Stage = Callable[[str], Progress]
"""Called with the name of what is checked next; gives the function that is told how far it is."""

_COMPARE = "they fit the log: compare its head with one that you kept (`kb verify --head`), then run `kb rebuild`"

_LISTED = 5
"""Faults of one table that are listed; of a table that was dropped, each row would be one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What a check of a base found.

    Attributes:
        head: The end of the log, as far as it can be read.
        faults: All damage that was found; empty for a base that is as it was written.
        tables_compared: Whether all tables were compared. They are not if that was not asked for or the log is damaged;
            tables that another version of the program made, or findings by other rules, are made anew when the base
            is opened.
    """

    head: Head
    faults: tuple[Fault, ...]
    tables_compared: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What is checked, and how.

    Attributes:
        migrations: Folder of the migrations, which say what the schema must be.
        reconciler: Computes the findings to compare with.
        turn: Gives a context in which nobody else writes; needed for a moment where there are several jobs.
        expected: A head that was kept elsewhere.
        log_only: Whether tables and documents are left out.
        jobs: Number of processes that compute findings.
        document: Gives the bytes of an attached document by its SHA-256, or what is wrong with them; without it no
            document is checked.
    """

    migrations: Path
    reconciler: Reconciler | None
    turn: Callable[[], AbstractContextManager[object]]
    expected: Head | None = None
    log_only: bool = False
    jobs: int = 1
    document: Callable[[str], bytes | Problem] | None = None


def verify(place: URL, scope: Scope, stage: Stage) -> Verification:
    """What a check of the base at ``place`` finds.

    Raises:
        Refused: there is no base, a newer version of the program made it, or it cannot be read at all.
    """
    where = display_name(place)
    if not exists(place):
        raise emptied(place) or no_base(place)
    engine = lenient_reading_engine(place)
    try:
        with refusing(where), _unreadable_refused(where), engine.connect() as connection:
            verified = _verified(connection, place, scope, stage)
            unsound = () if scope.log_only else _document_faults(connection, scope, stage)
            return replace(verified, faults=(*verified.faults, *unsound))
    except (OperationalError, UnicodeDecodeError) as error:
        what = f"it cannot be read: {damage_text(error)}"
        raise Refused([Problem(where=where, what=what, hint=RESTORE)]) from error
    finally:
        engine.dispose()


@contextmanager
def _unreadable_refused(where: str) -> Iterator[None]:
    """Refuses a file of which nothing can be read: `kb verify`, which its error names otherwise, knows no more."""
    try:
        yield
    except DBAPIError as error:
        problem = problem_of(error.orig, where)
        if problem is None or not is_damage(error.orig):
            raise
        raise Refused([replace(problem, hint=RESTORE)]) from error


def damage(place: URL, migrations: Path, reconciler: Reconciler | None) -> Sequence[Fault]:
    """All damage of the base at ``place``."""
    scope = Scope(migrations=migrations, reconciler=reconciler, turn=nullcontext)
    return verify(place, scope, lambda _: silent).faults


class Examination:
    """The damage of one base, looked for once at each head; safe to use from several threads."""

    def __init__(self, place: URL, migrations: Path, reconciler: Reconciler | None) -> None:
        self._place = place
        self._find: Callable[[], Sequence[Fault]] = partial(damage, place, migrations, reconciler)
        self._found: Moments[Head, Sequence[Fault]] = Moments(lambda _: self._find())

    def __call__(self) -> Sequence[Fault]:
        """All damage of the base as it is now."""
        head = _readable_head(self._place)
        return self._find() if head is None else self._found.at(head, head.hash)


@contextmanager
def explaining_damage(examine: Callable[[], Sequence[Fault]]) -> Iterator[None]:
    """An error that damage of a base may have caused becomes ``Damaged``, if ``examine`` finds damage.

    Raises:
        Damaged: with all damage. If there is none, the error is a mistake of the program and is left as it is.
    """
    try:
        yield
    except _MISREADINGS as error:
        faults = examine()
        if not faults:
            raise
        raise Damaged(damage_problems(faults)) from error


def _readable_head(place: URL) -> Head | None:
    engine = reading_engine(place)
    try:
        with engine.connect() as connection:
            return head_of(connection)
    except _MISREADINGS:
        return None
    finally:
        engine.dispose()


_MISREADINGS = (
    DBAPIError,
    MsgspecError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    StopIteration,
    TypeError,
    ValueError,
)
"""Errors in which reading a value that nobody wrote can end."""


def _verified(connection: Connection, place: URL, scope: Scope, stage: Stage) -> Verification:
    pages = integrity_faults(connection)
    revision = _revision(connection, place, scope) if not pages else REVISION
    faults = with_log_fault(connection, pages, stage("events"), scope.expected)
    if not faults:
        wrong = _readable("schema", lambda: schema_faults(connection, scope.migrations, revision))
        faults += [replace(fault, remedy=_recopy(connection)) for fault in wrong]
    if faults or scope.log_only or revision != REVISION:
        return Verification(head=_head(connection), faults=tuple(faults), tables_compared=False)
    signature = projection.signature(connection)
    replayed = signature.get("projection") == VERSION
    reasoned = replayed and signature.get("rules") == projection.rules_of(scope.reconciler)
    if replayed:
        faults += _readable("tables", lambda: _table_faults(connection, stage("tables")))
    # Findings that were computed from wrong tables would only repeat what is wrong there.
    if reasoned and not faults:
        faults += _readable("findings", lambda: _finding_faults(place, scope, stage("findings")))
    if replayed and not faults:
        faults += _readable("checksums", lambda: _checksum_faults(connection, PROJECTIONS))
    if reasoned and not faults:
        faults += _readable("answers", lambda: _conclusion_faults(connection, scope))
    if replayed and not faults:
        faults += _readable("checksums", lambda: _checksum_faults(connection, CONCLUSIONS))
    return Verification(head=_head(connection), faults=tuple(faults), tables_compared=reasoned)


def _recopy(connection: Connection) -> str:
    return RECOPY if connection.dialect.name == "sqlite" else MOVE


def _revision(connection: Connection, place: URL, scope: Scope) -> str | None:
    """The migration that the base was last brought to; None where that is lost.

    Raises:
        Refused: there is no base, or a newer version of the program made it.
    """
    revision = schema.revision_of(connection)
    if revision is None and not schema.has_log(connection):
        hint = "check the address; nothing was created"
        raise Refused([Problem(where=display_name(place), what="this database holds no base", hint=hint)])
    schema.refuse_newer(revision, scope.migrations, display_name(place))
    return revision


def _head(connection: Connection) -> Head:
    try:
        return head_of(connection)
    except DBAPIError:
        return Head(0, "")


def _readable(where: str, check: Callable[[], Sequence[Fault]]) -> Sequence[Fault]:
    """What ``check`` finds, or that it cannot read the database."""
    try:
        return check()
    except DBAPIError as error:
        return [Fault(where, f"cannot be read: {damage_text(error)}")]
    except _MISREADINGS as error:
        return [Fault(where, f"cannot be read: {error}")]


# The database's own check, and the log


def with_log_fault(
    connection: Connection, pages: list[Fault], progress: Progress = silent, expected: Head | None = None
) -> list[Fault]:
    """The faults of ``pages``, which ``integrity_faults`` gives, and the first fault of the log."""
    if fault := first_fault(connection, progress, expected):
        return [*pages, fault]
    return [replace(fault, remedy=RECOPY) for fault in pages] if connection.dialect.name == "sqlite" else pages


def integrity_faults(connection: Connection) -> list[Fault]:
    """What the database itself finds wrong with its pages and indexes."""
    if connection.dialect.name != "sqlite":
        return list(_index_faults(connection))
    try:
        return list(map(_page_fault, _integrity_lines(connection)))
    except DBAPIError as error:
        return [Fault("database", damage_text(error))]


def _integrity_lines(connection: Connection) -> list[str]:
    # The driver steps ahead of the row that it gives, so that a check which fails later on loses what it found before.
    # The first row alone says what is wrong with the pages.
    ask = "SELECT * FROM pragma_integrity_check(20)"
    answers = [run(connection, f"{ask} LIMIT 1").scalar_one()]
    with suppress(DBAPIError):
        answers = [answer for (answer,) in run(connection, ask)]
    lines = (line for answer in answers for line in str(answer).splitlines())
    return [line for line in lines if line != "ok" and not line.startswith("***")]


_PAGE = re.compile(r"\bpage (\d+)", re.IGNORECASE)


def _page_fault(line: str) -> Fault:
    page = _PAGE.search(line)
    if page is None:
        return Fault("database", line)
    rest = line[page.end() :].lstrip(": ") if page.start() == 0 else line
    return Fault(f"page {page[1]}", rest or line)


_MAY_CHECK = """
    SELECT has_function_privilege(pg_proc.oid, 'EXECUTE') FROM pg_proc
    JOIN pg_depend ON pg_depend.objid = pg_proc.oid JOIN pg_extension ON pg_extension.oid = pg_depend.refobjid
    WHERE pg_extension.extname = 'amcheck' AND proname = 'bt_index_check' AND pronargs = 2"""
_INDEXES = """
    SELECT place.relname, place.oid FROM pg_index
    JOIN pg_class AS place ON place.oid = indexrelid JOIN pg_class AS owner ON owner.oid = indrelid
    JOIN pg_am ON pg_am.oid = place.relam
    WHERE amname = 'btree' AND indisvalid AND place.relnamespace = current_schema()::regnamespace
    AND owner.relname IN (?)"""
_CORRUPTED = "XX"
"""Beginning of the codes with which PostgreSQL says that data or an index is corrupted."""


def _index_faults(connection: Connection) -> Iterator[Fault]:
    # The extension comes with PostgreSQL, but a superuser must have created it in this database, and let us use it.
    if not run(connection, _MAY_CHECK).scalar():
        return
    for name, oid in [row for rows in [run_among(connection, _INDEXES, METADATA.tables)] for row in rows]:
        try:
            with connection.begin_nested():
                run(connection, "SELECT bt_index_check(CAST(CAST(? AS bigint) AS regclass), true)", (oid,))
        except DBAPIError as error:
            if str(getattr(error.orig, "sqlstate", "")).startswith(_CORRUPTED):
                yield Fault(f"index {name}", damage_text(error))


# The documents


def _document_faults(connection: Connection, scope: Scope, stage: Stage) -> Iterator[Fault]:
    """Attached documents that are not as they were archived."""
    if scope.document is None:
        return
    ask = "SELECT DISTINCT stream FROM log WHERE type LIKE ? AND data IS NOT NULL ORDER BY stream"
    try:
        digests = [str(digest) for (digest,) in run(connection, ask, (f"{ATTACHED}%",))]
    except DBAPIError:
        return  # A fault of the log, which is named already.
    progress = stage("documents")
    for number, digest in enumerate(digests, 1):
        found = scope.document(digest)
        if isinstance(found, Problem):
            yield Fault(f"document {digest}", found.what, remedy=found.hint)
        progress(number, len(digests))


# The schema


def schema_faults(connection: Connection, migrations: Path, revision: str | None) -> list[Fault]:
    """Tables and indexes of a SQLite file that are not as the migrations up to ``revision`` make them.

    On another database only a revision that is lost, for which None is given, is a fault.
    """
    if revision is None:
        return [Fault(f"table {VERSION_TABLE}", "does not say which version of kb made the tables")]
    if connection.dialect.name != "sqlite":
        return []
    stored, expected = _definitions(connection), _expected_definitions(migrations, revision)
    return [
        Fault(" ".join(name), _difference(stored.get(name), expected.get(name)))
        for name in sorted(stored.keys() | expected.keys())
        if stored.get(name) != expected.get(name)
    ]


@cache
def _expected_definitions(migrations: Path, revision: str) -> Mapping[tuple[str, str], str]:
    with scratch_connection() as scratch:
        schema.migrate(scratch, migrations, revision)
        return _definitions(scratch)


def _definitions(connection: Connection) -> Mapping[tuple[str, str], str]:
    ask = "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%'"
    return {(str(type), str(name)): f"{table} {sql}" for type, name, table, sql in run(connection, ask)}


def _difference(stored: str | None, expected: str | None) -> str:
    if expected is None:
        return "kb does not make this"
    return "missing" if stored is None else "not as kb makes it"


# The tables


def _table_faults(connection: Connection, progress: Progress) -> list[Fault]:
    """Rows of the tables, except findings, that are not what a replay of the log gives."""
    with scratch_connection() as scratch:
        projection.create(scratch)
        try:
            projection.replay(connection, scratch, after=0, upto=head_of(connection).position, progress=progress)
        except (Refused, ValueError) as error:
            return [Fault("log", str(error))]
        tables = [table for table in PROJECTIONS if table.name != "finding"]
        return [fault for table in tables for fault in _listed(table.name, _differing_rows(connection, scratch, table))]


def _checksum_faults(connection: Connection, tables: Iterable[Table]) -> list[Fault]:
    """Those of ``tables`` that readers refuse though they fit the log: somebody put them right by hand, or cut both."""
    return [Fault(f"table {name}", ALTERED, remedy=_COMPARE) for name in altered_tables(connection, tables)]


def _listed(where: str, faults: Iterator[Fault]) -> list[Fault]:
    listed = [*islice(faults, _LISTED)]
    more = sum(1 for _ in faults)
    return [*listed, Fault(f"table {where}", f"{more:,} more rows are wrong", remedy=REBUILD)] if more else listed


class _Keyed(NamedTuple):
    """A row, and the values by which rows are ordered on either database."""

    key: tuple[tuple[int, Any], ...]
    row: tuple[Any, ...]


def _differing_rows(connection: Connection, scratch: Connection, table: Table) -> Iterator[Fault]:
    stored, replayed = _keyed_rows(connection, table), _keyed_rows(scratch, table)
    mine, theirs = next(stored, None), next(replayed, None)
    while mine or theirs:
        if theirs is None or (mine and mine.key < theirs.key):
            yield Fault(_row_name(table, mine), "no event says this", remedy=REBUILD)
            mine = next(stored, None)
        elif mine is None or theirs.key < mine.key:
            yield Fault(_row_name(table, theirs), "missing from the tables", remedy=REBUILD)
            theirs = next(replayed, None)
        else:
            if differing := _differing_columns(table, mine.row, theirs.row):
                yield Fault(_row_name(table, mine), f"not what its events say: {', '.join(differing)}", remedy=REBUILD)
            mine, theirs = next(stored, None), next(replayed, None)


def _keyed_rows(connection: Connection, table: Table) -> Iterator[_Keyed]:
    places = [columns(table).index(name) for name in keys(table)]
    for rows in ordered_rows(connection, table):
        for row in rows:
            # PostgreSQL has truth values, SQLite 0 and 1.
            values = tuple(int(value) if isinstance(value, bool) else value for value in row)
            yield _Keyed(tuple(_ordinal(values[place]) for place in places), values)


def _ordinal(value: Any) -> tuple[int, Any]:
    """Orders values of any type as SQLite does, and texts by their bytes as both databases do."""
    if isinstance(value, str):
        return 2, value.encode("utf-8", "surrogateescape")
    return (3, value) if isinstance(value, bytes) else (0, 0) if value is None else (1, value)


def _differing_columns(table: Table, stored: tuple[Any, ...], replayed: tuple[Any, ...]) -> list[str]:
    if stored == replayed and [*map(type, stored)] == [*map(type, replayed)]:
        return []
    values = zip(columns(table), stored, replayed, strict=True)
    return [name for name, own, given in values if own != given or type(own) is not type(given)]


def _row_name(table: Table, keyed: _Keyed | None) -> str:
    row = keyed.row if keyed else ()
    names = columns(table)
    shown = row[names.index("slug")] if "slug" in names else " ".join(str(row[names.index(key)]) for key in keys(table))
    return f"{table.name} {str(shown).encode('utf-8', 'replace').decode()}"


def _finding_faults(place: URL, scope: Scope, progress: Progress) -> list[Fault]:
    """Stored findings that are not what the rules give."""
    if scope.reconciler is None:
        return []
    reader = reading_engine(place)
    try:
        with computed(
            place, reader, scope.reconciler, turn=scope.turn, jobs=scope.jobs, progress=progress
        ) as computation:
            ids = computation.differing_ids()
            wrong = (Fault(f"finding {id}", "not what the rules give", remedy=REBUILD) for id in ids)
            return _listed("finding", wrong)
    finally:
        reader.dispose()


def _conclusion_faults(connection: Connection, scope: Scope) -> list[Fault]:
    """Stored answers and bearings that are not what the rules conclude."""
    if scope.reconciler is None:
        return []
    names = differing_conclusions(connection, scope.reconciler, ParseCache())
    return _listed("answer", (Fault(name, "not what the rules give", remedy=REBUILD) for name in names))
