"""Archived documents are known by what is in them."""

import errno
import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kb.domain.problem import Refused
from kb.intake import document_store
from kb.intake.document_reader import read_document
from kb.intake.document_store import LARGEST, AttachedDocuments, DocumentStore
from tests.intake.press import column, pdf

TEXT = "一 line\r\nanother\n"
DIGEST = hashlib.sha256(TEXT.encode()).hexdigest()
PAGE = "<!doctype html><h1>The pass</h1><p>每月 $40".encode()


def beside(store: DocumentStore, digest: str) -> list[Path]:
    """What lies beside the document in the store."""
    return [path for path in store.path(digest).parent.iterdir() if path != store.path(digest)]


@pytest.fixture
def store(tmp_path: Path) -> DocumentStore:
    return DocumentStore(tmp_path / "documents")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    (folder / "deeper").mkdir(parents=True)
    return folder


def test_a_document_is_found_whatever_its_name(store: DocumentStore, archive: Path) -> None:
    path = archive / "deeper" / "whatever.bin"
    path.write_bytes(TEXT.encode())
    (archive / "other.txt").write_text("not wanted")
    assert store.attach_folder(archive, {DIGEST}).paths == {DIGEST: path}
    assert store.text(DIGEST) == TEXT
    assert [file.name for file in store.folder.rglob("*") if file.is_file()] == [DIGEST]


@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")
def test_the_archive_is_closed_to_other_users_unless_its_owner_opens_it(store: DocumentStore) -> None:
    store.add(TEXT.encode())
    assert store.folder.stat().st_mode & 0o777 == 0o700
    store.folder.chmod(0o750)
    store.add(b"Another document.\n")
    assert store.folder.stat().st_mode & 0o777 == 0o750


def test_an_empty_file_is_no_document(store: DocumentStore) -> None:
    with pytest.raises(Refused, match=r"note\.txt: the file is empty"):
        store.add(b"", "note.txt")
    assert not store.folder.exists()


def test_attaching_again_changes_nothing(store: DocumentStore, archive: Path) -> None:
    (archive / "a.txt").write_bytes(TEXT.encode())
    store.attach_folder(archive, {DIGEST})
    before = store.path(DIGEST).stat().st_mtime_ns
    assert store.attach_folder(archive, {DIGEST}).paths.keys() == {DIGEST}
    assert store.path(DIGEST).stat().st_mtime_ns == before


def test_what_is_no_regular_file_of_a_hundred_megabytes_is_passed_over(store: DocumentStore, archive: Path) -> None:
    with (archive / "large.txt").open("wb") as file:
        file.truncate(LARGEST + 1)
    (archive / ".hidden").write_bytes(TEXT.encode())
    if hasattr(os, "mkfifo"):
        os.mkfifo(archive / "pipe")
    wanted = {DIGEST, hashlib.sha256(bytes(LARGEST + 1)).hexdigest()}
    assert store.attach_folder(archive, wanted) == AttachedDocuments({})


def test_a_document_that_was_changed_counts_as_missing(store: DocumentStore) -> None:
    assert store.add(TEXT.encode()) == DIGEST
    assert store.text(DIGEST) == TEXT
    store.path(DIGEST).write_text("another")
    assert store.text(DIGEST) is None
    assert store.add(TEXT.encode()) == DIGEST
    assert store.text(DIGEST) == TEXT


@pytest.mark.parametrize("name", ["", "0" * 64, "../../etc/passwd", "A" * 64, DIGEST[:63] + "/"])
def test_what_is_not_there_is_none(store: DocumentStore, name: str) -> None:
    assert store.text(name) is None


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (PAGE, "The pass\n每月 $40"),
        (pdf(column("It costs $40.")), "It costs $40."),
        ("价\r\n".encode("utf-16"), "价\n"),
    ],
)
def test_a_document_that_is_no_plain_text_is_kept_as_it_is_with_its_text_beside(
    store: DocumentStore, data: bytes, text: str
) -> None:
    digest = store.add(data)
    assert store.path(digest).read_bytes() == data
    assert store.text(digest) == text
    (extract,) = beside(store, digest)
    assert extract.read_text() == text


def test_the_text_beside_a_document_is_taken_out_anew_when_it_was_deleted_or_changed(store: DocumentStore) -> None:
    digest = store.add(PAGE)
    (extract,) = beside(store, digest)
    extract.write_text("another")
    assert DocumentStore(store.folder).text(digest) == "The pass\n每月 $40"
    extract.unlink()
    assert DocumentStore(store.folder).text(digest) == "The pass\n每月 $40"
    assert beside(store, digest) == [extract]


def test_only_what_is_wanted_is_read_as_a_document(
    store: DocumentStore, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[bytes] = []
    monkeypatch.setattr(document_store, "read_document", lambda data, **_: read.append(data) or read_document(data))
    (archive / "a.html").write_bytes(PAGE)
    (archive / "b.html").write_bytes(PAGE + b"more")
    wanted = hashlib.sha256(PAGE).hexdigest()
    assert store.attach_folder(archive, {wanted}).paths == {wanted: archive / "a.html"}
    assert read == [PAGE]


def test_a_wanted_document_without_text_is_a_problem_and_the_others_are_kept(
    store: DocumentStore, archive: Path
) -> None:
    (archive / "scan.pdf").write_bytes(pdf([]))
    (archive / "text.txt").write_bytes(TEXT.encode())
    wanted = [hashlib.sha256(path.read_bytes()).hexdigest() for path in archive.glob("*.*")]
    kept = store.attach_folder(archive, wanted)
    assert kept.paths == {DIGEST: archive / "text.txt"}
    assert [problem.where for problem in kept.problems] == [str(archive / "scan.pdf")]
    assert "run OCR first" in str(kept.problems[0])


def test_what_is_no_text_is_refused(store: DocumentStore) -> None:
    with pytest.raises(Refused, match="is not UTF-8"):
        store.add(b"\xff")


def test_a_folder_that_is_none_says_so(store: DocumentStore, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="there is no such folder"):
        store.attach_folder(tmp_path / "nowhere", {DIGEST})
    (tmp_path / "file").write_text("x")
    with pytest.raises(Refused, match="this is not a folder"):
        store.attach_folder(tmp_path / "file", {DIGEST})


def test_what_cannot_be_read_is_named_while_a_document_is_missing(
    store: DocumentStore, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (archive / "a.txt").write_bytes(TEXT.encode())
    (archive / "locked.txt").write_text("locked")
    (archive / "nowhere.txt").symlink_to("nothing")
    scan, open_file = os.scandir, os.open

    def refusing(opener: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Any, *arguments: Any) -> Any:
            if Path(path).name in ("deeper", "locked.txt"):
                raise PermissionError(errno.EACCES, "Permission denied", str(path))
            return opener(path, *arguments)

        return call

    # The administrator, who may run the tests, can read everything.
    monkeypatch.setattr(os, "scandir", refusing(scan))
    monkeypatch.setattr(os, "open", refusing(open_file))
    assert store.attach_folder(archive, {DIGEST}).problems == ()
    assert [str(problem) for problem in store.attach_folder(archive, {DIGEST, "0" * 64}).problems] == [
        f"{archive / 'deeper'}: the folder cannot be read: Permission denied",
        f"{archive / 'locked.txt'}: the file cannot be read: Permission denied",
    ]


def test_a_place_that_cannot_be_written_is_a_refusal(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(Refused, match="file is not a folder; no file was made"):
        DocumentStore(tmp_path / "file").add(TEXT.encode())
