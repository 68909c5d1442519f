"""The results of a calculation on its card: small intervals on one axis, its threshold, and where that would turn."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice

from kb.domain.entity import Calculation, Condition, Question
from kb.domain.identity import Id
from kb.reasoning.answers.break_even import moved_inputs
from kb.reasoning.argumentation.condition import condition_holds, limit_of
from kb.reasoning.calculation.result import Outcome, Result
from kb.reports.plot import Axis, axis_for
from kb.reports.row import TRUTH_WORDS, outcome_words, result_words
from kb.reports.view import View
from kb.reports.words.amount import number_words, opened_interval_words
from kb.reports.words.calculation import problem_sentence
from kb.reports.words.implied_value import implied_value_words
from kb.reports.words.inputs import input_words
from kb.reports.words.outcome import stances_of_outcome
from kb.reports.words.references import SIGN_WORDS, amount_words, capitalized, figure_amount_words
from kb.reports.words.voices import in_brackets

MOST_ROWS = 4
"""The most results that a card shows one by one."""

_MOST_WORKING = 9
_MOST_CONDITIONS = 3


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A result: its ends as shares of the axis, which of them are open, and its words. None without a number."""

    low: float | None
    high: float | None
    open_low: bool
    open_high: bool
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultAxis:
    """The results of a calculation on one axis.

    Attributes:
        rows: One for each result, or one for all of them where these are many.
        limit: Where the threshold lies, as a share of the axis; None for none.
        test: What is tested, in words: ``is less than 0``; empty for nothing.
        problem: Why there is no result; empty where there is one.
    """

    rows: tuple[ResultRow, ...] = ()
    limit: float | None = None
    test: str = ""
    problem: str = ""


def condition_on(view: View, question: Question, calculation: Id) -> Condition | None:
    """What a calculation is tested for: what decides the question, else the first claim that it decides."""
    if question.decided_by and question.decided_by.calculation == calculation:
        return question.decided_by
    return next((claim.holds_if for claim in view.conditions_on.get(calculation, ())), None)


def result_axis(view: View, question: Question, calculation: Calculation) -> ResultAxis:
    """The results of ``calculation``, with the threshold that they are tested by on the map of ``question``."""
    result = view.analysis.results.get(calculation.id)
    if result is None or not result.outcomes:
        problem = problem_sentence(view.knowledge, calculation.id, result.problem) if result else ""
        return ResultAxis(problem=problem or "It has no result.")
    condition = condition_on(view, question, calculation.id)
    limit = _limit(view, condition, result) if condition else None
    test = f"{SIGN_WORDS[condition.sign]} {amount_words(condition.limit)}" if condition else ""
    axis = _axis(result, limit)
    if len(result.outcomes) > MOST_ROWS or axis is None:
        rows: tuple[ResultRow, ...] = (_hull_row(view, result, axis),)
    else:
        rows = tuple(_row(view, outcome, axis) for outcome in result.outcomes)
    return ResultAxis(rows=rows, limit=_share(axis, limit) if axis and limit is not None else None, test=test)


def _limit(view: View, condition: Condition, result: Result) -> Fraction | None:
    limit = limit_of(view.knowledge, condition).low
    return None if limit is None or result.outcomes[0].compares else limit / view.knowledge.unit(result.unit).factor


_SCALE = 1000.0


def _axis(result: Result, limit: Fraction | None) -> Axis | None:
    if result.outcomes[0].compares:
        return None
    ends = [end for one in result.outcomes for end in (one.stated.low, one.stated.high, limit) if end is not None]
    return replace(axis_for(ends), left=0.0, right=_SCALE) if ends else None


def _share(axis: Axis, value: Fraction | float) -> float:
    return min(max(axis.x(float(value)) / _SCALE, 0.0), 1.0)


def _row(view: View, outcome: Outcome, axis: Axis) -> ResultRow:
    low, high = outcome.stated.low, outcome.stated.high
    text = in_brackets(outcome_words(outcome), stances_of_outcome(view.knowledge, outcome))
    return ResultRow(
        None if low is None else _share(axis, low),
        None if high is None else _share(axis, high),
        outcome.allowed.low is None,
        outcome.allowed.high is None,
        text,
    )


def _hull_row(view: View, result: Result, axis: Axis | None) -> ResultRow:
    text = result_words(view.knowledge, result)
    lows = [one.stated.low for one in result.outcomes]
    highs = [one.stated.high for one in result.outcomes]
    low = None if None in lows or axis is None else _share(axis, min(end for end in lows if end is not None))
    high = None if None in highs or axis is None else _share(axis, max(end for end in highs if end is not None))
    is_open = [any(getattr(one.allowed, end) is None for one in result.outcomes) for end in ("low", "high")]
    return ResultRow(low, high, is_open[0] and axis is not None, is_open[1] and axis is not None, text)


_SIGNS = ((" ** ", "^"), (" * ", " × "), (" - ", " − "), (" / ", " ÷ "), ("_", " "))


def formula_words(calculation: Calculation) -> str:
    """The formula of a calculation with the names of its inputs as words and signs as people write them."""
    return _written(calculation.formula)


def _written(formula: str) -> str:
    for sign, typed in _SIGNS:
        formula = formula.replace(sign, typed)
    return re.sub(r"(?<=\w) ?× ?(?=\w)", " × ", formula)


def working_words(view: View, calculation: Calculation) -> tuple[str, ...]:
    """The intermediate values of a calculation's first result, one line each, the result last."""
    result = view.analysis.results.get(calculation.id)
    if result is None or not result.outcomes:
        return ("There is no result to work out.",)
    first = result.outcomes[0]
    taken = {choice.input for choice in first.choices}
    lines = [
        f"{_written(step.text)} = {opened_interval_words(step.stated, step.allowed, step.unit)}"
        for step in first.steps
        if step.text not in taken
    ]
    if first.compares:
        lines.append(TRUTH_WORDS[first.truth].capitalize())
    more = len(result.outcomes) - 1
    others = [f"The page shows {more} more in the same way."] if more else []
    return (*lines[-_MOST_WORKING:], *others)


def must_be_words(
    view: View, question: Question, calculation: Calculation, turns: Callable[[], Mapping[Id, Sequence[str]]]
) -> tuple[str, ...]:
    """What a calculation is tested for and how that turns out, and where it would turn out otherwise.

    ``turns`` gives the break-evens of the question; it is called where they are needed, since they take a while.
    """
    condition = condition_on(view, question, calculation.id)
    if condition is None:
        return tuple(islice(_implied(view, calculation), 1))
    truth = condition_holds(view.knowledge, condition, view.analysis.results)
    tested = f"Tested whether it {SIGN_WORDS[condition.sign]} {amount_words(condition.limit)}: {TRUTH_WORDS[truth]}."
    return (tested, *(f"Turns at {turn}." for turn in turns().get(calculation.id, ())[:_MOST_CONDITIONS]))


def break_evens(view: View, question: Question) -> Mapping[Id, Sequence[str]]:
    """By calculation, where its test would turn out otherwise: ``$800 a month for the average use (now $1,000)``."""
    found: dict[Id, dict[str, None]] = defaultdict(dict)
    for _, moved in moved_inputs(view.analysis.slices[question.id]):
        for one in moved:
            turn = one.break_even
            name = input_words(view.knowledge, turn.calculation, turn.input)
            present = "no source states it" if turn.present is None else f"now {number_words(turn.present, turn.unit)}"
            found[turn.calculation][f"{number_words(turn.value, turn.unit)} for {name} ({present})"] = None
    return {calculation: tuple(words) for calculation, words in found.items()}


def _implied(view: View, calculation: Calculation) -> Iterator[str]:
    """The values that inputs would need for a stated figure to hold."""
    result = view.analysis.results.get(calculation.id)
    for implied in result.implied if result else ():
        figure = view.knowledge.figures.get(implied.for_figure)
        if figure:
            name = capitalized(input_words(view.knowledge, calculation.id, implied.input))
            yield f"{name} would have to be {implied_value_words(implied)} for {figure_amount_words(figure)}."
