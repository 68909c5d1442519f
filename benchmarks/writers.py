"""Do writers wait their turn? Many processes import seed files into one base at the same time.

    python -m benchmarks.writers [--processes 24] [--imports 3] [--figures 60] [--engine sqlite postgresql]

Each process imports its own seed files one after another, all of them at once with the others. Neighbouring files state
figures of the same measures, so that their findings touch. For each engine this prints how many imports were refused,
how long an import took, how long a writer waited for its turn, and how far the order in which writers got their turn
differs from the order in which they asked for it: the most others that overtook one writer.
"""

import argparse
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from benchmarks.append import AUTHOR, MIGRATIONS
from kb.app.sources import import_seeds
from kb.domain.problem import Refused
from kb.intake.document_store import DocumentStore
from kb.reasoning.reconcile import Reconciler
from kb.store.base import Base
from kb.store.writer import Writer
from tests.ledger import log_fault

_MEASURES_OF_A_FILE = 60
_MEASURES_BETWEEN_FILES = 10
_HAIR = 0.1
"""Seconds that two requests must lie apart to have an order that a writer could notice."""


@dataclass
class Work:
    """What one process did.

    Attributes:
        seconds: Length of each import that went through.
        turns: When a turn was asked for and when it came, by a clock that all processes share.
        refused: What the imports that did not go through were refused for.
    """

    seconds: list[float] = field(default_factory=list)
    turns: list[tuple[float, float]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def vocabulary(measures: int) -> str:
    """A seed file that declares ``measures`` measures."""
    rows = "".join(
        f"  - {{id: rent-{number}, label: Rent {number}, unit: EUR/month, kind: price}}\n" for number in range(measures)
    )
    return f"kb: 1\nid: words\nmeasures:\n{rows}"


def seed_file(number: int, figures: int) -> str:
    """A seed file of one source with ``figures`` figures of its own measures and of those of its neighbours."""
    first = number * _MEASURES_BETWEEN_FILES
    rows = "".join(
        f"  - {{id: f{place}, measure: rent-{first + place % _MEASURES_OF_A_FILE},"
        f' value: €{900 + (place * 7 + number * 13) % 400} / month, at: L{place + 1}, voice: "Voice {number}"}}\n'
        for place in range(figures)
    )
    source = f"source: {{type: article, title: Rents {number}, language: en}}\n"
    return f"kb: 1\nid: paper-{number}\n{source}defaults: {{stance: reported, confidence: likely}}\nfigures:\n{rows}"


def write_seeds(folder: Path, files: int, figures: int) -> None:
    """The seed files of all processes, and the vocabulary that they share."""
    last = (files - 1) * _MEASURES_BETWEEN_FILES + _MEASURES_OF_A_FILE
    (folder / "words.yaml").write_text(vocabulary(last))
    for number in range(files):
        (folder / f"paper-{number}.yaml").write_text(seed_file(number, figures))


@contextmanager
def observed(work: Work) -> Iterator[None]:
    """Notes when this process asks for its turn to write, and when it comes."""
    plain = Writer.transaction

    @contextmanager
    def transaction(self: Writer) -> Iterator[Any]:
        asked = time.monotonic()
        with plain(self) as connection:
            work.turns.append((asked, time.monotonic()))
            yield connection

    Writer.transaction = transaction  # type: ignore[method-assign]
    yield
    Writer.transaction = plain  # type: ignore[method-assign]


def writer(url: str, folder: Path, files: range, start: Barrier, done: "Queue[Work]") -> None:
    """One process: its imports, one after another."""
    work = Work()
    base = Base.open(url, Reconciler(), migrations=MIGRATIONS)
    start.wait()
    try:
        with observed(work):
            for number in files:
                began = time.monotonic()
                try:
                    import_seeds(base, DocumentStore(folder / "documents"), [folder / f"paper-{number}.yaml"], AUTHOR)
                    work.seconds.append(time.monotonic() - began)
                except Refused as refused:
                    work.refused.append(str(refused))
        base.close()
    finally:
        done.put(work)


def overtaken(turns: list[tuple[float, float]]) -> int:
    """The most writers that asked after another and came before it."""
    return max(
        (
            sum(asked > own_asked + _HAIR and granted < own_granted for asked, granted in turns)
            for own_asked, own_granted in turns
        ),
        default=0,
    )


def measure(url: str, folder: Path, processes: int, imports: int) -> str:
    """One row of the table."""
    base = Base.open(url, Reconciler(), migrations=MIGRATIONS)
    import_seeds(base, DocumentStore(folder / "documents"), [folder / "words.yaml"], AUTHOR)
    context = get_context("spawn")
    start, done = context.Barrier(processes + 1), context.Queue()
    files = [range(first, first + imports) for first in range(0, processes * imports, imports)]
    running = [context.Process(target=writer, args=(url, folder, part, start, done), daemon=True) for part in files]
    for process in running:
        process.start()
    start.wait()
    began = time.monotonic()
    works = [done.get() for _ in running]
    lasted = time.monotonic() - began
    for process in running:
        process.join()
    fault = log_fault(base)
    assert fault is None, fault
    base.close()
    seconds = [second for work in works for second in work.seconds]
    refused = [what for work in works for what in work.refused]
    turns = [turn for work in works for turn in work.turns]
    waited = max(granted - asked for asked, granted in turns)
    for what in sorted(set(refused)):
        print(f"  {refused.count(what)} refused: {what}")
    row = f"{len(seconds) + len(refused):7} {len(refused):8} {lasted:9.1f} {max(seconds):15.1f} {waited:13.1f}"
    return f"{row} {overtaken(turns):16}"


@contextmanager
def database(engine: str, folder: Path) -> Iterator[str]:
    """URL of an empty database of ``engine``."""
    if engine == "sqlite":
        yield f"sqlite:///{folder / 'kb.db'}"
        return
    from tests.ledger import Postgres  # late: needs the wheel with a server

    server = Postgres(folder)
    try:
        with server.database() as url:
            yield url
    finally:
        server.stop()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--processes", type=int, default=24, help="processes that write at once (default: 24)")
    parser.add_argument("--imports", type=int, default=3, help="imports of each process (default: 3)")
    parser.add_argument("--figures", type=int, default=60, help="figures of a seed file (default: 60)")
    parser.add_argument("--engine", nargs="*", default=["sqlite", "postgresql"], help="sqlite, postgresql")
    chosen = parser.parse_args()
    print("engine      imports  refused  seconds  longest import  longest wait  most overtaking")
    for engine in chosen.engine:
        with tempfile.TemporaryDirectory(prefix="kb-writers-", ignore_cleanup_errors=True) as name:
            folder = Path(name)
            folder.chmod(0o755)  # run as root, the database server is another user
            write_seeds(folder, chosen.processes * chosen.imports, chosen.figures)
            with database(engine, folder) as url:
                print(f"{engine:11}{measure(url, folder, chosen.processes, chosen.imports)}", flush=True)


if __name__ == "__main__":
    main()
