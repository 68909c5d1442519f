"""Requests answered with a page or its JSON twin, rendered once for each moment and cached."""

import hashlib
import re
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import Any, Generic, TypeVar
from urllib.parse import quote

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from kb.app.backend import Backend, NoSuchMoment
from kb.app.map_files import DRAWN_FORMS
from kb.domain.assessment import AssessmentRequest
from kb.domain.codec import to_builtins
from kb.domain.identity import Author
from kb.domain.review import MatchRequest, PassageDecision, RulingRequest
from kb.reports.page import Page
from kb.reports.value import Ref
from kb.reports.view import Moment, View
from kb.reports.words.dates import date_words, instant_words
from kb.reports.words.references import severity_words
from kb.reports.words.standings import STANDINGS
from kb.reports.words.unit_names import scale_words, unit_words
from kb.reports.words.verdicts import VERDICTS
from kb.reports.words.voices import cardinal
from kb.web.address import PageRequest, at_moment, event_path, path_of, twin
from kb.web.catalog import MORE_SECTIONS, SECTIONS, PageContext, PageKind, moments
from kb.web.failure import (
    Failed,
    Failure,
    no_such_finding,
    no_such_list_page,
    no_such_moment,
    not_found,
    not_yet_known,
    removed,
    renamed,
)

T = TypeVar("T")


class LruCache(Generic[T]):
    """A cache of the ``capacity`` most recently used entries. Safe to use from several threads."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._entries: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The entry at ``key``; if there is none, the one that ``make`` makes, which is cached."""
        # Made outside the lock: two threads may make the same page, but none waits for another one's page.
        with self._lock:
            if key in self._entries:
                self._entries.move_to_end(key)
                return self._entries[key]
        made = make()
        with self._lock:
            self._entries[key] = made
            while len(self._entries) > self._capacity:
                self._entries.popitem(last=False)
        return made


def environment(templates: Path, *, published: bool = False) -> Environment:
    """The templates in the folder ``templates``; every value is escaped, and an undefined name is an error.

    Pages that are ``published`` as files show no forms, and nothing that needs a server.
    """
    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["href"] = _href
    environment.filters["kept"] = _at_moment
    environment.filters["event_href"] = _event_href
    environment.filters["chosen"] = _chosen
    environment.filters["map_file"] = _map_file
    environment.filters["variables"] = _variables
    environment.filters["severity"] = severity_words
    environment.filters["date"] = date_words
    environment.filters["unit"] = unit_words
    environment.filters["scale"] = scale_words
    environment.filters["instant"] = instant_words
    environment.filters["cardinal"] = cardinal
    environment.globals["verdicts"] = VERDICTS
    environment.globals["standings"] = STANDINGS
    environment.globals["sections"] = SECTIONS
    environment.globals["more_sections"] = MORE_SECTIONS
    environment.globals["published"] = published
    environment.globals["static"] = {path.name: _versioned(path) for path in _static_files(templates)}
    return environment


def render(templates: Environment, name: str, names: Mapping[str, Any]) -> bytes:
    """The template ``name`` rendered with the variables ``names``, in UTF-8."""
    return templates.get_template(name).render(names).encode()


def page_html(
    templates: Environment, kind: PageKind, value: Page, request: PageRequest, moment: Moment, actor: str = ""
) -> bytes:
    """The page of ``kind`` that prints ``value``; its forms are filled with the name ``actor``."""
    names = {"page": value, "moment": moment, "asked": request, "section": kind.section, "actor": actor}
    return render(templates, kind.template, names)


@pass_context
def _href(context: Context, ref: Ref) -> str:
    """The address of ``ref``'s page at the moment of the page that links to it."""
    return at_moment(path_of(ref), context["moment"])


@pass_context
def _at_moment(context: Context, address: str) -> str:
    """``address`` at the moment of the page that links to it."""
    return at_moment(address, context["moment"])


@pass_context
def _chosen(context: Context, choices: tuple[tuple[str, str], ...]) -> str:
    """The address of this page with other ``choices``, at its moment."""
    request: PageRequest = context["asked"]
    return request.with_choices(choices, context["moment"])


@pass_context
def _map_file(context: Context, form: str) -> str:
    """The address of this page's map as a file at the moment of the page; of a drawing in the state of the page."""
    request: PageRequest = context["asked"]
    choices = request.choices if form in DRAWN_FORMS else ()
    return replace(request, path=f"{request.path}/map.{form}", choices=choices).page_address(context["moment"])


@pass_context
def _event_href(context: Context, position: int) -> str:
    """The address of an event at the moment of the page that links to it."""
    return at_moment(event_path(position), context["moment"])


def _variables(text: str) -> Markup:
    """``text`` escaped, with what stands between backticks set as variables."""
    return Markup(re.sub(r"`([^`]+)`", r'<i class="variable">\1</i>', str(escape(text))))


def _static_files(templates: Path) -> Iterator[Path]:
    return (path for path in (templates / "static").iterdir() if path.is_file())


def _versioned(file: Path) -> str:
    """The address of a static file, with a digest of its content."""
    # Browsers keep static files for a day; with another address they fetch a changed one at once.
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return f"/static/{file.name}?v={digest[:12]}"


HTML = "text/html"
JSON = "application/json"
_CACHED_ANSWERS = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to a request.

    Attributes:
        status: HTTP status.
        media_type: Type of the body, without charset.
        body: In UTF-8.
        tag: Entity tag, which changes whenever the body may have changed; empty for a failure.
        location: Address to redirect to; empty for none.
    """

    status: int
    media_type: str
    body: bytes
    tag: str = ""
    location: str = ""


class Responder:
    """Answers requests from a backend. Safe to use from several threads."""

    def __init__(self, backend: Backend, templates: Environment, edition: str) -> None:
        """A responder that reads from and writes to ``backend``.

        Args:
            backend: Gives views and takes decisions.
            templates: What pages are rendered with.
            edition: Part of every tag. It differs for each start of the program, whose templates may have changed.
        """
        self._backend = backend
        self._templates = templates
        self._edition = edition
        self._cache: LruCache[Answer] = LruCache(_CACHED_ANSWERS)

    def tag(self, kind: PageKind, request: PageRequest) -> str:
        """The tag of the answer, which need not be rendered for it.

        Raises:
            Failed: there is no such moment.
        """
        return self._tag(request, self.view(request).moment, kind)

    def answer(self, kind: PageKind, request: PageRequest) -> Answer:
        """The requested page or its JSON twin; a failure if nothing has its name.

        Raises:
            Failed: there is no such moment.
            UnreadableAddress: the choices of the request name something that is not there.
        """
        view = self.view(request)
        tag = self._tag(request, view.moment, kind)
        return self._cache.get(tag, lambda: self._render(kind, request, view, tag))

    def context(self, request: PageRequest) -> PageContext:
        """What the page at the address of ``request`` is made from; its moment has been asked for before."""
        return PageContext(request, self._backend.view(request.at), self._backend)

    def explaining_damage(self) -> AbstractContextManager[None]:
        """A context in which an error that damage of the base has caused is raised as ``Refused``."""
        return self._backend.explaining_damage()

    def decide(self, ruling: RulingRequest, author: Author) -> bool:
        """Record a ruling on a finding; whether it was new.

        Raises:
            Refused: the ruling is not possible, or stale.
        """
        return self._backend.decide(ruling, author)

    def assess(self, request: AssessmentRequest, author: Author) -> bool:
        """Record a judgement of how certain an answer is; whether it was new.

        Raises:
            Refused: the judgement is not possible, or stale.
        """
        return self._backend.assess(request, author)

    def match(self, match: MatchRequest, author: Author) -> bool:
        """Record a decision on two names; whether it was new.

        Raises:
            Refused: the decision is not possible, or stale.
        """
        return self._backend.match(match, author)

    def settle(self, decision: PassageDecision, author: Author) -> bool:
        """Record a decision on a passage; True, for it is always new.

        Raises:
            Refused: the decision is not possible, or stale.
        """
        self._backend.settle(decision, author)
        return True

    def failure(self, failure: Failure, request: PageRequest | None = None, moment: Moment | None = None) -> Answer:
        """The page that shows ``failure``, or its JSON if ``request`` is for a JSON twin."""
        location = _location(failure, request, moment)
        if request and request.json:
            return Answer(
                status=failure.status,
                media_type=JSON,
                body=msgspec.json.encode(to_builtins(failure)),
                location=location,
            )
        names = {"page": failure, "moment": moment, "asked": request, "section": ""}
        return Answer(
            status=failure.status,
            media_type=HTML,
            body=render(self._templates, "failure.html.j2", names),
            location=location,
        )

    def page(self, template: str, value: object, moment: Moment) -> bytes:
        """A page without a JSON twin, which prints ``value``."""
        names = {"page": value, "moment": moment, "asked": None, "section": ""}
        return render(self._templates, template, names)

    def fragment(self, template: str, names: Mapping[str, Any]) -> bytes:
        """A part of a page, rendered with the variables ``names``."""
        return render(self._templates, template, names)

    def view(self, request: PageRequest) -> View:
        """The view at the requested moment.

        Raises:
            Failed: there is no such moment.
        """
        try:
            return self._backend.view(request.at)
        except NoSuchMoment:
            latest = self._backend.view(None).moment.latest
            detail = f"There is no event {request.at}: the log ends at {latest}." if latest else "The log is empty."
            raise Failed(no_such_moment(detail, latest, moments(self._backend, latest))) from None

    def _tag(self, request: PageRequest, moment: Moment, kind: PageKind) -> str:
        parts = [request.path, request.json, moment.position, moment.hash, moment.latest, self._edition]
        parts += [request.query if "q" in kind.query else "", request.page if "page" in kind.query else 1]
        parts += [request.event if "event" in kind.query else None, request.choices, request.may_write]
        return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()[:32]

    def _render(self, kind: PageKind, request: PageRequest, view: View, tag: str) -> Answer:
        value = kind.make(PageContext(request, view, self._backend))
        absence = _absence(value, request, view, kind)
        if value is None or absence:
            return self.failure(absence or not_found(request.path), request, view.moment)
        if request.json:
            return Answer(
                status=200,
                media_type=JSON,
                body=msgspec.json.encode({**to_builtins(value), "moment": to_builtins(view.moment)}),
                tag=tag,
            )
        body = page_html(self._templates, kind, value, request, view.moment, self._backend.actor)
        return Answer(status=200, media_type=HTML, body=body, tag=tag)


def _location(failure: Failure, request: PageRequest | None, moment: Moment | None) -> str:
    """The address of a renamed thing's page, or of its JSON twin if that was requested; empty for other failures."""
    if failure.now is None:
        return ""
    path = path_of(failure.now)
    return at_moment(twin(path) if request and request.json else path, moment)


def _retired(request: PageRequest, view: View, kind: PageKind) -> Failure | None:
    former = view.retired_name(kind.of, request.slug) if kind.of else None
    if former is None:
        return None
    folder = kind.path.removesuffix("/{slug}").removeprefix("/")
    return (
        renamed(Ref("page", f"{folder}/{quote(former.current_name)}", former.current_name), former)
        if former.current_name
        else removed(former)
    )


def _absence(value: Page | None, request: PageRequest, view: View, kind: PageKind) -> Failure | None:
    moment = view.moment
    if value is None:
        if retired := _retired(request, view, kind):
            return retired
        if moment.is_past:
            return not_yet_known(request.path, moment.position)
        return no_such_finding(request.slug) if kind.of == "finding" else not_found(request.path)
    pages = getattr(value, "pages", None)
    if pages is not None and request.page > max(pages, 1):
        return no_such_list_page(request.page, pages)
    return None
