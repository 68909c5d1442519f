"""A number in a table is found by its row and its column, and stands in no row or column of another thing."""

from dataclasses import replace
from hashlib import sha256

import pytest

from kb.domain.event import Anchored, Missed, PassagesAnchored
from kb.domain.passage import Anchor, AnchoringMethod, Passage
from kb.intake.anchoring import anchor_passages
from kb.intake.passage import Manuscript, NotFound, find
from tests.intake.shelf import Shelf

STOCK = """\
Output by product

| Product | 2023 | 2024 |
|---|---:|---:|
| bolts | 1,200 | 760 |
| nuts (a) | 800 | 760 |
| screws | 12 | 13 |
"""
MANUSCRIPT = Manuscript(STOCK)


@pytest.mark.parametrize(
    ("locator", "text"),
    [
        ('L5 row "bolts" column "2024" "760"', "760"),
        ('L5 row "Bolts" column "2023"', "1,200"),
        ('L6 row "nuts" column "2024" "760"', "760"),
        ('L6 column "2023" "800"', "800"),
        ('L7 row "screws" "12"', "12"),
    ],
)
def test_a_row_and_a_column_name_a_cell(locator: str, text: str) -> None:
    anchor = find(Passage.parse(locator), MANUSCRIPT)
    assert isinstance(anchor, Anchor), anchor
    assert anchor.text == text
    assert MANUSCRIPT.line_at(anchor.start) == Passage.parse(locator).line
    assert str(Passage.parse(locator)) == locator


@pytest.mark.parametrize(
    ("locator", "what", "hint"),
    [
        ('L6 row "bolts" column "2024"', 'line 6 is the row "nuts", not "bolts"', 'the row "bolts" is line 5'),
        (
            'L6 row "rivets"',
            'line 6 is the row "nuts", not "rivets"',
            'the rows are "bolts", "nuts", "screws"',
        ),
        ('L5 row "bolts" column "2025"', 'the table has no column "2025"', 'its columns are "2023", "2024"'),
        (
            'L5 row "bolts" column "2024" "1,200"',
            '"1,200" does not stand in the column "2024" of the row "bolts"',
            'it stands in the column "2023"',
        ),
        ('L1 row "bolts"', "line 1 is no row of a table", "name a row and a column of a table only"),
    ],
)
def test_a_cell_that_is_not_there_says_what_stands_there(locator: str, what: str, hint: str) -> None:
    assert find(Passage.parse(locator), MANUSCRIPT) == NotFound(what, hint)


SHA = sha256(STOCK.encode()).hexdigest()
SEED = """\
kb: 1
id: stock
source: {{type: report, title: Stock, author: Ada Byron, language: en, document: {{sha256: {sha}}}}}
measures:
  - {{id: output, label: Output, unit: piece, kind: count, keys: [product, period]}}
scopes:
  product:
    - {{id: bolts, label: bolts}}
    - {{id: nuts, label: nuts}}
figures:
  - {{id: made, measure: output, value: 760 pieces, scope: {scope}, at: '{at}'}}
"""


def problems(shelf: Shelf, scope: str, at: str) -> list[str]:
    shelf.texts[SHA] = STOCK
    shelf.put(stock=SEED.format(sha=SHA, scope=scope, at=at))
    return [f"{problem.what}; {problem.hint}" for problem in shelf.reading().problems]


@pytest.mark.parametrize(
    ("scope", "at", "problem"),
    [
        (
            "{product: bolts}",
            'L6 "760"',
            'this is the row "nuts", and the figure is about bolts; the row "bolts" is line 5',
        ),
        (
            "{product: nuts, period: 2024}",
            'L6 "800"',
            'this is the column "2023", and the figure is for 2024; take the number in the column "2024"',
        ),
    ],
)
def test_a_figure_of_one_row_is_refused_in_the_row_of_another(shelf: Shelf, scope: str, at: str, problem: str) -> None:
    assert problems(shelf, scope, at) == [problem]


@pytest.mark.parametrize(
    ("scope", "at"),
    [
        ("{product: bolts, period: 2024}", 'L5 row "bolts" column "2024" "760"'),
        ("{product: nuts}", 'L6 "760"'),
        ("{period: 2025}", 'L6 "760"'),
        ("{product: [bolts, nuts]}", 'L6 "760"'),
    ],
)
def test_a_figure_that_fits_its_row_and_column_is_taken(shelf: Shelf, scope: str, at: str) -> None:
    assert problems(shelf, scope, at) == []


NEW = STOCK.replace("| 2024 |", "| 2024 | 2025 |").replace("760 |", "760 | 790 |").replace("---:|\n", "---:|---:|\n")
CELL = 'L5 row "bolts" column "2024" "760"'


def reanchored(shelf: Shelf, newer: str) -> Anchored | Missed:
    """Where the passage of bolts stands once its source has another edition."""
    assert problems(shelf, "{product: bolts}", CELL) == []
    shelf.bring_in()
    (located,) = anchor_passages(shelf.knowledge.by_id.values(), shelf.knowledge, shelf.texts.get).facts
    assert isinstance(located, PassagesAnchored)
    (place,) = located.anchors
    assert place.by is AnchoringMethod.CELL
    known = replace(shelf.knowledge, anchors={place.entity: (place,)})
    (source,) = known.sources.values()
    moved = replace(source, document=shelf.attach(newer))
    (outcome,) = anchor_passages((*known.figures.values(), moved), known, shelf.texts.get).outcomes
    return outcome.location


def test_a_cell_is_found_again_beside_a_new_column_and_row(shelf: Shelf) -> None:
    newer = NEW.replace("| bolts", "| anchors | 760 | 760 | 760 |\n| bolts")
    place = reanchored(shelf, newer)
    assert isinstance(place, Anchored)
    assert (place.by, place.line) == (AnchoringMethod.CELL, 6)
    assert newer[: place.anchor.start].endswith("| bolts | 1,200 | ")


def test_a_revised_number_is_offered_in_its_own_cell_first(shelf: Shelf) -> None:
    place = reanchored(shelf, NEW.replace("| bolts | 1,200 | 760 |", "| bolts | 1,200 | 740 |"))
    assert isinstance(place, Missed)
    assert place.offers[0].anchor.text == "740"


PAGES = "The quay.\n\n\f\nIt has 12 cranes.\n"


def test_a_place_in_pages_may_name_its_own() -> None:
    manuscript = Manuscript(PAGES)
    place = Passage.parse('p2 L4 "12"')
    assert str(place) == 'p2 L4 "12"'
    assert isinstance(find(place, manuscript), Anchor)
    refused = find(Passage.parse('p1 L4 "12"'), manuscript)
    assert isinstance(refused, NotFound)
    assert refused.what == "line 4 is on page 2, not on page 1"
    assert refused.hint.endswith('write p2 L4 "12"')


def test_a_text_without_pages_has_no_page() -> None:
    assert find(Passage.parse("p1 L5"), MANUSCRIPT) == NotFound("the document is in no pages", "write L5")
