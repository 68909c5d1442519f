"""A person keeps a backup, and makes her base from it again: in another folder, or on another kind of database."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from kb.app.workspace import bundled_folder
from kb.domain.problem import Problem, Refused
from kb.intake.document_store import DocumentStore
from kb.reasoning.reconcile import Reconciler
from kb.store.base import Base
from tests.cli.conftest import PAIR, Kb
from tests.ledger import MIGRATIONS, table_digest
from tests.rights import closed


@pytest.fixture
def attached(imported: Kb, workspace: Path) -> Kb:
    """The base with its two documents attached."""
    (workspace / "texts").mkdir()
    for name in ("quay.txt", "gangwan.txt"):
        shutil.copy(PAIR / name, workspace / "texts")
    imported("attach", "texts")
    return imported


def head_in(output: str) -> str:
    return output.split("head ")[1].split(maxsplit=1)[0]


def fingerprint(url: str) -> str:
    """Fingerprint of the tables as they stand."""
    base = Base.open(url, Reconciler(), migrations=MIGRATIONS)
    try:
        return table_digest(base)
    finally:
        base.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def elsewhere(request: pytest.FixtureRequest, workspace: Path) -> Iterator[str]:
    """URL of another place for a base, where none is yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{workspace / 'elsewhere' / 'other.db'}"
        return
    with request.getfixturevalue("postgres").database("template0") as url:
        yield url


def documents(home: Path) -> set[str]:
    return {path.name for path in home.rglob("*") if path.is_file()}


def test_a_base_moves_to_another_place_with_its_documents(
    attached: Kb, workspace: Path, elsewhere: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = attached("backup", "base.zip").output
    assert "2 documents" in written
    before = attached("export").output, attached("log", "--json").output, fingerprint(f"sqlite:///{workspace}/kb.db")
    monkeypatch.setenv("KB_DATABASE_URL", elsewhere)
    monkeypatch.setenv("KB_HOME", str(workspace / "home"))
    restored = attached("restore", "base.zip", "--head", head_in(written)).output
    assert "2 documents" in restored and head_in(restored) == head_in(written)
    assert "no damage" in attached("verify").output
    assert (attached("export").output, attached("log", "--json").output, fingerprint(elsewhere)) == before
    assert documents(workspace / "home") == documents(workspace / "documents")
    # The way back: an archive of the new place is the same to the last byte.
    attached("backup", "again.zip")
    assert (workspace / "again.zip").read_bytes() == (workspace / "base.zip").read_bytes()


def test_the_shipped_corpus_comes_back_as_it_was(kb: Kb, workspace: Path) -> None:
    url = f"sqlite:///{workspace}/kb.db"
    kb("import", str(bundled_folder("seeds")), "--reason", "first reading")
    before = fingerprint(url), kb("log", "head").output
    kb("backup", "corpus.zip")
    kb("restore", "corpus.zip", "--replace")
    assert (fingerprint(url), kb("log", "head").output) == before


def test_a_backup_replaces_no_file_without_being_told(empty: Kb, workspace: Path) -> None:
    (workspace / "base.zip").write_text("an older one")
    assert "exists already" in empty("backup", "base.zip", code=1).output
    assert (workspace / "base.zip").read_text() == "an older one"
    assert "exists already" in empty("export", "--format", "archive", "-o", "base.zip", code=1).output
    assert (workspace / "base.zip").read_text() == "an older one"
    empty("backup", "base.zip", "--force")
    assert (workspace / "base.zip").stat().st_mode & 0o777 == 0o600
    empty("export", "--format", "archive", "-o", "base.zip", "--force")


@pytest.mark.parametrize("name", ["", "-"])
def test_an_archive_needs_the_name_of_a_file(imported: Kb, workspace: Path, name: str) -> None:
    before = sorted(workspace.iterdir())
    assert "name a file" in imported("backup", name, code=2).output
    assert sorted(workspace.iterdir()) == before


def test_an_archive_is_never_written_over_its_base(empty: Kb) -> None:
    for command in (["backup", "--force"], ["export", "--format", "archive", "--force", "-o"]):
        assert "this file belongs to the base" in empty(*command, "kb.db", code=1).output
    assert "no damage" in empty("verify").output


def test_a_backup_of_no_base_says_so_and_makes_nothing(kb: Kb, workspace: Path) -> None:
    before = set(workspace.iterdir())
    assert "there is no base here" in kb("backup", "base.zip", code=1).output
    assert set(workspace.iterdir()) == before


def test_a_backup_that_cannot_be_written_leaves_nothing(empty: Kb, workspace: Path) -> None:
    (workspace / "folder").mkdir()
    (workspace / "file").write_text("")
    assert "cannot be written" in empty("export", "--format", "archive", "--force", "-o", "folder", code=1).output
    assert "cannot be written" in empty("backup", "file/base.zip", code=1).output
    assert not [path for path in workspace.iterdir() if path.name.startswith(".")]


def test_a_document_that_is_missing_or_changed_is_named(attached: Kb, workspace: Path) -> None:
    changed, lost = sorted(path for path in (workspace / "documents").rglob("*") if path.is_file())
    changed.write_text("another text")
    lost.unlink()
    result = attached("backup", "base.zip", code=1)
    assert "0 documents" in result.stdout and (workspace / "base.zip").exists()
    assert f"{changed}: this document was changed" in result.stderr
    assert f"{lost}: this document is missing" in result.stderr
    assert "base.zip: this archive lacks 2 documents" in result.stderr
    verified = attached("verify", code=1).stderr
    assert f"document {changed.name}: this document was changed" in verified
    assert f"document {lost.name}: this document is missing" in verified
    attached("verify", "--log-only")
    attached("attach", "texts")
    assert "no damage" in attached("verify").output


@pytest.mark.parametrize("command", [("backup",), ("export", "--format", "archive", "--documents", "-o")])
def test_an_archive_that_lacks_a_document_replaces_no_other(attached: Kb, workspace: Path, command: tuple[str]) -> None:
    attached(*command, "base.zip")
    whole = (workspace / "base.zip").read_bytes()
    unreadable, _ = sorted(path for path in (workspace / "documents").rglob("*") if path.is_file())
    with closed(unreadable):
        refused = attached(*command, "base.zip", "--force", code=1)
        assert f"{unreadable}: this document cannot be read: Permission denied" in refused.stderr
        assert "this file was not replaced: the new archive would lack a document" in refused.stderr
        assert (workspace / "base.zip").read_bytes() == whole
        assert "1 document" in attached(*command, "other.zip", code=1).stdout
    attached(*command, "base.zip", "--force")


def test_a_document_that_was_deleted_on_purpose_is_not_missing(attached: Kb, workspace: Path) -> None:
    line = (PAIR / "quay.txt").read_text().splitlines()[0]
    attached("redact", "--text", line, "--documents", "--yes", "--reason", "off the record")
    assert "no damage" in attached("verify").output
    assert "1 document" in attached("backup", "base.zip").output


def test_an_archive_holds_documents_on_request(attached: Kb, workspace: Path) -> None:
    attached("export", "--format", "archive", "-o", "bare.zip")
    attached("export", "--format", "archive", "--documents", "-o", "whole.zip")
    bare, whole = (len(ZipFile(workspace / name).namelist()) for name in ("bare.zip", "whole.zip"))
    assert whole == bare + 2


def test_options_that_make_no_sense_are_refused(kb: Kb, workspace: Path) -> None:
    for options, what in (
        (["--format", "archive"], "an archive needs a file"),
        (["--format", "archive", "-o", "a.zip", "--at", "3"], "holds the whole log"),
        (["--documents"], "only an archive holds documents"),
    ):
        assert what in kb("export", *options, code=1).output
    assert not (workspace / "a.zip").exists()


def test_a_base_is_replaced_only_when_told_and_kept_beside(imported: Kb, workspace: Path) -> None:
    written = imported("backup", "base.zip").output
    imported("redact", "5", "--yes", "--reason", "a private name")
    refused = imported("restore", "base.zip", code=1)
    assert "add --replace" in refused.output and refused.output.count("\n") == 1
    restored = imported("restore", "base.zip", "--replace").output
    assert head_in(restored) == head_in(written) and "kb.replaced-1.db" in restored
    assert "redacted" not in json.loads(imported("log", "--json", "--limit", "1").output)[0]["type"]


def test_a_file_that_is_no_archive_is_refused_in_one_line(kb: Kb, workspace: Path) -> None:
    for name in ("none.zip", "kb.toml"):
        refused = kb("restore", name, code=1).output
        assert refused.startswith(name) and refused.count("\n") == 1
    assert not (workspace / "kb.db").exists()


@pytest.mark.parametrize("database", ["kb.db", "new/deep/kb.db"])
@pytest.mark.parametrize("fault", ["another head", "a broken archive", "no room for the documents"])
def test_a_restore_that_fails_leaves_nothing(
    attached: Kb, workspace: Path, database: str, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    attached("backup", "base.zip")
    elsewhere = workspace / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kb.toml").write_text(f'database = "{database}"\ndocuments = "kept"\n')
    shutil.copy(workspace / "base.zip", elsewhere)
    monkeypatch.chdir(elsewhere)
    options: tuple[str, ...] = ()
    if fault == "another head":
        options = ("--head", f"3:{'f' * 64}")
    elif fault == "a broken archive":
        content = bytearray((elsewhere / "base.zip").read_bytes())
        content[len(content) // 2] ^= 1
        (elsewhere / "base.zip").write_bytes(content)
    else:
        keep, room = DocumentStore._keep, iter([True])

        def kept(store: DocumentStore, path: Path, data: bytes) -> None:
            if not next(room, False):
                raise Refused([Problem(str(path), "the disk is full")])
            keep(store, path, data)

        monkeypatch.setattr(DocumentStore, "_keep", kept)
    before = sorted(elsewhere.rglob("*"))
    attached("restore", "base.zip", *options, code=1)
    assert sorted(elsewhere.rglob("*")) == before


def test_another_head_than_the_one_that_was_kept_is_refused(empty: Kb) -> None:
    empty("backup", "base.zip")
    answer = empty("restore", "base.zip", "--replace", "--head", f"0:{'f' * 64}", code=1).output
    assert "position 0: the hash before the first event is 64 zeros" in answer
    assert "POSITION:HASH" in empty("restore", "base.zip", "--head", "3", code=2).output


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo], ids=["folder", "pipe"])
def test_a_base_is_not_restored_over_what_is_no_file(
    imported: Kb, workspace: Path, make: Callable[[Path], object]
) -> None:
    imported("backup", "base.zip")
    make(workspace / "new.db")
    (workspace / "kb.toml").write_text('database = "new.db"\n')
    before = sorted(workspace.iterdir())
    for options in ((), ("--replace",)):
        assert "this is a folder or a device" in imported("restore", "base.zip", *options, code=1).output
    assert sorted(workspace.iterdir()) == before and not (workspace / "new.db").is_file()
