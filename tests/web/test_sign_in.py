"""Everybody on the machine may read; a decision takes the session of whoever started the server."""

import logging
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from litestar import Litestar
from litestar.enums import HttpMethod
from litestar.handlers import HTTPRouteHandler
from litestar.testing import TestClient

from kb.web.sign_in import SignIn
from tests.web.sample import SampleLibrary
from tests.web.served import HOST, TEMPLATES, asking, create_app
from tests.web.test_description import FORMS

OURS = {"origin": f"http://{HOST}", "content-type": "application/x-www-form-urlencoded"}
DISMISSED = urlencode({"decision": "dismiss", "text": "So.", "actor": "Ada", "seen": "abc", "stamp": "nothing"})
SHOWN = "in the terminal where kb serve runs"


@pytest.fixture(scope="module")
def library() -> SampleLibrary:
    return SampleLibrary()


@pytest.fixture
def terminal() -> list[str]:
    """The links that the terminal shows after the first one."""
    return []


@pytest.fixture
def sign_in(terminal: list[str]) -> SignIn:
    return SignIn(f"http://{HOST}", terminal.append)


@pytest.fixture
def client(library: SampleLibrary, sign_in: SignIn) -> Iterator[TestClient[Litestar]]:
    with asking(library, sign_in) as client:
        yield client


def finding(library: SampleLibrary) -> str:
    return library.view().ranked[0].id


def dismiss(client: TestClient[Litestar], library: SampleLibrary, **headers: str) -> int:
    """Status of the answer to a ruling that dismisses a finding."""
    address = f"/rulings/{finding(library)}"
    return client.post(address, content=DISMISSED, headers=OURS | headers, follow_redirects=False).status_code


def opened(client: TestClient[Litestar], link: str) -> int:
    return client.get(link, follow_redirects=False).status_code


def test_a_decision_without_a_session_is_refused_and_the_page_says_how_to_get_one(
    client: TestClient[Litestar], library: SampleLibrary
) -> None:
    for address in (f"/rulings/{finding(library)}", "/rulings/none", "/matchings", "/settlings"):
        answer = client.post(address, content=DISMISSED, headers=OURS)
        assert (answer.status_code, SHOWN in answer.text) == (403, True)
    assert library.decided == [] and library.matched == []


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_no_handler_that_writes_can_be_added_outside_the_gate(
    library: SampleLibrary, sign_in: SignIn, method: HttpMethod
) -> None:
    written = []

    def write() -> None:
        written.append("something")

    app = create_app(library, templates=TEMPLATES, hosts=[HOST], sign_in=sign_in)
    app.register(HTTPRouteHandler("/new", http_method=method, status_code=200, sync_to_thread=False)(write))
    with TestClient(app, base_url=f"http://{HOST}") as client:
        assert client.request(method, "/new", headers=OURS).status_code == 403
        client.get(sign_in.link)
        assert client.request(method, "/new").status_code == 403
        assert written == []
        assert client.request(method, "/new", headers=OURS).status_code == 200
        assert written == ["something"]


def test_the_link_starts_a_session_and_leads_away_from_its_address(
    client: TestClient[Litestar], library: SampleLibrary, sign_in: SignIn
) -> None:
    token = sign_in.link.partition("token=")[2]
    answer = client.get(sign_in.link, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"], answer.content) == (303, "/", b"")
    assert (answer.headers["cache-control"], answer.headers["referrer-policy"]) == ("no-store", "no-referrer")
    cookie, *attributes = answer.headers["set-cookie"].split("; ")
    assert cookie.startswith("kb_session_8000=") and token not in cookie
    assert set(attributes) == {"HttpOnly", "SameSite=Strict", "Path=/"}
    assert dismiss(client, library) == 303
    assert library.decided.pop()[1].actor == "Ada"


def test_a_link_works_once_and_the_terminal_shows_the_next(
    client: TestClient[Litestar], library: SampleLibrary, sign_in: SignIn, terminal: list[str]
) -> None:
    first = sign_in.link
    assert opened(client, first) == 303
    assert terminal == [sign_in.link] and terminal != [first]
    with asking(library, sign_in) as other_browser:
        answer = other_browser.get(first)
        assert (answer.status_code, SHOWN in answer.text) == (403, True)
        assert dismiss(other_browser, library) == 403
        assert opened(other_browser, terminal[0]) == 303
        assert dismiss(other_browser, library) == 303
    library.decided.clear()


@pytest.mark.parametrize("query", ["", "?token=", "?token=x", "?token=%ff%00", "?token=%ed%a0%80", "?tokn=x", "?token"])
def test_a_wrong_link_signs_nobody_in_and_uses_nothing_up(
    client: TestClient[Litestar], sign_in: SignIn, terminal: list[str], query: str
) -> None:
    answer = client.get(f"/sign-in{query}")
    assert (answer.status_code, SHOWN in answer.text) == (403, True)
    assert (answer.headers["cache-control"], answer.headers["referrer-policy"]) == ("no-store", "no-referrer")
    assert "set-cookie" not in answer.headers and terminal == []
    assert opened(client, sign_in.link) == 303


def test_who_is_signed_in_is_led_on_by_any_link(
    client: TestClient[Litestar], sign_in: SignIn, terminal: list[str]
) -> None:
    used = sign_in.link
    for link in (used, used, sign_in.link):
        assert opened(client, link) == 303
    assert terminal == [sign_in.link]


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "POST"])
def test_a_program_that_only_looks_at_a_link_uses_nothing_up(
    client: TestClient[Litestar], sign_in: SignIn, terminal: list[str], method: str
) -> None:
    client.request(method, sign_in.link)
    assert terminal == []


def test_a_session_belongs_to_one_start_of_one_server(library: SampleLibrary, sign_in: SignIn) -> None:
    def admitted(*cookies: str) -> bool:
        return sign_in.admits([(b"host", b"x"), *((b"cookie", cookie.encode("latin-1")) for cookie in cookies)])

    ours = sign_in.set_cookie.partition(";")[0]
    started_again = SignIn(f"http://{HOST}", print).set_cookie.partition(";")[0]
    at_another_port = SignIn("http://127.0.0.1:8001", print).set_cookie.partition(";")[0]
    name, _, secret = ours.partition("=")
    assert admitted(ours) and admitted(f"a=b; {ours}") and admitted("a=b", ours)
    assert admitted(f"{name}=set-by-another-port; {ours}")
    wrong = [started_again, at_another_port, name, f"{name}=", f"{name}=x", f"kb_session_8001={secret}", secret]
    for cookie in (*wrong, ours[:-1], f"{ours}x", f"a={ours}", ours.upper(), "\xff\xfe", ";;;=;", ""):
        assert not admitted(cookie), cookie
    assert at_another_port.partition("=")[0] != name


def test_another_origin_is_refused_within_a_session(
    client: TestClient[Litestar], library: SampleLibrary, sign_in: SignIn
) -> None:
    client.get(sign_in.link)
    for origin in ("http://127.0.0.1:8001", "http://evil.example", "null", ""):
        assert dismiss(client, library, origin=origin) == 403
    assert library.decided == []


def test_a_page_shows_forms_only_to_who_may_send_them(
    client: TestClient[Litestar], library: SampleLibrary, sign_in: SignIn
) -> None:
    page = f"/findings/{finding(library)}"
    before = client.get(page)
    assert "<form" not in before.text and "To record a decision, sign in first" in before.text
    client.get(sign_in.link)
    after = client.get(page, headers={"if-none-match": before.headers["etag"]})
    assert after.status_code == 200
    assert "<form" in after.text and "To record a decision, sign in first" not in after.text
    assert client.get(page, headers={"if-none-match": after.headers["etag"]}).status_code == 304
    client.cookies.clear()
    again = client.get(page, headers={"if-none-match": after.headers["etag"]})
    assert (again.status_code, again.text) == (200, before.text)
    assert (again.headers["cache-control"], again.headers["vary"]) == ("private, no-cache", "cookie")


def test_a_page_of_the_past_offers_no_sign_in(client: TestClient[Litestar], library: SampleLibrary) -> None:
    text = client.get(f"/findings/{finding(library)}?at={library.latest - 1}").text
    assert "<form" not in text and "To decide" not in text


def test_the_data_of_a_page_is_the_same_for_all(
    client: TestClient[Litestar], library: SampleLibrary, sign_in: SignIn
) -> None:
    pages = [f"/findings/{finding(library)}.json", "/matches.json", "/passages.json"]
    before = [client.get(page).content for page in pages]
    client.get(sign_in.link)
    assert [client.get(page).content for page in pages] == before


def test_no_secret_is_logged_or_shown(
    client: TestClient[Litestar], sign_in: SignIn, caplog: pytest.LogCaptureFixture
) -> None:
    token, session = sign_in.link.partition("token=")[2], sign_in.set_cookie.partition(";")[0]
    with caplog.at_level(logging.DEBUG):
        client.get(sign_in.link)
        pages = [client.get(path).text for path in ("/", f"/sign-in?token={token}", "/openapi.json", "/history")]
    kept_by_the_client = [record for record in caplog.records if record.name.startswith(("httpx", "httpcore"))]
    logged = [record.getMessage() for record in caplog.records if record not in kept_by_the_client]
    for text in (*pages, *logged):
        assert token not in text and session not in text


def test_the_description_names_the_cookie_that_every_form_needs(client: TestClient[Litestar], sign_in: SignIn) -> None:
    described = client.get("/openapi.json").json()
    assert described["components"]["securitySchemes"]["session"]["name"] == sign_in.cookie
    forms = [item["post"] for item in described["paths"].values() if "post" in item]
    assert len(forms) == len(FORMS)
    assert all(form["security"] == [{"session": []}] and "403" in form["responses"] for form in forms)
