"""How is a number meant, and who says it? Guesses from the words of its sentence; a person has the last word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kb.domain.entity import Stance
from kb.intake.draft import cue

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
_NEAR = 18
"""Characters before a number in which a denial is its own."""
_BEHIND = 60
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
    denied = _denied(sentence[max(0, start - _NEAR) : start])
    if denied:
        return StanceGuess(Stance.NEGATED, denied)
    for stance, cues in cue.STANCES:
        found = _pattern(tuple(cues["en"]), tuple(cues["zh"])).search(sentence, 0, start + _BEHIND)
        if found:
            return StanceGuess(stance, found[0].lower())
    return None


def _denied(before: str) -> str:
    """The denial that ends ``before``, or an empty text; one of a bound (``not more than``) is none."""
    for words in cue.NEGATING.values():
        found = re.search(rf"(?<![A-Za-z])(?:{'|'.join(map(re.escape, words))})\s*$", before, re.IGNORECASE)
        if found:
            return found[0].strip().lower()
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
    found = _ATTRIBUTED.search(sentence)
    if found:
        return _name(found[1])
    speaker = _speaker(sentence, start)
    if speaker:
        return speaker
    chinese = _HAN_VOICE.search(sentence) or _HAN_ATTRIBUTED.search(sentence)
    return chinese[1].strip() if chinese and not _is_pronoun(chinese[1].strip()) else ""


def _speaker(sentence: str, start: int) -> str:
    """The name nearest to ``start`` that a verb of saying follows."""
    near = [
        (abs(found.start() - start), name)
        for found in _NAMED.finditer(sentence)
        if (verb := _NEXT_WORDS.match(sentence, found.end())) and verb[1] in cue.SAYING and (name := _name(found[0]))
    ]
    return min(near)[1] if near else ""


def _name(found: str) -> str:
    name = _POSSESSIVE.sub("", _LOWER_END.sub("", found.strip().rstrip(".,")))
    return "" if _is_pronoun(name) else name


def _is_pronoun(name: str) -> bool:
    return name.lower() in cue.STOPS or name in ("他", "她", "我们", "他们", "有人", "大家", "作者", "这", "该公司")
