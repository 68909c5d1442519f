"""What is known of a source? Its bibliographic fields, what it says, and what became of it."""

from kb.domain.entity import DETAILS, Source
from kb.domain.finding import Finding
from kb.reports.naming import day, listed, ref, refs_of
from kb.reports.page import Field, SourceSheet, SourcesPage
from kb.reports.passage import source_passages
from kb.reports.row import claim_row, event_rows, figure_row, finding_rows, source_row
from kb.reports.view import View


def sources(view: View) -> SourcesPage:
    """All sources, in the order first told."""
    return SourcesPage("Sources", tuple(source_row(view, source) for source in view.knowledge.sources.values()))


def source(view: View, slug: str) -> SourceSheet | None:
    """The sheet of the source called ``slug``; None where there is none."""
    found = view.knowledge.named(Source, slug)
    return _sheet(view, found) if found else None


def _sheet(view: View, source: Source) -> SourceSheet:
    knowledge = view.knowledge
    figures = knowledge.figures_of_source.get(source.id, ())
    claims = knowledge.claims_of_source.get(source.id, ())
    others = knowledge.sources.values()
    return SourceSheet(
        source.title,
        source_row(view, source),
        _fields(source),
        source.document,
        tuple(ref(knowledge, other) for other in others if other.translation_of == source.id),
        refs_of(knowledge, source.quotes),
        tuple(figure_row(view, figure) for figure in figures),
        tuple(claim_row(view, claim) for claim in claims),
        finding_rows(view, _findings(view, {e.id for e in (*figures, *claims)})),
        event_rows(view, source.id),
        source_passages(view, source),
    )


def _findings(view: View, ids: set[str]) -> tuple[Finding, ...]:
    return tuple(finding for finding in view.ranked if not ids.isdisjoint((*finding.figures, *finding.claims)))


def _fields(source: Source) -> tuple[Field, ...]:
    """Bibliographic fields that are known, with the reason for each that we inferred."""
    values = {
        "title": ("Title", source.title),
        "authors": ("By", listed(source.authors)),
        "editors": ("Edited by", listed(source.editors)),
        "container_title": ("In", source.container_title),
        "publisher": ("Publisher", source.publisher),
        "issued": ("Date", day(source.issued)),
        "type": ("Kind", source.type),
        "language": ("Language", source.language),
        "url": ("Address", source.url),
        **{name: (_LABELS.get(name, name.capitalize()), value) for name, value in _printed(source)},
        "reliability": ("Reliability", f"{source.reliability}, {source.reliability.meaning}"),
        "reliability_reason": ("Why", source.reliability_reason),
        "note": ("Note", source.note),
    }
    return tuple(Field(name, value, source.inferred.get(key, "")) for key, (name, value) in values.items() if value)


_LABELS = {
    "collection-title": "Series",
    "genre": "Sort",
    "publisher-place": "Published in",
    "DOI": "DOI",
    "ISBN": "ISBN",
    "accessed": "Seen",
}


def _printed(source: Source) -> tuple[tuple[str, str], ...]:
    """The further details in the order of print."""
    said = source.details
    return tuple((name, day(said[name]) if name == "accessed" else said[name]) for name in DETAILS if name in said)
