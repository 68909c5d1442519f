"""Which Chinese words hold the sign of a number and count nothing? 一些, 统一, 百度, 周五."""

import re
from collections.abc import Iterator

from kb.domain.notation import han_word
from kb.intake.scan.hanlexicon import IDIOMS
from kb.intake.scan.span import Span

_LONGEST = max(map(len, IDIOMS))
_FIRST = re.compile("[" + "".join(sorted({idiom[0] for idiom in IDIOMS})) + "]")
_SCALES = frozenset((*han_word.TENS, *han_word.SCALES))
_NUMERALS = frozenset((*han_word.DIGITS, *_SCALES, *"几数上第0123456789"))
_UNDONE = {"分": "之钟", "星": "期", "点": "零一二三四五六七八九", "时": "间"}
"""A character behind an idiom's last one that makes a number of it after all: 十分之一, 三星期, 一点五亿."""


def idioms(text: str, first: int, last: int) -> Iterator[Span]:
    """The places of such words from ``first`` to ``last`` of ``text``."""
    if text.isascii():
        return
    for match in _FIRST.finditer(text, first, last):
        end = _end(text, match.start())
        if end:
            yield Span(match.start(), end)


def _end(text: str, start: int) -> int:
    before = text[start - 1 : start]
    if before in _NUMERALS and before:
        return 0
    for width in range(_LONGEST, 0, -1):
        idiom = text[start : start + width]
        if idiom in IDIOMS and not _undone(idiom, before, text[start + width : start + width + 1]):
            return start + width
    return 0


def _undone(idiom: str, before: str, behind: str) -> bool:
    if not behind:
        return False
    if idiom == "之一" and before == "分":
        return True
    return behind in _UNDONE.get(idiom[-1], "") or (idiom[-1] in han_word.DIGITS and behind in _SCALES)
