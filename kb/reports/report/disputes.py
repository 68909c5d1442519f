"""The numbers in dispute: charts, and both sides of each finding that bears on the answer."""

from collections.abc import Iterator, Sequence

from kb.domain.entity import Claim, Figure, Question
from kb.domain.finding import Finding, FindingKind
from kb.reports.citations import source_of
from kb.reports.finding import group_ref
from kb.reports.paper import Block, Bullets, Heading, Line, Paragraph, Picture, Strong, Table
from kb.reports.picture import plot_svg
from kb.reports.plot import plot
from kb.reports.question import Grounds
from kb.reports.report.citing import Passages
from kb.reports.row import explanation, latest_ruling, ruling_words
from kb.reports.view import View
from kb.reports.words.attribution import within_sentence
from kb.reports.words.claims import claims_compared, time_between
from kb.reports.words.dates import date_words
from kb.reports.words.references import capitalized, figure_amount_words, scope_words, without_marks
from kb.reports.words.verdicts import verdict_words
from kb.reports.words.voices import in_brackets, stance_mark, voice_words

_MOST_FINDINGS = 5
_MOST_CHARTS = 2
_SIGNS = "A bar is a range, a dot a single number, an arrow an end that the words leave open."
_CHARTED = (FindingKind.ACROSS_SOURCES, FindingKind.WITHIN_SOURCE, FindingKind.SPREAD)


def dispute_blocks(view: View, passages: Passages, question: Question, grounds: Grounds) -> Iterator[Block]:
    """The disagreements that bear on the answer, the one that moves it most first."""
    bearing = bearing_findings(view, grounds)
    if not bearing:
        return
    yield Heading(2, "Numbers and claims in dispute", f"{question.slug}-disputes")
    yield from _charts(view, bearing)
    for finding in bearing[:_MOST_FINDINGS]:
        yield from _finding(view, passages, finding)
    if further := bearing[_MOST_FINDINGS:]:
        yield Paragraph(("Further disagreements that bear on the answer less:",))
        yield Bullets(
            tuple(
                (_in_a_line(view, finding), *passages.cite((*finding.figures, *finding.claims))) for finding in further
            )
        )


def bearing_findings(view: View, grounds: Grounds) -> list[Finding]:
    """The disagreements that bear on an answer and follow from no other, those with the greatest bearing first."""
    shown = {finding.id for finding in grounds.findings}
    leads = [finding for finding in grounds.findings if view.lead_of(finding, shown) is finding]
    disputes = [f for f in leads if f.is_disagreement and view.bearings[f.id] > 0]
    return sorted(disputes, key=lambda finding: -view.bearings[finding.id])


def _in_a_line(view: View, finding: Finding) -> str:
    """A disagreement in a line: what it is about, and who says what."""
    if finding.kind is FindingKind.CLAIMS:
        return claims_compared(view.knowledge, finding)
    return f"{capitalized(verdict_words(finding.verdict, finding.kind))} on {group_ref(view, finding).text}."


def _charts(view: View, bearing: Sequence[Finding]) -> Iterator[Block]:
    measures = dict.fromkeys(f.measure for f in bearing if f.kind in _CHARTED and f.measure)
    for id in list(measures)[:_MOST_CHARTS]:
        measure = view.knowledge.measures[id]
        # A repeat adds nothing to see: it lies where the number that it repeats does.
        figures = [f for f in view.knowledge.figures.values() if f.measure == id and f.depends_on is None]
        drawn = plot(view, measure, figures)
        if drawn:
            scale = ", on a logarithmic scale" if drawn.logarithmic else ""
            yield Picture(
                name=f"numbers-{measure.slug.replace('/', '-')}",
                svg=plot_svg(drawn),
                width=drawn.width,
                caption=f"{measure.label}: the axis shows {drawn.unit}{scale}. {_SIGNS}",
                text=drawn.text,
            )


def _finding(view: View, passages: Passages, finding: Finding) -> Iterator[Block]:
    known = view.knowledge
    ruling = latest_ruling(view, finding)
    ruled = f"Ruling: {ruling_words(view, finding)}." if ruling else ""
    if finding.kind is FindingKind.CLAIMS:
        # The table says who claims what.
        about = f"over the statement that {within_sentence(known, known.claims[finding.claims[0]].text)}"
        sentences = time_between(known, *(known.claims[id] for id in finding.claims))
    else:
        about, sentences = f"on {group_ref(view, finding).text}", without_marks(explanation(view, finding))
    lead = Strong(f"{capitalized(verdict_words(finding.verdict, finding.kind))} {about}.")
    yield Paragraph((lead, *(f" {words}" for words in (sentences, ruled) if words)))
    # What is checked stands first; the inputs behind it are the calculation's.
    shown = finding.figures[:1] if finding.kind is FindingKind.CHECK else finding.figures
    entities: list[Figure | Claim] = [known.figures[id] for id in shown if id in known.figures]
    entities += [known.claims[id] for id in finding.claims]
    rows = tuple(_side(view, passages, entity) for entity in entities[:4])
    if rows:
        yield Table(
            caption="" if finding.kind is FindingKind.CLAIMS else f"What was said {about}",
            head=("Who and when", "What is said", "In the source's words"),
            rows=rows,
            shares=(0.24, 0.33, 0.43),
        )


def _side(view: View, passages: Passages, entity: Figure | Claim) -> tuple[Line, ...]:
    source = source_of(view, entity)
    who = in_brackets(voice_words(entity.voice), date_words(source.issued) if source else "")
    said = _said(view, entity)
    return ((capitalized(who),), (said,), (*passages.quotation(entity.id), *passages.cite((entity.id,))) or ("–",))


def _said(view: View, entity: Figure | Claim) -> str:
    if isinstance(entity, Claim):
        return in_brackets(entity.text, stance_mark(entity.stance))
    return in_brackets(figure_amount_words(entity), scope_words(view.knowledge, entity))
