"""The map of a question as a file: what is shown, with where it comes from."""

import json
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from kb.domain.problem import Problem, Refused
from kb.web.map_file import MEDIA_TYPES
from tests.web.sample import SampleLibrary
from tests.web.served import asking

MAP = "/questions/pass-loses-money/map"


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient[Litestar]]:
    with asking(SampleLibrary()) as asked:
        yield asked


BEGINNINGS = {
    "svg": b"<svg ",
    "png": b"\x89PNG",
    "pdf": b"%PDF",
    "aif": b"{",
    "dot": b"digraph",
    "graphml": b"<?xml",
    "argdown": b"===",
}


@pytest.mark.parametrize("form", BEGINNINGS)
def test_a_map_is_a_file_of_each_format(client: TestClient[Litestar], form: str) -> None:
    answer = client.get(f"{MAP}.{form}")
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, MEDIA_TYPES[form])
    assert answer.content.startswith(BEGINNINGS[form])
    assert "filename=pass-loses-money." in answer.headers["content-disposition"]
    again = client.get(f"{MAP}.{form}", headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304


def test_a_drawing_names_the_moment_and_the_address_of_what_it_shows(client: TestClient[Litestar]) -> None:
    latest = SampleLibrary().latest
    text = " ".join(ElementTree.fromstring(client.get(f"{MAP}.svg?at={latest - 1}&open=all").content).itertext())
    assert f"As of event {latest - 1} (" in text
    assert f"/questions/pass-loses-money?open=all&at={latest - 1}." in " ".join(text.split())


def test_a_drawing_shows_what_is_opened(client: TestClient[Litestar]) -> None:
    first, opened = (client.get(f"{MAP}.svg{state}").content for state in ("", "?open=all"))
    assert opened.count(b"<rect") > first.count(b"<rect")


def test_an_export_leads_to_the_question_alone(client: TestClient[Litestar]) -> None:
    texts = {node["text"] for node in json.loads(client.get(f"{MAP}.aif").content)["nodes"]}
    assert any(text.endswith("?") or "?" in text for text in texts)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/questions/nothing/map.svg", 404),
        ("/questions/nothing/map.dot", 404),
        ("/questions/pass-loses-money/map.dot?without=quay", 400),
        ("/questions/pass-loses-money/map.aif?open=yes", 400),
        (f"{MAP}.gif", 404),
        (f"{MAP}.svg?open=claim:nothing", 400),
        (f"{MAP}.svg?at=99999", 400),
        (f"{MAP}.svg?colour=red", 400),
    ],
)
def test_an_address_of_no_map_is_refused_in_words(client: TestClient[Litestar], address: str, status: int) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")


def test_without_typst_the_page_says_what_to_install(
    client: TestClient[Litestar], monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object) -> None:
        raise Refused([Problem("kb report", "this needs what the extra “reports” installs", "install it")])

    monkeypatch.setattr("kb.app.map_files.run_typst", missing)
    answer = client.get(f"{MAP}.png")
    assert answer.status_code == 503 and "extra “reports”" in answer.text
