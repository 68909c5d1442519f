"""Documents that lie in folders and are not attached, found by their SHA-256, so that a check can read them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from kb.domain.problem import Problem
from kb.domain.slug import slug_of
from kb.intake.document_reader import read_document
from kb.intake.document_store import files_in, read_file

_OTHER_SUFFIXES = frozenset([".yaml", ".yml", ".toml", ".db", ".lock", ".zip", ".py", ".json"])
"""Endings of files that lie in a workspace and are no documents: seed files, settings, the base, exports."""


class FoundDocuments:
    """The documents in some folders. Nothing is read before the first one is asked for, and nothing is kept.

    Attributes:
        folders: Folders that somebody named for this; their subfolders are read too.
        beside: Folders that hold seed files or a workspace; of these only the files in them are read.
    """

    def __init__(self, folders: Sequence[Path], beside: Sequence[Path] = ()) -> None:
        self.folders = tuple(folders)
        self.beside = tuple(dict.fromkeys(beside))
        self._texts: dict[str, str | None] = {}

    @cached_property
    def _paths(self) -> dict[str, Path]:
        """The path of each document, by SHA-256."""
        paths: dict[str, Path] = {}
        for path in self._candidates():
            with suppress(OSError):
                if (data := read_file(path)) is not None:
                    paths.setdefault(hashlib.sha256(data).hexdigest(), path)
        return paths

    def _candidates(self) -> Iterator[Path]:
        for folder in self.folders:
            # A file that cannot be read is one that is not found; attaching says why.
            yield from filter(_may_be_document, files_in(folder, []))
        for folder in self.beside:
            with suppress(OSError):
                yield from sorted(filter(_may_be_document, folder.iterdir()))

    def text(self, sha256: str) -> str | None:
        """The text of a document; None where none of the files is it, or it cannot be read."""
        if sha256 not in self._texts:
            path = self._paths.get(sha256)
            document = read_document(path) if path else None
            self._texts[sha256] = None if document is None or isinstance(document, Problem) else document.text
        return self._texts[sha256]

    def named_like(self, name: str) -> tuple[Path, str] | None:
        """The file that is called ``name``, without its ending, and its SHA-256; None where there is not one."""
        alike = [(path, sha256) for sha256, path in self._paths.items() if slug_of(path.stem) == name]
        return alike[0] if len(alike) == 1 else None


def _may_be_document(path: Path) -> bool:
    return not _OTHER_SUFFIXES & {suffix.lower() for suffix in path.suffixes}
