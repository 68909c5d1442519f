"""What is seen of what is told: a view at a moment, without any base."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from hashlib import sha256

from kb.domain.entity import AnyEntity, kind_of
from kb.domain.event import Recorded
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.analysis import analyse
from kb.reasoning.reconcile import Reconciler
from kb.reports.view import LoggedEvent, Moment, View
from tests.pair.reading import knowledge as pair_knowledge
from tests.reasoning.story import told


def seen(*entities: AnyEntity) -> View:
    """The view once ``entities`` have been told."""
    return view_of(told(*entities))


def view_of(knowledge: Knowledge) -> View:
    """The view of what is known, as if each entity had been told by one event, in order."""
    events = {id: _event(position, entity) for position, (id, entity) in enumerate(knowledge.by_id.items(), 1)}
    last = max(events.values(), key=lambda event: event.position, default=None)
    head = Moment(last.position, last.hash, last.position) if last else Moment(0, "", 0)
    return View(
        recorded=knowledge,
        findings=Reconciler().findings(knowledge, None),
        analysis=analyse(knowledge),
        moment=head,
        last_event={id: event.position for id, event in events.items()},
        events_of=lambda stream: _of(events, stream),
    )


def _event(position: int, entity: AnyEntity) -> LoggedEvent:
    digest = sha256(str(position).encode()).hexdigest()
    time = "2026-04-01T12:00:00.000000Z"
    type = f"{kind_of(entity)}.recorded.v1"
    return LoggedEvent(
        position=position,
        type=type,
        recorded_at=time,
        actor="ada",
        reason="first reading",
        batch="batch-1",
        stream=entity.id,
        hash=digest,
        fact=Recorded(entity),
    )


def _of(events: Mapping[Id, LoggedEvent], stream: str) -> tuple[LoggedEvent, ...]:
    event = events.get(Id(stream))
    return (event,) if event else ()


@cache
def pair() -> View:
    """The invented pair of documents, attached."""
    return view_of(pair_knowledge(attached=True))


@cache
def bare_pair() -> View:
    """The same without its documents."""
    return view_of(pair_knowledge(attached=False))


def without(view: View, *ids: str) -> View:
    """The view as if some entities had never been told."""
    known = view.knowledge
    left = [entity for id, entity in known.by_id.items() if id not in ids]
    anchors = [place for id, places in known.anchors.items() if id not in ids for place in places]
    return view_of(replace(Knowledge.of(left, known.documents.values(), anchors)))
