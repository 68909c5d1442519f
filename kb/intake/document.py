"""Where are the archived texts kept? In a folder where each file is named by the SHA-256 of what is in it."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from collections.abc import Collection, Mapping
from functools import lru_cache
from pathlib import Path

from kb.domain.problem import Problem, Refused

LARGEST = 50 * 1024 * 1024


class DocumentStore:
    """The archived texts under ``folder``; the folder is made when the first one comes.

    A file that no longer has the content that it is named by counts as missing.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._text = lru_cache(maxsize=64)(_checked)

    def path(self, sha256: str) -> Path:
        """Where the text of ``sha256`` is, or would be."""
        return self.folder / sha256[:2] / sha256

    def text(self, sha256: str) -> str | None:
        """The text of ``sha256``, decoded as UTF-8; None where it is not attached or no longer what it was."""
        if not _is_digest(sha256):
            return None
        try:
            found = self.path(sha256).stat()
        except OSError:
            return None
        return self._text(self.path(sha256), (found.st_mtime_ns, found.st_size))

    def add(self, data: bytes) -> str:
        """Keeps ``data`` and returns its SHA-256; what is there already is left alone.

        Raises:
            Refused: ``data`` is not UTF-8 text, or the folder cannot be written.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        if decoded(data) is None:
            raise Refused([Problem(sha256, "this is not UTF-8 text", "attach the archived text")])
        if self.text(sha256) is None:
            self._write(self.path(sha256), data)
        return sha256

    def _write(self, path: Path, data: bytes) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=".incoming-")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
                Path(name).replace(path)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
            _sync_folder(path.parent)
        except OSError as error:
            what = f"the document cannot be kept: {error.strerror or error}"
            raise Refused([Problem(str(path.parent), what, "look at free space and rights")]) from error

    def attach_folder(self, folder: Path, wanted: Collection[str] | None = None) -> Mapping[str, Path]:
        """Keeps the documents of ``folder`` that are ``wanted``, whatever their names; their paths by SHA-256.

        Regular files of at most 50 MB are looked at, in subfolders too, hidden ones and links to elsewhere left out.

        Args:
            wanted: The SHA-256 sums to look for; None for every text that is there.

        Raises:
            Refused: the folder cannot be read, or the documents cannot be kept.
        """
        found: dict[str, Path] = {}
        for path in _files(folder):
            data = _content(path)
            if data is None:
                continue
            sha256 = hashlib.sha256(data).hexdigest()
            is_wanted = sha256 in wanted if wanted is not None else decoded(data) is not None
            if is_wanted and sha256 not in found and decoded(data) is not None:
                self.add(data)
                found[sha256] = path
        return found


def decoded(data: bytes) -> str | None:
    """``data`` as UTF-8 text; None where it is none. A byte order mark is a character like others."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _checked(path: Path, _state: tuple[int, int]) -> str | None:
    """The text at ``path``; None where it is not what the name says. Read anew when size or time have changed."""
    data = _content(path)
    if data is None or hashlib.sha256(data).hexdigest() != path.name:
        return None
    return decoded(data)


def _is_digest(text: str) -> bool:
    return len(text) == 64 and all(letter in "0123456789abcdef" for letter in text)


def _content(path: Path) -> bytes | None:
    """The bytes of a regular file of at most 50 MB; None for all else."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError:
        return None
    with os.fdopen(handle, "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode) or found.st_size > LARGEST:
            return None
        try:
            data = file.read(LARGEST + 1)
        except OSError:
            return None
    return data if len(data) <= LARGEST else None


def _files(folder: Path) -> list[Path]:
    try:
        if not folder.is_dir():
            what = "this is no folder" if folder.exists() else "there is no such folder"
            raise Refused([Problem(str(folder), what, "name the folder that holds the archived documents")])
        next(folder.iterdir(), None)
    except OSError as error:
        raise Refused([Problem(str(folder), f"the folder cannot be read: {error.strerror or error}")]) from error
    found = []
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(here) / name for name in sorted(names) if not name.startswith(".")]
    return found


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
