"""What an event means for the tables: the same on an append, in a rebuild and for an earlier moment."""

from collections.abc import Iterable
from typing import Any, assert_never

from sqlalchemy import Connection, Table

from kb.domain.codec import canonical_json
from kb.domain.entity import (
    KINDS,
    AnyEntity,
    Argument,
    Assessment,
    Calculation,
    Claim,
    Figure,
    Match,
    Measure,
    Question,
    Ruling,
    ScopeValue,
    Source,
    UnitDefinition,
    kind_of,
)
from kb.domain.event import (
    UPCASTERS,
    Anchored,
    DocumentAttached,
    EventRedacted,
    Fact,
    Missed,
    PassageAccepted,
    PassageRejected,
    PassagesAnchored,
    PassagesMissed,
    Recorded,
    Retracted,
    Revised,
    fact_of,
    stream_of,
)
from kb.domain.identity import Id
from kb.domain.references import ids_in_role
from kb.store.checksums import Checksums, Touched
from kb.store.engine import placeholders, run_many
from kb.store.schema import INDEXED_ROLES, METADATA, PROJECTIONS, columns, keys

VERSION = "10"
"""Version of this module's rules; tables of another version are rebuilt when a base is opened."""

EventRow = tuple[int, str, str, str, str, str, str, str | None]
"""What a projector needs of an event: the columns ``EVENT_COLUMNS`` of its row."""

EVENT_COLUMNS = ("position", "stream", "type", "recorded_at", "actor", "reason", "batch", "data")

Values = tuple[Any, ...]


class Projector:
    """Updates the tables behind a connection with events, in order and in bulk.

    Rows wait until ``flush``. No entity has two changes waiting, so that tables can be written one after the other.
    """

    def __init__(self, connection: Connection, checksums: Checksums | None = None) -> None:
        """Updates the tables behind ``connection``, and ``checksums``; in a replay these are computed at the end."""
        self._connection = connection
        self._checksums = checksums
        self._clear_waiting()

    def _clear_waiting(self) -> None:
        self._upserts: dict[str, list[Values]] = {name: [] for name in _UPSERTS}
        self._retracted: dict[str, list[Values]] = {}
        self._moved: dict[str, list[Values]] = {}
        self._forgotten: list[Values] = []
        self._settled: list[Values] = []
        self._renamed: dict[str, list[Values]] = {}
        self._entities: set[str] = set()
        self._anchored: set[str] = set()
        self._batches: dict[str, Values] = {}

    def apply(self, event_rows: Iterable[EventRow]) -> None:
        """Takes events, in order; their rows are written by ``flush`` at the latest.

        Raises:
            UnknownEvent: an event that this version cannot read.
        """
        for event_row in event_rows:
            position, stream, type, _, _, _, _, data = event_row
            fact = fact_of_event(type, stream, data)
            if fact is not None:
                if stream_of(fact) != stream:
                    raise ValueError(f"the event at position {position} is about {stream_of(fact)}, not {stream}")
                self._apply_fact(fact, position, data if type not in UPCASTERS else None)
            self._count(event_row)

    def _apply_fact(self, fact: Fact, position: int, data: str | None) -> None:
        match fact:
            case Recorded(entity):
                self._record_entity(entity, position, data)
            case Revised(entity):
                self._record_entity(entity, position, data, moved=True)
            case Retracted(kind, id):
                self._touch(id)
                self._retracted.setdefault(kind, []).append((id,))
                self._renamed.setdefault(kind, []).append((position, id, ""))
            case DocumentAttached(sha256):
                self._touch(sha256)
                self._upserts["document"].append((sha256, position, position, data or canonical_json(fact)))
            case PassagesAnchored(sha256, anchors):
                self._prepare_passages({anchored.entity for anchored in anchors}, replacing=True)
                self._anchor(sha256, anchors)
            case PassagesMissed(sha256, missed):
                self._prepare_passages({missed_passage.entity for missed_passage in missed})
                self._miss(sha256, missed)
            case PassageAccepted(sha256, anchored):
                self._prepare_passages({anchored.entity})
                self._settled.append((anchored.entity, anchored.index))
                self._anchor(sha256, (anchored,))
            case PassageRejected(sha256, missed):
                self._prepare_passages({missed.entity})
                self._miss(sha256, (missed,))
            case EventRedacted():
                # The payload is gone from the log, so that a replay does not see it: there is nothing to undo.
                pass
            case _:
                assert_never(fact)

    def _record_entity(self, entity: AnyEntity, position: int, data: str | None, *, moved: bool = False) -> None:
        id, kind = entity.id, kind_of(entity)
        self._touch(id)
        typed = _typed(entity)
        if moved:
            self._renamed.setdefault(kind, []).append((position, id, entity.slug))
        if moved and kind in _PLACED:
            self._moved.setdefault(kind, []).append((id, id, typed[0]))
        row = (id, entity.slug, entity.file, position, position, data or canonical_json(entity), *typed)
        self._upserts[kind].append(row)
        self._upserts["reference"] += [(target, id) for target in sorted({*ids_in_role(entity, *INDEXED_ROLES)})]

    def _prepare_passages(self, entities: set[Id], *, replacing: bool = False) -> None:
        """Prepares for rows of passages of ``entities``; those that are stored are deleted where they are replaced."""
        if not entities.isdisjoint(self._anchored):
            self.flush()
        self._anchored |= entities
        if replacing:
            self._forgotten += [(entity,) for entity in sorted(entities)]

    def _anchor(self, sha256: str, anchors: Iterable[Anchored]) -> None:
        rows = {(a.entity, a.index): (a.entity, a.index, sha256, canonical_json(a)) for a in anchors}
        self._upserts["anchor"] += rows.values()

    def _miss(self, sha256: str, missed: Iterable[Missed]) -> None:
        rows = {
            (missed_passage.entity, missed_passage.index): (
                missed_passage.entity,
                missed_passage.index,
                sha256,
                canonical_json(missed_passage),
            )
            for missed_passage in missed
        }
        self._upserts["missed"] += rows.values()

    def _touch(self, id: str) -> None:
        if id in self._entities or id in self._anchored:
            self.flush()
        self._entities.add(id)

    def _count(self, event_row: EventRow) -> None:
        position, _, _, recorded_at, actor, reason, batch, _ = event_row
        known = self._batches.get(batch)
        if known:
            _, first, _, events, _, last_actor, last_reason = known
            row = (batch, first, position, events + 1, recorded_at, actor or last_actor, reason or last_reason)
        else:
            row = (batch, position, position, 1, recorded_at, actor, reason)
        self._batches[batch] = row

    def flush(self) -> None:
        """Writes all waiting rows."""
        if self._checksums is None:
            self._write()
        else:
            with self._checksums.changing(self._touched()):
                self._write()
        self._clear_waiting()

    def _touched(self) -> Touched:
        """The rows that ``_write`` may change, by the first column of their keys."""
        touched = {name: {row[0] for row in rows} for name, rows in self._upserts.items()}
        for kind, rows in self._retracted.items():
            touched[kind] |= {row[0] for row in rows}
        placed = (*self._moved.values(), *self._retracted.values(), self._forgotten, self._settled)
        for table in _PLACES:
            touched[table] |= {row[0] for rows in placed for row in rows}
        return {name: (keys(METADATA.tables[name])[0], values) for name, values in touched.items()}

    def _write(self) -> None:
        # Former names are read from the rows that revisions and retractions are about to change.
        for kind, rows in self._renamed.items():
            run_many(self._connection, _FORMER[kind], rows)
        for kind, rows in self._moved.items():
            for table in _PLACES:
                run_many(self._connection, _moved(table, kind), rows)
        for table in _PLACES:
            forgotten = [*(row for rows in self._retracted.values() for row in rows), *self._forgotten]
            run_many(self._connection, f"DELETE FROM {table} WHERE entity = ?", forgotten)
        for kind, rows in self._retracted.items():
            run_many(self._connection, f'DELETE FROM "{kind}" WHERE id = ?', rows)
        run_many(self._connection, "DELETE FROM missed WHERE entity = ? AND passage = ?", self._settled)
        self._upserts["batch"] += self._batches.values()
        for name, rows in self._upserts.items():
            run_many(self._connection, _UPSERTS[name], rows)


def fact_of_event(type: str, stream: str, data: str | None) -> Fact | None:
    """The fact of an event; None for a redacted event, except that a retraction needs no payload."""
    if data is not None:
        return fact_of(type, data)
    kind, _, happened = type.partition(".")
    return Retracted(kind, Id(stream)) if happened.startswith("retracted.") else None


def _typed(entity: AnyEntity) -> Values:
    """The columns that only the table of an entity's kind has, in order."""
    match entity:
        case Figure(quantity=quantity):
            return (
                canonical_json((entity.passage,)),
                entity.source,
                entity.measure,
                entity.stance.value,
                entity.confidence.said,
                None if quantity.low is None else format(quantity.low, "f"),
                None if quantity.high is None else format(quantity.high, "f"),
                quantity.unit,
                quantity.bound.value,
                quantity.hedge.value,
                entity.voice.origin,
                entity.depends_on and entity.depends_on.figure,
            )
        case Claim():
            places = canonical_json(entity.passages)
            confidence, origin = entity.confidence.said, entity.voice.origin
            return places, entity.source, entity.text, entity.stance.value, confidence, origin
        case Source():
            about = (entity.title, entity.type, entity.language, entity.reliability.value)
            return *about, entity.issued, entity.document, entity.translation_of
        case UnitDefinition() | Measure() | ScopeValue() | Question():
            return _shared(entity)
        case Argument():
            return entity.kind.value, entity.conclusion.kind.value, entity.conclusion.id, entity.source
        case Calculation():
            return entity.label, entity.formula, entity.unit
        case Match():
            return entity.left, entity.right, entity.same
        case Ruling():
            return entity.finding, entity.digest, entity.decision.value, entity.accepted
        case Assessment():
            return entity.question, entity.judged.certainty.value
        case _:
            assert_never(entity)


def _shared(entity: UnitDefinition | Measure | ScopeValue | Question) -> Values:
    """The same for what all files share."""
    match entity:
        case UnitDefinition():
            return entity.kind.value, entity.equals, entity.code
        case Measure():
            return entity.label, entity.unit, entity.kind.value
        case ScopeValue():
            return entity.key, entity.label, entity.part_of
        case Question():
            return (entity.text,)
        case _:
            assert_never(entity)


def _upsert(table: Table) -> str:
    names, key = columns(table), keys(table)
    new = {name: f'excluded."{name}"' for name in names if name not in (*key, "first_position")}
    if table.name == "batch":
        new |= _BATCH
    changes = ", ".join(f'"{name}" = {value}' for name, value in new.items())
    listed = ", ".join(f'"{name}"' for name in names)
    conflict = ", ".join(f'"{name}"' for name in key)
    values, then = placeholders(len(names)), f"UPDATE SET {changes}" if changes else "NOTHING"
    return f'INSERT INTO "{table.name}" ({listed}) VALUES ({values}) ON CONFLICT ({conflict}) DO {then}'


_BATCH = {
    "events": "batch.events + excluded.events",
    "actor": "coalesce(nullif(excluded.actor, ''), batch.actor)",
    "reason": "coalesce(nullif(excluded.reason, ''), batch.reason)",
}
"""A batch may come in several parts. A redacted event has a blank author, which does not replace that of the rest."""

_UPSERTS = {table.name: _upsert(table) for table in PROJECTIONS if table.name not in ("finding", "former")}

_PLACES = ("anchor", "missed")
_PLACED = ("figure", "claim")


def _moved(table: str, kind: str) -> str:
    """Deletes what is known of the passages of an entity that a revision gave other passages."""
    return f'DELETE FROM {table} WHERE entity = ? AND EXISTS (SELECT 1 FROM "{kind}" WHERE id = ? AND places <> ?)'


_FORMER = {
    kind: f"""
        INSERT INTO former (kind, slug, entity, position)
        SELECT '{kind}', slug, id, CAST(? AS BIGINT) FROM "{kind}" WHERE id = ? AND slug <> ?
        ON CONFLICT (kind, slug) DO UPDATE SET entity = excluded.entity, position = excluded.position"""
    for kind in KINDS
}
"""Records the name that an entity gives up when it is renamed or retracted."""
