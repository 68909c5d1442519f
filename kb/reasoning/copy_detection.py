"""Copy detection: sources that share a wrong number, and numbers that may depend on those of others.

Two sources may agree on a true number without knowing each other, and hardly on a false one (Dong, Berti-Equille and
Srivastava 2009).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from kb.reasoning.calculation.check import normalized_outcome
from kb.reasoning.calculation.result import Outcome, Result
from kb.reasoning.comparison.verdict import compare
from kb.reasoning.findings.mention import Mention, normalized_quantity
from kb.reasoning.findings.origin import origin_of, original_source
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


@dataclass(frozen=True, slots=True)
class PossibleDependence:
    """That a figure may only repeat others, or be computed from them, where no dependence is recorded.

    Attributes:
        figure: The figure that may depend on others: the later of two that are equal, or a computed one.
        on: The figures that it may depend on.
        calculation: The calculation that gives it; None where it is equal to the one in ``on``.
        rounded: Whether the calculation gives it only once it is rounded.
    """

    figure: Id
    on: tuple[Id, ...]
    calculation: Id | None = None
    rounded: bool = False


def possible_dependences(knowledge: Knowledge, results: Mapping[Id, Result]) -> tuple[PossibleDependence, ...]:
    """Figures that may depend on those of others: equal to the last digit, then computed from them."""
    equal = (found for measure in knowledge.measures.values() for found in _equal_numbers(knowledge, measure))
    return (*equal, *_computed_numbers(knowledge, results))


def _equal_numbers(knowledge: Knowledge, measure: Measure) -> Iterator[PossibleDependence]:
    """For each number that several works state in the same digits and unit: whether the later repeat the first."""
    if len(knowledge.figures_of_measure.get(measure.id, ())) < 2:
        return
    for position in survey(knowledge, measure).positions:
        alike: dict[object, list[Figure]] = defaultdict(list)
        for mention in position.mentions:
            quantity = mention.figure.quantity
            # Two people may both say 1,000 without knowing each other; 1,372 is another matter.
            if _chance(quantity) < 1:
                alike[quantity.low, quantity.high, quantity.unit].append(mention.figure)
        for figures in alike.values():
            first, *later = sorted(figures, key=lambda figure: _published(knowledge, figure))
            for figure in later:
                if not _is_recorded(knowledge, first.source, figure.source):
                    yield PossibleDependence(figure.id, (first.id,))


def _published(knowledge: Knowledge, figure: Figure) -> tuple[bool, str]:
    source = knowledge.sources.get(figure.source)
    issued = source.issued if source else ""
    return not issued, issued


def _computed_numbers(knowledge: Knowledge, results: Mapping[Id, Result]) -> Iterator[PossibleDependence]:
    """Figures that a calculation gives from numbers of others: an author's own multiple or ratio, perhaps rounded."""
    for calculation in knowledge.calculations.values():
        result = results.get(calculation.id)
        for id in calculation.checks if result else ():
            figure = knowledge.figures.get(id)
            if figure is None or figure.depends_on or figure.derived_from or result is None:
                continue
            for rounded in (False, True):
                sources = (_sources_of(knowledge, outcome, figure, rounded=rounded) for outcome in result.outcomes)
                if on := next((ids for ids in sources if ids), ()):
                    yield PossibleDependence(figure.id, on, calculation.id, rounded)
                    break


def _sources_of(knowledge: Knowledge, outcome: Outcome, figure: Figure, *, rounded: bool) -> tuple[Id, ...]:
    """The figures of others of which ``outcome`` makes ``figure``, exactly or ``rounded``; empty where it does not."""
    stated = normalized_quantity(knowledge, figure)
    if knowledge.unit(outcome.unit).dimension != knowledge.unit(stated.unit).dimension:
        return ()
    ids = tuple(dict.fromkeys(id for choice in outcome.choices for id in choice.figures[:1]))
    # An assumption is the calculation's own, so that nobody could have computed the figure from the others alone.
    if len(ids) < 2 or any(not choice.figures for choice in outcome.choices):
        return ()
    own = origin_of(knowledge, figure).key
    others = any(origin_of(knowledge, knowledge.figures[id]).key != own for id in ids)
    computed = normalized_outcome(knowledge, outcome, figure)
    if not others:
        return ()
    if not rounded:
        return ids if computed.stated == stated.stated else ()
    # Many a calculation comes near a round number by chance.
    rounds = any(span.encloses(computed.stated) for span in (stated.rounded, stated.truncated))
    return ids if rounds and _chance(figure.quantity) < 1 else ()


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
