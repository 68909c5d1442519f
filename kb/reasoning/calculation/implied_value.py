"""Values solved backwards from a checked figure.

What an input would need to be for the figure to hold, and what an input must be that nobody states, with its unit.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from kb.domain.entity import Calculation, Figure, Stance
from kb.domain.finding import Verdict
from kb.domain.formula import Compare, Expr, FormulaError, Name, unit_of
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.domain.quantity import RangeKind
from kb.domain.unit import NUMBER, Unit
from kb.domain.wording import distinguishing_digits, interval_words, number_words, opened_interval_words, quantity_words
from kb.reasoning.arithmetic import NoResult
from kb.reasoning.calculation.case import (
    MODES,
    CalculationError,
    Case,
    Leaf,
    Option,
    input_interval,
    input_intervals,
)
from kb.reasoning.calculation.check import case_labels, cases_in_scope, target_interval, voice_labels
from kb.reasoning.calculation.equation_solver import Solution, direction, solve_for_interval, with_bound
from kb.reasoning.calculation.result import Check, ImpliedValue
from kb.reasoning.calculation.worked_example import worked_example
from kb.reasoning.comparison.exchange import Conversion
from kb.reasoning.comparison.tolerance import scaled
from kb.reasoning.comparison.verdict import distance
from kb.reasoning.explanation.difference import bare_number
from kb.reasoning.explanation.sentence import at_rate
from kb.reasoning.findings.assembly import is_settled
from kb.reasoning.findings.mention import normalized_quantity

_MOST_SOLUTIONS = 40


def required_values(
    knowledge: Knowledge, expr: Expr, cases: Sequence[Case], checks: Sequence[Check]
) -> Iterator[ImpliedValue]:
    """For each checked figure that does not fit: what each input would need to be, all others as they are.

    Those in front explain most: one value whatever positions are chosen, then one that is a whole multiple of another
    input, then the one that changes its input least.
    """
    if isinstance(expr, Compare):
        return
    seen: set[tuple[str, Id, Interval]] = set()
    for check in checks:
        if is_settled(check.verdict) or check.verdict is Verdict.NOT_COMPARABLE:
            continue
        figure = knowledge.figures[check.figure]
        for implied in _required_values(knowledge, expr, cases_in_scope(knowledge, figure, cases), figure):
            key = (implied.input, implied.for_figure, implied.value)
            if key not in seen and len(seen) < _MOST_SOLUTIONS:
                seen.add(key)
                yield implied


def _required_values(knowledge: Knowledge, expr: Expr, cases: Sequence[Case], figure: Figure) -> list[ImpliedValue]:
    """For each input the needed values, told once where they do not depend on the choice among the positions."""
    ranked: list[tuple[tuple[bool, bool, Fraction], ImpliedValue]] = []
    target = target_interval(knowledge, figure)
    for name in cases[0].option.exprs:
        by_value: dict[Interval, list[tuple[Case, Solution]]] = {}
        for case in cases:
            solved_input = solve_for_interval(expr, name, input_intervals(case.option), target)
            if solved_input and not _is_reached(case.values["stated"], target, figure):
                by_value.setdefault(solved_input.value, []).append((case, solved_input))
        for value, solved_cases in by_value.items():
            case, solved_input = solved_cases[0]
            change = _change_factor(input_intervals(case.option)[name], value)
            rank = len(solved_cases) < len(cases), not _multiple_words(name, value, case), change
            need = RequiredValue(
                knowledge, expr, name, solved_input, [solved_case for solved_case, _ in solved_cases], cases, figure
            )
            ranked.append((rank, need.implied_value()))
    return [implied for _, implied in sorted(ranked, key=lambda pair: pair[0])]


def _is_reached(result: Interval, target: Interval, figure: Figure) -> bool:
    """Whether nothing needs to change: the result has all that is stated, or lies within a stated spread."""
    inside = figure.quantity.spread is RangeKind.SPREAD and target.encloses(result)
    return inside or result.encloses(target)


_FAR_OFF = Fraction(10**9)


def _change_factor(now: Interval, then: Interval) -> Fraction:
    """How many times the nearest ends differ; very much where a sign or a zero lies between."""
    gap = distance(now, then, points=False)
    return _FAR_OFF if gap.near is None else gap.near


@dataclass(frozen=True)
class RequiredValue:
    """What one input would need to be for a figure to hold.

    Attributes:
        knowledge: What is known.
        expr: The formula.
        name: The input.
        solution: The values that would do.
        affected_cases: The cases in which it would need to be so.
        cases: All cases.
        figure: The checked figure.
    """

    knowledge: Knowledge
    expr: Expr
    name: str
    solution: Solution
    affected_cases: Sequence[Case]
    cases: Sequence[Case]
    figure: Figure

    def implied_value(self) -> ImpliedValue:
        """The value and the sentence."""
        further = self._further_roots()
        value_words = self._value_words() + self._alternative_words(further)
        at = f"{self._rate_words()}{self._current_value_words()}{self._sufficient_rate_words()}"
        words = f"{self._lead_words()} `{self.name}` would need to be {value_words}{at}"
        more = _multiple_words(self.name, self.solution.value, self.affected_cases[0]) if self._is_exact() else ""
        example = "" if isinstance(self.expr, Name) else self._worked_example()
        explanation = f"{words}{self._voice_words()}{more}{example and ': '}{example}."
        shown = self._as_stated(self.solution.value)
        return ImpliedValue(
            self.name,
            shown,
            str(self._stated_unit),
            self.figure.id,
            explanation,
            tuple(map(self._as_stated, further)),
            value_words,
        )

    def _worked_example(self) -> str:
        return worked_example(
            self.knowledge, self.expr, self.name, self.solution, self.affected_cases[0].option.units, self.figure
        )

    @cached_property
    def _conversions(self) -> Sequence[Conversion]:
        """How the input was converted in each case, where that is at one rate in all of them; else empty."""
        by_case = [
            [conversion for conversion in case.option.conversions if conversion.input == self.name]
            for case in self.affected_cases
        ]
        all_conversions = [conversion for conversions in by_case for conversion in conversions]
        rates = {(conversion.unit, conversion.exchange.spans["stated"]) for conversion in all_conversions}
        usable = len(rates) == 1 and all(by_case) and all(rate.exact and rate.low for _, rate in rates)
        return all_conversions if usable else ()

    def _rate_words(self) -> str:
        """At which rate the input was converted, and into what."""
        if not self._conversions:
            return ""
        rate_words = at_rate(self._conversions[0].exchange)
        if isinstance(self.expr, Name):
            return rate_words
        return f" (that is {interval_words(self._converted(self.solution.value), str(self._formula_unit))}{rate_words})"

    def _sufficient_rate_words(self) -> str:
        """At which rate a converted input that is the whole formula would do as it is; else empty."""
        if not isinstance(self.expr, Name) or len(self._conversions) != 1:
            return ""
        [conversion] = self._conversions
        after, required, rate = (
            conversion.after,
            self._converted(self.solution.value),
            conversion.exchange.spans["stated"],
        )
        if not (after.exact and after.low and required.exact and required.low and rate.low):
            return ""
        required_rate = rate.low * required.low / after.low
        target_currency, source_currency = conversion.exchange.to_currency, conversion.exchange.from_currency
        recorded = self.knowledge.unit(self.knowledge.figures[conversion.exchange.figures[0]].quantity.unit)
        if dict(recorded.dimension).get(source_currency) == 1:
            target_currency, source_currency, required_rate, rate = (
                source_currency,
                target_currency,
                1 / required_rate,
                scaled(Interval.at(1), 1 / rate.low),
            )
        unit = f"{target_currency}/{source_currency}"
        digits = distinguishing_digits(Interval.at(required_rate), [rate], unit)
        return f", which would do at {number_words(required_rate, unit, digits)}"

    @property
    def _formula_unit(self) -> Unit:
        """The unit in which the input stands in the formula."""
        return self.affected_cases[0].option.units[self.name]

    @property
    def _stated_unit(self) -> Unit:
        """The unit in which the input was said."""
        return self.knowledge.unit(self._conversions[0].unit) if self._conversions else self._formula_unit

    @cached_property
    def _digits(self) -> int:
        """As many as tell the needed value from what the input is taken to be."""
        now = (self._as_stated(input_interval(case, self.name, "stated")) for case in self.affected_cases)
        return distinguishing_digits(self._as_stated(self.solution.value), now, str(self._stated_unit))

    def _in_words(self, value: Interval) -> str:
        return interval_words(value, str(self._stated_unit), self._digits)

    def _converted(self, value: Interval) -> Interval:
        return scaled(value, 1 / self._formula_unit.factor)

    def _as_stated(self, value: Interval) -> Interval:
        """``value``, which is in base units of the formula, as it would have been said."""
        rate = self._conversions[0].exchange.spans["stated"].low if self._conversions else None
        return scaled(value, 1 / (self._stated_unit.factor * (rate or Fraction(1))))

    def _further_roots(self) -> tuple[Interval, ...]:
        """Further roots; a negative one only of what may be below zero."""
        choices = (choice for choice in self.affected_cases[0].option.choices if choice.input == self.name)
        positive = any(
            self.knowledge.measures[self.knowledge.figures[id].measure].kind.traits.seldom_negative
            for choice in choices
            for id in choice.figures
        )
        return tuple(
            root for root in self.solution.further_roots if not positive or (root.low is not None and root.low >= 0)
        )

    def _is_exact(self) -> bool:
        """Whether the number itself is asked for, and not its bound: some result keeps to the bound already."""
        return not self._direction() or any(
            _satisfies_bound(self.knowledge, case, self.figure) for case in self.affected_cases
        )

    def _direction(self) -> int:
        """1 where more of the input gives more, -1 where it gives less, 0 where the bound cannot be turned so."""
        bound = self.figure.quantity.bound
        if not self.solution.value.exact or self.solution.further_roots or not bound.is_limit:
            return 0
        return direction(self.expr, self.name, input_intervals(self.affected_cases[0].option), self.solution.value)

    def _lead_words(self) -> str:
        quantity = self.figure.quantity
        if not self._is_exact():
            return f"For “{quantity_words(quantity)}” to hold,"
        exactly = "exactly " if quantity.bound.is_limit else ""
        return f"For {exactly}{interval_words(quantity.stated, quantity.unit)} to come out,"

    def _value_words(self) -> str:
        shown = self._as_stated(self.solution.value)
        if self._is_exact():
            return self._in_words(shown)
        return self._in_words(with_bound(shown, self.figure.quantity.bound, self._direction()))

    def _alternative_words(self, further: Sequence[Interval]) -> str:
        return "".join(f" or {self._in_words(self._as_stated(root))}" for root in further)

    def _current_value_words(self) -> str:
        bound = self.figure.quantity.bound
        kept = any(_satisfies_bound(self.knowledge, case, self.figure) for case in self.affected_cases)
        if kept and bound.is_limit:
            return ""
        now = " or ".join(dict.fromkeys(self._current_value(case) for case in self.affected_cases))
        allowed = any(
            input_interval(case, self.name, "allowed").encloses(self.solution.value) for case in self.affected_cases
        )
        return f"; what is said is {now}" if allowed else f", not {now}"

    def _current_value(self, case: Case) -> str:
        """What the input is taken to be in one case, with the side that its bound leaves open."""
        stated, allowed = (input_interval(case, self.name, mode) for mode in MODES)
        return opened_interval_words(
            self._as_stated(stated), self._as_stated(allowed), str(self._stated_unit), self._digits
        )

    def _voice_words(self) -> str:
        if (
            len(self.affected_cases) == len(self.cases)
            or len({self._current_value(case) for case in self.affected_cases}) > 1
        ):
            return ""
        return _voice_words(case_labels(self.cases)[self.cases.index(self.affected_cases[0])])


def _voice_words(label: str) -> str:
    return f" (with the number of {label.removeprefix('Computed from ')})"


def _satisfies_bound(knowledge: Knowledge, case: Case, figure: Figure) -> bool:
    """Whether a result lies within what the figure's bound leaves open, so that nothing would need to change."""
    stated = normalized_quantity(knowledge, figure)
    return scaled(stated.allowed, knowledge.unit(stated.unit).factor).meets(case.values["stated"])


def _multiple_words(name: str, value: Interval, case: Case) -> str:
    """How many times another input of the same dimension the value is; empty where that is no whole number."""
    unit = case.option.units[name]
    for input_name, values in input_intervals(case.option).items():
        if input_name == name or not case.option.units[input_name].same_dimension(unit) or unit.is_dimensionless:
            continue
        times = value.low / values.low if value.exact and values.exact and value.low and values.low else Fraction(0)
        if times > 1 and times.denominator == 1:
            return f"; that is {bare_number(times)} times `{input_name}`"
    return ""


_TIMES = (("year", 3), ("month", 2), ("day", 2), ("hour", 1), ("minute", 1))
"""A stretch of time is told in the first of these of which it is at least so many."""


def solve_missing_input(
    knowledge: Knowledge, calculation: Calculation, expr: Expr, options: Sequence[Option], missing: Sequence[str]
) -> tuple[list[Option], tuple[ImpliedValue, ...]]:
    """``options`` with the missing input set to what the first checked figure implies, and that value.

    Raises:
        Unworkable: more than one input is missing, nothing is checked, or the formula cannot be solved.
    """
    listed = " and ".join(f"`{name}`" for name in missing)
    if len(missing) > 1:
        raise CalculationError(f"nobody states {listed}, and one equation cannot give more than one of them")
    figures = [knowledge.figures[id] for id in calculation.checks if id in knowledge.figures]
    figures = [figure for figure in figures if figure.stance is not Stance.NEGATED]
    if not figures:
        raise CalculationError(f"nobody states {listed}, and no checked figure implies it")
    name, figure = missing[0], figures[0]
    completed: list[Option] = []
    implied_values: list[ImpliedValue] = []
    for option, voices in zip(options, voice_labels(options), strict=True):
        try:
            solved_input = solve_for_interval(expr, name, input_intervals(option), target_interval(knowledge, figure))
        except NoResult as error:
            raise CalculationError(f"`{name}` cannot be solved for: {error}") from None
        if solved_input is None:
            raise CalculationError(f"no value of `{name}` makes the formula give {quantity_words(figure.quantity)}")
        target = knowledge.unit(normalized_quantity(knowledge, figure).unit)
        unit = _unit_of_missing(knowledge, expr, name, option.units, target, solved_input.value)
        completed.append(
            _with_missing_value(
                option, name, unit, solved_input.value, _allowed_interval(expr, name, option, solved_input, figure)
            )
        )
        implied_values.append(_missing_value(knowledge, expr, name, solved_input, unit, option, figure, voices))
    return completed, tuple(dict.fromkeys(implied_values))


def _allowed_interval(expr: Expr, name: str, option: Option, solved_input: Solution, figure: Figure) -> Interval:
    """What the missing value may be as the bound of the figure allows, where it is one number."""
    slope_sign = 0 if solved_input.further_roots else direction(expr, name, input_intervals(option), solved_input.value)
    return with_bound(solved_input.value, figure.quantity.bound, slope_sign)


def _with_missing_value(option: Option, name: str, unit: Unit, value: Interval, allowed: Interval) -> Option:
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
    solved_input: Solution,
    unit: Unit,
    option: Option,
    figure: Figure,
    voices: str,
) -> ImpliedValue:
    text = str(unit)
    value = scaled(solved_input.value, 1 / unit.factor)
    crossed = scaled(solved_input.crossed, 1 / unit.factor)
    value_words = opened_interval_words(
        value, scaled(_allowed_interval(expr, name, option, solved_input, figure), 1 / unit.factor), text
    )
    lead = f"Nobody states `{name}`; {quantity_words(figure.quantity)} implies {value_words}"
    wide = [
        input_name for input_name, values in input_intervals(option).items() if input_name != name and not values.exact
    ]
    if value.exact and not target_interval(knowledge, figure).exact and wide:
        named = " and ".join(f"`{input_name}`" for input_name in wide)
        lead += f" at both ends, so that the whole range comes from {named}"
    loose = f" (pairing low with high would leave {interval_words(crossed, text)})" if crossed != value else ""
    further = tuple(scaled(root, 1 / unit.factor) for root in solved_input.further_roots)
    alternative_words = "".join(f" or {interval_words(root, text)}" for root in further)
    taken = f"; {interval_words(value, text)} is taken" if alternative_words else ""
    example = worked_example(knowledge, expr, name, solved_input, {**option.units, name: unit}, figure)
    voice_words = f" (with the number of {voices})" if voices else ""
    words = f"{lead}{alternative_words}{voice_words}{loose}{taken}{example and ': '}{example}."
    return ImpliedValue(name, value, text, figure.id, words, further, value_words + alternative_words, voices)


def _unit_of_missing(
    knowledge: Knowledge, expr: Expr, name: str, units: Mapping[str, Unit], target: Unit, value: Interval
) -> Unit:
    """The unit in which ``name``, of this ``value`` in base units, is told where ``expr`` comes out in ``target``.

    That of the target, or of another input, where it is of one kind with them; one of time where only times are left.
    """
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
    raise CalculationError(f"no unit of `{name}` makes the formula come out in {target}")


def _time_unit(knowledge: Knowledge, unit: Unit, value: Interval) -> Unit | None:
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


def _candidate_units(expr: Expr, name: str, known: Mapping[str, Unit], target: Unit) -> Iterator[Unit]:
    try:
        alone = unit_of(expr, {**known, name: NUMBER})
        yield (target / alone).simplest
        yield (alone / target).simplest
    except FormulaError:
        pass
    yield target
    yield from known.values()


def _base_name_unit(knowledge: Knowledge, unit: Unit) -> Unit:
    """``unit`` in base names (``token/query`` for ``Mtoken/query``), unless that would spell months as seconds."""
    roots = dict(unit.dimension)
    if "second" in roots or not roots:
        return unit
    over = "*".join(f"{root}**{power}" if power > 1 else root for root, power in roots.items() if power > 0)
    under = "".join(f"/{root}**{-power}" if power < -1 else f"/{root}" for root, power in roots.items() if power < 0)
    return knowledge.unit((over or "1") + under)
