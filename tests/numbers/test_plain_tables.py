"""Tables in plain text, and what bare cells take from the cells and lines around them."""

import pytest

from kb.numbers.grid import grids
from kb.numbers.scan import scan

FLEET = """Table 2: Cost of the fleet (£ thousand)

                        2023-24      2024-25
Leases                    8,615        9,806
Repairs                   1,392        1,577
Refunds                     (86)         (94)
Total                     9,921       11,289

Source: the ledger
"""


def read(text: str) -> list[str]:
    """The figures of ``text`` as numbers with their units."""
    quantities = (mention.quantity for mention in scan(text))
    return [f"{quantity.low.normalize():f} {quantity.unit}".strip() for quantity in quantities if quantity.low]


def markdown(*rows: str) -> str:
    """A table of Markdown; its second row rules off the first."""
    head, *body = rows
    return "\n".join(f"| {row} |" for row in (head, " | ".join("---" for _ in head.split("|")), *body)) + "\n"


def test_columns_that_blanks_align_are_a_table_with_its_scale() -> None:
    thousands = ("8615", "9806", "1392", "1577", "-86", "-94", "9921", "11289")
    assert read(FLEET) == [f"{number}000 GBP" for number in thousands]
    [grid] = grids(FLEET)
    assert (grid.names[1:], grid.columns[1:]) == (("Leases", "Repairs", "Refunds", "Total"), ("2023-24", "2024-25"))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (
            (
                "Kennzahlen (in Mio. Euro)\n\n"
                "Position       2023    2024\n"
                "Umsatz        347,0   386,2\n"
                "Zinsen         (2,3)   (1,9)\n"
            ),
            ["347000000 EUR", "386200000 EUR", "-2300000 EUR", "-1900000 EUR"],
        ),
        (
            (
                "单位：万元\n\n"
                "项目        2023年    2024年\n"
                "收入          1,234     1,456\n"
                "成本            987     1,012\n"
            ),
            ["12340000 CNY", "14560000 CNY", "9870000 CNY", "10120000 CNY"],
        ),
        (
            (
                "Results (million USD)\n"
                "Name       Q1     Q2\n"
                "-------------------\n"
                "Sales    12.5   13.1\n"
                "Margin    35%    31%\n"
            ),
            ["12500000 USD", "13100000 USD", "0.35 fraction", "0.31 fraction"],
        ),
        ("Depth, m\n\nNorth    12\nSouth     8\n", ["12 metre", "8 metre"]),
        # rows without a caption still end with their line
        ("Leases       7,240        9,806\nRepairs      1,108        1,577\n", ["7240", "9806", "1108", "1577"]),
    ],
)
def test_plain_tables_of_other_texts(text: str, numbers: list[str]) -> None:
    assert read(text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "Run it:\n\n    tool  -n 5  input\n    tool  -n 6  output\n",
        "We waited 5 minutes.  Then it took  6 hours.\nIt took  7 hours more  and nobody came.\n",
        "   def f(a):      # 5 steps\n       return  a\n",
        "Roses   are red\nViolets   are blue\n",
        "Only one line   12   13\n\nand then prose.\n",
    ],
)
def test_gaps_alone_make_no_table(text: str) -> None:
    assert grids(text) == []


def test_rows_below_the_sign_of_money_are_money() -> None:
    rows = ("Revenue | $187,312 | $176,704", "Costs | (109,390) | (105,670)", "Profit | 77,922 | 71,034")
    per_share = "Profit per diluted share | $0.09 | 0.06"
    counts = ("Weighted average diluted shares | 5,000 | 4,900", "Other | 7 | 8")
    text = "(in thousands, except per-share amounts)\n\n" + markdown(" | 2025 | 2024", *rows, per_share, *counts)
    money = ("187312", "176704", "-109390", "-105670", "77922", "71034")
    rates = ["0.09 USD/share", "0.06 USD/share"]
    assert read(text)[:8] == [*(f"{amount}000 USD" for amount in money), *rates]
    assert not any("USD" in figure for figure in read(text)[8:])


def test_a_heading_states_the_unit_of_bare_cells() -> None:
    table = markdown("Message size | larkq 0.9 | filequeue 2.1", "128 B | 91 | 38", "1 kB | 412 | 2.5 GB/s")
    assert read("### Throughput of `put`, in MB/s\n\n" + table) == [
        "128 byte",
        "91 MB/second",
        "38 MB/second",
        "1 kB",
        "412 MB/second",
        "2.5 GB/second",
    ]
    assert read("They grew in number, as said in May.\n\n" + markdown("Name | Hits", "North | 91", "South | 4")) == [
        "91",
        "4",
    ]


def test_sizes_that_name_the_rows_have_the_unit_of_their_head() -> None:
    table = markdown("Size (kB) | A | B", "1 | 12 | 13", "16 | 14 | 15")
    assert read("### Latency, ms\n\n" + table) == ["1 kB", "12 ms", "13 ms", "16 kB", "14 ms", "15 ms"]
