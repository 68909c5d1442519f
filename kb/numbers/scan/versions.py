"""Versions of software, which are labels: ``kernel 6.8``, ``brotli 0.4 and zlib 1.2.8``, ``faster than in 1.9``."""

import re
from functools import lru_cache

from kb.numbers.lexicon import LEXICON
from kb.numbers.scan.candidate import Candidate

_PROSE, _WORDS = LEXICON.prose, LEXICON.word_numerals


def is_version(candidate: Candidate) -> bool:
    """Whether a bare decimal is the version of what stands before it."""
    if _is_of_program(candidate):
        return True
    bare = candidate.is_plain and not candidate.effective_unit and not candidate.is_hedged
    if not bare or "." not in candidate.head.text or candidate.before.kind != "word":
        return False
    return _is_of_software(candidate) or _is_beside_version(candidate) or _is_release(candidate)


def _is_of_program(candidate: Candidate) -> bool:
    """``gcc 13``, ``Django >= 4.2``, ``Node.js 18+``: a number right behind a program, perhaps as a least version."""
    bare = candidate.is_plain and not candidate.effective_unit and candidate.head.kind == "number"
    place = candidate.first - 1
    while candidate.token(place).text in _PINS:
        place -= 1
    named = candidate.token(place).low.removeprefix("\0") in _PROSE.programs
    leads = all(not token.text.isalpha() for token in candidate.tokens[candidate.first : candidate.core])
    # "Redis 7 times as fast" and "Windows, 12 of them" count something.
    return bare and named and leads and candidate.value < _MOST_VERSION and "," not in candidate.head.text


_MOST_VERSION, _PINS = 100, ("=", "==", "~", "^")


_VERSION = re.compile(r"\d{1,3}\.\d{1,3}")
_SOFTWARE = re.compile(
    r"^#\s+(?P<title>[A-Za-z][\w.+-]{1,40})[ \t]*$"
    r"|\b(?P<pinned>[A-Za-z][\w-]{1,40})(?:\[[\w,]{1,40}\])?[=~>]=\d"
    r"|\b(?:import|install|require|cargo add|npm i|go get)\s(?P<loaded>[A-Za-z][\w-]{1,40})",
    re.MULTILINE,
)


@lru_cache(maxsize=2)
def _software(text: str) -> frozenset[str]:
    """The names of software in ``text``, in small letters: its title, and what is pinned, installed or imported."""
    return frozenset(match[match.lastgroup or 0].lower() for match in _SOFTWARE.finditer(text))


def _is_of_software(candidate: Candidate) -> bool:
    """``kernel 6.8``, ``larkq 0.9`` in the text about it."""
    before, head = candidate.before, candidate.head
    written = candidate.text[head.start : head.end]
    if head.start - before.end != 1 or candidate.core != candidate.first or not _VERSION.fullmatch(written):
        return False
    return before.low in _PROSE.version_nouns or before.low in _software(candidate.text)


_DOTTED = re.compile(r"\s\d+(?:\.\d+){2}")


def _is_beside_version(candidate: Candidate) -> bool:
    """``brotli 0.4 and zlib 1.2.8``: a bare decimal behind a word, with a version behind a second word beside it."""
    before, end = candidate.before, candidate.figure.end
    if before.low in LEXICON.stops.no_heads:
        return False
    link, word = candidate.token(end), candidate.token(end + 1)
    dotted = _DOTTED.match(candidate.text, word.end) is not None
    return link.low in _PROSE.label_links and word.kind == "word" and dotted


_RELEASE = re.compile(r"\d{1,2}\.\d{1,2}")


def _is_release(candidate: Candidate) -> bool:
    """``faster than in 1.9``, ``removed in 3.0``: a bare decimal behind "in" that says neither how much nor of what."""
    head, behind = candidate.head, candidate.token(candidate.core + 1)
    bare = candidate.is_plain and not candidate.effective_unit and not candidate.is_hedged and candidate.is_one_value
    written = candidate.text[head.start : head.end]
    if not bare or candidate.before.low not in _PROSE.versions_behind or not _RELEASE.fullmatch(written):
        return False
    # "A rise in 3.5 of all cases" and "1 in 2.5" go on or stand beside a number; a clause ends behind a version.
    counted = candidate.token(candidate.first - 2).kind == "number" or behind.low in _WORDS.of
    return not counted and candidate.number.end == candidate.core + 1
