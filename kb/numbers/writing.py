"""A quantity in its canonical notation, which reads back as itself; ``kb.domain.wording`` writes for readers."""

from decimal import Context, Decimal
from fractions import Fraction

from kb.domain.quantity import Bound, Hedge, Quantity
from kb.numbers.number import grain_of

_BOUNDS = {
    Bound.AT_LEAST: "at least",
    Bound.AT_MOST: "at most",
    Bound.MORE_THAN: "more than",
    Bound.LESS_THAN: "less than",
}
_HEDGES = {Hedge.ABOUT: "about", Hedge.NEARLY: "nearly"}
_NOTED = {Hedge.JUST_OVER: "just over", Hedge.ORDER_OF_MAGNITUDE: "order of magnitude"}
_POINT = Decimal("0.01")
_WIDE = Context(prec=1_100)


def write_quantity(quantity: Quantity) -> str:
    """``quantity`` as text that ``read_quantity`` reads back as the same, except for ``as_written``.

    >>> write_quantity(Quantity(Decimal("0.75"), Decimal("0.75"), "fraction", granularity=_POINT))
    '75%'
    >>> write_quantity(Quantity(Decimal(8000), Decimal(8000), "USD/month", Bound.AT_LEAST, granularity=Decimal(1000)))
    'at least 8000 USD/month'
    """
    low = quantity.low if quantity.low is not None else quantity.high
    high = quantity.high if quantity.high is not None else quantity.low
    low, high = low or Decimal(0), high or Decimal(0)
    two = low != high or quantity.bound is Bound.RANGE
    words = [_BOUNDS.get(quantity.bound, ""), _HEDGES.get(quantity.hedge, "")]
    percent = _as_percent(quantity, low, high)
    places = _places(quantity.granularity, percent)
    ends = [_digits(end, percent, places) for end in ([low, high] if two else [low])]
    amount = _two_sided(quantity, ends) if quantity.low_open or quantity.high_open else " to ".join(ends)
    unit = "" if percent or quantity.unit in ("", "1") or quantity.unit.startswith("1/") else quantity.unit
    words += [amount, unit, _noted(quantity, two, ends, percent)]
    return " ".join(filter(None, words))


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


def _digits(value: Decimal, percent: bool, places: int) -> str:
    text = format(_WIDE.scaleb(value, 2) if percent else value, "f")
    whole, _, behind = text.partition(".")
    behind = behind.rstrip("0").ljust(places, "0")
    return whole + ("." + behind if behind else "") + "%" * percent


def _noted(quantity: Quantity, two: bool, ends: list[str], percent: bool) -> str:
    notes = [str(quantity.spread)] if quantity.spread else ["ends"] * two
    notes += [_NOTED[quantity.hedge]] if quantity.hedge in _NOTED else []
    notes += _granularity(quantity, ends, percent)
    notes += [] if quantity.unit and not quantity.unit.startswith("1") else [f"unit {quantity.unit}".strip()]
    notes += ["no low end"] * (quantity.low is None) + ["no high end"] * (quantity.high is None)
    return f"({', '.join(notes)})" if notes else ""


def _granularity(quantity: Quantity, ends: list[str], percent: bool) -> list[str]:
    if quantity.granularity is None:
        return ["no digits"]
    implied = min(grain_of(end.strip("-%")) for end in ends)
    if percent:
        implied = min(implied, Decimal(1)).scaleb(-2)
    return [] if implied == quantity.granularity else [f"to {quantity.granularity:f}"]
