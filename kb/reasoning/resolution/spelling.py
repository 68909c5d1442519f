"""Names normalized for comparison: case, width, signs, legal forms, word order, plurals and abbreviations."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from kb.domain.unit.names import IRREGULAR_PLURALS, singular
from kb.numbers.lexicon import LEXICON

_ABBREVIATIONS: Mapping[str, str] = {
    "univ": "university",
    "intl": "international",
    "natl": "national",
    "dept": "department",
    "govt": "government",
    "assn": "association",
    "bros": "brothers",
    "mfg": "manufacturing",
}
_LEADING_ABBREVIATIONS: Mapping[str, str] = {
    "st": "saint",
    "ste": "sainte",
    "mt": "mount",
    "ft": "fort",
    "dr": "doctor",
}
"""Words that are short for a name's first part: *St Mary's*, *Fort Worth*."""

_TRAILING_ABBREVIATIONS: Mapping[str, str] = {"st": "street", "rd": "road", "ave": "avenue", "blvd": "boulevard"}
"""Words that are short for its last: *Main St*."""

_ALL_ABBREVIATIONS = frozenset((*_ABBREVIATIONS, *_LEADING_ABBREVIATIONS, *_TRAILING_ABBREVIATIONS))
_FEWEST_LETTERS = 3
"""Letters that a word for one thing has."""


def written_out(words: Sequence[str]) -> list[str]:
    """``words`` of a name, in the order said, each short one as it is spoken.

    >>> written_out(["st", "marys"]), written_out(["main", "st"]), written_out(["warner", "bros"])
    (['saint', 'marys'], ['main', 'street'], ['warner', 'brothers'])
    """
    if _ALL_ABBREVIATIONS.isdisjoint(words):
        return list(words)
    last = len(words) - 1
    expanded = [_ABBREVIATIONS.get(word, word) for word in words]
    expanded[:last] = [_LEADING_ABBREVIATIONS.get(word, word) for word in expanded[:last]]
    return [*expanded[:last], _TRAILING_ABBREVIATIONS.get(expanded[last], expanded[last]) if last else expanded[last]]


def singular_words(words: Sequence[str]) -> list[str]:
    """``words`` of a name, each for one thing; a very short one stays, since it is more often another word.

    >>> singular_words(["gpu", "hours"]), singular_words(["companies"]), singular_words(["ios"])
    (['gpu', 'hour'], ['company'], ['ios'])
    """
    return [_singular_word(word) if word[-1] == "s" or word in IRREGULAR_PLURALS else word for word in words]


@lru_cache(maxsize=1 << 16)
def _singular_word(word: str) -> str:
    if not (word.isascii() and word.isalpha()):
        return word
    singular_form = singular(word)
    return singular_form if len(singular_form) >= _FEWEST_LETTERS else word


def word_set(words: str) -> frozenset[str]:
    """The words of a line."""
    return frozenset(words.split())


LEGAL_FORMS = word_set(
    "inc incorporated corp corporation ltd limited llc llp plc gmbh mbh company pty pte pvt sarl srl bhd kgaa oyj asa"
    " 有限公司 公司 株式会社 주식회사"
)
"""Words that say what kind of firm a name belongs to, wherever in the name they stand."""

LAST_FORMS = word_set("ab ag as bv co cv kg kk lp nv oy sa sas se spa ug")
"""Short words that say so only behind the name: *SA Breweries* keeps its first word."""

HAN_FORMS = ("股份有限公司", "有限责任公司", "集团有限公司", "有限公司", "公司", "株式会社", "주식회사")
"""Legal forms that are written without a space, the longest in front."""

SMALL_WORDS = LEXICON.stops.small
"""Words that join others and name nothing."""

_SIGNS = str.maketrans(
    dict.fromkeys('-‐‑‒–—_/\\|,;:()[]{}<>"“”„«»!?·•・、，。（）《》【】', " ")
    | dict.fromkeys(".'’‘`´™®©", "")
    | {"&": " and ", "+": " plus "}
)
_POINT = re.compile(r"(?<=\d)\.(?=\d)")


ORDER_WORDS = word_set("than to from into over under versus vs minus without before after")
"""Words that make the order of the others matter: *more uses than GPUs* is not *more GPUs than uses*."""


class Spelling(NamedTuple):
    """A name as it is compared.

    Attributes:
        words: Its words, folded, in alphabetical order (in the order said where one of ``ORDER_WORDS`` is among them),
            without legal forms and small words.
        named: Its words, folded, in the order said, without legal forms.
        meant: ``words`` written out and each for one thing: what a plural and a short form share with the long one.
        forms: The legal forms that were set aside, in alphabetical order.
    """

    words: tuple[str, ...]
    named: tuple[str, ...]
    meant: tuple[str, ...]
    forms: tuple[str, ...]


def spelling(name: str) -> Spelling:
    """``name`` as it is compared.

    >>> spelling("The Acme-Works Co., Ltd.")
    Spelling(words=('acme', 'works'), named=('the', 'acme', 'works'), meant=('acme', 'work'), forms=('co', 'ltd'))
    >>> spelling("ＡＣＭＥ科技有限公司").words
    ('acme科技',)
    """
    folded_words = folded(name)
    named = _without_legal_forms(folded_words)
    large = _content_words(named)
    return Spelling(
        _comparable(large, named), tuple(named), _comparable(_meaning(large), named), _forms(folded_words, named)
    )


class NameKeys(NamedTuple):
    """What names may share that are one: ``words`` and ``meant`` of their spelling, or all letters, without spaces."""

    words: tuple[str, ...]
    named: list[str]

    @property
    def unspaced(self) -> str:
        """``deepseek`` for *Deep Seek, Inc.*"""
        return "".join(self.named)

    @property
    def meant(self) -> tuple[str, ...]:
        """``('gpu', 'hour')`` for *GPU hours*."""
        return _comparable(_meaning(_content_words(self.named)), self.named)


def name_keys(name: str) -> NameKeys:
    """What ``name`` is found by; what costs more than its words is told when asked."""
    named = _without_legal_forms(folded(name))
    return NameKeys(_comparable(_content_words(named), named), named)


def _content_words(named: list[str]) -> list[str]:
    """``named`` without small words; all of it where nothing else is left."""
    return [word for word in named if word not in SMALL_WORDS] or named


def _meaning(large: list[str]) -> list[str]:
    return singular_words(written_out(large))


def _comparable(words: list[str], named: list[str]) -> tuple[str, ...]:
    return tuple(words) if not ORDER_WORDS.isdisjoint(named) else tuple(sorted(words))


def folded(name: str) -> list[str]:
    """The words of ``name``: small letters, plain width, no accents, no signs; a point between digits stays."""
    text = name.casefold() if name.isascii() else _plain(name)
    if "." in text:
        text = _POINT.sub("\0", text)
    return text.translate(_SIGNS).replace("\0", ".").split() or [name]


def _plain(name: str) -> str:
    """Without width, case and the accents of alphabets; signs of syllables keep what belongs to them."""
    text = unicodedata.normalize("NFKC", name).casefold()
    apart = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(sign for sign in apart if not "\u0300" <= sign <= "\u036f"))


def _without_legal_forms(folded_words: list[str]) -> list[str]:
    """``folded_words`` without legal forms; all of it where nothing else is left."""
    kept = folded_words
    if not LEGAL_FORMS.isdisjoint(folded_words):
        kept = [word for word in folded_words if word not in LEGAL_FORMS]
    while kept and kept[-1] in LAST_FORMS:
        kept = kept[:-1]
    kept = [word if word.isascii() else _without_han_form(word) for word in kept]
    return kept or folded_words


def _without_han_form(word: str) -> str:
    for form in HAN_FORMS:
        if len(word) > len(form) + 1:
            if word.endswith(form):
                return word[: -len(form)]
            if word.startswith(form):
                return word[len(form) :]
    return word


def _forms(folded_words: list[str], named: list[str]) -> tuple[str, ...]:
    """What ``_without_legal_forms`` took off."""
    if named == folded_words:
        return ()
    left, forms = list(named), []
    for word in folded_words:
        if word in left:
            left.remove(word)
        else:
            forms.append(next((form for form in HAN_FORMS if form in word), word))
    return tuple(sorted(forms))
