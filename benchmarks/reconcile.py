"""How long does ``kb reconcile`` take? The command itself, in a process of its own.

    python -m benchmarks.reconcile [FIGURES ...] [--folder FOLDER]

For each number of FIGURES (default: 20,000) a base is built. Each measure has three to eight figures from different
sources, about one vendor or, for one measure in four, two. Of a hundred figures about 85 give the true number, eight
are off by up to a tenth, and seven are 1.3 to 3 times too high. The base has its findings already; the command must
report that they come out the same. Time, CPU time and peak memory are those of its whole process.
"""

import argparse
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from random import Random

from benchmarks.append import AUTHOR, MIGRATIONS, NOW
from benchmarks.increment import figure, measure, source, vendor
from benchmarks.synthetic import BATCH, SeededMint
from kb.domain.entity import AnyEntity, Figure, Measure
from kb.domain.event import Recorded, new_events
from kb.domain.identity import Id
from kb.domain.scope import ScopeSelection
from kb.reasoning.reconcile import Reconciler
from kb.store.base import Base

_SOURCES = 40
_VENDORS = 60
_COMMAND = (sys.executable, "-c", "from kb.cli import main; main()", "reconcile")
_SIZE = "SELECT count(*), total(length(CAST(body AS BLOB))) FROM finding"


def stated(like: Figure, of: Measure, by: Id, who: int, true: int, chance: Random) -> Figure:
    """What source ``by`` says about vendor ``who``, read as rounded to three digits; the rest is as in ``like``."""
    wrong = chance.choice([(1, 1)] * 85 + [(0.9, 1.1)] * 8 + [(1.3, 3)] * 7)
    amount = Decimal(int(true * chance.uniform(*wrong)))
    quantity = replace(like.quantity, low=amount, high=amount, as_written=f"${amount:,} / month")
    quantity = replace(quantity, granularity=Decimal(10) ** max(0, amount.adjusted() - 2))
    scope = {"vendor": ScopeSelection(terms=(Id(f"vendor-{who}"),))}
    slug = f"{by}/{like.id}"
    return replace(like, slug=slug, file=by, source=by, measure=of.id, quantity=quantity, scope=scope)


def facts(figures: int, chance: Random) -> Iterator[AnyEntity]:
    """Sources and vendors, then measures with their figures, until there are ``figures``."""
    yield from map(source, range(_SOURCES))
    yield from map(vendor, range(_VENDORS))
    place = 0
    for number in count():
        of = measure(number)
        usual = chance.randrange(100, 1000) * 10 ** chance.randrange(4)
        # Vendor 0 is the whole that all others are part of; it has no figures.
        vendors = chance.sample(range(1, _VENDORS), chance.choice((1, 1, 1, 2)))
        true = {who: usual if who == vendors[0] else int(usual * chance.uniform(0.3, 3)) for who in vendors}
        yield of
        for by in chance.sample(range(_SOURCES), chance.randint(3, 8)):
            if place == figures:
                return
            who = chance.choice(vendors)
            yield stated(figure(place, place, 1, chance), of, Id(f"source-{by}"), who, true[who], chance)
            place += 1


def build(url: str, figures: int) -> None:
    """A base of ``figures`` figures with their findings."""
    mint, entities = SeededMint(), list(facts(figures, Random(7)))
    base = Base.open(url, None, migrations=MIGRATIONS)
    for first in range(0, len(entities), BATCH):
        fresh = [Recorded(entity) for entity in entities[first : first + BATCH]]
        base.append(new_events(fresh, {}, mint), AUTHOR, batch=mint.id(), recorded_at=NOW)
    base.close()
    Base.open(url, Reconciler(), migrations=MIGRATIONS).close()


def row(folder: Path, figures: int) -> str:
    """One row of the table."""
    path = folder / f"reconcile-{figures}.db"
    # A process's peak memory starts at that of its parent, so the base is built in a process of its own.
    builder = get_context("spawn").Process(target=build, args=(f"sqlite:///{path}", figures))
    builder.start()
    builder.join()
    os.sync()
    began = time.perf_counter()
    settings = os.environ | {"KB_DATABASE_URL": f"sqlite:///{path}"}
    command = subprocess.Popen(_COMMAND, stdout=subprocess.PIPE, env=settings)
    assert command.stdout
    said = command.stdout.read().decode()
    _, status, used = os.wait4(command.pid, 0)
    seconds = time.perf_counter() - began
    assert status == 0 and "none changed" in said, said
    with closing(sqlite3.connect(path)) as connection:
        [(findings, size)] = connection.execute(_SIZE)
    cpu, memory, rate = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, figures / seconds
    return f"{figures:9,} {findings:9,} {seconds:8.1f} {cpu:8.1f} {memory:8.0f} {rate:10,.0f} {size:12,.0f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("figures", nargs="*", type=int, default=[20_000], help="figures in the base (default: 20,000)")
    parser.add_argument("--folder", type=Path, default=None, help="where to write (default: the temporary folder)")
    chosen = parser.parse_args()
    print("  figures  findings  seconds   of CPU  MB peak  figures/s        bytes")
    with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
        for figures in chosen.figures:
            print(row(Path(folder), figures), flush=True)


if __name__ == "__main__":
    main()
