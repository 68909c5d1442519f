"""Values solved backwards from a checked figure.

Required values: what a stated input would need to be for the figure to hold. Missing values: what an input that nobody
states must be, with its unit.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from kb.domain.entity import Calculation, Figure
from kb.domain.finding import Verdict
from kb.domain.formula import Compare, Expr, FormulaError, Name, unit_of
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.domain.quantity import RangeKind
from kb.domain.unit import NUMBER, Unit
from kb.reasoning.arithmetic import NoResult
from kb.reasoning.calculation.case import Case, contested_inputs, input_interval, input_intervals
from kb.reasoning.calculation.check import checkable_figures, checked_quantity, keeps_bound_far_off
from kb.reasoning.calculation.equation_solver import Solution, direction, solve_for_interval, with_bound
from kb.reasoning.calculation.option import MODES, Leaf, Option
from kb.reasoning.calculation.result import (
    CalculationError,
    CalculationProblem,
    Check,
    Choice,
    ChoiceKind,
    InputValue,
    MissingValue,
    Multiple,
    ProblemReason,
    RequiredValue,
    SufficientRate,
    distinguishing_choices,
)
from kb.reasoning.comparison.distance import distance
from kb.reasoning.comparison.exchange import Conversion
from kb.reasoning.comparison.tolerance import scaled
from kb.reasoning.findings.mention import normalized_quantity

_MOST_SOLUTIONS = 40
"""Largest number of required values of a calculation, over all its checks."""


def required_values(
    knowledge: Knowledge, expr: Expr, cases: Sequence[Case], checks: Sequence[Check]
) -> Iterator[RequiredValue]:
    """For each checked figure that does not fit, the value that each input would need, all others as they are.

    Figure by figure, each value once. First come values that hold whatever positions are chosen, then those that are a
    whole multiple of another input, then those that change their input least. Empty for a comparison.
    """
    # The page shows the first three: a value that explains the difference whoever is right tells more than one for each
    # position, and $4,000 beside a fee of $200 may show where a number comes from.
    if isinstance(expr, Compare):
        return
    seen: set[tuple[str, Id, Interval]] = set()
    for check in checks:
        figure = knowledge.figures[check.figure]
        # What agrees needs no other value, unless it only keeps to a limit from far away: a reader then asks where the
        # limit itself comes from. No value turns people into dollars.
        agrees = check.verdict.is_settled and not _is_far_from_limit(knowledge, check)
        if agrees or check.verdict is Verdict.NOT_COMPARABLE:
            continue
        # A rate stands between the formula and a figure in another currency, and would be one more thing to solve for.
        if not knowledge.unit(normalized_quantity(knowledge, figure).unit).same_dimension(cases[0].unit):
            continue
        compared = {place: cases[place] for place in check.compared}
        for required in _required_values(knowledge, expr, compared, figure):
            key = (required.input, required.for_figure, required.value)
            if key not in seen and len(seen) < _MOST_SOLUTIONS:
                seen.add(key)
                yield required


def _is_far_from_limit(knowledge: Knowledge, check: Check) -> bool:
    stated = checked_quantity(knowledge, knowledge.figures[check.figure])
    deciding = (check.pairings[place] for place in check.deciding)
    return all(keeps_bound_far_off(pairing.left.stated, stated) for pairing in deciding)


def _required_values(
    knowledge: Knowledge, expr: Expr, cases: Mapping[int, Case], figure: Figure
) -> list[RequiredValue]:
    """The required values of all inputs for one figure, best first; one where several cases need the same value."""
    ranked: list[tuple[tuple[bool, bool, Fraction], RequiredValue]] = []
    target = target_interval(knowledge, figure)
    first_case = next(iter(cases.values()))
    for name in first_case.option.exprs:
        solved: dict[Interval, tuple[Solution, dict[int, Case]]] = {}
        for place, case in cases.items():
            solution = solve_for_interval(expr, name, input_intervals(case.option), target)
            if solution and not _is_reached(case.values["stated"], target, figure):
                solved.setdefault(solution.value, (solution, {}))[1][place] = case
        for solution, affected in solved.values():
            option = next(iter(affected.values())).option
            change = _change_factor(input_intervals(option)[name], solution.value)
            rank = len(affected) < len(cases), not _multiple(name, solution.value, option), change
            ranked.append(
                (
                    rank,
                    _Requirement(
                        knowledge=knowledge, expr=expr, name=name, solution=solution, affected=affected, figure=figure
                    ).required_value(),
                )
            )
    return [required for _, required in sorted(ranked, key=lambda pair: pair[0])]


def target_interval(knowledge: Knowledge, figure: Figure) -> Interval:
    """The stated interval of a figure in base units, in the currency of its measure."""
    stated = normalized_quantity(knowledge, figure)
    return scaled(stated.stated, knowledge.unit(stated.unit).factor)


def _is_reached(result: Interval, target: Interval, figure: Figure) -> bool:
    """Whether nothing needs to change: the result holds all that is stated, or lies within a stated spread."""
    inside = figure.quantity.spread is RangeKind.SPREAD and target.encloses(result)
    return inside or result.encloses(target)


_FAR_OFF = Fraction(10**9)
"""Stand-in for the ratio of two numbers that have none, so that a change of sign ranks behind every other change."""


def _change_factor(now: Interval, then: Interval) -> Fraction:
    """The ratio of the nearest ends, at least 1; ``_FAR_OFF`` where a sign or a zero lies between."""
    gap = distance(now, then, points=False)
    return _FAR_OFF if gap.near is None else gap.near


@dataclass(frozen=True, kw_only=True)
class _Requirement:
    """An input with the values that it would need for a figure to hold.

    Attributes:
        knowledge: Where units, measures and figures are looked up.
        expr: The formula.
        name: The input's name.
        solution: The required values, in base units.
        affected: The cases in which they are required, by place among the outcomes; at least one.
        figure: The checked figure.
    """

    knowledge: Knowledge
    expr: Expr
    name: str
    solution: Solution
    affected: Mapping[int, Case]
    figure: Figure

    def required_value(self) -> RequiredValue:
        """The required value as a fact for the result, in the unit and currency in which the input was stated."""
        value = self._as_stated(self.solution.value)
        return RequiredValue(
            input=self.name,
            for_figure=self.figure.id,
            value=value,
            allowed=value if self._is_exact else with_bound(value, self.figure.quantity.bound, self._direction),
            further_values=tuple(self._as_stated(root) for root in self._further_roots()),
            unit=str(self._stated_unit),
            solution=self.solution,
            units=self._option.units,
            outcomes=tuple(self.affected),
            exact=self._is_exact,
            keeps_bound=self.figure.quantity.bound.is_limit and self._is_bound_kept,
            within_allowed=self._is_within_allowed(),
            present=tuple(self._present_value(case.option) for case in self.affected.values()),
            exchange=self._conversions[0].exchange if self._conversions else None,
            multiple=_multiple(self.name, self.solution.value, self._option) if self._is_exact else None,
            sufficient_rate=self._sufficient_rate(),
        )

    @property
    def _option(self) -> Option:
        return next(iter(self.affected.values())).option

    @cached_property
    def _conversions(self) -> Sequence[Conversion]:
        """The conversions of the input, one for each case, where all use one exact rate; else empty."""
        by_case = [
            [conversion for conversion in case.option.conversions if conversion.input == self.name]
            for case in self.affected.values()
        ]
        all_conversions = [conversion for conversions in by_case for conversion in conversions]
        rates = {(conversion.unit, conversion.exchange.spans["stated"]) for conversion in all_conversions}
        # Only one exact rate turns the needed amount back into the currency in which the input was stated.
        usable = len(rates) == 1 and all(by_case) and all(rate.exact and rate.low for _, rate in rates)
        return all_conversions if usable else ()

    def _sufficient_rate(self) -> SufficientRate | None:
        """The rate at which the input would do as it is; None unless it is converted and is the whole formula."""
        # Where nothing but a rate stands between the input and the figure, a reader has no formula to type in.
        if not isinstance(self.expr, Name) or len(self._conversions) != 1:
            return None
        [conversion] = self._conversions
        after, rate = conversion.after, conversion.exchange.spans["stated"]
        required = scaled(self.solution.value, 1 / self._formula_unit.factor)
        if not (after.exact and after.low and required.exact and required.low and rate.low):
            return None
        needed = rate.low * required.low / after.low
        into, out_of = conversion.exchange.to_currency, conversion.exchange.from_currency
        recorded = self.knowledge.unit(self.knowledge.figures[conversion.exchange.figures[0]].quantity.unit)
        # A rate that was recorded in CNY/USD is shown in CNY/USD, although the result is in dollars.
        if dict(recorded.dimension).get(out_of) == 1:
            return SufficientRate(1 / needed, Interval.at(1 / rate.low), f"{out_of}/{into}")
        return SufficientRate(needed, rate, f"{into}/{out_of}")

    @property
    def _formula_unit(self) -> Unit:
        """The unit in which the input stands in the formula."""
        return self._option.units[self.name]

    @property
    def _stated_unit(self) -> Unit:
        """The unit in which the input was stated."""
        return self.knowledge.unit(self._conversions[0].unit) if self._conversions else self._formula_unit

    def _as_stated(self, value: Interval) -> Interval:
        """``value``, in base units of the formula, in the unit and currency in which the input was stated."""
        rate = self._conversions[0].exchange.spans["stated"].low if self._conversions else None
        return scaled(value, 1 / (self._stated_unit.factor * (rate or Fraction(1))))

    def _present_value(self, option: Option) -> InputValue:
        stated, allowed = (self._as_stated(input_interval(option, self.name, mode)) for mode in MODES)
        return InputValue(stated, allowed, str(self._stated_unit))

    def _further_roots(self) -> list[Interval]:
        """The other roots, without negative ones where the input's measure is seldom negative."""
        # ``x ** 2`` is 16 for 4 and for −4, but a side of a field is not −4 metres long.
        choices = (choice for choice in self._option.choices if choice.input == self.name)
        positive = any(
            (measure := self.knowledge.measures.get(self.knowledge.figures[id].measure))
            and measure.kind.traits.seldom_negative
            for choice in choices
            for id in choice.figures
        )
        return [
            root for root in self.solution.further_roots if not positive or (root.low is not None and root.low >= 0)
        ]

    @cached_property
    def _is_exact(self) -> bool:
        """Whether the number itself is required and not its bound."""
        # Where some result keeps to "at most $500" already, only the question when exactly $500 comes out is left.
        return not self._direction or self._is_bound_kept

    @cached_property
    def _is_bound_kept(self) -> bool:
        """Whether the result of some affected case meets what the figure's bound allows."""
        stated = normalized_quantity(self.knowledge, self.figure)
        allowed = scaled(stated.allowed, self.knowledge.unit(stated.unit).factor)
        return any(allowed.meets(case.values["stated"]) for case in self.affected.values())

    @cached_property
    def _direction(self) -> int:
        """1 if more of the input gives more, -1 if it gives less, 0 if the figure's bound cannot be carried over."""
        bound = self.figure.quantity.bound
        if not self.solution.value.exact or self.solution.further_roots or not bound.is_limit:
            return 0
        return direction(self.expr, self.name, input_intervals(self._option), self.solution.value)

    def _is_within_allowed(self) -> bool:
        return any(
            input_interval(case.option, self.name, "allowed").encloses(self.solution.value)
            for case in self.affected.values()
        )


def _multiple(name: str, value: Interval, option: Option) -> Multiple | None:
    """The first other input of the same dimension of which ``value`` is a whole multiple above 1; None for none."""
    # "$4,000, that is 20 times the fee" may be how an author came to it. Pure numbers are left out: 4 is twice 2
    # without any meaning.
    unit = option.units[name]
    for input_name, values in input_intervals(option).items():
        if input_name == name or not option.units[input_name].same_dimension(unit) or unit.is_dimensionless:
            continue
        times = value.low / values.low if value.exact and values.exact and value.low and values.low else Fraction(0)
        if times > 1 and times.denominator == 1:
            return Multiple(int(times), input_name)
    return None


def solve_missing_input(
    knowledge: Knowledge, calculation: Calculation, expr: Expr, options: Sequence[Option], missing: Sequence[str]
) -> tuple[list[Option], tuple[MissingValue, ...]]:
    """``options`` with the missing input filled in as the first checked figure implies, and the values filled in.

    Args:
        knowledge: Where units, measures and figures are looked up.
        calculation: The calculation, which names the checked figures.
        expr: Its formula.
        options: The chosen inputs, in one currency, at least one.
        missing: Names of the inputs that nobody states, at least one.

    Returns:
        The options in the same order; the missing values, each once with the outcomes for which it holds.

    Raises:
        CalculationError: More than one input is missing, nothing is checked, the formula cannot be solved for the
            input, or no unit of the input gives that of the figure.
    """
    if len(missing) > 1:
        raise CalculationError(CalculationProblem(reason=ProblemReason.SEVERAL_MISSING, inputs=tuple(missing)))
    figures = checkable_figures(knowledge, calculation)
    if not figures:
        raise CalculationError(CalculationProblem(reason=ProblemReason.NOTHING_IMPLIES, inputs=tuple(missing)))
    name, figure = missing[0], figures[0]
    completed: list[Option] = []
    implied_values: list[MissingValue] = []
    for place, option in enumerate(options):
        solution = _solution_for_missing(knowledge, expr, name, option, figure)
        target = knowledge.unit(normalized_quantity(knowledge, figure).unit)
        unit = _unit_of_missing(knowledge, expr, name, option.units, target, solution.value)
        # What "at most" implies is itself at most so much, as long as it is one number.
        slope_sign = 0 if solution.further_roots else direction(expr, name, input_intervals(option), solution.value)
        allowed = with_bound(solution.value, figure.quantity.bound, slope_sign)
        completed.append(_with_missing_value(option, name, unit, solution.value, allowed))
        implied_values.append(_missing_value(knowledge, name, solution, unit, allowed, option, figure, place))
    return completed, tuple(_merged(options, implied_values))


def _solution_for_missing(knowledge: Knowledge, expr: Expr, name: str, option: Option, figure: Figure) -> Solution:
    try:
        solution = solve_for_interval(expr, name, input_intervals(option), target_interval(knowledge, figure))
    except NoResult as error:
        problem = CalculationProblem(
            reason=ProblemReason.NOT_SOLVABLE, inputs=(name,), no_result=error.reason, exponent=error.exponent
        )
        raise CalculationError(problem) from None
    if solution is None:
        raise CalculationError(CalculationProblem(reason=ProblemReason.NO_SOLUTION, inputs=(name,), figure=figure.id))
    return solution


def _with_missing_value(option: Option, name: str, unit: Unit, value: Interval, allowed: Interval) -> Option:
    variable = option.exprs[name]
    assert isinstance(variable, Name)
    leaf = Leaf(unit, {"stated": value, "allowed": allowed}, missing=True)
    return replace(
        option,
        units={**option.units, name: unit},
        leaves={**option.leaves, variable.name: leaf},
        choices=tuple(
            replace(choice, kind=ChoiceKind.IMPLIED, value=leaf.input_value) if choice.input == name else choice
            for choice in option.choices
        ),
    )


def _missing_value(
    knowledge: Knowledge,
    name: str,
    solution: Solution,
    unit: Unit,
    allowed: Interval,
    option: Option,
    figure: Figure,
    place: int,
) -> MissingValue:
    ranges = tuple(
        input_name for input_name, values in input_intervals(option).items() if input_name != name and not values.exact
    )
    one_value_for_a_range = solution.value.exact and not target_interval(knowledge, figure).exact
    return MissingValue(
        input=name,
        for_figure=figure.id,
        value=scaled(solution.value, 1 / unit.factor),
        allowed=scaled(allowed, 1 / unit.factor),
        further_values=tuple(scaled(root, 1 / unit.factor) for root in solution.further_roots),
        unit=str(unit),
        solution=solution,
        units={**option.units, name: unit},
        outcomes=(place,),
        crossed=scaled(solution.crossed, 1 / unit.factor),
        range_inputs=ranges if one_value_for_a_range else (),
    )


def _merged(options: Sequence[Option], implied_values: Sequence[MissingValue]) -> Iterator[MissingValue]:
    """Each missing value once, with all the outcomes for which it holds by the same numbers of the same voices."""
    kept: list[tuple[list[Choice], MissingValue]] = []
    contested = contested_inputs(options)
    # Two positions may state the same and differ in their bounds: their outcomes then imply one value, shown once.
    for option, implied in zip(options, implied_values, strict=True):
        named = distinguishing_choices(option.choices, contested)
        for at, (choices, earlier) in enumerate(kept):
            if choices == named and replace(earlier, outcomes=implied.outcomes) == implied:
                kept[at] = choices, replace(earlier, outcomes=(*earlier.outcomes, *implied.outcomes))
                break
        else:
            kept.append((named, implied))
    return (implied for _, implied in kept)


_TIMES = (("year", 3), ("month", 2), ("day", 2), ("hour", 1), ("minute", 1))
"""Units of time with the least number of each in which a stretch of time is shown; the first that fits is taken."""
# One says "24 hours" and "18 months", and neither "1 day" nor "1.5 years".


def _unit_of_missing(
    knowledge: Knowledge, expr: Expr, name: str, units: Mapping[str, Unit], target: Unit, value: Interval
) -> Unit:
    """The unit of ``name`` with which ``expr`` comes out in ``target``, chosen for readers.

    That of the target or of another input where they have the same dimension, a unit of time for times, else one made
    of base names.

    Args:
        knowledge: Where units are looked up.
        expr: The formula.
        name: The missing input.
        units: The unit of each input; that of ``name`` is ignored.
        target: The unit of the checked figure.
        value: The value of ``name`` in base units.

    Raises:
        CalculationError: No unit of ``name`` gives that of the figure.
    """
    # A few candidates are tried, since a formula may use the input in more than one place: as a factor, as a divisor,
    # or added to something.
    known = {input_name: unit for input_name, unit in units.items() if input_name != name}
    for candidate in _candidate_units(expr, name, known, target):
        try:
            if not unit_of(expr, {**known, name: candidate}).same_dimension(target):
                continue
        except FormulaError:
            continue
        alike = (
            known_unit
            for known_unit in (target, *known.values())
            if known_unit.dimension and known_unit.same_dimension(candidate)
        )
        return next(alike, None) or _time_unit(knowledge, candidate, value) or _base_name_unit(knowledge, candidate)
    raise CalculationError(CalculationProblem(reason=ProblemReason.NO_UNIT, inputs=(name,), wanted_unit=str(target)))


def _time_unit(knowledge: Knowledge, unit: Unit, value: Interval) -> Unit | None:
    """The unit in which people speak of a stretch of time, or of hours in a period; None for all other units."""
    # 30 GWh a year from 15 MW are 2,000 hours a year, in which both units of energy and power cancel.
    if {root for root, _ in unit.dimension} - {"second"}:
        return None
    power = dict(unit.dimension).get("second", 0)
    if power == 1:
        longest = max((abs(end) for end in (value.low, value.high) if end is not None), default=Fraction(0))
        fitting = (name for name, least in _TIMES if longest >= least * knowledge.unit(name).factor)
        return knowledge.unit(next(fitting, "second"))
    mixed = any(len(atom.roots) > 1 for atom, _ in unit.parts)
    return knowledge.unit(f"hour/{unit.period}") if power == 0 and mixed and unit.period else None


def _candidate_units(expr: Expr, name: str, known: Mapping[str, Unit], target: Unit) -> Iterator[Unit]:
    try:
        alone = unit_of(expr, {**known, name: NUMBER})
        yield (target / alone).simplest
        yield (alone / target).simplest
    except FormulaError:
        pass
    yield target
    yield from known.values()
    # In "saved - bottles * cost" the cost is what is saved over the bottles; no other part of the formula has its unit.
    for over in (target, *known.values()):
        yield from ((over / under).simplest for under in known.values())


def _base_name_unit(knowledge: Knowledge, unit: Unit) -> Unit:
    """``unit`` in base names (``token/query`` for ``Mtoken/query``); itself if it is one of time or a pure number."""
    # Base names would spell months as seconds.
    roots = dict(unit.dimension)
    if "second" in roots or not roots:
        return unit
    over = "*".join(f"{root}**{power}" if power > 1 else root for root, power in roots.items() if power > 0)
    under = "".join(f"/{root}**{-power}" if power < -1 else f"/{root}" for root, power in roots.items() if power < 0)
    return knowledge.unit((over or "1") + under)
