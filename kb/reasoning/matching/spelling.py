"""What is left of a name once case, width, signs, word order and legal forms are set aside?"""

import re
import unicodedata
from typing import NamedTuple

from kb.reasoning.matching.word import for_one, written_out


def listed(words: str) -> frozenset[str]:
    """The words of a line."""
    return frozenset(words.split())


LEGAL_FORMS = listed(
    "inc incorporated corp corporation ltd limited llc llp plc gmbh mbh company pty pte pvt sarl srl bhd kgaa oyj asa"
    " 有限公司 公司 株式会社 주식회사"
)
"""Words that say what kind of firm a name belongs to, wherever in the name they stand."""

LAST_FORMS = listed("ab ag as bv co cv kg kk lp nv oy sa sas se spa ug")
"""Short words that say so only behind the name: *SA Breweries* keeps its first word."""

HAN_FORMS = ("股份有限公司", "有限责任公司", "集团有限公司", "有限公司", "公司", "株式会社", "주식회사")
"""Legal forms that are written without a space, the longest in front."""

SMALL_WORDS = listed("a an and at by for from in is of on or per the to with")
"""Words that join others and name nothing."""

_SIGNS = str.maketrans(
    dict.fromkeys('-‐‑‒–—_/\\|,;:()[]{}<>"“”„«»!?·•・、，。（）《》【】', " ")
    | dict.fromkeys(".'’‘`´™®©", "")
    | {"&": " and ", "+": " plus "}
)
_POINT = re.compile(r"(?<=\d)\.(?=\d)")


ORDER_WORDS = listed("than to from into over under versus vs minus without before after")
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
    said = folded(name)
    named = _named(said)
    large = _large(named)
    return Spelling(_compared(large, named), tuple(named), _compared(_meant(large), named), _forms(said, named))


class Keys(NamedTuple):
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
        return _compared(_meant(_large(self.named)), self.named)


def keys(name: str) -> Keys:
    """What ``name`` is found by; what costs more than its words is told when asked."""
    named = _named(folded(name))
    return Keys(_compared(_large(named), named), named)


def _large(named: list[str]) -> list[str]:
    """``named`` without small words; all of it where nothing else is left."""
    return [word for word in named if word not in SMALL_WORDS] or named


def _meant(large: list[str]) -> list[str]:
    return for_one(written_out(large))


def _compared(words: list[str], named: list[str]) -> tuple[str, ...]:
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


def _named(said: list[str]) -> list[str]:
    """``said`` without legal forms; all of it where nothing else is left."""
    kept = said
    if not LEGAL_FORMS.isdisjoint(said):
        kept = [word for word in said if word not in LEGAL_FORMS]
    while kept and kept[-1] in LAST_FORMS:
        kept = kept[:-1]
    kept = [word if word.isascii() else _without_han_form(word) for word in kept]
    return kept or said


def _without_han_form(word: str) -> str:
    for form in HAN_FORMS:
        if len(word) > len(form) + 1:
            if word.endswith(form):
                return word[: -len(form)]
            if word.startswith(form):
                return word[len(form) :]
    return word


def _forms(said: list[str], named: list[str]) -> tuple[str, ...]:
    """What ``_named`` took off."""
    if named == said:
        return ()
    left, forms = list(named), []
    for word in said:
        if word in left:
            left.remove(word)
        else:
            forms.append(next((form for form in HAN_FORMS if form in word), word))
    return tuple(sorted(forms))
