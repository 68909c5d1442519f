"""Sentences on answers: what counts, what decides, and what would change it."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
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
    Rating,
    Tried,
    TriedRange,
)
from kb.domain.entity import Condition, Figure, Node, names_somebody
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.argumentation.standing import Part, Standing
from kb.reports.words.amount import number_words
from kb.reports.words.references import (
    RETRACTED,
    capitalized,
    count_words,
    figure_amount_words,
    list_words,
    node_ref,
    ref_of,
    shorten,
)
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

_SIDES = {True: "on either side", False: "for it"}
"""What evidence counts for, by whether the answer points to neither side."""

_SIGNS = {"<": "below", "<=": "at most", ">": "above", ">=": "at least", "==": "exactly"}


def certainty_words(rating: Rating) -> str:
    """How many reasons lower the certainty of an answer; where nothing counts, that instead."""
    number = len(rating.concerns)
    if rating.certainty is Certainty.VERY_LOW and number < len(Certainty) - 1:
        return "nothing counts on either side"
    if not number:
        return "nothing lowers it"
    return f"{cardinal(number)} {'reason lowers' if number == 1 else 'reasons lower'} it"


def concern_words(knowledge: Knowledge, answer: Answer, concern: Concern) -> str:
    """A reason that may lower the certainty of an answer, in a sentence; what was found says what it is about."""
    counting = _SIDES[answer.direction is Direction.EVEN]
    match concern:
        case Concern.ONE_ORIGIN:
            return "Leaving out a single source or voice would change the answer."
        case Concern.INDIRECT:
            value = knowledge.scope_values.get(answer.only_case) if answer.only_case else None
            about = f"one {value.key} ({value.label})" if value else "one case"
            return f"All the numbers behind it are about {about}, although others are recorded."
        case Concern.INCONSISTENT:
            if not answer.contested and concern not in answer.concerns:
                return "Numbers behind it disagree, or the two sides are about equally strong."
            if not answer.contested:
                return "What counts for the one side is about as strong as what counts for the other."
            labels = tuple(f"“{ref_of(knowledge, id).text}”" for id in answer.contested)
            return f"The recorded numbers disagree on {list_words(labels)}."
        case Concern.IMPRECISE:
            if concern not in answer.concerns:
                return "A number behind it is missing, or is not known closely enough."
            return _imprecise_words(answer)
        case Concern.LOW_RELIABILITY:
            return f"All that counts {counting} comes from unnamed speakers or from sources of low reliability."
        case Concern.OLD:
            return f"All that counts {counting} is more than five years older than the newest source."
        case _:
            assert_never(concern)


def _imprecise_words(answer: Answer) -> str:
    deciding = [gap.kind for gap in answer.gaps if gap.decides]
    if GapKind.MISSING_INPUT in deciding:
        return "No source states a number that decides the question."
    if deciding:
        return "The number that decides the question is not known closely enough."
    moved = [(hinge.kind, hinge.break_even) for hinge in answer.hinges if hinge.kind in _NUMBER_KINDS]
    kind, break_even = moved[0]
    if kind is HingeKind.POSITION:
        return "Taking another of the stated numbers as right would change the answer."
    if break_even and break_even.present is None:
        return "A number that no source states may change the answer."
    if kind is HingeKind.ASSUMPTION:
        return "Another value of an assumed number, within what is stated or possible, would change the answer."
    return "A number that is stated as a range would change the answer, taken elsewhere within it."


_NUMBER_KINDS = (HingeKind.POSITION, HingeKind.ASSUMPTION, HingeKind.INPUT)


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


def no_result_sentence(knowledge: Knowledge, condition: Condition, missing: Sequence[str]) -> str:
    """That the deciding calculation has no result, for want of the inputs ``missing`` where there are any."""
    name = ref_of(knowledge, condition.calculation).text
    why = f", because no source states {list_words(tuple(map(_input_words, missing)))}" if missing else ""
    return f"The question turns on “{name}”, which cannot be worked out{why}."


def break_even_sentence(break_even: BreakEven, after: Direction) -> str:
    """Where an answer turns, e.g. ``With the price above $31,000, the evidence would point to no.``"""
    return f"{_past_words(break_even)}, the evidence would point to {DIRECTION_WORDS[after]}."


def _past_words(break_even: BreakEven) -> str:
    value = number_words(break_even.value, break_even.unit)
    return f"With {_input_words(break_even.input)} {_side(break_even)} {value}"


def _side(break_even: BreakEven) -> str:
    return "above" if break_even.above else "below"


def _input_words(name: str) -> str:
    """The name of an input in a sentence: ``the mean use``, or ``the price in the bill`` for one of an inner sum."""
    *outer, own = (part.replace("_", " ").replace("-", " ") for part in name.split(" › "))
    return " in ".join(f"the {part}" for part in (own, *reversed(outer)))


def _title_words(knowledge: Knowledge, id: Id) -> str:
    """The short title of a source, in quotation marks unless it is our description."""
    source = knowledge.sources.get(id)
    if source is None:
        return RETRACTED.text
    return source.short_title if "title" in source.inferred else f"“{source.short_title}”"


def hinge_words(knowledge: Knowledge, hinge: Hinge) -> str:
    """A single change that would turn an answer, in words."""
    return _moved_words(hinge) if hinge.break_even else change_words(knowledge, hinge)


def change_words(knowledge: Knowledge, hinge: Hinge | Tried) -> str:
    """A single change in words; empty for an input, which is moved by some amount."""
    match hinge.kind:
        case HingeKind.SOURCE:
            return f"Without {_title_words(knowledge, hinge.subject)} and what only repeats it"
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
            return ""
        case HingeKind.NODE:
            decided = _decided_words(knowledge, hinge)
            return f"{decided}: {shorten(node_words(knowledge, hinge.subject).rstrip('.'), 160)}"
        case _:
            assert_never(hinge.kind)


def _decided_words(knowledge: Knowledge, change: Hinge | Tried) -> str:
    """What is decided about a claim, which is true or false, or about an argument, which counts or does not."""
    if change.subject in knowledge.arguments:
        return "If this counted in full" if change.accepted else "If this did not count"
    return f"If this were {'accepted' if change.accepted else 'rejected'}"


def _silenced_words(knowledge: Knowledge, hinge: Hinge | Tried) -> str:
    if names_somebody(hinge.origin):
        return f"Without anything that {hinge.origin} says, in any source"
    statement = knowledge.figures.get(hinge.subject) or knowledge.claims.get(hinge.subject)
    source = ref_of(knowledge, statement.source if statement else None).text
    return f"Without what unnamed speakers say in “{source}”"


def _moved_words(hinge: Hinge) -> str:
    break_even = hinge.break_even
    if break_even is None:
        return ""
    return f"{_past_words(break_even)} ({_present_words(hinge.kind, break_even.present, break_even.unit)})"


def _present_words(kind: HingeKind, present: Fraction | None, unit: str) -> str:
    if present is None:
        return "no source states it"
    how = "assumed" if kind is HingeKind.ASSUMPTION else "taken"
    return f"{how} as {number_words(present, unit)}"


def tried_words(knowledge: Knowledge, tried: Tried) -> str:
    """A single change that does not turn an answer, in words; of an input, how far it was moved."""
    moved = tried.range
    if moved is None:
        return change_words(knowledge, tried)
    present = _present_words(tried.kind, moved.present, moved.unit)
    words = f"With {_input_words(moved.input)} {_range_words(moved)} ({present})"
    if shifted := moved.shifted:
        low, high = (number_words(end, shifted.unit) for end in (shifted.low, shifted.high))
        words += f"; the break-even of {_input_words(shifted.input)} then moves between {low} and {high}"
    return words


def _range_words(moved: TriedRange) -> str:
    if moved.low is None and moved.high is None:
        return "at any value"
    if moved.high is None:
        return f"at any value above {number_words(moved.low or Fraction(), moved.unit)}"
    if moved.low is None:
        return f"at any value below {number_words(moved.high, moved.unit)}"
    return f"anywhere from {number_words(moved.low, moved.unit)} to {number_words(moved.high, moved.unit)}"


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
            return f"No source states {_input_words(gap.input)}, which “{name}” needs."
        case GapKind.NO_RESULT:
            return f"“{name}” cannot be worked out."
        case GapKind.UNDECIDED:
            if gap.decides:
                return "The calculation that decides the question does not settle it: its values lie on both sides."
            return f"The numbers do not decide whether this holds: {name}"
        case GapKind.NO_ARGUMENT:
            return f"Nothing that counts is recorded for this side: {_side_text(knowledge, gap)}"
        case GapKind.SECOND_HAND:
            return f"No named first-hand source speaks for this side: {_side_text(knowledge, gap)}"
        case _:
            assert_never(gap.kind)


def _side_text(knowledge: Knowledge, gap: Gap) -> str:
    sides = knowledge.questions[gap.subject].sides
    return next(side.text for side in sides if side.key == gap.side)


def _missing_turns(answer: Answer) -> tuple[tuple[BreakEven, Direction], ...]:
    """Where an answer turns with the input that nobody states and that decides the question; empty where none does."""
    if not any(gap.decides and gap.kind is GapKind.MISSING_INPUT for gap in answer.gaps):
        return ()
    turns = ((hinge.break_even, hinge.after) for hinge in answer.hinges)
    return tuple((turn, after) for turn, after in turns if turn is not None and turn.present is None)


def _missing_sentence(turns: Sequence[tuple[BreakEven, Direction]], others: int) -> str:
    """E.g. ``With the use above $8, the evidence would point to yes; below that, to no.``, and what else would."""
    (first, after), *further = turns
    parts = [break_even_sentence(first, after).rstrip(".")]
    for turn, otherwise in further:
        place = "that" if turn.value == first.value else number_words(turn.value, turn.unit)
        parts.append(f"{_side(turn)} {place}, to {DIRECTION_WORDS[otherwise]}")
    also = (
        count_words(others, "other single change", "other single changes") if others else "nothing else that was tried"
    )
    return f"{'; '.join(parts)}. {capitalized(also)} would settle it."


def hinges_sentence(answer: Answer, knowledge: Knowledge) -> str:
    """Whether a single change would turn the answer, and the first that would."""
    if turns := _missing_turns(answer):
        return _missing_sentence(turns, len(answer.hinges) - len(turns))
    if not answer.hinges:
        return "No single change that was tried would turn this: " + _TRIED
    first = hinge_words(knowledge, answer.hinges[0])
    turned = DIRECTION_WORDS[answer.hinges[0].after]
    number = count_words(len(answer.hinges) - 1, "other single change", "other single changes")
    also = f"; {number} would turn it too" if len(answer.hinges) > 1 else ""
    return f"{first}, the evidence would point to {turned}{also}."


_TRIED = "each source and each voice left out, each disputed number, assumption and contested argument taken otherwise."
