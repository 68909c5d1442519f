"""A document gets another edition: what is found again, what a person must say, and that nothing is lost by it."""

import json
import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from kb.app.backend import StoreBackend
from kb.app.wiring import document_store, open_base
from kb.app.workspace import Workspace
from kb.domain.event import PassageAccepted, PassagesAnchored, fact_of
from kb.domain.passage import AnchoringMethod
from tests.cli.conftest import PAIR, Kb
from tests.web.served import HOST, signed_in

QUAY = (PAIR / "quay.txt").read_text()
NEWER = "A second edition.\n\n" + QUAY.replace("$300", "$310").replace("$40", "$40", 1)


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


@pytest.fixture
def attached(imported: Kb, workspace: Path) -> Kb:
    """The pair with its documents."""
    archive = workspace / "archive"
    archive.mkdir()
    for name in ("quay.txt", "gangwan.txt"):
        shutil.copy(PAIR / name, archive)
    imported("attach", "archive")
    return imported


@pytest.fixture
def moved(attached: Kb, workspace: Path) -> Kb:
    """The same with another edition of the letter, in which one number is another."""
    (workspace / "second.txt").write_text(NEWER)
    attached("attach", "second.txt", "--edition-of", "quay", "--reason", "the second edition is out")
    return attached


def figure(kb: Kb, id: str, *more: str) -> dict[str, object]:
    found: dict[str, object] = next(one for one in json.loads(kb("export", *more).output)["figures"] if one["id"] == id)
    return found


def test_another_edition_moves_what_it_holds_and_asks_about_the_rest(attached: Kb, workspace: Path) -> None:
    (workspace / "second.txt").write_text(NEWER)
    told = attached("attach", "second.txt", "--edition-of", "quay").output
    assert "found" not in told.split("looked for")[0]
    assert "by their exact words" in told
    assert 'to review: quay/north-value at L9 "$300":' in told
    assert "the numbers differ: “$300” → “$310”" in told
    assert "$[-300-]{+310+}" in told
    assert f"seeds/quay.yaml: names {digest(NEWER)} now" in told
    fee = figure(attached, "quay/fee")
    assert NEWER[int(str(fee["char_start"])) : int(str(fee["char_end"]))] == fee["as_written"]
    assert figure(attached, "quay/north-value")["char_start"] is None


def test_after_an_edition_an_import_of_the_same_seeds_is_no_news(moved: Kb) -> None:
    checked = moved("check")
    assert "no problems, " in checked.stdout
    assert "on another line of the attached edition" in checked.stderr
    assert "is not found for certain in the attached edition" in checked.stderr
    assert "0 events" in moved("import", "--reason", "again").output
    before, after = (line.split()[1] for line in moved("rebuild").output.splitlines()[:2])
    assert before == after


def test_the_older_edition_can_be_read_at_an_earlier_moment(attached: Kb, workspace: Path) -> None:
    head = attached("log", "head").output.partition(":")[0]
    before = figure(attached, "quay/north-value")
    (workspace / "second.txt").write_text(NEWER)
    attached("attach", "second.txt", "--edition-of", "quay")
    assert figure(attached, "quay/north-value", "--at", head) == before
    kept = {path.name for path in (workspace / "documents").rglob("*") if path.is_file()}
    assert {digest(QUAY), digest(NEWER)} <= kept


def test_a_changed_digest_in_the_seed_file_says_the_same(attached: Kb, workspace: Path) -> None:
    seed = workspace / "seeds" / "quay.yaml"
    seed.write_text(seed.read_text().replace(digest(QUAY), digest(NEWER)))
    told = attached("import", "--reason", "the second edition is out").output
    assert "1 event: 1 revised" in told
    assert "quay names another edition: `kb attach FOLDER`" in told
    (workspace / "archive" / "quay.txt").write_text(NEWER)
    told = attached("attach", "archive").output
    assert 'to review: quay/north-value at L9 "$300":' in told
    assert "0 events" in attached("import", "--reason", "again").output


def test_a_seed_file_that_stops_naming_the_document_is_told_of_it(attached: Kb, workspace: Path) -> None:
    seed = next(path for path in (workspace / "seeds").rglob("*.yaml") if "sha256:" in path.read_text())
    kept = [line for line in seed.read_text().splitlines() if "sha256:" not in line]
    seed.write_text("\n".join(kept) + "\n")
    told = attached("import", "seeds", "--reason", "shorter").output
    assert "names no document, and loses the one that it has" in told
    assert "to keep it" in told


def test_a_person_accepts_an_offered_place(moved: Kb) -> None:
    waiting = json.loads(moved("passages", "--json").output)
    assert waiting["review"] > 0
    told = moved("passages", "accept", "quay/north-value", "--reason", "a new count of the same thing").output
    assert "quay/north-value: accepted “$310”, line 11" in told
    assert "its value is still" in told and "correct value: and at: in the file quay" in told
    assert json.loads(moved("passages", "--json").output)["review"] == waiting["review"] - 1
    now = figure(moved, "quay/north-value")
    assert NEWER[int(str(now["char_start"])) : int(str(now["char_end"]))] == "$310"
    assert now["line"] == 11
    newest = json.loads(moved("log", "--json", "--limit", "1").output)[0]
    assert (newest["type"], newest["reason"]) == ("passage.accepted.v1", "a new count of the same thing")
    assert "0 events" in moved("import", "--reason", "again").output
    before, after = (line.split()[1] for line in moved("rebuild").output.splitlines()[:2])
    assert before == after


def test_a_person_turns_an_offer_down_and_it_is_not_made_again(moved: Kb, workspace: Path) -> None:
    orphans = json.loads(moved("passages", "--json").output)["orphans"]
    moved("passages", "reject", "quay/north-value", "--reason", "that is another count")
    assert json.loads(moved("passages", "--json").output)["orphans"] == orphans + 1
    assert "waits for anybody" in moved("passages", "accept", "quay/north-value", "--reason", "x", code=1).output
    assert "all offers were rejected" in moved("passages").output
    moved("attach", "archive")
    assert json.loads(moved("passages", "--json").output)["orphans"] == orphans + 1


def test_a_new_locator_in_the_seed_settles_a_passage_too(moved: Kb, workspace: Path) -> None:
    seed = workspace / "seeds" / "quay.yaml"
    seed.write_text(seed.read_text().replace('at: L9 "$300"', 'at: L11 "$310"'))
    moved("import", "--reason", "it says 310 now")
    assert figure(moved, "quay/north-value")["char_start"] == NEWER.index("$310")


def test_going_back_to_the_older_edition_finds_everything_where_it_was(attached: Kb, workspace: Path) -> None:
    before = json.loads(attached("export").output)["figures"]
    (workspace / "second.txt").write_text(NEWER)
    attached("attach", "second.txt", "--edition-of", "quay")
    (workspace / "first.txt").write_text(QUAY)
    attached("attach", "first.txt", "--edition-of", "quay")
    assert json.loads(attached("export").output)["figures"] == before
    assert json.loads(attached("passages", "--json").output)["review"] == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("attach", "second.txt", "--edition-of", "quai"), "there is no such source"),
        (("attach", "archive/quay.txt", "--edition-of", "quay"), "this is the document that quay names already"),
        (("attach", "nothing.txt", "--edition-of", "quay"), "cannot be read"),
        (("attach", "archive/quay.txt"), "add --edition-of SOURCE"),
        (("passages", "accept", "quay/nothing", "--reason", "x"), "there is no such figure or claim"),
        (("passages", "accept", "quay/fee", "--reason", "x"), "no passage of it waits for anybody"),
    ],
)
def test_a_slip_is_told_and_changes_nothing(attached: Kb, workspace: Path, words: tuple[str, ...], told: str) -> None:
    (workspace / "second.txt").write_text(NEWER)
    head = attached("log", "head").output
    assert told in attached(*words, code=1).output
    assert attached("log", "head").output == head


def test_a_literal_that_stands_twice_waits_for_a_choice(attached: Kb, workspace: Path) -> None:
    (workspace / "archive" / "quay.txt").write_text(QUAY)
    note = "The pass costs $40, and $40 it is.\n"
    (workspace / "archive" / "note.txt").write_text(note)
    (workspace / "seeds" / "note.yaml").write_text(
        f"kb: 1\nid: note\nsource: {{type: post, title: N, language: en, document: {{sha256: {digest(note)}}}}}\n"
        "figures:\n  - {id: fee, measure: pass-fee, value: $40 / month, at: 'L1 \"$40\"'}\n"
    )
    attached("import", "--reason", "a note")
    assert "to review: note/fee" in attached("attach", "archive").output
    assert "twice" in attached("check").stderr or "not found for certain" in attached("check").stderr
    assert "say which with --offer" in attached("passages", "accept", "note/fee", "--reason", "x", code=1).output
    attached("passages", "accept", "note/fee", "--offer", "2", "--reason", "the second one is meant")
    assert figure(attached, "note/fee")["char_start"] == note.rindex("$40")


def test_an_anchor_from_before_means_were_noted_still_reads() -> None:
    place = '{"after":"","before":"","end":3,"start":0,"text":"$40"}'
    old = f'{{"anchors":[{{"anchor":{place},"entity":"a","index":0}}],"sha256":"s"}}'
    fact = fact_of("passages.anchored.v1", old)
    assert isinstance(fact, PassagesAnchored)
    assert (fact.anchors[0].by, fact.anchors[0].line) == (AnchoringMethod.UNSAID, 0)


@pytest.fixture
def pages(moved: Kb, workspace: Path) -> Iterator[TestClient[Litestar]]:
    found = Workspace.find(workspace)
    with open_base(found) as base, signed_in(StoreBackend(base, document_store(found), "ada")) as client:
        yield client


def test_what_waits_is_reachable_and_shows_old_and_new_words(pages: TestClient[Litestar]) -> None:
    assert 'href="/passages"' in pages.get("/").text
    assert 'href="/passages#quay"' in pages.get("/sources/quay").text
    text = pages.get("/passages").text
    assert "<del>300</del><ins>310</ins>" in text
    assert "the numbers differ" in text
    assert "Its place in the attached edition is uncertain" in pages.get("/figures/quay/north-value").text
    told = pages.get("/passages.json").json()
    assert told["sources"][0]["review"][0]["offers"][0]["score"] > 80


def test_the_form_on_the_page_settles_a_passage(pages: TestClient[Litestar]) -> None:
    row = next(
        row
        for source in pages.get("/passages.json").json()["sources"]
        for row in source["review"]
        if row["ref"]["slug"] == "quay/north-value"
    )
    sent = {
        "entry": "quay/north-value",
        "passage": "1",
        "decision": "accept-1",
        "seen": row["seen"],
        "text": "a new count",
        "actor": "ben",
    }
    assert pages.post("/settlings", data=sent).status_code == 403
    own = {"origin": f"http://{HOST}"}
    assert pages.post("/settlings", data={**sent, "seen": ""}, headers=own).status_code == 422
    assert pages.post("/settlings", data={**sent, "seen": "0"}, headers=own).status_code == 409
    assert pages.post("/settlings", data=sent, headers=own, follow_redirects=False).status_code == 303
    assert "by a person" in pages.get("/figures/quay/north-value").text
    again = pages.post("/settlings", data={**sent, "actor": "cem"}, headers=own)
    assert again.status_code == 409
    assert "ben accepted a place for its passage: “a new count”" in again.text


def test_settling_is_an_event_of_the_entry(moved: Kb) -> None:
    moved("passages", "accept", "quay/north-value", "--reason", "a new count")
    newest = json.loads(moved("log", "--json", "--limit", "1").output)[0]
    fact = fact_of(newest["type"], newest["data"])
    assert isinstance(fact, PassageAccepted)
    assert fact.anchored.by is AnchoringMethod.PERSON
    assert newest["stream"] == fact.anchored.entity
