"""Three invented sets of documents on other subjects, recorded by somebody who did not know what was expected of them.

``expectations.md`` of each set was written before anything was recorded: what an analyst expects to be told, and what
not. The lists under ``golden`` have what is told, by name; a change of it is read against the expectations.
"""

from functools import cache
from pathlib import Path

import pytest

from kb.app.mint import SystemMint
from kb.domain.finding import Finding, Verdict
from kb.domain.knowledge import Knowledge
from kb.intake.seed_reader import read
from kb.reasoning.calculation.evaluation import results_of
from kb.reasoning.consequence import followed_findings
from kb.reasoning.reconcile import Reconciler
from tests.corpus.noticed import Noticed
from tests.golden import Golden

FOLDER = Path(__file__).parent
SETS = ("buses", "measles", "windfarm")


@cache
def noticed(name: str) -> Noticed:
    reading = read(sorted((FOLDER / name / "seeds").glob("*.yaml")), Knowledge(), SystemMint(), lambda _: None)
    assert reading.problems == ()
    knowledge = Knowledge.of(reading.entities).canonical
    return Noticed(knowledge, Reconciler().findings(knowledge, None))


@pytest.mark.parametrize("name", SETS)
def test_what_is_told_of_a_set_stands_in_one_list(name: str, golden: Golden) -> None:
    golden(f"{name}/findings.txt", "".join(f"{line}\n" for line in sorted(noticed(name).told())))


def test_a_limit_that_a_newspaper_turns_round_is_a_conflict() -> None:
    turned = [
        found
        for name in SETS
        for found in noticed(name).findings
        if found.rule == "drift" and found.verdict is Verdict.CONFLICT and found.severity == 1
    ]
    assert len(turned) == len(SETS)


def test_one_matter_is_listed_once() -> None:
    listed = []
    for name in SETS:
        known, findings = noticed(name)
        by_id = {finding.id: finding for finding in findings}
        followed = followed_findings(known, results_of(known, known.calculations), findings)
        listed += [(_outline(known, by_id[id]), _outline(known, by_id[lead])) for id, lead in followed.items()]
    assert sorted(listed) == [
        ("agreement positions of turbines", "agreement corroboration of turbines"),
        ("missed forecast of homes", "missed forecast of generation"),
        ("rounding positions of dose-price", "rounding check of news/dose-price-converted"),
        ("tension parts of turbines", "conflict parts of turbines"),
    ]


def _outline(known: Knowledge, finding: Finding) -> str:
    about = finding.calculation or finding.measure
    return f"{finding.verdict} {finding.rule} of {known.by_id[about].slug if about else ''}"
