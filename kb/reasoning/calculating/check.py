"""Do the stated numbers fit the computed ones? A checked figure beside every outcome, a spread also at each end."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from kb.domain.entity import Figure, MeasureKind, Stance
from kb.domain.finding import Pairing, Relation, Verdict
from kb.domain.formula import Compare
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.domain.wording import say_interval, say_opened
from kb.reasoning.calculating.bearing import bearing, beyond, is_beyond
from kb.reasoning.calculating.case import MODES, Option
from kb.reasoning.calculating.result import Check, Choice
from kb.reasoning.calculating.work import Case, inputs
from kb.reasoning.comparing.distance import decimal, distance
from kb.reasoning.comparing.leeway import Reading, scaled
from kb.reasoning.comparing.verdict import LEAST_SEVERITY, RANK, TENSION_FACTOR, compare
from kb.reasoning.noticing.mention import in_points, said
from kb.reasoning.noticing.notice import told_severity, weakened
from kb.reasoning.noticing.origin import origin_of
from kb.reasoning.scope import Apart, match
from kb.reasoning.telling.apart import apart
from kb.reasoning.telling.explain import sentence
from kb.reasoning.telling.side import conversion_sentences, side


def checked(knowledge: Knowledge, cases: Sequence[Case], id: Id) -> Check:
    """What comes of laying figure ``id`` beside ``cases``, of which there is at least one.

    Where some results come of the numbers of the figure's own voice or source, those decide: what it reckons with its
    own numbers is right or wrong, whatever others say of these.
    """
    figure = knowledge.figures[id]
    if isinstance(cases[0].expr, Compare):
        stated, here, ends = None, cases, []
        results = [_truth(knowledge, figure, case, name) for case, name in zip(cases, names_of(cases), strict=True)]
    else:
        stated, here = said(knowledge, figure), relevant(knowledge, figure, cases)
        results, ends = list(_beside(knowledge, figure, stated, here)), list(_ends(knowledge, figure, stated, here))
    contested = _contested([case.option for case in here])
    own: list[Pairing] = []
    foreign: list[Pairing] = []
    for one, case in zip(results, here, strict=True):
        (own if _is_own(knowledge, figure, case, contested) else foreign).append(one)
    deciding, aside = (own, foreign) if own else (foreign, own)
    worst = max([*deciding, *ends], key=lambda one: (RANK[one.verdict], _beyond(one, stated), one.severity))
    told = " ".join(filter(None, [worst.explanation, *_others(worst, deciding, aside, stated)]))
    return Check(id, worst.verdict, worst.severity, _relation(deciding), (*results, *ends), told)


def _others(
    worst: Pairing, deciding: Sequence[Pairing], aside: Sequence[Pairing], stated: Reading | None
) -> Iterator[str]:
    """What the results beside the worst come to: those that decide as it does, then those of others' numbers."""
    if stated is None:
        return
    yield bearing([one for one in deciding if one is not worst and one.right_stated == worst.right_stated], stated)
    yield bearing(aside, stated, "With the numbers of others: ")


def _is_own(knowledge: Knowledge, figure: Figure, case: Case, contested: Set[str]) -> bool:
    """Whether every input on which the cases differ is what the figure's own voice or its source says."""
    taken = [one.figures for one in case.option.choices if one.figures and one.outermost in contested]
    return bool(taken) and all(any(_shares(knowledge, figure, id) for id in figures) for figures in taken)


def _shares(knowledge: Knowledge, figure: Figure, id: Id) -> bool:
    other = knowledge.figures[id]
    return other.source == figure.source or origin_of(knowledge, other).key == origin_of(knowledge, figure).key


def _beyond(pairing: Pairing, stated: Reading | None) -> bool:
    """Whether a result lies beyond the bound of the stated number, where that has one."""
    return stated is not None and is_beyond(pairing.left_stated, stated)


def _relation(results: Sequence[Pairing]) -> Relation | None:
    """How the results lie to the stated number, all together: overlapping where they do not all lie alike."""
    found = {one.relation for one in results}
    return found.pop() if len(found) == 1 else Relation.OVERLAPPING


def relevant(knowledge: Knowledge, figure: Figure, cases: Sequence[Case]) -> list[Case]:
    """The cases about what the figure is about; all of them where none is."""
    kind = MeasureKind.RATIO
    kept = [
        case
        for case in cases
        if not any(
            difference.apart is Apart.NAMED
            for difference in match(knowledge, kind, case.option.scope, figure.scope).differences
        )
    ]
    return kept or list(cases)


def _beside(knowledge: Knowledge, figure: Figure, stated: Reading, cases: Sequence[Case]) -> Iterator[Pairing]:
    beside = _compared if _fits(knowledge, stated, cases) else _unfit
    for case, name in zip(cases, names_of(cases), strict=True):
        yield beside(knowledge, figure, stated, case, name)


def _fits(knowledge: Knowledge, stated: Reading, cases: Sequence[Case]) -> bool:
    return knowledge.unit(stated.unit).same_dimension(cases[0].unit)


def reading_of(knowledge: Knowledge, case: Case, unit: str) -> Reading:
    """A case's result as a reading in ``unit``."""
    factor = 1 / knowledge.unit(unit).factor
    stated, allowed = scaled(case.values["stated"], factor), scaled(case.values["allowed"], factor)
    return Reading(unit, stated, allowed, stated, stated, allowed, allowed, case.spread, in_points(unit))


def target_of(knowledge: Knowledge, figure: Figure) -> Interval:
    """What a figure states, in base units of its measure."""
    stated = said(knowledge, figure)
    return scaled(stated.stated, knowledge.unit(stated.unit).factor)


def names_of(cases: Sequence[Case]) -> list[str]:
    """Whose numbers each result was computed from, as far as the cases differ in their values or one is alleged."""
    named = whose([case.option for case in cases])
    return [f"Computed from {labels}" if labels else "Computed" for labels in named]


def whose(options: Sequence[Option]) -> list[str]:
    """Whose numbers each of ``options`` takes, where they differ; what is only alleged is told in any case."""
    contested = _contested(options)
    return [_whose(option, contested) for option in options]


def _contested(options: Sequence[Option]) -> frozenset[str]:
    """Names of the inputs in whose values ``options`` differ."""
    boxes = [inputs(option) for option in options]
    return frozenset(name for name in boxes[0] if len({box[name] for box in boxes}) > 1)


def _whose(option: Option, varying: Set[str]) -> str:
    told = [choice for choice in option.choices if choice.figures and (choice.alleged or choice.outermost in varying)]
    return "; ".join(dict.fromkeys(choice.label + _alleged(option, choice) for choice in told))


def _alleged(option: Option, choice: Choice) -> str:
    """The value of a choice with the word "allegedly", where it is only alleged."""
    if not choice.alleged:
        return ""
    leaf = option.leaves.get(choice.leaf)
    if leaf is None:
        return " (alleged)"
    unit = leaf.unit
    stated, allowed = (scaled(leaf.values[mode], 1 / unit.factor) for mode in MODES)
    return f" (allegedly {say_opened(stated, allowed, str(unit))})"


def _weakened(knowledge: Knowledge, severity: Fraction, figure: Figure, cases: Sequence[Case]) -> Decimal:
    """A severity less what doubts about the stated figure take off, and about figures that are alleged in all cases."""
    choices = [{id for choice in case.option.choices if choice.alleged for id in choice.figures} for case in cases]
    alleged = set.intersection(*choices)
    return told_severity(weakened(severity, [figure, *(knowledge.figures[id] for id in alleged)]))


def _compared(knowledge: Knowledge, figure: Figure, stated: Reading, case: Case, label: str) -> Pairing:
    result = reading_of(knowledge, case, stated.unit)
    came = compare(_within(result, stated), stated)
    name = origin_of(knowledge, figure).name
    words = sentence(side(label, result), side(name, stated, alleged=figure.stance is Stance.ALLEGED), came)
    passed = beyond(result.stated, stated) if came.verdict is Verdict.TENSION else ""
    return Pairing(
        (),
        (figure.id,),
        label,
        name,
        result.stated,
        stated.stated,
        stated.unit,
        came.verdict,
        came.relation,
        came.ratio,
        _weakened(knowledge, came.severity, figure, [case]),
        " ".join(filter(None, [words, passed, *conversion_sentences(case.option.conversions)])),
    )


def _within(result: Reading, stated: Reading) -> Reading:
    """A computed spread inside a stated one contradicts nothing: the ends that it does not reach are told apart."""
    return replace(result, spread=False) if stated.stated.encloses(result.stated) else result


def _unfit(knowledge: Knowledge, figure: Figure, stated: Reading, case: Case, label: str) -> Pairing:
    name = origin_of(knowledge, figure).name
    words = f"The result is in {case.outcome.unit}, the stated number in {stated.unit}: they cannot be compared."
    nothing = told_severity(Fraction(0))
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


def _ends(knowledge: Knowledge, figure: Figure, stated: Reading, cases: Sequence[Case]) -> Iterator[Pairing]:
    """One tension for each end of a stated spread that no result reaches; the positions recorded need not be all."""
    if not stated.spread or not _fits(knowledge, stated, cases):
        return
    results = [reading_of(knowledge, case, stated.unit) for case in cases]
    for which in ("low", "high"):
        end = stated.end(which)
        if end is None or end.stated.low is None or any(_reaches(result, end) for result in results):
            continue
        nearest = _nearest(results, end.stated, stated.stated)
        gap = distance(nearest, end.stated, points=stated.percent)
        severity = max(TENSION_FACTOR * gap.severity, LEAST_SEVERITY)
        given = ", ".join(dict.fromkeys(say_opened(one.stated, one.allowed, stated.unit) for one in results))
        said = say_interval(end.stated, stated.unit)
        words = f"The stated {which} end is {said}; the recorded figures give {given}, and none gives {said}."
        other = _other_end("high" if which == "low" else "low", stated, results)
        far = apart(nearest, end.stated, stated.unit, gap)
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
            _weakened(knowledge, severity, figure, cases),
            " ".join(filter(None, [words, far, other, "The positions on record need not be all there are."])),
        )


def _other_end(which: str, stated: Reading, results: Sequence[Reading]) -> str:
    """That the other end does come out, where it does."""
    end = stated.end(which)
    if end is None or not any(_reaches(result, end) for result in results):
        return ""
    return f"The {which} end, {say_interval(end.stated, stated.unit)}, does come out."


def _reaches(result: Reading, end: Reading) -> bool:
    """Whether a result gives ``end``, perhaps rounded; a mere limit gives only what it states."""
    if result.stated.meets(end.stated):
        return True
    limited = result.allowed != result.stated
    return not limited and (result.stated.meets(end.rounded) or result.stated.meets(end.truncated))


def _nearest(results: Sequence[Reading], end: Interval, whole: Interval) -> Interval:
    """The result that comes nearest to ``end``, of those inside the stated range if there are any."""
    inside = [result.stated for result in results if whole.encloses(result.stated)]

    def far(values: Interval) -> Fraction:
        at = end.low or Fraction(0)
        return min(abs(at - side) for side in (values.low, values.high) if side is not None)

    finite = [one for one in (inside or [r.stated for r in results]) if one.low is not None or one.high is not None]
    return min(finite, key=far) if finite else end


def _truth(knowledge: Knowledge, figure: Figure, case: Case, label: str) -> Pairing:
    """A comparison that a figure illustrates: agreement where it holds, conflict where it fails."""
    outcome = case.outcome
    verdict = {True: Verdict.AGREEMENT, False: Verdict.CONFLICT, None: Verdict.TENSION}[outcome.truth]
    relation = {True: Relation.INSIDE, False: Relation.DISJOINT, None: Relation.OVERLAPPING}[outcome.truth]
    said = {True: "holds", False: "fails", None: "is undecided: it holds for some of the values and fails for others"}
    base = {Verdict.AGREEMENT: Fraction(0), Verdict.CONFLICT: Fraction(1)}.get(verdict, Fraction(1, 2))
    doubted = {choice.input for choice in outcome.choices if choice.alleged}
    values = [
        f"{step.text} = {'allegedly ' * (step.text in doubted)}{say_interval(step.stated, step.unit)}"
        for step in outcome.steps[:-1]
    ]
    words = f"{outcome.steps[-1].text} {said[outcome.truth]}: {'; '.join(values)}."
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
        _weakened(knowledge, base, figure, [case]),
        words,
    )
