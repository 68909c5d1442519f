"""Which number do English words say? Eighteen, half a million, two thirds, hundreds of millions."""

from collections.abc import Sequence
from decimal import Decimal

from kb.domain.notation import word
from kb.domain.notation.number import EXACT, LONGEST, ONE, Number, grain_of, part_of, ratio, vague
from kb.domain.notation.token import Token


def english_number(tokens: Sequence[Token], at: int) -> Number | None:
    """The number in English words that begins at ``at``; None where none does."""
    return _vague(tokens, at) or _words(tokens, at)


def _vague(tokens: Sequence[Token], at: int) -> Number | None:
    """Hundreds of millions; several billion; a few hundred; dozens."""
    plain_at = at + 1 if tokens[at].low in ("a", "the", "many") else at
    if plain_at >= len(tokens):
        return None
    if tokens[plain_at].low in word.SEVERAL:
        return _several(tokens, plain_at + 1)
    return _plurals(tokens, plain_at)


def _plurals(tokens: Sequence[Token], at: int) -> Number | None:
    unit, end = 1, at
    while end < len(tokens) and unit < 10**24 and (factor := word.VAGUE_PLURALS.get(tokens[end].low)):
        unit, end = unit * factor, end + 1
        if not (end + 1 < len(tokens) and tokens[end].low == "of" and tokens[end + 1].low in word.VAGUE_PLURALS):
            break
        end += 1
    return vague(Decimal(unit), end) if end > at else None


def _several(tokens: Sequence[Token], at: int) -> Number:
    unit = 1
    at += 1 if at < len(tokens) and tokens[at].low == "of" else 0
    while at < len(tokens) and unit < 10**24 and (factor := scale_word(tokens[at])):
        unit, at = unit * factor, at + 1
    return vague(Decimal(unit), at)


def _words(tokens: Sequence[Token], at: int) -> Number | None:
    """Eighteen; one hundred and three; half a million; two thirds; five point five."""
    if tokens[at].low in ("half", "quarter") or (tokens[at].low == "a" and _low(tokens, at + 1) in word.PARTS):
        return _word_part(tokens, at)
    found = _cardinal(tokens, at)
    if found is None:
        return None
    value, end = found
    scale = Decimal(word.SCALES.get(tokens[end - 1].low, 1))
    number = Number(value, value, grain_of(format(value, "f")), scale, end)
    return _pointed(tokens, number) or _of_parts(tokens, number) or number


def _low(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].low if at < len(tokens) else ""


def _word_part(tokens: Sequence[Token], at: int) -> Number | None:
    """Half, a quarter, a third; half a million is a number and no part."""
    at += tokens[at].low == "a"
    number = part_of(ONE, Decimal(word.PARTS[tokens[at].low]), at + 1)
    behind = number.end + (_low(tokens, number.end) in ("a", "of"))
    behind += _low(tokens, behind) == "a"
    scale = scale_word(tokens[behind]) if behind < len(tokens) else 0
    if not scale:
        return number
    scaled = number.times(Decimal(scale), behind + 1)
    return scaled._replace(grain=grain_of(format(scaled.low.normalize(), "f")), is_part=False)


def _cardinal(tokens: Sequence[Token], at: int) -> tuple[Decimal, int] | None:
    count, place, end = _Count(), at, at
    if _low(tokens, at) == "a" and at + 1 < len(tokens) and scale_word(tokens[at + 1]):
        count.group, place = 1, at + 1
    while place < len(tokens):
        if count.takes(tokens[place].low):
            end = place + 1
        elif not _links(tokens, place, end):
            break
        place += 1
    return (Decimal(count.total + count.group), end) if end > at else None


class _Count:
    """Adds up an English number, word by word."""

    def __init__(self) -> None:
        self.total = 0
        self.group = 0
        self.smallest = 10**18

    def takes(self, low: str) -> bool:
        """Whether ``low`` goes on with the number; if so it is counted in."""
        if low in word.UNITS and self.group % 10 == 0 and (self.group % 100 == 0 or word.UNITS[low] < 10):
            self.group += word.UNITS[low]
        elif low in word.TENS and self.group % 100 == 0:
            self.group += word.TENS[low]
        elif low in ("hundred", "dozen") and 0 < self.group < 100:
            self.group *= 100 if low == "hundred" else 12
        elif low in word.SCALES and self.group and word.SCALES[low] < self.smallest:
            self.smallest = word.SCALES[low]
            self.total, self.group = self.total + self.group * self.smallest, 0
        else:
            return False
        return True


def _links(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether ``and`` or a hyphen joins two number words: one hundred and three, twenty-four."""
    if end != at or at == 0 or tokens[at].low not in ("and", "-"):
        return False
    before, behind = tokens[at - 1].low, _low(tokens, at + 1)
    small = behind in word.UNITS or behind in word.TENS
    if tokens[at].low == "and":
        return small and (before == "hundred" or before in word.SCALES)
    return before in word.TENS and behind in word.UNITS and tokens[at].end - tokens[at].start == 1


def _pointed(tokens: Sequence[Token], number: Number) -> Number | None:
    if _low(tokens, number.end) != "point":
        return None
    digits, at = "", number.end + 1
    while len(digits) < LONGEST and word.UNITS.get(_low(tokens, at), 10) < 10:
        digits, at = digits + str(word.UNITS[tokens[at].low]), at + 1
    if not digits:
        return None
    value = Decimal(f"{number.low:f}.{digits}")
    return scaled_words(tokens, Number(value, value, grain_of(f"0.{digits}"), ONE, at))


def _of_parts(tokens: Sequence[Token], number: Number) -> Number | None:
    """Two thirds, three-quarters, one and a half million."""
    at = number.end
    if _low(tokens, at) == "and" and _low(tokens, at + 1) == "a" and _low(tokens, at + 2) in ("half", "quarter"):
        value = EXACT.add(number.low, ratio(ONE, Decimal(word.PARTS[tokens[at + 2].low])))
        return scaled_words(tokens, Number(value, value, grain_of(format(value, "f")), ONE, at + 3))
    at += _low(tokens, at) == "-"
    under = word.PARTS.get(_low(tokens, at), 0)
    return part_of(number.low, Decimal(under), at + 1) if under else None


def scaled_words(tokens: Sequence[Token], number: Number) -> Number:
    """``number`` multiplied by the English scale words behind it: 2 hundred thousand."""
    at = number.end
    while at < len(tokens) and number.scale < 10**24 and (factor := scale_word(tokens[at])):
        number, at = number.times(Decimal(factor), at + 1), at + 1
    return number


def scale_word(token: Token) -> int:
    """What an English word multiplies the number before it by; 0 for all other words."""
    if token.low in word.SCALES:
        return word.SCALES[token.low]
    return {"hundred": 100, "dozen": 12}.get(token.low, 0)
