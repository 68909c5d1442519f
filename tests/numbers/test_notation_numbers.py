"""A number is read as people write it, in digits and in words, in two languages; what is none is left alone."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.domain.quantity import Bound
from kb.numbers import NotationError, read_quantity
from kb.numbers.scan import FigureKind, scan


def value(text: str) -> Decimal:
    quantity = read_quantity(text, "1")
    assert quantity.low == quantity.high
    return quantity.low or Decimal(0)


def literals(text: str) -> list[str]:
    return [mention.quantity.as_written for mention in scan(text)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7,654,321", "7654321"),
        ("76,54,321.5", "7654321.5"),
        ("7 654 321", "7654321"),
        ("7\u202f654\u202f321,5", "7654321.5"),
        ("7.654,25", "7654.25"),
        ("2,5", "2.5"),
        (".75", "0.75"),
        ("-4", "-4"),
        ("\uff0d\uff14", "-4"),
        ("minus four", "-4"),
        ("负四", "-4"),
        ("3e4", "30000"),
        ("2.5x10^3", "2500"),
        ("2^5", "32"),
        ("4^-1", "0.25"),
        ("12k", "12000"),
        ("3 MM", "3000000"),
        ("4 bln", "4000000000"),
        ("6 lakh", "600000"),
        ("two lakh crore", "2000000000000"),
        ("seventeen", "17"),
        ("forty-four", "44"),
        ("forty - four", "44"),
        ("two hundred and seven", "207"),
        ("five thousand and sixty", "5060"),
        ("3 thousand 2 hundred and 12", "3212"),
        ("a hundred", "100"),
        ("hundred thousand", "100000"),
        ("four dozen", "48"),
        ("half a dozen", "6"),
        ("half a million", "500000"),
        ("two million and a half", "2500000"),
        ("seven and a half million", "7500000"),
        ("two billion and a quarter million", "2000250000"),
        ("six point zero two", "6.02"),
        ("nought point seventeen", "0.17"),
        ("一百零五", "105"),
        ("三百二", "320"),
        ("两万三", "23000"),
        ("廿五", "25"),
        ("壹万贰仟叁佰", "12300"),
        ("二〇二五", "2025"),
        ("三点五亿", "350000000"),
        ("四兆五千億", "4500000000000"),
        ("五打", "60"),
    ],
)
def test_a_number_is_read_in_every_way_of_writing_it(text: str, number: str) -> None:
    assert value(text) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("3/8", Fraction(3, 8)),
        ("1 3/8", Fraction(11, 8)),
        ("1½", Fraction(3, 2)),
        ("two fifths", Fraction(2, 5)),
        ("a fifth", Fraction(1, 5)),
        ("twenty-seven tenths", Fraction(27, 10)),
        ("one forty-first", Fraction(1, 41)),
        ("two hundred forty fifths", Fraction(200, 45)),
        ("two hundred and forty fifths", Fraction(48)),
        ("two hundred and three quarters", Fraction(803, 4)),
        ("five and two thirds", Fraction(17, 3)),
        ("two over seven", Fraction(2, 7)),
        ("3 out of 7", Fraction(3, 7)),
        ("one in seven", Fraction(1, 7)),
        ("七分之二", Fraction(2, 7)),
        ("五又七分之二", Fraction(37, 7)),
    ],
)
def test_a_fraction_is_the_quotient_to_28_digits(text: str, part: Fraction) -> None:
    assert abs(Fraction(value(text)) - part) < Fraction(1, 10**24)


@pytest.mark.parametrize(
    "text",
    [
        "the twenty-first",
        "the 21st of May",
        "第二十一",
        "which one do you want",
        "the second half",
        "a third option",
        "last quarter",
        "a 250ml glass",
        "an H100",
        "https://example.org/?q=25%20of%2030",
        "1e99999",
        "9" * 101,
        "1_000",
        "1\u200b000",
        "5\u0663",
        "三" * 101,
        "one" + " trillion" * 3,
    ],
)
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    with pytest.raises(NotationError):
        read_quantity(text, "1")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("22,24,26", ["22", "24", "26"]),
        ("10.20.1.2", []),
        ("on 5/17/2018", []),
        ("+1-222-3333", []),
        ("3 hundred and 2 hundred", ["3 hundred", "2 hundred"]),
        ("two 3 in 2009", ["two", "3"]),
        ("12 out of 10", ["12", "10"]),
        ("$50 over 3 years", ["$50", "3 years"]),
        ("-- 22", ["22"]),
        ("SCP-7", []),
        ("3 亿 2000 万", ["3 亿", "2000 万"]),
    ],
)
def test_numbers_that_do_not_belong_together_stay_apart(text: str, found: list[str]) -> None:
    assert literals(text) == found
    with pytest.raises(NotationError):
        read_quantity(text, "1")


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("百分之七", "0.07"),
        ("百 分 之 七", "0.07"),
        ("千分之七", "0.007"),
        ("百分之百", "1"),
        ("七成", "0.7"),
        ("七成五", "0.75"),
        ("七成半", "0.75"),
        ("半成", "0.05"),
        ("七折", "0.7"),
        ("七五折", "0.75"),
        ("7 5 折", "0.75"),
        ("半折", "0.5"),
        ("负 7%", "-0.07"),
        ("half a percent", "0.005"),
        ("7 per cent", "0.07"),
        ("7k%", "70"),
    ],
)
def test_a_share_is_read_in_every_wording(text: str, share: str) -> None:
    assert (value(text), read_quantity(text, "1").unit) == (Decimal(share), "fraction")


def test_half_of_a_price_is_a_share_behind_its_verb_alone() -> None:
    (mention,) = scan("打对折")
    assert (mention.quantity.low, mention.quantity.unit) == (Decimal("0.5"), "fraction")
    assert literals("对折") == []


@pytest.mark.parametrize("text", ["十折", "对折", "三成为", "成", "折"])
def test_what_only_looks_like_a_share_is_none(text: str) -> None:
    assert [mention for mention in scan(text) if mention.quantity.unit == "fraction"] == []


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("7 dollars and 5 cents", "7.05", "USD"),
        ("七美元又五美分", "7.05", "USD"),
        ("七元五角三分", "7.53", "CNY"),
        ("七块五", "7.5", "CNY"),
        ("七块五毛", "7.5", "CNY"),
        ("7日元5日本銭", "7.05", "JPY"),
        ("人民币 7千元", "7000", "CNY"),
        ("7 个比特币", "7", "BTC"),
        ("7 Hong Kong dollars", "7", "HKD"),
        ("7 Swedish kronor", "7", "SEK"),
        ("7 pounds sterling", "7", "GBP"),
        ("US$ 7MM", "7000000", "USD"),
        ("-$7", "-7", "USD"),
    ],
)
def test_money_is_read_with_its_country_and_its_small_change(text: str, amount: str, unit: str) -> None:
    assert (value(text), read_quantity(text, "1").unit) == (Decimal(amount), unit)


def test_a_word_that_begins_with_a_coin_is_no_money() -> None:
    assert (literals("五角大楼"), literals("只要五角")) == ([], ["五角"])


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("two hundred and thirty-first", 231),
        ("sixtieth trillion", 60 * 10**12),
        ("第三十二", 32),
        ("第120", 120),
        ("1,002nd", 1002),
    ],
)
def test_an_ordinal_is_a_place_in_an_order(text: str, place: int) -> None:
    (mention,) = scan(f"the {text} passenger")
    assert (mention.quantity.low, mention.kind) == (Decimal(place), FigureKind.ORDINAL)


@pytest.mark.parametrize("text", ["21st", "the tenth", "the twenty-first", "thirty-first", "第12"])
def test_a_low_ordinal_is_a_label_and_no_number_stands_in_it(text: str) -> None:
    assert literals(f"{text} of May") == []


@pytest.mark.parametrize(
    ("text", "bound", "low", "high"),
    [
        ("greater than or equal to 7", Bound.AT_LEAST, 7, 7),
        ("equal to or more than 7", Bound.AT_LEAST, 7, 7),
        ("no more than 7", Bound.AT_MOST, 7, 7),
        ("not less than 7", Bound.AT_LEAST, 7, 7),
        ("less than 7 or equal to", Bound.AT_MOST, 7, 7),
        ("7 or greater", Bound.AT_LEAST, 7, 7),
        ("=> 7", Bound.AT_LEAST, 7, 7),
        ("< = 7", Bound.AT_MOST, 7, 7),
        ("不大于 7", Bound.AT_MOST, 7, 7),
        ("七以上", Bound.AT_LEAST, 7, 7),
        ("more than 7 but less than 9", Bound.RANGE, 7, 9),
        ("(7, 9]", Bound.RANGE, 7, 9),
        ("大于七小于九", Bound.RANGE, 7, 9),
        ("不多于 9 不少于 7", Bound.RANGE, 7, 9),
    ],
)
def test_a_bound_is_read_in_every_wording(text: str, bound: Bound, low: int, high: int) -> None:
    quantity = read_quantity(text, "1")
    assert (quantity.bound, quantity.low, quantity.high) == (bound, Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    "text",
    [
        "7~9",
        "7–9",
        "7 - 9",
        "7 to 9",
        "7 through 9",
        "between 7 and 9",
        "在7和9之间",
        "介于七与九之间",
        "七到九",
        "从7至9",
    ],
)
def test_a_range_is_read_in_every_wording(text: str) -> None:
    quantity = read_quantity(text, "1")
    assert (quantity.bound, quantity.low, quantity.high) == (Bound.RANGE, Decimal(7), Decimal(9))


def test_bounds_that_exclude_each_other_stay_apart() -> None:
    bounds = [mention.quantity.bound for mention in scan("more than 9 and less than 7")]
    assert bounds == [Bound.MORE_THAN, Bound.LESS_THAN]


def test_two_ends_in_two_units_are_two_figures() -> None:
    assert literals("$5 - 10%") == ["$5", "10%"]


@given(st.integers(0, 10**15))
def test_grouped_digits_say_the_same_with_every_separator(number: int) -> None:
    written = f"{number:,}"
    for blank in (",", " ", "\u202f", "\u00a0"):
        assert value(written.replace(",", blank)) == number


_DIGITS = "零一二三四五六七八九"


def in_han(number: int) -> str:
    """``number`` below ten thousand as a Chinese writes it."""
    said, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            said += ("零" if zero and said else "") + _DIGITS[digit] + name
        zero = not digit
    return said or "零"


@given(st.integers(0, 9999))
def test_every_chinese_number_below_ten_thousand_is_read(number: int) -> None:
    assert value(in_han(number)) == number


_UNDER_TWENTY = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen
"""
_ONES = _UNDER_TWENTY.split()
_TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_english(number: int) -> str:
    """``number`` below a million in words."""
    if number >= 1000:
        rest = number % 1000
        return in_english(number // 1000) + " thousand" + (f" {in_english(rest)}" if rest else "")
    if number >= 100:
        rest = number % 100
        return _ONES[number // 100] + " hundred" + (f" and {in_english(rest)}" if rest else "")
    if number < 20:
        return _ONES[number]
    return _TENS[number // 10] + (f"-{_ONES[number % 10]}" if number % 10 else "")


@given(st.integers(0, 999_999))
def test_every_english_number_below_a_million_is_read(number: int) -> None:
    assert value(in_english(number)) == number
