"""How long do a cited report in each format, and the pages as files, take from a cold command?

    python -m benchmarks.reports [--question plans-lose-money] [--times 5] [--documents FOLDER]

The shipped corpus is imported into a base of its own, with the documents of ``--documents`` attached if given. Then
`kb --version`, `kb report` in each format and, once, `kb export --format site` are run as a user runs them, in turn.
For each, the median of the seconds and what it may be are printed, and the median of the seconds that the processors
worked, which a busy machine makes little longer.
"""

import argparse
import os
import resource
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from kb.app.typesetting import FORMATS

ROOT = Path(__file__).resolve().parents[1]
LIMITS = {"md": 2.5, "html": 2.5, "docx": 4.0, "pdf": 3.5, "site": 30.0}
"""Seconds that a command may take on a machine with two cores, by format."""
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
            _run(folder, *commands[form])
        seconds = {name: [] for name in commands}
        for _ in range(options.times):
            for name, words in commands.items():
                seconds[name].append(_run(folder, *words))
        seconds["site"] = [_run(folder, "export", "--format", "site", "-o", "site")]
    for name, taken in seconds.items():
        passed, worked = (median(each) for each in zip(*taken, strict=True))
        limit = f"of {LIMITS[name]:4.1f} s" if name in LIMITS else " " * 9
        print(f"{name:6} {passed:6.2f} s  {limit}  {worked:6.2f} s of work")


def _run(folder: Path, *words: str) -> tuple[float, float]:
    """The seconds that a command takes, and those that the processors work for it."""
    # A user's Python keeps what it has compiled, whatever this machine's is told.
    kept = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    environment = {**os.environ, **kept, "PYTHONPATH": str(ROOT)}
    started, before = perf_counter(), _worked()
    done = subprocess.run([*KB, *words], cwd=folder, env=environment, capture_output=True, text=True, check=False)
    taken = perf_counter() - started, _worked() - before
    if done.returncode:
        raise SystemExit(f"kb {' '.join(words)}\n{done.stdout}{done.stderr}")
    return taken


def _worked() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
