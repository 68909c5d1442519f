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


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("5 flurb million euros", ("5000000", "EUR")),
        ("5 flurb million boats", ("5000000", "boat")),
        ("5 flurb Millionen Euro", ("5000000", "EUR")),
    ],
)
def test_an_unknown_word_before_a_scale_is_marked_and_hides_nothing(text: str, figure: tuple[str, str]) -> None:
    [mention] = scan(f"It had {text}.")
    assert (f"{mention.quantity.low:f}", mention.quantity.unit) == figure
    assert (mention.not_understood, mention.beside_unit, mention.quantity.as_written) == ("flurb", "flurb", text)


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("六十五公斤半。", ("六十五公斤半", "65.5", "kg")),
        ("他买了3斤半肉。", ("3斤半", "3.5", "斤")),
        ("跑了两里半。", ("两里半", "2.5", "里")),
        ("一共三块半。", ("三块半", "3.5", "CNY")),
        ("用了3米半径。", ("3米", "3", "metre")),
        ("有5公斤半成品。", ("5公斤", "5", "kg")),
    ],
)
def test_a_half_behind_a_chinese_unit_is_half_of_it(text: str, figure: tuple[str, str, str]) -> None:
    assert read(text)[0] == figure


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("Es kostet 40-50.000 Euro und mehr nicht.", ("40000", "50000")),
        ("Es kostet 20- bis 30.000 Euro und mehr nicht.", ("20000", "30000")),
        ("It costs $40-50,000 there.", ("40000", "50000")),
        ("It has 1-10,000 boats.", ("1", "10000")),
        ("It has 500-3,000 boats.", ("500", "3000")),
        ("It has 40-50,120 boats.", ("40", "50120")),
    ],
)
def test_a_dash_leaves_thousands_to_the_second_end(text: str, ends: tuple[str, str]) -> None:
    [mention] = scan(text)
    assert (f"{mention.quantity.low:f}", f"{mention.quantity.high:f}") == ends


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("O custo foi de R$ 3,2 bilhões.", "bilhões"),
        ("It cost €3 miljoen in all.", "miljoen"),
        ("It cost $40 zorp in all.", "zorp"),
        ("It cost $40 in all.", ""),
        ("It cost $40 extra.", ""),
        ("It was a $40 ticket.", ""),
        ("It sold $40 tickets.", ""),
        ("It cost $40 million overall.", ""),
    ],
)
def test_a_word_in_the_place_of_a_scale_behind_money_is_marked(text: str, word: str) -> None:
    assert {mention.not_understood for mention in scan(text)} == {word}
