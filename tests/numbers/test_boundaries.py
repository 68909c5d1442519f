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
