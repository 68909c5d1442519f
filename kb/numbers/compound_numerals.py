"""Numbers that are one word: fünfundachtzig, zweihundertdreitausend, zweieinhalb.

Only a language that joins its number words (``WordNumerals.inner_ands``) has any.
"""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from kb.numbers.language import Language
from kb.numbers.lexicon import LANGUAGES, LEXICON

_HUNDRED, _THOUSAND = 100, 1000


def _any_of(texts: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, texts), key=len, reverse=True))


class _Compounds(NamedTuple):
    """How one language joins its number words.

    Attributes:
        words: Its words for numbers below a hundred.
        whole: A pattern for a whole number, with groups for its parts.
        parts: Words of a part, each with its worth: ``einhalb``.
        mixed: Numbers that are no sum of other words: ``anderthalb``.
    """

    words: Mapping[str, int]
    whole: re.Pattern[str]
    parts: Mapping[str, Decimal]
    mixed: Mapping[str, Decimal]


def _compounds(language: Language) -> _Compounds:
    numerals = language.word_numerals
    ands = _any_of(numerals.inner_ands)
    # "Elf" alone is read by the language of the text, but inside a number it can mean nothing else.
    known = LEXICON.word_numerals.below_twenty
    small = {word: known[meaning] for word, meaning in language.homographs.items() if meaning in known}
    small |= {word: value for word, value in numerals.below_twenty.items() if value}
    units = _any_of(word for word, value in small.items() if value < 10)
    below = _any_of(small)
    tens = rf"(?:(?:(?:{units})(?:{ands}))?(?:{_any_of(numerals.tens)})|(?:{below}))"
    hundred = _any_of(numerals.hundreds)
    thousand = _any_of(word for word, value in numerals.scales.items() if value == _THOUSAND and word.isalpha())

    def group(name: str) -> str:
        return rf"(?:(?P<{name}_hundreds>{below})?(?P<{name}_hundred>{hundred})(?:{ands})?)?(?P<{name}_tens>{tens})?"

    whole = rf"(?:(?:{group('many')})(?P<thousand>{thousand})(?:{ands})?)?{group('few')}"
    return _Compounds({**small, **numerals.tens}, re.compile(whole), numerals.inner_parts, numerals.mixed)


_COMPOUNDS = tuple(_compounds(language) for language in LANGUAGES if language.word_numerals.inner_ands)
_LONGEST = 80


def beginnings() -> frozenset[str]:
    """The words that a number of one word may begin with."""
    joined = [language.word_numerals for language in LANGUAGES if language.word_numerals.inner_ands]
    return frozenset(
        word
        for numerals in joined
        for table in (numerals.below_twenty, numerals.tens, numerals.hundreds, numerals.lone_numbers, numerals.mixed)
        for word in table
    )


@lru_cache(maxsize=4096)
def compound_number(word: str) -> Decimal | None:
    """The number that ``word``, in small letters, is made of; None for a word that is none or a single number word.

    >>> [str(compound_number(word)) for word in ("zweihundertfünfundachtzig", "anderthalb", "zwölf", "achtlos")]
    ['285', '1.5', 'None', 'None']
    """
    if len(word) > _LONGEST:
        return None
    return next((value for compounds in _COMPOUNDS if (value := _value(compounds, word)) is not None), None)


def _value(compounds: _Compounds, word: str) -> Decimal | None:
    if word in compounds.mixed:
        return compounds.mixed[word]
    for part, worth in compounds.parts.items():
        stem = word.removesuffix(part)
        count = (compounds.words.get(stem) or _whole(compounds, stem)) if stem != word else 0
        if count:
            return count + worth
    whole = 0 if word in compounds.words else _whole(compounds, word)
    return Decimal(whole) if whole else None


def _whole(compounds: _Compounds, word: str) -> int:
    """The whole number that ``word`` is the sum of; 0 for any other word and for a single number word."""
    match = compounds.whole.fullmatch(word)
    if match is None:
        return 0
    many, few = _group(compounds, match, "many"), _group(compounds, match, "few")
    if match["thousand"]:
        return (many or 1) * _THOUSAND + few if word != match["thousand"] else 0
    return few if word != match["few_hundred"] else 0


def _group(compounds: _Compounds, match: re.Match[str], name: str) -> int:
    hundreds, tens = match[f"{name}_hundreds"], match[f"{name}_tens"]
    value = (compounds.words[hundreds] if hundreds else 1) * _HUNDRED if match[f"{name}_hundred"] else 0
    return value + (_below_hundred(compounds, tens) if tens else 0)


def _below_hundred(compounds: _Compounds, word: str) -> int:
    if word in compounds.words:
        return compounds.words[word]
    ten = next(text for text in sorted(compounds.words, key=len, reverse=True) if word.endswith(text))
    unit = next(text for text in sorted(compounds.words, key=len, reverse=True) if word.startswith(text))
    return compounds.words[ten] + compounds.words[unit]
