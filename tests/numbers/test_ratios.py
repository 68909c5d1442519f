"""Ratios keep both numbers; so much to one is a multiple; scores, times and ranges are none."""

import pytest

from kb.numbers.scan import scan


def found(text: str) -> list[tuple[str, str]]:
    return [(f"{one.quantity.low:f}", one.quantity.unit or str(one.ratio)) for one in scan(text)]


def of(first: str, second: str) -> list[tuple[str, str]]:
    return [(first, "ratio_amount"), (second, "ratio_base")]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("The split was 70/30.", of("70", "30")),
        ("It is a 50/50 venture.", of("50", "50")),
        ("Gains are shared 60:40.", of("60", "40")),
        ("It was a 70-30 split.", of("70", "30")),
        ("The bill passed 52-48.", of("52", "48")),
        ("Mix them at 1:4.", of("1", "4")),
        ("Use a mix of 1:4.", of("1", "4")),
        ("The odds were 7:2.", of("7", "2")),
        ("It won by a ratio of 5 to 2.", of("5", "2")),
        ("Odds are five to two against.", of("5", "2")),
        ("They are in a ratio of 1 to 4.", of("1", "4")),
        ("The map has a scale of 1:50,000.", of("1", "50000")),
        ("Der Maßstab ist 1:25.000.", of("1", "25000")),
        ("Sie stehen im Verhältnis 3 zu 2.", of("3", "2")),
        ("Eine Mischung von eins zu vier.", of("1", "4")),
        ("男女比例为3:2。", of("3", "2")),
        ("比例为三比二。", of("3", "2")),
        ("利润四六开。", of("4", "6")),
        ("收入三七分成。", of("3", "7")),
    ],
)
def test_a_ratio_keeps_both_numbers(text: str, figures: list[tuple[str, str]]) -> None:
    assert found(text) == figures


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("They outnumber staff 3:1.", "3"),
        ("Noes beat ayes by three to one.", "3"),
        ("It has a debt ratio of 1.5:1.", "1.5"),
        ("A 3-for-1 stock split followed.", "3"),
        ("Im Verhältnis 2 zu 1 stimmten sie zu.", "2"),
        ("比例为二比一。", "2"),
        ("按1:1比例配资。", "1"),
    ],
)
def test_so_much_to_one_is_a_multiple(text: str, times: str) -> None:
    assert found(text) == [(times, "multiple")]


@pytest.mark.parametrize(
    "text",
    [
        "They won 2:1.",
        "The score was 3:1.",
        "Die Mannschaft gewann 3:1.",
        "中国队以3比1战胜日本队。",
        "比分为2比1。",
        "It starts at 3:15 pm.",
        "See Matthew 5:3.",
        "Sessions at 10:30 and 14:45.",
        "It is open 24/7.",
    ],
)
def test_scores_times_and_places_are_no_ratio(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "ends"),
    [("It took a mix of 3 to 5 people.", ("3", "5")), ("It costs 20-80 euros.", ("20", "80"))],
)
def test_a_range_is_no_ratio(text: str, ends: tuple[str, str]) -> None:
    [mention] = scan(text)
    assert (f"{mention.quantity.low:f}", f"{mention.quantity.high:f}", mention.ratio) == (*ends, None)
