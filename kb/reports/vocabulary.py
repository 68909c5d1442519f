"""The pages about measures, units, and names for one thing."""

from kb.domain.concurrency import NO_DECISION
from kb.domain.entity import AnyEntity, Match, Measure, UnitDefinition
from kb.domain.finding import FindingKind
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.measure_kind import MeasureKind
from kb.domain.unit.vocabulary import STANDARD_DEFINITIONS
from kb.reasoning.consensus import Consensus
from kb.reasoning.copy_detection import (
    PossibleDependence,
    SharedWrongNumber,
    SuspectedCopy,
    possible_dependences,
    suspected_copies,
)
from kb.reasoning.findings.mention import independent_mentions
from kb.reasoning.findings.position import Position
from kb.reasoning.resolution.suggestion import Suggestion, suggestions
from kb.reports.chronology import overdue_rows, series_table
from kb.reports.page import (
    ConsensusRow,
    CopyRow,
    DecidedRow,
    DependenceRow,
    MatchesPage,
    MeasureRow,
    MeasureSheet,
    MeasuresPage,
    PositionRow,
    SharedRow,
    StandardUnit,
    SuggestedRow,
    UnitRow,
    UnitSheet,
    UnitsPage,
)
from kb.reports.plot import plot
from kb.reports.row import event_rows, figure_row, figure_rows, finding_rows, worst_verdict
from kb.reports.value import Ref
from kb.reports.view import View
from kb.reports.words.amount import rational_words
from kb.reports.words.conclusions import consensus_sentence
from kb.reports.words.finding import position_label
from kb.reports.words.references import (
    capitalized,
    converted_amount_words,
    measure_scope_words,
    ref,
    ref_of,
    refs_of,
    span_words,
)
from kb.reports.words.suggestions import possible_dependence_sentence, shared_number_sentence, similarity_words
from kb.reports.words.unit_names import definition_words, numerator_words
from kb.reports.words.voices import name_words, shared_stance, with_stance

MATCH_KIND_WORDS = {"measure": "measures", "term": "scope values"}


def matches(view: View) -> MatchesPage:
    """Names that may mean the same, the likeliest first; decisions, newest first; sources that may be copies."""
    recorded = view.recorded
    # Names are suggested as recorded. Copies are looked for among matched names: two sources may share a wrong number
    # under two names of one measure.
    return MatchesPage(
        "Alternative names",
        tuple(_suggestion_row(recorded, suggestion) for suggestion in suggestions(recorded)),
        tuple(_match_row(view, match) for match in reversed(tuple(recorded.matches.values()))),
        tuple(_copy_row(recorded, copy) for copy in suspected_copies(recorded.canonical)),
        tuple(
            _dependence_row(view.knowledge, found)
            for found in possible_dependences(view.knowledge, view.analysis.results)
        ),
        overdue_rows(view, view.knowledge.measures.values()),
    )


def _suggestion_row(knowledge: Knowledge, suggestion: Suggestion) -> SuggestedRow:
    return SuggestedRow(
        kind=str(suggestion.kind),
        kind_text=MATCH_KIND_WORDS[str(suggestion.kind)],
        left=ref_of(knowledge, suggestion.left),
        right=ref_of(knowledge, suggestion.right),
        left_id=suggestion.left,
        right_id=suggestion.right,
        left_name=knowledge.by_id[suggestion.left].slug,
        right_name=knowledge.by_id[suggestion.right].slug,
        score=f"{suggestion.score:.2f}",
        reason=similarity_words(suggestion.similarity),
        stamp=NO_DECISION,
    )


def _match_row(view: View, match: Match) -> DecidedRow:
    events = view.events_of(match.id)
    last = events[-1] if events else None
    return DecidedRow(
        left=ref_of(view.recorded, match.left),
        right=ref_of(view.recorded, match.right),
        left_id=match.left,
        right_id=match.right,
        same=match.same,
        text=match.text,
        actor=last.actor if last else "",
        recorded_at=last.recorded_at if last else "",
        stamp=view.concurrency_token([match.id]),
    )


def _dependence_row(knowledge: Knowledge, found: PossibleDependence) -> DependenceRow:
    question = possible_dependence_sentence(knowledge, found)
    return DependenceRow(ref_of(knowledge, found.figure), refs_of(knowledge, found.on), question)


def _copy_row(knowledge: Knowledge, copy: SuspectedCopy) -> CopyRow:
    left, right = (ref_of(knowledge, id) for id in copy.sources)
    shared = tuple(_shared_row(knowledge, evidence) for evidence in copy.evidence)
    return CopyRow(left, right, f"{float(copy.score):.2f}", shared)


def _shared_row(knowledge: Knowledge, evidence: SharedWrongNumber) -> SharedRow:
    sentence = shared_number_sentence(knowledge, evidence)
    return SharedRow(ref_of(knowledge, evidence.left), ref_of(knowledge, evidence.right), sentence)


def measures(view: View) -> MeasuresPage:
    """All measures, in the order in which they were recorded."""
    return MeasuresPage("Measures", tuple(measure_row(view, measure) for measure in view.knowledge.measures.values()))


def measure(view: View, slug: str) -> MeasureSheet | None:
    """The sheet of the measure called ``slug``; None where there is none."""
    entity = view.knowledge.named(Measure, slug)
    return measure_sheet(view, entity) if entity else None


def measure_row(view: View, measure: Measure) -> MeasureRow:
    """The row of a measure, with the worst verdict among its findings."""
    positions = view.analysis.positions.get(measure.id, ())
    return MeasureRow(
        ref=ref(view.knowledge, measure),
        unit=measure.unit,
        kind=str(measure.kind),
        kind_text=_kind_words(measure.kind),
        figures=len(view.knowledge.figures_of_measure.get(measure.id, ())),
        origins=len(independent_mentions(mention for position in positions for mention in position.mentions)),
        verdict=worst_verdict(view.findings_of_measure.get(measure.id, ())),
    )


def _kind_words(kind: MeasureKind) -> str:
    """A kind of measure for readers; "stock" and "flow" are words of economists."""
    plain = {MeasureKind.STOCK: "amount", MeasureKind.FLOW: "amount over time"}
    return plain.get(kind, str(kind).replace("-", " "))


def measure_sheet(view: View, measure: Measure) -> MeasureSheet:
    """The sheet of ``measure``."""
    figures = view.knowledge.figures_of_measure.get(measure.id, ())
    findings = view.findings_of_measure.get(measure.id, ())
    return MeasureSheet(
        title=measure.label,
        row=measure_row(view, measure),
        keys=measure.keys,
        aliases=measure.aliases,
        note=measure.note,
        plot=plot(view, measure, figures),
        positions=position_rows(view, measure.id),
        consensus=tuple(_consensus_row(view, consensus) for consensus in view.analysis.consensus.get(measure.id, ())),
        figures=tuple(figure_row(view, figure) for figure in figures),
        series=tuple(series_table(view, finding) for finding in findings if finding.kind is FindingKind.SERIES),
        overdue=overdue_rows(view, [measure]),
        findings=finding_rows(view, findings),
        calculations=_calculations_using(view, measure.id),
        questions=refs_of(view.knowledge, view.questions_served(measure.id, *(figure.id for figure in figures))),
        events=event_rows(view, measure.id),
        stands_for_it=_canonical_ref(view, measure),
        complements=refs_of(view.knowledge, tuple(sorted(view.knowledge.complements(measure.id)))),
    )


def _canonical_ref(view: View, measure: Measure) -> Ref | None:
    """The measure under which the figures of ``measure`` are compared; None where that is itself."""
    # A match renames nothing: figures keep their measure and its page, from which a reader must reach the findings.
    canonical = view.recorded.canonical_measure(measure.id)
    return ref_of(view.knowledge, canonical) if canonical != measure.id else None


def position_rows(view: View, measure: Id) -> tuple[PositionRow, ...]:
    """The positions on a measure: by scope, within a scope from the lowest stated end up."""
    return tuple(_position_row(view, position) for position in view.analysis.positions.get(measure, ()))


def _position_row(view: View, position: Position) -> PositionRow:
    knowledge = view.knowledge
    return PositionRow(
        label=position_label(knowledge, position),
        text=with_stance(
            converted_amount_words(knowledge, position.quantity, position.normalized),
            shared_stance(knowledge, position.figures),
        ),
        scope=capitalized(measure_scope_words(knowledge, position.scope, position.measure)),
        origins=tuple(map(name_words, position.origins)),
        figures=refs_of(knowledge, position.figures),
        dependents=len(position.dependents),
    )


def _consensus_row(view: View, consensus: Consensus) -> ConsensusRow:
    scope = capitalized(measure_scope_words(view.knowledge, consensus.scope, consensus.measure))
    text = span_words(consensus.value, consensus.unit) if consensus.value else ""
    # A median alone would hide how far the voices lie apart.
    if consensus.value and consensus.value != consensus.interval:
        text += f", between voices from {span_words(consensus.interval, consensus.unit)}"
    return ConsensusRow(scope, text, consensus_sentence(view.knowledge, consensus))


def _calculations_using(view: View, measure: Id) -> tuple[Ref, ...]:
    users = view.knowledge.calculations.values()
    return tuple(
        ref(view.knowledge, user)
        for user in users
        if any(measure in (formula_input.ref, formula_input.of) for formula_input in user.inputs)
    )


def units(view: View) -> UnitsPage:
    """The units that seed files declare, in the order in which they were recorded; exchange rates; standard units.

    Of the standard units only those that are defined by others.
    """
    rows = tuple(_unit_row(view.knowledge, unit) for unit in view.knowledge.units.values())
    defined = {name: definition_words(amount) for name, amount in STANDARD_DEFINITIONS.items() if amount}
    standard = tuple(StandardUnit(name, words) for name, words in defined.items())
    rates = tuple(figure.id for recorded in view.knowledge.rates.recorded.values() for figure in recorded)
    return UnitsPage("Units", rows, figure_rows(view, rates), standard)


def unit(view: View, slug: str) -> UnitSheet | None:
    """The sheet of the unit called ``slug``; None where there is none."""
    entity = view.knowledge.named(UnitDefinition, slug)
    return _unit_sheet(view, entity) if entity else None


def _unit_row(knowledge: Knowledge, unit: UnitDefinition) -> UnitRow:
    return UnitRow(
        ref=ref(knowledge, unit),
        kind=str(unit.kind),
        equals=unit.equals,
        comes_to=comes_to(knowledge, unit),
        aliases=unit.aliases,
    )


def comes_to(knowledge: Knowledge, unit: UnitDefinition) -> str:
    """The unit in base units, exactly, e.g. ``1,209,600 seconds``; empty for a base unit."""
    made = knowledge.unit(unit.name)
    if made.dimension == ((unit.name, 1),):
        return ""
    if any(power < 1 for _, power in made.dimension):
        roots = "*".join(root if power == 1 else f"{root}**{power}" for root, power in made.dimension)
        return f"{rational_words(made.factor)} {roots}"
    return f"{rational_words(made.factor)} {numerator_words(list(made.dimension), made.factor)}".strip()


def _unit_sheet(view: View, unit: UnitDefinition) -> UnitSheet:
    knowledge, system = view.knowledge, view.knowledge.unit_system

    def in_it(*texts: str) -> bool:
        return any(unit.name in system.declared_names(text) for text in texts if text)

    # Text alone does not tell: a unit also stands in a plural, behind a prefix, or in a compound such as gpu*hour.
    users: list[AnyEntity] = [
        definition for definition in knowledge.units.values() if unit.name in system.definition_names(definition.name)
    ]
    users += [measure for measure in knowledge.measures.values() if in_it(measure.unit)]
    users += [calculation for calculation in knowledge.calculations.values() if in_it(calculation.unit)]
    figures = tuple(figure.id for figure in knowledge.figures.values() if in_it(figure.quantity.unit))
    return UnitSheet(
        title=unit.name,
        row=_unit_row(knowledge, unit),
        code=unit.code,
        sign=unit.sign,
        note=unit.note,
        used_by=refs_of(knowledge, tuple(user.id for user in users)),
        figures=figure_rows(view, figures),
        events=event_rows(view, unit.id),
    )
