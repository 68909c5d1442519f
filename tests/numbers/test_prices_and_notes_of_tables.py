"""Scales of tables in prices per many, captions, notes below and heads of CSV."""

import pytest

from kb.numbers.scan import scan
from kb.numbers.scan.separated_values import with_tabs

ROWS = "| Sales | 12 |\n| Costs | 8 |\n"
MILLIONS, THOUSANDS = ["12000000", "8000000"], ["12000", "8000"]


def found(text: str) -> list[tuple[str, str]]:
    return [(f"{one.quantity.low.normalize():f}", one.quantity.unit) for one in scan(text)]


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ("Cost ($/1M tokens)", "USD/Mtoken"),
        ("$ per million tokens", "USD/Mtoken"),
        ("USD per 1M tokens", "USD/Mtoken"),
        ("Price (€/MWh)", "EUR/Mwatt-hour"),
        ("Price (£/1k requests)", "GBP/krequest"),
        ("¥/t", "CNY/tonne"),
    ],
)
def test_a_head_may_price_many_things(head: str, unit: str) -> None:
    for text in (f"| Item | {head} |\n|---|---|\n{ROWS}", f"Item\t{head}\nSales\t12\nCosts\t8\n"):
        assert found(text) == [("12", unit), ("8", unit)]


@pytest.mark.parametrize(
    ("note", "lows", "unit"),
    [
        ("* All figures in $ million.", MILLIONS, "USD"),
        ("Figures in thousands of euros.", THOUSANDS, "EUR"),
        ("Amounts in $ million", MILLIONS, "USD"),
        ("Alle Angaben in Tsd. Euro.", THOUSANDS, "EUR"),
        ("Sales grew in thousands of places.", ["12", "8"], ""),
        ("The firm sells in millions of homes", ["12", "8"], ""),
    ],
)
def test_a_note_below_a_table_states_its_scale(note: str, lows: list[str], unit: str) -> None:
    figures = found(f"| Item | 2023 |\n|---|---|\n{ROWS}\n{note}\n")[:2]
    assert figures == [(low, unit) for low in lows]


def test_a_raised_digit_marks_a_note() -> None:
    assert found(f"| Item | 2023¹ |\n|---|---|\n{ROWS}\n¹ in Tsd. Euro\n") == [("12000", "EUR"), ("8000", "EUR")]


def test_a_note_right_above_the_next_table_belongs_to_that() -> None:
    table = f"| Item | 2023 |\n|---|---|\n{ROWS}"
    assert found(f"{table}\nAmounts in thousands.\n\n{table}") == [("12", ""), ("8", ""), ("12000", ""), ("8000", "")]


@pytest.mark.parametrize("caption", ["Population (million)", "Table 1: Population (million)", "Sales (m)"])
def test_a_caption_ends_in_a_scale(caption: str) -> None:
    assert [low for low, _ in found(f"{caption}\nPlace\t2023\nChad\t12\nMali\t8\n")] == MILLIONS


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            "Model,Price (EUR),Weight (kg)\na,3.50,12\nb,2,3\n",
            [("3.5", "EUR"), ("12", "kg"), ("2", "EUR"), ("3", "kg")],
        ),
        ("Region,Users (k)\nNorth,340\nSouth,120\n", [("340000", ""), ("120000", "")]),
        ("Land;Umsatz (Mio. €)\nBayern;12,5\nHessen und Nassau;8,1\n", [("12500000", "EUR"), ("8100000", "EUR")]),
        ("Model,Cost ($/1M tokens)\nalpha,3.50\nbeta,2\n", [("3.5", "USD/Mtoken"), ("2", "USD/Mtoken")]),
    ],
)
def test_csv_is_a_table(text: str, figures: list[tuple[str, str]]) -> None:
    assert found(text) == figures


@pytest.mark.parametrize(
    "text",
    ["We met Anna,\nBen, 34\nand Carl, 12\n", "a,b\nand 3, 4\nand 5, 6\n", "One, two\n3, 4\n5, 6\n"],
)
def test_lines_of_prose_with_commas_are_no_table(text: str) -> None:
    assert with_tabs(text) == text
