"""How do inputs in several currencies stand in one formula? Each converted by a recorded rate of its own time."""

from collections.abc import Sequence
from dataclasses import replace

from kb.domain.entity import Calculation
from kb.domain.formula import Binary, Expr, FormulaError, Name, common_currency, foreign
from kb.domain.knowledge import Knowledge
from kb.reasoning.arithmetic import multiply
from kb.reasoning.calculating.case import MODES, Leaf, Option, is_alleged
from kb.reasoning.calculating.result import Choice
from kb.reasoning.calculating.work import Unworkable, inputs
from kb.reasoning.comparing.exchange import Conversion, Exchange, NoRate
from kb.reasoning.comparing.leeway import scaled
from kb.reasoning.noticing.rate import Days, exchange, time_of


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
        code = common_currency(expr, option.units, wanted_currency(knowledge, calculation))
    except FormulaError:
        if missing:  # what it is measured in is not known yet
            return option
        raise
    for name, given in foreign(option.units, code).items() if code else ():
        option = _converted(knowledge, option, name, given, code or "")
    return option


def wanted_currency(knowledge: Knowledge, calculation: Calculation) -> str:
    """The currency that the result should be in: as declared, else that of the first figure that it checks."""
    checked = (knowledge.figures[id].measure for id in calculation.checks if id in knowledge.figures)
    texts = (calculation.unit, *(knowledge.measures[id].unit for id in checked if id in knowledge.measures))
    units = [knowledge.unit(text) for text in texts if text]
    return units[0].currencies[0] if units and len(units[0].currencies) == 1 else ""


def _converted(knowledge: Knowledge, option: Option, name: str, given: str, wanted: str) -> Option:
    found = exchange(knowledge, given, wanted, _time(knowledge, option, name))
    if isinstance(found, NoRate):
        raise Unworkable(f"`{name}` is in {given}, and there is {found.reason}: {found.hint}")
    unit = option.units[name]
    power = dict(unit.dimension)[given]
    if abs(power) != 1:
        raise Unworkable(f"`{name}` is in {unit}, and a rate converts no power of a currency")
    rate = f"rate {given} {wanted} {' '.join(found.figures)}"
    leaf = Leaf(knowledge.unit(f"{wanted}/{given}"), {mode: found.spans[mode] for mode in MODES})
    alleged = is_alleged(knowledge, found.figures)
    by = Choice(f"{wanted}/{given}", found.words, found.figures, leaf=rate, alleged=alleged)
    return replace(
        option,
        exprs={**option.exprs, name: Binary("*" if power > 0 else "/", option.exprs[name], Name(rate))},
        units={**option.units, name: unit.in_currency(wanted)},
        leaves={**option.leaves, rate: leaf},
        choices=_with(option.choices, by),
        conversions=(*option.conversions, _conversion(option, name, found if power > 0 else found.inverse(), wanted)),
    )


def _with(choices: tuple[Choice, ...], rate: Choice) -> tuple[Choice, ...]:
    return choices if rate in choices else (*choices, rate)


def _conversion(option: Option, name: str, by: Exchange, wanted: str) -> Conversion:
    unit, into = option.units[name], option.units[name].in_currency(wanted)
    base = inputs(option)[name]
    after = scaled(multiply(base, by.spans["stated"]), 1 / into.factor)
    return Conversion(name, scaled(base, 1 / unit.factor), str(unit), after, str(into), by)


def _time(knowledge: Knowledge, option: Option, name: str) -> Days | None:
    """The time of an input: of its own figures, the latest; else, as of an assumption, of all others' the latest."""
    own = [choice for choice in option.choices if choice.input == name or choice.input.startswith(f"{name} › ")]
    for choices in (own, option.choices):
        figures = (knowledge.figures[id] for choice in choices for id in choice.figures if id in knowledge.figures)
        times = [time for figure in figures if (time := time_of(knowledge, figure))]
        if times:
            return max(times, key=lambda days: (days[1], days[0]))
    return None
