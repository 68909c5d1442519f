"""The consensus of at least two origins on one measure in one scope: a weighted median with its interval.

It is never a mean, never spans scopes, and never rests on one voice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import reduce

from kb.domain.entity import NON_COMMITTAL_STANCES
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.domain.scope import ScopeSelection
from kb.reasoning.argumentation.weight import statement_weight
from kb.reasoning.comparison.distance import Distance, distance
from kb.reasoning.findings.mention import Mention, independent_mentions
from kb.reasoning.findings.position import Position, Survey, survey

WIDEST_RATIO = Fraction(2)
"""There is no consensus among voices that differ by this factor or more."""

WIDEST_POINTS = Fraction(10, 100)
"""The same for percentages, as a difference: ten points."""


class ConsensusGround(StrEnum):
    """Why there is a consensus, or why there is none."""

    AUTHORITY = "authority"
    MEDIAN = "median"
    SINGLE_VOICE = "single_voice"
    ONLY_LIMITS = "only_limits"
    AUTHORITY_INCONSISTENT = "authority_inconsistent"
    END_NOT_STATED = "end_not_stated"
    NO_RATIO = "no_ratio"
    TOO_FAR_APART = "too_far_apart"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsensusBasis:
    """What a consensus rests on, or what prevents it; ``reports.words`` makes the sentence.

    Attributes:
        ground: Why there is a consensus, or why there is none.
        figures: The figures that decide, one for each voice: that of the declared authority, those in the median, those
            that leave an end unstated, or all where they are too far apart. Of a single voice all its positions.
        limits: The figures of the voices that give only a limit.
        gap: The distance between the nearest ends of the lowest and the highest voice, where they are too far apart;
            else None.
    """

    ground: ConsensusGround
    figures: tuple[Id, ...]
    limits: tuple[Id, ...] = ()
    gap: Distance | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Consensus:
    """The consensus of the voices on one measure in one scope.

    Attributes:
        measure: Id of the measure.
        scope: The scope.
        value: From the lower weighted median of the lower stated ends to the upper weighted median of the upper ones;
            None where there is no consensus.
        interval: From the lowest to the highest stated end of all voices.
        unit: Unit of both.
        origins: Names of the voices; no dependence between them is recorded.
        basis: What the value rests on, or why there is none.
    """

    measure: Id
    scope: Mapping[str, ScopeSelection]
    value: Interval | None
    interval: Interval
    unit: str
    origins: tuple[str, ...]
    basis: ConsensusBasis


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
    voices = independent_mentions(mention for position in group for mention in position.mentions)
    if len(voices) == 1:
        decision = _only_voice(group)
    else:
        decision = _authority_value(measure_survey, group) or _median_value(knowledge, voices)
    value, basis = decision
    return Consensus(
        measure=measure_survey.measure.id,
        scope=group[0].scope,
        value=value,
        interval=reduce(Interval.hull, (voice.normalized.stated for voice in voices)),
        unit=group[0].unit,
        origins=tuple(voice.origin.name for voice in voices),
        basis=basis,
    )


_Decision = tuple[Interval | None, ConsensusBasis]


def _only_voice(group: Sequence[Position]) -> _Decision:
    """No consensus, with every position that the only voice takes."""
    # Nobody agrees with a voice that is alone, be it the declared authority.
    return None, _basis(ConsensusGround.SINGLE_VOICE, [position.mentions[0] for position in group])


def _authority_value(measure_survey: Survey, group: Sequence[Position]) -> _Decision | None:
    """The value of the measure's declared authority with its basis; None where it says nothing."""
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
    stated = first.normalized.stated
    if not all(authority_mention.normalized.stated.meets(stated) for authority_mention in authority_mentions):
        return None, _basis(ConsensusGround.AUTHORITY_INCONSISTENT, [first])
    return stated, _basis(ConsensusGround.AUTHORITY, [first], limits=_limits([first]))


def _is_by_authority(mention: Mention, measure_survey: Survey) -> bool:
    return (
        mention.figure.source == measure_survey.measure.authority and mention.figure.stance not in NON_COMMITTAL_STANCES
    )


def _median_value(knowledge: Knowledge, voices: Sequence[Mention]) -> _Decision:
    if obstacle := _end_not_stated(voices) or _too_far_apart(voices):
        return None, obstacle
    # "At least 50" names no number of its own, so that it enters no median, and two limits agree on nothing.
    counted = [voice for voice in voices if not voice.normalized.bounded]
    if len(counted) < 2:
        ground = ConsensusGround.SINGLE_VOICE if counted else ConsensusGround.ONLY_LIMITS
        return None, _basis(ground, counted, limits=_limits(voices))
    weighed = [(voice.normalized.stated, statement_weight(knowledge, voice.figure)) for voice in counted]
    low, _ = weighted_medians([(span.low, weight) for span, weight in weighed if span.low is not None])
    _, high = weighted_medians([(span.high, weight) for span, weight in weighed if span.high is not None])
    return Interval(low, high), _basis(ConsensusGround.MEDIAN, counted, limits=_limits(voices))


def _end_not_stated(voices: Sequence[Mention]) -> ConsensusBasis | None:
    incomplete = [voice for voice in voices if None in (voice.normalized.stated.low, voice.normalized.stated.high)]
    return _basis(ConsensusGround.END_NOT_STATED, incomplete) if incomplete else None


def _too_far_apart(voices: Sequence[Mention]) -> ConsensusBasis | None:
    """Why voices that state both ends have no consensus: too far apart, or no ratio between them; else None."""
    # Only the nearest ends count: wide estimates that meet, as 50 to 200 and 60 to 180, are no disagreement.
    below = min(voice.normalized.stated.high or Fraction(0) for voice in voices)
    above = max(voice.normalized.stated.low or Fraction(0) for voice in voices)
    if above <= below:
        return None
    gap = distance(Interval.at(below), Interval.at(above), points=voices[0].normalized.percent)
    if gap.near is None:
        return _basis(ConsensusGround.NO_RATIO, voices)
    widest = WIDEST_POINTS if gap.points else WIDEST_RATIO
    return _basis(ConsensusGround.TOO_FAR_APART, voices, gap=gap) if gap.near >= widest else None


def _basis(
    ground: ConsensusGround, voices: Iterable[Mention], *, limits: tuple[Id, ...] = (), gap: Distance | None = None
) -> ConsensusBasis:
    return ConsensusBasis(ground=ground, figures=_ids(voices), limits=limits, gap=gap)


def _limits(voices: Iterable[Mention]) -> tuple[Id, ...]:
    return _ids(voice for voice in voices if voice.normalized.bounded)


def _ids(voices: Iterable[Mention]) -> tuple[Id, ...]:
    return tuple(voice.figure.id for voice in voices)


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
