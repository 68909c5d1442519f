"""How a request is answered: with a page or its JSON twin, rendered once for each moment and cached."""

import hashlib
import re
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, Generic, TypeVar
from urllib.parse import quote

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from kb.app.backend import Backend, NoSuchMoment
from kb.domain.codec import to_builtins
from kb.domain.identity import Author
from kb.domain.review import MatchRequest, PassageDecision, RulingRequest
from kb.reports.page import Page
from kb.reports.value import Ref
from kb.reports.view import Moment, View
from kb.reports.words.references import severity_words
from kb.reports.words.verdicts import VERDICTS
from kb.web.address import PageRequest, at_moment, event_path, path_of, twin
from kb.web.catalog import SECTIONS, PageContext, PageKind, moments
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
    """The ``room`` things that were last asked for. Safe to use from several threads."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._entries: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """What was kept as ``key``; else what ``make`` gives, which is kept. Two threads may make it twice."""
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


def environment(templates: Path) -> Environment:
    """The templates in ``templates``, with every value escaped and undefined names refused."""
    made = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["href"] = _href
    made.filters["kept"] = _at_moment
    made.filters["event_href"] = _event_href
    made.filters["variables"] = _variables
    made.filters["severity"] = severity_words
    made.globals["sections"] = SECTIONS
    made.globals["verdicts"] = VERDICTS
    made.globals["stylesheet"] = _versioned(templates / "static" / "kb.css")
    return made


def render(templates: Environment, name: str, names: Mapping[str, Any]) -> bytes:
    """The page that template ``name`` makes of ``names``, in UTF-8."""
    return templates.get_template(name).render(names).encode()


@pass_context
def _href(context: Context, ref: Ref) -> str:
    """The address of ``ref``'s page at the moment of the page that links to it."""
    return at_moment(path_of(ref), context["moment"])


@pass_context
def _at_moment(context: Context, address: str) -> str:
    """``address`` at the moment of the page that links to it."""
    return at_moment(address, context["moment"])


@pass_context
def _event_href(context: Context, position: int) -> str:
    """The address of an event at the moment of the page that links to it."""
    return at_moment(event_path(position), context["moment"])


def _variables(text: str) -> Markup:
    """``text``, escaped, with the names between its backticks set as variables."""
    return Markup(re.sub(r"`([^`]+)`", r'<i class="variable">\1</i>', str(escape(text))))


def _versioned(file: Path) -> str:
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return f"/static/{file.name}?v={digest[:12]}"


HTML = "text/html"
JSON = "application/json"
_CACHED_ANSWERS = 128


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back to a reader.

    Attributes:
        tag: Changes whenever the body may have changed; empty for a failure.
        location: Where to ask instead; empty for nowhere.
    """

    status: int
    media_type: str
    body: bytes
    tag: str = ""
    location: str = ""


class Responder:
    """Answers requests from a library. Safe to use from several threads."""

    def __init__(self, backend: Backend, templates: Environment, edition: str) -> None:
        """A desk before ``backend``.

        Args:
            backend: Where views come from.
            templates: What pages are printed with.
            edition: Part of every tag; another one for every start of the program, whose pages may differ.
        """
        self._backend = backend
        self._templates = templates
        self._edition = edition
        self._cache: LruCache[Answer] = LruCache(_CACHED_ANSWERS)

    def tag(self, kind: PageKind, request: PageRequest) -> str:
        """The tag that the answer has or will have.

        Raises:
            Failed: there is no such moment.
        """
        return self._tag(request, self._view(request).moment, kind)

    def answer(self, kind: PageKind, request: PageRequest) -> Answer:
        """The page that was asked for.

        Raises:
            Failed: there is no such moment.
        """
        view = self._view(request)
        tag = self._tag(request, view.moment, kind)
        return self._cache.get(tag, lambda: self._render(kind, request, view, tag))

    def decide(self, wish: RulingRequest, author: Author) -> bool:
        """Pass a decision about a finding on to the library; whether anything was recorded.

        Raises:
            Refused: it cannot be decided so.
        """
        return self._backend.decide(wish, author)

    def match(self, wish: MatchRequest, author: Author) -> bool:
        """Pass a decision about two names on to the library; whether anything was recorded.

        Raises:
            Refused: it cannot be decided so.
        """
        return self._backend.match(wish, author)

    def settle(self, choice: PassageDecision, author: Author) -> bool:
        """Pass what a person says about a passage on to the library; whether anything was recorded, which it always is.

        Raises:
            Refused: it cannot be settled so.
        """
        self._backend.settle(choice, author)
        return True

    def failure(self, failure: Failure, request: PageRequest | None = None, moment: Moment | None = None) -> Answer:
        """The page, or its JSON twin, that says why there is no other."""
        location = _location(failure, request, moment)
        if request and request.json:
            return Answer(failure.status, JSON, msgspec.json.encode(to_builtins(failure)), location=location)
        names = {"page": failure, "moment": moment, "asked": request, "section": ""}
        return Answer(failure.status, HTML, render(self._templates, "failure.html.j2", names), location=location)

    def _view(self, request: PageRequest) -> View:
        try:
            return self._backend.view(request.at)
        except NoSuchMoment:
            latest = self._backend.view(None).moment.latest
            detail = (
                f"The log ends at event {latest}; event {request.at} has not happened yet."
                if latest
                else "The log is empty."
            )
            raise Failed(no_such_moment(detail, latest, moments(self._backend, latest))) from None

    def _tag(self, request: PageRequest, moment: Moment, kind: PageKind) -> str:
        parts = [request.path, request.json, moment.position, moment.hash, moment.latest, self._edition]
        parts += [request.query if "q" in kind.query else "", request.page if "page" in kind.query else 1]
        parts += [request.event if "event" in kind.query else None]
        return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()[:32]

    def _render(self, kind: PageKind, request: PageRequest, view: View, tag: str) -> Answer:
        value = kind.make(PageContext(request, view, self._backend))
        absence = _absence(value, request, view, kind)
        if value is None or absence:
            return self.failure(absence or not_found(request.path), request, view.moment)
        if request.json:
            return Answer(
                200, JSON, msgspec.json.encode({**to_builtins(value), "moment": to_builtins(view.moment)}), tag
            )
        names = {"page": value, "moment": view.moment, "asked": request, "section": kind.section}
        names["actor"] = self._backend.actor
        return Answer(200, HTML, render(self._templates, kind.template, names), tag)


def _location(failure: Failure, request: PageRequest | None, moment: Moment | None) -> str:
    """Where the thing is that a failure names by its new name, in the form that was asked for."""
    if failure.now is None:
        return ""
    path = path_of(failure.now)
    return at_moment(twin(path) if request and request.json else path, moment)


def _departed(request: PageRequest, view: View, kind: PageKind) -> Failure | None:
    departure = view.retired_name(kind.of, request.slug) if kind.of else None
    if departure is None:
        return None
    folder = kind.path.removesuffix("/{slug}").removeprefix("/")
    return (
        renamed(Ref("page", f"{folder}/{quote(departure.current_name)}", departure.current_name), departure)
        if departure.current_name
        else removed(departure)
    )


def _absence(value: Page | None, request: PageRequest, view: View, kind: PageKind) -> Failure | None:
    moment = view.moment
    if value is None:
        if departed := _departed(request, view, kind):
            return departed
        if moment.is_past:
            return not_yet_known(request.path, moment.position)
        return no_such_finding(request.slug) if kind.of == "finding" else not_found(request.path)
    pages = getattr(value, "pages", None)
    if pages is not None and request.page > max(pages, 1):
        return no_such_list_page(request.page, pages)
    return None
