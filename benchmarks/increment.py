"""How fast does one more figure come into a base of a million, its findings included?

    python -m benchmarks.increment [--figures 1000000] [--events 1000] [--group 5] [--folder FOLDER] [--cold]

A base is built in bulk: five figures for each quantity, told of a few thousand vendors by a few thousand sources, and
``--group`` figures for each measure (five by default); then all findings at once. In ``--folder`` it is kept, and used
again by the next run. To it events are appended, one in a transaction: figures recorded, some revised, some retracted.

A clock runs from the fact (its stream's version is looked up, it is made an event, sealed, projected, the findings of
the groups that it touches are computed anew and written) to the moment before the commit; another to its end, with the
fsync that makes it durable. ``--cold`` drops the file from the machine's cache first.
"""

import argparse
import os
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from decimal import Decimal
from math import ceil
from pathlib import Path
from random import Random
from statistics import fmean
from time import perf_counter

from sqlalchemy import event

from benchmarks.append import AUTHOR, MIGRATIONS, NOW
from benchmarks.rebuild import resident
from benchmarks.synthetic import BATCH, SeededMint
from kb.domain.confidence import Confidence, Reliability
from kb.domain.entity import AnyEntity, Figure, Measure, ScopeValue, Source, Stance, Voice
from kb.domain.event import Fact, Recorded, Retracted, Revised, new_events, stream_of
from kb.domain.identity import Id
from kb.domain.measure_kind import MeasureKind
from kb.domain.passage import Passage
from kb.domain.quantity import Quantity
from kb.domain.scope import ScopeSelection
from kb.reasoning.reconcile import Reconciler
from kb.store.base import Base

_SOURCES = 2_000
_VENDORS = 5_000
_OF_QUANTITY = 5
"""Figures that tell of one quantity: of one measure and, mostly, one vendor."""


def source(number: int) -> Source:
    id, title = Id(f"source-{number}"), f"Deck {number}"
    return Source(id=id, slug=id, file=id, title=title, type="article", language="en", reliability=Reliability.B)


def vendor(number: int) -> ScopeValue:
    """One of the vendors; every hundredth is a group that the ninety-nine behind it are part of."""
    above = Id(f"vendor-{number // 100 * 100}") if number % 100 else None
    id, label = Id(f"vendor-{number}"), f"Vendor {number}"
    return ScopeValue(id=id, slug=f"vendor/{number}", file="words", key="vendor", label=label, part_of=above)


def measure(number: int) -> Measure:
    id, label = Id(f"measure-{number}"), f"Value {number}"
    return Measure(id=id, slug=id, file="words", label=label, unit="USD/month", kind=MeasureKind.FLOW, keys=("vendor",))


def figure(number: int, place: int, group: int, chance: Random) -> Figure:
    """A figure as the ``place``-th: of the same quantity as its five neighbours, whose true number it gives mostly."""
    of, true = place // group, Random(place // _OF_QUANTITY)
    amount, who = true.randrange(100, 100_000), true.randrange(_VENDORS)
    if chance.random() < 0.25:
        amount = amount * chance.randrange(80, 140) // 100
    if chance.random() < 0.1:
        who = chance.randrange(_VENDORS)
    said, by = Decimal(amount), chance.randrange(_SOURCES)
    return Figure(
        id=Id(f"figure-{number}"),
        slug=f"source-{by}/figure-{number}",
        file=f"source-{by}",
        source=Id(f"source-{by}"),
        measure=Id(f"measure-{of}"),
        quantity=Quantity(
            low=said, high=said, unit="USD/month", granularity=Decimal(1), as_written=f"${amount:,} / month"
        ),
        voice=Voice(f"Analyst {chance.randrange(500)}", (f"Author {by}",)),
        passage=Passage(chance.randrange(1, 3000), exact=f"${amount:,}"),
        stance=Stance.MEASURED,
        confidence=Confidence("likely"),
        scope={"vendor": ScopeSelection(terms=(Id(f"vendor-{who}"),))},
    )


def told(figures: int, group: int, chance: Random) -> Iterator[AnyEntity]:
    """Everything that the base is told before the clock runs."""
    yield from map(source, range(_SOURCES))
    yield from map(vendor, range(_VENDORS))
    yield from map(measure, range(max(1, figures // group)))
    for number in range(figures):
        yield figure(number, number, group, chance)


def built(url: str, figures: int, group: int) -> None:
    """Writes the base, in bulk, and prints how long that takes."""
    began = perf_counter()
    mint, chance = SeededMint(), Random(7)
    base = Base.open(url, None, migrations=MIGRATIONS)
    waiting: list[Fact] = []
    for entity in told(figures, group, chance):
        waiting.append(Recorded(entity))
        if len(waiting) == 10 * BATCH:
            base.append(new_events(waiting, {}, mint), AUTHOR, batch=mint.id(), recorded_at=NOW)
            waiting = []
    base.append(new_events(waiting, {}, mint), AUTHOR, batch=mint.id(), recorded_at=NOW)
    base.close()
    recorded = perf_counter()
    base = Base.open(url, Reconciler(), migrations=MIGRATIONS)
    print(f"built: {recorded - began:.0f} s to record, {perf_counter() - recorded:.0f} s for {len_of(base):,} findings")
    print(f"       {resident():.0f} MB held then")
    base.close()


def len_of(base: Base) -> int:
    """How many findings there are."""
    with base._tables.connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM finding").scalar_one())


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds for one event: up to the commit, and with it."""

    before: float
    whole: float


def appended(base: Base, events: int, figures: int, group: int, seed: int) -> dict[str, list[Spent]]:
    """What each of ``events`` takes, by kind: eight of ten are recorded, one is revised, one retracted."""
    assert base._writer
    at_commit: list[float] = []
    event.listen(base._writer.engine, "commit", lambda _: at_commit.append(perf_counter()))
    mint, chance, spent = SeededMint(seed), Random(seed), defaultdict(list)
    for number in range(events):
        kind, fact = _fact(number, figures, group, seed, chance)
        batch = mint.id()
        began = perf_counter()
        ready = new_events([fact], base.versions([stream_of(fact)]), mint)
        base.append(ready, AUTHOR, batch=batch, recorded_at=NOW)
        spent[kind].append(Spent(at_commit[-1] - began, perf_counter() - began))
    return spent


def _fact(number: int, figures: int, group: int, seed: int, chance: Random) -> tuple[str, Fact]:
    place = chance.randrange(figures)
    fresh = figure(figures + seed * 1_000_000 + number, place, group, chance)
    match number % 10:
        case 8:
            return "revised", Revised(replace(fresh, id=Id(f"figure-{place}")))
        case 9:
            return "retracted", Retracted("figure", Id(f"figure-{place}"))
        case _:
            return "added", Recorded(fresh)


def report(spent: dict[str, list[Spent]]) -> None:
    names = ("events", "p50", "p99", "most", "/s", "durable:", "p50", "p99", "/s")
    print(f"{'':10}" + "".join(f"{name:>9}" for name in names))
    for kind, each in spent.items():
        before, whole = sorted(one.before * 1e3 for one in each), sorted(one.whole * 1e3 for one in each)
        line = [*(f"{_percentile(before, share):9.2f}" for share in (50, 99, 100)), f"{1e3 / fmean(before):9.0f}"]
        line += [" " * 9, *(f"{_percentile(whole, share):9.2f}" for share in (50, 99)), f"{1e3 / fmean(whole):9.0f}"]
        print(f"{kind:10}{len(each):9,}" + "".join(line))


def _percentile(ordered: list[float], share: int) -> float:
    """The least of ``ordered`` that ``share`` per cent of them do not exceed."""
    return ordered[ceil(len(ordered) * share / 100) - 1]


def forgotten(path: Path) -> None:
    """Drops a file from the machine's cache."""
    with path.open("rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--figures", type=int, default=1_000_000)
    parser.add_argument("--events", type=int, default=1_000)
    parser.add_argument("--group", type=int, default=5, help="figures of a measure (default: 5)")
    parser.add_argument("--folder", type=Path, default=None, help="where the base is kept for the next run")
    parser.add_argument("--cold", action="store_true", help="drop the file from the machine's cache first")
    chosen = parser.parse_args()
    with nullcontext(chosen.folder) if chosen.folder else tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"increment-{chosen.figures}-{chosen.group}.db"
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            built(f"sqlite:///{path}", chosen.figures, chosen.group)
        os.sync()
        if chosen.cold:
            forgotten(path)
        base = Base.open(f"sqlite:///{path}", Reconciler(), migrations=MIGRATIONS)
        print(
            f"{chosen.figures:,} figures in groups of {chosen.group}, {path.stat().st_size / 1e9:.1f} GB; milliseconds"
        )
        report(appended(base, chosen.events, chosen.figures, chosen.group, seed=base.head().position))
        base.close()


if __name__ == "__main__":
    main()
