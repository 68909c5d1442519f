"""What would have to be true instead? Inputs solved from a checked figure: low paired with low, high with high."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from kb.domain.entity import Calculation, Figure, Stance
from kb.domain.finding import Verdict
from kb.domain.formula import Compare, Expr, FormulaError, Name, unit_of
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.domain.unit import NUMBER, Unit
from kb.domain.wording import say, say_interval
from kb.reasoning.arithmetic import NoResult
from kb.reasoning.case import MODES, Leaf, Option
from kb.reasoning.check import names_of, relevant
from kb.reasoning.enclosure import Box, slope
from kb.reasoning.explain import number
from kb.reasoning.leeway import scaled
from kb.reasoning.notice import is_settled
from kb.reasoning.position import said
from kb.reasoning.result import Check, Implied
from kb.reasoning.solve import solved
from kb.reasoning.verdict import distance
from kb.reasoning.work import Case, Unworkable, inputs

_POSITIVE = Interval(Fraction(0), None, low_open=True)
_MOST_SOLUTIONS = 40


@dataclass(frozen=True)
class Solution:
    """Values of one input at which a formula gives the target.

    Attributes:
        low: Where the target's low end is reached, with the other inputs at the ends that lower the result.
        high: Where its high end is reached, with the others at the ends that raise it.
        crossed: The values that the opposite pairing leaves room for.
    """

    low: Interval
    high: Interval
    crossed: Interval

    @property
    def value(self) -> Interval:
        """From the one to the other."""
        return self.low.hull(self.high)


def solution(expr: Expr, name: str, box: Box, target: Interval) -> Solution | None:
    """``name`` for which ``expr`` runs over ``target`` while the other names run over ``box``; None for none."""
    if target.low is None or target.high is None:
        return None
    others = {one: values for one, values in box.items() if one != name}
    ends = _ends(expr, others, {**box, name: box[name] if box[name].low is not None else _POSITIVE})
    if ends is None:
        return None
    lowering, raising = ends
    near = box[name]
    found = [
        _one(solved(expr, name, at, end), near)
        for at, end in (
            (lowering, target.low),
            (raising, target.high),
            (lowering, target.high),
            (raising, target.low),
        )
    ]
    low, high, crossed_low, crossed_high = found
    if low is None or high is None:
        return None
    crossed = low.hull(high)
    for other in (crossed_low, crossed_high):
        crossed = crossed.hull(other) if other else crossed
    return Solution(low, high, crossed)


def _ends(expr: Expr, others: Box, box: Box) -> tuple[Mapping[str, Fraction], Mapping[str, Fraction]] | None:
    lowering, raising = {}, {}
    for name, values in others.items():
        if values.low is None or values.high is None:
            return None
        rise = slope(expr, name, box)
        falls = rise.high is not None and rise.high <= 0
        lowering[name], raising[name] = (values.high, values.low) if falls else (values.low, values.high)
    return lowering, raising


def _one(found: Sequence[Interval], near: Interval) -> Interval | None:
    """Of several solutions the one nearest to what is said, of positive ones if there are any."""
    positive = [one for one in found if one.low is not None and one.low > 0] or list(found)
    aim = near.low if near.low is not None else Fraction(0)
    return min(positive, key=lambda one: abs((one.low or Fraction(0)) - aim), default=None)


def needed(knowledge: Knowledge, expr: Expr, cases: Sequence[Case], checks: Sequence[Check]) -> Iterator[Implied]:
    """For each checked figure that does not fit: what each input would need to be, all others as they are.

    Those in front explain most: one value whatever positions are chosen, then one that is a whole multiple of another
    input, then the one that changes its input least.
    """
    if isinstance(expr, Compare):
        return
    told: set[tuple[str, Id, Interval]] = set()
    for check in checks:
        if is_settled(check.verdict) or check.verdict is Verdict.NOT_COMPARABLE:
            continue
        figure = knowledge.figures[check.figure]
        for implied in _needed(knowledge, expr, relevant(knowledge, figure, cases), figure):
            key = (implied.input, implied.for_figure, implied.value)
            if key not in told and len(told) < _MOST_SOLUTIONS:
                told.add(key)
                yield implied


def _needed(knowledge: Knowledge, expr: Expr, cases: Sequence[Case], figure: Figure) -> list[Implied]:
    """For each input the needed values, told once where they do not depend on the choice among the positions."""
    ranked: list[tuple[tuple[bool, bool, Fraction], Implied]] = []
    for name in cases[0].option.exprs:
        by_value: dict[Interval, list[Case]] = {}
        for case in cases:
            box = inputs(case.option)
            found = solution(expr, name, box, target_of(knowledge, figure))
            if found and not box[name].meets(found.value):
                by_value.setdefault(found.value, []).append(case)
        for value, here in by_value.items():
            change = _change(inputs(here[0].option)[name], value)
            rank = len(here) < len(cases), not _multiple(name, value, here[0]), change
            ranked.append((rank, _implied(knowledge, name, value, here, cases, figure)))
    return [implied for _, implied in sorted(ranked, key=lambda pair: pair[0])]


_FAR_OFF = Fraction(10**9)


def _change(now: Interval, then: Interval) -> Fraction:
    """How many times the nearest ends differ; very much where a sign or a zero lies between."""
    gap = distance(now, then, points=False)
    return _FAR_OFF if gap.near is None else gap.near


def target_of(knowledge: Knowledge, figure: Figure) -> Interval:
    """What a figure states, in base units of its measure."""
    stated = said(knowledge, figure)
    return scaled(stated.stated, knowledge.unit(stated.unit).factor)


def _implied(
    knowledge: Knowledge, name: str, value: Interval, here: Sequence[Case], cases: Sequence[Case], figure: Figure
) -> Implied:
    unit = here[0].option.units[name].simplest
    shown, text = scaled(value, 1 / unit.factor), str(unit)
    given = dict.fromkeys(scaled(inputs(case.option)[name], 1 / unit.factor) for case in here)
    now = " or ".join(say_interval(one, text) for one in given)
    wanted = f"For {say(figure.quantity)} to come out, `{name}` would need to be {say_interval(shown, text)}, not {now}"
    stated = say_interval(figure.quantity.stated, figure.quantity.unit)
    exactly = f"For exactly {stated} to come out, `{name}` would need to be {say_interval(shown, text)}"
    words = exactly if any(_satisfies(knowledge, case, figure) for case in here) else wanted
    whose = "" if len(here) == len(cases) or len(given) > 1 else _with_whom(names_of(cases)[cases.index(here[0])])
    return Implied(name, shown, text, figure.id, f"{words}{whose}{_multiple(name, value, here[0])}.")


def _with_whom(label: str) -> str:
    return f" (with the number of {label.removeprefix('Computed from ')})"


def _satisfies(knowledge: Knowledge, case: Case, figure: Figure) -> bool:
    """Whether a result lies within what the figure's bound leaves open, so that nothing would need to change."""
    stated = said(knowledge, figure)
    return scaled(stated.allowed, knowledge.unit(stated.unit).factor).meets(case.values["stated"])


def _multiple(name: str, value: Interval, case: Case) -> str:
    """How many times another input of the same dimension the value is; empty where that is no whole number."""
    unit = case.option.units[name]
    for other, values in inputs(case.option).items():
        if other == name or not case.option.units[other].same_dimension(unit) or unit.is_dimensionless:
            continue
        if value.exact and values.exact and value.low and values.low and (value.low / values.low).denominator == 1:
            return f"; that is {number(value.low / values.low)} times `{other}`"
    return ""


def filled(
    knowledge: Knowledge, calculation: Calculation, expr: Expr, options: Sequence[Option], missing: Sequence[str]
) -> tuple[list[Option], tuple[Implied, ...]]:
    """``options`` with the missing input set to what the first checked figure implies, and that value.

    Raises:
        Unworkable: more than one input is missing, nothing is checked, or the formula cannot be solved.
    """
    listed = " and ".join(f"`{name}`" for name in missing)
    if len(missing) > 1:
        raise Unworkable(f"nobody states {listed}, and one equation cannot give more than one of them")
    figures = [knowledge.figures[id] for id in calculation.checks if id in knowledge.figures]
    figures = [figure for figure in figures if figure.stance is not Stance.NEGATED]
    if not figures:
        raise Unworkable(f"nobody states {listed}, and no checked figure implies it")
    name, figure = missing[0], figures[0]
    done: list[Option] = []
    told: list[Implied] = []
    for option in options:
        unit = _unit_of_missing(knowledge, expr, name, option.units, knowledge.unit(said(knowledge, figure).unit))
        try:
            found = solution(expr, name, inputs(option), target_of(knowledge, figure))
        except NoResult as error:
            raise Unworkable(f"`{name}` cannot be solved for: {error}") from None
        if found is None:
            raise Unworkable(f"no value of `{name}` makes the formula give {say(figure.quantity)}")
        done.append(_with(option, name, unit, found.value))
        told.append(_missing_value(knowledge, name, found, unit, option, figure))
    return done, tuple(dict.fromkeys(told))


def _with(option: Option, name: str, unit: Unit, value: Interval) -> Option:
    variable = option.exprs[name]
    assert isinstance(variable, Name)
    leaf = Leaf(unit, dict.fromkeys(MODES, value), spread=False, missing=True)
    return replace(
        option,
        units={**option.units, name: unit},
        leaves={**option.leaves, variable.name: leaf},
        choices=tuple(
            replace(choice, label="implied by the checked figure") if choice.input == name else choice
            for choice in option.choices
        ),
    )


def _missing_value(
    knowledge: Knowledge, name: str, found: Solution, unit: Unit, option: Option, figure: Figure
) -> Implied:
    text = str(unit)
    value = scaled(found.value, 1 / unit.factor)
    crossed = scaled(found.crossed, 1 / unit.factor)
    lead = f"Nobody states `{name}`; {say(figure.quantity)} implies {say_interval(value, text)}"
    wide = [one for one, values in inputs(option).items() if one != name and not values.exact]
    if value.exact and not target_of(knowledge, figure).exact and wide:
        named = " and ".join(f"`{one}`" for one in wide)
        lead += f" at both ends, so that the whole range comes from {named}"
    loose = f" (pairing low with high would leave {say_interval(crossed, text)})" if crossed != value else ""
    return Implied(name, value, text, figure.id, f"{lead}{loose}.")


def _unit_of_missing(knowledge: Knowledge, expr: Expr, name: str, units: Mapping[str, Unit], target: Unit) -> Unit:
    """The unit that ``name`` must have for ``expr`` to come out in ``target``; a pure number where none fits."""
    known = {one: unit for one, unit in units.items() if one != name}
    for candidate in _candidates(expr, name, known, target):
        try:
            if unit_of(expr, {**known, name: candidate}).same_dimension(target):
                return _plain(knowledge, candidate)
        except FormulaError:
            continue
    raise Unworkable(f"no unit of `{name}` makes the formula come out in {target}")


def _candidates(expr: Expr, name: str, known: Mapping[str, Unit], target: Unit) -> Iterator[Unit]:
    try:
        alone = unit_of(expr, {**known, name: NUMBER})
        yield (target / alone).simplest
        yield (alone / target).simplest
    except FormulaError:
        pass
    yield target
    yield from known.values()


def _plain(knowledge: Knowledge, unit: Unit) -> Unit:
    """``unit`` in base names (``token/query`` for ``Mtoken/query``), unless that would spell months as seconds."""
    roots = dict(unit.dimension)
    if "second" in roots or not roots:
        return unit
    over = "*".join(f"{root}**{power}" if power > 1 else root for root, power in roots.items() if power > 0)
    under = "".join(f"/{root}**{-power}" if power < -1 else f"/{root}" for root, power in roots.items() if power < 0)
    return knowledge.unit((over or "1") + under)
