"""Guesses about a number from the words of its sentence: its stance, its voice, and what it measures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kb.domain.entity import Stance
from kb.intake.draft import cue
from kb.intake.draft.cue import HAN_STOPS, NAMES_IN_LY, NOUNS_IN_ING, SAYING, STOPS, VERBS

_NAME = r"(?:[A-Z][\w&.’'-]*+)(?:\s+(?:[A-Z][\w&.’'-]*+|of|the|and|&|de|van|von)){0,4}"
_ATTRIBUTED = re.compile(rf"(?:{'|'.join(map(re.escape, cue.ATTRIBUTING))})\s+(?:the\s+)?({_NAME})", re.IGNORECASE)
_NAMED = re.compile(_NAME)
_LOWER_END = re.compile(r"(?:\s+(?:of|the|and|&|de|van|von))+$")
_POSSESSIVE = re.compile(r"['’]s?$")
_NEXT_WORDS = re.compile(r"\s+(?:also\s+|has\s+|have\s+)?([a-z]+)")
_HAN_NAME = r"([\u4e00-\u9fffA-Za-z·.& ]{2,12}?)"
_HAN_VOICE = re.compile(rf"(?:^|[，。；：、！？\s“”「」（）]){_HAN_NAME}(?:{'|'.join(cue.HAN_SAYING)})")
_HAN_ATTRIBUTED = re.compile(
    rf"(?<![数证占])(?:{'|'.join(cue.HAN_ATTRIBUTING)})(?![点此])《?\s*{_HAN_NAME}》?(?:的|，|,|报道|统计|数据|测算|估计|调查)"
)
_DENIAL_REACH = 18
"""Characters before a number in which a denial is its own."""
_CUE_REACH = 60
"""Characters behind the start of a number in which a cue is its own; before it the whole sentence counts."""


@dataclass(frozen=True, slots=True)
class StanceGuess:
    """A stance, and the cue that speaks for it."""

    stance: Stance
    cue: str


def stance_of(sentence: str, start: int) -> StanceGuess | None:
    """How the number at character ``start`` of ``sentence`` is meant; None where nothing speaks for a stance.

    >>> stance_of("Suppose that a plan costs $20.", 26)
    StanceGuess(stance=<Stance.HYPOTHETICAL: 'hypothetical'>, cue='suppose')
    >>> stance_of("It was not $20 but $30.", 11).stance, stance_of("It was not $20 but $30.", 19)
    (<Stance.NEGATED: 'negated'>, None)
    """
    denial = _denial(sentence[max(0, start - _DENIAL_REACH) : start])
    if denial:
        return StanceGuess(Stance.NEGATED, denial)
    for stance, cues in cue.STANCES:
        match = _pattern(tuple(cues["en"]), tuple(cues["zh"])).search(sentence, 0, start + _CUE_REACH)
        if match:
            return StanceGuess(stance, match[0].lower())
    return None


def _denial(before: str) -> str:
    """The denial that ends ``before``, or an empty text; one of a bound (``not more than``) is none."""
    for words in cue.NEGATING.values():
        match = re.search(rf"(?<![A-Za-z])(?:{'|'.join(map(re.escape, words))})\s*$", before, re.IGNORECASE)
        if match:
            return match[0].strip().lower()
    return ""


@lru_cache(maxsize=64)
def _pattern(english: tuple[str, ...], chinese: tuple[str, ...]) -> re.Pattern[str]:
    latin = "|".join(map(re.escape, english))
    han = "|".join(map(re.escape, chinese))
    return re.compile(rf"(?<![\w’'-])(?:{latin})(?![\w’'-])|{han}", re.IGNORECASE)


def voice_of(sentence: str, start: int) -> str:
    """Who says the number at character ``start`` of ``sentence``; empty where nobody is named.

    >>> voice_of("According to Harbour Watch, the pass costs $40.", 43)
    'Harbour Watch'
    >>> voice_of("Mara Lindqvist said that the pass costs $40.", 40)
    'Mara Lindqvist'
    >>> voice_of("渡轮协会表示月票要 40 美元。", 9)
    '渡轮协会'
    """
    match = _ATTRIBUTED.search(sentence)
    if match:
        return _name(match[1])
    speaker = _speaker(sentence, start)
    if speaker:
        return speaker
    chinese = _HAN_VOICE.search(sentence) or _HAN_ATTRIBUTED.search(sentence)
    return chinese[1].strip() if chinese and not _is_pronoun(chinese[1].strip()) else ""


def _speaker(sentence: str, start: int) -> str:
    """The name nearest to ``start`` that a verb of saying follows."""
    near = [
        (abs(match.start() - start), name)
        for match in _NAMED.finditer(sentence)
        if (verb := _NEXT_WORDS.match(sentence, match.end())) and verb[1] in cue.SAYING and (name := _name(match[0]))
    ]
    return min(near)[1] if near else ""


def _name(words: str) -> str:
    name = _POSSESSIVE.sub("", _LOWER_END.sub("", words.strip().rstrip(".,")))
    return "" if _is_pronoun(name) else name


def _is_pronoun(name: str) -> bool:
    return name.lower() in cue.STOPS or name in ("他", "她", "我们", "他们", "有人", "大家", "作者", "这", "该公司")


_CLAUSE = re.compile(r"[,;:.!?()\[\]\"“”—–\n，。；：！？、（）「」『』]+")
_WORD = re.compile(r"[^\W\d_][\w’'-]*+|[\u4e00-\u9fff]")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_INTO = frozenset(("of", "in", "for", "on", "worth"))
_MAX_WORDS = 3


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
    match = _CLAUSE.search(text)
    return text[: match.start()] if match else text


def _from_clause(text: str) -> str:
    last = 0
    for match in _CLAUSE.finditer(text):
        last = match.end()
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
    naming_words: list[str] = []
    for word in words:
        is_verb = _is_verb(word) and not (gerunds and word.endswith("ing"))
        if not _is_naming_word(word) or is_verb or len(naming_words) == _MAX_WORDS:
            break
        naming_words.append(word)
    return " ".join(naming_words)


def _before(text: str) -> str:
    """The nearest run of naming words before the number, small words and verbs passed over."""
    words = [word[0] for word in _WORD.finditer(text)][-12:]
    while words and (not _is_naming_word(words[-1]) or _is_verb(words[-1])):
        words.pop()
    run: list[str] = []
    while words and _is_naming_word(words[-1]) and not _is_verb(words[-1]) and len(run) < _MAX_WORDS:
        run.insert(0, words.pop())
    return " ".join(run)


def _is_verb(word: str) -> bool:
    low = word.lower()
    if low in VERBS or low in SAYING:
        return True
    return low.endswith("ing") and len(low) > 5 and low not in NOUNS_IN_ING


def _is_naming_word(word: str) -> bool:
    low = word.lower()
    return word.isascii() and len(word) > 1 and low not in STOPS and (low in NAMES_IN_LY or not low.endswith("ly"))


def _han_before(text: str) -> str:
    """The last run of characters before the number that no small word breaks."""
    return next((run for run in reversed(_han_runs(text)) if len(run) > 1), "")[-8:]


def _han_behind(text: str) -> str:
    return next((run for run in _han_runs(text) if len(run) > 1), "")[:8]


def _han_runs(text: str) -> list[str]:
    runs: list[str] = []
    for match in _HAN.finditer(text):
        runs += "".join(" " if letter in HAN_STOPS else letter for letter in match[0]).split()
    return runs
