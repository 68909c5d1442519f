"""Is an acknowledged event ever lost when processes are killed?

    python -m benchmarks.torture.kills [--seconds 60] [--seed N] [--database sqlite|postgresql] [--control]

Three processes append small batches to one base and acknowledge each on a pipe after the commit returned. All are
killed with SIGKILL at random moments; on PostgreSQL, every fourth time, the whole server is killed too and started
again. Afterwards every acknowledged batch must be in the log, event by event; a batch that was begun is there as a
whole or not at all; and the chain verifies. When a base has grown to some thousand events its tables are compared with
a rebuild, and the next base begins.

Control: batches are acknowledged before the commit.
"""

import os
import select
import signal
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import groupby
from random import Random

from benchmarks.synthetic import SeededMint, batches
from benchmarks.torture.bases import Bases, bases, broken_chain, faults, fork, opened, wrong_tables
from benchmarks.torture.common import Harness, Options, Tally, main
from kb.domain.event import Event
from kb.domain.identity import Author
from kb.domain.problem import Refused
from kb.store.base import Base

AUTHOR = Author("torture", "to see what is lost")
NOW = "2026-06-15T12:00:00.000000Z"
WRITERS = 3
LARGEST = 3000
"""Events in a base, after which the next one begins."""


@dataclass(frozen=True, slots=True)
class Writer:
    """A child that appends until it is killed, and the pipe on which it says so."""

    pid: int
    pipe: int

    def kill(self) -> list[list[str]]:
        """Its reports: ``begun BATCH DIGEST COUNT``, ``done BATCH POSITION HASH``, ``ended WHY``."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        with os.fdopen(self.pipe) as pipe:
            # A line that was cut off in the middle was not reported.
            return [line.split(" ", 3) for line in pipe.read().splitlines(keepends=True) if line.endswith("\n")]


def start(url: str, seed: int, *, eager: bool) -> Writer:
    """A writer to the base at ``url``; an eager one acknowledges too early."""
    reading, writing = os.pipe()

    def work() -> None:
        os.close(reading)
        try:
            append_forever(url, seed, writing, eager=eager)
        except Exception as error:
            why = " ".join(str(problem) for problem in error.problems) if isinstance(error, Refused) else repr(error)
            os.write(writing, f"ended {type(error).__name__} {why.replace(chr(10), ' ')}\n".encode())

    pid = fork(work)
    os.close(writing)
    return Writer(pid, reading)


def append_forever(url: str, seed: int, pipe: int, *, eager: bool) -> None:
    chance = Random(seed)
    base = opened(url)
    for number, events in enumerate(batches(1_000_000, SeededMint(seed), seed, size=chance.randrange(1, 30))):
        batch = f"{seed}-{number}"
        os.write(pipe, f"begun {batch} {digest(new.event_id for new in events)} {len(events)}\n".encode())
        if eager:
            os.write(pipe, f"done {batch} 0 -\n".encode())
        head = base.append(events, AUTHOR, batch=batch, recorded_at=NOW)
        if not eager:
            os.write(pipe, f"done {batch} {head.position} {head.hash}\n".encode())


def digest(ids: Iterable[str]) -> str:
    """SHA-256 of event ids in their order."""
    return sha256(" ".join(ids).encode()).hexdigest()


@dataclass
class Promises:
    """What the writers to a base reported in all rounds.

    Attributes:
        begun: Digest of the event ids of each batch.
        done: Position and hash at which a batch was acknowledged.
        events: How many events were acknowledged.
    """

    begun: dict[str, str] = field(default_factory=dict)
    done: dict[str, tuple[int, str]] = field(default_factory=dict)
    events: int = 0

    def add(self, reports: Iterable[Sequence[str]]) -> None:
        sizes: dict[str, int] = {}
        for kind, batch, *values in reports:
            if kind == "begun":
                self.begun[batch], sizes[batch] = values[0], int(values[1])
            elif kind == "done":
                self.done[batch] = int(values[0]), values[1].strip()
                self.events += sizes[batch]


def torture(options: Options, tally: Tally, *, eager: bool = False) -> None:
    tally.counts.update(dict.fromkeys(("kills", "acknowledged events"), 0))
    fresh = bases(options)
    url, promises = fresh.fresh(), Promises()
    for chance in options.rounds(at_least=3):
        promises.add(killed(fresh, url, chance, tally, eager=eager))
        if compare(url, promises, tally) > LARGEST:
            finish(url, promises, tally)
            url, promises = fresh.fresh(), Promises()
    finish(url, promises, tally)


def killed(fresh: Bases, url: str, chance: Random, tally: Tally, *, eager: bool) -> list[list[str]]:
    """What the writers reported before they were killed."""
    writers = [start(url, chance.randrange(10**12), eager=eager) for _ in range(WRITERS)]
    if chance.randrange(5):  # otherwise they may be killed while they open the base
        select.select([writer.pipe for writer in writers], [], [], 60)
    time.sleep(chance.choice([0.02, 0.1, 0.3]) * (1 + chance.random()))
    crashed = not chance.randrange(4) and fresh.crash()
    if crashed:
        tally.counts["kills of the server"] += 1
    reports = []
    for writer in writers:
        reports += writer.kill()
        tally.counts["kills"] += 1
        time.sleep(chance.random() * 0.01)
    for line in reports:
        if line[0] == "ended" and not crashed:
            tally.lose(f"{url}: a writer ended by itself: {' '.join(line[1:])}")
        elif line[0] == "ended" and line[1] != Refused.__name__:
            tally.counts["tracebacks when the server died"] += 1
    return reports


def compare(url: str, promises: Promises, tally: Tally) -> int:
    """The number of events in the log, after it was compared with what the writers reported."""
    events: list[Event] = []

    def check(base: Base) -> str:
        events.extend(base.events())
        return broken_chain(base)

    for fault in faults(url, check):
        tally.lose(f"{url}: {fault}")
    stored = {batch: list(group) for batch, group in groupby(events, key=lambda event: event.batch)}
    for batch, ids in [*promises.begun.items()]:
        for fault in batch_faults(stored.get(batch, []), ids, promises.done.get(batch)):
            tally.lose(f"{url}: batch {batch} {fault}")
            del promises.begun[batch]
    return len(events)


def batch_faults(events: Sequence[Event], ids: str, acknowledged: tuple[int, str] | None) -> Iterable[str]:
    """What is wrong with a batch of which ``events`` are stored."""
    if not events and acknowledged:
        yield "was acknowledged and is gone"
    elif events and digest(event.event_id for event in events) != ids:
        yield f"is there in part: {len(events)} events"
    elif events and acknowledged and acknowledged[0] and (events[-1].position, events[-1].hash) != acknowledged:
        yield f"was acknowledged at position {acknowledged[0]} and is elsewhere"


def finish(url: str, promises: Promises, tally: Tally) -> None:
    tally.counts["bases"] += 1
    tally.counts["acknowledged events"] += promises.events
    for fault in faults(url, wrong_tables):
        tally.lose(f"{url}: {fault}")


def control(options: Options, tally: Tally) -> None:
    torture(options, tally, eager=True)


HARNESS = Harness(
    name="kills",
    about=__doc__,
    run=torture,
    control=control,
    without="acknowledged before the commit",
    databases=("sqlite", "postgresql"),
)

if __name__ == "__main__":
    sys.exit(main(HARNESS))
