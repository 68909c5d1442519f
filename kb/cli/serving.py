"""The server of the pages, over loopback, from the base of the current workspace."""

import errno
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from types import FrameType

from kb.app.backend import StoreBackend
from kb.app.wiring import document_store
from kb.app.workspace import Workspace, bundled_folder, seeds_in
from kb.cli import show
from kb.cli.command import author_of, opened_base
from kb.cli.review import outcome_lines
from kb.cli.sources import facts_summary
from kb.domain.problem import Problem, Refused
from kb.store.base import Base
from kb.web.app import create_app
from kb.web.server import create_server
from kb.web.sign_in import SignIn

# Both, for a browser tries ::1 first, and whoever listened there would be sent the link to sign in.
_ADDRESSES = {"127.0.0.1": ["127.0.0.1"], "localhost": ["127.0.0.1", "::1"]}
_NO_SUCH_ADDRESS = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)


def run(workspace: Workspace, host: str, port: int, actor: str | None) -> None:
    """Serve until interrupted or terminated.

    Raises:
        Refused: no port is free, or the first import finds problems.
    """
    if actor is not None:
        author_of(workspace, actor, "serving")  # refused now, and not when the first decision is recorded
    with ExitStack() as stack:
        # An import that is terminated leaves things as one that is interrupted does.
        _handle(signal.SIGTERM, signal.default_int_handler, stack)
        sockets, free = _listeners(host, port)
        for listener in sockets:
            stack.enter_context(listener)
        if free != port:
            show.echo(f"port {port} is taken; this is served at port {free}")
        base = stack.enter_context(opened_base(workspace, create=True, quiet=True))
        _first_import(base, workspace, actor or workspace.actor or "kb serve")
        base.make()  # without seed files, too: another process may import them later
        hosts = (f"127.0.0.1:{free}", f"localhost:{free}")
        backend = StoreBackend(base, document_store(workspace), actor or workspace.actor)
        sign_in = SignIn(f"http://{host}:{free}", _announce)
        app = create_app(backend, templates=bundled_folder("templates"), hosts=hosts, sign_in=sign_in)
        server = create_server(app)
        for stop in (signal.SIGINT, signal.SIGTERM):
            _handle(stop, server.handle_exit, stack)
        show.echo(f"http://{host}:{free}/  (stop with Ctrl-C)")
        show.echo(f"To record decisions, open this sign-in link: {sign_in.link}")
        server.run(sockets)
    show.echo("stopped")


def _handle(signal_number: int, handler: Callable[[int, FrameType | None], None], stack: ExitStack) -> None:
    """Handle a signal with ``handler`` until ``stack`` is closed."""
    stack.callback(signal.signal, signal_number, signal.signal(signal_number, handler))


def _announce(link: str) -> None:
    # A server whose terminal was closed signs nobody else in, and goes on.
    with suppress(OSError):
        show.echo(f"A browser has signed in. To sign in with another, open {link}")


_LAST_PORT = 65535
_MOST_PORTS = 100
"""How many ports are tried: the one that was asked for, and the next ones."""


def _listeners(host: str, port: int) -> tuple[list[socket.socket], int]:
    """Sockets that listen on each address of ``host``, at ``port`` or the next one that is free; and that port.

    Raises:
        Refused: no port that was tried can be used.
    """
    # Before anything is imported, so that nobody waits for an import whose pages cannot be served.
    for candidate in range(port, min(port + _MOST_PORTS, _LAST_PORT + 1)):
        try:
            return list(_listening(host, candidate)), candidate
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                what = f"port {port} cannot be used: {os.strerror(error.errno or 0)}"
                raise Refused([Problem(where="kb serve", what=what, hint="choose another with --port")]) from error
    what = f"port {port} is taken, and so are the next ones"
    raise Refused([Problem(where="kb serve", what=what, hint="choose another with --port")])


def _listening(host: str, port: int) -> Iterator[socket.socket]:
    with ExitStack() as opened:
        for address in _ADDRESSES[host]:
            family = socket.AF_INET6 if ":" in address else socket.AF_INET
            try:
                yield opened.enter_context(socket.create_server((address, port), family=family))
            except OSError as error:
                if error.errno not in _NO_SUCH_ADDRESS:
                    raise
        opened.pop_all()


def _first_import(base: Base, workspace: Workspace, actor: str) -> None:
    """Import the workspace's seed files into an empty base, and attach the folder that KB_DOCUMENTS names."""
    documents = document_store(workspace)
    # Late: a second start imports nothing and is faster without it.
    if base.head().position == 0 and seeds_in(workspace.seeds):
        from kb.app.sources import import_seeds, seed_paths

        author = author_of(workspace, actor, "first import of the workspace's seed files")
        done = import_seeds(base, documents, seed_paths([workspace.seeds], Path.cwd()), author)
        show.problems(done.warnings)
        show.echo(f"{show.counted(done.file_count, 'seed file')}: {facts_summary(done.facts)}")
    if archive := os.environ.get("KB_DOCUMENTS"):
        from kb.app.sources import attach_folder

        author = author_of(workspace, actor, "archived texts became readable here")
        attachment = attach_folder(base, documents, Path(archive), author)
        show.problems(attachment.problems)
        for line in outcome_lines(attachment.outcomes):
            show.echo(line)
        show.echo(f"{archive}: {show.counted(len(attachment.added), 'document')} attached")
