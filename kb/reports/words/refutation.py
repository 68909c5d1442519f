"""Sentences on a claim whose condition fails on the recorded numbers."""

from collections.abc import Mapping, Sequence

from kb.domain.entity import Claim, Condition
from kb.domain.finding import Finding, Pairing
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.calculation.result import Outcome, Result
from kb.reports.words.amount import opened_interval_words
from kb.reports.words.inputs import before_verb
from kb.reports.words.outcome import computed_words, outcome_label, stances_of_outcomes
from kb.reports.words.references import capitalized, comparison_words, list_words, without_stop
from kb.reports.words.voices import stance_mark, voice_words

Results = Mapping[Id, Result]


def refuted_sentence(knowledge: Knowledge, results: Results, finding: Finding) -> str:
    """The claim with its voice and stance, then what the calculation gives in each result, then the limit."""
    claim, condition = _claim(knowledge, finding)
    outcomes = results[condition.calculation].outcomes
    lead = f"The recorded numbers refute {_claim_words(claim)}: {without_stop(claim.text)}."
    return f"{lead} {_given(knowledge, 'Calculated', outcomes, condition)}"


def failed_condition_sentence(knowledge: Knowledge, results: Results, finding: Finding, pairing: Pairing) -> str:
    """What one result gives, and the limit that the claim needs."""
    _, condition = _claim(knowledge, finding)
    label, _ = refuted_labels(knowledge, results, finding, pairing)
    return _given(knowledge, label, [_outcome(results[condition.calculation], pairing)], condition)


def refuted_labels(knowledge: Knowledge, results: Results, finding: Finding, pairing: Pairing) -> tuple[str, str]:
    """The voices from whose numbers a result was computed, and whose claim needs the limit."""
    claim, condition = _claim(knowledge, finding)
    result = results[condition.calculation]
    return outcome_label(knowledge, _outcome(result, pairing), result.contested), f"needed by {_claim_words(claim)}"


def _claim(knowledge: Knowledge, finding: Finding) -> tuple[Claim, Condition]:
    claim = knowledge.claims[finding.claims[0]]
    assert claim.holds_if, "only a condition can fail"
    return claim, claim.holds_if


def _outcome(result: Result, pairing: Pairing) -> Outcome:
    assert pairing.outcome is not None, "each result has a pairing"
    return result.outcomes[pairing.outcome]


def _claim_words(claim: Claim) -> str:
    """A claim by its voice, with its stance: ``a hypothetical claim by Ann Ash``."""
    if claim.is_editorial:
        return "an inference by the editors"
    kind = " ".join(filter(None, (stance_mark(claim.stance), "claim")))
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind} by {before_verb(voice_words(claim.voice))}"


def _given(knowledge: Knowledge, label: str, outcomes: Sequence[Outcome], condition: Condition) -> str:
    values = dict.fromkeys(opened_interval_words(each.stated, each.allowed, each.unit) for each in outcomes)
    rests_on = stances_of_outcomes(knowledge, outcomes)
    given = computed_words(label, ", ".join(filter(None, (list_words(tuple(values)), rests_on))))
    return capitalized(f"{given}; the claim holds only if {comparison_words(knowledge, condition)}.")
