"""Nobody can change the log unseen: verifying names the first bad position and what is wrong there."""

import hashlib
import json

import pytest

from kb.domain.event import NewEvent, Recorded, Retracted, Revised
from kb.domain.problem import Refused
from kb.store.chain import Fault
from kb.store.log import GENESIS, Head, Row, sealed
from tests.ledger import ADA, Ledger, claim, figure, log_fault, redact, source


@pytest.fixture
def told(ledger: Ledger) -> Ledger:
    ledger.tell(Recorded(source("deck")), Recorded(figure("a")), Recorded(claim("c", "“價值” \\ \t \x01 \x7f 🙂")))
    ledger.tell(Revised(figure("a", 9000)), Retracted("claim", claim("c").id))
    return ledger


def test_an_untouched_log_holds(told: Ledger) -> None:
    assert log_fault(told.base) is None


def test_an_empty_log_holds_and_its_head_is_the_genesis(ledger: Ledger) -> None:
    assert log_fault(ledger.base) is None
    assert ledger.base.head() == Head(0, GENESIS)


def test_a_stranger_verifies_the_log_with_ten_lines(told: Ledger) -> None:
    """The recipe as the documentation of ``kb.store.log`` gives it, on rows read by another program."""

    def text(value: object) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def digest(words: str) -> str:
        return hashlib.sha256(words.encode()).hexdigest()

    names = "position, stream, version, event_id, type, recorded_at, batch, data, salt, actor, reason, payload_digest"
    previous = "0" * 64
    for *link, data, salt, actor, reason, payload, hash in told.rows(f"SELECT {names}, hash FROM log ORDER BY 1"):
        assert payload == digest(f"{salt}[{data},{text(actor)},{text(reason)}]")
        assert hash == digest(text([previous, *link, payload]))
        previous = hash
    assert told.base.head() == Head(5, previous)


@pytest.mark.parametrize(
    ("statement", "position", "what"),
    [
        ("UPDATE log SET data = replace(data, '8000', '8001') WHERE position = 2", 2, "payload was altered"),
        ("UPDATE log SET actor = 'eve' WHERE position = 4", 4, "payload was altered"),
        ("UPDATE log SET reason = 'none' WHERE position = 1", 1, "payload was altered"),
        ("UPDATE log SET salt = replace(salt, '0', '1') WHERE position = 3", 3, "payload was altered"),
        ("UPDATE log SET payload_digest = hash WHERE position = 3", 3, "payload was altered"),
        ("UPDATE log SET recorded_at = '1999' WHERE position = 5", 5, "column was altered"),
        ("UPDATE log SET batch = 'x' WHERE position = 2", 2, "column was altered"),
        ("UPDATE log SET type = 'figure.revised.v1' WHERE position = 2", 2, "column was altered"),
        ("UPDATE log SET event_id = 'x' WHERE position = 2", 2, "column was altered"),
        ("UPDATE log SET version = 3 WHERE position = 4", 4, "column was altered"),
        ("UPDATE log SET stream = 'b' WHERE position = 4", 4, "column was altered"),
        ("UPDATE log SET hash = previous WHERE position = 3", 3, "column was altered"),
        ("UPDATE log SET previous = hash WHERE position = 3", 3, "link is broken"),
        ("DELETE FROM log WHERE position = 1", 1, "event is missing"),
        ("DELETE FROM log WHERE position = 3", 3, "event is missing"),
        ("UPDATE log SET position = 9 WHERE position = 4", 4, "event is missing"),
        ("UPDATE log SET position = -1 WHERE position = 2", 1, "event is missing"),
        ("UPDATE log SET data = NULL, salt = NULL WHERE position = 2", 2, "payload is gone"),
        ("UPDATE log SET data = NULL, salt = NULL, actor = '', reason = '' WHERE position = 2", 2, "payload is gone"),
    ],
)
def test_the_first_bad_position_is_named_with_what_is_wrong(
    told: Ledger, statement: str, position: int, what: str
) -> None:
    told.tamper(statement)
    fault = log_fault(told.base)
    assert fault is not None
    assert (fault.where, what in fault.what) == (f"position {position}", True), fault


def test_of_two_bad_positions_the_first_is_named(told: Ledger) -> None:
    told.tamper("UPDATE log SET batch = 'x' WHERE position = 4", "UPDATE log SET data = '{}' WHERE position = 2")
    fault = log_fault(told.base)
    assert fault is not None
    assert fault.where == "position 2"


def forged(ledger: Ledger, *rows: tuple[str, int, str]) -> None:
    """Rows behind the head with all hashes right: ``(stream, version, event id)``."""
    events = [
        NewEvent(event_id=id, stream=stream, version=version, type="figure.recorded.v1", data="{}", salt="0" * 32)
        for stream, version, id in rows
    ]
    made: list[Row] = sealed(events, ledger.base.head(), ADA, batch="forged", recorded_at="now")
    told = ["(" + ", ".join(str(part) if isinstance(part, int) else f"'{part}'" for part in row) + ")" for row in made]
    ledger.tamper(f"INSERT INTO log VALUES {', '.join(told)}")


def test_a_version_that_was_skipped_is_found_though_every_hash_is_right(told: Ledger) -> None:
    forged(told, ("b", 1, "x"), ("a", 4, "y"))
    fault = log_fault(told.base)
    assert fault is not None
    assert (fault.where, fault.what) == ("position 7", "the version is not one above the last of its stream")


def test_a_version_or_an_id_that_is_there_twice_is_found_where_nothing_kept_it_out(told: Ledger) -> None:
    told.tamper("CREATE TABLE bare AS SELECT * FROM log", "DROP TABLE log", "ALTER TABLE bare RENAME TO log")
    first_id = next(told.base.events()).event_id
    forged(told, ("b", 1, first_id), ("a", 2, "y"))
    fault = log_fault(told.base)
    assert fault is not None
    assert (fault.where, fault.what) == ("position 6", "the event id was used before")
    told.tamper("UPDATE log SET event_id = 'z' WHERE position = 1")
    fault = log_fault(told.base)
    assert fault is not None
    assert fault.where == "position 1"


@pytest.mark.parametrize(("left", "last"), [(3, 5), (4, 5), (0, 5)])
def test_a_tail_that_was_cut_off_shows_against_the_tables(told: Ledger, left: int, last: int) -> None:
    told.tamper(f"DELETE FROM log WHERE position > {left}")
    what = f"the tables know events up to {last}, and the log ends at {left}: its tail was cut off"
    assert log_fault(told.base) == Fault(f"position {left}", what)
    for refused in (told.base.rebuild, lambda: told.tell(Recorded(claim("later"))), told.base.require_sound_end):
        with pytest.raises(Refused, match=f"{what} — restore a backup"):
            refused()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE batch SET last_position = 99 WHERE last_position = 5",
        "UPDATE batch SET events = 97, last_position = 99, first_position = 4 WHERE last_position = 5",
        "DROP TABLE batch",
    ],
)
def test_damage_of_the_tables_alone_is_no_damage_of_the_log(told: Ledger, statement: str) -> None:
    told.tamper(statement)
    assert log_fault(told.base) is None


@pytest.mark.parametrize(
    ("statement", "position", "what"),
    [
        ("UPDATE log SET hash = '00' WHERE position = 5", 5, "a column was altered"),
        ("UPDATE log SET type = 'claim.weighed.v7' WHERE position = 5", 5, "a column was altered"),
        ("UPDATE log SET actor = 'eve' WHERE position = 5", 5, "the payload was altered"),
        ("UPDATE log SET previous = hash WHERE position = 5", 5, "the link is broken"),
        ("UPDATE log SET data = NULL, salt = NULL, actor = '', reason = '' WHERE position = 5", 5, "payload is gone"),
        ("UPDATE log SET position = 1000 WHERE position = 5", 5, "position 1000 follows position 4"),
        ("DELETE FROM log WHERE position < 5", 1, "position 5 follows position 0"),
    ],
)
def test_nothing_is_appended_to_a_last_event_that_is_damaged(
    told: Ledger, statement: str, position: int, what: str
) -> None:
    told.tamper(statement)
    before = told.rows("SELECT count(*) FROM log")
    with pytest.raises(Refused) as refused:
        told.tell(Recorded(claim("later")))
    [problem] = refused.value.problems
    fault = log_fault(told.base)
    assert fault is not None
    assert (problem.where, problem.what, problem.hint) == (f"position {position}", fault.what, fault.remedy)
    assert what in problem.what and told.rows("SELECT count(*) FROM log") == before


def test_a_tail_that_was_cut_off_the_tables_too_shows_only_against_a_head_kept_elsewhere(told: Ledger) -> None:
    kept = told.base.head()
    told.tamper("DELETE FROM log WHERE position > 3", "DELETE FROM batch WHERE last_position > 3")
    assert log_fault(told.base) is None
    fault = log_fault(told.base, expected=kept)
    assert fault is not None
    assert (fault.where, "the log ends here, but the given head names position 5" in fault.what) == ("position 3", True)


def test_a_log_that_was_written_anew_shows_against_a_head_kept_elsewhere(told: Ledger) -> None:
    kept = told.base.head()
    told.tamper("DELETE FROM log WHERE position > 4")
    forged(told, ("b", 1, "x"), ("d", 1, "y"))
    assert log_fault(told.base) is None
    fault = log_fault(told.base, expected=kept)
    assert fault is not None
    assert (fault.where, "was rewritten" in fault.what) == ("position 5", True)


def test_a_head_kept_earlier_still_holds_after_more_was_told(told: Ledger) -> None:
    kept = told.base.head()
    told.tell(Recorded(figure("b")))
    assert log_fault(told.base, expected=kept) is None


def test_verifying_tells_how_far_it_is(told: Ledger) -> None:
    steps: list[tuple[int, int]] = []
    log_fault(told.base, lambda done, total: steps.append((done, total)))
    assert steps == [(5, 5)]


def test_a_redacted_event_keeps_its_digest_and_the_chain_holds(told: Ledger) -> None:
    before = list(told.base.events())[1]
    redact(told.base, 2, told.mint)
    after = list(told.base.events())[1]
    assert (after.data, after.salt, after.actor, after.reason) == (None, None, "", "")
    assert (after.payload_digest, after.hash) == (before.payload_digest, before.hash)
    assert log_fault(told.base) is None


def test_a_redaction_says_who_and_why(told: Ledger) -> None:
    redact(told.base, 2, told.mint)
    newest = next(told.base.events(newest_first=True))
    assert (newest.type, newest.data) == ("event.redacted.v1", '{"position":2}')
    assert (newest.actor, newest.reason) == (ADA.actor, ADA.reason)


@pytest.mark.parametrize(
    ("position", "what"), [(99, "no such event"), (7, "no such event"), (2, "is already redacted")]
)
def test_what_cannot_be_redacted_is_refused(told: Ledger, position: int, what: str) -> None:
    redact(told.base, 2, told.mint)
    with pytest.raises(Refused, match=what):
        redact(told.base, position, told.mint)
    assert told.base.head().position == 6


def test_a_redaction_whose_reason_must_go_is_redacted_itself(told: Ledger) -> None:
    redact(told.base, 2, told.mint)
    redact(told.base, 6, told.mint)
    assert [event.data for event in told.base.events(after=5)] == [None, '{"position":6}']
    assert log_fault(told.base) is None


def test_appending_a_redacted_event_again_is_still_a_retry(told: Ledger) -> None:
    event = list(told.base.events())[4]
    new = NewEvent(
        event_id=event.event_id,
        stream=event.stream,
        version=event.version,
        type=event.type,
        data=event.data or "",
        salt=event.salt or "",
    )
    redact(told.base, 5, told.mint)
    assert told.base.append([new], ADA, batch="b", recorded_at="now").position == 6
    with pytest.raises(Refused, match="is used for another event"):
        told.base.append([new], type(ADA)("eve", "other"), batch="b", recorded_at="now")
