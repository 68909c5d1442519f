"""Is a number in Chinese characters a figure? Digits in words stand in many words that count nothing."""

from kb.domain.notation import han_word
from kb.intake.scan import hanlexicon
from kb.intake.scan.candidate import Candidate

_POINTERS = frozenset("每这那某任另同唯逐哪")
_UP_TO = frozenset("以之早晚路网线身手向往史马世")
_VAGUE = frozenset((*han_word.VAGUE, "好几"))
_UNITS = frozenset((*han_word.TENS, *han_word.SCALES))


def is_han_figure(one: Candidate) -> bool:
    """Whether ``one``, a number that begins with a Chinese sign, says how much or how many."""
    sign, single = one.head.text, one.number.end == one.core + 1
    previous = one.text[one.head.start - 1 : one.head.start]
    if sign in han_word.IDIOMS:
        return True
    if previous == "每":
        return False
    if sign == "上":
        return previous not in _UP_TO or not previous
    if sign in _VAGUE:
        return one.is_scaled or one.is_time or one.is_money
    if sign == "半":
        return previous == "一" or (one.is_time and one.said != "day") or one.said == "fraction"
    if sign == "一" and single and one.is_one_value:
        return _is_one(one, previous)
    if sign in _UNITS and single and sign != "十":
        return False
    if single:
        return bool(one.said) or one.noun
    return one.is_scaled or bool(one.said) or bool(_UNITS & set(one.text[one.head.start : _end(one)]))


def _end(one: Candidate) -> int:
    return one.tokens[one.number.end - 1].end


def _is_one(one: Candidate, previous: str) -> bool:
    """一倍, 大约一周, 一成; but 一个, 一家, 一年."""
    if previous in _POINTERS and previous:
        return False
    if one.said in ("fraction", "multiple"):
        return True
    if one.is_money:
        return one.first < one.core or previous not in hanlexicon.STOPS
    return one.is_hedged and one.is_time
