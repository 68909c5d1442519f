"""Is a bare number a share, or meant in percent? Above one it is hardly ever the share that it is read as."""

import re

from kb.domain.notation import NotationError, read_quantity
from kb.domain.quantity import Quantity
from kb.domain.unit import Units
from kb.intake.desk import Sheet
from kb.intake.node import Scalar

_LAST_DIGIT = re.compile(r"\d(?=\D*$)")
_SHARE, _OTHER = "fraction", "multiple"


def warn_of_bare_share(said: Scalar, amount: Quantity, unit: str, units: Units, sheet: Sheet) -> None:
    """Warns where ``said`` is read as ``amount``, a share above one, of a measure in ``unit`` and without a sign.

    ``5`` of a share is 500 percent; who writes it means 5 percent, or should say ``500%``.
    """
    if unit != _SHARE or not _above_one(amount) or not _is_bare(said.text, units):
        return
    percent = _in_percent(amount)
    sheet.warn(said, f"'{said.text}' of a share is {percent}", f"write '{_with_sign(said.text)}', or '{percent}'")


def _in_percent(amount: Quantity) -> str:
    ends = dict.fromkeys(f"{(end * 100).normalize():f}" for end in (amount.low, amount.high) if end is not None)
    return f"{' to '.join(ends)}%"


def _with_sign(text: str) -> str:
    """``text`` with a percent sign behind its last digit; in words where it has none."""
    signed, found = _LAST_DIGIT.subn(r"\g<0>%", text)
    return signed if found else f"{text} percent"


def _above_one(amount: Quantity) -> bool:
    ends = [abs(end) for end in (amount.low, amount.high) if end is not None]
    return any(end > 1 for end in ends) or (bool(ends) and min(ends) == 1)


def _is_bare(text: str, units: Units) -> bool:
    """Whether ``text`` leaves its unit to the measure."""
    try:
        return read_quantity(text, _OTHER, units).unit == _OTHER != read_quantity(text, _SHARE, units).unit
    except NotationError:
        return False
