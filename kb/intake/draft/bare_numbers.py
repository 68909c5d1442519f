"""Numbers without a unit that have that of another in their sentence: ``14 million kroner, of which 9 million``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from kb.domain.quantity import Quantity
from kb.domain.unit import Units
from kb.intake.draft.figure_names import kind_of
from kb.intake.draft.named_figure import Name, Relation
from kb.numbers.scan import ChangeRole, FigureKind, FigureMention

_OF = re.compile(r"\s(?:out\s)?(?:of|von|aus)\s(?:[\w’'-]+\s){0,3}")
"""Between a part and its whole: ``418 of the island's 950 households``."""
_LEVELS = (ChangeRole.LEVEL_BEFORE, ChangeRole.LEVEL_AFTER)
_MOST_APART = 100
"""How many times one number of a comparison may be the other; what differs more is seldom of the same thing."""
_LEAST_MONEY = 1000
"""Beside larger amounts of money nobody leaves the currency of a smaller one out: "contracts above $50,000, nine"."""


def with_shared_units(
    mentions: Sequence[FigureMention], names: Sequence[Name], text: str, units: Units
) -> list[FigureMention]:
    """The numbers of a sentence; those compared with another, or part of one, are in the unit of that.

    Args:
        mentions: The numbers of one sentence, in order.
        names: Their names.
        text: The document.
        units: The vocabulary of units.
    """
    made: list[FigureMention] = []
    for place, (mention, name) in enumerate(zip(mentions, names, strict=True)):
        own = mention
        if _is_bare(mention):
            whole = mentions[place + 1 : place + 2] if _is_part_of_next(mentions, place, text) else ()
            is_part = bool(whole) or name.relation is Relation.PART
            refers = is_part or name.relation is Relation.COMPARED or mention.change in _LEVELS
            candidates = (*whole, *reversed(made)) if refers else ()
            own = _in_unit_of(candidates, mention, units, is_part=is_part)
        made.append(own)
    return made


def _is_bare(mention: FigureMention) -> bool:
    return mention.kind is FigureKind.NUMBER and mention.quantity.unit in ("", "1")


def _is_part_of_next(mentions: Sequence[FigureMention], place: int, text: str) -> bool:
    if place + 1 == len(mentions):
        return False
    return _OF.fullmatch(text[mentions[place].end : mentions[place + 1].start]) is not None


def _in_unit_of(
    candidates: Iterable[FigureMention], mention: FigureMention, units: Units, *, is_part: bool
) -> FigureMention:
    """``mention`` in the unit of the first of the ``candidates`` that may be its whole, or what it is compared with."""
    fitting = (other.quantity.unit for other in candidates if _goes_with(mention, other, units, is_part=is_part))
    unit = next(fitting, "")
    return replace(mention, quantity=replace(mention.quantity, unit=unit)) if unit else mention


def _goes_with(mention: FigureMention, other: FigureMention, units: Units, *, is_part: bool) -> bool:
    own, its, unit = _size(mention.quantity), _size(other.quantity), other.quantity.unit
    if not own or not its or unit in ("", "1") or other.kind is FigureKind.DURATION:
        return False
    kind = kind_of(unit.partition("/")[0], units)
    if kind == "share" or (kind == "money" and own < _LEAST_MONEY and (is_part or its >= _LEAST_MONEY)):
        return False
    return own <= its if is_part else max(own, its) <= _MOST_APART * min(own, its)


def _size(quantity: Quantity) -> Decimal | None:
    return quantity.low if quantity.low is not None else quantity.high
