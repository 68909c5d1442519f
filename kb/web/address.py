"""Addresses of pages: made from references, and read from requests."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from kb.domain.suggestion import nearest
from kb.reports.query import UnreadableAddress
from kb.reports.value import Ref
from kb.reports.view import Moment
from kb.reports.words.references import PATH_SEGMENTS, list_words

_FOLDERS = {
    **PATH_SEGMENTS,
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
    >>> path_of(Ref("argument", "quay/because", "taken together", on="/questions/pass"))
    '/questions/pass?focus=arg:quay/because#map'
    """
    match ref.kind:
        case "argument" if ref.on.startswith("/questions/"):
            # Most arguments lie behind others on the map, and are brought up there.
            return f"{quote(ref.on)}?focus=arg:{quote(ref.slug)}#map"
        case "argument":
            return f"{quote(ref.on)}#argument-{quote(ref.slug)}"
        case "page":
            return "/" + ref.slug.lstrip("/")
        case "event":
            return event_path(ref.slug)
        case kind:
            return f"/{_FOLDERS[kind]}/{quote(ref.slug)}"


def event_path(position: int | str) -> str:
    """The address of the event at ``position``: the page of the history that lists it, and its place there."""
    return f"/history?event={quote(str(position))}#event-{quote(str(position))}"


def at_moment(address: str, moment: Moment | None) -> str:
    """``address`` at ``moment``; as it is if that is None or not in the past.

    >>> at_moment("/history?event=4#event-4", Moment(7, "", 9))
    '/history?event=4&at=7#event-4'
    >>> at_moment("/figures", Moment(9, "", 9))
    '/figures'
    """
    if moment is None or not moment.is_past:
        return address
    page, mark, fragment = address.partition("#")
    return f"{page}{'&' if '?' in page else '?'}at={moment.position}{mark}{fragment}"


def with_query(path: str, **query: str | int | Sequence[str] | None) -> str:
    """``path`` with those parameters of ``query`` that are neither None nor empty; a list gives one for each text.

    >>> with_query("/figures", q="a b", page=2, at=None)
    '/figures?q=a+b&page=2'
    >>> with_query("/questions/moat", without=["deck", "quay"], open="claim:deck/a,no")
    '/questions/moat?without=deck&without=quay&open=claim:deck/a,no'
    """
    parameters = {name: value for name, value in query.items() if value not in (None, "")}
    return f"{path}?{urlencode(parameters, doseq=True, safe=':/,')}" if parameters else path


def twin(path: str) -> str:
    """The address of the JSON twin of the page at ``path``.

    >>> twin("/"), twin("/sources/deck")
    ('/index.json', '/sources/deck.json')
    """
    return "/index.json" if path == "/" else f"{path}.json"


_NUMBER = re.compile(r"[0-9]+")
_MOST_DIGITS = 15
_LONGEST_QUERY = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRequest:
    """A request for a page, as read from its address and its cookies.

    Attributes:
        path: Address of the page, without ``.json`` and query.
        slug: Name of the thing that the page is about; empty for a list.
        json: Whether the JSON twin is requested.
        at: Position of the log to read at; None for now.
        page: Page of a long list, from 1.
        query: Words to filter a list by; empty for none.
        event: Position of an event that the page of the history must hold; None for any.
        choices: What the reader chose on the page, as names and texts of query parameters; none is empty.
        may_write: Whether the browser is signed in, so that the page shows forms.
    """

    path: str
    slug: str = ""
    json: bool = False
    at: int | None = None
    page: int = 1
    query: str = ""
    event: int | None = None
    choices: tuple[tuple[str, str], ...] = ()
    may_write: bool = False

    @property
    def now(self) -> str:
        """The address of the same page as of now."""
        return self._address(self.path, None)

    def page_address(self, moment: Moment | None, page: int | None = None) -> str:
        """The address of the same page at ``moment``, or of another ``page`` of the same list."""
        return self._address(self.path, moment, page)

    def with_choices(self, choices: tuple[tuple[str, str], ...], moment: Moment | None) -> str:
        """The address of the same page with other ``choices``."""
        return replace(self, choices=choices).page_address(moment)

    def twin(self, moment: Moment | None) -> str:
        """The address of the JSON twin of the same page at ``moment``."""
        return self._address(twin(self.path), moment)

    def _address(self, path: str, moment: Moment | None, page: int | None = None) -> str:
        at = moment.position if moment and moment.is_past else None
        page = page or self.page
        chosen = dict[str, list[str]]()
        for name, text in self.choices:
            chosen.setdefault(name, []).append(text)
        listed = {"q": self.query, "page": page if page > 1 else None, "event": self.event, **chosen, "at": at}
        return with_query(path, **listed)


def read_request(
    path: str, slug: str, query: Mapping[str, str], choices: tuple[tuple[str, str], ...] = ()
) -> PageRequest:
    """The request that the address ``path`` with ``query`` makes.

    Args:
        path: Path of the address, with or without ``.json``.
        slug: The part of it that names a thing; empty for a list.
        query: Query parameters.
        choices: Those of them that the page's kind calls choices, in order.

    Raises:
        UnreadableAddress: a number in ``query`` is none, or its filter is too long.
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
        choices=tuple((name, text) for name, text in choices if text.strip()),
    )


def is_choice(name: str, choices: Sequence[str]) -> bool:
    """Whether a parameter is one of ``choices``; one that ends in a dot stands for all that begin with it.

    >>> is_choice("assume.margin.use", ("without", "assume.")), is_choice("assume", ("without", "assume."))
    (True, False)
    """
    return any(name.startswith(choice) if choice.endswith(".") else name == choice for choice in choices)


def check_query(
    query: Sequence[tuple[str, str]], known: Sequence[str], columns: Sequence[str], choices: Sequence[str] = ()
) -> None:
    """Refuse query parameters that are neither ``known`` nor the moment nor choices, and any that is given twice.

    Args:
        query: Query parameters, in order.
        known: Names of those that the page understands besides ``at``.
        columns: Columns that its list can be filtered by.
        choices: Names of those that may be given more than once, or what they begin with up to a dot.

    Raises:
        UnreadableAddress: a parameter is unknown, and the text names the nearest known one, or how to filter by the
            column; or it is given twice.
    """
    # A page that ignored "?verdict=conflict" would show all findings to a reader who believes she sees the conflicts.
    read: set[str] = set()
    for name, text in query:
        if is_choice(name, choices):
            continue
        if name in read:
            raise UnreadableAddress(f"“{name}” is given more than once. Give it once.")
        if name in ("at", *known):
            read.add(name)
            continue
        suggestion = nearest(name, (*known, *choices, *columns, "at"))
        parameter = f"q={suggestion}:{text[:40]}" if suggestion in columns else f"{suggestion}={text[:40]}"
        hint = (
            f"Did you mean “?{parameter}”?"
            if suggestion
            else f"It takes {list_words(tuple(f'“{name}”' for name in ('at', *known, *choices)))}."
        )
        raise UnreadableAddress(f"This page has no parameter “{name[:40]}”. {hint}")


def _number(name: str, query: Mapping[str, str], least: int) -> int | None:
    text = query.get(name)
    if text is None:
        return None
    if _NUMBER.fullmatch(text) and len(text.lstrip("0")) > _MOST_DIGITS:
        raise UnreadableAddress(f"“{name}={text[:40]}” is too large: a number may have at most {_MOST_DIGITS} digits.")
    if not _NUMBER.fullmatch(text) or int(text) < least:
        raise UnreadableAddress(f"“{name}={text[:40]}” must be a whole number, {least} or higher.")
    return int(text)


def _words(text: str) -> str:
    if len(text) > _LONGEST_QUERY:
        raise UnreadableAddress(f"A filter may have at most {_LONGEST_QUERY} characters; this one has {len(text)}.")
    return " ".join(text.split())
