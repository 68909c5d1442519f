"""Is an acknowledged event ever lost when the power goes?

    python -m benchmarks.torture.power [--seconds 60] [--seed N] [--control]

A base is made, appended to, redacted from, closed and opened again while every write, truncation, sync and deletion of
its files is recorded. Then the power is cut at a random step: each step since the last sync of its file is kept, lost,
or torn at a sector of 512 bytes, at random. The base is opened from what is left, without the shared memory beside the
log. It must end with the last acknowledged batch, or with the one after it; the chain must verify; the tables must have
the fingerprint that they had at that head; every tenth base must take another batch. One recording serves for many
cuts.

Control: ``synchronous=OFF``.
"""

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import event
from sqlalchemy.pool import Pool

from benchmarks.synthetic import SeededMint, batches
from benchmarks.torture.bases import broken_chain, faults, opened, wrong_tables
from benchmarks.torture.common import Harness, Options, Tally, Unavailable, main
from benchmarks.torture.kills import AUTHOR, NOW
from benchmarks.torture.vfs import Disk, Recorder
from kb.store.base import Base
from kb.store.engine import database_url, place_of_making, reading_engine
from kb.store.log import START, Head
from kb.store.projection import fingerprint
from tests.ledger import redact

CUTS = 150
"""Power cuts that are made of one recording."""


@dataclass
class Recording:
    """A story of one base.

    Attributes:
        recorder: Holds the steps.
        acknowledged: After how many steps which head was acknowledged.
        tables: Fingerprint of the tables at each of these heads.
    """

    recorder: Recorder = field(default_factory=Recorder)
    acknowledged: list[tuple[int, Head]] = field(default_factory=list)
    tables: dict[Head, str] = field(default_factory=dict)

    def acknowledge(self, base: Base, url: str) -> None:
        # Looked up after the steps are counted: reading records none.
        steps, head = len(self.recorder.steps), base.head()
        self.acknowledged.append((steps, head))
        self.tables[head] = tables_of(url)

    def head_at(self, step: int) -> Head:
        """The head that was acknowledged last before ``step``."""
        return max(
            (head for at, head in self.acknowledged if at <= step), key=lambda head: head.position, default=START
        )


def tables_of(url: str) -> str:
    """Fingerprint of the tables of the base at ``url``."""
    engine = reading_engine(database_url(url))
    with engine.connect() as connection:
        digest = fingerprint(connection)
    engine.dispose()
    return digest


@contextmanager
def pragmas(*settings: str) -> Iterator[None]:
    """Every connection that may write is opened with ``settings``."""

    def set_all(connection: sqlite3.Connection, _record: Any) -> None:
        if connection.execute("PRAGMA wal_autocheckpoint").fetchone()[0]:  # readers never checkpoint
            for setting in settings:
                connection.execute(f"PRAGMA {setting}")

    event.listen(Pool, "connect", set_all)
    try:
        yield
    finally:
        event.remove(Pool, "connect", set_all)


def record(folder: Path, chance: Random, synchronous: str) -> Recording:
    """The story of a base in ``folder``, told with checkpoints much more often than in earnest."""
    recording = Recording()
    url = f"sqlite:///{folder / 'base.db'}"
    with (
        recording.recorder.recording(),
        pragmas(f"wal_autocheckpoint={chance.randrange(10, 200)}", *synchronous.split()),
    ):
        base = opened(url)
        recording.acknowledge(base, url)
        seed = chance.randrange(10**12)
        mint = SeededMint(seed)
        for number, events in enumerate(batches(chance.randrange(5, 25), mint, seed, size=chance.randrange(1, 30))):
            base.append(events, AUTHOR, batch=f"batch-{number}", recorded_at=NOW)
            recording.acknowledge(base, url)
            if not chance.randrange(8):
                redact(base, base.head().position, mint, AUTHOR)
                recording.acknowledge(base, url)
            if not chance.randrange(8):
                base.close()
                base = opened(url)
        base.close()
    if not recording.recorder.steps:
        raise Unavailable("Python's SQLite does not run over the recorder")
    for path in folder.iterdir():
        path.unlink()
    return recording


def torture(options: Options, tally: Tally, synchronous: str = "") -> None:
    tally.counts.update({"power cuts": 0, "acknowledged events": 0, "steps": 0})
    rounds = options.rounds(at_least=15)
    for chance in rounds:
        recording = record(options.folder, chance, synchronous)
        tally.counts["recordings"] += 1
        tally.counts["steps"] += len(recording.recorder.steps)
        tally.counts["acknowledged events"] += recording.acknowledged[-1][1].position
        for number, dice in enumerate(islice(rounds, CUTS)):
            cut(recording, options.folder, dice, tally, thorough=number % 10 == 0)


def cut(recording: Recording, folder: Path, chance: Random, tally: Tally, *, thorough: bool) -> None:
    """Cuts the power once, and compares what is left with what was acknowledged."""
    steps = recording.recorder.steps
    # Making the base takes as many steps as all that follows; a few of the cuts are enough for it.
    made = recording.acknowledged[0][0]
    at = chance.randrange(made) if chance.random() < 0.06 else chance.randrange(made, len(steps) + 1)
    disk = Disk()
    for step in steps[:at]:
        disk.take(step)
    for path, content in disk.after_power_cut(chance).items():
        Path(path).write_bytes(content)
    if at < made:
        # The recorder sees only what SQLite does. This file is made before and removed after.
        place_of_making(folder / "base.db").touch()
    tally.counts["power cuts"] += 1
    url = f"sqlite:///{folder / 'base.db'}"
    for fault in faults(url, lambda base: difference(base, url, recording, at, thorough=thorough)):
        tally.lose(f"cut after step {at} of {len(steps)}: {fault}")
    for rest in folder.iterdir():
        rest.unlink()


def difference(base: Base, url: str, recording: Recording, at: int, *, thorough: bool) -> str:
    """What is wrong with ``base``, which was left by a power cut after step ``at``; empty if nothing."""
    head, kept = base.head(), recording.head_at(at)
    if head.position < kept.position:
        return f"the log ends at {head.position}, and {kept.position} was acknowledged"
    if head not in recording.tables:
        return f"the log ends in the middle of a batch, at {head.position}"
    if tables_of(url) != recording.tables[head]:
        return f"the tables are not those of position {head.position}"
    if thorough:
        append_more(base)
    return broken_chain(base) or (wrong_tables(base) if thorough else "")


def append_more(base: Base) -> None:
    for number, events in enumerate(batches(1, SeededMint(7), 7, size=3)):
        base.append(events, AUTHOR, batch=f"after-{number}", recorded_at=NOW)


def control(options: Options, tally: Tally) -> None:
    torture(options, tally, "synchronous=OFF")


HARNESS = Harness(name="power", about=__doc__, run=torture, control=control, without="synchronous=OFF", in_memory=True)

if __name__ == "__main__":
    sys.exit(main(HARNESS))
