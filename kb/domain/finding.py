"""Findings: verdicts on positions, claims and computed numbers, their ids, and the groups that are recomputed."""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import product

from kb.domain.codec import canonical_json
from kb.domain.entity import DependenceKind
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.domain.scope import ScopeSelection


class Verdict(StrEnum):
    """The outcome of a comparison; the members are in order, from settled to worst."""

    AGREEMENT = "agreement"
    MET = "met"
    ROUNDING = "rounding"
    NOT_COMPARABLE = "not_comparable"
    MISSED = "missed"
    TENSION = "tension"
    CONFLICT = "conflict"

    @property
    def rank(self) -> int:
        """Place in the order of the members: 0 for agreement; a higher rank is worse."""
        return _RANKS[self]

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to decide."""
        return self in _SETTLED

    @property
    def is_disagreement(self) -> bool:
        """Whether it is a tension or a conflict; a forecast that was missed is none."""
        return self in _DISAGREEMENTS


_RANKS: Mapping[Verdict, int] = {verdict: rank for rank, verdict in enumerate(Verdict)}

_SETTLED = frozenset({Verdict.AGREEMENT, Verdict.MET, Verdict.ROUNDING})

_DISAGREEMENTS = frozenset({Verdict.TENSION, Verdict.CONFLICT})


class Ground(StrEnum):
    """The reason of a verdict: the rule that decided, or what keeps two numbers from being compared."""

    MEET = "meet"
    ROUNDED = "rounded"
    LAST_DIGIT = "the last digit"
    TRUNCATED = "truncated"
    WITHIN_BOUND = "within the bound"
    ONLY_BOUND = "only the bound"
    SAME_SIDE = "two limits to one side"
    FACING = "limits that leave room between them"
    ONLY_HEDGE = "only the hedge"
    ONLY_ROUNDED = "only coarse rounding"
    ONLY_TRUNCATED = "only digits cut off"
    PAST_BOUND = "rounding past a bound"
    ONE_SIDED = "a scope key on one side only"
    WITHIN_MARGINS = "within the margins"
    BEYOND_MARGINS = "beyond the margins"
    OPPOSED = "opposite bounds"
    APART = "apart"
    SCOPE = "scope"
    OTHER_TIME = "another time"
    PART_EXCEEDS_WHOLE = "a part above its whole"
    NO_RATE = "no exchange rate"
    UNITS_DIFFER = "units differ"
    END_NOT_REACHED = "an end of a spread that no result reaches"
    TRUTH = "the truth of a comparison"
    STATED = "a person said so"


class Relation(StrEnum):
    """The relation of two intervals; ``inside`` means that the first lies inside the second."""

    INSIDE = "inside"
    OVERLAPPING = "overlapping"
    DISJOINT = "disjoint"


class FindingKind(StrEnum):
    """The kinds of finding, by what they are between."""

    ACROSS_SOURCES = "across_sources"
    WITHIN_SOURCE = "within_source"
    CHECK = "check"
    SPREAD = "spread"
    DRIFT = "drift"
    CLAIMS = "claims"
    CORROBORATION = "corroboration"
    REPETITION = "repetition"
    FORECAST = "forecast"
    SERIES = "series"


class ScopeDifferenceKind(StrEnum):
    """The way in which the values of one scope key differ."""

    NAMED = "named"
    PART = "part"
    OFFER = "offer"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScopeDifference:
    """One scope key on which two scopes differ.

    Attributes:
        key: The key.
        kind: The way in which they differ.
        left: The value in the left scope; None where that does not give the key.
        right: The value in the right scope; None likewise.
        part_side: ``left`` or ``right`` for the value that is part of the other; empty where neither is.
    """

    key: str
    kind: ScopeDifferenceKind
    left: ScopeSelection | None
    right: ScopeSelection | None
    part_side: str = ""


class Change(StrEnum):
    """What a translation, quotation or repetition changed about a number; of equal severity the first comes first."""

    DENIAL = "a denial dropped or added"
    INVERTED = "inverted"
    BOUND_REVERSED = "bound reversed"
    COUNTED = "what is counted"
    UNIT = "unit"
    NUMBER = "number"
    PERIOD_CHANGED = "period changed"
    SCOPE = "scope"
    STANCE = "stance"
    VOICE = "voice"
    RANGE = "range"
    BOUND_ADDED = "bound added"
    BOUND_DROPPED = "bound dropped"
    PERIOD_ADDED = "period added"
    PERIOD_DROPPED = "period dropped"
    MARGIN_ADDED = "margin added"
    MARGIN_DROPPED = "margin dropped"
    MARGIN_CHANGED = "margin changed"
    HEDGE_ADDED = "hedge added"
    HEDGE_DROPPED = "hedge dropped"
    HEDGE_CHANGED = "hedge changed"
    DIGITS_ADDED = "digits added"


@dataclass(frozen=True, slots=True)
class MissingRate:
    """The exchange rate without which two amounts cannot be compared.

    Attributes:
        from_currency: Code of the currency to convert from.
        to_currency: Code of the currency to convert into.
        day: The last day for which a rate would serve; None where the amount has no date by which to choose one.
        unstated: Figures that record such a rate for that day or earlier only as assumed or hypothetical, which
            converts nothing.
    """

    from_currency: str
    to_currency: str
    day: date | None
    unstated: tuple[Id, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PairingSide:
    """One of the two sides of a comparison.

    Attributes:
        figures: Figures on this side that come to the verdict; empty for a computed result and for claims.
        speaker: The figure whose number was compared; None for a computed result and for claims.
        scope: Scope of the side where it is not the speaker's own (one of ``each of A and B``); else None.
        stated: The interval as stated or computed, in the unit of the pairing; None where it cannot be given in it.
        leaves_room: Figures of the same position that come to a milder verdict.
    """

    figures: tuple[Id, ...] = ()
    speaker: Id | None = None
    scope: Mapping[str, ScopeSelection] | None = None
    stated: Interval | None = None
    leaves_room: tuple[Id, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """A comparison of two numbers or claims with the facts that decided it; ``reports.words`` makes the sentence.

    Attributes:
        left: The first side; of a check the computed result.
        right: The second side; of a check the stated figure.
        unit: Unit of both stated intervals; empty for claims.
        verdict: The outcome of the comparison.
        ground: Its reason.
        relation: Relation of the allowed intervals; None where nothing may be compared.
        ratio: Nearest stated ends, larger over smaller; None for percentages, and where a sign or zero forbids it.
        points: Distance of the nearest stated ends of two percentages, as a fraction; None for all else.
        deviations: How many combined standard deviations lie between two numbers of which one at least has a margin; of
            two positions, between their weighted means. None without margins.
        birge_ratio: The scatter of all numbers with margins on both sides, as a multiple of what their margins account
            for; None for fewer than two.
        severity: From 0 (nothing to see) to 1.
        end: ``low`` or ``high`` where two spreads are compared end by end, or an end is not reached; else empty.
        uncertain_keys: Scope keys on which the two sides may be about different things.
        differences: Scope keys that make the two not comparable, or that a translation or quotation changed.
        changes: What the right side changed of the left one, which it passes on, the worst first; empty where neither
            depends on the other, and where nothing changed.
        dependence: How the right side depends on the left; None for independent sides, and for one voice heard twice.
        missing_rate: The rate that is not recorded, where nothing else keeps two amounts apart; else None.
        outcome: Index of the computed outcome among those of its calculation; None for stated numbers.
        truth: Whether a computed comparison holds; None for undecided, and for all else.
    """

    left: PairingSide
    right: PairingSide
    unit: str
    verdict: Verdict
    ground: Ground
    relation: Relation | None = None
    ratio: Decimal | None = None
    points: Decimal | None = None
    deviations: Decimal | None = None
    birge_ratio: Decimal | None = None
    severity: Decimal
    end: str = ""
    uncertain_keys: tuple[str, ...] = ()
    differences: tuple[ScopeDifference, ...] = ()
    changes: tuple[Change, ...] = ()
    dependence: DependenceKind | None = None
    missing_rate: MissingRate | None = None
    outcome: int | None = None
    truth: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A result of the comparison of positions on a measure, of a calculation with a figure, or of two claims.

    It holds facts; ``reports.words`` makes its sentences when it is shown.

    Attributes:
        id: ``finding_id`` of its rule, measure and parts: the same in every base with the same entities.
        kind: What it is between.
        rule: Name of the rule that made it, e.g. ``positions``.
        measure: The measure; None for a finding between claims.
        calculation: The calculation whose result is checked; None for all other kinds.
        figures: Every figure that takes part, in order; empty between claims.
        verdict: The worst verdict of ``pairings``; None for a series, which judges nothing.
        relation: Relation of the worst pairing; for a check, that of all results together to the figure.
        severity: Highest severity of ``pairings``, from 0 to 1.
        pairings: The comparisons that it consists of; at least one.
        headline: Index of the pairing to show first.
        digest: SHA-256 of everything that the verdict rests on; a ruling binds to it.
        claims: The two claims of a finding between claims, or the one whose condition fails; empty for all others.
        parts: The figures, claims or calculation that it is between, in the order of its rule; id and key are made of
            them, of the rule and of the measure.
        rates: Figures of the exchange rates by which amounts were converted; a changed rate changes the digest.
        differing_keys: For a spread, the scope keys on which positions differ, sorted; else empty.
        parts_only: For a spread, whether every difference is one between a whole and its parts.
    """

    id: str
    kind: FindingKind
    rule: str
    measure: Id | None = None
    calculation: Id | None = None
    figures: tuple[Id, ...] = ()
    verdict: Verdict | None
    relation: Relation | None = None
    severity: Decimal
    pairings: tuple[Pairing, ...]
    headline: int = 0
    digest: str
    claims: tuple[Id, ...] = ()
    parts: tuple[Id, ...] = ()
    rates: tuple[Id, ...] = ()
    differing_keys: tuple[str, ...] = ()
    parts_only: bool = False

    @property
    def is_unremarkable(self) -> bool:
        """Whether lists leave it out unless asked: a spread of things that nobody would compare."""
        return self.kind is FindingKind.SPREAD and self.severity == 0

    @property
    def key(self) -> str:
        """The key that rulings bind to: it outlives a renaming, unlike the id, and holds in one base alone."""
        return finding_key(self.rule, self.measure, self.parts)

    @property
    def rank(self) -> int:
        """Place of the verdict in the order of verdicts; below all of them without one."""
        return -1 if self.verdict is None else self.verdict.rank

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to decide, as is so of every series."""
        return self.verdict is None or self.verdict.is_settled

    @property
    def is_disagreement(self) -> bool:
        """Whether it is a tension or a conflict."""
        return self.verdict is not None and self.verdict.is_disagreement


RULES_BETWEEN: Mapping[str, tuple[str, ...]] = {
    "positions": ("figure", "figure"),
    "parts": ("figure", "figure"),
    "corroboration": ("figure",),
    "echo": ("figure",),
    "spread": (),
    "currency": (),
    "drift": ("figure", "figure"),
    "forecast": ("figure", "figure"),
    "series": ("figure",),
    "check": ("calculation", "figure"),
    "condition": ("calculation", "claim"),
    "denial": ("claim", "claim"),
    "repetition": ("claim", "claim"),
}
"""The kinds of the parts of each rule's findings, in order; empty where the measure alone names the finding."""

SYMMETRIC = frozenset({"positions", "denial", "repetition"})
"""The rules whose finding is the same in either order of its parts."""


def finding_id(knowledge: Knowledge, rule: str, measure: Id | None, parts: Iterable[Id]) -> str:
    """The id of a finding: 16 hex digits made from the names of its rule, measure and parts, and from nothing else."""
    # An id made from random stream ids differed between bases, so that no document could name a finding.
    return _id_digits(rule, knowledge.name_of(measure) if measure else None, map(knowledge.name_of, parts))


def finding_key(rule: str, measure: Id | None, parts: Iterable[Id]) -> str:
    """The key of a finding: 16 hex digits made from its rule and the stream ids of its measure and parts."""
    return _id_digits(rule, measure, parts)


def former_ids(knowledge: Knowledge, finding: Finding, former: Mapping[Id, Sequence[str]]) -> Iterator[str]:
    """The earlier ids of ``finding``: its key, and those made with ``former`` names of its measure and parts."""
    # Findings were once called by their key, and links to those pages must still lead on.
    yield finding.key
    named = [id for id in (finding.measure, *finding.parts) if id]
    if former.keys().isdisjoint(named):
        return
    for names in product(*((knowledge.name_of(id), *former.get(id, ())) for id in named)):
        measure, parts = (names[0], names[1:]) if finding.measure else (None, names)
        yield _id_digits(finding.rule, measure, parts)


def _id_digits(rule: str, measure: str | None, parts: Iterable[str]) -> str:
    parts = sorted(parts) if rule in SYMMETRIC else parts
    return hashlib.sha256(canonical_json([rule, measure, *parts]).encode()).hexdigest()[:16]


NO_IDS: frozenset[Id] = frozenset()

_GROUP_KINDS = ("measures", "calculations", "claims")


@dataclass(frozen=True, slots=True)
class FindingGroups:
    """Groups of findings that are recomputed as a whole: of measures, of calculations and of claims.

    Every finding belongs to one group, or to two where it is between claims or on the condition of one.

    Attributes:
        measures: Measures with all their findings except checks.
        calculations: Calculations with all their checks and the conditions on them that fail.
        claims: Claims with all their findings.
    """

    measures: frozenset[Id] = NO_IDS
    calculations: frozenset[Id] = NO_IDS
    claims: frozenset[Id] = NO_IDS

    def __contains__(self, finding: Finding) -> bool:
        return self.include(finding.measure, finding.calculation, finding.claims)

    def include(self, measure: Id | None, calculation: Id | None, claims: Collection[Id]) -> bool:
        """Whether a finding about these belongs to one of the groups."""
        # A check belongs to its calculation, not to the measure of the figure that it checks, so that each group can be
        # computed anew alone. A condition fails anew with its calculation, and is another one once its claim changes.
        if claims or calculation is not None:
            return calculation in self.calculations or not self.claims.isdisjoint(claims)
        return measure in self.measures

    def __len__(self) -> int:
        return len(self.measures) + len(self.calculations) + len(self.claims)

    def parts(self, size: int) -> "Iterator[FindingGroups]":
        """The groups in portions of at most ``size``, always in the same order."""
        listed = [(name, id) for name in _GROUP_KINDS for id in sorted(getattr(self, name))]
        for start in range(0, len(listed), size):
            part = listed[start : start + size]
            yield FindingGroups(*(frozenset(id for of, id in part if of == name) for name in _GROUP_KINDS))
