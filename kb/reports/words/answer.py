"""Sentences on answers: what counts, what decides, and what would change it."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import assert_never

from kb.domain.answer import (
    Answer,
    AnswerWord,
    BreakEven,
    BreakEvenSpan,
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
from kb.domain.entity import Condition, Figure, Question, ScopeValue, names_somebody
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.answers.slice import EVEN_BELOW
from kb.reasoning.argumentation.standing import Standing
from kb.reports.words.amount import about_words, number_words
from kb.reports.words.argument import node_words, said_by_words
from kb.reports.words.inputs import before_verb, calculation_words, input_words
from kb.reports.words.references import (
    RETRACTED,
    capitalized,
    list_words,
    ref_of,
    shorten,
    without_stop,
)
from kb.reports.words.scope import label_words
from kb.reports.words.voices import EDITORS_INFERENCE, cardinal, is_plural_name, speaker_words, title_words

ANSWER_WORDS: Mapping[AnswerWord, str] = {
    AnswerWord.YES: "Yes",
    AnswerWord.LEANING_YES: "Leaning yes",
    AnswerWord.OPEN: "Open",
    AnswerWord.LEANING_NO: "Leaning no",
    AnswerWord.NO: "No",
}


def meaning_sentence(answer: Answer) -> str:
    """What the word of an answer means, and how many single changes would alter it."""
    match answer.word:
        case AnswerWord.OPEN:
            decided_elsewhere = any(gap.decides for gap in answer.gaps)
            return "What would decide it is not known." if decided_elsewhere else "The evidence favours neither side."
        case AnswerWord.YES | AnswerWord.NO:
            return f"The evidence points to {DIRECTION_WORDS[answer.direction]}, and no single change would alter that."
        case AnswerWord.LEANING_YES | AnswerWord.LEANING_NO:
            number = len(answer.hinges)
            changes = "one change" if number == 1 else f"any of {cardinal(number)} changes"
            return f"The evidence points to {DIRECTION_WORDS[answer.direction]}, but {changes} would alter that."
        case _:
            assert_never(answer.word)


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

_SIDES = {True: "on either side", False: "towards this answer"}
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
            return _one_case_words(knowledge.scope_values.get(answer.only_case) if answer.only_case else None)
        case Concern.INCONSISTENT:
            if not answer.contested and concern not in answer.concerns:
                return "Numbers behind it disagree, or the two sides are about equally strong."
            if not answer.contested:
                return "What counts for one side is about as strong as what counts for the other."
            labels = tuple(f"“{ref_of(knowledge, id).text}”" for id in answer.contested)
            return f"The recorded numbers disagree on {list_words(labels)}."
        case Concern.IMPRECISE:
            if concern not in answer.concerns:
                return "A number behind it is missing, or is not known closely enough."
            return _imprecise_words(answer)
        case Concern.LOW_RELIABILITY:
            return f"Everything that counts {counting} comes from unnamed speakers or from sources of low reliability."
        case Concern.OLD:
            return f"Everything that counts {counting} is more than five years older than the newest source."
        case _:
            assert_never(concern)


def _one_case_words(value: ScopeValue | None) -> str:
    if value is None:
        return "The numbers behind this answer are about one case, and others are recorded."
    # Not every number names one: a margin in general is nobody's.
    named = f"Wherever a number behind this answer names a {value.key.replace('-', ' ')}, it is {value.label}"
    return f"{named}; numbers for others are recorded."


def _imprecise_words(answer: Answer) -> str:
    deciding = [gap.kind for gap in answer.gaps if gap.decides]
    if GapKind.MISSING_INPUT in deciding:
        return "No source states the number that would decide the question."
    if deciding:
        return "The number that decides the question is not known closely enough."
    moved = [(hinge.kind, hinge.break_even) for hinge in answer.hinges if hinge.kind in _NUMBER_KINDS]
    kind, break_even = moved[0]
    if kind is HingeKind.POSITION:
        return "Accepting another of the stated numbers would change the answer."
    if break_even and break_even.present is None:
        return "A number missing from all the sources could change the answer."
    if kind is HingeKind.ASSUMPTION:
        return "Another value of an assumed number, within what is stated or possible, would change the answer."
    return "A number that is stated as a range would change the answer, taken elsewhere within it."


_NUMBER_KINDS = (HingeKind.POSITION, HingeKind.ASSUMPTION, HingeKind.INPUT)


def evidence_sentence(yes: Standing, no: Standing, direction: Direction) -> str:
    """How many arguments count on each side, and how many are held back, in a sentence."""
    counted = [sum(part.counts for part in standing.supporters) for standing in (yes, no)]
    held = sum(bool(part.held_back_by and part.strength) for standing in (yes, no) for part in standing.supporters)
    if not any(counted):
        return "Nothing that is recorded counts for either side."
    first, second = (counted[1], counted[0]) if direction is Direction.NO else (counted[0], counted[1])
    sides = ("no", "yes") if direction is Direction.NO else ("yes", "no")
    arguments = "argument supports" if first == 1 else "arguments support"
    others = cardinal(second) if second else "none"
    sentence = f"{cardinal(first).capitalize()} {arguments} a {sides[0]} and {others} a {sides[1]}"
    if held:
        more = "one more is" if held == 1 else f"{cardinal(held)} more are"
        whose = "the voice behind it" if held == 1 else "the voices behind them"
        counts = "counts" if held == 1 else "count"
        sentence += f"; {more} set aside, because {whose} already {counts} once for the same side"
    return f"{sentence}."


def strongest_sentence(knowledge: Knowledge, standing: Standing, side: str) -> str:
    """The argument that adds most to a side, ``yes`` or ``no``, with whoever says it; empty for none."""
    parts = [part for part in standing.supporters if part.counts]
    if not parts:
        return ""
    strongest = max(parts, key=lambda part: part.strength)
    speakers = said_by_words(knowledge, strongest.key.id)
    inferred = speakers.startswith(EDITORS_INFERENCE)
    whose = f"is {_inference_words(speakers)}" if inferred else f"comes from {speakers}"
    return f"The argument that counts most for a {side} {whose}: {node_words(knowledge, strongest.key.id)}."


def _inference_words(speakers: str) -> str:
    """An inference after "is": ``the editors' inference from what Ann Ash says``."""
    base = speakers.removeprefix(EDITORS_INFERENCE).removeprefix(" from ")
    if not base:
        return "the editors' own inference"
    verb = "say" if is_plural_name(base) else "says"
    return f"the editors' inference from what {base} {verb}"


LEDGER_NOTE = (
    "On each side, each voice counts once, for its strongest argument; all unnamed speakers of one text count as one "
    "voice. An argument that rests on somebody else's evidence may count as theirs. What an argument contributes is "
    "its strength, from 0 to 1. It starts from its weakest premise, whose own page says how strong that is: as strong "
    "as its voice is sure of it, in the editors' reading, and less if it is not asserted outright or its source is "
    "less reliable. Support raises a strength and objections lower it; where they do so to an argument, the table also "
    "gives its strength before that."
)
"""How to read the tables of what counts on each side."""


def sums_sentence(question: Question, direction: Direction, totals: Sequence[str], *, opposed: bool) -> str:
    """What the arguments for the first and for the second side add up to, and what follows from it.

    ``opposed`` says whether some argument counts against a side without speaking for the other.
    """
    sums = f"The arguments that count add up to {totals[0]} for a yes and {totals[1]} for a no"
    if question.decided_by:
        return f"{sums}. The answer depends on the calculation, not on these totals."
    if opposed:
        return f"{sums}, before what speaks against a side itself is taken from it."
    if direction is Direction.EVEN:
        return f"{sums}. That is too close to call: a lead of {SUMS_APART:.2f} is needed."
    return f"{sums}, so the evidence points to {DIRECTION_WORDS[direction]}: a lead of {SUMS_APART:.2f} is enough."


SUMS_APART = (EVEN_BELOW / (1 - EVEN_BELOW)) ** 0.5
"""The difference of the sums at which the strengths of the two sides, by the quadratic energy, stop being even."""


def condition_sentence(
    knowledge: Knowledge, condition: Condition, result: str, truth: bool | None, limit: str, hinge: Hinge | None
) -> str:
    """What the deciding calculation comes to, what it would have to be, and where it would turn."""
    name = capitalized(before_verb(calculation_words(knowledge, condition.calculation)))
    needed = f"{_SIGNS[condition.sign]} {limit}"
    state = {
        True: f"which is {needed}",
        False: f"which is not {needed}",
        None: f"so that it may or may not be {needed}",
    }
    sentence = f"{name} comes to {result}, {state[truth]}."
    if hinge and hinge.break_even:
        sentence += f" {break_even_sentence(knowledge, hinge.break_even, hinge.after)}"
    return sentence


def no_result_sentence(knowledge: Knowledge, condition: Condition, missing: Sequence[str]) -> str:
    """That the deciding calculation has no result, for want of the inputs ``missing`` where there are any."""
    calculation = condition.calculation
    named = list_words(tuple(input_words(knowledge, calculation, name) for name in missing))
    why = f", because no source states {named}" if missing else ""
    return f"The answer depends on {calculation_words(knowledge, calculation)}. It cannot be worked out{why}."


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
            return f"Leaving out {_title_words(knowledge, hinge.subject)} and whatever merely repeats it"
        case HingeKind.ORIGIN:
            return _silenced_words(knowledge, hinge)
        case HingeKind.POSITION:
            figure = knowledge.figures.get(hinge.subject)
            number = _figure_words(knowledge, figure) if figure else "another number"
            return f"Accepting {number} as the right number"
        case HingeKind.ASSUMPTION | HingeKind.INPUT:
            return ""
        case HingeKind.NODE:
            return f"{_decided_words(knowledge, hinge)}: {_shortened_words(knowledge, hinge)}"
        case _:
            assert_never(hinge.kind)


def _decided_words(knowledge: Knowledge, change: Hinge | Tried) -> str:
    """What is decided about a claim, which is true or false, or about an argument, which counts or does not."""
    if change.subject in knowledge.arguments:
        return "Dropping every objection to this argument" if change.accepted else "Leaving out this argument"
    return f"{'Accepting' if change.accepted else 'Rejecting'} this claim"


def _shortened_words(knowledge: Knowledge, change: Hinge | Tried) -> str:
    return shorten(node_words(knowledge, change.subject), 160)


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
    return f"anywhere from {number_words(moved.low, moved.unit)} to {number_words(moved.high, moved.unit)}"


def _figure_words(knowledge: Knowledge, figure: Figure) -> str:
    return f"{ref_of(knowledge, figure.id).text} ({speaker_words(figure.voice)})"


def gap_words(knowledge: Knowledge, gap: Gap) -> str:
    """What is not known, in a sentence."""
    name = ref_of(knowledge, gap.subject).text
    match gap.kind:
        case GapKind.MISSING_INPUT:
            missing = input_words(knowledge, gap.subject, gap.input)
            computed = before_verb(calculation_words(knowledge, gap.subject))
            return f"No source states {missing}, so {computed} cannot be worked out."
        case GapKind.NO_RESULT:
            return f"{capitalized(before_verb(calculation_words(knowledge, gap.subject)))} cannot be worked out."
        case GapKind.UNDECIDED:
            if gap.decides:
                return "The calculation that decides the question does not settle it: its values lie on both sides."
            return f"The numbers do not settle this claim: {name}"
        case GapKind.NO_ARGUMENT:
            return f"Nothing that counts is recorded for this side: {_side_text(knowledge, gap)}"
        case GapKind.SECOND_HAND:
            return _second_hand_sentence(knowledge, _side_text(knowledge, gap))
        case _:
            assert_never(gap.kind)


def _second_hand_sentence(knowledge: Knowledge, side: str) -> str:
    """E.g. ``Nobody named argues in a source of their own that the pass loses money.``"""
    clause = label_words(knowledge, without_stop(side))
    named = any(clause.startswith(f"{value.label} ") for value in knowledge.scope_values.values())
    # A first word that may be a name keeps its capital, which within a sentence would be wrong for any other word.
    if named or clause[:1].islower():
        return f"Nobody named argues in a source of their own that {clause}."
    return f"Nobody named argues for this side in a source of their own. The side: {side}"


def _side_text(knowledge: Knowledge, gap: Gap) -> str:
    sides = knowledge.questions[gap.subject].sides
    return next(side.text for side in sides if side.key == gap.side)


def _missing_turns(answer: Answer) -> tuple[tuple[BreakEven, Direction], ...]:
    """Where an answer turns with the input that nobody states and that decides the question; empty where none does."""
    if not any(gap.decides and gap.kind is GapKind.MISSING_INPUT for gap in answer.gaps):
        return ()
    turns = ((hinge.break_even, hinge.after) for hinge in answer.hinges)
    return tuple((turn, after) for turn, after in turns if turn is not None and turn.present is None)


def _missing_sentence(knowledge: Knowledge, turns: Sequence[tuple[BreakEven, Direction]]) -> str:
    """E.g. ``If the use is above $8, the evidence points to a yes; below that, to a no.``."""
    (first, after), *further = turns
    parts = [without_stop(break_even_sentence(knowledge, first, after))]
    for turn, otherwise in further:
        place = "that" if turn.value == first.value else number_words(turn.value, turn.unit)
        parts.append(f"{_side(turn)} {place}, to {DIRECTION_WORDS[otherwise]}")
    return f"{'; '.join(parts)}."


def _moving_sentence(knowledge: Knowledge, tried: Tried) -> str:
    """What a threshold assumes of an input, and between which values it lies with others; empty where none moves it."""
    moved = tried.range
    if moved is None or moved.shifted is None or moved.present is None:
        return ""
    name, assumed = input_words(knowledge, moved.calculation, moved.input), number_words(moved.present, moved.unit)
    ends = _ends_words(moved, moved.shifted)
    return f" That threshold assumes a value of {assumed} for {name}; {ends}."


def _ends_words(moved: TriedRange, shifted: BreakEvenSpan) -> str:
    """Where a threshold lies with an input at either end of where it was moved to."""
    if moved.low is None or moved.high is None:
        values = _range_words(moved).removeprefix("to ")
        return f"with {values}, it would lie {_between_words(shifted)}"
    least, greatest = (number_words(end, moved.unit) for end in (moved.low, moved.high))
    first, second = (shifted.low, shifted.high) if shifted.rising else (shifted.high, shifted.low)
    at_least = about_words(first, shifted.unit)
    at_greatest = about_words(second, shifted.unit, in_full=False)
    lowest, highest = (", the lowest value that a source gives,", ", the highest,") if moved.stated else ("", "")
    return f"at {least}{lowest} it would be {at_least}, and at {greatest}{highest} {at_greatest}"


def _other_changes(number: int) -> str:
    return f"{cardinal(number)} other single {'change' if number == 1 else 'changes'}"


def hinges_sentence(answer: Answer, knowledge: Knowledge) -> str:
    """Whether a single change would turn the answer, and the first that would."""
    if turns := _missing_turns(answer):
        further = len(answer.hinges) - len(turns)
        also = _other_changes(further) if further else "nothing else that was tried"
        moves = (_moving_sentence(knowledge, tried) for tried in answer.tried)
        return f"{_missing_sentence(knowledge, turns)}{''.join(moves)} {capitalized(also)} would settle it."
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
    if hinge.kind is HingeKind.NODE:
        return f"{_decided_words(knowledge, hinge)} {changed}: {_shortened_words(knowledge, hinge)}."
    return f"{change_words(knowledge, hinge)} {changed}."
