"""Stated figures compared with the outcomes of a calculation.

A check has one pairing for each outcome about what the figure is about, and one for each end of a stated spread that no
outcome reaches.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from kb.domain.entity import Calculation, Figure, Stance
from kb.domain.finding import Ground, MissingRate, Pairing, PairingSide, Relation, Verdict
from kb.domain.formula import Compare
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.reasoning.arithmetic import multiply
from kb.reasoning.calculation.case import Case, contested_inputs
from kb.reasoning.calculation.result import Check, Outcome
from kb.reasoning.calculation.result_scope import differences_from_figure
from kb.reasoning.comparison.distance import distance, within_bound
from kb.reasoning.comparison.exchange import Exchange
from kb.reasoning.comparison.tolerance import NormalizedQuantity, as_written, convert_currency, limited, scaled
from kb.reasoning.comparison.verdict import LEAST_SEVERITY, TENSION_FACTOR, Comparison, compare
from kb.reasoning.findings.assembly import discounted_severity, rounded_severity
from kb.reasoning.findings.mention import find_exchange, in_points, normalized_quantity, time_of
from kb.reasoning.findings.origin import evidence_figures, origin_of


def check_figure(knowledge: Knowledge, cases: Sequence[Case], id: Id) -> Check:
    """Figure ``id`` compared with ``cases``, at least one.

    Of a formula that is a comparison the figure agrees with the cases in which it holds. Of the others, the figure is
    compared with those of the same subject and time; it is not comparable with any case where there is none, nor where
    its dimension is another than that of the result.
    """
    figure = knowledge.figures[id]
    stated = checked_quantity(knowledge, figure)
    compared = _compared_places(knowledge, figure, cases)
    compared_cases = [cases[place] for place in compared]
    contested = contested_inputs([case.option for case in compared_cases])
    if isinstance(cases[0].expr, Compare):
        pairings = [_truth_pairing(knowledge, figure, cases[place], place) for place in compared]
    elif (barrier := _unit_barrier(knowledge, compared_cases, figure)) is Ground.UNITS_DIFFER:
        pairings = [_not_comparable_pairing(figure, stated, place, barrier) for place in compared]
    # Different things in different currencies need no rate: it would not make them comparable.
    elif differences_from_figure(knowledge, compared_cases[0], figure):
        pairings = [_other_scope_pairing(knowledge, figure, stated, cases[place], place) for place in compared]
    elif isinstance(barrier, MissingRate):
        unconverted = [_not_comparable_pairing(figure, stated, place, Ground.NO_RATE) for place in compared]
        pairings = [replace(pairing, missing_rate=barrier) for pairing in unconverted]
    else:
        pairings = [_result_pairing(knowledge, figure, stated, cases[place], place) for place in compared]
        pairings += _missed_ends(knowledge, figure, stated, cases, compared)
    # Whether a voice calculates correctly is one question, whether its numbers are right another: an auditor whose $100
    # less $174 is −$74 is right, although a union puts the costs at $60.
    own = {at for at, case in enumerate(compared_cases) if _uses_own_numbers(knowledge, figure, case, contested)}
    others = set(range(len(compared))) - own
    deciding, aside = (own, others) if own else (others, own)
    return Check(
        figure=id,
        relation=_joint_relation([pairings[at] for at in sorted(deciding)]),
        pairings=tuple(pairings),
        worst=_worst(stated, pairings, [*sorted(deciding), *range(len(compared), len(pairings))]),
        deciding=tuple(sorted(deciding)),
        aside=tuple(sorted(aside)),
        contested=contested,
    )


def checked_quantity(knowledge: Knowledge, figure: Figure) -> NormalizedQuantity:
    """A stated figure as results are compared with it: in its own currency, written-out zeros as digits."""
    # Whoever checks a price in yuan wants to see yuan, in whatever currency its measure is.
    amount = normalized_quantity(knowledge, figure)
    return as_written(amount.original or amount)


def _compared_places(knowledge: Knowledge, figure: Figure, cases: Sequence[Case]) -> list[int]:
    """Places of the cases about the same thing and time as the figure; all if none is, or for a comparison."""
    every = list(range(len(cases)))
    if isinstance(cases[0].expr, Compare):
        return every
    # The result for a whole is compared with a figure on a part of it, but Anthropic's never with OpenAI's.
    in_scope = [place for place in every if not differences_from_figure(knowledge, cases[place], figure)]
    return in_scope or every


def _uses_own_numbers(knowledge: Knowledge, figure: Figure, case: Case, contested: Set[str]) -> bool:
    """Whether every input in which the cases differ is the figure's own; False for none.

    Its own are the numbers of its voice, those of its source, and those that it was derived from.
    """
    contested_figures = [
        choice.figures for choice in case.option.choices if choice.figures and choice.outermost in contested
    ]
    return bool(contested_figures) and all(
        any(_is_own(knowledge, figure, id) for id in figures) for figures in contested_figures
    )


def _is_own(knowledge: Knowledge, figure: Figure, id: Id) -> bool:
    used_figure = knowledge.figures[id]
    origin = origin_of(knowledge, used_figure).key
    if used_figure.source == figure.source or origin == origin_of(knowledge, figure).key:
        return True
    # Who takes the farms of the ministry and the harvest of the growers has not taken the ministry's harvest.
    derived_from = (knowledge.figures[base] for base in figure.derived_from if base in knowledge.figures)
    bases = (*derived_from, *evidence_figures(knowledge, figure, knowledge.origin_figure))
    return any(b.measure == used_figure.measure and origin_of(knowledge, b).key == origin for b in bases)


def _worst(stated: NormalizedQuantity, pairings: Sequence[Pairing], places: Sequence[int]) -> int:
    """The one of ``places`` whose pairing gives the verdict; the first of equals."""

    # Beside "at most −25%", 6 to 38% can be true only if an input is a mere limit, while −150% keeps to the words: a
    # result beyond the bound comes before one that lies farther off.
    def badness(place: int) -> tuple[int, bool, Decimal]:
        pairing = pairings[place]
        compared = pairing.ground is not Ground.TRUTH and pairing.verdict is not Verdict.NOT_COMPARABLE
        beyond = compared and breaks_bound(pairing.left.stated, stated)
        return pairing.verdict.rank, beyond, pairing.severity

    return max(places, key=badness)


def breaks_bound(result: Interval | None, stated: NormalizedQuantity) -> bool:
    """Whether ``stated`` is a floor or ceiling and no value of ``result`` keeps to it; False without a result."""
    return result is not None and stated.bounded and not result.meets(stated.allowed)


def keeps_bound(result: Interval | None, stated: NormalizedQuantity) -> bool:
    """Whether ``stated`` is a floor or ceiling and all of ``result`` keeps to it; False without a result."""
    return result is not None and stated.bounded and stated.allowed.encloses(result)


def keeps_bound_far_off(result: Interval | None, stated: NormalizedQuantity) -> bool:
    """Whether ``result`` keeps to the floor or ceiling ``stated`` and yet lies far from it."""
    if result is None or not keeps_bound(result, stated):
        return False
    return not within_bound(distance(result, stated.stated, points=stated.percent))


def _joint_relation(results: Sequence[Pairing]) -> Relation | None:
    """The relation that all ``results`` share; ``OVERLAPPING`` where they differ."""
    relations = {pairing.relation for pairing in results}
    return relations.pop() if len(relations) == 1 else Relation.OVERLAPPING


def normalized_outcome(knowledge: Knowledge, outcome: Outcome, figure: Figure) -> NormalizedQuantity:
    """A computed number as it is compared with ``figure``: in its unit, with the rounding of its inputs.

    It is converted by a recorded rate where the two differ in their currency; see ``exchange_for_check``.

    Raises:
        AssertionError: The figure has another dimension, or no rate is recorded.
    """
    stated_unit = checked_quantity(knowledge, figure).unit
    exchange = exchange_for_check(knowledge, outcome, figure)
    assert not isinstance(exchange, MissingRate), "what lacks a rate is not compared"
    if exchange is None:
        return _in_unit(knowledge, outcome, stated_unit)
    own_unit = knowledge.unit(stated_unit).in_currency(knowledge.unit(outcome.unit).currency)
    own = _in_unit(knowledge, outcome, str(own_unit))
    converted = convert_currency(own, exchange, stated_unit)
    # An interval of the rate widens the result as its inputs do: no hedge of the stated words covers it.
    return replace(
        converted,
        outer=multiply(own.loosened, exchange.spans["loosened"]),
        rounded_inputs=multiply(own.rounded, exchange.spans["rounded"]),
    )


def outcome_in_own_unit(knowledge: Knowledge, outcome: Outcome) -> NormalizedQuantity:
    """A computed number in the unit of its calculation."""
    return _in_unit(knowledge, outcome, outcome.unit)


def _in_unit(knowledge: Knowledge, outcome: Outcome, unit: str) -> NormalizedQuantity:
    factor = knowledge.unit(outcome.unit).factor / knowledge.unit(unit).factor
    return NormalizedQuantity(
        unit=unit,
        stated=scaled(outcome.stated, factor),
        allowed=scaled(outcome.allowed, factor),
        spread=outcome.spread,
        percent=in_points(unit),
        rounded_inputs=scaled(outcome.rounded, factor) if outcome.rounded else None,
    )


def exchange_for_check(knowledge: Knowledge, outcome: Outcome, figure: Figure) -> Exchange | MissingRate | None:
    """What converts ``outcome`` into the currency of ``figure``, or the rate that is missing; None for neither.

    The rate is that for the latest time of the numbers that went in, else for the time of the figure.
    """
    own = knowledge.unit(outcome.unit)
    difference = own.currency_difference(knowledge.unit(checked_quantity(knowledge, figure).unit))
    if difference is None or abs(difference.power) != 1:
        return None
    used_figures = (
        knowledge.figures[id]
        for choice in outcome.choices
        if choice.exchange is None
        for id in choice.figures
        if id in knowledge.figures
    )
    times = [time for used in used_figures if (time := time_of(knowledge, used))]
    when = max(times, key=lambda days: (days[1], days[0])) if times else time_of(knowledge, figure)
    exchange = find_exchange(knowledge, difference.from_currency, difference.to_currency, when)
    if isinstance(exchange, MissingRate) or difference.power > 0:
        return exchange
    # What is counted per unit of money takes the inverse rate: 100 tokens for a yuan are 700 for a dollar.
    return exchange.inverse()


def compare_outcome(knowledge: Knowledge, outcome: Outcome, figure: Figure) -> Comparison:
    """``outcome``, as the left side, compared with a stated number of its dimension."""
    stated = checked_quantity(knowledge, figure)
    result = limited(normalized_outcome(knowledge, outcome, figure), stated.within)
    result = replace(result, percent=stated.percent)
    # The positions on record need not be all there are, so that a computed spread inside a stated one contradicts
    # nothing; the ends that it does not reach have pairings of their own.
    if stated.stated.encloses(result.stated):
        result = replace(result, spread=False)
    comparison = compare(result, stated)
    # Whoever says "at most −25%" is right at −150% as well. Between two voices such a distance is worth a question,
    # since each speaks of one number; a calculation only shows that the limit is kept.
    if comparison.ground is Ground.ONLY_BOUND and keeps_bound(result.stated, stated):
        return replace(comparison, verdict=Verdict.AGREEMENT, ground=Ground.WITHIN_BOUND, severity=Fraction(0))
    return comparison


def _result_pairing(
    knowledge: Knowledge, figure: Figure, stated: NormalizedQuantity, case: Case, place: int
) -> Pairing:
    comparison = compare_outcome(knowledge, case.outcome, figure)
    computed = normalized_outcome(knowledge, case.outcome, figure).stated
    severity = _discounted(knowledge, comparison.severity, figure, [case])
    return _compared_pairing(figure, computed, stated.stated, stated.unit, comparison, severity, place)


def _compared_pairing(
    figure: Figure,
    computed: Interval,
    stated: Interval,
    unit: str,
    comparison: Comparison,
    severity: Decimal,
    place: int,
) -> Pairing:
    return Pairing(
        left=PairingSide(stated=computed),
        right=_stated_side(figure, stated),
        unit=unit,
        verdict=comparison.verdict,
        ground=comparison.ground,
        relation=comparison.relation,
        ratio=comparison.ratio,
        points=comparison.points,
        severity=severity,
        end=comparison.end,
        outcome=place,
    )


def _stated_side(figure: Figure, stated: Interval | None) -> PairingSide:
    return PairingSide(figures=(figure.id,), speaker=figure.id, stated=stated)


def _discounted(knowledge: Knowledge, severity: Fraction, figure: Figure, cases: Sequence[Case]) -> Decimal:
    """``severity`` lowered for doubts about the stated figure and about figures alleged in all ``cases``, rounded."""
    alleged_by_case = [
        {id for choice in case.option.choices if choice.alleged for id in choice.figures} for case in cases
    ]
    # A result weighs less for an allegation that it rests on; an end that is missed does so only if all rest on one.
    alleged = set.intersection(*alleged_by_case)
    return rounded_severity(discounted_severity(severity, [figure, *(knowledge.figures[id] for id in alleged)]))


def _unit_barrier(knowledge: Knowledge, cases: Sequence[Case], figure: Figure) -> MissingRate | Ground | None:
    """The missing rate, or another dimension, that keeps results from the unit of ``figure``; None for neither."""
    # The cases have one unit and may have several times, so that a rate may be missing for some of them only.
    exchanges = [exchange_for_check(knowledge, case.outcome, figure) for case in cases]
    if missing := next((exchange for exchange in exchanges if isinstance(exchange, MissingRate)), None):
        return missing
    stated_unit = knowledge.unit(checked_quantity(knowledge, figure).unit)
    convertible = exchanges[0] is not None or stated_unit.same_dimension(cases[0].unit)
    return None if convertible else Ground.UNITS_DIFFER


def _other_scope_pairing(
    knowledge: Knowledge, figure: Figure, stated: NormalizedQuantity, case: Case, place: int
) -> Pairing:
    """The pairing of a figure with a result about another thing or time."""
    differences = differences_from_figure(knowledge, case, figure)
    other_time = all(difference.left and difference.left.is_time for difference in differences)
    pairing = _not_comparable_pairing(figure, stated, place, Ground.OTHER_TIME if other_time else Ground.SCOPE)
    if isinstance(exchange_for_check(knowledge, case.outcome, figure), MissingRate):
        return replace(pairing, differences=differences)
    computed = PairingSide(stated=normalized_outcome(knowledge, case.outcome, figure).stated)
    return replace(pairing, differences=differences, left=computed)


def _not_comparable_pairing(figure: Figure, stated: NormalizedQuantity, place: int, ground: Ground) -> Pairing:
    return Pairing(
        left=PairingSide(),
        right=_stated_side(figure, stated.stated),
        unit=stated.unit,
        verdict=Verdict.NOT_COMPARABLE,
        ground=ground,
        severity=rounded_severity(Fraction(0)),
        outcome=place,
    )


def _missed_ends(
    knowledge: Knowledge, figure: Figure, stated: NormalizedQuantity, cases: Sequence[Case], compared: Sequence[int]
) -> Iterator[Pairing]:
    """One tension for each end of a stated spread that no result reaches, against the nearest result."""
    # The recorded positions need not be all there are, so that it is no conflict. Of an estimate ("10 to 70%") one
    # value inside is meant, and its ends need not come out.
    if not stated.spread:
        return
    results = {place: normalized_outcome(knowledge, cases[place].outcome, figure) for place in compared}
    for which in ("low", "high"):
        end = stated.end(which)
        if end is None or end.stated.low is None or any(reaches(result, end) for result in results.values()):
            continue
        nearest = min(results, key=lambda place: _remoteness(results[place].stated, end.stated, stated.stated))
        computed = results[nearest].stated
        gap = distance(computed, end.stated, points=stated.percent)
        severity = max(TENSION_FACTOR * gap.severity, LEAST_SEVERITY)
        comparison = Comparison(
            verdict=Verdict.TENSION,
            ground=Ground.END_NOT_REACHED,
            relation=Relation.DISJOINT,
            distance=gap,
            severity=severity,
            end=which,
        )
        discounted = _discounted(knowledge, severity, figure, [cases[place] for place in compared])
        yield _compared_pairing(figure, computed, end.stated, stated.unit, comparison, discounted, nearest)


def reaches(result: NormalizedQuantity, end: NormalizedQuantity) -> bool:
    """Whether a result comes to ``end``, perhaps rounded; a mere limit comes only to what it states."""
    if result.stated.meets(end.stated):
        return True
    limited = result.allowed != result.stated
    return not limited and (result.stated.meets(end.rounded) or result.stated.meets(end.truncated))


def _remoteness(result: Interval, end: Interval, whole: Interval) -> tuple[bool, Fraction]:
    """Sort key for results by their distance from ``end``, those within the ``whole`` stated range in front."""
    sides = [side for side in (result.low, result.high) if side is not None]
    gap = min(abs((end.low or Fraction(0)) - side) for side in sides)
    return not whole.encloses(result), gap


def _truth_pairing(knowledge: Knowledge, figure: Figure, case: Case, place: int) -> Pairing:
    """The pairing of a figure with a comparison it illustrates: agreement if that holds, conflict if it fails."""
    verdict, relation, severity = _TRUTHS[case.outcome.truth]
    return Pairing(
        left=PairingSide(stated=case.outcome.stated),
        right=_stated_side(figure, None),
        unit=case.outcome.unit,
        verdict=verdict,
        ground=Ground.TRUTH,
        relation=relation,
        severity=_discounted(knowledge, severity, figure, [case]),
        outcome=place,
        truth=case.outcome.truth,
    )


_TRUTHS = {
    True: (Verdict.AGREEMENT, Relation.INSIDE, Fraction(0)),
    False: (Verdict.CONFLICT, Relation.DISJOINT, Fraction(1)),
    None: (Verdict.TENSION, Relation.OVERLAPPING, Fraction(1, 2)),
}
"""Verdict, relation and severity of a comparison that holds, fails, or is undecided (None)."""


def checkable_figures(knowledge: Knowledge, calculation: Calculation) -> list[Figure]:
    """The figures to check: those that the calculation names, without negated ones and ones without a measure."""
    # A number that its voice denies is not expected to come out.
    figures = [knowledge.figures[id] for id in calculation.checks if id in knowledge.figures]
    return [
        figure for figure in figures if figure.stance is not Stance.NEGATED and figure.measure in knowledge.measures
    ]
