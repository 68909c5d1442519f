"""Has anybody changed the log? Each row is recomputed from the first on; the first that does not fit is the fault."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from kb.store.engine import run
from kb.store.log import REDACTED, START, Head, Progress, Row, chain_hash, head_of, payload_digest, rows_after, silent


@dataclass(frozen=True, slots=True)
class Fault:
    """The first position at which a log is damaged, and what is wrong there."""

    position: int
    what: str

    def __str__(self) -> str:
        return f"position {self.position}: {self.what}"


def first_fault(connection: Connection, progress: Progress = silent, expected: Head | None = None) -> Fault | None:
    """The first fault of a log; None for one that is intact from its first event to its head.

    Args:
        connection: One transaction, so that no event is appended while rows are checked.
        progress: Called with the number of events that are checked, and of all.
        expected: A head that was kept elsewhere; without one, events cut off the end of a log go unnoticed.
    """
    faults = (_chain_fault(connection, progress, expected), _order_fault(connection), _repeated_id(connection))
    return min((fault for fault in faults if fault), key=lambda fault: fault.position, default=None)


def _chain_fault(connection: Connection, progress: Progress, expected: Head | None) -> Fault | None:
    if expected and expected.position == START.position and expected != START:
        return Fault(START.position, "a log begins with a hash of 64 zeros, and the kept head has another")
    before, end = START, head_of(connection)
    for rows in _chunks(connection, end):
        for row in rows:
            if what := _row_fault(connection, row, before):
                return Fault(before.position + 1, what)
            before = Head(row[0], row[-1])
            if expected and expected.position == before.position and expected.hash != before.hash:
                return Fault(before.position, "this is not the event that the kept head names: the log was rewritten")
        progress(before.position, end.position)
    if expected and expected.position > before.position:
        return Fault(before.position, f"the log ends here, but the kept head names position {expected.position}")
    return None


def _chunks(connection: Connection, end: Head) -> Iterator[Sequence[Row]]:
    # Positions count from 1; a row that somebody put before the first must not escape the check.
    lowest = run(connection, "SELECT min(position) FROM log").scalar() or 1
    return rows_after(connection, min(lowest, 1) - 1, end.position)


def _row_fault(connection: Connection, row: Row, before: Head) -> str | None:
    """What is wrong with ``row`` as the successor of ``before``; None where nothing is."""
    position, stream, version, id, type, recorded_at, actor, reason, batch, data, salt, digest, previous, hash = row
    if position != before.position + 1:
        return f"this event is missing: position {position} follows position {before.position}"
    if previous != before.hash:
        return "the link is broken: it names another hash than that of the event before it"
    if data is None or salt is None:
        if data is not None or salt is not None or actor or reason or not _redaction_recorded(connection, position):
            return "the payload is gone, but no later event says that it was redacted"
    elif payload_digest(salt, data, actor, reason) != digest:
        return "the payload was altered: data, actor, reason or salt do not fit the digest"
    if chain_hash(previous, position, stream, version, id, type, recorded_at, batch, digest) != hash:
        return "a column was altered: stream, version, id, type, time, batch or digest does not fit the hash"
    return None


def _redaction_recorded(connection: Connection, position: int) -> bool:
    ask = "SELECT count(*) FROM log WHERE stream = ? AND type = ? AND position > ?"
    return bool(run(connection, ask, (f"position-{position}", REDACTED, position)).scalar())


def _order_fault(connection: Connection) -> Fault | None:
    """The first event whose version does not follow the last of its stream.

    Hashes do not show it: somebody who can write to the log can seal events in a wrong order.
    """
    ask = """
        SELECT min(position) FROM (
            SELECT position, version, row_number() OVER (PARTITION BY stream ORDER BY position) AS turn FROM log
        ) AS numbered WHERE version <> turn"""
    return _fault_at(connection, ask, "the version is not one above the last of its stream")


def _repeated_id(connection: Connection) -> Fault | None:
    ask = """
        SELECT min(position) FROM (
            SELECT max(position) AS position FROM log GROUP BY event_id HAVING count(*) > 1
        ) AS numbered"""
    return _fault_at(connection, ask, "the event id was used before")


def _fault_at(connection: Connection, ask: str, what: str) -> Fault | None:
    position = run(connection, ask).scalar()
    return None if position is None else Fault(int(position), what)
