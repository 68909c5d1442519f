"""Why is the verdict what it is? The reason in words, made from the intervals that decided it."""

from kb.domain.finding import Verdict
from kb.domain.interval import Interval
from kb.domain.quantity import Hedge
from kb.domain.wording import say_interval
from kb.reasoning.comparing.leeway import Reading
from kb.reasoning.comparing.verdict import Comparison, Ground, lies_past
from kb.reasoning.telling.side import Side

_HEDGE_WORDS = {
    Hedge.ABOUT: "the hedge “about”",
    Hedge.NEARLY: "the hedge “nearly”",
    Hedge.JUST_OVER: "the hedge “just over”",
    Hedge.ORDER_OF_MAGNITUDE: "the order of magnitude",
}


def because(left: Side, right: Side, found: Comparison) -> str:
    """One or two sentences for the ground of ``found``; empty where scopes are the ground."""
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
    alone = left.reading.loosened.meets(right.reading.loosened)
    told = (f"{one.said} may be {say_interval(_room_of(one.reading, alone), one.reading.unit)}" for one in hedged)
    return f"{words}{'' if alone else ' and rounding'}{then}: {'; '.join(told)}"


def _room_of(reading: Reading, alone: bool) -> Interval:
    return reading.loosened if alone else reading.widened
