"""Units that are seldom written, short forms without a vowel, and amounts in pounds and ounces: none is dropped."""

import pytest

from kb.numbers import read_quantity
from kb.numbers.scan import scan


def found(text: str) -> list[tuple[str, str]]:
    return [(f"{one.quantity.low.normalize():f}", one.quantity.unit) for one in scan(text)]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("It lies 4.2 light-years away.", ("4.2", "light-year")),
        ("It lies 4.2 light years away.", ("4.2", "light-year")),
        ("Er ist 4,3 Lichtjahre entfernt.", ("4.3", "light-year")),
        ("距离地球4.2光年。", ("4.2", "light-year")),
        ("It spins at 7,200 rpm.", ("7200", "rpm")),
        ("The lamp gives 800 lm.", ("800", "lumen")),
        ("Video at 60 fps is smooth.", ("60", "fps")),
        ("Print it at 300 dpi.", ("300", "dpi")),
        ("A fan moves 40 cfm.", ("40", "cfm")),
        ("The flat has 450 sqm.", ("450", "metre**2")),
        ("Demand of 1.2 mbpd is likely.", ("1.2", "mbpd")),
        ("It burns 3 MMBtu.", ("3000000", "Btu")),
        ("A screen of 20 cd/m2 is dim.", ("20", "cd/metre**2")),
        ("Add 3 fl oz of oil.", ("3", "floz")),
        ("The pump holds 100 Torr.", ("100", "torr")),
        ("Turn it by 5 nmq.", ("5", "nmq")),
    ],
)
def test_a_unit_is_read_or_kept_as_written(text: str, figure: tuple[str, str]) -> None:
    assert found(text) == [figure]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("In 1998 he left.", []),
        ("It has 12 vs 40 votes.", [("12", ""), ("40", "vote")]),
        ("At 3 pm it ended.", []),
        ("It was the 4th of 12 hrs.", [("12", "hour")]),
        ("It was €34.6zz in all.", []),
    ],
)
def test_other_words_without_a_vowel_are_no_unit(text: str, figures: list[tuple[str, str]]) -> None:
    assert found(text) == figures


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("It weighs 3 lb 4 oz.", ("3.25", "lb")),
        ("It took 2 lbs. 8 oz. of it.", ("2.5", "lb")),
        ("A 7 pound 4 ounce baby was born.", ("7.25", "lb")),
        ("It weighs 7 pounds and 2 ounces.", ("7.125", "lb")),
        ("She is 6 ft. 2 in. tall.", ("74", "inch")),
        ('Use a 5/8" bolt.', ("0.625", "inch")),
        ('It takes a 2 1/2" pipe.', ("2.5", "inch")),
        ('She has a 27" monitor.', ("27", "inch")),
        ("A bolt of 12″ fits.", ("12", "inch")),
    ],
)
def test_pounds_and_ounces_feet_and_inches_are_one_amount(text: str, figure: tuple[str, str]) -> None:
    assert found(text) == [figure]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ('He said "it was 40" and left.', [("40", "")]),
        ("It cost 7 pounds 4 times.", [("7", "GBP"), ("4", "")]),
        ("Each has 3 lb. 40 came.", [("3", "lb"), ("40", "")]),
        ("It has 3 lb 20 oz.", [("3", "lb"), ("20", "oz")]),
        ("They paid 5 pounds, 3 of them in coins.", [("5", "GBP"), ("3", "")]),
    ],
)
def test_other_numbers_behind_pounds_and_before_quotation_marks_stay_apart(
    text: str, figures: list[tuple[str, str]]
) -> None:
    assert found(text) == figures


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("4.2 light-years", ("4.2", "light-year")),
        ('5/8"', ("0.625", "inch")),
        ("3 lb 4 oz", ("3.25", "lb")),
        ("60 fps", ("60", "fps")),
        ("500 sqm", ("500", "metre**2")),
    ],
)
def test_a_value_takes_them_as_well(text: str, figure: tuple[str, str]) -> None:
    quantity = read_quantity(text)
    assert (f"{quantity.low.normalize():f}", quantity.unit) == figure
