"""A reader compares a question at two moments."""

from collections.abc import Iterator
from typing import Literal

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from playwright.sync_api import Page

from tests.browser import no_accessibility_violation
from tests.web.sample import PAPERS, WORDS, SampleLibrary
from tests.web.served import Read, asking, served

PAGE = "/questions/pass-loses-money"
ASKED, READ = len(WORDS), len(WORDS) + len(PAPERS)
"""The moments at which the question was asked, and at which the papers were read."""


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient[Litestar]]:
    with asking(SampleLibrary()) as asked:
        yield asked


def test_the_page_says_what_changed_with_event_actor_and_reason(client: TestClient[Litestar]) -> None:
    text = Read(client.get(f"{PAGE}?from={READ}").text).text
    assert f"What changed from event {READ} to event {SampleLibrary().latest}" in text
    assert "The answer goes from open to" in text
    assert "sums and arguments across the papers" in text


def test_the_map_marks_what_is_new_since_then(client: TestClient[Litestar]) -> None:
    cards = client.get(f"{PAGE}.json?from={READ}&open=all").json()["map"]["cards"]
    assert "added" in {card["status"] for card in cards}
    without = client.get(f"{PAGE}.json?open=all").json()["map"]["cards"]
    assert "added" not in {card["status"] for card in without}
    assert [(card["key"], card["x"], card["y"]) for card in cards] == [
        (card["key"], card["x"], card["y"]) for card in without
    ]


def test_moments_to_choose_from_keep_the_other_choices(client: TestClient[Litestar]) -> None:
    html = client.get(f"{PAGE}?from={READ}&open=all").text
    assert f'<option value="{READ}" selected>event {READ}: three papers on the pass' in html
    assert '<input type="hidden" name="open" value="all">' in html


def test_the_moment_before_is_offered_first(client: TestClient[Litestar]) -> None:
    html = client.get(PAGE).text
    assert f'<option value="{READ}" selected>' in html and html.count(" selected>event") == 2
    assert "between-form" not in client.get(f"{PAGE}?at={ASKED}").text


def test_a_page_that_compares_has_a_json_twin(client: TestClient[Litestar]) -> None:
    changes = client.get(f"{PAGE}.json?from={ASKED}&at={READ}").json()["between"]
    assert (changes["earlier"], changes["later"]) == (ASKED, READ)
    assert client.get(f"{PAGE}.json").json()["between"] is None


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("from=99999", "the log ends at"),
        ("from=x", "must be the position of an event"),
        ("from=1", "it was recorded by event"),
        (f"from={READ}&at={ASKED}", "Swap the two"),
        (f"from={READ}&at={READ}", "Choose an earlier one"),
        (f"from={ASKED}&from={READ}", "given more than once"),
    ],
)
def test_moments_that_cannot_be_compared_are_refused_in_words(
    client: TestClient[Litestar], query: str, words: str
) -> None:
    answer = client.get(f"{PAGE}?{query}")
    assert answer.status_code == 400 and words in Read(answer.text).text


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_changed_is_accessible_and_fits_a_phone(page: Page, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 320, "height": 700})
    with served(SampleLibrary()) as site:
        page.goto(f"{site.address}{PAGE}?from={READ}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        no_accessibility_violation(page)
        page.get_by_label("From", exact=True).select_option(str(ASKED))
        page.get_by_role("button", name="Compare").click()
        assert page.get_by_role("heading", name=f"What changed from event {ASKED} to event").is_visible()
