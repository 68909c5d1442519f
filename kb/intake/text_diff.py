"""Differences between two texts, word by word, and the lines that they have in common."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz.distance import Levenshtein

SHORTEST = 8
"""Characters of the shortest line that can be recognised again."""


def lines_in_both(older: str, newer: str) -> list[tuple[int, int]]:
    """Lines that occur once in each text, as pairs of their first characters, which rise in both texts.

    >>> lines_in_both("the first line\\nthe second line\\n", "a preface\\nthe first line\\n")
    [(0, 10)]
    """
    new = _lines_once(newer)
    return longest_increasing((place, new[line]) for line, place in _lines_once(older).items() if line in new)


def _lines_once(text: str) -> dict[str, int]:
    """First character of each line that occurs once in ``text``, without blank and very short lines."""
    places: dict[str, int] = {}
    counts: Counter[str] = Counter()
    start = 0
    for line in text.split("\n"):
        counts[line] += 1
        places[line] = start
        start += len(line) + 1
    return {line: place for line, place in places.items() if counts[line] == 1 and len(line.strip()) >= SHORTEST}


def longest_increasing(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of ``pairs``, which rise in their first number, that rises in the second number as well.

    By patience sorting, as in Bram Cohen's patience diff.

    >>> longest_increasing([(0, 5), (1, 1), (2, 2), (3, 9)])
    [(1, 1), (2, 2), (3, 9)]
    """
    ordered = list(pairs)
    tops: list[int] = []
    chain: list[int] = []
    before: list[int | None] = []
    for number, (_, new) in enumerate(ordered):
        pile = bisect_left(tops, new)
        before.append(chain[pile - 1] if pile else None)
        tops[pile : pile + 1] = [new]
        chain[pile : pile + 1] = [number]
    chosen, at = [], chain[-1] if chain else None
    while at is not None:
        chosen.append(ordered[at])
        at = before[at]
    return chosen[::-1]


_PART = re.compile(r"\d+(?:[.,]\d+)*|[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]|[^\W\d_\u2e80-\u9fff]+|\s+|.", re.DOTALL)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


class Change(StrEnum):
    """Whether a run of words is in both texts or in one."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that were kept, deleted or inserted, with their white space."""

    change: Change
    text: str


def difference(old: str, new: str) -> tuple[Run, ...]:
    """The runs that turn ``old`` into ``new``, in order; deleted words come before those that replace them.

    >>> [str(run.text) for run in difference("a fee of $40 a month", "a fee of $45 a month")]
    ['a fee of $', '40', '45', ' a month']
    """
    left, right = _PART.findall(old), _PART.findall(new)
    runs: list[Run] = []
    for op in Levenshtein.opcodes(left, right):
        gone, come = "".join(left[op.src_start : op.src_end]), "".join(right[op.dest_start : op.dest_end])
        if op.tag == "equal":
            runs.append(Run(Change.SAME, come))
        else:
            runs += [run for run in (Run(Change.GONE, gone), Run(Change.NEW, come)) if run.text]
    return _joined(runs)


def _joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """``runs`` with neighbours of one kind joined; between two kept runs, deleted words come before inserted ones."""
    same: list[Run] = []
    gone = come = ""
    for run in (*runs, Run(Change.SAME, "")):
        if run.change is not Change.SAME:
            gone, come = (gone + run.text, come) if run.change is Change.GONE else (gone, come + run.text)
            continue
        same += [part for part in (Run(Change.GONE, gone), Run(Change.NEW, come), run) if part.text]
        gone = come = ""
    return tuple(same)


def marked(runs: Iterable[Run]) -> str:
    """Runs as plain text with the marks of ``wdiff``.

    >>> marked(difference("costs $40 here", "costs $45 here"))
    'costs $[-40-]{+45+} here'
    """
    signs = {Change.SAME: ("", ""), Change.GONE: ("[-", "-]"), Change.NEW: ("{+", "+}")}
    return "".join(f"{signs[run.change][0]}{run.text}{signs[run.change][1]}" for run in runs)


def numbers_in(text: str) -> list[str]:
    """The numbers of ``text`` as written, in order."""
    return _NUMBER.findall(text)


def same_numbers(old: str, new: str) -> bool:
    """Whether two texts hold the same numbers in the same order."""
    return numbers_in(old) == numbers_in(new)
