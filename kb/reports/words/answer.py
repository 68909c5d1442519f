"""Sentences on answers: what counts, what decides, and what would change it."""

from collections.abc import Mapping
from typing import assert_never

from kb.domain.answer import (
    Answer,
    AnswerWord,
    BreakEven,
    Certainty,
    Concern,
    Direction,
    Gap,
    GapKind,
    Hinge,
    HingeKind,
)
from kb.domain.entity import Condition, Figure, Node, names_somebody
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.argumentation.standing import Part, Standing
from kb.reports.words.amount import number_words
from kb.reports.words.references import count_words, figure_amount_words, list_words, node_ref, ref_of, shorten
from kb.reports.words.voices import EDITORS_INFERENCE, cardinal, name_words, speaker_words, voice_words

ANSWER_WORDS: Mapping[AnswerWord, str] = {
    AnswerWord.YES: "Yes",
    AnswerWord.LEANING_YES: "Leaning yes",
    AnswerWord.OPEN: "Open",
    AnswerWord.LEANING_NO: "Leaning no",
    AnswerWord.NO: "No",
}

ANSWER_MEANINGS: Mapping[AnswerWord, str] = {
    AnswerWord.YES: "The evidence points to the first side, and no single change would alter that.",
    AnswerWord.LEANING_YES: "The evidence points to the first side, but at least one single change would alter that.",
    AnswerWord.OPEN: "The evidence does not decide between the sides.",
    AnswerWord.LEANING_NO: "The evidence points to the second side, but at least one single change would alter that.",
    AnswerWord.NO: "The evidence points to the second side, and no single change would alter that.",
}

DIRECTION_WORDS: Mapping[Direction, str] = {
    Direction.YES: "yes",
    Direction.NO: "no",
    Direction.EVEN: "neither side",
}

CONCERN_WORDS: Mapping[Concern, str] = {
    Concern.ONE_ORIGIN: "Leaving out a single source or voice would change the answer.",
    Concern.INDIRECT: "All the numbers behind it are about one case, although numbers for others are recorded.",
    Concern.INCONSISTENT: "The two sides are about equally strong, or numbers behind the answer conflict.",
    Concern.IMPRECISE: "A value within what is stated or possible would change a result that the answer rests on.",
    Concern.LOW_RELIABILITY: "All that counts for it comes from unnamed speakers or sources of low reliability.",
    Concern.OLD: "All that counts for it is more than five years older than the newest source.",
}

CERTAINTY_MEANINGS: Mapping[Certainty, str] = {
    Certainty.HIGH: "nothing lowers it",
    Certainty.MODERATE: "one serious reason lowers it",
    Certainty.LOW: "two serious reasons lower it",
    Certainty.VERY_LOW: "three serious reasons or more lower it, or nothing counts on either side",
}

_SIGNS = {"<": "below", "<=": "at most", ">": "above", ">=": "at least", "==": "exactly"}


def concern_words(knowledge: Knowledge, answer: Answer, concern: Concern) -> str:
    """A reason that lowers the certainty of an answer, in a sentence."""
    case = knowledge.scope_values.get(answer.only_case) if answer.only_case else None
    if concern is Concern.INDIRECT and case:
        return f"All the numbers behind it are about one {case.key} ({case.label}), although others are recorded."
    return CONCERN_WORDS[concern]


def evidence_sentence(yes: Standing, no: Standing, direction: Direction) -> str:
    """How many arguments count on each side, and how many are held back, in a sentence."""
    counted = [sum(part.counts for part in standing.supporters) for standing in (yes, no)]
    held = sum(bool(part.held_back_by) for standing in (yes, no) for part in standing.supporters)
    if not any(counted):
        return "Nothing that is recorded counts for either side."
    first, second = (counted[1], counted[0]) if direction is Direction.NO else (counted[0], counted[1])
    sides = ("this answer", "it") if direction is not Direction.EVEN else ("the first side", "the second")
    verb = "counts" if first == 1 else "count"
    sentence = (
        f"{_number(first)} {verb} for {sides[0]} and {_number(second, of_same=True)} {_against(direction, sides[1])}"
    )
    if held:
        more = "one more is not counted" if held == 1 else f"{cardinal(held)} more are not counted"
        whose = "its voice is" if held == 1 else "their voices are"
        sentence += f"; {more}, because {whose} counted already"
    return f"{sentence}."


def _against(direction: Direction, side: str) -> str:
    return f"for {side}" if direction is Direction.EVEN else f"against {side}"


def _number(number: int, *, of_same: bool = False) -> str:
    if of_same:
        return cardinal(number) if number else "none"
    word = cardinal(number)
    return f"{word.capitalize()} {'argument' if number == 1 else 'arguments'}"


def strongest_sentence(knowledge: Knowledge, standing: Standing, lead: str) -> str:
    """The argument that adds most to a side, with whoever says it; empty for none."""
    parts = [part for part in standing.supporters if part.counts]
    if not parts:
        return ""
    strongest = max(parts, key=lambda part: (part.effect, part.strength))
    speakers = said_by_words(knowledge, strongest.key.id)
    return f"{lead}: {node_words(knowledge, strongest.key.id).rstrip('.')} ({speakers})."


def condition_sentence(
    knowledge: Knowledge, condition: Condition, result: str, truth: bool | None, limit: str, hinge: Hinge | None
) -> str:
    """What the deciding calculation comes to, what it would have to be, and where it would turn."""
    name = ref_of(knowledge, condition.calculation).text
    if not result:
        return f"The question turns on “{name}”, which cannot be worked out yet."
    needed = f"{_SIGNS[condition.sign]} {limit}"
    state = {
        True: f"which is {needed}",
        False: f"which is not {needed}",
        None: f"so that it may or may not be {needed}",
    }
    sentence = f"{name} comes to {result}, {state[truth]}."
    if hinge and hinge.break_even:
        sentence += f" {break_even_sentence(hinge.break_even, hinge.after)}"
    return sentence


def break_even_sentence(break_even: BreakEven, after: Direction) -> str:
    """Where an answer turns, e.g. ``With a price above $31,000 the evidence would point to no.``"""
    value = number_words(break_even.value, break_even.unit)
    side = "above" if break_even.above else "below"
    return f"With {_input_words(break_even.input)} {side} {value} the evidence would point to {DIRECTION_WORDS[after]}."


def _input_words(name: str) -> str:
    return name.replace("_", " ").replace("-", " ")


def hinge_words(knowledge: Knowledge, hinge: Hinge) -> str:
    """A single change, in words."""
    match hinge.kind:
        case HingeKind.SOURCE:
            return f"Without “{ref_of(knowledge, hinge.subject).text}” and what only repeats it"
        case HingeKind.ORIGIN:
            return _silenced_words(knowledge, hinge)
        case HingeKind.POSITION:
            figure = knowledge.figures.get(hinge.subject)
            return (
                f"With {_figure_words(knowledge, figure)} taken as the right number"
                if figure
                else "With another number"
            )
        case HingeKind.ASSUMPTION | HingeKind.INPUT:
            return _moved_words(hinge)
        case HingeKind.NODE:
            verb = "accepted" if hinge.accepted else "rejected"
            return f"If this were {verb}: {shorten(node_words(knowledge, hinge.subject).rstrip('.'), 160)}"
        case _:
            assert_never(hinge.kind)


def _silenced_words(knowledge: Knowledge, hinge: Hinge) -> str:
    if names_somebody(hinge.origin):
        return f"Without anything that {hinge.origin} says, in any source"
    statement = knowledge.figures.get(hinge.subject) or knowledge.claims.get(hinge.subject)
    source = ref_of(knowledge, statement.source if statement else None).text
    return f"Without what unnamed speakers say in “{source}”"


def _moved_words(hinge: Hinge) -> str:
    break_even = hinge.break_even
    if break_even is None:
        return ""
    side = "above" if break_even.above else "below"
    words = f"With {_input_words(break_even.input)} {side} {number_words(break_even.value, break_even.unit)}"
    if break_even.present is None:
        return f"{words} (nobody states it)"
    how = "assumed" if hinge.kind is HingeKind.ASSUMPTION else "taken"
    return f"{words} ({how} as {number_words(break_even.present, break_even.unit)})"


def _figure_words(knowledge: Knowledge, figure: Figure) -> str:
    return f"{ref_of(knowledge, figure.id).text} ({speaker_words(figure.voice)})"


def node_words(knowledge: Knowledge, id: Id) -> str:
    """The sentence of a claim or an argument, or what the argument rests on; of a calculation its name."""
    argument = knowledge.arguments.get(id)
    if argument is None:
        return ref_of(knowledge, id).text
    return argument.text or "; ".join(_premise_words(knowledge, node) for node in argument.premises)


def _premise_words(knowledge: Knowledge, node: Node) -> str:
    # A bare amount would not say of what it is. The voices stand beside the argument, as its origins.
    if figure := knowledge.figures.get(node.id):
        return f"{figure_amount_words(figure)} ({ref_of(knowledge, figure.measure).text})"
    return node_ref(knowledge, node).text.rstrip(".")


def said_by_words(knowledge: Knowledge, id: Id) -> str:
    """Who says what ``node_words`` gives of a claim or an argument, e.g. ``Editors' inference, from Ann Ash``.

    The sentence of an argument is written by the editors of the base; without one, its premises speak for it.
    """
    argument = knowledge.arguments.get(id)
    if argument is None:
        return ", ".join(_speakers(knowledge, id))
    premises = dict.fromkeys(name for node in argument.premises for name in _speakers(knowledge, node.id))
    if not argument.text:
        return list_words(tuple(premises))
    named = tuple(name for name in premises if name != EDITORS_INFERENCE)
    return f"{EDITORS_INFERENCE}, from {list_words(named)}" if named else EDITORS_INFERENCE


def _speakers(knowledge: Knowledge, id: Id) -> tuple[str, ...]:
    statement = knowledge.claims.get(id) or knowledge.figures.get(id)
    if statement:
        return (voice_words(statement.voice),)
    # A calculation, or the answer to another question, is nobody's word.
    return (f"computed: {ref_of(knowledge, id).text}",) if id in knowledge.calculations else ()


def counted_as_words(knowledge: Knowledge, part: Part) -> str:
    """Under whose word an argument counts; empty where that is just who says it."""
    origins = tuple(map(name_words, part.origins))
    said = said_by_words(knowledge, part.key.id)
    return "" if all(name in said for name in origins) else list_words(origins)


def gap_words(knowledge: Knowledge, gap: Gap) -> str:
    """What is not known, in a sentence."""
    name = ref_of(knowledge, gap.subject).text
    match gap.kind:
        case GapKind.MISSING_INPUT:
            return f"Nobody states {_input_words(gap.input)}, which “{name}” needs."
        case GapKind.NO_RESULT:
            return f"“{name}” cannot be worked out."
        case GapKind.UNDECIDED:
            if gap.decides:
                return "The calculation that decides the question does not settle it: its values lie on both sides."
            return f"The numbers do not decide whether this holds: {name}"
        case GapKind.NO_ARGUMENT:
            return f"Nothing that counts is recorded for this side: {_side_text(knowledge, gap)}"
        case GapKind.SECOND_HAND:
            return f"No first-hand source speaks for this side: {_side_text(knowledge, gap)}"
        case _:
            assert_never(gap.kind)


def _side_text(knowledge: Knowledge, gap: Gap) -> str:
    sides = knowledge.questions[gap.subject].sides
    return next(side.text for side in sides if side.key == gap.side)


def hinges_sentence(answer: Answer, knowledge: Knowledge) -> str:
    """Whether a single change would turn the answer, and the first that would."""
    if not answer.hinges:
        return "No single change that was tried would turn this: " + _TRIED
    first = hinge_words(knowledge, answer.hinges[0])
    turned = DIRECTION_WORDS[answer.hinges[0].after]
    number = count_words(len(answer.hinges) - 1, "other single change", "other single changes")
    also = f"; {number} would turn it too" if len(answer.hinges) > 1 else ""
    return f"{first}, the evidence would point to {turned}{also}."


_TRIED = "each source and each voice left out, each disputed number, assumption and contested argument taken otherwise."
