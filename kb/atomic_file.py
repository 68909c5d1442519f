"""Files that are written whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from kb.domain.problem import Problem, Refused

_NO_FLUSHING = (errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EPERM)
"""Errors of file systems that cannot flush a folder, and of folders that may be written to and not read."""


def write_file(target: Path, data: bytes, *, overwrite: bool = True) -> None:
    """Write ``data`` to the file ``target``: when this returns, it is whole and on disk; else it is as it was.

    Missing folders are made. A symbolic link stays one: what it points to is written. A file that is replaced keeps its
    mode and, where the system allows it, its owner. What is no file, such as a pipe or ``/dev/stdout``, is written to
    as it is.

    Raises:
        FileExistsError: the file exists, and ``overwrite`` is false.
        BrokenPipeError: it is a pipe that nobody reads any more.
        Refused: it cannot be written.
    """
    is_stream = _is_stream(target)
    try:
        if is_stream:
            _write_to_stream(target, data)
        else:
            _write_beside(_followed(target), data, overwrite)
    except (FileExistsError, BrokenPipeError):
        raise
    except OSError as error:
        outcome = "" if is_stream else _outcome(target)
        raise Refused([Problem(where=str(target), what=f"cannot be written: {reason(error)}{outcome}")]) from error


def _outcome(target: Path) -> str:
    """What a failure left of ``target``; empty where that may not be looked at."""
    try:
        if target.is_file():
            return "; the file is as it was"
        return "" if target.exists() else "; no file was made"
    except OSError:
        return ""


def reason(error: OSError) -> str:
    """Why something could not be read or written, in words."""
    return "the disk is full" if error.errno == errno.ENOSPC else error.strerror or str(error)


def _is_stream(target: Path) -> bool:
    """Whether ``target`` is a pipe, a device, or where this process sends its output anyway."""
    try:
        status = target.stat()
    except OSError:
        return False
    is_file = stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)
    return not is_file or _standard_stream(status) is not None


def _standard_stream(status: os.stat_result) -> int | None:
    """The descriptor of standard output or error, where that is the file of ``status``."""
    # /dev/stdout may lead to a regular file. Replacing that would lose what was and will be written to it.
    for descriptor in (1, 2):
        with suppress(OSError):
            if os.path.samestat(status, os.fstat(descriptor)):
                return descriptor
    return None


def _write_to_stream(target: Path, data: bytes) -> None:
    descriptor = _standard_stream(target.stat())
    handle = os.open(target, os.O_WRONLY) if descriptor is None else os.dup(descriptor)
    try:
        _write_all(handle, data)
    finally:
        os.close(handle)


def _write_all(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _followed(target: Path) -> Path:
    """The path that ``target`` leads to if it is a symbolic link, whether or not there is a file; else ``target``."""
    if not target.is_symlink():
        return target
    path = Path(os.path.realpath(target))
    if path.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    return path


def _write_beside(target: Path, data: bytes, overwrite: bool) -> None:
    with _beside(target, overwrite=overwrite) as file:
        _write_all(file.fileno(), data)


@contextmanager
def replaced_file(target: Path, *, overwrite: bool = True) -> Iterator[IO[bytes]]:
    """A new file that nobody else can read, open for reading and writing, which becomes ``target`` at the end.

    For what is too large to be held in memory; otherwise as ``write_file``, except that ``target`` must be a file.

    Raises:
        FileExistsError: the file exists, and ``overwrite`` is false.
        Refused: it cannot be written.
    """
    try:
        with _beside(_followed(target), overwrite=overwrite, private=True) as file:
            yield file
    except FileExistsError:
        raise
    except OSError as error:
        what = f"cannot be written: {reason(error)}{_outcome(target)}"
        raise Refused([Problem(where=str(target), what=what)]) from error


@contextmanager
def _beside(target: Path, *, overwrite: bool, private: bool = False) -> Iterator[IO[bytes]]:
    """A new file in the same folder, which gets the name ``target`` once the block has ended and it is on disk."""
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, "this is a folder")
    # A superuser may replace a device such as /dev/null, and every program of the machine would miss it.
    if target.exists() and not target.is_file():
        raise OSError(errno.EINVAL, "this is a device or a pipe, and not a file")
    replaced = target.stat() if target.exists() else None
    if replaced and not overwrite:
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
    # The folder alone decides whether a file may be replaced. Its owner may have protected the file itself.
    if replaced and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    _make_folder(target.parent)
    temporary = target.with_name(f".kb-{os.urandom(8).hex()}.tmp")
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(temporary, flags, 0o600 if replaced or private else 0o666)
    try:
        with os.fdopen(handle, "w+b") as file:
            _imitate(handle, None if private else replaced)
            yield file
            file.flush()
            os.fsync(handle)
        _rename(temporary, target, overwrite)
    finally:
        with suppress(OSError):
            temporary.unlink()
    flush_renaming(target, "the file was written")


def _imitate(handle: int, replaced: os.stat_result | None) -> None:
    """Give the new file the owner and the mode of the ``replaced`` one, as far as the system allows it."""
    if replaced and os.name == "posix":
        with suppress(OSError):
            os.fchown(handle, replaced.st_uid, replaced.st_gid)
        with suppress(OSError):
            os.fchmod(handle, stat.S_IMODE(replaced.st_mode) & 0o777)


def _rename(temporary: Path, target: Path, overwrite: bool) -> None:
    if overwrite:
        temporary.replace(target)
        return
    # Only a link refuses to take the place of a file that another process made in the meantime.
    try:
        target.hardlink_to(temporary)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):
        _claim_and_rename(temporary, target)


def _claim_and_rename(temporary: Path, target: Path) -> None:
    """The same on a file system without links: an empty file takes the name first."""
    target.touch(exist_ok=False)
    try:
        temporary.replace(target)
    except BaseException:
        target.unlink()
        raise


def _make_folder(folder: Path) -> None:
    if folder.is_dir():
        return
    _make_folder(folder.parent)
    try:
        folder.mkdir(exist_ok=True)
    except FileExistsError:
        raise NotADirectoryError(errno.ENOTDIR, f"{folder} is not a folder") from None
    _flush_folder(folder.parent)


def flush_renaming(target: Path, outcome: str) -> None:
    """Have the disk keep the name of the file ``target``; ``outcome`` says what was done to it.

    Raises:
        Refused: the disk cannot; the file is there for now.
    """
    try:
        _flush_folder(target.parent)
    except OSError as error:
        what = f"{outcome}, but this may be lost if the power fails: {reason(error)}"
        raise Refused([Problem(where=str(target), what=what, hint="look at the disk")]) from error


def _flush_folder(folder: Path) -> None:
    """Have the disk keep the names in ``folder``."""
    if os.name != "posix":
        return
    try:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno not in _NO_FLUSHING:
            raise


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """A new empty folder beside ``target``, which takes its place once the block has ended.

    Whatever ``target`` held is gone then; if the block fails, it is as it was. A symbolic link stays one. The files are
    not forced to disk: what can be made again need not survive a power failure.

    Raises:
        Refused: a file in it cannot be written, or it cannot take the place.
    """
    try:
        real = _followed(target)
        _make_folder(real.parent)
        temporary = real.with_name(f".kb-{os.urandom(8).hex()}.tmp")
        temporary.mkdir()
        try:
            yield temporary
            _exchange(temporary, real)
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
    except OSError as error:
        outcome = "the folder is as it was" if target.exists() else "no folder was made"
        raise Refused([Problem(str(target), f"cannot be written: {reason(error)}; {outcome}")]) from error


def _exchange(made: Path, target: Path) -> None:
    """Give ``made`` the name ``target``, and delete the folder of this name if there is one."""
    if not target.exists():
        made.rename(target)
        return
    replaced = target.with_name(f".kb-{os.urandom(8).hex()}.old")
    target.rename(replaced)
    try:
        made.rename(target)
    except BaseException:
        replaced.rename(target)
        raise
    shutil.rmtree(replaced, ignore_errors=True)
