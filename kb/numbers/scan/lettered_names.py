"""Digits with a letter that are a name or a kind rather than millions or thousands: 3M said, a 4K screen."""

import re
from functools import lru_cache

from kb.numbers.lexicon import LEXICON
from kb.numbers.scan.candidate import Candidate

_PROSE, _WORDS = LEXICON.prose, LEXICON.word_numerals
_SAYING = "|".join(sorted(verb for verb in LEXICON.cues.saying if verb.isascii()))
_NAME = r"[1-9]\d?[A-Z]"
_OPENS = r"(?:^|(?<=[.,;:!?\"“(\n]\s)|(?<=\band\s)|(?<=\bbut\s)|(?<=\bthat\s)|(?<=\bund\s)|(?<=\bdass\s))"
_FIRM = re.compile(
    rf"{_OPENS}(?P<subject>{_NAME})\s(?:{_SAYING})\b"
    rf"|(?<![\w$€£¥₹.,-])(?P<owner>{_NAME})(?:['’]s\b|\s(?:{'|'.join(sorted(_PROSE.firm_ends))})\b)"
    rf"|\b(?i:{'|'.join(sorted(_PROSE.firm_leads))})\s(?P<object>{_NAME})(?![\w.,-]?\w)",
    re.MULTILINE,
)


@lru_cache(maxsize=2)
def _firms(text: str) -> frozenset[str]:
    """The digits with a letter that ``text`` somewhere uses as the name of a firm."""
    return frozenset(match[match.lastgroup or 0] for match in _FIRM.finditer(text))


def is_lettered_name(candidate: Candidate) -> bool:
    """Whether digits and the letter that touches them are the name of a firm, or say of what kind a thing is."""
    letter = candidate.token(candidate.core + 1)
    touching = letter.kind == "word" and len(letter.text) == 1 and letter.start == candidate.head.end
    bare = touching and candidate.is_scaled and candidate.is_one_value and not candidate.is_hedged
    if not bare or candidate.core != candidate.first or candidate.is_money or candidate.figure.rates:
        return False
    name = candidate.head.text + letter.text
    behind = candidate.token(candidate.core + 2)
    if name in _firms(candidate.text):
        return not candidate.effective_unit or behind.text in _PROSE.firm_ends
    return letter.low == "k" and len(candidate.head.text) == 1 and _is_kind(candidate)


def _is_kind(candidate: Candidate) -> bool:
    """``the 4K video``, ``a 5K race``, ``shot in 4K``; but 4K users, and it grew by 4K overnight."""
    behind, before = candidate.token(candidate.core + 2), candidate.before.low
    if candidate.effective_unit:
        return False
    if behind.low in _PROSE.sized_nouns:
        return True
    described = behind.kind == "word" and behind.low not in LEXICON.stops.no_heads and not behind.low.endswith("s")
    if described:
        return before in _WORDS.articles | _WORDS.wholes
    return before in _WORDS.among and behind.kind != "word"
