"""The copies of a base that lie beside it: bases that were set aside or copied, and archives."""

from pathlib import Path
from zipfile import BadZipFile, ZipFile

from sqlalchemy.engine import URL

from kb.store.archive import HEAD, LOG
from kb.store.engine import file_of
from kb.store.writer import belongs_to_base

_SQLITE = b"SQLite format 3\0"
"""How every SQLite file begins."""
_WRITE_AHEAD_LOGS = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")
"""How a write-ahead log begins, in either order of bytes."""


def copies_beside(url: URL) -> tuple[Path, ...]:
    """Files in the folder of the SQLite file at ``url`` that hold a base, or may hold one, in order of name.

    They are known by what is in them, whatever their names: a base that a restore set aside, or left behind when it was
    killed, a copy that somebody made, an archive. None for a database server.
    """
    base = file_of(url)
    if base is None:
        return ()
    try:
        files = sorted({*base.parent.iterdir(), *base.parent.glob(".*-restoring-*/*")})
    except OSError:
        return ()
    return tuple(file for file in files if not belongs_to_base(file, url) and _may_hold_base(file))


def _may_hold_base(file: Path) -> bool:
    try:
        if not file.is_file():
            return False
        with file.open("rb") as stream:
            beginning = stream.read(len(_SQLITE))
        return beginning == _SQLITE or beginning.startswith(_WRITE_AHEAD_LOGS) or _is_archive(file, beginning)
    except OSError:
        return False


def _is_archive(file: Path, beginning: bytes) -> bool:
    if not beginning.startswith(b"PK"):
        return False
    try:
        with ZipFile(file) as archive:
            return {LOG, HEAD} <= {*archive.namelist()}
    except (BadZipFile, ValueError):
        return False
