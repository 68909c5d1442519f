"""The answer to a question: its direction, every single change that moves it, what is not known, and how certain."""

from collections.abc import Iterator

from kb.domain.answer import Answer, AnswerWord, Direction, Gap, GapKind, Hinge, HingeKind
from kb.reasoning.answers.certainty import certainty, concerns, only_case
from kb.reasoning.answers.changes import single_changes
from kb.reasoning.answers.slice import QuestionSlice

_ORDER = list(HingeKind)


def answer(part: QuestionSlice) -> Answer:
    """The answer to the question of ``part``."""
    direction = part.direction(part.strengths)
    hinges = tuple(sorted(_hinges(part, direction), key=lambda hinge: (_ORDER.index(hinge.kind), -abs(hinge.shift))))
    gaps = tuple(sorted(_gaps(part), key=lambda gap: not gap.decides))
    case = only_case(part, direction)
    reasons = tuple(concerns(part, direction, hinges, case))
    yes, no = (part.strengths.strength[part.graph.sides[side]] for side in part.sides)
    return Answer(
        question=part.question.id,
        word=_word(direction, is_open=any(gap.decides for gap in gaps), has_hinges=bool(hinges)),
        direction=direction,
        strengths=(round(yes, 4), round(no, 4)),
        hinges=hinges,
        gaps=gaps,
        certainty=certainty(part, reasons),
        concerns=reasons,
        only_case=case,
        converged=part.strengths.converged,
        exact=part.is_exact,
    )


def _word(direction: Direction, *, is_open: bool, has_hinges: bool) -> AnswerWord:
    if is_open or direction is Direction.EVEN:
        return AnswerWord.OPEN
    if direction is Direction.YES:
        return AnswerWord.LEANING_YES if has_hinges else AnswerWord.YES
    return AnswerWord.LEANING_NO if has_hinges else AnswerWord.NO


def _hinges(part: QuestionSlice, before: Direction) -> Iterator[Hinge]:
    balance = part.balance(part.strengths)
    for single in single_changes(part):
        strengths = part.strengths.after(single.change)
        after = part.direction(strengths)
        if after is not before:
            yield Hinge(
                kind=single.kind,
                subject=single.subject,
                origin=single.origin,
                accepted=single.accepted,
                break_even=single.break_even,
                before=before,
                after=after,
                shift=round(part.balance(strengths) - balance, 4),
            )


def _gaps(part: QuestionSlice) -> Iterator[Gap]:
    decided_by = part.question.decided_by
    for id, result in part.results.items():
        decides = decided_by is not None and decided_by.calculation == id
        for name in result.missing if result.problem else ():
            yield Gap(kind=GapKind.MISSING_INPUT, subject=id, input=name, decides=decides)
        if result.problem and not result.missing:
            yield Gap(kind=GapKind.NO_RESULT, subject=id, decides=decides)
    undecided = {part.graph.ids[node] for node, truth in part.graph.truths.items() if truth is None}
    for id in sorted(undecided):
        condition = decided_by if id == part.question.id else part.knowledge.claims[id].holds_if
        if condition and not part.results[condition.calculation].problem:
            yield Gap(kind=GapKind.UNDECIDED, subject=id, decides=id == part.question.id)
    for side in part.sides:
        node = part.graph.sides[side]
        if not part.strengths.balance(node).support.total:
            yield Gap(kind=GapKind.NO_ARGUMENT, subject=side.id, side=side.side)
        elif not part.has_first_hand(node):
            yield Gap(kind=GapKind.SECOND_HAND, subject=side.id, side=side.side)
