"""How fast, in how much memory and how rightly are very many figures reconciled? Figures whose truth is known.

    python -m benchmarks.reconcile [--most 1000000] [--added 2000] [--folder FOLDER]

For 10^3, 10^4 … figures, each number in a fresh process: columns and names are read (timed apart), then names are
matched, figures grouped as if every suggestion were accepted, and every group compared. What comes out is laid beside
the truth: pairs of figures that speak of the same quantity, and quantities of which a figure is wrong. To the largest
number figures are added at last, one at a time.
"""

import argparse
import pickle
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from json import dumps, loads
from math import log2
from pathlib import Path
from time import perf_counter, process_time, thread_time

import numpy as np

from benchmarks.figures import Told, restored, told
from kb.domain.finding import Verdict
from kb.reasoning.array import Ints
from kb.reasoning.column.columns import Columns
from kb.reasoning.column.compared import Compared, compared
from kb.reasoning.column.exact import Rows
from kb.reasoning.column.group import Groups, Row
from kb.reasoning.column.judge import VERDICTS
from kb.reasoning.resolution.clustering import NameClusters, NameLookup, cluster_names

_OPEN = [VERDICTS.index(verdict) for verdict in (Verdict.TENSION, Verdict.CONFLICT)]


@dataclass
class Line:
    """One line of the table: seconds by the clock and of CPU, megabytes at most, shares."""

    figures: int
    names: int
    reading: float
    matching: float = 0
    comparing: float = 0
    cpu: float = 0
    memory: float = 0
    precision: float = 0
    recall: float = 0
    found: float = 0
    right: float = 0


def measured(path: Path, added: int) -> Line:
    """What it takes to reconcile the figures that ``path`` holds, and what comes of it."""
    began = perf_counter()
    known = restored(pickle.loads(path.read_bytes()))
    line = Line(len(known.columns), len(known.names), perf_counter() - began)
    clock, cpu = perf_counter(), process_time()
    related = cluster_names(known.names, np.bincount(known.name, minlength=len(known.names)))
    line.matching = perf_counter() - clock
    columns = replace(known.columns, scope=related.representative[known.name])
    found = compared(columns, Rows(columns))
    line.comparing = perf_counter() - clock - line.matching
    line.cpu = process_time() - cpu
    line.memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    line.precision, line.recall = _pairs_right(known, columns)
    line.found, line.right = _disputes_right(known, found)
    if added:
        _report_added(known, columns, related, added)
    return line


def _pairs_right(known: Told, columns: Columns) -> tuple[float, float]:
    """Of the pairs of figures put together the share that belong so; and of those that belong so the share found."""
    group = columns.measure * len(known.names) + columns.scope
    both = np.unique(group, return_inverse=True)[1] * len(group) + known.quantity
    right = _pairs(both)
    return right / _pairs(group), right / _pairs(known.quantity)


def _pairs(group: Ints) -> int:
    counts = np.unique(group, return_counts=True)[1]
    return int((counts * (counts - 1) // 2).sum())


def _disputes_right(known: Told, found: Compared) -> tuple[float, float]:
    """Of the quantities about which figures truly differ the share disputed; of those disputed the share that do."""
    count = int(known.quantity.max()) + 1
    wrong = np.bincount(known.quantity[known.wrong], minlength=count) > 0
    fair = np.bincount(known.quantity[~known.wrong], minlength=count) > 0
    open = np.isin(found.verdict, _OPEN)
    disputed = np.zeros(count, np.bool_)
    for side in (found.left, found.right):
        disputed[known.quantity[found.row[found.positions.first[side[open]]]]] = True
    right = (disputed & wrong & fair).sum()
    return float(right / (wrong & fair).sum()), float(right / disputed.sum())


def _report_added(known: Told, columns: Columns, related: NameClusters, count: int) -> None:
    """Prints what it takes to add figures to what is known, one at a time."""
    began = perf_counter()
    lookup, groups = NameLookup(known.names, related), Groups(columns)
    print(f"  index for adding: {perf_counter() - began:.1f} s", file=sys.stderr)
    more = told(len(columns), seed=4)
    subject = dict(zip(known.names, related.representative.tolist(), strict=True))
    chance = np.random.default_rng(5)
    spent: list[float] = []
    busy: list[float] = []
    joined, new = 0, len(known.names)
    for place in chance.choice(len(columns), size=count, replace=False).tolist():
        name = known.names[int(known.name[place])] if chance.random() < 0.5 else _slipped(known, place, chance)
        row = {part: getattr(more.columns, part)[place].item() for part in Row._fields}
        began, cpu = perf_counter(), thread_time()
        scope = subject.get(name)
        scope = lookup.representative(name) if scope is None else scope
        groups.add(Row(**(row | {"measure": int(columns.measure[place]), "scope": new if scope is None else scope})))
        spent.append(perf_counter() - began)
        busy.append(thread_time() - cpu)
        joined += scope is not None
    print(f"  one more figure, {count:,} times, {joined:,} of them of a known subject", file=sys.stderr)
    for title, times in (("by the clock", spent), ("of CPU", busy)):
        told_of = ", ".join(f"p{part} {np.percentile(times, part) * 1e3:.2f} ms" for part in (50, 95, 99, 100))
        print(f"    {title}: {told_of}", file=sys.stderr)


def _slipped(known: Told, place: int, chance: np.random.Generator) -> str:
    """The figure's name with one letter left out: a name that was perhaps never seen."""
    name = known.names[int(known.name[place])]
    at = int(chance.integers(len(name)))
    return name[:at] + name[at + 1 :]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=1_000_000, help="figures in the last line (default: 1,000,000)")
    parser.add_argument("--added", type=int, default=2_000, help="figures added one at a time at last (default: 2,000)")
    parser.add_argument("--folder", type=Path, default=None, help="where to write (default: the temporary folder)")
    parser.add_argument("--make", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.make:
        chosen.make.write_bytes(pickle.dumps(told(chosen.most).arrays()))
    elif chosen.measure:
        print(dumps(asdict(measured(chosen.measure, chosen.added))))
    else:
        report(list(_lines(chosen.folder, chosen.most, chosen.added)))


def _lines(where: Path | None, most: int, added: int) -> Iterator[Line]:
    with tempfile.TemporaryDirectory(dir=where) as folder:
        counts = [10**power for power in range(3, 10) if 10**power <= most]
        for count in counts:
            yield _in_a_fresh_process(Path(folder), count, added if count == counts[-1] else 0)


def _in_a_fresh_process(folder: Path, count: int, added: int) -> Line:
    path = folder / f"{count}.pickle"
    subprocess.run(
        [sys.executable, "-m", "benchmarks.reconcile", "--make", str(path), "--most", str(count)], check=True
    )
    command = [sys.executable, "-m", "benchmarks.reconcile", "--measure", str(path), "--added", str(added)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return Line(**loads(done.stdout))


def report(lines: list[Line]) -> None:
    columns: dict[str, Callable[[Line], str]] = {
        "figures": lambda line: f"{line.figures:,}",
        "names": lambda line: f"{line.names:,}",
        "reading": lambda line: f"{line.reading:.2f}",
        "matching": lambda line: f"{line.matching:.2f}",
        "comparing": lambda line: f"{line.comparing:.2f}",
        "together": lambda line: f"{line.matching + line.comparing:.2f}",
        "of CPU": lambda line: f"{line.cpu:.2f}",
        "µs each": lambda line: f"{line.cpu / line.figures * 1e6:.1f}",
        "µs / log2 n": lambda line: f"{line.cpu / line.figures / log2(line.figures) * 1e6:.2f}",
        "MB": lambda line: f"{line.memory:,.0f}",
        "precision": lambda line: f"{line.precision:.4f}",
        "recall": lambda line: f"{line.recall:.4f}",
        "disputes found": lambda line: f"{line.found:.3f}",
        "of them right": lambda line: f"{line.right:.3f}",
    }
    print("| " + " | ".join(columns) + " |")
    print("|" + "---|" * len(columns))
    for line in lines:
        print("| " + " | ".join(tell(line) for tell in columns.values()) + " |")


if __name__ == "__main__":
    main()
