"""What would have to be true instead? Inputs solved from a checked figure: low paired with low, high with high."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from kb.domain.entity import Figure, MeasureKind
from kb.domain.finding import Verdict
from kb.domain.formula import Compare, Expr, Name
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.domain.quantity import RangeKind
from kb.domain.unit import Unit
from kb.domain.wording import digits_apart, say, say_interval, say_number, say_opened
from kb.reasoning.calculating.case import MODES, NEVER_NEGATIVE
from kb.reasoning.calculating.check import names_of, relevant, target_of
from kb.reasoning.calculating.proof import proofs
from kb.reasoning.calculating.result import Check, Implied
from kb.reasoning.calculating.solution import Solution, direction, solution, turned
from kb.reasoning.calculating.work import Case, box_value, inputs
from kb.reasoning.comparing.distance import distance
from kb.reasoning.comparing.exchange import Conversion
from kb.reasoning.comparing.leeway import scaled
from kb.reasoning.noticing.mention import said
from kb.reasoning.noticing.notice import is_settled
from kb.reasoning.telling.apart import number
from kb.reasoning.telling.side import at_rate

_MOST_SOLUTIONS = 40


def needed(knowledge: Knowledge, expr: Expr, cases: Sequence[Case], checks: Sequence[Check]) -> Iterator[Implied]:
    """For each checked figure that does not fit: what each input would need to be, all others as they are.

    Those in front explain most: one value whatever positions are chosen, then one that is a whole multiple of another
    input, then the one that changes its input least.
    """
    if isinstance(expr, Compare):
        return
    told: set[tuple[str, Id, Interval]] = set()
    for check in checks:
        if is_settled(check.verdict) or check.verdict is Verdict.NOT_COMPARABLE:
            continue
        figure = knowledge.figures[check.figure]
        for implied in _needed(knowledge, expr, relevant(knowledge, figure, cases), figure):
            key = (implied.input, implied.for_figure, implied.value)
            if key not in told and len(told) < _MOST_SOLUTIONS:
                told.add(key)
                yield implied


def _needed(knowledge: Knowledge, expr: Expr, cases: Sequence[Case], figure: Figure) -> list[Implied]:
    """For each input the needed values, told once where they do not depend on the choice among the positions."""
    ranked: list[tuple[tuple[bool, bool, Fraction], Implied]] = []
    target = target_of(knowledge, figure)
    for name in cases[0].option.exprs:
        by_value: dict[Interval, list[tuple[Case, Solution]]] = {}
        for case in cases:
            found = solution(expr, name, inputs(case.option), target)
            if found and not _reached(case.values["stated"], target, figure):
                by_value.setdefault(found.value, []).append((case, found))
        for value, here in by_value.items():
            case, found = here[0]
            change = _change(inputs(case.option)[name], value)
            rank = len(here) < len(cases), not _multiple(name, value, case), change
            need = Need(knowledge, expr, name, found, [one for one, _ in here], cases, figure)
            ranked.append((rank, need.implied()))
    return [implied for _, implied in sorted(ranked, key=lambda pair: pair[0])]


def _reached(result: Interval, target: Interval, figure: Figure) -> bool:
    """Whether nothing needs to change: the result has all that is stated, or lies within a stated spread."""
    inside = figure.quantity.spread is RangeKind.SPREAD and target.encloses(result)
    return inside or result.encloses(target)


_FAR_OFF = Fraction(10**9)


def _change(now: Interval, then: Interval) -> Fraction:
    """How many times the nearest ends differ; very much where a sign or a zero lies between."""
    gap = distance(now, then, points=False)
    return _FAR_OFF if gap.near is None else gap.near


@dataclass(frozen=True)
class Need:
    """What one input would need to be for a figure to hold.

    Attributes:
        knowledge: What is known.
        expr: The formula.
        name: The input.
        found: The values that would do.
        here: The cases in which it would need to be so.
        cases: All cases.
        figure: The checked figure.
    """

    knowledge: Knowledge
    expr: Expr
    name: str
    found: Solution
    here: Sequence[Case]
    cases: Sequence[Case]
    figure: Figure

    def implied(self) -> Implied:
        """The value and the sentence."""
        further = self._further()
        needed = self._value() + self._or(further)
        words = (
            f"{self._lead()} `{self.name}` would need to be {needed}{self._at_rate()}{self._not()}{self._as_it_is()}"
        )
        more = _multiple(self.name, self.found.value, self.here[0]) if self._exactly() else ""
        proof = "" if isinstance(self.expr, Name) else self._proof()
        told = f"{words}{self._whose()}{more}{proof and ': '}{proof}."
        shown = self._shown(self.found.value)
        return Implied(
            self.name, shown, str(self._unit), self.figure.id, told, tuple(map(self._shown, further)), needed
        )

    def _proof(self) -> str:
        return proofs(self.knowledge, self.expr, self.name, self.found, self.here[0].option.units, self.figure)

    @cached_property
    def _conversions(self) -> Sequence[Conversion]:
        """How the input was converted in each case, where that is at one rate in all of them; else empty."""
        by_case = [[one for one in case.option.conversions if one.input == self.name] for case in self.here]
        found = [one for conversions in by_case for one in conversions]
        rates = {(one.unit, one.exchange.spans["stated"]) for one in found}
        usable = len(rates) == 1 and all(by_case) and all(rate.exact and rate.low for _, rate in rates)
        return found if usable else ()

    def _at_rate(self) -> str:
        """At which rate the input was converted, and into what."""
        if not self._conversions:
            return ""
        told = at_rate(self._conversions[0].exchange)
        if isinstance(self.expr, Name):
            return told
        return f" (that is {say_interval(self._converted(self.found.value), str(self._own))}{told})"

    def _as_it_is(self) -> str:
        """At which rate a converted input that is the whole formula would do as it is; else empty."""
        if not isinstance(self.expr, Name) or len(self._conversions) != 1:
            return ""
        [conversion] = self._conversions
        after, needed, rate = conversion.after, self._converted(self.found.value), conversion.exchange.spans["stated"]
        if not (after.exact and after.low and needed.exact and needed.low and rate.low):
            return ""
        would = rate.low * needed.low / after.low
        wanted, given = conversion.exchange.wanted, conversion.exchange.given
        recorded = self.knowledge.unit(self.knowledge.figures[conversion.exchange.figures[0]].quantity.unit)
        if dict(recorded.dimension).get(given) == 1:
            wanted, given, would, rate = given, wanted, 1 / would, scaled(Interval.at(1), 1 / rate.low)
        unit = f"{wanted}/{given}"
        return f", which would do at {say_number(would, unit, digits_apart(Interval.at(would), [rate], unit))}"

    @property
    def _own(self) -> Unit:
        """The unit in which the input stands in the formula."""
        return self.here[0].option.units[self.name]

    @property
    def _unit(self) -> Unit:
        """The unit in which the input was said."""
        return self.knowledge.unit(self._conversions[0].unit) if self._conversions else self._own

    @cached_property
    def _digits(self) -> int:
        """As many as tell the needed value from what the input is taken to be."""
        now = (self._shown(box_value(case, self.name, "stated")) for case in self.here)
        return digits_apart(self._shown(self.found.value), now, str(self._unit))

    def _told(self, value: Interval) -> str:
        return say_interval(value, str(self._unit), self._digits)

    def _converted(self, value: Interval) -> Interval:
        return scaled(value, 1 / self._own.factor)

    def _shown(self, value: Interval) -> Interval:
        """``value``, which is in base units of the formula, as it would have been said."""
        rate = self._conversions[0].exchange.spans["stated"].low if self._conversions else None
        return scaled(value, 1 / (self._unit.factor * (rate or Fraction(1))))

    def _further(self) -> tuple[Interval, ...]:
        """Further roots; a negative one only of what may be below zero."""
        choices = (one for one in self.here[0].option.choices if one.input == self.name)
        kinds = {
            self.knowledge.measures[self.knowledge.figures[id].measure].kind for one in choices for id in one.figures
        }
        positive = kinds & {*NEVER_NEGATIVE, MeasureKind.PRICE}
        return tuple(one for one in self.found.others if not positive or (one.low is not None and one.low >= 0))

    def _exactly(self) -> bool:
        """Whether the number itself is asked for, and not its bound: some result keeps to the bound already."""
        return not self._direction() or any(_satisfies(self.knowledge, case, self.figure) for case in self.here)

    def _direction(self) -> int:
        """1 where more of the input gives more, -1 where it gives less, 0 where the bound cannot be turned so."""
        bound = self.figure.quantity.bound
        if not self.found.value.exact or self.found.others or not bound.is_limit:
            return 0
        return direction(self.expr, self.name, inputs(self.here[0].option), self.found.value)

    def _lead(self) -> str:
        quantity = self.figure.quantity
        if not self._exactly():
            return f"For “{say(quantity)}” to hold,"
        exactly = "exactly " if quantity.bound.is_limit else ""
        return f"For {exactly}{say_interval(quantity.stated, quantity.unit)} to come out,"

    def _value(self) -> str:
        shown = self._shown(self.found.value)
        if self._exactly():
            return self._told(shown)
        return self._told(turned(shown, self.figure.quantity.bound, self._direction()))

    def _or(self, further: Sequence[Interval]) -> str:
        return "".join(f" or {self._told(self._shown(one))}" for one in further)

    def _not(self) -> str:
        bound = self.figure.quantity.bound
        kept = any(_satisfies(self.knowledge, case, self.figure) for case in self.here)
        if kept and bound.is_limit:
            return ""
        now = " or ".join(dict.fromkeys(self._now(case) for case in self.here))
        allowed = any(box_value(case, self.name, "allowed").encloses(self.found.value) for case in self.here)
        return f"; what is said is {now}" if allowed else f", not {now}"

    def _now(self, case: Case) -> str:
        """What the input is taken to be in one case, with the side that its bound leaves open."""
        stated, allowed = (box_value(case, self.name, mode) for mode in MODES)
        return say_opened(self._shown(stated), self._shown(allowed), str(self._unit), self._digits)

    def _whose(self) -> str:
        if len(self.here) == len(self.cases) or len({self._now(case) for case in self.here}) > 1:
            return ""
        return _with_whom(names_of(self.cases)[self.cases.index(self.here[0])])


def _with_whom(label: str) -> str:
    return f" (with the number of {label.removeprefix('Computed from ')})"


def _satisfies(knowledge: Knowledge, case: Case, figure: Figure) -> bool:
    """Whether a result lies within what the figure's bound leaves open, so that nothing would need to change."""
    stated = said(knowledge, figure)
    return scaled(stated.allowed, knowledge.unit(stated.unit).factor).meets(case.values["stated"])


def _multiple(name: str, value: Interval, case: Case) -> str:
    """How many times another input of the same dimension the value is; empty where that is no whole number."""
    unit = case.option.units[name]
    for other, values in inputs(case.option).items():
        if other == name or not case.option.units[other].same_dimension(unit) or unit.is_dimensionless:
            continue
        times = value.low / values.low if value.exact and values.exact and value.low and values.low else Fraction(0)
        if times > 1 and times.denominator == 1:
            return f"; that is {number(times)} times `{other}`"
    return ""
