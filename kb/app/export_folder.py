"""Folders that an export fills: written whole or not at all, and never over what somebody else put there."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from kb.atomic_file import new_folder, reason
from kb.domain.problem import Problem, Refused

LISTING = ".kb-export"
"""The file in which an export lists the files that it wrote, so that a later one may replace them."""
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class WrittenFolder:
    """How many files an export wrote, and their bytes in all."""

    files: int
    bytes: int


def write_export_folder(
    target: Path,
    files: Iterable[tuple[str, bytes]],
    *,
    overwrite: bool,
    wrote: Callable[[int], None] = lambda _: None,
) -> WrittenFolder:
    """Write ``files`` into the folder ``target``, which holds nothing else afterwards; on failure it is as it was.

    Args:
        target: Is made if need be.
        files: Paths with ``/``, and contents; asked for one by one, once it is certain that they may be written.
        overwrite: Whether the files of an earlier export may be replaced.
        wrote: Is told how many are written.

    Raises:
        Refused: the folder holds something that no export wrote, or an earlier export and ``overwrite`` is false, or it
            cannot be written.
    """
    _refuse_replacing(target, overwrite=overwrite)
    names: list[str] = []
    size = 0
    with new_folder(target) as folder:
        for name, content in files:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            names.append(name)
            size += len(content)
            wrote(len(names))
        (folder / LISTING).write_text("".join(f"{name}\n" for name in names), encoding="utf-8")
    return WrittenFolder(len(names), size)


def _refuse_replacing(target: Path, *, overwrite: bool) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise Refused([Problem(str(target), "this is no folder", "name a new or empty folder with -o")])
    try:
        others = list(islice(_others(target), _MOST_NAMED + 1))
        is_empty = next(target.iterdir(), None) is None
    except OSError as error:
        raise Refused([Problem(str(target), f"cannot be read: {reason(error)}")]) from error
    if others:
        what = f"this folder holds other things ({_listed(others)}), which the export would delete"
        raise Refused([Problem(str(target), what, "name a new or empty folder with -o")])
    if not is_empty and not overwrite:
        what = "this folder holds an earlier export"
        raise Refused([Problem(str(target), what, "name another folder with -o, or replace it with --force")])


def _others(folder: Path) -> Iterator[str]:
    """The files and links in ``folder`` that no export wrote, and empty folders where none ever wrote."""
    listing = folder / LISTING
    listed = listing.read_text(encoding="utf-8", errors="replace").splitlines() if listing.is_file() else []
    ours = {*listed, LISTING} if listed else set()
    if not ours:
        yield from (f"{path.name}/" for path in folder.iterdir() if path.is_dir() and not any(path.iterdir()))
    for place, folders, names in os.walk(folder, onerror=_raise):
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        for name in (*names, *links):
            relative = (Path(place) / name).relative_to(folder).as_posix()
            if relative not in ours:
                yield relative


def _raise(error: OSError) -> None:
    raise error


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:_MOST_NAMED]) + (" and more" if len(names) > _MOST_NAMED else "")
