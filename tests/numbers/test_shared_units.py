"""The members of a list share the scale and the unit that only the last of them names."""

import pytest

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
