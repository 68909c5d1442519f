"""Sentences on thought experiments: what is chosen, and what it changes."""

from collections.abc import Callable, Mapping, Sequence

from kb.domain.answer import Answer, Direction, HingeKind, Tried
from kb.domain.choices import Choices, Supposed
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.reasoning.answers.removal import Removal
from kb.reasoning.argumentation.standing import StandingWord
from kb.reasoning.calculation.result import Result
from kb.reports.words.amount import quantity_words
from kb.reports.words.answer import ANSWER_WORDS
from kb.reports.words.hinges import DIRECTION_WORDS, change_words
from kb.reports.words.inputs import before_verb, calculation_words, input_words
from kb.reports.words.references import capitalized, count_words, list_words
from kb.reports.words.standings import STANDINGS

NOTE = "Try a change and see what follows. Nothing is recorded; to keep it, copy the address of this page."
"""What a reader must know before she chooses anything."""


def source_words(knowledge: Knowledge, source: Id) -> str:
    """A source that is left out."""
    return change_words(knowledge, Tried(kind=HingeKind.SOURCE, subject=source))


def voice_words(knowledge: Knowledge, statement: Id, name: str) -> str:
    """A voice that is left out; ``statement`` is its word, and tells where a voice without a name is heard."""
    return change_words(knowledge, Tried(kind=HingeKind.ORIGIN, subject=statement, origin=name))


def position_words(knowledge: Knowledge, figure: Id) -> str:
    """A number that is taken for right."""
    return change_words(knowledge, Tried(kind=HingeKind.POSITION, subject=figure))


def decision_words(knowledge: Knowledge, node: Id, *, accepted: bool) -> str:
    """A claim or an argument that is accepted or rejected."""
    return change_words(knowledge, Tried(kind=HingeKind.NODE, subject=node, accepted=accepted))


def supposed_words(knowledge: Knowledge, supposed: Supposed) -> str:
    """A value that is supposed: ``Setting the use to 10%``."""
    name = input_words(knowledge, supposed.calculation, supposed.input)
    figure = knowledge.figures.get(supposed.figure) if supposed.figure else None
    stated = f", instead of {quantity_words(figure.quantity)}," if figure else ""
    return f"Setting {name}{stated} to {quantity_words(supposed.quantity)}"


def direction_sentence(before: Direction, after: Direction) -> str:
    """Where the evidence would point, before the answer has its word."""
    if before is after:
        return f"The evidence still points to {DIRECTION_WORDS[after]}."
    return f"The evidence points to {DIRECTION_WORDS[after]} instead of {DIRECTION_WORDS[before]}."


def answer_sentence(before: Answer, after: Answer) -> str:
    """What becomes of the answer: ``The answer goes from leaning yes to open.``"""
    if before.word is after.word:
        return f"The answer stays {_spoken(before)}."
    return f"The answer goes from {_spoken(before)} to {_spoken(after)}."


def _spoken(answer: Answer) -> str:
    return ANSWER_WORDS[answer.word].lower()


def result_sentence(knowledge: Knowledge, calculation: Id, results: tuple[Result, Result], shown: Sequence[str]) -> str:
    """What becomes of a result, of which ``shown`` are the words: ``The margin falls from −150% to −20%.``"""
    name = capitalized(before_verb(calculation_words(knowledge, calculation)))
    before, after = shown
    if not before:
        return f"{name} can be worked out: it comes to {after}."
    if " to " in before + after:
        verb = _verb(*results).replace("goes", "changes")
        return f"{name} {verb}: it was {before}, and would be {after}."
    return f"{name} {_verb(*results)} from {before} to {after}."


def _verb(before: Result, after: Result) -> str:
    if before.hull is None or after.hull is None or before.outcomes[0].compares or before.unit != after.unit:
        return "goes"
    if _is_below(before.hull, after.hull):
        return "rises"
    return "falls" if _is_below(after.hull, before.hull) else "goes"


def _is_below(lower: Interval, higher: Interval) -> bool:
    """Whether neither end of ``lower`` lies above that of ``higher``; ends without limit do not compare."""
    if lower.low is None or lower.high is None or higher.low is None or higher.high is None:
        return False
    moved = (lower.low, lower.high) != (higher.low, higher.high)
    return moved and lower.low <= higher.low and lower.high <= higher.high


def lost_words(_number: int) -> str:
    """That calculations lose their results, before their names."""
    return "Can no longer be worked out"


def counting_words(side: str, counts: bool, number: int) -> str:
    """That arguments count or no longer count for a side, before their own words."""
    return f"{'Now' if counts else 'No longer'} {'counts' if number == 1 else 'count'} for a {side}"


def standing_words(before: StandingWord, after: StandingWord, number: int) -> str:
    """What becomes of the standing of claims or arguments, before their own words."""
    verb = "Goes" if number == 1 else "Go"
    return f"{verb} from {STANDINGS[before].word} to {STANDINGS[after].word}"


HAPPENED: Mapping[str, Callable[..., str]] = {
    "result": lost_words,
    "counting": counting_words,
    "standing": standing_words,
}
"""The words for what has happened to one or several things, by the kind of change."""


def left_out_sentence(removal: Removal, choices: Choices) -> str:
    """How much of what is behind the question is left out; empty where nothing was to be."""
    counts: Mapping[str, int] = {
        "figure": len(removal.figures),
        "claim": len(removal.claims),
        "argument": len(removal.arguments),
    }
    parts = tuple(count_words(number, noun) for noun, number in counts.items() if number)
    if parts:
        plural = sum(counts.values()) > 1
        return f"Behind this question, {list_words(parts)} {'are' if plural else 'is'} left out."
    if choices.without or choices.voices:
        return "Nothing behind this question rests on what is left out."
    return "Nothing behind this question disagrees with the number that is taken." if choices.taken else ""


NOTHING = "Nothing else behind this question changes."
"""What is said where the choices change neither a result nor a standing."""


# What can be chosen

AS_RECORDED = "As recorded: every number counts"
"""The option that takes none of several numbers."""

NODE_OPTIONS: Mapping[bool, Mapping[str, str]] = {
    False: {"": "As weighed", "accept": "Accept", "reject": "Reject"},
    True: {"": "As weighed", "accept": "Drop every objection", "reject": "Leave out"},
}
"""What can be decided about a claim, and about an argument (True), by what the form sends."""


def turned_words(after: Direction) -> str:
    """What leaving something out would do, behind what goes with it."""
    return f"without it the evidence points to {DIRECTION_WORDS[after]}"


def input_note(*, assumed: bool, present: str, stated: str, turns: tuple[str, ...]) -> str:
    """Where an input comes from, what sources state of it, and its break-evens, in a line."""
    parts = [f"{'assumed' if assumed else 'taken as'} {present}" if present else "no source states it"]
    if stated and stated != present:
        parts.append(f"sources state {stated}")
    if turns:
        parts.append(f"{'break-even' if len(turns) == 1 else 'break-evens'}: {list_words(turns)}")
    return capitalized("; ".join(parts))
