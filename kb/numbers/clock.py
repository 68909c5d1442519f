"""Durations as clocks show them: 1:45:30, 2:15 h, 12:34 min.

Three parts are hours, minutes and seconds. Of two the unit behind them says whether they are hours or minutes; without
one they are a time of day, a ratio or a score.
"""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from kb.numbers.lexicon import LEXICON
from kb.numbers.number import ONE, Amount, Number, digits
from kb.numbers.token import Token
from kb.numbers.unit_expression import unit_at

_JOINERS = LEXICON.bounds.joiners | frozenset("-–—~～")
_SIXTY = 60
_BELOW = {"hour": "minute", "minute": "second"}


def clock_at(tokens: Sequence[Token], at: int) -> Amount | None:
    """The duration that begins at ``at``, in the smallest of its units; None if none does."""
    end = _end(tokens, at)
    if not end:
        return None
    parts = [tokens[place].text for place in range(at, end, 2)]
    named = unit_at(tokens, end)
    if len(parts) == _THREE:
        behind = named.end if named and named.unit == "hour" else end
        return Amount(_number(parts, end), "second", ONE, behind)
    if named and named.unit in _BELOW:
        return Amount(_number(parts, end), _BELOW[named.unit], ONE, named.end)
    unit = _unit_of_second(tokens, end)
    return Amount(_number(parts, end), _BELOW[unit], ONE, end) if unit else None


_THREE = 3


def _end(tokens: Sequence[Token], at: int) -> int:
    """The index behind two or three numbers that colons join without a blank, all but the first below sixty; else 0."""
    if at + 2 >= len(tokens) or tokens[at].kind != "number" or tokens[at + 1].text != ":":
        return 0
    end = at + 1
    while end + 1 < len(tokens) and tokens[end].text == ":" and tokens[end + 1].kind == "number":
        end += 2
    count = (end - at + 1) // 2
    tied = at > 0 and tokens[at - 1].text == ":" and tokens[at - 1].end == tokens[at].start
    touching = all(left.end == right.start for left, right in pairwise(tokens[at:end]))
    if tied or not touching or count not in (_THREE - 1, _THREE):
        return 0
    first, *others = (tokens[place].text for place in range(at, end, 2))
    whole = [*others[:-1], others[-1].partition(".")[0]]
    is_clock = first.isdigit() and len(first) <= _THREE and all(_is_below_sixty(part) for part in whole)
    return end if is_clock else 0


def _is_below_sixty(part: str) -> bool:
    return len(part) == 2 and part.isdigit() and int(part) < _SIXTY


def _number(parts: Sequence[str], end: int) -> Number:
    value = clock_value(parts)
    last = digits(parts[-1])
    return Number(value, value, last.grain if last and not last.is_whole else ONE, ONE, end, digits=True)


def clock_value(parts: Sequence[str]) -> Decimal:
    """How many of the smallest unit ``parts`` make, each sixty of the next.

    >>> str(clock_value(["1", "45", "30"])), str(clock_value(["12", "34.5"]))
    ('6330', '754.5')
    """
    value = Decimal(0)
    for part in parts:
        value = value * _SIXTY + Decimal(part)
    return value


def _unit_of_second(tokens: Sequence[Token], at: int) -> str:
    """The unit behind a second duration that a word or a dash joins to the first: 2:15 to 2:30 h; empty for none."""
    end = _end(tokens, at + 1) if at < len(tokens) and tokens[at].low in _JOINERS else 0
    named = unit_at(tokens, end) if end else None
    return named.unit if named and named.unit in _BELOW else ""
