"""Outcomes of a calculation in words: the voices whose numbers go in, and the scopes in which these differ."""

import re
from collections import Counter
from collections.abc import Sequence, Set

from kb.domain.entity import Stance
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.calculation.result import Choice, ChoiceKind, Mixture, Outcome, distinguishing_choices
from kb.reasoning.findings.mention import normalized_quantity
from kb.reports.words.amount import opened_interval_words, read_aloud
from kb.reports.words.inputs import before_verb, input_words, is_plural_label
from kb.reports.words.rates import rate_words
from kb.reports.words.references import list_words
from kb.reports.words.scope import plural_key, scope_text, selection_words
from kb.reports.words.voices import attribution_words, cardinal, in_brackets, shared_stance, stance_mark


def choice_label(knowledge: Knowledge, choice: Choice) -> str:
    """The origin of an input's value, e.g. ``SemiAnalysis (Anthropic)``, ``assumed``, ``not stated``.

    For an exchange rate, the rate itself: ``CN¥7 per dollar, as Harbour Bank said for 2026-03``.
    """
    return in_brackets(*choice_parts(knowledge, choice))


def choice_parts(knowledge: Knowledge, choice: Choice) -> tuple[str, ...]:
    """The parts of a choice's label: the voices, their scope and their stance, each empty where there is none."""
    if choice.exchange:
        return (rate_words(knowledge, choice.exchange),)
    if choice.kind is ChoiceKind.STATED:
        voices = " and ".join(_voices(knowledge, choice.figures))
        # "Anthropic (Anthropic, 2026)" would name the speaker twice.
        about = scope_text(knowledge, choice.scope)
        return voices, about.removeprefix(f"{voices}, "), _mark(knowledge, choice)
    return ("implied by the checked figure" if choice.kind is ChoiceKind.IMPLIED else str(choice.kind),)


def stance_of_choice(knowledge: Knowledge, choice: Choice) -> Stance | None:
    """The stance that stands beside the value of an input; None for a value to which a voice commits itself."""
    if choice.kind is ChoiceKind.ASSUMED:
        return Stance.ASSUMED
    return Stance.ALLEGED if choice.alleged else shared_stance(knowledge, choice.figures)


def _mark(knowledge: Knowledge, choice: Choice) -> str:
    return stance_mark(stance_of_choice(knowledge, choice))


def stances_of_outcome(knowledge: Knowledge, outcome: Outcome, *, named: Set[str] = frozenset()) -> str:
    """The stances of the numbers that a result rests on: ``with an assumed number``; empty where none is marked.

    Inputs in ``named`` are left out: their stance stands elsewhere in the sentence.
    """
    marks = _marks(knowledge, outcome, named)
    if not marks:
        return ""
    listed = list_words(tuple(dict.fromkeys(marks)))
    if len(marks) > 1:
        return f"with {listed} numbers"
    return f"with {'an' if listed[0] in 'aeiou' else 'a'} {listed} number"


def _marks(knowledge: Knowledge, outcome: Outcome, named: Set[str] = frozenset()) -> tuple[str, ...]:
    """The stance of every number that a result rests on and whose stance is marked."""
    choices = {choice.leaf or choice.input: choice for choice in outcome.choices if choice.input not in named}
    return tuple(mark for choice in choices.values() if (mark := _mark(knowledge, choice)))


def stances_of_outcomes(knowledge: Knowledge, outcomes: Sequence[Outcome]) -> str:
    """The stances of the numbers that several results rest on: ``all with assumed numbers``."""
    each = [stances_of_outcome(knowledge, outcome) for outcome in outcomes]
    if len(set(each)) == 1:
        return each[0]
    marks = [set(_marks(knowledge, outcome)) for outcome in outcomes]
    shared = set.intersection(*marks)
    if not shared:
        return ", ".join(f"{cardinal(count)} {words}" for words, count in Counter(filter(None, each)).items())
    counts = Counter(mark for marked in marks for mark in sorted(marked - shared))
    also = (f", {cardinal(count)} also {mark} numbers" for mark, count in counts.items())
    return f"all use {list_words(tuple(sorted(shared)))} numbers{''.join(also)}"


def _voices(knowledge: Knowledge, ids: tuple[Id, ...]) -> list[str]:
    """The voices of the figure that represents a position and of all that state the same number."""
    figures = [knowledge.figures[id] for id in ids]
    if len(figures) > 1:
        stated = normalized_quantity(knowledge, figures[0]).stated
        figures = [figure for figure in figures if normalized_quantity(knowledge, figure).stated == stated]
    return [attribution_words(knowledge, figure) for figure in figures]


def outcome_label(knowledge: Knowledge, outcome: Outcome, contested: Set[str]) -> str:
    """The label of one outcome, which names the voices of the inputs ``contested`` and alleged values."""
    voices = voices_of_outcome(knowledge, outcome, contested)
    return f"Calculated from {voices}" if voices else "Calculated"


def computed_words(label: str, words: str) -> str:
    """What a calculation gives, as a clause, by the label of its outcome.

    >>> computed_words("Calculated", "$5"), computed_words("Calculated from Ash; Elm", "$5")
    ('the calculation gives $5', 'with the numbers from Ash and Elm, the calculation gives $5')
    """
    voices = label.removeprefix("Calculated").removeprefix(" from ")
    return f"{with_number_of(voices)}the calculation gives {read_aloud(words)}"


def with_number_of(voices: str) -> str:
    """With whose numbers a result is found, to stand before it; empty for no voices.

    >>> with_number_of("Ash"), with_number_of("Ash; Elm (alleged; 5)")
    ('with the number from Ash, ', 'with the numbers from Ash and Elm (alleged; 5), ')
    """
    if not voices:
        return ""
    names = _BETWEEN_VOICES.split(voices)
    return f"with the number{'s' * (len(names) > 1)} from {list_words(tuple(names))}, "


_BETWEEN_VOICES = re.compile(r"; (?![^(]*\))")
"""A semicolon that stands in no pair of brackets."""


def within_sentence(label: str) -> str:
    """The label of an outcome or of a voice as part of a sentence.

    >>> within_sentence("Calculated from Ash; Elm"), within_sentence("Calculated"), within_sentence("Ash")
    ('a number calculated from Ash; Elm', 'a calculated number', 'Ash')
    """
    if label == "Calculated":
        return "a calculated number"
    return f"a number c{label[1:]}" if label.startswith("Calculated from ") else label


def voices_of_outcome(knowledge: Knowledge, outcome: Outcome, contested: Set[str]) -> str:
    """The voices of those inputs in an outcome, e.g. ``Office (Ash); Neighbours (alleged; 9 tonnes)``."""
    choices = distinguishing_choices(outcome.choices, contested)
    return "; ".join(
        dict.fromkeys(in_brackets(*choice_parts(knowledge, choice), _alleged_value(choice)) for choice in choices)
    )


def _alleged_value(choice: Choice) -> str:
    if not choice.alleged or choice.value is None:
        return ""
    return opened_interval_words(choice.value.stated, choice.value.allowed, choice.value.unit)


def mixed_sentence(knowledge: Knowledge, calculation: Id, mixture: Mixture) -> str:
    """Which number is of what: ``It mixes numbers for different places: x is that of South, and y that of North.``"""
    names_by_words: dict[str, list[str]] = {}
    for name, selection in mixture.selections.items():
        words = selection_words(knowledge, selection)
        names_by_words.setdefault(words, []).append(input_words(knowledge, calculation, name))
    clauses: list[str] = []
    for words, names in names_by_words.items():
        distinct = list_words(tuple(dict.fromkeys(names)))
        several = len(set(names)) > 1 or is_plural_label(distinct)
        verb = "" if clauses else " are" if several else " is"
        clauses.append(f"{before_verb(distinct)}{verb} {'those' if several else 'that'} of {words}")
    return f"It mixes numbers for different {plural_key(mixture.key)}: {', and '.join(clauses)}."
