"""A scale in brackets behind a name holds for the number that the name is said to have."""

import pytest

from kb.numbers.scan import scan


def read(text: str) -> list[str]:
    return [f"{mention.quantity.low:f} {mention.quantity.unit}".strip() for mention in scan(text)]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Revenue ($bn): 5.4 (2023: 5.1).", ["5400000000 USD", "5100000000 USD"]),
        ("Net debt (€bn): 3.2.", ["3200000000 EUR"]),
        ("Total assets (USD m) were 4,312.", ["4312000000 USD"]),
        ("Net sales (in millions of dollars) were 4,312.", ["4312000000 USD"]),
        ("Losses (in thousands) were 812.", ["812000"]),
        ("Umsatz (in Mio. Euro): 123,4 (Vorjahr: 118,2).", ["123400000 EUR", "118200000 EUR"]),
        ("Der Umsatz (in Mio. Euro) betrug 123,4.", ["123400000 EUR"]),
        ("营业收入（亿元）：35.2。", ["3520000000 CNY"]),
        ("营业收入（亿元）为35.2。", ["3520000000 CNY"]),
    ],
)
def test_a_number_is_in_the_scale_in_brackets_before_it(text: str, figures: list[str]) -> None:
    assert read(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Revenue ($bn): $5.4.", ["5.4 USD"]),
        ("Revenue (up $3bn) was 5.4.", ["3000000000 USD", "5.4"]),
        ("Members (2023): 5.4.", ["5.4"]),
        ("The fund (Series B): 12 people.", ["12 person"]),
        ("Its assets (of $5 million) were 12.", ["5000000 USD", "12"]),
        (
            "| Revenue ($bn) | 2024 |\n|---|---|\n| North | 5.4 |\n| South | 3.1 |\n",
            ["5400000000 USD", "3100000000 USD"],
        ),
    ],
)
def test_other_brackets_leave_a_number_as_it_is(text: str, figures: list[str]) -> None:
    assert read(text) == figures
