"""Readable ids: what an id may look like, the id that a title or a name makes, and the first id that is still free."""

import re
import unicodedata
from collections.abc import Container

LONGEST = 60
"""Characters of an id, at most."""

ID = re.compile(rf"[a-z0-9][a-z0-9-]{{0,{LONGEST - 1}}}")
"""An id as a person may write it in a seed file."""

_APOSTROPHES = re.compile("['’ʼ]")
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


def slug_of(text: str) -> str:
    """``text`` as an id, cut where it is too long; empty where it holds no Latin letter and no digit.

    >>> slug_of("AI’s Brokenomics: Déjà vu"), slug_of("DBLP:conf/Köhler_2020"), slug_of("Łódź–Ærø"), slug_of("毛利率")
    ('ais-brokenomics-deja-vu', 'dblp-conf-kohler-2020', 'lodz-aero', '')
    """
    # An apostrophe parts no words: a draft called this title "ais-brokenomics", a bibliography "ai-s-brokenomics".
    words = _APOSTROPHES.sub("", unicodedata.normalize("NFKD", text)).lower().translate(_LETTERS)
    letters = "".join(char for char in words if not unicodedata.combining(char))
    return cut_slug(re.sub(r"[^a-z0-9]+", "-", letters).strip("-"))


def cut_slug(slug: str, longest: int = LONGEST) -> str:
    """The beginning of ``slug`` that is no longer than ``longest``."""
    return slug[:longest].rstrip("-")


def unused_slug(slug: str, taken: Container[str]) -> str:
    """``slug``, or with the first number behind it, from 2 on, that is not ``taken``.

    >>> unused_slug("fee", {"fee", "fee-2"})
    'fee-3'
    """
    number, unused = 2, slug
    while unused in taken:
        unused = f"{cut_slug(slug, LONGEST - len(f'-{number}'))}-{number}"
        number += 1
    return unused
