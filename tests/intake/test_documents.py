"""Archived documents are known by what is in them."""

import hashlib
import os
from pathlib import Path

import pytest

from kb.domain.problem import Refused
from kb.intake.document import LARGEST, DocumentStore

TEXT = "一 line\r\nanother\n"
DIGEST = hashlib.sha256(TEXT.encode()).hexdigest()


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
    assert store.attach_folder(archive, {DIGEST}) == {DIGEST: path}
    assert store.text(DIGEST) == TEXT
    assert [file.name for file in store.folder.rglob("*") if file.is_file()] == [DIGEST]


def test_every_text_is_taken_where_nothing_is_named(store: DocumentStore, archive: Path) -> None:
    (archive / "a.txt").write_bytes(TEXT.encode())
    (archive / "same.txt").write_bytes(TEXT.encode())
    (archive / "b.txt").write_bytes(b"\xff\xfe is no text")
    assert store.attach_folder(archive) == {DIGEST: archive / "a.txt"}


def test_attaching_again_changes_nothing(store: DocumentStore, archive: Path) -> None:
    (archive / "a.txt").write_bytes(TEXT.encode())
    store.attach_folder(archive)
    before = store.path(DIGEST).stat().st_mtime_ns
    assert store.attach_folder(archive).keys() == {DIGEST}
    assert store.path(DIGEST).stat().st_mtime_ns == before


def test_what_is_no_regular_file_of_fifty_megabytes_is_passed_over(store: DocumentStore, archive: Path) -> None:
    with (archive / "large.txt").open("wb") as file:
        file.truncate(LARGEST + 1)
    (archive / ".hidden").write_bytes(TEXT.encode())
    if hasattr(os, "mkfifo"):
        os.mkfifo(archive / "pipe")
    assert store.attach_folder(archive) == {}


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


def test_what_is_no_text_is_refused(store: DocumentStore) -> None:
    with pytest.raises(Refused, match="this is not UTF-8 text"):
        store.add(b"\xff")


def test_a_folder_that_is_none_says_so(store: DocumentStore, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="there is no such folder"):
        store.attach_folder(tmp_path / "nowhere")
    (tmp_path / "file").write_text("x")
    with pytest.raises(Refused, match="this is no folder"):
        store.attach_folder(tmp_path / "file")


def test_a_place_that_cannot_be_written_is_a_refusal(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(Refused, match="the document cannot be kept"):
        DocumentStore(tmp_path / "file").add(TEXT.encode())
