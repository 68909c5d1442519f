"""What must go is shown first, then deleted for good, wherever it stands; the rest of what is known stays."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Kb

ERASE = ("--reason", "a private name", "--yes")


def holding(workspace: Path, text: str) -> list[str]:
    """Names of the files of the base and its archive that hold ``text``."""
    seen = [path for path in workspace.rglob("*") if path.is_file() and "seeds" not in path.parts]
    return [path.name for path in seen if text.encode() in path.read_bytes()]


def known(kb: Kb) -> dict[str, object]:
    exported = json.loads(kb("export").stdout)
    return {kind: exported[kind] for kind in ("figures", "claims", "measures", "sources")}


def test_a_text_is_found_across_lines_and_the_edges_of_a_passage(kb: Kb, workspace: Path) -> None:
    paper = "The clinic treated John Smith on Monday, who paid $300.\nIt names John\nSmith again.\n"
    (workspace / "papers").mkdir()
    (workspace / "papers" / "note.txt").write_text(paper)
    digest = hashlib.sha256(paper.encode()).hexdigest()
    (workspace / "seeds" / "note.yaml").write_text(
        f"kb: 1\nid: note\nsource: {{type: report, title: Note, language: en, reliability: C,"
        f" document: {{sha256: {digest}}}}}\nclaims:\n"
        "  - {id: paid, text: A patient paid., at: 'L1 \"Smith on Monday\"'}\n"
    )
    kb("import", "--reason", "first reading")
    kb("attach", "papers", code=1)
    shutil.rmtree(workspace / "papers")
    kb("redact", "--text", "john SMITH", "--documents", *ERASE)
    assert [holding(workspace, text) for text in ("John Smith", "treated John", "John\\nSmith")] == [[], [], []]


def test_what_refers_to_something_redacted_is_left_out_of_seed_files_and_named(imported: Kb, workspace: Path) -> None:
    imported("redact", "5", *ERASE)
    exported = imported("export", "--format", "seeds", "-o", "copy")
    assert "this entry is not in the export: what it refers to was redacted" in exported.stderr
    shutil.rmtree(workspace / "seeds")
    (workspace / "copy").rename(workspace / "seeds")
    (workspace / "kb.db").unlink()
    assert "recorded" in imported("import", "--reason", "into an empty base").output


def test_finishing_a_redaction_stands_alone(imported: Kb) -> None:
    assert "--finish stands alone" in imported("redact", "5", "--finish", code=1).output
    assert "hold nothing that was redacted" in imported("redact", "--finish").output


def test_several_events_are_deleted_at_once_and_the_chain_holds(imported: Kb) -> None:
    assert "redacted 2 events" in imported("redact", "5", "7", *ERASE).output
    assert "no damage" in imported("verify").output
    assert "is already redacted" in imported("redact", "5", "9", *ERASE, code=1).output


def test_seed_lines_and_dependents_of_what_is_deleted_by_position_are_shown(imported: Kb, workspace: Path) -> None:
    events = json.loads(imported("log", "--json", "--limit", "200").stdout)
    fee = next(event for event in events if '"slug":"pass-fee"' in (event["data"] or ""))
    shown = imported("redact", str(fee["position"]), "--reason", "a private name", code=1).output
    lines = (workspace / "seeds" / "vocabulary.yaml").read_text().splitlines()
    line = next(number for number, text in enumerate(lines, 1) if "id: pass-fee" in text)
    assert f"vocabulary.yaml:{line}\n" in shown
    assert "other entries will refer to something that is not recorded any more" in shown


def test_a_revision_that_is_deleted_leaves_what_was_recorded_before(imported: Kb, workspace: Path) -> None:
    words = workspace / "seeds" / "vocabulary.yaml"
    words.write_text(words.read_text().replace("Price of a monthly ferry pass", "Price of the pass"))
    imported("import", "--reason", "a better name")
    events = json.loads(imported("log", "--json", "--limit", "200").stdout)
    first, last = (e["position"] for e in reversed(events) if '"slug":"pass-fee"' in (e["data"] or ""))
    shown = imported("redact", str(last), "--reason", "a private name", code=1).output
    assert "vocabulary.yaml:" in shown and "will refer to" not in shown
    shown = imported("redact", str(first), "--reason", "a private name", code=1).output
    assert "vocabulary.yaml:" not in shown and "will refer to" not in shown


def test_nothing_is_deleted_before_somebody_has_agreed(imported: Kb) -> None:
    head = imported("log", "head").output
    shown = imported("redact", "5", "--reason", "a private name", code=1).output
    assert "to be deleted: 1" in shown and "nothing was deleted" in shown and "out of reach: backups" in shown
    assert imported("log", "head").output == head


def test_a_text_is_deleted_from_data_reasons_and_files(kb: Kb, workspace: Path) -> None:
    seed = workspace / "seeds" / "quay.yaml"
    original = seed.read_text()
    seed.write_text(original.replace("claims:\n", "claims:\n  - id: secret\n    text: Mallory paid.\n    at: L1\n", 1))
    kb("import", "--reason", "first reading")
    seed.write_text(original)
    kb("import", "--prune", "--reason", "as MALLORY asked")
    shown = kb("redact", "--text", "mallory", *ERASE).output
    assert "claim.recorded.v2 quay/secret  (data)" in shown and "claim.retracted.v1" in shown and "(reason)" in shown
    assert [holding(workspace, name) for name in ("Mallory", "MALLORY")] == [[], []]
    assert "no damage" in kb("verify").output


def test_what_was_said_in_a_batch_stays_known_when_only_its_reason_goes(kb: Kb, workspace: Path) -> None:
    kb("import", "--reason", "sent by Mallory")
    before = known(kb)
    assert "recorded again" in kb("redact", "--text", "Mallory", *ERASE).output
    assert known(kb) == before
    assert holding(workspace, "Mallory") == []
    assert "0 events" in kb("import", "--reason", "again").output


def test_places_of_passages_stay_known_when_a_reason_goes(kb: Kb, workspace: Path) -> None:
    kb("import", "--reason", "first reading")
    folder = workspace / "papers"
    folder.mkdir()
    paper = folder / "quay.txt"
    paper.write_text((Path(__file__).parents[1] / "pair" / "quay.txt").read_text())
    kb("attach", "papers", "--reason", "from Mallory", code=1)
    before = kb("export").stdout.replace(kb("log", "head").output.strip(), "")
    shown = kb("redact", "--text", "Mallory", *ERASE).output
    assert "passages.anchored.v2" in shown
    assert json.loads(kb("export").stdout)["figures"] == json.loads(before)["figures"]


def test_what_else_holds_the_text_is_shown(imported: Kb, workspace: Path) -> None:
    shown = imported("redact", "--text", "fuel", "--reason", "x", code=1).output
    assert "seed files, from which the next import would record it again" in shown and "quay.yaml:" in shown


def test_documents_are_deleted_only_if_that_is_asked_for(imported: Kb, workspace: Path) -> None:
    (workspace / "papers").mkdir()
    for paper in (Path(__file__).parents[1] / "pair").glob("*.txt"):
        shutil.copy(paper, workspace / "papers")
    imported("attach", "papers")
    shutil.rmtree(workspace / "papers")
    word = next(iter((Path(__file__).parents[1] / "pair" / "quay.txt").read_text().split("\n")))
    assert "--documents to delete them" in imported("redact", "--text", word, *ERASE).output
    assert holding(workspace, word) != []
    imported("redact", "--text", word, "--documents", *ERASE)
    assert holding(workspace, word) == []


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ((), "nothing is named"),
        (("--text", " "), "nothing is named"),
        (("--text", "no such text"), "no event and no attached document holds this text"),
        (("999",), "there is no such event: the log ends at"),
        (("--text", "private"), "contains the text to be deleted"),
    ],
)
def test_a_redaction_that_cannot_be_done_changes_nothing(imported: Kb, words: tuple[str, ...], refusal: str) -> None:
    head = imported("log", "head").output
    imported("import", "--reason", "private talk")
    assert refusal in imported("redact", *words, *ERASE, code=1).output
    assert imported("log", "head").output == head


def test_a_redaction_needs_a_reason(imported: Kb) -> None:
    assert "needs a reason" in imported("redact", "5", "--yes", code=1).output


def test_copies_of_the_base_that_lie_beside_it_are_named(imported: Kb, workspace: Path) -> None:
    imported("backup", "base.zip")
    imported("restore", "base.zip", "--replace")
    shutil.copy(workspace / "kb.db", workspace / "old.copy")
    (workspace / ".kb.db-restoring-x").mkdir()
    shutil.copy(workspace / "kb.db", workspace / ".kb.db-restoring-x")
    (workspace / "notes.zip").write_bytes(b"PK but no archive")
    (workspace / "other.txt").write_text("text")
    told = imported("redact", "5", "--yes", "--reason", "a private name").output
    [title] = [line for line in told.splitlines() if line.startswith("out of reach: copies beside the base")]
    assert title.endswith(": 4")
    for name in ("kb.replaced-1.db", "old.copy", "base.zip", ".kb.db-restoring-x/kb.db"):
        assert f"  {workspace / name}\n" in told
    assert "notes.zip" not in told and "other.txt" not in told and f"  {workspace / 'kb.db'}" not in told


def test_without_copies_none_are_named(imported: Kb) -> None:
    assert "copies beside" not in imported("redact", "5", "--yes", "--reason", "a private name").output
