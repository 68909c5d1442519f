"""A base comes back from its archive, on either engine, whole or not at all."""

import errno
import io
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from multiprocessing import get_context
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kb.domain.event import Recorded
from kb.domain.problem import Refused
from kb.store.archive import opened_archive
from kb.store.engine import database_url
from kb.store.log import START, Head, head_of
from kb.store.restoring import Restored, Restorer
from kb.store.writer import Writer
from tests.ledger import MIGRATIONS, Ledger, Stocktaker, claim, figure, log_fault, source, table_digest
from tests.store.archived import chained, column, edited, fault_by_verifier, tell_story, written


@pytest.fixture
def told(tmp_path: Path, made: Path) -> Iterator[Ledger]:
    """A base on SQLite with the story, in a folder of its own."""
    (tmp_path / "told").mkdir()
    ledger = Ledger(f"sqlite:///{shutil.copy(made, tmp_path / 'told' / 'kb.db')}")
    tell_story(ledger)
    yield ledger
    ledger.close()


@contextmanager
def restoring(url: str, archive: bytes, **options: Any) -> Iterator[Restored]:
    restorer = Restorer(**({"migrations": MIGRATIONS, "reconciler": Stocktaker()} | options))
    with opened_archive(io.BytesIO(archive), "archive") as opened, restorer.restored(database_url(url), opened) as base:
        yield base


def restore(url: str, archive: bytes, **options: Any) -> Restored:
    with restoring(url, archive, **options) as base:
        pass
    return base


def refused(url: str, archive: bytes, **options: Any) -> str:
    with pytest.raises(Refused) as caught:
        restore(url, archive, **options)
    return str(caught.value)


def state(url: str) -> tuple[Head, str, object]:
    """Head, fingerprint of the tables, and first fault of a base."""
    ledger = Ledger(url)
    try:
        return ledger.base.head(), table_digest(ledger.base), log_fault(ledger.base)
    finally:
        ledger.close()


def files(folder: Path) -> set[str]:
    """What stands in a folder, apart from what SQLite and the lock of writers keep beside a base."""
    return {path.name for path in folder.iterdir() if not path.name.endswith(("-wal", "-shm", ".lock"))}


def test_a_restored_base_is_the_one_that_was_archived(told: Ledger, place: str) -> None:
    archive, contents = written(told.url)
    assert restore(place, archive) == Restored(contents.head)
    assert state(place) == state(told.url)
    assert written(place)[0] == archive


def test_a_base_is_made_where_there_is_none_folders_included(told: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "a folder" / "50% #1.db"
    restore(f"sqlite:///{path}", written(told.url)[0])
    assert state(f"sqlite:///{path}") == state(told.url)
    assert files(path.parent) == {path.name}


def test_an_empty_log_comes_back_too(made: Path, tmp_path: Path) -> None:
    restore(f"sqlite:///{tmp_path / 'new.db'}", written(f"sqlite:///{made}")[0])
    assert state(f"sqlite:///{tmp_path / 'new.db'}")[0] == START


def test_a_base_with_events_is_not_overwritten(told: Ledger, ledger: Ledger) -> None:
    ledger.tell(Recorded(source("other")))
    before = state(ledger.url)
    ledger.close()
    answer = refused(ledger.url, written(told.url)[0])
    assert "this base holds events already: 1" in answer
    if "--replace" not in answer:
        # A database on a server cannot be set aside, and is not replaced even when told to.
        assert "createdb" in refused(ledger.url, written(told.url)[0], replace=True)
    assert state(ledger.url) == before


def test_a_base_that_is_replaced_is_kept_beside(told: Ledger, tmp_path: Path) -> None:
    archive, _ = written(told.url)
    told.tell(Recorded(claim("later")))
    after = told.base.head()
    told.close()
    path = tmp_path / "told" / "kb.db"
    path.chmod(0o640)
    base = restore(told.url, archive, replace=True)
    assert base.kept == path.with_name("kb.replaced-1.db")
    assert (state(f"sqlite:///{base.kept}")[0], path.stat().st_mode & 0o777) == (after, 0o640)
    assert written(told.url)[0] == archive
    again = restore(told.url, archive, replace=True)
    assert again.kept == path.with_name("kb.replaced-2.db")
    assert state(f"sqlite:///{base.kept}")[0] == after


def test_a_base_that_is_open_elsewhere_is_not_replaced(told: Ledger) -> None:
    archive, _ = written(told.url)
    before = files(Path(told.url.removeprefix("sqlite:///")).parent)
    assert "another process has this base open" in refused(told.url, archive, replace=True)
    told.tell(Recorded(claim("later")))
    assert log_fault(told.base) is None
    assert files(Path(told.url.removeprefix("sqlite:///")).parent) == before


def test_a_symbolic_link_leads_to_the_base_that_is_replaced(told: Ledger, tmp_path: Path) -> None:
    archive, _ = written(told.url)
    told.close()
    (tmp_path / "link.db").symlink_to(tmp_path / "told" / "kb.db")
    base = restore(f"sqlite:///{tmp_path / 'link.db'}", archive, replace=True)
    assert base.kept == tmp_path / "told" / "kb.replaced-1.db"
    assert (tmp_path / "link.db").is_symlink()
    assert written(told.url)[0] == archive


def test_whoever_opens_the_base_while_it_is_replaced_reads_the_new_one(
    told: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, contents = written(told.url)
    told.tell(Recorded(claim("later")))
    told.close()
    opened: list[Future[Head]] = []

    def head() -> Head:
        with Ledger(told.url).base._log.engine.connect() as connection:
            return head_of(connection)

    def replace(new: Path, path: Path) -> None:
        # The reader has opened the old file, and waits for its lock.
        opened.append(pool.submit(head))
        time.sleep(0.5)
        new.rename(path)

    monkeypatch.setattr(Path, "replace", replace)
    with ThreadPoolExecutor() as pool:
        restore(told.url, archive, replace=True)
        assert opened[0].result() == contents.head


_READ_HEAD = """
import sys
from kb.store.engine import database_url, reading_engine
from kb.store.log import head_of
with reading_engine(database_url(sys.argv[1])).connect() as connection:
    print(head_of(connection).position)
"""


def test_without_hard_links_the_old_base_is_copied_and_nobody_reads_it_as_the_new_one(
    told: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, contents = written(told.url)
    told.tell(Recorded(claim("later")))
    told.close()
    readers: list[subprocess.Popen[str]] = []

    def replace(new: Path, path: Path) -> None:
        command = [sys.executable, "-c", _READ_HEAD, told.url]
        readers.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
        time.sleep(3)
        new.rename(path)

    def no_links(_new: Path, _file: Path) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr(Path, "hardlink_to", no_links)
    base = restore(told.url, archive, replace=True)
    assert readers[0].communicate()[0] == f"{contents.head.position}\n"
    assert state(f"sqlite:///{base.kept}")[0].position == contents.head.position + 1


def test_a_swap_that_fails_leaves_no_second_name(told: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    archive, _ = written(told.url)
    told.close()
    path = Path(told.url.removeprefix("sqlite:///"))
    before = files(path.parent)

    def replace(_new: Path, _path: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "replace", replace)
    assert "cannot be written" in refused(told.url, archive, replace=True)
    assert files(path.parent) == before


@pytest.mark.parametrize(("error", "refusal"), [(errno.EINVAL, ""), (errno.EIO, "may be lost if the power fails")])
def test_a_folder_that_cannot_be_flushed(
    told: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int, refusal: str
) -> None:
    archive, contents = written(told.url)
    flush = os.fsync

    def fsync(handle: int) -> None:
        if stat.S_ISDIR(os.fstat(handle).st_mode):
            raise OSError(error, os.strerror(error))
        flush(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    url = f"sqlite:///{tmp_path / 'new.db'}"
    if refusal:
        assert refusal in refused(url, archive)
    else:
        restore(url, archive)
    assert written(url)[1].head == contents.head


def test_on_a_full_disk_a_restore_says_so_and_names_the_base(
    tmp_path: Path, told: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, _ = written(told.url)
    new = tmp_path / "new" / "kb.db"

    def fail(*_: Any) -> None:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
        raise error

    monkeypatch.setattr("kb.store.restoring.load", fail)
    assert f"{new}: the disk reports an error" in refused(f"sqlite:///{new}", archive)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=50_000))
    assert f"{new}: the disk is full — nothing was written" in refused(f"sqlite:///{new}", archive)


def test_a_wait_for_those_who_write_is_announced(told: Ledger) -> None:
    archive, _ = written(told.url)
    told.close()
    heard: list[int] = []
    writer = Writer(database_url(told.url))
    with ThreadPoolExecutor() as pool:
        with writer.turn():
            restored = pool.submit(
                restore, told.url, archive, replace=True, waiting=lambda ahead, _: heard.append(ahead)
            )
            while not heard and not restored.done():
                time.sleep(0.05)
        assert restored.result().kept
    writer.close()
    assert heard[0] == 1 and heard[-1] == 0


def test_nothing_is_replaced_while_somebody_writes(told: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    archive, _ = written(told.url)
    told.close()
    monkeypatch.setattr(Writer, "patience", 0.1)
    writer = Writer(database_url(told.url))
    with writer.transaction():
        assert "another process has been writing to this base" in refused(told.url, archive, replace=True)
    writer.close()
    assert restore(told.url, archive, replace=True).kept


@pytest.mark.parametrize("damage", ["garbage", "first page", "a page of the log", "cut off"])
def test_a_damaged_base_is_replaced_and_kept_as_it_is(told: Ledger, tmp_path: Path, damage: str) -> None:
    archive, contents = written(told.url)
    told.close()
    path = tmp_path / "told" / "kb.db"
    intact = path.read_bytes()
    page = intact.index(b"figure.recorded.v1")
    damaged = {
        "garbage": b"figures: []\n" * 100,
        "first page": bytes(100) + intact[100:200] + b"\xff" * 400 + intact[600:],
        "a page of the log": intact[: page - 200] + b"\xff" * 512 + intact[page + 312 :],
        "cut off": intact[:6000],
    }[damage]
    path.write_bytes(damaged)
    assert "--replace" in refused(told.url, archive)
    base = restore(told.url, archive, replace=True)
    assert base.kept and base.kept.read_bytes() == damaged
    assert written(told.url)[1] == contents


def test_what_a_deleted_base_left_beside_it_does_not_get_into_the_new_one(told: Ledger, tmp_path: Path) -> None:
    archive, contents = written(told.url)
    told.tell(Recorded(claim("later")))
    path = tmp_path / "told" / "kb.db"
    left = {end: path.with_name(f"kb.db{end}").read_bytes() for end in ("-wal", "-shm")}
    assert left["-wal"]
    told.close()
    path.unlink()
    for end, content in left.items():
        path.with_name(f"kb.db{end}").write_bytes(content)
    restore(told.url, archive)
    assert (state(told.url)[0], written(told.url)[0]) == (contents.head, archive)


def test_a_database_of_something_else_is_not_overwritten(told: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "letters.db"
    with closing(sqlite3.connect(path)) as shell, shell:
        shell.execute("CREATE TABLE letter (text)")
    assert "database of something else" in refused(f"sqlite:///{path}", written(told.url)[0])


def test_a_restore_that_fails_leaves_everything_as_it_was(told: Ledger, place: str, tmp_path: Path) -> None:
    archive, _ = written(told.url)
    before = state(place), files(tmp_path)

    class Unreasonable(Stocktaker):
        def findings(self, *_: Any) -> Any:
            raise ArithmeticError("in the middle")

    for options in ({"reconciler": Unreasonable()}, {"expected": Head(10, "f" * 64)}):
        with pytest.raises((ArithmeticError, Refused)):
            restore(place, archive, **options)
        assert (state(place), files(tmp_path)) == before
    with pytest.raises(ArithmeticError), restoring(place, archive):
        raise ArithmeticError("a document cannot be kept")
    assert (state(place), files(tmp_path)) == before


class Killed(Stocktaker):
    """Ends its process as a kill does: nothing is tidied up."""

    def findings(self, *_: Any) -> Any:
        os._exit(9)


def test_a_restore_that_is_killed_leaves_the_base_as_it_was(told: Ledger, tmp_path: Path) -> None:
    archive, contents = written(told.url)
    told.tell(Recorded(claim("later")))
    told.close()
    before = state(told.url)
    killed = get_context("fork").Process(
        target=restore, args=(told.url, archive), kwargs={"reconciler": Killed(), "replace": True}
    )
    killed.start()
    killed.join()
    assert killed.exitcode == 9
    assert any("restoring" in name for name in files(tmp_path / "told"))
    assert state(told.url) == before
    assert restore(told.url, archive, replace=True).head == contents.head
    assert files(tmp_path / "told") == {"kb.db", "kb.replaced-1.db"}


def test_a_backup_of_a_moment_is_made_while_others_write(ledger: Ledger, tmp_path: Path) -> None:
    ledger.tell(Recorded(source("deck")))
    other = Ledger(ledger.url, mint=type(ledger.mint)("other-"))
    stop = threading.Event()

    def write() -> None:
        for number in range(10_000):
            if stop.is_set():
                return
            other.tell(*(Recorded(figure(f"n{number}-{part}")) for part in range(3)))

    thread = threading.Thread(target=write)
    thread.start()
    try:
        archives = [written(ledger.url) for _ in range(4)]
    finally:
        stop.set()
        thread.join()
    other.close()
    heads = [contents.head.position for _, contents in archives]
    # A batch of three is in the archive, or it is not.
    assert all(position % 3 == 1 for position in heads) and heads == sorted(heads)
    assert all(fault_by_verifier(archive) == "" for archive, _ in archives)
    assert log_fault(ledger.base, expected=archives[-1][1].head) is None
    path = tmp_path / "new.db"
    assert restore(f"sqlite:///{path}", archives[-1][0]).head == archives[-1][1].head


# Logs that cannot be used, though every hash is right


@pytest.mark.parametrize(
    ("at", "value", "what"),
    [
        (4, "figure.weighed.v7", "event type 'figure.weighed.v7' is not known to this version — upgrade kb"),
        (4, "planet.recorded.v1", "cannot read"),
        (9, '{"low":1}', "cannot read"),
        (9, "{", "cannot read"),
        (1, "another", "this event is about 'b', not about its stream 'another'"),
    ],
)
def test_an_event_that_cannot_be_read_is_named(told: Ledger, tmp_path: Path, at: int, value: str, what: str) -> None:
    forged = edited(written(told.url)[0], chained(column(4, at, value)))
    assert fault_by_verifier(forged) == ""
    answer = refused(f"sqlite:///{tmp_path / 'new.db'}", forged)
    assert answer.startswith("archive: position 4: ") and what in answer
    assert not (tmp_path / "new.db").exists()


def test_a_text_that_postgresql_cannot_keep_is_refused(told: Ledger, place: str) -> None:
    forged = edited(written(told.url)[0], chained(column(3, 6, "a\0b")))
    if place.startswith("sqlite"):
        assert restore(place, forged).head.position == 10
    else:
        assert "the database cannot keep a text of this log" in refused(place, forged)
