"""Two measures that are the two shares of one whole: declared once, refused where they are none, compared as one."""

import csv
from pathlib import Path

import pytest

from kb.domain.entity import Measure
from kb.intake.seed_writer import seed_files
from tests.intake.shelf import SOURCE, Shelf

LOST = "{id: lost, label: Share of passengers lost, unit: %s, kind: %s}"
KEPT = "{id: kept, label: Share of passengers kept, unit: %s, kind: %s, complement-of: lost}"


def measures(*entries: str) -> str:
    return "".join(["kb: 1\nid: words\nmeasures:\n", *(f"  - {entry}\n" for entry in entries)])


SHARES = measures(LOST % ("fraction", "ratio"), KEPT % ("fraction", "ratio"))


def test_a_measure_names_its_complement_and_is_written_back(shelf: Shelf) -> None:
    shelf.put(words=SHARES).bring_in()
    lost, kept = (shelf.knowledge.named(Measure, slug) for slug in ("lost", "kept"))
    assert lost and kept and kept.complement_of == lost.id
    assert "complement-of: lost" in seed_files(shelf.knowledge)["words"]


@pytest.mark.parametrize(
    ("entries", "what"),
    [
        ((LOST % ("USD", "stock"), KEPT % ("USD", "stock")), "'kept' is no share of a whole"),
        ((LOST % ("USD", "stock"), KEPT % ("fraction", "ratio")), "'lost' is no share of a whole"),
        ((LOST % ("fraction", "ratio"), KEPT % ("percentage-point", "ratio")), "'kept' is no share of a whole"),
        ((KEPT.replace("lost}", "kept}") % ("fraction", "ratio"),), "'kept' is named as its own complement"),
        (
            (LOST.replace("}", ", complement-of: kept}") % ("fraction", "ratio"), KEPT % ("fraction", "ratio")),
            "'lost' names 'kept' as its complement already",
        ),
        ((KEPT % ("fraction", "ratio"),), "there is no measure 'lost'"),
    ],
)
def test_what_is_no_rest_of_a_share_is_no_complement(shelf: Shelf, entries: tuple[str, ...], what: str) -> None:
    assert any(what in problem for problem in shelf.put(words=measures(*entries)).problems())


JUDGED = Path(__file__).parents[1] / "reasoning" / "judged_complements.tsv"


def refused_rows() -> list[dict[str, str]]:
    with JUDGED.open(encoding="utf-8", newline="") as file:
        return [
            row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row["verdict"] == "refused"
        ]


@pytest.mark.parametrize("row", refused_rows(), ids=lambda row: row["name"])
def test_a_share_of_a_whole_takes_no_other_amount(shelf: Shelf, row: dict[str, str]) -> None:
    figures = f"figures:\n  - {{id: gone, measure: lost, at: L1, value: '{row['value_a']}'}}\n"
    shelf.put(words=SHARES, deck=SOURCE + figures)
    assert [*shelf.problems(), *shelf.warnings()]
