"""The currency of cents, which is that of the other amounts of their text, and the kilo, which is a kilogram."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.domain.unit.names import CURRENCIES
from kb.numbers.scan import FigureMention

_CENTS = re.compile(r"\bcents?\b", re.IGNORECASE)
_USUAL = "USD"
_WITH_CENTS = frozenset(("EUR", "AUD", "CAD", "NZD", "SGD", "HKD", "ZAR"))


def in_own_cents(mentions: Sequence[FigureMention]) -> list[FigureMention]:
    """``mentions`` with the cents of a text whose money is in euros as parts of a euro, and prices by the kilogram."""
    heads = {mention.quantity.unit.partition("/")[0] for mention in mentions if not _is_in_cents(mention)}
    currencies = heads & CURRENCIES
    own = next(iter(currencies)) if len(currencies) == 1 and currencies <= _WITH_CENTS else _USUAL
    return [_with_unit(mention, own if _is_in_cents(mention) else "") for mention in mentions]


def _is_in_cents(mention: FigureMention) -> bool:
    quantity = mention.quantity
    return (
        quantity.unit.startswith(_USUAL) and "$" not in quantity.as_written and bool(_CENTS.search(quantity.as_written))
    )


def _with_unit(mention: FigureMention, currency: str) -> FigureMention:
    unit = re.sub(rf"^{_USUAL}(?=/|$)", currency, mention.quantity.unit) if currency else mention.quantity.unit
    unit = re.sub(r"/kilo$", "/kg", unit)
    return mention if unit == mention.quantity.unit else replace(mention, quantity=replace(mention.quantity, unit=unit))
