"""Every page: its address, the report value printed there, the function that makes it, and its template."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from kb.app.backend import Backend
from kb.domain.entity import Entity, Question
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reports import page as pages
from kb.reports.calculation import calculations
from kb.reports.choices import WHAT_IF_PARAMETERS
from kb.reports.evidence import CLAIM_COLUMNS, FIGURE_COLUMNS, claim, claims, figure, figures, passages, source, sources
from kb.reports.finding import FINDING_COLUMNS, finding, findings, group
from kb.reports.front import glossary, history, home
from kb.reports.map.state import PARAMETERS
from kb.reports.question import InTime, question, questions
from kb.reports.view import View
from kb.reports.vocabulary import matches, measure, measures, unit, units
from kb.reports.what_if import calculation_page, what_if_page
from kb.web.address import PageRequest
from kb.web.comparison import FROM, earlier_view, timeline
from kb.web.failure import Failed, no_such_event

EVENTS_ON_A_PAGE = 100
_EVENTS_AT_HOME = 8
_MOMENTS_OFFERED = 30
_BATCHES_READ = 1000


@dataclass(frozen=True, slots=True)
class PageContext:
    """What a page is made from: the request, the view at its moment, and the backend for the log."""

    request: PageRequest
    view: View
    backend: Backend


@dataclass(frozen=True, slots=True, kw_only=True)
class PageKind:
    """A kind of page.

    Attributes:
        path: Its address; ``{slug}`` stands for the name of a thing, which may hold slashes.
        section: Folder of the navigation entry that it belongs to; empty for none.
        template: Name of its template.
        value: Type of the report value that the template prints and the JSON twin holds.
        summary: What a reader finds there, for the API description.
        make: Makes the value; None if nothing has this name.
        query: Query parameters that it understands besides ``at``.
        choices: Those of them that say what a reader chose on it, and may be given more than once; one that ends in a
            dot stands for all that begin with it.
        columns: Columns that its rows can be filtered by in ``q``, as in ``verdict:conflict``.
        of: Kind of entity whose name stands in the address; empty for other pages.
        names: The names of all things that have such a page; none where no name stands in the address.
    """

    path: str
    section: str
    template: str
    value: type
    summary: str
    make: Callable[[PageContext], pages.Page | None]
    query: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    of: str = ""
    names: Callable[[View], Iterable[str]] = lambda _: ()


def _slugs(entities: Callable[[Knowledge], Mapping[Id, Entity]]) -> Callable[[View], Iterable[str]]:
    return lambda view: (entity.slug for entity in entities(view.knowledge).values())


def _names_of(view: View, ids: Iterable[Id]) -> Iterator[str]:
    return (view.knowledge.name_of(id) for id in ids)


def _home(context: PageContext) -> pages.Home:
    recent = context.backend.events(_EVENTS_AT_HOME, upto=context.view.moment.position)
    return home(context.view, recent)


def _question(context: PageContext) -> pages.QuestionSheet | None:
    request, view, backend = context.request, context.view, context.backend
    entity = view.knowledge.named(Question, request.slug)
    if entity is None:
        return None
    earlier = earlier_view(backend, request, view, entity)
    in_time = InTime(earlier=earlier, timeline=timeline(backend, request, view, entity))
    return question(view, request.slug, request.choices, in_time)


def _history(context: PageContext) -> pages.HistoryPage:
    request, position = context.request, context.view.moment.position
    page = request.page
    # A link to an event names the event and not a page of the list, which every new event would shift.
    if request.event is not None:
        if request.event > position:
            raise Failed(no_such_event(request.event, context.view.moment))
        page = (position - request.event) // EVENTS_ON_A_PAGE + 1
    events = context.backend.events(EVENTS_ON_A_PAGE, (page - 1) * EVENTS_ON_A_PAGE, position)
    count = -(-position // EVENTS_ON_A_PAGE) or 1
    return history(context.view, moments(context.backend, position), events, page, count)


def moments(backend: Backend, position: int) -> tuple[pages.BatchRow, ...]:
    """The moments that a reader is offered: the last ends of batches up to ``position``, newest first."""
    # Inside a batch the base may hold half of what an import says, so only its end is worth looking at.
    batches = (batch for batch in backend.batches(_BATCHES_READ) if batch.position <= position)
    return tuple(islice(batches, _MOMENTS_OFFERED))


PAGE_KINDS = (
    PageKind(
        path="/",
        section="",
        template="home.html.j2",
        value=pages.Home,
        summary="What is in the base, in dispute and settled",
        make=_home,
    ),
    PageKind(
        path="/questions",
        section="questions",
        template="questions.html.j2",
        value=pages.QuestionsPage,
        summary="All questions with the standing of both sides",
        make=lambda context: questions(context.view),
    ),
    PageKind(
        path="/questions/{slug}",
        section="questions",
        template="question.html.j2",
        value=pages.QuestionSheet,
        summary="One question: its map of arguments, calculations, figures and findings",
        make=_question,
        choices=(*PARAMETERS, *WHAT_IF_PARAMETERS, FROM),
        of="question",
        names=_slugs(lambda known: known.questions),
    ),
    PageKind(
        path="/what-if/{slug}",
        section="questions",
        template="what_if.html.j2",
        value=pages.WhatIfSheet,
        summary="One question under choices: what they change, and everything that can be chosen",
        make=lambda context: what_if_page(context.view, context.request.slug, context.request.choices),
        choices=WHAT_IF_PARAMETERS,
        of="question",
    ),
    PageKind(
        path="/findings",
        section="findings",
        template="findings.html.j2",
        value=pages.FindingsPage,
        summary="All findings in groups, the most influential first, 200 to a page",
        make=lambda context: findings(context.view, context.request.page, context.request.query),
        query=("q", "page"),
        columns=FINDING_COLUMNS,
    ),
    PageKind(
        path="/findings/measure/{slug}",
        section="findings",
        template="group.html.j2",
        value=pages.GroupSheet,
        summary="All findings on one measure, pair by pair",
        make=lambda context: group(context.view, "measure", context.request.slug),
        of="measure",
        names=lambda view: _names_of(view, view.findings_of_measure),
    ),
    PageKind(
        path="/findings/calculation/{slug}",
        section="findings",
        template="group.html.j2",
        value=pages.GroupSheet,
        summary="All findings on one calculation, pair by pair",
        make=lambda context: group(context.view, "calculation", context.request.slug),
        of="calculation",
        names=lambda view: _names_of(view, view.findings_of_calculation),
    ),
    PageKind(
        path="/findings/{slug}",
        section="findings",
        template="finding.html.j2",
        value=pages.FindingSheet,
        summary="One finding: passages side by side, arithmetic, verdict",
        make=lambda context: finding(context.view, context.request.slug),
        of="finding",
        names=lambda view: (finding.id for finding in view.ranked),
    ),
    PageKind(
        path="/calculations",
        section="calculations",
        template="calculations.html.j2",
        value=pages.CalculationsPage,
        summary="All calculations",
        make=lambda context: calculations(context.view),
    ),
    PageKind(
        path="/calculations/{slug}",
        section="calculations",
        template="calculation.html.j2",
        value=pages.CalculationSheet,
        summary="One calculation: formula, inputs, working, results, checks",
        make=lambda context: calculation_page(context.view, context.request.slug, context.request.choices),
        choices=WHAT_IF_PARAMETERS,
        of="calculation",
        names=_slugs(lambda known: known.calculations),
    ),
    PageKind(
        path="/measures",
        section="measures",
        template="measures.html.j2",
        value=pages.MeasuresPage,
        summary="All measures",
        make=lambda context: measures(context.view),
    ),
    PageKind(
        path="/measures/{slug}",
        section="measures",
        template="measure.html.j2",
        value=pages.MeasureSheet,
        summary="One measure: every figure on one axis, positions, findings",
        make=lambda context: measure(context.view, context.request.slug),
        of="measure",
        names=_slugs(lambda known: known.measures),
    ),
    PageKind(
        path="/matches",
        section="matches",
        template="matches.html.j2",
        value=pages.MatchesPage,
        summary="Names that may mean the same, and decisions on them",
        make=lambda context: matches(context.view),
    ),
    PageKind(
        path="/units",
        section="units",
        template="units.html.j2",
        value=pages.UnitsPage,
        summary="All units",
        make=lambda context: units(context.view),
    ),
    PageKind(
        path="/units/{slug}",
        section="units",
        template="unit.html.j2",
        value=pages.UnitSheet,
        summary="One unit: its definition, and the figures in it",
        make=lambda context: unit(context.view, context.request.slug),
        names=_slugs(lambda known: known.units),
    ),
    PageKind(
        path="/figures",
        section="figures",
        template="figures.html.j2",
        value=pages.FiguresPage,
        summary="All figures, 200 to a page",
        make=lambda context: figures(context.view, context.request.page, context.request.query),
        query=("q", "page"),
        columns=FIGURE_COLUMNS,
    ),
    PageKind(
        path="/figures/{slug}",
        section="figures",
        template="figure.html.j2",
        value=pages.FigureSheet,
        summary="One figure: the quantity, its passage, and what uses it",
        make=lambda context: figure(context.view, context.request.slug),
        of="figure",
        names=_slugs(lambda known: known.figures),
    ),
    PageKind(
        path="/claims",
        section="claims",
        template="claims.html.j2",
        value=pages.ClaimsPage,
        summary="All claims, 200 to a page",
        make=lambda context: claims(context.view, context.request.page, context.request.query),
        query=("q", "page"),
        columns=CLAIM_COLUMNS,
    ),
    PageKind(
        path="/claims/{slug}",
        section="claims",
        template="claim.html.j2",
        value=pages.ClaimSheet,
        summary="One claim: its passages, what speaks for and against it",
        make=lambda context: claim(context.view, context.request.slug),
        of="claim",
        names=_slugs(lambda known: known.claims),
    ),
    PageKind(
        path="/sources",
        section="sources",
        template="sources.html.j2",
        value=pages.SourcesPage,
        summary="All sources",
        make=lambda context: sources(context.view),
    ),
    PageKind(
        path="/sources/{slug}",
        section="sources",
        template="source.html.j2",
        value=pages.SourceSheet,
        summary="One source: what it is, what it says, what became of it",
        make=lambda context: source(context.view, context.request.slug),
        of="source",
        names=_slugs(lambda known: known.sources),
    ),
    PageKind(
        path="/passages",
        section="passages",
        template="passages.html.j2",
        value=pages.PassagesPage,
        summary="How passages were found, and which of them need review",
        make=lambda context: passages(context.view),
    ),
    PageKind(
        path="/history",
        section="history",
        template="history.html.j2",
        value=pages.HistoryPage,
        summary="The log, newest first, with the moments that pages can be read at",
        make=_history,
        query=("page", "event"),
    ),
    PageKind(
        path="/glossary",
        section="glossary",
        template="glossary.html.j2",
        value=pages.GlossaryPage,
        summary="What the words on the pages mean",
        make=lambda _: glossary(),
    ),
)
"""Every kind of page."""

SECTIONS = (
    ("questions", "Questions"),
    ("findings", "Disagreements"),
    ("measures", "Numbers"),
    ("sources", "Sources"),
    ("history", "History"),
)
"""Entries of the navigation in order: folder and label."""

MORE_SECTIONS = (
    ("claims", "Claims"),
    ("figures", "Figures"),
    ("calculations", "Calculations"),
    ("passages", "Passages"),
    ("matches", "Names"),
    ("units", "Units"),
    ("glossary", "Glossary"),
)
"""Entries of the navigation that lie behind “More”."""
