"""The web application: pages, their JSON twins, forms, static files, and pages that say what went wrong."""

import logging
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from mimetypes import guess_type
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from anyio import to_thread
from litestar import Litestar, Request, Response
from litestar.connection import ASGIConnection
from litestar.enums import HttpMethod
from litestar.exceptions import HTTPException, InternalServerException
from litestar.exceptions.http_exceptions import RequestEntityTooLarge
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from litestar.response.redirect import Redirect
from litestar.types import ASGIApp, Guard, Receive, Scope, Send

from kb.app.backend import Backend
from kb.app.lookup import NoSuchFinding
from kb.app.workspace import bundled_folder
from kb.domain.concurrency import StaleDecision
from kb.domain.problem import Damaged, Refused
from kb.reports.query import UnreadableAddress
from kb.reports.value import Ref
from kb.web.address import PageRequest, check_query, is_choice, path_of, read_request, twin
from kb.web.catalog import PAGE_KINDS, PageKind
from kb.web.failure import (
    Failed,
    Failure,
    foreign_origin,
    form_too_large,
    incomplete_form,
    internal_error,
    invalid_decision,
    invalid_link,
    no_such_finding,
    not_found,
    not_signed_in,
    refused,
    stale_decision,
    unchanged,
    unreadable_address,
    unreadable_base,
    unreadable_form,
    wrong_host,
    wrong_method,
)
from kb.web.form import LARGEST, UnreadableForm, assessment_form, is_same_origin, match_form, passage_form, ruling_form
from kb.web.guard import HostGuard
from kb.web.map_file import asked_form, map_response
from kb.web.openapi import openapi_description
from kb.web.report import FILE, FORM, PREVIEW, Reports
from kb.web.report_choice import ReportChoice, read_choice
from kb.web.responder import JSON, Answer, Responder, environment
from kb.web.sign_in import SIGN_IN, SignIn

_log = logging.getLogger("kb.web")
_STATIC_CACHING = "private, max-age=86400"
_READ = [HttpMethod.GET, HttpMethod.HEAD]
_HARMLESS = ("GET", "HEAD", "OPTIONS")
_AnyRequest = Request[Any, Any, Any]
_T = TypeVar("_T")
_AnyConnection = ASGIConnection[Any, Any, Any, Any]


def create_app(backend: Backend, *, templates: Path, hosts: Sequence[str], sign_in: SignIn) -> Litestar:
    """The web application that shows ``backend``.

    Args:
        backend: Gives views and takes decisions.
        templates: Folder of the page templates, with the folder ``static`` in it.
        hosts: Hosts with ports that readers may use, e.g. ``127.0.0.1:8000``.
        sign_in: Says which browser may write.
    """
    responder = Responder(backend, environment(templates), edition=secrets.token_hex(8))
    app = Litestar(
        route_handlers=[
            *(_page(path, kind, responder, sign_in) for kind in PAGE_KINDS for path in _paths(kind)),
            _ruling(responder),
            _matching(responder),
            _assessment(responder),
            _passage_review(responder),
            _sign_in(responder, sign_in),
            *_reports(responder, Reports(backend, responder)),
            _openapi(sign_in),
            _static_files(templates / "static"),
        ],
        guards=[_admission(sign_in)],
        exception_handlers={Exception: lambda request, error: _failed(responder, request, error)},
        openapi_config=None,
        logging_config=None,
        debug=False,
    )
    app.asgi_handler = HostGuard(app.asgi_handler, hosts, _wrong_host(responder))
    return app


def _admission(sign_in: SignIn) -> Guard:
    """The check that every request passes before its handler runs."""

    # One for the whole application: no handler that writes can be added outside it.
    async def admit(connection: _AnyConnection, _handler: BaseRouteHandler) -> None:
        path, headers = connection.scope["path"], connection.scope["headers"]
        # No text in PostgreSQL holds this character, not even one that is looked for.
        if "\0" in path:
            raise Failed(not_found(path))
        if connection.scope.get("method") in _HARMLESS:
            return
        if not is_same_origin({name: connection.headers.get(name, "") for name in ("origin", "host")}):
            raise Failed(foreign_origin())
        if not sign_in.admits(headers):
            raise Failed(not_signed_in())

    return admit


def _paths(kind: PageKind) -> tuple[str, ...]:
    """The routes of a page and its JSON twin."""
    # A name may hold slashes, so its route takes the rest of the path, with ``.json`` at the end or not.
    if "{slug}" in kind.path:
        return (kind.path.replace("{slug}", "{slug:path}"),)
    return kind.path, twin(kind.path)


def _page(path: str, kind: PageKind, responder: Responder, sign_in: SignIn) -> HTTPRouteHandler:
    def answer(request: _AnyRequest) -> Response[bytes]:
        page_request = replace(_page_request(request, kind), may_write=sign_in.admits(request.scope["headers"]))
        return _explained(responder, request, lambda: _page_response(responder, request, kind, page_request))

    return HTTPRouteHandler(path, http_method=_READ, sync_to_thread=True)(answer)


def _page_response(
    responder: Responder, request: _AnyRequest, kind: PageKind, page_request: PageRequest
) -> Response[bytes]:
    tag = responder.tag(kind, page_request)
    if f'"{tag}"' in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=_caching(tag))
    try:
        if form := asked_form(kind, page_request):
            fonts = bundled_folder("templates") / "paper" / "fonts"
            made = map_response(kind, responder.context(page_request), form, fonts)
            made.headers.update(_caching(tag))
            return made
        return _response(responder.answer(kind, page_request))
    except UnreadableAddress as error:
        raise Failed(unreadable_address(str(error))) from None


def _explained(responder: Responder, request: _AnyRequest, work: Callable[[], _T]) -> _T:
    """What ``work`` gives. To be called in a worker thread: to tell damage from a bug, all of the base is read.

    Raises:
        Failed: by ``work``, or because it ended in an error that nobody foresaw.
    """
    try:
        with responder.explaining_damage():
            return work()
    except Failed:
        raise
    except Refused as refusal:
        _log.error("%s", "\n".join(map(str, refusal.problems)))
        raise Failed(unreadable_base(refusal.problems)) from None
    except Exception as mistake:
        raise Failed(_mistake_of_ours(request, mistake)) from None


def _ruling(responder: Responder) -> HTTPRouteHandler:
    async def decide(request: _AnyRequest) -> Redirect:
        finding = str(request.path_params["finding"])
        back = Ref("finding", finding, "The finding")
        return await _decided(responder, request, lambda body: responder.decide(*ruling_form(finding, body)), back)

    return _form("/rulings/{finding:str}")(decide)


def _matching(responder: Responder) -> HTTPRouteHandler:
    async def decide(request: _AnyRequest) -> Redirect:
        back = Ref("page", "/matches", "Names")
        return await _decided(responder, request, lambda body: responder.match(*match_form(body)), back)

    return _form("/matchings")(decide)


def _assessment(responder: Responder) -> HTTPRouteHandler:
    async def assess(request: _AnyRequest) -> Redirect:
        question = str(request.path_params["question"])
        back = Ref("question", question, "The question")
        return await _decided(responder, request, lambda body: responder.assess(*assessment_form(question, body)), back)

    return _form("/assessments/{question:str}")(assess)


def _form(path: str) -> HTTPRouteHandler:
    return HTTPRouteHandler(path, http_method=HttpMethod.POST, request_max_body_size=LARGEST)


async def _decided(responder: Responder, request: _AnyRequest, decide: Callable[[bytes], bool], back: Ref) -> Redirect:
    """Passes the body of a form to ``decide``, and leads back to the page of the form.

    Raises:
        Failed: the decision was not recorded.
    """
    body = await _body(request, back)

    def record() -> bool:
        try:
            return decide(body)
        except UnreadableForm as error:
            raise Failed(unreadable_form(str(error), back)) from None
        except NoSuchFinding as error:
            raise Failed(no_such_finding(error.name)) from None
        except StaleDecision as error:
            raise Failed(stale_decision(error.problems, back)) from None
        except Damaged:
            raise
        except Refused as error:
            raise Failed(invalid_decision(error.problems, back)) from None

    if not await to_thread.run_sync(lambda: _explained(responder, request, record)):
        raise Failed(unchanged(back))
    return Redirect(path_of(back), status_code=303, headers={"cache-control": "no-store"})


async def _body(request: _AnyRequest, back: Ref) -> bytes:
    try:
        return await request.body()
    except RequestEntityTooLarge:
        raise Failed(form_too_large(back)) from None
    except InternalServerException:  # Litestar's error for a client that left
        raise Failed(incomplete_form(back)) from None


def _passage_review(responder: Responder) -> HTTPRouteHandler:
    async def settle(request: _AnyRequest) -> Redirect:
        back = Ref("page", "/passages", "Passages")
        return await _decided(responder, request, lambda body: responder.settle(*passage_form(body)), back)

    return _form("/settlings")(settle)


def _sign_in(responder: Responder, sign_in: SignIn) -> HTTPRouteHandler:
    # GET uses the link up, as with `datasette --root`; there is no button to press first. While a link waited for one,
    # another user could take it from the list of processes, where it stands among the arguments of the browser. A
    # program that opens links ahead of the user does no harm: in her browser it signs her in, and if it uses the link
    # up elsewhere, the next one is on the terminal.
    def start(request: _AnyRequest) -> Response[bytes]:
        if sign_in.admits(request.scope["headers"]):
            response = Response(b"", status_code=303, headers={"location": "/"})
        elif sign_in.redeem(request.query_params.get("token", "")):
            response = Response(b"", status_code=303, headers={"location": "/", "set-cookie": sign_in.set_cookie})
        else:
            response = _response(responder.failure(invalid_link(), _minimal_request(request.scope)))
        response.headers.update({"cache-control": "no-store", "referrer-policy": "no-referrer"})
        return response

    return HTTPRouteHandler(SIGN_IN, http_method=HttpMethod.GET, sync_to_thread=False)(start)


def _reports(responder: Responder, reports: Reports) -> Iterator[HTTPRouteHandler]:
    """The form for reports, the preview that it shows, and the files."""
    answers: dict[str, Callable[[ReportChoice], Response[Any]]] = {
        FORM: reports.form,
        PREVIEW: reports.preview,
        FILE: reports.file,
    }
    for path, answer in answers.items():
        yield _report(path, answer, responder)


def _report(path: str, answer: Callable[[ReportChoice], Response[Any]], responder: Responder) -> HTTPRouteHandler:
    def respond(request: _AnyRequest) -> Response[Any]:
        choice = _report_choice(request)
        # Of the page there is a head before its report is made.
        choice = choice.as_format("") if path == FORM and request.method == HttpMethod.HEAD else choice
        return _explained(responder, request, lambda: answer(choice))

    return HTTPRouteHandler(path, http_method=_READ, sync_to_thread=True)(respond)


def _report_choice(request: _AnyRequest) -> ReportChoice:
    try:
        return read_choice(request.query_params.multi_items())
    except UnreadableAddress as error:
        raise Failed(unreadable_address(str(error))) from None


def _openapi(sign_in: SignIn) -> HTTPRouteHandler:
    body = msgspec.json.encode(openapi_description(PAGE_KINDS, sign_in.cookie))

    def answer() -> Response[bytes]:
        return Response(body, media_type=JSON)

    return HTTPRouteHandler("/openapi.json", http_method=_READ, sync_to_thread=False)(answer)


def _static_files(folder: Path) -> HTTPRouteHandler:
    """The files in ``folder``, by name."""
    # They are read once. A request only picks a name, so nothing in its path ever reaches the file system.
    files = {file.name: (file.read_bytes(), guess_type(file.name)[0]) for file in folder.iterdir() if file.is_file()}

    def answer(request: _AnyRequest) -> Response[bytes]:
        name = str(request.path_params["name"])
        if name not in files:
            raise Failed(not_found(request.scope["path"]))
        body, media_type = files[name]
        return Response(body, media_type=media_type, headers={"cache-control": _STATIC_CACHING})

    return HTTPRouteHandler("/static/{name:str}", http_method=_READ, sync_to_thread=False)(answer)


def _page_request(request: _AnyRequest, kind: PageKind) -> PageRequest:
    try:
        query = sorted(request.query_params.multi_items(), key=itemgetter(0))
        check_query(query, kind.query, kind.columns, kind.choices)
        choices = tuple((name, text) for name, text in query if is_choice(name, kind.choices))
        slug = str(request.path_params.get("slug", ""))
        return read_request(request.scope["path"], slug, dict(query), choices)
    except UnreadableAddress as error:
        raise Failed(unreadable_address(str(error))) from None


def _response(answer: Answer) -> Response[bytes]:
    headers = _caching(answer.tag) if answer.tag else {"cache-control": "no-store"}
    if answer.location:
        headers["location"] = answer.location
    return Response(answer.body, status_code=answer.status, media_type=answer.media_type, headers=headers)


def _caching(tag: str) -> dict[str, str]:
    return {"etag": f'"{tag}"', "cache-control": "private, no-cache", "vary": "cookie"}


def _failed(responder: Responder, request: _AnyRequest, error: Exception) -> Response[bytes]:
    response = _response(responder.failure(_failure_of(request, error), _minimal_request(request.scope)))
    if isinstance(error, HTTPException):
        response.headers.update(error.headers or {})
    return response


def _failure_of(request: _AnyRequest, error: Exception) -> Failure:
    if isinstance(error, Failed):
        return error.failure
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == 404:
        return not_found(request.scope["path"])
    if status == 405 and isinstance(error, HTTPException):
        return wrong_method((error.headers or {})["allow"].split(", "))
    return refused(status) if status < 500 else _mistake_of_ours(request, error)


def _mistake_of_ours(request: _AnyRequest, error: Exception) -> Failure:
    # The path as it was sent, where a control character cannot write on the terminal.
    _log.error("%s %s failed", request.method, request.scope["raw_path"].decode(), exc_info=error)
    return internal_error()


def _wrong_host(responder: Responder) -> ASGIApp:
    async def refuse(scope: Scope, receive: Receive, send: Send) -> None:
        response = _response(responder.failure(wrong_host(), _minimal_request(scope)))
        await response.to_asgi_response(app=None, request=Request(scope, receive, send))(scope, receive, send)

    return refuse


def _minimal_request(scope: Scope) -> PageRequest:
    """The request without its query, which may be what went wrong."""
    return read_request(scope["path"], "", {})
