"""Every figure of a text is found from left to right, at its place, and says there what it says alone."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.numbers import NotationError, read_quantity
from kb.numbers.scan import scan

PROSE = """The pier sells passes at $40 a month; upward of $300-400 goes over its railing, some 15% more than planned.
码头每月卖出约 3.5 万张票。
In all, dozens of ferries carried between 20 and 70 thousand people, 40 out of 45 in summer."""


def literals(text: str) -> list[str]:
    return [mention.quantity.as_written for mention in scan(text)]


def test_every_figure_of_a_text_is_found_in_order_with_its_words() -> None:
    assert literals(PROSE) == [
        "$40 a month",
        "upward of $300-400",
        "some 15%",
        "每月卖出约 3.5 万张票",
        "dozens of ferries",
        "between 20 and 70 thousand people",
        "40 out of 45",
    ]


def test_a_figure_without_a_unit_keeps_its_rate() -> None:
    fleet, toll = scan("a fleet of 12 and a toll of 5 a day")
    assert (fleet.quantity.unit, toll.quantity.unit) == ("", "1/day")


def test_words_far_from_any_number_do_not_change_what_is_found() -> None:
    text = "Nothing is counted in this sentence, nor in the next. " * 20
    places = [(mention.start - len(text), mention.end - len(text)) for mention in scan(text + PROSE + text)]
    assert places == [(mention.start, mention.end) for mention in scan(PROSE)]


@pytest.mark.parametrize("text", ["", " ", "no number here", "H100", "1" * 10_000, "\x00", "\u200f"])
def test_a_text_without_a_figure_has_none(text: str) -> None:
    assert literals(text) == []


@given(st.text(alphabet="15,. $%-+()/一百万几半 andoret\u200f\n½", max_size=60))
def test_figures_lie_inside_the_text_one_behind_the_other(text: str) -> None:
    end = 0
    for mention in scan(text):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end


@given(st.sampled_from(["$2-3k/month", "over 80%", "约 3 万美元", "16M users", "40 out of 45"]), st.integers(0, 200))
def test_a_figure_says_in_a_text_what_it_says_alone(literal: str, words: int) -> None:
    (mention,) = scan("lorem " * words + literal + " ipsum" * words)
    assert mention.quantity == read_quantity(literal)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_a_found_number_has_the_value_of_its_digits(value: Decimal) -> None:
    (mention,) = scan(f"worth {value} USD")
    assert (mention.quantity.low, mention.quantity.unit) == (value, "USD")


@given(st.text(alphabet="15,. $%-+万多以上toand", max_size=25))
def test_a_literal_that_was_found_is_read_alike_on_its_own(text: str) -> None:
    for mention in scan(text):
        quantity = mention.quantity
        try:
            alone = read_quantity(quantity.as_written, quantity.unit or "1")
        except NotationError:
            continue
        assert replace(alone, unit=quantity.unit, granularity=quantity.granularity) == quantity
