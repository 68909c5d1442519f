"""What do the voices come to together? A weighted median over independent origins, never a mean or across scopes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import reduce

from kb.domain.entity import Measure, ScopeValue
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.reasoning.explain import number, times
from kb.reasoning.position import Mention, Position, positions
from kb.reasoning.verdict import distance
from kb.reasoning.weight import said_weight

WIDEST_RATIO = Fraction(2)
"""Stated ends farther apart than this factor leave no consensus."""

WIDEST_POINTS = Fraction(10, 100)
"""The same for percentages, in points."""


@dataclass(frozen=True, slots=True)
class Consensus:
    """What the independent voices on one measure in one scope come to.

    Attributes:
        measure: Id of the measure.
        scope: The scope.
        label: The scope in words.
        value: Weighted median of the lower and of the upper stated ends; None for no consensus.
        interval: From the lowest to the highest stated end of all voices.
        unit: Unit of both.
        origins: The independent voices.
        note: How it came about, or why there is none.
    """

    measure: Id
    scope: Mapping[str, ScopeValue]
    label: str
    value: Interval | None
    interval: Interval
    unit: str
    origins: tuple[str, ...]
    note: str


def consensus(knowledge: Knowledge, measure: Id) -> tuple[Consensus, ...]:
    """One consensus for each scope in which anybody takes a position on ``measure``; spreads take no part."""
    found = knowledge.measures.get(measure)
    groups: dict[object, list[Position]] = {}
    for position in positions(knowledge, measure) if found else ():
        if not position.reading.spread:
            group = position.key, position.unit, position.reading.period_unsaid
            groups.setdefault(group, []).append(position)
    return tuple(_consensus(knowledge, found, group) for group in groups.values()) if found else ()


def _consensus(knowledge: Knowledge, measure: Measure, group: Sequence[Position]) -> Consensus:
    voices = _voices(group)
    whole = reduce(Interval.hull, (voice.reading.stated for voice in voices))
    value, note = _settled(knowledge, measure, voices, whole)
    names = tuple(voice.origin.name for voice in voices)
    scope = group[0].scope
    label = group[0].label.removeprefix(group[0].voices).lstrip(", ")
    return Consensus(measure.id, scope, label, value, whole, group[0].unit, names, note)


def _voices(group: Iterable[Position]) -> list[Mention]:
    """One mention for each origin: a voice that says two things is heard with the first."""
    heard: dict[str, Mention] = {}
    for mention in sorted((m for position in group for m in position.mentions), key=lambda mention: mention.order):
        heard.setdefault(mention.origin.key, mention)
    return list(heard.values())


def _settled(
    knowledge: Knowledge, measure: Measure, voices: Sequence[Mention], whole: Interval
) -> tuple[Interval | None, str]:
    declared = [voice for voice in voices if measure.authority and voice.figure.source == measure.authority]
    if declared:
        return declared[0].reading.stated, f"{declared[0].origin.name} is the declared authority."
    if any(end is None for voice in voices for end in (voice.reading.stated.low, voice.reading.stated.high)):
        return None, "No consensus: a voice leaves an end unsaid."
    if (apart := _too_wide(voices, whole)) and len(voices) > 1:
        return None, f"No consensus: {apart}."
    weighed = [(voice.reading.stated, said_weight(knowledge, voice.figure)) for voice in voices]
    low = median([(span.low, weight) for span, weight in weighed if span.low is not None])
    high = median([(span.high, weight) for span, weight in weighed if span.high is not None])
    value = Interval(min(low, high), max(low, high))
    if len(voices) == 1:
        return value, "One voice only: nothing confirms it."
    return value, f"Weighted median of {len(voices)} independent voices."


def _too_wide(voices: Sequence[Mention], whole: Interval) -> str:
    """How far the voices lie apart, where that is too far; empty where it is not."""
    points = voices[0].reading.percent
    low, high = whole.low, whole.high
    if low is None or high is None:
        return "the voices set no limits"
    gap = distance(Interval.at(low), Interval.at(high), points=points)
    if points:
        return f"the voices lie {number((high - low) * 100)} points apart" if high - low > WIDEST_POINTS else ""
    if gap.near is None:
        return "the voices differ in sign, or one says zero"
    return f"the voices lie {times(gap.near)} times apart" if gap.near > WIDEST_RATIO else ""


def median(weighed: Sequence[tuple[Fraction, Decimal]]) -> Fraction:
    """The value at which half the weight is reached from below; the lower one where it falls between two."""
    ordered = sorted(weighed)
    half, reached = sum((weight for _, weight in ordered), Decimal(0)) / 2, Decimal(0)
    for value, weight in ordered:
        reached += weight
        if reached >= half:
            return value
    return ordered[-1][0]
