"""Why is the verdict what it is? Sentences made from the comparison's own numbers, for a pocket calculator."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from kb.domain.finding import Verdict
from kb.domain.interval import Interval
from kb.domain.quantity import Hedge
from kb.domain.wording import say, say_interval
from kb.reasoning.exchange import Conversion, Exchange
from kb.reasoning.leeway import Reading
from kb.reasoning.scope import Difference
from kb.reasoning.verdict import Comparison, Distance, Ground, decimal, has_places

_SLIPS = (
    (Fraction(12), "a month may have been taken for a year (12 times)", True),
    (Fraction(365, 12), "a day may have been taken for a month (365 / 12 = 30.4 times)", True),
    (Fraction(1000), "a step of a thousand may have been lost (k, M, bn)", False),
    (Fraction(10000), "a step of ten thousand may have been lost (万)", False),
)
_SLIP_TOLERANCE = Fraction(2, 100)

_HEDGE_WORDS = {
    Hedge.ABOUT: "“about”",
    Hedge.NEARLY: "“nearly”",
    Hedge.JUST_OVER: "“just over”",
    Hedge.ORDER_OF_MAGNITUDE: "the order of magnitude",
}


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two that are compared: whose number it is, what it says in words, and its intervals."""

    name: str
    said: str
    reading: Reading


def side(name: str, reading: Reading, *, alleged: bool = False) -> Side:
    """A stated number as one side; ``alleged`` keeps that word in the sentence."""
    if reading.quantity is None:
        return Side(name, say_interval(reading.stated, reading.unit) + _opened(reading), reading)
    words = say(reading.quantity) + _converted(reading)
    return Side(name, ("allegedly " if alleged else "") + words, reading)


def _opened(reading: Reading) -> str:
    """Which side of a computed number is open."""
    if reading.allowed == reading.stated or not reading.bound.is_floor | reading.bound.is_ceiling:
        return ""
    return f" ({say_interval(reading.allowed, reading.unit)})"


def _converted(reading: Reading) -> str:
    if reading.factor == 1 and not reading.exchange:
        return " (period not said)" if reading.period_unsaid else ""
    amount = say_interval(reading.stated, reading.unit)
    rate = at_rate(reading.exchange) if reading.exchange else ""
    return f" (that is {amount}{rate}{'; period not said' if reading.period_unsaid else ''})"


def at_rate(exchange: Exchange) -> str:
    """`` at CN¥7 per dollar, as Harbour Bank said for 2026-03``; a hedged rate is called a rate first."""
    return f" at {'a rate of ' if exchange.words[:1].islower() else ''}{exchange.words}"


def conversion_sentences(conversions: Iterable[Conversion]) -> Iterator[str]:
    """What was converted into which currency, and by which rate: one sentence for each amount."""
    told: dict[str, None] = {}
    for one in conversions:
        before, after = say_interval(one.stated, one.unit), say_interval(one.after, one.into)
        told.setdefault(f"`{one.input}`: {before} is {after}{at_rate(one.exchange)}.")
    yield from told


def sentence(left: Side, right: Side, found: Comparison, unspecified: Sequence[str] = ()) -> str:
    """Both numbers, how far they lie apart, and why the verdict is what it is."""
    lead = f"{left.name}: {left.said}; {right.name}: {right.said}."
    parts = [lead, _ends(found) + _gap(left.reading, right.reading, found), _because(left, right, found)]
    return " ".join(filter(None, [*parts, _unspecified(unspecified, found), slip(left.reading, found)]))


def _ends(found: Comparison) -> str:
    return f"Both are spreads and are compared end by end; the {found.end} ends decide. " if found.end else ""


def _gap(left: Reading, right: Reading, found: Comparison) -> str:
    if found.ground is Ground.MEET:
        return ""
    mine, theirs = _compared(left, found.end), _compared(right, found.end)
    return apart(mine, theirs, left.unit, found.distance)


def _compared(reading: Reading, end: str) -> Interval:
    value = getattr(reading.stated, end) if end else None
    return reading.stated if value is None else Interval.at(value)


def apart(left: Interval, right: Interval, unit: str, gap: Distance) -> str:
    """How far two stated intervals lie apart, with the division or subtraction that shows it; empty where they meet."""
    if left.meets(right):
        return ""
    lower, upper = (left, right) if _below(left, right) else (right, left)
    if gap.points:
        return _points(lower, upper)
    if gap.near is None:
        return f"{say_interval(lower, unit)} and {say_interval(upper, unit)} differ in sign, or one is zero: no ratio."
    return _times(lower, upper, gap)


def _below(left: Interval, right: Interval) -> bool:
    return left.high is not None and right.low is not None and left.high < right.low


def _points(lower: Interval, upper: Interval) -> str:
    if lower.high is None or upper.low is None:
        return ""
    gap = say_points(upper.low - lower.high)
    return f"They lie {gap} apart ({_percent(upper.low)} − {_percent(lower.high)} = {gap})."


def say_points(value: Fraction) -> str:
    """A difference between two fractions in percentage points.

    >>> say_points(Fraction(9, 1000)), say_points(Fraction(1, 100))
    ('0.9 points', '1 point')
    """
    told = number(value * 100)
    return f"{told} point" if told == "1" else f"{told} points"


def _percent(value: Fraction) -> str:
    return f"(−{number(-value * 100)}%)" if value < 0 else f"{number(value * 100)}%"


def _times(lower: Interval, upper: Interval, gap: Distance) -> str:
    steps, ratios = [], []
    for ratio, ends in ((gap.near, (lower.high, upper.low)), (gap.far, (lower.low, upper.high))):
        small, large = sorted(abs(end) for end in ends if end is not None) if None not in ends else (None, None)
        if ratio is None or small is None or large is None or ratio in ratios:
            continue
        ratios.append(ratio)
        sign = "=" if has_places(ratio, 2) else "≈"
        steps.append(f"{number(large)} / {number(small)} {sign} {times(ratio)}")
    return f"That is {' to '.join(times(ratio) for ratio in ratios)} times as much ({'; '.join(steps)})."


def times(ratio: Fraction) -> str:
    """A ratio in as few digits as tell it apart: 1.75 exactly, 8/3 as 2.7."""
    if has_places(ratio, 2):
        return number(ratio)
    places = 1 if ratio >= 2 else 2 if ratio >= Fraction(11, 10) else 4
    return f"{decimal(ratio, places):,f}"


def number(value: Fraction) -> str:
    """A bare number: thousands set off by commas, at most four decimal places (more below one)."""
    places, above, below = 4, abs(value.numerator), value.denominator
    while above and above * 10 ** (places - 3) < below and places < 20:
        places += 1
    return f"{decimal(value, places):,f}".replace("-", "−")


def _because(left: Side, right: Side, found: Comparison) -> str:
    match found.ground:
        case Ground.MEET:
            same = left.reading.stated == right.reading.stated
            return "The numbers are the same." if same else "The stated values meet."
        case Ground.WITHIN_BOUND:
            return f"They agree within the {_what_joins(left, right)}."
        case Ground.ONLY_BOUND:
            return f"Both can be true, because {_open_sides(left, right)}; otherwise this would be a conflict."
        case Ground.ONLY_HEDGE:
            return f"Only the {_what_joins(left, right)} lets both be true; without it, this would be a conflict."
        case Ground.OPPOSED:
            return "One is a lower limit and the other an upper limit, and no value satisfies both."
        case Ground.ONE_SIDED | Ground.APART:
            return "No rounding, bound or hedge makes them meet."
        case Ground.SCOPE:
            return ""
        case _:
            return _by_rounding(left, right, found)


def _by_rounding(left: Side, right: Side, found: Comparison) -> str:
    match found.ground:
        case Ground.ROUNDED:
            return f"They are the same once rounded to the last digit given: {_steps(left, right, 'rounded')}."
        case Ground.TRUNCATED:
            return f"They are the same once cut off after the last digit: {_steps(left, right, 'truncated')}."
        case Ground.ONLY_ROUNDED:
            return f"Only a rounding this coarse makes them meet: {_steps(left, right, 'rounded')}. {_coarse(found)}"
        case Ground.ONLY_TRUNCATED:
            return f"Only cutting off this much makes them meet: {_steps(left, right, 'truncated')}. {_coarse(found)}"
        case _:
            return f"{_ruled_out(left, right)}; only its rounding lets both be true."


def _coarse(found: Comparison) -> str:
    if found.verdict is Verdict.CONFLICT:
        return "They lie too far apart for that."
    return "Taken as exact numbers, this would be a conflict."


def _ruled_out(left: Side, right: Side) -> str:
    """Which bound the other number lies beyond."""
    words = [
        f"{said} and {other.said} lies {'below' if one.reading.bound.is_floor else 'above'} it"
        for one, other in ((left, right), (right, left))
        if (said := _open_side(one))
    ]
    return " and ".join(words)


def _steps(left: Side, right: Side, how: str) -> str:
    spans = [
        f"{one.said} may stand for {say_interval(getattr(one.reading, how), one.reading.unit)}"
        for one, other in ((left, right), (right, left))
        if getattr(one.reading, how).meets(other.reading.stated)
    ]
    return "; ".join(spans)


def _open_sides(left: Side, right: Side) -> str:
    words = [word for word in (_open_side(left), _open_side(right)) if word]
    return " and ".join(words) or "a bound leaves room"


def _open_side(one: Side) -> str:
    bound = one.reading.bound
    if not (bound.is_floor or bound.is_ceiling):
        return ""
    return f"“{one.said}” is a {'floor' if bound.is_floor else 'ceiling'}"


def _what_joins(left: Side, right: Side) -> str:
    bounded = any(one.reading.bound.is_floor or one.reading.bound.is_ceiling for one in (left, right))
    hedges = [_HEDGE_WORDS[one.reading.hedge] for one in (left, right) if one.reading.hedge in _HEDGE_WORDS]
    if bounded:
        return "bound"
    return f"hedge {hedges[0]}" if hedges else "room that hedge and rounding leave together"


def _unspecified(keys: Sequence[str], found: Comparison) -> str:
    if not keys:
        return ""
    named = " and ".join(keys)
    if found.ground is Ground.ONE_SIDED:
        return f"Only one of them says for which {named}, so they need not mean the same; if they do, it is a conflict."
    return f"Only one of them says for which {named}."


def slip(reading: Reading, found: Comparison) -> str:
    """A hint where the ratio looks like a slip of period or scale; empty where it does not, or where all is well."""
    gap = found.distance
    if found.severity == 0 or gap.points or gap.near is None or gap.far is None:
        return ""
    flow = reading.period is not None
    for factor, words, periodic in _SLIPS:
        if (flow or not periodic) and all(abs(ratio / factor - 1) <= _SLIP_TOLERANCE for ratio in (gap.near, gap.far)):
            return f"The ratio is near {times(factor)}: {words}."
    return ""


def _reason(one: Difference) -> str:
    if not one.inside:
        return f"{one.key} differs ({one.left}, {one.right})"
    part, whole = (one.left, one.right) if one.inside == "left" else (one.right, one.left)
    return f"{one.key} differs ({part} is part of {whole})"


def scope_sentence(left: Side, right: Side, differences: Sequence[Difference], gap: Distance) -> str:
    """Why two numbers may not be compared, and how far apart they would be."""
    reasons = "; ".join(_reason(one) for one in differences)
    lead = f"{left.name}: {left.said}; {right.name}: {right.said}."
    spread = apart(left.reading.stated, right.reading.stated, left.reading.unit, gap)
    return " ".join(filter(None, [lead, f"Not comparable: {reasons}.", spread]))
