"""How many of the figures that a reader marked does the scanner find? One line a document, and what it got wrong.

    python -m benchmarks.marked [FOLDER]

The folder (``tests/corpus/field`` unless named; ``tests/corpus/unseen`` has documents that no rule was made for) holds
documents (``NAME.txt`` or ``NAME.md``) and beside each the marks, ``NAME.tsv``. *Found* is a mark where anything is
reported; *wholly right* one whose value, both ends, bound, hedge, unit, kind and margin are as marked; *false* the
share of what is reported where no mark is. Marks with the note ``maybe`` count for nothing.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from tests.corpus.scored import Score, document_beside, score

FOLDER = Path(__file__).parent.parent / "tests" / "corpus" / "field"


def scores(folder: Path) -> dict[str, Score]:
    """The score of each document in the folder, by the name of its marks, in order."""
    listed = sorted(folder.glob("*.tsv"))
    return {marks.stem: score(document_beside(marks).read_text("utf-8"), marks) for marks in listed}


def total(parts: Sequence[Score]) -> Score:
    """The documents taken as one; the lists of what is wrong are joined."""
    return Score(
        marked=sum(part.marked for part in parts),
        missed=[miss for part in parts for miss in part.missed],
        loose=[literal for part in parts for literal in part.loose],
        reported=sum(part.reported for part in parts),
        wrong=[figure for part in parts for figure in part.wrong],
        overlooked=sum(part.overlooked for part in parts),
    )


def row(name: str, part: Score) -> str:
    """One line of the table: the name, how many marks there are, and the three shares."""
    return f"{name:24} {part.marked:6} {part.seen:8.1%} {part.recall:13.1%} {1 - part.precision:8.1%}"


def main(arguments: Sequence[str]) -> int:
    """Prints the table, and below it what is wrong in each document."""
    found = scores(Path(arguments[0]) if arguments else FOLDER)
    print(f"{'document':24} {'marked':>6} {'found':>8} {'wholly right':>13} {'false':>8}")
    for name, part in (*found.items(), ("all", total(list(found.values())))):
        print(row(name, part))
    for name, part in found.items():
        print(f"\n{name}\n{part.told()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
