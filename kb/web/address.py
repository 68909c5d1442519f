"""Addresses: made for each thing that has a page, and read from a request."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from kb.domain.suggestion import nearest
from kb.reports.value import Ref
from kb.reports.view import Moment

_FOLDERS = {
    "source": "sources",
    "figure": "figures",
    "measure": "measures",
    "unit": "units",
    "claim": "claims",
    "question": "questions",
    "calculation": "calculations",
    "finding": "findings",
    "group-measure": "findings/measure",
    "group-calculation": "findings/calculation",
}


def path_of(ref: Ref) -> str:
    """The address of ``ref``'s page, as of now.

    >>> path_of(Ref("figure", "deck/anthropic-value", "$8,000"))
    '/figures/deck/anthropic-value'
    >>> path_of(Ref("event", "41", "event 41"))
    '/history?event=41#event-41'
    >>> path_of(Ref("argument", "quay/because", "taken together", on="/claims/quay/empty-seats"))
    '/claims/quay/empty-seats#argument-quay/because'
    """
    match ref.kind:
        case "argument":
            return f"{quote(ref.on)}#argument-{quote(ref.slug)}"
        case "page":
            return "/" + ref.slug.lstrip("/")
        case "event":
            return event_path(ref.slug)
        case kind:
            return f"/{_FOLDERS[kind]}/{quote(ref.slug)}"


def event_path(position: int | str) -> str:
    """The address of the event at ``position``: the page of the history that it stands on, and its place there."""
    return f"/history?event={quote(str(position))}#event-{quote(str(position))}"


def at_moment(address: str, moment: Moment | None) -> str:
    """``address``, at the same moment where that lies in the past.

    >>> at_moment("/history?event=4#event-4", Moment(7, "", 9))
    '/history?event=4&at=7#event-4'
    >>> at_moment("/figures", Moment(9, "", 9))
    '/figures'
    """
    if moment is None or not moment.is_past:
        return address
    page, mark, fragment = address.partition("#")
    return f"{page}{'&' if '?' in page else '?'}at={moment.position}{mark}{fragment}"


def with_query(path: str, **query: str | int | None) -> str:
    """``path`` with the parts of ``query`` that say something.

    >>> with_query("/figures", q="a b", page=2, at=None)
    '/figures?q=a+b&page=2'
    """
    parameters = {name: value for name, value in query.items() if value not in (None, "")}
    return f"{path}?{urlencode(parameters)}" if parameters else path


def twin(path: str) -> str:
    """The address of a page's JSON twin.

    >>> twin("/"), twin("/sources/deck")
    ('/index.json', '/sources/deck.json')
    """
    return "/index.json" if path == "/" else f"{path}.json"


_NUMBER = re.compile(r"[0-9]{1,15}")
_LONGEST_QUERY = 200


class UnreadableAddress(ValueError):
    """A part of an address that cannot be read; the text says what to write instead."""


@dataclass(frozen=True, slots=True)
class PageRequest:
    """A request for a page, read from its address.

    Attributes:
        path: Address of the page, without ``.json`` and without query.
        slug: Name of the thing whose page it is; empty for a page that lists things.
        json: Whether the JSON twin is meant.
        at: Position of the log to read at; None for now.
        page: Page of a long list, from 1.
        query: Words that a list is filtered by; empty for all.
        event: Event that a page of the history must hold; None for no particular one.
    """

    path: str
    slug: str = ""
    json: bool = False
    at: int | None = None
    page: int = 1
    query: str = ""
    event: int | None = None

    @property
    def now(self) -> str:
        """The same page as of now."""
        return self._address(self.path, None)

    def page_address(self, moment: Moment | None, page: int | None = None) -> str:
        """The same page, at the same moment where that lies in the past; another ``page`` of it where one is named."""
        return self._address(self.path, moment, page)

    def twin(self, moment: Moment | None) -> str:
        """The JSON twin of the same page, at the same moment where that lies in the past."""
        return self._address(twin(self.path), moment)

    def _address(self, path: str, moment: Moment | None, page: int | None = None) -> str:
        at = moment.position if moment and moment.is_past else None
        page = page or self.page
        return with_query(path, q=self.query, page=page if page > 1 else None, event=self.event, at=at)


def read_request(path: str, slug: str, query: Mapping[str, str]) -> PageRequest:
    """What the address ``path`` with ``query`` asks for.

    Raises:
        Misasked: a number in ``query`` is none, or the words to filter by are too long.
    """
    json = path.endswith(".json")
    path = path.removesuffix(".json")
    return PageRequest(
        path="/" if path in ("/index", "") else path,
        slug=slug.removesuffix(".json").strip("/"),
        json=json,
        at=_number("at", query, 1),
        page=_number("page", query, 1) or 1,
        query=_words(query.get("q", "")),
        event=_number("event", query, 1),
    )


def check_query(query: Mapping[str, str], known: Sequence[str], columns: Sequence[str]) -> None:
    """Nothing, where every part of ``query`` is one of ``known`` or the moment.

    A part that a page passed over would show everything to a reader who asked for a little.

    Raises:
        Misasked: a part is not known; it says which is, and how to ask for one of ``columns``.
    """
    for name, value in query.items():
        if name in ("at", *known):
            continue
        meant = nearest(name, (*known, *columns, "at"))
        right = f"q={meant}:{value[:40]}" if meant in columns else f"{meant}={value[:40]}"
        hint = f"Did you mean “?{right}”?" if meant else f"It knows {' and '.join(('at', *known))}."
        raise UnreadableAddress(f"This page knows no “{name[:40]}”. {hint}")


def _number(name: str, query: Mapping[str, str], least: int) -> int | None:
    text = query.get(name)
    if text is None:
        return None
    if not _NUMBER.fullmatch(text) or int(text) < least:
        raise UnreadableAddress(f"“{name}={text[:40]}” is not a whole number from {least} up.")
    return int(text)


def _words(text: str) -> str:
    if len(text) > _LONGEST_QUERY:
        raise UnreadableAddress(f"A filter may be {_LONGEST_QUERY} characters long; this one has {len(text)}.")
    return " ".join(text.split())
