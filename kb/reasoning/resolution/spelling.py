"""Names normalized for comparison: case, width, signs, legal forms, word order, plurals and abbreviations."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from kb.domain.unit.names import IRREGULAR_PLURALS, singular

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
"""Abbreviations at the beginning of a name: *St Mary's*, *Ft Worth*; behind it ``st`` is a street."""

_TRAILING_ABBREVIATIONS: Mapping[str, str] = {"st": "street", "rd": "road", "ave": "avenue", "blvd": "boulevard"}
"""Abbreviations at the end of a name: *Main St*."""

_ALL_ABBREVIATIONS = frozenset((*_ABBREVIATIONS, *_LEADING_ABBREVIATIONS, *_TRAILING_ABBREVIATIONS))
_FEWEST_LETTERS = 3
"""A singular of fewer letters is not formed: *iOS* is no plural of *io*, nor *bus* of *bu*."""


def written_out(words: Sequence[str]) -> list[str]:
    """``words`` of a name in their order, with abbreviations written out.

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
    """``words`` of a name in the singular; a very short word stays, since it is more often another word.

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
    """The words of ``words``, which are separated by spaces."""
    return frozenset(words.split())


LEGAL_FORMS = word_set(
    "inc incorporated corp corporation ltd limited llc llp plc gmbh mbh company pty pte pvt sarl srl bhd kgaa oyj asa"
    " 有限公司 公司 株式会社 주식회사"
)
"""Legal forms of firms, set aside wherever they stand in a name."""

LAST_FORMS = word_set("ab ag as bv co cv kg kk lp nv oy sa sas se spa ug")
"""Legal forms that are set aside only at the end of a name: *SA Breweries* keeps its first word."""

HAN_FORMS = ("股份有限公司", "有限责任公司", "集团有限公司", "有限公司", "公司", "株式会社", "주식회사")
"""Legal forms that are written without a space, the longest first."""

SMALL_WORDS = word_set("a an and at by for from in is of on or per the to with")
"""Words that join others and name nothing themselves."""

_SIGNS = str.maketrans(
    dict.fromkeys('-‐‑‒–—_/\\|,;:()[]{}<>"“”„«»!?·•・、，。（）《》【】', " ")
    | dict.fromkeys(".'’‘`´™®©", "")
    | {"&": " and ", "+": " plus "}
)
_POINT = re.compile(r"(?<=\d)\.(?=\d)")


ORDER_WORDS = word_set("than to from into over under versus vs minus without before after")
"""Words that make word order matter: *more uses than GPUs* is not *more GPUs than uses*."""


class Spelling(NamedTuple):
    """A name as it is compared.

    Attributes:
        words: Its words, folded, in alphabetical order (in their own order where one of ``ORDER_WORDS`` is among them),
            without legal forms and small words.
        named: Its words, folded, in their own order, without legal forms.
        meant: ``words`` in the singular and with abbreviations written out.
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
    content_words = _content_words(named)
    return Spelling(
        _comparable(content_words, named),
        tuple(named),
        _comparable(_meaning(content_words), named),
        _forms(folded_words, named),
    )


class NameKeys(NamedTuple):
    """What two names of one thing may have in common: the words, the meaning or the letters of their spelling."""

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
    """The keys of ``name``; the costlier ones are made when they are asked for."""
    named = _without_legal_forms(folded(name))
    return NameKeys(_comparable(_content_words(named), named), named)


def _content_words(named: list[str]) -> list[str]:
    """``named`` without small words; all of it where nothing else is left."""
    return [word for word in named if word not in SMALL_WORDS] or named


def _meaning(content_words: list[str]) -> list[str]:
    return singular_words(written_out(content_words))


def _comparable(words: list[str], named: list[str]) -> tuple[str, ...]:
    """``words`` in alphabetical order; in their own where a word of the whole name makes the order matter."""
    return tuple(words) if not ORDER_WORDS.isdisjoint(named) else tuple(sorted(words))


def folded(name: str) -> list[str]:
    """The words of ``name`` in small letters of plain width, without accents and signs, but for a point in a number."""
    text = name.casefold() if name.isascii() else _plain(name)
    if "." in text:
        text = _POINT.sub("\0", text)
    return text.translate(_SIGNS).replace("\0", ".").split() or [name]


def _plain(name: str) -> str:
    """``name`` without width, case and accents; the marks of Japanese and Korean syllables are no accents, and stay."""
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
    # Chinese writes the form without a space, before or behind the name: 华云科技有限公司.
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
    """The legal forms that ``_without_legal_forms`` set aside."""
    if named == folded_words:
        return ()
    left, forms = list(named), []
    for word in folded_words:
        if word in left:
            left.remove(word)
        else:
            forms.append(next((form for form in HAN_FORMS if form in word), word))
    return tuple(sorted(forms))
