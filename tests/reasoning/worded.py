"""Findings of a story with the sentences that a reader sees, so that a test can ask for both."""

from dataclasses import dataclass
from typing import Any

from kb.domain.finding import Finding, FindingGroups, Pairing
from kb.domain.identity import Id
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.reasoning.calculation.evaluation import results_of
from kb.reasoning.reconcile import Reconciler
from kb.reports.words.finding import Results, finding_sentence, pairing_labels, pairing_sentence


@dataclass(frozen=True)
class WordedPairing:
    """A pairing with the labels of its sides and its sentences; all else is the pairing's own."""

    pairing: Pairing
    left_label: str
    right_label: str
    explanation: str

    def __getattr__(self, name: str) -> Any:
        return getattr(self.pairing, name)

    @property
    def left(self) -> tuple[Id, ...]:
        return self.pairing.left.figures

    @property
    def right(self) -> tuple[Id, ...]:
        return self.pairing.right.figures

    @property
    def left_stated(self) -> Interval | None:
        return self.pairing.left.stated

    @property
    def right_stated(self) -> Interval | None:
        return self.pairing.right.stated


@dataclass(frozen=True)
class WordedFinding:
    """A finding with its sentences; all else is the finding's own."""

    finding: Finding
    explanation: str
    pairings: tuple[WordedPairing, ...]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.finding, name)


def worded_findings(known: Knowledge, groups: FindingGroups | None = None) -> tuple[WordedFinding, ...]:
    """What the engine detects in ``known``, in words as well."""
    findings = Reconciler().findings(known, groups)
    knowledge = known.canonical
    results = results_of(knowledge, knowledge.calculations) if findings else {}
    return tuple(_worded(knowledge, results, finding) for finding in findings)


def worded(known: Knowledge, finding: Finding) -> WordedFinding:
    """``finding``, which was made from ``known``, in words as well."""
    knowledge = known.canonical
    return _worded(knowledge, results_of(knowledge, knowledge.calculations), finding)


def _worded(knowledge: Knowledge, results: Results, finding: Finding) -> WordedFinding:
    pairings = (
        WordedPairing(
            pairing,
            *pairing_labels(knowledge, results, finding, pairing),
            pairing_sentence(knowledge, results, finding, pairing),
        )
        for pairing in finding.pairings
    )
    return WordedFinding(finding, finding_sentence(knowledge, results, finding), tuple(pairings))
