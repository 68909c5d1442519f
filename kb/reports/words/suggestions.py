"""Sentences on suggestions: names that may mean the same, and sources that may be copies."""

from collections.abc import Mapping

from kb.domain.knowledge import Knowledge
from kb.reasoning.copy_detection import PossibleDependence, SharedWrongNumber
from kb.reasoning.resolution.similarity import NameDifference, SharedWords, Similarity
from kb.reports.words.amount import interval_words
from kb.reports.words.references import figure_amount_words, list_words
from kb.reports.words.voices import as_subject, attribution_words


def shared_number_sentence(knowledge: Knowledge, shared: SharedWrongNumber) -> str:
    """A sentence on a number that two sources share, e.g. ``Both say $7, where Blog, Deck say $5.``"""
    voices = ", ".join(attribution_words(knowledge, knowledge.figures[id]) for id in shared.against)
    number, opposing = interval_words(shared.number, shared.unit), interval_words(shared.opposing, shared.unit)
    return f"Both say {number}, where {voices} say {opposing}."


def possible_dependence_sentence(knowledge: Knowledge, found: PossibleDependence) -> str:
    """A question whether a figure depends on others: ``Elm states $1,372, as Ash did. Does it repeat that?``"""
    figure, on = knowledge.figures[found.figure], [knowledge.figures[id] for id in found.on]
    states = f"{as_subject(attribution_words(knowledge, figure))} states {figure_amount_words(figure)}"
    if found.calculation is None:
        return f"{states}, as {attribution_words(knowledge, on[0])} did. Does it repeat that?"
    inputs = list_words(tuple(f"{figure_amount_words(one)} ({attribution_words(knowledge, one)})" for one in on))
    how = "is, rounded, what comes out of" if found.rounded else "comes out exactly from"
    return f"{states}, which {how} {inputs}. Was it derived from them (derived-from:)?"


def similarity_words(similarity: Similarity | SharedWords) -> str:
    """The reason why two names may mean the same, as a clause.

    >>> similarity_words(Similarity(0.9, (NameDifference.FORM, NameDifference.TYPO), ("antropic", "anthropic")))
    'they differ in the legal form and in one letter (antropic, anthropic)'
    >>> similarity_words(SharedWords(0.9, ("plan", "price"), ("list",)))
    'they share the words plan, price, and not list'
    """
    if isinstance(similarity, SharedWords):
        return _shared_words(similarity)
    if not similarity.differences:
        return "they are identical"
    words = [_difference_words(difference, similarity.typo) for difference in similarity.differences]
    return "they differ in " + " and in ".join([", in ".join(words[:-1]), words[-1]] if words[1:] else words)


def _shared_words(similarity: SharedWords) -> str:
    shared = f"they share the words {', '.join(similarity.shared)}"
    return f"{shared}, and not {', '.join(similarity.differing)}" if similarity.differing else shared


def _difference_words(difference: NameDifference, typo: tuple[str, str]) -> str:
    words = _DIFFERENCES[difference]
    return f"{words} ({', '.join(typo)})" if difference is NameDifference.TYPO else words


_DIFFERENCES: Mapping[NameDifference, str] = {
    NameDifference.SIGNS: "case, width or signs",
    NameDifference.FORM: "the legal form",
    NameDifference.ORDER: "the order of words",
    NameDifference.SPACE: "a space",
    NameDifference.NUMBER: "singular and plural",
    NameDifference.SHORT: "a word that is written short",
    NameDifference.SMALL: "small words",
    NameDifference.OTHER_FORM: "one legal form for another",
    NameDifference.TYPO: "one letter",
}
