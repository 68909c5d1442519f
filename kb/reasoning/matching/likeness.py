"""How alike are two names, and in what do they differ? A score from 0 to 1 that a reader can follow."""

import re
from collections import Counter
from enum import StrEnum
from typing import NamedTuple

from rapidfuzz.distance import OSA

from kb.reasoning.matching.spelling import Spelling, listed, spelling
from kb.reasoning.matching.word import for_one, written_out

SURE = 0.85
"""The default score: names at least this alike are suggested."""

FEWEST_LETTERS = 5
"""A word of fewer letters is never taken for a slip of another."""

MOST_LETTERS = 24
"""Nor is a longer one."""

ATTESTED = 3
"""A spelling used this often is no slip."""

BOTH_ATTESTED = 0.85
"""What is left of a slip's score where both spellings are used that often."""

FIRST_LETTER = 0.93
"""What is left of a slip's score where the first letters differ: that is more often another word."""

NUMBER_WORDS = listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion first"
    " second third fourth fifth sixth seventh eighth ninth tenth"
)
"""Words that tell one of a row from the next: never a slip, as no digit is."""

NUMBERED = re.compile(r"\d|^[ivxlcdm]+$|[\u3400-\u9fff]")


class Unlike(StrEnum):
    """In what two names of the same words differ; in a reader's words."""

    SIGNS = "case, width or signs"
    FORM = "the legal form"
    ORDER = "the order of words"
    SPACE = "a space"
    NUMBER = "singular and plural"
    SHORT = "a word that is written short"
    SMALL = "small words"
    OTHER_FORM = "one legal form for another"
    SLIP = "one letter"


SCORES = {
    Unlike.SIGNS: 1.0,
    Unlike.FORM: 0.97,
    Unlike.ORDER: 0.96,
    Unlike.SPACE: 0.95,
    Unlike.NUMBER: 0.94,
    Unlike.SHORT: 0.94,
    Unlike.SMALL: 0.93,
    Unlike.OTHER_FORM: 0.9,
}
"""How alike two names are that differ in this alone; of several the least counts. A slip's score is ``slip_score``."""


class Likeness(NamedTuple):
    """How alike two names are: ``score`` from 0 to 1, and in what they differ."""

    score: float
    unlike: tuple[Unlike, ...]
    slip: tuple[str, str] = ("", "")

    @property
    def reason(self) -> str:
        """In what they differ, in words, e.g. ``they differ in one letter (antropic, anthropic)``."""
        if not self.unlike:
            return "they are the same"
        words = [f"{one} ({', '.join(self.slip)})" if one is Unlike.SLIP else one.value for one in self.unlike]
        return "they differ in " + " and in ".join([", in ".join(words[:-1]), words[-1]] if words[1:] else words)


NOT_ALIKE = Likeness(0.0, ())


def likeness(left: str, right: str) -> Likeness:
    """How alike two names are; 0 where they differ in more than ``Unlike`` tells, in a digit or in a number word.

    >>> likeness("Antropic, Inc.", "Anthropic").reason
    'they differ in the legal form and in one letter (antropic, anthropic)'
    >>> likeness("Alpha Fund 1", "Alpha Fund 2").score, likeness("Input price", "Output price").score
    (0.0, 0.0)
    """
    if left == right:
        return Likeness(1.0, ())
    mine, theirs = spelling(left), spelling(right)
    if mine.words == theirs.words:
        return _worst(_differences(mine, theirs))
    if "".join(mine.named) == "".join(theirs.named):
        return _worst([*_differing_forms(mine, theirs), Unlike.SPACE])
    if mine.meant == theirs.meant:
        return _worst(_differences(mine, theirs))
    return _slipped(mine, theirs)


def _worst(found: list[Unlike]) -> Likeness:
    return Likeness(min(SCORES[one] for one in found), tuple(found))


def _differences(mine: Spelling, theirs: Spelling) -> list[Unlike]:
    """In what names differ whose words mean the same; their words may be the same, too."""
    large, other = _large(mine), _large(theirs)
    told = {
        Unlike.ORDER: for_one(written_out(large)) != for_one(written_out(other)),
        Unlike.SMALL: _small(mine) != _small(theirs),
        Unlike.NUMBER: sorted(written_out(large)) != sorted(written_out(other)),
        Unlike.SHORT: sorted(for_one(large)) != sorted(for_one(other)),
    }
    found = [*_differing_forms(mine, theirs), *(unlike for unlike, differs in told.items() if differs)]
    return found or [Unlike.SIGNS]


def _differing_forms(mine: Spelling, theirs: Spelling) -> list[Unlike]:
    if mine.forms == theirs.forms:
        return []
    return [Unlike.OTHER_FORM if mine.forms and theirs.forms else Unlike.FORM]


def _large(one: Spelling) -> list[str]:
    return [word for word in one.named if word in one.words]


def _small(one: Spelling) -> Counter[str]:
    return Counter(word for word in one.named if word not in one.words)


def _slipped(mine: Spelling, theirs: Spelling) -> Likeness:
    found = slip_between(mine.words, theirs.words)
    if not found.score:
        return found
    forms = _differing_forms(mine, theirs)
    return found._replace(score=min([found.score, *(SCORES[form] for form in forms)]), unlike=(*forms, *found.unlike))


def slip_between(mine: tuple[str, ...], theirs: tuple[str, ...]) -> Likeness:
    """How alike two spellings are by one slip of one word alone; see ``Spelling.words``."""
    only_mine = list((Counter(mine) - Counter(theirs)).elements())
    only_theirs = list((Counter(theirs) - Counter(mine)).elements())
    if len(only_mine) != 1 or len(only_theirs) != 1:
        return NOT_ALIKE
    one, other = only_mine[0], only_theirs[0]
    if not (may_slip(one) and may_slip(other)) or OSA.distance(one, other, score_cutoff=1) != 1:
        return NOT_ALIKE
    letters = max(sum(map(len, mine)), sum(map(len, theirs)))
    score = slip_score(max(len(one), len(other)), letters, same_start=one[0] == other[0])
    return Likeness(score, (Unlike.SLIP,), (one, other))


def may_slip(word: str) -> bool:
    """Whether a word can be a slip of another: no digit, no number word, no Chinese sign, neither short nor long."""
    return FEWEST_LETTERS <= len(word) <= MOST_LETTERS and word not in NUMBER_WORDS and not NUMBERED.search(word)


def slip_score(letters: int, all_letters: int, *, same_start: bool) -> float:
    """How alike two names are that differ by one letter of a word of ``letters``, in a name of ``all_letters``."""
    score = 1 - 2 / (letters + all_letters)
    return score if same_start else score * FIRST_LETTER
