"""What do the voices come to together? A weighted median over independent origins, never a mean or across scopes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import reduce

from kb.domain.entity import ScopeValue
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.reasoning.comparing.distance import distance
from kb.reasoning.noticing.mention import SILENT_STANCES, Mention
from kb.reasoning.noticing.position import Position, Survey, survey
from kb.reasoning.telling.apart import say_points, times
from kb.reasoning.weighing.weight import said_weight

WIDEST_RATIO = Fraction(2)
"""Voices this factor apart, or farther, come to no consensus."""

WIDEST_POINTS = Fraction(10, 100)
"""The same for percentages, in points."""


@dataclass(frozen=True, slots=True)
class Consensus:
    """What the independent voices on one measure in one scope come to.

    Attributes:
        measure: Id of the measure.
        scope: The scope.
        label: The scope in words.
        value: From the lower weighted median of the lower stated ends to the upper one of the upper ends; None for no
            consensus.
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
    if found is None:
        return ()
    told = survey(knowledge, found)
    groups: dict[object, list[Position]] = {}
    for position in told.positions:
        if not position.reading.spread:
            group = position.key, position.unit, position.reading.period_unsaid
            groups.setdefault(group, []).append(position)
    return tuple(_consensus(knowledge, told, group) for group in groups.values())


def _consensus(knowledge: Knowledge, told: Survey, group: Sequence[Position]) -> Consensus:
    voices = _voices(group)
    whole = reduce(Interval.hull, (voice.reading.stated for voice in voices))
    value, note = _declared(told, group) or _settled(knowledge, voices)
    names = tuple(voice.origin.name for voice in voices)
    scope = group[0].scope
    return Consensus(told.measure.id, scope, group[0].about, value, whole, group[0].unit, names, note)


def _voices(group: Iterable[Position]) -> list[Mention]:
    """One mention for each origin: a voice that says two things is heard with the first."""
    heard: dict[str, Mention] = {}
    for mention in sorted((m for position in group for m in position.mentions), key=lambda mention: mention.order):
        heard.setdefault(mention.origin.key, mention)
    return list(heard.values())


def _declared(told: Survey, group: Sequence[Position]) -> tuple[Interval | None, str] | None:
    """What the measure's declared authority says, even where others told its number first; None where it is silent."""
    if told.measure.authority is None:
        return None
    ids = (id for position in group for id in (*position.figures, *position.dependents))
    own = sorted((one for id in ids if _heard(one := told.mentions[id], told)), key=lambda mention: mention.order)
    if not own:
        return None
    first = own[0]
    if not all(one.reading.stated.meets(first.reading.stated) for one in own):
        return None, f"No consensus: {first.origin.name}, the declared authority, gives more than one number."
    return first.reading.stated, f"{first.origin.name} is the declared authority.{_limit([first])}"


def _heard(mention: Mention, told: Survey) -> bool:
    return mention.figure.source == told.measure.authority and mention.figure.stance not in SILENT_STANCES


def _settled(knowledge: Knowledge, voices: Sequence[Mention]) -> tuple[Interval | None, str]:
    if any(end is None for voice in voices for end in (voice.reading.stated.low, voice.reading.stated.high)):
        return None, "No consensus: a voice leaves an end unsaid."
    if apart := _too_wide(voices):
        return None, f"No consensus: {apart}."
    heard = [voice for voice in voices if not voice.reading.bounded] or voices
    weighed = [(voice.reading.stated, said_weight(knowledge, voice.figure)) for voice in heard]
    low, _ = medians([(span.low, weight) for span, weight in weighed if span.low is not None])
    _, high = medians([(span.high, weight) for span, weight in weighed if span.high is not None])
    if len(heard) == 1:
        return Interval(low, high), f"One voice only: nothing confirms it.{_limit(voices)}"
    return Interval(low, high), f"Weighted median of {len(heard)} independent voices.{_limit(voices)}"


def _limit(voices: Sequence[Mention]) -> str:
    """Which voices give only a limit."""
    named = [voice.origin.name for voice in voices if voice.reading.bounded]
    verb = "gives" if len(named) == 1 else "give"
    return f" {' and '.join(named)} {verb} only a limit." if named else ""


def _too_wide(voices: Sequence[Mention]) -> str:
    """How far the voices lie apart, at the nearest ends of the lowest and the highest; empty where that is bearable."""
    below = min(voice.reading.stated.high or Fraction(0) for voice in voices)
    above = max(voice.reading.stated.low or Fraction(0) for voice in voices)
    if above <= below:
        return ""
    points = voices[0].reading.percent
    gap = distance(Interval.at(below), Interval.at(above), points=points).near
    if gap is None:
        return "the voices differ in sign, or one says zero"
    if points:
        return f"the voices lie {say_points(gap)} apart" if gap >= WIDEST_POINTS else ""
    return f"the voices lie {times(gap)} times apart" if gap >= WIDEST_RATIO else ""


def medians(weighed: Sequence[tuple[Fraction, Decimal]]) -> tuple[Fraction, Fraction]:
    """The lower and the upper weighted median: where half the weight is reached from below, and where from above.

    They are one number unless half the weight lies on either side exactly; then every value between is a median. Values
    of no weight count only where no other is given.

    >>> medians([(Fraction(10), Decimal(1)), (Fraction(14), Decimal(1))])
    (Fraction(10, 1), Fraction(14, 1))
    >>> medians([(Fraction(10), Decimal(1)), (Fraction(14), Decimal(2))])
    (Fraction(14, 1), Fraction(14, 1))
    """
    ordered = sorted(one for one in weighed if one[1]) or sorted((value, Decimal(1)) for value, _ in weighed)
    return _reached(ordered), _reached(ordered[::-1])


def _reached(ordered: Sequence[tuple[Fraction, Decimal]]) -> Fraction:
    half, reached = sum((weight for _, weight in ordered), Decimal(0)) / 2, Decimal(0)
    for value, weight in ordered:
        reached += weight
        if reached >= half:
            return value
    return ordered[-1][0]
