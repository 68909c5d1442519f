"""The argument map that a question's page shows, as a file: ``/questions/NAME/map.svg``, with the state of the page."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from litestar import Response

from kb.app.argument_maps import MAP_EXPORTS
from kb.app.map_files import DRAWN_FORMS, map_file
from kb.domain.entity import Question
from kb.domain.problem import Refused
from kb.reports.exchange.citation import map_notes
from kb.reports.map.svg import map_svg
from kb.reports.page import QuestionSheet
from kb.reports.query import UnreadableAddress
from kb.reports.words.references import list_words
from kb.web.address import PageRequest
from kb.web.catalog import PageContext, PageKind
from kb.web.failure import Failed, map_failed, not_found

MEDIA_TYPES: Mapping[str, str] = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
    "aif": "application/json",
    "dot": "text/vnd.graphviz",
    "graphml": "application/xml",
    "argdown": "text/plain",
}
"""Media types of the files, by the ending of their address."""

_ENDINGS: Mapping[str, str] = {"aif": "aif.json"}
_ADDRESS = re.compile(r"(?P<slug>[^/]+)/map\.(?P<form>[a-z]+)")


def asked_form(kind: PageKind, request: PageRequest) -> str:
    """The format of the map whose address ``request`` has; empty where it has that of a page."""
    address = _ADDRESS.fullmatch(request.slug) if kind.of == "question" else None
    return address["form"] if address and address["form"] in MEDIA_TYPES else ""


def map_response(kind: PageKind, context: PageContext, form: str, fonts: Path) -> Response[bytes]:
    """The map in ``form``: of what the page shows in its state a drawing, of all that leads to the question the rest.

    Raises:
        Failed: there is no such question, it has no map, or what draws it is not installed.
        UnreadableAddress: the state names what is not there.
    """
    slug = context.request.slug.partition("/")[0]
    page = replace(context.request, slug=slug, path=context.request.path.rpartition("/")[0])
    context = replace(context, request=page)
    content = _drawn(kind, context, form, fonts) if form in DRAWN_FORMS else _exported(context, form)
    name = f"{slug}.{_ENDINGS.get(form, form)}"
    disposition = f"{'inline' if form in DRAWN_FORMS else 'attachment'}; filename={name}"
    return Response(content, media_type=MEDIA_TYPES[form], headers={"content-disposition": disposition})


def _exported(context: PageContext, form: str) -> bytes:
    # A file that ignored a choice would pass for the state that somebody chose.
    if context.request.choices:
        names = list_words(tuple(dict.fromkeys(f"“{name}”" for name, _ in context.request.choices)))
        raise UnreadableAddress(f"map.{form} holds all arguments as they are recorded. Leave out {names}.")
    question = context.view.knowledge.named(Question, context.request.slug)
    if question is None:
        raise Failed(not_found(context.request.path))
    return MAP_EXPORTS[form](context.view, [question]).encode()


def _drawn(kind: PageKind, context: PageContext, form: str, fonts: Path) -> bytes:
    sheet = kind.make(context)
    if not isinstance(sheet, QuestionSheet) or sheet.map is None:
        raise Failed(not_found(context.request.path))
    moment = context.view.moment
    last = next(iter(context.backend.events(1, upto=moment.position)), None)
    address = context.request.page_address(moment)
    notes = map_notes(sheet.title, moment, last.recorded_at if last else "", address)
    try:
        return map_file(map_svg(sheet.map, notes), form, fonts)
    except Refused as refusal:
        raise Failed(map_failed(refusal.problems)) from None
