"""A link to what was renamed leads on; a link to what was removed says when, by whom and why."""

from pathlib import Path

import pytest

from kb.app.backend import StoreBackend
from kb.domain.event import Recorded, Retracted, Revised
from kb.domain.identity import Author, Id
from kb.intake.document_store import DocumentStore
from tests.ledger import Ledger, figure, measure, redact, source
from tests.web.served import asking


@pytest.fixture
def library(ledger: Ledger, tmp_path: Path) -> StoreBackend:
    ledger.tell(Recorded(source("deck")), Recorded(measure("value")), Recorded(figure("fee")), Recorded(figure("cut")))
    ledger.tell(Revised(figure("fee", slug="deck/price")), author=Author("ada", "the author says price"))
    ledger.tell(Revised(figure("fee", slug="deck/list-price")), author=Author("ada", "clearer still"))
    ledger.tell(Retracted("figure", Id("cut")), author=Author("ben", "a slip of the pen."))
    return StoreBackend(ledger.reasoned(), DocumentStore(tmp_path / "documents"))


@pytest.mark.parametrize("slug", ["deck/fee", "deck/price"])
def test_a_renamed_thing_is_found_under_every_name_that_it_had(library: StoreBackend, slug: str) -> None:
    with asking(library) as client:
        answer = client.get(f"/figures/{slug}", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (302, "/figures/deck/list-price")
        assert '<a href="/figures/deck/list-price">deck/list-price</a>' in answer.text
        assert client.get(f"/figures/{slug}.json").json()["row"]["ref"]["slug"] == "deck/list-price"


def test_the_page_says_who_renamed_it_and_why(library: StoreBackend) -> None:
    with asking(library) as client:
        text = client.get("/figures/deck/fee", follow_redirects=False).text
    assert "It was renamed on 15 June 2026 by ada: the author says price." in text
    assert 'href="/history?event=5#event-5"' in text


def test_a_removed_thing_is_gone_and_the_page_says_when_and_why(library: StoreBackend) -> None:
    with asking(library) as client:
        answer = client.get("/figures/deck/cut")
        assert answer.status_code == 410
        assert "It was removed on 15 June 2026 by ben: a slip of the pen." in answer.text
        assert client.get("/figures/deck/cut?at=6").status_code == 200
        assert client.get("/figures/deck/cut.json").json()["event"] == 7


def test_a_moment_knows_only_the_names_of_its_time(library: StoreBackend) -> None:
    with asking(library) as client:
        assert client.get("/figures/deck/fee?at=4").status_code == 200
        answer = client.get("/figures/deck/fee?at=5", follow_redirects=False)
        assert answer.headers["location"] == "/figures/deck/price?at=5"


def test_a_name_that_was_never_used_is_not_found(library: StoreBackend) -> None:
    with asking(library) as client:
        assert client.get("/figures/deck/nothing").status_code == 404
        assert client.get("/claims/deck/fee").status_code == 404


def test_a_name_taken_anew_leads_to_its_new_bearer(library: StoreBackend, ledger: Ledger) -> None:
    ledger.tell(Recorded(figure("other", slug="deck/fee")))
    with asking(library) as client:
        assert client.get("/figures/deck/fee", follow_redirects=False).status_code == 200


def test_a_rebuild_remembers_the_names(library: StoreBackend, ledger: Ledger) -> None:
    before, after = ledger.base.rebuild()
    assert before == after


def test_who_removed_it_is_forgotten_with_the_payload(library: StoreBackend, ledger: Ledger) -> None:
    redact(ledger.base, 7, ledger.mint, Author("ada", "a private name"))
    with asking(library) as client:
        answer = client.get("/figures/deck/cut")
        assert answer.status_code == 410
        assert "ben" not in answer.text


@pytest.mark.parametrize("page", ["figures", "claims", "findings", "findings/measure", "units"])
def test_a_name_that_no_base_can_hold_is_not_found(library: StoreBackend, page: str) -> None:
    with asking(library) as client:
        assert client.get(f"/{page}/deck%00fee").status_code == 404
        assert client.get(f"/{page}/deck%00fee.json").status_code == 404
