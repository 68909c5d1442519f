"""Can a seed file make `kb check` or `kb import` hang, or break, or accept what cannot be exported again?

    python -m benchmarks.torture.seeds [--seconds 60] [--seed N] [--control]

Seed files of the shipped corpus are mutated: bits, bytes and characters that YAML or a terminal might stumble over,
words, numbers, lines, indentation, nesting. All files are imported at once, or the mutated one into a base that has
them already. A case takes at most 40 seconds and 2 GB. The answer is a list of problems or an import, and `kb check`
and `kb import` agree. What is imported is exported as seed files; an empty base imports these and exports the same, and
the first base then takes 0 further events from them.

Control: the reader lets any character through.
"""

import os
import re
import resource
import select
import shutil
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from unittest.mock import patch

from benchmarks.torture.bases import fork, opened
from benchmarks.torture.common import Harness, Options, Tally, main
from benchmarks.torture.flips import IMPORTED, PART
from kb.app.exporting import write_seed_files
from kb.app.sources import import_seeds, plan_seed_import
from kb.domain.identity import Author
from kb.domain.problem import Refused
from kb.intake import yaml_reader
from kb.intake.document_store import DocumentStore
from kb.store.base import Base

LIMIT = 40.0
"""Seconds that a case may take."""

MEMORY = 2 * 1024**3
AUTHOR = Author("torture", "to see what is accepted")
ODD = [
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\t",
    b"\r",
    b"\n---\n",
    b"\xc2\x85",
    b"\xe2\x80\xae",
    b"\x1b[2J",
]
ODD += [letter.encode() for letter in ("\u2028", "\ufffe", "\u200b", "\ue000", "\U0001f642", "é", "万", "：", "“")]
WORDS = [
    "&a",
    "*a",
    "!!set",
    "<<",
    "{",
    "[",
    "]",
    "}",
    "|",
    ">",
    "~",
    "null",
    "yes",
    "[]",
    "{}",
    '"',
    "'",
    "#",
    ":",
    "- ",
    "%",
    "@",
]
WORDS += [
    "nan",
    "inf",
    "-0",
    "1e9999",
    "9" * 400,
    "1/0",
    "0x1F",
    "1_000",
    "2026-02-30",
    "$",
    "€",
    "..",
    "-",
    "?",
    ",",
    "a" * 3000,
]


@dataclass(frozen=True, slots=True)
class Case:
    """Seed files to import.

    Attributes:
        files: Content of each, by name; one of them is mutated.
        corpus: The corpus that is in the base already, by its number; None for an empty base.
        about: What was done to the mutated one.
    """

    files: Mapping[str, bytes]
    corpus: int | None
    about: str


Mutation = Callable[[bytes, Random], tuple[bytes, str]]


def flip(data: bytes, chance: Random) -> tuple[bytes, str]:
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :], f"a bit of byte {at}"


def insert(data: bytes, chance: Random) -> tuple[bytes, str]:
    at, odd = chance.randrange(len(data)), chance.choice(ODD)
    return data[:at] + odd + data[at:], f"{odd!r} before byte {at}"


def cut(data: bytes, chance: Random) -> tuple[bytes, str]:
    at = chance.randrange(len(data))
    size = chance.choice([1, 2, 20, 200, len(data)])
    return data[:at] + data[at + size :], f"{size} bytes from {at} left out"


def swap_words(data: bytes, chance: Random) -> tuple[bytes, str]:
    """A word becomes another one, of the corpus or an odd one."""
    places = [match.span() for match in re.finditer(rb"[\w.$%-]+|[^\w\s]", data)]
    start, end = chance.choice(places)
    other = chance.choice(WORDS).encode() if chance.random() < 0.4 else data[slice(*chance.choice(places))]
    return data[:start] + other + data[end:], f"{data[start:end]!r} at byte {start} becomes {other[:40]!r}"


def change_lines(data: bytes, chance: Random) -> tuple[bytes, str]:
    lines = data.split(b"\n")
    at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    match chance.randrange(4):
        case 0:
            lines[at], lines[other] = lines[other], lines[at]
            return b"\n".join(lines), f"lines {at + 1} and {other + 1} exchanged"
        case 1:
            del lines[at]
            return b"\n".join(lines), f"line {at + 1} left out"
        case 2:
            lines.insert(at, lines[other])
            return b"\n".join(lines), f"line {other + 1} repeated before line {at + 1}"
        case _:
            lines[at] = b" " * chance.randrange(5) + lines[at].lstrip(b" ")
            return b"\n".join(lines), f"line {at + 1} indented anew"


def nest(data: bytes, chance: Random) -> tuple[bytes, str]:
    places = [match.span(1) for match in re.finditer(rb": ([^\s{\[][^\n]*)", data)]
    start, end = chance.choice(places)
    depth = chance.choice([5, 50, 500, 900])
    return data[:start] + b"[" * depth + b"]" * depth + data[end:], f"{depth} lists at byte {start}"


MUTATIONS: tuple[Mutation, ...] = (
    flip,
    insert,
    cut,
    swap_words,
    swap_words,
    swap_words,
    change_lines,
    change_lines,
    nest,
)


@cache
def corpora() -> Sequence[Mapping[str, bytes]]:
    """A small set of files with every kind of entry, a part of the shipped corpus, and all of it."""
    here = Path(__file__).resolve().parent
    small = [*(here.parents[1] / "templates" / "workspace").glob("*.yaml"), here / "odds.yaml"]
    part = [PART / f"{name}.yaml" for name in IMPORTED]
    return [
        {path.stem: path.read_bytes() for path in sorted(paths)}
        for paths in (small, part, (here.parents[1] / "seeds").glob("*.yaml"))
    ]


def made(chance: Random, mutations: Sequence[Mutation]) -> Case:
    """Some seed files that need no other, one of them mutated in one to three places; or this one alone, later."""
    number = chance.choice([0, 0, 0, 0, 0, 0, 1, 1, 1, 2])
    files = dict(corpora()[number])
    mutated = chance.choice([*files])
    about = []
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        files[mutated], what = chance.choice(mutations)(files[mutated] or b" ", chance)
        about.append(what)
    described = f"{mutated}.yaml of corpus {number}, with {'; '.join(about)}"
    if chance.random() < 0.5:
        return Case({mutated: files[mutated]}, number, f"{described}, imported after all of them")
    return Case(files, None, described)


def examine(case: Case, folder: Path) -> str:
    """``refused``, ``accepted``, or what went wrong."""
    paths = written(folder / "given", case.files)
    documents = DocumentStore(folder / "documents")
    try:
        with closing(copied_base(folder, "first", case.corpus)) as base:
            plan_seed_import(base, documents, paths)
            try:
                import_seeds(base, documents, paths, AUTHOR)
            except Refused as refused:
                return f"`kb check` accepts what `kb import` refuses: {refused.problems[0]}"
            return round_trip(base, documents, folder) or "accepted"
    except Refused:
        return "refused"


def round_trip(base: Base, documents: DocumentStore, folder: Path) -> str:
    """What is lost between the export of ``base`` and an import of it; empty if nothing."""
    exported = exported_files(base, folder / "exported")
    paths = sorted((folder / "exported").iterdir())
    try:
        with closing(copied_base(folder, "second")) as second:
            import_seeds(second, documents, paths, AUTHOR)
            if exported_files(second, folder / "again") != exported:
                return "the export of the export is another"
        further = plan_seed_import(base, documents, paths).facts
        return f"the export gives {len(further)} further events, the first of {further[0]!r:.200}" if further else ""
    except Refused as refused:
        return f"the export cannot be imported: {refused.problems[0]}"


def exported_files(base: Base, folder: Path) -> Mapping[str, bytes]:
    shutil.rmtree(folder, ignore_errors=True)
    write_seed_files(base, folder, overwrite=True)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def written(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, data in files.items():
        (folder / f"{name}.yaml").write_bytes(data)
    return sorted(folder.iterdir())


def copied_base(folder: Path, name: str, corpus: int | None = None) -> Base:
    """A base of that name, with a corpus in it or empty."""
    origin = folder / f"corpus-{corpus}.db"
    if not origin.exists():
        with closing(opened(f"sqlite:///{origin}")) as base:
            if corpus is not None:
                paths = written(folder / "given-before", corpora()[corpus])
                import_seeds(base, DocumentStore(folder / "documents"), paths, AUTHOR)
    for rest in folder.glob(f"{name}.db*"):
        rest.unlink()
    shutil.copy(origin, folder / f"{name}.db")
    return opened(f"sqlite:///{folder / name}.db")


def judged(case: Case, folder: Path) -> str:
    """What ``examine`` says; of an exception that nobody caught, where it came from."""
    try:
        return examine(case, folder)
    except Exception as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return f"a traceback: {type(error).__name__}: {error!s:.200} ({Path(frame.filename).name}:{frame.lineno})"


class Examiner:
    """A process that examines one case after another, of which a seed and a number make the same everywhere."""

    def __init__(self, options: Options, mutations: Sequence[Mutation]) -> None:
        self._requests, requests = socket.socketpair()

        def work() -> None:
            self._requests.close()
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            while number := requests.recv(100).decode():
                requests.sendall(judged(case_of(options.seed, int(number), mutations), options.folder).encode()[:2000])

        self._pid = fork(work)
        requests.close()

    def verdict(self, number: int) -> str:
        """``refused``, ``accepted``, or what went wrong with case ``number``; after a hang it can only be killed."""
        self._requests.sendall(str(number).encode())
        if not select.select([self._requests], [], [], LIMIT)[0]:
            return f"hangs: no answer after {LIMIT:.0f} s"
        return self._requests.recv(4000).decode(errors="replace") or "the process died"

    def kill(self) -> None:
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        self._requests.close()


def case_of(seed: int, number: int, mutations: Sequence[Mutation]) -> Case:
    return made(Random(f"{seed}-{number}"), mutations)


def torture(
    options: Options,
    tally: Tally,
    mutations: Sequence[Mutation] = MUTATIONS,
) -> None:
    tally.counts.update(dict.fromkeys(("cases", "refused", "accepted"), 0))
    known: set[str] = set()
    examiner: Examiner | None = None
    for number, _ in enumerate(options.rounds(at_least=8)):
        examiner = examiner or Examiner(options, mutations)
        verdict = examiner.verdict(number)
        tally.counts["cases"] += 1
        if verdict in ("refused", "accepted"):
            tally.counts[verdict] += 1
            continue
        examiner.kill()
        examiner = None
        # The same fault is reported once, however many cases meet it.
        kind = re.sub(r"\d+|'[^']*'|/\S*", "", verdict)[:60]
        if kind not in known:
            tally.lose(f"case {number}, {case_of(options.seed, number, mutations).about}: {verdict}")
        known.add(kind)
    if examiner:
        examiner.kill()


def control(options: Options, tally: Tally) -> None:
    with patch.object(yaml_reader, "_is_printable", lambda _text, _diagnostics: True):
        torture(options, tally, (insert,))


HARNESS = Harness(
    name="seeds",
    about=__doc__,
    run=torture,
    control=control,
    without="any character is let through",
    in_memory=True,
)

if __name__ == "__main__":
    sys.exit(main(HARNESS))
