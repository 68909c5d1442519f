"""What is known of a figure? The quantity with all its parts, its passage, and everything that rests on it."""

from collections.abc import Mapping

from kb.domain.entity import AnyEntity, Calculation, Figure, InputKind
from kb.domain.knowledge import Knowledge
from kb.domain.quantity import Bound, Hedge, Quantity, RangeKind
from kb.domain.unitname import say_unit
from kb.reasoning.noticing.mention import said, unconverted
from kb.reports.cite import citation
from kb.reports.naming import amount, converted, ref, scope_value, span
from kb.reports.page import Field, FigureSheet, FiguresPage
from kb.reports.query import matching, page_of
from kb.reports.row import confidence_words, event_rows, figure_row, finding_rows
from kb.reports.value import FigureRow, Ref
from kb.reports.view import View


def figures(view: View, page: int = 1, query: str = "") -> FiguresPage:
    """All figures that ``query`` asks for, 200 to a page, in the order first told."""
    told = tuple(view.knowledge.figures.values())
    found = matching(told, query, lambda figure: _columns(figure_row(view, figure)))
    shown, page, pages = page_of(found, page)
    rows = tuple(figure_row(view, figure) for figure in shown)
    return FiguresPage("Figures", rows, len(found), page, pages, query)


COLUMNS = ("figure", "written", "measure", "scope", "source", "voice", "stance", "confidence", "language", "depends")
"""What figures can be asked for by, as in ``stance:measured``."""


def _columns(row: FigureRow) -> Mapping[str, str]:
    return {
        "figure": f"{row.ref.text} {row.ref.slug}",
        "written": row.as_written,
        "measure": f"{row.measure.text} {row.measure.slug}",
        "scope": row.scope,
        "source": f"{row.source.text} {row.source.slug}",
        "voice": row.voice,
        "stance": row.stance,
        "confidence": row.confidence,
        "language": row.language,
        "depends": row.depends or "independent",
    }


def figure(view: View, slug: str) -> FigureSheet | None:
    """The sheet of the figure called ``slug``; None where there is none."""
    found = view.knowledge.named(Figure, slug)
    return _sheet(view, found) if found else None


def _sheet(view: View, figure: Figure) -> FigureSheet:
    knowledge = view.knowledge
    return FigureSheet(
        amount(figure.quantity),
        figure_row(view, figure),
        parts(knowledge, figure),
        citation(view, figure),
        tuple(figure_row(view, mention) for mention in knowledge.dependents.get(figure.id, ())),
        finding_rows(view, view.findings_of.get(figure.id, ())),
        tuple(ref(knowledge, calculation) for calculation in _users(view, figure)),
        arguments_from(knowledge, figure),
        figure.note,
        event_rows(view, figure.id),
    )


def parts(knowledge: Knowledge, figure: Figure) -> tuple[Field, ...]:
    """The quantity taken apart, then the scope: what was said, what it allows, how it is meant."""
    quantity = figure.quantity
    told = {
        "As written": quantity.as_written,
        "Stated": span(quantity.stated, quantity.unit),
        "In the measure's unit": _in_measure(knowledge, figure),
        "Allowed": span(quantity.allowed, quantity.unit) if quantity.allowed != quantity.stated else "",
        "Bound": _BOUNDS[quantity.bound],
        "Hedge": _HEDGES[quantity.hedge],
        "Range": _range(quantity),
        "Unit": say_unit(quantity.unit),
        "Last digit that counts": f"{quantity.granularity:f}" if quantity.granularity is not None else "",
        "Stance": str(figure.stance),
        "Confidence": confidence_words(figure.confidence),
    }
    scope = {key.replace("-", " ").capitalize(): scope_value(knowledge, key, v) for key, v in figure.scope.items()}
    return tuple(Field(name, value, "") for name, value in (told | scope).items() if value)


def _in_measure(knowledge: Knowledge, figure: Figure) -> str:
    """What it comes to by a recorded rate, or why there is no saying; empty for one in its measure's currency."""
    if figure.measure not in knowledge.measures:
        return ""
    lacking = unconverted(knowledge, figure)
    return f"{lacking.reason}: {lacking.hint}" if lacking else converted(said(knowledge, figure))


_BOUNDS = {
    Bound.EXACT: "",
    Bound.RANGE: "between its two ends",
    Bound.AT_LEAST: "at least: a floor, open above",
    Bound.AT_MOST: "at most: a ceiling, open below",
    Bound.MORE_THAN: "more than: a floor, open above, the number itself left out",
    Bound.LESS_THAN: "less than: a ceiling, open below, the number itself left out",
}
_HEDGES = {
    Hedge.NONE: "",
    Hedge.ABOUT: "about",
    Hedge.NEARLY: "nearly",
    Hedge.JUST_OVER: "just over",
    Hedge.ORDER_OF_MAGNITUDE: "an order of magnitude",
}


def _range(quantity: Quantity) -> str:
    match quantity.spread:
        case RangeKind.ESTIMATE:
            return "an estimate: one value somewhere inside"
        case RangeKind.SPREAD:
            return "a spread: both ends occur"
        case None:
            return ""


def _users(view: View, figure: Figure) -> list[Calculation]:
    """Calculations that take the figure, by name or through its measure, or check it."""
    return [calculation for calculation in view.knowledge.calculations.values() if _uses(view, calculation, figure)]


def _uses(view: View, calculation: Calculation, figure: Figure) -> bool:
    if figure.id in calculation.checks or any(given.ref == figure.id for given in calculation.inputs):
        return True
    if not any(given.kind is InputKind.MEASURE and given.ref == figure.measure for given in calculation.inputs):
        return False
    result = view.analysis.results.get(calculation.id)
    outcomes = result.outcomes if result else ()
    return any(figure.id in choice.figures for outcome in outcomes for choice in outcome.choices)


def arguments_from(knowledge: Knowledge, entity: AnyEntity) -> tuple[Ref, ...]:
    """Arguments that rest on an entity, and those that bear on it."""
    from_here = [a for a in knowledge.arguments.values() if any(p.id == entity.id for p in a.premises)]
    return tuple(ref(knowledge, argument) for argument in (*from_here, *knowledge.arguments_to.get(entity.id, ())))
