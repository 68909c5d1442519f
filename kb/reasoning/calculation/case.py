"""Cases of a calculation: one for each compatible choice among the positions, evaluated step by step.

Two positions are in one case only when every scope key that both have has the same value, and when the same measure
in the same scope is represented by the same position throughout. A figure that a person names combines with positions
that are not about another thing; two figures combine as the person wants it, and ``mixtures`` says so.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations

from kb.domain.entity import Calculation, Input, InputKind, Stance
from kb.domain.formula import Binary, Call, Compare, Expr, Name, Neg, Number, unit_of, write_formula
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.domain.measure_kind import MeasureKind
from kb.domain.quantity import Quantity, RangeKind
from kb.domain.scope import Quantifier, ScopeSelection
from kb.domain.unit import NUMBER, Unit
from kb.domain.wording import interval_words
from kb.reasoning.arithmetic import EVERYTHING, DivisionByZero, NoResult
from kb.reasoning.calculation.interval_evaluation import Box, Enclosure, enclose, truth
from kb.reasoning.calculation.result import Choice, Outcome, Step
from kb.reasoning.comparison.exchange import Conversion
from kb.reasoning.comparison.tolerance import scaled
from kb.reasoning.findings.origin import origin_of
from kb.reasoning.findings.position import Position, positions
from kb.reasoning.scope import ScopeKey, are_disjoint, say_scope, say_value, scope_key

MOST_CASES = 512
"""No calculation is worked out for more choices than this."""

MODES = ("stated", "allowed")
"""The intervals on which every formula is worked out; hedges and rounding act only when a result is compared."""

Picks = Mapping[tuple[Id, ScopeKey], Id]


class TooManyCases(Exception):
    """The positions leave more choices than anybody could read."""


@dataclass(frozen=True)
class Leaf:
    """A value that enters a formula from outside.

    Attributes:
        unit: Its unit.
        values: For each of ``MODES`` the interval, in base units.
        spread: Whether both ends occur.
        missing: Whether nobody states it.
    """

    unit: Unit
    values: Mapping[str, Interval]
    spread: bool = False
    missing: bool = False


@dataclass(frozen=True)
class Option:
    """One way to fill one input, or all inputs so far.

    Attributes:
        exprs: For each input, its expression over ``leaves``.
        units: For each input, its unit.
        leaves: The values, each under a name that is the same wherever the value is used.
        choices: What a reader is told of them.
        scope: Keys that are settled; what joins next must agree with them.
        picks: For each measure and scope, the position that stands for it.
        pinned: Keys that a person fixed with ``where``; two inputs that both fix a key may differ in it.
        figure_scopes: What the figures are about that a person named, by key; positions may not be about other things.
        conversions: Amounts that a recorded rate brought into another currency.
    """

    exprs: Mapping[str, Expr] = field(default_factory=dict)
    units: Mapping[str, Unit] = field(default_factory=dict)
    leaves: Mapping[str, Leaf] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    scope: Mapping[str, ScopeSelection] = field(default_factory=dict)
    picks: Picks = field(default_factory=dict)
    pinned: frozenset[str] = frozenset()
    figure_scopes: Mapping[str, tuple[ScopeSelection, ...]] = field(default_factory=dict)
    conversions: tuple[Conversion, ...] = ()

    def joined(self, knowledge: Knowledge, other: "Option") -> "Option | None":
        """Both at once; None where a scope key or a position differs."""
        if any(other.picks.get(key, pick) != pick for key, pick in self.picks.items()):
            return None
        shared = (self.scope.keys() & other.scope.keys()) - (self.pinned & other.pinned)
        if not all(_is_compatible(self.scope[key], other.scope[key]) for key in shared):
            return None
        if self._excludes(knowledge, other) or other._excludes(knowledge, self):
            return None
        return Option(
            {**self.exprs, **other.exprs},
            {**self.units, **other.units},
            {**self.leaves, **other.leaves},
            _choice_union(self.choices, other.choices),
            {**other.scope, **self.scope},
            {**self.picks, **other.picks},
            self.pinned | other.pinned,
            {
                key: _scope_union(self.figure_scopes, other.figure_scopes, key)
                for key in (*self.figure_scopes, *other.figure_scopes)
            },
            (*self.conversions, *other.conversions),
        )

    @property
    def is_of_one_scope(self) -> bool:
        """Whether the figures named have the very scope of the positions, in each key that nobody fixed by hand."""
        keys = self.figure_scopes.keys() & self.scope.keys() - self.pinned
        return all(_is_compatible(self.scope[key], value) for key in keys for value in self.figure_scopes[key])

    def _excludes(self, knowledge: Knowledge, option: "Option") -> bool:
        """Whether a figure named here is about another thing than a position there, and nobody wanted it so."""
        return any(
            are_disjoint(knowledge, value, option.scope[key])
            for key in self.figure_scopes.keys() & option.scope.keys() - option.pinned
            for value in self.figure_scopes[key]
        )


FigureScopes = Mapping[str, tuple[ScopeSelection, ...]]


def _scope_union(left: FigureScopes, right: FigureScopes, key: str) -> tuple[ScopeSelection, ...]:
    return tuple(dict.fromkeys((*left.get(key, ()), *right.get(key, ()))))


def _choice_union(left: tuple[Choice, ...], right: tuple[Choice, ...]) -> tuple[Choice, ...]:
    return (*left, *(choice for choice in right if choice not in left))


def _is_compatible(left: ScopeSelection, right: ScopeSelection) -> bool:
    return left == right or _is_member(left, right) or _is_member(right, left)


def _is_member(single: ScopeSelection, quantified: ScopeSelection) -> bool:
    return quantified.quantifier is Quantifier.EACH and set(single.terms) <= set(quantified.terms)


def mixtures(knowledge: Knowledge, choices: Sequence[Choice]) -> tuple[str, ...]:
    """One sentence for each scope key in which the values of one case are about different things."""
    values_by_key: dict[str, dict[str, ScopeSelection]] = {}
    for choice in choices:
        for key, value in choice.scope.items():
            values_by_key.setdefault(key, {})[choice.input] = value
    return tuple(
        _mixture(knowledge, key, value_by_input)
        for key, value_by_input in values_by_key.items()
        if _is_mixed(knowledge, value_by_input.values())
    )


def _is_mixed(knowledge: Knowledge, values: Iterable[ScopeSelection]) -> bool:
    return any(are_disjoint(knowledge, left, right) for left, right in combinations(dict.fromkeys(values), 2))


def _mixture(knowledge: Knowledge, key: str, value_by_input: Mapping[str, ScopeSelection]) -> str:
    names_by_value: dict[str, list[str]] = {}
    for name, value in value_by_input.items():
        names_by_value.setdefault(say_value(knowledge, value), []).append(f"`{name}`")
    listed = "; ".join(f"{', '.join(names)} for {value}" for value, names in names_by_value.items())
    return f"It combines numbers that differ in {key}: {listed}."


def combined_options(knowledge: Knowledge, options: Iterable[Sequence[Option]]) -> list[Option]:
    """Every combination of one option for each input in which all agree.

    Where a position has the very scope of a figure that is named, those on its parts, its whole or another time are
    left out.

    Raises:
        TooManyCases: there are more than ``MOST_CASES``.
    """
    combined = [Option()]
    for choices in options:
        combined = [
            joint
            for partial in combined
            for option in choices
            if (joint := partial.joined(knowledge, option)) is not None
        ]
        if len(combined) > MOST_CASES:
            raise TooManyCases(f"there are more than {MOST_CASES} ways to choose among the positions; narrow an input")
    return [option for option in combined if option.is_of_one_scope] or combined


def fixed_options(knowledge: Knowledge, calculation: Calculation, input: Input) -> list[Option]:
    """The one way to fill an input that names a figure, an assumption, or nothing."""
    if input.kind is InputKind.FIGURE and input.ref is not None:
        return _options_from_figure(knowledge, input, input.ref)
    if input.kind is InputKind.ASSUMED and input.quantity is not None:
        choice = Choice(input.name, "assumed", ())
        return [_option(input.name, f"{calculation.id} {input.name}", _leaf(knowledge, input.quantity), choice)]
    missing = Leaf(NUMBER, dict.fromkeys(MODES, EVERYTHING), missing=True)
    return [_option(input.name, f"{calculation.id} {input.name}", missing, Choice(input.name, "not stated", ()))]


def _options_from_figure(knowledge: Knowledge, input: Input, ref: Id) -> list[Option]:
    figure = knowledge.figures.get(ref)
    if figure is None:
        return []
    label = ", ".join(filter(None, (origin_of(knowledge, figure).name, say_scope(knowledge, figure.scope))))
    choice = Choice(input.name, label, (figure.id,), dict(figure.scope), alleged=is_alleged(knowledge, [figure.id]))
    measure = knowledge.measures.get(figure.measure)
    leaf = _leaf(knowledge, figure.quantity, measure.kind if measure else None)
    option = _option(input.name, f"figure {figure.id}", leaf, choice)
    return [replace(option, figure_scopes={key: (value,) for key, value in figure.scope.items()})]


def options_from_measure(knowledge: Knowledge, input: Input, ref: Id) -> list[Option]:
    """One way to fill an input for each position on the measure that lies in the input's ``where``.

    A flow whose period nobody says cannot be calculated with and takes no part.
    """
    return [
        _option_from_position(knowledge, input, position)
        for position in positions(knowledge, ref)
        if _is_in_scope(position.scope, input.where) and not position.normalized.period_not_stated
    ]


def _is_in_scope(scope: Mapping[str, ScopeSelection], where: Mapping[str, ScopeSelection]) -> bool:
    """Whether a position speaks of just what ``where`` names: of a part of it something else may be true."""
    return scope_key({key: scope[key] for key in where if key in scope}) == scope_key(where)


def _option_from_position(knowledge: Knowledge, input: Input, position: Position) -> Option:
    unit = knowledge.unit(position.unit)
    kind = knowledge.measures[position.measure].kind
    hulls = {"stated": position.stated, "allowed": clipped_at_zero(position.allowed, kind)}
    leaf = Leaf(unit, {mode: scaled(hulls[mode], unit.factor) for mode in MODES}, position.normalized.spread)
    name = f"position {position.measure} {position.figures[0]} {position.label}"
    alleged = is_alleged(knowledge, position.figures)
    choice = Choice(input.name, position.label, position.figures, position.scope, alleged=alleged)
    return replace(
        _option(input.name, name, leaf, choice),
        scope=position.scope,
        picks={(position.measure, position.key): position.figures[0]},
        pinned=frozenset(input.where),
        conversions=tuple(_conversions(input.name, position)),
    )


def _conversions(name: str, position: Position) -> Iterator[Conversion]:
    for mention in position.mentions:
        normalized = mention.normalized
        if normalized.exchange and normalized.original:
            yield Conversion(
                name,
                normalized.original.stated,
                normalized.original.unit,
                normalized.stated,
                normalized.unit,
                normalized.exchange,
            )


def _option(name: str, variable: str, leaf: Leaf, choice: Choice) -> Option:
    return Option({name: Name(variable)}, {name: leaf.unit}, {variable: leaf}, (replace(choice, leaf=variable),))


def _leaf(knowledge: Knowledge, quantity: Quantity, kind: MeasureKind | None = None) -> Leaf:
    unit = knowledge.unit(quantity.unit)
    values = {"stated": quantity.stated, "allowed": clipped_at_zero(quantity.allowed, kind)}
    return Leaf(unit, {mode: scaled(values[mode], unit.factor) for mode in MODES}, quantity.spread is RangeKind.SPREAD)


def is_alleged(knowledge: Knowledge, figures: Sequence[Id]) -> bool:
    """Whether all of ``figures`` are only alleged; not where there is none."""
    return {knowledge.figures[id].stance for id in figures} == {Stance.ALLEGED}


def clipped_at_zero(allowed: Interval, kind: MeasureKind | None) -> Interval:
    """``allowed`` without what is below zero, where a bound alone lets it be and no such thing is ever below zero."""
    never_negative = kind is not None and kind.traits.never_negative
    if not never_negative or allowed.low is not None or allowed.high is None or allowed.high <= 0:
        return allowed
    return Interval(Fraction(0), allowed.high, high_open=allowed.high_open)


class CalculationError(Exception):
    """A calculation cannot be worked out; says why, in a sentence."""


@dataclass(frozen=True)
class Case:
    """One choice among the positions, worked out.

    Attributes:
        option: The inputs that were chosen.
        expr: The formula over ``option.leaves``, inner calculations put in.
        unit: Unit of the result.
        values: For each of ``MODES`` the result, in base units.
        outcome: The same for readers.
    """

    option: Option
    expr: Expr
    unit: Unit
    values: Mapping[str, Interval]
    outcome: Outcome

    @property
    def spread(self) -> bool:
        """Whether the result is a range of which both ends occur."""
        return not self.outcome.stated.exact and any(leaf.spread for leaf in self.option.leaves.values())


def substitute(expr: Expr, exprs: Mapping[str, Expr]) -> Expr:
    """``expr`` with each name replaced by its own expression."""
    match expr:
        case Name(name):
            return exprs[name]
        case Number():
            return expr
        case Neg(of):
            return Neg(substitute(of, exprs))
        case Binary(sign, left, right):
            return Binary(sign, substitute(left, exprs), substitute(right, exprs))
        case Compare(sign, left, right):
            return Compare(sign, substitute(left, exprs), substitute(right, exprs))
        case Call(function, arguments):
            return Call(function, tuple(substitute(argument, exprs) for argument in arguments))


def subexpressions(expr: Expr) -> Iterator[Expr]:
    """Every intermediate value of ``expr`` that is neither a name nor a literal, inner ones first, each once."""
    seen: set[Expr] = set()
    for part in _all_subexpressions(expr):
        if part not in seen:
            seen.add(part)
            yield part


def _all_subexpressions(expr: Expr) -> Iterator[Expr]:
    match expr:
        case Neg(of):
            yield from _all_subexpressions(of)
        case Binary(_, left, right) | Compare(_, left, right):
            yield from _all_subexpressions(left)
            yield from _all_subexpressions(right)
        case Call(_, arguments):
            for argument in arguments:
                yield from _all_subexpressions(argument)
        case _:
            return
    yield expr


def box_of(leaves: Mapping[str, Leaf], mode: str) -> dict[str, Interval]:
    """The interval of each leaf in one of ``MODES``."""
    return {name: leaf.values[mode] for name, leaf in leaves.items()}


def input_intervals(option: Option) -> Box:
    """The stated interval of each input of a formula, in base units."""
    box = box_of(option.leaves, "stated")
    return {name: enclose(expr, box).interval for name, expr in option.exprs.items()}


def input_interval(case: "Case", name: str, mode: str) -> Interval:
    """The interval of one input of ``case`` in one of ``MODES``, in base units."""
    return _interval_or(case.option.exprs[name], case.option, mode, input_intervals(case.option)[name])


def evaluate_case(expr: Expr, option: Option, unit: Unit, unit_text: str) -> Case:
    """``expr`` worked out for ``option``, the result in ``unit``.

    Raises:
        Unworkable: a divisor may be zero on the stated values, or a power has no value.
    """
    steps = tuple(_steps(expr, option, unit, unit_text))
    whole = substitute(expr, option.exprs)
    stated = _enclosure(whole, option, "stated")
    values = {mode: _interval_or(whole, option, mode, stated.interval) for mode in MODES} | {"stated": stated.interval}
    shown = scaled(values["stated"], 1 / unit.factor), scaled(values["allowed"], 1 / unit.factor)
    holds = truth(expr.sign, values["allowed"]) if isinstance(expr, Compare) else None
    compares, conversions = isinstance(expr, Compare), option.conversions
    outcome = Outcome(
        option.choices, steps, *shown, unit_text, stated.tight, holds, conversions=conversions, compares=compares
    )
    return Case(option, whole, unit, values, outcome)


def _enclosure(expr: Expr, option: Option, mode: str) -> Enclosure:
    if isinstance(expr, Compare):
        expr = Binary("-", expr.left, expr.right)
    return enclose(expr, box_of(option.leaves, mode))


def _interval_or(expr: Expr, option: Option, mode: str, stated: Interval) -> Interval:
    """The same; on allowed values where a result exists, so that a divisor's end at zero is left out."""
    try:
        return _enclosure(expr, option, mode).interval
    except NoResult:
        if mode != "allowed":
            return stated
    try:
        return _enclosure(expr, _with_zero_excluded(option), mode).interval
    except NoResult:
        return EVERYTHING


def _with_zero_excluded(option: Option) -> Option:
    """``option`` with zero left out of each allowed interval that begins or ends there."""
    leaves = {
        name: replace(leaf, values={**leaf.values, "allowed": _open_at_zero(leaf.values["allowed"])})
        for name, leaf in option.leaves.items()
    }
    return replace(option, leaves=leaves)


def _open_at_zero(values: Interval) -> Interval:
    if values.exact:
        return values
    return Interval(values.low, values.high, values.low_open or values.low == 0, values.high_open or values.high == 0)


def _steps(expr: Expr, option: Option, unit: Unit, unit_text: str) -> Iterator[Step]:
    for name, inner in option.exprs.items():
        yield _step(Name(name), inner, option, option.units[name], str(option.units[name]))
    for part in subexpressions(expr):
        own = unit if part == expr else _simplest_unit(part, option)
        yield _step(part, substitute(part, option.exprs), option, own, unit_text if part == expr else str(own))
    if isinstance(expr, Name | Number):
        yield _step(expr, substitute(expr, option.exprs), option, unit, unit_text)


def _simplest_unit(part: Expr, option: Option) -> Unit:
    if isinstance(part, Compare):
        part = part.left
    return unit_of(part, option.units).simplest


def _step(part: Expr, expr: Expr, option: Option, unit: Unit, unit_text: str) -> Step:
    """``part`` of the formula as a step, where ``expr`` is the same over ``option.leaves``."""
    try:
        stated = _enclosure(expr, option, "stated").interval
    except NoResult as error:
        raise CalculationError(_failure_reason(part, error, option)) from None
    allowed = _interval_or(expr, option, "allowed", stated)
    factor = 1 / unit.factor
    return Step(write_formula(part), scaled(stated, factor), scaled(allowed, factor), unit_text)


def _failure_reason(part: Expr, error: NoResult, option: Option) -> str:
    text = write_formula(part)
    if not isinstance(error, DivisionByZero):
        return f"`{text}` cannot be worked out: {error}"
    if error.divisor.exact:
        return f"`{text}` divides by zero"
    if not isinstance(part, Binary):
        return f"`{text}` divides by a value that may be zero"
    divisor = part.right if part.sign == "/" else part.left
    unit = _simplest_unit(divisor, option)
    range_words = interval_words(
        scaled(_enclosure(substitute(divisor, option.exprs), option, "stated").interval, 1 / unit.factor), str(unit)
    )
    return f"`{text}` divides by a value that may be zero: `{write_formula(divisor)}` may be {range_words}"
