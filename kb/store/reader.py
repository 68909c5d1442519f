"""Entities, names and batches read from the tables; a body that has not changed is not parsed again."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeVar

from sqlalchemy import Connection

from kb.domain.codec import parse_json
from kb.domain.entity import KINDS, AnyEntity, Source, UnitDefinition
from kb.domain.event import Anchored, DocumentAttached, Missed
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.unit import Units
from kb.domain.unit.vocabulary import vocabulary
from kb.store.checksums import checked_rows
from kb.store.engine import run, run_among
from kb.store.schema import METADATA, columns

T = TypeVar("T")


class ParseCache:
    """The values that the texts of each kind were parsed into when that kind was last read, by digest of the text.

    Values are frozen and may be shared. Safe to use from several threads.
    """

    def __init__(self) -> None:
        self._parsed: dict[type, dict[bytes, object]] = {}

    def parsed(self, texts: Iterable[str], kind: type[T]) -> Iterator[T]:
        """The values of ``texts``, in order; values of texts that are gone are dropped at the end."""
        before, now = self._parsed.get(kind, {}), dict[bytes, object]()
        for text in texts:
            key = blake2b(text.encode(), digest_size=16).digest()
            known = before.get(key)
            value = known if isinstance(known, kind) else parse_json(text, kind)
            now[key] = value
            yield value
        self._parsed[kind] = now


_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Events that were appended together.

    Attributes:
        position: Position of the last of them, and so the moment after the batch.
        actor: Who made them happen; empty where all of them have been redacted.
        reason: Why; likewise.
        count: Their number.
    """

    position: int
    actor: str
    reason: str
    recorded_at: str
    count: int
    id: str


@dataclass(frozen=True, slots=True)
class FormerName:
    """What became of a name.

    Attributes:
        now: The present name of the entity; empty where it was retracted.
        position: Position of the event that took the name away: a renaming or a retraction.
    """

    now: str
    position: int


def knowledge_of(connection: Connection, cache: ParseCache) -> Knowledge:
    """Everything known: entities in the order in which they were first recorded, documents, located passages."""
    entities: list[AnyEntity] = []
    for name, kind in KINDS.items():
        entities += cache.parsed(bodies(connection, name, "first_position, id"), kind)
    attached = bodies(connection, "document", "first_position, sha256")
    documents = [parse_json(body, DocumentAttached) for body in attached]
    archived = {entity.id: entity.document for entity in entities if isinstance(entity, Source)}
    meant = {entity.id: archived.get(getattr(entity, "source", None) or Id(""), "") for entity in entities}
    anchors = list(_places(connection, "anchor", Anchored))
    missed = list(_places(connection, "missed", Missed))
    return Knowledge.of(
        entities,
        documents,
        (anchored for document, anchored in anchors if meant.get(anchored.entity) == document),
        (missed_passage for document, missed_passage in missed if meant.get(missed_passage.entity) == document),
        _earlier(anchors, missed, meant),
    )


def bodies(connection: Connection, table: str, order: str = "") -> Iterator[str]:
    """The texts of all rows of ``table``, ordered by the columns ``order``.

    Raises:
        Damaged: at the end, if somebody has changed the table.
    """
    place = columns(METADATA.tables[table]).index("body")
    return (row[place] for row in checked_rows(connection, METADATA.tables[table], order))


def _places(connection: Connection, table: str, kind: type[_T]) -> Iterator[tuple[str, _T]]:
    for _, _, document, body in checked_rows(connection, METADATA.tables[table]):
        yield document, parse_json(body, kind)


def places_of(
    connection: Connection, entities: Iterable[Id]
) -> tuple[list[tuple[str, Anchored]], list[tuple[str, Missed]]]:
    """Where the passages of ``entities`` were found, and which were not, each with the document."""
    listed = [*entities]

    def places(table: str, kind: type[_T]) -> list[tuple[str, _T]]:
        ask = f"SELECT document, body FROM {table} WHERE entity IN (?) ORDER BY entity, passage"
        return [(document, parse_json(body, kind)) for document, body in run_among(connection, ask, listed)]

    return places("anchor", Anchored), places("missed", Missed)


def _earlier(
    anchors: list[tuple[str, Anchored]], missed: list[tuple[str, Missed]], meant: Mapping[Id, str]
) -> Iterator[tuple[str, Anchored]]:
    """The latest place of each passage in a document that its source no longer names."""
    left = {
        (missed_passage.entity, missed_passage.index): missed_passage
        for document, missed_passage in missed
        if meant.get(missed_passage.entity, document) != document
    }
    for document, anchored in anchors:
        if (anchored.entity, anchored.index) not in left and meant.get(anchored.entity, document) != document:
            yield document, anchored
    for missed_passage in left.values():
        if missed_passage.earlier is not None:
            yield (
                missed_passage.document,
                Anchored(entity=missed_passage.entity, index=missed_passage.index, anchor=missed_passage.earlier),
            )


def units_of(connection: Connection) -> Units:
    """The vocabulary of units: the standard ones, and those that seed files declare."""
    declared = bodies(connection, "unit", "first_position, id")
    return vocabulary(tuple(parse_json(body, UnitDefinition).definition for body in declared))


def former_of(connection: Connection, kind: str, slug: str) -> FormerName | None:
    """What became of the name ``slug`` of an entity of ``kind``; None for a name that was never given up."""
    ask = "SELECT entity, position FROM former WHERE kind = ? AND slug = ?"
    row = run(connection, ask, (kind, slug)).first()
    if row is None:
        return None
    entity, position = row
    # An entity may be renamed before it is retracted: then the retraction, under a later name, is what became of it.
    now = run(connection, f'SELECT slug FROM "{kind}" WHERE id = ?', (entity,)).scalar()
    if now is None:
        position = run(connection, "SELECT MAX(position) FROM former WHERE entity = ?", (entity,)).scalar()
    return FormerName(now or "", int(position or 0))


def former_names_of(connection: Connection) -> dict[Id, tuple[str, ...]]:
    """Earlier names of each entity that was renamed, oldest first."""
    names: dict[Id, tuple[str, ...]] = {}
    for entity, slug in run(connection, "SELECT entity, slug FROM former ORDER BY position, kind, slug"):
        names[Id(entity)] = (*names.get(Id(entity), ()), slug)
    return names


def last_events_of(connection: Connection) -> dict[Id, int]:
    """Position of the latest event of each entity."""
    asks = [f'SELECT id, last_position FROM "{name}"' for name in KINDS]
    return {Id(id): position for id, position in run(connection, " UNION ALL ".join(asks))}


def batches_of(connection: Connection, limit: int | None, offset: int) -> tuple[Batch, ...]:
    """At most ``limit`` batches, newest first, after the first ``offset``."""
    ask = """
        SELECT last_position AS position, actor, reason, recorded_at, events AS count, id
        FROM batch ORDER BY last_position DESC"""
    page, values = (" LIMIT ? OFFSET ?", (limit, offset)) if limit is not None else (" ", ())
    rows = run(connection, ask + page, values).mappings().fetchall()
    return tuple(Batch(**row) for row in (rows if limit is not None else rows[offset:]))
