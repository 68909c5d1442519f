"""What does a writer add in parentheses? ``(spread)``, ``(estimate)``, ``(to 10)``, and notes of the canonical form."""

from decimal import Decimal

from kb.domain.notation.error import NotationError
from kb.domain.quantity import Hedge, RangeKind
from kb.domain.unit import STANDARD, UnitError, Units


class Suffix:
    """What ``(spread, to 10)`` at the end of a text says; None and False where it says nothing."""

    def __init__(self) -> None:
        self.spread: RangeKind | None = None
        self.plain = False
        self.hedge: Hedge | None = None
        self.grain: Decimal | None = None
        self.no_digits = False
        self.unit: str | None = None
        self.unsaid: set[str] = set()


_SPREADS = {"spread": RangeKind.SPREAD, "estimate": RangeKind.ESTIMATE}
_HEDGES = {"just over": Hedge.JUST_OVER, "order of magnitude": Hedge.ORDER_OF_MAGNITUDE}


def without_suffix(text: str, units: Units = STANDARD) -> tuple[str, Suffix]:
    """``text`` without the parentheses at its end, and what they say."""
    suffix = Suffix()
    bare = text.rstrip()
    if not bare.endswith((")", "\uff09")):
        return text, suffix
    start = max(bare.rfind("("), bare.rfind("\uff08"))
    if start < 0 and "[" in bare:
        return text, suffix
    if start < 0:
        raise NotationError("')' closes nothing", "", len(bare) - 1)
    for part in bare[start + 1 : -1].split(","):
        _note(suffix, part.strip(), start + 1, units)
    return text[:start], suffix


def _note(suffix: Suffix, part: str, offset: int, units: Units) -> None:
    head, _, rest = part.partition(" ")
    if part in _SPREADS:
        suffix.spread = _SPREADS[part]
    elif part in _HEDGES:
        suffix.hedge = _HEDGES[part]
    elif part == "no digits":
        suffix.no_digits = True
    elif part == "ends":
        suffix.plain = True
    elif part in ("no low end", "no high end"):
        suffix.unsaid.add(part)
    elif head == "unit":
        suffix.unit = canonical_unit(rest, offset, units) if rest else ""
    elif head == "to" and rest.replace(".", "", 1).isdigit() and rest.isascii() and Decimal(rest):
        suffix.grain = Decimal(rest)
    else:
        hint = "write (spread) or (estimate) for a range, (to 10) for its granularity"
        raise NotationError(f"({part}) says nothing here", hint, offset)


def canonical_unit(name: str, offset: int, units: Units = STANDARD) -> str:
    """The unit ``name`` as the project writes it; ``offset`` says where it stands."""
    try:
        return str(units.parse(name))
    except UnitError as error:
        raise NotationError(error.what, error.hint, offset) from None
