"""Words before and behind a number that limit it are read, or marked where they may mean more than one thing."""

import pytest

from kb.numbers.scan import scan


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("It has 40 boats, if that.", ("40 boats, if that", "at_most", "none")),
        ("It has 40 boats at best.", ("40 boats at best", "at_most", "none")),
        ("It has 40 boats, at a stretch, in all.", ("40 boats, at a stretch", "at_most", "none")),
        ("It has 40 boats (approx.) in all.", ("40 boats (approx.)", "exact", "about")),
        ("It has 40, more or less, boats.", ("40, more or less, boats", "exact", "about")),
        ("It has 40 boats if that is true.", ("40 boats", "exact", "none")),
        ("It has 40 boats at best prices.", ("40 boats", "exact", "none")),
        ("Er war so in über 30 Jahren nicht.", ("über 30 Jahren", "more_than", "none")),
        ("Es sind bestenfalls 40 Boote da.", ("bestenfalls 40 Boote", "at_most", "none")),
        ("Es sind allerhöchstens 40 Boote da.", ("allerhöchstens 40 Boote", "at_most", "none")),
        ("会议室最多可容纳80人。", ("最多可容纳80人", "at_most", "none")),
        ("这至少需要3天。", ("至少需要3天", "at_least", "none")),
        ("最多的时候卖80台。", ("80台", "exact", "none")),
        ("到场的40人不到。", ("40人不到", "less_than", "none")),
        ("3天不到就完成了。", ("3天不到", "less_than", "none")),
        ("有40人不到场。", ("40人", "exact", "none")),
    ],
)
def test_a_limit_counts_where_it_stands(text: str, figure: tuple[str, str, str]) -> None:
    quantities = [mention.quantity for mention in scan(text)]
    assert [(one.as_written, str(one.bound), str(one.hedge)) for one in quantities] == [figure]


def test_a_limit_before_a_second_number_belongs_to_that() -> None:
    first, second = (mention.quantity for mention in scan("There were 40 boats, at best 50 boats."))
    assert (str(first.bound), str(second.bound)) == ("exact", "at_most")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Comfortably 40 boats left.", "Comfortably"),
        ("It ended. Comfortably 40 boats left.", "Comfortably"),
        ("As few as 5 boats left.", "As few as"),
        ("As little as $10 is enough.", "As little as"),
        ("It has 40 boats at a stretch.", "at a stretch"),
        ("It ran 40 hours at a stretch.", ""),
        ("Currently 40 boats are out.", ""),
    ],
)
def test_a_limit_that_may_mean_more_is_marked(text: str, word: str) -> None:
    assert {mention.not_understood for mention in scan(text)} == {word}
