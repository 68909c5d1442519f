"""How fast is a number read? One quantity when warm, figures in prose, and in text that means harm.

    python -m benchmarks.notation [--documents FOLDER] [--megabytes 10]

Three tables: microseconds for each quantity that the design names, read again and again; megabytes a minute of prose
made of the documents in the folder (``../shared/documents``), or of a page of our own where they are missing; seconds
for a megabyte of each text that would hurt a reader who goes back over what was read.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from kb.numbers import figures, read_quantity

QUANTITIES = """
$2,000-3,000|upward of $2-3k/month|$8000|$14,000|$1.1 trillion|3580 亿美元|1.1 万亿美元|1000 亿美元以上|70-90%|
$3–$15 per million tokens|480T tokens / month|$100M+|negative 25%|between 20 and 70 times|10x|eighteen months|>80%|
40 out of 45|ninety percent|大约 20 到 30 美元|16M queries
"""
PAGE = """The pier sells about 3,500 passes a month at $40 each, and upward of $300-400 goes over its railing for every
hundred of them. Nobody counts the gulls. 码头每月卖出约 3.5 万张票，比去年多两成。In all, dozens of ferries
carried between 20 and 70 thousand people, of whom 40 out of 45 came in summer; the harbour
master says that the figures are his own.
"""
PIECES = """
1|1,|1,111,|1.|$|(|- |one hundred and |1 |1 1 1 |111 |between |from 1 to |百|1/|1-|about |more than |nearly about |每|
one |a |half a |and |hundreds of |million |几|十亿|分之|百分之|1e9|1^|1^-|1.1x10^|two fifths and |one one |twenty-|第|
more than 1 and less than |1 in |1 out of |(1, |[1,2|又|上|三分之|$1 and |元|五元三毛|1 0|%|x|
1x|http://1 |www.1|\u200f1|１|
，|一|九百九十九万|1 2/3 |one over |negative -|--|is equal to or more than |no more than no |in 1 in |1 per 1 |1 a 1 |
"""


def timed(work: Callable[[], object]) -> float:
    """Seconds of CPU time that ``work`` takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def counted(text: str) -> int:
    """Figures in ``text``."""
    return sum(1 for _ in figures(text))


def parts(lines: str) -> Iterator[str]:
    """The texts between the strokes of ``lines``."""
    return (part for part in lines.replace("|\n", "|").strip("\n").split("|") if part)


def prose(folder: Path, megabytes: int) -> str:
    """So many megabytes of prose."""
    page = "\n".join(path.read_text() for path in sorted(folder.glob("*.txt"))) if folder.is_dir() else PAGE
    return page * (megabytes * 10**6 // len(page.encode()) + 1)


def main() -> None:
    """Prints the three tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=Path, default=Path("../shared/documents"))
    parser.add_argument("--megabytes", type=int, default=10)
    given = parser.parse_args()
    print("µs  a quantity, warm (the best of five rounds)")
    for text in parts(QUANTITIES):
        rounds = [timed(lambda text=text: [read_quantity(text) for _ in range(500)]) for _ in range(5)]  # type: ignore[misc]
        print(f"{min(rounds) * 2000:5.1f}  {text}")
    text = prose(given.documents, given.megabytes)
    size = len(text.encode()) / 10**6
    seconds = timed(lambda: counted(text))
    print(f"{size / seconds * 60:5.0f} MB of prose a minute ({size:.1f} MB in {seconds:.1f} s)")
    print("  s  a megabyte of the same again and again")
    for piece in parts(PIECES):
        bad = piece * (10**6 // len(piece.encode()))
        print(f"{timed(lambda bad=bad: counted(bad)):5.2f}  {piece!r}")  # type: ignore[misc]


if __name__ == "__main__":
    main()
