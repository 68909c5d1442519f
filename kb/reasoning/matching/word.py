"""Which written words are one word? Those for one and for several, and those that are written short."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from kb.domain.noun import PLURALS, singular

_ANYWHERE: Mapping[str, str] = {
    "univ": "university",
    "intl": "international",
    "natl": "national",
    "dept": "department",
    "govt": "government",
    "assn": "association",
    "bros": "brothers",
    "mfg": "manufacturing",
}
_BEFORE: Mapping[str, str] = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort", "dr": "doctor"}
"""Words that are short for a name's first part: *St Mary's*, *Fort Worth*."""

_BEHIND: Mapping[str, str] = {"st": "street", "rd": "road", "ave": "avenue", "blvd": "boulevard"}
"""Words that are short for its last: *Main St*."""

_SHORT = frozenset((*_ANYWHERE, *_BEFORE, *_BEHIND))
_FEWEST = 3
"""Letters that a word for one thing has."""


def written_out(words: Sequence[str]) -> list[str]:
    """``words`` of a name, in the order said, each short one as it is spoken.

    >>> written_out(["st", "marys"]), written_out(["main", "st"]), written_out(["warner", "bros"])
    (['saint', 'marys'], ['main', 'street'], ['warner', 'brothers'])
    """
    if _SHORT.isdisjoint(words):
        return list(words)
    last = len(words) - 1
    said = [_ANYWHERE.get(word, word) for word in words]
    said[:last] = [_BEFORE.get(word, word) for word in said[:last]]
    return [*said[:last], _BEHIND.get(said[last], said[last]) if last else said[last]]


def for_one(words: Sequence[str]) -> list[str]:
    """``words`` of a name, each for one thing; a very short one stays, since it is more often another word.

    >>> for_one(["gpu", "hours"]), for_one(["companies"]), for_one(["ios"])
    (['gpu', 'hour'], ['company'], ['ios'])
    """
    return [_for_one(word) if word[-1] == "s" or word in PLURALS else word for word in words]


@lru_cache(maxsize=1 << 16)
def _for_one(word: str) -> str:
    if not (word.isascii() and word.isalpha()):
        return word
    one = singular(word)
    return one if len(one) >= _FEWEST else word
