"""The pages as files: whatever a reader can follow is there, in a folder as on a web server."""

import posixpath
import re
from collections.abc import Mapping
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from kb.domain.confidence import Reliability
from kb.domain.entity import Source
from kb.domain.identity import Id
from kb.web.site import Site
from tests.browser import no_accessibility_violation, watched
from tests.web.sample import FORTNIGHT, SampleLibrary
from tests.web.served import TEMPLATES, Read

NASTY = Source(
    id=Id("nasty"),
    slug="nasty",
    file="nasty",
    title='" href="/static/x" <a href="/x">&quot; <script>alert(1)</script> עברית \u2028' + "x" * 5000,
    type="report",
    language="he",
    reliability=Reliability.F,
)


@cache
def library() -> SampleLibrary:
    return SampleLibrary(FORTNIGHT, NASTY)


@cache
def site(at: int | None) -> Mapping[str, bytes]:
    return dict(Site(library(), TEMPLATES, at).files())


@cache
def pages(at: int | None) -> Mapping[str, str]:
    return {name: content.decode() for name, content in site(at).items() if name.endswith(".html")}


@cache
def read(at: int | None, name: str) -> Read:
    return Read(pages(at)[name])


def links(html: str) -> set[str]:
    return {unescape(link) for link in re.findall(r' (?:href|src)="([^"]*)"', html)}


@pytest.mark.parametrize("at", [None, 9])
def test_every_link_is_relative_and_leads_to_a_file_and_a_place_in_it(at: int | None) -> None:
    files = site(at)
    for name, html in pages(at).items():
        for link in links(html):
            parts = urlsplit(link)
            assert not parts.scheme and not link.startswith("/"), f"{name}: {link}"
            path = posixpath.join(posixpath.dirname(name), unquote(parts.path)) if parts.path else name
            target = posixpath.normpath(path)
            assert target in files, f"{name}: {link}"
            if parts.fragment:
                assert read(at, target).leads_to(parts.fragment), f"{name}: {link}"


@pytest.mark.parametrize("at", [None, 9])
def test_nothing_asks_for_a_server(at: int | None) -> None:
    for name, html in pages(at).items():
        assert "<form" not in html and ".json" not in html and "sign in" not in html.lower(), name


def test_every_thing_has_its_page() -> None:
    view = library().view()
    known = view.knowledge
    for folder, entities in (("figures", known.figures), ("claims", known.claims), ("sources", known.sources),
                             ("measures", known.measures), ("units", known.units), ("questions", known.questions),
                             ("calculations", known.calculations)):  # fmt: skip
        assert {f"{folder}/{entity.slug}.html" for entity in entities.values()} <= set(site(None))
    assert {f"findings/{finding.id}.html" for finding in view.findings} <= set(site(None))


def test_a_moment_of_the_past_shows_what_was_known_then() -> None:
    assert "as of event 9 of" in pages(9)["index.html"]
    assert "back to now" not in pages(9)["index.html"]
    assert len(pages(9)) < len(pages(None))


def test_a_text_that_looks_like_markup_is_shown_as_text() -> None:
    html = pages(None)["sources/nasty.html"]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html and "<script>alert" not in html
    index = site(None)["static/search-index.js"].decode()
    assert '\\" href=\\"/static/x\\"' in index


def test_maps_styles_and_scripts_are_there() -> None:
    assert "<svg" in pages(None)["questions/pass-loses-money.html"]
    shipped = {f"static/{path.name}" for path in (TEMPLATES / "static").iterdir()}
    assert {name for name in site(None) if name.startswith("static/")} == shipped | {"static/search-index.js"}
    assert site(None)["static/search-index.js"].startswith(b'const KB_PAGES = [["index.html",')


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("site")
    for name, content in site(None).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return root


def test_search_works_in_a_folder(browser: Browser, folder: Path) -> None:
    # To look at a style sheet, axe asks for it in a way that no page in a folder may.
    with watched(browser, excused=("CORS policy", "ERR_FAILED")) as page:
        page.goto((folder / "figures" / "quay" / "office-value.html").as_uri())
        find(page, "nobody says this")
        expect(page.locator("#found")).to_have_text("0 pages")
        find(page, "ÓFFICE ticket")
        no_accessibility_violation(page)
        page.locator(".find li a").first.click()
        expect(page).to_have_url(re.compile("figures/quay/.*html$"))
        expect(page.locator("h1")).to_be_visible()


def find(page: Page, words: str) -> None:
    page.get_by_label("Search").fill(words)


def test_without_scripts_no_search_is_shown(browser: Browser, folder: Path) -> None:
    with watched(browser, java_script_enabled=False) as page:
        page.goto((folder / "index.html").as_uri())
        expect(page.get_by_label("Search")).to_be_hidden()
