"""Does a page with an answer cost more than one without?

    python -m benchmarks.pages [--questions 300] [--seed N]

A base of invented questions is made in a temporary folder and served by ``kb serve``. Printed are the time of the first
page after the start of a server, and the best of the same page asked for again: for a question's page, which has an
answer, and for a claim's, which has none. Both are asked for once with the answers that an append has stored, and once
after they were deleted, so that the server has to compute them.
"""

import argparse
import os
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from urllib.request import urlopen

from benchmarks.answers import many_questions
from kb.app.wiring import append, open_base
from kb.app.workspace import Workspace
from kb.domain.event import Recorded
from kb.domain.identity import Author

_PORT = 8123
_PAGES = {"a question's page, with its answer": "/questions/q7", "a claim's page, without one": "/claims/q7-c0"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--seed", type=int, default=11)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "kb.db"
        os.environ["KB_DATABASE_URL"] = f"sqlite:///{path}"
        _make(options.questions, options.seed)
        _print_times("answers stored")
        with closing(sqlite3.connect(path)) as base, base:
            base.execute("DELETE FROM meta WHERE key = 'answers'")
        _print_times("answers deleted")


def _make(questions: int, seed: int) -> None:
    knowledge = many_questions(questions, Random(seed))
    began = time.perf_counter()
    with open_base(Workspace.find(Path.cwd())) as base:
        facts = [Recorded(entity) for entity in knowledge.by_id.values()]
        append(base, lambda _: facts, Author("benchmark", "invented"))
    seconds = time.perf_counter() - began
    print(f"{len(facts):,} entities, {questions} questions: recorded and answered in {seconds:.1f} s")


def _print_times(state: str) -> None:
    print(f"{state}:")
    for name, address in _PAGES.items():
        with _served() as host:
            first, *again = [_seconds(host + address) for _ in range(10)]
        print(f"  {name}: first {first * 1000:.0f} ms, then {min(again) * 1000:.1f} ms")


@contextmanager
def _served() -> Iterator[str]:
    command = [sys.executable, "-c", "from kb.cli import main; main()", "serve", "--port", str(_PORT)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout, "it was asked for"
        (host,) = re.findall(r"http://[0-9.:]+", server.stdout.readline())
        _seconds(f"{host}/static/kb.css")
        yield host
    finally:
        server.terminate()
        server.wait()


def _seconds(address: str) -> float:
    began = time.perf_counter()
    with urlopen(address) as response:
        response.read()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
