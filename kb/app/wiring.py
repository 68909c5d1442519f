"""How the packages fit together: an open base with its reconciler, its documents and its views."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from kb.app.lookup import current_id
from kb.app.mint import SystemMint
from kb.app.workspace import Workspace, bundled_folder
from kb.domain.event import Event, Fact, NewEvent, fact_of, new_events, stream_of, text_problems
from kb.domain.identity import Author, author_problems
from kb.domain.knowledge import Knowledge
from kb.domain.problem import Refused
from kb.intake.document_store import DocumentStore
from kb.reasoning.analysis import analyse
from kb.reasoning.reconcile import Reconciler
from kb.reports.view import LoggedEvent, Moment, RetiredName, View
from kb.store.base import Base
from kb.store.log import Head
from kb.store.turn import Waiting


@contextmanager
def open_base(workspace: Workspace, waiting: Waiting | None = None, *, create: bool = True) -> Iterator[Base]:
    """The base of ``workspace``, brought to today's schema and rules, and closed at the end.

    Args:
        workspace: Names the base.
        waiting: Is told about once a second that a writer waits for its turn.
        create: Whether there need not be one yet: then its first event makes it, or ``Base.make``.

    Raises:
        Refused: there is none, or it cannot be opened.
    """
    base = Base.open(
        workspace.database,
        Reconciler(),
        migrations=bundled_folder("migrations"),
        create=create,
        lazily=True,
        waiting=waiting,
    )
    _remove_kept_moments(workspace.home.parent / "moments")
    try:
        with base.explaining_damage():
            yield base
    finally:
        base.close()


def _remove_kept_moments(folder: Path) -> None:
    """Remove the moments that earlier versions of the program kept as files."""
    # They may hold what was redacted after they were made.
    with suppress(OSError):
        for path in folder.glob("moment-*.db*"):
            path.unlink(missing_ok=True)
        folder.rmdir()


def document_store(workspace: Workspace) -> DocumentStore:
    """The archived documents of ``workspace``."""
    return DocumentStore(workspace.home)


def attached_texts(knowledge: Knowledge, store: DocumentStore) -> Callable[[str], str | None]:
    """A lookup of texts by SHA-256; it gives None for documents that ``knowledge`` does not list as attached."""
    # The archive may hold more than the base knows of: a document that was attached later must not change what a
    # moment of the past shows.
    return lambda sha256: store.text(sha256) if sha256 in knowledge.documents else None


def append(
    base: Base,
    make_facts: Callable[[Knowledge], Sequence[Fact]],
    author: Author,
    known: Callable[[], Knowledge] | None = None,
) -> Sequence[Fact]:
    """Append the facts that ``make_facts`` derives from what is known, as one batch, all of them or none.

    Args:
        base: Where to.
        make_facts: Gets what ``known`` gives; is called again if another process appended in the meantime.
        author: Who makes it happen, and why.
        known: Reads the part of the knowledge that ``make_facts`` needs; without it all of it is read.

    Returns:
        The facts appended; empty if there was nothing to record.

    Raises:
        Refused: by ``make_facts``, because a text holds a forbidden character, because the log is damaged, or because
            the turn to write did not come in time.
    """
    if unfit := tuple(author_problems(author.actor, author.reason)):
        raise Refused(unfit)
    # Before the facts are derived, so that nobody waits for them in vain or reads that there is nothing to record.
    base.require_sound_end()
    decision = _decided(base, make_facts, known)

    def events() -> Sequence[NewEvent]:
        # Facts may be appended only at the head that they were derived from. Otherwise two imports of the same files at
        # once would both find every entry new, and record each of them twice. Nobody can move the head now.
        nonlocal decision
        if base.head() != decision.head:
            decision = _decided(base, make_facts, known)
        return decision.events

    if decision.facts:
        base.append_in_turn(events, author, SystemMint())
    return decision.facts


@dataclass(frozen=True, slots=True)
class _Decision:
    """Facts with their events, and the head of the log that they were derived from."""

    head: Head
    facts: Sequence[Fact]
    events: Sequence[NewEvent]


def _decided(
    base: Base, make_facts: Callable[[Knowledge], Sequence[Fact]], known: Callable[[], Knowledge] | None
) -> _Decision:
    head = base.head()
    facts = make_facts(known() if known else base.knowledge())
    base.require_sound_log(facts)
    events = new_events(facts, base.versions({stream_of(fact) for fact in facts}), SystemMint())
    if unfit := tuple(text_problems(facts, events)):
        raise Refused(unfit)
    return _Decision(head, facts, events)


def events_for_reader(base: Base, events: Iterable[Event]) -> tuple[LoggedEvent, ...]:
    """``events`` as pages show them, with their payloads read; without one if it was redacted.

    Raises:
        Damaged: somebody has changed one of them.
    """
    read = tuple(events)
    base.require_unaltered(read)
    return tuple(map(_logged, read))


def _logged(event: Event) -> LoggedEvent:
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


def view_at(base: Base, store: DocumentStore, position: int | None) -> View:
    """The view of ``base`` at ``position`` of its log; of now for None.

    Raises:
        Refused: the log has no such position.
    """
    return view_of(base if position is None else base.at(position), store, base.head())


def view_of(base: Base, store: DocumentStore, latest: Head) -> View:
    """What ``base`` holds, and what follows from it.

    Args:
        base: An open base, or a moment of one.
        store: Gives the texts of attached documents.
        latest: Head of the whole log, of which ``base`` may be a past moment.
    """
    knowledge = base.knowledge()
    findings = base.findings()
    head = base.head()
    conclusions = base.conclusions()
    analysis = analyse(knowledge)
    return View(
        recorded=knowledge,
        findings=findings,
        analysis=replace(analysis, answers=conclusions.answers) if conclusions else analysis,
        stored_bearings=conclusions.bearings if conclusions else None,
        moment=Moment(head.position, head.hash, latest.position),
        texts=attached_texts(knowledge, store),
        last_event=base.last_events(),
        events_of=lambda stream: events_for_reader(base, base.events(stream=stream)),
        retired_name=lambda kind, slug: (
            _renamed_finding(current_id(base, knowledge, findings, slug))
            if kind == "finding"
            else _retired_name(base, kind, slug)
        ),
    )


def _renamed_finding(current: str) -> RetiredName | None:
    return RetiredName(current, None) if current else None


def _retired_name(base: Base, kind: str, slug: str) -> RetiredName | None:
    former = base.former(kind, slug)
    if former is None:
        return None
    events = events_for_reader(base, base.events(after=former.position - 1, upto=former.position))
    return next((RetiredName(former.now, event) for event in events), None)
