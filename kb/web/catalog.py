"""Which pages are there? Each address with the value that is printed there, who makes it, and its template."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from kb.reports import page as pages
from kb.reports.calculation import calculation, calculations
from kb.reports.claim import COLUMNS as CLAIM_COLUMNS
from kb.reports.claim import claim, claims
from kb.reports.figure import COLUMNS as FIGURE_COLUMNS
from kb.reports.figure import figure, figures
from kb.reports.finding import COLUMNS as FINDING_COLUMNS
from kb.reports.finding import finding, findings, group
from kb.reports.glossary import glossary
from kb.reports.history import history
from kb.reports.home import home
from kb.reports.matches import matches
from kb.reports.measure import measure, measures
from kb.reports.passage import passages
from kb.reports.question import question, questions
from kb.reports.source import source, sources
from kb.reports.unit import unit, units
from kb.reports.view import View
from kb.web.asked import Asked
from kb.web.library import Library

EVENTS_ON_A_PAGE = 100
_EVENTS_AT_HOME = 8
_MOMENTS_OFFERED = 30
_BATCHES_READ = 1000


@dataclass(frozen=True, slots=True)
class Reading:
    """What a page is made from: a request, and the view that it is answered from."""

    asked: Asked
    view: View
    library: Library


@dataclass(frozen=True, slots=True)
class Kind:
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
    make: Callable[[Reading], pages.Page | None]
    query: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    of: str = ""


def _home(reading: Reading) -> pages.Home:
    recent = reading.library.events(_EVENTS_AT_HOME, upto=reading.view.moment.position)
    return home(reading.view, recent)


def _history(reading: Reading) -> pages.HistoryPage:
    asked, position = reading.asked, reading.view.moment.position
    page = asked.page
    if asked.event is not None and asked.event <= position:
        page = (position - asked.event) // EVENTS_ON_A_PAGE + 1
    events = reading.library.events(EVENTS_ON_A_PAGE, (page - 1) * EVENTS_ON_A_PAGE, position)
    count = -(-position // EVENTS_ON_A_PAGE) or 1
    return history(reading.view, moments(reading.library, position), events, page, count)


def moments(library: Library, position: int) -> tuple[pages.BatchRow, ...]:
    """The last ends of batches up to ``position``, newest first: the moments that are offered to a reader."""
    told = (batch for batch in library.batches(_BATCHES_READ) if batch.position <= position)
    return tuple(islice(told, _MOMENTS_OFFERED))


KINDS = (
    Kind("/", "", "home.html.j2", pages.Home, "What is in the base, in dispute and settled", _home),
    Kind(
        "/questions",
        "questions",
        "questions.html.j2",
        pages.QuestionsPage,
        "All questions with the standing of both sides",
        lambda r: questions(r.view),
    ),
    Kind(
        "/questions/{slug}",
        "questions",
        "question.html.j2",
        pages.QuestionSheet,
        "One question: its map of arguments, calculations, figures and findings",
        lambda r: question(r.view, r.asked.slug),
        of="question",
    ),
    Kind(
        "/findings",
        "findings",
        "findings.html.j2",
        pages.FindingsPage,
        "All findings in groups, worst first, 200 to a page",
        lambda r: findings(r.view, r.asked.page, r.asked.query),
        ("q", "page"),
        FINDING_COLUMNS,
    ),
    Kind(
        "/findings/measure/{slug}",
        "findings",
        "group.html.j2",
        pages.GroupSheet,
        "All findings about one measure, pair by pair",
        lambda r: group(r.view, "measure", r.asked.slug),
        of="measure",
    ),
    Kind(
        "/findings/calculation/{slug}",
        "findings",
        "group.html.j2",
        pages.GroupSheet,
        "All findings about one calculation, pair by pair",
        lambda r: group(r.view, "calculation", r.asked.slug),
        of="calculation",
    ),
    Kind(
        "/findings/{slug}",
        "findings",
        "finding.html.j2",
        pages.FindingSheet,
        "One finding: passages side by side, arithmetic, verdict",
        lambda r: finding(r.view, r.asked.slug),
        of="finding",
    ),
    Kind(
        "/calculations",
        "calculations",
        "calculations.html.j2",
        pages.CalculationsPage,
        "All calculations",
        lambda r: calculations(r.view),
    ),
    Kind(
        "/calculations/{slug}",
        "calculations",
        "calculation.html.j2",
        pages.CalculationSheet,
        "One calculation: formula, inputs, working, results, checks",
        lambda r: calculation(r.view, r.asked.slug),
        of="calculation",
    ),
    Kind(
        "/measures",
        "measures",
        "measures.html.j2",
        pages.MeasuresPage,
        "All measures",
        lambda r: measures(r.view),
    ),
    Kind(
        "/measures/{slug}",
        "measures",
        "measure.html.j2",
        pages.MeasureSheet,
        "One measure: every figure on one axis, positions, findings",
        lambda r: measure(r.view, r.asked.slug),
        of="measure",
    ),
    Kind(
        "/matches",
        "matches",
        "matches.html.j2",
        pages.MatchesPage,
        "Names that may be the same, and what people decided about them",
        lambda r: matches(r.view),
    ),
    Kind(
        "/units",
        "units",
        "units.html.j2",
        pages.UnitsPage,
        "All units that seed files declare",
        lambda r: units(r.view),
    ),
    Kind(
        "/units/{slug}",
        "units",
        "unit.html.j2",
        pages.UnitSheet,
        "One unit: what it comes to, and what is said in it",
        lambda r: unit(r.view, r.asked.slug),
    ),
    Kind(
        "/figures",
        "figures",
        "figures.html.j2",
        pages.FiguresPage,
        "All figures, 200 to a page",
        lambda r: figures(r.view, r.asked.page, r.asked.query),
        ("q", "page"),
        FIGURE_COLUMNS,
    ),
    Kind(
        "/figures/{slug}",
        "figures",
        "figure.html.j2",
        pages.FigureSheet,
        "One figure: the quantity, its passage, and what rests on it",
        lambda r: figure(r.view, r.asked.slug),
        of="figure",
    ),
    Kind(
        "/claims",
        "claims",
        "claims.html.j2",
        pages.ClaimsPage,
        "All claims, 200 to a page",
        lambda r: claims(r.view, r.asked.page, r.asked.query),
        ("q", "page"),
        CLAIM_COLUMNS,
    ),
    Kind(
        "/claims/{slug}",
        "claims",
        "claim.html.j2",
        pages.ClaimSheet,
        "One claim: its passages, what speaks for and against it",
        lambda r: claim(r.view, r.asked.slug),
        of="claim",
    ),
    Kind(
        "/sources",
        "sources",
        "sources.html.j2",
        pages.SourcesPage,
        "All sources",
        lambda r: sources(r.view),
    ),
    Kind(
        "/sources/{slug}",
        "sources",
        "source.html.j2",
        pages.SourceSheet,
        "One source: what it is, what it says, what became of it",
        lambda r: source(r.view, r.asked.slug),
        of="source",
    ),
    Kind(
        "/passages",
        "passages",
        "passages.html.j2",
        pages.PassagesPage,
        "How passages were found, and which of them wait for a person",
        lambda r: passages(r.view),
    ),
    Kind(
        "/history",
        "history",
        "history.html.j2",
        pages.HistoryPage,
        "The log, newest first, with the moments that pages can be read at",
        _history,
        ("page", "event"),
    ),
    Kind(
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
