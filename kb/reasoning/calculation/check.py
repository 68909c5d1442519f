"""Stated figures compared with the results of a calculation: a pairing for each case and for each end of a spread."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from kb.domain.entity import Figure, Stance
from kb.domain.finding import Pairing, Relation, Verdict
from kb.domain.formula import Compare
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.domain.wording import interval_words, opened_interval_words, quantity_words
from kb.reasoning.calculation.case import MODES, Case, Option, input_intervals
from kb.reasoning.calculation.result import Check, Choice
from kb.reasoning.comparison.tolerance import NormalizedQuantity, scaled
from kb.reasoning.comparison.verdict import LEAST_SEVERITY, RANK, TENSION_FACTOR, compare, decimal, distance
from kb.reasoning.explanation.difference import gap_sentence, gap_words
from kb.reasoning.explanation.sentence import comparison_sentence, conversion_sentences, make_side
from kb.reasoning.findings.assembly import discounted_severity, rounded_severity
from kb.reasoning.findings.mention import in_points, normalized_quantity
from kb.reasoning.findings.origin import origin_of
from kb.reasoning.scope import ScopeDifferenceKind, compare_scopes

_MOST_RESULTS = 4
"""So many results are told one by one."""


def breaks_bound(result: Interval | None, stated: NormalizedQuantity) -> bool:
    """Whether ``stated`` has a bound and no value of ``result`` keeps to it."""
    return result is not None and bool(_bound_words(stated)) and not result.meets(stated.allowed)


def broken_bound_sentence(result: Interval, stated: NormalizedQuantity) -> str:
    """That a result lies beyond the bound of what is stated; empty where it does not."""
    if not breaks_bound(result, stated):
        return ""
    return f"As it stands the result is {_bound_side(stated, kept=False)} {_bound_words(stated)}, and so breaks it."


def further_result_sentences(pairings: Sequence[Pairing], stated: NormalizedQuantity, lead: str = "") -> str:
    """What results that are not told already come to, each once; empty for none and for what cannot be compared.

    ``lead`` stands in front; without it they are called the others.
    """
    pairing_by_result = {
        pairing.left_stated: pairing for pairing in pairings if pairing.left_stated and pairing.relation
    }
    far = {
        result: pairing
        for result, pairing in pairing_by_result.items()
        if _keeps_bound_far_off(result, pairing, stated)
    }
    phrases = [
        _result_phrase(pairing, result, stated) for result, pairing in pairing_by_result.items() if result not in far
    ]
    far_off_sentence = _far_off_sentences(list(far), stated)
    return " ".join(
        filter(
            None,
            [
                far_off_sentence and lead + far_off_sentence,
                _phrase_list(phrases, lead or _default_lead(phrases, also=bool(far))),
            ],
        )
    )


def _keeps_bound_far_off(result: Interval, pairing: Pairing, stated: NormalizedQuantity) -> bool:
    unsettled = pairing.verdict in (Verdict.TENSION, Verdict.CONFLICT)
    return unsettled and bool(_bound_words(stated)) and stated.allowed.encloses(result)


def _far_off_sentences(results: Sequence[Interval], stated: NormalizedQuantity) -> str:
    """Which results keep to the bound and lie far from the number all the same."""
    if not results:
        return ""
    words = _conjunction([interval_words(interval, stated.unit) for interval in results[:_MOST_RESULTS]], len(results))
    gaps = "; ".join(filter(None, (_distance_words(interval, stated) for interval in results[:_MOST_RESULTS])))
    keep, can = ("keeps", "It") if len(results) == 1 else ("keep", "They")
    lie = f"{'lies' if len(results) == 1 else 'lie'} far {_bound_side(stated, kept=True)} it{gaps and ': '}{gaps}"
    kind = "ceiling" if stated.bound.is_ceiling else "floor"
    because = f"{can} can be true, because it is a {kind}; otherwise this would be a conflict."
    return f"{words} {keep} to {_bound_words(stated)}, but {lie}. {because}"


def _default_lead(phrases: Sequence[str], *, also: bool) -> str:
    return "Of the others: " if also else "The other result: " if len(phrases) == 1 else "The other results: "


def _phrase_list(phrases: Sequence[str], lead: str) -> str:
    if not phrases:
        return ""
    more = [] if len(phrases) <= _MOST_RESULTS else [f"and {len(phrases) - _MOST_RESULTS} more"]
    return lead + "; ".join([*phrases[:_MOST_RESULTS], *more]) + "."


def _conjunction(words: Sequence[str], number: int) -> str:
    if number > len(words):
        return f"{', '.join(words)} and {number - len(words)} more"
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _result_phrase(pairing: Pairing, result: Interval, stated: NormalizedQuantity) -> str:
    words = interval_words(result, stated.unit)
    if pairing.verdict is Verdict.AGREEMENT:
        return f"{words} agrees"
    if pairing.verdict is Verdict.ROUNDING:
        return f"{words} agrees but for rounding"
    gap = _distance_words(result, stated)
    what = f"breaks {_bound_words(stated)}" if breaks_bound(result, stated) else f"is in {pairing.verdict}"
    return f"{words} {what}{gap and ': '}{gap}"


def _bound_words(stated: NormalizedQuantity) -> str:
    """The bound of a stated number as it was said; empty where it has none."""
    if stated.quantity is None or not stated.bounded:
        return ""
    return f"“{quantity_words(stated.quantity)}”"


def _bound_side(stated: NormalizedQuantity, *, kept: bool) -> str:
    return "below" if stated.bound.is_ceiling is kept else "above"


def _distance_words(result: Interval, stated: NormalizedQuantity) -> str:
    gap = distance(result, stated.stated, points=stated.percent)
    return "" if gap.near in (None, Fraction(0), Fraction(1)) else gap_words(result, stated.stated, stated.unit, gap)


def check_figure(knowledge: Knowledge, cases: Sequence[Case], id: Id) -> Check:
    """What comes of laying figure ``id`` beside ``cases``, of which there is at least one.

    Where some results come of the numbers of the figure's own voice or source, those decide: what it reckons with its
    own numbers is right or wrong, whatever others say of these.
    """
    figure = knowledge.figures[id]
    if isinstance(cases[0].expr, Compare):
        stated, compared_cases, ends = None, cases, []
        results = [
            _comparison_pairing(knowledge, figure, case, name)
            for case, name in zip(cases, case_labels(cases), strict=True)
        ]
    else:
        stated, compared_cases = normalized_quantity(knowledge, figure), cases_in_scope(knowledge, figure, cases)
        results, ends = (
            list(_result_pairings(knowledge, figure, stated, compared_cases)),
            list(_spread_end_pairings(knowledge, figure, stated, compared_cases)),
        )
    contested = _contested_inputs([case.option for case in compared_cases])
    own: list[Pairing] = []
    foreign: list[Pairing] = []
    for pairing, case in zip(results, compared_cases, strict=True):
        (own if _uses_own_numbers(knowledge, figure, case, contested) else foreign).append(pairing)
    deciding, aside = (own, foreign) if own else (foreign, own)
    worst = max(
        [*deciding, *ends],
        key=lambda pairing: (RANK[pairing.verdict], _breaks_stated_bound(pairing, stated), pairing.severity),
    )
    explanation = " ".join(filter(None, [worst.explanation, *_further_explanations(worst, deciding, aside, stated)]))
    return Check(id, worst.verdict, worst.severity, _joint_relation(deciding), (*results, *ends), explanation)


def _further_explanations(
    worst: Pairing, deciding: Sequence[Pairing], aside: Sequence[Pairing], stated: NormalizedQuantity | None
) -> Iterator[str]:
    """What the results beside the worst come to: those that decide as it does, then those of others' numbers."""
    if stated is None:
        return
    yield further_result_sentences(
        [pairing for pairing in deciding if pairing is not worst and pairing.right_stated == worst.right_stated], stated
    )
    yield further_result_sentences(aside, stated, "With the numbers of others: ")


def _uses_own_numbers(knowledge: Knowledge, figure: Figure, case: Case, contested: Set[str]) -> bool:
    """Whether every input on which the cases differ is what the figure's own voice or its source says."""
    contested_figures = [
        choice.figures for choice in case.option.choices if choice.figures and choice.outermost in contested
    ]
    return bool(contested_figures) and all(
        any(_shares_source_or_origin(knowledge, figure, id) for id in figures) for figures in contested_figures
    )


def _shares_source_or_origin(knowledge: Knowledge, figure: Figure, id: Id) -> bool:
    used_figure = knowledge.figures[id]
    return (
        used_figure.source == figure.source or origin_of(knowledge, used_figure).key == origin_of(knowledge, figure).key
    )


def _breaks_stated_bound(pairing: Pairing, stated: NormalizedQuantity | None) -> bool:
    """Whether a result lies beyond the bound of the stated number, where that has one."""
    return stated is not None and breaks_bound(pairing.left_stated, stated)


def _joint_relation(results: Sequence[Pairing]) -> Relation | None:
    """How the results lie to the stated number, all together: overlapping where they do not all lie alike."""
    relations = {pairing.relation for pairing in results}
    return relations.pop() if len(relations) == 1 else Relation.OVERLAPPING


def cases_in_scope(knowledge: Knowledge, figure: Figure, cases: Sequence[Case]) -> list[Case]:
    """The cases about what the figure is about; all of them where none is."""
    kind = knowledge.measures[figure.measure].kind
    kept = [
        case
        for case in cases
        if not any(
            difference.kind is ScopeDifferenceKind.NAMED
            for difference in compare_scopes(knowledge, kind, case.option.scope, figure.scope).differences
        )
    ]
    return kept or list(cases)


def _result_pairings(
    knowledge: Knowledge, figure: Figure, stated: NormalizedQuantity, cases: Sequence[Case]
) -> Iterator[Pairing]:
    pair = _comparable_pairing if _has_same_dimension(knowledge, stated, cases) else _not_comparable_pairing
    for case, name in zip(cases, case_labels(cases), strict=True):
        yield pair(knowledge, figure, stated, case, name)


def _has_same_dimension(knowledge: Knowledge, stated: NormalizedQuantity, cases: Sequence[Case]) -> bool:
    return knowledge.unit(stated.unit).same_dimension(cases[0].unit)


def normalized_result(knowledge: Knowledge, case: Case, unit: str) -> NormalizedQuantity:
    """A case's result as a reading in ``unit``."""
    factor = 1 / knowledge.unit(unit).factor
    stated, allowed = scaled(case.values["stated"], factor), scaled(case.values["allowed"], factor)
    return NormalizedQuantity(unit, stated, allowed, stated, stated, allowed, allowed, case.spread, in_points(unit))


def target_interval(knowledge: Knowledge, figure: Figure) -> Interval:
    """What a figure states, in base units of its measure."""
    stated = normalized_quantity(knowledge, figure)
    return scaled(stated.stated, knowledge.unit(stated.unit).factor)


def case_labels(cases: Sequence[Case]) -> list[str]:
    """Whose numbers each result was computed from, as far as the cases differ in their values or one is alleged."""
    named = voice_labels([case.option for case in cases])
    return [f"Computed from {labels}" if labels else "Computed" for labels in named]


def voice_labels(options: Sequence[Option]) -> list[str]:
    """Whose numbers each of ``options`` takes, where they differ; what is only alleged is told in any case."""
    contested = _contested_inputs(options)
    return [_voice_label(option, contested) for option in options]


def _contested_inputs(options: Sequence[Option]) -> frozenset[str]:
    """Names of the inputs in whose values ``options`` differ."""
    boxes = [input_intervals(option) for option in options]
    return frozenset(name for name in boxes[0] if len({box[name] for box in boxes}) > 1)


def _voice_label(option: Option, varying: Set[str]) -> str:
    named_choices = [
        choice for choice in option.choices if choice.figures and (choice.alleged or choice.outermost in varying)
    ]
    return "; ".join(dict.fromkeys(choice.label + _allegation_words(option, choice) for choice in named_choices))


def _allegation_words(option: Option, choice: Choice) -> str:
    """The value of a choice with the word "allegedly", where it is only alleged."""
    if not choice.alleged:
        return ""
    leaf = option.leaves.get(choice.leaf)
    if leaf is None:
        return " (alleged)"
    unit = leaf.unit
    stated, allowed = (scaled(leaf.values[mode], 1 / unit.factor) for mode in MODES)
    return f" (allegedly {opened_interval_words(stated, allowed, str(unit))})"


def _weakened_severity(knowledge: Knowledge, severity: Fraction, figure: Figure, cases: Sequence[Case]) -> Decimal:
    """A severity less what doubts about the stated figure take off, and about figures that are alleged in all cases."""
    choices = [{id for choice in case.option.choices if choice.alleged for id in choice.figures} for case in cases]
    alleged = set.intersection(*choices)
    return rounded_severity(discounted_severity(severity, [figure, *(knowledge.figures[id] for id in alleged)]))


def _comparable_pairing(
    knowledge: Knowledge, figure: Figure, stated: NormalizedQuantity, case: Case, label: str
) -> Pairing:
    result = normalized_result(knowledge, case, stated.unit)
    comparison = compare(_without_inner_spread(result, stated), stated)
    name = origin_of(knowledge, figure).name
    words = comparison_sentence(
        make_side(label, result), make_side(name, stated, alleged=figure.stance is Stance.ALLEGED), comparison
    )
    bound_words = broken_bound_sentence(result.stated, stated) if comparison.verdict is Verdict.TENSION else ""
    return Pairing(
        (),
        (figure.id,),
        label,
        name,
        result.stated,
        stated.stated,
        stated.unit,
        comparison.verdict,
        comparison.relation,
        comparison.ratio,
        _weakened_severity(knowledge, comparison.severity, figure, [case]),
        " ".join(filter(None, [words, bound_words, *conversion_sentences(case.option.conversions)])),
    )


def _without_inner_spread(result: NormalizedQuantity, stated: NormalizedQuantity) -> NormalizedQuantity:
    """A computed spread inside a stated one contradicts nothing: the ends that it does not reach are told apart."""
    return replace(result, spread=False) if stated.stated.encloses(result.stated) else result


def _not_comparable_pairing(
    knowledge: Knowledge, figure: Figure, stated: NormalizedQuantity, case: Case, label: str
) -> Pairing:
    name = origin_of(knowledge, figure).name
    words = f"The result is in {case.outcome.unit}, the stated number in {stated.unit}: they cannot be compared."
    nothing = rounded_severity(Fraction(0))
    return Pairing(
        (),
        (figure.id,),
        label,
        name,
        None,
        stated.stated,
        stated.unit,
        Verdict.NOT_COMPARABLE,
        None,
        None,
        nothing,
        words,
    )


def _spread_end_pairings(
    knowledge: Knowledge, figure: Figure, stated: NormalizedQuantity, cases: Sequence[Case]
) -> Iterator[Pairing]:
    """One tension for each end of a stated spread that no result reaches; the positions recorded need not be all."""
    if not stated.spread or not _has_same_dimension(knowledge, stated, cases):
        return
    results = [normalized_result(knowledge, case, stated.unit) for case in cases]
    for which in ("low", "high"):
        end = stated.end(which)
        if end is None or end.stated.low is None or any(_reaches(result, end) for result in results):
            continue
        nearest = _nearest_result(results, end.stated, stated.stated)
        gap = distance(nearest, end.stated, points=stated.percent)
        severity = max(TENSION_FACTOR * gap.severity, LEAST_SEVERITY)
        result_words = ", ".join(
            dict.fromkeys(opened_interval_words(result.stated, result.allowed, stated.unit) for result in results)
        )
        end_words = interval_words(end.stated, stated.unit)
        words = f"The stated {which} end is {end_words}; the recorded figures give {result_words}"
        words += f", and none gives {end_words}."
        opposite_end_words = _reached_end_sentence("high" if which == "low" else "low", stated, results)
        distance_words = gap_sentence(nearest, end.stated, stated.unit, gap)
        yield Pairing(
            (),
            (figure.id,),
            f"computed, nearest to the {which} end",
            origin_of(knowledge, figure).name,
            nearest,
            end.stated,
            stated.unit,
            Verdict.TENSION,
            Relation.DISJOINT,
            None if gap.points or gap.near is None else decimal(gap.near, 4),
            _weakened_severity(knowledge, severity, figure, cases),
            " ".join(
                filter(
                    None,
                    [words, distance_words, opposite_end_words, "The positions on record need not be all there are."],
                )
            ),
        )


def _reached_end_sentence(which: str, stated: NormalizedQuantity, results: Sequence[NormalizedQuantity]) -> str:
    """That the other end does come out, where it does."""
    end = stated.end(which)
    if end is None or not any(_reaches(result, end) for result in results):
        return ""
    return f"The {which} end, {interval_words(end.stated, stated.unit)}, does come out."


def _reaches(result: NormalizedQuantity, end: NormalizedQuantity) -> bool:
    """Whether a result gives ``end``, perhaps rounded; a mere limit gives only what it states."""
    if result.stated.meets(end.stated):
        return True
    limited = result.allowed != result.stated
    return not limited and (result.stated.meets(end.rounded) or result.stated.meets(end.truncated))


def _nearest_result(results: Sequence[NormalizedQuantity], end: Interval, whole: Interval) -> Interval:
    """The result that comes nearest to ``end``, of those inside the stated range if there are any."""
    inside = [result.stated for result in results if whole.encloses(result.stated)]

    def distance_to_end(values: Interval) -> Fraction:
        at = end.low or Fraction(0)
        return min(abs(at - side) for side in (values.low, values.high) if side is not None)

    finite = [
        interval
        for interval in (inside or [r.stated for r in results])
        if interval.low is not None or interval.high is not None
    ]
    return min(finite, key=distance_to_end) if finite else end


def _comparison_pairing(knowledge: Knowledge, figure: Figure, case: Case, label: str) -> Pairing:
    """A comparison that a figure illustrates: agreement where it holds, conflict where it fails."""
    outcome = case.outcome
    verdict = {True: Verdict.AGREEMENT, False: Verdict.CONFLICT, None: Verdict.TENSION}[outcome.truth]
    relation = {True: Relation.INSIDE, False: Relation.DISJOINT, None: Relation.OVERLAPPING}[outcome.truth]
    truth_words = {
        True: "holds",
        False: "fails",
        None: "is undecided: it holds for some of the values and fails for others",
    }
    base = {Verdict.AGREEMENT: Fraction(0), Verdict.CONFLICT: Fraction(1)}.get(verdict, Fraction(1, 2))
    doubted = {choice.input for choice in outcome.choices if choice.alleged}
    values = [
        f"{step.text} = {'allegedly ' * (step.text in doubted)}{interval_words(step.stated, step.unit)}"
        for step in outcome.steps[:-1]
    ]
    words = f"{outcome.steps[-1].text} {truth_words[outcome.truth]}: {'; '.join(values)}."
    return Pairing(
        (),
        (figure.id,),
        label,
        origin_of(knowledge, figure).name,
        outcome.stated,
        None,
        outcome.unit,
        verdict,
        relation,
        None,
        _weakened_severity(knowledge, base, figure, [case]),
        words,
    )
