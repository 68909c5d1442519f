"""The consensus of independent origins on one measure in one scope: a weighted median with its interval.

It is never a mean, and never spans scopes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import reduce

from kb.domain.entity import NON_COMMITTAL_STANCES
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.domain.scope import ScopeSelection
from kb.reasoning.argumentation.strength import statement_weight
from kb.reasoning.comparison.verdict import distance
from kb.reasoning.explanation.difference import say_points, say_ratio
from kb.reasoning.findings.mention import Mention
from kb.reasoning.findings.position import Position, Survey, survey

WIDEST_RATIO = Fraction(2)
"""There is no consensus among voices that differ by this factor or more."""

WIDEST_POINTS = Fraction(10, 100)
"""The same for percentages, as a difference: ten points."""


@dataclass(frozen=True, slots=True)
class Consensus:
    """The consensus of the independent voices on one measure in one scope.

    Attributes:
        measure: Id of the measure.
        scope: The scope.
        label: The scope in words.
        value: From the lower weighted median of the lower stated ends to the upper weighted median of the upper ones;
            None where there is no consensus.
        interval: From the lowest to the highest stated end of all voices.
        unit: Unit of both.
        origins: The independent voices.
        note: How it was found, or why there is none.
    """

    measure: Id
    scope: Mapping[str, ScopeSelection]
    label: str
    value: Interval | None
    interval: Interval
    unit: str
    origins: tuple[str, ...]
    note: str


def consensus(knowledge: Knowledge, measure: Id) -> tuple[Consensus, ...]:
    """A consensus for each scope with a position on ``measure``; spreads, which are no single values, take no part."""
    known_measure = knowledge.measures.get(measure)
    if known_measure is None:
        return ()
    measure_survey = survey(knowledge, known_measure)
    groups: dict[object, list[Position]] = {}
    for position in measure_survey.positions:
        if not position.normalized.spread:
            group = position.key, position.unit, position.normalized.period_not_stated
            groups.setdefault(group, []).append(position)
    return tuple(_consensus(knowledge, measure_survey, group) for group in groups.values())


def _consensus(knowledge: Knowledge, measure_survey: Survey, group: Sequence[Position]) -> Consensus:
    voices = _one_mention_per_origin(group)
    whole = reduce(Interval.hull, (voice.normalized.stated for voice in voices))
    value, note = _authority_value(measure_survey, group) or _median_value(knowledge, voices)
    names = tuple(voice.origin.name for voice in voices)
    scope = group[0].scope
    return Consensus(measure_survey.measure.id, scope, group[0].about, value, whole, group[0].unit, names, note)


def _one_mention_per_origin(group: Iterable[Position]) -> list[Mention]:
    """The first mention of each origin, in reading order."""
    first_mentions: dict[str, Mention] = {}
    for mention in sorted((m for position in group for m in position.mentions), key=lambda mention: mention.order):
        first_mentions.setdefault(mention.origin.key, mention)
    return list(first_mentions.values())


def _authority_value(measure_survey: Survey, group: Sequence[Position]) -> tuple[Interval | None, str] | None:
    """The value of the measure's declared authority, with a note; None where it says nothing."""
    if measure_survey.measure.authority is None:
        return None
    # The authority may repeat a number that others published first, so that its figure is only a dependent one.
    ids = (id for position in group for id in (*position.figures, *position.dependents))
    authority_mentions = sorted(
        (
            authority_mention
            for id in ids
            if _is_by_authority(authority_mention := measure_survey.mentions[id], measure_survey)
        ),
        key=lambda mention: mention.order,
    )
    if not authority_mentions:
        return None
    first = authority_mentions[0]
    if not all(
        authority_mention.normalized.stated.meets(first.normalized.stated) for authority_mention in authority_mentions
    ):
        return None, f"No consensus: {first.origin.name}, the declared authority, gives more than one number."
    return first.normalized.stated, f"{first.origin.name} is the declared authority.{_limit_words([first])}"


def _is_by_authority(mention: Mention, measure_survey: Survey) -> bool:
    return (
        mention.figure.source == measure_survey.measure.authority and mention.figure.stance not in NON_COMMITTAL_STANCES
    )


def _median_value(knowledge: Knowledge, voices: Sequence[Mention]) -> tuple[Interval | None, str]:
    if any(end is None for voice in voices for end in (voice.normalized.stated.low, voice.normalized.stated.high)):
        return None, "No consensus: a voice leaves an end unsaid."
    if apart := _distance_words(voices):
        return None, f"No consensus: {apart}."
    # "At least 50" names no number of its own: beside voices that give one, it enters no median.
    counted = [voice for voice in voices if not voice.normalized.bounded] or voices
    weighed = [(voice.normalized.stated, statement_weight(knowledge, voice.figure)) for voice in counted]
    low, _ = weighted_medians([(span.low, weight) for span, weight in weighed if span.low is not None])
    _, high = weighted_medians([(span.high, weight) for span, weight in weighed if span.high is not None])
    if len(counted) == 1:
        return Interval(low, high), f"One voice only: nothing confirms it.{_limit_words(voices)}"
    return Interval(low, high), f"Weighted median of {len(counted)} independent voices.{_limit_words(voices)}"


def _limit_words(voices: Sequence[Mention]) -> str:
    """A sentence on the voices that give only a limit; empty where none does."""
    named = [voice.origin.name for voice in voices if voice.normalized.bounded]
    verb = "gives" if len(named) == 1 else "give"
    return f" {' and '.join(named)} {verb} only a limit." if named else ""


def _distance_words(voices: Sequence[Mention]) -> str:
    """How far apart the nearest ends of the lowest and the highest voice are; empty where a consensus is possible."""
    below = min(voice.normalized.stated.high or Fraction(0) for voice in voices)
    above = max(voice.normalized.stated.low or Fraction(0) for voice in voices)
    if above <= below:
        return ""
    points = voices[0].normalized.percent
    gap = distance(Interval.at(below), Interval.at(above), points=points).near
    if gap is None:
        return "the voices differ in sign, or one says zero"
    if points:
        return f"the voices lie {say_points(gap)} apart" if gap >= WIDEST_POINTS else ""
    return f"the voices lie {say_ratio(gap)} times apart" if gap >= WIDEST_RATIO else ""


def weighted_medians(weighed: Sequence[tuple[Fraction, Decimal]]) -> tuple[Fraction, Fraction]:
    """The lower and the upper weighted median of values with their weights (Cormen et al. 2009, problem 9-2).

    They differ only where exactly half the weight lies on either side; then every value between them is a median.
    Values without weight count only where no value has any.

    >>> weighted_medians([(Fraction(10), Decimal(1)), (Fraction(14), Decimal(1))])
    (Fraction(10, 1), Fraction(14, 1))
    >>> weighted_medians([(Fraction(10), Decimal(1)), (Fraction(14), Decimal(2))])
    (Fraction(14, 1), Fraction(14, 1))
    """
    ordered = sorted(weighted_value for weighted_value in weighed if weighted_value[1]) or sorted(
        (value, Decimal(1)) for value, _ in weighed
    )
    return _first_past_half(ordered), _first_past_half(ordered[::-1])


def _first_past_half(ordered: Sequence[tuple[Fraction, Decimal]]) -> Fraction:
    half, reached = sum((weight for _, weight in ordered), Decimal(0)) / 2, Decimal(0)
    for value, weight in ordered:
        reached += weight
        if reached >= half:
            return value
    return ordered[-1][0]
