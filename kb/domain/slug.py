"""Readable ids: their form, the id made of a title or name, and the first id that is not taken."""

import re
import unicodedata
from collections.abc import Container

LONGEST = 60
"""The most characters that an id may have."""

ID = re.compile(rf"[a-z0-9][a-z0-9-]{{0,{LONGEST - 1}}}")
"""An id as a person may write it in a seed file."""

_APOSTROPHES = re.compile("['’ʼ]")
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


def slug_of(text: str) -> str:
    """``text`` as an id, cut where it is too long; empty where it holds no Latin letter and no digit.

    >>> slug_of("AI’s Brokenomics: Déjà vu"), slug_of("DBLP:conf/Köhler_2020"), slug_of("Łódź–Ærø"), slug_of("毛利率")
    ('ais-brokenomics-deja-vu', 'dblp-conf-kohler-2020', 'lodz-aero', '')
    """
    # An apostrophe does not separate words: a draft called the first of these titles "ais-brokenomics", a bibliography
    # "ai-s-brokenomics".
    words = _APOSTROPHES.sub("", unicodedata.normalize("NFKD", text)).lower().translate(_LETTERS)
    # Letters that do not decompose (æ, ł, đ) are written out above, or each of them would become a hyphen.
    letters = "".join(char for char in words if not unicodedata.combining(char))
    return cut_slug(re.sub(r"[^a-z0-9]+", "-", letters).strip("-"))


def cut_slug(slug: str, longest: int = LONGEST) -> str:
    """``slug`` cut to at most ``longest`` characters, without a hyphen at the end."""
    return slug[:longest].rstrip("-")


def unused_slug(slug: str, taken: Container[str]) -> str:
    """``slug`` if it is not ``taken``, else with the first number from 2 on that makes it so.

    >>> unused_slug("fee", {"fee", "fee-2"})
    'fee-3'
    """
    number, unused = 2, slug
    while unused in taken:
        unused = f"{cut_slug(slug, LONGEST - len(f'-{number}'))}-{number}"
        number += 1
    return unused
