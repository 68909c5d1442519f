"""Why is the verdict what it is? Sentences made from the comparison's own numbers, for a pocket calculator."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from kb.domain.finding import Verdict
from kb.domain.interval import Interval
from kb.domain.quantity import Hedge
from kb.domain.wording import say, say_interval
from kb.reasoning.exchange import Conversion, Exchange
from kb.reasoning.leeway import Reading
from kb.reasoning.scope import Difference
from kb.reasoning.verdict import Comparison, Distance, Ground, decimal, has_places, lies_past


class _Slip(NamedTuple):
    """A factor by which numbers go wrong, how that comes about, and which numbers it happens to."""

    factor: Fraction
    words: str
    flows: bool = False
    shares: bool = False


_SLIPS = (
    _Slip(Fraction(12), "a month may have been taken for a year (12 times)", flows=True),
    _Slip(Fraction(365, 12), "a day may have been taken for a month (365 / 12 = 30.4 times)", flows=True),
    _Slip(Fraction(100), "a fraction may have been taken for a percentage", shares=True),
    _Slip(Fraction(1000), "a step of a thousand may have been lost (k, M, bn)"),
    _Slip(Fraction(10000), "a step of ten thousand may have been lost (万)"),
)
_SLIP_TOLERANCE = Fraction(2, 100)

_HEDGE_WORDS = {
    Hedge.ABOUT: "the hedge “about”",
    Hedge.NEARLY: "the hedge “nearly”",
    Hedge.JUST_OVER: "the hedge “just over”",
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
    if reading.allowed == reading.stated or not reading.bounded:
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


class Unsure(NamedTuple):
    """A scope key on which it is not sure that both speak of one thing: what each gives, empty for nothing."""

    key: str
    left: str
    right: str


def sentence(left: Side, right: Side, found: Comparison, unsure: Sequence[Unsure] = ()) -> str:
    """Both numbers, how far they lie apart, and why the verdict is what it is."""
    lead = f"{left.name}: {left.said}; {right.name}: {right.said}."
    parts = [lead, _ends(found) + _gap(left.reading, right.reading, found), _because(left, right, found)]
    return " ".join(filter(None, [*parts, _unspecified(unsure, found), slip(left.reading, right.reading, found)]))


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


class _Gap(NamedTuple):
    """How far two numbers lie apart: ``$40`` or ``8 points``, or as a ratio ``2``; and the sum that shows it."""

    size: str
    is_ratio: bool
    steps: str


def apart(left: Interval, right: Interval, unit: str, gap: Distance) -> str:
    """How far two stated intervals lie apart, with the division or subtraction that shows it; empty where they meet."""
    if left.meets(right):
        return ""
    if gap.near is None:
        lower, upper = _ordered(left, right)
        return f"{say_interval(lower, unit)} and {say_interval(upper, unit)} differ in sign, or one is zero: no ratio."
    told = _gap_between(left, right, unit, gap)
    return (
        f"That is {told.size} times as much{told.steps}."
        if told.is_ratio
        else f"They lie {told.size} apart{told.steps}."
    )


def gap_words(left: Interval, right: Interval, unit: str, gap: Distance) -> str:
    """The same as part of a sentence: ``8 points apart (5% − (−3%) = 8 points)``, ``a factor of 2 (40 / 20 = 2)``."""
    if left.meets(right) or gap.near is None:
        return ""
    told = _gap_between(left, right, unit, gap)
    return f"a factor of {told.size}{told.steps}" if told.is_ratio else f"{told.size} apart{told.steps}"


def _gap_between(left: Interval, right: Interval, unit: str, gap: Distance) -> _Gap:
    lower, upper = _ordered(left, right)
    near = (upper.low or Fraction(0)) - (lower.high or Fraction(0))
    if gap.points:
        told = say_points(near)
        return _Gap(
            told, False, f" ({_percent(upper.low or Fraction(0))} − {_percent(lower.high or Fraction(0))} = {told})"
        )
    ratios, steps = _ratios_shown(lower, upper, gap)
    if ratios == ["1"]:
        return _Gap(say_interval(Interval.at(near), unit), False, "")
    return _Gap(" to ".join(ratios), True, f" ({'; '.join(steps)})")


def _ordered(left: Interval, right: Interval) -> tuple[Interval, Interval]:
    return (left, right) if _below(left, right) else (right, left)


def _below(left: Interval, right: Interval) -> bool:
    return left.high is not None and right.low is not None and left.high < right.low


def say_points(value: Fraction) -> str:
    """A difference between two fractions in percentage points.

    >>> say_points(Fraction(9, 1000)), say_points(Fraction(1, 100))
    ('0.9 points', '1 point')
    """
    told = number(value * 100)
    return f"{told} point" if told == "1" else f"{told} points"


def _percent(value: Fraction) -> str:
    return f"(−{number(-value * 100)}%)" if value < 0 else f"{number(value * 100)}%"


def _ratios_shown(lower: Interval, upper: Interval, gap: Distance) -> tuple[list[str], list[str]]:
    """Nearest and farthest ends as ratios, and the divisions that show them."""
    told: dict[str, str] = {}
    for ratio, ends in ((gap.near, (lower.high, upper.low)), (gap.far, (lower.low, upper.high))):
        small, large = sorted(abs(end) for end in ends if end is not None) if None not in ends else (None, None)
        if ratio is None or small is None or large is None:
            continue
        sign = "=" if has_places(ratio, 2) else "≈"
        told.setdefault(times(ratio), f"{number(large)} / {number(small)} {sign} {times(ratio)}")
    return list(told), list(told.values())


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
            return _meeting(left, right)
        case Ground.WITHIN_BOUND:
            return _within(left, right)
        case Ground.ONLY_BOUND | Ground.SAME_SIDE | Ground.FACING:
            return _by_bounds(left, right, found)
        case Ground.ONLY_HEDGE:
            return f"Only {_room(left, right, ' lets both be true')}. Without it, this would be a conflict."
        case Ground.OPPOSED:
            return "One is a lower limit and the other an upper limit, and no value satisfies both."
        case Ground.ONE_SIDED | Ground.APART:
            return "No rounding, bound or hedge makes them meet."
        case Ground.SCOPE:
            return ""
        case _:
            return _by_rounding(left, right, found)


def _by_bounds(left: Side, right: Side, found: Comparison) -> str:
    """Why both can be true; a computed number sets no limit of its own, it is open where its inputs are."""
    computed = left.reading.quantity is None
    if found.ground is Ground.ONLY_BOUND or (computed and found.ground is Ground.FACING):
        return f"Both can be true, because {_open_sides(left, right)}; otherwise this would be a conflict."
    if computed:
        return f"Both can be true, because {_may_lie(left)}; otherwise this would be a conflict."
    if found.ground is Ground.FACING:
        return f"{_open_sides(left, right)}: both are true of what lies between."
    which = ("floors", "higher") if left.reading.bound.is_floor else ("ceilings", "lower")
    return f"Both are {which[0]}: both can be true, and the {which[1]} one says more."


def _by_rounding(left: Side, right: Side, found: Comparison) -> str:
    match found.ground:
        case Ground.ROUNDED:
            lead = "They may be the same, rounded to the last digit given"
            return f"{_left_out(left, right)}{lead}: {_steps(left, right, 'rounded')}."
        case Ground.TRUNCATED:
            return f"They may be the same, cut off after the last digit: {_steps(left, right, 'truncated')}."
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
    """Which side of a number the other lies on, though the words say that it does not."""
    words = [
        f"“{one.said}” leaves out {_shared(one, other)}"
        if one.reading.stated.meets(other.reading.stated)
        else f"{_open_side(one)} and {other.said} lies {'below' if _is_lower(one.reading) else 'above'} it"
        for one, other in ((left, right), (right, left))
        if lies_past(other.reading, one.reading)
    ]
    return " and ".join(dict.fromkeys(words))


def _is_lower(reading: Reading) -> bool:
    return reading.leaning is not None and reading.leaning.high is None


def _left_out(left: Side, right: Side) -> str:
    """That one's words leave out the very number that the other says."""
    ones = ((left, right), (right, left))
    if not left.reading.stated.meets(right.reading.stated):
        return ""
    return "".join(f"“{one.said}” leaves out {_shared(one, other)}. " for one, other in ones if one.reading.leaning)


def _shared(one: Side, other: Side) -> str:
    """The numbers that both state."""
    shared = one.reading.stated.overlap(other.reading.stated)
    return say_interval(shared, one.reading.unit) if shared else other.said


def _steps(left: Side, right: Side, how: str) -> str:
    touching = left.reading.stated.meets(right.reading.stated)
    spans = [
        f"{one.said} may stand for {say_interval(_stands_for(one.reading, how, other.reading), one.reading.unit)}"
        for one, other in ((left, right), (right, left))
        if getattr(one.reading, how).meets(other.reading.stated) and not (touching and one.reading.leaning)
    ]
    return "; ".join(spans)


def _stands_for(reading: Reading, how: str, other: Reading) -> Interval:
    """What a number may stand for as rounded or cut off, and no farther than its hedge reaches if that suffices.

    "Nearly" and "just over" name one side only.
    """
    span: Interval = getattr(reading, how)
    if reading.leaning and reading.one_way:
        return span.overlap(reading.leaning) or span
    hedged = span.overlap(reading.loosened) if reading.hedge is not Hedge.NONE else None
    return hedged if hedged and hedged.meets(other.stated) else span


def _open_sides(left: Side, right: Side) -> str:
    """The bounds that let both be true: each that does so alone, else both."""
    alone = [one for one, other in ((left, right), (right, left)) if one.reading.allowed.meets(other.reading.stated)]
    words = [_may_lie(one) if one.reading.quantity is None else _open_side(one) for one in alone or (left, right)]
    return " and ".join(filter(None, words)) or "a bound leaves room"


def _may_lie(one: Side) -> str:
    """That a computed number is open to one side; empty where it is not."""
    if not _open_side(one):
        return ""
    where = "higher" if one.reading.bound.is_floor else "lower"
    return f"the result may also lie {where}: a number that goes into it is only a limit"


def _open_side(one: Side) -> str:
    if one.reading.leaning is None:
        return ""
    if one.reading.bounded:
        return f"“{one.said}” is a {'floor' if one.reading.bound.is_floor else 'ceiling'}"
    return f"“{one.said}” means {'less' if one.reading.hedge is Hedge.NEARLY else 'more'} than that"


def _meeting(left: Side, right: Side) -> str:
    told = _shared(left, right)
    if left.reading.stated != right.reading.stated:
        return _meeting_place(left.reading, right.reading, told)
    same = (left.reading.bound, left.reading.hedge) == (right.reading.bound, right.reading.hedge)
    return "The numbers are the same." if same else f"Both name {told}."


def _meeting_place(left: Reading, right: Reading, told: str) -> str:
    """Where two different statements meet: at what both state, unless one's words leave that out."""
    stated, allowed = left.stated.overlap(right.stated), left.allowed.overlap(right.allowed)
    if allowed and not (stated and allowed.encloses(stated)):
        return f"Both allow {say_interval(allowed, left.unit)}."
    return f"The stated values meet at {told}."


def _within(left: Side, right: Side) -> str:
    if not left.reading.allowed.meets(right.reading.allowed):
        return f"They agree within {_room(left, right)}."
    return f"They agree within the bound: {_open_sides(left, right)}."


def _room(left: Side, right: Side, then: str = "") -> str:
    """The hedges that let two numbers meet, ``then``, and what each gives; other room where there is none."""
    hedged = [one for one in (left, right) if one.reading.hedge in _HEDGE_WORDS]
    if not hedged:
        return f"the room that hedge and rounding leave together{then}"
    words = " and ".join(dict.fromkeys(_HEDGE_WORDS[one.reading.hedge] for one in hedged))
    told = (f"{one.said} may be {say_interval(one.reading.loosened, one.reading.unit)}" for one in hedged)
    return f"{words}{then}: {'; '.join(told)}"


def _unspecified(unsure: Sequence[Unsure], found: Comparison) -> str:
    if not unsure:
        return ""
    alone = {
        "first": [one.key for one in unsure if not one.right],
        "second": [one.key for one in unsure if not one.left],
    }
    told = [f"only the {which} says for which {' and '.join(keys)}" for which, keys in alone.items() if keys]
    both = [one for one in unsure if one.left and one.right]
    told += [_both_given(one) for one in both]
    so = ", so they need not mean the same; if they do, it is a conflict" if found.ground is Ground.ONE_SIDED else ""
    words = "; ".join(told)
    return f"{words[:1].upper()}{words[1:]}{so}."


def _both_given(one: Unsure) -> str:
    if one.key == "as-of":
        return f"the first is as of {one.left}, the second of {one.right}"
    return f"the first gives {one.left} as {one.key}, the second {one.right}"


def slip(left: Reading, right: Reading, found: Comparison) -> str:
    """A hint where the ratio looks like a slip of period or scale; empty where it does not, or where all is well."""
    ratios = _ratios(left.stated, right.stated)
    if found.severity == 0 or not ratios:
        return ""
    for one in _SLIPS:
        fits = (left.period is not None or not one.flows) and (left.percent or not one.shares)
        if fits and all(abs(ratio / one.factor - 1) <= _SLIP_TOLERANCE for ratio in ratios):
            return f"The ratio is near {times(one.factor)}: {one.words}."
    return ""


def _ratios(left: Interval, right: Interval) -> list[Fraction]:
    """Low end to low end and high end to high end, larger over smaller; none where one is absent or not above zero."""
    ends = [(left.low, right.low), (left.high, right.high)]
    whole = [(one, other) for one, other in ends if one is not None and other is not None and one > 0 and other > 0]
    return [max(one, other) / min(one, other) for one, other in whole] if len(whole) == len(ends) else []


def _reason(one: Difference) -> str:
    verb = "differ" if one.key.endswith("s") and not one.key.endswith("ss") else "differs"
    if not one.inside:
        return f"{one.key} {verb} ({one.left}, {one.right})"
    part, whole = (one.left, one.right) if one.inside == "left" else (one.right, one.left)
    return f"{one.key} {verb} ({part} is part of {whole})"


def scope_sentence(left: Side, right: Side, differences: Sequence[Difference], gap: Distance) -> str:
    """Why two numbers may not be compared, and how far apart they would be."""
    reasons = "; ".join(_reason(one) for one in differences)
    lead = f"{left.name}: {left.said}; {right.name}: {right.said}."
    spread = apart(left.reading.stated, right.reading.stated, left.reading.unit, gap)
    return " ".join(filter(None, [lead, f"Not comparable: {reasons}.", spread]))
