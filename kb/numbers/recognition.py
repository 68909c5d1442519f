"""The language of a text, by its script or its commonest words."""

import re
from collections import Counter
from collections.abc import Mapping

from kb.domain.unit.names import CURRENCIES
from kb.numbers.language import Language
from kb.numbers.lexicon import LANGUAGES, language_named
from kb.numbers.word_tables import Words

_SAMPLE = 50_000
_WORD = re.compile(r"[^\W\d_]+")


def _words_of(language: Language) -> Words:
    """The commonest words of ``language``, and those of its numbers, units and limits."""
    numerals = language.word_numerals
    # Dollars and euros stand in texts of every language.
    units = [word for word, (unit, _) in language.units.measures.items() if unit not in CURRENCIES]
    tables = (numerals.below_twenty, numerals.tens, numerals.scales, units, language.bounds.leads)
    words = {word for table in tables for word in table if word.isalpha()}
    return language.common | language.stops.no_heads | language.homographs.keys() | words


def _own_words() -> Mapping[str, Words]:
    """For each language that its words show, those that no other has; homographs tell nothing."""
    homographs = {word for language in LANGUAGES for word in language.homographs}
    all_words = {language.code: _words_of(language) for language in LANGUAGES if language.common}
    return {
        code: words.difference(homographs, *(rest for language, rest in all_words.items() if language != code))
        for code, words in all_words.items()
    }


_OWN = _own_words()


def language_of(text: str) -> Language | None:
    """The language of most words at the beginning of ``text``; None where two have as many, or none has any.

    A text in another script than the Latin has none here, as its words stand in no other language.

    >>> [language_of(text).code for text in ("Rund 8.500 Menschen kamen.", "Some 8,500 people came.")]
    ['de', 'en']
    """
    (language, most), (_, second) = _counted(text[:_SAMPLE])
    return language_named(language) if most > second else None


_FEWEST_WORDS = 3
"""Words of a language that a paragraph has at least which is in another one than the rest of its text."""


def sections(text: str, language: Language | None) -> list[tuple[int, Language | None]]:
    """The languages of the parts of ``text``, each with the character behind its last.

    A part begins with a paragraph that is plainly in another language than ``language``, that of most of the text, and
    ends with that paragraph: a report in two languages writes 1,450 in one and 1.450 in the other.

    >>> text = "Some 8,500 of the people came on that day.\\n\\nEs kamen an dem Tag rund 8.500 der Menschen."
    >>> [(end, language.code) for end, language in sections(text, language_of(text))]
    [(44, 'en'), (88, 'de')]
    """
    whole = [(len(text), language)]
    if _counted(text[:_SAMPLE])[1][1] < _FEWEST_WORDS:
        return whole
    parts: list[tuple[int, Language | None]] = []
    for block in _BLOCK.finditer(text):
        (code, most), (_, second) = _counted(block[0])
        is_other = (language is None or code != language.code) and most >= max(_FEWEST_WORDS, 3 * second)
        own = language_named(code) if is_other else language
        if parts and parts[-1][1] is own:
            parts.pop()
        parts.append((block.end(), own))
    return [*parts[:-1], (len(text), parts[-1][1])] if parts else whole


_BLOCK = re.compile(r"(?:(?!\n[^\S\n]*\n).)+(?:\n\s*\n)?", re.DOTALL)


def _counted(text: str) -> list[tuple[str, int]]:
    """How many words of ``text`` only one language has, the language with the most first."""
    spelled = _WORD.findall(text)
    # "US" is no pronoun.
    words = Counter(word.lower() for word in spelled if len(word) == 1 or not word.isupper())
    counts = Counter({code: sum(count for word, count in words.items() if word in own) for code, own in _OWN.items()})
    return counts.most_common(2)
