"""Exports that fill a folder are whole or not there, and never take the place of anything else."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.app.export_folder import LISTING, WrittenFolder, write_export_folder
from kb.domain.problem import Refused

FILES = [("index.html", b"start"), ("figures/a/b.html", b"a figure"), ("figures.html", b"figures")]


def write(target: Path, *, overwrite: bool = False) -> WrittenFolder:
    return write_export_folder(target, iter(FILES), overwrite=overwrite)


def refusal(target: Path, *, overwrite: bool = False) -> str:
    with pytest.raises(Refused) as refused:
        write(target, overwrite=overwrite)
    return str(refused.value.problems[0])


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("there", [False, True])
def test_a_new_or_empty_folder_is_filled(tmp_path: Path, there: bool) -> None:
    if there:
        (tmp_path / "out").mkdir()
    assert write(tmp_path / "out") == WrittenFolder(3, 20)
    listing = b"index.html\nfigures/a/b.html\nfigures.html\n"
    assert tree(tmp_path) == {f"out/{name}": content for name, content in FILES} | {f"out/{LISTING}": listing}


def test_an_earlier_export_is_replaced_only_if_forced(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(out)
    (out / "figures.html").write_text("edited")
    assert "this folder holds an earlier export" in refusal(out)
    write(out, overwrite=True)
    assert tree(out) | dict(FILES) == tree(out)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("other", ["notes.txt", "figures/mine.html", "index.html", "a/b/c/d"])
@pytest.mark.parametrize("exported", [False, True])
def test_a_folder_with_other_things_is_never_replaced(tmp_path: Path, other: str, exported: bool) -> None:
    out = tmp_path / "out"
    if exported and other != "index.html":
        write(out)
    (out / other).parent.mkdir(parents=True, exist_ok=True)
    (out / other).write_text("mine")
    before = tree(tmp_path)
    assert f"this folder holds other things ({other}" in refusal(out, overwrite=True)
    assert tree(tmp_path) == before


def test_an_empty_folder_in_it_is_another_thing(tmp_path: Path) -> None:
    (tmp_path / "out" / "mine").mkdir(parents=True)
    assert "holds other things (mine/)" in refusal(tmp_path / "out", overwrite=True)


def test_a_link_beside_an_earlier_export_is_another_thing(tmp_path: Path) -> None:
    write(tmp_path / "out")
    (tmp_path / "out" / "link").symlink_to(tmp_path)
    assert "holds other things (link)" in refusal(tmp_path / "out", overwrite=True)


@pytest.mark.parametrize("there", [False, True])
@pytest.mark.parametrize("room", [0, 2])
def test_a_full_disk_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool, room: int
) -> None:
    if there:
        write(tmp_path / "out")
    before = tree(tmp_path)
    write_bytes, files = Path.write_bytes, iter(range(room))

    def full(path: Path, data: bytes) -> int:
        if next(files, None) is None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write_bytes(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    outcome = "the folder is as it was" if there else "no folder was made"
    assert f"cannot be written: the disk is full; {outcome}" in refusal(tmp_path / "out", overwrite=True)
    assert tree(tmp_path) == before


@pytest.mark.parametrize("there", [False, True])
def test_whatever_fails_leaves_everything_as_it_was(tmp_path: Path, there: bool) -> None:
    if there:
        write(tmp_path / "out")
    before = tree(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        write_export_folder(tmp_path / "out", failing(), overwrite=True)
    assert tree(tmp_path) == before


def failing() -> Iterator[tuple[str, bytes]]:
    yield FILES[0]
    raise KeyboardInterrupt


def test_a_folder_that_cannot_be_moved_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "out")
    rename, before = Path.rename, tree(tmp_path)

    def refuse(path: Path, target: Path) -> Path:
        if path.name.endswith(".tmp"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    assert "cannot be written: Permission denied; the folder is as it was" in refusal(tmp_path / "out", overwrite=True)
    assert tree(tmp_path) == before


def test_a_read_only_place_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, *_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "mkdir", refuse)
    assert "cannot be written: Permission denied; no folder was made" in refusal(tmp_path / "out")


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    assert "this is no folder" in refusal(tmp_path / "out", overwrite=True)


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to("real")
    write(tmp_path / "out")
    assert (tmp_path / "out").is_symlink() and (tmp_path / "real" / "index.html").exists()
