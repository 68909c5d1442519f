"""What does every page start from? What is known at one moment, and what follows from it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from kb.domain.concurrency import concurrency_token
from kb.domain.entity import Claim, Figure, Ruling
from kb.domain.event import Fact
from kb.domain.finding import Finding, FindingKind, Verdict
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


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedEvent:
    """An event as a reader meets it: who did what, when and why.

    Attributes:
        fact: What it told; None once it has been redacted.
    """

    position: int
    type: str
    recorded_at: str
    actor: str
    reason: str
    batch: str
    stream: str
    hash: str
    fact: Fact | None

    @property
    def redacted(self) -> bool:
        """Whether its payload was deleted."""
        return self.fact is None


@dataclass(frozen=True, slots=True)
class RetiredName:
    """What became of a name that is no longer in use.

    Attributes:
        current_name: The name that its entity has now; empty where it was retracted.
        event: The event that took the name away; None where no single one did.
    """

    current_name: str
    event: LoggedEvent | None


@dataclass(frozen=True, kw_only=True)
class View:
    """Everything that the pages of one moment are made from.

    Attributes:
        recorded: The entities as they were told.
        findings: What the engine noticed, in any order; ``ranked`` has them worst first.
        analysis: What follows: results of calculations, positions, standings, consensus.
        moment: Which moment it is.
        texts: The attached text of a document by SHA-256; None where it is not attached.
        last_event: Position of the newest event that tells of an entity.
        events_of: Events of one stream, oldest first.
        retired_name: What became of a kind of entity and a name; None where nothing ever gave it up.
    """

    recorded: Knowledge
    findings: tuple[Finding, ...]
    analysis: Analysis
    moment: Moment
    texts: Callable[[str], str | None] = lambda _: None
    last_event: Mapping[Id, int] = field(default_factory=dict)
    events_of: Callable[[str], tuple[LoggedEvent, ...]] = lambda _: ()
    retired_name: Callable[[str, str], RetiredName | None] = lambda _kind, _slug: None

    @cached_property
    def knowledge(self) -> Knowledge:
        """The entities, names that a person holds to be the same counting as one."""
        return self.recorded.canonical

    @cached_property
    def ranked(self) -> tuple[Finding, ...]:
        """Findings, worst first: by verdict, then by severity; equal ones by id."""
        return tuple(
            sorted(self.findings, key=lambda finding: (*worst_first_key(finding.verdict, finding.severity), finding.id))
        )

    @cached_property
    def findings_of(self) -> Mapping[Id, tuple[Finding, ...]]:
        """Findings by each figure and each claim that takes part in them or gave a rate to them, worst first."""
        pairs = ((id, finding) for finding in self.ranked for id in (*finding.figures, *finding.claims, *finding.rates))
        return _grouped(pairs)

    @cached_property
    def findings_of_measure(self) -> Mapping[Id, tuple[Finding, ...]]:
        """Findings between positions by their measure, checks of calculations left out, worst first."""
        return _grouped((f.measure, f) for f in self.ranked if f.measure and f.kind is not FindingKind.CHECK)

    @cached_property
    def findings_of_calculation(self) -> Mapping[Id, tuple[Finding, ...]]:
        """Findings by the calculation whose result they lay beside a stated figure, worst first."""
        return _grouped((f.calculation, f) for f in self.ranked if f.calculation)

    def voices_behind(self, figure: Figure) -> int:
        """How many independent voices the position of ``figure`` has, the fewest where it takes several; 0 for none."""
        positions = self.analysis.positions.get(figure.measure, ())
        taken = (
            candidate for candidate in positions if figure.id in candidate.figures or figure.id in candidate.dependents
        )
        return min((len(position.origins) for position in taken), default=0)

    @cached_property
    def rulings_of(self) -> Mapping[str, tuple[Ruling, ...]]:
        """Rulings by the key of the finding that they decide, in the order told."""
        return _grouped((ruling.finding, ruling) for ruling in self.knowledge.rulings.values())

    def concurrency_token(self, decisions: Iterable[Id]) -> str:
        """What people decided, as a form carries it; see ``kb.domain.stamp``."""
        return concurrency_token(decisions, lambda decision: self.last_event.get(decision, 0))

    @cached_property
    def conditions_on(self) -> Mapping[Id, tuple[Claim, ...]]:
        """Claims by the calculation that decides whether they hold."""
        claims = self.knowledge.claims.values()
        return _grouped((claim.holds_if.calculation, claim) for claim in claims if claim.holds_if)


def worst_first_key(verdict: Verdict | str, severity: Decimal | str) -> tuple[int, Decimal]:
    """A key that sorts verdicts worst first, and equal ones by severity."""
    return -Verdict(verdict).rank, -Decimal(severity)


_K = TypeVar("_K")
_V = TypeVar("_V")


def _grouped(pairs: Iterable[tuple[_K, _V]]) -> dict[_K, tuple[_V, ...]]:
    groups: dict[_K, dict[int, _V]] = defaultdict(dict)
    for key, value in pairs:
        groups[key][id(value)] = value
    return {key: tuple(group.values()) for key, group in groups.items()}
