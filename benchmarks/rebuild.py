"""How fast do the tables come from the log, and in how much memory? Against a bare loop over the same events.

    python -m benchmarks.rebuild [--events 1000000] [--folder FOLDER] [--no-findings]

The bare loop reads type and text of each event, decodes the JSON into a dict, and inserts the columns that it finds
there into the same tables with the same indexes, in one transaction, with the same settings of SQLite: nothing is
checked, no value of the domain is made. Ours is the replay that ``kb rebuild`` does, and after it, timed apart, its
reconciling pass.

What was written before is on disk when a clock starts, so that nobody pays for another. CPU time is that of this
process: on a machine that does other things as well, it is the ratio to trust.
"""

import argparse
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.append import AUTHOR, NOW, Cost, made, timed
from benchmarks.synthetic import BATCH, SeededMint, batches
from kb.reasoning.reconcile import Reconciler
from kb.store import projection
from kb.store.engine import database_url
from kb.store.log import append, head_of
from kb.store.reconciliation import recompute_all
from kb.store.writer import Writer

CHUNK = 5000


def filled(url: str, events: int) -> None:
    """Writes a log of about ``events`` events, and no table."""
    writer = Writer(database_url(url))
    with writer.transaction() as connection:
        for number, told in enumerate(batches(events // BATCH, SeededMint())):
            append(connection, told, AUTHOR, batch=f"batch-{number}", recorded_at=NOW, looking=False)
    writer.close()


def bare(path: Path) -> Cost:
    """What the bare loop takes."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "cache_size=-64000"):
        connection.execute(f"PRAGMA {pragma}")
    inserts = {
        kind: f"INSERT INTO {kind} VALUES ({marks}) ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, "
        "last_position = excluded.last_position, body = excluded.body"
        for kind, marks in _MARKS.items()
    }
    decode = msgspec.json.Decoder().decode
    ask = f"SELECT position, type, data FROM log WHERE position > ? ORDER BY position LIMIT {CHUNK}"
    os.sync()
    with timed() as cost:
        connection.execute("BEGIN IMMEDIATE")
        after = 0
        while events := connection.execute(ask, (after,)).fetchall():
            rows: dict[str, list[tuple[Any, ...]]] = {kind: [] for kind in inserts}
            for position, type, data in events:
                kind = type.partition(".")[0]
                rows[kind].append(_ROWS[kind](decode(data), position, data))
            for kind, statement in inserts.items():
                connection.executemany(statement, rows[kind])
            after = events[-1][0]
        connection.execute("COMMIT")
    connection.close()
    return cost


def _common(told: dict[str, Any], at: int, text: str) -> tuple[Any, ...]:
    return told["id"], told["slug"], told["file"], at, at, text


def _source(told: dict[str, Any], at: int, text: str) -> tuple[Any, ...]:
    own = ("title", "type", "language", "reliability", "issued", "document", "translation_of")
    return *_common(told, at, text), *(told[name] for name in own)


def _measure(told: dict[str, Any], at: int, text: str) -> tuple[Any, ...]:
    return *_common(told, at, text), told["label"], told["unit"], told["kind"]


def _figure(told: dict[str, Any], at: int, text: str) -> tuple[Any, ...]:
    said = told["quantity"]
    place = (told["passage"]["exact"], told["source"], told["measure"], told["stance"], told["confidence"]["said"])
    amount = (said["low"], said["high"], said["unit"], said["bound"], said["hedge"])
    return *_common(told, at, text), *place, *amount, told["voice"]["origin"], None


def _claim(told: dict[str, Any], at: int, text: str) -> tuple[Any, ...]:
    said = (told["source"], told["text"], told["stance"], told["confidence"]["said"], told["voice"]["origin"])
    return *_common(told, at, text), told["passages"][0]["exact"], *said


_ROWS: dict[str, Callable[[dict[str, Any], int, str], tuple[Any, ...]]] = {
    "source": _source,
    "measure": _measure,
    "figure": _figure,
    "claim": _claim,
}
_MARKS = {
    "source": ",".join("?" * 13),
    "measure": ",".join("?" * 9),
    "figure": ",".join("?" * 18),
    "claim": ",".join("?" * 12),
}


def ours(url: str, *, findings: bool) -> dict[str, Cost]:
    """What our replay takes, and the reconciling pass: reading, noticing and storing, some groups at a time."""
    writer = Writer(database_url(url))
    memory: list[tuple[int, float]] = []
    costs: dict[str, Cost] = {}
    os.sync()
    with timed() as costs["replay"], writer.transaction() as connection:
        projection.clear(connection)
        upto = head_of(connection).position
        projection.replay(
            connection, connection, after=0, upto=upto, progress=lambda at, _: memory.append((at, resident()))
        )
    for tenth in range(1, 11):
        at, size = memory[len(memory) * tenth // 10 - 1]
        print(f"  memory at event {at:>9,}: {size:6.0f} MB")
    if findings:
        with writer.transaction() as connection:
            with timed() as costs["findings"]:
                recompute_all(connection, Reconciler())
            print(f"  memory after the findings:  {resident():6.0f} MB")
    writer.close()
    return costs


def resident() -> float:
    """Megabytes that this process holds in memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, default=None, help="where to write (default: the temporary folder)")
    parser.add_argument("--no-findings", action="store_true", help="leave the reconciling pass out")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=chosen.folder) as name:
        url = made(Path(name), "ours")
        filled(url, chosen.events)
        path = Path(name) / "ours.db"
        shutil.copy(path, Path(name) / "bare.db")
        costs = {"bare": bare(Path(name) / "bare.db")} | ours(url, findings=not chosen.no_findings)
    for part, cost in costs.items():
        print(f"{part:9} {cost.wall:7.1f} s  {cost.cpu:7.1f} s of CPU  {chosen.events / cost.wall:9,.0f} events/s")
    plain, replay = costs["bare"], costs["replay"]
    print(f"replay: {plain.wall / replay.wall:.2f} of the bare loop by the clock", end=", ")
    print(f"{plain.cpu / replay.cpu:.2f} by CPU time (aim: 0.50)")


if __name__ == "__main__":
    main()
