"""Findings on change: one measure of one thing at several times, as a series."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from kb.domain.finding import (
    Finding,
    FindingKind,
    Ground,
    Pairing,
    ScopeDifference,
    ScopeDifferenceKind,
    Verdict,
)
from kb.domain.knowledge import Knowledge
from kb.domain.scope import ScopeSelection
from kb.reasoning.comparison.distance import distance
from kb.reasoning.findings.assembly import assemble, rates_of
from kb.reasoning.findings.chronology import MOMENT_KEYS
from kb.reasoning.findings.position import Position, Survey, leading_position
from kb.reasoning.scope import ScopeKey

Moment = tuple[tuple[str, ScopeSelection], ...]
"""The times that a scope gives, with their keys."""


def series(knowledge: Knowledge, survey: Survey) -> Iterator[Finding]:
    """One finding for each thing that the measure is given for at two times or more; it has no verdict.

    Its figures are in order of time, and at one time from the lowest up. Each pairing is a step: what most voices give
    for one time, and for the next.
    """
    for positions in _by_subject(survey.positions):
        by_time: dict[Moment, list[Position]] = defaultdict(list)
        for position in positions:
            by_time[_moment(position)].append(position)
        times = sorted(by_time, key=_day_order)
        if _any_apart(times):
            yield _series(knowledge, survey, [by_time[time] for time in times])


def _by_subject(positions: Iterable[Position]) -> list[list[Position]]:
    """The positions that give a time, in groups about one thing whose times are of one kind."""
    groups: dict[object, list[Position]] = defaultdict(list)
    for position in positions:
        moment = _moment(position)
        if any(value.start or value.end for _, value in moment):
            rest: ScopeKey = tuple(part for part in position.key if part[0] not in MOMENT_KEYS)
            # A quarter beside a year is a part of it and no change.
            lengths = tuple((key, _months(value) if key == "period" else 0) for key, value in moment)
            groups[rest, lengths, position.unit, position.normalized.period_not_stated].append(position)
    return list(groups.values())


def _moment(position: Position) -> Moment:
    return tuple(part for part in position.key if part[0] in MOMENT_KEYS)


_DAYS_IN_A_MONTH = 30.4


def _months(value: ScopeSelection) -> float:
    """How long a time is in whole months, in fractions below one; -1 for a time that is open on one side."""
    if value.start is None or value.end is None:
        return -1
    days = (value.end - value.start).days + 1
    return round(days / _DAYS_IN_A_MONTH) or days / 100


def _day_order(moment: Moment) -> tuple[tuple[date, date], ...]:
    return tuple(_days(value) for _, value in moment)


def _days(value: ScopeSelection) -> tuple[date, date]:
    return value.start or value.end or date.min, value.end or value.start or date.max


def _any_apart(times: Sequence[Moment]) -> bool:
    """Whether some time lies wholly before another: what holds "as of 2025" and in June 2025 shows no change."""
    days = [[_days(value) for _, value in time] for time in times]
    return any(
        any(earlier[1] < later[0] for earlier, later in zip(first, last, strict=True))
        for first in days
        for last in days[-1:]
    )


def _series(knowledge: Knowledge, survey: Survey, steps: Sequence[Sequence[Position]]) -> Finding:
    ordered = [position for step in steps for position in step]
    first = min(ordered, key=lambda position: position.mentions[0].order)
    pairings = [_step(earlier, later) for earlier, later in pairwise(map(leading_position, steps))]
    return assemble(
        knowledge,
        FindingKind.SERIES,
        "series",
        survey.measure.id,
        pairings,
        parts=[first.figures[0]],
        figures=list(dict.fromkeys(id for position in ordered for id in position.figures)),
        headline=0,
        severity=Decimal(0),
        judged=False,
        rates=rates_of(*(position.normalized for position in ordered)),
    )


def _step(earlier: Position, later: Position) -> Pairing:
    gap = distance(earlier.normalized.stated, later.normalized.stated, points=earlier.normalized.percent)
    return Pairing(
        left=earlier.side,
        right=later.side,
        unit=earlier.unit,
        verdict=Verdict.NOT_COMPARABLE,
        ground=Ground.OTHER_TIME,
        ratio=gap.near_ratio,
        points=gap.near_points,
        severity=Decimal(0),
        differences=tuple(_difference(earlier, later)),
    )


def _difference(earlier: Position, later: Position) -> Iterator[ScopeDifference]:
    for (key, before), (_, after) in zip(_moment(earlier), _moment(later), strict=True):
        if before != after:
            yield ScopeDifference(key=key, kind=ScopeDifferenceKind.OFFER, left=before, right=after)
