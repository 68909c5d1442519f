"""Where does a request go? To its page, its JSON twin, a file, or a page that says what went wrong."""

import logging
import secrets
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
from anyio import to_thread
from litestar import Litestar, Request, Response
from litestar.datastructures import CacheControlHeader
from litestar.enums import HttpMethod
from litestar.exceptions import HTTPException
from litestar.handlers import HTTPRouteHandler
from litestar.response.redirect import Redirect
from litestar.static_files import create_static_files_router
from litestar.types import ASGIApp, Receive, Scope, Send

from kb.domain.problem import Refused
from kb.domain.stamp import Overtaken
from kb.reports.value import Ref
from kb.web.address import path_of, twin
from kb.web.asked import Asked, Misasked, read, understood
from kb.web.catalog import KINDS, Kind
from kb.web.description import description
from kb.web.desk import JSON, Answer, Desk
from kb.web.failure import (
    Failed,
    Failure,
    broken,
    foreign,
    misasked,
    not_found,
    overtaken,
    refused,
    unchanged,
    undecided,
    wrong_host,
)
from kb.web.guard import Guard
from kb.web.judging import LARGEST, choice, is_own, name_wish, wish
from kb.web.library import Library
from kb.web.template import environment

_log = logging.getLogger("kb.web")
_KEPT = CacheControlHeader(private=True, max_age=86400)
_READ = [HttpMethod.GET, HttpMethod.HEAD]
_Asking = Request[Any, Any, Any]


def create_app(library: Library, *, templates: Path, hosts: Sequence[str]) -> Litestar:
    """The web face of ``library``.

    Args:
        library: Where views come from.
        templates: Folder of the page templates, with the folder ``static`` in it.
        hosts: Hosts with their ports that readers may use, e.g. ``127.0.0.1:8000``.
    """
    desk = Desk(library, environment(templates), edition=secrets.token_hex(8))
    app = Litestar(
        route_handlers=[
            *(_page(path, kind, desk) for kind in KINDS for path in _paths(kind)),
            _ruling(desk),
            _matching(desk),
            _settling(desk),
            _openapi(),
            create_static_files_router("/static", [templates / "static"], cache_control=_KEPT, include_in_schema=False),
        ],
        exception_handlers={Exception: lambda request, error: _failed(desk, request, error)},
        openapi_config=None,
        logging_config=None,
        debug=False,
    )
    app.asgi_handler = Guard(app.asgi_handler, hosts, _wrong_host(desk))
    return app


def _paths(kind: Kind) -> tuple[str, ...]:
    """What the router listens to; a name that may hold slashes takes in the end ``.json`` too."""
    if "{slug}" in kind.path:
        return (kind.path.replace("{slug}", "{slug:path}"),)
    return kind.path, twin(kind.path)


def _page(path: str, kind: Kind, desk: Desk) -> HTTPRouteHandler:
    def answer(request: _Asking) -> Response[bytes]:
        asked = _asked(request, kind)
        tag = desk.tag(kind, asked)
        if f'"{tag}"' in request.headers.get("if-none-match", ""):
            return Response(b"", status_code=304, headers=_caching(tag))
        return _response(desk.answer(kind, asked))

    return HTTPRouteHandler(path, http_method=_READ, sync_to_thread=True)(answer)


def _ruling(desk: Desk) -> HTTPRouteHandler:
    async def decide(request: _Asking) -> Redirect:
        finding = str(request.path_params["finding"])
        return await _decided(request, lambda body: desk.decide(*wish(finding, body)), _page_of(finding))

    return _form("/rulings/{finding:str}")(decide)


def _matching(desk: Desk) -> HTTPRouteHandler:
    async def decide(request: _Asking) -> Redirect:
        return await _decided(request, lambda body: desk.match(*name_wish(body)), Ref("page", "/matches", "Names"))

    return _form("/matchings")(decide)


def _form(path: str) -> HTTPRouteHandler:
    return HTTPRouteHandler(path, http_method=HttpMethod.POST, request_max_body_size=LARGEST)


def _page_of(finding: str) -> Ref:
    return Ref("finding", finding, "The finding")


async def _decided(request: _Asking, decide: Callable[[bytes], bool], back: Ref) -> Redirect:
    """Passes on what a form of ours sent, and leads back to the page that it stands on."""
    if not is_own({name: request.headers.get(name, "") for name in ("origin", "host")}):
        raise Failed(foreign())
    try:
        recorded = await to_thread.run_sync(decide, await request.body())
    except Overtaken as error:
        raise Failed(overtaken(error.problems, back)) from None
    except Refused as error:
        raise Failed(undecided(error.problems, back)) from None
    if not recorded:
        raise Failed(unchanged(back))
    return Redirect(path_of(back), status_code=303, headers={"cache-control": "no-store"})


def _settling(desk: Desk) -> HTTPRouteHandler:
    async def settle(request: _Asking) -> Redirect:
        return await _decided(request, lambda body: desk.settle(*choice(body)), Ref("page", "/passages", "Passages"))

    return _form("/settlings")(settle)


def _openapi() -> HTTPRouteHandler:
    body = msgspec.json.encode(description(KINDS))

    def answer() -> Response[bytes]:
        return Response(body, media_type=JSON)

    return HTTPRouteHandler("/openapi.json", http_method=_READ, sync_to_thread=False)(answer)


def _asked(request: _Asking, kind: Kind) -> Asked:
    try:
        query = {name: request.query_params[name] for name in request.query_params}
        understood(query, kind.query, kind.columns)
        return read(request.scope["path"], str(request.path_params.get("slug", "")), query)
    except Misasked as error:
        raise Failed(misasked(str(error))) from None


def _response(answer: Answer) -> Response[bytes]:
    headers = _caching(answer.tag) if answer.tag else {"cache-control": "no-store"}
    if answer.location:
        headers["location"] = answer.location
    return Response(answer.body, status_code=answer.status, media_type=answer.media_type, headers=headers)


def _caching(tag: str) -> dict[str, str]:
    return {"etag": f'"{tag}"', "cache-control": "private, no-cache"}


def _failed(desk: Desk, request: _Asking, error: Exception) -> Response[bytes]:
    response = _response(desk.failure(_failure_of(request, error), _seen(request.scope)))
    if isinstance(error, HTTPException):
        response.headers.update(error.headers or {})
    return response


def _failure_of(request: _Asking, error: Exception) -> Failure:
    if isinstance(error, Failed):
        return error.failure
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == 404:
        return not_found(request.scope["path"])
    if status < 500:
        return refused(status)
    _log.error("%s %s failed", request.method, request.scope["path"], exc_info=error)
    return broken()


def _wrong_host(desk: Desk) -> ASGIApp:
    async def refuse(scope: Scope, receive: Receive, send: Send) -> None:
        response = _response(desk.failure(wrong_host(), _seen(scope)))
        await response.to_asgi_response(app=None, request=Request(scope, receive, send))(scope, receive, send)

    return refuse


def _seen(scope: Scope) -> Asked:
    """As much of the request as can always be read."""
    return read(scope["path"], "", {})
