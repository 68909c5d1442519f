"""Which quantity does a text say? Leads, an amount or a range, rates, trails: read once, from left to right.

``figure_at`` reads the figure that begins at a token and goes no further; ``read_quantity`` wants a text that is one
figure from end to end.

Two ends in words (``from 5,000 to 18,000``, ``20 到 70``) or with the unit at both ends (``$3-$15``) are a spread. Two
ends around a dash with the unit said once (``$2-3k``) are an estimate; so are hedged ones, and those that the number
lies "somewhere" between. ``(spread)`` or ``(estimate)`` at the end of a text says it outright.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from kb.domain.notation import word
from kb.domain.notation.amount import Amount, amount_at, rescaled, unit_at
from kb.domain.notation.number import EXACT, FINEST, ONE, Number, ratio
from kb.domain.notation.numeral import number_at
from kb.domain.notation.phrase import Stance, lead_at, trail_at
from kb.domain.notation.token import Token
from kb.domain.noun import singular
from kb.domain.quantity import Bound, Hedge, RangeKind


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
    rates: tuple[tuple[Decimal, str], ...]
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
    rates: tuple[tuple[Decimal, str], ...]
    end: int


_OPENINGS = {"between": ("and",), "from": ("to", "through"), "从": ("到", "至"), "介于": ("和", "与", "到", "至")}
_MOST_LEADS = 5
_LOOSE = frozenset(("somewhere", "anywhere"))


def figure_at(tokens: Sequence[Token], at: int) -> Figure | None:
    """The figure that begins at ``at``, its leading words included; None where none does."""
    lead = _lead(tokens, at)
    found = _ends(tokens, lead) if lead else None
    if lead is None or found is None:
        return None
    stance = _own_stance(lead.stance, found)
    spread = _spread(found, lead, stance)
    one = behind(tokens, Figure(found.low, found.high, stance, spread, lead.rates, found.end))
    return _with_other_side(tokens, one)


def _lead(tokens: Sequence[Token], at: int) -> _Lead | None:
    stance, opening, loose = Stance(), "", False
    rates: tuple[tuple[Decimal, str], ...] = ()
    for _ in range(_MOST_LEADS):
        if at >= len(tokens):
            break
        if found := lead_at(tokens, at):
            both = stance.and_then(found[0])
            if both is None:
                return None
            loose = loose or tokens[at].low in _LOOSE
            stance, at = both, found[1]
        elif tokens[at].low in _OPENINGS and not opening:
            opening, at = tokens[at].low, at + 1
        elif tokens[at].low == "每" and not rates and (rate := _rate_at(tokens, at)):
            rates, at = (rate[0],), rate[1]
        else:
            break
    return _Lead(stance, opening, loose, rates, at)


def _ends(tokens: Sequence[Token], lead: _Lead) -> _Range | None:
    first = amount_at(tokens, lead.end)
    if first is None:
        return None
    joiner = _joiner(tokens, first.end, lead.opening)
    second = amount_at(tokens, joiner) if joiner else None
    if second is None:
        alone = _of_whole(tokens, first)
        return None if lead.opening == "between" else _Range(alone, alone, False, alone.end)
    return _joined(first, second, tokens[first.end].text[0] not in word.DASHES)


def _joiner(tokens: Sequence[Token], at: int, opening: str) -> int:
    """The index behind what joins two ends, or 0."""
    if at + 1 >= len(tokens):
        return 0
    token = tokens[at]
    if token.low in _OPENINGS.get(opening, ()) or token.text in word.DASHES or token.text == "--":
        return at + 1
    if opening or token.low not in word.JOINERS:
        return 0
    return at + 2 if token.low == "or" and tokens[at + 1].low == "even" else at + 1


def _joined(first: Amount, second: Amount, in_words: bool) -> _Range:
    twice = bool(first.unit and second.unit)
    low, high = rescaled(first, second), second
    if first.unit and not second.unit:
        high = rescaled(second, first)._replace(end=second.end)
    return _Range(low, high, in_words or twice, second.end)


def _of_whole(tokens: Sequence[Token], amount: Amount) -> Amount:
    """``40 out of 45``, ``one in five``, ``1 of 3`` as a fraction; any other amount stays as it is."""
    at = amount.end
    if amount.unit or amount.number.scale != ONE or amount.number.grain is None or at + 1 >= len(tokens):
        return amount
    if tokens[at].low == "out" and tokens[at + 1].low == "of":
        at += 2
    elif tokens[at].low in ("in", "of"):
        at += 1
    else:
        return amount
    at += at < len(tokens) and tokens[at].low in ("the", "every")
    whole = number_at(tokens, at)
    if not whole or whole.low < amount.number.high or not whole.low or whole.grain is None:
        return amount
    part = ratio(amount.number.low, whole.low)
    number = Number(part, part, FINEST, ONE, whole.end, amount.number.bound, amount.number.hedge, is_part=True)
    return Amount(number, "fraction", ONE, whole.end)


def _with_other_side(tokens: Sequence[Token], one: Figure) -> Figure:
    """``more than 20`` with ``and at most 30`` behind it as one range; else, and upside down, as it was."""
    if not (one.stance.bound.is_floor or one.stance.bound.is_ceiling) or one.low is not one.high:
        return one
    at = one.end
    for _ in range(2):
        at += at < len(tokens) and tokens[at].low in word.SIDES
    lead = _lead(tokens, at)
    if lead is None or lead.opening or not _opposite(one.stance.bound, lead.stance.bound):
        return one
    found = amount_at(tokens, lead.end)
    if found is None:
        return one
    other = behind(tokens, Figure(found, found, Stance(lead.stance.bound), None, (), found.end))
    return _two_sided(one, other) or one


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
        bound = number.bound if number.bound is not Bound.EXACT else None
        stance = stance.and_then((bound, number.hedge if number.hedge is not Hedge.NONE else None)) or stance
    return stance


def _spread(found: _Range, lead: _Lead, stance: Stance) -> RangeKind | None:
    if found.low.number.low == found.high.number.high:
        return None
    hedged = lead.loose or stance.hedge is not Hedge.NONE
    return RangeKind.SPREAD if found.in_words and not hedged else RangeKind.ESTIMATE


def behind(tokens: Sequence[Token], figure: Figure) -> Figure:
    """The figure with the rates and trailing words that follow it, in any order."""
    while figure.end < len(tokens):
        rate = _rate_at(tokens, figure.end)
        trail = None if rate else trail_at(tokens, figure.end)
        if rate:
            figure = figure._replace(rates=(*figure.rates, rate[0]), end=rate[1])
        elif trail and (stance := figure.stance.and_then(trail[0])):
            figure = figure._replace(stance=stance, end=trail[1])
        else:
            break
    return figure


def _rate_at(tokens: Sequence[Token], at: int) -> tuple[tuple[Decimal, str], int] | None:
    """``/ month``, ``per million tokens``, ``a year``, ``-a-month``, ``monthly``, ``每月``."""
    if at < len(tokens) and tokens[at].low in word.ADVERBS:
        return (ONE, word.ADVERBS[tokens[at].low]), at + 1
    at += _hyphen(tokens, at)
    if at + 1 >= len(tokens) or tokens[at].low not in word.PER:
        return None
    article = tokens[at].low in ("a", "an")
    at += 1
    at += _hyphen(tokens, at)
    scale, at = _rate_scale(tokens, at)
    said = unit_at(tokens, at)
    if said and said[1] == ONE and said[0] not in ("fraction", "multiple"):
        return (scale, said[0]), said[2]
    if article or at >= len(tokens) or tokens[at].kind != "word" or not _names_a_thing(tokens[at]):
        return None
    return (scale, singular(tokens[at].text)), at + 1


def _names_a_thing(token: Token) -> bool:
    return token.low not in word.NO_NOUNS and token.low != "cent" and len(token.text) > 1


def _hyphen(tokens: Sequence[Token], at: int) -> int:
    return 1 if 0 < at < len(tokens) and tokens[at].text == "-" and tokens[at - 1].end == tokens[at].start else 0


def _rate_scale(tokens: Sequence[Token], at: int) -> tuple[Decimal, int]:
    """How many of the noun are meant: per million, /1M, /M, 每百万."""
    if at + 1 >= len(tokens):
        return ONE, at
    low = tokens[at].low
    if low in word.SCALES or low in ("hundred", "dozen"):
        return Decimal(word.SCALES.get(low) or {"hundred": 100, "dozen": 12}[low]), at + 1
    if tokens[at].text in word.LETTERS and tokens[at + 1].kind == "word":
        return Decimal(word.LETTERS[tokens[at].text]), at + 1
    number = number_at(tokens, at)
    if not number or number.low != number.high or number.low <= 0 or number.is_part:
        return ONE, at
    return number.low, number.end


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
