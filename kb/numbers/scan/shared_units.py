"""Lists whose last member alone names the scale or the unit: ``$2, $3 and $5 million``, ``10, 20 or 30 years``."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from kb.domain.quantity import PERIODS, Bound, Quantity
from kb.domain.unit.names import CURRENCIES
from kb.numbers.lexicon import LEXICON
from kb.numbers.notation import read_quantity
from kb.numbers.notation_notes import NotationError
from kb.numbers.number import ONE
from kb.numbers.scan.mention import FigureMention, is_measure, kind_of

_SIGNS = "".join(sorted(sign for sign in LEXICON.units.money_signs if len(sign) == 1))
_NUMBER = rf"[{re.escape(_SIGNS)}]?\s?\d+(?:[.,]\d+)*"
_LAST_LINKS = "|".join(sorted(map(re.escape, LEXICON.prose.list_links), key=len, reverse=True))
_ALTERNATIVE_LINKS = "|".join(sorted(map(re.escape, LEXICON.bounds.alternatives), key=len, reverse=True))
_COMMA = re.compile(r",\s|、")
# "7-5 million" names the upper end first: no range, but two amounts in millions.
_DASHES = ("-", "–")
_JOINERS = "|".join(sorted(map(re.escape, LEXICON.bounds.joiners)))
_LINK = re.compile(rf"[-–]|\s?(?:{_JOINERS})\s?|(?:,?\s|、)?(?:{_LAST_LINKS})\s?", re.IGNORECASE)
_BARE = re.compile(rf"(?:.*[^\d.,])??(?P<number>{_NUMBER})(?P<scale>\s?[^\W\d_]+)?", re.DOTALL)
_LAST = re.compile(rf"(?P<number>{_NUMBER})(?P<tail>\D.*)?", re.DOTALL)
_ALTERNATIVES = re.compile(
    rf"(?P<first>{_NUMBER}),?\s?(?:{_ALTERNATIVE_LINKS})\s?(?P<last>{_NUMBER}(?:\D.*)?)", re.DOTALL
)
_FIRST_WORD = re.compile(r"\s?[^\W\d_]+\.?")
# "$500 and $2 million" are two amounts; the members of a list that shares a scale are of like size.
_MOST_APART = 20
_MOST_BEFORE_SCALE = 1000


class _Shared(NamedTuple):
    factor: Decimal
    unit: str


def with_shared_units(mentions: Sequence[FigureMention], text: str) -> list[FigureMention]:
    """``mentions``, with the scale and unit of a list's last member given to those before it."""
    apart = _with_alternatives_apart(mentions, text)
    for last in range(1, len(apart)):
        first = _first_of_list(apart, last, text)
        if first == last:
            continue
        if last - first > 1 or text[apart[first].end : apart[last].start] in _DASHES:
            apart[last] = _with_sign(apart[last], apart[first])
        if shared := _shared(apart[last]):
            members = apart[first:last]
            apart[first:last] = [_sharing(member, apart[last], shared, last - first) for member in members]
    return apart


def _with_alternatives_apart(mentions: Sequence[FigureMention], text: str) -> list[FigureMention]:
    """``mentions``, with the range of a list's last two members taken apart: ``10, 20 or 30 years``."""
    apart: list[FigureMention] = []
    for mention in mentions:
        ends = _ALTERNATIVES.fullmatch(mention.quantity.as_written) if mention.quantity.bound is Bound.RANGE else None
        in_list = bool(apart) and _COMMA.fullmatch(text[apart[-1].end : mention.start]) is not None
        if ends is None or not in_list or not _BARE.fullmatch(apart[-1].quantity.as_written):
            apart.append(mention)
            continue
        for part, value in (("first", mention.quantity.low), ("last", mention.quantity.high)):
            start, end = ends.span(part)
            quantity = replace(
                mention.quantity, low=value, high=value, bound=Bound.EXACT, spread=None, as_written=ends[part]
            )
            apart.append(replace(mention, start=mention.start + start, end=mention.start + end, quantity=quantity))
    return apart


def _first_of_list(mentions: Sequence[FigureMention], last: int, text: str) -> int:
    """The place of the first member of the list that ends at ``last``; ``last`` itself where none does."""
    first, link = last, _LINK
    while first and not mentions[first - 1].left_out:
        if not link.fullmatch(text[mentions[first - 1].end : mentions[first].start]):
            break
        first, link = first - 1, _COMMA
    return first


def _with_sign(last: FigureMention, first: FigureMention) -> FigureMention:
    """``last`` in the money whose sign stands before the ``first`` alone: ``$7-5 million``, ``€2, 3 and 5 million``."""
    quantity, unit = last.quantity, first.quantity.unit
    has_sign = unit in CURRENCIES and first.quantity.as_written[:1] in LEXICON.units.money_signs
    scaled = not quantity.unit and _BARE.fullmatch(first.quantity.as_written)
    literal = _LAST.fullmatch(quantity.as_written)
    if not (has_sign and scaled and literal and literal["tail"]):
        return last
    return replace(last, quantity=replace(quantity, unit=unit), kind=kind_of(unit))


def _shared(last: FigureMention) -> _Shared | None:
    """What stands behind the number of ``last``: how much it multiplies by, and its unit."""
    literal = _LAST.fullmatch(last.quantity.as_written)
    if literal is None or last.left_out or last.quantity.low != last.quantity.high or not literal["tail"]:
        return None
    sign, tail = literal["number"].rstrip("0123456789., "), literal["tail"]
    word = _FIRST_WORD.match(tail)
    for words in (tail, word[0] if word else ""):
        if (one := _quantity(f"{sign}1{words}")) and one.low:
            return _Shared(one.low, last.quantity.unit)
    return None


def _quantity(words: str) -> Quantity | None:
    try:
        return read_quantity(words, "1")
    except NotationError:
        return None


def _sharing(member: FigureMention, last: FigureMention, shared: _Shared, before: int) -> FigureMention:
    """``member`` in the unit and the scale of the ``last``, where it states none and the two are of like size."""
    quantity, end = member.quantity, last.quantity.low
    bare = _BARE.fullmatch(quantity.as_written)
    if bare is None or quantity.low is None or quantity.low != quantity.high or not end:
        return member
    base = shared.unit.partition("/")[0]
    if quantity.unit not in ("", base) or (quantity.unit and base not in CURRENCIES):
        return member
    if bare["scale"]:
        is_money = not quantity.unit and base in CURRENCIES
        return _in(member, quantity.low, shared.unit, quantity.granularity) if is_money else member
    value = quantity.low * shared.factor
    if shared.factor == ONE:
        goes = base in CURRENCIES or base in PERIODS or is_measure(base) or before > 1
        return _in(member, value, shared.unit, quantity.granularity) if goes and base else member
    apart = max(abs(value), abs(end)) / min(abs(value), abs(end)) if value else ONE
    if apart > _MOST_APART or (shared.factor > ONE and quantity.low >= _MOST_BEFORE_SCALE):
        return member
    grain = quantity.granularity * shared.factor if quantity.granularity is not None else None
    return _in(member, value, shared.unit, grain)


def _in(member: FigureMention, value: Decimal, unit: str, grain: Decimal | None) -> FigureMention:
    quantity = replace(member.quantity, low=value, high=value, unit=unit, granularity=grain)
    return replace(member, quantity=quantity, kind=kind_of(unit))
