"""How is a request answered? With a page or its JSON twin, made once for each moment."""

import hashlib
from dataclasses import dataclass
from urllib.parse import quote

import msgspec
from jinja2 import Environment

from kb.domain.codec import plain
from kb.domain.identity import Author
from kb.domain.matching import NameWish
from kb.domain.ruling import Wish
from kb.domain.settling import Choice
from kb.reports.page import Page
from kb.reports.value import Ref
from kb.reports.view import Moment, View
from kb.web.address import kept, path_of, twin
from kb.web.asked import Asked
from kb.web.catalog import Kind, Reading, moments
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
from kb.web.library import Library, NoSuchMoment
from kb.web.shelf import Shelf
from kb.web.template import printed

HTML = "text/html"
JSON = "application/json"
_ROOM = 128


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


class Desk:
    """Answers requests from a library. Safe to use from several threads."""

    def __init__(self, library: Library, templates: Environment, edition: str) -> None:
        """A desk before ``library``.

        Args:
            library: Where views come from.
            templates: What pages are printed with.
            edition: Part of every tag; another one for every start of the program, whose pages may differ.
        """
        self._library = library
        self._templates = templates
        self._edition = edition
        self._shelf: Shelf[Answer] = Shelf(_ROOM)

    def tag(self, kind: Kind, asked: Asked) -> str:
        """The tag that the answer has or will have.

        Raises:
            Failed: there is no such moment.
        """
        return self._tag(asked, self._view(asked).moment, kind)

    def answer(self, kind: Kind, asked: Asked) -> Answer:
        """The page that was asked for.

        Raises:
            Failed: there is no such moment.
        """
        view = self._view(asked)
        tag = self._tag(asked, view.moment, kind)
        return self._shelf.get(tag, lambda: self._made(kind, asked, view, tag))

    def decide(self, wish: Wish, author: Author) -> bool:
        """Pass a decision about a finding on to the library; whether anything was recorded.

        Raises:
            Refused: it cannot be decided so.
        """
        return self._library.decide(wish, author)

    def match(self, wish: NameWish, author: Author) -> bool:
        """Pass a decision about two names on to the library; whether anything was recorded.

        Raises:
            Refused: it cannot be decided so.
        """
        return self._library.match(wish, author)

    def settle(self, choice: Choice, author: Author) -> bool:
        """Pass what a person says about a passage on to the library; whether anything was recorded, which it always is.

        Raises:
            Refused: it cannot be settled so.
        """
        self._library.settle(choice, author)
        return True

    def failure(self, failure: Failure, asked: Asked | None = None, moment: Moment | None = None) -> Answer:
        """The page, or its JSON twin, that says why there is no other."""
        location = _location(failure, asked, moment)
        if asked and asked.json:
            return Answer(failure.status, JSON, msgspec.json.encode(plain(failure)), location=location)
        names = {"page": failure, "moment": moment, "asked": asked, "section": ""}
        return Answer(failure.status, HTML, printed(self._templates, "failure.html.j2", names), location=location)

    def _view(self, asked: Asked) -> View:
        try:
            return self._library.view(asked.at)
        except NoSuchMoment:
            latest = self._library.view(None).moment.latest
            detail = (
                f"The log ends at event {latest}; event {asked.at} has not happened yet."
                if latest
                else "The log is empty."
            )
            raise Failed(no_such_moment(detail, latest, moments(self._library, latest))) from None

    def _tag(self, asked: Asked, moment: Moment, kind: Kind) -> str:
        told = [asked.path, asked.json, moment.position, moment.hash, moment.latest, self._edition]
        told += [asked.query if "q" in kind.query else "", asked.page if "page" in kind.query else 1]
        told += [asked.event if "event" in kind.query else None]
        return hashlib.sha256(msgspec.json.encode(told)).hexdigest()[:32]

    def _made(self, kind: Kind, asked: Asked, view: View, tag: str) -> Answer:
        value = kind.make(Reading(asked, view, self._library))
        absence = _absence(value, asked, view, kind)
        if value is None or absence:
            return self.failure(absence or not_found(asked.path), asked, view.moment)
        if asked.json:
            return Answer(200, JSON, msgspec.json.encode({**plain(value), "moment": plain(view.moment)}), tag)
        names = {"page": value, "moment": view.moment, "asked": asked, "section": kind.section}
        names["actor"] = self._library.actor
        return Answer(200, HTML, printed(self._templates, kind.template, names), tag)


def _location(failure: Failure, asked: Asked | None, moment: Moment | None) -> str:
    """Where the thing is that a failure names by its new name, in the form that was asked for."""
    if failure.now is None:
        return ""
    path = path_of(failure.now)
    return kept(twin(path) if asked and asked.json else path, moment)


def _departed(asked: Asked, view: View, kind: Kind) -> Failure | None:
    found = view.departure(kind.of, asked.slug) if kind.of else None
    if found is None:
        return None
    folder = kind.path.removesuffix("/{slug}").removeprefix("/")
    return renamed(Ref("page", f"{folder}/{quote(found.now)}", found.now), found) if found.now else removed(found)


def _absence(value: Page | None, asked: Asked, view: View, kind: Kind) -> Failure | None:
    moment = view.moment
    if value is None:
        if departed := _departed(asked, view, kind):
            return departed
        if moment.is_past:
            return not_yet_known(asked.path, moment.position)
        return no_such_finding(asked.slug) if kind.of == "finding" else not_found(asked.path)
    pages = getattr(value, "pages", None)
    if pages is not None and asked.page > max(pages, 1):
        return no_such_list_page(asked.page, pages)
    return None
