"""Hinges that come to the same: an input moved both ways, and changes to one piece of evidence."""

from collections.abc import Sequence

from kb.domain.answer import BreakEven, Hinge, HingeKind
from kb.reasoning.answers.removal import Removal
from kb.reasoning.answers.slice import QuestionSlice
from kb.reasoning.answers.what_if import choices_of, removal_of, what_if
from kb.reasoning.argumentation.strength import Strengths


def overlapping_hinges(part: QuestionSlice, hinges: Sequence[Hinge]) -> tuple[tuple[Hinge, ...], ...]:
    """``hinges`` in groups, in their order: those to which the first of a group adds nothing new follow it.

    A change is joined to an earlier one of the same effect if that one takes it away, or the evidence for it. Of those
    that follow, one that another of them takes away is left out. Moving an input above and below one value is one
    group, whatever either leads to.
    """
    # A single report may be the whole work of its source, and its only claim the only premise of an argument: to leave
    # out the one or the other is the same news three times.
    effects, groups = _Effects(part), list[list[Hinge]]()
    for hinge in hinges:
        home = next((group for group in groups if effects.reaches(group[0], hinge)), None)
        if home is None:
            groups.append([hinge])
        elif not any(effects.reaches(other, hinge) for other in home[1:]):
            home.append(hinge)
    return tuple(map(tuple, groups))


class _Effects:
    """What the changes of one question take away."""

    def __init__(self, part: QuestionSlice) -> None:
        self._part = part
        self._after: dict[Hinge, Strengths] = {}

    def reaches(self, wide: Hinge, narrow: Hinge) -> bool:
        """Whether ``wide`` takes away what ``narrow`` does, or some of the evidence for it, with the same effect."""
        if wide.break_even or narrow.break_even:
            return _same_value(wide.break_even, narrow.break_even)
        if wide.after is not narrow.after or wide.accepted or narrow.accepted or wide.kind is HingeKind.POSITION:
            return False
        if narrow.kind is HingeKind.NODE:
            return self._weakens(wide, narrow)
        if wide.kind not in _WITHDRAWN or narrow.kind not in _WITHDRAWN:
            return False
        whole, less = self._removal(wide), self._removal(narrow)
        return less.figures <= whole.figures and less.claims <= whole.claims and less.arguments <= whole.arguments

    def _weakens(self, wide: Hinge, node: Hinge) -> bool:
        if wide not in self._after:
            self._after[wide] = what_if(self._part, choices_of(self._part, wide)).after.strengths
        at = self._part.graph.index[node.subject]
        return self._after[wide].effective[at] < self._part.strengths.effective[at]

    def _removal(self, hinge: Hinge) -> Removal:
        return removal_of(self._part, choices_of(self._part, hinge))


_WITHDRAWN = (HingeKind.SOURCE, HingeKind.ORIGIN)


def _same_value(first: BreakEven | None, second: BreakEven | None) -> bool:
    if first is None or second is None:
        return False
    return (first.calculation, first.input, first.value) == (second.calculation, second.input, second.value)
