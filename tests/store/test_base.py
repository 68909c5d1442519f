"""A base opens, brings itself up to date, and says what to do where it cannot; nothing is lost then."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from filelock import FileLock
from sqlalchemy.engine import make_url

from kb.domain.event import Recorded, Revised, new_events
from kb.domain.finding import Finding
from kb.domain.problem import Refused
from kb.store.base import Base
from kb.store.engine import problem_of
from kb.store.projection import Reconciled
from kb.store.writer import ADVISORY_KEY, Writer
from tests.ledger import ADA, MIGRATIONS, Ledger, Stocktaker, claim, driver, figure, log_fault, measure, table_digest
from tests.mint import CountingMint

ROOT = Path(__file__).resolve().parents[2]


def path_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def refused(url: str) -> str:
    """What opening ``url`` is refused for."""
    with pytest.raises(Refused) as caught:
        Base.open(url, None, migrations=MIGRATIONS).close()
    [problem] = caught.value.problems
    assert problem.hint
    return str(problem)


def test_a_base_is_made_where_there_is_none_folders_included(tmp_path: Path) -> None:
    ledger = Ledger(f"sqlite:///{tmp_path / 'a folder' / '50% #1.db'}")
    ledger.tell(Recorded(figure("a")))
    assert (tmp_path / "a folder" / "50% #1.db").stat().st_size > 0
    assert list(ledger.opened().knowledge().figures) == ["a"]
    ledger.close()


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("kb.db", "not a database URL"),
        ("sqlite://", "needs a file"),
        ("sqlite:///:memory:", "needs a file"),
        ("mysql://host/name", "'mysql' are not supported"),
        ("", "not a database URL"),
    ],
)
def test_an_address_of_no_base_is_refused(url: str, what: str) -> None:
    assert what in refused(url)


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "kb.db"
    file.write_text("figures: []\n" * 1000)
    assert "not a SQLite database" in refused(f"sqlite:///{file}")
    assert file.read_text() == "figures: []\n" * 1000


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "places.sqlite"
    with closing(sqlite3.connect(file)) as shell, shell:
        shell.execute("CREATE TABLE places (id INTEGER PRIMARY KEY)")
    before = file.read_bytes()
    assert "this is a database of something else" in refused(f"sqlite:///{file}")
    assert file.read_bytes() == before


def test_an_address_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "loop.db").symlink_to(tmp_path / "loop.db")
    for name in ("loop.db", "nul\0.db"):
        with pytest.raises(Refused, match="there is no base here"):
            Base.open(f"sqlite:///{tmp_path / name}", None, migrations=MIGRATIONS, create=False)


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    assert "is a folder or a device, and not a file" in refused(f"sqlite:///{tmp_path}")


def test_a_server_that_does_not_answer_is_named_without_the_password() -> None:
    told = refused("postgres://ada:secret@127.0.0.1:1/kb")
    assert "does not answer" in told
    assert "secret" not in told


def test_a_database_that_the_server_does_not_have_is_refused(ledger: Ledger) -> None:
    if ledger.url.startswith("sqlite"):
        pytest.skip("a file is made")
    url = make_url(ledger.url).set(database="nowhere", drivername="postgres")
    assert "nowhere" in refused(url.render_as_string(hide_password=False))


def test_the_short_name_of_postgresql_is_understood(ledger: Ledger) -> None:
    if ledger.url.startswith("sqlite"):
        pytest.skip("SQLite has one name")
    ledger.tell(Recorded(figure("a")))
    short = ledger.opened(ledger.url.replace("postgresql://", "postgres://"))
    assert list(short.knowledge().figures) == ["a"]


def test_a_base_from_a_newer_version_is_refused_and_left_alone(ledger: Ledger) -> None:
    ledger.tell(Recorded(figure("a")))
    ledger.tamper("UPDATE alembic_version SET version_num = '9999'")
    assert "a newer version of kb made this database" in refused(ledger.url)
    assert ledger.rows("SELECT count(*) FROM log") == [(1,)]


def test_tables_of_another_projector_are_rebuilt_when_the_base_is_opened(ledger: Ledger) -> None:
    ledger.tell(Recorded(figure("a")))
    fingerprint = table_digest(ledger.base)
    ledger.tamper("DELETE FROM figure", "UPDATE meta SET value = '0' WHERE key = 'projection'")
    assert table_digest(ledger.opened()) == fingerprint


def test_findings_of_other_rules_are_computed_anew_when_the_base_is_opened(ledger: Ledger) -> None:
    ledger.tell(Recorded(measure("value")), Recorded(figure("a")))
    assert len(ledger.base.findings()) == 1

    class Stricter(Stocktaker):
        version = "stocktaking/2"

        def findings(self, *_: object) -> Iterator[Finding]:
            return iter(())

    ledger.reconciler = Stricter()
    opened = ledger.opened()
    assert opened.findings() == ()
    assert opened.recomputed == Reconciled(before=1, after=0, differing=1, redecided=1)
    assert ledger.opened().recomputed is None


def test_a_new_base_has_nothing_to_recompute(tmp_path: Path) -> None:
    ledger = Ledger(f"sqlite:///{tmp_path / 'kb.db'}")
    assert ledger.base.recomputed is None
    ledger.close()


@contextmanager
def read_only(ledger: Ledger) -> Iterator[Ledger]:
    """The same base where nobody may write."""
    if ledger.url.startswith("sqlite"):
        yield Ledger(f"{ledger.url}?mode=ro", ledger.mint)
        return
    name = make_url(ledger.url).database
    ledger.tamper(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    yield Ledger(ledger.url, ledger.mint)


def test_a_base_that_can_only_be_read_is_read_and_refuses_to_be_written(ledger: Ledger) -> None:
    ledger.tell(Recorded(figure("a")))
    with read_only(ledger) as closed:
        assert list(closed.base.knowledge().figures) == ["a"]
        with pytest.raises(Refused, match="can only be read"):
            closed.tell(Recorded(figure("b")))
        assert closed.base.head().position == 1
        closed.close()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_file_in_a_folder_that_can_only_be_read_is_read(tmp_path: Path) -> None:
    ledger = Ledger(f"sqlite:///{tmp_path / 'kb.db'}")
    ledger.tell(Recorded(figure("a")))
    ledger.close()
    (tmp_path / "kb.db").chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        closed = Ledger(ledger.url)
        assert list(closed.base.knowledge().figures) == ["a"]
        with pytest.raises(Refused, match="can only be read"):
            closed.tell(Recorded(figure("b")))
        closed.close()
    finally:
        tmp_path.chmod(0o755)


def test_a_full_disk_is_refused_and_loses_nothing(ledger: Ledger) -> None:
    if not ledger.url.startswith("sqlite"):
        pytest.skip("a server's disk is not ours to fill; see the next test")
    ledger.tell(Recorded(figure("a")))
    held = ledger.base._writer.engine.raw_connection()  # type: ignore[union-attr]
    held.cursor().execute("PRAGMA max_page_count = 1")  # the file may not grow any more
    held.close()
    with pytest.raises(Refused, match="the disk is full — nothing was written"):
        ledger.tell(*(Recorded(claim(f"c{number}", "long " * 200)) for number in range(200)))
    assert ledger.base.head().position == 1
    assert log_fault(ledger.base) is None
    assert ledger.opened().knowledge().claims == {}


def test_a_server_with_a_full_disk_says_so() -> None:
    problem = problem_of(psycopg.errors.DiskFull("could not extend file"), "kb")
    assert problem is not None
    assert "disk is full" in problem.what


@pytest.mark.parametrize("error", [psycopg.errors.AdminShutdown, psycopg.errors.ConnectionFailure])
def test_a_server_that_stops_says_so(error: type[psycopg.Error]) -> None:
    problem = problem_of(error("terminating connection"), "kb")
    assert problem is not None
    assert "has stopped" in problem.what


@contextmanager
def somebody_writing(url: str) -> Iterator[None]:
    """Another process in the midst of an append."""
    if url.startswith("sqlite"):
        with FileLock(f"{path_of(url)}.lock"):
            yield
        return
    with driver(url) as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ADVISORY_KEY})")
        yield


def test_while_another_process_writes_one_reads_and_is_told_to_wait_with_writing(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.tell(Recorded(figure("a")))
    monkeypatch.setattr(Writer, "patience", 0.1)
    hasty = Ledger(ledger.url, ledger.mint)
    with somebody_writing(ledger.url):
        assert list(hasty.base.knowledge().figures) == ["a"]
        with pytest.raises(Refused, match=r"(has been writing|processes that write) to this base"):
            hasty.tell(Recorded(figure("b")))
    assert hasty.tell(Recorded(figure("b"))).position == 2
    hasty.close()


def test_a_database_that_a_foreign_program_keeps_locked_is_refused(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not ledger.url.startswith("sqlite"):
        pytest.skip("PostgreSQL locks rows, not databases")
    monkeypatch.setattr(Writer, "patience", 0.1)
    hasty = Ledger(ledger.url, ledger.mint)
    shell = sqlite3.connect(path_of(ledger.url), isolation_level=None)
    shell.execute("BEGIN IMMEDIATE")
    with pytest.raises(Refused, match="keeps the database locked — wait"):
        hasty.tell(Recorded(figure("a")))
    shell.close()
    hasty.close()


def test_threads_that_append_at_once_leave_no_gap(ledger: Ledger) -> None:
    def tell(base: Base, name: str) -> None:
        mint = CountingMint(name)
        for number in range(10):
            events = new_events([Recorded(figure(f"{name}{number}")), Recorded(claim(f"{name}c{number}"))], {}, mint)
            base.append(events, ADA, batch=mint.id(), recorded_at=mint.now())
            assert f"{name}{number}" in base.knowledge().figures

    other = ledger.opened()
    threads = [
        threading.Thread(target=tell, args=(base, name))
        for name, base in zip("wxyz", [ledger.base, other] * 2, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [event.position for event in ledger.base.events()] == list(range(1, 81))
    assert log_fault(ledger.base) is None
    assert len(set(ledger.base.rebuild())) == 1


PROCESS = """
import sys
from kb.domain.event import Recorded
from tests.ledger import Ledger, figure
from tests.mint import CountingMint
url, name = sys.argv[1:]
ledger = Ledger(url, mint=CountingMint(name))
for number in range(15):
    ledger.tell(Recorded(figure(f"{name}{number}")))
ledger.close()
"""


def test_processes_that_append_at_once_leave_no_gap(ledger: Ledger) -> None:
    words = [sys.executable, "-c", PROCESS, ledger.url]
    running = [subprocess.Popen([*words, name], cwd=ROOT, stderr=subprocess.PIPE) for name in "xy"]
    told = [process.communicate()[1].decode() for process in running]
    assert [process.returncode for process in running] == [0, 0], told
    assert [event.position for event in ledger.base.events()] == list(range(1, 31))
    assert log_fault(ledger.base) is None
    assert len(ledger.base.knowledge().figures) == 30


def test_a_commit_is_on_disk_when_it_returns(ledger: Ledger) -> None:
    with ledger.base._writer.transaction() as connection:  # type: ignore[union-attr]
        if ledger.url.startswith("sqlite"):
            settings = ("PRAGMA journal_mode", "PRAGMA synchronous")
            assert [connection.exec_driver_sql(ask).scalar() for ask in settings] == ["wal", 2]
        else:
            assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"


def test_a_reader_neither_writes_nor_checkpoints(ledger: Ledger) -> None:
    if not ledger.url.startswith("sqlite"):
        pytest.skip("PostgreSQL's readers have nothing to checkpoint")
    with ledger.base._tables.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA wal_autocheckpoint").scalar() == 0
        with pytest.raises(Exception, match="readonly database"):
            connection.exec_driver_sql("DELETE FROM log")


def test_what_was_read_is_kept_until_something_happens(ledger: Ledger) -> None:
    ledger.tell(Recorded(figure("a")))
    other = ledger.opened()
    known = other.knowledge()
    assert other.knowledge() is known
    ledger.tell(Revised(figure("a", 9000)))
    assert other.knowledge().figures["a"] == figure("a", 9000)


def test_a_base_in_whose_making_the_power_was_cut_is_made_anew(tmp_path: Path) -> None:
    making = tmp_path / "making.db"
    with closing(sqlite3.connect(making, isolation_level=None)) as connection:
        for statement in ("PRAGMA cache_size=2", "BEGIN", "CREATE TABLE half (text TEXT)"):
            connection.execute(statement)
        connection.executemany("INSERT INTO half VALUES (?)", [("x" * 1000,)] * 100)
        for end in ("", "-journal"):
            shutil.copy(f"{making}{end}", f"{tmp_path / 'kb.db'}{end}")
    assert (tmp_path / "kb.db").stat().st_size and (tmp_path / "kb.db-journal").stat().st_size
    ledger = Ledger(f"sqlite:///{tmp_path / 'kb.db'}")
    ledger.tell(Recorded(figure("a")))
    assert ledger.rows("SELECT count(*) FROM log") == [(1,)]
    ledger.close()
