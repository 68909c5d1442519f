"""The HTTP server under the pages: headers on the answers that it gives itself, and an end to clients that stall."""

import asyncio
from types import FrameType

import h11
from litestar.types import ASGIApp
from uvicorn import Config, Server
from uvicorn.protocols.http.h11_impl import H11Protocol

from kb.web.guard import ENCODED_HEADERS

PATIENCE = 15.0
"""Seconds that the server waits for a client."""

_MOST_WAITED_FOR = 256
_BACKLOG = 128  # connections taken at once; with those waited for, well under the 1,024 files that a process may open
_CLIENTS_TURN = (h11.IDLE, h11.SEND_BODY, h11.ERROR)
_MAY_ANSWER = (h11.IDLE, h11.SEND_RESPONSE)


class PageServer(Server):
    """A server that answers the requests which it has taken, and then stops."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        # A second interrupt ends nothing that runs in a thread any sooner, and uvicorn would print tracebacks.
        if not self.should_exit:
            super().handle_exit(sig, frame)


def create_server(app: ASGIApp, patience: float = PATIENCE) -> PageServer:
    """A server of ``app``; run it with the sockets that it listens at.

    Args:
        app: Answers the requests.
        patience: Seconds that a client may take to send a request, to read the answer, or to send the next request.
    """
    return PageServer(
        Config(
            app,
            http=Connection,
            ws="none",
            lifespan="off",
            # With warnings, any client could fill the terminal, and the link to sign in would scroll out of sight.
            log_level="error",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            backlog=_BACKLOG,
            timeout_keep_alive=patience,  # type: ignore[arg-type]  # parts of a second are fine
        )
    )


class Connection(H11Protocol):
    """A connection that is cut if the client keeps the server waiting."""

    _clock: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._watch()
        self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_clock()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        # Once a request is refused, the rest of it is read and dropped: if a connection is closed with a part unread,
        # the client may lose the answer.
        if self.conn.their_state is not h11.ERROR:
            super().data_received(data)
            self._watch()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._watch()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._watch()

    def timeout_keep_alive_handler(self) -> None:
        self._cut()

    def shutdown(self) -> None:
        # Otherwise a client that stalls would keep the server from stopping.
        if self._clock is None:
            super().shutdown()
        else:
            self._cut()

    def send_400_response(self, msg: str) -> None:
        """Answer a request that is not HTTP."""
        if self.cycle is not None:  # the head was fine and the body is not: nobody is left to answer
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        if self.conn.our_state not in _MAY_ANSWER:
            self.transport.close()
        else:
            headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close"), *ENCODED_HEADERS]
            for event in (
                h11.Response(status_code=400, headers=headers, reason=b"Bad Request"),
                h11.Data(data=msg.encode()),
                h11.EndOfMessage(),
            ):
                self.transport.write(self.conn.send(event) or b"")
            self.transport.write_eof()

    def _watch(self) -> None:
        """Start the clock when it becomes the client's turn, and stop it when that ends."""
        # It is not wound up again with every byte: one byte a second would hold a connection for ever.
        if self.conn.their_state not in _CLIENTS_TURN and not self.flow.write_paused:
            self._stop_clock()
        elif self._clock is None:
            self._clock = self.loop.call_later(self.timeout_keep_alive, self._cut)

    def _stop_clock(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None

    def _cut(self) -> None:
        self._stop_clock()
        self._unset_keepalive_if_required()
        self.transport.abort()

    def _make_room(self) -> None:
        """Cut the connections that have been waited for longest, where there are too many."""
        # A reader who has just come sends her request at once, so she is never among them.
        waited_for = [other for other in self.connections if isinstance(other, Connection) and other._deadlines()]
        waited_for.sort(key=lambda other: min(other._deadlines()))
        for other in waited_for[:-_MOST_WAITED_FOR]:
            other._cut()

    def _deadlines(self) -> list[float]:
        return [timer.when() for timer in (self._clock, self.timeout_keep_alive_task) if timer is not None]
