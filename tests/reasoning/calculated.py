"""A calculation of a story with its result, as facts and in the sentences that a reader sees."""

from dataclasses import dataclass

from kb.domain.finding import Pairing
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.calculation.evaluation import results_of
from kb.reasoning.calculation.result import Result
from kb.reports.words.calculation import check_sentences, pairing_labels_of_check, problem_sentence
from kb.reports.words.implied_value import implied_sentence
from kb.reports.words.outcome import choice_label, mixed_sentence


@dataclass(frozen=True)
class Calculated:
    """What a calculation comes to in a story."""

    knowledge: Knowledge
    result: Result

    @property
    def problem(self) -> str:
        return problem_sentence(self.knowledge, self.result.calculation, self.result.problem)

    @property
    def labels(self) -> list[str]:
        """Whose number each choice of each outcome is."""
        choices = (choice for outcome in self.result.outcomes for choice in outcome.choices)
        return [choice_label(self.knowledge, choice) for choice in choices]

    @property
    def mixed(self) -> list[str]:
        mixtures = (mixture for outcome in self.result.outcomes for mixture in outcome.mixed)
        return [mixed_sentence(self.knowledge, self.result.calculation, mixture) for mixture in mixtures]

    @property
    def checks(self) -> list[str]:
        return [check_sentences(self.knowledge, self.result, check) for check in self.result.checks]

    @property
    def labelled_pairings(self) -> list[tuple[tuple[str, str], Pairing]]:
        """Every pairing of every check with whose numbers stand on its two sides."""
        return [
            (pairing_labels_of_check(self.knowledge, self.result, check, pairing), pairing)
            for check in self.result.checks
            for pairing in check.pairings
        ]

    @property
    def implied(self) -> list[str]:
        return [implied_sentence(self.knowledge, self.result, implied) for implied in self.result.implied]


def calculated(knowledge: Knowledge, of: str) -> Calculated:
    """The calculation ``of`` in a story."""
    return Calculated(knowledge, results_of(knowledge, knowledge.calculations)[Id(of)])
