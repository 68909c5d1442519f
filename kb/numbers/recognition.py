"""The language of a text, by its script or its commonest words."""

import re
from collections import Counter
from collections.abc import Mapping

from kb.numbers.language import Language
from kb.numbers.lexicon import LANGUAGES
from kb.numbers.word_tables import Words

_SAMPLE = 50_000
_WORD = re.compile(r"[^\W\d_]+")


def _own_words(language: Language) -> Words:
    """The words that show a text to be in ``language``: its commonest, and those of its numbers, units and limits."""
    numerals = language.word_numerals
    tables = (numerals.below_twenty, numerals.tens, numerals.scales, language.units.measures, language.bounds.leads)
    return language.common | {word for table in tables for word in table if word.isalpha()}


_OWN: Mapping[str, Words] = {language.code: _own_words(language) for language in LANGUAGES if language.common}
_BY_CODE = {language.code: language for language in LANGUAGES}


def language_of(text: str) -> Language | None:
    """The language of most words at the beginning of ``text``; None where two have as many, or none has any.

    A text in another script than the Latin has none here, as its words stand in no other language.

    >>> language_of("Rund 8.500 Menschen kamen."), language_of("Some 8,500 people came.")
    (Language...
    """
    words = Counter(_WORD.findall(text[:_SAMPLE].lower()))
    counts = Counter({code: sum(count for word, count in words.items() if word in own) for code, own in _OWN.items()})
    (code, most), (_, second) = counts.most_common(2)
    return _BY_CODE[code] if most > second else None
