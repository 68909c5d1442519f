"""A stranger's file is read in a process of its own: whatever it does there, we get an answer or a problem."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from kb.domain.problem import Problem
from kb.intake.document_reader import Limits
from kb.intake.document_reader.sandbox import MEGABYTE, _exit_at_end, run_confined

MISBEHAVING = "tests.intake.misbehaving"
QUICK = Limits(seconds=1, output=100_000)
PATIENT = Limits(seconds=60, memory=512 * MEGABYTE, output=100_000)


def said(task: str, limits: Limits = PATIENT, data: bytes = b"abc") -> str:
    answer = run_confined(f"{MISBEHAVING}:{task}", int, data, "a.pdf", limits)
    assert isinstance(answer, Problem)
    return str(answer)


def test_what_the_task_returns_comes_back() -> None:
    assert run_confined(f"{MISBEHAVING}:counts", int, b"x" * (3 * MEGABYTE), "a.pdf", PATIENT) == 3 * MEGABYTE


def test_a_task_that_never_ends_is_given_up_with_the_limit_named() -> None:
    assert said("sleeps", QUICK).startswith("a.pdf: reading it takes longer than the limit of 1 seconds")


def test_one_that_does_not_even_take_what_it_is_given_is_given_up_too() -> None:
    assert "the limit of 1 seconds" in said("sleeps", QUICK, b"x" * (5 * MEGABYTE))


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the system sets no limit on memory")
def test_a_task_that_takes_all_memory_is_stopped_with_the_limit_named() -> None:
    assert said("devours").startswith("a.pdf: reading it needs more than 512 MB of memory")


def test_a_task_that_dies_says_how() -> None:
    assert "ended in a crash (" in said("dies")
    assert "ended in a crash (exit code 7)" in said("leaves")


def test_an_answer_too_long_is_cut_off_with_the_limit_named() -> None:
    assert "more than 100,000 bytes of text came out of it" in said("chatters")
    assert "more than 100,000 bytes of text came out of it" in said("babbles")


def test_a_task_that_fails_says_why() -> None:
    assert "reading it failed: ValueError: no such thing" in said("stumbles")


@pytest.mark.parametrize("task", ["calls_home", "starts_another"])
def test_nothing_is_fetched_and_nothing_started(task: str) -> None:
    assert "PermissionError" in said(task)


def test_no_file_is_written(tmp_path: Path) -> None:
    target = tmp_path / "made"
    assert "PermissionError" in said("writes", data=str(target).encode())
    assert not target.exists()


_READS_UNTIL_KILLED = """
import subprocess
from kb.intake.document_reader import Limits
from kb.intake.document_reader.sandbox import run_confined

class Announced(subprocess.Popen):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        print(self.pid, flush=True)

subprocess.Popen = Announced
run_confined("tests.intake.misbehaving:TASK", int, b"x", "a.pdf", Limits(seconds=60))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks for the process in /proc")
@pytest.mark.parametrize(("task", "seconds"), [("sleeps", 0), ("holds_the_interpreter", 0.7)])
def test_a_process_whose_parent_is_killed_is_gone_within_a_second(task: str, seconds: float) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    script = _READS_UNTIL_KILLED.replace("TASK", task)
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, env=environment) as parent:
        assert parent.stdout is not None
        reader = int(parent.stdout.readline())
        time.sleep(seconds)
        parent.kill()
    deadline = time.monotonic() + 5  # a second on a machine that has nothing else to do
    while not _has_ended(reader) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert _has_ended(reader)


def _has_ended(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_a_process_ends_when_nobody_holds_the_other_end_of_its_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[int] = []
    monkeypatch.setattr(os, "_exit", ended.append)
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as pipe:
        watcher = threading.Thread(target=_exit_at_end, args=(pipe,))
        watcher.start()
        assert not ended
        os.close(writing)
        watcher.join(10)
    assert ended == [1]


def test_a_process_that_was_interrupted_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    begin = subprocess.Popen

    def remembered(*args: object, **kwargs: object) -> subprocess.Popen[bytes]:
        started.append(begin(*args, **kwargs))  # type: ignore[call-overload]
        timer = threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT))
        timer.start()
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", remembered)
    # A shell starts its background jobs with interrupts ignored, and Python then leaves them so.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            run_confined(f"{MISBEHAVING}:sleeps", int, b"", "a.pdf", PATIENT)
    finally:
        signal.signal(signal.SIGINT, before)
    assert [process.returncode is not None for process in started] == [True]
