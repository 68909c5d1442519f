"""What a careful analyst says of numbers at several times, the engine says too."""

from collections.abc import Iterator
from itertools import combinations

import pytest

from kb.domain.finding import Finding, FindingKind
from kb.domain.knowledge import Knowledge
from kb.reasoning.findings.chronology import newest_source, overdue
from kb.reasoning.findings.position import Survey, survey
from kb.reasoning.findings.separation import separation
from kb.reports.words.separation import separation_sentence
from tests.reasoning.judged import Dated, corroborated, dated, holds, sayings
from tests.reasoning.story import told
from tests.reasoning.worded import worded_findings


@pytest.mark.parametrize("row", dated(), ids=lambda row: row.name)
def test_numbers_at_several_times_are_told_as_an_analyst_tells_them(row: Dated) -> None:
    knowledge = told(*row.entities())
    found, of_measure = worded_findings(knowledge), survey(knowledge, knowledge.measures["m"])
    assert sorted(engine_sayings(knowledge, of_measure, found)) == sorted(sayings(row.told)), f"{row.name}\n{row.why}"
    words = " ".join([*(finding_words(one) for one in found), *separations(knowledge, of_measure, found)])
    missing = [part for part in row.says.split(" | ") if part not in words]
    assert not missing, f"{row.name}\nsays: {words}"


def engine_sayings(knowledge: Knowledge, of_measure: Survey, found: tuple[Finding, ...]) -> Iterator[str]:
    """All that is told of the figures of a measure, as the table spells it."""
    for left, right in combinations(sorted(of_measure.mentions), 2):
        between = [one for one in found if compares(one, left, right)]
        yield from (
            f"{left}/{right} {verdict}"
            for one in between
            for verdict in {pairing.verdict for pairing in one.pairings}
            if one.kind is not FindingKind.CORROBORATION and holds([one], f"{left}/{right} {verdict}")
        )
        if not between:
            figures = knowledge.figures[left], knowledge.figures[right]
            yield f"{left}/{right} {separation(knowledge, of_measure, *figures).ground}"
    for one in found:
        if one.kind is FindingKind.SERIES:
            yield f"{'+'.join(sorted(one.figures))} series"
    yield from (f"{'+'.join(sorted(one.figures))} corroborated" for one in corroborated(found))
    newest = newest_source(knowledge)
    for id in of_measure.chronology.pending:
        if newest and overdue(knowledge.figures[id], newest):
            yield f"{id} overdue"


def compares(finding: Finding, left: str, right: str) -> bool:
    """Whether ``finding`` sets two figures against each other, which a series does not."""
    sides = [] if finding.kind is FindingKind.SERIES else [(one.left, one.right) for one in finding.pairings]
    return any((left in one and right in two) or (right in one and left in two) for one, two in sides)


def finding_words(finding: Finding) -> str:
    return " ".join([finding.explanation, *(pairing.explanation for pairing in finding.pairings)])


def separations(knowledge: Knowledge, of_measure: Survey, found: tuple[Finding, ...]) -> Iterator[str]:
    """Why those figures are not compared that no finding compares."""
    for left, right in combinations(sorted(of_measure.mentions), 2):
        if not any(compares(one, left, right) for one in found):
            reason = separation(knowledge, of_measure, knowledge.figures[left], knowledge.figures[right])
            yield separation_sentence(knowledge, reason, knowledge.figures[left], knowledge.figures[right])
