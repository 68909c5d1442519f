"""All findings are computed while others write, by one process or several, and come out as if nobody had."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.domain.event import EventRedacted, Fact, Recorded, Retracted, Revised
from kb.domain.identity import Id
from kb.reasoning.reconcile import Reconciler
from kb.store import workers
from kb.store.projection import Reconciled
from kb.store.reconciliation import Computation, computed
from tests.ledger import Ledger, table_digest
from tests.reasoning.story import figure, measure, source
from tests.store.test_increment import emptied, histories, modest


def disputes() -> Iterator[Fact]:
    """Twelve measures, and two figures of each that conflict."""
    yield Recorded(source("deck"))
    yield Recorded(source("memo"))
    for number in range(12):
        name = f"m{number:02d}"
        yield Recorded(measure(name))
        yield Recorded(figure("$8k/month", id=f"{name}-deck", of=name, by="deck"))
        yield Recorded(figure("$14k/month", id=f"{name}-memo", of=name, by="memo"))


@pytest.fixture
def shelf(ledger: Ledger) -> Ledger:
    ledger.reasoned()
    ledger.tell(*disputes())
    return ledger


@contextmanager
def computing(shelf: Ledger, jobs: int = 1) -> Iterator[Computation]:
    base = shelf.base
    assert base._place is not None
    with computed(base._place, base._tables, Reconciler(), turn=base._writing, jobs=jobs) as computation:
        yield computation


def written(shelf: Ledger, computation: Computation) -> Reconciled:
    with shelf.base._writing() as connection:
        return computation.write(connection)


def test_findings_come_out_the_same_with_any_number_of_processes(shelf: Ledger) -> None:
    digest = table_digest(shelf.base)
    for jobs in (1, 3):
        shelf.tamper("DELETE FROM finding WHERE measure < 'm05'", "UPDATE finding SET body = ' ' WHERE measure = 'm07'")
        assert shelf.base.reconcile(jobs=jobs) == Reconciled(before=7, after=12, differing=6, redecided=5)
        assert table_digest(shelf.base) == digest


def test_a_process_that_is_killed_leaves_its_groups_to_the_others(
    shelf: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest = table_digest(shelf.base)
    monkeypatch.setattr("kb.store.reconciliation.GROUPS_AT_ONCE", 2)
    kill_after_the_first_part(monkeypatch)
    shelf.tamper("DELETE FROM finding")
    assert shelf.base.reconcile(jobs=2) == Reconciled(before=0, after=12, differing=12, redecided=12)
    assert table_digest(shelf.base) == digest


def kill_after_the_first_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """Kills every process but the first once the first part has been computed."""
    processes: list[Any] = []
    start, receive, received = workers.get_context, workers._receive, []

    context = start("spawn")

    def started(**about: Any) -> Any:
        processes.append(context.Process(**about))
        return processes[-1]

    def receive_once(pipe: Any) -> Any:
        answer = receive(pipe)
        received.append(answer)
        if isinstance(answer, list) and processes:
            os.kill(processes.pop().pid, signal.SIGKILL)
        return answer

    monkeypatch.setattr(workers, "get_context", lambda _: SimpleNamespace(Pipe=context.Pipe, Process=started))
    monkeypatch.setattr(workers, "_receive", receive_once)


def test_what_others_append_meanwhile_is_not_undone(shelf: Ledger) -> None:
    with computing(shelf) as computation:
        shelf.tell(
            Retracted("figure", Id("m00-deck")), Revised(figure("$8k/month", id="m01-memo", of="m01", by="memo"))
        )
        digest = table_digest(shelf.base)
        assert written(shelf, computation).differing == 0
    assert table_digest(shelf.base) == digest


def test_others_append_while_findings_are_computed(shelf: Ledger) -> None:
    shelf.tamper("DELETE FROM finding")
    with computing(shelf, jobs=2) as computation:
        shelf.tell(Recorded(measure("late")), Recorded(figure("$1/month", id="late-deck", of="late", by="deck")))
        assert written(shelf, computation).after == 12
    assert shelf.base.reconcile().differing == 0


def test_a_rebuild_meanwhile_makes_the_computation_void(shelf: Ledger) -> None:
    digest = table_digest(shelf.base)
    shelf.tamper("UPDATE figure SET body = replace(body, '14000', '15000') WHERE id = 'm03-memo'")
    with computing(shelf) as computation:
        shelf.base.rebuild()
        written(shelf, computation)
    assert table_digest(shelf.base) == digest


def test_a_redaction_meanwhile_makes_the_computation_void(shelf: Ledger) -> None:
    with computing(shelf) as computation:
        position = next(event.position for event in shelf.base.events(stream="m05-memo"))
        shelf.tell(EventRedacted(position))
        written(shelf, computation)
    assert {finding.measure for finding in shelf.base.findings()} == {f"m{number:02d}" for number in range(12)} - {
        "m05"
    }


@modest(25)
@given(history=histories(), data=st.data())
def test_whatever_happens_meanwhile_findings_are_those_of_the_end(
    ledger: Ledger, history: list[list[Fact]], data: st.DataObject
) -> None:
    ledger.base = emptied(ledger, Reconciler())
    seen = data.draw(st.integers(0, len(history)))
    for batch in history[:seen]:
        ledger.tell(*batch)
    # None of the stored findings is right, so that the computation has something to write about each of them.
    ledger.tamper("UPDATE finding SET body = ' '")
    with computing(ledger) as computation:
        for batch in history[seen:]:
            ledger.tell(*batch)
        written(ledger, computation)
    assert ledger.base.reconcile().differing == 0
