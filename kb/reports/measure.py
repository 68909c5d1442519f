"""What is known of a measure? Every figure on one axis, the positions taken, and what the engine noticed."""

from kb.domain.entity import Measure
from kb.domain.identity import Id
from kb.reasoning.noticing.position import Position
from kb.reasoning.weighing.consensus import Consensus
from kb.reports.naming import ref, ref_of, refs_of, scope_in_words, span, with_conversion
from kb.reports.page import ConsensusRow, MeasureRow, MeasureSheet, MeasuresPage, PositionRow
from kb.reports.plot import plot
from kb.reports.row import event_rows, figure_row, finding_rows, worst_verdict
from kb.reports.value import Ref
from kb.reports.view import View


def measures(view: View) -> MeasuresPage:
    """All measures, in the order first told."""
    return MeasuresPage("Measures", tuple(measure_row(view, measure) for measure in view.knowledge.measures.values()))


def measure(view: View, slug: str) -> MeasureSheet | None:
    """The sheet of the measure called ``slug``; None where there is none."""
    found = view.knowledge.named(Measure, slug)
    return _sheet(view, found) if found else None


def measure_row(view: View, measure: Measure) -> MeasureRow:
    """A measure in a list, with the worst verdict among its findings."""
    positions = view.analysis.positions.get(measure.id, ())
    return MeasureRow(
        ref(view.knowledge, measure),
        measure.unit,
        str(measure.kind),
        len(view.knowledge.figures_of_measure.get(measure.id, ())),
        len({origin for position in positions for origin in position.origins}),
        worst_verdict(view.findings_of_measure.get(measure.id, ())),
    )


def _sheet(view: View, measure: Measure) -> MeasureSheet:
    figures = view.knowledge.figures_of_measure.get(measure.id, ())
    return MeasureSheet(
        measure.label,
        measure_row(view, measure),
        measure.keys,
        measure.aliases,
        measure.note,
        plot(view, measure, figures),
        position_rows(view, measure.id),
        tuple(_consensus_row(view, found) for found in view.analysis.consensus.get(measure.id, ())),
        tuple(figure_row(view, figure) for figure in figures),
        finding_rows(view, view.findings_of_measure.get(measure.id, ())),
        _calculations(view, measure.id),
        event_rows(view, measure.id),
        _elder(view, measure),
    )


def _elder(view: View, measure: Measure) -> Ref | None:
    elder = view.told.stands_for(measure.id)
    return ref_of(view.knowledge, elder) if elder != measure.id else None


def position_rows(view: View, measure: Id) -> tuple[PositionRow, ...]:
    """What each side says of a measure."""
    return tuple(_position_row(view, position) for position in view.analysis.positions.get(measure, ()))


def _position_row(view: View, position: Position) -> PositionRow:
    knowledge = view.knowledge
    return PositionRow(
        position.label,
        with_conversion(position.quantity, position.reading),
        scope_in_words(knowledge, position.scope, position.measure),
        position.origins,
        refs_of(knowledge, position.figures),
        len(position.dependents),
    )


def _consensus_row(view: View, found: Consensus) -> ConsensusRow:
    scope = scope_in_words(view.knowledge, found.scope, found.measure)
    text = span(found.value, found.unit) if found.value else ""
    if found.value and found.value != found.interval:
        text += f", between voices from {span(found.interval, found.unit)}"
    return ConsensusRow(scope, text, len(found.origins), found.note)


def _calculations(view: View, measure: Id) -> tuple[Ref, ...]:
    users = view.knowledge.calculations.values()
    return tuple(ref(view.knowledge, user) for user in users if any(given.ref == measure for given in user.inputs))
