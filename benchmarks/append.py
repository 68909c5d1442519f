"""How fast is an append? Against the bare driver and against a library, in one run, on one disk, equally durable.

    python -m benchmarks.append [--batches 100] [--folder FOLDER]

Everybody appends the same events, 1,000 in a transaction, to a SQLite file of his own with a write-ahead log and
``synchronous=FULL``; turns are taken batch by batch, so that all meet the same disk. Contenders:

* raw: ``executemany`` of finished rows into the same table with the same indexes, nothing checked, nothing hashed;
* log: ours without projections: expected versions, ids, and texts checked, every row sealed and chained;
* base: ours whole: the same, each fact read back as the domain reads it, and its tables brought up to date;
* library: ``eventsourcing``, 1,000 aggregates that were made beforehand, saved in one transaction;
* single: the same library as it is mostly used, one aggregate saved in a transaction (the first batches only).

Events are ready when the clock starts: ours as canonical text, the library's as new aggregates that hold the same text.
CPU time is that of this process, so what it waits for the disk, and for other programs, is in the first column only.
"""

import argparse
import sqlite3
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from benchmarks.synthetic import BATCH, SeededMint, batches
from kb.domain.event import NewEvent
from kb.domain.identity import Author
from kb.store.base import Base
from kb.store.engine import database_url
from kb.store.log import append, head_of, sealed
from kb.store.writer import Writer

MIGRATIONS = Path(__file__).resolve().parents[1] / "migrations"
AUTHOR = Author("benchmark", "to see how fast it is")
NOW = "2026-06-15T12:00:00.000000Z"

SINGLE = 3
"""Batches that are saved one by one: each takes as long as many others."""


@dataclass
class Cost:
    """Seconds by the clock, and seconds of CPU."""

    wall: float = 0.0
    cpu: float = 0.0


@contextmanager
def timed() -> Iterator[Cost]:
    cost = Cost()
    wall, cpu = time.perf_counter(), time.process_time()
    yield cost
    cost.wall, cost.cpu = time.perf_counter() - wall, time.process_time() - cpu


Turn = Callable[[Sequence[NewEvent], str], Cost]


def made(folder: Path, name: str) -> str:
    """URL of a new base with all its tables."""
    url = f"sqlite:///{folder / name}.db"
    Base.open(url, None, migrations=MIGRATIONS).close()
    return url


def raw(folder: Path) -> Turn:
    path = made(folder, "raw").removeprefix("sqlite:///")
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "cache_size=-64000"):
        connection.execute(f"PRAGMA {pragma}")
    writer = Writer(database_url(made(folder, "sealing")))
    with writer.transaction() as other:
        head = head_of(other)
    statement = f"INSERT INTO log VALUES ({','.join('?' * 14)})"

    def turn(events: Sequence[NewEvent], batch: str) -> Cost:
        nonlocal head
        rows = sealed(events, head, AUTHOR, batch=batch, recorded_at=NOW)
        head = type(head)(rows[-1][0], rows[-1][-1])
        with timed() as cost:
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(statement, rows)
            connection.execute("COMMIT")
        return cost

    return turn


def log(folder: Path) -> Turn:
    writer = Writer(database_url(made(folder, "log")))

    def turn(events: Sequence[NewEvent], batch: str) -> Cost:
        with timed() as cost, writer.transaction() as connection:
            append(connection, events, AUTHOR, batch=batch, recorded_at=NOW, looking=False)
        return cost

    return turn


def base(folder: Path) -> Turn:
    opened = Base.open(made(folder, "base"), None, migrations=MIGRATIONS)

    def turn(events: Sequence[NewEvent], batch: str) -> Cost:
        with timed() as cost:
            opened.append(events, AUTHOR, batch=batch, recorded_at=NOW)
        return cost

    return turn


class Told(Aggregate):
    """A fact as the library would keep it."""

    @event("Recorded")
    def __init__(self, type: str, data: str, actor: str, reason: str) -> None:
        self.type, self.data, self.actor, self.reason = type, data, actor, reason


def library(folder: Path) -> Turn:
    save, aggregates = _application(folder / "library.db")

    def turn(events: Sequence[NewEvent], batch: str) -> Cost:
        told = aggregates(events)
        with timed() as cost:
            save(*told)
        return cost

    return turn


def single(folder: Path) -> Turn:
    save, aggregates = _application(folder / "single.db")

    def turn(events: Sequence[NewEvent], batch: str) -> Cost:
        told = aggregates(events)
        with timed() as cost:
            for aggregate in told:
                save(aggregate)
        return cost

    return turn


def _application(path: Path) -> tuple[Callable[..., object], Callable[[Sequence[NewEvent]], list[Any]]]:
    """How the library saves aggregates, and how they are made of events; checked to be as durable as ours."""
    app: Application[uuid.UUID] = Application(
        env={"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(path)}
    )
    with app.recorder.datastore.transaction(commit=False) as cursor:  # type: ignore[attr-defined]
        for setting, value in (("journal_mode", "wal"), ("synchronous", 2)):
            cursor.execute(f"PRAGMA {setting}")
            assert cursor.fetchone()[0] == value
    return app.save, lambda events: [Told(new.type, new.data, AUTHOR.actor, AUTHOR.reason) for new in events]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--batches", type=int, default=100, help="batches of 1,000 events (default: 100)")
    parser.add_argument("--folder", type=Path, default=None, help="where to write (default: the temporary folder)")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=chosen.folder) as name:
        contenders = {told.__name__: told(Path(name)) for told in (raw, log, base, library, single)}
        costs: dict[str, list[Cost]] = {contender: [] for contender in contenders}
        for number, events in enumerate(batches(chosen.batches, SeededMint())):
            order = [*contenders][number % 5 :] + [*contenders][: number % 5]
            for contender in order:
                if contender != "single" or number <= SINGLE:
                    costs[contender].append(contenders[contender](events, f"batch-{number}"))
    report({contender: mean(spent[1:]) for contender, spent in costs.items()}, chosen.batches)


def mean(costs: Sequence[Cost]) -> Cost:
    """The cost of one event."""
    events = len(costs) * BATCH
    return Cost(sum(cost.wall for cost in costs) / events, sum(cost.cpu for cost in costs) / events)


def report(costs: dict[str, Cost], count: int) -> None:
    raw, library, single = (costs[name].wall for name in ("raw", "library", "single"))
    print(f"{count:,} batches of {BATCH:,} events, synchronous=FULL")
    print(
        f"{'':8} {'events/s':>10} {'us each':>9} {'us of CPU':>10} {'of raw':>8} {'of library':>11} {'of single':>10}"
    )
    for name, cost in costs.items():
        ratios = f"{raw / cost.wall:8.2f} {library / cost.wall:11.1f} {single / cost.wall:10.1f}"
        print(f"{name:8} {1 / cost.wall:10,.0f} {cost.wall * 1e6:9.1f} {cost.cpu * 1e6:10.1f} {ratios}")
    ours = costs["log"].wall
    print(
        f"aims for log: 0.70 of raw ({raw / ours:.2f}), 5 times the library ({library / ours:.1f} where it saves",
        end="",
    )
    print(f" {BATCH:,} aggregates in a transaction, {single / ours:.1f} where it saves one)")


if __name__ == "__main__":
    main()
