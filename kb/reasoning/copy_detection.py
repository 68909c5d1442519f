"""Copy detection: pairs of sources that share a wrong number which they hardly share by chance.

Two sources may agree on a true number without knowing each other, and hardly on a false one (Dong, Berti-Equille and
Srivastava 2009).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
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
from kb.reasoning.argumentation.weight import statement_weight
from kb.reasoning.comparison.verdict import compare
from kb.reasoning.findings.mention import Mention
from kb.reasoning.findings.origin import original_source
from kb.reasoning.findings.position import Position, survey

LIKELY = Fraction(9, 10)
"""The least score of a copy that is suspected."""

FEW_SOURCES = 4
"""A wrong number that more sources give is a common error, and says nothing about any two of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedWrongNumber:
    """A wrong number that two sources share.

    Attributes:
        left: The figure of the first source.
        right: The figure of the second source.
        number: The number that both state.
        unit: Its unit.
        opposing: The number that contradicts it, in the same unit.
        against: The figures of the position that states ``opposing``, one for each independent origin. They
            are more than those of ``number``, or as many that weigh more.
        chance: The probability that an independent error has the same digits: a tenth for each but the first.
    """

    left: Id
    right: Id
    number: Interval
    unit: str
    opposing: Interval
    against: tuple[Id, ...]
    chance: Fraction


@dataclass(frozen=True, slots=True)
class SuspectedCopy:
    """That one of two sources may have copied from the other, or both from a third.

    Attributes:
        sources: The two, in the order in which they were recorded.
        score: 1 less the product of the chances of all ``evidence``.
        evidence: The wrong numbers that they share, the least likely to be chance first.
    """

    sources: tuple[Id, Id]
    score: Fraction
    evidence: tuple[SharedWrongNumber, ...]


def suspected_copies(knowledge: Knowledge) -> tuple[SuspectedCopy, ...]:
    """Sources that may have copied from each other, the likeliest first.

    A number counts as wrong where it conflicts with a position of more independent origins on the same measure in the
    same scope, or of as many that weigh more: if the two copied, they are one origin. Two of which one is recorded to
    translate or quote the other are no suspects.
    """
    shared: dict[tuple[Id, Id], list[SharedWrongNumber]] = defaultdict(list)
    order = defaultdict(int, {id: place for place, id in enumerate(knowledge.sources)})
    for measure in knowledge.measures.values():
        for shared_number in _wrong_numbers(knowledge, measure):
            left_source, right_source = (
                knowledge.figures[shared_number.left].source,
                knowledge.figures[shared_number.right].source,
            )
            if order[left_source] < order[right_source]:
                shared[left_source, right_source].append(shared_number)
            else:
                shared[right_source, left_source].append(
                    replace(shared_number, left=shared_number.right, right=shared_number.left)
                )
    suspects = [
        _suspected_copy(sources, evidence)
        for sources, evidence in shared.items()
        if not _is_recorded(knowledge, *sources)
    ]
    return tuple(
        sorted(
            (suspect for suspect in suspects if suspect.score >= LIKELY),
            key=lambda suspect: (-suspect.score, suspect.sources),
        )
    )


def _suspected_copy(sources: tuple[Id, Id], evidence: Sequence[SharedWrongNumber]) -> SuspectedCopy:
    chance = Fraction(1)
    for shared_number in evidence:
        chance *= shared_number.chance
    return SuspectedCopy(
        sources,
        1 - chance,
        tuple(
            sorted(evidence, key=lambda shared_number: (shared_number.chance, shared_number.left, shared_number.right))
        ),
    )


def _is_recorded(knowledge: Knowledge, left: Id, right: Id) -> bool:
    left_source, right_source = knowledge.sources.get(left), knowledge.sources.get(right)
    if left_source is None or right_source is None:
        return True
    quoted = left_source.id in right_source.quotes or right_source.id in left_source.quotes
    return quoted or original_source(knowledge, left_source).id == original_source(knowledge, right_source).id


def _wrong_numbers(knowledge: Knowledge, measure: Measure) -> Iterator[SharedWrongNumber]:
    # Two figures that share a number, and at least as many against it: few measures have so many at all.
    if len(knowledge.figures_of_measure.get(measure.id, ())) <= 2:
        return
    groups: dict[object, list[Position]] = defaultdict(list)
    for position in survey(knowledge, measure).positions:
        groups[position.key, position.unit, position.normalized.period_not_stated].append(position)
    for group in groups.values():
        shared = [position for position in group if len(position.figures) > 1]
        strength = {candidate.figures[0]: _support(knowledge, candidate) for candidate in shared}
        for position in shared:
            above = [
                candidate for candidate in shared if strength[candidate.figures[0]] > strength[position.figures[0]]
            ]
            against = [candidate for candidate in above if _conflict(position, candidate)]
            for leading in sorted(against, key=lambda candidate: strength[candidate.figures[0]])[-1:]:
                yield from _shared_by_pairs(position, leading)


def _support(knowledge: Knowledge, position: Position) -> tuple[int, Decimal]:
    """How well a position is supported: by its number of independent origins, then by their weights together."""
    weights = (statement_weight(knowledge, mention.figure) for mention in position.mentions)
    return len(position.figures), sum(weights, Decimal(0))


def _conflict(position: Position, leading: Position) -> bool:
    return compare(position.normalized, leading.normalized).verdict is Verdict.CONFLICT


def _shared_by_pairs(position: Position, leading: Position) -> Iterator[SharedWrongNumber]:
    """Every two sources that state the same number of ``position``, which ``leading`` contradicts."""
    alike: dict[Interval, list[Mention]] = defaultdict(list)
    for mention in position.mentions:
        alike[mention.normalized.stated].append(mention)
    for number, mentions in alike.items():
        figures = _first_figure_of_each_source(mentions)
        chance = max(_chance(mention.figure.quantity) for mention in mentions)
        if len(figures) > FEW_SOURCES or chance == 1:
            continue
        for left, right in combinations(figures, 2):
            yield SharedWrongNumber(
                left=left.id,
                right=right.id,
                number=number,
                unit=position.unit,
                opposing=leading.normalized.stated,
                against=leading.figures,
                chance=chance,
            )


def _first_figure_of_each_source(mentions: Iterable[Mention]) -> list[Figure]:
    first: dict[Id, Figure] = {}
    for mention in mentions:
        first.setdefault(mention.figure.source, mention.figure)
    return list(first.values())


def _chance(quantity: Quantity) -> Fraction:
    """A tenth for each significant digit but the first: nobody makes up 1,372 twice, but many may say 1,000."""
    ends = {end for end in (quantity.low, quantity.high) if end is not None}
    digits = sum(len("".join(map(str, end.as_tuple().digits)).strip("0")) for end in ends)
    return Fraction(1, 10 ** max(digits - len(ends), 0))
