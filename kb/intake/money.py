"""Which currencies does a recorded rate join? Asked of the files and, behind them, of the base."""

from __future__ import annotations

from kb.domain.entity import Figure, Measure, MeasureKind, Stance
from kb.domain.unit import Unit
from kb.intake.desk import Desk

_UNHEARD = (Stance.NEGATED, Stance.HYPOTHETICAL, Stance.ASSUMED)


class Rates:
    """The pairs of currencies between which a figure records a rate, at whatever time."""

    def __init__(self, desk: Desk) -> None:
        kept = (entity for id, entity in desk.knowledge.by_id.items() if id not in desk.names.places)
        told = (*kept, *desk.made.values())
        measures = {one.id: one for one in told if isinstance(one, Measure) and one.kind is MeasureKind.EXCHANGE_RATE}
        recorded = {
            one.measure
            for one in (told if measures else ())
            if isinstance(one, Figure) and one.measure in measures and one.stance not in _UNHEARD
        }
        units = (desk.unit(measures[id].unit) for id in recorded)
        self._pairs = {frozenset(unit.currencies) for unit in units if unit is not None}

    def join(self, given: str, wanted: str) -> bool:
        """Whether a rate leads from ``given`` to ``wanted``, or two that meet in a third currency."""
        if given == wanted or {given, wanted} in self._pairs:
            return True
        return bool(self._partners(given) & self._partners(wanted))

    def _partners(self, code: str) -> set[str]:
        return {one for pair in self._pairs if code in pair for one in pair if one != code}


def lacking(given: str, wanted: str) -> str:
    """What to do about two currencies that no rate joins."""
    return f"record a rate: a figure of a measure of kind exchange-rate in {given}/{wanted}, with as-of or period"


def in_currency_of(given: Unit, wanted: Unit) -> Unit:
    """``given`` in the currency of ``wanted``, where each has one; itself else."""
    if len(given.currencies) == len(wanted.currencies) == 1:
        return given.in_currency(wanted.currencies[0])
    return given
