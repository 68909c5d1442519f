"""Whoever reads a table that somebody changed is refused, and does not read a wrong number beside a genuine hash."""

from collections.abc import Callable
from contextlib import nullcontext

import pytest

from kb.domain.event import Recorded, Revised
from kb.domain.problem import Damaged
from kb.store.base import Base
from kb.store.engine import database_url
from kb.store.log import silent
from kb.store.schema import CHECKED, CONCLUSIONS, LOG, METADATA, PROJECTIONS
from kb.store.verification import Scope, verify
from tests.ledger import MIGRATIONS, Ledger, altered_tables, redact
from tests.reasoning import story


@pytest.fixture
def asked(ledger: Ledger) -> Ledger:
    """Two figures that conflict, and a question on which they bear."""
    ledger.reasoned()
    ledger.tell(
        Recorded(story.source("deck")),
        Recorded(story.source("memo")),
        Recorded(story.measure()),
        Recorded(story.question("loss")),
        Recorded(story.figure("$8k/month", id="low")),
        Recorded(story.figure("$14k/month", id="high", by="memo")),
        Recorded(story.claim("dear")),
        Recorded(story.argument("so", "claim:dear", "figure:low")),
        Recorded(story.argument("then", "question:loss:yes", "claim:dear")),
    )
    return ledger


def faults(ledger: Ledger) -> list[str]:
    scope = Scope(migrations=MIGRATIONS, reconciler=ledger.reconciler, turn=nullcontext)
    return [str(fault) for fault in verify(database_url(ledger.url), scope, lambda _: silent).faults]


def test_every_table_is_the_log_or_computed_from_it() -> None:
    computed = {table.name for table in (*PROJECTIONS, *CONCLUSIONS)}
    assert computed.isdisjoint({LOG, "meta"}) and computed | {LOG, "meta"} == set(METADATA.tables)


def test_every_table_with_something_to_show_is_checked() -> None:
    showing = {name for name, table in METADATA.tables.items() if {"body", "value"} & {*table.columns.keys()}}
    assert showing - {"meta"} == {table.name for table in CHECKED}


@pytest.mark.parametrize(
    ("statement", "read"),
    [
        ("UPDATE figure SET body = replace(body, '8000', '9000') WHERE id = 'low'", Base.knowledge),
        ("UPDATE figure SET low = '1' WHERE id = 'low'", Base.knowledge),
        ("DELETE FROM figure WHERE id = 'low'", Base.knowledge),
        ("UPDATE claim SET body = replace(body, 'dear', 'fair')", Base.knowledge),
        ("UPDATE finding SET body = replace(body, 'conflict', 'tension')", Base.findings),
        ("DELETE FROM finding", Base.findings),
        ("UPDATE answer SET body = replace(body, 'yes', 'no')", Base.conclusions),
        ("UPDATE bearing SET value = '0.01'", Base.conclusions),
        ("DELETE FROM bearing", Base.conclusions),
    ],
)
def test_a_table_that_somebody_changed_is_not_read(
    asked: Ledger, statement: str, read: Callable[[Base], object]
) -> None:
    read(asked.opened())
    asked.tamper(statement)
    with pytest.raises(Damaged, match="its rows are not those that kb wrote"):
        read(asked.opened())
    assert faults(asked)
    asked.base.rebuild()
    read(asked.opened())
    assert faults(asked) == []


def test_a_forged_row_beside_the_genuine_ones_is_noticed(asked: Ledger) -> None:
    copied = "'forged', 'deck/forged', file, first_position, last_position, replace(body, 'dear', 'forged')"
    asked.tamper(f"INSERT INTO claim SELECT {copied}, places, source, text, stance, confidence, origin FROM claim")
    with pytest.raises(Damaged, match="table claim"):
        asked.opened().knowledge()


def test_a_row_that_somebody_put_right_by_hand_is_refused_until_a_rebuild(asked: Ledger) -> None:
    asked.tamper("UPDATE figure SET low = '1' WHERE id = 'low'")
    asked.tell(Revised(story.figure("$8k/month", id="low")))
    assert faults(asked) == [
        "table figure: its rows are not those that kb wrote: another program or the disk has changed them"
    ]
    asked.base.rebuild()
    assert faults(asked) == []


def test_an_event_is_recorded_although_a_table_was_changed(asked: Ledger) -> None:
    asked.tamper("UPDATE figure SET low = '1' WHERE id = 'low'")
    head = asked.tell(Recorded(story.claim("fair")))
    assert asked.base.head() == head
    with pytest.raises(Damaged, match="table figure"):
        asked.opened().knowledge()


def test_a_rebuild_says_that_answers_were_changed(asked: Ledger) -> None:
    before, after = asked.base.rebuild()
    assert before == after
    asked.tamper("UPDATE answer SET body = replace(body, 'yes', 'no')")
    before, after = asked.base.rebuild()
    assert before != after
    asked.tamper("UPDATE bearing SET value = '0.01'")
    before, after = asked.base.rebuild()
    assert before != after


def test_answers_that_are_not_brought_up_to_date_yet_are_not_wrong(asked: Ledger) -> None:
    asked.tamper("UPDATE meta SET value = '1:00 rules' WHERE key = 'answers'")
    before, after = asked.base.rebuild()
    assert before == after and asked.base.conclusions()


def test_findings_that_were_computed_anew_are_read_again(asked: Ledger) -> None:
    asked.tamper("UPDATE finding SET verdict = 'tension'")
    assert asked.base.reconcile().differing
    assert asked.opened().findings() and altered_tables(asked.base) == []


def test_a_redaction_leaves_checksums_that_fit(asked: Ledger) -> None:
    redact(asked.base, 5, asked.mint)
    assert altered_tables(asked.base) == [] and faults(asked) == []


def test_past_moments_are_read_although_a_table_was_changed(asked: Ledger) -> None:
    asked.tamper("UPDATE figure SET low = '1' WHERE id = 'low'")
    assert asked.base.at(9).knowledge().figures


# The log


DAMAGES = {
    "DELETE FROM log WHERE position = 4": "position 4: this event is missing",
    "UPDATE log SET data = replace(data, 'loss', 'gain') WHERE position = 4": "position 4: the payload was altered",
}


@pytest.mark.parametrize("statement", DAMAGES)
def test_a_moment_after_the_damage_is_refused_and_one_before_is_read(asked: Ledger, statement: str) -> None:
    asked.tamper(statement)
    assert asked.base.at(3).knowledge().measures
    with pytest.raises(Damaged, match=DAMAGES[statement]):
        asked.base.at(6)


@pytest.mark.parametrize("statement", DAMAGES)
def test_a_damaged_log_is_not_extended_by_what_reads_all_of_it(asked: Ledger, statement: str) -> None:
    fact = Recorded(story.claim("fair"))
    asked.base.require_sound_log([fact])
    asked.tamper(statement)
    with pytest.raises(Damaged, match=DAMAGES[statement]):
        asked.base.require_sound_log([fact])
    asked.base.require_sound_log([])


def test_a_missing_event_is_noticed_by_counting(asked: Ledger) -> None:
    asked.base.require_sound_end()
    asked.tamper("DELETE FROM log WHERE position = 4")
    for reading in (asked.base.require_sound_end, asked.base.sound_head):
        with pytest.raises(Damaged, match="position 4: this event is missing"):
            reading()


def test_a_changed_event_is_not_shown(asked: Ledger) -> None:
    asked.base.require_unaltered(asked.base.events())
    redact(asked.base, 5, asked.mint)
    asked.base.require_unaltered(asked.base.events())
    asked.tamper("UPDATE log SET reason = 'other' WHERE position = 6", "UPDATE log SET batch = 'x' WHERE position = 2")
    with pytest.raises(Damaged, match=r"position 2: a column was altered.*position 6: the payload was altered"):
        asked.base.require_unaltered(asked.base.events())


def test_a_payload_that_is_gone_without_a_redaction_is_not_shown_as_redacted(asked: Ledger) -> None:
    asked.tamper("UPDATE log SET data = NULL, salt = NULL, actor = '', reason = '' WHERE position = 3")
    with pytest.raises(Damaged, match="position 3: the payload is gone, but no later event says"):
        asked.base.require_unaltered(asked.base.events())
