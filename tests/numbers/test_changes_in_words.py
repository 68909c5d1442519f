"""Changes in words and with asides: tripled, 翻两番, a quarter point, by $5, or 20%, to $20."""

import pytest

from kb.numbers.scan import scan

BY, BEFORE, AFTER = "change_by", "level_before", "level_after"
Row = tuple[str, str, str]


def found(text: str) -> list[Row]:
    return [(f"{one.quantity.low:f}", one.quantity.unit, str(one.change)) for one in scan(text)]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Sales tripled to $30 million.", [("3", "multiple", BY), ("30000000", "USD", AFTER)]),
        ("The stake was halved.", [("0.5", "multiple", BY)]),
        ("Output quadrupled in ten years.", [("4", "multiple", BY), ("10", "year", "None")]),
        ("Demand is set to double by 2030.", [("2", "multiple", BY)]),
        ("Arrivals trebled, halving the wait.", [("3", "multiple", BY), ("0.5", "multiple", BY)]),
        ("Der Absatz verdoppelte sich auf 8 Mio. Euro.", [("2", "multiple", BY), ("8000000", "EUR", AFTER)]),
        ("Die Zahl hat sich verdreifacht.", [("3", "multiple", BY)]),
        ("Die Kosten wurden halbiert.", [("0.5", "multiple", BY)]),
        ("产量翻两番。", [("4", "multiple", BY)]),
        ("收入比去年翻了一番", [("2", "multiple", BY)]),
        ("用户数翻倍。", [("2", "multiple", BY)]),
        ("A threefold increase followed.", [("3", "multiple", "None")]),
    ],
)
def test_a_verb_that_multiplies_is_a_multiple(text: str, figures: list[Row]) -> None:
    assert found(text) == figures


@pytest.mark.parametrize(
    ("text", "bound", "hedge"),
    [
        ("Revenue more than doubled.", "more_than", "none"),
        ("It nearly tripled.", "exact", "nearly"),
        ("Der Preis hat sich mehr als verdoppelt.", "more_than", "none"),
        ("Der Preis hat sich fast verdreifacht.", "exact", "nearly"),
        ("产值超翻番。", "more_than", "none"),
    ],
)
def test_a_verb_that_multiplies_keeps_its_limit(text: str, bound: str, hedge: str) -> None:
    [mention] = scan(text)
    assert (mention.quantity.bound, mention.quantity.hedge) == (bound, hedge)


@pytest.mark.parametrize(
    "text",
    [
        "They doubled down on it.",
        "The hall doubled as a school.",
        "The doubling time is not known.",
        "He won the doubles title.",
        "They discussed it. 大家讨论了一番。",
        "She ordered a double espresso.",
    ],
)
def test_a_double_of_another_kind_is_no_figure(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("The bank raised rates a quarter point.", ("0.0025", "fraction", BY)),
        ("It cut rates by half a point.", ("0.005", "fraction", BY)),
        ("A three-quarter-point increase is likely.", ("0.0075", "fraction", BY)),
        ("Inflation eased a quarter of a percentage point.", ("0.0025", "fraction", BY)),
        ("The gap is half a percentage point.", ("0.005", "fraction", "None")),
        ("Der Zins sank um einen Viertelprozentpunkt.", ("0.0025", "fraction", BY)),
        ("He won by half a point.", ("0.5", "point", "None")),
    ],
)
def test_a_part_of_a_point_is_one_of_a_percentage_where_rates_are_meant(text: str, figure: Row) -> None:
    assert found(text) == [figure]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("They cut it by $5, or 20%, to $20.", [("5", "USD", BY), ("0.2", "fraction", BY), ("20", "USD", AFTER)]),
        (
            "Net fell $2m, or 8%, to $40m.",
            [("2000000", "USD", BY), ("0.08", "fraction", BY), ("40000000", "USD", AFTER)],
        ),
        ("Shares fell 4% ($3.20) to $76.", [("0.04", "fraction", BY), ("3.2", "USD", BY), ("76", "USD", AFTER)]),
        ("Sales were up $3m, to $20m.", [("3000000", "USD", BY), ("20000000", "USD", AFTER)]),
        ("Sales were down $3 million.", [("3000000", "USD", BY)]),
        ("Margins fell €3 million last year.", [("3000000", "EUR", BY)]),
        (
            "Der Gewinn sank um 3 Mio. Euro (8 %) auf 40 Mio. Euro.",
            [("3000000", "EUR", BY), ("0.08", "fraction", BY), ("40000000", "EUR", AFTER)],
        ),
        ("Debt rose from €2m at the end of 2024 to €8m.", [("2000000", "EUR", BEFORE), ("8000000", "EUR", AFTER)]),
        ("It went from 1.2 million in 2019 to 3 million.", [("1200000", "", BEFORE), ("3000000", "", AFTER)]),
        ("The debt, at the end of 2024 to €8m, rose.", [("8000000", "EUR", "None")]),
    ],
)
def test_asides_and_years_do_not_part_a_change(text: str, figures: list[Row]) -> None:
    assert found(text) == figures


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("They raised $5 million, or 20% of the sum.", [("5000000", "USD", "None"), ("0.2", "fraction", "None")]),
        ("We put down $3 million.", [("3000000", "USD", "None")]),
        ("It fell 3%, according to 14 people.", [("0.03", "fraction", BY), ("14", "person", "None")]),
        ("It costs $5, or 20%, to members.", [("5", "USD", "None"), ("0.2", "fraction", "None")]),
        ("Between 2000 and 3 million people came.", [("2000", "person", "None")]),
    ],
)
def test_asides_without_a_change_stay_what_they_are(text: str, figures: list[Row]) -> None:
    assert found(text) == figures
