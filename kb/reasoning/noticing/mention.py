"""What does a figure say on the axis of its measure? Its intervals in one unit, and whose number it is."""

from dataclasses import dataclass, replace
from fractions import Fraction

from kb.domain.entity import Figure, Measure, MeasureKind, Stance
from kb.domain.interval import Interval
from kb.domain.knowledge import Knowledge
from kb.domain.quantity import Quantity
from kb.domain.unit import STANDARD, Unit, Units
from kb.domain.unitname import plain_unit
from kb.reasoning.comparing.exchange import NoRate
from kb.reasoning.comparing.leeway import Reading, alike, exchanged, reading
from kb.reasoning.noticing.origin import Origin
from kb.reasoning.noticing.rate import exchange, time_of

SILENT_STANCES = frozenset({Stance.NEGATED, Stance.HYPOTHETICAL, Stance.ASSUMED})
"""Figures of these stances take no position: two are not said to be so, an assumption only feeds calculations."""


@dataclass(frozen=True)
class Mention:
    """A figure laid on its measure's axis.

    Attributes:
        figure: The figure.
        reading: Its intervals in the measure's unit, or in its own where the two cannot be converted.
        origin: Who said it first.
        order: Place in the order in which a reader meets the figures, file by file and down the lines.
    """

    figure: Figure
    reading: Reading
    origin: Origin
    order: int

    @property
    def spoken(self) -> Reading:
        """Its intervals in the currency that was said."""
        return self.reading.original or self.reading

    @property
    def as_said(self) -> Interval:
        """Its stated interval in the currency that was said."""
        return self.spoken.stated


def side_by_side(one: Mention, other: Mention) -> tuple[Mention, Mention]:
    """Two mentions as they are compared: without any rate where both were said in one currency."""
    mine, theirs = alike(one.reading, other.reading)
    return replace(one, reading=mine), replace(other, reading=theirs)


def as_read(figure: Figure) -> tuple[str, int, str]:
    """File by file, down the lines: an order that does not depend on which file was imported first."""
    return figure.file, figure.passage.line, figure.slug


def said(knowledge: Knowledge, figure: Figure) -> Reading:
    """What a figure says in its measure's unit, converted by a recorded rate where it is in another currency.

    In its own unit where that is another thing (another offer), or where no rate is recorded; see ``unconverted``.
    """
    found = _exchanged(knowledge, figure)
    if isinstance(found, Reading):
        return found
    return measured(knowledge.measures[figure.measure], figure.quantity, knowledge.unit_system)


def unconverted(knowledge: Knowledge, figure: Figure) -> NoRate | None:
    """Why a figure stays in its own currency, where only a rate keeps it from its measure's unit; else None."""
    found = _exchanged(knowledge, figure)
    return found if isinstance(found, NoRate) else None


def _exchanged(knowledge: Knowledge, figure: Figure) -> Reading | NoRate | None:
    """The figure in its measure's currency, or why not; None where there is nothing to convert."""
    measure = knowledge.measures[figure.measure]
    wanted, given = knowledge.unit(measure.unit), knowledge.unit(figure.quantity.unit)
    if given.currencies == wanted.currencies or not len(given.currencies) == len(wanted.currencies) == 1:
        return None
    mine, theirs = given.currencies[0], wanted.currencies[0]
    found = _laid(measure, figure.quantity, wanted, given, given.in_currency(theirs), knowledge.unit_system)
    if found.unit != measure.unit:
        return None
    by = exchange(knowledge, mine, theirs, time_of(knowledge, figure))
    if isinstance(by, NoRate):
        return by
    original = replace(found, unit=str(wanted.in_currency(mine)))
    return exchanged(original, by if dict(given.dimension)[mine] > 0 else by.inverse(), measure.unit)


def measured(measure: Measure, quantity: Quantity, units: Units = STANDARD) -> Reading:
    """``quantity`` in the measure's unit; in its own where that is another thing (another currency, another offer).

    A flow whose period is not said keeps its number and is marked: ``$5 billion`` beside ``$5 billion a year``.
    """
    wanted, given = units.parse(measure.unit), units.parse(quantity.unit)
    return _laid(measure, quantity, wanted, given, given, units)


def _laid(measure: Measure, quantity: Quantity, wanted: Unit, given: Unit, local: Unit, units: Units) -> Reading:
    """``quantity``, which is ``given`` in a unit, in the ``wanted`` one; ``local`` is ``given`` in its currency."""
    if measure.kind is MeasureKind.FLOW and wanted.period and not local.period:
        whole = wanted * units.parse(wanted.period)
        if local.same_dimension(whole):
            factor = given.factor / whole.factor
            found = reading(quantity, measure.unit, factor, percent=in_points(measure.unit))
            return replace(found, period_unsaid=True)
    if not _converts(measure, wanted, local):
        return reading(quantity, quantity.unit, Fraction(1), percent=in_points(quantity.unit))
    return reading(quantity, measure.unit, given.factor / wanted.factor, percent=in_points(measure.unit))


def in_points(unit: str) -> bool:
    """Whether distances in ``unit`` are told in percentage points."""
    return plain_unit(unit) == "fraction"


def _converts(measure: Measure, wanted: Unit, given: Unit) -> bool:
    if not wanted.same_dimension(given):
        return False
    return measure.kind is not MeasureKind.PRICE or wanted.period == given.period
