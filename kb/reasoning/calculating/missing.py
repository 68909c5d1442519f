"""What is the value that nobody states? A missing input, with its unit, solved from the figure that is checked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from kb.domain.entity import Calculation, Figure, Stance
from kb.domain.formula import Expr, FormulaError, Name, unit_of
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.domain.unit import NUMBER, Unit
from kb.domain.wording import say, say_interval, say_opened
from kb.reasoning.arithmetic import NoResult
from kb.reasoning.calculating.case import Leaf, Option
from kb.reasoning.calculating.check import target_of, whose
from kb.reasoning.calculating.proof import proofs
from kb.reasoning.calculating.result import Implied
from kb.reasoning.calculating.solution import Solution, direction, solution, turned
from kb.reasoning.calculating.work import Unworkable, inputs
from kb.reasoning.comparing.leeway import scaled
from kb.reasoning.noticing.mention import said

_TIMES = (("year", 3), ("month", 2), ("day", 2), ("hour", 1), ("minute", 1))
"""A stretch of time is told in the first of these of which it is at least so many."""


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
    for option, takers in zip(options, whose(options), strict=True):
        try:
            found = solution(expr, name, inputs(option), target_of(knowledge, figure))
        except NoResult as error:
            raise Unworkable(f"`{name}` cannot be solved for: {error}") from None
        if found is None:
            raise Unworkable(f"no value of `{name}` makes the formula give {say(figure.quantity)}")
        target = knowledge.unit(said(knowledge, figure).unit)
        unit = _unit_of_missing(knowledge, expr, name, option.units, target, found.value)
        done.append(_with(option, name, unit, found.value, _opened(expr, name, option, found, figure)))
        told.append(_missing_value(knowledge, expr, name, found, unit, option, figure, takers))
    return done, tuple(dict.fromkeys(told))


def _opened(expr: Expr, name: str, option: Option, found: Solution, figure: Figure) -> Interval:
    """What the missing value may be as the bound of the figure allows, where it is one number."""
    way = 0 if found.others else direction(expr, name, inputs(option), found.value)
    return turned(found.value, figure.quantity.bound, way)


def _with(option: Option, name: str, unit: Unit, value: Interval, allowed: Interval) -> Option:
    variable = option.exprs[name]
    assert isinstance(variable, Name)
    leaf = Leaf(unit, {"stated": value, "allowed": allowed}, missing=True)
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
    knowledge: Knowledge,
    expr: Expr,
    name: str,
    found: Solution,
    unit: Unit,
    option: Option,
    figure: Figure,
    takers: str,
) -> Implied:
    text = str(unit)
    value = scaled(found.value, 1 / unit.factor)
    crossed = scaled(found.crossed, 1 / unit.factor)
    told = say_opened(value, scaled(_opened(expr, name, option, found, figure), 1 / unit.factor), text)
    lead = f"Nobody states `{name}`; {say(figure.quantity)} implies {told}"
    wide = [one for one, values in inputs(option).items() if one != name and not values.exact]
    if value.exact and not target_of(knowledge, figure).exact and wide:
        named = " and ".join(f"`{one}`" for one in wide)
        lead += f" at both ends, so that the whole range comes from {named}"
    loose = f" (pairing low with high would leave {say_interval(crossed, text)})" if crossed != value else ""
    further = tuple(scaled(one, 1 / unit.factor) for one in found.others)
    other = "".join(f" or {say_interval(one, text)}" for one in further)
    taken = f"; {say_interval(value, text)} is taken" if other else ""
    proof = proofs(knowledge, expr, name, found, {**option.units, name: unit}, figure)
    by = f" (with the number of {takers})" if takers else ""
    words = f"{lead}{other}{by}{loose}{taken}{proof and ': '}{proof}."
    return Implied(name, value, text, figure.id, words, further, told + other, takers)


def _unit_of_missing(
    knowledge: Knowledge, expr: Expr, name: str, units: Mapping[str, Unit], target: Unit, value: Interval
) -> Unit:
    """The unit in which ``name``, of this ``value`` in base units, is told where ``expr`` comes out in ``target``.

    That of the target, or of another input, where it is of one kind with them; one of time where only times are left.
    """
    known = {one: unit for one, unit in units.items() if one != name}
    for candidate in _candidates(expr, name, known, target):
        try:
            if not unit_of(expr, {**known, name: candidate}).same_dimension(target):
                continue
        except FormulaError:
            continue
        alike = (one for one in (target, *known.values()) if one.dimension and one.same_dimension(candidate))
        return next(alike, None) or _in_time(knowledge, candidate, value) or _plain(knowledge, candidate)
    raise Unworkable(f"no unit of `{name}` makes the formula come out in {target}")


def _in_time(knowledge: Knowledge, unit: Unit, value: Interval) -> Unit | None:
    """A stretch of time as one tells it, hours in a period where ``unit`` comes to that; None for all other units.

    Terawatt-hours a year per gigawatt are hours a year.
    """
    if {root for root, _ in unit.dimension} - {"second"}:
        return None
    power = dict(unit.dimension).get("second", 0)
    if power == 1:
        longest = max((abs(end) for end in (value.low, value.high) if end is not None), default=Fraction(0))
        fitting = (name for name, least in _TIMES if longest >= least * knowledge.unit(name).factor)
        return knowledge.unit(next(fitting, "second"))
    mixed = any(len(atom.roots) > 1 for atom, _ in unit.parts)
    return knowledge.unit(f"hour/{unit.period}") if power == 0 and mixed and unit.period else None


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
