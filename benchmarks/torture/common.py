"""What every harness has: arguments, a clock, counts, and a report of what was lost.

A harness has a run, in which nothing may be lost, and a control: the same with one protection taken away. If the
control loses nothing, then the harness would not notice a loss either, and has failed.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from random import Random, SystemRandom

MEMORY = Path("/dev/shm")

SHORT = 4.0
"""Seconds of the control at the end of a run, at most."""


class Unavailable(Exception):
    """A harness cannot run on this machine; the message says what is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a person may choose.

    Attributes:
        seconds: How long to go on.
        seed: Makes the same choices again, as far as processes and disks allow.
        database: ``sqlite`` or ``postgresql``.
        folder: Where to write; empty at first.
    """

    seconds: float
    seed: int
    database: str
    folder: Path

    def rounds(self, at_least: int = 1) -> Iterator[Random]:
        """A source of choices for each round, until the time is up."""
        end = time.monotonic() + self.seconds
        for number in count():
            if number >= at_least and time.monotonic() >= end:
                return
            yield Random(f"{self.seed}-{number}")


@dataclass
class Tally:
    """What happened, how often, and what was lost.

    Attributes:
        counts: How often what happened.
        lost: Every loss.
        remarks: What else belongs into the line of figures.
        shown: How many losses are printed, at most.
    """

    counts: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    shown: int = 20

    def lose(self, what: str) -> None:
        """Notes a loss, and says so at once: a person who watches for hours need not wait for the end."""
        self.lost.append(what)
        if len(self.lost) <= self.shown:
            print(f"  lost: {what}", flush=True)

    def summary(self) -> str:
        """All figures, e.g. ``312 kills, 22,058 acknowledged events, nothing lost``."""
        figures = [f"{count:,} {name}" for name, count in self.counts.items()]
        end = f"{len(self.lost):,} LOST" if self.lost else "nothing lost"
        return ", ".join([*figures, *self.remarks, end])


Part = Callable[[Options, Tally], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Harness:
    """A run and its control.

    Attributes:
        name: The module's.
        about: What it does; the module's documentation.
        run: Must lose nothing.
        control: Must lose something.
        without: What the control takes away.
        databases: Where it can run.
        in_memory: Whether its files may as well be in memory: it makes up itself what a disk does.
    """

    name: str
    about: str
    run: Part
    control: Part
    without: str
    databases: tuple[str, ...] = ("sqlite",)
    in_memory: bool = False

    def runs(self, options: Options) -> bool:
        """Whether nothing was lost; prints a line of figures."""
        started = time.monotonic()
        tally = Tally()
        self.run(options, tally)
        passed = f"{time.monotonic() - started:,.0f} s, {options.database}, seed {options.seed}"
        print(f"{self.name}: {tally.summary()} ({passed})", flush=True)
        return not tally.lost

    def fails(self, options: Options) -> bool:
        """Whether the control lost something; prints a line of figures."""
        tally = Tally(shown=3)
        self.control(options, tally)
        end = "as it must" if tally.lost else "THE HARNESS DOES NOT NOTICE"
        print(f"{self.name}, control, {self.without}: {tally.summary()}, {end}", flush=True)
        return bool(tally.lost)


def main(harness: Harness, arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 if nothing was lost and the control failed, 1 otherwise."""
    chosen = _parser(harness).parse_args(arguments)
    folder = chosen.folder or (MEMORY if harness.in_memory and MEMORY.is_dir() else None)
    with tempfile.TemporaryDirectory(dir=folder, prefix=f"kb-{harness.name}-") as name:
        options = Options(seconds=chosen.seconds, seed=chosen.seed, database=chosen.database, folder=Path(name) / "run")
        short = replace(options, seconds=min(options.seconds, SHORT), folder=Path(name) / "control")
        options.folder.mkdir()
        short.folder.mkdir()
        try:
            if chosen.control:
                return 0 if harness.fails(replace(short, seconds=options.seconds)) else 1
            return 0 if harness.runs(options) & harness.fails(short) else 1
        except Unavailable as reason:
            print(f"{harness.name}: not run: {reason}", file=sys.stderr)
            return 2


def _parser(harness: Harness) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=harness.about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=60.0, help="how long to go on (default: 60)")
    parser.add_argument(
        "--seed", type=int, default=SystemRandom().randrange(1_000_000), help="default: another each time"
    )
    parser.add_argument("--database", choices=harness.databases, default=harness.databases[0])
    parser.add_argument("--folder", type=Path, default=None, help="where to write (default: a temporary folder)")
    parser.add_argument("--control", action="store_true", help=f"run only the control: {harness.without}")
    return parser
