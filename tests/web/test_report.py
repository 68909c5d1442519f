"""The form for reports: what it offers, what it says while one is made, and what it hands over."""

import re
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from urllib.parse import urlencode

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from playwright.sync_api import Browser

from kb.app import typesetters
from kb.app.reporting import LENGTHS, STYLES
from kb.app.typesetting import FORMATS
from kb.domain.problem import Problem, Refused
from kb.web import report
from kb.web.guard import HEADERS
from kb.web.report_jobs import ReportJobs
from tests.browser import no_accessibility_violation, watched
from tests.reports.papers import paper, printed
from tests.reports.seen import pair
from tests.web.sample import SampleLibrary
from tests.web.served import Read, asking, served
from tests.web.test_look import TOO_WIDE

QUESTION = "pass-loses-money"
ASKED = {"question": QUESTION, "format": "html", "length": "brief", "style": "apa"}


@pytest.fixture(scope="module")
def library() -> SampleLibrary:
    return SampleLibrary()


@pytest.fixture(scope="module")
def client(library: SampleLibrary) -> Iterator[TestClient[Litestar]]:
    with asking(library) as asked:
        yield asked


def checked(page: str) -> set[str]:
    return set(re.findall(r'value="([^"]*)" (?:checked|selected)', page))


def test_the_form_offers_every_question_with_the_asked_one_chosen(client: TestClient[Litestar]) -> None:
    page = client.get(f"/report?question={QUESTION}").text
    assert set(re.findall(r'name="question" value="([^"]*)"', page)) == {QUESTION, "boats-idle"}
    assert checked(page) == {QUESTION, "pdf", "brief", "apa"}
    assert "<iframe" not in page


def test_every_choice_has_a_label() -> None:
    assert set(report._LABELS) == {*FORMATS, *LENGTHS, *STYLES}
    assert set(report.MEDIA_TYPES) == set(FORMATS)


def test_a_question_leads_to_the_form(client: TestClient[Litestar]) -> None:
    assert f"/report?question={QUESTION}" in Read(client.get(f"/questions/{QUESTION}").text).links
    assert "/report" in Read(client.get("/questions").text).links


def test_the_form_of_a_moment_offers_what_was_known_then(client: TestClient[Litestar]) -> None:
    assert "There are no questions yet." in client.get("/report?at=1").text
    page = client.get("/report?at=26").text
    assert "as of event 26" in page and "26" in checked(page)


@pytest.mark.parametrize(
    ("query", "status", "told"),
    [
        ({"question": "pass-loses-mony"}, 404, "did you mean &#39;pass-loses-money&#39;"),
        ({"question": QUESTION, "at": "1"}, 404, "As of event 1, no question is called pass-loses-money."),
        ({"question": QUESTION, "at": "999"}, 400, "There is no event 999"),
        ({"question": QUESTION, "at": "soon"}, 400, "must be a whole number"),
        ({"qestion": QUESTION}, 400, "Did you mean “?question="),
        ({"format": "pfd", "question": QUESTION}, 400, "Did you mean &#39;pdf&#39;?"),
        ({"style": "/etc/passwd.csl", "question": QUESTION}, 400, "is none of the choices"),
        ({"format": "pdf"}, 400, "Choose at least one question."),
    ],
)
def test_what_cannot_be_reported_on_is_refused_with_advice(
    client: TestClient[Litestar], query: dict[str, str], status: int, told: str
) -> None:
    answer = client.get("/report", params=query)
    assert (answer.status_code, told.lower() in answer.text.lower()) == (status, True), answer.text


def test_a_parameter_that_is_given_twice_is_refused(client: TestClient[Litestar]) -> None:
    assert client.get("/report?format=pdf&format=md").status_code == 400
    assert client.get(f"/report?question={QUESTION}&question=boats-idle").status_code == 200


def test_a_report_is_told_of_by_stage_and_then_previewed(client: TestClient[Litestar], library: SampleLibrary) -> None:
    answer = client.get("/report", params={**ASKED, "at": ""})
    page = answer.text
    order = [page.index(text) for text in ("Composing the report", "Setting the text", "Download the HTML file")]
    assert order == sorted(order) and page.rstrip().endswith("</html>") and report.SEAM not in page
    files = [link for link in Read(page).links if link.startswith("/report/file")]
    assert [re.search(r"format=(\w+)", link)[1] for link in files] == ["html", "pdf", "docx", "md"]  # type: ignore[index]
    assert all(f"at={library.latest}" in link for link in files)
    assert "frame-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"


def test_the_preview_is_the_file_and_can_do_nothing(client: TestClient[Litestar]) -> None:
    shown, kept = client.get("/report/preview", params=ASKED), client.get("/report/file", params=ASKED)
    assert shown.content == kept.content and kept.headers["content-type"] == "text/html; charset=utf-8"
    name = f"pass-loses-money-{SampleLibrary().latest}.html"
    assert kept.headers["content-disposition"] == f"attachment; filename={name}"
    policy = shown.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "sandbox" in policy and "script-src" not in policy
    assert shown.headers["x-frame-options"] == "SAMEORIGIN" and HEADERS.items() <= dict(kept.headers).items()


def test_the_file_of_a_moment_reports_on_that_moment(client: TestClient[Litestar]) -> None:
    text = client.get("/report/file", params={**ASKED, "format": "md", "at": "26"}).text
    assert "As of event 26 of the log" in text


def test_a_head_makes_no_report(client: TestClient[Litestar], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "cited_report", lambda *_: pytest.fail("a report was made"))
    assert client.head("/report", params={**ASKED, "length": "full"}).status_code == 200


@pytest.mark.parametrize("seconds", [None, 0.001])
def test_why_a_report_cannot_be_made_is_told_on_the_page(
    seconds: float | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if seconds:
        monkeypatch.setattr(typesetters, "SECONDS", seconds)
    else:
        monkeypatch.setattr(typesetters, "find_spec", lambda _: None)
    told = "was not set within" if seconds else "what the extra “reports” installs"
    with asking(SampleLibrary()) as client:
        page, file = client.get("/report", params=ASKED), client.get("/report/file", params=ASKED)
        assert "The report could not be made" in page.text and told in page.text and "<iframe" not in page.text
        assert (file.status_code, told in file.text) == (503, True)


def test_a_report_is_made_once_for_all_who_ask_and_again_where_it_failed() -> None:
    jobs, made = ReportJobs(), list[str]()
    may_end = Event()

    def works(stage: object) -> bytes:
        made.append("report")
        may_end.wait(5)
        return b"text"

    def fails(stage: object) -> bytes:
        made.append("failure")
        raise Refused([Problem("pandoc", "no")])

    first = jobs.job("a", works)
    assert jobs.job("a", works) is first
    may_end.set()
    assert (first.content(), list(first.stages())) == (b"text", [])
    for _ in range(2):
        with pytest.raises(Refused):
            jobs.job("b", fails).content()
    assert made == ["report", "failure", "failure"]


def test_a_bug_is_logged_and_not_shown(caplog: pytest.LogCaptureFixture) -> None:
    def broken(stage: object) -> bytes:
        raise RuntimeError("the secret is 42")

    with pytest.raises(Refused, match="a bug in the program") as refused:
        ReportJobs().job("a", broken).content()
    assert "secret" not in str(refused.value) and "the secret is 42" in caplog.text


def test_the_form_and_its_preview_can_be_read_by_everybody(browser: Browser) -> None:
    with served(SampleLibrary()) as site, watched(browser) as page:
        page.goto(f"{site.address}/report?{urlencode({'question': QUESTION})}")
        page.get_by_label("Markdown").check()
        page.get_by_role("button", name="Make the report").click()
        page.get_by_text("Download the Markdown file").wait_for()
        assert page.frame_locator("iframe").locator("h1").first.inner_text()
        for width, scheme in ((320, "dark"), (1280, "light")):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            no_accessibility_violation(page)
            assert page.evaluate(TOO_WIDE) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_file_in_html_can_be_read_by_everybody(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_bytes(printed(pair(), paper(pair(), "pass-loses-money"), "html"))
    with watched(browser) as page:
        page.goto(file.as_uri())
        for width, scheme in ((320, "dark"), (1280, "light")):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            no_accessibility_violation(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.emulate_media(media="print", color_scheme="dark")
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
