"""The page of passages that wait for a person, as a person meets it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from kb.app.backend import StoreBackend
from kb.domain.event import DocumentAttached, Missed, PassagesMissed, Recorded
from kb.domain.identity import Id
from kb.domain.passage import Anchor, Offer
from kb.intake.document_store import DocumentStore
from tests.browser import no_accessibility_violation
from tests.ledger import Ledger, claim, figure, measure, source
from tests.web.served import Site, served

TEXT = "ab" * 32
EARLIER = Anchor(
    start=40,
    end=45,
    before="It was seen. The union found ",
    text="$8000",
    after=" of tickets a month, and more elsewhere.",
)
NOW = Offer(
    Anchor(
        start=52,
        end=57,
        before="It was seen. The union found ",
        text="$8100",
        after=" of tickets a month, and more elsewhere.",
    ),
    3,
    96,
)
THERE = Offer(
    Anchor(start=90, end=95, before="Once the union found ", text="$8000", after=" of tickets a year."), 9, 88
)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    ledger = Ledger(f"sqlite:///{tmp_path / 'kb.db'}")
    ledger.tell(
        Recorded(source("deck", document=TEXT)),
        Recorded(measure("value")),
        Recorded(figure("fee")),
        Recorded(claim("covers")),
        DocumentAttached(TEXT, 1000),
        PassagesMissed(
            TEXT,
            (
                Missed(entity=Id("fee"), index=0, offers=(NOW, THERE), earlier=EARLIER, document="cd" * 32),
                Missed(entity=Id("covers"), index=0, offers=(THERE,)),
                Missed(entity=Id("covers"), index=1, offers=(), earlier=EARLIER, document="cd" * 32),
            ),
        ),
    )
    with served(StoreBackend(ledger.reasoned(), DocumentStore(tmp_path / "documents"), "ada")) as site:
        yield site
    ledger.close()


def test_everybody_can_read_it_on_any_screen(page: Page, site: Site) -> None:
    site.let_in(page)
    page.goto(f"{site.address}/passages#deck")
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        no_accessibility_violation(page)
    for width in (360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_reader_signs_in_and_says_where_a_passage_stands(page: Page, site: Site) -> None:
    page.goto(f"{site.address}/passages")
    assert page.get_by_text("To record a decision, sign in first").is_visible()
    assert page.locator("form").count() == 0
    page.goto(site.sign_in.link)
    assert page.url == f"{site.address}/"
    page.get_by_text("More", exact=True).click()
    page.get_by_role("link", name="Passages", exact=True).click()
    assert page.get_by_text("2 to review, 1 not found.").count() == 1
    page.locator("li", has=page.locator("input[value='deck/fee']")).get_by_text("Choose the right place").click()
    form = page.locator("form", has=page.locator("input[value='deck/fee']"))
    form.get_by_label("Offer 1 is right").check()
    form.get_by_label("Why, in a sentence").fill("the same count, a month later")
    form.get_by_role("button", name="Record the decision").click()
    page.wait_for_url(f"{site.address}/passages")
    assert page.get_by_text("1 to review, 1 not found.").count() == 1
    page.goto(f"{site.address}/figures/deck/fee")
    assert page.get_by_text("Confirmed by a person.").count() == 1
    assert page.locator("mark").first.text_content() == "$8100"
    page.goto(f"{site.address}/history")
    assert page.get_by_text("Passages not found with certainty: 3").count() == 1
