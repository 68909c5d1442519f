"""A task that runs on untrusted bytes in a child process, which has limits and can do nothing but answer.

``run_confined`` works in the parent, ``serve`` in the child. Neither loads a library that parses documents: the child
imports the task by its name.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import IO, Any, TypeVar

import msgspec

from kb.atomic_file import reason
from kb.domain.codec import canonical_json, from_builtins
from kb.domain.problem import Problem

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits of reading one file.

    Attributes:
        size: Most bytes of the file.
        seconds: Longest time that reading may take, in wall-clock time.
        memory: Most bytes of address space of the process; not enforced on Windows.
        output: Most bytes of the answer: text and metadata.
        pages: Most pages of a PDF.
    """

    size: int = 100 * MEGABYTE
    seconds: float = 20
    memory: int = 1024 * MEGABYTE
    output: int = 32 * MEGABYTE
    pages: int = 3000


LIMITS = Limits()


def megabytes(size: int) -> str:
    """``size`` in words, e.g. ``50 MB``."""
    return f"{max(size / MEGABYTE, 0.1):,.0f} MB" if size >= MEGABYTE else f"{size:,} bytes"


_FORBIDDEN_EVENTS = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "urllib.",
    "ftplib.",
)
_PR_SET_PDEATHSIG = 1
_LENGTH_BYTES = 8
_WRITE_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_MEMORY_RESERVE = 4 * 1024 * 1024


def serve(task: str, limit_fields: dict[str, Any], parent: int) -> None:
    """Runs ``task`` (``module:function``) on the data in standard input and writes the answer to standard output.

    The data comes after its length. The process ends when ``parent``, which keeps standard input open, has ended.
    """
    limits = Limits(**limit_fields)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _set_limits(limits)
    data = _request_data(sys.stdin.buffer, parent)
    # Given back when memory runs out, so that there is enough left to say so.
    reserve = bytearray(_MEMORY_RESERVE)
    module, _, name = task.partition(":")
    try:
        do = getattr(import_module(module), name)
        # After the import of the task: from here on the process reads what it was sent and answers, and nothing else.
        sys.addaudithook(_audit_hook)
        answer = canonical_json({"value": do(data, limits)})
    except MemoryError:
        del reserve
        answer = '{"memory":true}'
    except Exception as error:
        answer = canonical_json({"error": f"{type(error).__name__}: {error}"[:500]})
    sys.stdout.buffer.write(answer.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()
    os._exit(0)


def _request_data(pipe: IO[bytes], parent: int) -> bytes:
    """The data that ``parent`` sends; from here on, this process ends when ``parent`` does."""
    # The kernel ends this process even while a library holds the interpreter's lock, which stops every thread. It does
    # so when the thread that started this process ends; that thread waits for the answer.
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)
    length = int.from_bytes(pipe.read(_LENGTH_BYTES), "big")
    data = pipe.read(length)
    if len(data) < length:
        os._exit(1)
    if sys.platform != "linux":
        threading.Thread(target=_exit_at_end, args=(pipe,), daemon=True).start()
    return data


def _exit_at_end(pipe: IO[bytes]) -> None:
    """Ends this process when nobody holds the other end of ``pipe`` any more."""
    pipe.read(1)
    os._exit(1)


def _set_limits(limits: Limits) -> None:
    try:
        resource = import_module("resource")
    # Windows has no resource limits; time and output are limited there as well, by the parent.
    except ImportError:
        return
    seconds = int(limits.seconds) + 1
    wanted = {"RLIMIT_AS": limits.memory, "RLIMIT_CPU": seconds, "RLIMIT_FSIZE": 0, "RLIMIT_CORE": 0}
    for name, most in wanted.items():
        # macOS does not accept every limit.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(getattr(resource, name), (most, most))


def _audit_hook(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN_EVENTS):
        raise PermissionError(f"{event}: not while a document is read")
    if event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITE_FLAGS:
        raise PermissionError("no file is written while a document is read")


T = TypeVar("T")

_START = "import json,sys;request=json.loads(sys.argv[1]);sys.path[:]=request['path'];"
_START += "from kb.intake.document_reader.sandbox import serve;serve(**request['call'])"
_CHUNK = 1 << 16


def run_confined(task: str, kind: type[T], data: bytes, where: str, limits: Limits) -> T | Problem:
    """The result of ``task`` on ``data`` in a process of its own within ``limits``; a problem at ``where`` if it fails.

    The process opens no connection, starts no other and writes no file. It has ended when this returns, even after an
    interruption, and ends with this process even if that is killed.

    Args:
        task: ``module:function``, which the other process imports and gives data and limits.
        kind: The type of what it returns; it travels as canonical JSON.
    """
    try:
        started = _start_child(task, limits)
    except OSError as error:
        return Problem(where=where, what=f"no process can be started to read it: {reason(error)}", hint="try again")
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
            deadline = time.monotonic() + limits.seconds
            talk[1].join(limits.seconds)
            late = talk[1].is_alive()
            if not late and len(answer) <= limits.output:
                process.wait(max(deadline - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            late = True
        finally:
            process.kill()
            for thread in talk:
                thread.join()
            process.wait()
            with contextlib.suppress(OSError):
                process.stdin.close()
    if late:
        return Problem(
            where=where,
            what=f"reading it takes longer than the limit of {limits.seconds:g} seconds",
            hint="split it, or save its text as a file of its own",
        )
    if len(answer) > limits.output:
        return Problem(
            where=where, what=f"more than {megabytes(limits.output)} of text came out of it", hint="take a part of it"
        )
    return _decoded_answer(bytes(answer), process.returncode, kind, where, limits)


def _start_child(task: str, limits: Limits) -> subprocess.Popen[bytes]:
    request = {
        "path": [folder for folder in sys.path if Path(folder).is_absolute()],
        "call": {"task": task, "limit_fields": msgspec.to_builtins(limits), "parent": os.getpid()},
    }
    return subprocess.Popen(
        # -I: no environment variable and no folder of the user decides what the child imports; the parent's path does.
        [sys.executable, "-I", "-B", "-c", _START, json.dumps(request)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _feed(pipe: IO[bytes], data: bytes) -> None:
    try:
        pipe.write(len(data).to_bytes(_LENGTH_BYTES, "big"))
        pipe.write(data)
        pipe.flush()
    except OSError:
        # The child ended before it read everything; its answer, or the lack of one, says why.
        return


def _drain(pipe: IO[bytes], most: int, into: bytearray) -> None:
    while len(into) <= most and (chunk := pipe.read(_CHUNK)):
        into += chunk


def _decoded_answer(answer: bytes, code: int, kind: type[T], where: str, limits: Limits) -> T | Problem:
    try:
        reply = msgspec.json.decode(answer)
    except msgspec.DecodeError:
        return Problem(where=where, what=f"reading it ended in a crash ({_ending(code)})", hint=_crash_hint(limits))
    if "value" in reply:
        return from_builtins(reply["value"], kind)
    if "memory" in reply:
        return Problem(
            where=where,
            what=f"reading it needs more than {megabytes(limits.memory)} of memory",
            hint="take a part of it",
        )
    return Problem(where=where, what=f"reading it failed: {reply['error']}", hint="is the file whole?")


def _crash_hint(limits: Limits) -> str:
    return f"it may be damaged, or need more than {megabytes(limits.memory)} of memory"


def _ending(code: int) -> str:
    try:
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"
    except ValueError:
        return f"signal {-code}"
