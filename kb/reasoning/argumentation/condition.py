"""Whether a condition holds: a comparison of the result of a calculation with a limit."""

from collections.abc import Mapping

from kb.domain.entity import Condition
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.reasoning.arithmetic import subtract
from kb.reasoning.calculation.interval_evaluation import truth
from kb.reasoning.calculation.result import Outcome, Result
from kb.reasoning.comparison.tolerance import scaled


def condition_holds(knowledge: Knowledge, condition: Condition, results: Mapping[Id, Result]) -> bool | None:
    """Whether ``condition`` holds for every outcome (True) or fails for every one (False); else None."""
    distinct_truths = set(condition_truths(knowledge, condition, results))
    return distinct_truths.pop() if len(distinct_truths) == 1 else None


def condition_truths(
    knowledge: Knowledge, condition: Condition, results: Mapping[Id, Result]
) -> tuple[bool | None, ...]:
    """Whether the condition holds for each outcome; None for one where only some of its values meet the condition.

    Empty where its calculation has no result.
    """
    result = results.get(condition.calculation)
    if result is None or result.problem:
        return ()
    limit = limit_of(knowledge, condition)
    return tuple(_outcome_holds(knowledge, outcome, condition.sign, limit) for outcome in result.outcomes)


def limit_of(knowledge: Knowledge, condition: Condition) -> Interval:
    """The limit that the result is compared with, in base units."""
    return scaled(condition.limit.stated, knowledge.unit(condition.limit.unit).factor)


def _outcome_holds(knowledge: Knowledge, outcome: Outcome, sign: str, limit: Interval) -> bool | None:
    """Whether the condition holds on the whole allowed interval: what a bound leaves open stays open."""
    value = scaled(outcome.allowed, knowledge.unit(outcome.unit).factor)
    return truth(sign, subtract(value, limit))
