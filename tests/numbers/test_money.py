"""Money is read with its code, sign and scale, glued or apart, before or behind the number; no number is cut."""

import pytest

from kb.numbers import read_quantity
from kb.numbers.scan import scan


def found(text: str) -> list[tuple[str, str]]:
    return [(f"{mention.quantity.low:f}", mention.quantity.unit) for mention in scan(text)]


@pytest.mark.parametrize(
    ("written", "value", "unit"),
    [
        ("SEK12.5 million", "12500000", "SEK"),
        ("ZAR0.75 Billion", "750000000", "ZAR"),
        ("IDR6,100 billion", "6100000000000", "IDR"),
        ("Rs.840 crore", "8400000000", "INR"),
        ("Rs 7 lakh", "700000", "INR"),
        ("Rp 15,000", "15000", "IDR"),
        ("RM4.2m", "4200000", "MYR"),
        ("KSh 900", "900", "KES"),
        ("CHF 12'500.50", "12500.5", "CHF"),
        ("80 GBP million", "80000000", "GBP"),
        ("95 MEUR", "95000000", "EUR"),
        ("300 TEUR", "300000", "EUR"),
        ("EURm 45", "45000000", "EUR"),
        ("USD million 3.5", "3500000", "USD"),
        ("7 €bn", "7000000000", "EUR"),
        ("NZ$8m", "8000000", "NZD"),
        ("150.000 VND", "150000", "VND"),
        ("¥1.500", "1.5", "CNY"),
        ("$1.125", "1.125", "USD"),
        ("$(3.1) million", "-3100000", "USD"),
        ("EUR (2.2) million", "-2200000", "EUR"),
        ("-2.500,75 €", "-2500.75", "EUR"),
        ("ALL 4.5 million", "4500000", "ALL"),
        ("$6.2-million", "6200000", "USD"),
        ("($6.2) million", "-6200000", "USD"),
        ("45p", "0.45", "GBP"),
    ],
)
def test_money_is_read_whole_in_text_and_as_a_value(written: str, value: str, unit: str) -> None:
    assert found(f"The pier cost {written} in all.") == [(value, unit)]
    quantity = read_quantity(written)
    assert (f"{quantity.low:f}", quantity.unit) == (value, unit)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ALL 40 SEATS WERE TAKEN", [("40", "seat")]),
        ("TOP 10 PIERS OF THE COAST", []),
        ("The AMD 7000 and PHP 8 came out.", []),
        ("The H100 and the USB3 hub cost 5 euros.", [("5", "EUR")]),
        ("Ferries (-12%) and boats (-3%) lost.", [("-0.12", "fraction"), ("-0.03", "fraction")]),
    ],
)
def test_what_only_looks_like_money_is_none(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_a_letter_at_the_second_end_is_a_scale_of_both() -> None:
    quantity = read_quantity("$1–2m")
    assert (quantity.low, quantity.high) == (1_000_000, 2_000_000)


def test_cents_are_those_of_the_money_beside_them() -> None:
    assert found("Fares went up by 20 cents to €2.40.") == [("0.2", "EUR"), ("2.4", "EUR")]
    assert found("It was 4 cents higher.") == [("0.04", "USD")]
