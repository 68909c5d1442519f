"""The OpenAPI 3.1 description of every page, its JSON twin and the forms, made from the catalog of pages."""

from collections.abc import Sequence
from typing import Any

import msgspec

from kb import __version__
from kb.domain.answer import Concern
from kb.reports.choices import CHOICES as WHAT_IF_CHOICES
from kb.reports.view import Moment
from kb.web.address import twin
from kb.web.catalog import PageKind
from kb.web.failure import Failure
from kb.web.report import FILE, FORM, MEDIA_TYPES, PREVIEW
from kb.web.report_choice import CHOICES as REPORT_CHOICES
from kb.web.sign_in import SIGN_IN

_SCHEMA = "#/components/schemas/{name}"

CHOICES: dict[str, str] = {
    "open": "Cards of the map that are opened, by their keys, in order.",
    "focus": "Key of the card whose surroundings the map shows.",
    "hops": "How many links these surroundings reach, from 1 to 3.",
    **WHAT_IF_CHOICES,
}
"""What a reader may choose on a page, by the name of the query parameter; each may be given more than once."""

_PARAMETERS: dict[str, dict[str, Any]] = {
    "slug": {
        "in": "path",
        "required": True,
        "description": "Name of the thing; may contain slashes.",
        "schema": {"type": "string"},
    },
    "at": {
        "in": "query",
        "description": "Position of the log to read at; default: now.",
        "schema": {"type": "integer", "minimum": 1},
    },
    "q": {
        "in": "query",
        "description": "Words to filter by.",
        "schema": {"type": "string", "maxLength": 200},
    },
    "page": {
        "in": "query",
        "description": "Page of the list, from 1.",
        "schema": {"type": "integer", "minimum": 1},
    },
    "event": {
        "in": "query",
        "description": "Position of an event that the page of the history must hold.",
        "schema": {"type": "integer", "minimum": 1},
    },
    **{
        name: {"in": "query", "description": text, "schema": {"type": "array", "items": {"type": "string"}}}
        for name, text in CHOICES.items()
    },
}


def openapi_description(kinds: Sequence[PageKind], cookie: str) -> dict[str, Any]:
    """The description of ``kinds`` and of the forms, ready to be encoded as JSON.

    Args:
        kinds: Every kind of page.
        cookie: Name of the cookie of the session in which forms are sent.
    """
    _, schemas = msgspec.json.schema_components(
        [*(kind.value for kind in kinds), Moment, Failure], ref_template=_SCHEMA
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "kb",
            "version": __version__,
            "description": "A ledger of claims and figures. Every page has a JSON twin. "
            "Reading needs no session; sending a form does.",
        },
        "paths": _all_paths(kinds),
        "components": {
            "schemas": schemas,
            "parameters": {name: {"name": name, **parameter} for name, parameter in _PARAMETERS.items()},
            "securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": cookie}},
        },
    }


def _all_paths(kinds: Sequence[PageKind]) -> dict[str, Any]:
    paths = {path: item for kind in kinds for path, item in _paths(kind).items()}
    forms = {
        "/rulings/{finding}": _ruling_form(),
        "/matchings": _match_form(),
        "/assessments/{question}": _assessment_form(),
        "/settlings": _passage_form(),
    }
    posts = {path: {"post": form} for path, form in forms.items()}
    return paths | posts | _reports() | {SIGN_IN: {"get": _sign_in()}}


def _reports() -> dict[str, Any]:
    """The form for reports, which needs no session, the preview and the files."""
    files = {type: {"schema": {"type": "string", "format": "binary"}} for type in MEDIA_TYPES.values()}
    page = {"text/html": {"schema": {"type": "string"}}}
    return {
        FORM: {"get": _report("report-form", "The form for a cited report, and its progress", page)},
        PREVIEW: {"get": _report("report-preview", "A cited report in HTML, for a frame of the form", page)},
        FILE: {"get": _report("report-file", "A cited report as a file, in the format that is asked for", files)},
    }


def _report(name: str, summary: str, content: dict[str, Any]) -> dict[str, Any]:
    question = {"type": "array", "items": {"type": "string"}}
    choices = [
        {"name": choice, "in": "query", "schema": {"enum": list(values)}} for choice, values in REPORT_CHOICES.items()
    ]
    return {
        "operationId": name,
        "summary": summary,
        "parameters": [
            {"name": "question", "in": "query", "explode": True, "schema": question},
            {"$ref": "#/components/parameters/at"},
            *choices,
        ],
        "responses": {
            "200": {"description": summary, "content": content},
            "400": _failure("The address cannot be read, or there is no such event."),
            "404": _failure("There is no such question at this moment."),
            "503": _failure("The report could not be made; the page says why."),
        },
    }


def _sign_in() -> dict[str, Any]:
    return {
        "operationId": "sign-in",
        "summary": "Start a session with the link in the terminal where kb serve runs; a link works once",
        "parameters": [{"name": "token", "in": "query", "required": True, "schema": {"type": "string"}}],
        "responses": {
            "303": {"description": "Signed in; the cookie of the session is set."},
            "403": _failure("The link was used before, or is not one of this server."),
        },
    }


def _paths(kind: PageKind) -> dict[str, Any]:
    return {
        kind.path: {"get": _operation(kind, "page", {"text/html": {"schema": {"type": "string"}}})},
        twin(kind.path): {"get": _operation(kind, "data", {"application/json": {"schema": _with_moment(kind)}})},
    }


def _ruling_form() -> dict[str, Any]:
    """The form on the page of a finding."""
    finding = {"name": "finding", "in": "path", "required": True, "schema": {"type": "string"}}
    form = _form(
        "ruling",
        "Rule on a finding, from a page of this server",
        _one_of("accept", "dismiss", "explain"),
        "figure",
        "seen",
        "stamp",
    )
    responses = {**form["responses"], "404": _failure("There is no such finding; nothing was recorded.")}
    return {**form, "parameters": [finding], "responses": responses}


def _match_form() -> dict[str, Any]:
    """The forms on the page of names."""
    decision = _one_of("same", "different")
    return _form(
        "match",
        "Decide whether two names mean the same thing, from a page of this server",
        decision,
        "left",
        "right",
        "stamp",
    )


def _assessment_form() -> dict[str, Any]:
    """The form on the page of a question; a reason that lowers the certainty is a field with any text."""
    question = {"name": "question", "in": "path", "required": True, "schema": {"type": "string"}}
    reasons = [f"because-{concern}" for concern in Concern]
    summary = "Judge how certain an answer is, from a page of this server"
    form = _form("assessment", summary, _one_of("assess"), "certainty", *reasons, "seen", "stamp")
    return {**form, "parameters": [question]}


def _passage_form() -> dict[str, Any]:
    """The forms on the page of passages; ``accept`` is followed by a hyphen and the number of the offer."""
    decision = {"type": "string", "pattern": "^(reject|accept-[0-9]+)$"}
    summary = "Accept or reject places offered for a passage, from a page of this server"
    return _form("settling", summary, decision, "entry", "passage", "seen")


def _one_of(*decisions: str) -> dict[str, Any]:
    return {"enum": [*decisions, "undo"]}


_MADE_ON = frozenset({"seen", "stamp"})
"""Fields that say what the reader of the form saw; a decision on an older state is refused."""


def _form(name: str, summary: str, decision: dict[str, Any], *more: str) -> dict[str, Any]:
    texts = {name: {"type": "string", "maxLength": 2000} for name in ("text", "actor", *more)}
    properties = {"decision": decision, **texts}
    required = ["decision", "text", "actor", *(name for name in more if name in _MADE_ON)]
    form = {"type": "object", "properties": properties, "required": required}
    return {
        "operationId": name,
        "summary": summary,
        "security": [{"session": []}],
        "requestBody": {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": form}}},
        "responses": {
            "303": {"description": "Recorded; the page at `location` shows it."},
            "200": {
                "description": "The same decision has already been recorded, in the same words; nothing was added."
            },
            "400": _failure("The body is not that of a form; nothing was recorded."),
            "403": _failure("Sent without a session, or from a page of another server; nothing was recorded."),
            "409": _failure("Somebody else has decided since the page was shown; nothing was recorded."),
            "413": _failure("The form is too large."),
            "422": _failure("The decision is not possible; nothing was recorded."),
        },
    }


def _operation(kind: PageKind, form: str, content: dict[str, Any]) -> dict[str, Any]:
    names = [
        *(["slug"] if "{slug}" in kind.path else []),
        "at",
        *kind.query,
        *(name for name in kind.choices if name in CHOICES),
    ]
    folder = "-".join(part for part in kind.path.split("/") if part and part != "{slug}") or "home"
    suffix = "-one" if "{slug}" in kind.path else ""
    return {
        "operationId": f"{folder}{suffix}-{form}",
        "summary": kind.summary,
        "parameters": [{"$ref": f"#/components/parameters/{name}"} for name in names],
        "responses": {
            "200": {"description": kind.summary, "content": content},
            "302": _failure("Renamed; its page is at `location`."),
            "304": {"description": "Unchanged since the tag in If-None-Match."},
            "400": _failure("The address cannot be read, or there is no such event."),
            "404": _failure("Nothing has this name at this moment."),
            "410": _failure("What had this name was removed."),
        },
    }


def _with_moment(kind: PageKind) -> dict[str, Any]:
    moment = {"type": "object", "properties": {"moment": _ref(Moment)}, "required": ["moment"]}
    return {"allOf": [_ref(kind.value), moment]}


def _failure(text: str) -> dict[str, Any]:
    return {"description": text, "content": {"application/json": {"schema": _ref(Failure)}}}


def _ref(kind: type) -> dict[str, str]:
    return {"$ref": _SCHEMA.format(name=kind.__name__)}
