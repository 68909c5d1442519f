"""The archive of documents: a folder in which each file is named by the SHA-256 of its content."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from kb.atomic_file import reason, write_file
from kb.domain.problem import Problem, Refused
from kb.intake.document_reader import (
    EXTRACTION_VERSION,
    LIMITS,
    MediaType,
    ParsedDocument,
    media_type,
    plain_text,
    read_document,
)

LARGEST = LIMITS.size
_ATTACH_AGAIN = "put it back with `kb attach FOLDER`, where FOLDER holds a copy of it"
_READERS = {MediaType.HTML: "selectolax", MediaType.PDF: "pypdfium2"}


@dataclass(frozen=True, slots=True)
class AttachedDocuments:
    """Documents found in a folder.

    Attributes:
        paths: The path of each one that is archived now, by SHA-256.
        lost: What is wrong with each one that could not be archived, by SHA-256.
        unreadable: Files and folders that could not be read, if a document is missing that they may hold.
    """

    paths: Mapping[str, Path]
    lost: Mapping[str, Problem] = field(default_factory=dict)
    unreadable: tuple[Problem, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong."""
        return (*self.lost.values(), *self.unreadable)


class DocumentStore:
    """The archived documents in ``folder``, which is created with the first one.

    A file whose content no longer fits its name counts as missing. Plain text is read as it is. The text of HTML, PDF
    and other encodings is extracted once and kept beside the document; the name of that file holds the digest, and the
    version of the rules and of the library that extracted it. It may be deleted at any time.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._text = lru_cache(maxsize=64)(_verified_text)

    def path(self, sha256: str) -> Path:
        """The path of the document ``sha256``, whether or not it is there."""
        return self.folder / sha256[:2] / sha256

    def digests(self) -> Sequence[str]:
        """SHA-256 of every document that is archived, in order.

        Raises:
            Refused: a folder of the archive cannot be read.
        """
        unreadable: list[OSError] = []
        names = [name for _, _, names in os.walk(self.folder, onerror=unreadable.append) for name in names]
        if problems := [
            _unreadable("folder", error.filename, error)
            for error in unreadable
            if not isinstance(error, FileNotFoundError)
        ]:
            raise Refused(problems)
        return sorted(filter(_is_digest, names))

    def text(self, sha256: str) -> str | None:
        """The text of ``sha256``; None where it is not attached, was changed, or cannot be read."""
        if not _is_digest(sha256):
            return None
        try:
            file_status = self.path(sha256).stat()
        except OSError:
            return None
        return self._text(self.path(sha256), (file_status.st_mtime_ns, file_status.st_size))

    def content(self, sha256: str) -> bytes | Problem:
        """The bytes of ``sha256``, as they were archived; what is wrong where it is missing, changed or unreadable."""
        path = self.path(sha256)
        try:
            data = read_file(path) if _is_digest(sha256) else None
        except (FileNotFoundError, NotADirectoryError):
            return Problem(where=str(path), what="this document is missing", hint=_ATTACH_AGAIN)
        except OSError as error:
            what = f"this document cannot be read: {reason(error)}"
            return Problem(where=str(path), what=what, hint="give this user the right to read it")
        if data is None or hashlib.sha256(data).hexdigest() != sha256:
            what = "this document was changed: its content no longer has the SHA-256 that is its name"
            return Problem(where=str(path), what=what, hint=_ATTACH_AGAIN)
        return data

    def raw(self, sha256: str) -> bytes:
        """Whatever the file of the document ``sha256`` holds by now.

        Raises:
            Refused: it cannot be read.
        """
        try:
            return self.path(sha256).read_bytes()
        except OSError as error:
            raise Refused([_unreadable("document", self.path(sha256), error)]) from error

    def put_back(self, documents: Iterable[bytes]) -> None:
        """Archives ``documents`` that were archived before, all or none; whether they can be read is not asked again.

        Raises:
            Refused: the folder cannot be written to.
        """
        fresh: list[str] = []
        is_new = not self.folder.exists()
        try:
            for data in documents:
                sha256 = hashlib.sha256(data).hexdigest()
                if not self.path(sha256).exists():
                    fresh.append(sha256)
                if isinstance(self.content(sha256), Problem):
                    self._keep(self.path(sha256), data)
        except BaseException:
            for sha256 in fresh:
                with suppress(OSError, Refused):
                    self.remove(sha256)
                    self.path(sha256).parent.rmdir()
            if is_new:
                with suppress(OSError):
                    self.folder.rmdir()
            raise

    def add(self, data: bytes, where: str = "") -> str:
        """The SHA-256 of ``data``, which is archived unless it is there already.

        Args:
            where: What to call it in a problem; by default its SHA-256.

        Raises:
            Refused: there is no text in ``data``, or the folder cannot be written to.
        """
        if not data:
            raise Refused([Problem(where=where or "document", what="the file is empty", hint="name another")])
        sha256 = hashlib.sha256(data).hexdigest()
        if self.text(sha256) is not None:
            return sha256
        path = self.path(sha256)
        text = plain_text(data)
        paper = read_document(data, where=where or sha256) if text is None else None
        if isinstance(paper, Problem):
            raise Refused([paper])
        self._keep(path, data)
        if paper is not None:
            write_file(_extract_path(path, paper), paper.text.encode())
        return sha256

    def _keep(self, path: Path, data: bytes) -> None:
        # Documents are as private as the base. A folder that exists keeps its mode.
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True)
        write_file(path, data)

    def remove(self, sha256: str) -> None:
        """Deletes the document ``sha256`` and the text extracted from it; nothing where it is not archived.

        Raises:
            Refused: a file cannot be deleted.
        """
        path = self.path(sha256)
        try:
            for file in (path, *path.parent.glob(f"{sha256}.*.txt")):
                file.unlink(missing_ok=True)
        except OSError as error:
            what = f"the document cannot be deleted: {reason(error)}"
            raise Refused([Problem(where=str(path), what=what, hint="delete it by hand")]) from error
        self._text.cache_clear()

    def attach_folder(self, folder: Path, wanted: Collection[str]) -> AttachedDocuments:
        """Archives the documents of ``folder`` that are ``wanted``, whatever their names.

        Regular files of at most 100 MB are considered, in subfolders too, but no hidden ones and no links to elsewhere.
        Only those that are wanted are parsed; the digest is enough to pass over the rest.

        Args:
            wanted: SHA-256 digests.

        Raises:
            Refused: the folder cannot be read, or the archive cannot be written to.
        """
        paths: dict[str, Path] = {}
        lost: dict[str, Problem] = {}
        unreadable: list[Problem] = []
        for path in files_in(folder, unreadable):
            try:
                data = read_file(path)
            except OSError as error:
                unreadable += [_unreadable("file", path, error)] if _may_be_file(path) else []
                continue
            if data is None:
                continue
            sha256 = hashlib.sha256(data).hexdigest()
            if sha256 in wanted and sha256 not in paths and sha256 not in lost:
                try:
                    self.add(data, str(path))
                    paths[sha256] = path
                except Refused as refused:
                    lost[sha256] = refused.problems[0]
        # What cannot be read matters as long as a document is missing that may be there.
        is_complete = not set(wanted) - paths.keys() - lost.keys()
        return AttachedDocuments(paths, lost, () if is_complete else tuple(unreadable))


def _verified_text(path: Path, _state: tuple[int, int]) -> str | None:
    """The text at ``path``; None where its digest is not its name. Read again once size or time have changed."""
    data = _content(path)
    if data is None or hashlib.sha256(data).hexdigest() != path.name:
        return None
    text = plain_text(data)
    return text if text is not None else _extracted_text(path, data)


def _extracted_text(path: Path, data: bytes) -> str | None:
    """The text extracted from the document at ``path``, from the file beside it where there is one."""
    for kept in path.parent.glob(f"{path.name}.{_extractor_version(media_type(data))}.*.txt"):
        with suppress(OSError, UnicodeDecodeError):
            text = kept.read_bytes()
            if hashlib.sha256(text).hexdigest().startswith(kept.name.split(".")[-2]):
                return text.decode()
    paper = read_document(data)
    if isinstance(paper, Problem):
        return None
    # In a folder that nobody may write to, the text is extracted at each reading.
    with suppress(Refused):
        write_file(_extract_path(path, paper), paper.text.encode())
    return paper.text


def _extract_path(path: Path, paper: ParsedDocument) -> Path:
    """The path of the text extracted from the document at ``path``."""
    digest = hashlib.sha256(paper.text.encode()).hexdigest()[:16]
    return path.with_name(f"{path.name}.{_extractor_version(paper.media_type)}.{digest}.txt")


def _extractor_version(kind: MediaType) -> str:
    """The version of our rules and of the library that extracts the text, e.g. ``1-selectolax-1.0.2``."""
    # Slow to load, and not needed for plain text.
    from importlib.metadata import version

    reader = _READERS.get(kind)
    return f"{EXTRACTION_VERSION}-{reader}-{version(reader)}" if reader else EXTRACTION_VERSION


def _is_digest(text: str) -> bool:
    return len(text) == 64 and all(letter in "0123456789abcdef" for letter in text)


def _may_be_file(path: Path) -> bool:
    """Whether ``path`` is a file, as far as this user may look."""
    try:
        return path.is_file()
    except OSError:
        return True


def _content(path: Path) -> bytes | None:
    """The bytes of a regular file of at most 100 MB; None for anything else, and for what cannot be read."""
    with suppress(OSError):
        return read_file(path)
    return None


def read_file(path: Path) -> bytes | None:
    """The bytes of a regular file of at most 100 MB; None for anything else.

    Raises:
        OSError: it cannot be read.
    """
    # A named pipe in the folder would block a reader for ever; opened without waiting it turns out to be no regular
    # file.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        file_status = os.fstat(file.fileno())
        if not stat.S_ISREG(file_status.st_mode) or file_status.st_size > LARGEST:
            return None
        # The file may have grown since its size was asked.
        data = file.read(LARGEST + 1)
    return data if len(data) <= LARGEST else None


def files_in(folder: Path, unreadable: list[Problem]) -> list[Path]:
    """The files in ``folder`` and its folders, in order; a problem for each folder inside that cannot be read.

    Raises:
        Refused: there is no such folder, or it cannot be read itself.
    """
    try:
        if not folder.is_dir():
            what = "this is not a folder" if folder.exists() else "there is no such folder"
            raise Refused(
                [Problem(where=str(folder), what=what, hint="name the folder that holds the archived documents")]
            )
        next(folder.iterdir(), None)
    except OSError as error:
        raise Refused([_unreadable("folder", folder, error)]) from error
    paths = []
    for directory, folders, names in os.walk(
        folder, onerror=lambda error: unreadable.append(_unreadable("folder", error.filename, error))
    ):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        paths += [Path(directory) / name for name in sorted(names) if not name.startswith(".")]
    return paths


def _unreadable(kind: str, path: Path, error: OSError) -> Problem:
    return Problem(where=str(path), what=f"the {kind} cannot be read: {reason(error)}")
