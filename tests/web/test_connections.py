"""What the server does below its pages: requests that are not HTTP, and clients that stall."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from urllib.parse import urlsplit

import pytest

from kb.web.guard import HEADERS
from kb.web.responder import Responder
from tests.web.sample import SampleLibrary
from tests.web.served import served

LINES = b"Host: %s\r\nConnection: close\r\n"


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    with served(SampleLibrary()) as site:
        yield urlsplit(site.address).netloc


@pytest.fixture(scope="module")
def hasty() -> Iterator[str]:
    """A server that waits a fifth of a second for its clients."""
    with served(SampleLibrary(), patience=0.2) as site:
        yield urlsplit(site.address).netloc


def connected(host: str) -> socket.socket:
    name, port = host.split(":")
    return socket.create_connection((name, int(port)), timeout=10)


def rest(connection: socket.socket) -> bytes:
    """All that the server still sends until it closes the connection."""
    received = b""
    with suppress(ConnectionError):
        while part := connection.recv(65_536):
            received += part
    return received


def answer(host: str, request: bytes) -> tuple[int, dict[str, str]]:
    """Status and headers of the answer to ``request``, which is sent as it is."""
    with connected(host) as connection:
        connection.sendall(request.replace(b"%s", host.encode()))
        head = rest(connection).partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    pairs = (line.partition(": ") for line in head[1:])
    return int(head[0].split()[1]), {name.lower(): value for name, _, value in pairs}


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"nonsense\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET / x HTTP/1.1\r\n" + LINES + b"\r\n",
        b"GET /\xff HTTP/1.1\r\n" + LINES + b"\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\x00b\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + LINES + b"a: " + b"x" * 2_000_000 + b"\r\n\r\n",
        b"POST /matchings HTTP/1.1\r\n" + LINES + b"Content-Length: x\r\n\r\n",
        b"POST /matchings HTTP/1.1\r\n" + LINES + b"Content-Length: -1\r\n\r\n",
        b"POST /matchings HTTP/1.1\r\n" + LINES + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"POST /matchings HTTP/1.1\r\n" + LINES + b"Transfer-Encoding: gzip\r\n\r\n",
        b"POST /matchings HTTP/1.1\r\n" + LINES + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
        b"GET / HTTP/1.0\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: \xff\r\nConnection: close\r\n\r\n",
    ],
)
def test_an_answer_to_what_is_no_request_carries_the_headers(host: str, request_bytes: bytes) -> None:
    status, headers = answer(host, request_bytes)
    assert status == 400
    assert HEADERS.items() <= headers.items()


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("GET /", 200),
        ("HEAD /", 200),
        ("HEAD /nothing", 404),
        ("OPTIONS /", 204),
        ("OPTIONS *", 404),
        ("GET /nothing", 404),
        ("get /", 405),
        ("DELETE /static/kb.css", 405),
        ("POST /matchings", 403),
        ("GET http://127.0.0.1/", 404),
    ],
)
def test_an_answer_of_any_status_carries_the_headers(host: str, line: str, status: int) -> None:
    answered, headers = answer(host, line.encode() + b" HTTP/1.1\r\n" + LINES + b"\r\n")
    assert answered == status
    assert HEADERS.items() <= headers.items()
    assert "server" not in headers


def test_an_answer_carries_the_headers_where_even_the_page_of_the_failure_fails(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(Responder, "failure")
    status, headers = answer(host, b"GET /nothing HTTP/1.1\r\n" + LINES + b"\r\n")
    assert status == 500
    assert HEADERS.items() <= headers.items()


@pytest.mark.parametrize(
    "beginning",
    [
        b"",
        b"GET / HT",
        b"GET / HTTP/1.1\r\nHost: %s\r\n",
        b"POST /matchings HTTP/1.1\r\nHost: %s\r\nOrigin: http://%s\r\nContent-Length: 9\r\n\r\ntext",
        b"POST /matchings HTTP/1.1\r\nHost: %s\r\nContent-Length: 9\r\n\r\ntext",
        b"POST /matchings HTTP/1.1\r\nHost: %s\r\nOrigin: http://%s\r\nTransfer-Encoding: chunked\r\n\r\n4\r\ntext",
        b"GET / HTTP/1.1\r\nHost: %s\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: %s\r\n\r\nGET / HT",
    ],
)
def test_a_client_that_sends_no_more_is_cut(hasty: str, beginning: bytes) -> None:
    with connected(hasty) as connection:
        connection.sendall(beginning.replace(b"%s", hasty.encode()))
        rest(connection)


def test_a_client_that_sends_one_byte_after_another_is_cut(hasty: str) -> None:
    with connected(hasty) as connection:
        assert not all(taken(connection, b"a") for _ in range(200))


def test_a_client_that_reads_no_answer_is_cut(hasty: str) -> None:
    requests = b"GET /figures HTTP/1.1\r\nHost: %s\r\n\r\n".replace(b"%s", hasty.encode()) * 500
    with connected(hasty) as connection:
        assert not all(taken(connection, requests) for _ in range(200))


def taken(connection: socket.socket, data: bytes) -> bool:
    """Whether the connection still takes ``data``, a moment after the data before it."""
    time.sleep(0.05)
    try:
        connection.sendall(data)
    except ConnectionError:
        return False
    return True


def test_clients_that_stall_keep_no_reader_out(host: str) -> None:
    with ExitStack() as stack:
        stalled = [stack.enter_context(connected(host)) for _ in range(300)]
        status, _ = answer(host, b"GET / HTTP/1.1\r\n" + LINES + b"\r\n")
        assert status == 200
        assert rest(stalled[0]) == b""  # the one that has stalled longest makes room


def test_a_client_that_stalls_does_not_keep_the_server_from_stopping() -> None:
    with ExitStack() as stack:
        with served(SampleLibrary()) as site:
            connection = stack.enter_context(connected(urlsplit(site.address).netloc))
            connection.sendall(b"GET / HT")
        assert rest(connection) == b""
