"""Who may ask, with what, and what every answer carries."""

import logging
from collections.abc import Iterator

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from kb.reports.view import View
from kb.web.guard import HEADERS
from tests.web.sample import SampleLibrary
from tests.web.served import HOST, asking


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient[Litestar]]:
    with asking(SampleLibrary()) as asked:
        yield asked


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/index.json", 200),
        ("/openapi.json", 200),
        ("/static/kb.css", 200),
        ("/static/favicon.svg", 200),
        ("/nothing", 404),
        ("/static/none", 404),
        ("/?at=x", 400),
    ],
)
def test_every_answer_carries_the_headers(client: TestClient[Litestar], path: str, status: int) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert HEADERS.items() <= dict(answer.headers).items()


def test_the_policy_lets_nothing_in_that_a_page_does_not_need(client: TestClient[Litestar]) -> None:
    policy = client.get("/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:80", f"{HOST}.evil.example", ""])
@pytest.mark.parametrize("path", ["/", "/sources.json", "/static/kb.css", "/nothing"])
def test_another_host_is_refused(client: TestClient[Litestar], host: str, path: str) -> None:
    answer = client.get(path, headers={"host": host})
    assert answer.status_code == 400
    assert HEADERS.items() <= dict(answer.headers).items()
    assert "quay" not in answer.text


def test_two_hosts_are_refused(client: TestClient[Litestar]) -> None:
    assert client.get("/", headers=[("host", HOST), ("host", HOST)]).status_code == 400


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/", "/figures", "/figures/quay/fee", "/openapi.json"])
def test_pages_can_only_be_read(client: TestClient[Litestar], method: str, path: str) -> None:
    answer = client.request(method, path)
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]
    assert HEADERS.items() <= dict(answer.headers).items()


@pytest.mark.parametrize("path", ["/", "/figures/quay/fee.json", "/nothing"])
def test_head_answers_as_get_does_without_a_body(client: TestClient[Litestar], path: str) -> None:
    got, asked = client.get(path), client.head(path)
    assert (asked.status_code, asked.content) == (got.status_code, b"")
    assert asked.headers["content-type"] == got.headers["content-type"]


def test_a_mistake_of_ours_is_logged_and_not_shown(caplog: pytest.LogCaptureFixture) -> None:
    class Broken(SampleLibrary):
        def view(self, at: int | None = None) -> View:
            raise RuntimeError(f"the secret is 42, at {at}")

    with asking(Broken()) as client, caplog.at_level(logging.ERROR, "kb.web"):
        for path in ("/", "/sources.json"):
            answer = client.get(path)
            assert answer.status_code == 500
            assert "Traceback" not in answer.text
            assert "secret" not in answer.text
            assert HEADERS.items() <= dict(answer.headers).items()
    assert "the secret is 42" in caplog.text
