"""How many small inputs from the field are read rightly? Shares by kind, and each miss.

    KB_FIELD=FILE python -m benchmarks.field

The file (``../shared/suites/field/cases.jsonl`` unless the variable names another) holds one case a line: ``id``,
``kind``, ``input`` and ``expected``. Four kinds are scored: *scan*, the figures that ``kb scan`` finds in a text;
*value*, what a value of a seed file says; *html*, the figures of a page of HTML; *bibliography*, the date of an entry.
All others are counted and left alone.

Units are compared by size and dimension, so that ``kV`` and ``kvolt`` are one; null in a case means not judged.
"""

import json
import os
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from kb.domain.problem import Problem
from kb.domain.quantity import Quantity
from kb.domain.unit import UnitError, parse_unit
from kb.intake.bibliography.conversion import read_bibliography
from kb.intake.document_reader import read_document
from kb.numbers import NotationError, read_quantity
from kb.numbers.scan import scan

FILE = Path(os.environ.get("KB_FIELD", "../shared/suites/field/cases.jsonl"))
KINDS = ("scan", "value", "html", "bibliography")


class Miss(NamedTuple):
    """A case that is not read rightly: its id, its input, what it expects and what was read."""

    id: str
    input: str
    expected: str
    read: str


class Score(NamedTuple):
    """The cases of one kind: how many there are, and those that are missed."""

    cases: int
    misses: list[Miss]


def scores(path: Path) -> dict[str, Score]:
    """The score of each kind in the file at ``path``."""
    cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    by_kind: dict[str, Score] = {}
    for kind in KINDS:
        of_kind = [case for case in cases if case["kind"] == kind]
        by_kind[kind] = Score(len(of_kind), [miss for case in of_kind if (miss := _miss(kind, case))])
    return by_kind


def _miss(kind: str, case: Mapping[str, Any]) -> Miss | None:
    readers = {"scan": _scanned, "bibliography": _dated}
    is_right, read = readers.get(kind, _stated)(case["input"], case["expected"])
    return None if is_right else Miss(case["id"], case["input"], json.dumps(case["expected"], ensure_ascii=False), read)


# Scans


def _scanned(text: str, expected: Sequence[Mapping[str, Any]]) -> tuple[bool, str]:
    quantities = [mention.quantity for mention in scan(text)]
    alike = len(quantities) == len(expected) and all(map(_is_row, quantities, expected))
    return alike, "; ".join(map(str, quantities)) or "nothing"


def _is_row(quantity: Quantity, row: Mapping[str, Any]) -> bool:
    ends = all(_is_number(getattr(quantity, end), row[end]) for end in ("low", "high"))
    words = all(row.get(name) in (None, str(getattr(quantity, name))) for name in ("bound", "hedge"))
    margin = row.get("margin") is None or _is_number(_margin(quantity), row["margin"])
    return ends and words and margin and (row.get("unit") is None or _is_unit(quantity.unit, row["unit"]))


def _margin(quantity: Quantity) -> Decimal | None:
    return quantity.margin.size if quantity.margin else None


def _is_number(value: Decimal | None, wanted: float | str) -> bool:
    return value is not None and value == Decimal(str(wanted))


def _is_unit(unit: str, wanted: str) -> bool:
    try:
        left, right = parse_unit(unit or "1"), parse_unit(wanted)
    except UnitError:
        return unit == wanted
    return left.same_dimension(right) and left.factor == right.factor


# Values of seed files, and pages

_MARGIN = re.compile(r"(?P<value>.+?) with a margin of (?P<margin>.+)")


def _stated(text: str, expected: str) -> tuple[bool, str]:
    quantities = list(_quantities(text))
    stated = _MARGIN.fullmatch(expected)
    wanted = _expected(stated["value"] if stated else expected.removeprefix("a figure of "))
    margin = _expected(stated["margin"]).low if stated else None
    alike = [
        quantity
        for quantity in quantities
        if (quantity.low, quantity.high) == (wanted.low, wanted.high)
        and (wanted.unit == "1" or _is_unit(quantity.unit, wanted.unit))
        and _margin(quantity) == margin
    ]
    return bool(alike), "; ".join(map(str, quantities)) or "nothing"


def _expected(text: str) -> Quantity:
    number, _, rest = text.partition(" ")
    return read_quantity(f"{Decimal(number):f} {rest}", "1")


def _quantities(text: str) -> Iterator[Quantity]:
    """The quantities of ``value: …``, ``measure unit: …, value: …``, ``draft of …`` or ``html: …``."""
    head, _, rest = text.partition(": ")
    if head == "html":
        page = read_document(f"<html><body><p>{rest}</p></body></html>".encode(), where="page.html")
        yield from () if isinstance(page, Problem) else (mention.quantity for mention in scan(page.text))
    elif head == "measure unit":
        unit, _, value = rest.partition(", value: ")
        yield from _read(value, unit)
    elif head == "value":
        yield from _read(rest, None)
    else:
        yield from (mention.quantity for mention in scan(text.removeprefix("draft of ")))


def _read(value: str, unit: str | None) -> Iterator[Quantity]:
    try:
        yield read_quantity(value, unit)
    except NotationError:
        return


def _dated(fields: str, expected: str) -> tuple[bool, str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "refs.bib"
        path.write_text(f"@misc{{key, title = {{A title}}, {fields}}}", encoding="utf-8")
        dates = [reference.issued for reference in read_bibliography(path).references]
    return dates == [expected], "; ".join(dates) or "nothing"


def main() -> int:
    """Prints the share of each kind and what is missed."""
    for kind, score in scores(FILE).items():
        print(f"{kind:6} {score.cases - len(score.misses):3} of {score.cases:3}")
        for miss in score.misses:
            print(f"  {miss.id:5} {miss.input!r}\n        wanted {miss.expected}\n        read   {miss.read}")
    kinds = Counter(json.loads(line)["kind"] for line in FILE.read_text(encoding="utf-8").splitlines() if line.strip())
    rest = {kind: count for kind, count in kinds.items() if kind not in KINDS}
    print("not scored:", ", ".join(f"{kind} {count}" for kind, count in rest.items()) or "none")
    return 0


if __name__ == "__main__":
    sys.exit(main())
