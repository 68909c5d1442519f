"""Each kind of page as a person meets it: in a browser, light and dark, wide and narrow, with and without scripts."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from kb.domain.finding import Verdict
from kb.reports.words.verdicts import VERDICTS
from tests.browser import no_accessibility_violation, watched
from tests.web.sample import SampleLibrary, ruled
from tests.web.served import Site, served

STYLE_SHEET = Path(__file__).parents[2] / "templates" / "static" / "kb.css"

SHAPE = re.compile(r'<(?:rect|path|circle|line|svg)\b[^>]*?\bclass="([\w -]+)"')
"""A shape of a template, whose classes the style sheet must know: without a rule it is drawn in solid black."""

PAGES = [
    "/",
    "/questions",
    "/questions/pass-loses-money",
    "/findings",
    "/findings/measure/ticket-value",
    "/findings/{finding}",
    "/calculations",
    "/calculations/times-used",
    "/calculations/per-sailing",
    "/measures",
    "/measures/ticket-value",
    "/figures",
    "/figures/gangwan/north",
    "/claims",
    "/claims/quay/empty",
    "/sources",
    "/sources/gangwan",
    "/history",
    "/glossary",
    "/matches",
    "/units",
    "/passages",
    "/sources?at=26",
]

FAULTY = {
    "/nothing": 404,
    "/?at=999": 400,
    "/findings?verdct=conflict": 400,
    "/findings/0123456789abcdef": 404,
    "/sign-in?token=used": 403,
}


def test_each_shape_that_is_drawn_has_a_style() -> None:
    rules = "".join(sheet.read_text(encoding="utf-8") for sheet in STYLE_SHEET.parent.glob("*.css"))
    templates = STYLE_SHEET.parents[1].rglob("*.j2")
    classes = {name for file in templates for named in SHAPE.findall(file.read_text("utf-8")) for name in named.split()}
    assert classes and {name for name in classes if not re.search(rf"\.{name}\b", rules)} == set()


@pytest.fixture(scope="module")
def library() -> SampleLibrary:
    view = SampleLibrary().view()
    return SampleLibrary(ruled(view, view.findings[0]))


@pytest.fixture(scope="module")
def site(library: SampleLibrary) -> Iterator[Site]:
    with served(library) as running:
        yield running


def at(site: Site, library: SampleLibrary, path: str) -> str:
    return site.address + path.format(finding=library.view().findings[0].id)


OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"

TOO_WIDE = """[...document.querySelectorAll('body *')]
    .filter(one => !one.closest('.scroll, .formula, svg, math, .skip'))
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1)
    .map(one => one.outerHTML.slice(0, 90))"""


@pytest.mark.parametrize("path", PAGES)
def test_a_page_can_be_read_by_everybody(page: Page, site: Site, library: SampleLibrary, path: str) -> None:
    site.let_in(page)
    page.goto(at(site, library, path))
    page.evaluate(OPEN_ALL)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        no_accessibility_violation(page)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_never_scrolls_sideways(page: Page, site: Site, library: SampleLibrary, path: str) -> None:
    site.let_in(page)
    page.goto(at(site, library, path))
    page.evaluate(OPEN_ALL)
    for width in (360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(TOO_WIDE) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_page_says_how_to_sign_in_to_everybody(page: Page, site: Site, library: SampleLibrary) -> None:
    page.goto(at(site, library, "/findings/{finding}"))
    assert page.get_by_text("To record a decision, sign in first").count() == 1
    no_accessibility_violation(page)
    page.set_viewport_size({"width": 360, "height": 800})
    assert page.evaluate(TOO_WIDE) == []


@pytest.mark.parametrize(("path", "status"), FAULTY.items())
def test_a_page_that_says_what_went_wrong_can_be_read_by_everybody(
    browser: Browser, site: Site, path: str, status: int
) -> None:
    with watched(browser, excused=[f"status of {status}"]) as page:
        page.goto(site.address + path)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            no_accessibility_violation(page)


@pytest.mark.parametrize("path", ["/", "/questions/pass-loses-money", "/measures/ticket-value"])
def test_a_page_says_everything_without_scripts(browser: Browser, site: Site, path: str) -> None:
    with watched(browser) as with_scripts, watched(browser, java_script_enabled=False) as without:
        texts = []
        for page in (with_scripts, without):
            page.goto(site.address + path)
            texts.append(page.locator("main").inner_text())
        assert texts[0] == texts[1]


def test_a_reader_gets_from_a_dispute_to_the_sentence_behind_it(page: Page, site: Site) -> None:
    page.goto(site.address)
    page.get_by_role("link", name="Ticket value used up by one pass in a month").first.click()
    assert page.locator("mark").first.inner_text() == "upward of $120-150"
    page.get_by_role("link", name="$120 to $150 a month or more").first.click()
    assert page.title().startswith("$120 to $150 a month or more")
    page.get_by_role("link", name="The pass that sails too often").first.click()
    assert page.get_by_role("heading", level=1).inner_text() == "The pass that sails too often"


def test_an_open_end_is_drawn_as_an_arrow(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/measures/ticket-value")
    strips = page.locator(".plot li")
    heads = [strips.nth(at).locator(".head").count() for at in range(strips.count())]
    assert heads == [1, 0, 0, 0]  # upward of $120-150; $300, said twice; $520


def test_the_keyboard_skips_to_the_content(page: Page, site: Site) -> None:
    page.goto(site.address)
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_words_of_a_chinese_source_say_that_they_are_chinese(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/figures/gangwan/north")
    assert page.locator("blockquote").get_attribute("lang") == "zh"
    page.goto(f"{site.address}/sources/gangwan")
    assert page.locator("h1").get_attribute("lang") == "zh"


@pytest.mark.parametrize("verdict", Verdict)
def test_the_style_sheet_has_the_colours_of_the_table_of_verdicts(verdict: Verdict) -> None:
    sheet = STYLE_SHEET.read_text(encoding="utf-8")
    name, style = verdict.replace("_", "-"), VERDICTS[verdict]
    assert f"--{name}: {style.light};" in sheet and f"--{name}: {style.dark};" in sheet
    assert f".{verdict} {{ --tone: var(--{name});" in sheet
