"""A person starts the server, signs in with the link that it prints, and stops it."""

import errno
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest

from tests.cli.conftest import Kb

Process = subprocess.Popen[str]


@pytest.fixture
def server(imported: Kb, workspace: Path, port: int) -> Iterator[Process]:
    with started(workspace, port) as process:
        yield process


@contextmanager
def started(workspace: Path, port: int) -> Iterator[Process]:
    """``kb serve`` in a process of its own."""
    command = [sys.executable, "-c", "from kb.cli import main; main()", "serve", "--port", str(port)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=workspace, text=True, **pipes) as process:
        yield process
        process.kill()


def link_in(line: str) -> str:
    link = re.search(r"http://\S+", line)
    assert link, line
    return link[0]


def output_after(server: Process, sent: signal.Signals) -> tuple[int, str, str]:
    server.send_signal(sent)
    output, errors = server.communicate(timeout=60)
    return server.returncode, output, errors


def test_a_link_on_the_terminal_signs_in_and_the_next_one_takes_its_place(
    server: Process, imported: Kb, port: int
) -> None:
    address, first = (server.stdout.readline() for _ in range(2))
    assert address == f"http://127.0.0.1:{port}/  (stop with Ctrl-C)\n"
    with httpx.Client(base_url=link_in(address), headers={"origin": link_in(address).rstrip("/")}) as browser:
        decision = {"decision": "same", "left": "a", "right": "b", "text": "So.", "actor": "Ada", "stamp": "x"}
        assert browser.post("/matchings", data=decision).status_code == 403
        assert browser.get(link_in(first)).status_code == 303
        assert browser.post("/matchings", data=decision).status_code != 403
    second = server.stdout.readline()
    assert link_in(second) not in first
    assert output_after(server, signal.SIGTERM) == (0, "stopped\n", "")


def test_a_taken_port_is_answered_with_the_next_free_one(imported: Kb, workspace: Path, port: int) -> None:
    with socket.create_server(("127.0.0.1", port)), started(workspace, port) as server:
        taken, address = (server.stdout.readline() for _ in range(2))
        served = int(address.split("/")[2].partition(":")[2])
        assert served > port and taken == f"port {port} is taken; this is served at port {served}\n"
        assert httpx.get(f"http://127.0.0.1:{served}/").status_code == 200


def test_a_port_that_nobody_may_use_is_refused(imported: Kb, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> socket.socket:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(socket, "create_server", refuse)
    refused = imported("serve", "--port", "80", code=1)
    assert refused.output == "kb serve: port 80 cannot be used: Permission denied — choose another with --port\n"


def test_the_server_stops_at_once_and_without_a_word_of_what_was_under_way(server: Process, port: int) -> None:
    for _ in range(2):
        server.stdout.readline()
    beginnings = (b"", b"GET / HT", b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n", b"nonsense\r\n\r\n")
    with ExitStack() as stack:
        for beginning in beginnings:
            stack.enter_context(socket.create_connection(("127.0.0.1", port))).sendall(beginning)
        server.send_signal(signal.SIGINT)
        assert output_after(server, signal.SIGINT) == (0, "stopped\n", "")
