"""Which quantity does a text say? Leads, an amount or a range, rates, trails: read once, from left to right.

``figure_at`` reads the figure that begins at a token and goes no further; ``read_quantity`` wants a text that is one
figure from end to end.

Two ends in words (``from 5,000 to 18,000``, ``20 到 70``) or with the unit at both ends (``$3-$15``) are a spread. Two
ends around a dash with the unit said once (``$2-3k``) are an estimate; so are hedged ones, and those that the number
lies "somewhere" between. ``(spread)`` or ``(estimate)`` at the end of a text says it outright.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple

from kb.domain.notation import word
from kb.domain.notation.amount import Amount, amount_at, rescaled
from kb.domain.notation.number import EXACT
from kb.domain.notation.numeral import number_at
from kb.domain.notation.phrase import Stance, between_at, lead_at, or_equal_at, trail_at
from kb.domain.notation.rate import Rate, rate_at
from kb.domain.notation.token import Token
from kb.domain.quantity import Bound, Hedge, RangeKind

Reader = Callable[[Sequence[Token], int], Amount | None]
"""What reads one end: ``amount_at`` with its unit, ``bare_at`` the number alone."""


class Figure(NamedTuple):
    """A quantity as it stands among tokens.

    Attributes:
        low: The first end.
        high: The second, or the first again.
        stance: Bound and hedge.
        spread: What two ends mean; None for one.
        rates: What it is per, in the order said: scale and noun, e.g. ``(10**6, "token")``.
        end: Index of the token behind it.
        low_open: Whether a range leaves out its low end.
        high_open: Whether it leaves out its high end.
    """

    low: Amount
    high: Amount
    stance: Stance
    spread: RangeKind | None
    rates: tuple[Rate, ...]
    end: int
    low_open: bool = False
    high_open: bool = False


class _Range(NamedTuple):
    low: Amount
    high: Amount
    in_words: bool
    end: int


class _Lead(NamedTuple):
    stance: Stance
    opening: str
    loose: bool
    rates: tuple[Rate, ...]
    end: int


OPENINGS = {
    **{"between": ("and",), "from": ("to", "through", "until"), "从": ("到", "至"), "從": ("到", "至")},
    **dict.fromkeys(("介于", "介於", "在", "位于", "位於", "处于"), ("和", "与", "與", "到", "至")),
}
"""Words before two ends, and what may join those ends then."""

_AND = frozenset(("和", "与", "與", "跟", "及"))
_MOST_LEADS = 5
_LOOSE = frozenset(("somewhere", "anywhere"))
"""Words that make two ends an estimate; ``anywhere from … to …`` says that both ends occur."""


def figure_at(tokens: Sequence[Token], at: int, read: Reader = amount_at) -> Figure | None:
    """The figure that begins at ``at``, its leading words included; None where none does."""
    lead = _lead(tokens, at)
    if lead is None or lead.end >= len(tokens):
        return None
    found = _ends(tokens, lead, read)
    if found is None:
        return _interval(tokens, at, read) if tokens[at].text in _BRACKETS else None
    stance = _own_stance(lead.stance, found)
    one = Figure(found.low, found.high, stance, _spread(found, lead, stance), lead.rates, found.end)
    return _with_other_side(tokens, _or_equal(tokens, behind(tokens, one, read)), read)


def _lead(tokens: Sequence[Token], at: int) -> _Lead | None:
    stance, opening, loose = Stance(), "", ""
    rates: tuple[Rate, ...] = ()
    for _ in range(_MOST_LEADS):
        if at >= len(tokens) or tokens[at].kind == "number":
            break
        if found := lead_at(tokens, at):
            both = stance.and_then(found[0])
            if both is None:
                return None
            loose = tokens[at].low if tokens[at].low in _LOOSE else loose
            stance, at = both, found[1]
        elif tokens[at].low in OPENINGS and not opening:
            opening, at = tokens[at].low, at + 1
        elif tokens[at].low == "每" and not rates and (rate := rate_at(tokens, at)):
            rates, at = (rate[0],), rate[1]
        else:
            break
    return _Lead(stance, opening, bool(loose) and (loose, opening) != ("anywhere", "from"), rates, at)


def _ends(tokens: Sequence[Token], lead: _Lead, read: Reader) -> _Range | None:
    first = read(tokens, lead.end)
    if first is None:
        return None
    place = joiner(tokens, first.end, lead.opening)
    second = read(tokens, place) if place else None
    found = _joined(first, second, tokens, place) if second else None
    if found is None:
        return None if lead.opening == "between" else _Range(first, first, False, first.end)
    return found


def joiner(tokens: Sequence[Token], at: int, opening: str = "") -> int:
    """The index behind what joins two ends, or 0: a dash, "to", "and" behind "between", 和 before 之间."""
    if at + 1 >= len(tokens):
        return 0
    token = tokens[at]
    if token.low in OPENINGS.get(opening, ()):
        return at + 1
    if token.text in word.DASHES or token.text == "--":
        return at + 1 if _spans(tokens, at) else 0
    if token.text in _AND:
        return at + 1
    if (opening and opening not in ("from", "从", "從")) or token.low not in word.JOINERS:
        return 0
    return at + 2 if token.low == "or" and tokens[at + 1].low == "even" else at + 1


def _spans(tokens: Sequence[Token], at: int) -> bool:
    """Whether the dash at ``at`` joins two numbers: no long one with room around it, no link of a telephone number."""
    dash, before, behind = tokens[at], tokens[at - 1], tokens[at + 1]
    touching = dash.start == before.end and behind.start == dash.end
    if dash.text == "\u2014":
        return touching
    linked = at > 1 and tokens[at - 2].text in _LINKS and tokens[at - 2].end == before.start
    if not touching or before.kind != "number" or behind.kind != "number":
        return True
    more = at + 3 < len(tokens) and tokens[at + 2].text in _LINKS and tokens[at + 2].start == behind.end
    return not (
        linked and at > 2 and tokens[at - 3].end == tokens[at - 2].start and tokens[at - 3].kind == "number"
    ) and not (more and tokens[at + 3].kind == "number" and tokens[at + 3].start == tokens[at + 2].end)


_LINKS = frozenset("-/")


def _joined(first: Amount, second: Amount, tokens: Sequence[Token], place: int) -> _Range | None:
    """Two amounts as one range; None where they are in two units, or the second is not above the first."""
    sign = tokens[first.end]
    end = second.end
    if sign.text in _AND and place == first.end + 1:
        end = between_at(tokens, second.end)
        if not end:
            return None
    if first.unit and second.unit and first.unit != second.unit:
        return None
    twice = bool(first.unit and second.unit)
    low, high = rescaled(first, second), second
    if first.unit and not second.unit:
        high = rescaled(second, first)._replace(end=second.end)
    if low.number.low > high.number.high:
        return None
    in_words = sign.text[0] not in word.DASHES
    return _Range(low, high, in_words or twice, end)


_BRACKETS = {"(": True, "[": False}
_CLOSING = {")": True, "]": False}


def _interval(tokens: Sequence[Token], at: int, read: Reader) -> Figure | None:
    """``(20, 30]``: a bracket leaves its end in, a parenthesis out; two of one kind are no interval."""
    low = read(tokens, at + 1)
    comma = low.end if low else len(tokens)
    high = read(tokens, comma + 1) if comma + 1 < len(tokens) and tokens[comma].text == "," else None
    if low is None or high is None or high.end >= len(tokens):
        return None
    closing = _CLOSING.get(tokens[high.end].text)
    if closing is None or closing == _BRACKETS[tokens[at].text] or low.number.low >= high.number.high:
        return None
    return Figure(low, high, Stance(Bound.RANGE), RangeKind.ESTIMATE, (), high.end + 1, not closing, closing)


def _or_equal(tokens: Sequence[Token], figure: Figure) -> Figure:
    """``less than 5000 or equal`` takes in what "less than" leaves out."""
    bound = figure.stance.bound
    end = or_equal_at(tokens, figure.end) if bound.is_strict else 0
    if not end or (end < len(tokens) and number_at(tokens, end)):
        return figure
    loose = Bound.AT_LEAST if bound is Bound.MORE_THAN else Bound.AT_MOST
    return figure._replace(stance=Stance(loose, figure.stance.hedge), end=end)


def _with_other_side(tokens: Sequence[Token], one: Figure, read: Reader) -> Figure:
    """``more than 20`` with ``and at most 30`` behind it as one range; else, and upside down, as it was."""
    if not (one.stance.bound.is_floor or one.stance.bound.is_ceiling) or one.low is not one.high:
        return one
    at = one.end
    for _ in range(2):
        at += at < len(tokens) and tokens[at].low in word.SIDES
    lead = _lead(tokens, at) if at < len(tokens) else None
    if lead is None or lead.opening or not _opposite(one.stance.bound, lead.stance.bound):
        return one
    found = read(tokens, lead.end)
    if found is None:
        return one
    plain = Figure(found, found, Stance(lead.stance.bound), None, (), found.end)
    return _two_sided(one, _or_equal(tokens, behind(tokens, plain, read))) or one


def _opposite(one: Bound, other: Bound) -> bool:
    return (one.is_floor and other.is_ceiling) or (one.is_ceiling and other.is_floor)


def _two_sided(one: Figure, other: Figure) -> Figure | None:
    floor, ceiling = (one, other) if one.stance.bound.is_floor else (other, one)
    if floor.low.unit and ceiling.low.unit and floor.low.unit != ceiling.low.unit:
        return None
    low, high = rescaled(floor.low, ceiling.low), rescaled(ceiling.low, floor.low)
    if low.number.low >= high.number.high:
        return None
    strict = floor.stance.bound.is_strict, ceiling.stance.bound.is_strict
    stance = Stance(Bound.RANGE, one.stance.hedge)
    return Figure(low, high, stance, RangeKind.ESTIMATE, one.rates + other.rates, other.end, *strict)


def _own_stance(stance: Stance, found: _Range) -> Stance:
    """The stance with what the number's own words say: 100 多万, dozens."""
    for number in (found.low.number, found.high.number):
        if number.bound is Bound.EXACT and number.hedge is Hedge.NONE:
            continue
        bound = number.bound if number.bound is not Bound.EXACT else None
        stance = stance.and_then((bound, number.hedge if number.hedge is not Hedge.NONE else None)) or stance
    return stance


def _spread(found: _Range, lead: _Lead, stance: Stance) -> RangeKind | None:
    if found.low.number.low == found.high.number.high:
        return None
    hedged = lead.loose or stance.hedge is not Hedge.NONE
    return RangeKind.SPREAD if found.in_words and not hedged else RangeKind.ESTIMATE


def behind(tokens: Sequence[Token], figure: Figure, read: Reader = amount_at) -> Figure:
    """The figure with the rates and trailing words that follow it, in any order."""
    while figure.end < len(tokens):
        rate = rate_at(tokens, figure.end) if read is amount_at else None
        trail = None if rate else trail_at(tokens, figure.end)
        if rate:
            figure = figure._replace(rates=(*figure.rates, rate[0]), end=rate[1])
        elif trail and (stance := figure.stance.and_then(trail[0])) and _closes(tokens, trail[1]):
            figure = figure._replace(stance=stance, end=trail[1])
        else:
            break
    return figure


def _closes(tokens: Sequence[Token], end: int) -> bool:
    """Whether a trail that ends in "than" really ends there: ``200 or greater than 190`` goes on."""
    return tokens[end - 1].low != "than" or end >= len(tokens) or number_at(tokens, end) is None


def lowest(figure: Figure) -> Decimal:
    """The lower end of ``figure`` in its unit."""
    return figure.low.number.low


def highest(figure: Figure) -> Decimal:
    """The upper end of ``figure`` in its unit."""
    return figure.high.number.high


def grain(figure: Figure) -> Decimal | None:
    """The finer granularity of the two ends; None where neither had a digit."""
    grains = [end.number.grain for end in (figure.low, figure.high) if end.number.grain is not None]
    return min(grains) if grains else None


def divided(value: Decimal, by: Decimal) -> Decimal:
    """``value / by`` where that is a decimal; for rates that no unit's name counts.

    Raises:
        decimal.Inexact: It is none.
    """
    return EXACT.divide(value, by)
