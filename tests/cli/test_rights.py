"""A file or folder that may not be read is named with the reason: no traceback, and nothing counts as gone."""

import os
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import PAIR, Kb
from tests.rights import closed

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes as POSIX has them")
DENIED = "cannot be read: Permission denied"


@pytest.fixture
def attached(imported: Kb, workspace: Path) -> Kb:
    """The base with its two documents attached from the folder ``texts``."""
    (workspace / "texts").mkdir()
    for name in ("quay.txt", "gangwan.txt"):
        shutil.copy(PAIR / name, workspace / "texts")
    imported("attach", "texts")
    return imported


def test_settings(imported: Kb, workspace: Path) -> None:
    with closed(workspace / "kb.toml"):
        assert f"kb.toml: the settings {DENIED}" in imported("log", "head", code=1).stderr


@pytest.mark.parametrize("command", ["verify", "log head", "import --reason x", "export", "backup x.zip"])
def test_the_base(imported: Kb, workspace: Path, command: str) -> None:
    with closed(workspace / "kb.db"):
        assert "kb.db: this user may not read the file" in imported(*command.split(), code=1).stderr


@pytest.mark.parametrize(
    "command", ["log", "verify", "import --reason x", "attach texts", "backup x.zip", "restore x.zip", "serve", "check"]
)
def test_the_folder_of_the_workspace(attached: Kb, workspace: Path, command: str) -> None:
    with closed(workspace):
        assert "Permission denied" in attached(*command.split(), code=1).stderr


@pytest.mark.parametrize("command", ["check", "import --reason x", "import --prune --reason x", "draft quay.txt"])
@pytest.mark.parametrize("folder", ["seeds", "seeds/old"])
def test_a_folder_of_seed_files_is_never_taken_for_an_empty_one(
    imported: Kb, workspace: Path, command: str, folder: str
) -> None:
    shutil.copy(PAIR / "quay.txt", workspace)
    (workspace / "seeds" / "old").mkdir()
    (workspace / "seeds" / "quay.yaml").rename(workspace / "seeds" / "old" / "quay.yaml")
    with closed(workspace / folder):
        assert f"{folder}: the folder {DENIED}" in imported(*command.split(), code=1).stderr


def test_the_archive_of_documents(attached: Kb, workspace: Path) -> None:
    with closed(workspace / "documents"):
        told = attached("attach", "texts", code=1)
        assert "cannot be written: Permission denied" in told.stderr
        assert "0 passages in 0 documents" in told.stdout and "not in texts" not in told.stdout
        assert f"this document {DENIED}" in attached("verify", code=1).stderr
        attached("export")


@pytest.mark.parametrize("place", ["documents", "seeds", "seeds/quay.yaml"])
def test_a_text_to_be_deleted_is_looked_for_everywhere_or_nothing_is_deleted(
    attached: Kb, workspace: Path, place: str
) -> None:
    head = attached("log", "head").stdout
    with closed(workspace / place):
        told = attached("redact", "--text", "ferry", "--yes", "--reason", "a private name", code=1).stderr
    assert place in told and "Permission denied" in told
    assert attached("log", "head").stdout == head


def test_a_folder_to_attach_whose_files_may_not_be_opened(imported: Kb, workspace: Path) -> None:
    (workspace / "texts").mkdir()
    shutil.copy(PAIR / "quay.txt", workspace / "texts")
    with closed(workspace / "texts", 0o600):
        assert f"quay.txt: the file {DENIED}" in imported("attach", "texts", code=1).stderr


def test_a_current_folder_that_was_deleted(imported: Kb, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (workspace / "gone").mkdir()
    monkeypatch.chdir(workspace / "gone")
    (workspace / "gone").rmdir()
    assert imported("log", code=1).stderr == "current folder: it was deleted — change to another folder\n"


def test_a_name_that_no_file_can_have(imported: Kb) -> None:
    long = "a" * 300
    for command in ("check", "attach", "text", "draft", "backup"):
        assert f"{long}: " in imported(command, long, code=1).stderr
