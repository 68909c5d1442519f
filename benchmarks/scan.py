"""How fast is a document scanned? Figures with their names, nouns and kinds in prose, and in text that means harm.

    python -m benchmarks.scan [--documents FOLDER] [--kilobytes 100]

Two tables: megabytes a minute of each document of the folder (``../shared/documents``, or the pages that the tests
hold), read five times over; seconds of CPU that a megabyte of each adversarial piece would take, from the kilobytes
given and from twice as many, so that growth shows.
"""

import argparse
from pathlib import Path

from benchmarks.notation import parts, timed
from kb.numbers.scan import scan

PAGES = Path(__file__).parents[1] / "tests" / "corpus" / "prose"
PIECES = """
1|1,|1,111,|1.|$|(|- |one hundred and |1 |1 1 1 |111 |between |from 1 to |百|1/|1-|about |more than |nearly about |每|
one |a |half a |and |hundreds of |million |几|十亿|分之|百分之|1e9|1^|1^-|1.1x10^|two fifths and |one one |twenty-|第|
more than 1 and less than |1 in |1 out of |(1, |[1,2|又|上|三分之|$1 and |元|五元三毛|1 0|%|x|1x|http://1 |www.1|
１|，|一|九百九十九万|1 2/3 |one over |negative -|--|is equal to or more than |no more than no |in 1 in |1 per 1 |
1 a 1 |GPT-|A 1 |a few |two two |百度|section 1 |[0] |v1.2 |2025-01-|<b>|**|\\n1. |May 4 |每1|第1|$1 per |1 million |
"""


def scanned(text: str) -> int:
    """Figures that are found in ``text``."""
    return sum(1 for _ in scan(text))


def main() -> None:
    """Prints the two tables."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--documents", type=Path, default=Path("../shared/documents"))
    asked.add_argument("--kilobytes", type=int, default=100)
    options = asked.parse_args()
    folder = options.documents if options.documents.is_dir() else PAGES
    scanned("warm: $40 a month, 约 3.5 万张票")
    print("MB a minute   figures   document")
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text(encoding="utf-8") * 5
        seconds = timed(lambda text=text: scanned(text))  # type: ignore[misc]
        print(f"{len(text.encode()) / 1e6 / seconds * 60:11.1f} {scanned(text) // 5:9}   {path.stem}")
    print("\ns a MB   at twice the size   piece, again and again")
    for piece in (part.replace("\\n", "\n") for part in parts(PIECES)):
        took = [_a_megabyte(piece, size * 1000) for size in (options.kilobytes, 2 * options.kilobytes)]
        print(f"{took[0]:6.2f} {took[1]:19.2f}   {piece!r}")


def _a_megabyte(piece: str, size: int) -> float:
    text = piece * (size // len(piece.encode()) + 1)
    return timed(lambda: scanned(text)) * 1e6 / size


if __name__ == "__main__":
    main()
