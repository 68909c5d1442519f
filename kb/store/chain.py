"""Has anybody changed the log? Each row is recomputed from the first on; the first that does not fit is the fault."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from kb.domain.entity import KINDS, kind_of
from kb.domain.event import DocumentAttached, Event, Fact, Recorded, fact_of, stream_of
from kb.domain.problem import Problem
from kb.store.engine import damage_text, run
from kb.store.log import (
    COLUMNS,
    REDACTED,
    START,
    Head,
    Progress,
    Row,
    head_of,
    rows_after,
    seal_fault,
    silent,
)

RESTORE = "restore a backup, and compare its head with the one that you kept"
"""What to do about damage to the log."""
REBUILD = "the log is intact: `kb rebuild` recomputes the tables"
"""What to do about damage to what is computed from the log."""
RECOPY = "the log is intact: run `kb backup FILE` and then `kb restore FILE --replace` to make a sound base from it"
"""What to do about damage to the pages or the schema of a SQLite file with an intact log."""
MOVE = "the log is intact: run `kb backup FILE`, and restore it into a new database"
"""The same on a database server, where a base is not replaced."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Damage.

    Attributes:
        where: ``position 5``, ``page 7``, ``figure deck/value``.
        what: What is wrong there.
        remedy: What to do about it.
    """

    where: str
    what: str
    remedy: str = RESTORE

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def damage_problems(faults: Iterable[Fault]) -> list[Problem]:
    """``faults`` with what to do about them."""
    return [Problem(where=fault.where, what=fault.what, hint=fault.remedy) for fault in faults]


def altered_events(connection: Connection, events: Iterable[Event]) -> list[Fault]:
    """Those of ``events`` that somebody has changed: they do not fit their own digests, or have lost their payload."""
    faults = ((event, _event_fault(connection, event)) for event in events)
    return [Fault(f"position {event.position}", what) for event, what in faults if what]


def _event_fault(connection: Connection, event: Event) -> str | None:
    gone = event.data is None or event.salt is None
    return _PAYLOAD_GONE if gone and not redaction_recorded(connection, event.position) else seal_fault(astuple(event))


_PAYLOAD_GONE = "the payload is gone, but no later event says that it was redacted"


def redaction_recorded(connection: Connection, position: int) -> bool:
    """Whether an event after ``position`` says that the payload of the one there was redacted."""
    ask = "SELECT count(*) FROM log WHERE stream = ? AND type = ? AND position > ?"
    return bool(run(connection, ask, (f"position-{position}", REDACTED, position)).scalar())


def first_fault(connection: Connection, progress: Progress = silent, expected: Head | None = None) -> Fault | None:
    """The first fault of a log; None for one that is intact from its first event to its head.

    Args:
        connection: One transaction, so that no event is appended while rows are checked.
        progress: Called with the number of events that are checked, and of all.
        expected: A head that was kept elsewhere; without one, events that were cut off the end of a log go unnoticed if
            the tables do not know them either.
    """
    chain = _Chain(connection, expected)
    faults: tuple[_Fault | None, ...]
    try:
        faults = (chain.fault(progress), _order_fault(connection), _repeated_id(connection), _cut_fault(connection))
    except DBAPIError as error:
        faults = ((chain.last.position + 1, f"this event cannot be read: {damage_text(error)}"),)
    position, what = min((fault for fault in faults if fault), default=(0, ""))
    return Fault(f"position {position}", what) if what else None


def end_fault(connection: Connection) -> Fault | None:
    """What is wrong with the last event of a log, or with its being the last; None where nothing is.

    It costs as little as reading a few rows: an append asks it, lest damage be sealed by the events that follow.
    """
    ask = f"SELECT {', '.join(COLUMNS)} FROM log ORDER BY position DESC LIMIT 2"
    last, before = (*run(connection, ask).fetchall(), None, None)[:2]
    chain = _Chain(connection, None)
    chain.last = Head(before[0], before[-1]) if before else START
    if last and (what := chain.row_fault(tuple(last))):
        return Fault(f"position {chain.last.position + 1}", what)
    cut = _cut_fault(connection)
    return Fault(f"position {cut[0]}", cut[1]) if cut else None


def gap_fault(connection: Connection) -> Fault | None:
    """The first fault of a log that has not as many rows as its last position says; None where it has.

    Only the rows are counted, so that a change within one goes unnoticed.
    """
    rows = run(connection, "SELECT count(*) FROM log").scalar_one()
    return first_fault(connection) if rows != head_of(connection).position else None


def fault_upto(connection: Connection, position: int) -> Fault | None:
    """The first fault of a log up to ``position``, whatever became of the rest; None where there is none."""
    chain = _Chain(connection, None)
    for rows in rows_after(connection, 0, position):
        for row in rows:
            if what := chain.row_fault(row):
                return Fault(f"position {chain.last.position + 1}", what)
            chain.last = Head(row[0], row[-1])
    return None


def missing_row(connection: Connection, facts: Collection[Fact]) -> Fault | None:
    """The first thing of the kinds that ``facts`` record which the log holds and the tables lack; None for none.

    Whoever looks into the tables for what is known would record it again, under another id. Reads the log once.
    """
    recorded = {kind_of(fact.entity) for fact in facts if isinstance(fact, Recorded)}
    asks = [(kind, "id", "recorded") for kind in KINDS if kind in recorded]
    asks += [("document", "sha256", "attached")] if any(isinstance(fact, DocumentAttached) for fact in facts) else []
    for table, key, happened in asks:
        ask = f"""
            SELECT type, data FROM log WHERE type LIKE ? AND data IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM "{table}" AS known WHERE known.{key} = log.stream)
            AND NOT EXISTS (SELECT 1 FROM log AS later WHERE later.stream = log.stream
                            AND later.version > log.version AND later.type LIKE ?)
            ORDER BY position LIMIT 1"""
        if row := run(connection, ask, (f"{table}.{happened}.%", f"{table}.retracted.%")).first():
            fact = fact_of(*row)
            name = fact.entity.slug if isinstance(fact, Recorded) else stream_of(fact)
            return Fault(f"{table} {name}", "missing from the tables", remedy=REBUILD)
    return None


_Fault = tuple[int, str]
"""The position of an event, and what is wrong with it."""


class _Chain:
    """The rows of a log, each checked against the row before it.

    Attributes:
        last: The last row that was found to be in order.
    """

    def __init__(self, connection: Connection, expected: Head | None) -> None:
        self._connection = connection
        self._expected = expected
        self.last = START

    def fault(self, progress: Progress) -> _Fault | None:
        """The first row that is not in order, or the head that is not reached."""
        if self._expected and self._expected.position == START.position and self._expected != START:
            return START.position, "the hash before the first event is 64 zeros, and the given head has another"
        end = head_of(self._connection)
        for rows in self._chunks(end):
            for row in rows:
                if what := self.row_fault(row):
                    return self.last.position + 1, what
                self.last = Head(row[0], row[-1])
                if self._rewritten():
                    return row[0], "this is not the event that the given head names: the log was rewritten"
            progress(self.last.position, end.position)
        return self._end_fault(end)

    def _chunks(self, end: Head) -> Iterator[Sequence[Row]]:
        # Positions count from 1; a row that somebody put before the first must not escape the check.
        lowest = run(self._connection, "SELECT min(position) FROM log").scalar() or 1
        return rows_after(self._connection, min(lowest, 1) - 1, end.position)

    def _end_fault(self, end: Head) -> _Fault | None:
        position = self.last.position
        # The head is looked up from the other end. A damaged page can end the reading of rows early, without an error.
        if self.last != end:
            return position + 1, f"from here on events cannot be read; the log ends at position {end.position}"
        rows = run(self._connection, "SELECT count(*) FROM log").scalar_one()
        if rows != position:
            return position, f"the log has {rows} rows, but ends at this position"
        if self._expected and self._expected.position > position:
            return position, f"the log ends here, but the given head names position {self._expected.position}"
        return None

    def _rewritten(self) -> bool:
        kept = self._expected
        return kept is not None and kept.position == self.last.position and kept != self.last

    def row_fault(self, row: Row) -> str | None:
        """What is wrong with ``row`` as the successor of the last; None where nothing is."""
        if row[0] != self.last.position + 1:
            return f"this event is missing: position {row[0]} follows position {self.last.position}"
        if not all(isinstance(value, kind) for value, kind in zip(row, _TYPES, strict=True)):
            return "a column holds a value of another type"
        try:
            return self._link_fault(row)
        except UnicodeEncodeError:
            return "a text is not valid UTF-8"

    def _link_fault(self, row: Row) -> str | None:
        position, *_, actor, reason, _, data, salt, _, previous, _ = row
        if previous != self.last.hash:
            return "the link is broken: it names another hash than that of the event before it"
        gone, kept = data is None or salt is None, not (data is None and salt is None) or actor or reason
        if gone and (kept or not redaction_recorded(self._connection, position)):
            return _PAYLOAD_GONE
        return seal_fault(row)


_TYPES = (int, str, int, *[str] * 6, str | None, str | None, *[str] * 3)
"""Types of a row's values; SQLite keeps in any column what it is given."""


def _order_fault(connection: Connection) -> _Fault | None:
    """The first event whose version does not follow the last of its stream.

    Hashes do not show it: somebody who can write to the log can seal events in a wrong order.
    """
    ask = """
        SELECT min(position) FROM (
            SELECT position, version, row_number() OVER (PARTITION BY stream ORDER BY position) AS turn FROM log
        ) AS numbered WHERE version <> turn"""
    return _fault_at(connection, ask, "the version is not one above the last of its stream")


def _repeated_id(connection: Connection) -> _Fault | None:
    ask = """
        SELECT min(position) FROM (
            SELECT max(position) AS position FROM log GROUP BY event_id HAVING count(*) > 1
        ) AS numbered"""
    return _fault_at(connection, ask, "the event id was used before")


_KNOWN_END = "SELECT max(last_position) FROM batch WHERE last_position - first_position + 1 = events"
"""The last event that the tables know. A row whose own numbers contradict each other is damaged, and proves nothing."""


def _cut_fault(connection: Connection) -> _Fault | None:
    """That the tables know events after the head; rebuilding them would destroy the only trace of these."""
    try:
        with connection.begin_nested():
            known = run(connection, _KNOWN_END).scalar()
    except DBAPIError:
        return None  # The tables are damaged, or not there: no fault of the log.
    end = head_of(connection).position
    if not isinstance(known, int) or known <= end:
        return None
    return end, f"the tables know events up to {known}, and the log ends at {end}: its tail was cut off"


def _fault_at(connection: Connection, ask: str, what: str) -> _Fault | None:
    position = run(connection, ask).scalar()
    return None if position is None else (int(position), what)
