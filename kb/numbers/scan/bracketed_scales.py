"""Scales in brackets between a name and its number in running text: ``Revenue ($bn): 5.4``."""

import re
from collections.abc import Sequence
from dataclasses import replace

from kb.domain.unit import Units
from kb.domain.unit.names import CURRENCIES
from kb.numbers.lexicon import LEXICON
from kb.numbers.number import ONE
from kb.numbers.scan.mention import FigureMention, kind_of
from kb.numbers.scan.table_scales import Scale
from kb.numbers.scan.table_words import TableWords

_VERBS = "|".join(sorted(LEXICON.prose.stating_verbs))
_NAME = r"(?P<name>[^()（）|:：\n.]{1,40}[(（][^()（）|\n]{1,30}[)）])"
_BEFORE = re.compile(rf"{_NAME}\s?(?:[:：=]|{_VERBS})\s?$", re.IGNORECASE)
_BESIDE = re.compile(r"\s?[(（][^()（）\d|\n]{0,20}(?:(?:19|20)\d\d)?[:：]\s?")
_BARE = re.compile(r"[-−]?\d+(?:[.,' ]\d+)*")
_LOOK_BACK = 80


def with_bracketed_scales(mentions: Sequence[FigureMention], text: str, units: Units) -> list[FigureMention]:
    """``mentions``, with bare numbers in the scale and the money that stand in brackets behind what they are of.

    The number in brackets behind such a one, as of the year before, is in the same scale.
    """
    scaled: list[FigureMention] = []
    last: tuple[int, Scale] | None = None
    for mention in mentions:
        if mention.left_out or mention.quantity.unit or not _BARE.fullmatch(mention.quantity.as_written):
            scaled.append(mention)
            continue
        scale = _before(mention, text, units)
        if scale is None and last and _BESIDE.fullmatch(text[last[0] : mention.start]):
            scale = last[1]
        last = (mention.end, scale) if scale else None
        scaled.append(_in(mention, scale) if scale else mention)
    return scaled


def _before(mention: FigureMention, text: str, units: Units) -> Scale | None:
    before = text[max(mention.start - _LOOK_BACK, 0) : mention.start]
    stated = _BEFORE.search(before) if ")" in before else None
    if stated is None:
        return None
    words = TableWords(stated["name"], units)
    scale = words.scale(0, len(stated["name"])) or words.at_end_of(stated["name"])
    return scale if scale and (scale.factor != ONE or scale.unit in CURRENCIES) else None


def _in(mention: FigureMention, scale: Scale) -> FigureMention:
    quantity = mention.quantity
    low, high, grain = (
        None if value is None else value * scale.factor for value in (quantity.low, quantity.high, quantity.granularity)
    )
    return replace(
        mention,
        quantity=replace(quantity, low=low, high=high, granularity=grain, unit=scale.unit),
        kind=kind_of(scale.unit),
    )
