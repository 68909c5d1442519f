"""A person checks seed files with the documents that lie around, before anything is recorded."""

from pathlib import Path

import pytest

from tests.cli.conftest import Kb

TEXT = "The pass\n\nThe pass costs $40 a month, and 900 people buy it.\n"


@pytest.fixture
def drafted(kb: Kb, workspace: Path) -> Kb:
    for seed in (workspace / "seeds").iterdir():
        seed.unlink()
    (workspace / "papers").mkdir()
    (workspace / "papers" / "pass.txt").write_text(TEXT)
    kb("draft", "papers/pass.txt", "-o", "seeds/pass.yaml")
    return kb


def moved(workspace: Path) -> None:
    seed = workspace / "seeds" / "pass.yaml"
    seed.write_text(seed.read_text().replace('L3 "$40', 'L2 "$40'))


def test_a_check_reads_documents_in_a_folder_and_records_nothing(drafted: Kb, workspace: Path) -> None:
    assert "passages checked in 1 document" in drafted("check", "--documents", "papers").output
    assert "1 document was not found, and passages not checked there" in drafted("check").output
    moved(workspace)
    drafted("check")
    assert "does not stand in line 2 — it stands on line 3" in drafted("check", "--documents", "papers", code=1).output
    assert not (workspace / "kb.db").exists()


def test_a_check_reads_what_the_variable_names_and_what_lies_beside_the_seeds(
    drafted: Kb, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moved(workspace)
    monkeypatch.setenv("KB_DOCUMENTS", "papers")
    drafted("check", code=1)
    monkeypatch.delenv("KB_DOCUMENTS")
    drafted("check")
    (workspace / "seeds" / "copy.txt").write_text(TEXT)
    drafted("check", code=1)


def test_a_document_that_changed_since_its_draft_is_named(drafted: Kb, workspace: Path) -> None:
    (workspace / "papers" / "pass.txt").write_text(TEXT + "More.\n")
    said = drafted("check", "--documents", "papers").output
    assert "papers/pass.txt has another SHA-256 than the document of source pass" in said
    (workspace / "papers" / "pass.txt").unlink()
    assert "the document of source pass was not found" in drafted("check", "--documents", "papers").output


def test_attaching_exits_with_1_where_a_document_is_missing(drafted: Kb, workspace: Path) -> None:
    drafted("import", "--reason", "first")
    drafted("attach", "papers")
    (workspace / "empty").mkdir()
    drafted("attach", "empty")
    (workspace / "other.txt").write_text("Another\n\nIt costs $50.\n")
    drafted("draft", "other.txt", "-o", "seeds/other.yaml")
    drafted("import", "--reason", "second")
    assert "the document of other" in drafted("attach", "papers", code=1).output


def test_a_document_in_the_folder_of_the_workspace_is_found(drafted: Kb, workspace: Path) -> None:
    (workspace / "pass.txt").write_text(TEXT)
    assert "passages checked in 1 document" in drafted("check").output


def test_files_that_are_named_are_checked_outside_of_a_workspace(drafted: Kb, workspace: Path) -> None:
    (workspace / "kb.toml").unlink()
    assert "no problems" in drafted("check", "seeds/pass.yaml").output
    assert "this folder is in no workspace" in drafted("check", code=1).output
    assert not (workspace / "kb.db").exists()


def test_measures_and_scope_values_that_nothing_uses_are_listed_once(drafted: Kb, workspace: Path) -> None:
    seed = workspace / "seeds" / "pass.yaml"
    head, _ = seed.read_text().split("figures:\n")
    seed.write_text(head)
    said = drafted("check").output
    assert said.count("nothing uses the measures ") == said.count("nothing uses the scope value ") == 1


def test_a_draft_may_take_the_place_of_the_one_before_it(drafted: Kb, workspace: Path) -> None:
    drafted("import", "--reason", "first")
    (workspace / "papers" / "pass.txt").write_text(TEXT.replace("900", "950"))
    drafted("draft", "papers/pass.txt", "-o", "seeds/pass.yaml", "--force")
    assert "id: pass\n" in (workspace / "seeds" / "pass.yaml").read_text()
    drafted("check", "--documents", "papers")
    assert "revised" in drafted("import", "--reason", "a new edition").output
