"""Percentage points, which are a unit of their own and never equal per cent."""

import re
from dataclasses import replace
from decimal import Decimal

from kb.domain.quantity import Quantity
from kb.domain.unit.names import POINTS
from kb.numbers.lexicon import LEXICON
from kb.numbers.number import EXACT

_UNITS = LEXICON.units
_SAID = re.compile("|".join(rf"(?<![a-z]){re.escape(phrase)}" for phrase in sorted(_UNITS.percentage_points)))
_SHARE = re.compile(r"%|per\s?cent(?!age)|prozent(?!punkt)|百分之")
_HUNDRED = Decimal(100)


def in_points(quantity: Quantity) -> Quantity:
    """``quantity`` in percentage points, where its words say so; unchanged for all others, a share among them.

    A scan reads a difference of shares as a share, so that it stands beside those it parts. A value that is recorded
    is in the unit it names.

    >>> from kb.numbers import read_quantity
    >>> str(read_quantity("2 percentage points").low), read_quantity("2 percentage points").unit
    ('2', 'percentage-point')
    >>> read_quantity("28% ± 9 percentage points").unit
    'fraction'
    """
    written = quantity.as_written.lower()
    # Chinese characters may have blanks between them.
    is_said = _SAID.search(written) or _SAID.search("".join(written.split()))
    if quantity.unit != "fraction" or not is_said or _SHARE.search(written):
        return quantity
    margin = quantity.margin
    if margin is not None:
        margin = replace(margin, size=_times(margin.size), below=_times(margin.below))
    return replace(
        quantity,
        low=_times(quantity.low),
        high=_times(quantity.high),
        granularity=_times(quantity.granularity),
        unit=POINTS,
        margin=margin,
    )


def _times(value: Decimal | None) -> Decimal | None:
    return None if value is None else EXACT.multiply(value, _HUNDRED)
