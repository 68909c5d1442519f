"""The members of a list share the scale and the unit that only the last of them names."""

import pytest

from kb.numbers import NotationError, read_quantity
from kb.numbers.scan import scan


def read(text: str) -> list[str]:
    quantities = [mention.quantity for mention in scan(text)]
    return [f"{one.low:f}{'' if one.low == one.high else f' to {one.high:f}'} {one.unit}".strip() for one in quantities]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("It cost $2, $3 and $5 million.", ["2000000 USD", "3000000 USD", "5000000 USD"]),
        ("Sales of 3 and 4 million units were seen.", ["3000000 unit", "4000000 unit"]),
        ("Discounts of 10, 20, and 30 percent were given.", ["0.1 fraction", "0.2 fraction", "0.3 fraction"]),
        ("Lengths of 3, 4 and 5 km.", ["3 km", "4 km", "5 km"]),
        ("It has 3, 5 and 8 boats.", ["3 boat", "5 boat", "8 boat"]),
        ("Terms of 10, 20 or 30 years are offered.", ["10 year", "20 year", "30 year"]),
        ("It costs €20, €30 or €45 per trip.", ["20 EUR/trip", "30 EUR/trip", "45 EUR/trip"]),
        ("Es kostete 1,2, 1,4 und 1,9 Mrd. Euro.", ["1200000000 EUR", "1400000000 EUR", "1900000000 EUR"]),
        ("Es waren 2 bzw. 3 Millionen Euro.", ["2000000 EUR", "3000000 EUR"]),
        ("Fristen von 10, 20 oder 30 Jahren.", ["10 year", "20 year", "30 year"]),
        ("投入2、3和5亿元。", ["200000000 CNY", "300000000 CNY", "500000000 CNY"]),
        ("营收分别为2亿和3亿元。", ["200000000 CNY", "300000000 CNY"]),
        ("期限为10、20或30年。", ["10 year", "20 year", "30 year"]),
    ],
)
def test_a_list_shares_what_stands_behind_its_last_member(text: str, figures: list[str]) -> None:
    assert read(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("It paid $500 and $2 million.", ["500 USD", "2000000 USD"]),
        ("It lost 1,500 and 2 million units.", ["1500", "2000000 unit"]),
        ("They scored 3 and 20 people watched.", ["3", "20 person"]),
        ("There were 3 dogs, 4 cats and 5 million birds.", ["3 dog", "4 cat", "5000000 bird"]),
        ("It grew 2%, 3% and 5 million people left.", ["0.02 fraction", "0.03 fraction", "5000000 person"]),
        ("In 2023 and 2024, 5 million people came.", ["5000000 person"]),
        ("It has 20 or 30 boats.", ["20 to 30 boat"]),
        ("Sales were $4, costs $3 and the profit $5 million.", ["4 USD", "3 USD", "5000000 USD"]),
    ],
)
def test_amounts_of_their_own_share_nothing(text: str, figures: list[str]) -> None:
    assert read(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("It sold 7-5 million units.", ["7000000 unit", "5000000 unit"]),
        ("It cost $7–5 million.", ["7000000 USD", "5000000 USD"]),
        ("Growth of 8-6% is expected.", ["0.08 fraction", "0.06 fraction"]),
        ("It fell from 7 to 5 million boats.", ["7000000 boat", "5000000 boat"]),
        ("Es sind 7 bis 5 Millionen Euro.", ["7000000 EUR", "5000000 EUR"]),
        ("投入7至5亿元。", ["700000000 CNY", "500000000 CNY"]),
    ],
)
def test_ends_from_high_to_low_are_no_range(text: str, figures: list[str]) -> None:
    assert read(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("It costs $500-3k.", ["500 to 3000 USD"]),
        ("It has 800-1k boats.", ["800 to 1000 boat"]),
        ("It has 800,000-3 million boats.", ["800000 to 3000000 boat"]),
        ("They won 3-1 and 5 million watched.", ["5000000"]),
    ],
)
def test_a_lower_end_written_in_full_begins_a_range(text: str, figures: list[str]) -> None:
    assert read(text) == figures


@pytest.mark.parametrize("value", ["7-5 million USD", "$7-5 million", "7 to 5 million USD", "$10-5k", "8-6%"])
def test_a_value_whose_first_end_lies_above_the_second_is_refused(value: str) -> None:
    with pytest.raises(NotationError, match="lies above the second"):
        read_quantity(value)
