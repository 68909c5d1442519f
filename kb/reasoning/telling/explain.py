"""What is a reader told of two numbers? Both, how far apart they lie, why the verdict is so, and what is unsure."""

from collections.abc import Sequence
from typing import NamedTuple

from kb.domain.interval import Interval
from kb.reasoning.comparing.distance import Distance
from kb.reasoning.comparing.leeway import Reading
from kb.reasoning.comparing.verdict import Comparison, Ground
from kb.reasoning.scope import Difference
from kb.reasoning.telling.apart import apart
from kb.reasoning.telling.because import because
from kb.reasoning.telling.side import Side
from kb.reasoning.telling.slip import slip


class Unsure(NamedTuple):
    """A scope key on which it is not sure that both speak of one thing: what each gives, empty for nothing."""

    key: str
    left: str
    right: str


def sentence(left: Side, right: Side, found: Comparison, unsure: Sequence[Unsure] = ()) -> str:
    """Both numbers, how far they lie apart, and why the verdict is what it is."""
    lead = f"{left.name}: {left.said}; {right.name}: {right.said}."
    parts = [lead, _ends(found) + _gap(left.reading, right.reading, found), because(left, right, found)]
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


def _unspecified(unsure: Sequence[Unsure], found: Comparison) -> str:
    if not unsure:
        return ""
    alone = {
        "first": [one.key for one in unsure if not one.right],
        "second": [one.key for one in unsure if not one.left],
    }
    told = [f"only the {which} says {_asked(keys)}" for which, keys in alone.items() if keys]
    both = [one for one in unsure if one.left and one.right]
    told += [_both_given(one) for one in both]
    so = ", so they need not mean the same; if they do, it is a conflict" if found.ground is Ground.ONE_SIDED else ""
    words = "; ".join(told)
    return f"{words[:1].upper()}{words[1:]}{so}."


def _asked(keys: Sequence[str]) -> str:
    """``for which place and plan, as of when``"""
    named = " and ".join(key for key in keys if key != "as-of")
    return ", ".join([*([f"for which {named}"] if named else []), *(["as of when"] if "as-of" in keys else [])])


def _both_given(one: Unsure) -> str:
    if one.key == "as-of":
        return f"the first is as of {one.left}, the second of {one.right}"
    return f"the first gives {one.left} as {one.key}, the second {one.right}"


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
