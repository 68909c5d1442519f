"""What the parentheses at the end of a value say outright, and the error of a text that is no quantity."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce

from kb.domain.margin import MarginKind
from kb.domain.quantity import Hedge, RangeKind
from kb.domain.unit import STANDARD, UnitError, Units
from kb.numbers.margins import is_margin
from kb.numbers.token import Token, tokens
from kb.numbers.unit_expression import is_measurement, unit_at


class NotationError(ValueError):
    """A text that is no quantity.

    Attributes:
        what: What is wrong.
        hint: What to write instead; empty where nothing better is known.
        offset: Place in the text, from 0.
    """

    def __init__(self, what: str, hint: str = "", offset: int = 0) -> None:
        super().__init__(what + (f" — {hint}" if hint else ""))
        self.what, self.hint, self.offset = what, hint, offset


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """What the parentheses at the end of a notation say outright: ``20-30 USD (spread, to 10)``.

    Attributes:
        spread: What two ends mean; None if that is left to their wording.
        plain: Whether the two ends mean neither a spread nor an estimate: ``(ends)``.
        hedge: A hedge that has no word before the number in this notation.
        grain: The granularity; None if the digits show it.
        no_digits: Whether no digit was stated, as in "dozens".
        unit: The unit, which may be empty; None if it stands before the parentheses.
        margin: The sense of a margin, or that a range is an interval; None if the brackets do not say.
        level: The level of a confidence interval; None if they do not say.
        missing_ends: ``no low end``, ``no high end``, for ends that were not stated.
    """

    spread: RangeKind | None = None
    plain: bool = False
    hedge: Hedge | None = None
    grain: Decimal | None = None
    no_digits: bool = False
    unit: str | None = None
    margin: MarginKind | None = None
    level: Decimal | None = None
    missing_ends: frozenset[str] = frozenset()


_NOTES: Mapping[str, Notes] = {
    "spread": Notes(spread=RangeKind.SPREAD),
    "estimate": Notes(spread=RangeKind.ESTIMATE),
    "just over": Notes(hedge=Hedge.JUST_OVER),
    "order of magnitude": Notes(hedge=Hedge.ORDER_OF_MAGNITUDE),
    "no digits": Notes(no_digits=True),
    "ends": Notes(plain=True),
    "sd": Notes(margin=MarginKind.STANDARD_DEVIATION),
    "se": Notes(margin=MarginKind.STANDARD_ERROR),
    "ci": Notes(margin=MarginKind.CONFIDENCE_INTERVAL),
    "tolerance": Notes(margin=MarginKind.TOLERANCE),
    "interval": Notes(margin=MarginKind.INTERVAL),
    "no low end": Notes(missing_ends=frozenset(("no low end",))),
    "no high end": Notes(missing_ends=frozenset(("no high end",))),
}


_LEVEL = re.compile(r"(\d{1,2}(?:\.\d{1,4})?)\s?% CI")


def without_notes(text: str, units: Units = STANDARD) -> tuple[str, Notes]:
    """``text`` without the parentheses at its end, and what they say."""
    bare = text.rstrip()
    if not bare.endswith((")", "\uff09")):
        return text, Notes()
    start = max(bare.rfind("("), bare.rfind("\uff08"))
    # "[20, 30)" is an interval, whose parenthesis leaves out its end.
    if start < 0 and "[" in bare:
        return text, Notes()
    if not bare[:start].strip() and any(map(str.isdigit, bare)):
        number = bare[start + 1 : -1]
        hint = f"write '-{number}' if an account means a negative one, or {number!r}"
        raise NotationError("a number in brackets may be negative or not", hint, start)
    if start < 0:
        raise NotationError("')' closes nothing", "", len(bare) - 1)
    inner = tokens(bare[start + 1 : -1])
    if _is_unit(inner) or is_margin(inner) or _is_uncertainty(bare, start):
        return text, Notes()
    parts = (_note(part.strip(), start + 1, units) for part in bare[start + 1 : -1].split(","))
    return text[:start], reduce(_both, parts, Notes())


def _is_uncertainty(text: str, start: int) -> bool:
    """Whether the brackets at ``start`` hold the uncertainty of the last digits: 1.67(12)."""
    return re.fullmatch(r".*\d\.\d{2,}\(\d{2}\)", text[:start] + text[start:]) is not None


def _is_unit(inner: Sequence[Token]) -> bool:
    """Whether brackets hold a unit of measurement: 12 W/(m·K), 3 (mg/day)."""
    named = unit_at(inner, 0, below=True) if inner else None
    return named is not None and is_measurement(named.unit)


def _note(part: str, offset: int, units: Units) -> Notes:
    head, _, rest = part.partition(" ")
    if known := _NOTES.get(part) or _NOTES.get(part.lower()):
        return known
    if level := _LEVEL.fullmatch(part):
        return Notes(margin=MarginKind.CONFIDENCE_INTERVAL, level=Decimal(level[1]).scaleb(-2))
    if head == "unit":
        return Notes(unit=canonical_unit(rest, offset, units) if rest else "")
    if head == "to" and rest.replace(".", "", 1).isdigit() and rest.isascii() and Decimal(rest):
        return Notes(grain=Decimal(rest))
    if head.lower() in ("range", "min", "max"):
        raise NotationError(
            f"({part}) is no margin of the number before it", "write the two ends as a figure of their own", offset
        )
    hint = "write (spread) or (estimate) for a range, (to 10) for its granularity"
    raise NotationError(f"({part}) says nothing here", hint, offset)


def _both(first: Notes, second: Notes) -> Notes:
    """The notes of both; of two that contradict each other the second counts."""
    return Notes(
        spread=second.spread or first.spread,
        plain=first.plain or second.plain,
        hedge=second.hedge or first.hedge,
        grain=second.grain or first.grain,
        no_digits=first.no_digits or second.no_digits,
        unit=first.unit if second.unit is None else second.unit,
        margin=second.margin or first.margin,
        level=first.level if second.level is None else second.level,
        missing_ends=first.missing_ends | second.missing_ends,
    )


def canonical_unit(name: str, offset: int, units: Units = STANDARD) -> str:
    """The canonical form of the unit ``name``, which stands at ``offset``."""
    try:
        return str(units.parse(name))
    except UnitError as error:
        raise NotationError(error.what, error.hint, offset) from None
