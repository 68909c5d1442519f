"""Does a page behave in a real browser? Chromium, watched: no error, no request elsewhere, no accessibility violation.

Tests take the fixture ``page`` (tests/web/conftest.py), or open a page of their own kind with ``watched``.
"""

import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright

REQUIRED = "KB_REQUIRE_BROWSER"
NO_CHROMIUM = f"no Chromium on PATH; install it (Debian: apt-get install chromium); {REQUIRED}=1 makes this a failure"

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
_HOST = "127.0.0.1"
_INSIDE = ("about", "blob", "data", "file")


class PageFault(AssertionError):
    """A page did what no page of ours may do; each line is one thing that was seen."""


def chromium() -> str | None:
    """Path of the browser that is installed; None where there is none."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


def required() -> bool:
    """Whether a missing browser is a failure instead of a skip."""
    return os.environ.get(REQUIRED, "") not in ("", "0")


def launched(playwright: Playwright, executable: str) -> Browser:
    """A browser without a window that resolves no name and does nothing of its own accord."""
    return playwright.chromium.launch(executable_path=executable, headless=True, args=_FLAGS)


@dataclass
class Watch:
    """What was seen that should not have happened; ``excused`` are patterns of what a test brings about itself."""

    excused: tuple[re.Pattern[str], ...] = ()
    seen: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Listen to every page of ``context`` from now on."""
        context.on("console", self._console)
        context.on("weberror", lambda told: self._note(f"page error: {told.error}"))
        context.on("request", lambda request: self._address(request.url))
        context.on("page", lambda page: page.on("websocket", lambda socket: self._address(socket.url)))

    def faults(self) -> list[str]:
        """What nobody excused, and each excuse that nothing called for."""
        idle = [pattern for pattern in self.excused if not any(map(pattern.search, self.seen))]
        faults = [line for line in self.seen if not any(pattern.search(line) for pattern in self.excused)]
        return faults + [f"expected, and never seen: {pattern.pattern}" for pattern in idle]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._note(f"console error: {message.text} ({message.location.get('url', '')})")

    def _address(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in _INSIDE and parts.hostname != _HOST:
            self._note(f"request that leaves {_HOST}: {url}")

    def _note(self, line: str) -> None:
        self.seen.append(line)


@contextmanager
def watched(browser: Browser, *, excused: Sequence[str] = (), **context: Any) -> Iterator[Page]:
    """A page in a context of its own, judged when it closes.

    Args:
        browser: The running browser.
        excused: Patterns of faults that the test brings about, e.g. ``"status of 404"`` for an unknown address.
        context: What Playwright's ``new_context`` takes, e.g. ``color_scheme="dark"``, ``java_script_enabled=False``.

    Raises:
        PageFault: Something was seen that was not excused, or something was excused that was not seen.
    """
    watch = Watch(tuple(map(re.compile, excused)))
    with browser.new_context(**context) as place:
        watch.over(place)
        yield place.new_page()
        for opened in place.pages:
            opened.wait_for_load_state()
            opened.title()  # an answer from the page comes after everything that it has reported
    if faults := watch.faults():
        raise PageFault("\n".join(faults))


def no_accessibility_violation(page: Page, within: str | None = None) -> None:
    """Check the page as it stands now, or what is ``within`` an element, against all rules of axe-core.

    Raises:
        PageFault: A rule is broken; each line names the rule, the elements and how to mend them.
    """
    found = Axe().run(page, context=within).response
    if not found["passes"] and not found["violations"]:
        raise PageFault(f"axe-core found nothing to look at on {page.url}")
    if found["violations"]:
        raise PageFault("\n".join(_told(violation) for violation in found["violations"]))


def _told(violation: dict[str, Any]) -> str:
    nodes = "; ".join(f"{' '.join(map(str, node['target']))} {node['failureSummary']}" for node in violation["nodes"])
    return f"{violation['id']} ({violation['impact']}): {violation['help']}: {nodes}"
