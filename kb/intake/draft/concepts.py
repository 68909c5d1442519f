"""Names of measures compared across languages: general words of business and statistics that mean the same thing.

The table (``concept_table``) is data. What it does not list is compared by its words.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kb.intake.draft.concept_table import GERMAN_HEADS, TABLE
from kb.intake.draft.thing_table import FIELDS, GENERAL_CONCEPTS, OPPOSITE_CONCEPTS, THINGS
from kb.numbers.word_tables import words

_STOPS = words("""
carried transported befördert beförderte beförderten performed conducted undertaken done made recorded counted out
amount amounts mittel betrag beträge two three four five six seven eight nine ten zwei drei
vier fünf sechs sieben acht neun zehn
across among between during into onto over under through within up out off
a an the of in on at for to by from and or with per its their his her our it that which was were is are be been
being der die das des dem den ein eine einer eines von im am an auf für zu zum zur je und oder pro bei mit all
roughly total number amount zahl anzahl summe insgesamt average mean total final actual overall published 的 了 和 与 共
总""")
_HAN_STOPS = ("实际", "竣工", "全部", "累计", "合计", "总计", "全线", "其中", "当前", "目前")
_ENDINGS = ("ings", "ing", "ies", "ern", "en", "es", "ed", "er", "s", "e", "n", "y")


def _table() -> dict[str, str]:
    meanings: dict[str, str] = {}
    for line in (TABLE + THINGS).strip().replace("\n  ", " ").splitlines():
        concept, _, listed = line.partition(" = ")
        for word in listed.split():
            meanings.setdefault(word.replace("_", " "), concept)
    return meanings


_MEANINGS = _table()
MEANT = frozenset(_MEANINGS.values())
"""The concepts that the tables name."""
KIN = {concept: f"~{field}" for field, concepts in FIELDS.items() for concept in concepts.split()}
"""Concepts that stand for one another where two documents speak of one thing, by what they have in common."""
GENERAL = words(GENERAL_CONCEPTS)
"""Concepts that tell little: people are counted everywhere."""
OPPOSITES = tuple(tuple(pair.split()) for pair in OPPOSITE_CONCEPTS.split(";"))
"""Pairs of concepts of which no number is both."""
_HAN = tuple(sorted((word for word in _MEANINGS if "\u3400" <= word[0] <= "\u9fff"), key=len, reverse=True))
_PHRASES = re.compile(
    rf"\b(?:{'|'.join(re.escape(word) for word in sorted(_MEANINGS, key=len, reverse=True) if ' ' in word)})\b"
)
_WORD = re.compile(r"[^\W\d_][\w-]*|[\u3400-\u9fff]+")


_COMPOUND = re.compile(rf"(?P<first>[^\W\d_]{{4,}}?)(?:s|en|n|er)?(?P<head>{'|'.join(sorted(words(GERMAN_HEADS)))})")
"""``Betriebskosten``, ``Wohnungsbau``: the head, and what it is one of."""


@lru_cache(maxsize=8192)
def concepts_in(label: str) -> frozenset[str]:
    """What ``label`` names, as concepts and, for all that is none, the beginnings of its words.

    >>> concepts_in("Net sales") == concepts_in("Umsatzerlöse") == concepts_in("营业收入")
    True
    >>> concepts_in("state aid paid out") == concepts_in("ausgezahlte Fördermittel")
    True
    >>> concepts_in("Betriebskosten") == concepts_in("running costs")
    True
    >>> concepts_in("harbour dredging") == concepts_in("ticket income")
    False
    """
    text = unicodedata.normalize("NFKC", label).casefold().replace("-", " ")
    found: set[str] = set()
    found.update(_MEANINGS[phrase] for phrase in _PHRASES.findall(text))
    text = _PHRASES.sub(" ", text)
    for word in _HAN_STOPS:
        text = text.replace(word, " ")
    for word in _HAN:
        if word in text:
            found.add(_MEANINGS[word])
            text = text.replace(word, " ")
    for match in _WORD.finditer(text):
        found |= _of_word(match[0])
    return frozenset(found)


def _of_word(word: str) -> set[str]:
    if "\u3400" <= word[0] <= "\u9fff":
        rest = "".join(letter for letter in word if letter not in _STOPS)
        return {rest[at : at + 2] for at in range(max(len(rest) - 1, 1))} if rest else set()
    if word in _STOPS:
        return set()
    meaning = _MEANINGS.get(word) or _MEANINGS.get(_stem(word), "")
    if not meaning and (match := _COMPOUND.fullmatch(word)):
        return _of_word(match["head"]) | _of_word(match["first"])
    return {meaning or _stem(word)}


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
