"""Sentences on answers: what counts, what decides, and what would change it."""

from collections.abc import Mapping, Sequence
from typing import assert_never

from kb.domain.answer import (
    Answer,
    AnswerWord,
    Certainty,
    Concern,
    Direction,
    Gap,
    GapKind,
    Hinge,
    HingeKind,
    Rating,
)
from kb.domain.entity import Condition, Question, ScopeValue
from kb.domain.knowledge import Knowledge
from kb.reasoning.answers.slice import EVEN_BELOW
from kb.reasoning.argumentation.standing import Standing
from kb.reports.words.argument import node_words, said_by_words
from kb.reports.words.attribution import attributed_claim, attributed_figure, within_sentence
from kb.reports.words.hinges import DIRECTION_WORDS, break_even_sentence
from kb.reports.words.inputs import before_verb, calculation_words, input_words
from kb.reports.words.references import (
    capitalized,
    list_words,
    ref_of,
)
from kb.reports.words.voices import EDITORS_INFERENCE, cardinal, is_plural_name

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
    named = f"Wherever a number behind this answer names a {value.key.replace('-', ' ')}, it names {value.label}"
    return f"{named}, although numbers for others are recorded."


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
    """What counts most for a side, ``yes`` or ``no``, and who says it; empty where nothing counts."""
    parts = [part for part in standing.supporters if part.counts]
    if not parts:
        return ""
    strongest = max(parts, key=lambda part: part.strength).key.id
    argument = knowledge.arguments.get(strongest)
    # A reader takes in what somebody says before what is inferred from it.
    stated = argument.premises[0].id if argument and len(argument.premises) == 1 else strongest
    if claim := knowledge.claims.get(stated):
        return f"What counts most for a {side}: {attributed_claim(knowledge, claim)}."
    if figure := knowledge.figures.get(stated):
        return f"What counts most for a {side}: {attributed_figure(knowledge, figure)}."
    speakers = said_by_words(knowledge, strongest)
    said = within_sentence(knowledge, node_words(knowledge, strongest))
    return f"What counts most for a {side}: {said} ({inference_words(speakers)})."


def inference_words(speakers: str) -> str:
    """Whose a statement is, in brackets behind it: ``the editors' inference from what Ann Ash says``."""
    if not speakers.startswith(EDITORS_INFERENCE):
        return speakers
    base = speakers.removeprefix(EDITORS_INFERENCE).removeprefix(" from ")
    if not base:
        return "the editors' inference"
    # A calculation says nothing.
    if base.startswith("the calculation"):
        return f"the editors' inference from {base}"
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


def gap_sentences(knowledge: Knowledge, gaps: Sequence[Gap]) -> tuple[str, ...]:
    """What is not known, a sentence each; what neither side has is said once."""
    second_hand = [gap for gap in gaps if gap.kind is GapKind.SECOND_HAND]
    if len(second_hand) < 2:
        return tuple(gap_words(knowledge, gap) for gap in gaps)
    apart = (gap_words(knowledge, gap) for gap in gaps if gap.kind is not GapKind.SECOND_HAND)
    return *apart, "Nothing that counts for either side is said by a named person in a source of their own."


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
            return f"The numbers do not settle whether {within_sentence(knowledge, name)}."
        case GapKind.NO_ARGUMENT:
            return f"Nothing that counts is recorded for one side: that {_side_clause(knowledge, gap)}."
        case GapKind.SECOND_HAND:
            side = _side_clause(knowledge, gap)
            return f"No named person says in a source of their own, in anything that counts, that {side}."
        case _:
            assert_never(gap.kind)


def _side_clause(knowledge: Knowledge, gap: Gap) -> str:
    sides = knowledge.questions[gap.subject].sides
    return within_sentence(knowledge, next(side.text for side in sides if side.key == gap.side))
