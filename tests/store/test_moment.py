"""An earlier moment is a base of its own: read like any other, made once, and kept while it is asked for."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kb.domain.event import Recorded, Revised
from kb.domain.problem import Refused
from kb.store.moments import Moments
from tests.ledger import ADA, Ledger, figure, log_fault, measure, redact, source


@pytest.fixture
def told(ledger: Ledger) -> Ledger:
    ledger.tell(Recorded(source("deck")), Recorded(figure("a")))
    ledger.tell(Revised(figure("a", 9000)), Recorded(figure("b")))
    return ledger


def test_a_moment_has_its_own_head_events_batches_versions_and_findings(told: Ledger) -> None:
    then = told.base.at(2)
    assert then.head().position == 2
    assert [event.position for event in then.events()] == [1, 2]
    assert [event.position for event in then.events(newest_first=True, stream="a")] == [2]
    assert [batch.position for batch in then.batches()] == [2]
    assert then.versions(["a", "b"]) == {"a": 1, "b": 0}
    assert then.last_events() == {"deck": 1, "a": 2}
    assert then.knowledge().figures == {"a": figure("a")}
    assert log_fault(then) is None


def test_a_moment_has_the_findings_of_its_time(ledger: Ledger) -> None:
    ledger.tell(Recorded(measure("value")), Recorded(figure("a")))
    ledger.tell(Recorded(figure("b")))
    assert [finding.figures for finding in ledger.base.at(2).findings()] == [("a",)]
    assert [finding.figures for finding in ledger.base.findings()] == [("a", "b")]


def test_before_the_first_event_nothing_is_known(told: Ledger) -> None:
    assert told.base.at(0).knowledge().by_id == {}
    assert told.base.at(0).head().position == 0


@pytest.mark.parametrize("position", [-1, 5])
def test_a_position_that_the_log_does_not_have_is_no_moment(told: Ledger, position: int) -> None:
    with pytest.raises(Refused, match="there is no such moment — the log goes from 0 to 4"):
        told.base.at(position)


def test_a_moment_of_a_moment_cannot_lie_behind_it(told: Ledger) -> None:
    assert told.base.at(3).at(2).knowledge().figures == {"a": figure("a")}
    with pytest.raises(Refused, match="from 0 to 2"):
        told.base.at(2).at(3)


def test_a_moment_can_only_be_read(told: Ledger) -> None:
    then = told.base.at(2)
    with pytest.raises(Refused, match="can only be read"):
        then.append([], ADA, batch="b", recorded_at="now")
    with pytest.raises(Refused, match="can only be read"):
        then.rebuild()
    with pytest.raises(Refused, match="can only be read"):
        then.reconcile()


def test_a_moment_stays_as_it_was_while_the_base_goes_on(told: Ledger) -> None:
    then = told.base.at(4)
    told.tell(Recorded(figure("c")))
    assert list(then.knowledge().figures) == ["a", "b"]
    assert then is told.base.at(4)


def test_a_moment_is_dropped_when_another_process_redacts(told: Ledger) -> None:
    assert "b" in told.base.at(4).knowledge().figures
    other = told.opened()
    redact(other, 4, told.mint)
    assert "b" not in told.base.at(4).knowledge().figures


def test_a_moment_leaves_no_file(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    monkeypatch.setenv("SQLITE_TMPDIR", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    ledger.tell(*(Recorded(figure(f"f{number}")) for number in range(200)))
    before = sorted(path.name for path in tmp_path.rglob("*") if not path.name.endswith(("-shm", "-wal")))
    moment = ledger.base.at(150)
    assert len(moment.knowledge().figures) == 150
    assert sorted(path.name for path in tmp_path.rglob("*") if not path.name.endswith(("-shm", "-wal"))) == before


def test_four_moments_are_kept_and_the_one_asked_for_longest_ago_goes_first() -> None:
    made: list[int] = []
    moments = Moments(lambda position: made.append(position) or position)
    for position in (1, 2, 3, 4, 1, 5):
        moments.at(position, "")
    assert made == [1, 2, 3, 4, 5]
    moments.at(1, "")
    moments.at(2, "")
    assert made == [1, 2, 3, 4, 5, 2]


def test_no_moment_is_kept_from_before_a_redaction() -> None:
    made: list[int] = []
    moments = Moments(lambda position: made.append(position) or position)
    moments.at(5, "none redacted")
    moments.at(5, "one redacted")
    assert made == [5, 5]


def test_threads_that_ask_for_one_moment_share_one_replay() -> None:
    made: list[int] = []

    def replay(position: int) -> int:
        made.append(position)
        time.sleep(0.05)
        return position

    moments = Moments(replay)
    threads = [threading.Thread(target=moments.at, args=(position, "")) for position in (7, 7, 7, 8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made) == [7, 8]


def test_a_head_that_moves_makes_nobody_work_twice() -> None:
    made: list[int] = []
    going_on = threading.Event()

    def replay(position: int) -> int:
        made.append(position)
        assert position == 8 or going_on.wait(20)
        return position

    moments = Moments(replay)
    with ThreadPoolExecutor() as pool:
        asked = [pool.submit(moments.at, 7, "then") for _ in range(4)]
        while not made:
            time.sleep(0.01)
        assert moments.at(8, "now") == 8
        going_on.set()
        assert [answer.result() for answer in asked] == [7] * 4
    assert made == [7, 8]


def test_a_replay_that_fails_is_tried_again() -> None:
    answers = iter([ValueError("lost"), 5])

    def replay(_position: int) -> int:
        answer = next(answers)
        if isinstance(answer, ValueError):
            raise answer
        return answer

    moments = Moments(replay)
    with pytest.raises(ValueError, match="lost"):
        moments.at(5, "")
    assert moments.at(5, "") == 5
