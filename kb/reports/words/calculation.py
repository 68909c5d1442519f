"""Sentences on calculations: why one has no result, and how its outcomes compare with the figures it checks."""

from collections.abc import Iterator, Mapping, Sequence

from kb.domain.finding import Ground, Pairing, Verdict
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.reasoning.arithmetic import LARGEST_EXPONENT, NoResultReason
from kb.reasoning.calculation.check import breaks_bound, compare_outcome, normalized_outcome, reaches
from kb.reasoning.calculation.result import (
    CalculationProblem,
    Check,
    Outcome,
    ProblemReason,
    Result,
    distinguishing_choices,
)
from kb.reasoning.comparison.tolerance import NormalizedQuantity
from kb.reasoning.comparison.verdict import distance
from kb.reasoning.findings.mention import normalized_quantity
from kb.reports.words.amount import interval_words, opened_interval_words, quantity_words
from kb.reports.words.comparison import comparison_sentence, make_side
from kb.reports.words.difference import gap_words, nearest_sentence
from kb.reports.words.implied_value import solved_backwards
from kb.reports.words.outcome import outcome_label, stance_of_choice, stances_of_outcome
from kb.reports.words.rates import conversion_sentences, missing_rate_hint, missing_rate_words
from kb.reports.words.verdicts import verdict_words
from kb.reports.words.voices import origin_words, with_stance

# Why a calculation has no result


def problem_sentence(knowledge: Knowledge, problem: CalculationProblem | None) -> str:
    """The reason why a calculation has no result, as a sentence; empty where it has one."""
    if problem is None:
        return ""
    text = _problem_words(knowledge, problem)
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".")


PROBLEM_WORDS: Mapping[ProblemReason, str] = {
    ProblemReason.FORMULA: "{text}",
    ProblemReason.UNKNOWN_NAME: "the formula names {names}, which is not an input",
    ProblemReason.CIRCLE: "the calculation rests on itself: {circle}",
    ProblemReason.NO_COMMON_SCOPE: "no positions on {inputs} share a scope, and different scopes never meet",
    ProblemReason.NO_POSITION: "nobody takes a position on the measure of {inputs}",
    ProblemReason.RETRACTED_FIGURE: "the figure of {inputs} is no longer recorded",
    ProblemReason.FAILED_INPUT: "{inputs} could not be worked out: {cause}",
    ProblemReason.TOO_MANY_CASES: "there are more than {limit} ways to choose among the positions; narrow an input",
    ProblemReason.NO_RATE: "{inputs} is in {unit}, and there is {rate}",
    ProblemReason.POWER_OF_CURRENCY: "{inputs} is in {unit}, and a rate converts no power of a currency",
    ProblemReason.UNKNOWN_UNIT: "{text}",
    ProblemReason.WRONG_UNIT: "the formula gives {unit}, not {wanted_unit}",
    ProblemReason.NO_VALUE: "`{part}` cannot be worked out: {text}",
    ProblemReason.DIVISION_BY_ZERO: "`{part}` divides by {divisor}",
    ProblemReason.SEVERAL_MISSING: "nobody states {inputs}, and one equation cannot give more than one of them",
    ProblemReason.NOTHING_IMPLIES: "nobody states {inputs}, and no checked figure implies it",
    ProblemReason.NOT_SOLVABLE: "{inputs} cannot be solved for: {text}",
    ProblemReason.NO_SOLUTION: "no value of {inputs} makes the formula give {figure}",
    ProblemReason.NO_UNIT: "no unit of {inputs} makes the formula come out in {wanted_unit}",
}
"""The sentence for each reason, without its full stop; names in braces stand for facts of the problem in words."""


def _problem_words(knowledge: Knowledge, problem: CalculationProblem) -> str:
    figure = knowledge.figures.get(problem.figure) if problem.figure else None
    return PROBLEM_WORDS[problem.reason].format(
        inputs=" and ".join(f"`{name}`" for name in problem.inputs) or "the inputs",
        names=", ".join(problem.inputs),
        circle=" → ".join(knowledge.calculations[id].slug for id in problem.calculations),
        part=problem.part,
        divisor=_divisor_words(problem),
        unit=problem.unit,
        wanted_unit=problem.wanted_unit,
        figure=quantity_words(figure.quantity) if figure else "",
        rate=_missing_rate_words(problem),
        limit=problem.limit,
        cause=problem_sentence(knowledge, problem.cause) or "it is no longer recorded.",
        text=_no_result_words(problem) or problem.text,
    )


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


def _missing_rate_words(problem: CalculationProblem) -> str:
    missing = problem.missing_rate
    return f"{missing_rate_words(missing)}: {missing_rate_hint(missing)}" if missing else ""


def _divisor_words(problem: CalculationProblem) -> str:
    if problem.values is None:
        return "zero"
    named = f": `{problem.divisor}` may be {interval_words(problem.values, problem.unit)}" if problem.divisor else ""
    return f"a value that may be zero{named}"


# One pairing of a check


def pairing_labels_of_check(knowledge: Knowledge, result: Result, check: Check, pairing: Pairing) -> tuple[str, str]:
    """The voices from whose numbers the result was computed, and the voice that states the figure."""
    voice = origin_words(knowledge, knowledge.figures[check.figure])
    # An end that no outcome reaches belongs to none of them.
    if pairing.ground is Ground.END_NOT_REACHED:
        return f"computed, nearest to the {pairing.end} end", voice
    return outcome_label(knowledge, _outcome(result, pairing), check.contested), voice


def _outcome(result: Result, pairing: Pairing) -> Outcome:
    assert pairing.outcome is not None, "each pairing of a check names its outcome"
    return result.outcomes[pairing.outcome]


def pairing_sentence_of_check(knowledge: Knowledge, result: Result, check: Check, pairing: Pairing) -> str:
    """Sentences that compare one outcome, or an end of a spread that none reaches, with the figure."""
    stated, outcome = normalized_quantity(knowledge, knowledge.figures[check.figure]), _outcome(result, pairing)
    match pairing.ground:
        case Ground.UNITS_DIFFER:
            return f"The result is in {outcome.unit}, the stated number in {stated.unit}: they cannot be compared."
        case Ground.END_NOT_REACHED:
            results = [normalized_outcome(knowledge, result.outcomes[place], stated.unit) for place in check.compared]
            return _missed_end_sentences(pairing, stated, results)
        case Ground.TRUTH:
            return _truth_sentence(knowledge, outcome)
        case _:
            return _comparison_sentences(knowledge, result, check, pairing)


def _comparison_sentences(knowledge: Knowledge, result: Result, check: Check, pairing: Pairing) -> str:
    figure, outcome = knowledge.figures[check.figure], _outcome(result, pairing)
    stated = normalized_quantity(knowledge, figure)
    computed = normalized_outcome(knowledge, outcome, stated.unit)
    names = pairing_labels_of_check(knowledge, result, check, pairing)
    named = {choice.input for choice in distinguishing_choices(outcome.choices, check.contested)}
    left = make_side(knowledge, names[0], computed, rests_on=stances_of_outcome(knowledge, outcome, named=named))
    right = make_side(knowledge, names[1], stated, stance=figure.stance)
    sentences = [
        comparison_sentence(left, right, compare_outcome(knowledge, outcome, stated)),
        _broken_bound_sentence(computed.stated, stated) if pairing.verdict is Verdict.TENSION else "",
        *conversion_sentences(knowledge, outcome.conversions),
    ]
    return " ".join(filter(None, sentences))


def _broken_bound_sentence(result: Interval, stated: NormalizedQuantity) -> str:
    """A sentence that a result breaks the stated bound; empty where it does not."""
    if not breaks_bound(result, stated):
        return ""
    return f"As it stands the result is {_bound_side(stated, kept=False)} {_bound_words(stated)}, and so breaks it."


def _missed_end_sentences(pairing: Pairing, stated: NormalizedQuantity, results: Sequence[NormalizedQuantity]) -> str:
    """Sentences on an end of a stated spread that no result reaches, and on the other end where one does."""
    nearest, end = pairing.left.stated, pairing.right.stated
    assert nearest is not None, "the nearest result is a number"
    assert end is not None, "the end of a spread is a number"
    end_words = interval_words(end, stated.unit)
    result_words = ", ".join(
        dict.fromkeys(opened_interval_words(result.stated, result.allowed, stated.unit) for result in results)
    )
    lead = f"The stated {pairing.end} end is {end_words}; the recorded figures give {result_words}"
    sentences = [
        f"{lead}, and none gives {end_words}.",
        nearest_sentence(nearest, end, stated.unit, distance(nearest, end, points=stated.percent)),
        _reached_end_sentence("high" if pairing.end == "low" else "low", stated, results),
        "The author may have used a number that is not recorded here.",
    ]
    return " ".join(filter(None, sentences))


def _reached_end_sentence(which: str, stated: NormalizedQuantity, results: Sequence[NormalizedQuantity]) -> str:
    end = stated.end(which)
    if end is None or not any(reaches(result, end) for result in results):
        return ""
    return f"The stated {which} end, {interval_words(end.stated, stated.unit)}, can be reproduced."


def _truth_sentence(knowledge: Knowledge, outcome: Outcome) -> str:
    """A sentence that says whether a comparison holds, with the values of its inputs and their stances."""
    stances = {choice.input: stance_of_choice(knowledge, choice) for choice in outcome.choices}
    values = [
        f"{step.text} = {with_stance(interval_words(step.stated, step.unit), stances.get(step.text))}"
        for step in outcome.steps[:-1]
    ]
    return f"{outcome.steps[-1].text} {_TRUTH_WORDS[outcome.truth]}: {'; '.join(values)}."


_TRUTH_WORDS = {
    True: "holds",
    False: "fails",
    None: "is undecided: it holds for some of the values and fails for others",
}


# A whole check


_MOST_RESULTS = 4
"""The most further results that are listed."""


def check_sentences(knowledge: Knowledge, result: Result, check: Check) -> str:
    """Sentences on the worst pairing, on the other outcomes, and on what would have to be true instead."""
    sentences = [
        pairing_sentence_of_check(knowledge, result, check, check.pairings[check.worst]),
        *_further_sentences(knowledge, check),
        solved_backwards(knowledge, result, check.figure),
    ]
    return " ".join(filter(None, sentences))


def _further_sentences(knowledge: Knowledge, check: Check) -> Iterator[str]:
    """Sentences on the other results that decide the verdict, then on those from numbers of other voices."""
    worst = check.pairings[check.worst]
    if worst.ground is Ground.TRUTH:
        return
    stated = normalized_quantity(knowledge, knowledge.figures[check.figure])
    # Whether a voice calculates correctly is one question, whether its numbers are right another: results from the
    # numbers of others come behind.
    deciding = [check.pairings[place] for place in check.deciding if place != check.worst]
    yield _result_sentences([pairing for pairing in deciding if pairing.right.stated == worst.right.stated], stated)
    yield _result_sentences([check.pairings[place] for place in check.aside], stated, "With other sources' numbers")


def _result_sentences(pairings: Sequence[Pairing], stated: NormalizedQuantity, lead: str = "") -> str:
    """Sentences on results, each once; empty where there are none or where none can be compared.

    Those that keep to the bound but are far from the number come first. ``lead`` says whose numbers they come from;
    where it is empty, they are the other results.
    """
    pairing_by_result = {
        pairing.left.stated: pairing for pairing in pairings if pairing.left.stated and pairing.relation
    }
    far = [result for result, pairing in pairing_by_result.items() if _keeps_bound_far_off(result, pairing, stated)]
    phrases = [
        _result_phrase(pairing, result, stated) for result, pairing in pairing_by_result.items() if result not in far
    ]
    # Both −30% and −150% are "at most −25%". The far one needs a sentence of its own, or a reader would take it for a
    # result that confirms the number.
    far_off = _far_off_sentences(far, stated)
    sentences = [far_off and (f"{lead}, {far_off}" if lead else far_off), _phrase_list(phrases, lead, also=bool(far))]
    return " ".join(filter(None, sentences))


def _keeps_bound_far_off(result: Interval, pairing: Pairing, stated: NormalizedQuantity) -> bool:
    return pairing.verdict.is_disagreement and stated.bounded and stated.allowed.encloses(result)


def _far_off_sentences(results: Sequence[Interval], stated: NormalizedQuantity) -> str:
    """Sentences on results that keep to the bound but are far from the number; empty for none."""
    if not results:
        return ""
    words = _conjunction([interval_words(interval, stated.unit) for interval in results[:_MOST_RESULTS]], len(results))
    side = _bound_side(stated, kept=True)
    gaps = [_distance_words(interval, stated, f"{side} it") for interval in results[:_MOST_RESULTS]]
    off = _conjunction(list(filter(None, gaps)), 0) if any(gaps) else f"{side} it"
    keep, can = ("is", "Both") if len(results) == 1 else ("are", "All")
    kind = "ceiling" if stated.bound.is_ceiling else "floor"
    because = f"{can} can be true, because {_limit_words(stated)} is only a {kind}; otherwise this would be a conflict."
    return f"{words} {keep} within the stated limit, but {off}. {because}"


def _phrase_list(phrases: Sequence[str], lead: str, *, also: bool) -> str:
    """A sentence on the results in ``phrases``; after those that are far off, ``also`` tells them apart."""
    if not phrases:
        return ""
    which = "the" if lead else "another" if also and len(phrases) == 1 else "other" if also else "the other"
    results = "result is" if len(phrases) == 1 else "results are"
    more = [] if len(phrases) <= _MOST_RESULTS else [f"and {len(phrases) - _MOST_RESULTS} more"]
    opening = f"{lead} {which} {results}" if lead else f"{which[:1].upper()}{which[1:]} {results}"
    return f"{opening} {'; '.join([*phrases[:_MOST_RESULTS], *more])}."


def _conjunction(words: Sequence[str], number: int) -> str:
    if number > len(words):
        return f"{', '.join(words)} and {number - len(words)} more"
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _result_phrase(pairing: Pairing, result: Interval, stated: NormalizedQuantity) -> str:
    words = interval_words(result, stated.unit)
    if pairing.verdict is Verdict.AGREEMENT:
        return f"{words}, which agrees"
    if pairing.verdict is Verdict.ROUNDING:
        return f"{words}, which agrees but for rounding"
    if not breaks_bound(result, stated):
        gap = _distance_words(result, stated, "apart")
        return f"{words}, which is in {verdict_words(pairing.verdict)}{gap and ': '}{gap}"
    beyond = f"{_bound_side(stated, kept=False)} the stated limit of {_limit_words(stated)}"
    return f"{words}, which is {_distance_words(result, stated, beyond) or beyond}"


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
