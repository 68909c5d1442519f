"""What does a number in prose measure? The few words beside it that name the thing; a guess."""

from __future__ import annotations

import re

from kb.intake.draft.cue import HAN_STOPS, NAMES_IN_LY, NOUNS_IN_ING, SAYING, STOPS, VERBS

_CLAUSE = re.compile(r"[,;:.!?()\[\]\"“”—–\n，。；：！？、（）「」『』]+")
_WORD = re.compile(r"[^\W\d_][\w’'-]*+|[\u4e00-\u9fff]")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_INTO = frozenset(("of", "in", "for", "on", "worth"))
_FEW = 3


def subject(sentence: str, start: int, end: int) -> str:
    """Up to three words that name what the number at ``start`` to ``end`` measures; empty where none do.

    >>> subject("They burned $40 million in harbour dredging last year.", 12, 23)
    'harbour dredging'
    >>> subject("The monthly ferry pass costs $40.", 29, 32)
    'monthly ferry pass'
    >>> subject("渡轮的毛利率为 75%。", 8, 11)
    '毛利率'
    """
    behind = _until_clause(sentence[end:])
    before = _from_clause(sentence[:start])
    return _behind(behind) or _before(before) or _han_before(before) or _han_behind(behind)


def _until_clause(text: str) -> str:
    found = _CLAUSE.search(text)
    return text[: found.start()] if found else text


def _from_clause(text: str) -> str:
    last = 0
    for found in _CLAUSE.finditer(text):
        last = found.end()
    return text[last:]


def _behind(text: str) -> str:
    """What follows at once, or behind ``of``, ``in``, ``for``: ``in harbour dredging``, ``pass``."""
    words = [word[0] for word in _WORD.finditer(text)][:8]
    joined = bool(words) and words[0].lower() in _INTO
    words = words[1:] if joined else words
    while words and words[0].lower() in ("the", "a", "an", "its", "their", "our", "your", "all", "of"):
        words = words[1:]
    return _run(words, gerunds=joined)


def _run(words: list[str], *, gerunds: bool) -> str:
    """Words from the first on, as long as they name something; ``gerunds`` do so behind ``of`` and ``in``."""
    found: list[str] = []
    for word in words:
        is_verb = _is_verb(word) and not (gerunds and word.endswith("ing"))
        if not _names(word) or is_verb or len(found) == _FEW:
            break
        found.append(word)
    return " ".join(found)


def _before(text: str) -> str:
    """The nearest run of naming words before the number, small words and verbs passed over."""
    words = [word[0] for word in _WORD.finditer(text)][-12:]
    while words and (not _names(words[-1]) or _is_verb(words[-1])):
        words.pop()
    run: list[str] = []
    while words and _names(words[-1]) and not _is_verb(words[-1]) and len(run) < _FEW:
        run.insert(0, words.pop())
    return " ".join(run)


def _is_verb(word: str) -> bool:
    low = word.lower()
    if low in VERBS or low in SAYING:
        return True
    return low.endswith("ing") and len(low) > 5 and low not in NOUNS_IN_ING


def _names(word: str) -> bool:
    low = word.lower()
    return word.isascii() and len(word) > 1 and low not in STOPS and (low in NAMES_IN_LY or not low.endswith("ly"))


def _han_before(text: str) -> str:
    """The last run of characters before the number that no small word breaks."""
    return next((run for run in reversed(_han_runs(text)) if len(run) > 1), "")[-8:]


def _han_behind(text: str) -> str:
    return next((run for run in _han_runs(text) if len(run) > 1), "")[:8]


def _han_runs(text: str) -> list[str]:
    runs: list[str] = []
    for found in _HAN.finditer(text):
        runs += "".join(" " if letter in HAN_STOPS else letter for letter in found[0]).split()
    return runs
