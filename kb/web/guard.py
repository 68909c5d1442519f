"""A check of the Host header, and the security headers of every response."""

from collections.abc import Sequence

from litestar.types import ASGIApp, Message, Receive, Scope, Send

# Words from strangers' documents stand on the pages. Should a template ever fail to escape one, it can still run no
# script but the files of ours, and reach no other server.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "connect-src 'self'",
        "font-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
"""Headers of every response, including errors and static files."""

ENCODED_HEADERS = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
"""``HEADERS`` as ASGI has them."""


class HostGuard:
    """An application that answers only under its own hosts, with ``HEADERS`` on every response.

    A header that a response has already is left as it is.
    """

    def __init__(self, app: ASGIApp, hosts: Sequence[str], refusal: ASGIApp) -> None:
        """Guard ``app``.

        Args:
            app: Answers requests to one of ``hosts``.
            hosts: Hosts with ports that readers may use, e.g. ``127.0.0.1:8000``; compared as a whole.
            refusal: Answers all other requests.
        """
        self._app = app
        self._hosts = frozenset(host.lower().encode() for host in hosts)
        self._refusal = refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                present = {name.lower() for name, _ in message["headers"]}
                added = [header for header in ENCODED_HEADERS if header[0] not in present]
                message["headers"] = [*message["headers"], *added]
            await send(message)

        app = self._app if self._is_ours(scope) else self._refusal
        try:
            await app(scope, receive, send_with_headers)
        except Exception:
            # The page that says so has failed, too. The server logs the error, and its own answer has no headers.
            if not started:
                await send_with_headers({"type": "http.response.start", "status": 500, "headers": []})
                await send({"type": "http.response.body", "body": b"Something went wrong.", "more_body": False})
            raise

    def _is_ours(self, scope: Scope) -> bool:
        # By DNS rebinding, another site can make its own name lead to this machine, and its scripts could then read the
        # pages as their own. The browser still sends that name.
        named = [value.lower() for name, value in scope["headers"] if name == b"host"]
        return len(named) == 1 and named[0] in self._hosts
