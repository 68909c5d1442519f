"""Two readers have the same page open: the second to decide hears what the first one did, and overwrites nothing."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from httpx import Response
from litestar import Litestar
from litestar.testing import TestClient

from kb.app.backend import StoreBackend
from kb.domain.event import Recorded
from kb.intake.document_store import DocumentStore
from tests.ledger import Ledger
from tests.reasoning.story import figure, measure, question, source, term
from tests.web.served import HOST, signed_in

OURS = {"origin": f"http://{HOST}", "content-type": "application/x-www-form-urlencoded"}


@pytest.fixture
def reader(ledger: Ledger, tmp_path: Path) -> Iterator[TestClient[Litestar]]:
    """Of a base with one conflict, and with two names for one vendor."""
    told = (source("deck"), source("memo"), measure(), term("quayside"), term("quaysides"))
    said = (figure("$8k/month", id="a", by="deck"), figure("$14k/month", id="b", by="memo"))
    ledger.tell(*map(Recorded, (*told, *said)))
    with signed_in(StoreBackend(ledger.reasoned(), DocumentStore(tmp_path / "documents"))) as client:
        yield client


def form(reader: TestClient[Litestar], page: str, **words: str) -> dict[str, str]:
    """The first form of ``page`` that decides, filled in."""
    text = reader.get(page).text
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', text)
    return {"text": "Looked at it.", "actor": "Ada", **dict(reversed(hidden)), **words}


def sent(reader: TestClient[Litestar], address: str, filled: dict[str, str]) -> Response:
    return reader.post(address, content=urlencode(filled), headers=OURS, follow_redirects=False)


def conflict(reader: TestClient[Litestar]) -> str:
    return str(reader.get("/findings.json").json()["groups"][0]["rows"][0]["ref"]["slug"])


def test_the_second_ruling_is_refused_and_names_the_first(reader: TestClient[Litestar]) -> None:
    page = f"/findings/{conflict(reader)}"
    first = form(reader, page, decision="dismiss", actor="Ada", text="Two plans.")
    second = form(reader, page, decision="explain", actor="Ben", text="One counts tax.")
    address = page.replace("findings", "rulings")
    assert sent(reader, address, first).status_code == 303
    answer = sent(reader, address, second)
    assert answer.status_code == 409
    told = "Ada dismissed it: “Two plans.” Look at it again, then decide. Your decision was not recorded."
    assert told in answer.text and f'href="{page}"' in answer.text
    assert [one["text"] for one in reader.get(f"{page}.json").json()["rulings"]] == ["Two plans."]
    again = form(reader, page, decision="explain", actor="Ben", text="One counts tax.")
    assert sent(reader, address, again).status_code == 303


@pytest.mark.parametrize("name", ["zzzz", "ab", "ffffffffffff"])
def test_a_decision_about_a_finding_that_is_not_there_is_not_found(reader: TestClient[Litestar], name: str) -> None:
    filled = form(reader, f"/findings/{conflict(reader)}", decision="dismiss")
    answer = sent(reader, f"/rulings/{name}", filled)
    assert (answer.status_code, f"No finding has the id {name}." in answer.text) == (404, True)
    assert "go back to the form" not in answer.text


def test_a_name_of_control_characters_is_called_that(reader: TestClient[Litestar]) -> None:
    page = f"/findings/{conflict(reader)}"
    answer = sent(reader, page.replace("findings", "rulings"), form(reader, page, decision="dismiss", actor="\x1b"))
    assert answer.status_code == 422 and "needs an actor" not in answer.text
    assert "This text contains U+001B ESCAPE. Leave it out." in answer.text


def test_a_decision_on_a_log_that_was_cut_off_blames_the_base(reader: TestClient[Litestar], ledger: Ledger) -> None:
    page = f"/findings/{conflict(reader)}"
    filled = form(reader, page, decision="dismiss")
    last = ledger.base.head().position
    ledger.tamper(f"DELETE FROM log WHERE position = {last}")
    answer = sent(reader, page.replace("findings", "rulings"), filled)
    assert (answer.status_code, "its tail was cut off" in answer.text) == (503, True)
    assert "go back to the form" not in answer.text and ledger.base.head().position == last - 1


def test_a_ruling_that_was_taken_back_meanwhile_is_told_too(reader: TestClient[Litestar]) -> None:
    page = f"/findings/{conflict(reader)}"
    address = page.replace("findings", "rulings")
    sent(reader, address, form(reader, page, decision="dismiss"))
    stale = form(reader, page, decision="undo", text="Not so.")
    assert sent(reader, address, form(reader, page, decision="undo", actor="Ben", text="A slip.")).status_code == 303
    answer = sent(reader, address, stale)
    assert answer.status_code == 409
    assert "Ben undid the decision: “A slip.”" in answer.text


def test_the_same_ruling_twice_is_one_event(reader: TestClient[Litestar]) -> None:
    page = f"/findings/{conflict(reader)}"
    filled = form(reader, page, decision="dismiss", text="Two plans.")
    address = page.replace("findings", "rulings")
    assert sent(reader, address, filled).status_code == 303
    before = reader.get("/history.json").json()["moment"]["position"]
    for once_more in (filled, form(reader, page, decision="dismiss", text="Two plans.", actor="Ben")):
        answer = sent(reader, address, once_more)
        assert (answer.status_code, "Nothing was added" in answer.text) == (200, True)
    assert reader.get("/history.json").json()["moment"]["position"] == before


def test_the_second_decision_about_names_is_refused_and_names_the_first(reader: TestClient[Litestar]) -> None:
    first = form(reader, "/matches", decision="different", actor="Ada", text="Two firms.")
    second = form(reader, "/matches", decision="same", actor="Ben", text="One letter.")
    assert sent(reader, "/matchings", first).status_code == 303
    answer = sent(reader, "/matchings", second)
    assert answer.status_code == 409
    assert "Ada decided that the two are different: “Two firms.”" in answer.text
    assert sent(reader, "/matchings", first).status_code == 200
    [decided] = reader.get("/matches.json").json()["decided"]
    assert not decided["same"]


def test_who_has_not_signed_in_reads_of_the_names_and_decides_nothing(reader: TestClient[Litestar]) -> None:
    assert "<form" in reader.get("/matches").text
    filled = form(reader, "/matches", decision="same")
    reader.cookies.clear()
    text = reader.get("/matches").text
    assert "<form" not in text and text.count("To record a decision, sign in first") == 1
    assert sent(reader, "/matchings", filled).status_code == 403
    assert reader.get("/matches.json").json()["decided"] == []


def test_the_second_judgement_of_a_certainty_is_refused_and_names_the_first(
    reader: TestClient[Litestar], ledger: Ledger
) -> None:
    ledger.tell(Recorded(question("loss")))
    page, address = "/questions/loss", "/assessments/loss"
    first = form(reader, page, certainty="low", actor="Ada", text="One firm.")
    second = form(reader, page, certainty="high", actor="Ben", text="It is plain.")
    assert sent(reader, address, first).status_code == 303
    answer = sent(reader, address, second)
    assert answer.status_code == 409
    assert "Ada judged its certainty to be low: “One firm.”" in answer.text
    judged = reader.get(f"{page}.json").json()["answer"]
    assert judged["certainty"] == "low" and [made["actor"] for made in judged["judgements"]] == ["Ada"]


def test_a_judgement_of_an_answer_that_has_changed_is_refused(reader: TestClient[Litestar], ledger: Ledger) -> None:
    ledger.tell(Recorded(question("loss")))
    filled = form(reader, "/questions/loss", certainty="low")
    answer = sent(reader, "/assessments/loss", filled | {"seen": "0" * 64})
    assert answer.status_code == 409 and "nother answer has been computed since you looked" in answer.text
