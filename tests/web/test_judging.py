"""A reader decides about a finding on its page; nobody else can make her do so."""

from collections.abc import Iterator
from html import unescape
from urllib.parse import urlencode

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from kb.domain.answer import Concern
from kb.domain.entity import Decision
from tests.web.sample import SampleLibrary
from tests.web.served import HOST, signed_in

OURS = {"origin": f"http://{HOST}", "content-type": "application/x-www-form-urlencoded"}
DISMISSED = {"decision": "dismiss", "text": "Two\n piers.", "actor": "Ada", "seen": "abc", "stamp": "nothing"}


@pytest.fixture
def library() -> SampleLibrary:
    return SampleLibrary()


@pytest.fixture
def client(library: SampleLibrary) -> Iterator[TestClient[Litestar]]:
    with signed_in(library) as asked:
        yield asked


def finding(library: SampleLibrary) -> str:
    return library.view().ranked[0].id


def test_a_decision_is_passed_on_and_leads_back_to_the_finding(
    client: TestClient[Litestar], library: SampleLibrary
) -> None:
    id = finding(library)
    answer = client.post(f"/rulings/{id}", content=urlencode(DISMISSED), headers=OURS, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/findings/{id}")
    ((wish, author),) = library.decided
    assert (wish.finding, wish.decision, wish.text) == (id, Decision.DISMISS, "Two piers.")
    assert (wish.seen, wish.concurrency_token) == ("abc", "nothing")
    assert (author.actor, author.reason) == ("Ada", "Two piers.")


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "", "https://" + HOST])
def test_a_form_of_another_site_is_refused(client: TestClient[Litestar], library: SampleLibrary, origin: str) -> None:
    headers = OURS | {"origin": origin}
    answer = client.post(
        f"/rulings/{finding(library)}", content=urlencode(DISMISSED), headers=headers, follow_redirects=False
    )
    assert answer.status_code == 403
    assert library.decided == []


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({**DISMISSED, "decision": ""}, "Nothing was chosen"),
        ({**DISMISSED, "decision": "hide"}, "does not take 'hide'"),
        ({**DISMISSED, "figures": "quay/none"}, "no field 'figures'. Did you mean 'figure'?"),
        ({**DISMISSED, "text": " "}, "Fill in the reason"),
        ({**DISMISSED, "actor": ""}, "Fill in your name"),
        ({**DISMISSED, "text": "x" * 2001}, "at most 2,000 characters"),
        ({**DISMISSED, "seen": ""}, "The form does not say which state of the base it was made from. Reload its page"),
        (
            {**DISMISSED, "stamp": ""},
            "The form does not say which state of the base it was made from. Reload its page.",
        ),
        ({**DISMISSED, "decision": "accept", "figure": "quay/none"}, "This figure takes no part in the finding"),
    ],
)
def test_what_cannot_be_decided_is_said_and_nothing_is_recorded(
    client: TestClient[Litestar], library: SampleLibrary, sent: dict[str, str], told: str
) -> None:
    answer = client.post(f"/rulings/{finding(library)}", content=urlencode(sent), headers=OURS, follow_redirects=False)
    assert answer.status_code == 422
    assert told in unescape(answer.text)
    assert library.decided == []


def test_a_reason_may_be_any_words(client: TestClient[Litestar], library: SampleLibrary) -> None:
    reasons = ["100 % of it", "港口 & quays", "a+b=c; d", "50%25", "\U0001f600", "“so”"]
    for text in reasons:
        sent = urlencode({**DISMISSED, "text": text})
        client.post(f"/rulings/{finding(library)}", content=sent, headers=OURS, follow_redirects=False)
    assert [author.reason for _, author in library.decided] == reasons


def test_a_form_has_a_largest_size(client: TestClient[Litestar], library: SampleLibrary) -> None:
    answer = client.post(
        f"/rulings/{finding(library)}", content="text=" + "x" * 20_000, headers=OURS, follow_redirects=False
    )
    assert answer.status_code == 413
    assert "A form may send at most 16 kB. Nothing was recorded" in answer.text
    assert f'href="/findings/{finding(library)}"' in answer.text
    assert library.decided == []


def test_the_form_stands_on_a_page_of_now_and_on_none_of_the_past(
    client: TestClient[Litestar], library: SampleLibrary
) -> None:
    address = f"/findings/{finding(library)}"
    assert 'value="ada"' in client.get(address).text
    earlier = library.latest - 1
    assert "<form class" not in client.get(f"{address}?at={earlier}").text


def test_a_decision_about_names_is_passed_on(client: TestClient[Litestar], library: SampleLibrary) -> None:
    sent = {
        "left": "a",
        "right": "b",
        "decision": "different",
        "text": "Two firms.",
        "actor": "Ada",
        "stamp": "nothing",
    }
    answer = client.post("/matchings", content=urlencode(sent), headers=OURS, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/matches")
    ((wish, author),) = library.matched
    assert (wish.left, wish.right, wish.same, author.reason) == ("a", "b", False, "Two firms.")
    foreign = client.post("/matchings", content=urlencode(sent), headers=OURS | {"origin": "http://evil.example"})
    assert foreign.status_code == 403
    unchosen = client.post("/matchings", content=urlencode({**sent, "decision": "perhaps"}), headers=OURS)
    assert unchosen.status_code == 422 and "does not take 'perhaps'" in unescape(unchosen.text)


JUDGED = {"decision": "assess", "because-one origin": "yes", "certainty": "", "text": "One pier.", "actor": "Ada"}
SEEN = {"seen": "abc", "stamp": "nothing"}


def test_a_judgement_of_a_certainty_is_passed_on(client: TestClient[Litestar], library: SampleLibrary) -> None:
    answer = client.post(
        "/assessments/pass-loses-money", content=urlencode(JUDGED | SEEN), headers=OURS, follow_redirects=False
    )
    assert (answer.status_code, answer.headers["location"]) == (303, "/questions/pass-loses-money")
    ((request, author),) = library.assessed
    assert (request.question, request.concerns, request.certainty) == (
        "pass-loses-money",
        (Concern.ONE_ORIGIN,),
        None,
    )
    assert (request.seen, request.concurrency_token, author.reason) == ("abc", "nothing", "One pier.")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"decision": ""}, "Nothing was chosen. Judge the answer, or undo it."),
        ({"decision": "judge"}, "'decision' does not take 'judge'. It takes 'assess' or 'undo'."),
        (
            {"certainty": "sure"},
            "'certainty' does not take 'sure'. It takes 'high', 'moderate', 'low' or 'very low'.",
        ),
        ({"because-rubbish": "yes"}, "The form has no field 'because-rubbish'."),
        ({"because-oldd": ""}, "The form has no field 'because-oldd'. Did you mean 'because-old'?"),
        ({"seen": ""}, "Reload its page"),
        ({"text": ""}, "Fill in the reason"),
    ],
)
def test_a_judgement_that_is_not_understood_is_refused(
    client: TestClient[Litestar], library: SampleLibrary, wrong: dict[str, str], told: str
) -> None:
    answer = client.post("/assessments/x", content=urlencode(JUDGED | SEEN | wrong), headers=OURS)
    assert answer.status_code == 422 and library.assessed == []
    assert told in unescape(answer.text)
