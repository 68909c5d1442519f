"""In what is it counted? The units that seed files declare, what they come to, and what is said in them."""

from kb.domain.entity import AnyEntity, UnitDefinition
from kb.domain.knowledge import Knowledge
from kb.domain.unit.vocabulary import STANDARD_DEFINITIONS
from kb.domain.wording import rational_text
from kb.reports.naming import ref, refs_of
from kb.reports.page import StandardUnit, UnitRow, UnitSheet, UnitsPage
from kb.reports.row import event_rows, figure_rows
from kb.reports.view import View


def units(view: View) -> UnitsPage:
    """The units that seed files declare, in the order first told, and the standard ones that are defined by others."""
    rows = tuple(_row(view.knowledge, unit) for unit in view.knowledge.units.values())
    standard = tuple(StandardUnit(name, amount) for name, amount in STANDARD_DEFINITIONS.items() if amount)
    rates = tuple(figure.id for recorded in view.knowledge.rates.values() for figure in recorded)
    return UnitsPage("Units", rows, figure_rows(view, rates), standard)


def unit(view: View, slug: str) -> UnitSheet | None:
    """The sheet of the unit called ``slug``; None where there is none."""
    found = view.knowledge.named(UnitDefinition, slug)
    return _sheet(view, found) if found else None


def _row(knowledge: Knowledge, unit: UnitDefinition) -> UnitRow:
    return UnitRow(ref(knowledge, unit), str(unit.kind), unit.equals, comes_to(knowledge, unit), unit.aliases)


def comes_to(knowledge: Knowledge, unit: UnitDefinition) -> str:
    """One of the unit in base units, exactly, e.g. ``1,209,600 second``; empty for a base unit."""
    made = knowledge.unit(unit.name)
    roots = "*".join(root if power == 1 else f"{root}**{power}" for root, power in made.dimension)
    return "" if roots == unit.name else f"{rational_text(made.factor)} {roots}".strip()


def _sheet(view: View, unit: UnitDefinition) -> UnitSheet:
    knowledge, system = view.knowledge, view.knowledge.unit_system

    def in_it(*texts: str) -> bool:
        return any(unit.name in system.own_names(text) for text in texts if text)

    users: list[AnyEntity] = [one for one in knowledge.units.values() if unit.name in system.rests_on(one.name)]
    users += [measure for measure in knowledge.measures.values() if in_it(measure.unit)]
    users += [one for one in knowledge.calculations.values() if in_it(one.unit)]
    figures = tuple(figure.id for figure in knowledge.figures.values() if in_it(figure.quantity.unit))
    return UnitSheet(
        unit.name,
        _row(knowledge, unit),
        unit.code,
        unit.sign,
        unit.note,
        refs_of(knowledge, tuple(user.id for user in users)),
        figure_rows(view, figures),
        event_rows(view, unit.id),
    )
