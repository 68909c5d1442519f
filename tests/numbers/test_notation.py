"""Quantities as people write them, in English and Chinese: nothing that was said is lost."""

import re
from decimal import Decimal

import pytest

from kb.domain.quantity import Bound, Hedge, RangeKind
from kb.numbers import NotationError, read_quantity

EXACT, RANGE = Bound.EXACT, Bound.RANGE
FLOOR, CEILING, MORE, LESS = Bound.AT_LEAST, Bound.AT_MOST, Bound.MORE_THAN, Bound.LESS_THAN


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "bound"),
    [
        ("$2,000-3,000", "2000", "3000", "USD", RANGE),
        ("upward of $2-3k/month", "2000", "3000", "USD/month", FLOOR),
        ("$8000", "8000", "8000", "USD", EXACT),
        ("$8000 / month", "8000", "8000", "USD/month", EXACT),
        ("$14,000", "14000", "14000", "USD", EXACT),
        ("$1.1 trillion", "1.1E12", "1.1E12", "USD", EXACT),
        ("3580 亿美元", "358E9", "358E9", "USD", EXACT),
        ("1.1 万亿美元", "1.1E12", "1.1E12", "USD", EXACT),
        ("1000 亿美元以上", "1E11", "1E11", "USD", FLOOR),
        ("70-90%", "0.7", "0.9", "fraction", RANGE),
        ("$3–$15 per million tokens", "3", "15", "USD/Mtoken", RANGE),
        ("$3–$15/M tokens", "3", "15", "USD/Mtoken", RANGE),
        ("$0.30 per 1M tokens", "0.3", "0.3", "USD/Mtoken", EXACT),
        ("每百万 token 3 美元", "3", "3", "USD/Mtoken", EXACT),
        ("480T tokens / month", "480E12", "480E12", "token/month", EXACT),
        ("$1.25 billion a month", "1.25E9", "1.25E9", "USD/month", EXACT),
        ("$100M+", "1E8", "1E8", "USD", FLOOR),
        ("$100bn+", "1E11", "1E11", "USD", FLOOR),
        ("negative 25%", "-0.25", "-0.25", "fraction", EXACT),
        ("at best negative 25%", "-0.25", "-0.25", "fraction", CEILING),
        ("at worst -25%", "-0.25", "-0.25", "fraction", FLOOR),
        ("至多负 25%", "-0.25", "-0.25", "fraction", CEILING),
        ("between 20 and 70 times", "20", "70", "multiple", RANGE),
        ("20 到 70 倍", "20", "70", "multiple", RANGE),
        ("10x", "10", "10", "multiple", EXACT),
        ("eighteen months", "18", "18", "month", EXACT),
        ("18-month", "18", "18", "month", EXACT),
        ("twenty-four minutes", "24", "24", "minute", EXACT),
        (">80%", "0.8", "0.8", "fraction", MORE),
        ("≥ 80%", "0.8", "0.8", "fraction", FLOOR),
        ("ninety percent", "0.9", "0.9", "fraction", EXACT),
        ("under 20%", "0.2", "0.2", "fraction", LESS),
        ("up to 95%", "0.95", "0.95", "fraction", CEILING),
        ("no more than 5 people", "5", "5", "person", CEILING),
        ("20 people or more", "20", "20", "person", FLOOR),
        ("大约 20 到 30 美元", "20", "30", "USD", RANGE),
        ("每月 200 美元", "200", "200", "USD/month", EXACT),
        ("$200-a-month", "200", "200", "USD/month", EXACT),
        ("$200 monthly", "200", "200", "USD/month", EXACT),
        ("200 dollars per hour", "200", "200", "USD/hour", EXACT),
        ("$20 per user per month", "20", "20", "USD/user/month", EXACT),
        ("超过 1500 亿美元", "150E9", "150E9", "USD", MORE),
        ("不到 3 个月", "3", "3", "month", LESS),
        ("不超过 5 人", "5", "5", "person", CEILING),
        ("8 亿元人民币", "8E8", "8E8", "CNY", EXACT),
        ("RMB 100", "100", "100", "CNY", EXACT),
        ("C$20", "20", "20", "CAD", EXACT),
        ("12.50 EUR", "12.5", "12.5", "EUR", EXACT),
        ("99 cents", "0.99", "0.99", "USD", EXACT),
        ("＄２，０００", "2000", "2000", "USD", EXACT),
        ("24,000 fraudulent accounts", "24000", "24000", "account", EXACT),
        ("5 gadgets", "5", "5", "gadget", EXACT),
        ("100k gpus", "1E5", "1E5", "gpu", EXACT),
        ("half a million users", "5E5", "5E5", "user", EXACT),
        ("one and a half million users", "1.5E6", "1.5E6", "user", EXACT),
        ("one hundred and three people", "103", "103", "person", EXACT),
        ("两百三十五人", "235", "235", "person", EXACT),
        ("三点五亿美元", "3.5E8", "3.5E8", "USD", EXACT),
        ("3 亿5000万美元", "3.5E8", "3.5E8", "USD", EXACT),
        ("百分之五十", "0.5", "0.5", "fraction", EXACT),
        ("三成", "0.3", "0.3", "fraction", EXACT),
        ("八五折", "0.85", "0.85", "fraction", EXACT),
        ("500-2k tokens", "500", "2000", "token", RANGE),
        ("5k-20k words", "5000", "20000", "word", RANGE),
        ("$1-1.1 trillion", "1E12", "1.1E12", "USD", RANGE),
        ("两到三千人", "2000", "3000", "person", RANGE),
        ("10 到 20 万美元", "1E5", "2E5", "USD", RANGE),
        ("-25% to -10%", "-0.25", "-0.1", "fraction", RANGE),
        ("5 USD*hour**2", "5", "5", "USD*hour**2", EXACT),
        ("$5 per 100 words", "0.05", "0.05", "USD/word", EXACT),
        ("25 bps", "0.0025", "0.0025", "fraction", EXACT),
    ],
)
def test_ends_unit_and_bound_are_read_as_said(text: str, low: str, high: str, unit: str, bound: Bound) -> None:
    quantity = read_quantity(text)
    assert (quantity.low, quantity.high) == (Decimal(low), Decimal(high))
    assert (quantity.unit, quantity.bound) == (unit, bound)
    assert quantity.as_written == text


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("about 67%", Hedge.ABOUT),
        ("~$5", Hedge.ABOUT),
        ("≈ 2 dollars", Hedge.ABOUT),
        ("$5 or so", Hedge.ABOUT),
        ("约 8000 美元", Hedge.ABOUT),
        ("20 人左右", Hedge.ABOUT),
        ("nearly $1 trillion", Hedge.NEARLY),
        ("近 1 万亿美元", Hedge.NEARLY),
        ("just over 1 month", Hedge.JUST_OVER),
        ("20 多倍", Hedge.JUST_OVER),
        ("dozens of accounts", Hedge.ORDER_OF_MAGNITUDE),
        ("上百个账户", Hedge.ORDER_OF_MAGNITUDE),
        ("$5", Hedge.NONE),
        ("over $5", Hedge.NONE),
    ],
)
def test_a_hedge_is_kept_apart_from_the_bound(text: str, hedge: Hedge) -> None:
    assert read_quantity(text).hedge is hedge


@pytest.mark.parametrize(
    ("text", "number", "bound", "hedge"),
    [
        ("近千人", "1000", EXACT, Hedge.NEARLY),
        ("约万人", "1E4", EXACT, Hedge.ABOUT),
        ("逾百人", "100", Bound.MORE_THAN, Hedge.NONE),
        ("不到亿元", "1E8", Bound.LESS_THAN, Hedge.NONE),
    ],
)
def test_a_unit_that_nobody_counts_is_one_of_it_behind_a_word_that_leads_to_a_number(
    text: str, number: str, bound: Bound, hedge: Hedge
) -> None:
    said = read_quantity(text)
    assert (said.low, said.high, said.bound, said.hedge) == (Decimal(number), Decimal(number), bound, hedge)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("dozens of accounts", "24", "120"),
        ("hundreds of millions of dollars", "2E8", "1E9"),
        ("several billion dollars", "2E9", "1E10"),
        ("a few hundred people", "200", "1000"),
        ("hundreds or thousands of dollars", "200", "10000"),
        ("数十亿美元", "2E9", "1E10"),
        ("几十人", "20", "100"),
        ("十几人", "11", "19"),
    ],
)
def test_a_vague_magnitude_is_a_range_without_digits(text: str, low: str, high: str) -> None:
    quantity = read_quantity(text)
    assert (quantity.low, quantity.high, quantity.bound) == (Decimal(low), Decimal(high), RANGE)
    assert (quantity.hedge, quantity.granularity) == (Hedge.ORDER_OF_MAGNITUDE, None)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("from 5,000 to 18,000 words", RangeKind.SPREAD),
        ("between 20 and 70 times", RangeKind.SPREAD),
        ("20 到 70 倍", RangeKind.SPREAD),
        ("$3-$15", RangeKind.SPREAD),
        ("$2-3k", RangeKind.ESTIMATE),
        ("70–90%", RangeKind.ESTIMATE),
        ("大约 20 到 30 美元", RangeKind.ESTIMATE),
        ("somewhere between $48,000 and $240,000", RangeKind.ESTIMATE),
        ("anywhere from 5,000 to 18,000 words", RangeKind.SPREAD),
        ("anywhere between 20 and 70 times", RangeKind.ESTIMATE),
        ("$2-3k (spread)", RangeKind.SPREAD),
        ("$3-$15 (estimate)", RangeKind.ESTIMATE),
        ("$5", None),
        ("at least $5", None),
    ],
)
def test_a_range_in_words_or_with_two_units_is_a_spread_unless_hedged(text: str, kind: RangeKind | None) -> None:
    assert read_quantity(text).spread is kind


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("$14,000", "1000"),
        ("$8000", "1000"),
        ("67%", "0.01"),
        ("90%", "0.01"),
        ("33.5%", "0.001"),
        ("$1.25 billion", "10000000"),
        ("3580 亿美元", "1000000000"),
        ("$0.30", "0.01"),
        ("$2,000-3,500", "100"),
        ("$8000 (to 1)", "1"),
        ("dozens of accounts", None),
        ("two and a half billion dollars", "100000000"),
        ("half a million people", "100000"),
        ("a quarter of a million dollars", "10000"),
        ("one and three quarters of a million people", "10000"),
        ("a third of a million people", "10000"),
        ("5 ft 10 in", "1"),
        ("8m30s", "1"),
        ("2 hours 30 minutes", "1"),
    ],
)
def test_the_last_digit_that_counts_is_known(text: str, place: str | None) -> None:
    assert read_quantity(text).granularity == (place and Decimal(place))


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("40 out of 45", 40, 45),
        ("40 of the 45 citations", 40, 45),
        ("one in five", 1, 5),
        ("two thirds", 2, 3),
        ("3/4", 3, 4),
        ("5 of 5", 5, 5),
        ("三分之二", 2, 3),
    ],
)
def test_a_part_of_a_whole_is_a_fraction_to_28_digits(text: str, part: int, whole: int) -> None:
    quantity = read_quantity(text)
    assert quantity.unit == "fraction"
    assert quantity.low == Decimal(part) / Decimal(whole)


@pytest.mark.parametrize(
    ("text", "unit", "low", "grain"),
    [
        ("30", "percent", "0.3", "0.01"),
        ("30%", "percent", "0.3", "0.01"),
        ("2.5", "percent/year", "0.025", "0.001"),
        ("0.3", "fraction", "0.3", "0.1"),
    ],
)
def test_a_bare_number_in_percent_is_so_many_hundredths(text: str, unit: str, low: str, grain: str) -> None:
    found = read_quantity(text, default_unit=unit)
    assert (found.low, found.granularity) == (Decimal(low), Decimal(grain))
    assert found.unit.startswith("fraction")


@pytest.mark.parametrize("adjective", ["new", "core", "bullish", "fraudulent", "trillionaire"])
def test_an_adjective_before_a_noun_is_no_misspelt_scale(adjective: str) -> None:
    assert read_quantity(f"5 {adjective} people").low == 5


def test_a_bare_number_needs_a_default_unit() -> None:
    assert read_quantity("16M", default_unit="query").unit == "query"
    assert read_quantity("8000 / month", default_unit="USD/month").unit == "USD/month"
    with pytest.raises(NotationError, match="no unit in '16M'"):
        read_quantity("16M")


def test_a_unit_in_the_text_comes_before_the_default() -> None:
    assert read_quantity("$16", default_unit="query").unit == "USD"


@pytest.mark.parametrize(
    ("text", "says", "offset"),
    [
        ("", "no quantity here", 0),
        (" \u200f ", "no number", 0),
        ("hello", "no number", 0),
        ("12,34,5 people", "the commas of '12,34,5 people' do not group digits", 0),
        ("1.2.3", "the points of '1.2.3' do not group digits", 0),
        ("3..20", "'..20' is left over after the quantity", 1),
        ("$8000 and $9000", "two numbers in one value", 6),
        ("$5 worth of tokens", "left over", 3),
        ("$30-20", "lies above", 0),
        ("$5 - 10%", "in one range", 0),
        ("5 monts", "did you mean 'month'", 2),
        ("5 XQZ", "not a currency code", 2),
        ("5m", "left over", 1),
        ("5 Martian dollars", "words before it", 2),
        ("120/80 mmHg", "'/80 mmHg' is left over", 3),
        ("50/50 people", "'/50 people' is left over", 2),
        ("70/30", "left over", 2),
        ("5 milion people", "'milion' is no scale that is known — write 'million'", 2),
        ("5 thousnd new people", "write 'thousand'", 2),
        ("5 new zillion people", "write 'billion' or 'million'", 6),
        ("5 zillion", "no scale that is known", 2),
        ("5 gazillion USD", "write 'million', 'billion' or 'trillion'", 2),
        ("5 flurb hours", "'flurb' before 'hours' is not understood", 2),
        ("$5 €6", "give each a figure of its own", 3),
        ("45 USD (SD 0)", "write 'exactly 45'", 7),
        ("45 USD (SD -3)", "never negative", 7),
        ("45 USD (95% CI 50-60)", "an interval without a middle is '95% CI 50-60'", 7),
        ("45 USD (95% CI 48-42)", "write the lower end first", 7),
        ("45 (120% CI 42-48)", "no interval has a level of 120%", 3),
        ("45 ± 5%", "write '45% ± …' for a share", 0),
        ("-", "a sign without a number", 0),
        ("2:15", "write a duration as '2:15 h'", 1),
        ("5% (spraed)", "says nothing here", 4),
        ("5%)", "closes nothing", 2),
        ("1e5000 USD", "more than 100 digits", 0),
        ("at least at most 5%", "not a quantity", 17),
        ("between 5%", "not a quantity", 8),
        ("$5 per 7 gadgets", "no exact decimal", 0),
        ("9" * 200 + " USD", "more than 100 digits", 0),
        ("9" * 99 + " trillion USD", "more than 100 digits", 0),
        ("9" * 100 + "½ USD", "more than 100 digits", 0),
        ("9" * 10_000, "at most 300 characters", 300),
    ],
)
def test_what_is_no_quantity_is_refused_at_its_place(text: str, says: str, offset: int) -> None:
    with pytest.raises(NotationError, match=says) as refused:
        read_quantity(text)
    assert refused.value.offset == offset


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("50 persent", "did you mean 'percent'"),
        ("5 dolars", "did you mean 'dollars'"),
        ("5 kilmetres", "did you mean 'kilomet"),
        ("12 kg per hectar", "did you mean 'hectare'"),
        ("5 milion", "write 'million'"),
        ("comfortably $40", "'comfortably' before a number is not understood"),
        ("well and truly 40 km", "'well and truly' before a number"),
        ("(1,240)", "may be negative or not"),
    ],
)
def test_what_is_almost_a_quantity_says_what_to_write(text: str, message: str) -> None:
    with pytest.raises(NotationError, match=re.escape(message)):
        read_quantity(text, "1")


@pytest.mark.parametrize("text", ["5 ponds", "5 frames", "12 metros", "3 frauds", "$(12.5) million"])
def test_things_that_are_almost_units_stay_things(text: str) -> None:
    assert read_quantity(text).unit


@pytest.mark.parametrize("text", ["101 of 100", "120 out of 100", "5 of 4", "13 of 12 people", "eleven of ten"])
def test_a_part_above_its_whole_is_refused(text: str) -> None:
    with pytest.raises(NotationError, match="exceeds the whole"):
        read_quantity(text, "1")


@pytest.mark.parametrize("text", ["99 of 100", "100 of 100", "nine of ten"])
def test_a_part_up_to_its_whole_is_a_share(text: str) -> None:
    assert read_quantity(text).low <= 1


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("at or above 3%", FLOOR),
        ("at or over 5%", FLOOR),
        ("at or below 2%", CEILING),
        ("at or under $40", CEILING),
        ("at or below 5 people", CEILING),
        ("3%以上", FLOOR),
        ("3%及以上", FLOOR),
        ("above 3%", MORE),
        ("below 2%", LESS),
        ("at least 3%", FLOOR),
    ],
)
def test_at_or_above_takes_the_number_in(text: str, bound: Bound) -> None:
    assert read_quantity(text).bound is bound
