"""Which figures does a reader see in the archived documents? Lists marked by hand, one file a document.

Each file opens with ``# document: NAME``, the part of the document's file name behind its number, and with comments
that tell what the columns mean. The lists are made by reading: what a scanner finds is judged against them, so no
scanner may have a hand in them.
"""

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from kb.domain.quantity import Bound, Hedge, Quantity

COLUMNS = ("line", "literal", "nth", "low", "high", "bound", "hedge", "unit", "kind", "note")
MARGIN = "margin"
KINDS = frozenset(("money", "percent", "multiple", "count", "duration", "rate", "ordinal", "number"))
NOTES = frozenset(("", "maybe"))
FILES = sorted((Path(__file__).parent / "marked").glob("*.tsv"))

_DOCUMENT = "# document: "


class Mark(NamedTuple):
    """One figure as a reader marked it.

    Attributes:
        line: Line of the document, from 1.
        literal: The characters that carry it.
        nth: Which of the places on the line where ``literal`` stands, from 1.
        quantity: What it says; no granularity and no kind of range, which a mark leaves open.
        kind: One of ``KINDS``.
        note: ``maybe`` where readers may differ on whether it is a figure; else empty.
        margin: What is said behind "±", in the unit; None where nothing is, or where the file has no such column.
    """

    line: int
    literal: str
    nth: int
    quantity: Quantity
    kind: str
    note: str
    margin: Decimal | None = None

    @property
    def is_open(self) -> bool:
        """Whether it counts neither as missed nor as wrongly found."""
        return self.note == "maybe"

    def place(self, lines: list[str]) -> tuple[int, int] | None:
        """Where it stands on its line: first character and the one behind the last; None where it does not."""
        if not (self.literal and 1 <= self.line <= len(lines) and self.nth >= 1):
            return None
        start = -1
        for _ in range(self.nth):
            start = lines[self.line - 1].find(self.literal, start + 1)
            if start < 0:
                return None
        return start, start + len(self.literal)


def marks(path: Path) -> Iterator[Mark]:
    """The marks of one file, in the order of the document.

    Raises:
        ValueError: A row has other columns, or a number, bound or hedge that is none.
    """
    rows = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    header, *body = csv.reader(rows, delimiter="\t", quoting=csv.QUOTE_NONE)
    if tuple(header) not in (COLUMNS, (*COLUMNS, MARGIN)):
        raise ValueError(f"{path.name}: the columns are {header}")
    for row in body:
        yield _mark(row)


def _mark(row: list[str]) -> Mark:
    line, literal, nth, low, high, bound, hedge, unit, kind, *notes = row
    quantity = Quantity(
        low=_number(low), high=_number(high), unit=unit, bound=Bound(bound), hedge=Hedge(hedge), as_written=literal
    )
    note, margin, *_ = (*notes, "", "")
    return Mark(int(line), literal, int(nth), quantity, kind, note, _number(margin))


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def document_of(path: Path, documents: Path) -> Path:
    """The document whose figures the file at ``path`` marks.

    Raises:
        FileNotFoundError: No document has the name that the first line gives.
    """
    first, _, _ = path.read_text("utf-8").partition("\n")
    found = sorted(documents.glob(f"*_{first.removeprefix(_DOCUMENT)}.txt"))
    if not first.startswith(_DOCUMENT) or len(found) != 1:
        raise FileNotFoundError(f"{path.name}: {first!r} names no document")
    return found[0]
