"""A change is two figures with their kinds; two ends without a verb of change stay a range."""

import pytest

from kb.numbers import read_quantity
from kb.numbers.scan import scan

BY, BEFORE, AFTER = "change_by", "level_before", "level_after"


def found(text: str) -> list[tuple[str, str]]:
    return [(f"{mention.quantity.low:f}", str(mention.change)) for mention in scan(text)]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Catches rose from 40 tonnes to 55 tonnes.", [("40", BEFORE), ("55", AFTER)]),
        ("The fleet shrank from 12 to 9 boats.", [("12", BEFORE), ("9", AFTER)]),
        ("A cut in fares from €8 to just under €6 followed.", [("8", BEFORE), ("6", AFTER)]),
        ("Its stake fell from 4.2 to 3.1 percent.", [("0.042", BEFORE), ("0.031", AFTER)]),
        ("Losses widened $3 million to $8 million.", [("3000000", BY), ("8000000", AFTER)]),
        ("Debt was cut by £2bn to £9bn.", [("2000000000", BY), ("9000000000", AFTER)]),
        ("Turnout rose 5 percentage points to 60 percent.", [("0.05", BY), ("0.6", AFTER)]),
        ("Deaths fell by 12 to 340 people.", [("12", BY), ("340", AFTER)]),
        ("Ports earned €7 million, up from €5 million.", [("7000000", AFTER), ("5000000", BEFORE)]),
        ("The share increased to about 40% from just over 30%.", [("0.4", AFTER), ("0.3", BEFORE)]),
        ("The yard raised output by 20 MW to 120 MW.", [("20", BY), ("120", AFTER)]),
        ("The grant fell from 5 to 3 million euros.", [("5000000", BEFORE), ("3000000", AFTER)]),
        ("Output edged up 0.3% to 12 million barrels.", [("0.003", BY), ("12000000", AFTER)]),
        ("Orders fell 3% to $5m, equivalent to 14 months.", [("0.03", BY), ("5000000", AFTER), ("14", "None")]),
        ("The price rose from $2-3bn to $4-5bn.", [("2000000000", BEFORE), ("4000000000", AFTER)]),
        ("Die Quote stieg um 3 auf 20 Prozent.", [("0.03", BY), ("0.2", AFTER)]),
        ("The fleet earned $5m, against $3m a year earlier.", [("5000000", "None"), ("3000000", BEFORE)]),
        ("Der Fang brachte 45 Mio. Euro (Vorjahr: 42 Mio. Euro).", [("45000000", "None"), ("42000000", BEFORE)]),
        ("营收增至5亿元，上年同期为4亿元。", [("500000000", AFTER), ("400000000", BEFORE)]),
        ("客运量从 50 万增至 60 万。", [("500000", BEFORE), ("600000", AFTER)]),
        ("债务减少 4 亿元至 30 亿元。", [("400000000", BY), ("3000000000", AFTER)]),
        ("投票率提高 5 个百分点至 60%。", [("0.05", BY), ("0.6", AFTER)]),
    ],
)
def test_a_change_is_two_figures_with_their_kinds(text: str, figures: list[tuple[str, str]]) -> None:
    assert found(text) == figures


@pytest.mark.parametrize(
    "text",
    [
        "Tickets cost from £6 to £8.",
        "Sales will grow 2 to 3 percent.",
        "Sales will grow 5% to 7%.",
        "The toll fell by 10 to 15 people.",
        "Fares rose where tickets cost from £6 to £8.",
        "Cabins range from 5 to 9 metres.",
        "票价 20 到 70 元。",
    ],
)
def test_two_ends_without_a_change_are_one_range(text: str) -> None:
    (mention,) = scan(text)
    assert mention.quantity.low != mention.quantity.high
    assert mention.change is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("营收同比增长12%。", "0.12"),
        ("利率提高3个百分点。", "0.03"),
        ("渔船减少了2万艘。", "20000"),
        ("支出增加3亿元。", "300000000"),
        ("Revenue rose 12% in May.", "0.12"),
        ("Exports were down about 3%.", "0.03"),
        ("The crew grew by 300 people.", "300"),
        ("Die Löhne stiegen um 4 Prozent.", "0.04"),
    ],
)
def test_a_change_may_stand_without_a_level(text: str, value: str) -> None:
    assert found(text) == [(value, BY)]


@pytest.mark.parametrize(
    "text",
    [
        "The firm raised $12 million.",
        "They raised 12% of the sum.",
        "He cut 12 trees.",
        "It fell 3 metres.",
        "The shop opened 3 years ago.",
    ],
)
def test_an_amount_behind_a_verb_of_change_is_not_always_one(text: str) -> None:
    assert [change for _, change in found(text)] == ["None"]


def test_the_level_after_a_change_may_be_a_range() -> None:
    (mention,) = scan("Sales rose to 5 to 6 million.")
    assert (mention.quantity.low, mention.quantity.high, str(mention.change)) == (5_000_000, 6_000_000, AFTER)


def test_a_number_on_the_way_from_one_to_another_is_no_bound() -> None:
    found = [mention.quantity for mention in scan("Prizes run from €90 for the first over €50 to €20 for the last.")]
    assert [(quantity.low, str(quantity.bound)) for quantity in found] == [(90, "exact"), (50, "exact"), (20, "exact")]


def test_a_value_of_a_seed_file_is_a_range() -> None:
    assert str(read_quantity("from 60% to 80%").bound) == "range"
