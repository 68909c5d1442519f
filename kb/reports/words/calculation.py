"""Sentences on calculations: why one has no result, and how its outcomes compare with the figures it checks."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from kb.domain.entity import Figure, Stance
from kb.domain.finding import Ground, MissingRate, Pairing, Verdict
from kb.domain.formula import Compare, Name, parse_formula
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.reasoning.arithmetic import LARGEST_EXPONENT, NoResultReason
from kb.reasoning.calculation.check import (
    breaks_bound,
    checked_quantity,
    compare_outcome,
    exchange_for_check,
    keeps_bound_far_off,
    normalized_outcome,
    outcome_in_own_unit,
    reaches,
)
from kb.reasoning.calculation.result import (
    CalculationProblem,
    Check,
    Outcome,
    ProblemReason,
    Result,
    distinguishing_choices,
)
from kb.reasoning.comparison.distance import distance
from kb.reasoning.comparison.tolerance import NormalizedQuantity
from kb.reports.words.amount import OR_MORE, POSSIBLY_LESS, interval_words, opened_interval_words, quantity_words
from kb.reports.words.comparison import comparison_sentence
from kb.reports.words.difference import gap_words, nearest_sentence
from kb.reports.words.implied_value import solved_backwards
from kb.reports.words.inputs import input_words
from kb.reports.words.outcome import outcome_label, stance_of_choice, stances_of_outcome
from kb.reports.words.rates import conversion_sentences, missing_rate_hint, missing_rate_words
from kb.reports.words.references import capitalized, list_words
from kb.reports.words.side import Side, make_side, said_by_both
from kb.reports.words.spread import scope_sentence
from kb.reports.words.verdicts import verdict_words
from kb.reports.words.voices import attribution_words, in_brackets, stance_mark

# Why a calculation has no result


def problem_sentence(knowledge: Knowledge, calculation: Id, problem: CalculationProblem | None) -> str:
    """The reason why ``calculation`` has no result, as a sentence; empty where it has one."""
    if problem is None:
        return ""
    text = _problem_words(knowledge, calculation, problem)
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


PROBLEM_WORDS: Mapping[ProblemReason, str] = {
    ProblemReason.FORMULA: "{text}",
    ProblemReason.UNKNOWN_NAME: "the formula names {names}, which is not an input",
    ProblemReason.CIRCLE: "the calculation rests on itself: {circle}",
    ProblemReason.NO_COMMON_SCOPE: "no positions on {inputs} share a scope, and different scopes are never combined",
    ProblemReason.NO_POSITION: "no source takes a position on {inputs}",
    ProblemReason.RETRACTED_FIGURE: "the figure of {inputs} is no longer recorded",
    ProblemReason.FAILED_INPUT: "{inputs} could not be worked out: {cause}",
    ProblemReason.TOO_MANY_CASES: "there are more than {limit} ways to choose among the positions; narrow an input",
    ProblemReason.NO_RATE: "{inputs} is in {unit}, and there is {rate}",
    ProblemReason.POWER_OF_CURRENCY: "{inputs} is in {unit}, and a rate converts no power of a currency",
    ProblemReason.UNKNOWN_UNIT: "{text}",
    ProblemReason.WRONG_UNIT: "the formula gives {unit}, not {wanted_unit}",
    ProblemReason.NO_VALUE: "`{part}` cannot be worked out: {text}",
    ProblemReason.DIVISION_BY_ZERO: "`{part}` divides by {divisor}",
    ProblemReason.SEVERAL_MISSING: "no source gives {inputs}, and one equation cannot give more than one of them",
    ProblemReason.NOTHING_IMPLIES: "no source gives {inputs}, and no other figure implies it",
    ProblemReason.NOT_SOLVABLE: "{inputs} cannot be solved for: {text}",
    ProblemReason.NO_SOLUTION: "no value of {inputs} makes the formula give {figure}",
    ProblemReason.NO_UNIT: "no unit of {inputs} makes the formula come out in {wanted_unit}",
}
"""The sentence for each reason, without its full stop; names in braces stand for facts of the problem in words."""


def _problem_words(knowledge: Knowledge, calculation: Id, problem: CalculationProblem) -> str:
    figure = knowledge.figures.get(problem.figure) if problem.figure else None
    return PROBLEM_WORDS[problem.reason].format(
        inputs=list_words(tuple(input_words(knowledge, calculation, name) for name in problem.inputs)) or "the inputs",
        names=", ".join(problem.inputs),
        circle=" → ".join(knowledge.calculations[id].slug for id in problem.calculations),
        part=problem.part,
        divisor=_divisor_words(knowledge, calculation, problem),
        unit=problem.unit,
        wanted_unit=problem.wanted_unit,
        figure=quantity_words(figure.quantity) if figure else "",
        rate=_missing_rate_words(knowledge, problem),
        limit=problem.limit,
        cause=_cause_words(knowledge, calculation, problem) or "it is no longer recorded.",
        text=_no_result_words(problem) or problem.text,
    )


def _cause_words(knowledge: Knowledge, calculation: Id, problem: CalculationProblem) -> str:
    """Why the inner calculation of the input that failed has no result."""
    failed = next((i for i in knowledge.calculations[calculation].inputs if i.name in problem.inputs), None)
    return problem_sentence(knowledge, failed.ref, problem.cause) if failed and failed.ref else ""


def _no_result_words(problem: CalculationProblem) -> str:
    """Why an operation has no value; empty where none failed."""
    if problem.no_result is None:
        return ""
    return NO_RESULT_WORDS[problem.no_result].format(exponent=problem.exponent, largest=LARGEST_EXPONENT)


NO_RESULT_WORDS: Mapping[NoResultReason, str] = {
    NoResultReason.DIVISOR_MAY_BE_ZERO: "the divisor may be zero",
    NoResultReason.EXPONENT_TOO_LARGE: "the exponent {exponent} is larger than {largest}",
    NoResultReason.POWER_TOO_LARGE: "the power is too large to be written out",
    NoResultReason.BASE_NOT_ABOVE_ZERO: "only a number above zero can be raised to an exponent that is not whole",
    NoResultReason.END_MISSING: (
        "a power with an exponent that is not whole needs a base and an exponent with both ends"
    ),
    NoResultReason.EXPONENT_TOO_FINE: ("the exponent {exponent} is too fine for exact work; give it with fewer digits"),
}


def _missing_rate_words(knowledge: Knowledge, problem: CalculationProblem) -> str:
    missing = problem.missing_rate
    return f"{missing_rate_words(knowledge, missing)}: {missing_rate_hint(missing)}" if missing else ""


def _divisor_words(knowledge: Knowledge, calculation: Id, problem: CalculationProblem) -> str:
    if problem.values is None:
        return "zero"
    if not problem.divisor:
        return "a value that may be zero"
    # A divisor is one input or a part of the formula.
    names = {entry.name for entry in knowledge.calculations[calculation].inputs}
    divisor = problem.divisor
    named = input_words(knowledge, calculation, divisor) if divisor in names else f"`{divisor}`"
    return f"a value that may be zero: {named} may be {interval_words(problem.values, problem.unit)}"


# One pairing of a check


def pairing_labels_of_check(knowledge: Knowledge, result: Result, check: Check, pairing: Pairing) -> tuple[str, str]:
    """The voices from whose numbers the result was computed, and the voice that states the figure."""
    voice = attribution_words(knowledge, knowledge.figures[check.figure])
    # An end that no outcome reaches belongs to none of them.
    if pairing.ground is Ground.END_NOT_REACHED:
        return f"calculated, nearest to the {pairing.end} end", voice
    return outcome_label(knowledge, _outcome(result, pairing), check.contested), voice


def _outcome(result: Result, pairing: Pairing) -> Outcome:
    assert pairing.outcome is not None, "each pairing of a check names its outcome"
    return result.outcomes[pairing.outcome]


def pairing_sentence_of_check(knowledge: Knowledge, result: Result, check: Check, pairing: Pairing) -> str:
    """Sentences that compare one outcome, or an end of a spread that none reaches, with the figure."""
    figure, outcome = knowledge.figures[check.figure], _outcome(result, pairing)
    stated = checked_quantity(knowledge, figure)
    match pairing.ground:
        case Ground.UNITS_DIFFER:
            return f"The result is in {outcome.unit}, the stated number in {stated.unit}: they cannot be compared."
        case Ground.END_NOT_REACHED:
            results = [normalized_outcome(knowledge, result.outcomes[place], figure) for place in check.compared]
            voice = attribution_words(knowledge, knowledge.figures[check.figure])
            return _missed_end_sentences(voice, pairing, stated, results)
        case Ground.TRUTH:
            sentence = _truth_sentence(knowledge, result, outcome)
            hypothetical = figure.stance is Stance.HYPOTHETICAL
            return f"{sentence} The number that it illustrates is hypothetical." if hypothetical else sentence
        case Ground.NO_RATE:
            assert pairing.missing_rate, "the ground is a rate that is missing"
            both = said_by_both(*_sides(knowledge, result, check, pairing))
            return f"{both} They are not comparable: there is {missing_rate_words(knowledge, pairing.missing_rate)}."
        case Ground.SCOPE | Ground.OTHER_TIME:
            return scope_sentence(knowledge, *_sides(knowledge, result, check, pairing), pairing.differences)
        case _:
            return _comparison_sentences(knowledge, result, check, pairing)


def _comparison_sentences(knowledge: Knowledge, result: Result, check: Check, pairing: Pairing) -> str:
    figure, outcome = knowledge.figures[check.figure], _outcome(result, pairing)
    stated = checked_quantity(knowledge, figure)
    left, right = _sides(knowledge, result, check, pairing)
    sentences = [
        comparison_sentence(left, right, compare_outcome(knowledge, outcome, figure)),
        _broken_bound_sentence(left.normalized.stated, stated) if pairing.verdict is Verdict.TENSION else "",
        *conversion_sentences(knowledge, result.calculation, outcome.conversions),
    ]
    return " ".join(filter(None, sentences))


def _sides(knowledge: Knowledge, result: Result, check: Check, pairing: Pairing) -> tuple[Side, Side]:
    """The computed and the stated number as they stand in a sentence."""
    figure, outcome = knowledge.figures[check.figure], _outcome(result, pairing)
    stated = checked_quantity(knowledge, figure)
    # What lacks a rate stays in its own currency.
    computed = (
        outcome_in_own_unit(knowledge, outcome)
        if isinstance(exchange_for_check(knowledge, outcome, figure), MissingRate)
        else normalized_outcome(knowledge, outcome, figure)
    )
    names = pairing_labels_of_check(knowledge, result, check, pairing)
    named = {choice.input for choice in distinguishing_choices(outcome.choices, check.contested)}
    left = make_side(knowledge, names[0], computed, rests_on=stances_of_outcome(knowledge, outcome, named=named))
    return left, make_side(knowledge, names[1], stated, stance=figure.stance)


def _broken_bound_sentence(result: Interval, stated: NormalizedQuantity) -> str:
    """A sentence that a result breaks the stated bound; empty where it does not."""
    if not breaks_bound(result, stated):
        return ""
    return f"As it stands, the result is {_bound_side(stated, kept=False)} {_bound_words(stated)}."


def _missed_end_sentences(
    voice: str, pairing: Pairing, stated: NormalizedQuantity, results: Sequence[NormalizedQuantity]
) -> str:
    """Sentences on an end of ``voice``'s spread that no result reaches, and on the other end where one does."""
    nearest, end = pairing.left.stated, pairing.right.stated
    assert nearest is not None, "the nearest result is a number"
    assert end is not None, "the end of a spread is a number"
    end_words = interval_words(end, stated.unit)
    each = tuple(dict.fromkeys(opened_interval_words(result.stated, result.allowed, stated.unit) for result in results))
    result_words = each[0] if len(each) == 1 else list_words(tuple(map(_bound_first, each)))
    open_ended = {result.stated for result in results if result.half_line}
    sentences = [
        f"The {pairing.end} figure from {voice}, {end_words}, cannot be reproduced.",
        f"The recorded figures give {result_words}.",
        nearest_sentence(
            nearest,
            end,
            stated.unit,
            distance(nearest, end, points=stated.percent),
            apart_from_open=bool(open_ended) and nearest not in open_ended,
        ),
        _reached_end_sentence("high" if pairing.end == "low" else "low", stated, results),
        "The author may have used a number that is not recorded here.",
    ]
    return " ".join(filter(None, sentences))


def _reached_end_sentence(which: str, stated: NormalizedQuantity, results: Sequence[NormalizedQuantity]) -> str:
    end = stated.end(which)
    if end is None or not any(reaches(result, end) for result in results):
        return ""
    return f"The {which} figure, {interval_words(end.stated, stated.unit)}, can be reproduced."


def _truth_sentence(knowledge: Knowledge, result: Result, outcome: Outcome) -> str:
    """A sentence that says whether a comparison holds, with the values of its inputs and their stances."""
    calculation = knowledge.calculations[result.calculation]
    expr, names = parse_formula(calculation.formula), {entry.name for entry in calculation.inputs}
    stances = {choice.input: stance_of_choice(knowledge, choice) for choice in outcome.choices}
    values = {
        step.text: (interval_words(step.stated, step.unit), stance_mark(stances.get(step.text)))
        for step in outcome.steps[:-1]
        if step.text in names
    }
    # Only a comparison of two inputs can be read out as a sentence; a longer formula stands beside it on its page.
    if isinstance(expr, Compare) and isinstance(expr.left, Name) and isinstance(expr.right, Name):
        left, right = (
            in_brackets(input_words(knowledge, calculation.id, side.name), *values[side.name])
            for side in (expr.left, expr.right)
        )
        return capitalized(_compared_words(left, expr.sign, right, outcome.truth))
    with_values = (
        f"{input_words(knowledge, calculation.id, name)} at {in_brackets(*parts)}" for name, parts in values.items()
    )
    return f"The comparison {_TRUTH_WORDS[outcome.truth]}, with {list_words(tuple(with_values))}."


def _compared_words(left: str, sign: str, right: str, truth: bool | None) -> str:
    if truth is None:
        return f"whether {left} {_SIGN_WORDS[sign]} {right} is undecided: it holds for some of the values only."
    if truth:
        return f"{left} {_SIGN_WORDS[sign]} {right}."
    return f"{left} {_CONTRARY_WORDS[sign]} {right}, so the comparison fails."


# "The bill is at least the income" compares with a number, not with another thing that is measured.
_SIGN_WORDS = {
    "<": "is lower than",
    "<=": "is no higher than",
    ">": "is higher than",
    ">=": "is at least as high as",
    "==": "equals",
}
_CONTRARY_WORDS = {
    "<": _SIGN_WORDS[">="],
    "<=": _SIGN_WORDS[">"],
    ">": _SIGN_WORDS["<="],
    ">=": _SIGN_WORDS["<"],
    "==": "does not equal",
}
_TRUTH_WORDS = {True: "holds", False: "fails", None: "holds for some of the values and fails for others"}


# A whole check


_MOST_RESULTS = 4
"""The most further results that are listed."""


def check_sentences(knowledge: Knowledge, result: Result, check: Check) -> str:
    """Sentences on the worst pairing, on the other outcomes, and on what would have to be true instead."""
    sentences = [
        pairing_sentence_of_check(knowledge, result, check, check.pairings[check.worst]),
        *_further_sentences(knowledge, result, check),
        solved_backwards(knowledge, result, check.figure),
        _missing_rate_sentence(check.pairings[check.worst]),
    ]
    return " ".join(filter(None, sentences))


def _missing_rate_sentence(worst: Pairing) -> str:
    return f"{capitalized(missing_rate_hint(worst.missing_rate))}." if worst.missing_rate else ""


def _further_sentences(knowledge: Knowledge, result: Result, check: Check) -> Iterator[str]:
    """Sentences on the other results that decide the verdict, then on those from numbers of other voices."""
    worst = check.pairings[check.worst]
    if worst.ground is Ground.TRUTH:
        return
    figure = knowledge.figures[check.figure]
    stated = checked_quantity(knowledge, figure)
    # Whether a voice calculates correctly is one question, whether its numbers are right another: results from the
    # numbers of others come behind.
    deciding = [check.pairings[place] for place in check.deciding if place != check.worst]
    same_end = [pairing for pairing in deciding if pairing.right.stated == worst.right.stated]
    others = [check.pairings[place] for place in check.aside]
    yield _result_sentences(_computed(knowledge, result, same_end, figure), stated)
    yield _result_sentences(_computed(knowledge, result, others, figure), stated, "Other sources' numbers")


def _bound_first(words: str) -> str:
    """An open range with its bound in front, as in a list, where "or more" might belong to all that stands before it.

    >>> _bound_first("10 to 15 times or more"), _bound_first("−50% to 25%, possibly less"), _bound_first("$4")
    ('at least 10 to 15 times', 'at most −50% to 25%', '$4')
    """
    for ending, bound in ((OR_MORE, "at least"), (POSSIBLY_LESS, "at most")):
        if words.endswith(ending):
            return f"{bound} {words.removesuffix(ending)}"
    return words


class _Computed(NamedTuple):
    """One result that was compared with a stated number, as stated and with its open side."""

    pairing: Pairing
    stated: Interval
    allowed: Interval
    words: str

    def reopens(self, stated: NormalizedQuantity) -> bool:
        """Whether it breaks the limit of ``stated`` as it stands, and its open side leads back to it."""
        if not breaks_bound(self.stated, stated):
            return False
        ceiling = stated.bound.is_ceiling
        return self.allowed.low != self.stated.low if ceiling else self.allowed.high != self.stated.high


def _computed(knowledge: Knowledge, result: Result, pairings: Sequence[Pairing], figure: Figure) -> list[_Computed]:
    """The results of ``pairings``, each once; those that cannot be compared are left out."""
    by_value = {pairing.left.stated: pairing for pairing in pairings if pairing.left.stated and pairing.relation}
    computed, unit = [], checked_quantity(knowledge, figure).unit
    for value, pairing in by_value.items():
        allowed = normalized_outcome(knowledge, _outcome(result, pairing), figure).allowed
        words = opened_interval_words(value, allowed, unit)
        # In a list, "or more" might belong to all that stands before it.
        computed.append(_Computed(pairing, value, allowed, _bound_first(words) if len(by_value) > 1 else words))
    return computed


def _result_sentences(computed: Sequence[_Computed], stated: NormalizedQuantity, lead: str = "") -> str:
    """Sentences on results; empty where there are none.

    Those that keep to the bound but are far from the number come first. ``lead`` says whose numbers they come from;
    where it is empty, they are the other results.
    """
    far = [result.stated for result in computed if keeps_bound_far_off(result.stated, stated)]
    phrases = [_result_phrase(one, stated) for one in computed if one.stated not in far]
    # Both −30% and −150% are "at most −25%". The far one needs a sentence of its own, or a reader would take it for a
    # result that confirms the number.
    far_off = _far_off_sentences(far, stated)
    reopened = any(each.reopens(stated) for each in computed if each.stated not in far)
    sentences = [
        far_off and (f"With {lead[:1].lower()}{lead[1:]}, {far_off}" if lead else far_off),
        _phrase_list(
            phrases,
            lead,
            also=bool(far),
            as_stated=reopened,
        ),
    ]
    return " ".join(filter(None, sentences))


def _far_off_sentences(results: Sequence[Interval], stated: NormalizedQuantity) -> str:
    """Sentences on results that keep to the bound but are far from the number; empty for none."""
    if not results:
        return ""
    words = _conjunction([interval_words(interval, stated.unit) for interval in results[:_MOST_RESULTS]], len(results))
    side = "lower" if _bound_side(stated, kept=True) == "below" else "higher"
    gaps = [_distance_words(interval, stated, side) for interval in results[:_MOST_RESULTS]]
    off = _conjunction(list(filter(None, gaps)), 0) if any(gaps) else side
    assert stated.quantity is not None, "a stated number is a quantity"
    fits, it_is = ("fits", "it is") if len(results) == 1 else ("fit", "they are")
    return f"{words} {fits} a limit of {quantity_words(stated.quantity)}, though {it_is} {off}."


def _phrase_list(phrases: Sequence[str], lead: str, *, also: bool, as_stated: bool) -> str:
    """A sentence on the results in ``phrases``; after those that are far off, ``also`` tells them apart."""
    if not phrases:
        return ""
    which = "another" if also and len(phrases) == 1 else "other" if also else "the other"
    results = "result is" if len(phrases) == 1 else "results are"
    more = [] if len(phrases) <= _MOST_RESULTS else [f"and {len(phrases) - _MOST_RESULTS} more"]
    source = f"As stated, {lead[:1].lower()}{lead[1:]}" if as_stated else lead
    opening = f"{source} give" if lead else f"{which[:1].upper()}{which[1:]} {results}"
    return f"{opening} {'; '.join([*phrases[:_MOST_RESULTS], *more])}."


def _conjunction(words: Sequence[str], number: int) -> str:
    if number > len(words):
        return f"{', '.join(words)} and {number - len(words)} more"
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _result_phrase(computed: _Computed, stated: NormalizedQuantity) -> str:
    pairing, result, _, words = computed
    if pairing.verdict is Verdict.AGREEMENT:
        given = "number" if stated.stated.exact else "range"
        return f"{words}, which {'agrees' if result.meets(stated.stated) else f'is compatible with the stated {given}'}"
    if pairing.verdict is Verdict.ROUNDING:
        return f"{words}, which agrees but for rounding"
    if not breaks_bound(result, stated):
        gap = _distance_words(result, stated, "apart")
        return f"{words}, which is in {verdict_words(pairing.verdict)}{gap and ': '}{gap}"
    return _beyond_limit_phrase(computed, stated)


def _beyond_limit_phrase(computed: _Computed, stated: NormalizedQuantity) -> str:
    """A result that breaks a stated limit, as stated, and whether its open side leads back to that limit."""
    # A result of "37.5% or less" is above a limit only as it stands: what is open may lie on the right side of it.
    result, lower = computed.stated, stated.bound.is_ceiling
    beyond = f"{_bound_side(stated, kept=False)} the limit of {_limit_words(stated)}"
    which = "which" if result.exact else f"of which the {'lower' if lower else 'upper'} end"
    may_be = f", and the true result may be {'lower' if lower else 'higher'}" if computed.reopens(stated) else ""
    return (
        f"{interval_words(result, stated.unit)}, {which} is {_distance_words(result, stated, beyond) or beyond}{may_be}"
    )


def _limit_words(stated: NormalizedQuantity) -> str:
    """The number that a stated limit names, without the words of its bound."""
    end = stated.stated.high if stated.bound.is_ceiling else stated.stated.low
    return interval_words(stated.stated if end is None else Interval.at(end), stated.unit)


def _bound_words(stated: NormalizedQuantity) -> str:
    """The limit that a stated number sets, with its bound."""
    assert stated.quantity is not None, "a stated number is a quantity"
    return f"the limit ({quantity_words(stated.quantity)})"


def _bound_side(stated: NormalizedQuantity, *, kept: bool) -> str:
    return "below" if stated.bound.is_ceiling is kept else "above"


def _distance_words(result: Interval, stated: NormalizedQuantity, where: str) -> str:
    gap = distance(result, stated.stated, points=stated.percent)
    return "" if gap.near in (None, 0, 1) else gap_words(result, stated.stated, stated.unit, gap, where)
