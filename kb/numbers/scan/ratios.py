"""Two amounts of money that are one ratio: ``$40 for $1``, ``£3 for every £1 spent``, ``a dollar buys $40 of cover``.

Both stay figures, as both can be checked; each says that it belongs to the other.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.numbers.lexicon import LEXICON
from kb.numbers.scan.mention import FigureKind, FigureMention, RatioRole

_PROSE = LEXICON.prose
_LINKS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _PROSE.ratio_links)
_OPENINGS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _PROSE.ratio_openings)
_LONGEST = 60
_LOOK_BACK = 16


def with_ratios(mentions: Sequence[FigureMention], text: str) -> list[FigureMention]:
    """``mentions`` in the order of the text, with what each amount of money is in a ratio."""
    roles = sorted(mentions, key=lambda mention: mention.start)
    for at in range(len(roles) - 1):
        base = _base(roles[at], roles[at + 1], text) if roles[at].ratio is None else None
        if base is not None:
            for place in (0, 1):
                role = RatioRole.BASE if place == base else RatioRole.AMOUNT
                roles[at + place] = replace(roles[at + place], ratio=role)
    return roles


def _base(first: FigureMention, second: FigureMention, text: str) -> int | None:
    """Which of two neighbours is the base of their ratio, 0 or 1; None where they are none."""
    gap = text[first.end : second.start]
    money = first.kind is second.kind is FigureKind.MONEY and first.quantity.unit == second.quantity.unit
    if not money or len(gap) > _LONGEST:
        return None
    before = text[max(first.start - _LOOK_BACK, 0) : first.start]
    if any(pattern.search(before) for pattern in _OPENINGS) and not re.search(r"[.;!?。；！？\n]", gap):
        return 0
    # One of the two is one coin, or this is a price for a price.
    coin = next((at for at, mention in enumerate((first, second)) if _is_one(mention)), None)
    return coin if coin is not None and any(pattern.fullmatch(gap) for pattern in _LINKS) else None


def _is_one(mention: FigureMention) -> bool:
    return mention.quantity.low == mention.quantity.high == 1
