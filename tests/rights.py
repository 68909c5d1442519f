"""Files that this user may not read, also where the tests are run by the administrator, who may read everything."""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_VERSION = 0x20080522  # _LINUX_CAPABILITY_VERSION_3
_READ_ANYTHING = 1 << 1 | 1 << 2  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Sets(ctypes.Structure):
    _fields_ = (("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32))


@contextmanager
def closed(path: Path, mode: int = 0) -> Iterator[None]:
    """``path`` with ``mode``, and this thread without the rights of an administrator to look into it."""
    before = path.stat().st_mode & 0o777
    path.chmod(mode)
    try:
        with _as_any_user():
            yield
    finally:
        path.chmod(before)


@contextmanager
def _as_any_user() -> Iterator[None]:
    if not hasattr(os, "geteuid"):
        pytest.skip("this system has no modes")
    if os.geteuid():
        yield
        return
    if not sys.platform.startswith("linux"):
        pytest.skip("the administrator may read everything")
    header, sets = _Header(_VERSION, 0), (_Sets * 2)()
    _call("capget", header, sets)
    effective = sets[0].effective
    sets[0].effective = effective & ~_READ_ANYTHING
    _call("capset", header, sets)
    try:
        yield
    finally:
        sets[0].effective = effective
        _call("capset", header, sets)


def _call(name: str, header: _Header, sets: ctypes.Array[_Sets]) -> None:
    if getattr(ctypes.CDLL(None, use_errno=True), name)(ctypes.byref(header), sets):
        pytest.skip(f"{name}: {os.strerror(ctypes.get_errno())}")
