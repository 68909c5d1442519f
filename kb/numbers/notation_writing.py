"""A quantity written so that it reads back as the same, as an export writes it into a seed file."""

from decimal import Context, Decimal
from fractions import Fraction

from kb.domain.margin import Margin, MarginKind
from kb.domain.quantity import Bound, Hedge, Quantity, plain_decimal
from kb.numbers.number import grain_of

_BOUND_WORDS = {
    Bound.AT_LEAST: "at least",
    Bound.AT_MOST: "at most",
    Bound.MORE_THAN: "more than",
    Bound.LESS_THAN: "less than",
}
_HEDGE_WORDS = {Hedge.ABOUT: "about", Hedge.NEARLY: "nearly"}
_HEDGE_NOTES = {Hedge.JUST_OVER: "just over", Hedge.ORDER_OF_MAGNITUDE: "order of magnitude"}
_POINT = Decimal("0.01")
_WIDE = Context(prec=1_100)


def write_quantity(quantity: Quantity) -> str:
    """``quantity`` as text that ``read_quantity`` reads back as the same, except for ``as_written``.

    >>> three_quarters = Decimal("0.75")
    >>> write_quantity(Quantity(low=three_quarters, high=three_quarters, unit="fraction", granularity=_POINT))
    '75%'
    >>> from dataclasses import replace
    >>> fee = Quantity(low=Decimal(8000), high=Decimal(8000), unit="USD/month", bound=Bound.AT_LEAST)
    >>> write_quantity(replace(fee, granularity=Decimal(1000)))
    'at least 8000 USD/month'
    """
    low = quantity.low if quantity.low is not None else quantity.high
    high = quantity.high if quantity.high is not None else quantity.low
    low, high = low or Decimal(0), high or Decimal(0)
    two = low != high or quantity.bound is Bound.RANGE
    words = [_BOUND_WORDS.get(quantity.bound, ""), _HEDGE_WORDS.get(quantity.hedge, "")]
    percent = _as_percent(quantity, low, high)
    places = _places(quantity.granularity, percent)
    ends = [_decimal_text(end, percent, places) for end in ([low, high] if two else [low])]
    amount = _two_sided(quantity, ends) if quantity.low_open or quantity.high_open else " to ".join(ends)
    amount += _written_margin(quantity, percent)
    unit = "" if percent or quantity.unit in ("", "1") or quantity.unit.startswith("1/") else quantity.unit
    words += [amount, unit, _written_notes(quantity, two, ends, percent)]
    return " ".join(filter(None, words))


def _written_margin(quantity: Quantity, percent: bool) -> str:
    """The margin behind the number: `` ± 3``, `` +3/-4``; empty without a margin that has a size."""
    margin = quantity.margin
    if margin is None or margin.size is None:
        return ""
    above = _decimal_text(margin.size, percent, 0)
    return f" ± {above}" if margin.below is None else f" +{above}/-{_decimal_text(margin.below, percent, 0)}"


def _two_sided(quantity: Quantity, ends: list[str]) -> str:
    floor = "more than" if quantity.low_open else "at least"
    ceiling = "less than" if quantity.high_open else "at most"
    return f"{floor} {ends[0]} and {ceiling} {ends[1]}"


def _as_percent(quantity: Quantity, low: Decimal, high: Decimal) -> bool:
    """Whether it is a share whose digits end at its granularity, so that a percentage shows them."""
    grain = quantity.granularity
    if quantity.unit != "fraction" or grain is None or grain > _POINT or not _is_power(grain):
        return False
    whole = all((Fraction(end) / Fraction(grain)).denominator == 1 for end in (low, high))
    return whole and len(format(grain, "f")) < 20


def _is_power(grain: Decimal) -> bool:
    return set(format(grain, "f").replace(".", "").strip("0")) == {"1"} and len(grain.as_tuple().digits) < 40


def _places(grain: Decimal | None, percent: bool) -> int:
    """Digits to write behind the point so that the granularity shows."""
    if grain is None or grain >= 1 or not _is_power(grain):
        return 0
    behind = len(format(grain, "f").partition(".")[2])
    return max(behind - 2, 0) if percent else behind


def _decimal_text(value: Decimal, percent: bool, places: int) -> str:
    text = format(_WIDE.scaleb(value, 2) if percent else value, "f")
    whole, _, behind = text.partition(".")
    behind = behind.rstrip("0").ljust(places, "0")
    return whole + ("." + behind if behind else "") + "%" * percent


def _written_notes(quantity: Quantity, two: bool, ends: list[str], percent: bool) -> str:
    notes = [str(quantity.spread)] if quantity.spread else ["ends"] * two
    notes += [_HEDGE_NOTES[quantity.hedge]] if quantity.hedge in _HEDGE_NOTES else []
    notes += _margin_note(quantity.margin) if quantity.margin else []
    notes += _granularity(quantity, ends, percent)
    notes += [] if quantity.unit and not quantity.unit.startswith("1") else [f"unit {quantity.unit}".strip()]
    notes += ["no low end"] * (quantity.low is None) + ["no high end"] * (quantity.high is None)
    return f"({', '.join(notes)})" if notes else ""


_MARGIN_NOTES = {
    MarginKind.STANDARD_DEVIATION: "sd",
    MarginKind.STANDARD_ERROR: "se",
    MarginKind.CONFIDENCE_INTERVAL: "ci",
    MarginKind.TOLERANCE: "tolerance",
    MarginKind.INTERVAL: "interval",
}


def _margin_note(margin: Margin) -> list[str]:
    if margin.level is not None:
        return [f"{plain_decimal(margin.level * 100):f}% CI"]
    return [_MARGIN_NOTES[margin.kind]] if margin.kind in _MARGIN_NOTES else []


def _granularity(quantity: Quantity, ends: list[str], percent: bool) -> list[str]:
    if quantity.granularity is None:
        return ["no digits"]
    implied = min(grain_of(end.strip("-%")) for end in ends)
    if percent:
        implied = min(implied, Decimal(1)).scaleb(-2)
    return [] if implied == quantity.granularity else [f"to {quantity.granularity:f}"]
