"""Is anything lost, doubled or refused when many import at once?

    python -m benchmarks.torture.writers [--seconds 60] [--seed N] [--database sqlite|postgresql] [--control]

24 processes open one base, wait for each other, and then each imports a seed file of its own and one that all of them
share. Nobody may be refused; every entry of every file is recorded exactly once; another import of all files finds
nothing to do; the chain verifies and the tables equal a rebuild. The line of figures says how long the last one waited,
and how many who came later were served before somebody.

Control: events are appended even if the log has grown since they were decided on.
"""

import os
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import patch

import msgspec

from benchmarks.torture.bases import bases, broken_chain, faults, fork, opened, wrong_tables
from benchmarks.torture.common import Harness, Options, Tally, main
from kb.app import wiring
from kb.app.sources import import_seeds, plan_seed_import
from kb.domain.event import Recorded, fact_of
from kb.domain.identity import Author
from kb.domain.problem import Refused
from kb.intake.document_store import DocumentStore
from kb.store.base import Base

WRITERS = 24

SHARED = """\
kb: 1
id: shared
measures:
  - {id: rent, label: Rent of a flat, unit: EUR/month, kind: price, keys: [city]}
scopes:
  city:
    - {id: old-town, label: Old Town}
"""

OWN = """\
kb: 1
id: writer-%(number)d
source: {type: report, title: Count %(number)d, language: en, reliability: C}
figures:
"""

FIGURE = """\
  - {id: rent-%(line)d, measure: rent, scope: {city: old-town}, value: EUR %(value)d / month, at: L%(line)d}
"""


@dataclass(frozen=True, slots=True)
class Report:
    """How an import went.

    Attributes:
        arrived: When it began, in seconds of the system's clock.
        served: When it was over.
        problem: Why it was refused; empty if it was not.
    """

    arrived: float
    served: float
    problem: str


def torture(options: Options, tally: Tally) -> None:
    tally.counts.update(dict.fromkeys(("imports", "refused"), 0))
    fresh = bases(options)
    longest, overtaken = 0.0, 0
    for chance in options.rounds():
        url, folder = fresh.fresh(), options.folder / f"seeds-{tally.counts['imports']}"
        paths = written(folder, chance)
        reports = imported(url, paths)
        tally.counts["imports"] += len(reports)
        tally.counts["refused"] += sum(bool(report.problem) for report in reports)
        for loss in losses(url, paths, reports):
            tally.lose(f"{url}: {loss}")
        longest = max([longest, *(report.served - report.arrived for report in reports)])
        overtaken = max([overtaken, *overtakings(reports)])
    tally.remarks += [f"longest wait {longest:.1f} s", f"at most {overtaken} served before somebody who came earlier"]


def losses(url: str, paths: Sequence[Path], reports: Sequence[Report]) -> Iterator[str]:
    for report in reports:
        if report.problem:
            yield f"refused after {report.served - report.arrived:.1f} s: {report.problem}"
    yield from faults(url, lambda base: miscounted(base, paths, reports))


def written(folder: Path, chance: Random) -> Sequence[Path]:
    """The file that all share, then one for each writer."""
    folder.mkdir()
    count = chance.choice([3, 10, 30])
    shared = folder / "shared.yaml"
    shared.write_text(SHARED, encoding="utf-8")
    paths = [shared]
    for number in range(WRITERS):
        figures = (FIGURE % {"line": line, "value": chance.randrange(500, 2000)} for line in range(1, count + 1))
        paths.append(folder / f"writer-{number}.yaml")
        paths[-1].write_text(OWN % {"number": number} + "".join(figures), encoding="utf-8")
    return paths


def imported(url: str, paths: Sequence[Path]) -> Sequence[Report]:
    """What the writers report, after all of them imported at once into the base at ``url``."""
    ready, go = os.pipe(), os.pipe()
    answers = []
    for own in paths[1:]:
        reading, writing = os.pipe()

        def work(own: Path = own, answer: int = writing) -> None:
            os.close(go[1])
            with closing(opened(url)) as base:
                os.write(ready[1], b".")
                os.read(go[0], 1)  # ends when the parent closes its end
                os.write(answer, msgspec.json.encode(imported_by_one(base, [paths[0], own])))

        answers.append((fork(work), reading))
        os.close(writing)
    for _ in answers:
        os.read(ready[0], 1)
    for end in (*ready, *go):
        os.close(end)
    return [answer_of(pid, pipe) for pid, pipe in answers]


def answer_of(pid: int, pipe: int) -> Report:
    with os.fdopen(pipe, "rb") as answer:
        text = answer.read()
    os.waitpid(pid, 0)
    return msgspec.json.decode(text, type=Report)


def imported_by_one(base: Base, paths: Sequence[Path]) -> Report:
    documents, author = DocumentStore(paths[0].parent / "documents"), Author(paths[-1].stem, "to see who waits")
    arrived, problem = time.monotonic(), ""
    try:
        import_seeds(base, documents, paths, author)
    except Refused as refused:
        problem = str(refused.problems[0])
    except Exception:
        problem = traceback.format_exc(limit=-1)
    return Report(arrived, time.monotonic(), problem)


def miscounted(base: Base, paths: Sequence[Path], reports: Sequence[Report]) -> str:
    """What is wrong with the base that the writers left; empty if nothing."""
    done = [path for path, report in zip(paths[1:], reports, strict=True) if not report.problem]
    recorded = Counter(recorded_names(base))
    doubled = [name for name, count in recorded.items() if count > 1]
    if doubled:
        return f"{len(doubled)} entries are recorded more than once, e.g. {doubled[0]}"
    files = {entity.file for entity in base.knowledge().by_id.values()}
    if missing := {path.stem for path in done} - files:
        return f"the files {', '.join(sorted(missing))} were imported and are not there"
    if further := plan_seed_import(base, DocumentStore(paths[0].parent / "documents"), [paths[0], *done]).facts:
        return f"{len(further)} entries were imported and are not there"
    return broken_chain(base) or wrong_tables(base)


def recorded_names(base: Base) -> Iterator[Any]:
    for event in base.events():
        fact = fact_of(event.type, event.data or "")
        if isinstance(fact, Recorded):
            yield fact.entity.slug


def overtakings(reports: Sequence[Report]) -> Iterator[int]:
    """For each writer, how many came later and were served earlier."""
    for report in reports:
        yield sum(other.arrived > report.arrived and other.served < report.served for other in reports)


def control(options: Options, tally: Tally) -> None:
    decided, first = wiring._decided, dict[object, Any]()

    def careless(base: Base, make_facts: Any, known: Any) -> Any:
        return first.setdefault(make_facts, decided(base, make_facts, known))

    with patch.object(wiring, "_decided", careless):
        torture(options, tally)


HARNESS = Harness(
    name="writers",
    about=__doc__,
    run=torture,
    control=control,
    without="appended though the log has grown",
    databases=("sqlite", "postgresql"),
)

if __name__ == "__main__":
    sys.exit(main(HARNESS))
