"""Equivalence classes of things that pairs declare to be the same, each represented by its first member."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

T = TypeVar("T")


def representatives(members: Iterable[T], pairs: Iterable[tuple[T, T]]) -> Mapping[T, T]:
    """Each of ``members`` with the first member of its class: itself where no pair joins it to an earlier one.

    Pairs join transitively, in whatever order; one with an end outside ``members`` joins nothing. Union-find with path
    halving (Tarjan and van Leeuwen 1984).

    >>> representatives("abcd", [("c", "b"), ("d", "c"), ("a", "x")])
    {'a': 'a', 'b': 'b', 'c': 'b', 'd': 'b'}
    """
    place = {member: number for number, member in enumerate(members)}
    above = {member: member for member in place}

    def root(member: T) -> T:
        while above[member] != member:
            above[member] = member = above[above[member]]
        return member

    for left, right in pairs:
        if left in place and right in place:
            # The earlier root wins, so that the result does not depend on the order of the pairs.
            first, second = sorted((root(left), root(right)), key=place.__getitem__)
            above[second] = first
    return {member: root(member) for member in place}
