"""An analyst is told which names may be the same, decides, and the findings follow."""

import json
from pathlib import Path

from tests.cli.conftest import Kb

SECOND = """\
kb: 1
id: memo
source: {type: report, title: The memo, author: Bo Ek, language: en}
measures:
  - {id: pass-tickets-value, label: Value of tickets of one pass, unit: USD/month, kind: flow, keys: [pier]}
  - {id: pass-color, label: Colour of a pass, unit: fraction, kind: ratio}
figures:
  - {id: value, measure: pass-tickets-value, scope: {pier: north}, value: $90 / month, at: L1}
"""


def between(kb: Kb) -> set[frozenset[str]]:
    found = json.loads(kb("findings", "--json", "--kind", "across_sources").output)
    return {frozenset(one["figures"]) for one in found if "memo/value" in one["figures"]}


def test_two_measures_count_as_one_for_as_long_as_a_person_says_so(imported: Kb, workspace: Path) -> None:
    (workspace / "seeds" / "memo.yaml").write_text(SECOND)
    imported("import", "--reason", "a memo")
    assert between(imported) == set()
    imported("match", "pass-ticket-value", "pass-tickets-value", "--same", "--reason", "Two spellings.")
    assert between(imported) != set()
    assert "Two spellings." in imported("log", "--limit", "1").output
    imported("match", "pass-tickets-value", "pass-ticket-value", "--undo", "--reason", "Looked again.")
    assert between(imported) == set()


def test_what_was_decided_is_not_suggested_again(imported: Kb, workspace: Path) -> None:
    (workspace / "seeds" / "memo.yaml").write_text(
        SECOND.replace("Value of tickets of one pass", "Ticket value of a passs")
    )
    imported("import", "--reason", "a memo")
    page = json.loads(imported("suggest", "--json").output)
    names = {frozenset((one["left_name"], one["right_name"])) for one in page["suggested"]}
    for pair in names:
        imported("match", *pair, "--different", "--reason", "No.")
    assert json.loads(imported("suggest", "--json").output)["suggested"] == []
    assert f"decided so far: {len(names)}" in imported("suggest").output


def test_all_mistakes_of_a_decision_are_shown_at_once(imported: Kb) -> None:
    match = imported("match", "pass-fee", "pass-ticket-value", "--same", "--different", code=1).stderr
    rule = imported("rule", "ab12", "--undo", "--dismiss", " ", code=1).stderr
    for said, subject in ((match, "kb match: these options exclude"), (rule, "kb rule: a ruling decides one thing")):
        assert subject in said
        assert 'reason: an event needs a reason — add --reason "…"' in said
        assert "2 problems" in said


def test_names_that_cannot_be_one_are_refused(imported: Kb, workspace: Path) -> None:
    (workspace / "seeds" / "memo.yaml").write_text(SECOND)
    imported("import", "--reason", "a memo")

    def refused(left: str, *words: str) -> str:
        return imported("match", left, "pass-ticket-value", *words, "--reason", "x", code=1).output

    assert "is in fraction" in refused("pass-color", "--same")
    assert "did you mean" in refused("pass-colour", "--same")
    assert "nothing was decided" in refused("pass-color", "--undo")
    assert "nothing was decided" in refused("pass-color")


def test_matches_travel_with_an_export(imported: Kb, workspace: Path) -> None:
    (workspace / "seeds" / "memo.yaml").write_text(SECOND)
    imported("import", "--reason", "a memo")
    imported("match", "pass-ticket-value", "pass-tickets-value", "--same", "--reason", "Two spellings.")
    imported("export", "--format", "seeds", "-o", "copy")
    assert "same: [pass-ticket-value, pass-tickets-value]" in Path("copy/matches.yaml").read_text()
    assert "0 events" in imported("import", "copy", "--reason", "again").output
    assert "measure: pass-tickets-value" in Path("copy/memo.yaml").read_text()
