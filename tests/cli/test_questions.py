"""A person asks questions that rest on numbers and on each other, and is told what is wrong with them."""

from pathlib import Path

import pytest

from tests.cli.conftest import Kb

OURS = """\
kb: 1
id: ours
questions:
  - id: harbour-stops-it
    text: Should the harbour stop the pass?
    sides: {stop: It should., keep: It should not.}
  - id: pass-covers
    text: Does a pass cover its cost?
    sides: {yes: It does., no: It does not.}
    decided-by: ours/left > 5
sources:
  - {id: pier, type: post, title: On the pier, language: en}
claims:
  - {id: full, text: The boats are full., at: L1, voice: (passenger A), answers: {pass-loses-money: yes}}
arguments:
  - id: costs-too-much
    premises: [full, {pass-covers: no}]
    supports: {harbour-stops-it: stop}
    text: What does not cover its cost is stopped.
calculations:
  - id: left
    label: What is left of a pass
    formula: fee * share
    inputs:
      fee: quay/fee
      share: {assumed: 25%, of: fuel-share, confidence: likely}
"""


@pytest.fixture
def asked(kb: Kb, workspace: Path) -> Kb:
    (workspace / "seeds" / "ours.yaml").write_text(OURS)
    return kb


def test_questions_are_checked_imported_and_come_back(asked: Kb, workspace: Path) -> None:
    assert "no problem" in asked("check").output
    asked("import", "--reason", "what we ask")
    assert "0 events" in asked("import", "--reason", "again").output
    asked("export", "--format", "seeds", "-o", "again")
    assert "0 events" in asked("import", *map(str, (workspace / "again").iterdir()), "--reason", "again").output
    written = (workspace / "again" / "ours.yaml").read_text()
    assumed = "{assumed: 25%, of: fuel-share, confidence: likely}"
    for kept in ("decided-by: left > 5", "[full, {pass-covers: no}]", assumed, "voice: (passenger A)"):
        assert kept in written


def test_reports_name_the_question_of_a_premise_and_nobody_who_is_unnamed(asked: Kb) -> None:
    asked("import", "--reason", "what we ask")
    report = asked("report", "harbour-stops-it", "--length", "full").output
    assert "Does a pass cover its cost? It does not." in report
    assert "What is left of a pass" in report
    assert "nnamed passenger A" in report


MISTAKES = {
    "a circle": (
        "    text: What does not cover its cost is stopped.\n",
        "  - {id: back, premises: [{harbour-stops-it: keep}], attacks: {pass-covers: no}}\n",
        "rest on each other: ",
    ),
    "another unit": ("ours/left > 5", "ours/left > 5 days", "'ours/left' is in USD/month, its limit in day"),
    "no comparison": ("ours/left > 5", "ours/left", "'ours/left' is not a comparison"),
    "no side": ("{pass-covers: no}]", "pass-covers]", "'pass-covers' is a question, and one of its sides is meant"),
    "an unknown side": ("{pass-covers: no}]", "{pass-covers: nay}]", "the question 'pass-covers' has no side 'nay'"),
    "a value of another unit": ("25%, of", "25 days, of", "'25 days' is in day, but 'fuel-share' is measured in"),
    "parentheses around all": ("(passenger A)", "(passenger A via Bo)", "write (passenger A) via Bo"),
}


@pytest.mark.parametrize(("old", "new", "said"), MISTAKES.values(), ids=list(MISTAKES))
def test_what_is_wrong_is_said_with_its_place(asked: Kb, workspace: Path, old: str, new: str, said: str) -> None:
    assert old in OURS
    (workspace / "seeds" / "ours.yaml").write_text(OURS.replace(old, new))
    output = asked("check", code=1).output
    assert "seeds/ours.yaml:" in output
    assert said in output
