"""A file is written whole, or it stays as it was: whatever fails, and whenever."""

import errno
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from kb.atomic_file import replaced_file, write_file
from kb.domain.problem import Refused
from tests.rights import closed

OLD, NEW = b"judged by hand\n", b"drafted\n" * 1000
POSIX = pytest.mark.skipif(os.name != "posix", reason="modes, links and pipes as POSIX has them")


@pytest.fixture
def seed(tmp_path: Path) -> Path:
    path = tmp_path / "quay.yaml"
    path.write_bytes(OLD)
    return path


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def failing(code: int, after: int = 0) -> Callable[..., object]:
    """A call that fails with ``code`` once it was made ``after`` times."""
    calls = iter(range(after))

    def call(*arguments: object, **_: object) -> object:
        if next(calls, None) is None:
            raise OSError(code, os.strerror(code))
        return os.pwrite(arguments[0], bytes(arguments[1][:100]), 0)  # type: ignore[arg-type, index]

    return call


STEPS = [
    ("write", failing(errno.ENOSPC), "the disk is full"),
    ("write", failing(errno.ENOSPC, after=1), "the disk is full"),
    ("write", failing(errno.EDQUOT), os.strerror(errno.EDQUOT)),
    ("fsync", failing(errno.EIO), os.strerror(errno.EIO)),
    ("replace", failing(errno.EBUSY), os.strerror(errno.EBUSY)),
]


@POSIX
@pytest.mark.parametrize(("step", "call", "why"), STEPS)
def test_when_a_step_fails_the_old_file_is_whole_and_the_message_says_so(
    seed: Path, monkeypatch: pytest.MonkeyPatch, step: str, call: Callable[..., object], why: str
) -> None:
    monkeypatch.setattr(os, step, call)
    with pytest.raises(Refused) as refused:
        write_file(seed, NEW)
    assert str(refused.value) == f"{seed}: cannot be written: {why}; the file is as it was"
    assert seed.read_bytes() == OLD
    assert names(seed.parent) == [seed.name]


@POSIX
@pytest.mark.parametrize("overwrite", [True, False])
@pytest.mark.parametrize("step", ["write", "fsync"])
def test_when_a_new_file_cannot_be_finished_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, overwrite: bool
) -> None:
    monkeypatch.setattr(os, step, failing(errno.ENOSPC))
    with pytest.raises(Refused, match="no file was made"):
        write_file(tmp_path / "new.yaml", NEW, overwrite=overwrite)
    assert names(tmp_path) == []


@POSIX
def test_when_the_folder_cannot_be_flushed_the_message_says_that_the_file_was_written(
    seed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flush, calls = os.fsync, iter((1,))

    def fsync(handle: int) -> None:
        if next(calls, None) is None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        flush(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    told = "the file was written, but this may be lost if the power fails: the disk is full"
    with pytest.raises(Refused, match=told):
        write_file(seed, NEW)
    assert seed.read_bytes() == NEW


def test_after_an_interruption_the_old_file_is_whole(seed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_file(seed, NEW)
    assert (seed.read_bytes(), names(seed.parent)) == (OLD, [seed.name])


def test_a_reader_who_has_the_old_file_open_keeps_it(seed: Path) -> None:
    with seed.open("rb") as reader:
        write_file(seed, NEW)
        assert reader.read() == OLD
    assert seed.read_bytes() == NEW


def test_a_file_that_exists_is_left_alone_unless_it_may_be_replaced(seed: Path) -> None:
    with pytest.raises(FileExistsError):
        write_file(seed, NEW, overwrite=False)
    assert (seed.read_bytes(), names(seed.parent)) == (OLD, [seed.name])


@pytest.mark.parametrize("has_links", [True, False])
def test_a_file_that_another_process_makes_in_the_meantime_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool
) -> None:
    target = tmp_path / "new.yaml"
    monkeypatch.setattr(os, "fsync", lambda _: target.write_bytes(OLD))
    if not has_links:
        monkeypatch.setattr(os, "link", failing(errno.EPERM))
    with pytest.raises(FileExistsError):
        write_file(target, NEW, overwrite=False)
    assert (target.read_bytes(), names(tmp_path)) == (OLD, [target.name])


def test_a_new_file_is_made_where_the_file_system_has_no_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "link", failing(errno.EPERM))
    write_file(tmp_path / "new.yaml", NEW, overwrite=False)
    assert ((tmp_path / "new.yaml").read_bytes(), names(tmp_path)) == (NEW, ["new.yaml"])


@POSIX
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_a_file_keeps_its_mode(seed: Path, mode: int) -> None:
    seed.chmod(mode)
    write_file(seed, NEW)
    assert stat.S_IMODE(seed.stat().st_mode) == mode


@POSIX
def test_a_new_file_gets_the_mode_that_the_user_gives_new_files(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_file(tmp_path / "new.yaml", NEW)
        write_file(tmp_path / "newer.yaml", NEW, overwrite=False)
    finally:
        os.umask(before)
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o640}


@POSIX
def test_what_may_not_be_looked_at_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "shut").mkdir()
    target = tmp_path / "shut" / "seed.yaml"
    with closed(target.parent):
        with pytest.raises(Refused) as refused:
            write_file(target, NEW)
        assert str(refused.value) == f"{target}: cannot be written: Permission denied"
        with pytest.raises(Refused, match="cannot be written: Permission denied"), replaced_file(target):
            raise AssertionError("the file was opened")


@POSIX
def test_a_protected_file_is_not_replaced(seed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seed.chmod(0o444)
    # The administrator, who may run the tests, is allowed everything.
    monkeypatch.setattr(os, "access", lambda path, _: bool(Path(path).stat().st_mode & 0o200))
    with pytest.raises(Refused, match="Permission denied; the file is as it was"):
        write_file(seed, NEW)
    assert seed.read_bytes() == OLD


@POSIX
@pytest.mark.parametrize("overwrite", [True, False])
def test_a_link_stays_one_and_what_it_points_to_is_written(seed: Path, overwrite: bool) -> None:
    link = seed.parent / "linked" / "seed.yaml"
    link.parent.mkdir()
    link.symlink_to(seed if overwrite else "../other.yaml")
    write_file(link, NEW, overwrite=overwrite)
    assert link.is_symlink() and link.resolve().read_bytes() == NEW
    assert names(link.parent) == [link.name]


@POSIX
def test_a_link_to_a_file_that_exists_or_to_itself_is_refused(seed: Path) -> None:
    link, circle = seed.parent / "link.yaml", seed.parent / "circle.yaml"
    link.symlink_to(seed)
    circle.symlink_to(circle)
    with pytest.raises(FileExistsError):
        write_file(link, NEW, overwrite=False)
    with pytest.raises(Refused, match="symbolic links"):
        write_file(circle, NEW)
    assert seed.read_bytes() == OLD and circle.is_symlink()


def test_missing_folders_are_made_and_what_is_none_is_named(seed: Path) -> None:
    write_file(seed.parent / "a" / "b" / "new.yaml", NEW)
    assert (seed.parent / "a" / "b" / "new.yaml").read_bytes() == NEW
    with pytest.raises(Refused, match="this is a folder"):
        write_file(seed.parent / "a", NEW)
    with pytest.raises(Refused, match=r"quay.yaml is not a folder; no file was made"):
        write_file(seed / "b" / "new.yaml", NEW)


@POSIX
def test_a_pipe_gets_what_is_written(tmp_path: Path) -> None:
    pipe, read = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write_file(pipe, NEW, overwrite=False)
    reader.join()
    assert read == [NEW] and names(tmp_path) == ["pipe"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no /dev/full")
def test_a_full_device_says_so() -> None:
    with pytest.raises(Refused) as refused:
        write_file(Path("/dev/full"), NEW)
    assert str(refused.value) == "/dev/full: cannot be written: the disk is full"


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/stdout as Linux has it")
def test_standard_output_that_is_a_file_keeps_what_is_in_it(tmp_path: Path) -> None:
    program = "from kb.atomic_file import write_file, Path; print('before', flush=True);"
    program += "write_file(Path('/dev/stdout'), b'text\\n', overwrite=False); print('after')"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with (tmp_path / "out").open("wb") as out:
        subprocess.run([sys.executable, "-c", program], stdout=out, env=environment, check=True)
    assert (tmp_path / "out").read_text() == "before\ntext\nafter\n"
