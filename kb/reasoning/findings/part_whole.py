"""Parts above their wholes: more in a town than in its country, or in a quarter than in its year."""

from collections import defaultdict
from collections.abc import Iterator
from enum import StrEnum
from fractions import Fraction
from itertools import islice, product

from kb.domain.entity import Stance
from kb.domain.finding import (
    Finding,
    FindingKind,
    Ground,
    PairingSide,
    Relation,
    ScopeDifference,
    ScopeDifferenceKind,
    Verdict,
)
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.domain.measure_kind import MeasureKind
from kb.domain.scope import Quantifier, ScopeSelection
from kb.reasoning.comparison.distance import distance, nearer_than
from kb.reasoning.comparison.margins import deviations_between, deviations_of
from kb.reasoning.comparison.tolerance import ROUNDED_POINTS, ROUNDED_RATIO
from kb.reasoning.comparison.verdict import LEAST_SEVERITY, TENSION_FACTOR, Comparison
from kb.reasoning.findings.assembly import assemble, pair_mentions, rates_of
from kb.reasoning.findings.mention import Mention, kind_of_digits, side_by_side
from kb.reasoning.findings.position import Position, Survey
from kb.reasoning.scope import ScopeKey, covers

_MOST_WHOLES = 256
"""Largest number of scopes of which one position is looked at as a part."""

_Subject = tuple[ScopeKey, str, bool]
"""The named things of a scope, with what the numbers of a part and of its whole share besides."""


class _Times(StrEnum):
    """How the time of a part lies to that of the whole."""

    SAME = "same"
    WITHIN = "within"
    """A stretch of the whole's time."""
    UNSURE = "unsure"
    """Perhaps the same: one of them gives none, or the two overlap."""


def parts_above_wholes(knowledge: Knowledge, survey: Survey) -> Iterator[Finding]:
    """One finding for each position that lies above that of a scope of which its own is part.

    Only of measures whose parts add up. Each position is looked up in every recorded scope that contains its own, so
    that no other number can hide it; of several positions on the whole the one that leaves least room is named.
    """
    if not survey.measure.kind.traits.additive:
        return
    known: dict[_Subject, dict[ScopeKey, list[Position]]] = defaultdict(lambda: defaultdict(list))
    for position in survey.positions:
        things, times = _divided(position.key)
        known[_subject(position, things)][times].append(position)
    containing = _Containing(knowledge, survey)
    kind = kind_of_digits(survey.measure, knowledge.unit(survey.measure.unit), knowledge.unit_system)
    for part in survey.positions:
        things, times = _divided(part.key)
        for larger in containing.wholes(things):
            # Nothing is a part of itself, unless in a part of its time.
            if larger == things and not containing.times_add_up:
                continue
            candidates = known.get(_subject(part, larger), {})
            for time, rivals in islice(candidates.items(), _MOST_WHOLES):
                relation = containing.times(time, times)
                if relation is None or (larger == things and relation is not _Times.WITHIN):
                    continue
                whole = min(rivals, key=_least_room)
                if exceeds(part.lowest, whole.topmost):
                    yield _finding(knowledge, kind, part, whole, relation)


def _divided(key: ScopeKey) -> tuple[ScopeKey, ScopeKey]:
    """The named things of a scope, and its times."""
    return tuple(part for part in key if not part[1].is_time), tuple(part for part in key if part[1].is_time)


def _subject(position: Position, things: ScopeKey) -> _Subject:
    # That more is projected for a part than was counted in the whole contradicts nothing.
    return things, position.unit, position.mentions[0].figure.stance is Stance.PROJECTED


def _least_room(position: Position) -> tuple[bool, object]:
    high = position.topmost.normalized.widened.high
    return high is None, high


class _Containing:
    """The scopes of a measure that contain others.

    Attributes:
        times_add_up: Whether what is given for a part of a time is a part of what is given for the whole.
    """

    def __init__(self, knowledge: Knowledge, survey: Survey) -> None:
        self._knowledge = knowledge
        # A count over a quarter is part of that over the year; a sum of money for a quarter may be one per year.
        self.times_add_up = survey.measure.kind.traits.counts_things
        self._values: dict[str, dict[ScopeSelection, None]] = defaultdict(dict)
        for position in survey.positions:
            for key, value in position.key:
                self._values[key][value] = None
        self._larger: dict[tuple[str, ScopeSelection], tuple[ScopeSelection, ...]] = {}

    def wholes(self, things: ScopeKey) -> Iterator[ScopeKey]:
        """The named things themselves, and all others that contain them, as far as some number is recorded for each."""
        choices = [
            [(key, value), *((key, larger) for larger in self._larger_than(key, value))] for key, value in things
        ]
        return islice((tuple(choice) for choice in product(*choices)), _MOST_WHOLES)

    def _larger_than(self, key: str, value: ScopeSelection) -> tuple[ScopeSelection, ...]:
        if (key, value) not in self._larger:
            self._larger[key, value] = tuple(
                whole for whole in self._values[key] if whole != value and self._contains(whole, value)
            )
        return self._larger[key, value]

    def _contains(self, whole: ScopeSelection, part: ScopeSelection) -> bool:
        if whole.is_time or Quantifier.EACH in (whole.quantifier, part.quantifier) or whole.terms == part.terms:
            return False
        return covers(self._knowledge, whole, part)

    def times(self, whole: ScopeKey, part: ScopeKey) -> _Times | None:
        """How the times of a part lie to those of the whole; None where they are other times."""
        if whole == part:
            return _Times.SAME
        larger, smaller = dict(whole), dict(part)
        relations = [self._time(key, larger.get(key), smaller.get(key)) for key in {*larger, *smaller}]
        if None in relations:
            return None
        return _Times.UNSURE if _Times.UNSURE in relations else _Times.WITHIN

    def _time(self, key: str, whole: ScopeSelection | None, part: ScopeSelection | None) -> _Times | None:
        if whole == part:
            return _Times.SAME
        if whole is None or part is None:
            return _Times.UNSURE
        if key == "as-of":
            # What holds as of 2025 may hold in June 2025.
            return _Times.UNSURE if whole.meets_time(part) else None
        return _Times.WITHIN if key == "period" and self.times_add_up and _spans(whole, part) else None


def _spans(whole: ScopeSelection, part: ScopeSelection) -> bool:
    """Whether a stretch of time contains another, both with both ends."""
    return None not in (whole.start, whole.end, part.start, part.end) and part.lies_within_time(whole)


def exceeds(part: Mention, whole: Mention) -> bool:
    """Whether all that the part may be, hedged and rounded, lies above all that the whole may be."""
    # "Up to 120 people" in Rome is not above the 100 of Italy: a ceiling says nothing of how many there are at least.
    # Rounding settles what is close, as everywhere.
    measured = whole.normalized.measured, part.normalized.measured
    if measured[0] and measured[1]:
        return measured[1].value > measured[0].value and deviations_between([measured[0]], [measured[1]]) > _FAR
    gap = distance(whole.normalized.stated, part.normalized.stated, points=whole.normalized.percent)
    if nearer_than(gap, ROUNDED_RATIO, ROUNDED_POINTS):
        return _lies_above(part.normalized.widened, whole.normalized.widened)
    return _lies_above(part.normalized.loosened, whole.normalized.loosened)


_FAR = deviations_of(Fraction(95, 100))
"""Combined standard deviations from which two numbers with margins are not the same."""


def _lies_above(part: Interval, whole: Interval) -> bool:
    return part.low is not None and whole.high is not None and part.low > whole.high


def _finding(knowledge: Knowledge, kind: MeasureKind, part: Position, whole: Position, times: _Times) -> Finding:
    lower, upper = side_by_side(whole.topmost, part.lowest)
    differences = tuple(_differences(whole.key, part.key))
    same_voice = not {m.origin.key for m in part.mentions}.isdisjoint(m.origin.key for m in whole.mentions)
    pairing = pair_mentions(
        lower,
        upper,
        _comparison(
            kind,
            lower,
            upper,
            currencies=bool(knowledge.unit(lower.normalized.unit).currencies),
            certain=times is _Times.SAME,
        ),
        same_voice=same_voice,
        sides=(_side(whole, whole.topmost, lower), _side(part, part.lowest, upper)),
        differences=differences,
        uncertain_keys=_uncertain_keys(whole.key, part.key) if times is _Times.UNSURE else (),
    )
    within = lower.figure.source == upper.figure.source
    return assemble(
        knowledge,
        FindingKind.WITHIN_SOURCE if within else FindingKind.ACROSS_SOURCES,
        "parts",
        part.measure,
        [pairing],
        parts=[whole.figures[0], part.figures[0]],
        figures=[*whole.figures, *part.figures],
        basis=[[(difference.key, difference.kind) for difference in differences]],
        rates=rates_of(lower.normalized, upper.normalized),
    )


def _differences(whole: ScopeKey, part: ScopeKey) -> Iterator[ScopeDifference]:
    larger, smaller = dict(whole), dict(part)
    for key in sorted(larger.keys() & smaller.keys()):
        if larger[key] != smaller[key] and key != "as-of":
            yield ScopeDifference(
                key=key, kind=ScopeDifferenceKind.PART, left=larger[key], right=smaller[key], part_side="right"
            )


def _uncertain_keys(whole: ScopeKey, part: ScopeKey) -> tuple[str, ...]:
    """The keys of times that only one of the two gives, or that give two dates which may be one."""
    larger, smaller = dict(whole), dict(part)
    times = {key for key, value in (*whole, *part) if value.is_time and larger.get(key) != smaller.get(key)}
    return tuple(sorted(key for key in times if key == "as-of" or key not in larger or key not in smaller))


def _side(position: Position, speaker: Mention, compared: Mention) -> PairingSide:
    ids = (speaker.figure.id, *(id for id in position.figures if id != speaker.figure.id))
    return PairingSide(
        figures=ids,
        speaker=speaker.figure.id,
        scope=position.scope_beside(speaker),
        stated=compared.normalized.stated,
    )


def _comparison(kind: MeasureKind, whole: Mention, part: Mention, *, currencies: bool, certain: bool) -> Comparison:
    """A conflict where the rest cannot be below zero; else a tension, as of times, which need not add up."""
    gap = distance(whole.normalized.stated, part.normalized.stated, points=whole.normalized.percent)
    # The rest of a firm may have made a loss or be in debt, but no field has fewer than no tonnes.
    conflict = certain and (kind.traits.never_negative or not currencies)
    severity = max((1 if conflict else TENSION_FACTOR) * gap.severity, LEAST_SEVERITY)
    return Comparison(
        verdict=Verdict.CONFLICT if conflict else Verdict.TENSION,
        ground=Ground.PART_EXCEEDS_WHOLE,
        relation=Relation.DISJOINT,
        distance=gap,
        severity=severity,
    )
