"""The argument map in a browser: opened, focused, walked and moved, by mouse, by keyboard and without scripts."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import no_accessibility_violation, watched
from tests.reasoning.story import argument, claim
from tests.web.sample import SampleLibrary
from tests.web.served import Site, served

QUESTION = "/questions/pass-loses-money"


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """The sample with nine more arguments for a yes."""
    said = [claim(f"quay/more{n}", by="quay", voice=f"Passenger {n}", text=f"Passenger {n} pays.") for n in range(9)]
    for_it = [argument(f"quay/yes{n}", "question:loses:yes", f"claim:quay/more{n}") for n in range(9)]
    worded = [replace(one, text=f"What passenger {n} pays does not cover it.") for n, one in enumerate(for_it)]
    with served(SampleLibrary(*said, *worded)) as running:
        yield running


@pytest.fixture
def map_page(page: Page, site: Site) -> Page:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(reduced_motion="reduce")
    page.goto(site.address + QUESTION)
    page.locator("#map-figure").scroll_into_view_if_needed()
    return page


def card(page: Page, key: str) -> Locator:
    return page.locator(f'.card[data-key="{key}"]')


def place(page: Page, key: str) -> tuple[float, float]:
    box = card(page, key).locator(".face").bounding_box()
    assert box
    return box["x"], box["y"]


def places(page: Page) -> Any:
    return [pytest.approx(place(page, key), abs=1) for key in ("question", "yes", "no")]


def shown(page: Page) -> int:
    return page.locator(".canvas .card").count()


def test_the_first_view_is_on_one_screen_and_large_enough_to_read(map_page: Page) -> None:
    view, canvas = (map_page.locator(f".argument-map .{name}").bounding_box() for name in ("scroll", "canvas"))
    assert view and canvas
    assert view["height"] < 700
    assert canvas["width"] <= view["width"]
    sizes = (
        "[...document.querySelectorAll('.argument-map text')].map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(map_page.evaluate(sizes)) >= 13


def test_opening_by_mouse_moves_nothing_and_the_browser_leads_back(map_page: Page) -> None:
    before, cards = places(map_page), shown(map_page)
    card(map_page, "yes").locator(".act.open").click()
    expect(map_page.locator(".said")).to_have_text("7 cards more Show them")
    assert shown(map_page) == cards + 7
    assert map_page.url.endswith("?open=yes~2")
    assert [place(map_page, key) for key in ("question", "yes", "no")] == before
    map_page.go_back()
    expect(map_page.locator(".canvas .card")).to_have_count(cards)
    assert [place(map_page, key) for key in ("question", "yes", "no")] == before
    assert map_page.url.endswith(QUESTION)


def test_the_outline_is_in_step_with_the_map(map_page: Page) -> None:
    outlined = map_page.locator("#map-outline [data-key]")
    known = {"question", *outlined.evaluate_all("all => all.map(one => one.dataset.key)")}
    assert known == set(map_page.locator(".canvas .card").evaluate_all("all => all.map(one => one.dataset.key)"))
    map_page.locator("#map-outline").get_by_role("link", name="Open").first.click()
    expect(map_page.locator(".said")).to_contain_text("more")
    assert outlined.count() > len(known) - 1
    assert map_page.evaluate("document.activeElement.closest('#map-outline') !== null")


def test_the_keyboard_walks_the_edges_opens_focuses_and_goes_back(map_page: Page) -> None:
    stops = map_page.locator('.canvas a[tabindex="0"]')
    assert stops.count() == 1
    stops.focus()
    # Which side is nearer to the question depends on how large the cards behind them are.
    sides = ("yes", "no")
    walk = (("ArrowRight", sides), ("ArrowLeft", ("question",)), ("ArrowRight", sides), ("ArrowUp", ("yes",)))
    for pressed, reached in walk:
        map_page.keyboard.press(pressed)
        assert map_page.evaluate("document.activeElement.closest('.card').dataset.key") in reached
    map_page.keyboard.press("Enter")
    expect(map_page.locator(".said")).to_contain_text("cards more")
    assert "open=yes~2" in map_page.url
    assert map_page.evaluate("document.activeElement.closest('.card').dataset.key") == "yes"
    map_page.keyboard.press("Escape")
    expect(map_page.locator(".said")).to_contain_text("fewer")
    map_page.keyboard.press("ArrowRight")
    near = map_page.evaluate("document.activeElement.closest('.card').dataset.key")
    map_page.keyboard.press("f")
    expect(map_page.locator("#map-figure")).to_have_attribute("data-focus", near)
    map_page.keyboard.press("ArrowLeft")
    assert map_page.evaluate("document.activeElement.closest('.card').dataset.key") == "yes"


def test_hovering_a_card_lights_its_path_to_the_question(map_page: Page) -> None:
    card(map_page, "no").hover()
    expect(map_page.locator(".argument-map")).to_have_class("argument-map live lit")
    assert map_page.locator(".edge.on").evaluate_all("all => all.map(one => one.dataset.tail)") == ["no"]


def test_the_map_is_moved_by_dragging_and_zoomed_by_wheel_and_buttons(map_page: Page) -> None:
    width = map_page.locator(".canvas").bounding_box()
    map_page.get_by_role("button", name="Zoom in").click()
    wider = map_page.locator(".canvas").bounding_box()
    assert width and wider and wider["width"] > width["width"]
    x, y = place(map_page, "question")
    map_page.mouse.move(x + 20, y + 20)
    map_page.mouse.down()
    map_page.mouse.move(x + 120, y + 20, steps=3)
    map_page.mouse.up()
    assert map_page.url.endswith(QUESTION), "dragging over a card follows no link"
    map_page.mouse.move(x + 120, y + 20)
    map_page.keyboard.down("Control")
    map_page.mouse.wheel(0, 300)
    map_page.keyboard.up("Control")
    map_page.get_by_role("button", name="Fit the whole map").click()
    view, canvas = (map_page.locator(f".argument-map .{name}").bounding_box() for name in ("scroll", "canvas"))
    assert view and canvas and canvas["width"] <= view["width"] + 1


def test_a_failure_of_the_network_is_told(browser: Browser, site: Site) -> None:
    with watched(browser, excused=["Failed to load resource"]) as page:
        page.goto(site.address + QUESTION)
        page.route("**/*open=*", lambda route: route.abort())
        card(page, "yes").locator(".act.open").click()
        expect(page.locator(".said.problem")).to_have_text(
            "The map could not be loaded. Check the connection, and try again."
        )


def test_without_scripts_links_do_the_same(browser: Browser, site: Site) -> None:
    with watched(browser, java_script_enabled=False, viewport={"width": 1440, "height": 900}) as page:
        page.goto(site.address + QUESTION)
        before = shown(page)
        card(page, "yes").locator(".act.open").click()
        assert shown(page) > before
        card(page, "yes").locator(".act.close").click()
        assert shown(page) == before
        card(page, "no").locator(".act.focus").click()
        assert "focus=no" in page.url
        card(page, "no").locator(".page").click()
        assert page.url.endswith(QUESTION)


def test_everybody_can_read_every_state(page: Page, site: Site) -> None:
    page.goto(f"{site.address}{QUESTION}?focus=calc:times-used&hops=2")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    for width, look in ((1440, {"color_scheme": "light"}), (390, {"color_scheme": "dark"}), (1440, {"media": "print"})):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(**look)  # type: ignore[arg-type]
        no_accessibility_violation(page, within="section[aria-labelledby='map']")


def test_on_a_phone_the_outline_comes_first_and_nothing_overflows(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(site.address + QUESTION)
    outline, drawn = (page.locator(name).bounding_box() for name in ("#map-outline", "#map-figure"))
    assert outline and drawn and outline["y"] < drawn["y"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_what_can_be_clicked_is_large_enough(map_page: Page) -> None:
    small = """[...document.querySelectorAll('.argument-map a, .argument-map button, #map-outline .act')]
        .map(one => [one.getAttribute('aria-label') || one.textContent, one.getBoundingClientRect()])
        .filter(([, box]) => box.width < 24 || box.height < 23.5).map(([name]) => name)"""
    assert map_page.evaluate(small) == []


def test_nonsense_in_the_address_is_answered_with_the_name_of_the_parameter(browser: Browser, site: Site) -> None:
    with watched(browser, excused=["status of 400"]) as page:
        answer = page.goto(f"{site.address}{QUESTION}?open=yess")
        assert answer and answer.status == 400
        expect(page.locator("main")).to_contain_text(
            "The map has no card “yess”, which “open” names. Did you mean “yes”?"
        )
