"""Sentences on the single changes of an answer: those that would turn it, and those that would not."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import assert_never

from kb.domain.answer import (
    Answer,
    BreakEven,
    BreakEvenSpan,
    Direction,
    GapKind,
    Hinge,
    HingeKind,
    Tried,
    TriedRange,
)
from kb.domain.entity import Figure, Question, names_somebody
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.reports.words.amount import about_words, from_to_words, number_words
from kb.reports.words.argument import node_words
from kb.reports.words.attribution import within_sentence
from kb.reports.words.inputs import before_verb, input_words
from kb.reports.words.references import RETRACTED, capitalized, ref_of, shorten
from kb.reports.words.voices import cardinal, speaker_words, title_words, with_mark

DIRECTION_WORDS: Mapping[Direction, str] = {
    Direction.YES: "a yes",
    Direction.NO: "a no",
    Direction.EVEN: "neither side",
}
"""Where the evidence points, within a sentence."""

STATE_WORDS: Mapping[Direction, str] = {
    Direction.YES: "yes",
    Direction.NO: "no",
    Direction.EVEN: "open",
}
"""The answer that goes with a direction, standing alone as in a table."""


def break_even_sentence(knowledge: Knowledge, break_even: BreakEven, after: Direction) -> str:
    """Where an answer turns, e.g. ``If the price is above $31,000, the evidence points to a no.``"""
    return f"{_past_words(knowledge, break_even)}, the evidence points to {DIRECTION_WORDS[after]}."


def _past_words(knowledge: Knowledge, break_even: BreakEven) -> str:
    name = input_words(knowledge, break_even.calculation, break_even.input)
    return f"If {before_verb(name)} is {_side(break_even)} {number_words(break_even.value, break_even.unit)}"


def _side(break_even: BreakEven) -> str:
    return "above" if break_even.above else "below"


def _title_words(knowledge: Knowledge, id: Id | None) -> str:
    source = knowledge.sources.get(id) if id else None
    return title_words(source) if source else RETRACTED.text


def hinge_words(knowledge: Knowledge, hinge: Hinge) -> str:
    """A single change that would turn an answer, in words."""
    return _moved_words(knowledge, hinge) if hinge.break_even else change_words(knowledge, hinge)


def change_words(knowledge: Knowledge, hinge: Hinge | Tried) -> str:
    """A single change in words; empty for an input, which is moved by some amount."""
    match hinge.kind:
        case HingeKind.SOURCE:
            return f"Leaving out {_title_words(knowledge, hinge.subject)}"
        case HingeKind.ORIGIN:
            return _silenced_words(knowledge, hinge)
        case HingeKind.POSITION:
            figure = knowledge.figures.get(hinge.subject)
            number = _figure_words(knowledge, figure) if figure else "another number"
            return f"Accepting {number} as the right number"
        case HingeKind.ASSUMPTION | HingeKind.INPUT:
            return ""
        case HingeKind.NODE:
            return _decided_words(knowledge, hinge)
        case _:
            assert_never(hinge.kind)


def _decided_words(knowledge: Knowledge, change: Hinge | Tried) -> str:
    """What is decided about a claim, which is true or false, or about an argument, which counts or does not."""
    said = shorten(within_sentence(knowledge, node_words(knowledge, change.subject)), _LONGEST_NODE)
    if change.subject in knowledge.arguments:
        what = "Dropping every objection to the argument" if change.accepted else "Leaving out the argument"
        return f"{what} that {said}"
    return f"{'Accepting' if change.accepted else 'Rejecting'} the claim that {said}"


_LONGEST_NODE = 160


def _silenced_words(knowledge: Knowledge, hinge: Hinge | Tried) -> str:
    if names_somebody(hinge.origin):
        return f"Leaving out everything from {hinge.origin}, in any source"
    statement = knowledge.figures.get(hinge.subject) or knowledge.claims.get(hinge.subject)
    return (
        f"Leaving out what unnamed speakers say in {_title_words(knowledge, statement.source if statement else None)}"
    )


def _moved_words(knowledge: Knowledge, hinge: Hinge) -> str:
    break_even = hinge.break_even
    if break_even is None:
        return ""
    name, value = input_words(knowledge, break_even.calculation, break_even.input), break_even.value
    where = f"{_side(break_even)} {number_words(value, break_even.unit)}"
    return f"Setting {name} {where} ({_present_words(hinge.kind, break_even.present, break_even.unit)})"


def _present_words(kind: HingeKind, present: Fraction | None, unit: str) -> str:
    if present is None:
        return "no source states it"
    how = "assumed:" if kind is HingeKind.ASSUMPTION else "taken as"
    return f"{how} {number_words(present, unit)}"


def tried_words(knowledge: Knowledge, tried: Tried) -> str:
    """A single change that does not turn an answer, in words; of an input, how far it was moved."""
    moved = tried.range
    if moved is None:
        return f"{change_words(knowledge, tried)}{', which would strengthen the answer' if tried.strengthens else ''}"
    name = input_words(knowledge, moved.calculation, moved.input)
    words = f"Setting {name} {_range_words(moved)}{_instead_words(tried.kind, moved)}"
    if shifted := moved.shifted:
        name = input_words(knowledge, moved.calculation, shifted.input)
        words += f"; the threshold for {name} then lies {_between_words(shifted)}"
    return words


def _between_words(shifted: BreakEvenSpan) -> str:
    """Between which values a threshold lies while another input is moved."""
    low = about_words(shifted.low, shifted.unit, in_full=False)
    return f"between {low} and {about_words(shifted.high, shifted.unit)}"


def _instead_words(kind: HingeKind, moved: TriedRange) -> str:
    if moved.present is None:
        return " (no source states it)"
    assumed = "the assumed " if kind is HingeKind.ASSUMPTION else ""
    return f" instead of {assumed}{number_words(moved.present, moved.unit)}"


def _range_words(moved: TriedRange) -> str:
    if moved.low is None and moved.high is None:
        return "to any value"
    if moved.high is None:
        return f"to any value above {number_words(moved.low or Fraction(), moved.unit)}"
    if moved.low is None:
        return f"to any value below {number_words(moved.high, moved.unit)}"
    return f"anywhere {from_to_words(Interval(moved.low, moved.high), moved.unit)}"


def _figure_words(knowledge: Knowledge, figure: Figure) -> str:
    return with_mark(ref_of(knowledge, figure.id).text, speaker_words(figure.voice))


def _missing_turns(answer: Answer) -> tuple[tuple[BreakEven, Direction], ...]:
    """Where an answer turns with the input that nobody states and that decides the question; empty where none does."""
    lacking = {(gap.subject, gap.input) for gap in answer.gaps if gap.decides and gap.kind is GapKind.MISSING_INPUT}
    turns = ((hinge.break_even, hinge.after) for hinge in answer.hinges)
    return tuple((turn, after) for turn, after in turns if turn and (turn.calculation, turn.input) in lacking)


def missing_sentences(knowledge: Knowledge, question: Question, answer: Answer) -> str:
    """What decides a question and nobody states, and which side each value of it speaks for; empty where none does.

    ``It depends on the use of a pass, which no source states: above $8 the pass loses money; below that, it pays.``
    """
    turns = _missing_turns(answer)
    if not turns:
        return ""
    (first, after), *others = turns
    name = input_words(knowledge, first.calculation, first.input)
    places = [f"{_side(first)} {number_words(first.value, first.unit)} {_outcome(knowledge, question, after)}"]
    for turn, otherwise in others:
        value = "that" if turn.value == first.value else number_words(turn.value, turn.unit)
        places.append(f"{_side(turn)} {value}, {_outcome(knowledge, question, otherwise)}")
    moves = (_moving_sentence(knowledge, tried) for tried in answer.tried)
    return f"It depends on {name}, which no source states: {'; '.join(places)}.{''.join(moves)}"


def _outcome(knowledge: Knowledge, question: Question, direction: Direction) -> str:
    """What holds where the evidence points somewhere, as a clause: the text of that side."""
    side = next((side for side in question.sides if side.key == direction), None)
    if side is None:
        return "neither side is favoured"
    clause = within_sentence(knowledge, side.text)
    return clause if " " in clause else f"the answer is {clause.lower()}"


def _moving_sentence(knowledge: Knowledge, tried: Tried) -> str:
    """What a threshold assumes of an input, and between which values it lies with others; empty where none moves it."""
    moved = tried.range
    if moved is None or moved.shifted is None or moved.present is None:
        return ""
    name, assumed = input_words(knowledge, moved.calculation, moved.input), number_words(moved.present, moved.unit)
    ends = _ends_words(moved, moved.shifted)
    return f" That threshold takes {name} to be {assumed}; {ends}."


def _ends_words(moved: TriedRange, shifted: BreakEvenSpan) -> str:
    """Where a threshold lies with an input at either end of where it was moved to."""
    if moved.low is None or moved.high is None:
        values = _range_words(moved).removeprefix("to ")
        return f"with {values}, it would lie {_between_words(shifted)}"
    least, greatest = (number_words(end, moved.unit) for end in (moved.low, moved.high))
    first, second = (shifted.low, shifted.high) if shifted.rising else (shifted.high, shifted.low)
    at_least = about_words(first, shifted.unit)
    at_greatest = about_words(second, shifted.unit, in_full=False)
    lowest, highest = (", the lowest value recorded for it,", ", the highest,") if moved.stated else ("", "")
    return f"at {least}{lowest} it would be {at_least}, and at {greatest}{highest} {at_greatest}"


def _other_changes(number: int) -> str:
    return f"{cardinal(number)} other single {'change' if number == 1 else 'changes'}"


def hinges_sentence(answer: Answer, knowledge: Knowledge) -> str:
    """Whether a single change would turn the answer, and the first that would, beside what nobody states."""
    if turns := _missing_turns(answer):
        further = len(answer.hinges) - len(turns)
        also = _other_changes(further) if further else "nothing else that was tried"
        return f"{capitalized(also)} would settle it."
    if not answer.hinges:
        return "No single change that was tried would alter this: " + _TRIED
    first, *others = answer.hinges
    also = f" {_other_changes(len(others)).capitalize()} would change the answer too." if others else ""
    return f"{_turned_sentence(knowledge, answer, first)}{also}"


_TRIED = "leaving out any source or voice, or deciding any disputed number, assumption or argument the other way."


def _otherwise_words(answer: Answer, hinge: Hinge) -> str:
    """What holds on the other side of a value that no source states: ``; at 100% or less, to neither side``."""
    turn = hinge.break_even
    # Where a number is stated, the answer as it stands is the one for that number.
    if turn is None or turn.present is not None or _turns_both_ways(answer, turn):
        return ""
    value = f"{number_words(turn.value, turn.unit)} or {'less' if turn.above else 'more'}"
    if hinge.before is Direction.EVEN:
        return f"; at {value}, it points to neither side"
    return f"; at {value}, to {DIRECTION_WORDS[hinge.before]}"


def _turns_both_ways(answer: Answer, turn: BreakEven) -> bool:
    """Whether the answer turns above and below some value of the same input, each of which is listed."""
    turns = (hinge.break_even for hinge in answer.hinges)
    same = (at for at in turns if at and (at.calculation, at.input) == (turn.calculation, turn.input))
    return any(at.above is not turn.above for at in same)


def _turned_sentence(knowledge: Knowledge, answer: Answer, hinge: Hinge) -> str:
    """A change and what it leads to: ``Leaving out “Deck” would turn the answer into a no.``"""
    if hinge.break_even:
        present = _present_words(hinge.kind, hinge.break_even.present, hinge.break_even.unit)
        towards = f"the evidence points to {DIRECTION_WORDS[hinge.after]}"
        past = _past_words(knowledge, hinge.break_even)
        return f"{past} ({present}), {towards}{_otherwise_words(answer, hinge)}."
    turned = f"turn the answer into {DIRECTION_WORDS[hinge.after]}"
    changed = f"would {'leave the question open' if hinge.after is Direction.EVEN else turned}"
    return f"{before_verb(change_words(knowledge, hinge))} {changed}."


# Hinges in a table, those that come to the same in one row


def joined_words(knowledge: Knowledge, hinges: Sequence[Hinge]) -> str:
    """Changes that come to the same, in words: ``Leaving out “Deck”, or rejecting the claim that the ferry pays``."""
    first, *others = (change_words(knowledge, hinge) for hinge in hinges)
    return ", or ".join([first, *(_lowered(words.removeprefix(_LEAVING)) for words in others)])


_LEAVING = "Leaving out "
"""What need not be said again of a second change."""


def changed_input_words(knowledge: Knowledge, hinge: Hinge) -> str:
    """The input that a change moves, as it is now: ``The use of a pass, which no source states``; empty for none."""
    turn = hinge.break_even
    if turn is None:
        return ""
    name = capitalized(input_words(knowledge, turn.calculation, turn.input))
    if turn.present is None:
        return f"{name}, which no source states"
    how = "assumed to be" if hinge.kind is HingeKind.ASSUMPTION else "taken as"
    return f"{name}, {how} {number_words(turn.present, turn.unit)}"


def changed_answer_words(group: Sequence[Hinge]) -> str:
    """The answer after each change of a group: ``no``, or of an input ``yes above $8; no below $8``."""
    turns = ((hinge.break_even, STATE_WORDS[hinge.after]) for hinge in group)
    places = [f"{after} {_side(turn)} {number_words(turn.value, turn.unit)}" for turn, after in turns if turn]
    return "; ".join(places) or STATE_WORDS[group[0].after]


def nearest_sentence(knowledge: Knowledge, answer: Answer) -> str:
    """The two changes that come nearest to turning an answer and do not; empty where there are none."""
    # How far an assumption moves the threshold stands with the answer.
    told = bool(_missing_turns(answer))
    tried = [one for one in answer.tried if not one.strengthens and not (told and one.range and one.range.shifted)]
    words = "; ".join(_lowered(tried_words(knowledge, one)) for one in tried[:2])
    return f"No other single change that was tried would turn the answer. The nearest: {words}." if words else ""


def _lowered(words: str) -> str:
    return words[:1].lower() + words[1:]
