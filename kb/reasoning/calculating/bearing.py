"""How do computed results bear on a stated number's bound? Which lie beyond it, and which keep to it but far off?"""

from collections.abc import Sequence
from fractions import Fraction

from kb.domain.finding import Pairing, Verdict
from kb.domain.interval import Interval
from kb.domain.wording import say, say_interval
from kb.reasoning.comparing.distance import distance
from kb.reasoning.comparing.leeway import Reading
from kb.reasoning.telling.apart import gap_words

_MOST = 4
"""So many results are told one by one."""


def is_beyond(result: Interval | None, stated: Reading) -> bool:
    """Whether ``stated`` has a bound and no value of ``result`` keeps to it."""
    return result is not None and bool(_limit(stated)) and not result.meets(stated.allowed)


def beyond(result: Interval, stated: Reading) -> str:
    """That a result lies beyond the bound of what is stated; empty where it does not."""
    if not is_beyond(result, stated):
        return ""
    return f"As it stands the result is {_side(stated, kept=False)} {_limit(stated)}, and so breaks it."


def bearing(others: Sequence[Pairing], stated: Reading, lead: str = "") -> str:
    """What results that are not told already come to, each once; empty for none and for what cannot be compared.

    ``lead`` stands in front; without it they are called the others.
    """
    told = {one.left_stated: one for one in others if one.left_stated and one.relation}
    far = {result: one for result, one in told.items() if _keeps_far_off(result, one, stated)}
    rest = [_one(one, result, stated) for result, one in told.items() if result not in far]
    aside = _far_off(list(far), stated)
    return " ".join(filter(None, [aside and lead + aside, _rest(rest, lead or _default(rest, also=bool(far)))]))


def _keeps_far_off(result: Interval, pairing: Pairing, stated: Reading) -> bool:
    unsettled = pairing.verdict in (Verdict.TENSION, Verdict.CONFLICT)
    return unsettled and bool(_limit(stated)) and stated.allowed.encloses(result)


def _far_off(results: Sequence[Interval], stated: Reading) -> str:
    """Which results keep to the bound and lie far from the number all the same."""
    if not results:
        return ""
    words = _and([say_interval(one, stated.unit) for one in results[:_MOST]], len(results))
    gaps = "; ".join(filter(None, (_apart(one, stated) for one in results[:_MOST])))
    keep, can = ("keeps", "It") if len(results) == 1 else ("keep", "They")
    lie = f"{'lies' if len(results) == 1 else 'lie'} far {_side(stated, kept=True)} it{gaps and ': '}{gaps}"
    kind = "ceiling" if stated.bound.is_ceiling else "floor"
    because = f"{can} can be true, because it is a {kind}; otherwise this would be a conflict."
    return f"{words} {keep} to {_limit(stated)}, but {lie}. {because}"


def _default(told: Sequence[str], *, also: bool) -> str:
    return "Of the others: " if also else "The other result: " if len(told) == 1 else "The other results: "


def _rest(told: Sequence[str], lead: str) -> str:
    if not told:
        return ""
    more = [] if len(told) <= _MOST else [f"and {len(told) - _MOST} more"]
    return lead + "; ".join([*told[:_MOST], *more]) + "."


def _and(words: Sequence[str], number: int) -> str:
    if number > len(words):
        return f"{', '.join(words)} and {number - len(words)} more"
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def _one(pairing: Pairing, result: Interval, stated: Reading) -> str:
    words = say_interval(result, stated.unit)
    if pairing.verdict is Verdict.AGREEMENT:
        return f"{words} agrees"
    if pairing.verdict is Verdict.ROUNDING:
        return f"{words} agrees but for rounding"
    gap = _apart(result, stated)
    what = f"breaks {_limit(stated)}" if is_beyond(result, stated) else f"is in {pairing.verdict}"
    return f"{words} {what}{gap and ': '}{gap}"


def _limit(stated: Reading) -> str:
    """The bound of a stated number as it was said; empty where it has none."""
    if stated.quantity is None or not stated.bounded:
        return ""
    return f"“{say(stated.quantity)}”"


def _side(stated: Reading, *, kept: bool) -> str:
    return "below" if stated.bound.is_ceiling is kept else "above"


def _apart(result: Interval, stated: Reading) -> str:
    gap = distance(result, stated.stated, points=stated.percent)
    return "" if gap.near in (None, Fraction(0), Fraction(1)) else gap_words(result, stated.stated, stated.unit, gap)
