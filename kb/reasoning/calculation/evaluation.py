"""Calculations evaluated: inputs in one currency, one outcome for each case, checks, implied values and findings."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from kb.domain.entity import Calculation, Input, InputKind, Stance
from kb.domain.finding import Finding, FindingKind
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
from kb.domain.unitname import plain_unit
from kb.reasoning.arithmetic import multiply
from kb.reasoning.calculation.case import (
    MODES,
    CalculationError,
    Case,
    Leaf,
    Option,
    TooManyCases,
    combined_options,
    evaluate_case,
    fixed_options,
    input_intervals,
    is_alleged,
    mixtures,
    options_from_measure,
    subexpressions,
)
from kb.reasoning.calculation.check import check_figure
from kb.reasoning.calculation.implied_value import required_values, solve_missing_input
from kb.reasoning.calculation.result import Check, Choice, ImpliedValue, Outcome, Result
from kb.reasoning.comparison.exchange import Conversion, Exchange, NoRate
from kb.reasoning.comparison.tolerance import scaled
from kb.reasoning.findings.assembly import EXCLUDED_STANCES, assemble, rates_of
from kb.reasoning.findings.mention import Days, find_exchange, normalized_quantity, time_of


def in_one_currency(
    knowledge: Knowledge, calculation: Calculation, expr: Expr, option: Option, missing: Sequence[str]
) -> Option:
    """``option`` with every input that is in another currency than the formula needs converted; itself where none is.

    The rate is a value of its own in the formula, so that one that is uncertain is the same wherever it is used.

    Raises:
        Unworkable: No rate is recorded for the time of an input.
        FormulaError: The units fit in no one currency.
    """
    try:
        target_currency = common_currency(expr, option.units, target_currency_of(knowledge, calculation))
    except FormulaError:
        if missing:  # what it is measured in is not known yet
            return option
        raise
    for name, currency in foreign_currencies(option.units, target_currency).items() if target_currency else ():
        option = _with_input_converted(knowledge, option, name, currency, target_currency or "")
    return option


def target_currency_of(knowledge: Knowledge, calculation: Calculation) -> str:
    """The currency that the result should be in: as declared, else that of the first figure that it checks."""
    checked_measures = (knowledge.figures[id].measure for id in calculation.checks if id in knowledge.figures)
    texts = (calculation.unit, *(knowledge.measures[id].unit for id in checked_measures if id in knowledge.measures))
    units = [knowledge.unit(text) for text in texts if text]
    return units[0].currency if units else ""


def _with_input_converted(
    knowledge: Knowledge, option: Option, name: str, source_currency: str, target_currency: str
) -> Option:
    exchange_rate = find_exchange(knowledge, source_currency, target_currency, _input_time(knowledge, option, name))
    if isinstance(exchange_rate, NoRate):
        raise CalculationError(
            f"`{name}` is in {source_currency}, and there is {exchange_rate.reason}: {exchange_rate.hint}"
        )
    unit = option.units[name]
    power = dict(unit.dimension)[source_currency]
    if abs(power) != 1:
        raise CalculationError(f"`{name}` is in {unit}, and a rate converts no power of a currency")
    rate_leaf = f"rate {source_currency} {target_currency} {' '.join(exchange_rate.figures)}"
    leaf = Leaf(
        knowledge.unit(f"{target_currency}/{source_currency}"), {mode: exchange_rate.spans[mode] for mode in MODES}
    )
    alleged = is_alleged(knowledge, exchange_rate.figures)
    choice = Choice(
        f"{target_currency}/{source_currency}",
        exchange_rate.words,
        exchange_rate.figures,
        leaf=rate_leaf,
        alleged=alleged,
    )
    return replace(
        option,
        exprs={**option.exprs, name: Binary("*" if power > 0 else "/", option.exprs[name], Name(rate_leaf))},
        units={**option.units, name: unit.in_currency(target_currency)},
        leaves={**option.leaves, rate_leaf: leaf},
        choices=_with_rate_choice(option.choices, choice),
        conversions=(
            *option.conversions,
            _conversion(option, name, exchange_rate if power > 0 else exchange_rate.inverse(), target_currency),
        ),
    )


def _with_rate_choice(choices: tuple[Choice, ...], rate_choice: Choice) -> tuple[Choice, ...]:
    return choices if rate_choice in choices else (*choices, rate_choice)


def _conversion(option: Option, name: str, exchange_rate: Exchange, target_currency: str) -> Conversion:
    unit, target_unit = option.units[name], option.units[name].in_currency(target_currency)
    base = input_intervals(option)[name]
    after = scaled(multiply(base, exchange_rate.spans["stated"]), 1 / target_unit.factor)
    return Conversion(name, scaled(base, 1 / unit.factor), str(unit), after, str(target_unit), exchange_rate)


def _input_time(knowledge: Knowledge, option: Option, name: str) -> Days | None:
    """The time of an input: of its own figures, the latest; else, as of an assumption, of all others' the latest."""
    own = [choice for choice in option.choices if choice.input == name or choice.input.startswith(f"{name} › ")]
    for choices in (own, option.choices):
        figures = (knowledge.figures[id] for choice in choices for id in choice.figures if id in knowledge.figures)
        times = [time for figure in figures if (time := time_of(knowledge, figure))]
        if times:
            return max(times, key=lambda days: (days[1], days[0]))
    return None


_LARGEST_FORMULA = 2000

_MOST_VALUES = 4
"""So many further values of an input that nobody states are told one by one."""


@dataclass(frozen=True)
class EvaluatedCalculation:
    """A calculation with its cases; what other calculations build on."""

    result: Result
    cases: tuple[Case, ...]


def all_results(knowledge: Knowledge) -> Mapping[Id, Result]:
    """The result of every calculation, by its id.

    A calculation that cannot be worked out has a result with a ``problem`` and no outcomes.
    """
    return results_of(knowledge, knowledge.calculations)


def results_of(knowledge: Knowledge, wanted: Iterable[Id]) -> Mapping[Id, Result]:
    """The results of the calculations in ``wanted``; those that they build on are worked out on the way."""
    return {id: evaluated.result for id, evaluated in evaluated_calculations(knowledge, wanted).items()}


def evaluated_calculations(knowledge: Knowledge, wanted: Iterable[Id]) -> Mapping[Id, EvaluatedCalculation]:
    """The same with the cases behind each result."""
    done: dict[Id, EvaluatedCalculation] = {}
    return {id: _evaluated(knowledge, id, done, ()) for id in wanted if id in knowledge.calculations}


def _evaluated(
    knowledge: Knowledge, id: Id, done: dict[Id, EvaluatedCalculation], path: tuple[Id, ...]
) -> EvaluatedCalculation:
    if id not in done:
        calculation = knowledge.calculations[id]
        try:
            if id in path:
                raise CalculationError(_circle_reason(knowledge, (*path[path.index(id) :], id)))
            expr = parse_formula(calculation.formula)
            used_inputs = _used_inputs(calculation, expr)
            inner = {
                input.ref: _evaluated(knowledge, input.ref, done, (*path, id))
                for input in used_inputs
                if input.kind is InputKind.CALCULATION and input.ref in knowledge.calculations and input.ref
            }
            done[id] = _evaluated_cases(knowledge, calculation, expr, used_inputs, inner)
        except (CalculationError, TooManyCases, FormulaError) as error:
            missing = tuple(input.name for input in calculation.inputs if input.kind is InputKind.MISSING)
            failed = EvaluatedCalculation(
                Result(id, (), None, calculation.unit, (), _as_sentence(str(error)), missing), ()
            )
            if id in path:
                return failed
            done[id] = failed
    return done[id]


def _circle_reason(knowledge: Knowledge, ids: tuple[Id, ...]) -> str:
    chain = " → ".join(knowledge.calculations[id].slug for id in ids)
    return f"the calculation rests on itself: {chain}"


def _as_sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


def _used_inputs(calculation: Calculation, expr: Expr) -> list[Input]:
    """The inputs that the formula names; others play no part, and make no circle."""
    unknown = set(names(expr)) - {input.name for input in calculation.inputs}
    if unknown:
        raise CalculationError(f"the formula names {', '.join(sorted(unknown))}, which is no input")
    return [input for input in calculation.inputs if input.name in names(expr)]


def _evaluated_cases(
    knowledge: Knowledge,
    calculation: Calculation,
    expr: Expr,
    used_inputs: Sequence[Input],
    inner: Mapping[Id, EvaluatedCalculation],
) -> EvaluatedCalculation:
    options = combined_options(
        knowledge, [_input_options(knowledge, calculation, input, inner) for input in used_inputs]
    )
    if not options:
        raise CalculationError(
            f"no positions on {_input_names(used_inputs)} share a scope, and different scopes never meet"
        )
    missing = tuple(input.name for input in used_inputs if input.kind is InputKind.MISSING)
    options = [in_one_currency(knowledge, calculation, expr, option, missing) for option in options]
    implied: tuple[ImpliedValue, ...] = ()
    if missing:
        options, implied = solve_missing_input(knowledge, calculation, expr, options, missing)
    cases = tuple(_evaluated_case(knowledge, calculation, expr, option) for option in options)
    checks = tuple(check_figure(knowledge, cases, id) for id in _checkable_figures(knowledge, calculation))
    solved = (
        tuple(implied_value for implied_value in required_values(knowledge, expr, cases, checks)) if not missing else ()
    )
    unit = cases[0].outcome.unit
    hull = reduce(Interval.hull, (case.outcome.stated for case in cases))
    outcomes = tuple(_with_mixtures(knowledge, case.outcome) for case in cases)
    result = Result(calculation.id, outcomes, hull, unit, (*implied, *solved), "", missing, checks)
    return EvaluatedCalculation(_with_explained_checks(result), cases)


def _with_mixtures(knowledge: Knowledge, outcome: Outcome) -> Outcome:
    return replace(outcome, mixed=mixtures(knowledge, outcome.choices))


def _with_explained_checks(result: Result) -> Result:
    """Each check's explanation with what would have to be true instead, if one value can be named.

    Of an input that nobody states every value is named, with whose numbers it goes.
    """
    checks = []
    for check in result.checks:
        implied_values = [implied_value for implied_value in result.implied if implied_value.for_figure == check.figure]
        sole = [
            implied_value
            for implied_value in implied_values
            if sum(implied_value.input == sibling.input for sibling in implied_values) == 1
        ]
        words = (
            _missing_value_sentences(implied_values)
            if result.missing
            else " ".join(implied_value.explanation for implied_value in sole[:1])
        )
        checks.append(replace(check, explanation=f"{check.explanation} {words}".rstrip()))
    return replace(result, checks=tuple(checks))


def _missing_value_sentences(implied_values: Sequence[ImpliedValue]) -> str:
    """The values of an input that nobody states: the first with its arithmetic, then the others."""
    if not implied_values:
        return ""
    first, *remaining = implied_values
    further = [
        f"with the number of {implied_value.voices} it is {implied_value.value_words}"
        for implied_value in remaining[:_MOST_VALUES]
    ]
    more = [] if len(remaining) <= _MOST_VALUES else [f"and {len(remaining) - _MOST_VALUES} more"]
    return f"{first.explanation} {_as_sentence('; '.join([*further, *more]))}" if further else first.explanation


def _checkable_figures(knowledge: Knowledge, calculation: Calculation) -> list[Id]:
    """Figures that may be checked: all that are told of a measure, except where the voice denies the number."""
    figures = [knowledge.figures[id] for id in calculation.checks if id in knowledge.figures]
    return [
        figure.id for figure in figures if figure.stance is not Stance.NEGATED and figure.measure in knowledge.measures
    ]


def _input_names(used_inputs: Iterable[Input]) -> str:
    named = [f"`{input.name}`" for input in used_inputs if input.kind not in (InputKind.ASSUMED, InputKind.MISSING)]
    return " and ".join(named) or "the inputs"


def _input_options(
    knowledge: Knowledge, calculation: Calculation, input: Input, inner: Mapping[Id, EvaluatedCalculation]
) -> list[Option]:
    if input.kind is InputKind.MEASURE and input.ref is not None:
        options = options_from_measure(knowledge, input, input.ref)
        if not options:
            raise CalculationError(f"nobody takes a position on the measure of `{input.name}`")
        return options
    if input.kind is InputKind.CALCULATION and input.ref is not None:
        return _options_from_calculation(input, inner.get(input.ref))
    options = fixed_options(knowledge, calculation, input)
    if not options:
        raise CalculationError(f"the figure of `{input.name}` is not told any more")
    return options


def _options_from_calculation(input: Input, inner: EvaluatedCalculation | None) -> list[Option]:
    if inner is None or inner.result.problem:
        reason = inner.result.problem if inner else "it is not told any more."
        raise CalculationError(f"`{input.name}` could not be worked out: {reason}")
    return [_option_from_case(input, case, place) for place, case in enumerate(inner.cases)]


def _option_from_case(input: Input, case: Case, place: int) -> Option:
    """The inner formula itself, so that a value used in both is one value; a number where it has grown too long."""
    option = case.option
    expr, leaves = case.expr, option.leaves
    if sum(1 for _ in subexpressions(expr)) > _LARGEST_FORMULA or isinstance(expr, Compare):
        name = f"calculation {input.ref} {place}"
        expr, leaves = Name(name), {name: Leaf(case.unit, {mode: case.values[mode] for mode in MODES}, case.spread)}
    choices = tuple(replace(choice, input=f"{input.name} › {choice.input}") for choice in option.choices)
    return Option(
        {input.name: expr},
        {input.name: case.unit},
        leaves,
        choices,
        option.scope,
        option.picks,
        option.pinned,
        option.figure_scopes,
        tuple(replace(conversion, input=f"{input.name} › {conversion.input}") for conversion in option.conversions),
    )


def _evaluated_case(knowledge: Knowledge, calculation: Calculation, expr: Expr, option: Option) -> Case:
    unit = unit_of(expr.left if isinstance(expr, Compare) else expr, option.units)
    unit_of(expr, option.units)
    if isinstance(expr, Compare):
        return evaluate_case(expr, option, unit.simplest, str(unit.simplest))
    if calculation.unit:
        return evaluate_case(expr, option, _declared_unit(knowledge, calculation, unit), calculation.unit)
    shown, text = _unit_of_checked_figure(knowledge, calculation, unit)
    return evaluate_case(expr, option, shown, text)


def _unit_of_checked_figure(knowledge: Knowledge, calculation: Calculation, unit: Unit) -> tuple[Unit, str]:
    """The unit in which the first checked figure is told, so that both are read in one; else the simplest."""
    figures = (knowledge.figures[id] for id in _checkable_figures(knowledge, calculation))
    for text in (normalized_quantity(knowledge, figure).unit for figure in figures):
        if knowledge.unit(text).same_dimension(unit):
            return knowledge.unit(text), plain_unit(text)
    return unit.simplest, str(unit.simplest)


def _declared_unit(knowledge: Knowledge, calculation: Calculation, unit: Unit) -> Unit:
    try:
        declared = knowledge.unit(calculation.unit)
    except ValueError as error:
        raise CalculationError(str(error)) from None
    if not declared.same_dimension(unit):
        raise CalculationError(f"the formula gives {unit.simplest}, not {calculation.unit}")
    return declared


def check_findings(knowledge: Knowledge, calculations: Iterable[Id]) -> Iterator[Finding]:
    """A finding for each figure that one of ``calculations`` checks; none for hypothetical and negated figures."""
    for id, result in results_of(knowledge, calculations).items():
        for check in result.checks:
            if knowledge.figures[check.figure].stance not in EXCLUDED_STANCES:
                yield _check_finding(knowledge, id, result, check)


def _check_finding(knowledge: Knowledge, id: Id, result: Result, check: Check) -> Finding:
    figure, calculation = knowledge.figures[check.figure], knowledge.calculations[id]
    used_figures = dict.fromkeys(
        figure_id
        for outcome in result.outcomes
        for choice in outcome.choices
        for figure_id in choice.figures
        if knowledge.figures[figure_id].stance not in EXCLUDED_STANCES
    )
    rates_by_conversion = [
        conversion.exchange.figures for outcome in result.outcomes for conversion in outcome.conversions
    ]
    rates = dict.fromkeys(
        [*(id for ids in rates_by_conversion for id in ids), *rates_of(normalized_quantity(knowledge, figure))]
    )
    used_figures = dict.fromkeys(id for id in used_figures if id not in rates)
    outcomes = [[outcome.stated, outcome.allowed, outcome.unit] for outcome in result.outcomes]
    return assemble(
        knowledge,
        FindingKind.CHECK,
        "check",
        figure.measure,
        check.pairings,
        parts=[id, figure.id],
        figures=list(dict.fromkeys([figure.id, *used_figures])),
        explanation=check.explanation,
        verdict=check.verdict,
        severity=check.severity,
        relation=check.relation,
        calculation=id,
        basis=[calculation.formula, outcomes],
        rates=list(rates),
    )
