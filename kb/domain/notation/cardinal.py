"""How many do English words count? Eighteen, one hundred and three, twenty-one trillion and three hundred, a dozen."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from kb.domain.notation import word
from kb.domain.notation.digits import digits
from kb.domain.notation.number import EXACT
from kb.domain.notation.token import Token

MOST = 10**24
"""Scale words multiply up to this."""


class Count(NamedTuple):
    """A number in words.

    Attributes:
        value: How many.
        scale: What its last part is counted in: 10**6 in "three million", 1 in "one hundred and three".
        end: Index of the token behind it.
    """

    value: Decimal
    scale: int
    end: int


def cardinal(tokens: Sequence[Token], at: int, stop: int) -> Count | None:
    """The count that begins at ``at`` and ends before ``stop``; None where none begins.

    It is a sum of parts in falling order, each a number below a thousand and its scale; digits may stand for words
    (``3 hundred and 21``, ``4 thousand 3 hundred``), but not where they would only stand side by side.
    """
    first = _part(tokens, at, stop)
    if first is None:
        return None
    total, scale, end = first
    while scale > 1 and end < stop and total == total.to_integral_value():
        place = end + (tokens[end].low == "and")
        more = _part(tokens, place, stop)
        if more is None or more.scale >= scale or not more.value or _only_beside(tokens, place, more):
            break
        total, scale, end = EXACT.add(total, more.value), more.scale, more.end
    return Count(total, scale, end)


def _only_beside(tokens: Sequence[Token], at: int, more: Count) -> bool:
    return tokens[at].kind == "number" and more.end == at + 1


def _part(tokens: Sequence[Token], at: int, stop: int) -> Count | None:
    group = _group(tokens, at, stop)
    if group is None:
        return None
    value, small, end = group
    scale = 1
    while end < stop and scale < MOST and (factor := word.SCALES.get(tokens[end].low)):
        scale, end = scale * factor, end + 1
    return Count(EXACT.multiply(value, Decimal(scale)), scale if scale > 1 else small, end)


def _group(tokens: Sequence[Token], at: int, stop: int) -> Count | None:
    """A number below a thousand: seven; forty-two; one hundred and three; three hundred and two dozen."""
    found = _article(tokens, at, stop) or _small(tokens, at, stop)
    if found is None or found.end >= stop:
        return found
    low = tokens[found.end].low
    if low in word.HUNDREDS and found.value:
        return _hundreds(tokens, found.value * 100, found.end + 1, stop)
    if low in word.DOZENS and found.value:
        return Count(found.value * 12, 12, found.end + 1)
    return found


def _article(tokens: Sequence[Token], at: int, stop: int) -> Count | None:
    """A hundred, a dozen; and a hundred that is only said before a larger scale: hundred thousand."""
    if at + 1 >= stop:
        return None
    low, behind = tokens[at].low, tokens[at + 1].low
    if low == "a" and (behind in word.HUNDREDS or behind in word.SCALES or behind in word.DOZENS):
        return Count(Decimal(1), 1, at + 1)
    return Count(Decimal(1), 1, at) if low == "hundred" and behind in word.SCALES else None


def _hundreds(tokens: Sequence[Token], value: Decimal, at: int, stop: int) -> Count:
    joined = at < stop and tokens[at].low == "and"
    more = _small(tokens, at + joined, stop)
    if more is None or not 0 < more.value < 100 or more.value != more.value.to_integral_value():
        return Count(value, 100, at)
    behind = tokens[more.end].low if more.end < stop else ""
    if behind in word.HUNDREDS or (tokens[more.end - 1].kind == "number" and not joined):
        return Count(value, 100, at)
    if behind in word.DOZENS:
        return Count(value + more.value * 12, 1, more.end + 1)
    return Count(value + more.value, 1, more.end)


def _small(tokens: Sequence[Token], at: int, stop: int) -> Count | None:
    """Below a hundred in words, or digits: seven, forty-two, fifty - two, fifty two."""
    if at >= stop:
        return None
    low = tokens[at].low
    if low in word.UNITS:
        return Count(Decimal(word.UNITS[low]), 1, at + 1)
    if low in word.TENS:
        place = at + 1 + joined(tokens, at + 1)
        unit = word.UNITS.get(tokens[place].low, 0) if place < stop else 0
        if 0 < unit < 10:
            return Count(Decimal(word.TENS[low] + unit), 1, place + 1)
        return Count(Decimal(word.TENS[low]), 1, at + 1)
    said = digits(tokens[at].text) if tokens[at].kind == "number" else None
    return Count(said.value, 1, at + 1) if said else None


def joined(tokens: Sequence[Token], at: int) -> bool:
    """Whether a hyphen stands at ``at`` with as much room before it as behind: thirty-two, thirty - two."""
    if not 0 < at < len(tokens) - 1 or tokens[at].text != "-":
        return False
    before, behind = tokens[at].start - tokens[at - 1].end, tokens[at + 1].start - tokens[at].end
    return before == behind <= 2
