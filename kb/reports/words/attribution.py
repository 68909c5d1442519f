"""Statements in running prose: who holds what, in one sentence with its verb."""

import re
from collections.abc import Mapping

from kb.domain.entity import EDITORS, Claim, Figure, Stance, Voice
from kb.domain.knowledge import Knowledge
from kb.reports.words.inputs import before_verb, is_plural_label, label_within_sentence, with_article
from kb.reports.words.references import amount_words, capitalized, list_words, ref_of, scope_words, without_stop
from kb.reports.words.voices import as_subject, in_brackets, is_plural_name, name_words, speaker_words

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
A According After All Although An Any As At Because Before Both By Each Eight Eighteen Eighty Either Eleven Even Every
Few Fifteen Fifty Five For Forty Four Fourteen From Half He How Hundreds If In It Less Many Millions More Most Much
Neither Nine Nineteen Ninety No Nobody Nothing Of On Once One Other Over Perhaps Seven Seventeen Seventy Several She
Since Six Sixteen Sixty So Some Ten That The There These They Thirteen Thirty This Those Though Thousands Three Twelve
Twenty Two Under Unless Until We Whatever When Where Wherever Whether Which While Who Whoever Why With Without
"""
_ALWAYS_COMMON = frozenset(_OPENERS.split())
"""Words that begin a sentence and are no names, whether or not the base has them elsewhere."""


def attributed_claim(knowledge: Knowledge, claim: Claim) -> str:
    """A claim with its voice in one sentence, without a full stop: ``Ann Ash argues that the ferry loses money``.

    Of what others pass on: ``Ann Ash says, according to Ben Elm, that the ferry loses money``.
    """
    said = within_sentence(knowledge, claim.text)
    if claim.voice == EDITORS:
        return f"the editors infer that {said}"
    name = speaker_words(claim.voice)
    # Whoever is quoted by somebody else says a thing; the report is the other's.
    quoted = claim.stance is Stance.REPORTED and claim.voice.via
    verbs = ("says", "say") if quoted else _VERBS[claim.stance]
    return f"{as_subject(name)} {verbs[is_plural_name(name)]}{_passed_on(claim.voice)} that {said}"


def attributed_figure(knowledge: Knowledge, figure: Figure) -> str:
    """A figure with its voice in one sentence, without a full stop: ``Ann Ash puts the fee at $5``."""
    measured = with_article(label_within_sentence(knowledge, ref_of(knowledge, figure.measure).text))
    scope = scope_words(knowledge, figure)
    name, amount = speaker_words(figure.voice), amount_words(figure.quantity)
    verbs = _PUTS_AT.get(figure.stance)
    verb = (verbs or _VERBS[figure.stance])[is_plural_name(name)]
    passed_on = _passed_on(figure.voice)
    said = f"{name}{passed_on} {verb}" if passed_on else f"{as_subject(name)} {verb}"
    if verbs:
        return in_brackets(f"{said} {before_verb(measured)} at {_unit_once(measured, amount)}", scope)
    be = "are" if is_plural_label(measured) else "is"
    return in_brackets(f"{said} that {before_verb(measured)} {be} {_unit_once(measured, amount)}", scope)


def _unit_once(measured: str, amount: str) -> str:
    """An amount without what it counts, where what is measured says it: ``the number of members`` is ``about 150``.

    >>> _unit_once("the number of members", "about 150 members"), _unit_once("the fee", "150 members")
    ('about 150', '150 members')
    """
    number, _, counted = amount.rpartition(" ")
    return number if counted.isalpha() and counted in measured.split() and number[-1:].isdigit() else amount


def _passed_on(voice: Voice) -> str:
    """Who passes on what a voice says, set off by commas; empty for what it says itself."""
    through = list_words(tuple(map(name_words, voice.via)))
    return f", according to {through}," if through else ""


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
