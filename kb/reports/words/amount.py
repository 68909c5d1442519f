"""Amounts in English words, with hedge, bound and unit."""

import re
from collections.abc import Iterable
from decimal import Context, Decimal, Inexact
from fractions import Fraction
from functools import lru_cache

from kb.domain.interval import Interval
from kb.domain.margin import MarginKind
from kb.domain.quantity import Bound, Hedge, Quantity, plain_decimal
from kb.domain.unit import is_currency
from kb.domain.unit.names import plain_unit
from kb.reasoning.comparison.distance import decimal, has_places
from kb.reasoning.findings.mention import in_points
from kb.reports.words.unit_names import (
    CURRENCY_SIGNS,
    denominator_words,
    less_or_fewer,
    numerator_words,
    unit_factors,
    unit_words,
    without_prefix,
)

MINUS = "\u2212"
DASH = "\u2013"
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_LETTERS = ((10**12, "T"), (10**9, "bn"), (10**6, "M"), (10**3, "k"))
BOUND_WORDS = {
    Bound.AT_LEAST: "at least",
    Bound.AT_MOST: "at most",
    Bound.MORE_THAN: "more than",
    Bound.LESS_THAN: "less than",
}
HEDGE_WORDS = {
    Hedge.ABOUT: "about",
    Hedge.NEARLY: "nearly",
    Hedge.JUST_OVER: "just over",
    Hedge.ORDER_OF_MAGNITUDE: "on the order of",
}
DIGITS = 4
"""The significant digits of a computed number, unless more are asked for."""
ABOUT_DIGITS = 3
"""The most significant digits of a number that stands behind "about" and was not stated so."""
_MOST_DIGITS = 12
ROUNDED = "≈ "
"""The sign in front of a computed number that is not exact."""
_DECIMAL = re.compile(r"(?<![\d.])(?:\d[\d,]*)?\.\d+(?![\d.])")
_DIGIT = re.compile(r"\d")
_EXACT = Context(prec=60, traps=[Inexact])


@lru_cache(maxsize=4096)
def quantity_words(quantity: Quantity) -> str:
    """``quantity`` in words with its bound and hedge, e.g. ``$2,000 to $3,000 a month or more``.

    >>> quantity_words(Quantity(low=Decimal(2000), high=Decimal(3000), unit="USD/month", bound=Bound.AT_LEAST))
    '$2,000 to $3,000 a month or more'
    >>> quantity_words(Quantity(low=Decimal(2000), high=Decimal(2000), unit="USD/month", bound=Bound.AT_LEAST))
    'at least $2,000 a month'
    >>> quantity_words(Quantity(low=Decimal(600), high=Decimal(600), unit="tree", bound=Bound.LESS_THAN))
    'fewer than 600 trees'
    >>> quantity_words(Quantity(low=Decimal("0.67"), high=Decimal("0.67"), unit="fraction", hedge=Hedge.ABOUT))
    'about 67%'
    >>> third = Decimal("0.3333333333333333333333333333")
    >>> quantity_words(Quantity(low=third, high=third, unit="fraction", hedge=Hedge.ABOUT))
    'about 33.3%'
    >>> quantity_words(Quantity(low=Decimal("2.5"), high=Decimal("2.5"), unit="hour", as_written="2.50 hours"))
    '2.50 hours'
    >>> quantity_words(Quantity(low=Decimal(1912600000), high=Decimal(1912600000), unit="USD"))
    '$1,912.6 million'
    >>> quantity_words(Quantity(low=Decimal(1), high=Decimal(1), unit="month", hedge=Hedge.JUST_OVER))
    'just over one month'
    >>> dozens = Quantity(low=Decimal(24), high=Decimal(100), unit="account", as_written="dozens", bound=Bound.RANGE,
    ...                   hedge=Hedge.ORDER_OF_MAGNITUDE)
    >>> quantity_words(dozens)
    '“dozens” (read as 24–100 accounts)'
    """
    if names_no_number(quantity):
        return _vague_words(quantity)
    ends = quantity.allowed if quantity.low_open or quantity.high_open else quantity.named
    # "Just over" and "nearly" say the bound themselves: "more than just over 50" says it twice.
    redundant_bound = (quantity.hedge is Hedge.JUST_OVER and quantity.bound.is_floor) or (
        quantity.hedge is Hedge.NEARLY and quantity.bound.is_ceiling
    )
    is_range = None not in (ends.low, ends.high) and not ends.exact
    bound = "" if redundant_bound or is_range else _bound_words(quantity)
    hedge = HEDGE_WORDS.get(quantity.hedge, "")
    open_side = _open_side(quantity) if is_range and not redundant_bound else ""
    amount = _bounded_words(ends, quantity.unit, quantity.as_written, in_full=bool(open_side))
    # What somebody stated keeps its digits; a decimal without end is rounded as a computed number is.
    if amount.startswith(ROUNDED):
        digits = _stated_digits(quantity, ABOUT_DIGITS if hedge else DIGITS)
        amount = _bounded_words(ends, quantity.unit, quantity.as_written, digits, in_full=bool(open_side))
    if _ONE_THING.match(amount):
        amount = f"one{amount[1:]}"
    shown = amount.removeprefix(ROUNDED) if hedge else amount
    return " ".join(filter(None, [bound, hedge, *_with_margin(shown, quantity), open_side]))


def _bound_words(quantity: Quantity) -> str:
    if quantity.bound is Bound.LESS_THAN:
        return f"{less_or_fewer(quantity.unit)} than"
    return BOUND_WORDS.get(quantity.bound, "")


def _with_margin(amount: str, quantity: Quantity) -> tuple[str, str]:
    """An amount and its margin, with a unit that both have named once: ``41``, ``± 13 birds``."""
    margin = margin_words(quantity)
    size = _MARGIN_SIZE.match(margin)
    unit = _UNIT_BEHIND.search(amount)
    # "51 ± 1 year", and not "51 years ± 1 year".
    both = size and unit and size[0].endswith((unit[0], unit[0].removesuffix("s")))
    return (amount.removesuffix(unit[0]) if both and unit else amount), margin


_MARGIN_SIZE = re.compile(r"[±+] [^(]*[^( ]")
_UNIT_BEHIND = re.compile(r"(?<=\d) \D+$")


def _open_side(quantity: Quantity) -> str:
    """The side to which a range with a bound is open, in words that follow it; empty for a bound that sets no limit."""
    # "At least $2,000 to $3,000" does not say which of the two numbers is the limit.
    if not quantity.bound.is_limit:
        return ""
    return "or more" if quantity.bound.is_floor else f"or {less_or_fewer(quantity.unit)}"


_ONE_THING = re.compile("1 (?!million |billion |trillion )[a-z]{3,}")
"""One thing that is counted, or one stretch of time; not the symbol of a unit, as in 1 km."""


def names_no_number(quantity: Quantity) -> bool:
    """Whether it was written in words that name no exact number, such as "dozens", so that its ends are our reading."""
    written = quantity.as_written
    return quantity.hedge is Hedge.ORDER_OF_MAGNITUDE and bool(written) and not _DIGIT.search(written)


_MARGIN_WORDS = {
    MarginKind.STANDARD_DEVIATION: "standard deviation",
    MarginKind.STANDARD_ERROR: "standard error",
    MarginKind.CONFIDENCE_INTERVAL: "confidence interval",
    MarginKind.TOLERANCE: "tolerance",
    MarginKind.NOT_STATED: "",
    MarginKind.INTERVAL: "confidence interval",
}


def margin_words(quantity: Quantity) -> str:
    """The margin of ``quantity`` with its kind, as it stands behind the amount; empty without one.

    >>> from kb.domain.margin import Margin
    >>> margin = Margin(size=Decimal(3), kind=MarginKind.CONFIDENCE_INTERVAL, level=Decimal("0.95"))
    >>> ages = Quantity(low=Decimal(45), high=Decimal(45), unit="year", margin=margin)
    >>> margin_words(ages), quantity_words(ages)
    ('± 3 years (95% confidence interval)', '45 ± 3 years (95% confidence interval)')
    """
    margin = quantity.margin
    if margin is None:
        return ""
    level = f"{percent_words(margin.level)} " if margin.level else ""
    kind = _MARGIN_WORDS[margin.kind]
    sense = f"({level}{kind})" if kind else ""
    if margin.size is None:
        return sense
    above = _size_words(margin.size, quantity.unit)
    size = f"± {above}" if margin.below is None else f"+ {above} / {MINUS} {_size_words(margin.below, quantity.unit)}"
    return f"{size} {sense}".rstrip()


def percent_words(share: Decimal) -> str:
    """``share`` as a percentage: ``95%``."""
    return interval_words(Interval.at(Fraction(share)), "fraction")


def _size_words(size: Decimal, unit: str) -> str:
    """How far a margin reaches; of a share in points, since three points are not three per cent of it."""
    if unit == "fraction":
        points = size * 100
        return f"{plain_decimal(points):f} point{'' if points == 1 else 's'}"
    return interval_words(Interval.at(Fraction(size)), unit)


def _vague_words(quantity: Quantity) -> str:
    """Words that name no exact number, as the source has them, and the numbers that we read in them."""
    # The range is ours: printed bare, it would pass for what the author said.
    if quantity.low is None and quantity.high is None:
        return f"“{quantity.as_written}”"
    return f"“{quantity.as_written}” (read as {interval_words(quantity.allowed, quantity.unit)})"


def _stated_digits(quantity: Quantity, least: int) -> int:
    """The number of digits that were stated; ``least`` for a decimal without end, such as 40 of 45 makes."""
    ends = [end for end in (quantity.low, quantity.high) if end is not None]
    significant = max((len("".join(map(str, end.as_tuple().digits)).strip("0")) for end in ends), default=0)
    return max(significant, least) if significant <= _MOST_STATED_DIGITS else least


_MOST_STATED_DIGITS = 12


def interval_words(interval: Interval, unit: str, digits: int = DIGITS) -> str:
    """``interval`` in words, to ``digits`` significant digits; one without an end as ``at least`` or ``at most``.

    >>> interval_words(Interval(Fraction(2000), None), "USD/month")
    'at least $2,000 a month'
    >>> interval_words(Interval(Fraction(99999, 1000000), Fraction(1, 10)), "fraction")
    '≈ 10%'
    >>> interval_words(Interval(None, Fraction(115_000_000_000, 3), high_open=True), "USD")
    'below roughly $38.33 billion'
    >>> interval_words(Interval(Fraction(20), Fraction(70)), "multiple")
    '20–70 times'
    >>> interval_words(Interval(None, Fraction(-1, 4), high_open=True), "fraction")
    'below −25%'
    >>> interval_words(Interval(Fraction(20), Fraction(70), low_open=True), "multiple")
    'above 20 times and at most 70 times'
    >>> interval_words(Interval.at(Fraction(1_650_480_000)), "USD", 6)
    '$1,650.48 million'
    """
    if interval.low is None and interval.high is None:
        return "any amount"
    if interval.high is None:
        return _limit_words("above" if interval.low_open else "at least", interval.low or Fraction(), unit, digits)
    if interval.low is None:
        return _limit_words("below" if interval.high_open else "at most", interval.high, unit, digits)
    return _bounded_words(interval, unit, digits=digits)


def distinguishing_digits(value: Interval, intervals: Iterable[Interval], unit: str) -> int:
    """The number of digits that distinguish ``value`` from all other ``intervals``.

    Four where these suffice; else one more than distinguishes them, so that about how far apart they are shows too.

    >>> distinguishing_digits(Interval.at(Fraction(1_650_480_000)), [Interval.at(Fraction(1_650_400_000))], "USD")
    6
    """
    intervals = [interval for interval in intervals if interval != value]
    for digits in range(DIGITS, _MOST_DIGITS):
        text = interval_words(value, unit, digits).removeprefix(ROUNDED)
        if text not in (interval_words(interval, unit, digits).removeprefix(ROUNDED) for interval in intervals):
            return digits if digits == DIGITS else digits + 1
    return _MOST_DIGITS


def opened_interval_words(stated: Interval, allowed: Interval, unit: str, digits: int = DIGITS) -> str:
    """``stated`` in words with its open side: a single number as its bound, a range with its ends in full.

    >>> opened_interval_words(Interval(Fraction(2000), Fraction(3000)), Interval(Fraction(2000), None), "USD/month")
    '$2,000 to $3,000 a month or more'
    >>> opened_interval_words(Interval(Fraction(-1, 2), Fraction(1, 4)), Interval(None, Fraction(1, 4)), "fraction")
    '−50% to 25%, possibly less'
    >>> opened_interval_words(Interval.at(Fraction(3, 10)), Interval(None, Fraction(3, 10)), "fraction")
    'at most 30%'
    >>> opened_interval_words(Interval.at(Fraction(3, 10)), Interval(None, None), "fraction")
    '30% (any amount is possible)'
    >>> opened_interval_words(Interval.at(Fraction(3, 10)), Interval(Fraction(1, 10), Fraction(4, 5)), "fraction")
    '30% (anything from 10% to 80% is possible)'
    >>> opened_interval_words(Interval.at(Fraction(20)), Interval(Fraction(0), Fraction(20)), "person")
    'at most 20 people'
    """
    ends = (allowed.low == stated.low, allowed.high == stated.high)
    if stated.exact and ends == (False, True) and allowed.low == 0:
        return interval_words(Interval(None, allowed.high, high_open=allowed.high_open), unit, digits)
    if stated == allowed or ends == (True, True) or (stated.exact and any(ends)):
        return interval_words(allowed, unit, digits)
    if ends == (True, False) and allowed.high is None:
        return f"{_bounded_words(stated, unit, digits=digits, in_full=True)}{OR_MORE}"
    if ends == (False, True) and allowed.low is None and not allowed.high_open:
        return f"{_bounded_words(stated, unit, digits=digits, in_full=True)}{POSSIBLY_LESS}"
    if ends == (False, True) and allowed.low is None:
        return f"{interval_words(allowed, unit, digits)} (stated {interval_words(stated, unit, digits)})"
    return f"{interval_words(stated, unit, digits)} ({_possible_words(allowed, unit, digits)})"


OR_MORE = " or more"
"""What stands behind a range that is open upward."""

# "6.25% to 37.5% or less" reads as if the range were the limit.
POSSIBLY_LESS = ", possibly less"
"""What stands behind a range that is open downward."""


def _possible_words(allowed: Interval, unit: str, digits: int) -> str:
    if allowed.low is None and allowed.high is None:
        return "any amount is possible"
    if allowed.low is None or allowed.high is None or allowed.low_open or allowed.high_open:
        return f"anything {interval_words(allowed, unit, digits)} is possible"
    return f"anything {from_to_words(allowed, unit, digits)} is possible"


def _bounded_words(
    interval: Interval, unit: str, written: str = "", digits: int = DIGITS, *, in_full: bool = False
) -> str:
    """Two ends around a dash, or as two bounds where the range excludes an end; ``in_full`` joins them by "to"."""
    # "At least $2,000–3,000" might be at least $2,000 and at most $3,000.
    low, high = interval.low, interval.high
    if low is None or high is None or not (interval.low_open or interval.high_open):
        return _range_words(low, high, unit, written, digits, in_full=in_full)
    above = _limit_words("above" if interval.low_open else "at least", low, unit, digits)
    return f"{above} and {_limit_words('below' if interval.high_open else 'at most', high, unit, digits)}"


def _limit_words(limit: str, number: Fraction, unit: str, digits: int) -> str:
    # A sign behind a word reads badly: "above ≈ $38.33 billion".
    return f"{limit} {read_aloud(number_words(number, unit, digits))}"


def from_to_words(interval: Interval, unit: str, digits: int = DIGITS) -> str:
    """A closed range in full, as the end of a sentence that something runs over it.

    >>> from_to_words(Interval(Fraction(50), Fraction(550)), "USD/month")
    'from $50 to $550 a month'
    """
    return f"from {read_aloud(_bounded_words(interval, unit, digits=digits, in_full=True))}"


def read_aloud(words: str) -> str:
    """An amount within a sentence, where ``≈`` is a word; a percentage with two decimals needs none.

    >>> read_aloud("≈ 16.67%"), read_aloud("40 times"), read_aloud("≈ 16.7%")
    ('16.67%', '40 times', 'roughly 16.7%')
    """
    return _PRECISE.sub("", words).replace(ROUNDED, "roughly ")


_PRECISE = re.compile(rf"{ROUNDED}(?=[^\s%]*\.\d\d%)")


def number_words(number: Fraction | Decimal, unit: str, digits: int = DIGITS) -> str:
    """``number`` in words with its unit, rounded to ``digits`` and marked by ``≈`` where that is not exact.

    >>> number_words(Fraction(2, 3), "fraction"), number_words(Decimal("1.1E+12"), "USD")
    ('≈ 66.67%', '$1.1 trillion')
    >>> number_words(Fraction(3), "USD/Mtoken"), number_words(Fraction(16_000_000), "query")
    ('$3 per million tokens', '16 million queries')
    >>> number_words(Fraction(-3, 2), "fraction"), number_words(Fraction(5), "kUSD")
    ('−150%', '$5,000')
    >>> number_words(Fraction(5), "gpu*hour")
    '5 GPU-hours'
    """
    return _range_words(Fraction(number), Fraction(number), unit, digits=digits)


def rational_words(value: Fraction) -> str:
    """``value`` exactly: as a finite decimal where it is one, else as a fraction, with commas between thousands.

    >>> rational_words(Fraction(1209600)), rational_words(Fraction(365, 12)), rational_words(Fraction(1, 8))
    ('1,209,600', '365/12', '0.125')
    """
    try:
        return f"{_EXACT.divide(Decimal(value.numerator), Decimal(value.denominator)):,f}"
    except Inexact:
        return f"{value.numerator:,}/{value.denominator:,}"


def axis_number_words(number: Fraction | Decimal, unit: str) -> str:
    """``number`` in short form for an axis, without period and nouns.

    >>> axis_number_words(Decimal(14000), "USD/month"), axis_number_words(Decimal("0.5"), "percent")
    ('$14k', '50%')
    >>> axis_number_words(Decimal("0.5"), "USD"), axis_number_words(Decimal("2.5e6"), "USD")
    ('$0.50', '$2.5M')
    """
    factor, unit = without_prefix(plain_unit(unit))
    lead, tail = _sign_and_tail(unit)
    value = Fraction(number) * factor * (100 if tail == "%" else 1)
    scale, letter = next(((s, text) for s, text in _LETTERS if abs(value) >= s), (1, ""))
    digits = _rounded_digits(abs(value) / scale)[0]
    if lead and not letter and len(digits.partition(".")[2]) == 1:
        digits += "0"  # half a dollar has 50 cents
    text = _negated(lead + digits + letter, value)
    return text + tail if tail in ("%", "×") else text


def _range_words(
    low: Fraction | None,
    high: Fraction | None,
    unit: str,
    written: str = "",
    digits: int = DIGITS,
    *,
    in_full: bool = False,
) -> str:
    ends = [end for end in (low, high) if end is not None]
    if not ends:
        return f"an unknown number of {unit_words(unit)}"
    factor, unit = without_prefix(plain_unit(unit))
    lead, tail = _sign_and_tail(unit)
    values = [end * factor * (100 if tail == "%" else 1) for end in dict.fromkeys(ends)]
    scaled = [_scaled(abs(value), lead in CURRENCY_SIGNS.values(), _literals(written), digits) for value in values]
    rounded = any(was_rounded for *_, was_rounded in scaled)
    scale = f" {scaled[-1][1]}" if scaled[-1][1] else ""
    if len(values) == 1 or (scaled[0][:2] == scaled[1][:2] and values[0] * values[1] > 0):
        first = _negated(lead + scaled[0][0], values[0])
    elif min(values) < 0 or in_full:
        left, right = (_negated(lead + text, value) for (text, *_), value in zip(scaled, values, strict=True))
        first = f"{_with_scale(left, scaled[0][1])}{tail * (tail == '%')} to {right}"
    else:
        left = scaled[0][0] if scaled[0][1] == scaled[1][1] else _with_scale(scaled[0][0], scaled[0][1])
        first = f"{lead}{left}{DASH}{scaled[1][0]}"
    return (ROUNDED if rounded else "") + first + scale + _tail(tail, unit, values[-1], alone=len(values) == 1)


def _with_scale(text: str, scale: str) -> str:
    return f"{text} {scale}" if scale else text


def _sign_and_tail(unit: str) -> tuple[str, str]:
    """The sign in front of a number, and the sign behind it: that of percent or of times. Empty for none."""
    head = unit.partition("/")[0]
    if head in ("fraction", "multiple"):
        return "", "%" if head == "fraction" else "×"
    code = next((name for name, power in unit_factors(head) if is_currency(name) and power == 1), "")
    return CURRENCY_SIGNS.get(code, f"{code} " if code else ""), ""


def _tail(tail: str, unit: str, value: Fraction, *, alone: bool) -> str:
    head, *under = unit.split("/")
    if tail:
        return ("%" if tail == "%" else "×" if value == 1 and alone else " times") + denominator_words(under)
    nouns = numerator_words([part for part in unit_factors(head) if not is_currency(part[0]) or part[1] > 1], value)
    return (f" {nouns}" if nouns else "") + denominator_words(under)


_Literals = tuple[str, ...]


def _literals(written: str) -> _Literals:
    """The decimals of a literal, digit for digit, without commas."""
    return tuple(literal.replace(",", "") for literal in _DECIMAL.findall(written))


def _scaled(value: Fraction, money: bool, literals: _Literals, digits: int) -> tuple[str, str, bool]:
    """Digits for ``value`` of at least 0, its scale in words, and whether it was rounded.

    More digits than usual are given one scale lower, with commas between thousands: 1,650.48 million.
    """
    # A decimal that was stated keeps its digits, since 2.50 is stated to the hundredth; and money has its cents.
    scale, word = next(((s, text) for s, text in _SCALES if value >= s * (1 if digits <= DIGITS else 1000)), (1, ""))
    value /= scale
    cents = money and not word
    text, rounded = _as_stated(value, literals), False
    if not text:
        text, rounded = _rounded_digits(value, 2 if cents and (value < 1000 or value * 100 % 1 == 0) else 0, digits)
    return text + "0" * (cents and len(text.partition(".")[2]) == 1), word, rounded


def _as_stated(value: Fraction, literals: _Literals) -> str:
    """``value`` as the literal that states it, with commas; empty where none of ``literals`` does."""
    literal = next((text for text in literals if Fraction(text) == value), "")
    whole, point, places = literal.partition(".")
    return f"{int(whole or 0):,}{point}{places}" if literal else ""


def _rounded_digits(value: Fraction, least: int = 0, digits: int = DIGITS) -> tuple[str, bool]:
    """The digits of ``value``, which is at least 0, with commas, and whether they were rounded to ``digits``.

    At least ``least`` places after the point are kept.
    """
    if value.denominator == 1 and value < 10**12:
        return f"{value.numerator:,}", False
    whole = len(str(int(value))) if value >= 1 else 0
    places = max(digits - whole, least) if whole else _leading_zeros(value) + digits
    shown = round(value, places)
    text = f"{Decimal(shown.numerator) / Decimal(shown.denominator):,.{places}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text), shown != value


def _leading_zeros(value: Fraction) -> int:
    zeros = 0
    while 0 < value * 10 < 1:
        value *= 10
        zeros += 1
    return zeros


def _negated(text: str, value: Fraction) -> str:
    return MINUS + text if value < 0 else text


def plain_number(value: Fraction) -> str:
    """A bare number: thousands set off by commas, at most four decimal places (more below one)."""
    places, above, below = 4, abs(value.numerator), value.denominator
    while above and above * 10 ** (places - 3) < below and places < 20:
        places += 1
    return f"{decimal(value, places):,f}".replace("-", "−")


def short_number(value: Fraction) -> str:
    """A bare number as a sentence gives it: two decimal places, or two digits where it begins later than that.

    >>> short_number(Fraction(2, 3)), short_number(Fraction(625, 2)), short_number(Fraction(-1, 600))
    ('0.67', '312.5', '−0.0017')
    """
    magnitude = abs(value)
    places = 2 if magnitude >= Fraction(1, 10) or not magnitude else _leading_zeros(magnitude) + 2
    return f"{decimal(value, places):,f}".replace("-", "−")


def points_words(value: Fraction) -> str:
    """A difference between two fractions in percentage points.

    >>> points_words(Fraction(9, 1000)), points_words(Fraction(1, 100)), points_words(Fraction(1, 150))
    ('0.9 percentage points', '1 percentage point', '0.67 percentage points')
    """
    digits = short_number(value * 100)
    return f"{digits} percentage point{'s' * (digits != '1')}"


def about_words(value: Fraction, unit: str, *, in_full: bool = True) -> str:
    """A computed number behind "about", to two significant digits: more would claim a precision that it has not.

    Beside another number of the same unit, which says "a month" for both, it need not be given ``in_full``.

    >>> about_words(Fraction(29851, 100), "USD/month"), about_words(Fraction(1312, 10000), "fraction")
    ('about $300 a month', 'about 13%')
    >>> about_words(Fraction(2000), "USD/month")
    '$2,000 a month'
    >>> about_words(Fraction(2000), "USD/month", in_full=False)
    '$2,000'
    """
    rounded = _to_two_digits(value)
    words = number_words(rounded, unit)
    if not in_full:
        words = words.removesuffix(denominator_words(plain_unit(unit).split("/")[1:]))
    return f"{'' if rounded == value else 'about '}{words}"


def _to_two_digits(value: Fraction) -> Fraction:
    if not value:
        return value
    magnitude = abs(value)
    places = _leading_zeros(magnitude) + 2 if magnitude < 1 else 2 - len(str(int(magnitude)))
    return Fraction(round(value, places))


def change_words(value: Fraction, unit: str) -> str:
    """By about how much a result changes, to two digits: a multiple changes by a number, a percentage by points.

    >>> change_words(Fraction(7875, 10**6), "multiple"), change_words(Fraction(4, 25000), "fraction")
    ('0.0079', '0.016 percentage points')
    >>> change_words(Fraction(420), "USD/month")
    '$420 a month'
    >>> change_words(Fraction(1312, 10000), "fraction")
    '13 percentage points'
    """
    rounded = _to_two_digits(value)
    if in_points(unit):
        return points_words(rounded)
    return short_number(rounded) if unit == "multiple" else number_words(rounded, unit).removeprefix(ROUNDED)


def ratio_words(ratio: Fraction) -> str:
    """A ratio in as few digits as tell it apart: 1.75 exactly, 8/3 as 2.7."""
    if has_places(ratio, 2):
        return plain_number(ratio)
    return f"{decimal(ratio, 1 if ratio >= 2 else 2):,f}"
