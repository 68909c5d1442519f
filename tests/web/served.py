"""The pages of a library, answered in this process or over loopback."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import unquote

from litestar import Litestar
from litestar.testing import TestClient
from playwright.sync_api import Page

from kb.app.backend import Backend
from kb.web.app import create_app
from kb.web.server import PATIENCE, create_server
from kb.web.sign_in import SignIn

HOST = "127.0.0.1:8000"
TEMPLATES = Path(__file__).parents[2] / "templates"


@contextmanager
def asking(library: Backend, sign_in: SignIn | None = None) -> Iterator[TestClient[Litestar]]:
    """A client that asks as a browser on this machine would."""
    sign_in = sign_in or SignIn(f"http://{HOST}", print)
    app = create_app(library, templates=TEMPLATES, hosts=[HOST], sign_in=sign_in)
    with TestClient(app, base_url=f"http://{HOST}", raise_server_exceptions=False) as client:
        yield client


@contextmanager
def signed_in(library: Backend) -> Iterator[TestClient[Litestar]]:
    """The same in a browser that has signed in, and may write."""
    sign_in = SignIn(f"http://{HOST}", print)
    with asking(library, sign_in) as client:
        client.get(sign_in.link)
        yield client


@dataclass(frozen=True, slots=True)
class Site:
    """A server that runs: its address, without a slash at its end, and its links to sign in."""

    address: str
    sign_in: SignIn

    def let_in(self, page: Page) -> None:
        """Gives the browser of ``page`` the session that a link would give it."""
        name, _, value = self.sign_in.set_cookie.partition(";")[0].partition("=")
        page.context.add_cookies([{"name": name, "value": value, "url": self.address}])


@contextmanager
def served(library: Backend, patience: float = PATIENCE) -> Iterator[Site]:
    """A real server, which waits ``patience`` for a client."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()  # who comes before the server runs waits in line
        host = f"127.0.0.1:{listener.getsockname()[1]}"
        sign_in = SignIn(f"http://{host}", print)
        app = create_app(library, templates=TEMPLATES, hosts=[host], sign_in=sign_in)
        server = create_server(app, patience)
        thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        yield Site(f"http://{host}", sign_in)
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
