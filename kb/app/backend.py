"""What the pages read from and write to: views of the base at any moment, and decisions about it."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from kb.app.review import assess_answer, match_names, review_passage, rule_on_finding
from kb.app.wiring import events_for_reader, view_of
from kb.domain.assessment import AssessmentRequest
from kb.domain.identity import Author
from kb.domain.review import MatchRequest, PassageDecision, RulingRequest
from kb.intake.document_store import DocumentStore
from kb.reports.page import BatchRow
from kb.reports.view import LoggedEvent, View
from kb.store.base import Base
from kb.store.log import Head
from kb.store.moments import Moments
from kb.store.reader import Batch


class NoSuchMoment(ValueError):
    """A position that the log does not have."""


class Backend(Protocol):
    """Views of the base and its log. Called from several threads at once."""

    @property
    def actor(self) -> str:
        """Name that forms are filled with; empty for none."""

    def explaining_damage(self) -> AbstractContextManager[None]:
        """A context in which an error that damage of the base has caused is raised as ``Refused`` that says where."""

    def decide(self, request: RulingRequest, author: Author) -> bool:
        """Append a ruling on a finding; False, and nothing is appended, if it stands already.

        Raises:
            StaleDecision: somebody else ruled since the reader looked.
            Refused: the ruling is not possible; nothing was appended.
        """

    def match(self, request: MatchRequest, author: Author) -> bool:
        """Append a decision on two names; False, and nothing is appended, if it stands already.

        Raises:
            StaleDecision: somebody else decided since the reader looked.
            Refused: the decision is not possible; nothing was appended.
        """

    def assess(self, request: AssessmentRequest, author: Author) -> bool:
        """Append a judgement of how certain an answer is; False, and nothing is appended, if it stands already.

        Raises:
            StaleDecision: somebody else judged, or the answer changed, since the reader looked.
            Refused: the judgement is not possible; nothing was appended.
        """

    def settle(self, decision: PassageDecision, author: Author) -> None:
        """Append a decision on a passage in doubt.

        Raises:
            StaleDecision: somebody else decided since the reader looked.
            Refused: the decision is not possible; nothing was appended.
        """

    def view(self, at: int | None = None) -> View:
        """The view at position ``at`` of the log; of now for None.

        Raises:
            NoSuchMoment: the log has no such position.
        """

    def batches(self, limit: int, offset: int = 0) -> Sequence[BatchRow]:
        """Batches of events, newest first."""

    def events(self, limit: int, offset: int = 0, upto: int | None = None) -> Sequence[LoggedEvent]:
        """Events newest first, beginning ``offset`` before position ``upto``; before the newest one for None."""


class StoreBackend:
    """A backend over an open base; safe to use from several threads."""

    def __init__(self, base: Base, documents: DocumentStore, actor: str = "") -> None:
        self.actor = actor
        self._base = base
        self._documents = documents
        self._views: Moments[tuple[Head, int | None], View] = Moments(self._made_view)

    def view(self, at: int | None = None) -> View:
        """The view at position ``at`` of the log; of now for None.

        Raises:
            NoSuchMoment: the log has no such position.
        """
        # A file that another program writes to may be damaged, although its head is what it was: it is read again.
        stamp, head = self._base.stamp(), self._base.head()
        if at is not None and not 1 <= at <= head.position:
            raise NoSuchMoment(at)
        # A moment of the past is keyed by the head as well: its page says how many events have happened since.
        return self._views.at((head, None if at == head.position else at), f"{head.hash} {stamp}")

    def _made_view(self, moment: tuple[Head, int | None]) -> View:
        head, at = moment
        # Every page prints the head, which says nothing of a log that lacks events before or after it.
        self._base.require_sound_end()
        return view_of(self._base if at is None else self._base.at(at), self._documents, head)

    def explaining_damage(self) -> AbstractContextManager[None]:
        """A context in which an error that damage of the base has caused is raised as ``Refused`` that says where."""
        return self._base.explaining_damage()

    def decide(self, request: RulingRequest, author: Author) -> bool:
        """Append a ruling on a finding; False, and nothing is appended, if it stands already.

        Raises:
            StaleDecision: somebody else ruled since the reader looked.
            Refused: the ruling is not possible; nothing was appended.
        """
        return rule_on_finding(self._base, request, author).recorded

    def match(self, request: MatchRequest, author: Author) -> bool:
        """Append a decision on two names; False, and nothing is appended, if it stands already.

        Raises:
            StaleDecision: somebody else decided since the reader looked.
            Refused: the decision is not possible; nothing was appended.
        """
        return match_names(self._base, request, author)

    def assess(self, request: AssessmentRequest, author: Author) -> bool:
        """Append a judgement of how certain an answer is; False, and nothing is appended, if it stands already.

        Raises:
            StaleDecision: somebody else judged, or the answer changed, since the reader looked.
            Refused: the judgement is not possible; nothing was appended.
        """
        return assess_answer(self._base, request, author).recorded

    def settle(self, decision: PassageDecision, author: Author) -> None:
        """Append a decision on a passage in doubt.

        Raises:
            StaleDecision: somebody else decided since the reader looked.
            Refused: the decision is not possible; nothing was appended.
        """
        review_passage(self._base, decision, author)

    def batches(self, limit: int, offset: int = 0) -> Sequence[BatchRow]:
        """Batches of events, newest first; their ends are the moments that pages can be read at."""
        batches = self._base.batches(limit=limit, offset=offset)
        ends = (event for batch in batches for event in self._base.events(batch.position - 1, batch.position))
        last_events = {event.position: event for event in events_for_reader(self._base, ends)}
        return [_batch_row(batch, last_events.get(batch.position)) for batch in batches]

    def events(self, limit: int, offset: int = 0, upto: int | None = None) -> Sequence[LoggedEvent]:
        """Events newest first, beginning ``offset`` before position ``upto``."""
        newest = self._base.head().position if upto is None else upto
        first = max(newest - offset - limit, 0)
        events = self._base.events(after=first, upto=max(newest - offset, 0))
        return events_for_reader(self._base, events)[::-1]


def _batch_row(batch: Batch, last: LoggedEvent | None) -> BatchRow:
    # Who did it, when and why is what its last event says, which is checked; nobody checks the table of batches. Of an
    # event that was redacted, the table keeps what it may.
    shown = last if last and last.actor else batch
    return BatchRow(
        position=batch.position,
        count=batch.count,
        recorded_at=shown.recorded_at,
        actor=shown.actor,
        reason=shown.reason,
    )
