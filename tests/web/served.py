"""The pages of a library, answered in this process or over loopback."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import unquote

from litestar import Litestar
from litestar.testing import TestClient

from kb.app.backend import Backend
from kb.web.app import create_app
from kb.web.server import PATIENCE, create_server

HOST = "127.0.0.1:8000"
TEMPLATES = Path(__file__).parents[2] / "templates"


@contextmanager
def asking(library: Backend) -> Iterator[TestClient[Litestar]]:
    """A client that asks as a browser on this machine would."""
    app = create_app(library, templates=TEMPLATES, hosts=[HOST])
    with TestClient(app, base_url=f"http://{HOST}", raise_server_exceptions=False) as client:
        yield client


@contextmanager
def served(library: Backend, patience: float = PATIENCE) -> Iterator[str]:
    """The address at which a real server answers, without a slash at its end; it waits ``patience`` for a client."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()  # who comes before the server runs waits in line
        host = f"127.0.0.1:{listener.getsockname()[1]}"
        app = create_app(library, templates=TEMPLATES, hosts=[host])
        server = create_server(app, patience)
        thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        yield f"http://{host}"
        server.should_exit = True
        thread.join(10)


class Read(HTMLParser):
    """What a page links to, the places in it that links may lead to, and its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.places: list[str] = []
        self.attributes: set[str] = set()
        self.elements: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told: dict[str, Any] = dict(attrs)
        self.elements.add(tag)
        self.attributes.update(told)
        if tag == "a" and "href" in told:
            self.links.append(told["href"])
        if "id" in told:
            self.places.append(told["id"])

    def handle_data(self, data: str) -> None:
        self.text += data

    def leads_to(self, fragment: str) -> bool:
        """Whether a link with ``fragment`` finds its place."""
        return not fragment or unquote(fragment) in self.places
