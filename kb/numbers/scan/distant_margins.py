"""Margins that stand apart from their number: 81% were satisfied, plus or minus 2 points."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from kb.domain.margin import Margin
from kb.numbers.lexicon import LEXICON
from kb.numbers.money import MINUSES
from kb.numbers.scan.mention import FigureMention

_SIGNS = LEXICON.margins.signs
_NEGATIVES = LEXICON.bounds.negatives
_WHOLE = "|".join(sorted(map(re.escape, _SIGNS), key=len, reverse=True))
# The last word of "plus or minus" is read as the sign of the number behind it.
_OPEN = "|".join(re.escape(sign.rpartition(" ")[0]) for sign in _SIGNS if sign.rpartition(" ")[2] in _NEGATIVES)
_BEFORE = re.compile(rf"(?:{_WHOLE})\s*$", re.IGNORECASE)
_BEFORE_NEGATIVE = re.compile(rf"(?:{_OPEN})\s*$", re.IGNORECASE) if _OPEN else None
_SENTENCE_END = re.compile(r"[.!?]\s|[。！？\n]")
_LOOK_BACK = 24
_CENT = Decimal("0.01")


def with_distant_margins(mentions: Sequence[FigureMention], text: str) -> list[FigureMention]:
    """``mentions``, with those that are the margin of the figure before them in the same sentence joined to it.

    A margin whose figure is not near is left out: as an amount ±3 would be +3.
    """
    joined: list[FigureMention] = []
    for mention in mentions:
        is_margin = not mention.left_out and _is_margin(mention, text)
        size = _size(mention, joined[-1], text) if joined and is_margin else None
        if size is None:
            joined += [] if is_margin else [mention]
            continue
        number = joined[-1]
        joined[-1] = replace(number, quantity=replace(number.quantity, margin=Margin(size=size)))
    return joined


def _is_margin(mention: FigureMention, text: str) -> bool:
    before = text[max(mention.start - _LOOK_BACK, 0) : mention.start]
    literal = mention.quantity.as_written.lower()
    # "+/-3" without a blank reads as a stroke and a negative number.
    if before.endswith("+/") and literal.startswith(tuple(MINUSES)):
        return True
    opened = _BEFORE_NEGATIVE is not None and _BEFORE_NEGATIVE.search(before) is not None
    return (opened and literal.startswith(tuple(_NEGATIVES))) or _BEFORE.search(before) is not None


def _size(mention: FigureMention, number: FigureMention, text: str) -> Decimal | None:
    """How far the margin reaches, in the unit of ``number``; None if the two do not go together."""
    margin, quantity = mention.quantity, number.quantity
    alone = quantity.margin is None and quantity.low == quantity.high and margin.low == margin.high
    if not alone or not margin.low or _SENTENCE_END.search(text, number.end, mention.start):
        return None
    if quantity.unit == "fraction" and margin.unit in LEXICON.prose.share_points:
        return abs(margin.low) * _CENT
    shared = margin.unit == quantity.unit or (not margin.unit and quantity.unit != "fraction")
    return abs(margin.low) if shared else None
