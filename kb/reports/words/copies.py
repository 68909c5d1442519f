"""Sentences on wrong numbers that two sources share."""

from kb.domain.knowledge import Knowledge
from kb.reasoning.copy_detection import SharedWrongNumber
from kb.reasoning.findings.origin import origin_of
from kb.reports.words.amount import interval_words


def shared_number_sentence(knowledge: Knowledge, shared: SharedWrongNumber) -> str:
    """The number that both sources state, and who states another: ``Both say $7, where Blog, Deck say $5.``"""
    voices = ", ".join(origin_of(knowledge, knowledge.figures[id]).name for id in shared.against)
    number, opposing = interval_words(shared.number, shared.unit), interval_words(shared.opposing, shared.unit)
    return f"Both say {number}, where {voices} say {opposing}."
