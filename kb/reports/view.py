"""What does every page start from? What is known at one moment, and what follows from it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kb.domain.finding import Finding
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.analysis import Analysis


@dataclass(frozen=True, slots=True)
class Moment:
    """A point of the log.

    Attributes:
        position: Position of the last event that counts; 0 for an empty log.
        hash: Its hash, 64 hex digits.
        latest: Position of the newest event there is.
    """

    position: int
    hash: str
    latest: int

    @property
    def is_past(self) -> bool:
        """Whether something has happened since."""
        return self.position < self.latest


@dataclass(frozen=True, slots=True)
class Told:
    """An event as a reader meets it: who did what, when and why."""

    position: int
    type: str
    recorded_at: str
    actor: str
    reason: str
    batch: str
    stream: str
    hash: str
    redacted: bool


@dataclass(frozen=True)
class View:
    """Everything that the pages of one moment are made from.

    Attributes:
        knowledge: The entities.
        findings: What the engine noticed, worst first.
        analysis: What follows: results of calculations, positions, standings, consensus.
        moment: Which moment it is.
        texts: The attached text of a document by SHA-256; None where it is not attached.
        last_event: Position of the newest event that tells of an entity.
        events_of: Events of one stream, oldest first.
    """

    knowledge: Knowledge
    findings: tuple[Finding, ...]
    analysis: Analysis
    moment: Moment
    texts: Callable[[str], str | None] = lambda _: None
    last_event: Mapping[Id, int] = field(default_factory=dict)
    events_of: Callable[[str], tuple[Told, ...]] = lambda _: ()
