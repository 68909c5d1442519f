"""How is a stranger's file read without harm? In a process of its own, with limits, that can only answer."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, TypeVar

import msgspec

from kb.domain.codec import restore
from kb.domain.problem import Problem
from kb.intake.paper.limits import Limits, megabytes

T = TypeVar("T")

_START = "import json,sys;told=json.loads(sys.argv[1]);sys.path[:]=told['path'];"
_START += "from kb.intake.paper.child import serve;serve(told['task'],told['limits'])"
_CHUNK = 1 << 16


def confined(task: str, kind: type[T], data: bytes, where: str, limits: Limits) -> T | Problem:
    """What ``task`` makes of ``data`` under ``limits`` in a process of its own; a problem at ``where`` when it cannot.

    The process opens no connection, starts no other and writes no file. Whatever happens here, an interruption too,
    it is gone when this returns.

    Args:
        task: ``module:function``, which the other process imports and gives data and limits.
        kind: The type of what it returns; it travels as canonical JSON.
    """
    try:
        started = _started(task, limits)
    except OSError as error:
        return Problem(where, f"no process can be started to read it: {error.strerror or error}", "try again")
    with started as process:
        assert process.stdin is not None
        assert process.stdout is not None
        answer = bytearray()
        talk = (
            threading.Thread(target=_feed, args=(process.stdin, data), daemon=True),
            threading.Thread(target=_drain, args=(process.stdout, limits.output, answer), daemon=True),
        )
        try:
            for thread in talk:
                thread.start()
            talk[1].join(limits.seconds)
            late = talk[1].is_alive()
            if not late and len(answer) <= limits.output:
                process.wait(limits.seconds)
        except subprocess.TimeoutExpired:
            late = True
        finally:
            process.kill()
            for thread in talk:
                thread.join()
            process.wait()
    if late:
        return Problem(where, f"reading it took more than {limits.seconds:g} seconds", "it was given up; take a part")
    if len(answer) > limits.output:
        return Problem(where, f"more than {megabytes(limits.output)} of text came out of it", "take a part of it")
    return _understood(bytes(answer), process.returncode, kind, where, limits)


def _started(task: str, limits: Limits) -> subprocess.Popen[bytes]:
    told = {
        "path": [place for place in sys.path if Path(place).is_absolute()],
        "task": task,
        "limits": msgspec.to_builtins(limits),
    }
    return subprocess.Popen(
        [sys.executable, "-I", "-B", "-c", _START, json.dumps(told)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _feed(pipe: IO[bytes], data: bytes) -> None:
    try:
        with pipe:
            pipe.write(data)
    except OSError:
        return  # it has ended before it read all


def _drain(pipe: IO[bytes], most: int, into: bytearray) -> None:
    while len(into) <= most and (chunk := pipe.read(_CHUNK)):
        into += chunk


def _understood(answer: bytes, code: int, kind: type[T], where: str, limits: Limits) -> T | Problem:
    try:
        said = msgspec.json.decode(answer)
    except msgspec.DecodeError:
        return Problem(where, f"reading it ended in a crash ({_ending(code)})", _crash_hint(limits))
    if "value" in said:
        return restore(said["value"], kind)
    if "memory" in said:
        return Problem(where, f"reading it needs more than {megabytes(limits.memory)} of memory", "take a part of it")
    return Problem(where, f"reading it failed: {said['error']}", "is the file whole?")


def _crash_hint(limits: Limits) -> str:
    return f"it may be damaged, or need more than {megabytes(limits.memory)} of memory"


def _ending(code: int) -> str:
    try:
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"
    except ValueError:
        return f"signal {-code}"
