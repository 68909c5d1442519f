"""Laws of the notation: text to quantity and back is the same; any text is a quantity or an error; time is linear."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.domain.quantity import Bound, Hedge, Quantity, RangeKind
from kb.numbers import NotationError, read_quantity, write_quantity
from kb.numbers.figure import figure_at
from kb.numbers.token import plain, tokens

UNITS = ["USD", "USD/month", "USD/Mtoken", "EUR/user/month", "token/month", "fraction", "multiple", "person", "gadget"]
MORE_UNITS = ["USD*hour**2", "fraction/month", "1/month", "1", "kquery", "month", "城堡", ""]

numbers = st.builds(
    lambda digits, exponent: Decimal(digits).scaleb(exponent), st.integers(-(10**9), 10**9), st.integers(-9, 15)
) | st.integers(10**39, 10**40).map(lambda digits: Decimal(f"{digits}.25"))
grains = st.one_of(
    st.none(),
    st.integers(-12, 15).map(lambda exponent: Decimal(1).scaleb(exponent)),
    st.decimals(min_value=Decimal("0.001"), max_value=1000, places=3),
)


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    bound, hedge = draw(st.sampled_from(Bound)), draw(st.sampled_from(Hedge))
    low = draw(numbers)
    high = low if bound is Bound.EXACT else max(low, draw(numbers | st.just(low)))
    both = bound is Bound.EXACT
    is_range = bound is Bound.RANGE and low != high
    unsaid = hedge is Hedge.ORDER_OF_MAGNITUDE and draw(st.booleans())
    low_unsaid = unsaid or (not both and draw(st.integers(0, 9)) == 0)
    is_range = is_range and not low_unsaid
    return Quantity(
        low=None if low_unsaid else low,
        high=None if unsaid else high,
        unit=draw(st.sampled_from(UNITS + MORE_UNITS)),
        bound=bound,
        hedge=hedge,
        spread=draw(st.sampled_from([None, *RangeKind])),
        granularity=draw(grains),
        low_open=is_range and draw(st.booleans()),
        high_open=is_range and draw(st.booleans()),
    )


@given(quantities())
def test_a_written_quantity_reads_back_as_itself(quantity: Quantity) -> None:
    assert replace(read_quantity(write_quantity(quantity)), as_written="") == quantity


_WORDS = (
    "$ € US$ 5 16 2,000 0.30 1,00 k M bn million 万 亿 % x times 倍 tokens token people month / per "
    "a of out in to and - – between from over nearly about at least + 以上 大约 不到 上百 几 十 多 "
    "半 点 三 五 折 成 分之 百分之 每 月 美元 dozens hundreds several half two thirds twenty "
    "eighteen point ( ) spread estimate negative 负 -- . ½ ， （ * "
)


@given(st.lists(st.sampled_from(_WORDS.split()), max_size=9), st.sampled_from([" ", ""]))
def test_any_words_are_a_quantity_that_can_be_written_or_an_error_inside_them(words: list[str], glue: str) -> None:
    text = glue.join(words)
    assert 0 <= offset_of_refusal(text) <= len(text)


@given(st.text(max_size=60))
def test_any_text_is_a_quantity_or_an_error_inside_it(text: str) -> None:
    assert 0 <= offset_of_refusal(text) <= len(text)


def offset_of_refusal(text: str) -> int:
    """Place of the error in ``text``; 0 where it is a quantity, -1 where that does not read back."""
    try:
        quantity = read_quantity(text)
    except NotationError as error:
        return error.offset
    again = read_quantity(write_quantity(quantity))
    return 0 if replace(again, as_written="") == replace(quantity, as_written="") else -1


@given(st.text(max_size=80))
def test_tokens_cover_all_but_blanks_and_keep_their_places(text: str) -> None:
    found = tokens(text)
    assert all(token.text == plain(text)[token.start : token.end] for token in found)
    covered = "".join(token.text for token in found)
    assert covered == "".join(plain(text).split())


@pytest.mark.parametrize(
    "piece",
    [
        "1,111",
        "hundreds of ",
        "one hundred and ",
        "million ",
        "几",
        "一百",
        "十亿",
        "1,",
        "a few ",
        "分之",
        "between ",
        "about ",
        "1 in ",
    ],
)
def test_no_figure_is_longer_than_a_person_would_write_however_long_the_text(piece: str) -> None:
    found = tokens(piece * 2_000)
    at = 0
    while at < len(found):
        figure = figure_at(found, at)
        assert figure is None or len(str(figure.high.number.high)) < 10_000
        at = figure.end if figure else at + 1
