"""What has not changed between two editions? Lines that stand once in both, in the same order."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable

SHORTEST = 8
"""Characters that a line has at least to be told from others."""


def lines_in_both(older: str, newer: str) -> list[tuple[int, int]]:
    """Lines that stand once in each text, by their first characters in both; they rise in both.

    >>> lines_in_both("the first line\\nthe second line\\n", "a preface\\nthe first line\\n")
    [(0, 10)]
    """
    new = _lines_once(newer)
    return in_order((place, new[line]) for line, place in _lines_once(older).items() if line in new)


def _lines_once(text: str) -> dict[str, int]:
    """Lines that stand once in ``text``, each with its first character; blank and very short ones are left out."""
    places: dict[str, int] = {}
    counts: Counter[str] = Counter()
    start = 0
    for line in text.split("\n"):
        counts[line] += 1
        places[line] = start
        start += len(line) + 1
    return {line: place for line, place in places.items() if counts[line] == 1 and len(line.strip()) >= SHORTEST}


def in_order(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most of ``pairs``, which rise in their first part, that rise in their second part too.

    Patience sorting, as in Bram Cohen's patience diff.

    >>> in_order([(0, 5), (1, 1), (2, 2), (3, 9)])
    [(1, 1), (2, 2), (3, 9)]
    """
    told = list(pairs)
    tops: list[int] = []
    chain: list[int] = []
    before: list[int | None] = []
    for number, (_, new) in enumerate(told):
        pile = bisect_left(tops, new)
        before.append(chain[pile - 1] if pile else None)
        tops[pile : pile + 1] = [new]
        chain[pile : pile + 1] = [number]
    found, at = [], chain[-1] if chain else None
    while at is not None:
        found.append(told[at])
        at = before[at]
    return found[::-1]
