"""Which positions are laid side by side? Neighbours in order plus the extremes, never all pairs."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from typing import TypeVar

from kb.reasoning.noticing.position import Position
from kb.reasoning.scope import ScopeKey

Pair = tuple[Position, Position]
K = TypeVar("K", bound=Hashable)


def pairs(found: Sequence[Position]) -> list[Pair]:
    """Pairs of positions worth a comparison, each once, the lower position in front; n log n for n positions.

    Within a scope, neighbours and extremes; between scopes that leave a key unspecified, neighbours from either;
    and neighbours and extremes over all scopes of the measure, which shows how named things differ.
    """
    seen: set[tuple[str, str]] = set()
    chosen = []
    for left, right in _candidates(found):
        ids = (left.figures[0], right.figures[0])
        if ids[0] != ids[1] and ids not in seen and ids[::-1] not in seen:
            seen.add(ids)
            chosen.append((left, right))
    return chosen


def _candidates(found: Sequence[Position]) -> Iterator[Pair]:
    for unit_group in _grouped(found, lambda position: position.unit):
        for scope_group in _grouped(unit_group, lambda position: position.key):
            yield from neighbours(scope_group)
        yield from _between_key_sets(unit_group)
        yield from neighbours(unit_group)
        mains = [main(group) for group in _grouped(unit_group, lambda position: position.key)]
        yield from neighbours(mains)


def neighbours(group: Sequence[Position]) -> Iterator[Pair]:
    """Each position with the next one up, the lowest with the last and with the one that reaches highest, and the two
    that exclude each other by most, if any do: a floor may be the lowest number that was said and exclude nothing.
    """
    ordered = sorted(group, key=lambda position: position.rank)
    yield from pairwise(ordered)
    if len(ordered) > 2:
        yield ordered[0], ordered[-1]
        yield ordered[0], max(ordered, key=_height)
        yield from _excluding(ordered)


def _height(position: Position) -> tuple[bool, Fraction]:
    high = position.reading.stated.high
    return high is None, high or Fraction(0)


def _excluding(ordered: Sequence[Position]) -> Iterator[Pair]:
    lowest, highest = min(ordered, key=_upper_limit), max(ordered, key=_lower_limit)
    if not lowest.topmost.reading.allowed.meets(highest.lowest.reading.allowed):
        yield (lowest, highest) if lowest.rank < highest.rank else (highest, lowest)


def _upper_limit(position: Position) -> tuple[bool, Fraction, bool]:
    allowed = position.topmost.reading.allowed
    return allowed.high is None, allowed.high or Fraction(0), not allowed.high_open


def _lower_limit(position: Position) -> tuple[bool, Fraction, bool]:
    allowed = position.lowest.reading.allowed
    return allowed.low is not None, allowed.low or Fraction(0), allowed.low_open


def main(group: Sequence[Position]) -> Position:
    """The position that speaks for a scope: most independent origins, then no open side, then told first."""

    def weight(position: Position) -> tuple[int, bool, int]:
        return -len(position.figures), position.reading.bounded, position.mentions[0].order

    return min(group, key=weight)


def _between_key_sets(group: Sequence[Position]) -> Iterator[Pair]:
    by_keys = _by(group, _keys)
    for mine, theirs in combinations(by_keys, 2):
        common = mine & theirs
        for shared in _sharing(common, [*by_keys[mine], *by_keys[theirs]]):
            yield from (pair for pair in neighbours(shared) if _keys(pair[0]) != _keys(pair[1]))


def _sharing(common: frozenset[str], found: Sequence[Position]) -> list[list[Position]]:
    return _grouped(found, lambda position: _restricted(position.key, common))


def _keys(position: Position) -> frozenset[str]:
    return frozenset(key for key, _ in position.key)


def _restricted(key: ScopeKey, common: frozenset[str]) -> ScopeKey:
    return tuple(part for part in key if part[0] in common)


def _grouped(found: Sequence[Position], by: Callable[[Position], K]) -> list[list[Position]]:
    return list(_by(found, by).values())


def _by(found: Sequence[Position], by: Callable[[Position], K]) -> dict[K, list[Position]]:
    groups: dict[K, list[Position]] = defaultdict(list)
    for position in found:
        groups[by(position)].append(position)
    return groups
