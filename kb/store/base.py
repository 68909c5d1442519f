"""An open base: the log, the tables that follow from it, and earlier moments of both."""

import weakref
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.engine import URL

from kb.domain.answer import Conclusions
from kb.domain.event import Anchored, Event, Fact, Missed, NewEvent
from kb.domain.finding import Finding
from kb.domain.identity import Author, Id, Mint
from kb.domain.knowledge import Knowledge
from kb.domain.problem import Damaged, Problem, Refused
from kb.store import projection, reader, schema
from kb.store.chain import (
    Fault,
    altered_events,
    damage_problems,
    end_fault,
    fault_upto,
    first_fault,
    gap_fault,
    missing_row,
)
from kb.store.checksums import require_unaltered_tables, seal
from kb.store.conclusions import (
    are_outdated,
    clear_conclusions,
    due_conclusions,
    store_due,
    stored_conclusions,
)
from kb.store.copies import copies_beside
from kb.store.dependencies import knowledge_behind
from kb.store.engine import (
    blocked,
    content_stamp,
    database_url,
    display_name,
    emptied,
    exists,
    memory_engine,
    no_base,
    reading,
    reading_engine,
    reading_through,
    refusing,
)
from kb.store.log import Head, Log, Progress, Taken, append, delete_redacted, head_of, silent
from kb.store.moments import Moments
from kb.store.projection import Reconciled, Reconciler, findings_by_prefix, stored_findings
from kb.store.projector import VERSION
from kb.store.reader import Batch, FormerName, ParseCache
from kb.store.rebuilding import rebuild_tables, replay_tables
from kb.store.reconciliation import computed, recompute_all
from kb.store.schema import CONCLUSIONS, FINDING, LOG, METADATA, PROJECTIONS, REVISION
from kb.store.turn import Waiting
from kb.store.verification import (
    Examination,
    damage,
    explaining_damage,
)
from kb.store.writer import Writer, being_made

_T = TypeVar("_T")

_Decide = Callable[[], tuple[Sequence[NewEvent], str, str]]
"""Gives the events of a batch, its id and its time, while nobody else can write."""


class Base:
    """An open database, or an earlier moment of it; methods that read may be called from several threads.

    Whatever the database refuses for a reason that its user can mend is raised as ``Refused``.

    Attributes:
        recomputed: What recomputing all findings changed, if the base was opened with other rules than the last time;
            None if the rules are the same, or the base is new.
    """

    recomputed: Reconciled | None = None

    def __init__(self, log: Log, tables: Engine, reconciler: Reconciler | None, writer: Writer | None) -> None:
        self._log = log
        self._tables = tables
        self._reconciler = reconciler
        self._writer = writer
        self._moments: Moments[int, Base] = Moments(self._replay)
        self._known: tuple[tuple[object, ...], Knowledge] | None = None
        self._parse_cache = ParseCache()
        self._place: URL | None = None
        self._awaited: Log | None = None
        self._upgrade: Callable[[], None] = lambda: None
        self._examine: Callable[[], Sequence[Fault]] = tuple

    @classmethod
    def open(
        cls,
        url: str,
        reconciler: Reconciler | None,
        *,
        migrations: Path,
        create: bool = True,
        lazily: bool = False,
        waiting: Waiting | None = None,
    ) -> "Base":
        """The base at ``url``, migrated and recomputed where a different version of the program wrote it.

        Args:
            url: ``sqlite:///path`` or ``postgresql://user@host/name``.
            reconciler: Computes the findings; None keeps none.
            migrations: Folder of the migrations.
            create: Whether a base is made where there is none.
            lazily: Whether such a base is made only by its first event, or by ``make``; until then it reads as empty.
            waiting: Is told about once a second that a writer waits for its turn; None for nobody.

        Raises:
            Refused: there is no base, a newer version of the program made it, or it cannot be opened.
        """
        place = database_url(url)
        with explaining_damage(partial(damage, place, migrations, reconciler)):
            return cls._opened(place, reconciler, migrations, waiting, create=create, lazily=lazily)

    @classmethod
    def _opened(
        cls,
        place: URL,
        reconciler: Reconciler | None,
        migrations: Path,
        waiting: Waiting | None,
        *,
        create: bool,
        lazily: bool,
    ) -> "Base":
        if refusal := blocked(place) or emptied(place):
            raise refusal
        if not (create or exists(place)):
            raise no_base(place)
        log, writer = Log(reading_engine(place), display_name(place)), Writer(place, waiting)
        base = cls(log, log.engine, reconciler, writer)
        base._place = place
        # A mistake of ours that happens at each request must not have the whole base read at each.
        base._examine = Examination(place, migrations, reconciler)
        try:
            revision = schema.current_revision(log.engine, log.where) if exists(place) else None
            if revision is None and exists(place) and schema.holds_log(log.engine, log.where):
                raise Damaged(damage_problems(base._examine()))
            if revision is None and not create:
                raise no_base(place)
            if revision is None and exists(place):
                schema.refuse_foreign(log.engine, log.where)
            base._upgrade = partial(schema.upgrade, writer, migrations, log.where)
            if revision is None:
                base._await_making()
                if not lazily:
                    base.make()
            else:
                if revision != REVISION:
                    base._upgrade()
                base.recomputed = base._refresh()
        except BaseException:
            base.close()
            raise
        return base

    def _await_making(self) -> None:
        """Reads from an empty log in memory, until the base is made."""
        self._awaited, self._tables = self._log, memory_engine()
        with self._tables.begin() as connection:
            METADATA.create_all(connection)
        self._log = replace(self._log, engine=self._tables)

    def make(self) -> None:
        """Makes the base, if it was opened where there is none; an append does so itself.

        Raises:
            Refused: the database cannot be written to.
        """
        if self._awaited is None or self._place is None:
            return
        with being_made(self._place):
            self._upgrade()
        self._tables.dispose()
        self._log, self._tables, self._awaited = self._awaited, self._awaited.engine, None
        self.recomputed = self._refresh()

    def explaining_damage(self) -> AbstractContextManager[None]:
        """A context in which an error that damage of this base has caused is raised as ``Refused`` that says where."""
        return explaining_damage(self._examine)

    def close(self) -> None:
        """Closes the database and every moment."""
        self._moments.forget()
        self._tables.dispose()
        if self._awaited:
            self._awaited.engine.dispose()
        if self._writer:
            self._writer.close()

    # What is known

    def knowledge(self) -> Knowledge:
        """Every entity, document and anchor."""
        stamp = self.stamp()
        return self._read(lambda connection: self._knowledge(connection, stamp))

    def stamp(self) -> tuple[object, ...]:
        """What changes when the file of the base is written to, by whatever program; of a moment it never changes.

        To be asked for before what it stamps is read.
        """
        return content_stamp(self._place) if self._place else ()

    def _knowledge(self, connection: Connection, stamp: tuple[object, ...]) -> Knowledge:
        version = (head_of(connection).hash if self._writer else "", stamp)
        known = self._known
        if known is None or known[0] != version:
            known = self._known = (version, reader.knowledge_of(connection, self._parse_cache))
        return known[1]

    def findings(self) -> tuple[Finding, ...]:
        """Every finding, the most severe first."""
        return self._read(lambda connection: stored_findings(connection, self._parse_cache))

    def conclusions(self) -> Conclusions | None:
        """Answers and bearings at the head of the log; None where none are stored for it, as for a past moment."""
        if self._reconciler is None or self._writer is None:
            return None
        reconciler = self._reconciler
        return self._read(lambda connection: stored_conclusions(connection, reconciler))

    def findings_by_prefix(self, digits: str) -> tuple[Finding, ...]:
        """The findings whose ids begin with ``digits``, ordered by id."""
        return self._read(lambda connection: findings_by_prefix(connection, digits))

    def knowledge_behind(self, finding: Finding) -> Knowledge:
        """The entities that ``finding`` is about, and every ruling; the rest is not read."""
        return self._read(lambda connection: knowledge_behind(connection, finding))

    def last_events(self) -> Mapping[Id, int]:
        """Position of the latest event of each entity."""
        return self._read(reader.last_events_of)

    def former(self, kind: str, slug: str) -> FormerName | None:
        """What became of the name ``slug`` of an entity of ``kind``; None for a name that was never given up."""
        return self._read(lambda connection: reader.former_of(connection, kind, slug))

    def former_names(self) -> Mapping[Id, tuple[str, ...]]:
        """Earlier names of each entity that was renamed, oldest first."""
        return self._read(reader.former_names_of)

    def batches(self, limit: int | None = None, offset: int = 0) -> tuple[Batch, ...]:
        """Batches of events, newest first; a reader is offered the moment at the end of each."""
        return self._read(lambda connection: reader.batches_of(connection, limit, offset))

    def _read(self, query: Callable[[Connection], _T]) -> _T:
        with refusing(self._log.where), reading(self._tables) as connection:
            return query(connection)

    # What happened

    def head(self) -> Head:
        """Position and hash of the last event."""
        return self._log.head()

    def sound_head(self) -> Head:
        """The head, to be kept elsewhere.

        Raises:
            Refused: the last event is damaged, the tables know later ones, or one before it is missing.
        """
        with self.explaining_damage():
            self.require_sound_end()
            return self.head()

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
        return self._log.events(after, upto, newest_first=newest_first, limit=limit, stream=stream)

    def require_unaltered(self, events: Iterable[Event]) -> None:
        """Refuses what is to be shown of ``events`` if somebody has changed one of them.

        Raises:
            Damaged: with each event that was changed.
        """
        with refusing(self._log.where), reading(self._log.engine) as connection:
            if altered := altered_events(connection, events):
                raise Damaged(damage_problems(altered))

    def versions(self, streams: Iterable[str]) -> Mapping[str, int]:
        """Version of each of ``streams``; 0 for one without events."""
        return self._log.versions(streams)

    # What happens now

    def append(self, events: Sequence[NewEvent], author: Author, *, batch: str, recorded_at: str) -> Head:
        """The head after appending ``events`` and updating the tables, in one transaction.

        Events whose ids are in the log already are skipped, so that a caller who does not know whether an append went
        through can repeat it.

        Args:
            events: What happened.
            author: Who made it happen, and why.
            batch: Id that the events have in common.
            recorded_at: When, as ``Mint.now`` gives it.

        Raises:
            Refused: somebody else changed a stream meanwhile, an event id was used for something else, or the
                database cannot be written to.
            UnknownEvent: an event that could not be read back.
        """
        return self._append(lambda: (events, batch, recorded_at), author)

    def append_in_turn(self, make_events: Callable[[], Sequence[NewEvent]], author: Author, mint: Mint) -> Head:
        """The head after appending what ``make_events`` decides on while nobody else can write.

        Args:
            make_events: May read this base, and may be called twice; nothing is appended when it raises.
            author: Who makes it happen, and why.
            mint: Gives the batch its id and its time, which is that of the turn.

        Raises:
            Refused: the turn did not come in time, or as for ``append``.
        """
        return self._append(lambda: (make_events(), mint.id(), mint.now()), author)

    def require_sound_end(self) -> None:
        """Refuses a base to which nothing may be appended, as an append itself does when its turn has come.

        Raises:
            Damaged: the last event is damaged, events after it were cut off, or one before it is missing.
        """
        with refusing(self._log.where), reading(self._log.engine) as connection:
            _refuse(end_fault(connection) or gap_fault(connection))

    def require_sound_log(self, facts: Collection[Fact]) -> None:
        """Refuses to extend a damaged log by ``facts``, or tables that lack something of the kinds that they record.

        What is missing would be recorded again. Reads the whole log: about a second for a hundred thousand events.

        Raises:
            Damaged: an event is damaged, or something is in the log and not in the tables.
        """
        if facts:
            with refusing(self._log.where), reading(self._log.engine) as connection:
                _refuse(first_fault(connection) or missing_row(connection, facts))

    def _append(self, decide: _Decide, author: Author) -> Head:
        # Ids and versions that are taken are rare: the unique constraints find them faster than looking each one up.
        try:
            head = self._append_once(decide, author, looking=False)
        except Taken:
            head = self._append_once(decide, author, looking=True)
        self._conclude()
        return head

    def _append_once(self, decide: _Decide, author: Author, *, looking: bool) -> Head:
        with self._writing() as connection:
            _refuse(end_fault(connection))
            with reading_through(self._log.engine, connection):
                events, batch, recorded_at = decide()
            rows = append(connection, events, author, batch=batch, recorded_at=recorded_at, looking=looking)
            redacted = delete_redacted(connection, rows)
            if redacted:
                replay_tables(connection, self._reconciler)
            else:
                projection.extend(connection, self._reconciler, rows)
            head = head_of(connection)
        if redacted:
            self._moments.forget()
        return head

    def _conclude(self) -> None:
        """Stores what follows from the head, unless somebody else has appended meanwhile and will do it."""
        if self._reconciler is None:
            return
        with refusing(self._log.where), reading(self._tables) as connection:
            due = due_conclusions(connection, self._reconciler, self._parse_cache)
        # What was appended is safe, whether or not the turn to store its conclusions comes.
        with suppress(Refused):
            if due and self.head() == due.head:
                with self._writing() as connection:
                    store_due(connection, self._reconciler, due)

    def overwrite_deleted(self) -> str:
        """Has the database overwrite what was deleted; what stands in the way of that, empty where nothing does."""
        if self._writer is None:
            return ""
        self._parse_cache, self._known = ParseCache(), None
        return self._writer.overwrite_deleted([LOG, *(table.name for table in (*PROJECTIONS, *CONCLUSIONS))])

    def copies_beside(self) -> tuple[Path, ...]:
        """Files beside that of the base that hold what it held when they were made; see ``kb.store.copies``."""
        return copies_beside(self._place) if self._place else ()

    def places(self, entities: Iterable[Id]) -> tuple[Sequence[tuple[str, Anchored]], Sequence[tuple[str, Missed]]]:
        """Where the passages of ``entities`` were found, and which were not, each with the document."""
        return self._read(lambda connection: reader.places_of(connection, entities))

    def rebuild(self, progress: Progress = silent) -> tuple[str, str]:
        """The fingerprints of the tables before and after recomputing all of them; equal if they were right."""
        with self._writing() as connection:
            before, after = rebuild_tables(connection, self._reconciler, progress, cache=self._parse_cache)
        self._conclude()
        return before, after

    def reconcile(self, progress: Progress = silent, *, jobs: int = 1) -> Reconciled:
        """How recomputing every finding changed them; others may write until what differs is written at the end.

        Args:
            progress: As for ``computed``.
            jobs: Number of processes that compute.

        Raises:
            Refused: this is a moment of the past, or the database cannot be written to.
            Damaged: the log is damaged, or somebody has changed a table that findings are computed from.
        """
        self._require_sound_tables()
        if self._reconciler is None or self._place is None:
            with self._writing() as connection:
                reconciled = recompute_all(connection, self._reconciler)
                seal(connection, [FINDING])
                return reconciled
        with (
            refusing(self._log.where),
            computed(
                self._place, self._tables, self._reconciler, turn=self._writing, jobs=jobs, progress=progress
            ) as computation,
            self._writing() as connection,
        ):
            reconciled = computation.write(connection)
            seal(connection, [FINDING])
            clear_conclusions(connection)
        self._conclude()
        return reconciled

    def _require_sound_tables(self) -> None:
        # What is computed from a forged number would be stored as a change of the findings.
        with refusing(self._log.where), reading(self._log.engine) as connection:
            _refuse(first_fault(connection))
        with refusing(self._log.where), reading(self._tables) as connection:
            require_unaltered_tables(connection, [table for table in PROJECTIONS if table is not FINDING])

    def _refresh(self) -> Reconciled | None:
        """Rebuilds tables of another projector version and findings of other rules; what the rules changed, if any."""
        signature = self._read(projection.signature)
        rules = projection.rules_of(self._reconciler)
        # The tables of a new base are signed by nobody; no rules have changed there.
        changed = signature.get("rules", rules) != rules
        if signature.get("projection") != VERSION:
            with self._writing() as connection:
                change = replay_tables(connection, self._reconciler)
            return change if changed else None
        if not changed:
            if self._reconciler and self._read(partial(are_outdated, reconciler=self._reconciler)):
                self._conclude()
            return None
        # A log that was cut off is not changed any further: whoever restores it needs what the tables still hold.
        self.sound_head()
        return self.reconcile()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if self._writer is None:
            what = "an earlier moment can only be read"
            raise Refused([Problem(where=f"at={self._log.upto}", what=what, hint="append to the base itself")])
        self.make()
        with self._writer.transaction() as connection:
            yield connection

    # What was known

    def at(self, position: int) -> "Base":
        """The base as it was when the log ended at ``position``; it can only be read.

        Raises:
            Refused: the log has no such position; 0 is the moment before the first event.
        """
        last = self.head().position
        if not 0 <= position <= last:
            raise Refused(
                [Problem(where=f"at={position}", what="there is no such moment", hint=f"the log goes from 0 to {last}")]
            )
        if self._writer is None:
            return self if position == last else self._replay(position)
        # A redaction rebuilds the tables; what was replayed before it holds what was deleted.
        return self._moments.at(position, self._read(projection.signature).get(projection.REBUILDS, "0"))

    def _replay(self, position: int) -> "Base":
        # In memory: a file could keep what is redacted later, and a server that is killed would leave it behind.
        engine = memory_engine()
        moment = Base(Log(self._log.engine, self._log.where, position), engine, self._reconciler, None)
        weakref.finalize(moment, engine.dispose)
        with refusing(self._log.where), engine.begin() as tables, self._log.engine.connect() as log:
            _refuse(fault_upto(log, position))
            projection.create(tables)
            projection.replay(log, tables, after=0, upto=position)
            recompute_all(tables, self._reconciler)
        return moment


def _refuse(fault: Fault | None) -> None:
    if fault:
        raise Damaged(damage_problems([fault]))
