"""Redaction: what holds a text or stands at a position is found, shown, and deleted for good.

The digest of an event covers its data, its actor and its reason, so that one of them can only be deleted with the
others. Where only actor or reason hold the text, what the event said is recorded anew in the same batch.
"""

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from kb.app.mint import SystemMint
from kb.app.wiring import append
from kb.app.workspace import seeds_in
from kb.atomic_file import reason
from kb.domain.codec import canonical_json
from kb.domain.event import (
    Anchored,
    DocumentAttached,
    Event,
    EventRedacted,
    Fact,
    Missed,
    PassageAccepted,
    PassageRejected,
    PassagesAnchored,
    PassagesMissed,
    Recorded,
    Revised,
    fact_of,
)
from kb.domain.identity import Author, Id
from kb.domain.knowledge import Knowledge
from kb.domain.problem import Problem, Refused
from kb.domain.references import references
from kb.intake.document_store import DocumentStore
from kb.intake.seed_reader import read
from kb.store.base import Base
from kb.store.log import ATTACHED


@dataclass(frozen=True, slots=True, kw_only=True)
class RedactionRequest:
    """What is to be deleted.

    Attributes:
        positions: Positions of events.
        text: A text; every event that holds it, whatever the case of its letters. Empty for none.
        with_documents: Whether archived documents that hold the text are deleted, too.
    """

    positions: frozenset[int] = frozenset()
    text: str = ""
    with_documents: bool = False

    def __post_init__(self) -> None:
        if not self.positions and not self.text.strip():
            raise Refused([Problem(where="kb redact", what="nothing is named", hint="give positions, or --text TEXT")])

    def is_held_by(self, text: str) -> bool:
        """Whether ``text`` holds the text to be deleted."""
        return bool(self.text) and _normalized(self.text) in _normalized(text)


def _normalized(text: str) -> str:
    """``text`` without what does not count in a search: case, ways to write one letter, and kinds of white space."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


@dataclass(frozen=True, slots=True)
class Holding:
    """An event that is deleted, and what of it holds what must go: ``data``, ``actor``, ``reason``."""

    event: Event
    parts: tuple[str, ...]

    @property
    def keeps_data(self) -> bool:
        """Whether what the event said can be recorded anew."""
        return "data" not in self.parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Redaction:
    """What a redaction deletes, and what it leaves.

    Attributes:
        holdings: The events that are deleted, in order.
        related: Events that stay, though they are about the same things as deleted ones.
        reasons: Reasons of deleted events that stay on other events, with the number of these.
        facts: What is appended: the redactions, and what is recorded anew.
        documents: Archived documents that hold the text: SHA-256, and the names of their sources.
        seeds: Lines of seed files that hold it, or that declare what deleted events recorded.
        dependents: How many entries refer to what no event records any more.
        copies: Files beside the base that may hold what is deleted: bases that were set aside, archives.
    """

    holdings: tuple[Holding, ...]
    related: tuple[Event, ...]
    reasons: Mapping[str, int]
    facts: tuple[Fact, ...]
    documents: Mapping[str, str]
    seeds: tuple[str, ...]
    dependents: int
    copies: tuple[Path, ...] = ()


def plan_redaction(
    base: Base, documents: DocumentStore, seeds: Path, request: RedactionRequest, author: Author
) -> Redaction:
    """What ``redact`` would delete; nothing is changed.

    Raises:
        Refused: a position does not exist or has been redacted before, nothing holds the text, or the author's own
            words hold it.
    """
    if request.is_held_by(f"{author.actor}\n{author.reason}"):
        what = "the actor or the reason of this redaction contains the text to be deleted"
        raise Refused([Problem(where="kb redact", what=what, hint="reword it")])
    knowledge = base.knowledge()
    archived = dict(_documents(knowledge, documents, request))
    holdings = tuple(_holdings(base, request, archived if request.with_documents else {}))
    states = _states(base, {holding.event.stream for holding in holdings})
    redaction = Redaction(
        holdings=holdings,
        related=tuple(_related(base, holdings)),
        reasons=_remaining_reasons(base, holdings),
        facts=(
            *(EventRedacted(holding.event.position) for holding in holdings),
            *_restated(base, holdings, request, states),
        ),
        documents=archived,
        seeds=tuple(dict.fromkeys((*_seed_lines(seeds, request), *_declarations(holdings, states, seeds, knowledge)))),
        dependents=_dependents(holdings, states, knowledge),
        copies=base.copies_beside(),
    )
    if not (holdings or redaction.documents):
        what = "no event and no attached document holds this text"
        hint = f"it is in seed files only; delete it there: {'; '.join(redaction.seeds)}" if redaction.seeds else ""
        raise Refused([Problem(where="kb redact", what=what, hint=hint)])
    return redaction


class Redacted(NamedTuple):
    """What was deleted, and what kept the database from overwriting it; empty where nothing did."""

    redaction: Redaction
    obstacle: str


def redact(base: Base, documents: DocumentStore, seeds: Path, request: RedactionRequest, author: Author) -> Redacted:
    """Delete for good what ``request`` names.

    Raises:
        Refused: as by ``plan_redaction``.
    """
    plans: list[Redaction] = []

    def facts(_: Knowledge) -> Sequence[Fact]:
        plans.append(plan_redaction(base, documents, seeds, request, author))
        return plans[-1].facts

    append(base, facts, author)
    obstacle = base.overwrite_deleted()
    for sha256 in plans[-1].documents if request.with_documents else ():
        documents.remove(sha256)
    return Redacted(plans[-1], obstacle)


def _holdings(base: Base, request: RedactionRequest, deleted: Collection[str]) -> Iterator[Holding]:
    """The events to be deleted; those that attached ``deleted`` documents too, lest these count as lost."""
    missing, gone = set(request.positions), set[int]()
    for event in base.events():
        missing.discard(event.position)
        if event.data is None and event.position in request.positions:
            gone.add(event.position)
        attached = event.type.startswith(ATTACHED) and event.stream in deleted
        if event.data is not None and (parts := ("data",) if attached else _parts(event, event.data, request)):
            yield Holding(event, parts)
    problems = [_no_event(position, base.head().position) for position in sorted(missing)]
    problems += [_redacted_before(position) for position in sorted(gone)]
    if problems:
        raise Refused(problems)


def _redacted_before(position: int) -> Problem:
    hint = "`kb redact --finish` erases what an interrupted redaction left in the files"
    return Problem(where=f"position {position}", what="this event is already redacted", hint=hint)


def _no_event(position: int, last: int) -> Problem:
    what = f"there is no such event: the log ends at {last}"
    return Problem(where=f"position {position}", what=what, hint="look it up with `kb log`")


def _parts(event: Event, data: str, request: RedactionRequest) -> tuple[str, ...]:
    in_data = event.position in request.positions or _data_holds(data, request)
    held = {"data": in_data, "actor": request.is_held_by(event.actor), "reason": request.is_held_by(event.reason)}
    return tuple(part for part, holds in held.items() if holds)


def _data_holds(data: str, request: RedactionRequest) -> bool:
    # Most events are passed over without being parsed: in JSON, a word stands as it is.
    words = re.findall(r"\w+", _normalized(request.text))
    if not request.text or max(words, key=len, default="") not in _normalized(data):
        return False
    return any(request.is_held_by(text) for text in _texts(json.loads(data)))


def _texts(value: object, *, named: bool = False) -> Iterator[str]:
    """Every text in ``value``, and the keys of scopes, which are an author's words as well."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, dict):
        yield from value if named else ()
        # An anchor keeps a passage and the words around it apart, and the text may stand across the two.
        if {"before", "text", "after"} <= value.keys():
            yield f"{value['before']}{value['text']}{value['after']}"
        for key, part in value.items():
            yield from _texts(part, named=key in ("scope", "where"))


def _related(base: Base, holdings: Sequence[Holding]) -> Iterator[Event]:
    deleted = {holding.event.position for holding in holdings}
    for stream in sorted({holding.event.stream for holding in holdings if not holding.keeps_data}):
        events = base.events(stream=stream)
        yield from (event for event in events if event.data is not None and event.position not in deleted)


def _remaining_reasons(base: Base, holdings: Sequence[Holding]) -> Mapping[str, int]:
    deleted = {holding.event.position for holding in holdings}
    reasons = {holding.event.reason for holding in holdings}
    return Counter(event.reason for event in base.events() if event.reason in reasons and event.position not in deleted)


# What is recorded anew


def _restated(
    base: Base, holdings: Sequence[Holding], request: RedactionRequest, states: Mapping[str, Sequence[int]]
) -> Iterator[Fact]:
    """What the deleted events said that need not be deleted, as facts that lead to the same knowledge."""
    if not request.text:
        return
    lost = {holding.event.stream for holding in holdings if not holding.keeps_data}
    placed: set[Id] = set()
    for holding in holdings:
        fact = fact_of(holding.event.type, holding.event.data or "")
        match fact:
            case Recorded(entity) | Revised(entity) if (
                states[entity.id][-1] == holding.event.position and holding.keeps_data
            ):
                yield Revised(entity)
            case DocumentAttached() if holding.keeps_data:
                yield fact
            case PassagesAnchored(_, anchors):
                placed |= {anchored.entity for anchored in anchors}
            case PassagesMissed(_, missed):
                placed |= {missed_passage.entity for missed_passage in missed}
            case PassageAccepted(_, anchored):
                placed.add(anchored.entity)
            case PassageRejected(_, missed_passage):
                placed.add(missed_passage.entity)
    yield from _places(base, placed - lost, request)


def _states(base: Base, streams: set[str]) -> Mapping[str, Sequence[int]]:
    """Positions of the events that say what the entity of each stream is, in order."""
    states: dict[str, list[int]] = defaultdict(list)
    for event in base.events():
        if event.stream in streams and event.data is not None and _is_state(event.type):
            states[event.stream].append(event.position)
    return states


def _is_state(type: str) -> bool:
    return type.split(".")[1] in ("recorded", "revised", "retracted")


def _places(base: Base, entities: set[Id], request: RedactionRequest) -> Iterator[Fact]:
    """The places of the passages of ``entities`` as they are known now, except those whose words hold the text."""
    anchors, missed = base.places(entities)
    kept = [place for place in anchors if not _data_holds(canonical_json(place[1]), request)]
    first: dict[str, list[Anchored]] = {}
    later: list[tuple[str, Anchored]] = []
    home: dict[Id, str] = {}
    for document, anchored in kept:
        # Anchors in a document replace those of the same entity in every other.
        if home.setdefault(anchored.entity, document) == document:
            first.setdefault(document, []).append(anchored)
        else:
            later.append((document, anchored))
    yield from (PassagesAnchored(document, tuple(found)) for document, found in first.items())
    yield from (PassageAccepted(document, anchored) for document, anchored in later)
    yield from _missed(missed, lambda place: not _data_holds(canonical_json(place), request))


def _missed(missed: Sequence[tuple[str, Missed]], keep: Callable[[Missed], bool]) -> Iterator[Fact]:
    ordered = sorted((place for place in missed if keep(place[1])), key=lambda place: place[0])
    for document, places in groupby(ordered, key=lambda place: place[0]):
        yield PassagesMissed(document, tuple(place for _, place in places))


# What else holds the text


def _documents(knowledge: Knowledge, documents: DocumentStore, request: RedactionRequest) -> Iterator[tuple[str, str]]:
    # The store may hold more than the base knows of, and documents that were changed or have no text that can be read.
    for sha256 in documents.digests() if request.text else ():
        content = documents.text(sha256) or documents.raw(sha256).decode("utf-8", "replace")
        if request.is_held_by(content):
            named = (source.slug for source in knowledge.sources.values() if source.document == sha256)
            yield sha256, ", ".join(named)


def _seed_lines(seeds: Path, request: RedactionRequest) -> Iterator[str]:
    for path in seeds_in(seeds) if request.text else ():
        try:
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError as error:
            what = f"the file cannot be read, and may hold the text: {reason(error)}"
            raise Refused([Problem(where=str(path), what=what)]) from error
        yield from (f"{path}:{number}" for number, line in enumerate(lines, 1) if request.is_held_by(line))


def _declarations(
    holdings: Sequence[Holding], states: Mapping[str, Sequence[int]], seeds: Path, knowledge: Knowledge
) -> Iterator[str]:
    """The lines of seed files that declare what is deleted, as it is now."""
    deleted = _deleted_states(holdings)
    streams = {stream for stream, positions in states.items() if positions and positions[-1] in deleted}
    if not streams & knowledge.by_id.keys():
        return
    places = read(seeds_in(seeds), knowledge, SystemMint(), lambda _: None).places
    found = sorted((place.diagnostics.path, place.spot.line) for id, place in places.items() if id in streams)
    yield from (f"{path}:{line}" for path, line in found)


def _dependents(holdings: Sequence[Holding], states: Mapping[str, Sequence[int]], knowledge: Knowledge) -> int:
    """How many entities refer to one that no event records any more."""
    deleted = _deleted_states(holdings)
    # A redacted revision leaves what was recorded before it.
    lost = {stream for stream, positions in states.items() if positions and deleted.issuperset(positions)}
    return sum(
        entity.id not in lost and any(id in lost for _, id in references(entity)) for entity in knowledge.by_id.values()
    )


def _deleted_states(holdings: Sequence[Holding]) -> set[int]:
    return {holding.event.position for holding in holdings if not holding.keeps_data}
