"""Writers wait their turn: first come, first served; nobody overtakes what a writer decides in its turn."""

import os
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from kb.app.wiring import append
from kb.cli import show
from kb.domain.event import Fact, NewEvent, Recorded, new_events
from kb.domain.knowledge import Knowledge
from kb.domain.problem import Refused
from kb.store import turn
from kb.store.base import Base
from kb.store.writer import Writer
from tests.ledger import ADA, MIGRATIONS, Ledger, figure, log_fault
from tests.mint import CountingMint

ROOT = Path(__file__).resolve().parents[2]
WAITING_ON_THE_SERVER = """
    SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"""

only_files_have_a_queue = pytest.mark.parametrize("place", ["sqlite"], indirect=True)


def path_of(ledger: Ledger) -> Path:
    return Path(ledger.url.removeprefix("sqlite:///"))


def queue_of(ledger: Ledger) -> Path:
    return path_of(ledger).with_name("kb.db.queue")


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.002)


def waiting(ledger: Ledger) -> int:
    """How many writers wait for their turn."""
    if ledger.url.startswith("sqlite"):
        return len(list(queue_of(ledger).iterdir())) if queue_of(ledger).exists() else 0
    return int(ledger.rows(WAITING_ON_THE_SERVER)[0][0])


def event(name: str) -> Sequence[NewEvent]:
    return new_events([Recorded(figure(name))], {}, CountingMint(name))


def in_turn(base: Base, name: str) -> None:
    base.append_in_turn(lambda: event(name), ADA, CountingMint(name))


def streams(ledger: Ledger) -> list[str]:
    return [event.stream for event in ledger.base.events()]


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as pool:
        yield pool


@contextmanager
def somebody_writing(ledger: Ledger, pool: ThreadPoolExecutor) -> Iterator[None]:
    """Another writer has its turn until the block ends."""
    begun, finished = threading.Event(), threading.Event()

    def hold() -> None:
        with ledger.opened()._writer.transaction():  # type: ignore[union-attr]
            begun.set()
            finished.wait()

    holding = pool.submit(hold)
    begun.wait(30)
    try:
        yield
    finally:
        finished.set()
        holding.result()


# First come, first served


def test_writers_get_their_turn_in_the_order_in_which_they_came(ledger: Ledger, pool: ThreadPoolExecutor) -> None:
    bases = [ledger.base, ledger.opened()] * 3
    queued: list[Future[None]] = []
    with somebody_writing(ledger, pool):
        for number, base in enumerate(bases):
            queued.append(pool.submit(in_turn, base, f"f{number}"))
            until(lambda: waiting(ledger) == len(queued))
    for writer in queued:
        writer.result()
    assert streams(ledger) == [f"f{number}" for number in range(6)]


def test_who_writes_again_and_again_queues_behind_those_who_wait(ledger: Ledger, pool: ThreadPoolExecutor) -> None:
    busy = ledger.opened()
    with somebody_writing(ledger, pool):
        eager = pool.submit(lambda: [in_turn(busy, f"eager{number}") for number in range(3)])
        until(lambda: waiting(ledger) == 1)
        patient = pool.submit(in_turn, ledger.base, "patient")
        until(lambda: waiting(ledger) == 2)
    eager.result()
    patient.result()
    assert streams(ledger) == ["eager0", "patient", "eager1", "eager2"]


@only_files_have_a_queue
def test_a_queue_leaves_nothing_behind(ledger: Ledger, pool: ThreadPoolExecutor) -> None:
    with somebody_writing(ledger, pool):
        queued = pool.submit(in_turn, ledger.base, "a")
        until(lambda: waiting(ledger) == 1)
    queued.result()
    ledger.tell(Recorded(figure("b")))
    assert {path.name for path in path_of(ledger).parent.iterdir()} <= {
        "kb.db",
        "kb.db-wal",
        "kb.db-shm",
        "kb.db.lock",
    }


WRITER = """
import sys, time
from pathlib import Path
from kb.store.turn import FileTurns
turns = FileTurns(Path(sys.argv[1]))
turns.take(60, None)
print("my turn", flush=True)
time.sleep(60)
"""


@contextmanager
def another_process_writing(ledger: Ledger) -> Iterator[subprocess.Popen[str]]:
    """Another process that wants its turn, and keeps it when it comes."""
    words = [sys.executable, "-c", WRITER, str(path_of(ledger))]
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="processes cannot be stopped there")
@only_files_have_a_queue
@pytest.mark.parametrize("fate", ["SIGKILL", "SIGSTOP"])
def test_a_waiter_that_is_killed_or_stopped_holds_up_nobody(
    ledger: Ledger, fate: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turn, "_STOPPED_AFTER", 0.5 if fate == "SIGSTOP" else 60)
    with another_process_writing(ledger) as holder:
        assert holder.stdout and holder.stdout.readline() == "my turn\n"
        with another_process_writing(ledger) as first:
            until(lambda: waiting(ledger) == 1)
            first.send_signal(getattr(signal, fate))
            holder.kill()
            ledger.tell(Recorded(figure("a")))
    assert streams(ledger) == ["a"]
    assert not queue_of(ledger).exists()


@only_files_have_a_queue
def test_a_stopped_waiter_that_goes_on_takes_its_place_again(ledger: Ledger) -> None:
    turns = turn.FileTurns(path_of(ledger))
    ticket, later = (turn.Ticket(turns._queue, 0o600) for _ in range(2))
    assert (ticket.ahead(), later.ahead()) == (0, 1)
    os.utime(ticket._path, (0, 0))
    assert later.ahead() == 0
    assert (ticket.ahead(), later.ahead()) == (0, 1)
    ticket.give_up()
    later.give_up()
    assert not queue_of(ledger).exists()


@only_files_have_a_queue
def test_where_no_queue_can_be_kept_the_lock_alone_excludes(ledger: Ledger, pool: ThreadPoolExecutor) -> None:
    queue_of(ledger).write_text("somebody else's")
    with somebody_writing(ledger, pool):
        queued = [pool.submit(in_turn, ledger.base, name) for name in "ab"]
    for writer in queued:
        writer.result()
    assert sorted(streams(ledger)) == ["a", "b"]
    assert queue_of(ledger).read_text() == "somebody else's"


# Waiting is shown, and it ends


def test_a_writer_says_that_it_waits_and_when_that_is_over(
    ledger: Ledger, pool: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("writer", "turn"):
        monkeypatch.setattr(f"kb.store.{module}.ANNOUNCED_EVERY", 0.02)
    said: list[int] = []
    base = Base.open(ledger.url, None, migrations=MIGRATIONS, waiting=lambda ahead, _: said.append(ahead))
    with somebody_writing(ledger, pool):
        first = pool.submit(in_turn, ledger.base, "first")
        until(lambda: waiting(ledger) == 1)
        queued = pool.submit(in_turn, base, "second")
        until(lambda: len(said) >= 2)
    first.result()
    queued.result()
    assert said[0] == 2 and said[-1] == 0 and 0 not in said[:-1]
    base.close()


def test_a_writer_that_need_not_wait_says_nothing(ledger: Ledger) -> None:
    said: list[int] = []
    base = Base.open(ledger.url, None, migrations=MIGRATIONS, waiting=lambda ahead, _: said.append(ahead))
    in_turn(base, "a")
    base.close()
    assert said == []


def test_the_command_line_shows_a_wait_in_few_lines(capsys: pytest.CaptureFixture[str]) -> None:
    announce = show.waiting()
    for ahead, seconds in [(2, 1), (2, 2), (1, 3), (1, 11.5), (0, 12.1), (3, 1), (0, 1.6)]:
        announce(ahead, seconds)
    waits = "waiting for another process that writes to this base"
    assert capsys.readouterr().err.splitlines() == [
        f"{waits} (2 ahead)",
        f"{waits} (1 ahead)",
        "waited 12 s",
        f"{waits} (3 ahead)",
        "waited 2 s",
    ]


# What is decided in a turn


def test_what_a_writer_decides_in_its_turn_nobody_overtakes(ledger: Ledger, pool: ThreadPoolExecutor) -> None:
    other = ledger.opened()

    def events() -> Sequence[NewEvent]:
        hasty.append(pool.submit(in_turn, other, "hasty"))
        time.sleep(0.05)
        assert list(ledger.base.knowledge().figures) == ["a"]
        assert ledger.base.head().position == 1
        return event("b")

    hasty: list[Future[None]] = []
    ledger.tell(Recorded(figure("a")))
    assert ledger.base.append_in_turn(events, ADA, ledger.mint).position == 2
    hasty[0].result()
    assert streams(ledger) == ["a", "b", "hasty"]
    assert log_fault(ledger.base) is None


def test_in_a_turn_one_reads_through_the_connection_that_writes(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.tell(Recorded(figure("a")))
    base = ledger.opened()

    def events() -> Sequence[NewEvent]:
        monkeypatch.setattr(base._log.engine, "connect", None)  # as behind a pooler that has no connection left
        assert base.head().position == 1 and list(base.knowledge().figures) == ["a"]
        assert len(list(base.events())) == 1 and base.versions(["a"]) == {"a": 1}
        monkeypatch.undo()
        return event("b")

    base.append_in_turn(events, ADA, ledger.mint)
    assert list(base.knowledge().figures) == ["a", "b"]


def test_a_decision_that_fails_appends_nothing_and_ends_the_turn(ledger: Ledger) -> None:
    def events() -> Sequence[NewEvent]:
        raise FileNotFoundError("seed.yaml")

    with pytest.raises(FileNotFoundError):
        ledger.base.append_in_turn(events, ADA, ledger.mint)
    assert ledger.base.head().position == 0
    assert ledger.tell(Recorded(figure("a"))).position == 1


def test_facts_are_derived_again_once_if_somebody_appended_meanwhile(ledger: Ledger) -> None:
    other, seen = ledger.opened(), []

    def facts(knowledge: Knowledge) -> Sequence[Fact]:
        if not seen:
            in_turn(other, "a")
        seen.append(sorted(knowledge.figures))
        return [Recorded(figure("b"))]

    append(ledger.base, facts, ADA)
    assert seen == [[], ["a"]]
    assert list(ledger.base.knowledge().figures) == ["a", "b"]


def test_facts_that_somebody_else_recorded_meanwhile_are_not_recorded_again(ledger: Ledger) -> None:
    def facts(knowledge: Knowledge) -> Sequence[Fact]:
        missing = [] if "a" in knowledge.figures else [Recorded(figure("a"))]
        if missing and not streams(ledger):
            ledger.tell(*missing)
        return missing

    assert append(ledger.opened(), facts, ADA) == []
    assert streams(ledger) == ["a"]
    assert [batch.count for batch in ledger.base.batches()] == [1]


def test_where_nothing_is_to_be_recorded_nobody_waits(ledger: Ledger, pool: ThreadPoolExecutor) -> None:
    with somebody_writing(ledger, pool):
        assert append(ledger.base, lambda _: [], ADA) == []


# On a shared machine


@pytest.mark.skipif(sys.platform == "win32", reason="files have no mode there")
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_a_new_base_is_closed_to_other_users(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        ledger = Ledger(f"sqlite:///{tmp_path / 'kb.db'}")
        ledger.tell(Recorded(figure("a")))
        ticket = turn.Ticket(queue_of(ledger), turn._mode_beside(path_of(ledger)))
        ticket.ahead()
    finally:
        os.umask(before)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.rglob("*")}
    assert modes.pop("kb.db.queue") == 0o700
    assert modes.keys() >= {"kb.db", "kb.db-wal", "kb.db-shm", "kb.db.lock", ticket._path.name}
    assert set(modes.values()) == {0o600}
    ledger.close()


@pytest.mark.skipif(sys.platform == "win32", reason="files have no mode there")
@only_files_have_a_queue
def test_a_base_that_others_share_keeps_its_mode_and_they_may_queue(ledger: Ledger) -> None:
    ledger.close()
    for path in path_of(ledger).parent.iterdir():
        path.unlink() if path.name != "kb.db" else path.chmod(0o660)
    shared = ledger.opened()
    in_turn(shared, "a")
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in path_of(ledger).parent.iterdir()}
    assert modes == dict.fromkeys(("kb.db", "kb.db-wal", "kb.db-shm", "kb.db.lock"), 0o660)


def test_a_writer_that_gives_up_says_how_long_it_waited_and_where_to_look(
    ledger: Ledger, pool: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Writer, "patience", 0.1)
    with (
        somebody_writing(ledger, pool),
        pytest.raises(Refused, match=r"(more than 0\.1|waited 0\.5) seconds .*(lsof .*kb\.db\.lock|pg_locks)"),
    ):
        in_turn(ledger.opened(), "a")
    assert waiting(ledger) == 0
    assert streams(ledger) == []
