"""A recorder between SQLite and the disk: every write, truncation, sync and deletion of a database and its logs.

It is a VFS of SQLite, made with ctypes from the default one: the functions that change a file are replaced by our own,
which note each call and pass it on. It becomes the default VFS of the very library that Python's ``sqlite3`` is linked
to, so that a program runs over it unchanged. See https://sqlite.org/vfs.html.
"""

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, Structure, addressof, c_char_p, c_int, c_int64, c_void_p, string_at
from dataclasses import dataclass, field
from random import Random
from typing import Any, NamedTuple

from benchmarks.torture.common import Unavailable

SECTOR = 512
"""Bytes that a disk writes as a whole, or not at all."""

_LOGS = 0x800 | 0x80000  # SQLITE_OPEN_MAIN_JOURNAL, _WAL
_RECORDED = 0x100 | _LOGS  # SQLITE_OPEN_MAIN_DB

_OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
_DELETE = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int)
_WRITE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
_TRUNCATE = CFUNCTYPE(c_int, c_void_p, c_int64)
_SYNC = CFUNCTYPE(c_int, c_void_p, c_int)


def _pointers(names: str) -> list[tuple[str, Any]]:
    return [(name, c_void_p) for name in names.split()]


class _Vfs(Structure):
    _fields_ = [
        ("iVersion", c_int),
        ("szOsFile", c_int),
        ("mxPathname", c_int),
        ("pNext", c_void_p),
        ("zName", c_char_p),
        ("pAppData", c_void_p),
        *_pointers("xOpen xDelete xAccess xFullPathname xDlOpen xDlError xDlSym xDlClose xRandomness xSleep"),
        *_pointers("xCurrentTime xGetLastError xCurrentTimeInt64 xSetSystemCall xGetSystemCall xNextSystemCall"),
    ]


class _Methods(Structure):
    _fields_ = [
        ("iVersion", c_int),
        *_pointers("xClose xRead xWrite xTruncate xSync xFileSize xLock xUnlock xCheckReservedLock xFileControl"),
        *_pointers("xSectorSize xDeviceCharacteristics xShmMap xShmLock xShmBarrier xShmUnmap xFetch xUnfetch"),
    ]


class _File(Structure):
    _fields_ = [("pMethods", c_void_p)]


class Step(NamedTuple):
    """Something that SQLite asked of the disk.

    Attributes:
        kind: ``write``, ``truncate``, ``sync`` or ``delete``.
        path: The file.
        offset: Of a write its place, of a truncation the size that is left; otherwise whether the folder is synced.
        data: What is written.
    """

    kind: str
    path: str
    offset: int = 0
    data: bytes = b""


class Recorder:
    """The VFS, and the steps that went through it."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self._library = _library()
        self._plain = _Vfs.from_address(self._library.sqlite3_vfs_find(None))
        self._paths: dict[int, str] = {}
        self._fresh: set[int] = set()
        self._methods: dict[int, _Methods] = {}
        self._kept: list[object] = []
        self._vfs = _Vfs.from_buffer_copy(self._plain)
        self._vfs.zName = b"recorder"
        self._plain_open, self._plain_delete = _OPEN(self._plain.xOpen), _DELETE(self._plain.xDelete)
        self._vfs.xOpen = self._callback(_OPEN, self._open)
        self._vfs.xDelete = self._callback(_DELETE, self._delete)

    @contextmanager
    def recording(self) -> Iterator[None]:
        """Whatever opens a database while the block runs is recorded; it must be closed when the block ends."""
        self._library.sqlite3_vfs_register(addressof(self._vfs), 1)
        try:
            yield
        finally:
            self._library.sqlite3_vfs_unregister(addressof(self._vfs))
            self._library.sqlite3_vfs_register(addressof(self._plain), 1)

    def _callback(self, kind: Any, function: Callable[..., int]) -> c_void_p:
        # SQLite keeps the pointer only; the function behind it must not be collected.
        made = kind(function)
        self._kept.append(made)
        return ctypes.cast(made, c_void_p)

    def _open(self, vfs: int, name: int | None, file: int, flags: int, out: int) -> int:
        code = self._plain_open(vfs, name, file, flags, out)
        if code == 0 and name and flags & _RECORDED:
            opened = _File.from_address(file)
            self._paths[file] = string_at(name).decode()
            if flags & _LOGS:
                self._fresh.add(file)
            opened.pMethods = addressof(self._recorded(opened.pMethods))
        return int(code)

    def _recorded(self, address: int) -> _Methods:
        if address not in self._methods:
            plain = _Methods.from_address(address)
            methods = _Methods.from_buffer_copy(plain)
            methods.iVersion = min(plain.iVersion, 2)  # 3 would write through memory, unseen
            write, truncate = _WRITE(plain.xWrite), _TRUNCATE(plain.xTruncate)

            def on_write(file: int, data: int, size: int, offset: int) -> int:
                self.steps.append(Step("write", self._paths[file], offset, string_at(data, size)))
                return int(write(file, data, size, offset))

            def on_truncate(file: int, size: int) -> int:
                self.steps.append(Step("truncate", self._paths[file], size))
                return int(truncate(file, size))

            def on_sync(file: int, flags: int) -> int:
                # Not passed on: what is on the disk after a power cut is computed, so there is no need to wait. The
                # first sync of a log after it was opened syncs its folder, too.
                self.steps.append(Step("sync", self._paths[file], file in self._fresh))
                self._fresh.discard(file)
                return 0

            methods.xWrite = self._callback(_WRITE, on_write)
            methods.xTruncate = self._callback(_TRUNCATE, on_truncate)
            methods.xSync = self._callback(_SYNC, on_sync)
            self._methods[address] = methods
        return self._methods[address]

    def _delete(self, vfs: int, name: bytes, sync: int) -> int:
        self.steps.append(Step("delete", name.decode(), sync))
        return int(self._plain_delete(vfs, name, sync))


def _library() -> ctypes.CDLL:
    """The SQLite that Python's ``sqlite3`` is linked to."""
    import _sqlite3

    try:
        library = ctypes.CDLL(_sqlite3.__file__)  # symbols are looked up in what it is linked to, too
        library.sqlite3_vfs_find.restype = c_void_p
        library.sqlite3_vfs_find.argtypes = [c_char_p]
        library.sqlite3_vfs_register.argtypes = [c_void_p, c_int]
        library.sqlite3_vfs_unregister.argtypes = [c_void_p]
    except (AttributeError, OSError) as error:
        raise Unavailable(f"Python's SQLite is linked statically and cannot be recorded: {error}") from error
    return library


@dataclass
class Disk:
    """Files as they are on a disk, and the steps since their last sync, which a power cut may undo."""

    synced: dict[str, bytearray] = field(default_factory=dict)
    pending: dict[str, list[Step]] = field(default_factory=dict)

    def take(self, step: Step) -> None:
        """Does ``step``. A sync makes the steps of its file last, and one of the folder all deletions."""
        self.pending.setdefault(step.path, []).append(step)
        if step.kind == "sync":
            for earlier in self.pending.pop(step.path):
                apply(self.synced, earlier)
        if step.kind in ("sync", "delete") and step.offset:
            for path, waiting in self.pending.items():
                self.pending[path] = self._without_deletions(waiting)

    def _without_deletions(self, waiting: list[Step]) -> list[Step]:
        last = max((number for number, step in enumerate(waiting, 1) if step.kind == "delete"), default=0)
        for step in waiting[:last]:
            apply(self.synced, step)
        return waiting[last:]

    def after_power_cut(self, chance: Random) -> dict[str, bytearray]:
        """What may be found afterwards: each step that was not synced is kept, lost, or torn at a sector."""
        files = {path: bytearray(content) for path, content in self.synced.items()}
        kept = chance.choice([0.0, 0.1, 0.5, 0.9, 1.0])
        for waiting in self.pending.values():
            for step in waiting:
                if step.kind == "write" and chance.random() < 0.3:
                    for part in sectors(step):
                        if chance.random() < kept:
                            apply(files, part)
                elif chance.random() < kept:
                    apply(files, step)
        return files


def sectors(step: Step) -> Iterator[Step]:
    """The parts of a write that are in different sectors."""
    end = step.offset + len(step.data)
    start = step.offset
    while start < end:
        stop = min(end, (start // SECTOR + 1) * SECTOR)
        yield step._replace(offset=start, data=step.data[start - step.offset : stop - step.offset])
        start = stop


def apply(files: dict[str, bytearray], step: Step) -> None:
    """Changes ``files`` as ``step`` says."""
    if step.kind == "delete":
        files.pop(step.path, None)
        return
    content = files.setdefault(step.path, bytearray())
    if step.kind == "write":
        content.extend(bytes(max(0, step.offset - len(content))))
        content[step.offset : step.offset + len(step.data)] = step.data
    elif step.kind == "truncate":
        del content[step.offset :]
