"""Tables of HTML pages and PDFs: each cell stands below its head, and what is no text of a page is left out."""

import pytest

from kb.intake.document_reader import LIMITS
from kb.intake.document_reader.extraction import extract
from kb.numbers.scan import scan
from tests.intake.press import Placed, column, pdf


def text(data: bytes | str) -> str:
    # Without the process of its own that strangers' files are read in, which takes longer to start than these to read.
    document = extract(data.encode() if isinstance(data, str) else data, LIMITS).document
    assert document
    return document.text


def table(rows: str) -> str:
    return text(f"<html><body><table>{rows}</table></body></html>")


def test_a_head_over_several_columns_stands_above_the_first_of_them() -> None:
    heads = "<tr><th></th><th colspan=2>2024</th><th colspan=2>2023</th></tr>"
    quarters = "<tr><th></th><th>Q3</th><th>Q4</th><th>Q3</th><th>Q4</th></tr>"
    row = "<tr><td>Cash</td><td>1</td><td>2</td><td>3</td><td>4</td></tr>"
    assert table(heads + quarters + row) == "\t2024\t\t2023\n\tQ3\tQ4\tQ3\tQ4\nCash\t1\t2\t3\t4"


def test_signs_in_cells_of_their_own_belong_to_their_number() -> None:
    heads = "<tr><td></td><td colspan=3>2024</td><td colspan=3>Change</td></tr>"
    row = "<tr><td>Loss</td><td>$</td><td>(1,240</td><td>)</td><td></td><td>26.5</td><td>%</td></tr>"
    assert table(heads + row) == "\t2024\tChange\nLoss\t$(1,240)\t26.5%"


def test_the_name_of_several_rows_stands_in_each_and_a_number_once() -> None:
    first = "<tr><th rowspan=2>North</th><td>bolts</td><td rowspan=2>7</td></tr>"
    assert table(first + "<tr><td>nuts</td></tr>") == "North\tbolts\t7\nNorth\tnuts"


def test_a_cell_that_claims_a_million_columns_is_read() -> None:
    assert table("<tr><td colspan=9999999>a</td><td rowspan=0>b</td></tr><tr><td>c</td><td>d</td></tr>") == "a\tb\nc\td"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("3<sup>1</sup>&frasl;<sub>2</sub> million tonnes", "3 1/2 million tonnes"),
        ("<sup>3</sup>/4 inch", "3/4 inch"),
        ("<math><mn>2</mn><mfrac><mn>3</mn><mn>4</mn></mfrac></math> cups", "2 3/4 cups"),
        ("12 per&shy;cent of a non&#8209;cash charge", "12 percent of a non-cash charge"),
        ("&#xFB01;fty o&#xFB03;ces with 1&#8201;250 desks", "fifty offices with 1 250 desks"),
    ],
)
def test_typography_is_read_as_what_it_means(body: str, words: str) -> None:
    assert text(f"<html><body><p>{body}</p></body></html>") == words


HEADING = (72, 760, 9, "Harbour Works, annual report")


def sheet(number: int, count: int, *lines: Placed) -> list[Placed]:
    return [HEADING, *lines, (290, 30, 9, f"{number}/{count}")]


def test_running_heads_and_page_numbers_are_no_text() -> None:
    pages = [sheet(number, 3, *column(f"Quay {number} has {number}0 cranes.")) for number in (1, 2, 3)]
    lines = [line for line in text(pdf(*pages)).split("\n") if line.strip()]
    assert lines == ["Quay 1 has 10 cranes.", "Quay 2 has 20 cranes.", "Quay 3 has 30 cranes."]


@pytest.mark.parametrize(("foot", "is_kept"), [("Page 3 of 7", False), ("1/1", False), ("- 1 -", False), ("3/4", True)])
def test_a_page_number_shows_by_its_form_and_its_page(foot: str, is_kept: bool) -> None:
    page = [*column("Quay 1 has 10 cranes."), (290, 30, 9, foot)]
    assert (foot in text(pdf(page))) == is_kept


def test_cells_of_a_pdf_show_by_the_gaps_between_them() -> None:
    rows = [
        [(300, "2024"), (400, "2023")],
        [(72, "US$ in millions")],
        [(72, "Revenue"), (300, "34.6"), (400, "30.1")],
        [(72, "Other income"), (400, "0.4")],
    ]
    cells = [(left, 700 - 14 * at, 10, words) for at, row in enumerate(rows) for left, words in row]
    read = text(pdf(cells))
    assert read == "\t2024\t2023\nUS$ in millions\nRevenue\t34.6\t30.1\nOther income\t\t0.4"
    assert [mention.quantity.low for mention in scan(read)] == [34_600_000, 30_100_000, 400_000]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("they paid 1,250,", "000 euros for the quay", "they paid 1,250,000 euros for the quay"),
        ("it cost them $34.", "6 million in all of the years", "it cost them $34.6 million in all of the years"),
        ("the town has 1,25", "0,000 inhabitants by now", "the town has 1,250,000 inhabitants by now"),
        ("in the year 2019,", "300 boats sailed from here", "in the year 2019, 300 boats sailed from here"),
    ],
)
def test_a_number_broken_over_two_lines_is_one_number(first: str, second: str, joined: str) -> None:
    assert text(pdf(column(first, second))).replace("\n", " ") == joined


def test_two_tables_in_a_row_are_two_tables() -> None:
    first = "<table><tr><th>Item<th>Cash (US$ m)<tr><td>North<td>12</table>"
    second = "<table><tr><th>Plant<th>Output<tr><td>South<td>4</table>"
    page = text(f"<html><body>{first}{second}<p>End</p></body></html>")
    assert page == "Item\tCash (US$ m)\nNorth\t12\n\nPlant\tOutput\nSouth\t4\nEnd"
    assert [mention.quantity.unit for mention in scan(page)] == ["USD", ""]
