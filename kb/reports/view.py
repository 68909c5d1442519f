"""The view that every page is made from: the entities of one moment, and all that follows from them."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from kb.domain.choices import NO_CHOICES, Choices
from kb.domain.concurrency import concurrency_token
from kb.domain.entity import Claim, Figure, Ruling
from kb.domain.event import Fact
from kb.domain.finding import Finding, FindingKind
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.analysis import Analysis
from kb.reasoning.answers.bearing import bearings
from kb.reasoning.answers.what_if import NodeStatus
from kb.reasoning.consequence import followed_findings
from kb.reports.uses import Uses, questions_served, uses


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in the log.

    Attributes:
        position: Position of the last event that counts; 0 for an empty log.
        hash: Hash of that event, 64 hex digits.
        latest: Position of the newest event of the log.
    """

    position: int
    hash: str
    latest: int

    @property
    def is_past(self) -> bool:
        """Whether newer events exist."""
        return self.position < self.latest


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedEvent:
    """An event of the log as pages show it: who did what, when and why.

    Attributes:
        fact: Its fact; None once it has been redacted.
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
        """Whether the payload of the event was deleted."""
        return self.fact is None


@dataclass(frozen=True, slots=True)
class RetiredName:
    """The fate of a name that is no longer in use.

    Attributes:
        current_name: Present name of its entity; empty where that was retracted.
        event: The event that took the name away; None where no single event did.
    """

    current_name: str
    event: LoggedEvent | None


@dataclass(frozen=True, kw_only=True)
class View:
    """The data of one moment that all pages are made from.

    Attributes:
        recorded: The entities as recorded, matched names apart.
        findings: All findings, in any order; ``ranked`` has them in the order of lists.
        analysis: Results of calculations, positions, standings, answers and consensus.
        stored_bearings: Bearings of findings as ``Conclusions`` has them; None where they must be computed.
        moment: The moment in the log.
        texts: From the SHA-256 of a document to its attached text; None where it is not attached.
        last_event: For each entity, the position of the newest event about it.
        events_of: From a stream to its events, oldest first.
        chosen: The choices of a thought experiment under which ``analysis`` holds for one question; none as recorded.
        status_of: From a node, and the side if it is a question, to what a thought experiment makes of it.
        retired_name: From a kind of entity and a name to the fate of that name; None where it was never given up.
    """

    recorded: Knowledge
    findings: tuple[Finding, ...]
    analysis: Analysis
    moment: Moment
    stored_bearings: Mapping[str, float] | None = None
    texts: Callable[[str], str | None] = lambda _: None
    last_event: Mapping[Id, int] = field(default_factory=dict)
    events_of: Callable[[str], tuple[LoggedEvent, ...]] = lambda _: ()
    chosen: Choices = NO_CHOICES
    status_of: Callable[[Id, str], NodeStatus] = lambda _id, _side: NodeStatus.UNCHANGED
    retired_name: Callable[[str, str], RetiredName | None] = lambda _kind, _slug: None

    @cached_property
    def knowledge(self) -> Knowledge:
        """The entities with matched names merged."""
        return self.recorded.canonical

    @cached_property
    def ranked(self) -> tuple[Finding, ...]:
        """Findings in the order of lists: disagreements first, then by bearing, by severity, by verdict and by id.

        What follows from a finding stands right behind it; such a family takes the place of its foremost member.
        """
        return tuple(finding for lead in self._leads for finding in self.family(lead))

    @cached_property
    def follows_from(self) -> Mapping[str, Finding]:
        """By the id of a finding that follows from another: that one."""
        by_id = {finding.id: finding for finding in self.findings}
        followed = followed_findings(self.knowledge, self.analysis.results, self.findings)
        return {id: by_id[other] for id, other in followed.items()}

    @cached_property
    def followers(self) -> Mapping[str, tuple[Finding, ...]]:
        """By the id of a finding: those that follow from it directly, in the order of lists."""
        following: dict[str, list[Finding]] = defaultdict(list)
        for finding in sorted(self.findings, key=self.order_of):
            if finding.id in self.follows_from:
                following[self.follows_from[finding.id].id].append(finding)
        return {id: tuple(findings) for id, findings in following.items()}

    def lead_of(self, finding: Finding, among: Container[str]) -> Finding:
        """The finding that ``finding`` follows from in the end, as far as those on the way are ``among`` these ids."""
        while (parent := self.follows_from.get(finding.id)) and parent.id in among:
            finding = parent
        return finding

    @cached_property
    def places(self) -> Mapping[str, int]:
        """By the id of a finding its place in ``ranked``."""
        return {finding.id: place for place, finding in enumerate(self.ranked)}

    @property
    def _leads(self) -> list[Finding]:
        leads = (finding for finding in self.findings if finding.id not in self.follows_from)
        return sorted(leads, key=lambda lead: min(map(self.order_of, self.family(lead))))

    def family(self, finding: Finding) -> list[Finding]:
        """A finding with all that follow from it, each right behind the one that it follows from."""
        return [finding, *(member for child in self.followers.get(finding.id, ()) for member in self.family(child))]

    def order_of(self, finding: Finding) -> tuple[bool, float, bool, Decimal, int, str]:
        """The place of a finding in lists."""
        return (
            finding.is_settled,
            -self.bearings[finding.id],
            self._is_aside(finding),
            -finding.severity,
            -finding.rank,
            finding.id,
        )

    def _is_aside(self, finding: Finding) -> bool:
        """Whether a source disagrees with itself on a number that nothing rests on."""
        # A newsletter that gives its own length in two ways is right to be told so, behind everything else.
        return finding.kind is FindingKind.WITHIN_SOURCE and self._used.isdisjoint((*finding.figures, finding.measure))

    @cached_property
    def _used(self) -> frozenset[Id | None]:
        """What arguments and calculations rest on."""
        known = self.knowledge
        premises = {node.id for argument in known.arguments.values() for node in argument.premises}
        inputs = {entry.ref for calculation in known.calculations.values() for entry in calculation.inputs}
        checked = {id for calculation in known.calculations.values() for id in calculation.checks}
        return frozenset(premises | inputs | checked)

    @cached_property
    def _uses(self) -> Uses:
        return uses(self.knowledge)

    def questions_served(self, *ids: Id) -> tuple[Id, ...]:
        """The questions that rest on one of ``ids``, the nearest first."""
        return questions_served(self.knowledge, self._uses, ids)

    @cached_property
    def bearings(self) -> Mapping[str, float]:
        """By finding, how far an answer moves when one of its sides is taken, then the other."""
        if self.stored_bearings is not None:
            return {finding.id: self.stored_bearings.get(finding.id, 0.0) for finding in self.findings}
        return bearings(self.analysis.slices.values(), self.findings)

    @cached_property
    def findings_of(self) -> Mapping[Id, tuple[Finding, ...]]:
        """Findings by each figure, claim and exchange rate that takes part in them, worst first."""
        pairs = ((id, finding) for finding in self.ranked for id in (*finding.figures, *finding.claims, *finding.rates))
        return _grouped(pairs)

    @cached_property
    def findings_on(self) -> Mapping[Id, tuple[Finding, ...]]:
        """Findings by each figure whose number they compare, worst first; a check is on the stated figure alone."""
        # A fee that two sources confirm is no less certain for entering a calculation whose result somebody disputes.
        pairs = (
            (id, finding)
            for finding in self.ranked
            for id in (finding.parts[1:] if finding.kind is FindingKind.CHECK else finding.figures)
        )
        return _grouped(pairs)

    @cached_property
    def findings_of_measure(self) -> Mapping[Id, tuple[Finding, ...]]:
        """Findings except checks by their measure, and by its complements, worst first."""
        return _grouped(
            (id, finding)
            for finding in self.ranked
            if finding.measure and finding.kind is not FindingKind.CHECK
            for id in (finding.measure, *self.knowledge.complements(finding.measure))
        )

    @cached_property
    def findings_of_calculation(self) -> Mapping[Id, tuple[Finding, ...]]:
        """Checks by the calculation whose result they compare with a stated figure, worst first."""
        return _grouped((f.calculation, f) for f in self.ranked if f.calculation)

    def voices_behind(self, figure: Figure) -> int:
        """The number of voices behind the position of ``figure``, the fewest of several; 0 for none."""
        positions = self.analysis.positions.get(figure.measure, ())
        taken = (
            candidate for candidate in positions if figure.id in candidate.figures or figure.id in candidate.dependents
        )
        # A figure for "each of A and B" takes a position on A and one on B.
        return min((len(position.origins) for position in taken), default=0)

    @cached_property
    def rulings_of(self) -> Mapping[str, tuple[Ruling, ...]]:
        """Rulings by the key of their finding, in the order recorded."""
        return _grouped((ruling.finding, ruling) for ruling in self.knowledge.rulings.values())

    def concurrency_token(self, decisions: Iterable[Id]) -> str:
        """The token of ``decisions`` for a form to carry; see ``kb.domain.concurrency``."""
        return concurrency_token(decisions, lambda decision: self.last_event.get(decision, 0))

    @cached_property
    def conditions_on(self) -> Mapping[Id, tuple[Claim, ...]]:
        """Claims by the calculation that their condition rests on."""
        claims = self.knowledge.claims.values()
        return _grouped((claim.holds_if.calculation, claim) for claim in claims if claim.holds_if)


def worst_first_key(finding: Finding) -> tuple[int, Decimal]:
    """A sort key that puts the worst verdict first, and among equal verdicts the highest severity."""
    return -finding.rank, -finding.severity


_K = TypeVar("_K")
_V = TypeVar("_V")


def _grouped(pairs: Iterable[tuple[_K, _V]]) -> dict[_K, tuple[_V, ...]]:
    # A figure may take part in a finding twice, as a number and as the rate that converts another; it is listed once.
    groups: dict[_K, dict[int, _V]] = defaultdict(dict)
    for key, value in pairs:
        groups[key][id(value)] = value
    return {key: tuple(group.values()) for key, group in groups.items()}
