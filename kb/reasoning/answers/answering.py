"""The answer to a question: its direction, every single change that moves it, what is not known, and how certain."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kb.domain.answer import (
    Answer,
    AnswerWord,
    Direction,
    Gap,
    GapKind,
    Hinge,
    HingeKind,
    Tried,
)
from kb.domain.entity import names_somebody
from kb.domain.identity import Id
from kb.reasoning.answers.break_even import MovableInput, moved_inputs
from kb.reasoning.answers.certainty import certainty, concerns, contested_measures, only_case
from kb.reasoning.answers.changes import SingleChange, single_changes
from kb.reasoning.answers.slice import EVEN_BELOW, QuestionSlice
from kb.reasoning.findings.origin import original_source

_ORDER = list(HingeKind)

MOST_TRIED = 5
"""The most changes that are named among those that do not alter an answer."""

_NOTICEABLE = 0.0005
"""How far a change must move the balance of the two sides to come nearer to turning it."""


def answer(part: QuestionSlice) -> Answer:
    """The answer to the question of ``part``."""
    direction = part.direction(part.strengths)
    inputs = list(moved_inputs(part))
    outcomes = list(_outcomes(part, single_changes(part, (moved for _, moves in inputs for moved in moves))))
    turning = [hinge for hinge, _ in outcomes if hinge.after is not direction]
    hinges = tuple(sorted(_without_repeats(part, turning), key=_rank))
    gaps = tuple(sorted(_gaps(part), key=lambda gap: not gap.decides))
    case, contested = only_case(part, direction), tuple(contested_measures(part))
    reasons = tuple(concerns(part, direction, hinges, case, contested))
    yes, no = (part.strengths.strength[part.graph.sides[side]] for side in part.sides)
    return Answer(
        question=part.question.id,
        word=_word(direction, is_open=any(gap.decides for gap in gaps), has_hinges=bool(hinges)),
        direction=direction,
        strengths=(round(yes, 4), round(no, 4)),
        hinges=hinges,
        tried=_tried(part, direction, [leaf for leaf, _ in inputs], outcomes),
        gaps=gaps,
        certainty=certainty(part, reasons),
        concerns=reasons,
        only_case=case,
        contested=contested,
        converged=part.strengths.converged,
        exact=part.is_exact,
    )


def _without_repeats(part: QuestionSlice, hinges: Sequence[Hinge]) -> Iterator[Hinge]:
    """``hinges`` without those that have the effect of another, on what a reader takes for the same.

    These are the unnamed speakers of a work that is withdrawn, and an argument in the words of its only claim where
    that is decided.
    """
    withdrawn = {(_work(part, hinge.subject), hinge.after) for hinge in hinges if hinge.kind is HingeKind.SOURCE}
    decided = {(hinge.subject, hinge.accepted, hinge.after) for hinge in hinges if hinge.kind is HingeKind.NODE}
    for hinge in hinges:
        if (_only_premise(part, hinge.subject), hinge.accepted, hinge.after) in decided:
            continue
        if hinge.kind is not HingeKind.ORIGIN or names_somebody(hinge.origin):
            yield hinge
            continue
        statement = part.knowledge.figures.get(hinge.subject) or part.knowledge.claims[hinge.subject]
        # Unnamed speakers speak in one work only.
        if statement.source is None or (_work(part, statement.source), hinge.after) not in withdrawn:
            yield hinge


def _only_premise(part: QuestionSlice, id: Id) -> Id | None:
    """The premise of an argument that has but one and no words of its own."""
    argument = part.knowledge.arguments.get(id)
    return argument.premises[0].id if argument and len(argument.premises) == 1 and not argument.text else None


def _work(part: QuestionSlice, source: Id) -> Id:
    known = part.knowledge.sources.get(source)  # it may have been redacted
    return original_source(part.knowledge, known).id if known else source


def _word(direction: Direction, *, is_open: bool, has_hinges: bool) -> AnswerWord:
    if is_open or direction is Direction.EVEN:
        return AnswerWord.OPEN
    if direction is Direction.YES:
        return AnswerWord.LEANING_YES if has_hinges else AnswerWord.YES
    return AnswerWord.LEANING_NO if has_hinges else AnswerWord.NO


def _rank(hinge: Hinge) -> tuple[bool, int, float]:
    """The place of a hinge: what nobody states and would decide the question comes before all else."""
    is_missing = hinge.break_even is not None and hinge.break_even.present is None and hinge.before is Direction.EVEN
    return not is_missing, _ORDER.index(hinge.kind), -abs(hinge.shift)


def _outcomes(part: QuestionSlice, changes: Iterable[SingleChange]) -> Iterator[tuple[Hinge, float]]:
    """What each change makes of the answer, and how far that is from turning it; a hinge, if the direction moves."""
    before, balance = part.direction(part.strengths), part.balance(part.strengths)
    for single in changes:
        strengths = part.strengths.after(single.change)
        changed = part.balance(strengths)
        hinge = Hinge(
            kind=single.kind,
            subject=single.subject,
            origin=single.origin,
            accepted=single.accepted,
            break_even=single.break_even,
            before=before,
            after=part.direction(strengths),
            shift=round(changed - balance, 4),
        )
        yield hinge, _room(before, changed)


def _room(direction: Direction, balance: float) -> float:
    """How far a balance of the two sides may still move before the direction does."""
    match direction:
        case Direction.YES:
            return balance - EVEN_BELOW
        case Direction.NO:
            return -balance - EVEN_BELOW
        case Direction.EVEN:
            return EVEN_BELOW - abs(balance)


def _tried(
    part: QuestionSlice, direction: Direction, inputs: list[MovableInput], outcomes: list[tuple[Hinge, float]]
) -> tuple[Tried, ...]:
    """What matters most of all that does not move the direction, an input with how far it was moved.

    The last of them is the change that moves the evidence furthest in the direction that it has, if one does.
    """
    moved = {_key(hinge) for hinge, _ in outcomes if hinge.after is not direction}
    still = {(leaf.subject, leaf.input): leaf for leaf in inputs if (leaf.subject, leaf.input) not in moved}
    deciding = [_tried_input(leaf) for leaf in still.values() if leaf.decides] if part.question.decided_by else []
    resting = [hinge for hinge in _weightiest(part, direction, outcomes) if hinge.after is direction]
    # That a claim with a condition is accepted means that its numbers hold, which moving the inputs has tried.
    unconditional = (hinge for hinge in _without_repeats(part, resting) if not _is_conditional(part, hinge))
    changes = (_tried_change(hinge, still) for hinge in unconditional)
    firmest = list(_firmest(part, direction, outcomes))
    nearest = list(dict.fromkeys([*deciding, *filter(None, changes)]))
    return (*nearest[: MOST_TRIED - len(firmest)], *firmest)


def _firmest(part: QuestionSlice, direction: Direction, outcomes: list[tuple[Hinge, float]]) -> Iterator[Tried]:
    """The withdrawal that strengthens the answer most; none for an open one, and where a condition decides."""
    if direction is Direction.EVEN or part.question.decided_by is not None:
        return
    now = _room(direction, part.balance(part.strengths))
    withdrawn = [(room, hinge) for hinge, room in outcomes if hinge.kind in (HingeKind.SOURCE, HingeKind.ORIGIN)]
    room, hinge = max(withdrawn, key=lambda pair: pair[0], default=(now, None))
    if hinge and room > now + _NOTICEABLE:
        yield Tried(kind=hinge.kind, subject=hinge.subject, origin=hinge.origin, strengthens=True)


def _weightiest(part: QuestionSlice, direction: Direction, outcomes: list[tuple[Hinge, float]]) -> Iterator[Hinge]:
    """The changes of ``outcomes`` that come nearest to moving the direction, each subject once, the nearest first."""
    # Where a condition decides the question, nothing comes near by strength: what moves the balance most comes first.
    decided = part.question.decided_by is not None
    now = 0.0 if decided else _room(direction, part.balance(part.strengths))
    ranked = [(-abs(hinge.shift) if decided else room, hinge) for hinge, room in outcomes]
    nearer = sorted((pair for pair in ranked if pair[0] < now - _NOTICEABLE), key=lambda pair: _tried_rank(part, *pair))
    seen: set[tuple[HingeKind, Id, str]] = set()
    for _, hinge in nearer:
        about = hinge.kind, hinge.subject, _key(hinge)[1]
        # Of a claim that is accepted or rejected, the decision that matters more is shown.
        if about not in seen:
            seen.add(about)
            yield hinge


def _tried_rank(part: QuestionSlice, room: float, hinge: Hinge) -> tuple[float, int, bool]:
    return round(room, 4), _ORDER.index(hinge.kind), hinge.subject not in part.knowledge.claims


def _is_conditional(part: QuestionSlice, hinge: Hinge) -> bool:
    claim = part.knowledge.claims.get(hinge.subject) if hinge.kind is HingeKind.NODE else None
    return claim is not None and claim.holds_if is not None


def _key(hinge: Hinge) -> tuple[Id, str]:
    return hinge.subject, hinge.break_even.input if hinge.break_even else ""


def _tried_change(hinge: Hinge, still: Mapping[tuple[Id, str], MovableInput]) -> Tried | None:
    """``hinge`` as a change that does not move the direction; None for an input that moves it the other way."""
    if hinge.break_even is None:
        return Tried(kind=hinge.kind, subject=hinge.subject, origin=hinge.origin, accepted=hinge.accepted)
    leaf = still.get(_key(hinge))
    return _tried_input(leaf) if leaf else None


def _tried_input(leaf: MovableInput) -> Tried:
    return Tried(kind=leaf.kind, subject=leaf.subject, range=leaf.range)


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
