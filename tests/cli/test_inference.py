"""A person writes down what she infers herself, looks at it, hands it on, and takes it back."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Kb

OURS = """\
kb: 1
id: ours
claims:
  - id: pass-is-too-cheap
    text: The pass would have to cost several times its price.
    voice: editors
    confidence: likely
    rests-on: [quay/holders-overuse]
    answers: {pass-loses-money: yes}
"""


def ours(workspace: Path, text: str = OURS) -> None:
    (workspace / "seeds" / "ours.yaml").write_text(text)


def test_an_inference_is_checked_imported_shown_and_handed_on(kb: Kb, workspace: Path) -> None:
    ours(workspace)
    assert "no problem" in kb("check").output
    kb("import", "--reason", "what follows")
    assert "0 events" in kb("import", "--reason", "again").output
    report = kb("report", "pass-loses-money", "--length", "full").output
    assert "Editors' inference: The pass would have to cost several times its price." in report
    (exported,) = [claim for claim in json.loads(kb("export").output)["claims"] if claim["id"].startswith("ours")]
    assert (exported["source"], exported["passages"]) == (None, [])


def test_an_inference_comes_back_from_seeds_and_from_an_archive(
    kb: Kb, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours(workspace)
    kb("import", "--reason", "what follows")
    before = kb("export").output
    kb("export", "--format", "seeds", "-o", "again")
    assert "0 events" in kb("import", *map(str, (workspace / "again").iterdir()), "--reason", "again").output
    kb("backup", "base.zip")
    monkeypatch.setenv("KB_DATABASE_URL", f"sqlite:///{workspace / 'other.db'}")
    kb("restore", "base.zip")
    assert kb("export").output == before
    assert "no damage" in kb("verify").output


def test_what_is_wrong_with_an_inference_is_said(kb: Kb, workspace: Path) -> None:
    ours(workspace, OURS.replace("rests-on: [quay/holders-overuse]", "at: L3"))
    said = kb("check", code=1).output
    assert "an inference by the editors stands in no document, so 'at' says nothing" in said
    assert "an inference by the editors rests on nothing" in said


def test_an_inference_is_pruned_with_its_arguments(kb: Kb, workspace: Path) -> None:
    ours(workspace)
    kb("import", "--reason", "what follows")
    ours(workspace, "kb: 1\nid: ours\n")
    assert "3 retracted" in kb("import", "--prune", "--reason", "no").output
    assert "ours/" not in kb("export").output
