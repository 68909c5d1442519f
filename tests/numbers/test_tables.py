"""The scale, the unit and the sign of a number in a table stand elsewhere in it; blocks of a text part figures."""

import pytest

from kb.numbers.grid import grids
from kb.numbers.scan import scan


def read(text: str, *, lines_are_blocks: bool = False) -> list[str]:
    """The figures of ``text`` as numbers with their units."""
    mentions = scan(text, lines_are_blocks=lines_are_blocks)
    return [f"{mention.quantity.low.normalize():f} {mention.quantity.unit}".strip() for mention in mentions]  # type: ignore[union-attr]


def table(*rows: str) -> str:
    """A table of cells with ``|`` between them, by tabs."""
    return "\n".join(row.replace(" | ", "\t") for row in rows) + "\n"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        # where a scale stands
        ("US$ in thousands\n" + table("Item | 2024", "Cash | 34,600"), ["34600000 USD"]),
        ("单位：万元\n" + table("项目 | 2023年", "收入 | 1,200"), ["12000000 CNY"]),
        (table("Item | Note | 31 March 2024 £'000", "Cash | 5 | 2,015"), ["2015000 GBP"]),
        (table("€ m | 2024", "Cash | 3.5", "Loans | 2"), ["3500000 EUR", "2000000 EUR"]),
        (table("Item | Cash ($ billions) | Staff", "North | 1.2 | 340"), ["1200000000 USD", "340"]),
        (table("Item | 2024", "Assets (Rs. crore)", "Cash | 12", "Loans | 3"), ["120000000 INR", "30000000 INR"]),
        (table("Item | 2024", "Users (million) | 3.4", "Staff | 12"), ["3400000", "12"]),
        (table("Item | Unit | 2024", "Cash | US$ m | 3.5", "Staff | number | 12"), ["3500000 USD", "12"]),
        (table("Item (a) | 2024", "Cash | 12") + "(a) in millions of euros\n", ["12000000 EUR"]),
        (table("Item | Cash (b) | Staff", "North | 12 | 13") + "\n(b) in thousands of euros\n", ["12000 EUR", "13"]),
        ("Output, in thousands of pieces\n\n" + table("Item | 2024", "bolts | 1,340"), ["1340000 piece"]),
        # what it leaves out
        (
            "In millions, except headcount and per share data\n"
            + table("Item | 2024", "Cash | 12", "Headcount | 340", "Loss per share | (1.25)", "Margin (%) | 12.5"),
            ["12000000", "340", "-1.25", "0.125 fraction"],
        ),
        ("In millions, except per share data\n" + table("A | B", "EPS | 1.2", "Shares | 210"), ["1.2", "210000000"]),
        (
            "In millions\n" + table("Item | 2024", "Cash | 12", "Growth | 4%", "Mass | 12 kg"),
            ["12000000", "0.04 fraction", "12 kg"],
        ),
        (table("Item | 2024", "Cash | 12") + "The town invests in thousands of trees.\n", ["12", "2000 tree"]),
        (
            "US$ in millions\n" + table("Item | 2024", "Gain per share | 1.37", "EPS | 1.2"),
            ["1.37 USD/share", "1.2 USD"],
        ),
        ("US$ in millions\n" + table("Item | 2024", "Revenue per user | $13"), ["13 USD/user"]),
        # units of bare cells
        (table("Year | Visitors | Rain (mm)", "2021 | 98 | 7"), ["98", "7 mm"]),
        (table("Task | Years", "digging | 3"), ["3 year"]),
        (table("Line | Length (km) | Share, %", "North | 45 | 12.4"), ["45 km", "0.124 fraction"]),
        (table("Item | Sales", "2022 | 12 kg", "2023 | 3 tonnes"), ["12 kg", "3 tonne"]),
        # what is no figure
        (table("Item | Note | Q3 2024 | 30 June 2023", "Cash | 3 | 12 | 13"), ["12", "13"]),
        (table("Engine | Score", "flatlog 0.7 | 12", "line 12 | 13", "linie 7 | 14"), ["12", "13", "14"]),
        (table("Age | Score", "over 40 | 12", "households of 5 | 13"), ["40", "12", "5", "13"]),
        (table("Posten | 1. Hj. 2025 | 2. Quartal 2024", "Umsatz | 3 | 4"), ["3", "4"]),
        # negative cells
        (
            table("Item | 2024 | Change", "Cash | (36) | (18.0%)", "Loans | 4 | 5%"),
            ["-36", "-0.18 fraction", "4", "0.05 fraction"],
        ),
        (table("Item | Note", "Cash | fell sharply (18%)"), ["0.18 fraction"]),
        (table("# | Name | Age", "1 | Ann | 40", "2 | Bob | 50"), ["40", "50"]),
        (table("Item | Plans from $20", "Cash | 12"), ["20 USD", "12"]),
    ],
)
def test_a_cell_is_read_with_what_its_table_says_of_it(text: str, numbers: list[str]) -> None:
    assert read(text) == numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (
            table(
                "in Mio. € | Q1 2025 | Veränderung in %",
                "Umsatz | 1.234,5 | 12,2",
                "Marge (in %) | 8,5 | 3",
                "Mitarbeiter | 8.500 | 4,9",
                "Ergebnis je Aktie (in €) | 2,35 | 23,7",
            ),
            [
                *("1234500000 EUR", "0.122 fraction", "0.085 fraction", "0.03 fraction", "8500", "0.049 fraction"),
                *("2.35 EUR/share", "0.237 fraction"),
            ],
        ),
        ("Angaben in Tsd. Euro\n" + table("Posten | Geschäftsjahr 2024", "Aufwand | -3.400"), ["-3400000 EUR"]),
        (table("Posten | 30.06.2025 TEUR", "Summe | 12.345"), ["12345000 EUR"]),
        (table("(€ Mio.) | 9 Monate 2025 | Δ %", "Umsatz | 120 | 20"), ["120000000 EUR", "0.2 fraction"]),
        (table("Posten | 2024 Mio. €", "Umsatz 5 | 120", "Zinsen | –12"), ["120000000 EUR", "-12000000 EUR"]),
        (table("Posten | 30. Juni 2025", "Umsatz in Mio. € | 12"), ["12000000 EUR"]),
        (
            "Alle Angaben in Mio. €, ohne Kurse\n" + table("Posten | GJ 2025", "Umsatz | 12", "Kurse | 3"),
            ["12000000 EUR", "3"],
        ),
    ],
)
def test_a_german_table_is_read_like_an_english_one(text: str, numbers: list[str]) -> None:
    text += "\nDer Umsatz ist gestiegen, und die Zahl der Mitarbeiter nicht."
    assert [number.removesuffix(" employee") for number in read(text)] == numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        # The sign stands in the first row and in that of the total.
        (
            table("Item | 2024", "Sales | $ 1,250", "Costs | 800", "Rent | 12", "Income | $ 450", "Shares | 3,200"),
            ["1250 USD", "800 USD", "12 USD", "450 USD", "3200"],
        ),
        (
            table("Item | 2024", "Sales | $9", "Employees | 800", "Gain per share | 2", "Income | $7"),
            ["9 USD", "800", "2 USD", "7 USD"],
        ),
        (table("Item | 2024", "Fee | $9", "Tax | 8", "Fine | €7"), ["9 USD", "8", "7 EUR"]),
        # two scales
        (
            "Dollars in millions, shares in thousands\n" + table("Item | 2024", "Cash | 12", "Common shares | 7"),
            ["12000000 USD", "7000"],
        ),
        (
            "Sales in millions of dollars; volumes in thousand tonnes\n"
            + table("Item | Sales | Volume", "North | 12 | 7"),
            ["12000000 USD", "7000 tonne"],
        ),
        # notes with an asterisk, and emphasis
        (
            table("Item | 2024", "Sales* | 12", "**Visits** | **7**") + "* in millions of euros\n",
            ["12000000 EUR", "7"],
        ),
        # numbers inside the names of rows, and what heads are per
        (
            table(
                "Item | 2024", "10-year notes | 7", "5% bonds due | 8", "Over 90 days past due | 9", "Tier 2 debt | 6"
            ),
            ["7", "8", "9", "6"],
        ),
        ("| Model | Price / 1M tokens |\n|---|---|\n| Foo 7B | $2 |\n", ["2 USD"]),
        (table("Item | Note", "Raised 40 million dollars in all | yes", "Ships | two"), ["40000000 USD", "2"]),
        # captions in more words
        (
            "(Rs in lakhs, except EPS)\n" + table("Item | 2024", "Cash | 12", "EPS (Rs) | 4.5"),
            ["1200000 INR", "4.5 INR"],
        ),
        ("In thousands of U.S. dollars\n" + table("Item | 2024", "Cash | 12"), ["12000 USD"]),
        ("(EUR million unless otherwise stated)\n" + table("Item | 2024", "Cash | 12"), ["12000000 EUR"]),
        (table("Item | 2024 £m", "Fee per share (p) | 4.5", "Average number of staff | 12"), ["0.045 GBP/share", "12"]),
        ("單位：百萬元\n" + table("項目 | 2024年", "收入 | 12"), ["12000000 CNY"]),
        # what the first head names are the rows
        (table("项目 | 2024年", "员工人数 | 1,200"), ["1200"]),
        (table("项目 | 2024年", "每股收益（元） | 1.20"), ["1.2 CNY/share"]),
        (table("Item | Volume | Level", "North | 12 | 7"), ["12", "7"]),
        (table("Item | 2024 USD | % change", "North | 12 | 7"), ["12 USD", "0.07 fraction"]),
        ("US$ in millions\n" + table("Item | 2024", "Loans to customers | 7"), ["7000000 USD"]),
    ],
)
def test_money_scales_and_counts_of_a_table_hold_where_they_belong(text: str, numbers: list[str]) -> None:
    assert read(text) == numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Profit was three hundred\n\nand two dozen people came.", ["300", "24 person"]),
        ("- sales of three\n- hundred people", ["3"]),
        ("# Twenty\nfive boats sailed, and 12 sank.", ["20", "5 boat", "12"]),
        ("Cash\t95\nLoans\t3,400\n", ["95", "3400"]),
        ("The town paid the builder of it 34.6\nmillion dollars.", ["34600000 USD"]),
    ],
)
def test_no_figure_crosses_a_paragraph_an_item_a_heading_or_a_cell(text: str, numbers: list[str]) -> None:
    assert read(text) == numbers


def test_where_each_line_is_a_block_no_figure_crosses_it() -> None:
    text = "Profit was three hundred\nand two dozen people came."
    assert read(text, lines_are_blocks=True) == ["300", "24 person"]


def test_a_table_ends_where_another_has_heads_of_its_own() -> None:
    rows = ("Item | 2024 | 2023", "Cash | 12 | 13", "Balance by region", "Region | 2022 | 2021", "North | 4 | 5")
    first, second = grids(table(*rows))
    assert (first.columns[1:], second.columns[1:]) == (("2024", "2023"), ("2022", "2021"))


def test_heads_in_several_rows_are_read_from_the_top_down() -> None:
    (grid,) = grids("\t2024\t\t2023\n\tQ3\tQ4\tQ3\nCash\t1\t2\t3\n")
    assert grid.columns[1:] == ("2024, Q3", "2024, Q4", "2023, Q3")


IN_MILLIONS = "(US$ in millions)\n"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (
            IN_MILLIONS + table("Item | 2024", "Sales | 1,240", "Effective tax rate | 21.5", "Return on equity | 12.1"),
            ["1240000000 USD", "21.5", "12.1"],
        ),
        (
            IN_MILLIONS + table("Item | 2024", "Days sales outstanding | 45", "Net debt to EBITDA | 2.1", "Sales | 3"),
            ["45", "2.1", "3000000 USD"],
        ),
        ("单位:万元\n" + table("项目 | 2024年", "收入 | 12", "毛利率 | 35.6"), ["120000 CNY", "35.6"]),
        ("in Mio. Euro\n" + table("Posten | 2024", "Umsatz | 12", "Steuersatz | 30,1"), ["12000000 EUR", "30.1"]),
        (IN_MILLIONS + table("Item | Sales | Margin", "North | 12 | 40.1"), ["12000000 USD", "40.1"]),
        # A change in percentage points tells that its row is one of shares.
        (IN_MILLIONS + table("Item | 2024 | Change", "Cash cost | 36.1 | -0.5 pp"), ["36.1", "-0.005 fraction"]),
        # No share of sales is that large.
        (IN_MILLIONS + table("Item | 2024", "Gross margin | 1,240"), ["1240000000 USD"]),
        (
            IN_MILLIONS + table("Item | 2024", "Interest rate swaps | 4", "Deposits at floating rates | 14"),
            ["4000000 USD", "14000000 USD"],
        ),
        (IN_MILLIONS + table("Item | 2024 | (% of total)", "North | 12 | 40.1"), ["12000000 USD", "0.401 fraction"]),
        (IN_MILLIONS + table("Item | 2024", "Cost as % of sales | 4.5"), ["0.045 fraction"]),
        ("单位:万元\n" + table("项目 | 收入 | 用户数(万户)", "北 | 12 | 35.6"), ["120000 CNY", "356000 户"]),
        ("(US$)\n" + table("City | Users (m) | Sales", "North | 12 | 4"), ["12000000", "4 USD"]),
        ("(US$)\n" + table("Item | 2024", "Users (million) | 12", "Sales (million) | 4"), ["12000000", "4000000 USD"]),
    ],
)
def test_shares_ratios_durations_and_counts_take_no_money(text: str, numbers: list[str]) -> None:
    assert read(text) == numbers


@pytest.mark.parametrize("name", ["Oz", "x", "Dollar", "Mile", "Day", "Percent", "EUR"])
def test_a_row_whose_name_is_a_unit_has_bare_numbers(name: str) -> None:
    assert read(table("Item | Score", f"{name} | 12")) == ["12"]


def test_a_head_or_the_end_of_a_name_states_a_unit() -> None:
    assert read(table("Item | kg", "Oz | 12", "Width (km) | 13", "Salary USD | 14")) == ["12 kg", "13 km", "14 USD"]


@pytest.mark.parametrize(
    ("head", "number"),
    [
        ("Pop. (m)", "12000000"),
        ("Users (k)", "12000"),
        ("Visitors (M)", "12000000"),
        ("Einwohner (Mio.)", "12000000"),
        ("人口(万)", "120000"),
        # what is measured, and what may be the mark of a note
        ("Heights (m)", "12 metre"),
        ("Range (m)", "12 metre"),
        ("Rainfalls (mm)", "12 mm"),
        ("Loans (b)", "12"),
    ],
)
def test_a_letter_behind_a_count_is_a_scale(head: str, number: str) -> None:
    assert read(table(f"Town | {head}", "Aville | 12")) == [number]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("(in millions of euros)\n" + table("US$ thousands | 2024", "Cash | 12"), ["12000 USD"]),
        ("(in millions of euros)\n" + table("(in thousands) | 2024", "Cash | 12"), ["12000 EUR"]),
        ("(in thousands)\n" + table("US$ | 2024", "Cash | 12"), ["12000 USD"]),
        ("(in millions of euros)\n" + table("Item | 2024", "Cash | 12"), ["12000000 EUR"]),
        # a row that is the head of a section
        (
            "(in millions of euros)\n\n|Item|2024|\n|--|--|\n|Cash|12|\n|Assets (US$ thousands)||\n|Plant|4|\n",
            ["12000000 EUR", "4000 USD"],
        ),
        # A note belongs to the table above it.
        (
            table("Item | 2024", "Cash | 12") + "\nNote: amounts in thousands.\n\n" + table("Item | 2023", "Rent | 4"),
            ["12000", "4"],
        ),
        (
            table("Item | 2024", "Cash | 12") + "\nAmounts in thousands\n\n" + table("Item | 2023", "Rent | 4"),
            ["12", "4000"],
        ),
    ],
)
def test_the_nearest_statement_of_a_scale_counts(text: str, numbers: list[str]) -> None:
    assert read(text) == numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (
            "Table 2. Output, US$ millions unless otherwise stated; volumes in kt\n"
            + table("Item | 2024", "Sales | 12", "Volumes | 4"),
            ["12000000 USD", "4 kt"],
        ),
        ("Income statement, millions of dollars\n" + table("Item | 2024", "Sales | 12"), ["12000000 USD"]),
        ("Amounts in hundreds of thousands\n" + table("Item | 2024", "Sales | 12"), ["1200000"]),
        (table("Item | 2024", "Shares outstanding (millions) | 12", "Staff | 7"), ["12000000", "7"]),
        (table("Item | 2024", "Sales* | 12", "Cost | 4") + "* in hundreds\n", ["1200", "4"]),
        (table("Planet | Radius (10^3 km) | Mass (×10²⁴ kg)", "Earth | 6.4 | 6"), ["6400 km", f"6{'0' * 24} kg"]),
        (table("Mine | $/t | Area (000 km²)", "North | 6.4 | 12"), ["6.4 USD/tonne", "12000 km**2"]),
        (table("Mine | Rent (€/m²) | Waste (kt)", "North | 6.4 | 12"), ["6.4 EUR/metre**2", "12 kt"]),
        # a sentence and a name that state no scale
        ("Sales grew, millions of people came.\n" + table("Item | 2024", "Sales | 12"), ["2000000 person", "12"]),
        (table("Item | 2024", "Plan 10 (new) | 12"), ["12"]),
    ],
)
def test_captions_notes_and_heads_state_scales_in_many_forms(text: str, numbers: list[str]) -> None:
    assert read(text) == numbers


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("(0.4) pp", ["-0.004 fraction"]),
        ("(12) km", ["-12 km"]),
        ("1,240-", ["-1240000000 USD"]),
        ("(1,240)", ["-1240000000 USD"]),
        ("1,150<sup>a</sup>", ["1150000000 USD"]),
        ("1,150<sup>1</sup>", ["1150000000 USD"]),
        # It may be negative, withheld or to be filled in.
        ("<1,240>", []),
        # a limit, a range
        ("< 1,240", ["1240000000 USD"]),
        ("12 – 14", ["12000000 USD"]),
    ],
)
def test_signs_and_marks_behind_the_number_of_a_cell(cell: str, numbers: list[str]) -> None:
    assert read(IN_MILLIONS + table("Item | 2024", f"Gain | {cell}")) == numbers


def test_a_row_with_points_leaves_the_other_rows_their_scale() -> None:
    text = IN_MILLIONS + table("Item | 2024", "Margin | (0.4) pp", "Sales | 4")
    assert read(text) == ["-0.004 fraction", "4000000 USD"]


@pytest.mark.parametrize(
    "text",
    [
        "(in thousands of Canadian dollars)\n| Item | 2024 |\n|---|---|\n| Gain | 540 |\n| Loss | (12) |",
        "Values in thousands of Canadian dollars.\n\n| Item | 2024 |\n|---|---|\n| Gain | $ 540 |\n| Fee | $ (12) |",
        "| Item | C$ thousands |\n|---|---|\n| Gain | 540 |\n| Loss | $(12) |",
    ],
)
def test_a_scale_names_the_money_of_a_country(text: str) -> None:
    assert [(f"{one.quantity.low:f}", one.quantity.unit) for one in scan(text)] == [
        ("540000", "CAD"),
        ("-12000", "CAD"),
    ]


def test_a_sign_in_the_name_of_a_row_is_its_money() -> None:
    text = "| Item | 2024 |\n|---|---|\n| Gain (€) | 12 |\n| Loss (€) | (12) |"
    assert [(f"{one.quantity.low:f}", one.quantity.unit) for one in scan(text)] == [("12", "EUR"), ("-12", "EUR")]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Amounts are in thousands of Canadian dollars.", 0),
        ("All numbers (in millions of euros) are audited.", 0),
        ("It resulted in millions of dollars of losses.", 1),
        ("Fraud cost thousands of Canadian dollars.", 1),
    ],
)
def test_what_numbers_are_in_is_no_figure(text: str, count: int) -> None:
    assert len(list(scan(text))) == count
