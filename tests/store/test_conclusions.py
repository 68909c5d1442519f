"""Answers are stored with the head that they belong to; what is stored is what the rules conclude, or is not read."""

from contextlib import nullcontext

import pytest

from kb.domain.entity import Decision, Ruling
from kb.domain.event import Recorded
from kb.domain.identity import Id
from kb.reasoning.reconcile import Reconciler
from kb.store.engine import database_url
from kb.store.log import silent
from kb.store.verification import Scope, verify
from tests.ledger import MIGRATIONS, Ledger, redact
from tests.reasoning.story import argument, claim, figure, measure, question, source

SAID = (
    source("deck"),
    source("memo"),
    measure(),
    question("loss"),
    figure("$8k/month", id="low"),
    figure("$14k/month", id="high", by="memo"),
    claim("dear"),
    argument("so", "claim:dear", "figure:low"),
    argument("then", "question:loss:yes", "claim:dear"),
)
RULING = Ruling(id=Id("r"), slug="rulings/r", file="rulings", finding="k", digest="d", decision=Decision.DISMISS)
FIGURE = 1 + SAID.index(next(entity for entity in SAID if entity.id == "low"))


@pytest.fixture
def asked(ledger: Ledger) -> Ledger:
    """One question, on which two numbers bear that conflict."""
    ledger.reasoned()
    ledger.tell(*map(Recorded, SAID))
    return ledger


def faults(ledger: Ledger) -> list[str]:
    scope = Scope(migrations=MIGRATIONS, reconciler=ledger.reconciler, turn=nullcontext)
    return [str(fault) for fault in verify(database_url(ledger.url), scope, lambda _: silent).faults]


def stored_rows(ledger: Ledger) -> list[tuple[object, ...]]:
    return [*ledger.rows("SELECT question, body FROM answer"), *ledger.rows("SELECT finding, value FROM bearing")]


def test_what_is_stored_is_what_the_rules_conclude(asked: Ledger) -> None:
    stored = asked.base.conclusions()
    assert stored and set(stored.answers) == {Id("loss")} and stored.bearings
    assert stored == asked.reconciler.conclusions(asked.base.knowledge(), asked.base.findings())
    assert faults(asked) == []


def test_an_event_brings_the_answers_up_to_date(asked: Ledger) -> None:
    before = asked.base.conclusions()
    asked.tell(Recorded(question("other")))
    after = asked.opened().conclusions()
    assert before and after and set(after.answers) == {Id("loss"), Id("other")}


def test_a_ruling_carries_the_answers_over(asked: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    before = asked.base.conclusions()
    monkeypatch.setattr(Reconciler, "conclusions", None)  # nothing is computed
    asked.tell(Recorded(RULING))
    assert before and asked.opened().conclusions() == before
    monkeypatch.undo()
    assert faults(asked) == []


def test_answers_of_an_older_head_are_not_read(asked: Ledger) -> None:
    asked.tamper("UPDATE meta SET value = '1:00 rules' WHERE key = 'answers'")
    assert asked.base.conclusions() is None


def test_a_moment_of_the_past_has_no_stored_answers(asked: Ledger) -> None:
    asked.tell(Recorded(question("other")))
    assert asked.base.at(len(SAID)).conclusions() is None


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("""UPDATE answer SET body = replace(body, '"leaning yes"', '"no"')""", "answer loss: not what the rules give"),
        ("DELETE FROM answer", "answer loss: not what the rules give"),
        ("INSERT INTO answer VALUES ('other', '{}')", "answer other: not what the rules give"),
        ("UPDATE bearing SET value = '0.0'", "not what the rules give"),
        ("INSERT INTO bearing VALUES ('f', '1')", "bearing f: not what the rules give"),
    ],
)
def test_a_forged_answer_is_named_and_rebuilding_mends_it(asked: Ledger, statement: str, named: str) -> None:
    right = stored_rows(asked)
    asked.tamper(statement)
    assert stored_rows(asked) != right
    (fault,) = faults(asked)
    assert named in fault
    asked.base.rebuild()
    assert faults(asked) == [] and sorted(stored_rows(asked)) == sorted(right)


def test_reconciling_mends_a_forged_bearing(asked: Ledger) -> None:
    asked.tamper("UPDATE bearing SET value = '0.0'")
    asked.base.reconcile()
    assert faults(asked) == []


def test_answers_by_other_rules_are_computed_anew_when_the_base_is_opened(asked: Ledger) -> None:
    signed = asked.rows("SELECT value FROM meta WHERE key = 'answers'")
    asked.tamper("UPDATE meta SET value = value || '0' WHERE key = 'answers'", "DELETE FROM answer")
    opened = asked.opened()
    assert asked.rows("SELECT value FROM meta WHERE key = 'answers'") == signed
    assert opened.conclusions() == asked.base.conclusions()


def test_a_redaction_leaves_nothing_of_what_was_concluded_before(asked: Ledger) -> None:
    (finding,) = asked.rows("SELECT finding FROM bearing")
    redact(asked.base, FIGURE, asked.mint)
    assert asked.rows("SELECT finding FROM bearing") == [] and finding
    assert faults(asked) == []


def test_a_base_without_questions_stores_nothing(ledger: Ledger) -> None:
    ledger.reasoned()
    ledger.tell(Recorded(source("deck")))
    assert ledger.base.conclusions() is None and stored_rows(ledger) == []
