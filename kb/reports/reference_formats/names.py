"""Names as published, taken apart for formats that want the family name first."""

import re
from dataclasses import dataclass

_SMALL = """
af al av bin da das de degli dei del della den der di do dos du el ibn la le ten ter van vom von zu zum zur
"""
_INSTITUTIONAL = """
academy administration agency alliance associates association authority bank board bureau center centre college
commission committee community company conference consortium corp corporation council court department desk division
editors federation firm foundation fund gmbh government group holdings house inc inc. institute international journal
lab laboratory labs league letter limited llc llp ltd ltd. magazine ministry museum network news newspaper observatory
office organisation organization parliament partners party plc press project publishers research review school
secretariat service services society staff studio team the times union university
"""
_PARTICLES = frozenset(_SMALL.split())
"""Words that begin a family name."""
_NO_NAMES = frozenset(_INSTITUTIONAL.split())
"""Words that no person is called by, in small letters."""
_SUFFIXES = frozenset(("Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"))
_MOST_WORDS = 6
_CAPITAL_INSIDE = frozenset(("De", "Di", "Du", "Fitz", "La", "Le", "Mac", "Mc", "Van"))
"""Beginnings of family names behind which a capital may follow: ``McKay``, ``DiCaprio``."""
_WORD = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]*)*")


@dataclass(frozen=True, slots=True)
class PublishedName:
    """A name in its parts; the name of an organisation, and any that cannot be taken apart, has only ``family``."""

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""

    @property
    def is_literal(self) -> bool:
        """Whether it is printed as it is, wherever it stands."""
        return not self.given

    @property
    def inverted(self) -> str:
        """The name with the family name first, e.g. ``van Beethoven, Ludwig``; a literal name as it is."""
        family = f"{self.particle} {self.family}" if self.particle else self.family
        return ", ".join(part for part in (family, self.suffix, self.given) if part)


def published_name(text: str) -> PublishedName:
    """The parts of a person's name; all of ``text`` as the family where it names an organisation or is in doubt.

    >>> published_name("Ludwig van Beethoven").inverted, published_name("Martin Luther King, Jr.").inverted
    ('van Beethoven, Ludwig', 'King, Jr., Martin Luther')
    >>> published_name("The Harbour Office").is_literal, published_name("SemiAnalysis").is_literal
    (True, True)
    """
    name = " ".join(text.split())
    words = name.split()
    suffix = words.pop() if len(words) > 2 and words[-1] in _SUFFIXES else ""
    if suffix:
        words[-1] = words[-1].removesuffix(",")
    start = next((at for at, word in enumerate(words) if at and word in _PARTICLES), len(words) - 1)
    end = start
    while end < len(words) and words[end] in _PARTICLES:
        end += 1
    people = (*words[:start], *words[end:])
    # A name that is cut in the wrong place is worse than one that is sorted under its first word.
    if not 1 < len(words) <= _MOST_WORDS or end == len(words) or not all(map(_may_be_a_persons, people)):
        return PublishedName(name)
    return PublishedName(" ".join(words[end:]), " ".join(words[:start]), " ".join(words[start:end]), suffix)


def _may_be_a_persons(word: str) -> bool:
    """Whether ``word`` may be part of a person's name: not so ``Office``, ``BBC``, ``OpenAI``, ``of`` and ``3M``."""
    if not _WORD.fullmatch(word) or word[0].islower() or word.lower() in _NO_NAMES:
        return False
    return not _has_odd_capitals(word)


def _has_odd_capitals(word: str) -> bool:
    for part in re.split(r"[.'’-]", word):
        inner = next((at for at, letter in enumerate(part) if at and letter.isupper()), 0)
        if inner and part[:inner] not in _CAPITAL_INSIDE and len(part) > 2:
            return True
    return False
