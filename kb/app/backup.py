"""The whole base in one file, and a base made from such a file again."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from sqlalchemy import Engine
from sqlalchemy.engine import URL

from kb.app.own_files import refuse_own_file
from kb.app.wiring import document_store
from kb.app.workspace import Workspace, bundled_folder
from kb.atomic_file import reason, replaced_file
from kb.domain.problem import Problem, Refused
from kb.reasoning.reconcile import Reconciler
from kb.store.archive import GUIDES, opened_archive, write_archive
from kb.store.engine import database_url, display_name, emptied, exists, no_base, reading_engine, refusing
from kb.store.log import Head, Progress, head_of, silent
from kb.store.restoring import Restorer
from kb.store.schema import REVISION, current_revision, holds_log, refuse_newer
from kb.store.turn import Waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What was written into an archive.

    Attributes:
        head: The last event in it.
        documents: How many documents it holds.
        size: Bytes of the file.
        lacking: What is wrong with each document that is attached, and that the archive does not hold.
    """

    head: Head
    documents: int
    size: int
    lacking: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Restoration:
    """What was made from an archive.

    Attributes:
        head: The last event of the base.
        documents: How many documents were put back.
        kept: Where the base is that was replaced; None where there was none.
    """

    head: Head
    documents: int
    kept: Path | None


def back_up(
    workspace: Workspace, target: Path, *, documents: bool, overwrite: bool, progress: Progress = silent
) -> Backup:
    """Write the log of ``workspace``, as it is at one moment, into the archive ``target``, complete or not at all.

    An archive that lacks a document takes the place of no other file: that one may hold it.

    Args:
        workspace: Where from; others may go on writing.
        target: The file.
        documents: Whether the archive holds the attached documents too.
        overwrite: Whether ``target`` may exist already.
        progress: Is told how many events are verified, then how many are written.

    Raises:
        Refused: there is no base, its log does not verify, a file would be replaced by an archive that lacks documents,
            or the file cannot be written.
    """
    place = database_url(workspace.database)
    _require_base(place)
    _require_free(target, workspace, overwrite=overwrite)
    store = document_store(workspace)
    guides = {name: (bundled_folder("templates") / "archive" / name).read_bytes() for name in GUIDES}
    engine = reading_engine(place)
    try:
        # The file is the outer block: what the disk refuses is no error of the database.
        with (
            replaced_file(target, overwrite=overwrite) as file,
            refusing(display_name(place)),
            engine.connect() as connection,
        ):
            contents = write_archive(file, connection, guides, store.content if documents else None, progress)
            if contents.lacking and target.exists():
                raise _would_lose(target, contents.lacking)
            size = file.seek(0, os.SEEK_END)
    except FileExistsError:
        raise _occupied(target) from None
    finally:
        engine.dispose()
    return Backup(head=contents.head, documents=len(contents.documents), size=size, lacking=contents.lacking)


def _would_lose(target: Path, lacking: Sequence[Problem]) -> Refused:
    lost = "a document" if len(lacking) == 1 else f"{len(lacking)} documents"
    what = f"this file was not replaced: the new archive would lack {lost}"
    return Refused([*lacking, Problem(str(target), what, "mend the documents first, or name another file")])


def restore(
    workspace: Workspace,
    file: Path,
    *,
    replace: bool = False,
    expected: Head | None = None,
    progress: Progress = silent,
    waiting: Waiting | None = None,
) -> Restoration:
    """Make the base of ``workspace`` from the archive ``file``, and put its documents back, all or nothing.

    Args:
        workspace: Where to.
        file: An archive of any base, from SQLite or PostgreSQL.
        replace: Whether a SQLite base with events may be set aside for it.
        expected: A head that was kept elsewhere, which the log must hold.
        progress: Is told how far each pass over the log is.
        waiting: Is told about once a second that others write to the base.

    Raises:
        Refused: the file is no archive or has a fault, the base has events already, or it cannot be written.
    """
    place = database_url(workspace.database)
    store = document_store(workspace)
    restorer = Restorer(
        migrations=bundled_folder("migrations"),
        reconciler=Reconciler(),
        replace=replace,
        expected=expected,
        progress=progress,
        waiting=waiting,
    )
    with _reading(file) as stream, opened_archive(stream, str(file)) as archive:
        # Documents come before the base: should this be the last moment of the process, a base without them would
        # look complete, and documents without a base do no harm.
        with restorer.restored(place, archive) as restored:
            store.put_back(archive.document(digest) for digest in archive.documents)
        return Restoration(head=restored.head, documents=len(archive.documents), kept=restored.kept)


def _require_base(place: URL) -> None:
    where = display_name(place)
    revision = None
    if exists(place):
        engine = reading_engine(place)
        try:
            revision = _revision(engine, where)
            # Of a base that was damaged, the log may still be whole; whether it is, is checked when it is written.
            if revision is None and holds_log(engine, where):
                revision = REVISION
        finally:
            engine.dispose()
    if revision is None:
        raise emptied(place) or no_base(place)
    refuse_newer(revision, bundled_folder("migrations"), where)


def _revision(engine: Engine, where: str) -> str | None:
    try:
        return current_revision(engine, where)
    except Refused:
        # A page with the revision may be damaged. Whether the log is intact is checked when it is written.
        with refusing(where), engine.connect() as connection:
            head_of(connection)
        return REVISION


def _require_free(target: Path, workspace: Workspace, *, overwrite: bool) -> None:
    refuse_own_file(target, workspace)
    if target.exists() and not overwrite:
        raise _occupied(target)


def _occupied(target: Path) -> Refused:
    hint = "name another file, or replace this one with --force"
    return Refused([Problem(where=str(target), what="this file exists already", hint=hint)])


@contextmanager
def _reading(file: Path) -> Iterator[IO[bytes]]:
    try:
        stream = file.open("rb")
    except OSError as error:
        raise Refused([Problem(where=str(file), what=f"cannot be read: {reason(error)}")]) from error
    with stream:
        yield stream
