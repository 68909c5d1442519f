"""The parts of a text in which a figure can stand, cut into tokens.

Only the surroundings of places where a number can begin are cut. Such places are found with one pattern, and their
surroundings never overlap, so the time grows with the length of the text alone.
"""

import re
from collections.abc import Iterator

from kb.domain.unit import STANDARD, Units
from kb.domain.unit.names import CURRENCIES
from kb.numbers.amount import MINUSES
from kb.numbers.figure import FIRST_LEADS
from kb.numbers.lexicon import LEXICON
from kb.numbers.numerals import GLYPHS
from kb.numbers.token import Token, plain, tokens_of

_WORDS, _CHARACTERS, _UNITS = LEXICON.word_numerals, LEXICON.character_numerals, LEXICON.units
_BEHIND = 160
_BEFORE = 64


def _beginnings() -> re.Pattern[str]:
    """A pattern for the first word, character or digits of every number."""
    spoken = (_WORDS.below_twenty, _WORDS.tens, _WORDS.ordinals, _WORDS.halves, _WORDS.vague_plurals, _WORDS.several)
    more = (_WORDS.scales, _WORDS.hundreds, _WORDS.dozens, _UNITS.article_coins)
    words = "|".join(sorted({text for table in (*spoken, *more) for text in table}))
    written = (_CHARACTERS.digits, _CHARACTERS.tens, _CHARACTERS.twenties, _CHARACTERS.scales, _CHARACTERS.vague)
    around = (_CHARACTERS.half_price, _CHARACTERS.half, _CHARACTERS.upwards, _CHARACTERS.tenths)
    ordinals = _CHARACTERS.ordinal_prefixes
    signs = "".join(sorted({text[0] for table in (*written, *around, ordinals) for text in table}))
    return re.compile(rf"[0-9]++(?:[.,\s]?[0-9]++)*|[{signs}{''.join(GLYPHS)}]++|\b(?:{words})(?![a-z])", re.IGNORECASE)


_BEGINNING = _beginnings()


def stretches(text: str, units: Units = STANDARD) -> Iterator[list[Token]]:
    """The tokens around each place where a number can begin; places near each other share theirs."""
    text = plain(text)
    start = end = 0
    for match in _BEGINNING.finditer(text):
        if match.start() - _BEFORE > end:
            if end:
                yield tokens_of(text, start, _cut(text, end, len(text)), units)
            start = _cut(text, match.start() - _BEFORE, match.start())
        end = match.end() + _BEHIND
    if end:
        yield tokens_of(text, start, len(text) if end >= len(text) else _cut(text, end, len(text)), units)


_BLANK = re.compile(r"\s")


def _cut(text: str, place: int, last: int) -> int:
    """A blank at or soon behind ``place``, so that no word is cut in two; ``place`` where there is none."""
    if place >= last:
        return last
    blank = _BLANK.search(text, max(place, 0), min(place + 32, last))
    return blank.start() if blank else max(place, 0)


def _first_words() -> frozenset[str]:
    spoken = (_WORDS.below_twenty, _WORDS.tens, _WORDS.ordinals, _WORDS.halves, _WORDS.vague_plurals, _WORDS.several)
    openers = (_WORDS.hundreds, _WORDS.articles, _WORDS.vague_openers)
    written = (_CHARACTERS.digits, _CHARACTERS.tens, _CHARACTERS.twenties, _CHARACTERS.scales, _CHARACTERS.vague)
    around = (_CHARACTERS.vague_idioms, _CHARACTERS.half_price, _CHARACTERS.half, _CHARACTERS.upwards)
    money = (_UNITS.money_signs, _UNITS.dollar_letters, _UNITS.money_names, CURRENCIES)
    signs = (GLYPHS, MINUSES, LEXICON.bounds.negatives, LEXICON.bounds.openings, FIRST_LEADS, _UNITS.per_before, "([")
    tables = (*spoken, *openers, *written, *around, *money, *signs)
    return frozenset(text.lower() for table in tables for text in table)


_FIRST = _first_words()


def may_begin(token: Token) -> bool:
    """Whether a figure, its leading words included, can begin with ``token``."""
    return token.kind == "number" or token.low in _FIRST or (bool(token.unit) and token.kind != "link")
