"""Events: facts in the past tense, and the envelope in which the log keeps each of them."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, assert_never

import msgspec

from kb.domain.characters import FORBIDDEN, character_problems
from kb.domain.codec import canonical_json, parse_json, to_builtins
from kb.domain.entity import EDITORS, EDITORS_OF_A_SOURCE, KINDS, AnyEntity, Voice, kind_of
from kb.domain.identity import Id, Mint
from kb.domain.passage import Anchor, AnchoringMethod, Offer
from kb.domain.problem import Problem


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entity was recorded for the first time."""

    entity: AnyEntity


@dataclass(frozen=True, slots=True)
class Revised:
    """An entity was changed; ``entity`` is its whole new state, from which the change is derived."""

    entity: AnyEntity


@dataclass(frozen=True, slots=True)
class Retracted:
    """An entity was taken back."""

    kind: str
    id: Id


@dataclass(frozen=True, slots=True)
class DocumentAttached:
    """The archived text of a document was attached; ``sha256`` is its stream and its name."""

    sha256: str
    characters: int
    media_type: str = "text/plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchored:
    """The place of an entity's ``index``-th passage (from 0) in a document.

    Attributes:
        by: How it was found.
        line: Its line, from 1; 0 in events of the time when lines were not recorded.
    """

    entity: Id
    index: int
    anchor: Anchor
    by: AnchoringMethod = AnchoringMethod.UNSAID
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A passage that was not found in a document, or not with certainty.

    Attributes:
        entity: The figure or claim.
        index: Which of its passages, from 0.
        offers: Places for a person to choose from, the likeliest first; empty for an orphan.
        earlier: Its place in an earlier edition; None where it was looked up for the first time.
        document: SHA-256 of that edition; empty likewise.
        rejected: Places that a person rejected.
    """

    entity: Id
    index: int
    offers: tuple[Offer, ...] = ()
    earlier: Anchor | None = None
    document: str = ""
    rejected: tuple[Offer, ...] = ()

    @property
    def is_orphan(self) -> bool:
        """Whether no place is left to choose from."""
        return not self.offers


@dataclass(frozen=True, slots=True)
class PassagesAnchored:
    """Passages were found in an attached document; they replace all earlier anchors of the same entities."""

    sha256: str
    anchors: tuple[Anchored, ...]


@dataclass(frozen=True, slots=True)
class PassagesMissed:
    """Passages were not found for certain in an attached document; a person must decide on each."""

    sha256: str
    missed: tuple[Missed, ...]


@dataclass(frozen=True, slots=True)
class PassageAccepted:
    """A person accepted a place in an attached document for a passage."""

    sha256: str
    anchored: Anchored


@dataclass(frozen=True, slots=True)
class PassageRejected:
    """A person rejected places that were offered for a passage; ``missed`` is what remains."""

    sha256: str
    missed: Missed


@dataclass(frozen=True, slots=True)
class EventRedacted:
    """The payload of the event at ``position`` was deleted; the chain still verifies."""

    position: int


Fact = (
    Recorded
    | Revised
    | Retracted
    | DocumentAttached
    | PassagesAnchored
    | PassagesMissed
    | PassageAccepted
    | PassageRejected
    | EventRedacted
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEvent:
    """A fact to be appended to the log.

    Attributes:
        event_id: Unique for ever; appending the same id twice has no effect.
        stream: Id of what the fact is about.
        version: Version that the stream has once this is appended, from 1; anything else is refused.
        type: Name and version of the fact's form, e.g. ``figure.recorded.v1``.
        data: Canonical JSON object of the fact, the text that is hashed.
        salt: 32 hex digits.
    """

    event_id: str
    stream: str
    version: int
    type: str
    data: str
    salt: str


@dataclass(frozen=True, slots=True)
class Event:
    """An event of the log; ``data`` and ``salt`` are None once it has been redacted."""

    position: int
    stream: str
    version: int
    event_id: str
    type: str
    recorded_at: str
    actor: str
    reason: str
    batch: str
    data: str | None
    salt: str | None
    payload_digest: str
    previous: str
    hash: str


def _state_version(kind: str) -> str:
    """The version in which the state of an entity of ``kind`` is recorded and revised."""
    return "v2" if kind == "claim" else "v1"


def type_of(fact: Fact) -> str:
    """The type of ``fact`` in the log, e.g. ``figure.recorded.v1``."""
    match fact:
        case Recorded(entity):
            return f"{kind_of(entity)}.recorded.{_state_version(kind_of(entity))}"
        case Revised(entity):
            return f"{kind_of(entity)}.revised.{_state_version(kind_of(entity))}"
        case Retracted(kind):
            return f"{kind}.retracted.v1"
        case DocumentAttached():
            return "document.attached.v1"
        case PassagesAnchored():
            return "passages.anchored.v2"
        case PassagesMissed():
            return "passages.missed.v1"
        case PassageAccepted():
            return "passage.accepted.v1"
        case PassageRejected():
            return "passage.rejected.v1"
        case EventRedacted():
            return "event.redacted.v1"
        case _:
            assert_never(fact)


def stream_of(fact: Fact) -> str:
    """The id of the stream that ``fact`` belongs to: that of an entity, a document or a redacted position."""
    match fact:
        case Recorded(entity) | Revised(entity):
            return entity.id
        case Retracted(_, id):
            return id
        case DocumentAttached(sha256) | PassagesAnchored(sha256) | PassagesMissed(sha256):
            return sha256
        case PassageAccepted(_, anchored):
            return anchored.entity
        case PassageRejected(_, missed):
            return missed.entity
        case EventRedacted(position):
            return f"position-{position}"
        case _:
            assert_never(fact)


def data_of(fact: Fact) -> str:
    """Canonical JSON of ``fact``: the whole state of an entity, else the fact's own fields."""
    match fact:
        case Recorded(entity) | Revised(entity):
            return canonical_json(entity)
        case (
            Retracted()
            | DocumentAttached()
            | PassagesAnchored()
            | PassagesMissed()
            | PassageAccepted()
            | PassageRejected()
            | EventRedacted()
        ):
            return canonical_json(fact)
        case _:
            assert_never(fact)


Upcaster = Callable[[dict[str, Any]], dict[str, Any]]


def _with_anchoring_method(payload: dict[str, Any]) -> dict[str, Any]:
    """The payload with the method and the line of each anchor, which version 1 did not record, as not recorded."""
    return {
        **payload,
        "anchors": [{**anchor, "by": AnchoringMethod.UNSAID.value, "line": 0} for anchor in payload["anchors"]],
    }


def _with_speaker(payload: dict[str, Any]) -> dict[str, Any]:
    """The payload of a claim in which a voice of its source that is called "editors" is called "the editors".

    In version 1 every claim had a source; since then the word means the editors of the base, whose claims have none.
    """
    voice = payload["voice"]
    if Voice(voice["origin"], tuple(voice["via"])) != EDITORS:
        return payload
    return {**payload, "voice": to_builtins(EDITORS_OF_A_SOURCE)}


# The hash of an event covers its payload, so that old events are never edited; they are brought up to date when read.
UPCASTERS: Mapping[str, tuple[str, Upcaster]] = {
    "passages.anchored.v1": ("passages.anchored.v2", _with_anchoring_method),
    "claim.recorded.v1": ("claim.recorded.v2", _with_speaker),
    "claim.revised.v1": ("claim.revised.v2", _with_speaker),
}
"""For each old type the next one, and a pure function from the old payload to the next."""


_FACT_TYPES: Mapping[str, type[Fact]] = {
    "document.attached.v1": DocumentAttached,
    "passages.anchored.v2": PassagesAnchored,
    "passages.missed.v1": PassagesMissed,
    "passage.accepted.v1": PassageAccepted,
    "passage.rejected.v1": PassageRejected,
    "event.redacted.v1": EventRedacted,
}
"""The types whose payload is the fact itself."""


def fact_of(type: str, data: str, upcasters: Mapping[str, tuple[str, Upcaster]] = UPCASTERS) -> Fact:
    """The fact of an event with ``type`` and ``data``, brought to its present form by ``upcasters``.

    Raises:
        UnknownEvent: no fact of this type is known (the log is from a newer version) or the payload does not fit.
    """
    if type in upcasters:
        payload = parse_json(data, dict)
        while type in upcasters:
            type, upcast = upcasters[type]
            payload = upcast(payload)
        data = canonical_json(payload)
    subject, _, happened = type.partition(".")
    try:
        if type in _FACT_TYPES:
            return parse_json(data, _FACT_TYPES[type])
        version = _state_version(subject)
        if happened == f"recorded.{version}":
            return Recorded(parse_json(data, KINDS[subject]))
        if happened == f"revised.{version}":
            return Revised(parse_json(data, KINDS[subject]))
        if happened == "retracted.v1" and subject in KINDS:
            return parse_json(data, Retracted)
    except (KeyError, msgspec.ValidationError, msgspec.DecodeError) as error:
        raise UnknownEvent(f"event type {type!r} with a payload that this version cannot read: {error}") from error
    raise UnknownEvent(f"event type {type!r} is not known to this version")


_SUSPECT = re.compile(rf"{FORBIDDEN}|\\[bfru]")
"""A forbidden character in JSON, or an escape that may stand for one."""


def text_problems(facts: Iterable[Fact], events: Iterable[NewEvent]) -> Iterator[Problem]:
    """A problem for each forbidden character in a text of an entity that is recorded or revised.

    The words around a passage are those of a document, and are kept as they stand there.

    Args:
        facts: What happened.
        events: The events that ``new_events`` made of ``facts``.
    """
    # To take 100,000 entities apart takes half a minute, to search their JSON less than a second.
    for fact, event in zip(facts, events, strict=True):
        if isinstance(fact, Recorded | Revised) and _SUSPECT.search(event.data):
            where = f"{kind_of(fact.entity)} {fact.entity.slug}"
            for text in _texts(to_builtins(fact.entity)):
                yield from character_problems(where, text)


def _texts(tree: Any) -> Iterator[str]:
    """Every text in ``tree``, keys of mappings included."""
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict):
        for key, value in tree.items():
            yield key
            yield from _texts(value)
    elif isinstance(tree, list | tuple):
        for value in tree:
            yield from _texts(value)


class UnknownEvent(ValueError):
    """The error of an event that this version cannot read."""


def new_events(facts: Iterable[Fact], versions: Mapping[str, int], mint: Mint) -> tuple[NewEvent, ...]:
    """``facts`` as events to append, in order, each one version above the last of its stream.

    Args:
        facts: What happened, in order.
        versions: The present version of each stream; a stream that is absent has version 0.
        mint: Gives the event ids and salts.
    """
    heads = dict(versions)
    events = []
    for fact in facts:
        stream = stream_of(fact)
        # Several facts of one batch may be about one stream, and each takes the next version.
        heads[stream] = heads.get(stream, 0) + 1
        events.append(
            NewEvent(
                event_id=mint.id(),
                stream=stream,
                version=heads[stream],
                type=type_of(fact),
                data=data_of(fact),
                salt=mint.salt(),
            )
        )
    return tuple(events)
