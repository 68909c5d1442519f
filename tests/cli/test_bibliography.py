"""A person brings a bibliography in: a seed file to be judged, and nothing in the log."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.cli import main

LISTING = """
@article{pass, title = {The pass that sails too often}, author = {Lindqvist, Mara}, year = 2026, doi = {10.1000/182}}
@misc{untitled, year = 2026}
"""


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("KB_DATABASE_URL", "KB_HOME", "KB_ACTOR"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "kb.toml").write_text('actor = "ada"\n')
    (tmp_path / "refs.bib").write_text(LISTING)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def kb(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, words, catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result


def test_a_bibliography_becomes_a_seed_file_and_no_event(workspace: Path) -> None:
    result = kb("import", "refs.bib", code=1)
    assert "refs.bib:3:1: 'untitled' has no title, so it was left out" in result.output
    assert "seeds/refs.yaml: 1 source from refs.bib\nnothing is recorded yet" in result.output
    assert not (workspace / "kb.db").exists()
    assert "1 file checked; no problems" in kb("check").output
    assert "1 event: 1 recorded" in kb("import", "--reason", "judged").output


def test_a_seed_file_that_is_there_is_not_written_over_unless_forced(workspace: Path) -> None:
    (workspace / "refs.bib").write_text(LISTING.partition("@misc")[0])
    kb("import", "refs.bib", "-o", "mine.yaml")
    (workspace / "mine.yaml").write_text("judged")
    assert "mine.yaml: this file exists already" in kb("import", "refs.bib", "-o", "mine.yaml", code=1).output
    assert (workspace / "mine.yaml").read_text() == "judged"
    kb("import", "refs.bib", "-o", "mine.yaml", "--force", "--lang", "sv")
    assert "id: mine\n" in (workspace / "mine.yaml").read_text()
    assert "language: sv\n" in (workspace / "mine.yaml").read_text()


def test_it_can_be_looked_at_first(workspace: Path) -> None:
    (workspace / "refs.bib").write_text(LISTING.partition("@misc")[0])
    assert "- id: pass\n" in kb("import", "refs.bib", "-o", "-").stdout
    assert not (workspace / "seeds").exists()


def test_what_is_in_the_base_already_is_said(workspace: Path) -> None:
    (workspace / "refs.bib").write_text(LISTING.partition("@misc")[0])
    kb("import", "refs.bib")
    kb("import", "--reason", "judged")
    assert "1 source from refs.bib; 1 may be known already" in kb("import", "refs.bib", "-o", "more.yaml").output
    assert "# the same as source refs/pass of the base?" in (workspace / "more.yaml").read_text()


@pytest.mark.parametrize("words", [("seeds/a.yaml", "refs.bib"), ("refs.bib", "--prune"), ("-o", "a.yaml")])
def test_bibliographies_and_seed_files_are_imported_apart(workspace: Path, words: tuple[str, ...]) -> None:
    assert "are imported apart" in kb("import", *words, code=1).output


def test_seed_files_still_want_a_reason(workspace: Path) -> None:
    assert "an event needs a reason" in kb("import", code=1).output
