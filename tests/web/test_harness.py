"""Would a broken page be noticed? Each fault is served on purpose, and must be seen."""

from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import PageFault, no_accessibility_violation, watched
from tests.web.conftest import executable

SOUND = '<!doctype html><html lang="en"><title>Ledger</title><main><h1>Ledger</h1>{}</main></html>'
STRICT = "default-src 'none'; img-src 'self'"
ELSEWHERE = "http://192.0.2.1/figure.png"

Serve = Callable[..., str]


class Answer(BaseHTTPRequestHandler):
    """Answers every address but ``/missing`` with the one page that the test is about."""

    def __init__(self, page: str, policy: str, *connection: object) -> None:
        self.page, self.policy = page, policy
        super().__init__(*connection)

    def do_GET(self) -> None:
        self.send_response(404 if self.path == "/missing" else 200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        if self.policy:
            self.send_header("Content-Security-Policy", self.policy)
        self.end_headers()
        self.wfile.write(self.page.encode())

    def log_message(self, *_: object) -> None:
        """Standard error is for failures."""


@pytest.fixture
def serve() -> Iterator[Serve]:
    """``serve(body, policy="")`` gives the address of a sound page around ``body``."""
    servers: list[ThreadingHTTPServer] = []

    def serving(body: str = "", policy: str = "") -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Answer, SOUND.format(body), policy))
        servers.append(server)
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}/"

    yield serving
    for server in servers:
        server.shutdown()
        server.server_close()


def test_a_sound_page_passes(page: Page, serve: Serve) -> None:
    page.goto(serve("<p>8,000 dollars a month</p>", STRICT))
    assert page.title() == "Ledger"
    no_accessibility_violation(page)


def opened(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_timeout(100)  # the browser reports a WebSocket from another process than the page's


@pytest.mark.parametrize(
    ("fault", "body"),
    [
        ("console error: nothing is right", "<script>console.error('nothing is right')</script>"),
        ("page error: .*unheard", "<script>throw new Error('unheard')</script>"),
        ("page error: .*unkept", "<script>Promise.reject(new Error('unkept'))</script>"),
        ("console error: .*404", '<img alt="" src="/missing">'),
        (f"leaves 127.0.0.1: {ELSEWHERE}", f'<img alt="" src="{ELSEWHERE}">'),
        ("leaves 127.0.0.1: http://localhost", '<img alt="" src="http://localhost:9/a.png">'),
        ("leaves 127.0.0.1: ws://", "<script>new WebSocket('ws://192.0.2.1/')</script>"),
        ("leaves 127.0.0.1: http://kb.invalid", "<script>open('http://kb.invalid/')</script>"),
    ],
)
def test_a_faulty_page_fails_its_test(browser: Browser, serve: Serve, fault: str, body: str) -> None:
    with pytest.raises(PageFault, match=fault), watched(browser) as page:
        opened(page, serve(body))


@pytest.mark.parametrize("body", ["<script>1</script>", '<p style="color:red">8,000</p>'])
def test_what_the_content_security_policy_forbids_fails_the_test(browser: Browser, serve: Serve, body: str) -> None:
    with pytest.raises(PageFault, match="Content Security Policy"), watched(browser) as page:
        page.goto(serve(body, STRICT))


def test_a_test_may_excuse_the_fault_that_it_brings_about(browser: Browser, serve: Serve) -> None:
    with watched(browser, excused=["status of 404"]) as page:
        page.goto(serve() + "missing")


def test_an_excuse_that_nothing_calls_for_fails_the_test(browser: Browser, serve: Serve) -> None:
    with (
        pytest.raises(PageFault, match="never seen: status of 404"),
        watched(browser, excused=["status of 404"]) as page,
    ):
        page.goto(serve())


@pytest.mark.parametrize(
    ("rule", "body"),
    [
        ("image-alt", '<img src="/plot.svg">'),
        ("label", "<input>"),
        ("color-contrast", '<p><font color="#dddddd">8,000 dollars</font></p>'),
    ],
)
def test_an_accessibility_violation_is_found_under_a_strict_policy(
    browser: Browser, serve: Serve, rule: str, body: str
) -> None:
    with watched(browser) as page:
        page.goto(serve(body, STRICT))
        with pytest.raises(PageFault, match=rule):
            no_accessibility_violation(page)


def test_a_page_without_scripts_is_watched_too(browser: Browser, serve: Serve) -> None:
    body = f"<script>console.error('never runs')</script><img alt='' src='{ELSEWHERE}'>"
    with pytest.raises(PageFault, match=ELSEWHERE) as fault, watched(browser, java_script_enabled=False) as page:
        page.goto(serve(body))
    assert "never runs" not in str(fault.value)


def test_without_chromium_the_test_is_skipped_and_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("KB_REQUIRE_BROWSER", raising=False)
    with pytest.raises(pytest.skip.Exception, match="apt-get install chromium"):
        executable()


def test_without_chromium_a_required_browser_fails_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("KB_REQUIRE_BROWSER", "1")
    with pytest.raises(pytest.fail.Exception, match="apt-get install chromium"):
        executable()
