"""The browser that page tests look through; see tests/browser.py."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import NO_CHROMIUM, chromium, launched, required, watched


def executable() -> str:
    """Path of Chromium; where there is none the test is skipped, or fails where a browser is required."""
    path = chromium()
    if path is None:
        (pytest.fail if required() else pytest.skip)(NO_CHROMIUM)
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests of this process. While it runs, this thread has an event loop: no ``asyncio.run``."""
    path = executable()
    with sync_playwright() as playwright, launched(playwright, path) as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page that fails the test on any console error, page error or request that leaves this machine."""
    with watched(browser) as opened:
        yield opened
