"""Guesses at the scope of a number from the words of its sentence: price years, plan or actual, announced or paid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kb.numbers.language import Language
from kb.numbers.lexicon import LANGUAGES

PRICE_YEAR = "price-year"
"""The scope key of the year in whose prices an amount of money is given."""

_YEAR = r"(?P<year>(?:19|20)\d\d)"


def scope_cues(sentence: str, start: int, end: int, *, money: bool) -> tuple[tuple[str, str], ...]:
    """Scope keys with their values for the number from ``start`` to ``end`` of ``sentence``, as its words suggest.

    Which of two a number is, such as plan or actual, is suggested only where the sentence sets the two against each
    other: one who says what was paid need not mean that something else was announced.

    >>> scope_cues("The bridge cost $40 million in 2015 prices.", 16, 27, money=True)
    (('price-year', '2015'),)
    >>> scope_cues("Of $5 million announced, $3 million was paid.", 25, 35, money=True)
    (('payment', 'paid'),)
    """
    years = (match["year"] for pattern in _PRICE_YEARS for match in pattern.finditer(sentence)) if money else iter(())
    year = next(years, "")
    priced = ((PRICE_YEAR, year),) if year else ()
    return (*priced, *_opposites(sentence, start, end))


def _opposites(sentence: str, start: int, end: int) -> Iterator[tuple[str, str]]:
    for key, values in _OPPOSITES.items():
        distances = {
            value: min((_distance(sentence, match, start, end) for match in pattern.finditer(sentence)), default=None)
            for value, pattern in values.items()
        }
        known = {value: distance for value, distance in distances.items() if distance is not None}
        if len(known) == len(values):
            yield key, min(known, key=lambda value: known[value])


def _distance(sentence: str, match: re.Match[str], start: int, end: int) -> tuple[bool, int]:
    """Whether a cue stands in another clause than the number, and how many characters lie between the two."""
    between = (match.end(), start) if match.end() <= start else (end, match.start())
    return _CLAUSE_END.search(sentence, *between) is not None, between[1] - between[0]


_CLAUSE_END = re.compile(r"[,;，；]|\band\b|\bund\b", re.IGNORECASE)


def _pattern(phrases: Mapping[Language, tuple[str, ...]]) -> re.Pattern[str]:
    """The phrases of all languages: whole words where blanks stand between words, any characters where none do."""
    made = []
    for language, listed in phrases.items():
        words = "|".join(map(re.escape, listed))
        made.append(f"(?:{words})" if language.script else rf"(?<!\w)(?:{words})(?!\w)")
    return re.compile("|".join(made), re.IGNORECASE)


def _price_year_pattern(phrase: str, language: Language) -> re.Pattern[str]:
    """A phrase with its year; one that does not end in the year ends a clause, unlike "in 2015 prices rose"."""
    ending = "" if language.script or phrase.endswith("{year}") else r"(?=\s*(?:[,;:.!?)]|$))"
    return re.compile(re.escape(phrase).replace(re.escape("{year}"), _YEAR) + ending, re.IGNORECASE)


_PRICE_YEARS = tuple(
    _price_year_pattern(phrase, language) for language in LANGUAGES for phrase in language.cues.price_years
)

_OPPOSITES: Mapping[str, Mapping[str, re.Pattern[str]]] = {
    key: {
        value: _pattern({language: language.cues.scopes[key][value] for language in LANGUAGES})
        for value in LANGUAGES[0].cues.scopes[key]
    }
    for key in LANGUAGES[0].cues.scopes
}
"""For each scope key of two opposite values the cues of either."""
