"""How do the rooms fit together? Here a base gets its reconciler, its documents and its readers, and nowhere else."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

from kb.cli.bundled import folder
from kb.cli.mint import SystemMint
from kb.cli.reference import led_to
from kb.cli.workspace import Workspace
from kb.domain.event import Event, Fact, fact_of, new_events, stream_of
from kb.domain.identity import Author
from kb.domain.knowledge import Knowledge
from kb.domain.problem import Problem, Refused
from kb.intake.document import DocumentStore
from kb.reasoning.analysis import analyse
from kb.reasoning.reconcile import Reconciler
from kb.reports.view import Departure, Moment, Told, View
from kb.store.base import Base, Moved
from kb.store.log import Head


@contextmanager
def opened(workspace: Workspace) -> Iterator[Base]:
    """The base of ``workspace``, made where there is none, brought to today's schema, and closed at the end."""
    base = Base.open(
        workspace.database,
        Reconciler(),
        migrations=folder("migrations"),
        moments=workspace.home.parent / "moments",
    )
    try:
        yield base
    finally:
        base.close()


def documents(workspace: Workspace) -> DocumentStore:
    """The archived documents of ``workspace``."""
    return DocumentStore(workspace.home)


def attached_texts(knowledge: Knowledge, store: DocumentStore) -> Callable[[str], str | None]:
    """The text of each document that ``knowledge`` holds to be attached, by SHA-256; None for all others."""
    return lambda sha256: store.text(sha256) if sha256 in knowledge.documents else None


_TRIES = 20


def append(
    base: Base,
    thought: Callable[[Knowledge], Sequence[Fact]],
    author: Author,
    known: Callable[[], Knowledge] | None = None,
) -> Sequence[Fact]:
    """Append what ``thought`` makes of what is known as one batch, all of it or nothing; the facts appended.

    Where another process appends between the look and the writing, it is thought anew, so that nothing is told twice.

    Args:
        base: Where to.
        thought: Is given what is known, all of it or what ``known`` gives.
        author: Who makes it happen, and why.
        known: A part of what is known that is enough to think.

    Raises:
        Refused: by ``thought``, or because others never leave off writing.
    """
    mint = SystemMint()
    for _ in range(_TRIES):
        head = base.head()
        facts = thought(known() if known else base.knowledge())
        events = new_events(facts, base.versions({stream_of(fact) for fact in facts}), mint)
        with suppress(Moved):
            if events:
                base.append(events, author, batch=mint.id(), recorded_at=mint.now(), after=head)
            return facts
    raise Refused([Problem("base", "other processes write to it without end", "try again when they have finished")])


def told(event: Event) -> Told:
    """An event as a reader meets it."""
    return Told(
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
        told=knowledge,
        findings=findings,
        analysis=analyse(knowledge),
        moment=Moment(head.position, head.hash, latest.position),
        texts=attached_texts(knowledge, store),
        last_event=base.last_events(),
        events_of=lambda stream: tuple(told(event) for event in base.events(stream=stream)),
        departure=lambda kind, slug: (
            _led(led_to(base, knowledge, findings, slug)) if kind == "finding" else _departure(base, kind, slug)
        ),
    )


def _led(now: str) -> Departure | None:
    return Departure(now, None) if now else None


def _departure(base: Base, kind: str, slug: str) -> Departure | None:
    former = base.former(kind, slug)
    events = base.events(after=former.position - 1, upto=former.position) if former else ()
    return next((Departure(former.now, told(event)) for event in events if former), None)
