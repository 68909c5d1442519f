"""Sentences on values solved backwards, with the formula in numbers so that a reader can check them."""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import assert_never

from kb.domain.entity import Figure
from kb.domain.formula import Binary, Expr, Name, parse_formula, unit_of, write_formula
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.domain.unit import Unit
from kb.reasoning.arithmetic import NoResult
from kb.reasoning.calculation.equation_solver import Point
from kb.reasoning.calculation.interval_evaluation import natural_extension
from kb.reasoning.calculation.result import ImpliedValue, MissingValue, RequiredValue, Result
from kb.reasoning.comparison.distance import has_places
from kb.reasoning.comparison.tolerance import scaled
from kb.reasoning.findings.mention import in_points, normalized_quantity
from kb.reports.words.amount import (
    distinguishing_digits,
    interval_words,
    number_words,
    opened_interval_words,
    plain_number,
    quantity_words,
    read_aloud,
)
from kb.reports.words.inputs import before_verb, input_words, is_plural_label
from kb.reports.words.outcome import outcome_label, voices_of_outcome, with_number_of
from kb.reports.words.rates import at_rate
from kb.reports.words.references import capitalized, list_words
from kb.reports.words.voices import with_stance

LONGEST = 120
"""The most characters of a line for a pocket calculator."""

Units = Mapping[str, Unit]
"""The unit of each input."""

_NAME = re.compile(r"[^\W\d]\w*")
_PLACES = 4


def worked_example(knowledge: Knowledge, expr: Expr, implied: ImpliedValue, figure: Figure) -> str:
    """``expr`` in numbers with the implied value, for each stated end of ``figure``: ``4,000 / 200 = 20 times``.

    A factor that converts the unit of the line into that of the figure is at its end, e.g. ``/ 1,000,000`` for dollars
    per million tokens times tokens. Empty where the units within the formula do not fit as they are shown, such as
    hours added to days, and where the line would be too long.
    """
    stated, solution = normalized_quantity(knowledge, figure), implied.solution
    ends = (
        (solution.low, solution.lowering, stated.stated.low),
        (solution.high, solution.raising, stated.stated.high),
    )
    lines: dict[str, None] = {}
    for value, point, target in ends:
        if value.low is None or not value.exact or target is None:
            return ""
        at = {**point, implied.input: value.low}
        lines.setdefault(_line(expr, at, implied.units, target, knowledge.unit(stated.unit), stated.unit))
    return "; ".join(lines) if all(lines) else ""


def _line(expr: Expr, values: Point, units: Units, target: Fraction, target_unit: Unit, unit: str) -> str:
    shown = {input_name: at / units[input_name].factor for input_name, at in values.items()}
    factor = unit_of(expr, units).factor / target_unit.factor
    # Hours added to days come out only once each is converted, which no line without units shows.
    if not _gives_target(expr, shown, target / factor):
        return ""
    digits = {input_name: _digit_words(at, str(units[input_name])) for input_name, at in shown.items()}
    left = _NAME.sub(lambda match: digits.get(match[0], match[0]), write_formula(expr))
    for sign, typed in ((" ** ", "^"), (" * ", " × "), ("-", "−")):
        left = left.replace(sign, typed)
    # A third is typed as 0.3333, and what comes out is then near the target.
    exact = all(_is_short(at, str(units[input_name])) for input_name, at in shown.items())
    right = interval_words(Interval.at(target), unit).removeprefix("≈ ")
    line = f"{_with_unit_factor(left, expr, factor)} {'=' if exact else '≈'} {right}"
    return line if len(line) <= LONGEST else ""


def _with_unit_factor(line: str, expr: Expr, factor: Fraction) -> str:
    """``line`` with the factor that converts its unit into that of the target: ``× 365``, ``/ 1,000,000``."""
    if factor == 1:
        return line
    whole = f"({line})" if isinstance(expr, Binary) and expr.sign in ("+", "-") else line
    times = f" × {plain_number(Fraction(factor.numerator))}" if factor.numerator > 1 else ""
    return whole + times + (f" / {plain_number(Fraction(factor.denominator))}" if factor.denominator > 1 else "")


def _gives_target(expr: Expr, shown: Point, target: Fraction) -> bool:
    """Whether the numbers as shown give ``target``, in the unit of the formula itself."""
    box = {input_name: Interval.at(at) for input_name, at in shown.items()}
    try:
        return natural_extension(expr, box) == Interval.at(target)
    except NoResult:
        return False


def _digit_words(value: Fraction, unit: str) -> str:
    digits = f"{plain_number(value * 100)}%" if in_points(unit) else plain_number(value)
    return f"({digits})" if value < 0 else digits


def _is_short(value: Fraction, unit: str) -> bool:
    return has_places(value * 100 if in_points(unit) else value, _PLACES)


def solved_backwards(knowledge: Knowledge, result: Result, figure: Id) -> str:
    """A sentence on what would have to be true for a checked figure to hold; empty where no one value can be named."""
    implied_values = [implied for implied in result.implied if implied.for_figure == figure]
    # An input that needs two values, one for each position, explains nothing in a sentence; the page lists both.
    inputs = [implied.input for implied in implied_values]
    sole = (implied for implied in implied_values if inputs.count(implied.input) == 1)
    return next((implied_sentence(knowledge, result, implied) for implied in sole), "")


def implied_sentence(knowledge: Knowledge, result: Result, implied: ImpliedValue) -> str:
    """A sentence with the implied value and the arithmetic that shows it.

    ``For the result to be $100, the price would have to be $5 (5 × 20 = $100), not $10.``, or
    ``No source gives the time. 120 km implies 1.5 hours (80 × 1.5 = 120 km).``
    """
    expr = parse_formula(knowledge.calculations[result.calculation].formula)
    match implied:
        case RequiredValue():
            return _required_sentence(knowledge, result, expr, implied)
        case MissingValue():
            return _missing_sentence(knowledge, result, expr, implied)
        case _:
            assert_never(implied)


def implied_value_words(implied: ImpliedValue) -> str:
    """All values that would do, with enough digits to distinguish them from the stated ones: ``20% or 80%``."""
    digits = _digits(implied)
    words = opened_interval_words(implied.value, implied.allowed, implied.unit, digits)
    if isinstance(implied, RequiredValue):
        words = interval_words(implied.allowed, implied.unit, digits)
    return words + _alternative_words(implied, digits)


def _alternative_words(implied: ImpliedValue, digits: int) -> str:
    return "".join(f" or {interval_words(root, implied.unit, digits)}" for root in implied.further_values)


def _digits(implied: ImpliedValue) -> int:
    # To four digits, $16,504,800 would need to be the $16,504,000 that it is, and the sentence would contradict itself.
    present = (value.stated for value in implied.present) if isinstance(implied, RequiredValue) else ()
    return distinguishing_digits(implied.value, present, implied.unit)


# What an input would need to be


def _required_sentence(knowledge: Knowledge, result: Result, expr: Expr, required: RequiredValue) -> str:
    figure = knowledge.figures[required.for_figure]
    needed = input_words(knowledge, result.calculation, required.input)
    multiple = required.multiple
    # An input that is the whole formula leaves nothing to type: "100 = $100".
    example = "" if isinstance(expr, Name) else worked_example(knowledge, expr, required, figure)
    value = read_aloud(implied_value_words(required))
    parts = [
        _lead_words(knowledge, required, before_verb(needed), _required_voice_words(knowledge, result, required)),
        f" {value}",
        f", {multiple.times:,} times {input_words(knowledge, result.calculation, multiple.input)}" if multiple else "",
        _bracketed(_required_rate_words(knowledge, expr, required), example),
        _present_words(required),
        _sufficient_rate_words(required),
    ]
    return capitalized(f"{''.join(parts)}.")


def _bracketed(rate: str, example: str) -> str:
    """The rate, and the arithmetic in brackets: those of the rate, where it has any."""
    if not example:
        return rate
    return f"{rate[:-1]}; {example})" if rate.endswith(")") else f"{rate} ({example})"


def _lead_words(knowledge: Knowledge, required: RequiredValue, needed: str, voices: str) -> str:
    """What is wanted of an input, up to its value; ``voices`` says with whose numbers, and ends with a comma."""
    quantity = knowledge.figures[required.for_figure].quantity
    if not required.exact:
        holds = "are" if is_plural_label(needed) else "is"
        return f"{voices}the stated {quantity_words(quantity)} is right only if {needed} {holds}"
    exactly = "exactly " if quantity.bound.is_limit else ""
    wanted = f"{exactly}{read_aloud(interval_words(quantity.stated, quantity.unit))}"
    with_voices = f" {voices.removesuffix(', ')}" if voices else ""
    return f"for the result to be {wanted}{with_voices}, {needed} would have to be"


def _required_rate_words(knowledge: Knowledge, expr: Expr, required: RequiredValue) -> str:
    """The rate that converts the input, with the converted value where the input is not the whole formula."""
    if required.exchange is None:
        return ""
    rate = at_rate(knowledge, required.exchange)
    if isinstance(expr, Name):
        return rate
    unit = required.units[required.input]
    return f" (that is {interval_words(scaled(required.solution.value, 1 / unit.factor), str(unit))}{rate})"


def _present_words(required: RequiredValue) -> str:
    """The stated value of the input with its open side; empty where the needed value keeps to its bound."""
    if required.keeps_bound:
        return ""
    now = " or ".join(dict.fromkeys(_present_value_words(required)))
    # "At least $10" is not wrong where $15 is needed; it leaves room for that.
    return f"; what is stated is {now}" if required.within_allowed else f", not {now}"


def _present_value_words(required: RequiredValue) -> list[str]:
    digits = _digits(required)
    return [opened_interval_words(value.stated, value.allowed, value.unit, digits) for value in required.present]


def _sufficient_rate_words(required: RequiredValue) -> str:
    rate = required.sufficient_rate
    if rate is None:
        return ""
    digits = distinguishing_digits(Interval.at(rate.needed), [rate.recorded], rate.unit)
    return f", which would do at {number_words(rate.needed, rate.unit, digits)}"


def _required_voice_words(knowledge: Knowledge, result: Result, required: RequiredValue) -> str:
    """The voices with whose numbers it is so; empty where it is so with all, or where the values distinguish them."""
    check = next(check for check in result.checks if check.figure == required.for_figure)
    everywhere = len(required.outcomes) == len(check.compared)
    if everywhere or len(set(_present_value_words(required))) > 1:
        return ""
    label = outcome_label(knowledge, result.outcomes[required.outcomes[0]], check.contested)
    return with_number_of(label.removeprefix("Calculated").removeprefix(" from "))


# What an input that no source gives must be


def _missing_sentence(knowledge: Knowledge, result: Result, expr: Expr, missing: MissingValue) -> str:
    """Sentences on what a missing input must be; how wide its range would be otherwise has one of its own."""
    figure = knowledge.figures[missing.for_figure]
    value = opened_interval_words(missing.value, missing.allowed, missing.unit)
    checked = with_stance(quantity_words(figure.quantity), figure.stance)
    parts = [
        f"{with_number_of(_missing_voices(knowledge, result, missing))}{checked} implies {value}",
        _range_words(knowledge, result, missing),
        _alternative_words(missing, _digits(missing)),
        f"; {interval_words(missing.value, missing.unit)} is taken" if missing.further_values else "",
    ]
    example = worked_example(knowledge, expr, missing, figure)
    implied = capitalized(f"{''.join(parts)}{example and f' ({example})'}.")
    lead = f"No source gives {input_words(knowledge, result.calculation, missing.input)}."
    return " ".join(filter(None, [lead, implied, _crossed_sentence(missing)]))


def _range_words(knowledge: Knowledge, result: Result, missing: MissingValue) -> str:
    if not missing.range_inputs:
        return ""
    named = list_words(tuple(input_words(knowledge, result.calculation, name) for name in missing.range_inputs))
    return f" at both ends, so the whole range comes from {named}"


def _crossed_sentence(missing: MissingValue) -> str:
    if missing.crossed == missing.value:
        return ""
    return f"Pairing the low ends with the high ones would give {interval_words(missing.crossed, missing.unit)}."


def _missing_voices(knowledge: Knowledge, result: Result, missing: MissingValue) -> str:
    return voices_of_outcome(knowledge, result.outcomes[missing.outcomes[0]], result.contested)
