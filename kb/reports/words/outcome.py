"""Outcomes of a calculation in words: the voices whose numbers go in, and the scopes in which these differ."""

from collections.abc import Set

from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.calculation.result import Choice, ChoiceKind, Mixture, Outcome, distinguishing_choices
from kb.reasoning.findings.mention import normalized_quantity
from kb.reports.words.amount import opened_interval_words
from kb.reports.words.rates import rate_words
from kb.reports.words.scope import scope_text, selection_words
from kb.reports.words.voices import origin_words


def choice_label(knowledge: Knowledge, choice: Choice) -> str:
    """The origin of an input's value, e.g. ``SemiAnalysis, Anthropic``, ``assumed``, ``not stated``.

    For an exchange rate, the rate itself: ``CN¥7 per dollar, as Harbour Bank said for 2026-03``.
    """
    if choice.exchange:
        return rate_words(knowledge, choice.exchange)
    if choice.kind is ChoiceKind.STATED:
        voices = " and ".join(_voices(knowledge, choice.figures))
        return ", ".join(filter(None, (voices, scope_text(knowledge, choice.scope))))
    return "implied by the checked figure" if choice.kind is ChoiceKind.IMPLIED else str(choice.kind)


def _voices(knowledge: Knowledge, ids: tuple[Id, ...]) -> list[str]:
    """The voices of the figure that represents a position and of all that state the same number."""
    figures = [knowledge.figures[id] for id in ids]
    if len(figures) > 1:
        stated = normalized_quantity(knowledge, figures[0]).stated
        figures = [figure for figure in figures if normalized_quantity(knowledge, figure).stated == stated]
    return [origin_words(knowledge, figure) for figure in figures]


def outcome_label(knowledge: Knowledge, outcome: Outcome, contested: Set[str]) -> str:
    """The label of one outcome, which names the voices of the inputs ``contested`` and alleged values."""
    voices = voices_of_outcome(knowledge, outcome, contested)
    return f"Computed from {voices}" if voices else "Computed"


def voices_of_outcome(knowledge: Knowledge, outcome: Outcome, contested: Set[str]) -> str:
    """The voices of those inputs in an outcome, e.g. ``Office, Ash; Neighbours (allegedly 9 tonnes)``."""
    choices = distinguishing_choices(outcome.choices, contested)
    return "; ".join(dict.fromkeys(choice_label(knowledge, choice) + _allegation_words(choice) for choice in choices))


def _allegation_words(choice: Choice) -> str:
    # An allegation enters a calculation with its word.
    if not choice.alleged:
        return ""
    if choice.value is None:
        return " (alleged)"
    return f" (allegedly {opened_interval_words(choice.value.stated, choice.value.allowed, choice.value.unit)})"


def mixed_sentence(knowledge: Knowledge, mixture: Mixture) -> str:
    """A sentence such as ``It combines numbers that differ in place: `d` for South; `p` for North.``"""
    names_by_words: dict[str, list[str]] = {}
    for name, selection in mixture.selections.items():
        names_by_words.setdefault(selection_words(knowledge, selection), []).append(f"`{name}`")
    listed = "; ".join(f"{', '.join(names)} for {words}" for words, names in names_by_words.items())
    return f"It combines numbers that differ in {mixture.key}: {listed}."
