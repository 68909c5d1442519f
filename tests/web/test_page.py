"""Every page stands, for people and for programs, now and at every moment before."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from kb.domain.codec import from_builtins
from kb.domain.entity import EDITORS, Calculation, Claim, Condition, Question, Stance
from kb.domain.identity import Id
from kb.numbers import read_quantity
from kb.reports import evidence, finding
from kb.reports.row import claim_row
from kb.reports.view import View
from kb.web.address import twin
from kb.web.catalog import PAGE_KINDS, PageKind
from kb.web.failure import Failure
from tests.web.sample import FORTNIGHT, SampleLibrary, ruled
from tests.web.served import Read, asking

SLUGS = {
    "/questions/{slug}": ["pass-loses-money", "boats-idle"],
    "/what-if/{slug}": ["pass-loses-money"],
    "/findings/measure/{slug}": ["ticket-value", "fuel-share"],
    "/findings/calculation/{slug}": ["times-used"],
    "/calculations/{slug}": ["times-used", "pass-margin", "per-sailing"],
    "/measures/{slug}": ["ticket-value", "pass-fee"],
    "/units/{slug}": ["fortnight"],
    "/figures/{slug}": ["quay/office-value", "gangwan/north", "pilot/if-fuel"],
    "/claims/{slug}": ["quay/overuse", "quay/empty", "pilot/no-empty", "quay/south-loses"],
    "/sources/{slug}": ["quay", "gangwan", "pilot"],
}

LATEST = SampleLibrary().latest + 2
FOUND = [finding.id for finding in SampleLibrary().view().findings]


def library() -> SampleLibrary:
    """The sample, with a unit of its own, and a ruling on its first finding whose inputs have changed since."""
    view = SampleLibrary().view()
    return SampleLibrary(ruled(view, view.findings[0]), FORTNIGHT)


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient[Litestar]]:
    with asking(library()) as asked:
        yield asked


def addresses(kind: PageKind) -> list[str]:
    """Addresses of pages of ``kind`` in the sample."""
    slugs = SLUGS | {"/findings/{slug}": FOUND}
    return [kind.path.replace("{slug}", slug) for slug in slugs.get(kind.path, [""])]


EVERY_PAGE = [pytest.param(kind, path, id=path) for kind in PAGE_KINDS for path in addresses(kind)]


@pytest.mark.parametrize(("kind", "path"), EVERY_PAGE)
def test_a_page_stands_with_its_title(client: TestClient[Litestar], kind: PageKind, path: str) -> None:
    page, data = client.get(path), client.get(twin(path)).json()
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert data["title"] in Read(page.text).text


@pytest.mark.parametrize(("kind", "path"), EVERY_PAGE)
def test_the_json_twin_of_a_page_is_its_value_and_its_moment(
    client: TestClient[Litestar], kind: PageKind, path: str
) -> None:
    answer = client.get(twin(path))
    data = answer.json()
    assert answer.headers["content-type"] == "application/json"
    assert data.pop("moment")["position"] == LATEST
    assert from_builtins(data, kind.value)


def is_state(link: str) -> bool:
    """Whether an address holds what a reader chose on a page; each such state leads to many others."""
    return "?" in link and link.startswith(("/questions/", "/report"))


def test_every_link_of_every_page_leads_somewhere(client: TestClient[Litestar]) -> None:
    pages, waiting = {}, ["/"]
    while waiting:
        path = waiting.pop()
        answer = client.get(path)
        assert answer.status_code == 200, path
        pages[path] = Read(answer.text if "html" in answer.headers["content-type"] else "")
        found = {link.partition("#")[0] for link in pages[path].links if not (is_state(path) and is_state(link))}
        waiting += sorted(link for link in found - {""} if link not in pages and link not in waiting)
    lost = [
        (path, link)
        for path, page in pages.items()
        for link in page.links
        if link.partition("#")[0] in {"", *pages}
        and not pages[link.partition("#")[0] or path].leads_to(link.partition("#")[2])
    ]
    assert len(pages) > 50
    assert lost == []


def test_a_place_has_its_name_once_on_a_page(client: TestClient[Litestar]) -> None:
    for kind in PAGE_KINDS:
        for path in addresses(kind):
            places = Read(client.get(path).text).places
            assert len(places) == len(set(places)), path


def test_no_page_carries_a_script_or_a_style_of_its_own(client: TestClient[Litestar]) -> None:
    for kind in PAGE_KINDS:
        for path in addresses(kind):
            html = client.get(path).text
            page = Read(html)
            assert not page.elements & {"style", "iframe"}, path
            scripts = re.findall(r"<script\b.*?</script>", html, re.DOTALL)
            ours = re.compile(r'<script defer src="/static/[a-z_]+\.js\?v=\w+"></script>')
            assert all(map(ours.fullmatch, scripts)), path
            assert "style" not in page.attributes, path
            assert not {name for name in page.attributes if name.startswith("on")}, path


@pytest.mark.parametrize("at", range(1, LATEST + 1))
def test_every_page_can_be_read_at_every_moment(client: TestClient[Litestar], at: int) -> None:
    for kind in PAGE_KINDS:
        answer = client.get(f"{addresses(kind)[0]}?at={at}")
        assert answer.status_code == 200 or "{slug}" in kind.path, (kind.path, at)
        assert answer.status_code in (200, 404), (kind.path, at)


def test_a_page_of_the_past_says_so_and_keeps_its_moment_in_every_link(client: TestClient[Litestar]) -> None:
    page = Read(client.get("/sources?at=26").text)
    assert "as of event 26 of 38" in page.text
    assert "/sources" in page.links  # back to now
    kept = {link for link in page.links if link not in ("/sources", "#main", "/openapi.json")}
    assert kept
    assert all("at=26" in link for link in kept), kept


def test_an_empty_base_has_pages_too() -> None:
    class Empty(SampleLibrary):
        def __init__(self) -> None:
            super().__init__()
            self._told, self._ends = [], []

        def view(self, at: int | None = None) -> View:
            return super().view(at) if at else self._seen(0)

    with asking(Empty()) as client:
        for kind in PAGE_KINDS:
            assert client.get(kind.path).status_code == (404 if "{slug}" in kind.path else 200), kind.path
        assert client.get("/?at=1").status_code == 400


def test_what_came_later_is_not_known_in_the_past(client: TestClient[Litestar]) -> None:
    path = "/claims/quay/empty"
    answer = client.get(f"{path}?at=9")
    assert (client.get(path).status_code, answer.status_code) == (200, 404)
    assert "As of event 9" in answer.text
    assert path in Read(answer.text).links


def test_the_newest_moment_is_now(client: TestClient[Litestar]) -> None:
    assert client.get(f"/figures.json?at={LATEST}").json() == client.get("/figures.json").json()


@pytest.mark.parametrize("at", ["later", "-1", "0", "1.5", "", "39", "999999999999999", "１"])
@pytest.mark.parametrize("path", ["/", "/figures/quay/fee", "/history"])
def test_a_moment_that_does_not_exist_is_refused(client: TestClient[Litestar], path: str, at: str) -> None:
    answer = client.get(path, params={"at": at})
    assert answer.status_code == 400
    assert "Traceback" not in answer.text


def test_a_moment_beyond_the_log_names_those_that_there_are(client: TestClient[Litestar]) -> None:
    answer = client.get("/measures?at=39")
    assert "from 1 to 38" in answer.text
    assert {f"/measures?at={end}" for end in (9, 26, 36, 38)} <= set(Read(answer.text).links)


@pytest.mark.parametrize("query", ["page=two", "page=0", "page=-1", f"q={'x' * 201}"])
def test_a_list_that_cannot_be_asked_for_is_refused(client: TestClient[Litestar], query: str) -> None:
    assert client.get(f"/figures?{query}").status_code == 400


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/findings?verdct=conflict", "has no parameter “verdct”. Did you mean “?q=verdict:conflict”?"),
        ("/findings?verdict=conflict", "has no parameter “verdict”. Did you mean “?q=verdict:conflict”?"),
        ("/figures?stance=measured", "Did you mean “?q=stance:measured”?"),
        ("/figures?pge=2", "Did you mean “?page=2”?"),
        ("/claims?zzz=1", "It takes “at”, “q” and “page”."),
        ("/sources?page=2", "It takes “at”."),
        ("/findings?Q=a", "Did you mean “?q=a”?"),
    ],
)
def test_a_question_that_the_page_does_not_know_is_refused_with_the_one_that_it_knows(
    client: TestClient[Litestar], address: str, told: str
) -> None:
    path, _, query = address.partition("?")
    assert client.get(path).status_code == 200
    for asked in (address, f"{path}.json?{query}"):
        answer = client.get(asked)
        assert (answer.status_code, told in answer.text) == (400, True), answer.text


def test_the_columns_that_a_list_can_be_asked_for_are_those_that_it_has() -> None:
    view = SampleLibrary().view()
    knowledge = view.knowledge
    found = next(iter(view.findings)), next(iter(knowledge.figures.values())), next(iter(knowledge.claims.values()))
    assert tuple(finding._columns(view, found[0])) == finding.FINDING_COLUMNS
    assert tuple(evidence._figure_columns(view, found[1])) == evidence.FIGURE_COLUMNS
    assert tuple(evidence._claim_columns(claim_row(view, found[2]))) == evidence.CLAIM_COLUMNS


def test_every_page_that_lists_things_is_reached_from_the_menu(client: TestClient[Litestar]) -> None:
    links = set(Read(client.get("/history").text).links)
    assert {kind.path for kind in PAGE_KINDS if "{slug}" not in kind.path} <= links


def test_every_page_stands_in_the_documentation() -> None:
    text = (Path(__file__).parents[2] / "docs" / "operations.md").read_text()
    assert [kind.path for kind in PAGE_KINDS if f"| `{kind.path.replace('{slug}', 'NAME')}` |" not in text] == []


def test_a_page_behind_the_last_of_a_list_is_not_there(client: TestClient[Litestar]) -> None:
    answer = client.get("/claims?page=2")
    assert answer.status_code == 404
    assert "This list has no page 2; it ends at page 1." in answer.text


def test_a_list_shows_what_its_filter_asks_for(client: TestClient[Litestar]) -> None:
    rows = client.get("/figures.json?q=stance:hypothetical").json()["rows"]
    assert [row["ref"]["slug"] for row in rows] == ["pilot/if-fuel"]


def test_an_event_is_found_in_a_long_history() -> None:
    class Long(SampleLibrary):
        def __init__(self) -> None:
            super().__init__()
            self._told = self._told * 8
            self._ends = [(len(self._told), self._ends[-1][1])]

    with asking(Long()) as client:
        page = client.get("/history.json?event=5").json()
        positions = [row["position"] for row in page["rows"]]
        assert (page["page"], page["pages"], positions[0], positions[-1]) == (3, 3, 88, 1)
        assert client.get("/history?page=2").status_code == 200
        assert client.get("/history?page=4").status_code == 404


@pytest.mark.parametrize(
    "path", ["/nothing", "/figures/no/such", "/findings/measure/none", "/static/none.css", "/a/b/c"]
)
def test_an_unknown_address_gets_a_page_of_the_same_design(client: TestClient[Litestar], path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert path in answer.text
    assert "/sources" in Read(answer.text).links


def test_an_unknown_address_of_a_twin_answers_in_json(client: TestClient[Litestar]) -> None:
    for path in ("/nothing.json", "/figures/no/such.json", "/sources.json?at=99"):
        answer = client.get(path)
        assert from_builtins(answer.json(), Failure).status == answer.status_code


def test_what_people_wrote_is_shown_and_never_run() -> None:
    quay = next(iter(SampleLibrary().view().knowledge.sources.values()))
    evil = replace(quay, id=Id("evil"), slug="evil", title="<script>alert(1)</script>")
    with asking(SampleLibrary(evil)) as client:
        page = client.get("/sources/evil").text
        assert "&lt;script&gt;" in page
        assert "<script" not in page
        assert client.get("/nothing/<script>").text.count("<script") == 0


def test_a_page_that_has_not_changed_is_not_sent_again(client: TestClient[Litestar]) -> None:
    first = client.get("/measures")
    again = client.get("/measures", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert client.get("/measures.json").headers["etag"] != first.headers["etag"]
    assert client.get("/measures?at=9").headers["etag"] != first.headers["etag"]


def test_a_page_changes_its_tag_when_something_happens() -> None:
    grown = library()
    with asking(grown) as client:
        before = client.get("/sources").headers["etag"]
        grown._told.append(grown._told[0])
        assert client.get("/sources").headers["etag"] != before


def test_the_page_of_an_inference_names_no_source_and_cites_nothing() -> None:
    told = SampleLibrary().view().knowledge.named(Claim, "quay/overuse")
    assert told
    own = replace(told, id=Id("own"), slug="ours/own", source=None, passages=(), voice=EDITORS, stance=Stance.DERIVED)
    with asking(SampleLibrary(own)) as client:
        source = client.get("/claims/ours/own").text
        page, listed = Read(source).text, Read(client.get("/claims").text).text
        data = client.get(twin("/claims/ours/own")).json()
    assert "Editors' inference, judged " in page
    assert 'id="passages"' not in source
    assert "Editors' inference, judged " in listed
    assert "no longer recorded" not in page + listed
    assert (data["row"]["source"], data["citations"]) == (None, [])


def test_the_page_of_a_question_says_what_decides_it() -> None:
    known = SampleLibrary().view().knowledge
    asked, computed = known.named(Question, "pass-loses-money"), known.named(Calculation, "times-used")
    assert asked and computed
    limit = read_quantity("1", default_unit="fraction")
    decided = replace(asked, id=Id("decided"), slug="decided", decided_by=Condition(computed.id, ">", limit))
    with asking(SampleLibrary(decided)) as client:
        assert "The answer is yes if" in Read(client.get("/questions/decided").text).text
        assert "The answer is yes if" not in Read(client.get("/questions/pass-loses-money").text).text


def test_a_measure_says_its_unit_in_words_and_how_its_figures_differ(
    client: TestClient[Litestar],
) -> None:
    text = Read(client.get("/measures/ticket-value").text).text
    assert "Measured in US dollars a month (an amount over time). Figures can be broken down by pier." in text
    assert "Each position, with the voices behind it; no dependence between the voices is recorded" in text
