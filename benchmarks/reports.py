"""How long does a cited report take, in each format, from a cold command?

    python -m benchmarks.reports [--question plans-lose-money] [--times 5] [--documents FOLDER]

The shipped corpus is imported into a base of its own, with the documents of ``--documents`` attached if given. Then
`kb --version` and `kb report` in each format are run as a user runs them, in turn. For each, the median of the seconds
and its ratio to that of `kb --version` are printed.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from kb.app.typesetting import FORMATS

ROOT = Path(__file__).resolve().parents[1]
KB = [sys.executable, "-c", "from kb.cli import main; main()"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--question", default="plans-lose-money")
    parser.add_argument("--times", type=int, default=5)
    parser.add_argument("--documents", type=Path)
    options = parser.parse_args()
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        _run(folder, "init", "--example", ".")
        _run(folder, "import", "--actor", "benchmark", "--reason", "benchmark")
        if options.documents:
            _run(folder, "attach", str(options.documents.resolve()), "--actor", "benchmark", "--reason", "benchmark")
        commands = {"start": ["--version"]}
        for form in FORMATS:
            commands[form] = ["report", options.question, "--format", form, "--force", "-o", f"out.{form}"]
        seconds = {name: [] for name in commands}
        for _ in range(options.times):
            for name, words in commands.items():
                seconds[name].append(_run(folder, *words))
    start = median(seconds["start"])
    for name, taken in seconds.items():
        print(f"{name:6} {median(taken):6.2f} s  {median(taken) / start:5.1f} times the start")


def _run(folder: Path, *words: str) -> float:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    started = perf_counter()
    done = subprocess.run([*KB, *words], cwd=folder, env=environment, capture_output=True, text=True, check=False)
    taken = perf_counter() - started
    if done.returncode:
        raise SystemExit(f"kb {' '.join(words)}\n{done.stdout}{done.stderr}")
    return taken


if __name__ == "__main__":
    main()
