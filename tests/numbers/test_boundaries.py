"""No figure crosses a paragraph, an entry of a list, a cell of a table or a heading."""

import pytest

from kb.numbers.scan import scan


def literals(text: str) -> list[str]:
    return [mention.quantity.as_written for mention in scan(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Profit was three hundred\n\nand two dozen people came.", ["three hundred", "two dozen people"]),
        ("They paid $40\n- million-strong crowds came", ["$40"]),
        ("They have 12\n\nboats lie in port", ["12"]),
        ("# Boats of 2019 and 40\nmillion people came to see them at the pier", ["40"]),
        ("Fares rose by 5\tpercent of all riders", ["5"]),
        ("The first entry says 20\n2. million riders came to the pier in all", ["20"]),
    ],
)
def test_a_figure_ends_at_a_boundary(text: str, found: list[str]) -> None:
    assert literals(text)[: len(found)] == found


def test_a_line_that_is_broken_by_its_width_goes_on() -> None:
    assert literals("The harbour company said on Friday that it carried 40\nmillion riders last year.") == [
        "40\nmillion riders"
    ]


@pytest.mark.parametrize(
    ("text", "literal", "low"),
    [
        ("The total was 1,2\n34,000 euros.", "1,2\n34,000 euros", 1_234_000),
        ("The total was 1,2-\n34,000 euros.", "1,2-\n34,000 euros", 1_234_000),
        ("The fund paid 1,\n234 euros.", "1,\n234 euros", 1_234),
        ("They sold some 12,\n500 boats in May.", "some 12,\n500 boats", 12_500),
        ("It came to $1,\n234,567", "$1,\n234,567", 1_234_567),
        ("The port lost 12,34\n5 to the flood.", "12,34\n5", 12_345),
        ("Es wurden 1.2\n34.000 Euro an die Stadt gezahlt.", "1.2\n34.000 Euro", 1_234_000),
        ("About 12-\n15 people came.", "About 12-\n15 people", 12),
    ],
)
def test_a_number_that_a_line_end_breaks_is_whole(text: str, literal: str, low: int) -> None:
    (mention,) = scan(text)
    assert (mention.quantity.as_written, mention.quantity.low) == (literal, low)
    assert text[mention.start : mention.end] == literal


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We counted apples and plums: 3,\n234 and 12 of each.", ["3", "234", "12"]),
        ("The shares were 12, 14,\n156 and 30.", ["12", "14", "156", "30"]),
        ("He was 30,\n200 people came.", ["30", "200 people"]),
        ("On May 4,\n200 people came.", ["200 people"]),
        ("Die Quote stieg auf 1,2\n34 Firmen zahlten an die Stadt.", ["1,2", "34 Firmen"]),
        ("| x | 1,2\n34,000 |", ["1,2", "34,000"]),
    ],
)
def test_a_list_on_two_lines_is_no_broken_number(text: str, found: list[str]) -> None:
    assert literals(text) == found
