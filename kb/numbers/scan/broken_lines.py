"""Numbers that a line end breaks, as in the text of a PDF: 1,2⏎34,000; 1,⏎234; 12-⏎15; forty-⏎five.

A list on two lines is none.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from kb.numbers.language import Language
from kb.numbers.lexicon import LEXICON
from kb.numbers.scan.mention import FigureMention

_PROSE = LEXICON.prose
_PLACE = re.compile(r"(?<=[0-9,.–-])\n(?=[0-9])")
_BEHIND = re.compile(r"[0-9]{1,3}(?:[,.][0-9]{3})*(?![0-9]|[,.][0-9]|[-/:–][0-9])")
_RANGE = re.compile(r"(?<![0-9.,/:–-])[0-9]{1,3}(?:[,.][0-9]{3})*[-–]$")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LAST_WORD = re.compile(r"([^\W\d_]+)[.:]?\s?[$€£¥]?$")
_LONGEST = 24


class _Marks(NamedTuple):
    """What a number looks like before the end of its line, and whole; by the sign that groups its digits."""

    before: re.Pattern[str]
    whole: re.Pattern[str]
    listed_before: re.Pattern[str]
    listed_behind: re.Pattern[str]


def _marks(group: str) -> _Marks:
    links = "|".join(sorted(map(re.escape, LEXICON.word_numerals.ands | _PROSE.alternatives)))
    return _Marks(
        re.compile(
            rf"(?<![\w.,/:–-])(?P<digits>[1-9][0-9]{{0,2}}(?:[{group}][0-9]{{3}})*[{group}][0-9]{{0,2}})(?P<hyphen>-?)$"
        ),
        re.compile(rf"[1-9][0-9]{{0,2}}(?:[{group}][0-9]{{3}})+"),
        re.compile(rf"[0-9][,;]?\s(?:(?:{links})\s)?$", re.IGNORECASE),
        re.compile(rf"\s?[,;、]\s?[0-9]|\s(?:{links})\s[0-9]", re.IGNORECASE),
    )


_COMMAS, _POINTS = _marks(","), _marks(".")


_WORDS = LEXICON.word_numerals
_UNITS_OF_TEN = sorted(word for word, value in _WORDS.below_twenty.items() if 0 < value < 10)
_IN_WORDS = re.compile(
    rf"(?<![\w-])(?P<tens>(?:{'|'.join(sorted(_WORDS.tens))})-)\n[ \t>]*(?P<unit>{'|'.join(_UNITS_OF_TEN)})(?!\w)",
    re.IGNORECASE,
)


def with_whole_numbers(text: str, language: Language | None) -> tuple[str, Mapping[int, int]]:
    """``text`` with broken numbers on one line, every other character in its place; and where those end in ``text``.

    The places where they end are told by the places where they end in the new text.
    """
    marks = _POINTS if language is not None and language.decimal_mark else _COMMAS
    letters: list[str] | None = None
    ends: dict[int, int] = {}
    for match in _PLACE.finditer(text):
        place = match.start()
        before, behind = text[max(place - _LONGEST, 0) : place], _BEHIND.match(text, place + 1)
        if behind is None or not _is_prose(text, place):
            continue
        letters = letters or list(text)
        first = marks.before.search(before)
        if first and _is_one(text, place, first, behind, marks):
            start = place - len(first[0])
            whole = first["digits"] + behind[0]
            letters[start : behind.end()] = whole.ljust(behind.end() - start)
            ends[start + len(whole)] = behind.end()
        elif _RANGE.search(before):
            letters[place] = " "
    for words in _IN_WORDS.finditer(text):
        letters = letters or list(text)
        whole = words["tens"] + words["unit"]
        letters[words.start() : words.end()] = whole.ljust(len(words[0]))
        ends[words.start() + len(whole)] = words.end()
    return ("".join(letters) if letters else text), ends


def _is_prose(text: str, place: int) -> bool:
    """Whether the line that ends at ``place`` is one of words rather than of cells."""
    line = text[text.rfind("\n", max(place - 2_000, 0), place) + 1 : place]
    return _WORD.search(line) is not None and not any(mark in line for mark in ("|", "\t", "   "))


def _is_one(text: str, place: int, first: re.Match[str], behind: re.Match[str], marks: _Marks) -> bool:
    """Whether the digits before and behind ``place`` are one number, and no two of a list or of two clauses."""
    if not marks.whole.fullmatch(first["digits"] + behind[0]):
        return False
    # "1,2" is no number in English, but "12," may be one before a comma.
    if not first["digits"].endswith((",", ".")) or first["hyphen"]:
        return True
    start = place - len(first[0])
    before = text[max(start - _LONGEST, 0) : start]
    if marks.listed_before.search(before) or marks.listed_behind.match(text, behind.end()):
        return False
    word = _LAST_WORD.search(before)
    low = word[1].lower() if word else ""
    named = _PROSE.references | _PROSE.bare_references | _PROSE.month_numbers.keys() | _PROSE.clause_verbs
    return bool(low) and low not in named and not first["digits"].endswith(".")


def at_its_end(mention: FigureMention, ends: Mapping[int, int]) -> FigureMention:
    """``mention`` up to the place where its number ends in the text itself."""
    return replace(mention, end=ends[mention.end]) if mention.end in ends else mention
