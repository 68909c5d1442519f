"""Signs of money that several countries share: which of them a text speaks of.

A ``$`` is read as US dollars, a ``¥`` as yuan. Where the text names Canada more often than the United States, its ``$``
may be Canadian, and the figure says so; where it names Japan and not China, its ``¥`` is yen.
"""

import re
from collections import Counter
from dataclasses import replace
from functools import cached_property

from kb.domain.unit.names import CURRENCIES
from kb.numbers.lexicon import LEXICON
from kb.numbers.scan.mention import FigureKind, FigureMention

_UNITS = LEXICON.units
_HAN = "\u3007"


def _named(words: frozenset[str] | set[str]) -> re.Pattern[str]:
    latin = sorted((word for word in words if word[0] < _HAN), key=len, reverse=True)
    rest = sorted((word for word in words if word[0] >= _HAN), key=len, reverse=True)
    return re.compile("|".join((rf"(?<!\w)(?:{'|'.join(map(re.escape, latin))})(?![a-z]|\$)", *map(re.escape, rest))))


_SHARED = {code for codes in _UNITS.shared_signs.values() for code in codes.split()}
_COUNTRIES = _named({*_UNITS.sign_users, *_SHARED})
_SIGN = re.compile(
    rf"(?<![A-Za-z])(?P<sign>{'|'.join(map(re.escape, _UNITS.shared_signs))})"
    rf"|\b(?P<word>{'|'.join(_UNITS.shared_coins)})\b",
)
_CODE = re.compile(r"[A-Z]{3}")
_COINS = {coin: _UNITS.coins[coin] for word in _UNITS.shared_coins if (coin := word.lower()) in _UNITS.coins}
_DECLARED = re.compile(
    "|".join(
        rf"(?:\b(?:in|are|of)\s)(?P<country>{'|'.join(map(re.escape, sorted(countries, key=len, reverse=True)))})"
        rf"\s(?P<coin>{coin}s)\b"
        for coin, countries in _COINS.items()
        if coin == "dollar"
    ),
    re.IGNORECASE,
)
"""What says of a text which of the dollars its amounts are in: in thousands of Canadian dollars."""


class SharedSigns:
    """The currencies that the signs of a text may stand for."""

    def __init__(self, text: str) -> None:
        self._text = text

    def read(self, mention: FigureMention) -> FigureMention:
        """``mention`` with the other currencies that its sign may stand for in this text; in yen where they are meant.

        Unchanged without a shared sign. A text that says "in Canadian dollars" means those. Signs of their own (C$,
        US$) beside a plain one do not say which that is.
        """
        currency, stroke, per = mention.quantity.unit.partition("/")
        if mention.left_out or mention.kind not in _OF_MONEY or currency not in _SHARED:
            return mention
        sign = _sign_of(mention.quantity.as_written)
        codes = _UNITS.shared_signs.get(sign, "").split()
        if not codes or currency != codes[0]:
            return mention
        declared = next(iter(self._declared)) if len(self._declared) == 1 else ""
        if declared in codes:
            return replace(mention, quantity=replace(mention.quantity, unit=f"{declared}{stroke}{per}"))
        rivals = tuple(code for code in codes[1:] if self._may_mean(code, currency))
        only = rivals[0] if len(rivals) == 1 and sign in _UNITS.movable_signs and not self._names[currency] else ""
        if only:
            quantity = replace(mention.quantity, unit=f"{only}{stroke}{per}")
            return replace(mention, quantity=quantity)
        return replace(mention, shared_sign=rivals) if rivals else mention

    def _may_mean(self, code: str, usual: str) -> bool:
        return 0 < self._names[code] >= self._names[usual]

    @cached_property
    def _names(self) -> Counter[str]:
        """How often the text names each currency or its country."""
        found = _COUNTRIES.findall(self._text)
        return Counter(_UNITS.sign_users.get(word, word) for word in found)

    @cached_property
    def _declared(self) -> frozenset[str]:
        """The currencies that the text says its amounts are in."""
        pairs = ((match["coin"].lower(), match["country"].lower()) for match in _DECLARED.finditer(self._text))
        return frozenset(_UNITS.coins[_UNITS.coin_forms.get(coin, coin)][country] for coin, country in pairs)


def may_stand_for(literal: str, currency: str) -> bool:
    """Whether the sign or coin that an amount is written with may mean ``currency``, too.

    >>> may_stand_for("$5 million", "CAD"), may_stand_for("US$5", "CAD"), may_stand_for("50 kroner", "DKK")
    (True, False, True)
    """
    return currency in _UNITS.shared_signs.get(_sign_of(literal), "").split()


_OF_MONEY = (FigureKind.MONEY, FigureKind.RATE)


def _sign_of(literal: str) -> str:
    """The shared sign that ``literal`` is written with; empty for none, and where a code or a country says which."""
    if _COUNTRIES.search(literal) or any(code in CURRENCIES for code in _CODE.findall(literal)):
        return ""
    match = _SIGN.search(literal)
    if match is None:
        return ""
    return match["sign"] or _UNITS.shared_coins[match["word"]]
