"""Ways: the smallest sets of origins that suffice for a node, and the best use of arguments that share origins.

A set of origins is an ``int`` with one bit for each origin. ``docs/semantics.md`` says what the ways of each kind of
node are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Ways = tuple[int, ...]
"""Sets of origins of which none contains another, in rising order; empty where nothing suffices."""

MOST_WAYS = 16
"""Largest number of ways that are kept of a node: those of the fewest origins."""

MOST_TRIED = 500
"""Largest number of partial choices that are tried for items that share origins; the best found by then is taken."""


def smallest(sets: Iterable[int]) -> Ways:
    """The sets of ``sets`` that contain no other of them, the ``MOST_WAYS`` smallest at most.

    >>> smallest([0b011, 0b001, 0b110])
    (1, 6)
    """
    distinct = set(sets)
    if len(distinct) < 2:
        return tuple(distinct)
    kept: list[int] = []
    # Sorting is stable: of sets of one size the lower number comes first.
    for candidate in sorted(sorted(distinct), key=int.bit_count):
        for smaller in kept:
            if smaller & candidate == smaller:
                break
        else:
            kept.append(candidate)
            if len(kept) == MOST_WAYS:
                break
    return tuple(sorted(kept))


def any_of(alternatives: Iterable[Ways]) -> Ways:
    """The ways of something for which each of ``alternatives`` suffices."""
    several = [ways for ways in alternatives if ways]
    if len(several) < 2:
        return several[0] if several else ()
    return smallest([way for ways in several for way in ways])


def all_of(parts: Iterable[Ways]) -> Ways:
    """The ways of something that needs each of ``parts``; empty where one of them has none.

    >>> all_of([(0b01, 0b10), (0b10,)])
    (2,)
    """
    combined: Ways = (0,)
    for ways in parts:
        if combined == (0,) or not ways:
            combined = ways
        elif ways != (0,) and (combined != ways or len(ways) > 1):
            combined = smallest([left | right for left in combined for right in ways])
        if not combined:
            return ()
    return combined


@dataclass(frozen=True, slots=True)
class Assignment:
    """Which of several items count, when each that counts takes one of its ways and no two share an origin.

    Attributes:
        total: Sum of the values of those that count.
        taken: For each item the way that it takes; 0 where it does not count.
        exact: Whether no other choice gives more; with very many items that is not looked for.
    """

    total: float
    taken: tuple[int, ...]
    exact: bool = True


NOTHING = Assignment(0.0, ())


def best_assignment(items: Sequence[tuple[float, Ways]]) -> Assignment:
    """The items that count: those with the greatest sum of values without a shared origin.

    Args:
        items: For each the value, at least 0, and its ways. An item without value or ways never counts.
    """
    usable = [place for place, (value, ways) in enumerate(items) if value > 0 and ways]
    taken, total, exact = [0] * len(items), 0.0, True
    if not usable:
        return Assignment(0.0, tuple(taken))
    if _take_first_ways(items, usable, taken):
        return Assignment(sum(items[place][0] for place in usable), tuple(taken))
    # The strongest first: a good choice is found early, and what cannot reach it any more is not tried.
    usable.sort(key=lambda place: -items[place][0])
    for group in _rival_groups(items, usable):
        if len(group) == 1:
            total += items[group[0]][0]
            taken[group[0]] = items[group[0]][1][0]
            continue
        search = _Search([items[place] for place in group])
        total += search.total
        exact = exact and search.is_exact
        for place, way in zip(group, search.taken, strict=True):
            taken[place] = way
    return Assignment(total, tuple(taken), exact)


def _take_first_ways(items: Sequence[tuple[float, Ways]], usable: Sequence[int], taken: list[int]) -> bool:
    """Whether each usable item can take its first way, without two that share an origin; fills in ``taken`` if so."""
    used = 0
    for place in usable:
        way = items[place][1][0]
        if way & used:
            return False
        used |= way
    for place in usable:
        taken[place] = items[place][1][0]
    return True


def _rival_groups(items: Sequence[tuple[float, Ways]], usable: Sequence[int]) -> list[list[int]]:
    """``usable`` in groups that share no origin with each other, each in the same order."""
    groups: list[tuple[int, list[int]]] = []
    for rank, place in enumerate(usable):
        origins = 0
        for way in items[place][1]:
            origins |= way
        joined, apart = [rank], []
        for known, members in groups:
            if known & origins:
                origins |= known
                joined += members
            else:
                apart.append((known, members))
        groups = [*apart, (origins, joined)]
    return [[usable[rank] for rank in sorted(members)] for _, members in groups]


_TINY = 1e-12


class _Search:
    """The best assignment of a few items, the strongest of which comes first.

    Attributes:
        total: The sum of what counts.
        taken: What each item takes.
        is_exact: Whether no other choice gives more.
    """

    def __init__(self, items: Sequence[tuple[float, Ways]]) -> None:
        self._items = items
        self._bound, self.taken, is_real = _matched(items)
        self.total, self.is_exact = self._bound, True
        if is_real:
            return
        self.total, self._tried = -1.0, 0
        self._rest = [0.0] * (len(items) + 1)
        for place in range(len(items) - 1, -1, -1):
            self._rest[place] = self._rest[place + 1] + items[place][0]
        self._try(0, 0, 0.0, ())
        self.is_exact = self._tried < MOST_TRIED or self.total >= self._bound - _TINY

    def _try(self, place: int, used: int, total: float, taken: tuple[int, ...]) -> None:
        """Tries each way of the item at ``place``, and to leave it out, where the items before it take ``taken``."""
        self._tried += 1
        value, ways = self._items[place]
        for way in (*ways, 0):
            if not way & used:
                gained = total + value if way else total
                if place + 1 == len(self._items):
                    self._keep(gained, (*taken, way))
                elif self._is_promising(gained + self._rest[place + 1]):
                    self._try(place + 1, used | way, gained, (*taken, way))

    def _keep(self, total: float, taken: tuple[int, ...]) -> None:
        if total > self.total + _TINY:
            self.total, self.taken = total, taken

    def _is_promising(self, most: float) -> bool:
        """Whether a partial choice that gives ``most`` at best can be better than the best known, and may be tried."""
        if most <= self.total + _TINY or self.total >= self._bound - _TINY:
            return False
        return self._tried < MOST_TRIED or self.total < 0


def _matched(items: Sequence[tuple[float, Ways]]) -> tuple[float, tuple[int, ...], bool]:
    """The best assignment if one origin of a way were enough, what each item takes, and whether that is a real one.

    No real assignment gives more. Taking items in the order of their values and making room for each where that is
    possible gives the greatest sum (Edmonds and Fulkerson 1965: what can be matched is a transversal matroid).
    """
    holder: dict[int, int] = {}
    single = [_single_origins(ways) for _, ways in items]

    def make_room(place: int, seen: set[int]) -> bool:
        for bit in single[place]:
            if bit not in seen:
                seen.add(bit)
                if bit not in holder or make_room(holder[bit], seen):
                    holder[bit] = place
                    return True
        return False

    total = sum(value for place, (value, _) in enumerate(items) if make_room(place, set()))
    taken = [0] * len(items)
    for bit, place in holder.items():
        taken[place] = bit
    is_real = all(not bit or bit in ways for bit, (_, ways) in zip(taken, items, strict=True))
    return total, tuple(taken), is_real


def _single_origins(ways: Ways) -> list[int]:
    """The origins of ``ways``, each as a set of its own, in the order in which they are met."""
    origins: dict[int, None] = {}
    for way in ways:
        rest = way
        while rest:
            origin = rest & -rest
            origins[origin] = None
            rest ^= origin
    return list(origins)
