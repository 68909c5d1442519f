"""Over a damaged base a page says where it is damaged, and the server prints no traceback."""

import asyncio
import logging
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlencode

import pytest

from kb.app.backend import StoreBackend
from kb.domain.event import Recorded
from kb.domain.identity import Author
from kb.domain.problem import Refused
from kb.domain.review import RulingRequest
from kb.intake.document_store import DocumentStore
from kb.reports.view import View
from kb.store.base import Base
from tests.ledger import Ledger, figure, measure, source
from tests.web.sample import SampleLibrary
from tests.web.served import HOST, asking, signed_in


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


def test_a_page_does_not_show_a_number_that_somebody_wrote_into_a_table(ledger: Ledger, tmp_path: Path) -> None:
    ledger.tell(Recorded(source("deck")), Recorded(measure("value")), Recorded(figure("a")))
    backend = StoreBackend(ledger.reasoned(), DocumentStore(tmp_path / "documents"))
    ledger.tamper("UPDATE figure SET body = replace(body, '8000', '9000') WHERE id = 'a'")
    with asking(backend) as client:
        answer = client.get("/figures")
    assert answer.status_code == 503 and "table figure: its rows are not those that kb wrote" in answer.text


def test_a_page_does_not_show_an_event_that_somebody_changed(ledger: Ledger, tmp_path: Path) -> None:
    ledger.tell(Recorded(source("deck")), Recorded(measure("value")), Recorded(figure("a")))
    backend = StoreBackend(ledger.reasoned(), DocumentStore(tmp_path / "documents"))
    ledger.tamper("UPDATE log SET reason = 'another' WHERE position = 2")
    with asking(backend) as client:
        answer = client.get("/history")
    assert answer.status_code == 503 and "position 2: the payload was altered" in answer.text


@pytest.mark.parametrize(("position", "what"), [(2, "this event is missing"), (3, "its tail was cut off")])
def test_no_page_is_shown_of_a_log_that_lacks_an_event(
    ledger: Ledger, tmp_path: Path, position: int, what: str
) -> None:
    ledger.tell(Recorded(source("deck")), Recorded(measure("value")), Recorded(figure("a")))
    backend = StoreBackend(ledger.reasoned(), DocumentStore(tmp_path / "documents"))
    ledger.tamper(f"DELETE FROM log WHERE position = {position}")
    with asking(backend) as client:
        answer = client.get("/figures")
    assert answer.status_code == 503 and what in answer.text


def test_the_history_says_who_did_it_by_the_events_and_not_by_a_table(ledger: Ledger, tmp_path: Path) -> None:
    ledger.tell(Recorded(source("deck")), author=Author("Ada", "the deck"))
    backend = StoreBackend(ledger.reasoned(), DocumentStore(tmp_path / "documents"))
    ledger.tamper("UPDATE batch SET actor = 'Mallory', reason = 'forged'")
    with asking(backend) as client:
        answer = client.get("/history")
    assert answer.status_code == 200 and "Ada" in answer.text and "Mallory" not in answer.text


@pytest.fixture
def path(ledger: Ledger) -> Path:
    """The file of a base that holds a source and a figure."""
    if not ledger.url.startswith("sqlite"):
        pytest.skip("a server keeps its files itself")
    ledger.tell(Recorded(source("deck")), Recorded(measure("value")), Recorded(figure("a")))
    return Path(ledger.url.removeprefix("sqlite:///"))


def test_a_page_says_that_the_base_is_gone_and_shows_it_again_when_it_is_back(
    ledger: Ledger, path: Path, tmp_path: Path
) -> None:
    backend = StoreBackend(ledger.reasoned(), DocumentStore(tmp_path / "documents"))
    with asking(backend) as client:
        assert client.get("/figures").status_code == 200
        path.rename(path.with_name("moved.db"))
        answer = client.get("/figures")
        assert answer.status_code == 503 and "damage" not in answer.text
        assert f"{path}: the base is gone: its file was moved or deleted" in answer.text and "kb restore" in answer.text
        path.with_name("moved.db").rename(path)
        assert client.get("/figures").status_code == 200


def test_a_page_says_that_another_file_has_taken_the_place_of_the_base(
    ledger: Ledger, path: Path, tmp_path: Path
) -> None:
    backend = StoreBackend(ledger.reasoned(), DocumentStore(tmp_path / "documents"))
    with asking(backend) as client:
        assert client.get("/figures").status_code == 200
        shutil.copy(path, path.with_name("copy.db"))
        path.with_name("copy.db").rename(path)
        answer = client.get("/figures")
    assert answer.status_code == 503 and "another file has taken the place of the base" in answer.text
    with pytest.raises(Refused, match="another file"):
        ledger.tell(Recorded(figure("b")))


def test_a_page_that_was_shown_before_does_not_hide_damage(ledger: Ledger, path: Path, tmp_path: Path) -> None:
    backend = StoreBackend(ledger.reasoned(), DocumentStore(tmp_path / "documents"))
    with asking(backend) as client, closing(sqlite3.connect(path)) as shell:
        assert client.get("/figures").status_code == 200
        [root] = shell.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'figure'").fetchone()
        [size] = shell.execute("PRAGMA page_size").fetchone()
        shell.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with path.open("r+b") as file:
            file.seek((root - 1) * size)
            file.write(b"\xff" * size)
        answer = client.get("/figures")
    assert answer.status_code == 503 and "the database file is damaged" in answer.text


def test_a_view_from_before_an_event_is_forgotten(ledger: Ledger, tmp_path: Path) -> None:
    ledger.tell(Recorded(source("deck")))
    backend = StoreBackend(ledger.reasoned(), DocumentStore(tmp_path / "documents"))
    before = backend.view(1)
    assert backend.view(1) is before
    ledger.tell(Recorded(figure("a")))
    assert backend.view(1) is not before
    assert list(backend._views._values) == [(ledger.base.head(), 1)]


def test_a_slow_moment_keeps_no_other_page_waiting(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.tell(Recorded(source("deck")), Recorded(figure("a")))
    backend = StoreBackend(ledger.reasoned(), DocumentStore(tmp_path / "documents"))
    replaying, other_page_answered = threading.Event(), threading.Event()

    def replay(_base: Base, _position: int) -> NoReturn:
        replaying.set()
        assert other_page_answered.wait(20)
        raise ZeroDivisionError

    monkeypatch.setattr(Base, "at", replay)
    with ThreadPoolExecutor() as pool:
        slow = pool.submit(backend.view, 1)
        assert replaying.wait(20)
        assert backend.view().moment.position == 2
        other_page_answered.set()
        assert isinstance(slow.exception(), ZeroDivisionError)


class Broken(SampleLibrary):
    """Every page ends in an error; remembers whether the server could go on while its cause was looked for."""

    def __init__(self) -> None:
        super().__init__()
        self.server_went_on: list[bool] = []

    def view(self, _at: int | None = None) -> View:
        raise KeyError("unforeseen")

    def decide(self, _request: RulingRequest, _author: Author) -> bool:
        raise KeyError("unforeseen")

    @contextmanager
    def explaining_damage(self) -> Iterator[None]:
        try:
            yield
        except KeyError:
            try:
                asyncio.get_running_loop()
            except RuntimeError:
                self.server_went_on.append(True)
            else:
                self.server_went_on.append(False)
            raise


def test_the_server_goes_on_while_damage_is_looked_for(caplog: pytest.LogCaptureFixture) -> None:
    library = Broken()
    ours = {"origin": f"http://{HOST}", "content-type": "application/x-www-form-urlencoded"}
    with caplog.at_level(logging.CRITICAL, "kb.web"), signed_in(library) as client:
        form = urlencode(
            {"decision": "dismiss", "actor": "ada", "text": "Two piers.", "seen": "abc", "stamp": "nothing"}
        )
        library.server_went_on.clear()
        assert client.get("/figures").status_code == 500
        assert client.post("/rulings/abc", content=form, headers=ours).status_code == 500
    assert library.server_went_on == [True, True]
