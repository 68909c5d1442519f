"""Which pages are there? Each address with the value that is printed there, who makes it, and its template."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from kb.app.backend import Backend
from kb.reports import page as pages
from kb.reports.calculation import calculation, calculations
from kb.reports.evidence import CLAIM_COLUMNS, FIGURE_COLUMNS, claim, claims, figure, figures, passages, source, sources
from kb.reports.finding import FINDING_COLUMNS, finding, findings, group
from kb.reports.front import glossary, history, home
from kb.reports.question import question, questions
from kb.reports.view import View
from kb.reports.vocabulary import matches, measure, measures, unit, units
from kb.web.address import PageRequest

EVENTS_ON_A_PAGE = 100
_EVENTS_AT_HOME = 8
_MOMENTS_OFFERED = 30
_BATCHES_READ = 1000


@dataclass(frozen=True, slots=True)
class PageContext:
    """What a page is made from: a request, and the view that it is answered from."""

    request: PageRequest
    view: View
    backend: Backend


@dataclass(frozen=True, slots=True)
class PageKind:
    """A kind of page.

    Attributes:
        path: Its address; ``{slug}`` stands for the name of a thing, which may hold slashes.
        section: Entry of the navigation that it belongs to.
        template: Name of its template.
        value: Type of the value that is printed there, which is its JSON twin.
        summary: What a reader finds there.
        make: The value; None where nothing has this name.
        query: Parts of the address that it understands beside ``at``.
        columns: What its rows can be asked for by in ``q``, as in ``verdict:conflict``.
        of: Kind of entity whose name stands in the address; empty for everything else.
    """

    path: str
    section: str
    template: str
    value: type
    summary: str
    make: Callable[[PageContext], pages.Page | None]
    query: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    of: str = ""


def _home(context: PageContext) -> pages.Home:
    recent = context.backend.events(_EVENTS_AT_HOME, upto=context.view.moment.position)
    return home(context.view, recent)


def _history(context: PageContext) -> pages.HistoryPage:
    request, position = context.request, context.view.moment.position
    page = request.page
    if request.event is not None and request.event <= position:
        page = (position - request.event) // EVENTS_ON_A_PAGE + 1
    events = context.backend.events(EVENTS_ON_A_PAGE, (page - 1) * EVENTS_ON_A_PAGE, position)
    count = -(-position // EVENTS_ON_A_PAGE) or 1
    return history(context.view, moments(context.backend, position), events, page, count)


def moments(backend: Backend, position: int) -> tuple[pages.BatchRow, ...]:
    """The last ends of batches up to ``position``, newest first: the moments that are offered to a reader."""
    batches = (batch for batch in backend.batches(_BATCHES_READ) if batch.position <= position)
    return tuple(islice(batches, _MOMENTS_OFFERED))


PAGE_KINDS = (
    PageKind("/", "", "home.html.j2", pages.Home, "What is in the base, in dispute and settled", _home),
    PageKind(
        "/questions",
        "questions",
        "questions.html.j2",
        pages.QuestionsPage,
        "All questions with the standing of both sides",
        lambda r: questions(r.view),
    ),
    PageKind(
        "/questions/{slug}",
        "questions",
        "question.html.j2",
        pages.QuestionSheet,
        "One question: its map of arguments, calculations, figures and findings",
        lambda r: question(r.view, r.request.slug),
        of="question",
    ),
    PageKind(
        "/findings",
        "findings",
        "findings.html.j2",
        pages.FindingsPage,
        "All findings in groups, worst first, 200 to a page",
        lambda r: findings(r.view, r.request.page, r.request.query),
        ("q", "page"),
        FINDING_COLUMNS,
    ),
    PageKind(
        "/findings/measure/{slug}",
        "findings",
        "group.html.j2",
        pages.GroupSheet,
        "All findings about one measure, pair by pair",
        lambda r: group(r.view, "measure", r.request.slug),
        of="measure",
    ),
    PageKind(
        "/findings/calculation/{slug}",
        "findings",
        "group.html.j2",
        pages.GroupSheet,
        "All findings about one calculation, pair by pair",
        lambda r: group(r.view, "calculation", r.request.slug),
        of="calculation",
    ),
    PageKind(
        "/findings/{slug}",
        "findings",
        "finding.html.j2",
        pages.FindingSheet,
        "One finding: passages side by side, arithmetic, verdict",
        lambda r: finding(r.view, r.request.slug),
        of="finding",
    ),
    PageKind(
        "/calculations",
        "calculations",
        "calculations.html.j2",
        pages.CalculationsPage,
        "All calculations",
        lambda r: calculations(r.view),
    ),
    PageKind(
        "/calculations/{slug}",
        "calculations",
        "calculation.html.j2",
        pages.CalculationSheet,
        "One calculation: formula, inputs, working, results, checks",
        lambda r: calculation(r.view, r.request.slug),
        of="calculation",
    ),
    PageKind(
        "/measures",
        "measures",
        "measures.html.j2",
        pages.MeasuresPage,
        "All measures",
        lambda r: measures(r.view),
    ),
    PageKind(
        "/measures/{slug}",
        "measures",
        "measure.html.j2",
        pages.MeasureSheet,
        "One measure: every figure on one axis, positions, findings",
        lambda r: measure(r.view, r.request.slug),
        of="measure",
    ),
    PageKind(
        "/matches",
        "matches",
        "matches.html.j2",
        pages.MatchesPage,
        "Names that may be the same, and what people decided about them",
        lambda r: matches(r.view),
    ),
    PageKind(
        "/units",
        "units",
        "units.html.j2",
        pages.UnitsPage,
        "All units that seed files declare",
        lambda r: units(r.view),
    ),
    PageKind(
        "/units/{slug}",
        "units",
        "unit.html.j2",
        pages.UnitSheet,
        "One unit: what it comes to, and what is said in it",
        lambda r: unit(r.view, r.request.slug),
    ),
    PageKind(
        "/figures",
        "figures",
        "figures.html.j2",
        pages.FiguresPage,
        "All figures, 200 to a page",
        lambda r: figures(r.view, r.request.page, r.request.query),
        ("q", "page"),
        FIGURE_COLUMNS,
    ),
    PageKind(
        "/figures/{slug}",
        "figures",
        "figure.html.j2",
        pages.FigureSheet,
        "One figure: the quantity, its passage, and what rests on it",
        lambda r: figure(r.view, r.request.slug),
        of="figure",
    ),
    PageKind(
        "/claims",
        "claims",
        "claims.html.j2",
        pages.ClaimsPage,
        "All claims, 200 to a page",
        lambda r: claims(r.view, r.request.page, r.request.query),
        ("q", "page"),
        CLAIM_COLUMNS,
    ),
    PageKind(
        "/claims/{slug}",
        "claims",
        "claim.html.j2",
        pages.ClaimSheet,
        "One claim: its passages, what speaks for and against it",
        lambda r: claim(r.view, r.request.slug),
        of="claim",
    ),
    PageKind(
        "/sources",
        "sources",
        "sources.html.j2",
        pages.SourcesPage,
        "All sources",
        lambda r: sources(r.view),
    ),
    PageKind(
        "/sources/{slug}",
        "sources",
        "source.html.j2",
        pages.SourceSheet,
        "One source: what it is, what it says, what became of it",
        lambda r: source(r.view, r.request.slug),
        of="source",
    ),
    PageKind(
        "/passages",
        "passages",
        "passages.html.j2",
        pages.PassagesPage,
        "How passages were found, and which of them wait for a person",
        lambda r: passages(r.view),
    ),
    PageKind(
        "/history",
        "history",
        "history.html.j2",
        pages.HistoryPage,
        "The log, newest first, with the moments that pages can be read at",
        _history,
        ("page", "event"),
    ),
    PageKind(
        "/glossary",
        "",
        "glossary.html.j2",
        pages.GlossaryPage,
        "What the words on the pages mean",
        lambda _: glossary(),
    ),
)
"""Every kind of page."""

SECTIONS = (
    ("questions", "Questions"),
    ("findings", "Findings"),
    ("calculations", "Calculations"),
    ("measures", "Measures"),
    ("units", "Units"),
    ("matches", "Names"),
    ("figures", "Figures"),
    ("claims", "Claims"),
    ("sources", "Sources"),
    ("passages", "Passages"),
    ("history", "History"),
)
"""Entries of the navigation: folder and name."""
