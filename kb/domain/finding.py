"""What does the engine notice? Verdicts between two positions, or between a computed and a stated number."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kb.domain.codec import canonical
from kb.domain.identity import Id
from kb.domain.interval import Interval


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
        id: ``finding_id`` of rule, measure and parts, so that another figure's arrival does not change it.
        rule: Name of the rule that made it, with its version, e.g. ``positions/1``.
        measure: The measure; None for a finding between claims.
        calculation: The calculation whose result is checked; None for all other kinds.
        figures: Every figure that takes part, in order.
        verdict: The worst verdict of ``pairings``.
        relation: Relation of the worst pairing.
        severity: Highest severity of ``pairings``, from 0 to 1.
        explanation: What a reader needs to know first, in plain words.
        digest: SHA-256 of what went in; a ruling binds to it.
        claims: The two claims of a finding between claims.
        parts: What the id is made of beside rule and measure: the figures, claims or the calculation that it is
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


def finding_id(rule: str, measure: Id | None, parts: Iterable[Id]) -> str:
    """16 hex digits from the rule's name, the measure and what takes part; independent of everything else."""
    parts = sorted(parts) if rule in SYMMETRIC else parts
    return hashlib.sha256(canonical([rule, measure, *parts]).encode()).hexdigest()[:16]
