"""Where is a thing's page? Every address of the web face is made here."""

from urllib.parse import quote, urlencode

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


def kept(address: str, moment: Moment | None) -> str:
    """``address``, at the same moment where that lies in the past.

    >>> kept("/history?event=4#event-4", Moment(7, "", 9))
    '/history?event=4&at=7#event-4'
    >>> kept("/figures", Moment(9, "", 9))
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
    said = {name: value for name, value in query.items() if value not in (None, "")}
    return f"{path}?{urlencode(said)}" if said else path


def twin(path: str) -> str:
    """The address of a page's JSON twin.

    >>> twin("/"), twin("/sources/deck")
    ('/index.json', '/sources/deck.json')
    """
    return "/index.json" if path == "/" else f"{path}.json"
