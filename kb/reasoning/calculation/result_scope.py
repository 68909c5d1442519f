"""What a result is about, and whether a stated figure is about something else."""

from collections.abc import Iterable, Mapping

from kb.domain.entity import Figure
from kb.domain.finding import ScopeDifference, ScopeDifferenceKind
from kb.domain.formula import Name
from kb.domain.knowledge import Knowledge
from kb.domain.scope import ScopeSelection
from kb.reasoning.calculation.case import Case
from kb.reasoning.calculation.result import Choice
from kb.reasoning.scope import are_disjoint, compare_scopes, covers


def differences_from_figure(knowledge: Knowledge, case: Case, figure: Figure) -> tuple[ScopeDifference, ...]:
    """The scope keys in which the result of ``case`` is about another thing or time than ``figure``, sorted.

    The result is the left side of each. Empty where the two may be compared. A result for a whole may be compared with
    a figure on a part of it, and one for a year with a figure on a month in it: a formula often takes the one to the
    other.
    """
    kind = knowledge.measures[figure.measure].kind
    differences = compare_scopes(knowledge, kind, _result_scope(knowledge, case, figure), figure.scope).differences
    return tuple(difference for difference in differences if _excludes(difference))


def _excludes(difference: ScopeDifference) -> bool:
    left, right = difference.left, difference.right
    if left is None or right is None:
        return False
    if left.is_time or right.is_time:
        return left.excludes_time(right)
    return difference.kind is not ScopeDifferenceKind.PART


def _result_scope(knowledge: Knowledge, case: Case, figure: Figure) -> Mapping[str, ScopeSelection]:
    """What the result of ``case`` is about: for each scope key the narrowest thing that its inputs are about.

    A key is left out where the inputs are about different things.
    """
    # Whoever adds the north to the south, or divides one year by another, means neither of the two: the formula says
    # what comes out, and no scope does.
    selections: dict[str, dict[ScopeSelection, None]] = {}
    for choice in case.option.choices:
        for key, selection in choice.scope.items():
            if not _is_starting_point(knowledge, case, choice, key, figure):
                selections.setdefault(key, {})[selection] = None
    narrowest = {key: _narrowest(knowledge, values) for key, values in selections.items()}
    return {key: selection for key, selection in narrowest.items() if selection}


def _is_starting_point(knowledge: Knowledge, case: Case, choice: Choice, key: str, figure: Figure) -> bool:
    """Whether a person chose the input in ``key`` by hand, so that the formula leads from it to what is checked."""
    # A quarter of one seller's margin is what each of four would have, last year's sales and a rate of growth give this
    # year's, and the whole less its north is the south: a number of the very measure that is checked says nothing of
    # what the result is about. The doses of the north, over its people, always give a share of the north.
    option = case.option
    by_hand = key in option.pinned or choice.scope[key] in option.figure_scopes.get(key, ())
    same_measure = any(knowledge.figures[id].measure == figure.measure for id in choice.figures)
    return by_hand and same_measure and not isinstance(case.expr, Name)


def _narrowest(knowledge: Knowledge, selections: Iterable[ScopeSelection]) -> ScopeSelection | None:
    """The selection that lies in all others: the south, of the doses of the south over all doses; None for none."""
    values = list(selections)
    if any(are_disjoint(knowledge, left, right) for left in values for right in values):
        return None
    return next((value for value in values if all(_lies_in(knowledge, value, whole) for whole in values)), None)


def _lies_in(knowledge: Knowledge, part: ScopeSelection, whole: ScopeSelection) -> bool:
    return part == whole or part.lies_within_time(whole) or covers(knowledge, whole, part)
