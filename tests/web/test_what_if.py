"""What if, as a person meets it: a form that needs no script, and with scripts a page that answers at once."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from playwright.sync_api import Browser, Page, expect

from tests.browser import no_accessibility_violation, watched
from tests.web.sample import SampleLibrary
from tests.web.served import Site, asking, served

QUESTION = "/questions/pass-loses-money"
QUICK = "/what-if/pass-loses-money"


@pytest.fixture(scope="module")
def library() -> SampleLibrary:
    return SampleLibrary()


@pytest.fixture(scope="module")
def client(library: SampleLibrary) -> Iterator[TestClient[Litestar]]:
    with asking(library) as asked:
        yield asked


@pytest.fixture(scope="module")
def site(library: SampleLibrary) -> Iterator[Site]:
    with served(library) as running:
        yield running


def with_choices(path: str, *choices: tuple[str, str]) -> str:
    return f"{path}?{urlencode(choices)}"


def test_a_form_without_scripts_leads_to_the_state_that_it_names(client: TestClient[Litestar]) -> None:
    # A browser sends every field; what is empty is not chosen.
    sent = [("without", "quay"), ("without", "pilot"), ("take.1", ""), ("decide.claim:quay/empty", "accept")]
    page = client.get(with_choices(QUESTION, *sent, ("assume.pass-margin.cost", "")))
    assert page.status_code == 200
    assert "The answer goes from leaning yes to" in page.text
    assert page.text.count("Undo: ") == 3
    assert re.search(r'name="without" value="quay" checked', page.text)
    assert re.search(r'name="decide.claim:quay/empty" value="accept" checked', page.text)


def test_the_answer_that_is_shown_is_marked_as_a_thought(client: TestClient[Litestar]) -> None:
    assert "what-if-banner" not in client.get(QUESTION).text
    page = client.get(with_choices(QUESTION, ("without", "quay"))).text
    assert "As recorded, the answer is <b>leaning yes</b>." in page


def test_the_changes_alone_are_a_page_without_the_word_and_the_form(client: TestClient[Litestar]) -> None:
    choices = ("assume.pass-margin.cost", "50%")
    first = client.get(with_choices(QUICK, choices, ("part", "changes"))).text
    assert "The evidence " in first and "Working out the word" in first and "<form" not in first
    later = client.get(with_choices(QUICK, choices, ("part", "word"))).text
    assert "The answer " in later and "Working out the word" not in later and "<form" not in later
    assert client.get(with_choices(QUICK, choices, ("part", "all"))).status_code == 400


def test_the_twin_holds_what_is_chosen_and_what_changes(client: TestClient[Litestar]) -> None:
    told = client.get(with_choices(f"{QUICK}.json", ("voice", "mara lindqvist"))).json()
    assert told["pairs"] == [["voice", "Mara Lindqvist"]]
    assert told["changes"]["now"] and told["offered"]["sources"]


def test_every_hinge_of_the_page_leads_to_what_it_says(client: TestClient[Litestar]) -> None:
    rows = re.findall(r'<a href="([^"]+)" data-what-if="hinge">.*?<b>(\w+)</b>', client.get(QUESTION).text, re.DOTALL)
    assert rows
    for address, after in rows:
        direction = client.get(address.replace(QUESTION, f"{QUICK}.json").replace("&amp;", "&")).json()["changes"]
        assert direction["direction"] == {"open": "even"}.get(after, after)


@pytest.mark.parametrize("path", [QUESTION, QUICK, f"{QUICK}.json"])
@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("without", "quai", "Did you mean “quay”?"),
        ("accept", "quay/fee", "Only claims and arguments can be accepted or rejected."),
        ("assume.pass-margin.cost", "$5", "This input is in per cent, and the value in USD."),
        ("assume.pass-margin.cost", "500%", "This value is not possible here"),
        ("assume.pass-margin.<script>", "1", "has no input"),
        ("reject", "x" * 3000, "There is no claim or argument of this name."),
        ("withuot", "quay", "Did you mean “?without=quay”?"),
    ],
)
def test_nonsense_is_a_400_that_says_what_exists(
    client: TestClient[Litestar], path: str, name: str, text: str, said: str
) -> None:
    refused = client.get(with_choices(path, (name, text)))
    assert refused.status_code == 400 and said in refused.text.replace("\\u201c", "“").replace("\\u201d", "”")
    assert "<script>" not in refused.text or path.endswith(".json")


def test_a_calculation_is_worked_out_with_the_values_that_are_supposed(client: TestClient[Litestar]) -> None:
    page = client.get(with_choices("/calculations/pass-margin", ("assume.pass-margin.cost", "50%"))).text
    assert "Effects are shown for" in page and "50%" in page
    assert re.search(
        r"The margin of a pass once its passengers are carried,? (falls|changes|rises)(: it was| from)", page
    )
    assert 'name="assume.pass-margin.fee"' in page and "decide." not in page
    assert client.get("/calculations/times-used?without=quay").status_code in (200, 400)
    assert client.get("/calculations/pass-margin?assume.pass-margin.cost=x").status_code == 400


def test_a_what_if_leaves_no_trace(client: TestClient[Litestar], library: SampleLibrary) -> None:
    client.get(with_choices(QUESTION, ("without", "quay"), ("reject", "quay/overuse")))
    assert (library.decided, library.assessed, library.matched, library.settled) == ([], [], [], [])
    assert client.post(with_choices(QUICK, ("without", "quay"))).status_code == 405


# In a browser


def test_a_choice_changes_the_page_without_loading_it_and_back_undoes_it(page: Page, site: Site) -> None:
    page.goto(site.address + QUESTION)
    page.evaluate("window.stayed = true")
    page.get_by_text("Leave out a source or a voice").click()
    page.get_by_role("checkbox", name="The pass that sails too often").check()
    expect(page.locator(".changes li").first).to_contain_text("The answer goes from leaning yes")
    expect(page.locator(".what-if-banner")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="The answer goes")).to_be_visible()
    assert page.url == with_choices(site.address + QUESTION, ("without", "quay"))
    page.go_back()
    expect(page.locator(".what-if-banner")).to_have_count(0)
    expect(page.get_by_role("checkbox", name="The pass that sails too often")).not_to_be_checked()
    page.go_forward()
    page.get_by_role("link", name="Undo: ").click()
    expect(page.locator(".changes")).to_have_count(0)
    assert page.url == site.address + QUESTION and page.evaluate("window.stayed")


def test_by_keyboard_a_slider_sets_its_field_and_a_field_its_slider(page: Page, site: Site) -> None:
    page.goto(site.address + QUESTION)
    page.get_by_text("Set an assumption or another number").focus()
    page.keyboard.press("Enter")
    slider, field = page.locator("input[type=range]").first, page.get_by_label("The cost", exact=True)
    slider.focus()
    page.keyboard.press("End")
    expect(field).to_have_value("100%")
    expect(page.locator(".changes")).to_contain_text("Margin of a pass".lower())
    field.fill("25%")
    expect(slider).to_have_value("25")
    page.wait_for_url("**cost=25%25")


def test_a_value_that_is_none_is_told_beside_the_form(browser: Browser, site: Site) -> None:
    with watched(browser, excused=["status of 400"]) as page:
        page.goto(site.address + QUICK)
        page.get_by_text("Set an assumption or another number").click()
        page.get_by_label("The cost", exact=True).fill("much")
        expect(page.get_by_role("status").filter(has_text="This is no value")).to_be_visible()


def test_what_is_opened_on_the_map_stays_open(page: Page, site: Site) -> None:
    page.goto(site.address + with_choices(QUESTION, ("open", "claim:quay/overuse")))
    page.evaluate("window.stayed = true")
    page.locator("input[name=without]").first.evaluate("(one) => one.click()")
    expect(page.locator(".what-if-banner")).to_be_visible()
    assert "open=claim" in page.url and page.evaluate("window.stayed")
    page.get_by_role("link", name="Back to the record").click()
    expect(page.locator(".what-if-banner")).to_have_count(0)
    assert "open=claim" in page.url and "without" not in page.url


def test_a_hinge_is_followed_in_place(page: Page, site: Site) -> None:
    page.goto(site.address + QUESTION)
    page.evaluate("window.stayed = true")
    page.locator('a[data-what-if="hinge"]').first.click()
    expect(page.locator(".chosen li")).to_have_count(1)
    expect(page.locator(".what-if-form :checked[name=without]")).to_have_count(1)
    assert page.evaluate("window.stayed")


@pytest.fixture
def without_scripts(browser: Browser) -> Iterator[Page]:
    with watched(browser, java_script_enabled=False, viewport={"width": 320, "height": 700}) as opened:
        yield opened


def test_without_scripts_the_button_shows_what_changes(without_scripts: Page, site: Site) -> None:
    page = without_scripts
    page.goto(site.address + QUICK)
    page.get_by_text("Leave out a source or a voice").click()
    page.get_by_role("checkbox", name="A pilot’s sum").check()
    page.get_by_role("button", name="Show what changes").click()
    assert "without=pilot" in page.url and page.locator(".changes li").count() >= 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_panel_is_accessible_and_fits_a_phone(browser: Browser, site: Site) -> None:
    choices = [("without", "quay"), ("reject", "quay/empty"), ("assume.pass-margin.cost", "50%")]
    with watched(browser, viewport={"width": 320, "height": 700}) as page:
        page.goto(with_choices(site.address + QUICK, *choices))
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        no_accessibility_violation(page)
        page.emulate_media(color_scheme="dark")
        no_accessibility_violation(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        small = "[...document.querySelectorAll('.chosen a, .what-if-form summary, .options label')]"
        assert page.evaluate(f"{small}.every((one) => one.getBoundingClientRect().height >= 24)")


def test_a_value_with_a_hundred_digits_is_shown(client: TestClient[Litestar]) -> None:
    for digits in (28, 60, 99):
        address = with_choices(QUESTION, ("assume.pass-margin.fee", f"${'9' * digits} / month"))
        assert client.get(address).status_code == 200
