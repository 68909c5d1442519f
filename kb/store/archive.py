"""The log as one file that any tool opens: a ZIP whose comment is the SHA-256 of every byte before it.

``templates/archive/verify.py`` says what an archive promises, and checks it without this program.
"""

import re
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from io import SEEK_END, BufferedReader
from typing import IO, Annotated, cast
from zipfile import ZIP_DEFLATED, BadZipFile, ZipExtFile, ZipFile

import msgspec
from sqlalchemy import Connection
from sqlalchemy.schema import CreateTable

from kb.domain.problem import Problem, Refused
from kb.store.chain import first_fault
from kb.store.log import ATTACHED, Head, Progress, Row, head_of, rows_after, silent
from kb.store.schema import METADATA

README, VERIFIER, SCHEMA, LOG, HEAD = "README.txt", "verify.py", "schema.sql", "log.jsonl", "head.txt"
GUIDES = (README, VERIFIER)
"""The files that explain and check an archive; the same in every archive."""

_MEMBERS = (*GUIDES, SCHEMA, LOG, HEAD)
_FORMAT = "kb archive 1"
_DOCUMENT = re.compile(r"documents/[0-9a-f]{64}")
_DIGITS = 64

_LONGEST_LINE = 1 << 28
_LARGEST_DOCUMENT = 1 << 28
"""Bytes, far beyond what is ever written: a small file must not unfold into more than memory holds."""

_BLOCK = 1 << 20
_CHUNK = 1000

_Whole = Annotated[int, msgspec.Meta(ge=1, le=(1 << 63) - 1)]
_decode = msgspec.json.Decoder(
    tuple[_Whole, str, _Whole, str, str, str, str, str, str, str | None, str | None, str, str, str]
).decode
_encode_lines = msgspec.json.Encoder().encode_lines

_NOT_AS_WRITTEN = "take another copy of the archive"


# Writing


@dataclass(frozen=True, slots=True)
class Contents:
    """What was written into an archive.

    Attributes:
        head: The last event.
        documents: SHA-256 of each document.
        lacking: What is wrong with each document that the log attached and that the archive does not hold.
    """

    head: Head
    documents: tuple[str, ...] = ()
    lacking: tuple[Problem, ...] = ()


def write_archive(
    file: IO[bytes],
    connection: Connection,
    guides: Mapping[str, bytes],
    document: Callable[[str], bytes | Problem] | None = None,
    progress: Progress = silent,
) -> Contents:
    """What was written into ``file``: the whole log, which was verified first. The same log gives the same bytes.

    Args:
        file: Open for reading and writing, empty.
        connection: One transaction, so that all of it is of one moment.
        guides: The content of ``GUIDES``.
        document: Gives the bytes of an attached document by its SHA-256, or what is wrong with them; without it the
            archive holds no documents.
        progress: Is told about both passes over the log.

    Raises:
        Refused: the log does not verify.
        OSError: ``file`` cannot be written.
    """
    if fault := first_fault(connection, progress):
        hint = "an archive of this log would keep the damage; restore an earlier one"
        raise Refused([Problem(where=fault.where, what=fault.what, hint=hint)])
    head = head_of(connection)
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.comment = b"0" * _DIGITS
        for name in GUIDES:
            _add(archive, name, guides[name])
        _add(archive, SCHEMA, schema_sql().encode())
        attached = _write_log(archive, connection, head, progress)
        _add(archive, HEAD, f"{head}\n".encode())
        written, lacking = _write_documents(archive, sorted(attached), document) if document else ([], [])
    file.seek(-_DIGITS, SEEK_END)
    file.write(_digest(file))
    return Contents(head, tuple(written), tuple(lacking))


def schema_sql() -> str:
    """The table of the log in SQL."""
    table = str(CreateTable(METADATA.tables["log"])).strip()
    return f"-- A line of {LOG} is a row of this table; its values stand in the order of the columns.\n{table};\n"


def _write_log(archive: ZipFile, connection: Connection, head: Head, progress: Progress) -> set[str]:
    """The documents that the log attached, apart from events that were redacted."""
    attached: set[str] = set()
    with archive.open(LOG, "w", force_zip64=True) as lines:
        for rows in rows_after(connection, 0, head.position):
            lines.write(_encode_lines(rows))
            attached |= attached_documents(rows)
            progress(rows[-1][0], head.position)
    return attached


def _write_documents(
    archive: ZipFile, digests: Iterable[str], document: Callable[[str], bytes | Problem]
) -> tuple[list[str], list[Problem]]:
    """The documents that were written, and what is wrong with the others."""
    written: list[str] = []
    lacking: list[Problem] = []
    for digest in digests:
        content = document(digest)
        if isinstance(content, Problem):
            lacking.append(content)
        else:
            _add(archive, f"documents/{digest}", content)
            written.append(digest)
    return written, lacking


def _add(archive: ZipFile, name: str, content: bytes) -> None:
    # Opened by name, a member gets a fixed date, unlike with ``writestr``: the same log must give the same bytes.
    with archive.open(name, "w") as member:
        member.write(content)


def _digest(file: IO[bytes]) -> bytes:
    """SHA-256 of all of ``file`` but the digest at its end, which is left to be read or written next."""
    left = file.seek(0, SEEK_END) - _DIGITS
    file.seek(0)
    digest = sha256()
    while left > 0 and (block := file.read(min(left, _BLOCK))):
        digest.update(block)
        left -= len(block)
    return digest.hexdigest().encode()


# Reading


class Archive:
    """An archive whose bytes are as they were written; what they say is checked as it is read.

    Attributes:
        where: What to call it in a problem.
        head: The head of the log, as the archive names it.
        documents: SHA-256 of each document.
    """

    def __init__(self, archive: ZipFile, where: str) -> None:
        self._archive = archive
        self.where = where
        self.documents = self._document_names()
        self._require_known_format()
        self.head = self._read_head()

    def rows(self) -> Iterator[list[Row]]:
        """Every row of the log, in order and in chunks.

        Raises:
            Refused: a line is not the event at its position.
        """
        # Buffered: without, a line is read four times as slowly.
        with damage_refused(self.where), BufferedReader(cast(ZipExtFile, self._archive.open(LOG)), _BLOCK) as lines:
            rows: list[Row] = []
            for position, line in enumerate(iter(lambda: lines.readline(_LONGEST_LINE), b""), 1):
                rows.append(self._row(line, position))
                if len(rows) == _CHUNK:
                    yield rows
                    rows = []
            if rows:
                yield rows

    def _row(self, line: bytes, position: int) -> Row:
        try:
            row = _decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise self.refused(f"this line of {LOG} is not an event: {error}", position=position) from error
        if row[0] != position:
            raise self.refused(f"the event at position {row[0]} stands here", position=position)
        return row

    def document(self, digest: str) -> bytes:
        """The bytes of the document ``digest``.

        Raises:
            Refused: they are not those of this document.
        """
        with damage_refused(self.where):
            content = self._archive.open(f"documents/{digest}").read(_LARGEST_DOCUMENT)
        if sha256(content).hexdigest() != digest:
            raise self.refused(f"the bytes of documents/{digest} do not have this SHA-256")
        return content

    def check_documents(self, attached: set[str]) -> None:
        """Reads every document.

        Raises:
            Refused: one has other bytes than its name says, or is none of those that the log ``attached``.
        """
        for digest in self.documents:
            if digest not in attached:
                raise self.refused(f"no event of the log attached documents/{digest}")
            self.document(digest)

    def refused(self, what: str, *, position: int | None = None, hint: str = _NOT_AS_WRITTEN) -> Refused:
        """The refusal of this archive, for the event at ``position`` if there is one to blame."""
        return self.refused_at("" if position is None else f"position {position}", what, hint)

    def refused_at(self, place: str, what: str, hint: str = _NOT_AS_WRITTEN) -> Refused:
        """The refusal of this archive for a ``place`` in it."""
        where = f"{self.where}: {place}" if place else self.where
        return Refused([Problem(where=where, what=what, hint=hint)])

    def _document_names(self) -> tuple[str, ...]:
        names = self._archive.namelist()
        documents = [name for name in names if _DOCUMENT.fullmatch(name)]
        for name in names:
            if name not in _MEMBERS and name not in documents:
                raise self.refused(f"{name!r} does not belong in an archive")
        for name in _MEMBERS:
            if name not in names:
                raise self.refused(f"{name} is missing")
        if names != [*_MEMBERS, *sorted(set(documents))]:
            raise self.refused("its files do not stand in their order, each once")
        return tuple(name.removeprefix("documents/") for name in documents)

    def _require_known_format(self) -> None:
        line = self._text(README).partition("\n")[0]
        if line != _FORMAT:
            hint = "upgrade kb: a newer version wrote it"
            raise self.refused(f"this version reads {_FORMAT!r}, and the archive is {line[:40]!r}", hint=hint)

    def _read_head(self) -> Head:
        try:
            return Head.parse(self._text(HEAD))
        except ValueError as error:
            raise self.refused(f"{HEAD} holds no POSITION:HASH") from error

    def _text(self, name: str) -> str:
        """The beginning of a member."""
        return self._archive.open(name).read(200).decode(errors="replace")


@contextmanager
def opened_archive(file: IO[bytes], where: str) -> Iterator[Archive]:
    """The archive in ``file``, which was compared with the digest at its end.

    Raises:
        Refused: it is no archive, or not as it was written.
    """
    with damage_refused(where):
        _check_digest(file, where)
        archive = ZipFile(file)
    with archive:
        with damage_refused(where):
            opened = Archive(archive, where)
        yield opened


def _check_digest(file: IO[bytes], where: str) -> None:
    digest = _digest(file)
    written = file.read()
    if written == digest:
        return
    file.seek(0)
    if file.read(2) != b"PK":
        what = "this is not a kb archive"
    elif not re.fullmatch(rb"[0-9a-f]{64}", written):
        what = "this archive is truncated, or it is another kind of ZIP file"
    else:
        what = "the file was changed: its bytes do not match the digest at its end"
    raise Refused([Problem(where=where, what=what, hint=_NOT_AS_WRITTEN)])


_DAMAGE = (BadZipFile, zlib.error, EOFError, OSError, OverflowError, RuntimeError, ValueError, struct.error)
"""What ``zipfile`` raises for a file that it cannot read, besides its own error."""


@contextmanager
def damage_refused(where: str) -> Iterator[None]:
    """Turns whatever is wrong with the ZIP called ``where`` into ``Refused``."""
    try:
        yield
    except _DAMAGE as error:
        raise Refused([Problem(where=where, what=f"the ZIP is damaged: {error}", hint=_NOT_AS_WRITTEN)]) from error


def attached_documents(rows: Sequence[Row]) -> set[str]:
    """The documents that ``rows`` attached, apart from events that were redacted."""
    return {row[1] for row in rows if row[4].startswith(ATTACHED) and row[9] is not None}
