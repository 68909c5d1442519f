"""The log keeps what happened: in order, once, under the version that was expected, and for good."""

from dataclasses import replace

import pytest

from kb.domain.event import Recorded, Retracted, Revised, new_events
from kb.domain.identity import Author
from kb.domain.problem import Refused
from tests.ledger import ADA, Ledger, claim, figure, source


def test_positions_are_dense_from_one(ledger: Ledger) -> None:
    ledger.tell(Recorded(source("deck")), Recorded(figure("a")))
    ledger.tell(Revised(figure("a", 9000)))
    assert [event.position for event in ledger.base.events()] == [1, 2, 3]


def test_a_refused_append_leaves_no_gap(ledger: Ledger) -> None:
    ledger.tell(Recorded(figure("a")))
    [stale] = new_events([Revised(figure("a", 1))], {}, ledger.mint)
    with pytest.raises(Refused):
        ledger.base.append([stale], ADA, batch="b", recorded_at="now")
    assert ledger.tell(Recorded(figure("b"))).position == 2


def test_an_event_keeps_the_very_text_and_its_author(ledger: Ledger) -> None:
    [new] = new_events([Recorded(claim("c", "“價值” \\ \t \x7f 🙂"))], {}, ledger.mint)
    ledger.base.append([new], Author("ada", "第一次"), batch="b", recorded_at="2026-06-15T12:00:00.000000Z")
    [event] = ledger.base.events()
    assert (event.data, event.salt, event.type) == (new.data, new.salt, "claim.recorded.v2")
    assert (event.actor, event.reason, event.batch) == ("ada", "第一次", "b")


def test_an_event_for_another_version_than_the_one_that_stands_is_refused(ledger: Ledger) -> None:
    ledger.tell(Recorded(figure("a")))
    events = new_events([Revised(figure("a", 1))], {"a": 1}, ledger.mint)
    ledger.tell(Revised(figure("a", 2)))
    with pytest.raises(Refused, match="expects version 1 of a, but version 2 stands"):
        ledger.base.append(events, ADA, batch="b", recorded_at="now")
    assert ledger.base.knowledge().figures["a"].quantity.as_written == "$2"


def test_a_version_that_skips_one_is_refused(ledger: Ledger) -> None:
    events = new_events([Recorded(figure("a"))], {"a": 1}, ledger.mint)
    with pytest.raises(Refused, match="expects version 1 of a, but version 0 stands"):
        ledger.base.append(events, ADA, batch="b", recorded_at="now")


def test_one_bad_event_keeps_its_whole_batch_out_even_beyond_a_thousand(ledger: Ledger) -> None:
    good = new_events([Recorded(figure(f"f{number}")) for number in range(1500)], {}, ledger.mint)
    with pytest.raises(Refused):
        ledger.base.append([*good, replace(good[-1], event_id="late", version=7)], ADA, batch="b", recorded_at="now")
    assert ledger.base.head().position == 0
    assert not ledger.base.knowledge().figures


def test_appending_the_same_events_again_changes_nothing(ledger: Ledger) -> None:
    events = new_events([Recorded(figure("a")), Revised(figure("a", 2))], {}, ledger.mint)
    first = ledger.base.append(events, ADA, batch="b", recorded_at="now")
    assert ledger.base.append(events, ADA, batch="another", recorded_at="later") == first
    assert len(list(ledger.base.events())) == 2


def test_a_retry_appends_only_what_is_missing(ledger: Ledger) -> None:
    events = new_events([Recorded(figure("a")), Revised(figure("a", 2))], {}, ledger.mint)
    ledger.base.append(events[:1], ADA, batch="b", recorded_at="now")
    assert ledger.base.append(events, ADA, batch="b", recorded_at="now").position == 2


@pytest.mark.parametrize("other", [{"data": "{}"}, {"stream": "b"}, {"type": "claim.recorded.v1"}])
def test_an_event_id_that_tells_something_else_is_refused(ledger: Ledger, other: dict[str, str]) -> None:
    [event] = new_events([Recorded(figure("a"))], {}, ledger.mint)
    ledger.base.append([event], ADA, batch="b", recorded_at="now")
    with pytest.raises(Refused, match="this event id is used for another event"):
        ledger.base.append([replace(event, **other)], ADA, batch="b", recorded_at="now")


def test_an_event_id_used_twice_in_one_batch_is_refused(ledger: Ledger) -> None:
    one, two = new_events([Recorded(figure("a")), Recorded(figure("b"))], {}, ledger.mint)
    with pytest.raises(Refused, match="is used for another event"):
        ledger.base.append([one, replace(two, event_id=one.event_id)], ADA, batch="b", recorded_at="now")


@pytest.mark.parametrize(("actor", "reason"), [("", "why"), ("ada", " ")])
def test_an_event_needs_an_actor_and_a_reason(actor: str, reason: str) -> None:
    with pytest.raises(ValueError, match="an actor and a reason"):
        Author(actor, reason)


def test_an_event_about_something_else_than_its_stream_is_our_mistake(ledger: Ledger) -> None:
    [event] = new_events([Recorded(figure("a"))], {}, ledger.mint)
    with pytest.raises(ValueError, match="is about a, not b"):
        ledger.base.append([replace(event, stream="b")], ADA, batch="b", recorded_at="now")
    assert ledger.base.head().position == 0


@pytest.mark.parametrize("text", ["a\0b", "\\\0"])
def test_a_text_with_a_nul_is_refused_on_either_engine(ledger: Ledger, text: str) -> None:
    with pytest.raises(Refused, match="holds a NUL character"):
        ledger.tell(Recorded(claim("c", text)))
    with pytest.raises(Refused, match="holds a NUL character"):
        ledger.tell(Recorded(claim("c")), author=Author(text, "why"))


def test_a_text_that_only_spells_a_nul_is_kept(ledger: Ledger) -> None:
    ledger.tell(Recorded(claim("c", r"the escape \u0000")))
    assert ledger.base.knowledge().claims["c"].text == r"the escape \u0000"


def test_events_come_from_either_end_of_any_stretch_and_of_one_stream(ledger: Ledger) -> None:
    ledger.tell(*(Recorded(figure(f"f{number}")) for number in range(2500)))
    ledger.tell(Revised(figure("f7", 1)), Retracted("figure", figure("f7").id))
    base = ledger.base

    def positions(**asked: object) -> list[int]:
        return [event.position for event in base.events(**asked)]  # type: ignore[arg-type]

    assert positions() == list(range(1, 2503))
    assert positions(newest_first=True) == list(range(2502, 0, -1))
    assert positions(after=1200, upto=2400) == list(range(1201, 2401))
    assert positions(newest_first=True, limit=1001) == list(range(2502, 1501, -1))
    assert positions(after=5, limit=2) == [6, 7]
    assert positions(stream="f7") == [8, 2501, 2502]
    assert positions(stream="f7", newest_first=True, upto=2501) == [2501, 8]
    assert positions(limit=0) == positions(after=2502) == positions(stream="nobody") == []


def test_a_stream_that_nobody_told_of_stands_at_version_0(ledger: Ledger) -> None:
    ledger.tell(Recorded(figure("a")), Revised(figure("a", 2)))
    assert ledger.base.versions(["a", "b"]) == {"a": 2, "b": 0}


def test_a_batch_is_offered_as_a_moment_newest_first(ledger: Ledger) -> None:
    ledger.tell(Recorded(figure("a")), Recorded(figure("b")))
    ledger.tell(Revised(figure("a", 2)), author=Author("bob", "a slip"))
    newest, oldest = ledger.base.batches()
    assert (newest.position, newest.actor, newest.reason, newest.count) == (3, "bob", "a slip", 1)
    assert (oldest.position, oldest.actor, oldest.reason, oldest.count) == (2, "ada", "first reading", 2)
    assert ledger.base.batches(limit=1, offset=1) == (oldest,)


def test_a_batch_appended_in_parts_is_one_batch(ledger: Ledger) -> None:
    for name in "abc":
        events = new_events([Recorded(figure(name))], {}, ledger.mint)
        ledger.base.append(events, ADA, batch="long", recorded_at="now")
    assert [(batch.position, batch.count) for batch in ledger.base.batches()] == [(3, 3)]
