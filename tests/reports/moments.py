"""What was told in batches, seen at any moment since."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from kb.app.backend import NoSuchMoment
from kb.domain.event import EventRedacted, Fact, stream_of, type_of
from kb.domain.knowledge import Knowledge
from kb.reasoning.analysis import analyse
from kb.reasoning.reconcile import Reconciler
from kb.reports.page import BatchRow
from kb.reports.view import LoggedEvent, Moment, View
from tests.intake.shelf import after


@dataclass
class Story:
    """A base that is told facts in batches, each with a reason; the actor is the first word of it.

    Attributes:
        facts: All facts, in order.
    """

    facts: list[Fact] = field(default_factory=list)
    _reasons: list[str] = field(default_factory=list)
    _ends: list[int] = field(default_factory=list)

    def tell(self, reason: str, *facts: Fact) -> int:
        """Appends a batch; the position of its last event."""
        self.facts += facts
        self._reasons += [reason] * len(facts)
        self._ends.append(len(self.facts))
        return len(self.facts)

    @property
    def _redacted(self) -> frozenset[int]:
        return frozenset(fact.position for fact in self.facts if isinstance(fact, EventRedacted))

    def view(self, at: int | None = None) -> View:
        """The view at a position; of now for None."""
        latest = len(self.facts)
        position = latest if at is None else at
        if not 1 <= position <= latest:
            raise NoSuchMoment(position)
        told = [f for place, f in enumerate(self.facts[:position], 1) if place not in self._redacted]
        knowledge = after(Knowledge(), [fact for fact in told if not isinstance(fact, EventRedacted)])
        events = [self._event(place) for place in range(1, position + 1)]
        return View(
            recorded=knowledge,
            findings=Reconciler().findings(knowledge, None),
            analysis=analyse(knowledge),
            moment=Moment(position, events[-1].hash, latest),
            events_of=lambda stream: tuple(event for event in events if event.stream == stream),
        )

    def _event(self, place: int) -> LoggedEvent:
        fact, is_redacted = self.facts[place - 1], place in self._redacted
        return LoggedEvent(
            position=place,
            type=type_of(fact),
            recorded_at=f"2026-04-{place:02d}T12:00:00.000000Z",
            actor="" if is_redacted else self._reasons[place - 1].split()[0],
            reason="" if is_redacted else self._reasons[place - 1],
            batch=f"batch-{place}",
            stream=stream_of(fact),
            hash=sha256(str(place).encode()).hexdigest(),
            fact=None if is_redacted else fact,
        )

    def batches(self, limit: int, offset: int = 0) -> Sequence[BatchRow]:
        """The batches, newest first."""
        rows = [
            BatchRow(position=end, count=1, recorded_at="", actor="", reason=self._reasons[end - 1])
            for end in self._ends[::-1]
        ]
        return rows[offset : offset + limit]
