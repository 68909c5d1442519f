"""Statements in running prose: who holds what, in one sentence with its verb."""

import re
from collections.abc import Mapping

from kb.domain.entity import EDITORS, Claim, Figure, Stance
from kb.domain.knowledge import Knowledge
from kb.reports.words.inputs import is_plural_label, label_within_sentence, with_article
from kb.reports.words.references import amount_words, capitalized, ref_of, scope_words, without_stop
from kb.reports.words.voices import as_subject, is_plural_name, voice_words

_VERBS: Mapping[Stance, tuple[str, str]] = {
    Stance.ASSERTED: ("argues", "argue"),
    Stance.REPORTED: ("reports", "report"),
    Stance.MEASURED: ("finds", "find"),
    Stance.ESTIMATED: ("estimates", "estimate"),
    Stance.PROJECTED: ("expects", "expect"),
    Stance.DERIVED: ("concludes", "conclude"),
    Stance.ALLEGED: ("alleges", "allege"),
    Stance.ASSUMED: ("assumes", "assume"),
    Stance.HYPOTHETICAL: ("supposes", "suppose"),
    Stance.NEGATED: ("denies", "deny"),
}
"""How a voice holds a statement, before "that": of one speaker and of several."""


def within_sentence(knowledge: Knowledge, text: str) -> str:
    """A sentence as a part of another: without its full stop, and with a small first letter unless that is a name's."""
    words = without_stop(text)
    first = _FIRST_WORD.match(words)
    if first is None:
        return words
    common = first[0].lower() in knowledge.running_words or first[0] in _ALWAYS_COMMON or first[0].endswith("ing")
    return words[:1].lower() + words[1:] if common else words


_FIRST_WORD = re.compile(r"[A-Z][a-z]*(?![\w-])(?!['’]s)")
_OPENERS = """
A According After All Although An Any As At Because Before Both By Each Either Even Every Few For From He How If In It
Less Many More Most Much Neither No Nobody Nothing Of On Once One Other Over Perhaps Several She Since So Some That The
There These They This Those Though Three Two Under Unless Until We Whatever When Where Whether Which While Who Whoever
Why With Without
"""
_ALWAYS_COMMON = frozenset(_OPENERS.split())
"""Words that begin a sentence and are no names, whether or not the base has them elsewhere."""


def attributed_claim(knowledge: Knowledge, claim: Claim) -> str:
    """A claim with its voice in one sentence, without a full stop: ``Ann Ash argues that the ferry loses money``."""
    said = within_sentence(knowledge, claim.text)
    if claim.voice == EDITORS:
        return f"the editors infer that {said}"
    name = voice_words(claim.voice)
    if claim.stance is Stance.REPORTED and claim.voice.via:
        # Whoever is quoted by somebody else says a thing; the report is the other's.
        return f"{as_subject(name)} {'are' if is_plural_name(name) else 'is'} reported to say that {said}"
    return f"{as_subject(name)} {_VERBS[claim.stance][is_plural_name(name)]} that {said}"


def attributed_figure(knowledge: Knowledge, figure: Figure) -> str:
    """A figure with its voice in one sentence, without a full stop: ``Ann Ash puts the fee at $5 (alleged)``."""
    measured = with_article(label_within_sentence(knowledge, ref_of(knowledge, figure.measure).text))
    scope = scope_words(knowledge, figure)
    of_what = f"{measured} ({scope})" if scope else measured
    name = voice_words(figure.voice)
    amount = amount_words(figure.quantity)
    if verbs := _PUTS_AT.get(figure.stance):
        return f"{as_subject(name)} {verbs[is_plural_name(name)]} {of_what} at {amount}"
    be = "are" if is_plural_label(measured) else "is"
    return f"{as_subject(name)} {_VERBS[figure.stance][is_plural_name(name)]} that {of_what} {be} {amount}"


_PUTS_AT: Mapping[Stance, tuple[str, str]] = {
    Stance.ASSERTED: ("puts", "put"),
    Stance.REPORTED: ("puts", "put"),
    Stance.MEASURED: ("measured", "measured"),
    Stance.ESTIMATED: ("estimates", "estimate"),
    Stance.PROJECTED: ("projects", "project"),
}
"""The stances in which a number is given for a thing with "at"; in all others it is said that the thing is so much."""


def opening(sentence: str) -> str:
    """A clause as a sentence of its own, with a capital and a full stop."""
    text = capitalized(sentence)
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
