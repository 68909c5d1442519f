"""Every finding computed anew while others write, by one process or several; what differs is written in a short turn.

The findings are computed from one state of the tables. Once the writer's turn has come, the groups that later events
invalidate are computed again, and of all others the rows that differ are written.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine
from sqlalchemy.engine import URL

from kb.domain.finding import FindingGroups
from kb.store.dependencies import all_groups, changes_of, count_groups, invalidated_groups
from kb.store.engine import run, run_many, scratch_connection, stream
from kb.store.log import Progress, head_of, silent
from kb.store.projection import (
    ANEW,
    GROUPS_AT_ONCE,
    Reconciled,
    Reconciler,
    RowChange,
    delete_stored,
    group_changes,
    insert_computed,
    sign_rules,
    signature,
    write_changes,
)
from kb.store.workers import started

_ORPHANS = """
    SELECT id FROM finding WHERE CASE
        WHEN claim IS NOT NULL THEN claim NOT IN (SELECT id FROM claim) AND other_claim NOT IN (SELECT id FROM claim)
        WHEN calculation IS NOT NULL THEN calculation NOT IN (SELECT id FROM calculation)
        ELSE measure IS NULL OR measure NOT IN (SELECT id FROM measure) END"""
"""Findings of no group: no rule gives them."""


class Computation:
    """Findings computed from one state of the tables, and how those that are stored there differ from them."""

    def __init__(self, tables: Connection, reconciler: Reconciler, kept: "_KeptChanges") -> None:
        self._tables = tables
        self._reconciler = reconciler
        self._kept = kept

    def differing_ids(self) -> list[str]:
        """Ids of the findings that are stored otherwise than the rules give them, in order."""
        orphans = {str(id) for (id,) in run(self._tables, _ORPHANS)}
        return sorted(orphans.union(change.id for changes in self._kept.read() for change in changes))

    def write(self, connection: Connection) -> Reconciled:
        """How the stored findings changed by being brought to what the rules give.

        Args:
            connection: The one transaction that writes; events may have been appended since the computation.
        """
        overtaken = self._overtaken(connection)
        if overtaken is None:
            return recompute_all(connection, self._reconciler)
        before, tally = _count(connection), _Tally()
        # All rows are deleted before any is written: a finding may take over the id of another.
        for step in (delete_stored, insert_computed):
            for changes in self._kept.read():
                step(connection, tally.added([change for change in changes if not change.belongs_to(overtaken)]))
        return _finish(connection, self._reconciler, overtaken.parts(GROUPS_AT_ONCE), before, tally)

    def _overtaken(self, connection: Connection) -> FindingGroups | None:
        """The groups that events since the computation invalidate; None where all tables were made anew."""
        computed_with, now = signature(self._tables), signature(connection)
        if any(computed_with.get(key) != now.get(key) for key in ANEW):
            return None
        ask = "SELECT type, stream FROM log WHERE position > ?"
        events = [(type, stream) for type, stream in run(connection, ask, (head_of(self._tables).position,))]
        return invalidated_groups(connection, changes_of(self._tables, events))


def recompute_all(connection: Connection, reconciler: Reconciler | None) -> Reconciled:
    """How the stored findings changed by being computed anew from the tables, in the transaction of ``connection``.

    Without a reconciler there are none.
    """
    before = _count(connection)
    if reconciler is None:
        run(connection, "DELETE FROM finding")
        sign_rules(connection, None)
        return Reconciled(before=before, after=0, differing=before, redecided=before)
    return _finish(connection, reconciler, all_groups(connection, GROUPS_AT_ONCE), before, _Tally())


def _finish(
    connection: Connection, reconciler: Reconciler, parts: Iterable[FindingGroups], before: int, tally: "_Tally"
) -> Reconciled:
    """Brings ``parts`` up to date and deletes the findings of no group; adds to ``tally`` what that changes."""
    orphans = [(str(id),) for (id,) in run(connection, _ORPHANS)]
    run_many(connection, "DELETE FROM finding WHERE id = ?", orphans)
    for part in parts:
        write_changes(connection, tally.added(group_changes(connection, reconciler, part)))
    sign_rules(connection, reconciler)
    return tally.reconciled(before, _count(connection), len(orphans))


def _count(connection: Connection) -> int:
    return int(run(connection, "SELECT count(*) FROM finding").scalar_one())


class _Tally:
    """The findings that were changed, each counted once."""

    def __init__(self) -> None:
        self._differing: set[str] = set()
        self._decided: set[str] = set()

    def added(self, changes: list[RowChange]) -> list[RowChange]:
        self._differing.update(change.id for change in changes)
        self._decided.update(change.id for change in changes if change.alters_decision)
        return changes

    def reconciled(self, before: int, after: int, orphans: int) -> Reconciled:
        return Reconciled(
            before=before,
            after=after,
            differing=len(self._differing) + orphans,
            redecided=len(self._decided) + orphans,
        )


class _KeptChanges:
    """Changes on disk, so that memory stays flat where every finding has changed."""

    def __init__(self, scratch: Connection) -> None:
        self._scratch = scratch
        run(scratch, "CREATE TABLE change (stored TEXT, computed TEXT)")

    def add(self, changes: list[RowChange]) -> None:
        rows = [(_encode(change.stored), _encode(change.computed)) for change in changes]
        run_many(self._scratch, "INSERT INTO change VALUES (?, ?)", rows)

    def read(self) -> Iterator[list[RowChange]]:
        for rows in stream(self._scratch, "SELECT stored, computed FROM change"):
            yield [RowChange(_decode(stored), _decode(computed)) for stored, computed in rows]


def _encode(row: tuple[Any, ...] | None) -> str:
    return msgspec.json.encode(row).decode()


def _decode(text: str) -> tuple[Any, ...] | None:
    row = msgspec.json.decode(text)
    return None if row is None else tuple(row)


@contextmanager
def computed(
    url: URL,
    reader: Engine,
    reconciler: Reconciler,
    *,
    turn: Callable[[], AbstractContextManager[object]],
    jobs: int = 1,
    progress: Progress = silent,
) -> Iterator[Computation]:
    """Every finding computed from the tables as they are now; others may write meanwhile.

    Args:
        url: Where the database is, for other processes.
        reader: Connections that read it.
        reconciler: Computes the findings.
        turn: Gives a context in which nobody else writes; used for a moment where several processes compute, so
            that all of them see the same state.
        jobs: Number of processes.
        progress: Called with the number of groups of findings that are done, and of all.
    """
    with (
        scratch_connection() as scratch,
        reader.connect() as tables,
        started(jobs if jobs > 1 else 0, url, reconciler) as workers,
    ):
        with turn() if jobs > 1 else nullcontext():
            workers.begin(head_of(tables))
        kept, done, total = _KeptChanges(scratch), 0, count_groups(tables)
        parts = all_groups(tables, GROUPS_AT_ONCE)
        for part, changes in workers.changes(parts, lambda part: group_changes(tables, reconciler, part)):
            kept.add(changes)
            done += len(part)
            progress(done, total)
        yield Computation(tables, reconciler, kept)
