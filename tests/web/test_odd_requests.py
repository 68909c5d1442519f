"""Requests that no page of ours makes: each gets an answer of ours, and none is a mistake of ours."""

from collections.abc import Iterator

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from tests.web.sample import SampleLibrary
from tests.web.served import HOST, signed_in


@pytest.fixture(scope="module")
def library() -> SampleLibrary:
    return SampleLibrary()


@pytest.fixture(scope="module")
def client(library: SampleLibrary) -> Iterator[TestClient[Litestar]]:
    with signed_in(library) as asked:
        yield asked


@pytest.mark.parametrize(
    "name",
    [
        "%00",
        "kb.css%00",
        "kb.css/x",
        "%ff",
        "a" * 300,
        "a" * 5000,
        "..%2fhome.html.j2",
        "%2e%2e/home.html.j2",
        "..%5chome.html.j2",
        "%2fetc%2fpasswd",
        "KB.css",
        "",
    ],
)
def test_only_the_names_of_static_files_have_one(client: TestClient[Litestar], name: str) -> None:
    answer = client.get(f"/static/{name}")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")


@pytest.mark.parametrize(("name", "type"), [("kb.css", "text/css; charset=utf-8"), ("favicon.svg", "image/svg+xml")])
def test_a_static_file_comes_with_its_type_and_is_kept_for_a_day(
    client: TestClient[Litestar], name: str, type: str
) -> None:
    answer = client.get(f"/static/{name}?v=1")
    assert (answer.status_code, answer.headers["content-type"]) == (200, type)
    assert answer.headers["cache-control"] == "private, max-age=86400"


@pytest.mark.parametrize(
    "path", ["%00", "\\", "%ff", "%ed%a0%80", "a%1b[31m", "%e2%80%ae", "a/" * 2000, "%F0%9F%98%80"]
)
def test_what_has_no_name_is_not_found(client: TestClient[Litestar], path: str) -> None:
    for folder in ("", "/figures", "/findings/measure"):
        assert client.get(f"{folder}/{path}").status_code == 404
        assert client.get(f"{folder}/{path}.json").status_code == 404


def test_a_page_shows_the_unseen_characters_of_an_address_as_they_were_sent(client: TestClient[Litestar]) -> None:
    text = client.get("/a%1b%00%e2%80%aeb/港口").text
    assert "There is nothing at /a%1B%00%E2%80%AEb/港口." in text


@pytest.mark.parametrize("query", ["q=%00", "q=%ff", "q=%ed%a0%80", "q=%zz", "q=%", "q=%25", "&&&", "q='"])
def test_a_filter_may_be_anything(client: TestClient[Litestar], query: str) -> None:
    assert client.get(f"/figures?{query}").status_code == 200


@pytest.mark.parametrize("query", ["at=%00", "at=%ff", "at", "%00=1", "%ff=1", "=1", "page=%d9%a3", "a=1&" * 5000])
def test_a_query_that_cannot_be_read_is_refused(client: TestClient[Litestar], query: str) -> None:
    assert client.get(f"/figures?{query}").status_code == 400


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("at=1&at=2", "“at” is given more than once."),
        ("q=a&q=a", "“q” is given more than once."),
        ("at=" + "9" * 22, "9999” is too large: a number may have at most 15 digits."),
        ("page=-1", "“page=-1” must be a whole number, 1 or higher."),
    ],
)
def test_a_query_that_is_refused_says_why(client: TestClient[Litestar], query: str, told: str) -> None:
    answer = client.get(f"/figures?{query}")
    assert (answer.status_code, told in answer.text) == (400, True)


def test_an_event_that_never_happened_is_not_the_newest(client: TestClient[Litestar], library: SampleLibrary) -> None:
    last = library.latest
    assert client.get(f"/history?event={last}").status_code == 200
    answer = client.get("/history?event=9999")
    assert (answer.status_code, "There is no event 9999" in answer.text) == (404, True)
    assert f"The log ends at event {last}." in answer.text
    earlier = client.get(f"/history?event={last}&at={last - 1}")
    assert (earlier.status_code, f"event {last} happened later" in earlier.text) == (404, True)
    assert client.get("/history.json?event=9999").json()["status"] == 404


@pytest.mark.parametrize("name", ["accept", "content-type", "cookie", "if-none-match", "if-modified-since", "range"])
@pytest.mark.parametrize("value", [b"", b"*", b"\xff\xfe", b";;;=;", b"bytes=5-1", b'"a",' * 3000])
def test_a_header_may_be_anything(client: TestClient[Litestar], name: str, value: bytes) -> None:
    for path in ("/figures", "/static/kb.css"):
        assert client.get(path, headers=[(name.encode(), value)]).status_code == 200


@pytest.mark.parametrize(("path", "allowed"), [("/figures", "GET, HEAD, OPTIONS"), ("/matchings", "OPTIONS, POST")])
def test_an_address_says_which_methods_it_takes(client: TestClient[Litestar], path: str, allowed: str) -> None:
    for method in ("PUT", "TRACE", "FOO"):
        answer = client.request(method, path)
        assert (answer.status_code, f"only these methods: {allowed}." in answer.text) == (405, True)


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"text=%00", "U+0000"),
        (b"text=a\0b", "U+0000"),
        (b"a%00b=x", "U+0000"),
        (b"text=%ff", "not UTF-8"),
        (b"text=\xff", "not UTF-8"),
        (b"text=%ed%a0%80", "not UTF-8"),
        (b"text=%zz", "percent sign"),
        (b"text=100%", "percent sign"),
        (b"text=%u6e2f", "percent sign"),
        (b"a=b&" * 20, "more than 20 fields"),
    ],
)
def test_what_is_no_form_is_refused_and_the_page_says_why(
    client: TestClient[Litestar], library: SampleLibrary, body: bytes, told: str
) -> None:
    sent = b"decision=dismiss&actor=Ada&text=So.&seen=abc&stamp=nothing&" + body
    for address in ("/rulings/0123456789abcdef", "/matchings", "/settlings"):
        answer = client.post(address, content=sent, headers={"origin": f"http://{HOST}"}, follow_redirects=False)
        assert (answer.status_code, told in answer.text) == (400, True)
    assert library.decided == [] and library.matched == []
