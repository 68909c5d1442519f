"""What do the tables say? Entities as values again, and the moments worth offering."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection

from kb.domain.codec import parse
from kb.domain.entity import KINDS, AnyEntity, Source
from kb.domain.event import Anchored, DocumentAttached
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.store.engine import run, stream

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Batch:
    """Events that were appended together.

    Attributes:
        position: Position of the last of them: the moment to offer.
        actor: Who made them happen; empty where all of them have been redacted.
        reason: Why; likewise.
        count: How many there are.
    """

    position: int
    actor: str
    reason: str
    recorded_at: str
    count: int
    id: str


def knowledge_of(connection: Connection) -> Knowledge:
    """Every entity in the order in which it was first told, documents, and anchors of documents still meant."""
    entities: list[AnyEntity] = []
    for name, kind in KINDS.items():
        entities += _bodies(connection, f'SELECT body FROM "{name}" ORDER BY first_position, id', kind)
    documents = _bodies(connection, "SELECT body FROM document ORDER BY first_position, sha256", DocumentAttached)
    return Knowledge.of(entities, documents, _anchors(connection, entities))


def _bodies(connection: Connection, ask: str, kind: type[_T]) -> Iterator[_T]:
    for rows in stream(connection, ask):
        for (body,) in rows:
            yield parse(body, kind)


def _anchors(connection: Connection, entities: list[AnyEntity]) -> Iterator[Anchored]:
    """Anchors, without those in a document that an entity's source no longer names."""
    archived = {entity.id: entity.document for entity in entities if isinstance(entity, Source)}
    meant = {entity.id: archived.get(getattr(entity, "source", None) or Id("")) for entity in entities}
    for rows in stream(connection, "SELECT entity, document, body FROM anchor"):
        for entity, document, body in rows:
            if meant.get(entity) == document:
                yield parse(body, Anchored)


def last_events_of(connection: Connection) -> dict[Id, int]:
    """Position of the newest event that tells of each entity."""
    asks = [f'SELECT id, last_position FROM "{name}"' for name in KINDS]
    return {Id(id): position for id, position in run(connection, " UNION ALL ".join(asks))}


def batches_of(connection: Connection, limit: int | None, offset: int) -> tuple[Batch, ...]:
    """Batches, newest first."""
    ask = "SELECT last_position, actor, reason, recorded_at, events, id FROM batch ORDER BY last_position DESC"
    page, values = (" LIMIT ? OFFSET ?", (limit, offset)) if limit is not None else (" ", ())
    rows = run(connection, ask + page, values).fetchall()
    return tuple(Batch(*row) for row in (rows if limit is not None else rows[offset:]))
