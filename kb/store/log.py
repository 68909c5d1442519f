"""What happened, in order? The log: appended under one lock, read in chunks, never edited.

Each row is sealed by two SHA-256 digests, written as 64 hex digits; ``||`` joins texts, all texts are UTF-8, and
canonical JSON has no white space and escapes nothing but ``"``, ``\\`` and control characters::

    payload_digest = sha256(salt || '[' || data || ',' || JSON(actor) || ',' || JSON(reason) || ']')
    hash           = sha256(JSON([previous, position, stream, version, event_id, type, recorded_at, batch,
                                  payload_digest]))

``data`` is the very text that the row holds, ``previous`` is the ``hash`` of the row before, or 64 zeros. In Python::

    def text(value): return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    def sha256(text): return hashlib.sha256(text.encode()).hexdigest()
    previous, expected = "0" * 64, 1
    for row in rows:                                                    # ordered by position
        payload = f'{row.salt}[{row.data},{text(row.actor)},{text(row.reason)}]'
        assert row.data is None or row.payload_digest == sha256(payload)    # None: redacted
        link = [previous, row.position, row.stream, row.version, row.event_id, row.type, row.recorded_at, row.batch]
        assert row.position == expected and row.hash == sha256(text([*link, row.payload_digest]))
        previous, expected = row.hash, expected + 1

A redaction deletes the payload (data, actor, reason) and the salt, without which nobody can guess it from its digest.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import msgspec
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from kb.domain.codec import parse_json
from kb.domain.event import Event, EventRedacted, NewEvent
from kb.domain.identity import Author
from kb.domain.problem import Problem, Refused
from kb.store.engine import placeholders, reading, refusing, run, run_among, run_many
from kb.store.schema import METADATA, columns

GENESIS = "0" * 64
"""What the first event names as the hash before it."""

CHUNK = 1000
"""Events that are read or written at a time."""

COLUMNS = columns(METADATA.tables["log"])
_NAMES = ", ".join(COLUMNS)
_INSERT = f"INSERT INTO log ({_NAMES}) VALUES ({placeholders(len(COLUMNS))})"
_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")

Row = tuple[int, str, int, str, str, str, str, str, str, str | None, str | None, str, str, str]
"""A row of the log, in the order of ``Event``'s attributes."""

Progress = Callable[[int, int], None]
"""Called with how much is done, and how much there is in all."""


def silent(done: int, total: int) -> None:
    """Ignores progress."""


_json = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a log: position and hash of its last event; 0 and 64 zeros for an empty log."""

    position: int
    hash: str

    def __str__(self) -> str:
        return f"{self.position}:{self.hash}"

    @classmethod
    def parse(cls, text: str) -> "Head":
        """The head that ``text`` names, as ``str`` writes one.

        Raises:
            ValueError: it names none.
        """
        parts = re.fullmatch(r"([0-9]{1,18}):([0-9a-f]{64})", text.strip().lower())
        if parts is None:
            raise ValueError("a head is written POSITION:HASH, with all 64 digits that `kb log head` prints")
        return cls(int(parts[1]), parts[2])


START = Head(0, GENESIS)
"""The head of an empty log."""


def payload_digest(salt: str, data: str, actor: str, reason: str) -> str:
    """Digest of what a redaction deletes, as the module defines it."""
    return sha256(salt.encode() + b"[" + data.encode() + _authored(actor, reason)).hexdigest()


def chain_hash(
    previous: str,
    position: int,
    stream: str,
    version: int,
    event_id: str,
    type: str,
    recorded_at: str,
    batch: str,
    digest: str,
) -> str:
    """Hash that seals a row and all rows before it, as the module defines it."""
    return sha256(_json((previous, position, stream, version, event_id, type, recorded_at, batch, digest))).hexdigest()


def seal_fault(row: Row) -> str | None:
    """What in ``row`` does not fit its own digests, whatever its place in the chain; None where all of it fits."""
    position, stream, version, id, type, recorded_at, actor, reason, batch, data, salt, digest, previous, hash = row
    if data is not None and salt is not None and payload_digest(salt, data, actor, reason) != digest:
        return "the payload was altered: data, actor, reason or salt do not fit the digest"
    if chain_hash(previous, position, stream, version, id, type, recorded_at, batch, digest) != hash:
        return "a column was altered: stream, version, id, type, time, batch or digest does not fit the hash"
    return None


def _authored(actor: str, reason: str) -> bytes:
    return b",%b,%b]" % (_json(actor), _json(reason))


def append(
    connection: Connection,
    events: Sequence[NewEvent],
    author: Author,
    *,
    batch: str,
    recorded_at: str,
    looking: bool = True,
) -> tuple[Row, ...]:
    """The rows that were appended for ``events``, without those of events that the log has already.

    The caller holds the writers' lock.

    Args:
        connection: A transaction that is rolled back when this raises.
        events: What happened.
        author: Who made it happen, and why.
        batch: Id that the events have in common.
        recorded_at: When, as ``Mint.now`` gives it.
        looking: Whether ids and versions that are taken are looked up first. Without, the database finds them, which is
            faster when there are none.

    Raises:
        Refused: a stream has another version than its event expects, an event id is used for another event, or a text
            holds a NUL character, which PostgreSQL cannot keep.
        Taken: only where ``looking`` is False; to be repeated with it.
    """
    _refuse_unwritable(events, author, batch)
    # Positions follow the head, read under the writers' lock: a sequence of the database would leave gaps.
    head = head_of(connection)
    written: list[Row] = []
    problems: list[Problem] = []
    for start in range(0, len(events), CHUNK):
        fresh: Sequence[NewEvent] = events[start : start + CHUNK]
        if looking:
            fresh, refused = _fresh(connection, fresh, author)
            problems += refused
        elif not _follows(connection, fresh):
            raise Taken
        rows = sealed(fresh, head, author, batch=batch, recorded_at=recorded_at)
        if rows and not problems:
            _write(connection, rows)
            head = Head(rows[-1][0], rows[-1][-1])
        written += rows
    if problems:
        raise Refused(problems)
    return tuple(written)


class Taken(Exception):
    """An event id, or a version of a stream, is in the log already."""


def _follows(connection: Connection, events: Sequence[NewEvent]) -> bool:
    """Whether the version of each event follows that of its stream; first events are left to the unique constraint."""
    heads = stream_heads(connection, {new.stream for new in events if new.version > 1})
    for new in events:
        if new.version != heads.get(new.stream, 0) + 1:
            return False
        heads[new.stream] = new.version
    return True


def _write(connection: Connection, rows: Sequence[Row]) -> None:
    try:
        run_many(connection, _INSERT, rows)
    except IntegrityError as error:
        raise Taken from error


def sealed(events: Iterable[NewEvent], head: Head, author: Author, *, batch: str, recorded_at: str) -> list[Row]:
    """The rows of ``events``, chained to ``head``."""
    position, previous = head.position, head.hash
    actor, reason = author.actor, author.reason
    tail = _authored(actor, reason)
    rows: list[Row] = []
    for new in events:
        position += 1
        stream, version, id, type, data, salt = new.stream, new.version, new.event_id, new.type, new.data, new.salt
        digest = sha256(salt.encode() + b"[" + data.encode() + tail).hexdigest()
        link = (previous, position, stream, version, id, type, recorded_at, batch, digest)
        hash = sha256(_json(link)).hexdigest()
        row = (
            position,
            stream,
            version,
            id,
            type,
            recorded_at,
            actor,
            reason,
            batch,
            data,
            salt,
            digest,
            previous,
            hash,
        )
        rows.append(row)
        previous = hash
    return rows


def _refuse_unwritable(events: Iterable[NewEvent], author: Author, batch: str) -> None:
    texts = {"actor": author.actor, "reason": author.reason, "batch": batch}
    problems = [
        Problem(where=name, what="holds a NUL character", hint="leave it out")
        for name, text in texts.items()
        if "\0" in text
    ]
    problems += [
        Problem(where=f"{new.type} of {new.stream}", what="holds a NUL character", hint="leave it out")
        for new in events
        if "\\u0000" in new.data and _NUL.search(new.data)
    ]
    if problems:
        raise Refused(problems)


def _fresh(connection: Connection, events: Sequence[NewEvent], author: Author) -> tuple[list[NewEvent], list[Problem]]:
    """The events that the log does not have, and a problem for each that it cannot take."""
    known = _known_events(connection, [new.event_id for new in events])
    heads = stream_heads(connection, {new.stream for new in events})
    fresh: list[NewEvent] = []
    problems: list[Problem] = []
    accepted: dict[str, NewEvent] = {}
    for new in events:
        id, stream = new.event_id, new.stream
        if id in known or id in accepted:
            same = accepted[id] == new if id in accepted else _repeats(known[id], new, author)
            problems += [] if same else [_id_reused(new)]
            continue
        standing = heads.get(stream, 0)
        if new.version != standing + 1:
            problems.append(_version_conflict(new, standing))
        heads[stream] = new.version
        accepted[id] = new
        fresh.append(new)
    return fresh, problems


def _known_events(connection: Connection, ids: Sequence[str]) -> dict[str, Event]:
    rows = run_among(connection, f"SELECT {_NAMES} FROM log WHERE event_id IN (?)", ids)
    return {event.event_id: event for event in (Event(*row) for row in rows)}


def _repeats(event: Event, new: NewEvent, author: Author) -> bool:
    """Whether ``new`` is the same as ``event``; compared by digest where the payload has been redacted."""
    if (event.stream, event.version, event.type) != (new.stream, new.version, new.type):
        return False
    if event.data is None:
        return payload_digest(new.salt, new.data, author.actor, author.reason) == event.payload_digest
    return (event.data, event.actor, event.reason) == (new.data, author.actor, author.reason)


def _id_reused(new: NewEvent) -> Problem:
    return Problem(
        where=f"event {new.event_id}", what="this event id is used for another event", hint="give each event its own id"
    )


def _version_conflict(new: NewEvent, standing: int) -> Problem:
    what = f"{new.type} expects version {new.version - 1} of {new.stream}, but version {standing} stands"
    return Problem(
        where=f"stream {new.stream}",
        what=what,
        hint="somebody else changed it meanwhile: read it again, then do it again",
    )


def head_of(connection: Connection) -> Head:
    """The head of the log that ``connection`` sees."""
    row = run(connection, "SELECT position, hash FROM log ORDER BY position DESC LIMIT 1").first()
    return Head(*row) if row else START


def stream_heads(connection: Connection, streams: Iterable[str]) -> dict[str, int]:
    """Version of each of ``streams`` that has events."""
    ask = "SELECT stream, max(version) FROM log WHERE stream IN (?) GROUP BY stream"
    return {str(row[0]): int(row[1]) for row in run_among(connection, ask, sorted(streams))}


def rows_after(connection: Connection, after: int, upto: int) -> Iterator[Sequence[Row]]:
    """Rows after position ``after``, up to and including ``upto``, in order and in chunks."""
    ask = f"SELECT {_NAMES} FROM log WHERE position > ? AND position <= ? ORDER BY position LIMIT {CHUNK}"
    while rows := run(connection, ask, (after, upto)).fetchall():
        yield [tuple(row) for row in rows]
        after = rows[-1][0]


@dataclass(frozen=True, slots=True)
class Log:
    """A log to read; of an earlier moment, only up to its position.

    Attributes:
        engine: Connections that read.
        where: What to call the database in a refusal.
        upto: The last position that is visible; None for all.
    """

    engine: Engine
    where: str
    upto: int | None = None

    def head(self) -> Head:
        """The last event that is visible."""
        with refusing(self.where), reading(self.engine) as connection:
            if self.upto is None:
                return head_of(connection)
            row = run(connection, "SELECT position, hash FROM log WHERE position = ?", (self.upto,)).first()
            return Head(*row) if row else START

    def events(
        self,
        after: int = 0,
        upto: int | None = None,
        *,
        newest_first: bool = False,
        limit: int | None = None,
        stream: str | None = None,
    ) -> Iterator[Event]:
        """At most ``limit`` events after position ``after``, up to and including ``upto``; read in chunks."""
        last = self.head().position
        low, high = after, last if upto is None else min(upto, last)
        order = "DESC" if newest_first else "ASC"
        where = "position > ? AND position <= ?" + (" AND stream = ?" if stream is not None else "")
        left = limit
        while low < high and (left is None or left > 0):
            size = CHUNK if left is None else min(CHUNK, left)
            ask = f"SELECT {_NAMES} FROM log WHERE {where} ORDER BY position {order} LIMIT {size}"
            with refusing(self.where), reading(self.engine) as connection:
                rows = run(connection, ask, (low, high) if stream is None else (low, high, stream)).fetchall()
            yield from (Event(*row) for row in rows)
            if len(rows) < size:
                return
            low, high = (low, rows[-1][0] - 1) if newest_first else (rows[-1][0], high)
            left = None if left is None else left - len(rows)

    def versions(self, streams: Iterable[str]) -> Mapping[str, int]:
        """Version of each of ``streams``; 0 for one without events."""
        names = frozenset(streams)
        with refusing(self.where), reading(self.engine) as connection:
            if self.upto is None:
                heads = stream_heads(connection, names)
            else:
                heads = {name: self._version(connection, name) for name in names}
        return {name: heads.get(name, 0) for name in names}

    def _version(self, connection: Connection, stream: str) -> int:
        ask = "SELECT coalesce(max(version), 0) FROM log WHERE stream = ? AND position <= ?"
        return int(run(connection, ask, (stream, self.upto)).scalar_one())


ATTACHED = "document.attached."
"""Beginning of the types of events that say that a document is archived; their stream is its SHA-256."""

REDACTED = "event.redacted.v1"
"""Type of the event that says who deleted a payload, and why."""


def delete_redacted(connection: Connection, rows: Sequence[Row]) -> int:
    """The number of payloads deleted: those that ``rows``, which were just appended, say are redacted.

    Raises:
        Refused: a position does not exist, or is redacted already.
    """
    positions = [(row[0], parse_json(row[9] or "", EventRedacted).position) for row in rows if row[4] == REDACTED]
    problems = [problem for own, position in positions if (problem := _delete_payload(connection, own, position))]
    if problems:
        raise Refused(problems)
    return len(positions)


def _delete_payload(connection: Connection, own: int, position: int) -> Problem | None:
    row = run(connection, "SELECT data FROM log WHERE position = ?", (position,)).first()
    where = f"position {position}"
    if row is None or position >= own:
        return Problem(
            where=where, what=f"there is no such event: the log ended at {own - 1}", hint="look it up with `kb log`"
        )
    if row[0] is None:
        return Problem(where=where, what="this event is already redacted")
    run(connection, "UPDATE log SET data = NULL, salt = NULL, actor = '', reason = '' WHERE position = ?", (position,))
    return None
