"""The values that each input of a formula may take, and which of them may stand together in one case.

Two positions share a case only if every scope key that both have has the same value, and if the same measure in the
same scope is represented by the same position throughout. A figure named in the calculation combines with positions
that are not about another thing. Two named figures always combine, and ``mixtures`` lists where they differ.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations

from kb.domain.entity import Calculation, Input, InputKind, Stance
from kb.domain.formula import Expr, Name
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.domain.measure_kind import MeasureKind
from kb.domain.quantity import Quantity, RangeKind
from kb.domain.scope import Quantifier, ScopeSelection
from kb.domain.unit import NUMBER, Unit
from kb.reasoning.arithmetic import EVERYTHING
from kb.reasoning.calculation.result import (
    CalculationError,
    CalculationProblem,
    Choice,
    ChoiceKind,
    InputValue,
    Mixture,
    ProblemReason,
)
from kb.reasoning.comparison.exchange import Conversion
from kb.reasoning.comparison.tolerance import as_written, normalize, scaled
from kb.reasoning.findings.mention import kind_of_digits
from kb.reasoning.findings.position import Position, positions
from kb.reasoning.scope import ScopeKey, are_disjoint, scope_key

MOST_CASES = 512
"""Largest number of cases of a calculation; with more it has no result, since nobody reads more side by side."""

MODES = ("stated", "allowed")
"""The intervals on which every formula is evaluated: as stated, and opened by the bounds."""
# Hedges of inputs play no part in a calculation. Their rounding does where a stated figure is checked.

ROUNDED = "rounded"
"""The interval of a stated value as it may have been rounded; a leaf without it was not."""

Values = Mapping[str, Mapping[str, Interval]]
"""Values that are supposed instead of those stated: by the name of the leaf, for each of ``MODES`` in base units."""

Picks = Mapping[tuple[Id, ScopeKey], Id]
"""For each measure and scope, the first figure of the position that stands for it."""


@dataclass(frozen=True)
class Leaf:
    """A value that enters a formula from outside.

    Attributes:
        unit: Its unit, as stated.
        values: For each of ``MODES`` the interval, in base units; under ``ROUNDED`` that of a rounded number.
        spread: Whether both ends occur.
        missing: Whether nobody states it; ``values`` are then without limits until a checked figure implies them.
    """

    unit: Unit
    values: Mapping[str, Interval]
    spread: bool = False
    missing: bool = False

    @property
    def input_value(self) -> InputValue:
        """The value in its own unit."""
        stated, allowed = (scaled(self.values[mode], 1 / self.unit.factor) for mode in MODES)
        return InputValue(stated, allowed, str(self.unit))


@dataclass(frozen=True, kw_only=True)
class Option:
    """One way to fill one input, or all inputs so far.

    Attributes:
        exprs: For each input, its expression over ``leaves``.
        units: For each input, its unit.
        leaves: The values, each under a name that is the same wherever the value is used.
        choices: Where the values come from, in the order of the inputs.
        scope: Scope keys fixed by the positions chosen so far; further positions must agree with them.
        picks: For each measure and scope, the position that stands for it.
        pinned: Scope keys that the calculation fixes with ``where``; two inputs that both fix a key may differ in it.
        figure_scopes: For each scope key, what the named figures are about; positions may not be about other things.
        conversions: Amounts that a recorded rate converted into another currency.
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
        """Both options in one; None where they differ in a scope key or in the position for a measure and scope."""
        # One vendor's value over another's fee, or the doses of the north over the people of the south, answers
        # nobody's question. And a measure that enters twice is one number: its position must be the same.
        if any(other.picks.get(key, pick) != pick for key, pick in self.picks.items()):
            return None
        # Two inputs that both fix a vendor with ``where`` may be set against each other: one's value over the other's
        # fee.
        shared = (self.scope.keys() & other.scope.keys()) - (self.pinned & other.pinned)
        if not all(_is_compatible(self.scope[key], other.scope[key]) for key in shared):
            return None
        if self._excludes(knowledge, other) or other._excludes(knowledge, self):
            return None
        return Option(
            exprs={**self.exprs, **other.exprs},
            units={**self.units, **other.units},
            leaves={**self.leaves, **other.leaves},
            choices=_choice_union(self.choices, other.choices),
            scope={**other.scope, **self.scope},
            picks={**self.picks, **other.picks},
            pinned=self.pinned | other.pinned,
            figure_scopes={
                key: _scope_union(self.figure_scopes, other.figure_scopes, key)
                for key in (*self.figure_scopes, *other.figure_scopes)
            },
            conversions=(*self.conversions, *other.conversions),
        )

    def supposing(self, values: Values) -> "Option":
        """The same with other ``values`` of some leaves; whose scope it is does not change with the number."""
        if values.keys().isdisjoint(self.leaves):
            return self
        leaves = {
            name: replace(leaf, values=values[name], spread=False) if name in values else leaf
            for name, leaf in self.leaves.items()
        }
        choices = tuple(
            replace(choice, kind=ChoiceKind.ASSUMED, value=leaves[choice.leaf].input_value)
            if choice.leaf in values
            else choice
            for choice in self.choices
        )
        replaced = {choice.input for choice in self.choices if choice.leaf in values}
        kept = tuple(conversion for conversion in self.conversions if conversion.input not in replaced)
        return replace(self, leaves=leaves, choices=choices, conversions=kept)

    @property
    def is_of_one_scope(self) -> bool:
        """Whether the named figures have the same scope as the positions, in each key that no ``where`` fixes."""
        keys = self.figure_scopes.keys() & self.scope.keys() - self.pinned
        return all(_is_compatible(self.scope[key], value) for key in keys for value in self.figure_scopes[key])

    def _excludes(self, knowledge: Knowledge, option: "Option") -> bool:
        """Whether a figure named here is about another thing than a position there, in a key without ``where``."""
        return any(
            are_disjoint(knowledge, value, option.scope[key])
            for key in self.figure_scopes.keys() & option.scope.keys() - option.pinned
            for value in self.figure_scopes[key]
        )


FigureScopes = Mapping[str, tuple[ScopeSelection, ...]]
"""For each scope key, what the named figures are about, each selection once."""


def _scope_union(left: FigureScopes, right: FigureScopes, key: str) -> tuple[ScopeSelection, ...]:
    return tuple(dict.fromkeys((*left.get(key, ()), *right.get(key, ()))))


def _choice_union(left: tuple[Choice, ...], right: tuple[Choice, ...]) -> tuple[Choice, ...]:
    return (*left, *(choice for choice in right if choice not in left))


def _is_compatible(left: ScopeSelection, right: ScopeSelection) -> bool:
    return left == right or _is_member(left, right) or _is_member(right, left)


def _is_member(single: ScopeSelection, quantified: ScopeSelection) -> bool:
    return quantified.quantifier is Quantifier.EACH and set(single.terms) <= set(quantified.terms)


def mixtures(knowledge: Knowledge, choices: Sequence[Choice]) -> tuple[Mixture, ...]:
    """The scope keys in which the inputs of one case are about different things, in order of first use.

    A part beside its whole is no mixture, and neither are two times.
    """
    # A person may set the doses of the north against the people of the south; the page then says so.
    selections_by_key: dict[str, dict[str, ScopeSelection]] = {}
    for choice in choices:
        for key, selection in choice.scope.items():
            selections_by_key.setdefault(key, {})[choice.input] = selection
    return tuple(
        Mixture(key, selections)
        for key, selections in selections_by_key.items()
        if _is_mixed(knowledge, selections.values())
    )


def _is_mixed(knowledge: Knowledge, values: Iterable[ScopeSelection]) -> bool:
    return any(are_disjoint(knowledge, left, right) for left, right in combinations(dict.fromkeys(values), 2))


def combined_options(knowledge: Knowledge, options: Iterable[Sequence[Option]]) -> list[Option]:
    """Every combination of one option for each input in which all agree; empty where none do.

    Where a position has exactly the scope of a named figure, positions on its parts, on its whole or on another time
    are left out.

    Args:
        knowledge: Where it is recorded which scope values are part of which.
        options: For each input, the ways to fill it.

    Raises:
        CalculationError: There are more than ``MOST_CASES`` combinations.
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
            raise CalculationError(CalculationProblem(reason=ProblemReason.TOO_MANY_CASES, limit=MOST_CASES))
    # A figure of a part stands with the position on that part, although the position on the whole does not exclude it.
    return [option for option in combined if option.is_of_one_scope] or combined


def fixed_options(knowledge: Knowledge, calculation: Calculation, input: Input) -> list[Option]:
    """The one way to fill an input that is a figure, an assumption or missing; empty where the figure was retracted."""
    if input.kind is InputKind.FIGURE and input.ref is not None:
        return _options_from_figure(knowledge, input, input.ref)
    if input.kind is InputKind.ASSUMED and input.quantity is not None:
        choice = Choice(input=input.name, kind=ChoiceKind.ASSUMED)
        return [_option(input.name, f"{calculation.id} {input.name}", _leaf(knowledge, input.quantity), choice)]
    missing = Leaf(NUMBER, dict.fromkeys(MODES, EVERYTHING), missing=True)
    choice = Choice(input=input.name, kind=ChoiceKind.NOT_STATED)
    return [_option(input.name, f"{calculation.id} {input.name}", missing, choice)]


def figure_leaf(figure: Id) -> str:
    """The name of the value that a figure gives to formulas."""
    return f"figure {figure}"


def position_leaf(position: Position) -> str:
    """The name of the value that a position gives to formulas."""
    # One figure for each of two vendors represents a position on either, so that the scope is part of the name.
    return f"position {position.measure} {position.figures[0]} {position.key}"


def _options_from_figure(knowledge: Knowledge, input: Input, ref: Id) -> list[Option]:
    figure = knowledge.figures.get(ref)
    if figure is None:
        return []
    choice = Choice(
        input=input.name,
        kind=ChoiceKind.STATED,
        figures=(figure.id,),
        scope=dict(figure.scope),
        alleged=is_alleged(knowledge, [figure.id]),
    )
    measure = knowledge.measures.get(figure.measure)
    kind = measure.kind if measure else None
    leaf = _leaf(knowledge, figure.quantity, kind)
    digits = kind_of_digits(measure, knowledge.unit(measure.unit), knowledge.unit_system) if measure else None
    own = as_written(normalize(figure.quantity, str(leaf.unit), Fraction(1), percent=False, kind=digits))
    leaf = replace(leaf, values={**leaf.values, ROUNDED: scaled(own.rounded, leaf.unit.factor)})
    option = _option(input.name, figure_leaf(figure.id), leaf, choice)
    return [replace(option, figure_scopes={key: (value,) for key, value in figure.scope.items()})]


def options_from_measure(knowledge: Knowledge, input: Input, ref: Id) -> list[Option]:
    """One way to fill an input for each position on measure ``ref`` that has the input's ``where``.

    Empty where there is none. Positions on a flow without its period are left out.
    """
    # "$5 billion" without a period may be for a year or for a month, and a formula would have to take it for one.
    return [
        _option_from_position(knowledge, input, position)
        for position in positions(knowledge, ref)
        if _is_in_scope(position.scope, input.where) and not position.normalized.period_not_stated
    ]


def _is_in_scope(scope: Mapping[str, ScopeSelection], where: Mapping[str, ScopeSelection]) -> bool:
    """Whether a position is about exactly what ``where`` names, in every key that it names."""
    # ``where: {place: land}`` takes the 900 doses of the land and not the 70 of its north: it would double both, and
    # call either the result for the land.
    return scope_key({key: scope[key] for key in where if key in scope}) == scope_key(where)


def _option_from_position(knowledge: Knowledge, input: Input, position: Position) -> Option:
    unit = knowledge.unit(position.unit)
    kind = knowledge.measures[position.measure].kind
    hulls = {"stated": position.stated, "allowed": clipped_at_zero(position.allowed, kind)}
    hulls[ROUNDED] = position.stated.hull(as_written(position.normalized).rounded)
    leaf = Leaf(unit, {mode: scaled(hull, unit.factor) for mode, hull in hulls.items()}, position.normalized.spread)
    choice = Choice(
        input=input.name,
        kind=ChoiceKind.STATED,
        figures=position.figures,
        scope=position.scope,
        alleged=is_alleged(knowledge, position.figures),
    )
    return replace(
        _option(input.name, position_leaf(position), leaf, choice),
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
                input=name,
                stated=normalized.original.stated,
                unit=normalized.original.unit,
                after=normalized.stated,
                into=normalized.unit,
                exchange=normalized.exchange,
            )


def _option(name: str, variable: str, leaf: Leaf, choice: Choice) -> Option:
    return Option(
        exprs={name: Name(variable)},
        units={name: leaf.unit},
        leaves={variable: leaf},
        choices=(replace(choice, leaf=variable, value=leaf.input_value),),
    )


def _leaf(knowledge: Knowledge, quantity: Quantity, kind: MeasureKind | None = None) -> Leaf:
    unit = knowledge.unit(quantity.unit)
    values = {"stated": quantity.stated, "allowed": clipped_at_zero(quantity.allowed, kind)}
    return Leaf(unit, {mode: scaled(values[mode], unit.factor) for mode in MODES}, quantity.spread is RangeKind.SPREAD)


def is_alleged(knowledge: Knowledge, figures: Sequence[Id]) -> bool:
    """Whether all of ``figures`` are only alleged; False for no figures."""
    # One voice that vouches for a number makes it more than an allegation, whoever else only alleges it.
    return {knowledge.figures[id].stance for id in figures} == {Stance.ALLEGED}


def clipped_at_zero(allowed: Interval, kind: MeasureKind | None) -> Interval:
    """``allowed`` cut off below zero, where only a bound leaves room there and ``kind`` is never negative."""
    # "At most 20 people" are 0 to 20. Prices, stocks, flows and ratios stay as they are: power is sold below zero, and
    # a margin of "at most 20%" may be a loss.
    never_negative = kind is not None and kind.traits.never_negative
    if not never_negative or allowed.low is not None or allowed.high is None or allowed.high <= 0:
        return allowed
    return Interval(Fraction(0), allowed.high, high_open=allowed.high_open)
