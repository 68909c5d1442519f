"""What is the value that nobody states? A missing input, with its unit, solved from the figure that is checked."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kb.domain.entity import Calculation, Figure, Stance
from kb.domain.formula import Expr, FormulaError, Name, unit_of
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.domain.unit import NUMBER, Unit
from kb.domain.wording import say, say_interval, say_opened
from kb.reasoning.arithmetic import NoResult
from kb.reasoning.calculating.case import Leaf, Option
from kb.reasoning.calculating.check import target_of
from kb.reasoning.calculating.proof import proofs
from kb.reasoning.calculating.result import Implied
from kb.reasoning.calculating.solution import Solution, direction, solution, turned
from kb.reasoning.calculating.work import Unworkable, inputs
from kb.reasoning.comparing.leeway import scaled
from kb.reasoning.noticing.mention import said


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
        done.append(_with(option, name, unit, found.value, _opened(expr, name, option, found, figure)))
        told.append(_missing_value(knowledge, expr, name, found, unit, option, figure))
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
    knowledge: Knowledge, expr: Expr, name: str, found: Solution, unit: Unit, option: Option, figure: Figure
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
    words = f"{lead}{other}{loose}{taken}{proof and ': '}{proof}."
    return Implied(name, value, text, figure.id, words, further, told + other)


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
