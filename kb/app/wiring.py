"""How the packages fit together: an open base with its reconciler, its documents and its views."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

from kb.app.lookup import current_id
from kb.app.mint import SystemMint
from kb.app.workspace import Workspace, bundled_folder
from kb.domain.event import Event, Fact, fact_of, new_events, stream_of
from kb.domain.identity import Author
from kb.domain.knowledge import Knowledge
from kb.domain.problem import Problem, Refused
from kb.intake.document_store import DocumentStore
from kb.reasoning.analysis import analyse
from kb.reasoning.reconcile import Reconciler
from kb.reports.view import LoggedEvent, Moment, RetiredName, View
from kb.store.base import Base, HeadMoved
from kb.store.log import Head


@contextmanager
def open_base(workspace: Workspace) -> Iterator[Base]:
    """The base of ``workspace``, made where there is none, brought to today's schema, and closed at the end."""
    base = Base.open(
        workspace.database,
        Reconciler(),
        migrations=bundled_folder("migrations"),
        moments=workspace.home.parent / "moments",
    )
    try:
        yield base
    finally:
        base.close()


def document_store(workspace: Workspace) -> DocumentStore:
    """The archived documents of ``workspace``."""
    return DocumentStore(workspace.home)


def attached_texts(knowledge: Knowledge, store: DocumentStore) -> Callable[[str], str | None]:
    """The text of each document that ``knowledge`` holds to be attached, by SHA-256; None for all others."""
    return lambda sha256: store.text(sha256) if sha256 in knowledge.documents else None


_TRIES = 20


def append(
    base: Base,
    make_facts: Callable[[Knowledge], Sequence[Fact]],
    author: Author,
    known: Callable[[], Knowledge] | None = None,
) -> Sequence[Fact]:
    """Append what ``make_facts`` makes of what is known as one batch, all of it or nothing; the facts appended.

    Where another process appends between the look and the writing, it is thought anew, so that nothing is told twice.

    Args:
        base: Where to.
        make_facts: Is given what is known, all of it or what ``known`` gives.
        author: Who makes it happen, and why.
        known: A part of what is known that is enough to think.

    Raises:
        Refused: by ``make_facts``, or because others never leave off writing.
    """
    mint = SystemMint()
    for _ in range(_TRIES):
        head = base.head()
        facts = make_facts(known() if known else base.knowledge())
        events = new_events(facts, base.versions({stream_of(fact) for fact in facts}), mint)
        with suppress(HeadMoved):
            if events:
                base.append(events, author, batch=mint.id(), recorded_at=mint.now(), after=head)
            return facts
    raise Refused([Problem("base", "other processes write to it without end", "try again when they have finished")])


def event_for_reader(event: Event) -> LoggedEvent:
    """An event as a reader meets it."""
    return LoggedEvent(
        position=event.position,
        type=event.type,
        recorded_at=event.recorded_at,
        actor=event.actor,
        reason=event.reason,
        batch=event.batch,
        stream=event.stream,
        hash=event.hash,
        fact=None if event.data is None else fact_of(event.type, event.data),
    )


def view_of(base: Base, store: DocumentStore, latest: Head) -> View:
    """What is known in ``base``, and what follows from it, seen from a log that ends at ``latest``."""
    knowledge = base.knowledge()
    findings = base.findings()
    head = base.head()
    return View(
        recorded=knowledge,
        findings=findings,
        analysis=analyse(knowledge),
        moment=Moment(head.position, head.hash, latest.position),
        texts=attached_texts(knowledge, store),
        last_event=base.last_events(),
        events_of=lambda stream: tuple(event_for_reader(event) for event in base.events(stream=stream)),
        retired_name=lambda kind, slug: (
            _renamed_finding(current_id(base, knowledge, findings, slug))
            if kind == "finding"
            else _departure(base, kind, slug)
        ),
    )


def _renamed_finding(now: str) -> RetiredName | None:
    return RetiredName(now, None) if now else None


def _departure(base: Base, kind: str, slug: str) -> RetiredName | None:
    former = base.former(kind, slug)
    events = base.events(after=former.position - 1, upto=former.position) if former else ()
    return next((RetiredName(former.now, event_for_reader(event)) for event in events if former), None)
