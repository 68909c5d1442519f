"""Over a damaged base a page says where it is damaged, and the server prints no traceback."""

import logging
from pathlib import Path

import pytest

from kb.app.backend import StoreBackend
from kb.domain.event import Recorded
from kb.intake.document_store import DocumentStore
from tests.ledger import Ledger, figure, measure, source
from tests.web.served import asking


def test_a_page_says_where_the_base_is_damaged(
    ledger: Ledger, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ledger.tell(Recorded(source("deck")), Recorded(measure("value")), Recorded(figure("a")))
    backend = StoreBackend(ledger.reasoned(), DocumentStore(tmp_path / "documents"))
    ledger.tamper("UPDATE figure SET body = '{' WHERE id = 'a'")
    with caplog.at_level(logging.ERROR, "kb.web"), asking(backend) as client:
        answer = client.get("/figures")
    assert answer.status_code == 503
    assert "figure deck/a: not what its events say: body" in answer.text and "kb rebuild" in answer.text
    assert "Traceback" not in caplog.text and "figure deck/a" in caplog.text


def test_a_view_from_before_an_event_is_forgotten(ledger: Ledger, tmp_path: Path) -> None:
    ledger.tell(Recorded(source("deck")))
    backend = StoreBackend(ledger.reasoned(), DocumentStore(tmp_path / "documents"))
    backend.view(1)
    ledger.tell(Recorded(figure("a")))
    backend.view(1)
    assert {key[0] for key in backend._views} == {ledger.base.head().hash}
