"""How do the tables come from the log? Replayed with the projector, reconciled once at the end, and fingerprinted."""

from collections.abc import Iterator
from hashlib import sha256

import msgspec
from sqlalchemy import Connection, Table

from kb.domain.event import UnknownEvent
from kb.domain.group import Groups
from kb.domain.problem import Problem, Refused
from kb.store.engine import run, run_many, stream
from kb.store.excerpt import knowledge_about
from kb.store.log import Progress, silent
from kb.store.projector import TOLD, VERSION, Projector, Telling
from kb.store.reach import everything
from kb.store.reconciler import Reconciler, replace
from kb.store.table import PROJECTIONS, columns, keys

_CHUNK = 5000
_GROUPS = 500
"""Groups that are computed together, so that memory does not grow with the base."""

_encode = msgspec.json.Encoder().encode


def replay(log: Connection, tables: Connection, *, after: int, upto: int, progress: Progress = silent) -> None:
    """Brings ``tables``, which stand at ``after``, to position ``upto`` of ``log``, in flat memory.

    Raises:
        Refused: the log holds an event that this version cannot read.
    """
    projector = Projector(tables)
    for tellings in _tellings(log, after, upto):
        try:
            projector.tell(tellings)
        except UnknownEvent as error:
            hint = "upgrade kb: the log was written by a newer version"
            raise Refused([Problem("log", str(error), hint)]) from error
        projector.flush()
        progress(tellings[-1][0], upto)


def _tellings(log: Connection, after: int, upto: int) -> Iterator[list[Telling]]:
    ask = f"SELECT {', '.join(TOLD)} FROM log WHERE position > ? AND position <= ? ORDER BY position LIMIT {_CHUNK}"
    while rows := run(log, ask, (after, upto)).fetchall():
        yield rows  # type: ignore[misc]
        after = rows[-1][0]


def clear(tables: Connection) -> None:
    """Empties every projection."""
    for table in PROJECTIONS:
        run(tables, f'DELETE FROM "{table.name}"')


def reconcile(tables: Connection, reconciler: Reconciler | None, groups: Groups, progress: Progress = silent) -> None:
    """Brings the findings of ``groups`` up to date, some hundred groups at a time; none without a reconciler."""
    if reconciler is None:
        return
    done, total = 0, len(groups)
    for part in groups.parts(_GROUPS):
        replace(tables, reconciler.findings(knowledge_about(tables, part), part), part)
        done += len(part)
        progress(done, total)


def reconcile_all(tables: Connection, reconciler: Reconciler | None, progress: Progress = silent) -> None:
    """Computes every finding anew, from an empty table; signed with the version of the rules."""
    run(tables, "DELETE FROM finding")
    reconcile(tables, reconciler, everything(tables), progress)
    sign(tables, projection=VERSION, rules=rules_of(reconciler))


def rules_of(reconciler: Reconciler | None) -> str:
    """The version under which findings are stored."""
    return reconciler.version if reconciler else "none"


def sign(tables: Connection, **versions: str) -> None:
    """Notes what the tables were computed with."""
    run_many(
        tables,
        "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        list(versions.items()),
    )


def signature(tables: Connection) -> dict[str, str]:
    """What the tables were computed with; empty for tables that are just made."""
    return {str(key): str(value) for key, value in run(tables, "SELECT key, value FROM meta")}


def fingerprint(tables: Connection) -> str:
    """SHA-256 over all rows of all projections, in the order of their keys: the same on either engine."""
    digest = sha256()
    for table in PROJECTIONS:
        digest.update(_encode([f"{table.name}", columns(table)]))
        for rows in stream(tables, _ordered(tables, table)):
            for row in rows:
                digest.update(_encode(tuple(row)))
    return digest.hexdigest()


def _ordered(tables: Connection, table: Table) -> str:
    plain = ' COLLATE "C"' if tables.dialect.name == "postgresql" else ""
    order = ", ".join(f'"{name}"' + ("" if name == "passage" else plain) for name in keys(table))
    return f"""SELECT {", ".join(f'"{name}"' for name in columns(table))} FROM "{table.name}" ORDER BY {order}"""
