"""The tables follow from the log: what an event means for them is said once, so a replay gives what was there."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.domain.entity import EDITORS_OF_A_SOURCE, AnyEntity, kind_of
from kb.domain.event import (
    UPCASTERS,
    Anchored,
    DocumentAttached,
    EventRedacted,
    Fact,
    Missed,
    NewEvent,
    PassageAccepted,
    PassageRejected,
    PassagesAnchored,
    PassagesMissed,
    Recorded,
    Retracted,
    Revised,
    data_of,
)
from kb.domain.identity import Id
from kb.domain.passage import Anchor, AnchoringMethod, Offer
from kb.domain.problem import Refused
from kb.store.log import append
from tests.ledger import (
    ADA,
    Ledger,
    altered_tables,
    calculation,
    claim,
    driver,
    figure,
    inference,
    log_fault,
    measure,
    redact,
    source,
    table_digest,
)

TEXT = "ab" * 32


def anchored(*entities: str, at: int = 10, passage: int = 0) -> PassagesAnchored:
    place = Anchor(start=at, end=at + 5, before="before ", text="$8000", after=" after")
    return PassagesAnchored(
        TEXT, tuple(Anchored(entity=Id(entity), index=passage, anchor=place) for entity in entities)
    )


def test_what_was_told_comes_back_whole_and_in_order(ledger: Ledger) -> None:
    told: list[AnyEntity] = [source("deck"), measure("value"), figure("z"), figure("a"), claim("c"), calculation("sum")]
    ledger.tell(*map(Recorded, told))
    known = ledger.base.knowledge()
    assert sorted(known.by_id.values(), key=kind_of) == sorted(told, key=kind_of)
    assert list(known.figures) == ["z", "a"]


def test_a_revision_replaces_the_whole_entity_and_keeps_its_place(ledger: Ledger) -> None:
    ledger.tell(Recorded(figure("a")), Recorded(figure("b")))
    ledger.tell(Revised(figure("a", 9000, slug="renamed")))
    assert list(ledger.base.knowledge().figures.values()) == [figure("a", 9000, slug="renamed"), figure("b")]
    assert ledger.rows("SELECT first_position, last_position, slug, low FROM figure ORDER BY id") == [
        (1, 3, "renamed", "9000"),
        (2, 2, "deck/b", "8000"),
    ]
    assert ledger.base.last_events() == {"a": 3, "b": 2}


def test_a_retracted_entity_is_gone_and_may_be_told_anew(ledger: Ledger) -> None:
    ledger.tell(Recorded(figure("a")), Recorded(figure("b")), Retracted("figure", Id("a")))
    assert list(ledger.base.knowledge().figures) == ["b"]
    ledger.tell(Recorded(figure("a", 1)))
    assert list(ledger.base.knowledge().figures) == ["b", "a"]


def test_two_entities_may_swap_their_names_in_one_batch(ledger: Ledger) -> None:
    ledger.tell(Recorded(figure("a", slug="first")), Recorded(figure("b", slug="second")))
    ledger.tell(Revised(figure("a", slug="second")), Revised(figure("b", slug="first")))
    assert {f.id: f.slug for f in ledger.base.knowledge().figures.values()} == {"a": "second", "b": "first"}


@pytest.fixture
def attached(ledger: Ledger) -> Ledger:
    ledger.tell(
        Recorded(source("deck", document=TEXT)),
        Recorded(measure("value")),
        Recorded(figure("a", vendor="anthropic")),
        Recorded(claim("c")),
        DocumentAttached(TEXT, 1000),
        anchored("a", "c"),
    )
    return ledger


def test_an_attached_document_and_its_anchors_are_known(attached: Ledger) -> None:
    known = attached.base.knowledge()
    assert known.documents[TEXT].characters == 1000
    assert {id: places[0].anchor.start for id, places in known.anchors.items()} == {"a": 10, "c": 10}


def test_new_anchors_replace_those_of_the_same_entities_only(attached: Ledger) -> None:
    attached.tell(anchored("c", at=70, passage=1))
    known = attached.base.knowledge()
    assert {id: [(p.index, p.anchor.start) for p in places] for id, places in known.anchors.items()} == {
        "a": [(0, 10)],
        "c": [(1, 70)],
    }


@pytest.mark.parametrize(
    ("fact", "still"),
    [
        (Revised(figure("a", 9000, line=1)), False),
        (Revised(figure("a", slug="renamed")), True),
        (Revised(figure("a", line=2)), False),
        (Retracted("figure", Id("a")), False),
        (Revised(source("deck", document="cd" * 32)), False),
        (Revised(source("deck", document=TEXT, title="Renamed")), True),
    ],
    ids=["another literal", "another name", "another line", "retracted", "another document", "another title"],
)
def test_an_anchor_holds_for_as_long_as_the_passage_that_it_was_found_for(
    attached: Ledger, fact: Fact, still: bool
) -> None:
    attached.tell(fact)
    assert ("a" in attached.base.knowledge().anchors) is still


NEWER = "cd" * 32
PLACE = Anchor(start=90, end=95, before="now ", text="$8100", after=" a month")
OFFER = Offer(PLACE, 7, 92)


def missed(entity: str, *offers: Offer, passage: int = 0) -> Missed:
    return Missed(
        entity=Id(entity),
        index=passage,
        offers=offers,
        earlier=Anchor(start=10, end=15, before="before ", text="$8000", after=" after"),
        document=TEXT,
    )


@pytest.fixture
def doubtful(attached: Ledger) -> Ledger:
    """The document has another edition, in which the figure is in doubt and the claim is found."""
    attached.tell(
        Revised(source("deck", document=NEWER)),
        DocumentAttached(NEWER, 1100),
        PassagesAnchored(
            NEWER, (Anchored(entity=Id("c"), index=0, anchor=PLACE, by=AnchoringMethod.NEIGHBOURS, line=7),)
        ),
        PassagesMissed(NEWER, (missed("a", OFFER), missed("c", passage=1))),
    )
    return attached


def test_what_was_missed_is_known_beside_what_was_found(doubtful: Ledger) -> None:
    known = doubtful.base.knowledge()
    assert known.missed == {"a": (missed("a", OFFER),), "c": (missed("c", passage=1),)}
    assert [(place.by, place.line) for place in known.anchors["c"]] == [(AnchoringMethod.NEIGHBOURS, 7)]
    assert "a" not in known.anchors


def test_where_passages_stood_in_an_older_edition_is_remembered(attached: Ledger) -> None:
    attached.tell(Revised(source("deck", document=NEWER)))
    known = attached.base.knowledge()
    assert known.anchors == {}
    assert {id: [(sha, one.anchor.start) for sha, one in places] for id, places in known.earlier.items()} == {
        "a": [(TEXT, 10)],
        "c": [(TEXT, 10)],
    }


def test_what_was_missed_twice_remembers_where_it_stood(doubtful: Ledger) -> None:
    doubtful.tell(Revised(source("deck", document="ef" * 32)))
    earlier = doubtful.base.knowledge().earlier
    assert [(sha, one.anchor.start) for sha, one in earlier["a"]] == [(TEXT, 10)]
    assert sorted((sha, one.index) for sha, one in earlier["c"]) == [(TEXT, 1), (NEWER, 0)]


def test_an_accepted_place_is_an_anchor_and_waits_no_more(doubtful: Ledger) -> None:
    doubtful.tell(
        PassageAccepted(NEWER, Anchored(entity=Id("a"), index=0, anchor=PLACE, by=AnchoringMethod.PERSON, line=7))
    )
    known = doubtful.base.knowledge()
    assert known.anchors["a"][0].by is AnchoringMethod.PERSON
    assert list(known.missed) == ["c"]


def test_a_rejected_place_is_kept_as_rejected(doubtful: Ledger) -> None:
    left = replace(missed("a"), rejected=(OFFER,))
    doubtful.tell(PassageRejected(NEWER, left))
    assert doubtful.base.knowledge().missed["a"] == (left,)


@pytest.mark.parametrize(
    "fact",
    [
        Revised(figure("a", line=2)),
        Retracted("figure", Id("a")),
        Revised(source("deck", document="")),
        PassagesAnchored(NEWER, (Anchored(entity=Id("a"), index=0, anchor=PLACE),)),
    ],
    ids=["another line", "retracted", "no document", "found after all"],
)
def test_a_doubt_lasts_as_long_as_its_passage_and_its_document(doubtful: Ledger, fact: Fact) -> None:
    doubtful.tell(fact)
    assert "a" not in doubtful.base.knowledge().missed


def test_missed_and_settled_passages_come_back_in_a_rebuild_and_at_a_moment(doubtful: Ledger) -> None:
    before = doubtful.base.head().position
    doubtful.tell(
        PassageRejected(NEWER, replace(missed("a"), rejected=(OFFER,))),
        Revised(figure("a", slug="renamed")),
        PassageAccepted(NEWER, Anchored(entity=Id("c"), index=1, anchor=PLACE, by=AnchoringMethod.PERSON, line=7)),
    )
    fingerprint = table_digest(doubtful.base)
    assert doubtful.base.rebuild() == (fingerprint, fingerprint)
    assert doubtful.base.at(before).knowledge().missed["a"] == (missed("a", OFFER),)
    assert doubtful.base.at(before - 4).knowledge().anchors["a"][0].anchor.start == 10


def test_a_redacted_doubt_is_forgotten(doubtful: Ledger) -> None:
    redact(doubtful.base, doubtful.base.head().position, doubtful.mint)
    assert doubtful.base.knowledge().missed == {}


def test_an_old_anchor_is_read_as_found_by_nobody_knows_what(ledger: Ledger) -> None:
    ledger.tell(Recorded(source("deck", document=TEXT)), Recorded(figure("a")), DocumentAttached(TEXT, 1000))
    place = '{"after":"","before":"","end":15,"start":10,"text":"$8000"}'
    data = f'{{"anchors":[{{"anchor":{place},"entity":"a","index":0}}],"sha256":"{TEXT}"}}'
    event = NewEvent(event_id="old", stream=TEXT, version=2, type="passages.anchored.v1", data=data, salt="0" * 32)
    ledger.base.append([event], ADA, batch="old", recorded_at=ledger.mint.now())
    assert ledger.base.knowledge().anchors["a"][0].by is AnchoringMethod.UNSAID
    fingerprint = table_digest(ledger.base)
    assert ledger.base.rebuild() == (fingerprint, fingerprint)


def test_a_rebuild_gives_the_same_tables(attached: Ledger) -> None:
    attached.tell(Revised(figure("a", 9000)), Retracted("claim", Id("c")), Recorded(measure("fee")))
    fingerprint = table_digest(attached.base)
    assert attached.base.rebuild() == (fingerprint, fingerprint)
    assert table_digest(attached.base) == fingerprint


@pytest.mark.parametrize("table", ["figure", "anchor", "document", "reference", "batch", "finding"])
def test_a_rebuild_mends_tables_that_were_tampered_with(attached: Ledger, table: str) -> None:
    fingerprint = table_digest(attached.base)
    attached.tamper(f"DELETE FROM {table}")
    before, after = attached.base.rebuild()
    assert before != fingerprint
    assert after == fingerprint


def test_a_rebuild_tells_how_far_it_is(attached: Ledger) -> None:
    steps: list[tuple[int, int]] = []
    attached.base.rebuild(lambda done, total: steps.append((done, total)))
    assert steps == [(6, 6)]


IDS = st.sampled_from(["a", "b", "c"])
AMOUNTS = st.integers(1, 3)
MEASURES = st.sampled_from(["value", "fee"])
INPUTS = st.one_of(MEASURES, IDS.map("sum-{}".format))
CHECKS = st.sampled_from([(), ("a",), ("b",)])
STORIES: dict[str, Callable[[st.DrawFn, str], AnyEntity]] = {
    "measure": lambda draw, _: measure(draw(MEASURES)),
    "figure": lambda draw, name: figure(name, draw(AMOUNTS), of=draw(MEASURES), line=draw(AMOUNTS)),
    "claim": lambda draw, name: claim(f"claim-{name}", f"No {draw(AMOUNTS)}.", line=draw(AMOUNTS)),
    "inference": lambda draw, name: inference(f"claim-{name}", f"No {draw(AMOUNTS)}."),
    "calculation": lambda draw, name: calculation(f"sum-{name}", draw(INPUTS), checks=draw(CHECKS)),
    "source": lambda draw, _: source("deck", document=draw(st.sampled_from(["", TEXT]))),
}


PLACES: tuple[Callable[[str], Fact], ...] = (
    lambda entity: PassagesMissed(TEXT, (missed(entity),)),
    lambda entity: PassageRejected(TEXT, missed(entity)),
    lambda entity: PassageAccepted(TEXT, anchored(entity).anchors[0]),
)


@st.composite
def histories(draw: st.DrawFn) -> list[list[Fact]]:
    """Batches of facts about a few entities; what stands may be revised or retracted, what does not is recorded."""
    standing: set[str] = set()
    batches: list[list[Fact]] = []
    for size in draw(st.lists(st.integers(1, 5), min_size=1, max_size=5)):
        batches.append([])
        for _ in range(size):
            entity = STORIES[draw(st.sampled_from(sorted(STORIES)))](draw, draw(IDS))
            told: Any = Revised if entity.id in standing else Recorded
            choice = draw(st.sampled_from(["tell", "tell", "retract", "anchor", "place"]))
            if choice == "anchor":
                batches[-1].append(anchored(*draw(st.sets(IDS, min_size=1)), at=draw(AMOUNTS)))
            elif choice == "place":
                batches[-1].append(draw(st.sampled_from(PLACES))(draw(IDS)))
            elif choice == "retract" and entity.id in standing:
                batches[-1].append(Retracted(kind_of(entity), entity.id))
                standing.discard(entity.id)
            else:
                batches[-1].append(told(entity))
                standing.add(entity.id)
    return batches


def emptied(ledger: Ledger) -> None:
    ledger.tamper("DELETE FROM log", "DELETE FROM batch")
    ledger.base.rebuild()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories())
def test_a_replay_gives_what_live_appending_gave_findings_included(ledger: Ledger, history: list[list[Fact]]) -> None:
    emptied(ledger)
    for batch in history:
        ledger.tell(*batch)
    live = table_digest(ledger.base)
    assert altered_tables(ledger.base) == []
    assert ledger.base.rebuild() == (live, live)
    assert log_fault(ledger.base) is None


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories())
def test_a_moment_shows_what_stood_then(ledger: Ledger, history: list[list[Fact]]) -> None:
    emptied(ledger)
    stood = {ledger.tell(*batch).position: table_digest(ledger.base) for batch in history}
    fresh = ledger.opened()
    assert {position: table_digest(fresh.at(position)) for position in reversed(stood)} == stood


def test_an_old_event_is_read_through_its_upcasters(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        UPCASTERS, "claim.recorded.v0", ("claim.recorded.v0b", lambda old: old | {"text": old["words"]})
    )
    monkeypatch.setitem(
        UPCASTERS,
        "claim.recorded.v0b",
        ("claim.recorded.v1", lambda old: {k: v for k, v in old.items() if k != "words"}),
    )
    data = data_of(Recorded(claim("c", "It holds."))).replace('"text"', '"words"')
    old = NewEvent(event_id="e1", stream="c", version=1, type="claim.recorded.v0", data=data, salt="0" * 32)
    ledger.base.append([old], ADA, batch="b", recorded_at="now")
    assert ledger.base.knowledge().claims == {"c": claim("c", "It holds.")}
    assert next(ledger.base.events()).data == data
    assert len(set(ledger.base.rebuild())) == 1
    assert log_fault(ledger.base) is None


def test_older_editors_of_a_source_are_told_from_those_of_the_base(ledger: Ledger) -> None:
    data = data_of(Recorded(claim("c"))).replace('"origin":"Ada"', '"origin":"editors"')
    old = NewEvent(event_id="e1", stream="c", version=1, type="claim.recorded.v1", data=data, salt="0" * 32)
    ledger.base.append([old], ADA, batch="b", recorded_at="now")
    assert ledger.base.knowledge().claims == {"c": replace(claim("c"), voice=EDITORS_OF_A_SOURCE)}
    assert next(ledger.base.events()).data == data
    assert len(set(ledger.base.rebuild())) == 1


def test_an_event_that_this_version_cannot_read_is_named_when_the_tables_are_rebuilt(ledger: Ledger) -> None:
    unknown = NewEvent(event_id="x", stream="a", version=1, type="figure.recorded.v9", data="{}", salt="0" * 32)
    with ledger.base._writing() as connection:
        append(connection, [unknown], ADA, batch="b", recorded_at="now")
    with pytest.raises(Refused, match=r"figure\.recorded\.v9.*upgrade kb"):
        ledger.base.rebuild()


def test_a_redacted_figure_leaves_the_tables_at_once_and_from_every_moment(ledger: Ledger) -> None:
    ledger.tell(Recorded(figure("a")), Recorded(figure("b")))
    assert list(ledger.base.at(2).knowledge().figures) == ["a", "b"]
    redact(ledger.base, 1, ledger.mint)
    assert list(ledger.base.knowledge().figures) == list(ledger.base.at(2).knowledge().figures) == ["b"]
    assert len(set(ledger.base.rebuild())) == 1


def test_a_revision_stands_though_what_it_revised_is_redacted(ledger: Ledger) -> None:
    ledger.tell(Recorded(figure("a")), Revised(figure("a", 9000)))
    redact(ledger.base, 1, ledger.mint)
    assert list(ledger.base.knowledge().figures.values()) == [figure("a", 9000)]


def test_a_redacted_retraction_still_retracts(ledger: Ledger) -> None:
    ledger.tell(Recorded(figure("a")), Retracted("figure", Id("a")))
    redact(ledger.base, 2, ledger.mint)
    assert not ledger.base.knowledge().figures
    assert len(set(ledger.base.rebuild())) == 1


def test_a_redacted_payload_is_nowhere_in_the_files_of_the_database(ledger: Ledger) -> None:
    names = [f"c{number}" for number in range(50)]
    ledger.tell(*(Recorded(claim(name, f"Confidential-Person said so of {name}.")) for name in names))
    ledger.tell(*(Revised(claim(name, "Confidential-Person said so, at length. " * 9)) for name in names))
    ledger.tell(*(EventRedacted(position) for position in range(1, 101)))
    assert ledger.base.overwrite_deleted() == ""
    assert [path.name for path in files_of(ledger) if b"Confidential-Person" in path.read_bytes()] == []


def test_a_session_that_holds_up_the_rewriting_is_named(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    if ledger.url.startswith("sqlite"):
        pytest.skip("a file is rewritten beside its readers")
    monkeypatch.setattr("kb.store.writer.FOREIGN_PATIENCE", 0.1)
    ledger.tell(Recorded(claim("c")), EventRedacted(1))
    with driver(ledger.url) as other:
        other.exec_driver_sql("SELECT count(*) FROM claim")
        assert "another process" in ledger.base.overwrite_deleted()
    assert ledger.base.overwrite_deleted() == ""


def files_of(ledger: Ledger) -> list[Path]:
    """The files of the database: of a server all except its write-ahead log, which it overwrites in its own time."""
    if ledger.url.startswith("sqlite"):
        folder = Path(ledger.url.removeprefix("sqlite:///")).parent
        return [path for path in folder.rglob("*") if path.is_file()]
    [(data,)] = ledger.rows("SHOW data_directory")
    [(oid,)] = ledger.rows("SELECT oid FROM pg_database WHERE datname = current_database()")
    return [path for path in (Path(data) / "base" / str(oid)).iterdir() if path.is_file()]
