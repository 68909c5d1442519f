"""Versions of programs are labels; quartiles and the uncertainty of last digits are margins."""

from decimal import Decimal

import pytest

from kb.domain.margin import MarginKind
from kb.numbers import NotationError, read_quantity
from kb.numbers.scan import scan


@pytest.mark.parametrize(
    "text",
    [
        "Django >= 4.2",
        "Requires Python>=3.9.",
        "Python >=3.9,<3.13",
        "It was built with gcc 13.",
        "clang 17 or later",
        "npm >= 9",
        "Node.js 18+",
        "It needs CUDA 12.1.",
        "PostgreSQL 15 and Redis 7 are needed.",
        "pytest==8.1",
    ],
)
def test_the_version_of_a_program_is_a_label(text: str) -> None:
    assert not list(scan(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Age >= 18", [">= 18"]),
        ("p < 0.05", ["< 0.05"]),
        ("Linux had 40 users.", ["40 users"]),
        ("It ran Windows 11 and 12 servers.", ["12 servers"]),
        ("There were 12 gcc warnings.", ["12 gcc warnings"]),
    ],
)
def test_what_is_counted_beside_a_program_stays(text: str, words: list[str]) -> None:
    assert [mention.quantity.as_written for mention in scan(text)] == words


ROWS = [
    ("5 days (IQR 3–7)", "5", "2", None, MarginKind.NOT_STATED),
    ("64 years (IQR, 58 to 71)", "64", "7", "6", MarginKind.NOT_STATED),
    ("5 days (interquartile range 3-7)", "5", "2", None, MarginKind.NOT_STATED),
    ("1.67(12) m", "1.67", "0.12", None, MarginKind.STANDARD_ERROR),
    ("6.02(3) × 10^2 kg", "602", "3", None, MarginKind.STANDARD_ERROR),
    ("1.6726(51)×10−2 kg", "0.016726", "0.000051", None, MarginKind.STANDARD_ERROR),
    ("70% (95% CI 67-73%)", "0.7", "0.03", None, MarginKind.CONFIDENCE_INTERVAL),
    ("70% (95% CI 67% to 73%)", "0.7", "0.03", None, MarginKind.CONFIDENCE_INTERVAL),
]


@pytest.mark.parametrize(("text", "value", "above", "below", "kind"), ROWS)
def test_a_margin_is_read_in_text_and_value(
    text: str, value: str, above: str, below: str | None, kind: MarginKind
) -> None:
    [mention] = scan(f"It was {text} in all.")
    for quantity in (mention.quantity, read_quantity(text)):
        margin = quantity.margin
        assert margin is not None
        assert (quantity.low, margin.size, margin.kind) == (Decimal(value), Decimal(above), kind)
        assert margin.below == (Decimal(below) if below else None)


@pytest.mark.parametrize("text", ["12.50(1)", "1,240(12)", "12.5(1)", "9.1 (range 3–17)", "12 (3)"])
def test_the_mark_of_a_note_and_a_range_are_no_margin(text: str) -> None:
    assert all(mention.quantity.margin is None for mention in scan(f"It was {text} in all."))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("5 days (IQR 6–7)", "5 does not lie between 6 and 7"),
        ("5 days (range 3-7)", "no margin of the number"),
        ("70% (95% CI 73-67%)", "wrong order"),
    ],
)
def test_a_margin_that_cannot_be_read_says_why(text: str, message: str) -> None:
    with pytest.raises(NotationError, match=message):
        read_quantity(text)


def test_a_mixed_number_stands_in_the_singular_before_its_noun() -> None:
    [mention] = scan("It took five-and-three-quarter hours.")
    assert (mention.quantity.low, mention.quantity.unit) == (Decimal("5.75"), "hour")
