"""Which sources may have copied from each other? They share a number that is wrong, and too rare for chance."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

from kb.domain.entity import Figure, Measure
from kb.domain.finding import Verdict
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.domain.quantity import Quantity
from kb.domain.wording import say_interval
from kb.reasoning.comparing.verdict import compare
from kb.reasoning.noticing.mention import Mention
from kb.reasoning.noticing.origin import original
from kb.reasoning.noticing.position import Position, survey
from kb.reasoning.weighing.weight import said_weight

LIKELY = Fraction(9, 10)
"""The default score: copies at least this likely are suggested."""

FEW_SOURCES = 4
"""A wrong number that more sources give is a common error, and tells nothing about any two of them."""


@dataclass(frozen=True, slots=True)
class Shared:
    """One wrong number that two sources share.

    Attributes:
        left: The figure of the one source.
        right: The figure of the other.
        number: What both state.
        unit: Its unit.
        against: The figures of the position that speaks against it, of more independent origins than say the number.
        chance: How likely somebody else's error would hit upon the same digits: a tenth for each behind the first.
        explanation: The same in words.
    """

    left: Id
    right: Id
    number: Interval
    unit: str
    against: tuple[Id, ...]
    chance: Fraction
    explanation: str


@dataclass(frozen=True, slots=True)
class Copy:
    """That one of two sources may have copied from the other, or both from a third.

    Attributes:
        sources: The two, that told first in front.
        score: From 0 to 1: what is left of 1 when the chances of all ``evidence`` are multiplied and taken off.
        evidence: The wrong numbers that they share, the least likely to be chance in front.
    """

    sources: tuple[Id, Id]
    score: Fraction
    evidence: tuple[Shared, ...]


def copies(
    knowledge: Knowledge, decided: Collection[frozenset[Id]] = frozenset(), *, least: Fraction = LIKELY
) -> tuple[Copy, ...]:
    """Sources that may have copied from each other, the likeliest first.

    A number counts as wrong where it conflicts with a position of more independent origins on the same measure in the
    same scope, or of as many that weigh more: if the two copied, they are one. Sources of which it is recorded that one
    translates or quotes the other are no news, nor are the pairs that a person has ``decided`` on.
    """
    shared: dict[tuple[Id, Id], list[Shared]] = defaultdict(list)
    order = defaultdict(int, {id: place for place, id in enumerate(knowledge.sources)})
    for measure in knowledge.measures.values():
        for one in _wrong_numbers(knowledge, measure):
            mine, theirs = knowledge.figures[one.left].source, knowledge.figures[one.right].source
            if order[mine] < order[theirs]:
                shared[mine, theirs].append(one)
            else:
                shared[theirs, mine].append(replace(one, left=one.right, right=one.left))
    found = [
        _copy(sources, evidence)
        for sources, evidence in shared.items()
        if frozenset(sources) not in decided and not _is_recorded(knowledge, *sources)
    ]
    return tuple(sorted((one for one in found if one.score >= least), key=lambda one: (-one.score, one.sources)))


def _copy(sources: tuple[Id, Id], evidence: Sequence[Shared]) -> Copy:
    chance = Fraction(1)
    for one in evidence:
        chance *= one.chance
    return Copy(sources, 1 - chance, tuple(sorted(evidence, key=lambda one: (one.chance, one.left, one.right))))


def _is_recorded(knowledge: Knowledge, left: Id, right: Id) -> bool:
    one, other = knowledge.sources.get(left), knowledge.sources.get(right)
    if one is None or other is None:
        return True
    quoted = one.id in other.quotes or other.id in one.quotes
    return quoted or original(knowledge, one).id == original(knowledge, other).id


def _wrong_numbers(knowledge: Knowledge, measure: Measure) -> Iterator[Shared]:
    if len(knowledge.figures_of_measure.get(measure.id, ())) <= 2:
        return
    groups: dict[object, list[Position]] = defaultdict(list)
    for position in survey(knowledge, measure).positions:
        groups[position.key, position.unit, position.reading.period_unsaid].append(position)
    for group in groups.values():
        shared = [position for position in group if len(position.figures) > 1]
        strength = {one.figures[0]: _strength(knowledge, one) for one in shared}
        for position in shared:
            above = [one for one in shared if strength[one.figures[0]] > strength[position.figures[0]]]
            against = [one for one in above if _conflict(position, one)]
            for leading in sorted(against, key=lambda one: strength[one.figures[0]])[-1:]:
                yield from _pairs(position, leading)


def _strength(knowledge: Knowledge, position: Position) -> tuple[int, Decimal]:
    """How many independent origins a position has; of as many, what they weigh together."""
    weights = (said_weight(knowledge, mention.figure) for mention in position.mentions)
    return len(position.figures), sum(weights, Decimal(0))


def _conflict(position: Position, leading: Position) -> bool:
    return compare(position.reading, leading.reading).verdict is Verdict.CONFLICT


def _pairs(position: Position, leading: Position) -> Iterator[Shared]:
    """Each two sources that state the very same number of this position."""
    alike: dict[Interval, list[Mention]] = defaultdict(list)
    for mention in position.mentions:
        alike[mention.reading.stated].append(mention)
    for number, mentions in alike.items():
        told = _one_a_source(mentions)
        chance = max(_chance(mention.figure.quantity) for mention in mentions)
        if len(told) > FEW_SOURCES or chance == 1:
            continue
        words = _explained(position, leading, number)
        for left, right in combinations(told, 2):
            yield Shared(left.id, right.id, number, position.unit, leading.figures, chance, words)


def _one_a_source(mentions: Iterable[Mention]) -> list[Figure]:
    first: dict[Id, Figure] = {}
    for mention in mentions:
        first.setdefault(mention.figure.source, mention.figure)
    return list(first.values())


def _chance(quantity: Quantity) -> Fraction:
    """A tenth for each digit that counts behind the first: nobody hits upon 1,372 by chance, but many upon 1,000."""
    ends = {end for end in (quantity.low, quantity.high) if end is not None}
    digits = sum(len("".join(map(str, end.as_tuple().digits)).strip("0")) for end in ends)
    return Fraction(1, 10 ** max(digits - len(ends), 0))


def _explained(position: Position, leading: Position, number: Interval) -> str:
    said, other = say_interval(number, position.unit), say_interval(leading.reading.stated, leading.unit)
    return f"Both say {said}, where {', '.join(leading.origins)} say {other}."
