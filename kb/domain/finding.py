"""Findings: verdicts between two positions, or a computed and a stated number, and groups recomputed together."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import product

from kb.domain.codec import canonical_json
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge


class Verdict(StrEnum):
    """What a comparison comes to."""

    AGREEMENT = "agreement"
    ROUNDING = "rounding"
    TENSION = "tension"
    CONFLICT = "conflict"
    NOT_COMPARABLE = "not_comparable"


class Relation(StrEnum):
    """How two intervals lie to each other; ``inside`` means the first lies inside the second."""

    INSIDE = "inside"
    OVERLAPPING = "overlapping"
    DISJOINT = "disjoint"


class FindingKind(StrEnum):
    """Between what a finding stands."""

    ACROSS_SOURCES = "across_sources"
    WITHIN_SOURCE = "within_source"
    CHECK = "check"
    SPREAD = "spread"
    DRIFT = "drift"
    CLAIMS = "claims"
    CORROBORATION = "corroboration"
    REPETITION = "repetition"


@dataclass(frozen=True, slots=True)
class Pairing:
    """Two things laid side by side, and what came of it.

    Attributes:
        left: Figures of the first position; empty for a computed result.
        right: Figures of the second position, or of the checked figure.
        left_label: Whose number the first is, e.g. ``SemiAnalysis``.
        right_label: Whose number the second is.
        left_stated: Interval of the first as stated or computed, in ``unit``.
        right_stated: Interval of the second as stated.
        verdict: What the comparison comes to.
        relation: How the allowed intervals lie to each other; None where nothing may be compared.
        ratio: Nearest stated ends, larger over smaller; None where nothing may be compared or a sign or zero forbids.
        severity: From 0 (nothing to see) to 1.
        explanation: One sentence that a reader can check with a pocket calculator.
    """

    left: tuple[Id, ...]
    right: tuple[Id, ...]
    left_label: str
    right_label: str
    left_stated: Interval | None
    right_stated: Interval | None
    unit: str
    verdict: Verdict
    relation: Relation | None
    ratio: Decimal | None
    severity: Decimal
    explanation: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What the engine notices about one measure, or about one calculation and a figure that it checks.

    Attributes:
        id: ``finding_id`` of the names of rule, measure and parts: the same in every base that was told the same, and
            not changed by another figure's arrival.
        rule: Name of the rule that made it, with its version, e.g. ``positions/1``.
        measure: The measure; None for a finding between claims.
        calculation: The calculation whose result is checked; None for all other kinds.
        figures: Every figure that takes part, in order.
        verdict: The worst verdict of ``pairings``.
        relation: Relation of the worst pairing; of a check, how all results lie to the figure.
        severity: Highest severity of ``pairings``, from 0 to 1.
        explanation: What a reader needs to know first, in plain words.
        digest: SHA-256 of what went in; a ruling binds to it.
        claims: The two claims of a finding between claims.
        parts: What id and key are made of beside rule and measure: the figures, claims or the calculation that it is
            between, in the order that the rule gives them.
        rates: Figures of the exchange rates by which amounts were converted; a changed rate changes the digest.
    """

    id: str
    kind: FindingKind
    rule: str
    measure: Id | None
    calculation: Id | None
    figures: tuple[Id, ...]
    verdict: Verdict
    relation: Relation | None
    severity: Decimal
    explanation: str
    pairings: tuple[Pairing, ...]
    digest: str
    claims: tuple[Id, ...] = ()
    parts: tuple[Id, ...] = ()
    rates: tuple[Id, ...] = ()

    @property
    def rule_name(self) -> str:
        """The rule without its version, e.g. ``positions``."""
        return self.rule.partition("/")[0]

    @property
    def key(self) -> str:
        """``finding_key`` of the same three: what rulings bind to, since it outlives a renaming. Of one base alone."""
        return finding_key(self.rule_name, self.measure, self.parts)


RULES_BETWEEN: Mapping[str, tuple[str, ...]] = {
    "positions": ("figure", "figure"),
    "corroboration": ("figure",),
    "echo": ("figure",),
    "spread": (),
    "currency": (),
    "drift": ("figure", "figure"),
    "check": ("calculation", "figure"),
    "denial": ("claim", "claim"),
    "repetition": ("claim", "claim"),
}
"""What the findings of each rule are between: the kinds of their parts, in order."""

SYMMETRIC = frozenset({"positions", "denial", "repetition"})
"""Rules whose finding is the same whichever way round its parts are named."""


def finding_id(knowledge: Knowledge, rule: str, measure: Id | None, parts: Iterable[Id]) -> str:
    """16 hex digits from the names of the rule, of the measure and of what takes part; independent of all else."""
    return _id_digits(rule, knowledge.name_of(measure) if measure else None, map(knowledge.name_of, parts))


def finding_key(rule: str, measure: Id | None, parts: Iterable[Id]) -> str:
    """16 hex digits from the rule's name and the streams of the measure and of what takes part."""
    return _id_digits(rule, measure, parts)


def former_ids(knowledge: Knowledge, finding: Finding, former: Mapping[Id, Sequence[str]]) -> Iterator[str]:
    """What ``finding`` may have been called before: by its key, and by ``former`` names of what its id is made of."""
    yield finding.key
    named = [id for id in (finding.measure, *finding.parts) if id]
    if former.keys().isdisjoint(named):
        return
    for names in product(*((knowledge.name_of(id), *former.get(id, ())) for id in named)):
        measure, parts = (names[0], names[1:]) if finding.measure else (None, names)
        yield _id_digits(finding.rule_name, measure, parts)


def _id_digits(rule: str, measure: str | None, parts: Iterable[str]) -> str:
    parts = sorted(parts) if rule in SYMMETRIC else parts
    return hashlib.sha256(canonical_json([rule, measure, *parts]).encode()).hexdigest()[:16]


NO_IDS: frozenset[Id] = frozenset()

_GROUP_KINDS = ("measures", "calculations", "claims")


@dataclass(frozen=True, slots=True)
class FindingGroups:
    """Groups of findings: one for each measure, for each calculation that checks figures, and for each claim.

    Every finding belongs to one group, or to two where it stands between claims.

    Attributes:
        measures: Measures whose positions, spreads and drifts are meant; what calculations check is not among these.
        calculations: Calculations whose checks are meant.
        claims: Claims of which the findings with any other claim are meant.
    """

    measures: frozenset[Id] = NO_IDS
    calculations: frozenset[Id] = NO_IDS
    claims: frozenset[Id] = NO_IDS

    def __contains__(self, finding: Finding) -> bool:
        if finding.claims:
            return not self.claims.isdisjoint(finding.claims)
        if finding.calculation is not None:
            return finding.calculation in self.calculations
        return finding.measure in self.measures

    def __len__(self) -> int:
        return len(self.measures) + len(self.calculations) + len(self.claims)

    def parts(self, size: int) -> "Iterator[FindingGroups]":
        """The same groups, at most ``size`` at a time and in one order."""
        listed = [(name, id) for name in _GROUP_KINDS for id in sorted(getattr(self, name))]
        for start in range(0, len(listed), size):
            part = listed[start : start + size]
            yield FindingGroups(*(frozenset(id for of, id in part if of == name) for name in _GROUP_KINDS))
