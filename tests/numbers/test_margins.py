"""A margin is kept with its kind; it is neither a range nor a bound."""

import pytest

from kb.domain.quantity import Quantity
from kb.numbers import NotationError, read_quantity, write_quantity
from kb.numbers.scan import rows, scan


def said(quantity: Quantity) -> tuple[str, ...]:
    margin = quantity.margin
    assert margin is not None
    return f"{quantity.low:f}", quantity.unit, str(margin.size), str(margin.kind)


@pytest.mark.parametrize("sign", ["±", "± ", "+/-", "+/- ", "plus or minus "])
def test_a_margin_without_its_number_is_no_figure(sign: str) -> None:
    assert list(scan(f"The poll has a margin of {sign}3 percentage points.")) == []


@pytest.mark.parametrize(
    ("written", "value", "unit", "margin", "kind"),
    [
        ("45 ± 3 years", "45", "year", "3", "not_stated"),
        ("12 kg ± 0.5 kg", "12", "kg", "0.5", "not_stated"),
        ("€2.5 +/- 0.2 million", "2500000", "EUR", "200000.0", "not_stated"),
        ("6.1 ± 0.2 × 10^3 km", "6100", "km", "200", "not_stated"),
        ("52%, plus or minus 2 points", "0.52", "fraction", "0.02", "not_stated"),
        ("52%, with a margin of error of 2 points", "0.52", "fraction", "0.02", "not_stated"),
        ("80 mm (SD 4)", "80", "mm", "4", "standard_deviation"),
        ("80 ± 4 mm (SE)", "80", "mm", "4", "standard_error"),
        ("30 days (95% CI 28-32)", "30", "day", "2", "confidence_interval"),
        ("20 ± 0.1 mm (tolerance)", "20", "mm", "0.1", "tolerance"),
        ("支持率 52%,误差正负 2 个百分点", "0.52", "fraction", "0.02", "not_stated"),
    ],
)
def test_a_number_keeps_its_margin_in_text(written: str, value: str, unit: str, margin: str, kind: str) -> None:
    assert [said(mention.quantity) for mention in scan(f"It was {written} there.")] == [(value, unit, margin, kind)]


@pytest.mark.parametrize(
    "written",
    [
        "45 ± 3 years",
        "€2.5 ± 0.2 million",
        "52% ± 2%",
        "$40 ± 5%",
        "80 mm (SD 4)",
        "45 +3/-4 km",
        "30 days (95% CI 28-32)",
        "95% CI 28 to 32 days",
        "20 ± 0.1 mm (tolerance)",
    ],
)
def test_a_value_with_a_margin_is_written_so_that_it_reads_back(written: str) -> None:
    quantity = read_quantity(written)
    again = read_quantity(write_quantity(quantity))

    assert (again.low, again.high, again.unit, again.margin) == (
        quantity.low,
        quantity.high,
        quantity.unit,
        quantity.margin,
    )


def test_a_margin_apart_from_its_number_belongs_to_it() -> None:
    mentions = list(scan("In the survey 64% of riders were content, plus or minus 2 points. It cost minus 3 points."))

    assert [said(mention.quantity) for mention in mentions[:1]] == [("0.64", "fraction", "0.02", "not_stated")]
    assert [mention.quantity.low for mention in mentions[1:]] == [-3]


def test_a_stated_interval_without_a_middle_keeps_its_ends() -> None:
    (row,) = rows(scan("The 95% CI was 28 to 32 days."))

    assert (row["low"], row["high"], row["margin"], row["margin_kind"]) == ("28", "32", None, "interval")
    assert row["margin_level"] == "0.95"


@pytest.mark.parametrize("written", ["45 ± 0", "45 ± -3", "45 kg ± 3 km", "45 (sd)"])
def test_a_margin_that_makes_no_sense_is_refused(written: str) -> None:
    with pytest.raises(NotationError):
        read_quantity(written, "1")


@pytest.mark.parametrize("text", ["It cost $5 plus tax.", "They sold 40 boats (12 new).", "Between 5 and 8 km."])
def test_what_only_stands_behind_a_number_is_no_margin(text: str) -> None:
    assert [mention.quantity.margin for mention in scan(text)] == [None] * len(list(scan(text)))
