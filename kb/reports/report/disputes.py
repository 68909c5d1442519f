"""The numbers and claims in dispute: a chart, and both sides of each finding that bears on the answer."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kb.domain.entity import Claim, Figure, Question
from kb.domain.finding import Finding, FindingKind
from kb.domain.identity import Id
from kb.intake.passage import sentences
from kb.reasoning.answers.bearing import bearing
from kb.reports.citations import source_of
from kb.reports.finding import group_ref, pairing_rows
from kb.reports.grounds import Grounds
from kb.reports.map.graph import argument_graph, sides_of
from kb.reports.paper import Block, Bullets, Heading, Line, Paragraph, Picture, Strong, Table
from kb.reports.picture import plot_svg
from kb.reports.plot import plot
from kb.reports.report.citing import Passages
from kb.reports.row import explanation, latest_ruling, ruling_words
from kb.reports.view import View
from kb.reports.words.attribution import within_sentence
from kb.reports.words.claims import claims_compared, time_between
from kb.reports.words.dates import date_words
from kb.reports.words.difference import without_arithmetic
from kb.reports.words.inputs import label_within_sentence, with_article
from kb.reports.words.references import (
    capitalized,
    count_words,
    figure_amount_words,
    first_sentence,
    scope_words,
    without_marks,
)
from kb.reports.words.verdicts import verdict_words
from kb.reports.words.voices import cardinal, in_brackets, stance_mark, voice_words

_MOST_IN_FULL = 3
_MOST_IN_A_LINE = 8
_MOST_IN_A_LINE_OF_AN_ANSWER = 2
_MOST_CHARTS = 1
_MOST_FIGURES = 2
_MOST_SENTENCES = 3
LEAST_BEARING = 0.005
"""Below it, a dispute changes no digit of any strength that is shown."""
_SIGNS = "A bar is a range, a dot a single number, an arrow an end that the words leave open."
_CHARTED = (FindingKind.ACROSS_SOURCES, FindingKind.WITHIN_SOURCE, FindingKind.SPREAD, FindingKind.FORECAST)


@dataclass(frozen=True, slots=True)
class Dispute:
    """Findings on one matter: one on numbers, or all that set other claims against ``pivot``."""

    findings: tuple[Finding, ...]
    pivot: Id | None = None


def dispute_blocks(
    view: View, passages: Passages, question: Question, bearing: Sequence[Finding], *, full: bool
) -> Iterator[Block]:
    """The disagreements ``bearing`` on the answer, in their order."""
    bearing_here = disputes(bearing)
    if not bearing_here:
        return
    yield Heading(2, "Numbers and claims in dispute", f"{question.slug}-disputes")
    in_full = len(bearing_here) if full else _MOST_IN_FULL
    yield from charts(view, (finding for dispute in bearing_here[:in_full] for finding in dispute.findings))
    yield from _listed(view, passages, bearing_here, in_full, _MOST_IN_A_LINE_OF_AN_ANSWER)


def dispute_list(
    view: View, passages: Passages, findings: Sequence[Finding], *, full: bool, drawn: bool = True
) -> Iterator[Block]:
    """Disagreements in their order: in a brief the first in full, others in a line each; ``drawn`` with charts."""
    matters = disputes(findings)
    in_full = len(matters) if full else _MOST_IN_FULL
    if drawn:
        yield from charts(view, (finding for dispute in matters[:in_full] for finding in dispute.findings))
    yield from _listed(view, passages, matters, in_full, _MOST_IN_A_LINE)


def _listed(
    view: View, passages: Passages, matters: Sequence[Dispute], most_in_full: int, most_in_a_line: int
) -> Iterator[Block]:
    shown, further = matters[:most_in_full], matters[most_in_full:]
    for dispute in shown:
        yield from in_full(view, passages, dispute)
    if further:
        yield Paragraph(("Further disputes:",))
        yield Bullets(tuple(_in_a_line(view, passages, dispute) for dispute in further[:most_in_a_line]))
    if more := len(further[most_in_a_line:]):
        yield Paragraph((f"The full report has {cardinal(more)} more.",))


def without_followers(view: View, findings: Sequence[Finding]) -> list[Finding]:
    """Findings without those that only follow from another of them."""
    shown = {finding.id for finding in findings}
    return [finding for finding in findings if view.lead_of(finding, shown) is finding]


def bearing_findings(view: View, question: Question, grounds: Grounds) -> list[Finding]:
    """The disagreements that bear on this answer and follow from no other, those nearest to the question first.

    Of two as near, the one that moves the answer more comes first.
    """
    # What shakes another answer is no news here, and a conflict far down the map is worth less to a reader than one
    # over the very premises of the answer.
    hops: dict[Id, int] = {}
    for node, distance in argument_graph(view.knowledge, sides_of(question)).hops.items():
        hops[node.id] = min(distance, hops.get(node.id, distance))
    leads = [finding for finding in without_followers(view, grounds.findings) if finding.is_disagreement]
    moves = {finding.id: bearing([view.analysis.slices[question.id]], finding) for finding in leads}

    def nearness(finding: Finding) -> tuple[int, float]:
        parts = (*finding.figures, *finding.claims, *filter(None, (finding.calculation,)))
        return min((hops[id] for id in parts if id in hops), default=len(hops)), -moves[finding.id]

    contested = view.analysis.answers[question.id].contested
    # What lowers the certainty of the answer is shown, however little the answer moves with it.
    shown = (f for f in leads if moves[f.id] >= LEAST_BEARING or (f.measure in contested and f.kind in _CHARTED))
    return sorted(shown, key=nearness)


def disputes(findings: Sequence[Finding]) -> list[Dispute]:
    """The same in the same order, with those on one claim together."""
    between = [finding for finding in findings if finding.kind is FindingKind.CLAIMS]
    counts = Counter(id for finding in between for id in finding.claims)
    groups: dict[str, list[Finding]] = {}
    pivots: dict[str, Id] = {}
    for finding in findings:
        pivot = max(finding.claims, key=counts.__getitem__) if finding.kind is FindingKind.CLAIMS else None
        groups.setdefault(pivot or finding.id, []).append(finding)
        if pivot:
            pivots[pivot] = pivot
    return [Dispute(tuple(group), pivots.get(key)) for key, group in groups.items()]


def charts(view: View, findings: Iterable[Finding]) -> Iterator[Picture]:
    """The figures of the measures that findings on numbers are about, drawn."""
    measures = dict.fromkeys(f.measure for f in findings if f.kind in _CHARTED and f.measure)
    for id in list(measures)[:_MOST_CHARTS]:
        yield from chart(view, id)


def chart(view: View, measure: Id) -> Iterator[Picture]:
    """The figures of one measure, drawn; nothing where none has a number in its unit."""
    known = view.knowledge.measures[measure]
    # A repeat adds nothing to see: it lies where the number that it repeats does.
    figures = [figure for figure in view.knowledge.figures_of_measure.get(measure, ()) if figure.depends_on is None]
    if drawn := plot(view, known, figures):
        scale = ", on a logarithmic scale" if drawn.logarithmic else ""
        yield Picture(
            name=f"numbers-{known.slug.replace('/', '-')}",
            svg=plot_svg(drawn),
            caption=f"{known.label}, in {drawn.unit}{scale}. {_SIGNS}",
            text=drawn.text,
        )


def _in_a_line(view: View, passages: Passages, dispute: Dispute) -> Line:
    """A dispute in a line: what it is about, and who says what."""
    finding, *others = dispute.findings
    cited = passages.cite((id for one in dispute.findings for id in (*_stated(one), *one.claims)), most=1)
    if finding.kind is FindingKind.CLAIMS:
        known = view.knowledge
        said = " ".join(claims_compared(known, finding).split())
        more = (
            f" So {'does' if len(others) == 1 else 'do'} {count_words(len(others), 'other claim')}." if others else ""
        )
        return (f"{said}{more}", *cited)
    return (f"{_subject(view, finding)}: {first_sentence(without_marks(explanation(view, finding)))}", *cited)


def _stated(finding: Finding) -> tuple[Id, ...]:
    """The figures of a finding; of a check the stated one, since those behind the result are the calculation's."""
    return finding.figures[:1] if finding.kind is FindingKind.CHECK else finding.figures


def _subject(view: View, finding: Finding) -> str:
    return capitalized(with_article(label_within_sentence(view.knowledge, group_ref(view, finding).text)))


def in_full(view: View, passages: Passages, dispute: Dispute) -> Iterator[Block]:
    """A dispute with what both sides say, side by side, and what was ruled."""
    lead, notes = _lead(view, dispute)
    ruled = (f"Ruling: {ruling_words(view, finding)}." for finding in dispute.findings if latest_ruling(view, finding))
    yield Paragraph((Strong(lead), *(f" {words}" for words in (*notes, *ruled) if words)))
    rows = tuple(_rows(view, passages, dispute))
    if rows:
        yield Table(caption="", head=("On one side", "On the other"), rows=rows, shares=(0.5, 0.5))


def _lead(view: View, dispute: Dispute) -> tuple[str, tuple[str, ...]]:
    """What a dispute is about, and how far its sides are apart in number or time."""
    known, finding = view.knowledge, dispute.findings[0]
    if dispute.pivot:
        pairs = ([known.claims[id] for id in one.claims] for one in dispute.findings)
        times = (time_between(known, *pair) for pair in pairs) if len(dispute.findings) == 1 else ()
        return f"Disputed: {within_sentence(known, known.claims[dispute.pivot].text)}.", tuple(times)
    explained = without_marks(explanation(view, finding))
    # Who says what stands in the table; of a retelling the first sentence says what was changed.
    first, *others = [explained[start:end] for start, end in sentences(explained)] or [explained]
    rest = first if finding.kind is FindingKind.DRIFT else " ".join(others[:_MOST_SENTENCES])
    verdict = verdict_words(finding.verdict, finding.kind)
    return f"{_subject(view, finding)} ({verdict}).", (without_arithmetic(rest),)


def _rows(view: View, passages: Passages, dispute: Dispute) -> Iterator[tuple[Line, ...]]:
    known, finding = view.knowledge, dispute.findings[0]
    if dispute.pivot:
        pivot = _side(view, passages, known.claims[dispute.pivot])
        for at, one in enumerate(dispute.findings):
            other = next(id for id in one.claims if id != dispute.pivot)
            yield (pivot if not at else ("",)), _side(view, passages, known.claims[other])
        return
    if finding.kind is FindingKind.CHECK:
        yield from _checked(view, passages, finding)
        return
    headline = finding.pairings[finding.headline]
    sides = [_figures(view, passages, side.figures) for side in (headline.left, headline.right)]
    if all(sides):
        yield tuple(sides)


def _checked(view: View, passages: Passages, finding: Finding) -> Iterator[tuple[Line, ...]]:
    """What a source states, beside what its own or others' numbers give."""
    known = view.knowledge
    stated = known.figures.get(finding.parts[1]) or known.claims.get(finding.parts[1])
    row = pairing_rows(view, finding)[finding.headline]
    if stated is not None:
        used = (id for id in finding.figures if id not in finding.parts)
        computed = (Strong("Calculated"), f": {row.left_text}", *passages.cite(used))
        yield _side(view, passages, stated), computed


def _figures(view: View, passages: Passages, ids: Iterable[Id]) -> Line:
    figures = [view.knowledge.figures[id] for id in ids if id in view.knowledge.figures]
    lines = [_side(view, passages, figure) for figure in figures[:_MOST_FIGURES]]
    if more := len(figures) - len(lines):
        lines.append((f"and {count_words(more, 'other voice')}",))
    return tuple(part for at, line in enumerate(lines) for part in (("; ", *line) if at else line))


def _side(view: View, passages: Passages, entity: Figure | Claim) -> Line:
    """Who says a thing and when, what it is, and the words."""
    source = source_of(view, entity)
    who = in_brackets(voice_words(entity.voice), date_words(source.issued) if source else "")
    quoted = passages.quotation(entity.id)
    return (
        Strong(capitalized(who)),
        f": {_said(view, entity)}",
        *((" ", *quoted) if quoted else ()),
        *passages.cite((entity.id,)),
    )


def _said(view: View, entity: Figure | Claim) -> str:
    if isinstance(entity, Claim):
        return in_brackets(entity.text, stance_mark(entity.stance))
    return in_brackets(figure_amount_words(entity), scope_words(view.knowledge, entity))
