"""What do the stated numbers imply? Every calculation worked out, one outcome for each position, checked and solved."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from kb.domain.entity import Calculation, Input, InputKind, Stance
from kb.domain.formula import Compare, Expr, FormulaError, Name, names, parse_formula, unit_of
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.domain.unit import Unit
from kb.domain.unitname import plain_unit
from kb.reasoning.calculating.case import MODES, Leaf, Option, TooManyCases, fixed, from_measure, joins, mixtures
from kb.reasoning.calculating.check import checked
from kb.reasoning.calculating.converting import in_one_currency
from kb.reasoning.calculating.implied import needed
from kb.reasoning.calculating.missing import filled
from kb.reasoning.calculating.result import Implied, Outcome, Result
from kb.reasoning.calculating.work import Case, Unworkable, parts, worked
from kb.reasoning.noticing.mention import said

_LARGEST_FORMULA = 2000

_MOST_VALUES = 4
"""So many further values of an input that nobody states are told one by one."""


@dataclass(frozen=True)
class Worked:
    """A calculation with its cases; what other calculations build on."""

    result: Result
    cases: tuple[Case, ...]


def derive(knowledge: Knowledge) -> Mapping[Id, Result]:
    """The result of every calculation, by its id.

    A calculation that cannot be worked out has a result with a ``problem`` and no outcomes.
    """
    return derived(knowledge, knowledge.calculations)


def derived(knowledge: Knowledge, wanted: Iterable[Id]) -> Mapping[Id, Result]:
    """The results of the calculations in ``wanted``; those that they build on are worked out on the way."""
    return {id: one.result for id, one in worked_out(knowledge, wanted).items()}


def worked_out(knowledge: Knowledge, wanted: Iterable[Id]) -> Mapping[Id, Worked]:
    """The same with the cases behind each result."""
    done: dict[Id, Worked] = {}
    return {id: _derived(knowledge, id, done, ()) for id in wanted if id in knowledge.calculations}


def _derived(knowledge: Knowledge, id: Id, done: dict[Id, Worked], under: tuple[Id, ...]) -> Worked:
    if id not in done:
        calculation = knowledge.calculations[id]
        try:
            if id in under:
                raise Unworkable(_circle(knowledge, (*under[under.index(id) :], id)))
            expr = parse_formula(calculation.formula)
            used = _used(calculation, expr)
            inner = {
                given.ref: _derived(knowledge, given.ref, done, (*under, id))
                for given in used
                if given.kind is InputKind.CALCULATION and given.ref in knowledge.calculations and given.ref
            }
            done[id] = _worked(knowledge, calculation, expr, used, inner)
        except (Unworkable, TooManyCases, FormulaError) as error:
            missing = tuple(given.name for given in calculation.inputs if given.kind is InputKind.MISSING)
            failed = Worked(Result(id, (), None, calculation.unit, (), _sentence(str(error)), missing), ())
            if id in under:
                return failed
            done[id] = failed
    return done[id]


def _circle(knowledge: Knowledge, ids: tuple[Id, ...]) -> str:
    told = " → ".join(knowledge.calculations[id].slug for id in ids)
    return f"the calculation rests on itself: {told}"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


def _used(calculation: Calculation, expr: Expr) -> list[Input]:
    """The inputs that the formula names; others play no part, and make no circle."""
    unknown = set(names(expr)) - {given.name for given in calculation.inputs}
    if unknown:
        raise Unworkable(f"the formula names {', '.join(sorted(unknown))}, which is no input")
    return [given for given in calculation.inputs if given.name in names(expr)]


def _worked(
    knowledge: Knowledge, calculation: Calculation, expr: Expr, used: Sequence[Input], inner: Mapping[Id, Worked]
) -> Worked:
    options = joins(knowledge, [_options(knowledge, calculation, given, inner) for given in used])
    if not options:
        raise Unworkable(f"no positions on {_measures(used)} share a scope, and different scopes never meet")
    missing = tuple(given.name for given in used if given.kind is InputKind.MISSING)
    options = [in_one_currency(knowledge, calculation, expr, option, missing) for option in options]
    implied: tuple[Implied, ...] = ()
    if missing:
        options, implied = filled(knowledge, calculation, expr, options, missing)
    cases = tuple(_case(knowledge, calculation, expr, option) for option in options)
    checks = tuple(checked(knowledge, cases, id) for id in _checkable(knowledge, calculation))
    solved = tuple(one for one in needed(knowledge, expr, cases, checks)) if not missing else ()
    unit = cases[0].outcome.unit
    hull = reduce(Interval.hull, (case.outcome.stated for case in cases))
    outcomes = tuple(_mixed(knowledge, case.outcome) for case in cases)
    result = Result(calculation.id, outcomes, hull, unit, (*implied, *solved), "", missing, checks)
    return Worked(_explained(result), cases)


def _mixed(knowledge: Knowledge, outcome: Outcome) -> Outcome:
    return replace(outcome, mixed=mixtures(knowledge, outcome.choices))


def _explained(result: Result) -> Result:
    """Each check's explanation with what would have to be true instead, if one value can be named.

    Of an input that nobody states every value is named, with whose numbers it goes.
    """
    checks = []
    for check in result.checks:
        told = [one for one in result.implied if one.for_figure == check.figure]
        alone = [one for one in told if sum(one.input == other.input for other in told) == 1]
        words = _missing_values(told) if result.missing else " ".join(one.explanation for one in alone[:1])
        checks.append(replace(check, explanation=f"{check.explanation} {words}".rstrip()))
    return replace(result, checks=tuple(checks))


def _missing_values(told: Sequence[Implied]) -> str:
    """The values of an input that nobody states: the first with its arithmetic, then the others."""
    if not told:
        return ""
    first, *others = told
    further = [f"with the number of {one.whose} it is {one.told}" for one in others[:_MOST_VALUES]]
    more = [] if len(others) <= _MOST_VALUES else [f"and {len(others) - _MOST_VALUES} more"]
    return f"{first.explanation} {_sentence('; '.join([*further, *more]))}" if further else first.explanation


def _checkable(knowledge: Knowledge, calculation: Calculation) -> list[Id]:
    """Figures that may be checked: all that are told of a measure, except where the voice denies the number."""
    told = [knowledge.figures[id] for id in calculation.checks if id in knowledge.figures]
    return [one.id for one in told if one.stance is not Stance.NEGATED and one.measure in knowledge.measures]


def _measures(used: Iterable[Input]) -> str:
    named = [f"`{given.name}`" for given in used if given.kind not in (InputKind.ASSUMED, InputKind.MISSING)]
    return " and ".join(named) or "the inputs"


def _options(knowledge: Knowledge, calculation: Calculation, given: Input, inner: Mapping[Id, Worked]) -> list[Option]:
    if given.kind is InputKind.MEASURE and given.ref is not None:
        found = from_measure(knowledge, given, given.ref)
        if not found:
            raise Unworkable(f"nobody takes a position on the measure of `{given.name}`")
        return found
    if given.kind is InputKind.CALCULATION and given.ref is not None:
        return _from_calculation(given, inner.get(given.ref))
    found = fixed(knowledge, calculation, given)
    if not found:
        raise Unworkable(f"the figure of `{given.name}` is not told any more")
    return found


def _from_calculation(given: Input, inner: Worked | None) -> list[Option]:
    if inner is None or inner.result.problem:
        reason = inner.result.problem if inner else "it is not told any more."
        raise Unworkable(f"`{given.name}` could not be worked out: {reason}")
    return [_from_case(given, case, place) for place, case in enumerate(inner.cases)]


def _from_case(given: Input, case: Case, place: int) -> Option:
    """The inner formula itself, so that a value used in both is one value; a number where it has grown too long."""
    option = case.option
    expr, leaves = case.expr, option.leaves
    if sum(1 for _ in parts(expr)) > _LARGEST_FORMULA or isinstance(expr, Compare):
        name = f"calculation {given.ref} {place}"
        expr, leaves = Name(name), {name: Leaf(case.unit, {mode: case.values[mode] for mode in MODES}, case.spread)}
    choices = tuple(replace(choice, input=f"{given.name} › {choice.input}") for choice in option.choices)
    return Option(
        {given.name: expr},
        {given.name: case.unit},
        leaves,
        choices,
        option.scope,
        option.picks,
        option.pinned,
        option.given,
        tuple(replace(one, input=f"{given.name} › {one.input}") for one in option.conversions),
    )


def _case(knowledge: Knowledge, calculation: Calculation, expr: Expr, option: Option) -> Case:
    unit = unit_of(expr.left if isinstance(expr, Compare) else expr, option.units)
    unit_of(expr, option.units)
    if isinstance(expr, Compare):
        return worked(expr, option, unit.simplest, str(unit.simplest))
    if calculation.unit:
        return worked(expr, option, _declared(knowledge, calculation, unit), calculation.unit)
    shown, text = _as_checked(knowledge, calculation, unit)
    return worked(expr, option, shown, text)


def _as_checked(knowledge: Knowledge, calculation: Calculation, unit: Unit) -> tuple[Unit, str]:
    """The unit in which the first checked figure is told, so that both are read in one; else the simplest."""
    figures = (knowledge.figures[id] for id in _checkable(knowledge, calculation))
    for text in (said(knowledge, figure).unit for figure in figures):
        if knowledge.unit(text).same_dimension(unit):
            return knowledge.unit(text), plain_unit(text)
    return unit.simplest, str(unit.simplest)


def _declared(knowledge: Knowledge, calculation: Calculation, unit: Unit) -> Unit:
    try:
        declared = knowledge.unit(calculation.unit)
    except ValueError as error:
        raise Unworkable(str(error)) from None
    if not declared.same_dimension(unit):
        raise Unworkable(f"the formula gives {unit.simplest}, not {calculation.unit}")
    return declared
