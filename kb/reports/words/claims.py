"""Sentences on two claims that contradict or repeat each other."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from kb.domain.entity import Claim, Source, Stance
from kb.domain.finding import Finding
from kb.domain.knowledge import Knowledge
from kb.reports.words.dates import date_words
from kb.reports.words.references import (
    capitalized,
    count_words,
    without_stop,
)
from kb.reports.words.voices import (
    cardinal,
    in_brackets,
    is_plural_name,
    speaker_words,
    stance_mark,
    voice_words,
)


def claims_sentence(knowledge: Knowledge, finding: Finding) -> str:
    """Both claims, each with its voice and its date, and how far apart they were published."""
    claim, counterpart = (knowledge.claims[id] for id in finding.claims)
    closing = ""
    if claim.is_editorial and counterpart.is_editorial:
        closing = "Both are inferences by the editors."
    elif claim.voice.origin == counterpart.voice.origin:
        speaker = speaker_words(claim.voice)
        same = claim_label(knowledge, claim) == claim_label(knowledge, counterpart)
        closing = "" if same else capitalized(f"{speaker} {'say' if is_plural_name(speaker) else 'says'} both.")
    sentences = (claims_compared(knowledge, finding), closing, time_between(knowledge, claim, counterpart))
    return " ".join(filter(None, sentences))


def claims_compared(knowledge: Knowledge, finding: Finding) -> str:
    """Both claims in two sentences: ``Ann Ash (2025): It pays. Ben Elm (2026) contradicts this: It does not.``"""
    claims = _in_order(knowledge, finding)
    # Who only alleges a thing does not say it.
    alleges = finding.is_settled and claims[1].stance is Stance.ALLEGED
    labels = [capitalized(claim_label(knowledge, claim)) for claim in claims]
    first, second = (without_stop(claim.text) for claim in claims)
    plural = is_plural_name(speaker_words(claims[1].voice))
    if labels[0] == labels[1] and not claims[0].is_editorial:
        also = "The same voices also say" if plural else "The same voice also says"
        return f"{labels[0]}: {first}. {also}: {second}."
    ending = "" if plural else "s"
    # What was said before can neither repeat nor contradict what was said after it.
    dates = [_issued(knowledge, claim) for claim in claims]
    known = min(map(len, dates))
    if dates[1][:known] < dates[0][:known]:
        same = "the same" if finding.is_settled else "the opposite"
        if alleges:
            unmarked = capitalized(claim_label(knowledge, replace(claims[1], stance=Stance.ASSERTED)))
            return f"{labels[0]}: {first}. {unmarked} allege{ending} {same}: {second}."
        return f"{labels[0]}: {first}. {labels[1]} say{ending} {same}: {second}."
    verb = "repeat" if finding.is_settled else "contradict"
    return f"{labels[0]}: {first}. {labels[1]} {verb}{ending} this: {second}."


def _in_order(knowledge: Knowledge, finding: Finding) -> list[Claim]:
    """Both claims; of two of one date the one that denies the other comes second."""
    first, second = (knowledge.claims[id] for id in finding.claims)
    denies = second.id in first.denies and first.id not in second.denies
    return [second, first] if denies and _issued(knowledge, first) == _issued(knowledge, second) else [first, second]


def claim_label(knowledge: Knowledge, claim: Claim) -> str:
    """Who says a claim, through whom, how, and when: ``Ann Ash via Ben Elm (alleged, 15 June 2026)``."""
    about = ", ".join(filter(None, (stance_mark(claim.stance), date_words(_issued(knowledge, claim)))))
    return in_brackets(voice_words(claim.voice), about)


def _issued(knowledge: Knowledge, claim: Claim) -> str:
    return next((source.issued for source in _sources_of(knowledge, claim)), "")


def time_between(knowledge: Knowledge, claim: Claim, counterpart: Claim) -> str:
    """How many days, months or years lie between two statements; empty for none, and where a date has no month."""
    # A statement may have been true when it was made: a reader must see that the other is a year younger.
    dates = [_issued(knowledge, one).split("-") for one in (claim, counterpart)]
    if any(len(parts) < 2 for parts in dates):
        return ""
    words = _days_apart(dates) if all(len(parts) > 2 for parts in dates) else ""
    if not words:
        first, second = (int(year) * 12 + int(month) for year, month, *_ in dates)
        years, months = divmod(abs(first - second), 12)
        if not (years or months):
            return ""
        # Whole years are said as years.
        words = count_words(years * 12 + months, "month")
        if not months:
            words = "a year" if years == 1 else f"{cardinal(years)} years"
    inferred = any("issued" in source.inferred for source in _sources_of(knowledge, claim, counterpart))
    if claim.source == counterpart.source:
        return ""
    return f"The two texts were published {words} apart{', as far as the dates can be inferred' if inferred else ''}."


_LEAST_MONTHS = 60
"""Days from which the months between two dates are counted."""


def _days_apart(dates: Sequence[Sequence[str]]) -> str:
    """The days between two days that are close: 20 February and 9 March are 17 days apart, and not a month."""
    first, second = (date(*map(int, parts)) for parts in dates)
    days = abs((second - first).days)
    return count_words(days, "day") if 0 < days < _LEAST_MONTHS else ""


def _sources_of(knowledge: Knowledge, *claims: Claim) -> list[Source]:
    known = (knowledge.sources.get(claim.source) for claim in claims if claim.source)
    return [source for source in known if source]
