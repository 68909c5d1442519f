"""A number is read with all of its digits, parts, scales and words, or it is no figure at all."""

import pytest

from kb.numbers import NotationError, read_quantity
from kb.numbers.scan import scan


def read(text: str) -> list[tuple[str, str, str]]:
    """Each figure's words, its lower end and its unit."""
    quantities = [mention.quantity for mention in scan(text)]
    return [(quantity.as_written, f"{quantity.low:f}", quantity.unit) for quantity in quantities]


@pytest.mark.parametrize("digits", ["$1,200.50.30", "12,34,5", "1,2345", "1,234,56", "1234,567"])
def test_separators_that_group_nothing_make_no_number(digits: str) -> None:
    assert read(f"There were {digits} of them.") == []
    with pytest.raises(NotationError, match="do not group digits"):
        read_quantity(digits)


@pytest.mark.parametrize("digits", ["1,3,10", "30,20,50", "9,8,7.5"])
def test_a_list_without_blanks_is_several_numbers(digits: str) -> None:
    assert [low for _, low, _ in read(f"It names {digits} of them.")] == digits.split(",")


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("three-and-a-half million tonnes", ("3500000", "tonne")),
        ("two-and-three-quarters years", ("2.75", "year")),
        ("one-and-a-half-hour film", ("1.5", "hour")),
        ("a year and a half", ("1.5", "year")),
        ("nearly a year and a half", ("1.5", "year")),
        ("over an hour and a quarter", ("1.25", "hour")),
        ("two miles and a half", ("2.5", "mile")),
    ],
)
def test_a_part_behind_and_belongs_to_its_number(text: str, figure: tuple[str, str]) -> None:
    assert [(low, unit) for _, low, unit in read(f"It was {text}.")] == [figure]


def test_a_part_of_something_else_is_a_number_of_its_own() -> None:
    assert read("It took less than a year, and a half of it was lost.") == [
        ("less than a year", "1", "year"),
        ("a half", "0.5", "fraction"),
    ]


def test_a_number_word_that_a_line_end_breaks_is_one() -> None:
    assert read("There were forty-\nfive men and thirty-\n two boys.") == [
        ("forty-\nfive men", "45", "man"),
        ("thirty-\n two boys", "32", "boy"),
    ]
