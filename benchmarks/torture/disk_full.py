"""Is a file or the base ever left half written when the disk fills up?

    python -m benchmarks.torture.disk_full [--seconds 60] [--seed N] [--control]

A workspace lies on a disk of 8 MB in memory, which is filled but for some hundred kilobytes, or nothing. Then a command
runs that writes: an import, a report, an export, a draft, a bibliography, a new edition. If it fails it must say that
the disk is full, and append nothing. Every file must be as it was before, or as the command leaves it where there is
space; nothing else is left behind; the base verifies. Where this user may not mount a disk, files are limited in size
instead, and the message may be another.

Control: the old file is overwritten with a plain ``write_text``.
"""

import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import chdir, contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Protocol

from click.testing import CliRunner

from benchmarks.torture.bases import broken_chain, faults
from benchmarks.torture.common import Harness, Options, Tally, main
from benchmarks.torture.flips import IMPORTED, PART
from benchmarks.torture.writers import FIGURE, OWN
from kb.cli import main as kb

SIZE = 8 * 1024**2
LARGEST = 2 * 1024**2
"""Bytes of a base, after which a fresh workspace is made."""

REASON = ("--reason", "to see what is left")

SOURCE = """\
kb: 1
id: letter
source: {type: personal_communication, title: A letter, language: en, reliability: C, document: {sha256: %s}}
"""


class Disk(Protocol):
    """A disk that can be filled."""

    folder: Path
    message: str

    def fill(self, free: int) -> None:
        """Leaves ``free`` bytes."""

    def empty(self) -> None:
        """Makes all the space free again."""


class SmallDisk:
    """A disk in memory, filled with a file."""

    message = "full"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "filler"

    def fill(self, free: int) -> None:
        space = shutil.disk_usage(self.folder).free - free
        with suppress(OSError), self._filler.open("wb") as file:
            file.write(bytes(max(0, space)))

    def empty(self) -> None:
        self._filler.unlink(missing_ok=True)


class SmallFiles:
    """A disk on which no file may become larger than some size."""

    message = ""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._most = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill(self, free: int) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (free, self._most[1]))

    def empty(self) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, self._most)


@contextmanager
def small_disk(folder: Path) -> Iterator[Disk]:
    place = folder / "disk"
    place.mkdir()
    mount = ("mount", "-t", "tmpfs", "-o", f"size={SIZE}", "torture", str(place))
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except OSError:
        mounted = False
    try:
        yield SmallDisk(place) if mounted else SmallFiles(place)
    finally:
        if mounted:
            subprocess.run(("umount", str(place)), check=True)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command ended: its exit code, what it printed, and the exception that nobody caught, if any."""

    code: int
    output: str
    exception: BaseException | None = None


Command = Callable[[], Outcome]


def command(*arguments: str) -> Command:
    """The command ``kb`` with ``arguments``."""

    def run() -> Outcome:
        result = CliRunner(env=dict.fromkeys(("KB_DATABASE_URL", "KB_HOME", "KB_ACTOR"))).invoke(kb, arguments)
        uncaught = None if isinstance(result.exception, SystemExit) else result.exception
        return Outcome(result.exit_code, " ".join(result.output.split()), uncaught)

    return run


def an_import(chance: Random) -> Command:
    number = chance.randrange(1_000_000)
    figures = (
        FIGURE % {"line": line, "value": chance.randrange(500, 2000)} for line in range(1, chance.randrange(2, 50))
    )
    Path(f"new-{number}.yaml").write_text(OWN % {"number": number} + "".join(figures), encoding="utf-8")
    return command("import", f"new-{number}.yaml", *REASON)


def a_report(chance: Random) -> Command:
    form = chance.choice(["md", "html"])
    return command("report", "rents-rise", "--format", form, "-o", f"report.{form}")


def an_export(chance: Random) -> Command:
    form, target = chance.choice([("json", "export.json"), ("seeds", "exported")])
    return command("export", "--format", form, "-o", target, "--force")


def a_draft(chance: Random) -> Command:
    lines = (
        f"In {chance.randrange(1990, 2026)} the rent rose by {chance.randrange(100)} %.\n"
        for _ in range(chance.randrange(900))
    )
    Path("given.txt").write_text("".join(lines) or "The rent was $8.\n", encoding="utf-8")
    return command("draft", "given.txt", "-o", "draft.yaml", "--force")


def a_bibliography(chance: Random) -> Command:
    entries = (
        f"@book{{b{number}, title={{Book {chance.random()}}}, year=2020}}\n"
        for number in range(chance.randrange(1, 90))
    )
    Path("refs.bib").write_text("".join(entries), encoding="utf-8")
    return command("import", "refs.bib", "-o", "refs.yaml", "--force")


def an_edition(chance: Random) -> Command:
    Path("edition.txt").write_text(f"Edition {chance.random()}\n" * chance.randrange(1, 9000), encoding="utf-8")
    return command("attach", "edition.txt", "--edition-of", "letter", *REASON)


COMMANDS = (an_import, an_import, a_report, an_export, a_draft, a_bibliography, an_edition)


def overwriting(chance: Random) -> Command:
    """What no command may do."""

    def run() -> Outcome:
        try:
            Path("report.md").write_text("A new report.\n" * 30_000, encoding="utf-8")
        except OSError as error:
            return Outcome(1, f"the disk is full: {error}")
        return Outcome(0, "")

    return run


def make_workspace(folder: Path) -> None:
    """A workspace with a base, and with a file of each kind that a command writes."""
    shutil.rmtree(folder, ignore_errors=True)
    command("init", str(folder))()
    for seed in (folder / "seeds").iterdir():
        seed.unlink()
    for name in IMPORTED:
        shutil.copy(PART / f"{name}.yaml", folder / "seeds")
    letter = b"Dear Sir,\n"
    (folder / "letter.txt").write_bytes(letter)
    (folder / "seeds" / "letter.yaml").write_text(SOURCE % sha256(letter).hexdigest(), encoding="utf-8")
    shared = "kb: 1\nid: rents\nmeasures:\n  - {id: rent, label: Rent, unit: EUR/month, kind: price, keys: [city]}\n"
    places = "scopes:\n  city: [{id: old-town, label: Old Town}]\n"
    asked = "questions:\n  - {id: rents-rise, text: Do rents rise?, sides: {yes: They rise., no: They do not.}}\n"
    (folder / "seeds" / "rents.yaml").write_text(f"{shared}{places}{asked}")
    with chdir(folder):
        for arguments in (("import", *REASON), ("attach", ".", *REASON)):
            outcome = command(*arguments)()
            assert outcome.code == 0, outcome.output


def torture(options: Options, tally: Tally, commands: Sequence[Callable[[Random], Command]] = COMMANDS) -> None:
    tally.counts.update(dict.fromkeys(("commands", "succeeded", "refused"), 0))
    with small_disk(options.folder) as disk:
        folder = disk.folder / "workspace"
        for number, chance in enumerate(options.rounds(at_least=7)):
            if number == 0 or (folder / "kb.db").stat().st_size > LARGEST:
                make_workspace(folder)
            with chdir(folder):
                make = commands[number % len(commands)]
                for loss in losses(disk, make(chance), chance, tally):
                    tally.lose(f"{make.__name__}: {loss}")
        tally.remarks.append("a small disk" if disk.message else "small files (no disk could be mounted)")


def losses(disk: Disk, run: Command, chance: Random, tally: Tally) -> Iterator[str]:
    """What is wrong after a command ran on a full disk, and then again with space."""
    before, events = files(), event_count()
    free = chance.choice([0, 4096, chance.randrange(100_000), chance.randrange(1_000_000)])
    disk.fill(free)
    try:
        outcome = run()
    finally:
        disk.empty()
    during = files()
    tally.counts["commands"] += 1
    tally.counts["refused" if outcome.code else "succeeded"] += 1
    yield from wrong_answers(outcome, disk, free)
    if outcome.code and event_count() != events:
        yield "it failed, and its events are in the log"
    yield from faults(f"sqlite:///{Path('kb.db').absolute()}", broken_chain)
    run()
    yield from half_written(before, during, files())


def wrong_answers(outcome: Outcome, disk: Disk, free: int) -> Iterator[str]:
    if outcome.exception:
        yield f"a traceback with {free:,} bytes free: {outcome.exception!r:.200}"
    elif outcome.code and disk.message not in outcome.output:
        yield f"with {free:,} bytes free the message does not say that the disk is full: {outcome.output:.200}"


def half_written(before: Mapping[str, bytes], during: Mapping[str, bytes], after: Mapping[str, bytes]) -> Iterator[str]:
    """Files that are neither as they were nor as the command writes them."""
    for path in before.keys() - during.keys():
        yield f"{path} is gone"
    for path, content in during.items():
        whole = [state[path] for state in (before, after) if path in state]
        if not whole or (path not in after and path not in before):
            yield f"{path} is left behind"
        elif content not in whole:
            yield f"{path} is cut: {len(content):,} bytes instead of {' or '.join(f'{len(text):,}' for text in whole)}"


def files() -> Mapping[str, bytes]:
    """The files of the workspace in the current folder, without those of the base."""
    paths = (path for path in Path().rglob("*") if path.is_file() and not path.name.startswith("kb.db"))
    return {str(path): path.read_bytes() for path in paths}


def event_count() -> int:
    return int(command("log", "head")().output.split()[0].split(":")[0])


def control(options: Options, tally: Tally) -> None:
    torture(options, tally, (a_report, overwriting))


HARNESS = Harness(
    name="disk_full", about=__doc__, run=torture, control=control, without="plain write_text over the old file"
)

if __name__ == "__main__":
    sys.exit(main(HARNESS))
