"""The words of a long text, indexed so that a run of words is found by its rarest word."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import islice

MOST = 2_000
"""Occurrences of a word that are tried, at most; a word that is more common identifies nothing."""

_CJK = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff"
_WORD = re.compile(rf"\d+(?:[.,]\d+)*|[{_CJK}]|[^\W\d_{_CJK}]+|[^\w\s]|_")


class TokenIndex:
    """The words of a text in order: letters, numbers, single Chinese characters and single signs; no white space.

    >>> TokenIndex("It was $1,200.50 不到").words
    ['It', 'was', '$', '1,200.50', '不', '到']
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: list[str] = []
        self.starts = array("q")
        # Equal words share one string: a book has many times more words than different ones.
        known: dict[str, str] = {}
        for match in _WORD.finditer(text):
            word = match[0]
            self.words.append(known.setdefault(word, word))
            self.starts.append(match.start())

    @cached_property
    def _index(self) -> Mapping[str, Sequence[int]]:
        index: dict[str, list[int]] = defaultdict(list)
        for at in range(len(self.words)):
            index[_key(self.words, at)].append(at)
        return index

    def at(self, place: int) -> int:
        """Number of the word at the character ``place``, or of the last word before it; 0 for none."""
        return max(bisect_right(self.starts, place) - 1, 0)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """First word and end of the words that hold the characters from ``start`` to ``end``."""
        first = self.at(start)
        return first, max(self.at(end - 1), first) + 1

    def start(self, word: int) -> int:
        """First character of a word."""
        return self.starts[word]

    def end(self, word: int) -> int:
        """The character after the last of a word."""
        return self.starts[word] + len(self.words[word])

    def occurrences(self, words: Sequence[str], at: int) -> Sequence[int]:
        """Numbers of the words that equal ``words[at]``; a Chinese character is looked up together with the next."""
        return self._index.get(_key(words, at), ())

    def places(self, words: Sequence[str]) -> list[int]:
        """Numbers of the first words of occurrences of ``words``; at most 2,000 of its rarest word are tried."""
        keyed = [at for at in range(len(words)) if at + 1 < len(words) or not _is_wide(words[at])]
        if not keyed:
            return [at for at, word in enumerate(self.words) if [word] == list(words)]
        rarest = min(keyed, key=lambda at: len(self.occurrences(words, at)))
        run = list(words)
        firsts = (place - rarest for place in islice(self.occurrences(words, rarest), MOST))
        return [first for first in firsts if first >= 0 and self.words[first : first + len(run)] == run]


def _key(words: Sequence[str], at: int) -> str:
    return words[at] + words[at + 1] if at + 1 < len(words) and _is_wide(words[at]) else words[at]


def _is_wide(word: str) -> bool:
    return word >= "\u2e80"
