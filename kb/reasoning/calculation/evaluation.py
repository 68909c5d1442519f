"""Results of calculations: inputs in one currency, one outcome for each case, checks, implied values and findings."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from types import MappingProxyType

from kb.domain.entity import EXCLUDED_STANCES, Calculation, Input, InputKind, Stance
from kb.domain.finding import Finding, FindingKind, MissingRate, Verdict
from kb.domain.formula import (
    Binary,
    Compare,
    Expr,
    FormulaError,
    Name,
    common_currency,
    foreign_currencies,
    names,
    parse_formula,
    unit_of,
)
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.domain.unit import Unit
from kb.domain.unit.names import plain_unit
from kb.reasoning.arithmetic import multiply
from kb.reasoning.calculation.case import Case, contested_inputs, evaluate_case, input_intervals, subexpressions
from kb.reasoning.calculation.check import check_figure, checkable_figures, exchange_for_check
from kb.reasoning.calculation.implied_value import required_values, solve_missing_input
from kb.reasoning.calculation.option import (
    MODES,
    Leaf,
    Option,
    Values,
    combined_options,
    fixed_options,
    is_alleged,
    mixtures,
    options_from_measure,
)
from kb.reasoning.calculation.result import (
    CalculationError,
    CalculationProblem,
    Check,
    Choice,
    ChoiceKind,
    ImpliedValue,
    ProblemReason,
    Result,
)
from kb.reasoning.comparison.exchange import Conversion, Exchange
from kb.reasoning.comparison.tolerance import scaled
from kb.reasoning.findings.assembly import assemble, rates_of
from kb.reasoning.findings.mention import Days, find_exchange, normalized_quantity, time_of

_AS_STATED: Values = MappingProxyType({})


def in_one_currency(
    knowledge: Knowledge, calculation: Calculation, expr: Expr, option: Option, missing: Sequence[str]
) -> Option:
    """``option`` with each input in a foreign currency converted; itself where there is none.

    Args:
        knowledge: Where the rates are looked up.
        calculation: Its declared unit, or the figure that it checks, names the currency.
        expr: The formula.
        option: The chosen inputs.
        missing: Names of inputs that nobody states.

    Raises:
        CalculationError: No rate is recorded for the time of an input, or an input has a power of a currency.
        FormulaError: The units fit in no one currency.
    """
    # The rate is a value of its own in the formula, so that an uncertain one is the same number wherever it is used:
    # ``a + b - b`` is ``a``, whatever the rate of ``b``.
    try:
        target_currency = common_currency(expr, option.units, target_currency_of(knowledge, calculation))
    except FormulaError:
        # The unit of a missing input is not known yet; it is whatever makes the others fit.
        if missing:
            return option
        raise
    for name, currency in foreign_currencies(option.units, target_currency).items() if target_currency else ():
        option = _with_input_converted(knowledge, option, name, currency, target_currency or "")
    return option


def target_currency_of(knowledge: Knowledge, calculation: Calculation) -> str:
    """The currency of the declared unit, else of the first checked figure's measure; empty where that has none."""
    checked_measures = (knowledge.figures[id].measure for id in calculation.checks if id in knowledge.figures)
    texts = (calculation.unit, *(knowledge.measures[id].unit for id in checked_measures if id in knowledge.measures))
    units = [knowledge.unit(text) for text in texts if text]
    return units[0].currency if units else ""


def _with_input_converted(
    knowledge: Knowledge, option: Option, name: str, source_currency: str, target_currency: str
) -> Option:
    exchange = find_exchange(knowledge, source_currency, target_currency, _input_time(knowledge, option, name))
    if isinstance(exchange, MissingRate):
        raise CalculationError(
            CalculationProblem(
                reason=ProblemReason.NO_RATE, inputs=(name,), unit=source_currency, missing_rate=exchange
            )
        )
    unit = option.units[name]
    power = dict(unit.dimension)[source_currency]
    if abs(power) != 1:
        raise CalculationError(
            CalculationProblem(reason=ProblemReason.POWER_OF_CURRENCY, inputs=(name,), unit=str(unit))
        )
    rate_leaf = f"rate {source_currency} {target_currency} {' '.join(exchange.figures)}"
    rate_unit = f"{target_currency}/{source_currency}"
    leaf = Leaf(knowledge.unit(rate_unit), {mode: exchange.spans[mode] for mode in MODES})
    choice = Choice(
        input=rate_unit,
        kind=ChoiceKind.RATE,
        figures=exchange.figures,
        leaf=rate_leaf,
        value=leaf.input_value,
        alleged=is_alleged(knowledge, exchange.figures),
        exchange=exchange,
    )
    return replace(
        option,
        exprs={**option.exprs, name: Binary("*" if power > 0 else "/", option.exprs[name], Name(rate_leaf))},
        units={**option.units, name: unit.in_currency(target_currency)},
        leaves={**option.leaves, rate_leaf: leaf},
        choices=_with_rate_choice(option.choices, choice),
        conversions=(
            *option.conversions,
            _conversion(option, name, exchange if power > 0 else exchange.inverse(), target_currency),
        ),
    )


def _with_rate_choice(choices: tuple[Choice, ...], rate_choice: Choice) -> tuple[Choice, ...]:
    return choices if rate_choice in choices else (*choices, rate_choice)


def _conversion(option: Option, name: str, exchange: Exchange, target_currency: str) -> Conversion:
    unit, target_unit = option.units[name], option.units[name].in_currency(target_currency)
    base = input_intervals(option)[name]
    after = scaled(multiply(base, exchange.spans["stated"]), 1 / target_unit.factor)
    return Conversion(
        input=name,
        stated=scaled(base, 1 / unit.factor),
        unit=str(unit),
        after=after,
        into=str(target_unit),
        exchange=exchange,
    )


def _input_time(knowledge: Knowledge, option: Option, name: str) -> Days | None:
    """The latest time of an input's own figures; of all figures for an input without any, such as an assumption.

    None where no figure has a time.
    """
    own = [choice for choice in option.choices if choice.input == name or choice.input.startswith(f"{name} › ")]
    for choices in (own, option.choices):
        figures = (knowledge.figures[id] for choice in choices for id in choice.figures if id in knowledge.figures)
        times = [time for figure in figures if (time := time_of(knowledge, figure))]
        if times:
            return max(times, key=lambda days: (days[1], days[0]))
    return None


_LARGEST_FORMULA = 2000
"""Largest number of parts of an inner formula; a longer one enters the outer formula as a number."""


@dataclass(frozen=True)
class EvaluatedCalculation:
    """A calculation's result with the cases behind it, on which other calculations build.

    Attributes:
        result: The result as facts.
        cases: One for each outcome, in order; empty where the result has a problem.
    """

    result: Result
    cases: tuple[Case, ...]


def results_of(knowledge: Knowledge, wanted: Iterable[Id]) -> Mapping[Id, Result]:
    """The results of the calculations in ``wanted``, by id; unknown ids are left out, inner calculations not added.

    A calculation that cannot be evaluated has a result with a ``problem`` and no outcomes.
    """
    return {id: evaluated.result for id, evaluated in evaluated_calculations(knowledge, wanted).items()}


def evaluated_calculations(
    knowledge: Knowledge, wanted: Iterable[Id], values: Values = _AS_STATED
) -> Mapping[Id, EvaluatedCalculation]:
    """The calculations in ``wanted`` with the cases behind each result, by id; unknown ids are left out.

    ``values`` are supposed of some inputs instead of what is stated.
    """
    done: dict[Id, EvaluatedCalculation] = {}
    return {id: _evaluated(knowledge, id, values, done, ()) for id in wanted if id in knowledge.calculations}


def _evaluated(
    knowledge: Knowledge, id: Id, values: Values, done: dict[Id, EvaluatedCalculation], path: tuple[Id, ...]
) -> EvaluatedCalculation:
    if id not in done:
        calculation = knowledge.calculations[id]
        try:
            if id in path:
                raise CalculationError(_circle((*path[path.index(id) :], id)))
            expr = parse_formula(calculation.formula)
            used_inputs = _used_inputs(calculation, expr)
            inner = {
                input.ref: _evaluated(knowledge, input.ref, values, done, (*path, id))
                for input in used_inputs
                if input.kind is InputKind.CALCULATION and input.ref in knowledge.calculations and input.ref
            }
            options = [
                [option.supposing(values) for option in _input_options(knowledge, calculation, input, inner)]
                for input in used_inputs
            ]
            done[id] = _evaluated_cases(knowledge, calculation, expr, used_inputs, inner, options)
        except (CalculationError, FormulaError) as error:
            failed = EvaluatedCalculation(_failed_result(calculation, error), ())
            # What closes a circle is still being evaluated further up, and is recorded there: of two calculations that
            # rest on each other both have the problem.
            if id in path:
                return failed
            done[id] = failed
    return done[id]


def _circle(ids: tuple[Id, ...]) -> CalculationProblem:
    return CalculationProblem(reason=ProblemReason.CIRCLE, calculations=ids)


def _failed_result(calculation: Calculation, error: CalculationError | FormulaError) -> Result:
    return Result(
        calculation=calculation.id,
        unit=calculation.unit,
        problem=error.problem
        if isinstance(error, CalculationError)
        else CalculationProblem(reason=ProblemReason.FORMULA, text=str(error)),
        missing=tuple(input.name for input in calculation.inputs if input.kind is InputKind.MISSING),
    )


def _used_inputs(calculation: Calculation, expr: Expr) -> list[Input]:
    """The inputs that the formula names, in the order of the calculation.

    Raises:
        CalculationError: The formula uses a name that is not an input.
    """
    # An input that the formula does not name plays no part, and makes no circle.
    unknown = set(names(expr)) - {input.name for input in calculation.inputs}
    if unknown:
        raise CalculationError(CalculationProblem(reason=ProblemReason.UNKNOWN_NAME, inputs=tuple(sorted(unknown))))
    return [input for input in calculation.inputs if input.name in names(expr)]


def _evaluated_cases(
    knowledge: Knowledge,
    calculation: Calculation,
    expr: Expr,
    used_inputs: Sequence[Input],
    inner: Mapping[Id, EvaluatedCalculation],
    input_options: Sequence[Sequence[Option]],
) -> EvaluatedCalculation:
    options = combined_options(knowledge, input_options)
    if not options:
        unstated = (InputKind.ASSUMED, InputKind.MISSING)
        stated_inputs = tuple(input.name for input in used_inputs if input.kind not in unstated)
        raise CalculationError(CalculationProblem(reason=ProblemReason.NO_COMMON_SCOPE, inputs=stated_inputs))
    missing = tuple(input.name for input in used_inputs if input.kind is InputKind.MISSING)
    options = [in_one_currency(knowledge, calculation, expr, option, missing) for option in options]
    implied: tuple[ImpliedValue, ...] = ()
    if missing:
        options, implied = solve_missing_input(knowledge, calculation, expr, options, missing)
    cases = tuple(_evaluated_case(knowledge, calculation, expr, option) for option in options)
    solved_from = frozenset(missing_value.for_figure for missing_value in implied).union(
        *(evaluated.result.solved_from for evaluated in inner.values())
    )
    checks = tuple(
        check_figure(knowledge, cases, figure.id)
        for figure in checkable_figures(knowledge, calculation)
        if figure.id not in solved_from
    )
    result = Result(
        calculation=calculation.id,
        outcomes=tuple(case.outcome for case in cases),
        hull=reduce(Interval.hull, (case.outcome.stated for case in cases)),
        unit=cases[0].outcome.unit,
        contested=contested_inputs(options),
        implied=implied if missing else tuple(required_values(knowledge, expr, cases, checks)),
        missing=missing,
        checks=checks,
        solved_from=solved_from,
    )
    return EvaluatedCalculation(result, cases)


def _input_options(
    knowledge: Knowledge, calculation: Calculation, input: Input, inner: Mapping[Id, EvaluatedCalculation]
) -> list[Option]:
    if input.kind is InputKind.MEASURE and input.ref is not None:
        options = options_from_measure(knowledge, input, input.ref)
        if not options:
            raise CalculationError(CalculationProblem(reason=ProblemReason.NO_POSITION, inputs=(input.name,)))
        return options
    if input.kind is InputKind.CALCULATION and input.ref is not None:
        return _options_from_calculation(input, inner.get(input.ref))
    options = fixed_options(knowledge, calculation, input)
    if not options:
        raise CalculationError(CalculationProblem(reason=ProblemReason.RETRACTED_FIGURE, inputs=(input.name,)))
    return options


def _options_from_calculation(input: Input, inner: EvaluatedCalculation | None) -> list[Option]:
    if inner is None or inner.result.problem:
        cause = inner.result.problem if inner else None
        raise CalculationError(CalculationProblem(reason=ProblemReason.FAILED_INPUT, inputs=(input.name,), cause=cause))
    return [_option_from_case(input, case, place) for place, case in enumerate(inner.cases)]


def _option_from_case(input: Input, case: Case, place: int) -> Option:
    """An inner calculation's case as a way to fill ``input``: its formula, or its result as a number if it is too long.

    The names of its inputs follow that of ``input``: ``cost › price``.
    """
    # With the formula put in, a price used inside and outside is one number. A comparison has no formula for a number.
    option = case.option
    expr, leaves = case.expr, option.leaves
    if sum(1 for _ in subexpressions(expr)) > _LARGEST_FORMULA or isinstance(expr, Compare):
        name = f"calculation {input.ref} {place}"
        leaf = Leaf(case.unit, {mode: case.values[mode] for mode in MODES}, case.outcome.spread)
        expr, leaves = Name(name), {name: leaf}
    return replace(
        option,
        exprs={input.name: expr},
        units={input.name: case.unit},
        leaves=leaves,
        choices=tuple(
            replace(
                choice,
                input=f"{input.name} › {choice.input}",
                value=choice.value if choice.leaf in leaves else None,
            )
            for choice in option.choices
        ),
        conversions=tuple(
            replace(conversion, input=f"{input.name} › {conversion.input}") for conversion in option.conversions
        ),
    )


def _evaluated_case(knowledge: Knowledge, calculation: Calculation, expr: Expr, option: Option) -> Case:
    unit = unit_of(expr.left if isinstance(expr, Compare) else expr, option.units)
    # The sides of a comparison have to fit as well, which the unit of the left one alone does not show.
    unit_of(expr, option.units)
    if isinstance(expr, Compare):
        shown, text = unit.simplest, str(unit.simplest)
    elif calculation.unit:
        shown, text = _declared_unit(knowledge, calculation, unit), calculation.unit
    else:
        shown, text = _unit_of_checked_figure(knowledge, calculation, unit)
    case = evaluate_case(expr, option, shown, text)
    return replace(case, outcome=replace(case.outcome, mixed=mixtures(knowledge, option.choices)))


def _unit_of_checked_figure(knowledge: Knowledge, calculation: Calculation, unit: Unit) -> tuple[Unit, str]:
    """The first unit of a checked figure that fits, so that a reader sees both in one; else the simplest unit."""
    figures = checkable_figures(knowledge, calculation)
    for text in (normalized_quantity(knowledge, figure).unit for figure in figures):
        if knowledge.unit(text).same_dimension(unit):
            return knowledge.unit(text), plain_unit(text)
    return unit.simplest, str(unit.simplest)


def _declared_unit(knowledge: Knowledge, calculation: Calculation, unit: Unit) -> Unit:
    try:
        declared = knowledge.unit(calculation.unit)
    except ValueError as error:
        raise CalculationError(CalculationProblem(reason=ProblemReason.UNKNOWN_UNIT, text=str(error))) from None
    if not declared.same_dimension(unit):
        raise CalculationError(
            CalculationProblem(reason=ProblemReason.WRONG_UNIT, unit=str(unit.simplest), wanted_unit=calculation.unit)
        )
    return declared


def check_findings(knowledge: Knowledge, results: Iterable[Result]) -> Iterator[Finding]:
    """One finding for each figure that ``results`` are checked with; for a hypothetical one only if it is refuted."""
    for result in results:
        for check in result.checks:
            # Nobody stands for a hypothesis, so that only its failing is news: "were it 40%" beside 12%.
            hypothetical = knowledge.figures[check.figure].stance is Stance.HYPOTHETICAL
            if not hypothetical or check.verdict is Verdict.CONFLICT:
                yield _check_finding(knowledge, result, check)


def _check_finding(knowledge: Knowledge, result: Result, check: Check) -> Finding:
    figure, id = knowledge.figures[check.figure], result.calculation
    used_figures = dict.fromkeys(
        figure_id
        for outcome in result.outcomes
        for choice in outcome.choices
        for figure_id in choice.figures
        if knowledge.figures[figure_id].stance not in EXCLUDED_STANCES
    )
    rates = dict.fromkeys(
        [
            *result.conversion_rates,
            *rates_of(normalized_quantity(knowledge, figure)),
            *_rates_of_check(knowledge, result, check),
        ]
    )
    used_figures = dict.fromkeys(id for id in used_figures if id not in rates)
    return assemble(
        knowledge,
        FindingKind.CHECK,
        "check",
        figure.measure,
        check.pairings,
        headline=check.worst,
        parts=[id, figure.id],
        figures=list(dict.fromkeys([figure.id, *used_figures])),
        verdict=check.verdict,
        severity=check.severity,
        relation=check.relation,
        calculation=id,
        basis=[knowledge.calculations[id].formula, result.basis],
        rates=list(rates),
    )


def _rates_of_check(knowledge: Knowledge, result: Result, check: Check) -> Iterator[Id]:
    """Figures of the rates that converted results into the currency of the figure."""
    for place in check.compared:
        exchange = exchange_for_check(knowledge, result.outcomes[place], knowledge.figures[check.figure])
        if isinstance(exchange, Exchange):
            yield from exchange.figures
