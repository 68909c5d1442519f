"""What changed on a question between two moments, in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kb.domain.answer import Answer
from kb.reports.changes.facts import Aspect, Change, Status
from kb.reports.words.references import capitalized, count_words, list_words

_BECAME: Mapping[tuple[Status, bool], str] = {
    (Status.ADDED, False): "new",
    (Status.ADDED, True): "recorded before, and leads to the question now",
    (Status.GONE, False): "no longer recorded",
    (Status.GONE, True): "still recorded, and no longer leads to the question",
}
"""What became of a node, and whether it was (or still is) recorded anyway."""

_ASPECTS: Mapping[Aspect, str] = {
    Aspect.TEXT: "wording",
    Aspect.NUMBER: "number",
    Aspect.FORMULA: "formula or inputs",
    Aspect.RESULT: "result",
    Aspect.REASONS: "premises or conclusion",
    Aspect.VOICE: "voice",
    Aspect.STANCE: "stance",
    Aspect.CONFIDENCE: "confidence",
    Aspect.SCOPE: "scope",
    Aspect.STANDING: "standing",
    Aspect.DETAILS: "details",
}


def became_words(change: Change) -> str:
    """What became of a node that came or went; empty for one that is otherwise."""
    return _BECAME.get((change.status, change.known), "")


def aspect_sentence(aspect: Aspect, before: str, after: str) -> str:
    """In what a node is otherwise, e.g. ``Standing: contested, before unopposed``."""
    name = capitalized(_ASPECTS[aspect])
    if aspect in (Aspect.DETAILS, Aspect.FORMULA, Aspect.REASONS) or before == after:
        return f"{name} changed"
    return f"{name}: {after or 'none'}, before {before or 'none'}"


def answer_sentence(before: Answer, after: Answer) -> str:
    """What became of the answer and its certainty."""
    moved = f"goes from {before.word} to {after.word}" if before.word is not after.word else f"is still {after.word}"
    # "leaning yes" may still have come nearer to one side; that is in the standings.
    if before.certainty is after.certainty:
        return f"The answer {moved}; its certainty is still {after.certainty}."
    return f"The answer {moved}; its certainty goes from {before.certainty} to {after.certainty}."


def counts_sentence(changes: Sequence[Change]) -> str:
    """How many things came, went and are otherwise."""
    counts = {status: sum(change.status is status for change in changes) for status in Status}
    if not changes:
        return "Nothing that leads to this question changed."
    parts = (f"{count_words(number, 'item')} {status}" for status, number in counts.items() if number)
    return f"{capitalized(list_words(tuple(parts)))}."
