"""What a careful reader marks in running text is found, as it stands there and with what it says."""

from collections.abc import Callable, Sequence
from cProfile import Profile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.numbers.en import EN
from kb.numbers.scan import FigureKind, FigureMention, rows, scan
from kb.numbers.zh import ZH


def literals(text: str) -> list[str]:
    return [mention.quantity.as_written for mention in scan(text)]


def read(text: str) -> Sequence[tuple[str | None, ...]]:
    keys = ("as_written", "low", "high", "bound", "hedge", "unit", "kind")
    return [tuple(row[key] for key in keys) for row in rows(scan(text))]  # type: ignore[literal-required]


def test_a_row_has_the_place_the_ends_the_bound_the_hedge_the_unit_and_the_kind() -> None:
    (row,) = rows(scan("The ferry moves upward of $2-3k a month."))

    assert row == {
        "char_start": 16,
        "char_end": 39,
        "as_written": "upward of $2-3k a month",
        "low": "2000",
        "high": "3000",
        "bound": "at_least",
        "hedge": "none",
        "unit": "USD/month",
        "per": None,
        "period": "month",
        "kind": "rate",
        "change": None,
        "margin": None,
        "margin_below": None,
        "margin_kind": None,
        "margin_level": None,
        "left_out": None,
        "not_understood": None,
        "beside_unit": None,
        "shared_sign": None,
        "ratio": None,
    }


@pytest.mark.parametrize(
    ("text", "literal", "unit", "kind"),
    [
        ("It cost $40 in all", "$40", "USD", "money"),
        ("some 15% of riders", "some 15%", "fraction", "percent"),
        ("three times the load", "three times", "multiple", "multiple"),
        ("12 ferries wait", "12 ferries", "ferry", "count"),
        ("within eighteen months", "within eighteen months", "month", "duration"),
        ("$7 per ton", "$7 per ton", "USD/ton", "rate"),
        ("the sixtieth trillion", "sixtieth trillion", "", "ordinal"),
        ("the 40 km route", "40 km", "km", "number"),
        ("票价 20 元", "20 元", "CNY", "money"),
        ("船队共有 3 艘渡轮。", "3 艘渡轮", "渡轮", "count"),
        ("每月付 20 美元", "每月付 20 美元", "USD/month", "rate"),
        ("第 60 万个乘客", "第 60 万", "", "ordinal"),
    ],
)
def test_every_kind_of_figure_is_told(text: str, literal: str, unit: str, kind: str) -> None:
    assert [(row["as_written"], row["unit"], row["kind"]) for row in rows(scan(text))] == [(literal, unit, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "GPT-5 beats GPT‑4o on an H100.",
        "Claude 3 Opus, Opus 4.6 and R1 are models; so is Llama 3.1.",
        "It runs Windows 11 and Web3 over 5G on an iPhone 15.",
        "A Boeing 747 flew through COVID-19 to the S&P 500 and the Fortune 500 companies.",
        "See section 4, figure 3, chapter 2, page 12 and line 17.",
        "As shown before [0], and again (3).",
        "1. First\n2) Second\n(a) third\n① fourth\n一、fifth\n3、sixth",
        "Version v2.1 follows v1.0.3 at https://pier.example/2024/x?y=12 by ann99@pier.example.",
        "The file fare_2024.csv has hash 9f86d081884c7d65 on host 10.0.0.12, port map `n = 40`.",
        "Call 555-123-4567 at 18:38 or 6 pm.",
        "On May 4, on 2026-06-15, in June 2025, in 2025, in Q3 2025, in H1, in the 1990s and in fiscal 2024.",
        "2025年6月9日,上半年,90年代,第三季度,周五下午3点。",
        "No one knows which one it was, one of the pilots said; this one thing is the second, the first, the third.",
        "一个船长,一种一样的船,一些人,统一,第一,万一,一旦,百度,千万别去,等了半天。",
        "第4节,图3,第二章。",
        "The Big Four and the Magnificent Seven met in the second half of the year.",
        "It is a third party in the third quarter.",
        "Top 10 piers of the coast.",
        "Groups of level 3, tier 2, phase 1.",
    ],
)
def test_names_labels_dates_and_turns_of_phrase_are_no_figures(text: str) -> None:
    assert literals(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a $200-plan for Opus costs $15, and 40 GPU-hours", ["$200", "$15", "40 GPU-hours"]),
        ("the 20x plan, a 70B parameters model, $200/month ChatGPT Pro", ["20x", "70B parameters", "$200/month"]),
        ("GPT-5 has 10 rivals and Opus 4.6 has 3 users", ["10 rivals", "3 users"]),
        ("It gave Anthropic 90 minutes and paid Elon Musk 500 shares.", ["90 minutes", "500 shares"]),
        ("In 2025 about 2000 people came", ["about 2000 people"]),
        (
            "fares exceeded $5 million, at least another 300 pilots left",
            ["exceeded $5 million", "at least another 300 pilots"],
        ),
        ("a $5 fee[0] and 20%(2)", ["$5", "20%"]),
        ("half of riders, a third of boats, but a third boat", ["half", "a third"]),
        ("at least one boat", ["at least one boat"]),
        ("**$5 million** a year, or ~*40*%", ["$5 million** a year", "~*40*%"]),
    ],
)
def test_figures_beside_names_are_found(text: str, found: list[str]) -> None:
    assert literals(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "24,000 fraudulent accounts",
            ("24,000 fraudulent accounts", "24000", "24000", "exact", "none", "account", "count"),
        ),
        (
            "hundreds of millions of dollars a year",
            (
                "hundreds of millions of dollars a year",
                "200000000",
                "1000000000",
                "range",
                "order_of_magnitude",
                "USD/year",
                "rate",
            ),
        ),
        (
            "a multi-billion-dollar pier",
            ("multi-billion-dollar", "2000000000", "10000000000", "range", "order_of_magnitude", "USD", "money"),
        ),
        ("roughly ten-to-one", ("roughly ten-to-one", "10", "10", "exact", "about", "multiple", "multiple")),
        ("$3/M, all told", ("$3/M", "3", "3", "exact", "none", "USD/Mtoken", "rate")),
        (
            "hundreds (or thousands) of boats",
            ("hundreds (or thousands) of boats", "200", "10000", "range", "order_of_magnitude", "boat", "count"),
        ),
        ("45 艘船里有 9 艘", ("45 艘船里有 9 艘", "0.2", "0.2", "exact", "none", "fraction", "percent")),
        ("近万亿美元", ("近万亿美元", "1000000000000", "1000000000000", "exact", "nearly", "USD", "money")),
        ("一年烧掉 50 亿美元", ("一年烧掉 50 亿美元", "5000000000", "5000000000", "exact", "none", "USD/year", "rate")),
    ],
)
def test_what_is_counted_and_what_stands_around_it_is_kept(text: str, found: tuple[str, ...]) -> None:
    assert read(text) == [found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("5G boats, 5g of salt, $3M and 3M riders", ["5g", "$3M", "3M riders"]),
        ("Python 3.11, 3.12 and 40 boats", ["40 boats"]),
        ("1.5 亿至 2 亿美元", ["1.5 亿至 2 亿美元"]),
        ("每百万 token 收费 5 美元", ["每百万 token 收费 5 美元"]),
        ("52m riders, a mast 52m tall, 40 mm a year", ["52m riders", "52m", "40 mm a year"]),
        ("up 6% a year earlier, $78 a barrel", ["6%", "$78 a barrel"]),
        ("won 3-1, one of the boats, 800 million weekly users", ["800 million weekly users"]),
        ("€5 over 10 years; it ran for over 10 years", ["€5", "10 years", "over 10 years"]),
        ("It is short of 20 nurses. It fell short of 20%.", ["20 nurses", "short of 20%"]),
        ("七八个人,三五年,一两个月", ["七八个人", "三五年", "一两个月"]),
    ],
)
def test_a_figure_is_told_from_what_looks_like_it(text: str, found: list[str]) -> None:
    assert literals(text) == found


def test_a_dump_of_numbers_is_no_prose() -> None:
    text = "It took 3 boats.\n" + "17, 4.2; " * 400 + "\nIt took 5 boats."
    assert literals(text) == ["3 boats", "5 boats"]


def test_dates_are_reported_where_they_are_asked_for() -> None:
    text = "In 2025, on May 4, it took 3 boats."
    dates = [mention for mention in scan(text, dates_too=True) if mention.kind is FigureKind.DATE]

    assert [mention.quantity.as_written for mention in dates] == ["2025", "May 4"]
    assert literals(text) == ["3 boats"]


def test_one_language_alone_is_found_where_only_that_is_asked_for() -> None:
    text = "It costs 5 dollars. 票价 20 元。 That is 30%."
    found = {language: [one.quantity.as_written for one in scan(text, language)] for language in (EN, ZH, None)}

    assert found == {
        EN: ["5 dollars", "30%"],
        ZH: ["20 元", "30%"],
        None: ["5 dollars", "20 元", "30%"],
    }


PIECES = [
    "$5",
    "12",
    "GPT-",
    "一个",
    "万",
    " ",
    ".",
    "，",
    "每月",
    "of",
    "half",
    "3.1",
    "*",
    "(",
    ")",
    "\n",
    "May",
    "第",
    "年",
    "％",
    "\u200f",
]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_mentions_follow_each_other_and_say_exactly_what_stands_there(text: str) -> None:
    end = 0
    for mention in scan(text, dates_too=True):
        assert end <= mention.start < mention.end <= len(text)
        assert mention.quantity.as_written == text[mention.start : mention.end]
        assert mention.quantity.as_written == mention.quantity.as_written.strip(" ,，")
        end = mention.end


@given(st.integers(1, 12))
def test_words_without_a_number_around_a_figure_change_nothing(times: int) -> None:
    filler = "The harbour sleeps, and no boat moves. " * times
    (alone,) = scan("It costs upward of $40 a month.")
    (found,) = scan(filler + "It costs upward of $40 a month." + filler)

    assert found == FigureMention(alone.start + len(filler), alone.end + len(filler), alone.quantity, alone.kind)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It costs 1.234,56 € a year, or 7€.", [("1.234,56 € a year", "EUR/year"), ("7€", "EUR")]),
        ("It ran at 70 km/h and went 3×10⁸ m.", [("70 km/h", "km/hour"), ("3×10⁸ m", "metre")]),
        ("About 10⁶ cars passed.", [("About 10⁶ cars", "car")]),
        ("NMC\t135\t128", [("135", ""), ("128", "")]),
        ("NMC 135 128", []),
        ("It has 12 345 seats.", [("12 345 seats", "seat")]),
        ("ISBN 978-3-16-148410-0 has 5 pages.", [("5 pages", "page")]),
        ("每度电 0.6 元，共 15 万亿个词元。", [("每度电 0.6 元", "CNY/kwatt-hour"), ("15 万亿个词元", "token")]),
    ],
)
def test_signs_powers_cells_and_serial_numbers_are_read_as_they_are_meant(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert [(one.quantity.as_written, one.quantity.unit) for one in scan(text)] == found


@pytest.mark.parametrize("piece", ["two two ", "1 in ", "from 1 to ", "$1 per ", "word $5 ", "one hundred and "])
def test_work_grows_with_the_length_of_a_line_alone(piece: str) -> None:
    def steps(count: int) -> int:
        return calls_of(lambda: list(scan(piece * count)))

    assert steps(800) < 2.5 * steps(400)


def calls_of(work: Callable[[], object]) -> int:
    """How many functions ``work`` calls, built-in ones included."""
    profile = Profile()
    profile.runcall(work)
    return sum(entry.callcount for entry in profile.getstats())


def test_a_hyphen_before_to_stands_for_the_noun_behind_the_second_number() -> None:
    mentions = rows(scan("Many 45- to 60-year-olds came in 2- or 3-hour shifts."))
    assert [(row["low"], row["high"], row["unit"]) for row in mentions] == [("45", "60", "year"), ("2", "3", "hour")]
