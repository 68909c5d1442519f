"""Which values may stand together in a formula? One case for each choice among the positions, joined on scope.

Two positions stand in one case only when every scope key that both give has the same value, and when the same measure
in the same scope is represented by the same position throughout. A figure that a person names stands with positions
that are not about another thing; two figures stand together as the person wants it, and ``mixtures`` says so.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations

from kb.domain.entity import Calculation, Input, InputKind, MeasureKind, Quantifier, ScopeValue, Stance
from kb.domain.formula import Expr, Name
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.domain.quantity import Quantity, RangeKind
from kb.domain.unit import NUMBER, Unit
from kb.reasoning.arithmetic import EVERYTHING
from kb.reasoning.calculating.result import Choice
from kb.reasoning.comparing.exchange import Conversion
from kb.reasoning.comparing.leeway import scaled
from kb.reasoning.noticing.origin import origin_of
from kb.reasoning.noticing.position import Position, positions
from kb.reasoning.scope import ScopeKey, differ, say_scope, say_value, scope_key

MOST_CASES = 512
"""No calculation is worked out for more choices than this."""

MODES = ("stated", "allowed")
"""The intervals on which every formula is worked out; hedges and rounding act only when a result is compared."""

NEVER_NEGATIVE = frozenset({MeasureKind.COUNT, MeasureKind.DURATION})
"""Kinds of measure whose values cannot be below zero: "at most 20 people" is none to 20. Prices, stocks and flows can
be (power at night, what a debtor owns, a loss), and so can ratios."""

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
        given: What the figures are about that a person named, by key; positions may not be about other things.
        conversions: Amounts that a recorded rate brought into another currency.
    """

    exprs: Mapping[str, Expr] = field(default_factory=dict)
    units: Mapping[str, Unit] = field(default_factory=dict)
    leaves: Mapping[str, Leaf] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    scope: Mapping[str, ScopeValue] = field(default_factory=dict)
    picks: Picks = field(default_factory=dict)
    pinned: frozenset[str] = frozenset()
    given: Mapping[str, tuple[ScopeValue, ...]] = field(default_factory=dict)
    conversions: tuple[Conversion, ...] = ()

    def joined(self, knowledge: Knowledge, other: "Option") -> "Option | None":
        """Both at once; None where a scope key or a position differs."""
        if any(other.picks.get(key, pick) != pick for key, pick in self.picks.items()):
            return None
        shared = (self.scope.keys() & other.scope.keys()) - (self.pinned & other.pinned)
        if not all(_agree(self.scope[key], other.scope[key]) for key in shared):
            return None
        if self._excludes(knowledge, other) or other._excludes(knowledge, self):
            return None
        return Option(
            {**self.exprs, **other.exprs},
            {**self.units, **other.units},
            {**self.leaves, **other.leaves},
            _merged(self.choices, other.choices),
            {**other.scope, **self.scope},
            {**self.picks, **other.picks},
            self.pinned | other.pinned,
            {key: _united(self.given, other.given, key) for key in (*self.given, *other.given)},
            (*self.conversions, *other.conversions),
        )

    @property
    def is_of_one_scope(self) -> bool:
        """Whether the figures named have the very scope of the positions, in each key that nobody fixed by hand."""
        keys = self.given.keys() & self.scope.keys() - self.pinned
        return all(_agree(self.scope[key], value) for key in keys for value in self.given[key])

    def _excludes(self, knowledge: Knowledge, other: "Option") -> bool:
        """Whether a figure named here is about another thing than a position there, and nobody wanted it so."""
        return any(
            differ(knowledge, value, other.scope[key])
            for key in self.given.keys() & other.scope.keys() - other.pinned
            for value in self.given[key]
        )


Given = Mapping[str, tuple[ScopeValue, ...]]


def _united(one: Given, other: Given, key: str) -> tuple[ScopeValue, ...]:
    return tuple(dict.fromkeys((*one.get(key, ()), *other.get(key, ()))))


def _merged(one: tuple[Choice, ...], other: tuple[Choice, ...]) -> tuple[Choice, ...]:
    return (*one, *(choice for choice in other if choice not in one))


def _agree(left: ScopeValue, right: ScopeValue) -> bool:
    return left == right or _one_of(left, right) or _one_of(right, left)


def _one_of(one: ScopeValue, many: ScopeValue) -> bool:
    return many.quantifier is Quantifier.EACH and set(one.terms) <= set(many.terms)


def mixtures(knowledge: Knowledge, choices: Sequence[Choice]) -> tuple[str, ...]:
    """One sentence for each scope key in which the values of one case are about different things."""
    told: dict[str, dict[str, ScopeValue]] = {}
    for choice in choices:
        for key, value in choice.scope.items():
            told.setdefault(key, {})[choice.input] = value
    return tuple(_mixture(knowledge, key, by) for key, by in told.items() if _is_mixed(knowledge, by.values()))


def _is_mixed(knowledge: Knowledge, values: Iterable[ScopeValue]) -> bool:
    return any(differ(knowledge, one, other) for one, other in combinations(dict.fromkeys(values), 2))


def _mixture(knowledge: Knowledge, key: str, by_input: Mapping[str, ScopeValue]) -> str:
    inputs: dict[str, list[str]] = {}
    for name, value in by_input.items():
        inputs.setdefault(say_value(knowledge, value), []).append(f"`{name}`")
    listed = "; ".join(f"{', '.join(names)} for {value}" for value, names in inputs.items())
    return f"It combines numbers that differ in {key}: {listed}."


def joins(knowledge: Knowledge, options: Iterable[Sequence[Option]]) -> list[Option]:
    """Every combination of one option for each input in which all agree.

    Where a position has the very scope of a figure that is named, those on its parts, its whole or another time are
    left out.

    Raises:
        TooManyCases: there are more than ``MOST_CASES``.
    """
    found = [Option()]
    for choices in options:
        found = [both for one in found for other in choices if (both := one.joined(knowledge, other)) is not None]
        if len(found) > MOST_CASES:
            raise TooManyCases(f"there are more than {MOST_CASES} ways to choose among the positions; narrow an input")
    return [one for one in found if one.is_of_one_scope] or found


def fixed(knowledge: Knowledge, calculation: Calculation, given: Input) -> list[Option]:
    """The one way to fill an input that names a figure, an assumption, or nothing."""
    if given.kind is InputKind.FIGURE and given.ref is not None:
        return _from_figure(knowledge, given, given.ref)
    if given.kind is InputKind.ASSUMED and given.quantity is not None:
        choice = Choice(given.name, "assumed", ())
        return [_option(given.name, f"{calculation.id} {given.name}", _leaf(knowledge, given.quantity), choice)]
    missing = Leaf(NUMBER, dict.fromkeys(MODES, EVERYTHING), missing=True)
    return [_option(given.name, f"{calculation.id} {given.name}", missing, Choice(given.name, "not stated", ()))]


def _from_figure(knowledge: Knowledge, given: Input, ref: Id) -> list[Option]:
    figure = knowledge.figures.get(ref)
    if figure is None:
        return []
    label = ", ".join(filter(None, (origin_of(knowledge, figure).name, say_scope(knowledge, figure.scope))))
    choice = Choice(given.name, label, (figure.id,), dict(figure.scope), alleged=is_alleged(knowledge, [figure.id]))
    measure = knowledge.measures.get(figure.measure)
    leaf = _leaf(knowledge, figure.quantity, measure.kind if measure else None)
    option = _option(given.name, f"figure {figure.id}", leaf, choice)
    return [replace(option, given={key: (value,) for key, value in figure.scope.items()})]


def from_measure(knowledge: Knowledge, given: Input, ref: Id) -> list[Option]:
    """One way to fill an input for each position on the measure that lies in the input's ``where``.

    A flow whose period nobody says cannot be calculated with and takes no part.
    """
    return [
        _from_position(knowledge, given, position)
        for position in positions(knowledge, ref)
        if _is_at(position.scope, given.where) and not position.reading.period_unsaid
    ]


def _is_at(scope: Mapping[str, ScopeValue], where: Mapping[str, ScopeValue]) -> bool:
    """Whether a position speaks of just what ``where`` names: of a part of it something else may be true."""
    return scope_key({key: scope[key] for key in where if key in scope}) == scope_key(where)


def _from_position(knowledge: Knowledge, given: Input, position: Position) -> Option:
    unit = knowledge.unit(position.unit)
    kind = knowledge.measures[position.measure].kind
    hulls = {"stated": position.stated, "allowed": grounded(position.allowed, kind)}
    leaf = Leaf(unit, {mode: scaled(hulls[mode], unit.factor) for mode in MODES}, position.reading.spread)
    name = f"position {position.measure} {position.figures[0]} {position.label}"
    alleged = is_alleged(knowledge, position.figures)
    choice = Choice(given.name, position.label, position.figures, position.scope, alleged=alleged)
    return replace(
        _option(given.name, name, leaf, choice),
        scope=position.scope,
        picks={(position.measure, position.key): position.figures[0]},
        pinned=frozenset(given.where),
        conversions=tuple(_conversions(given.name, position)),
    )


def _conversions(name: str, position: Position) -> Iterator[Conversion]:
    for mention in position.mentions:
        said = mention.reading
        if said.exchange and said.original:
            yield Conversion(name, said.original.stated, said.original.unit, said.stated, said.unit, said.exchange)


def _option(name: str, variable: str, leaf: Leaf, choice: Choice) -> Option:
    return Option({name: Name(variable)}, {name: leaf.unit}, {variable: leaf}, (replace(choice, leaf=variable),))


def _leaf(knowledge: Knowledge, quantity: Quantity, kind: MeasureKind | None = None) -> Leaf:
    unit = knowledge.unit(quantity.unit)
    values = {"stated": quantity.stated, "allowed": grounded(quantity.allowed, kind)}
    return Leaf(unit, {mode: scaled(values[mode], unit.factor) for mode in MODES}, quantity.spread is RangeKind.SPREAD)


def is_alleged(knowledge: Knowledge, figures: Sequence[Id]) -> bool:
    """Whether all of ``figures`` are only alleged; not where there is none."""
    return {knowledge.figures[id].stance for id in figures} == {Stance.ALLEGED}


def grounded(allowed: Interval, kind: MeasureKind | None) -> Interval:
    """``allowed`` without what is below zero, where a bound alone lets it be and no such thing is ever below zero."""
    if kind not in NEVER_NEGATIVE or allowed.low is not None or allowed.high is None or allowed.high <= 0:
        return allowed
    return Interval(Fraction(0), allowed.high, high_open=allowed.high_open)
