"""What happens in the process that reads a stranger's file? Limits are set, doors are shut, and one task is done."""

import contextlib
import os
import signal
import sys
from importlib import import_module
from typing import Any

from kb.domain.codec import canonical
from kb.intake.paper.limits import Limits

_SHUT = (
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
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_RESERVE = 4 * 1024 * 1024


def serve(task: str, told: dict[str, Any]) -> None:
    """Does ``task`` (``module:function``) with what stands on standard input, and answers on standard output."""
    limits = Limits(**told)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    _limit(limits)
    reserve = bytearray(_RESERVE)
    module, _, name = task.partition(":")
    try:
        do = getattr(import_module(module), name)
        sys.addaudithook(_shut)
        answer = canonical({"value": do(sys.stdin.buffer.read(), limits)})
    except MemoryError:
        del reserve
        answer = '{"memory":true}'
    except Exception as error:
        answer = canonical({"error": f"{type(error).__name__}: {error}"[:500]})
    sys.stdout.buffer.write(answer.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()
    os._exit(0)


def _limit(limits: Limits) -> None:
    try:
        resource = import_module("resource")
    except ImportError:  # Windows has none
        return
    seconds = int(limits.seconds) + 1
    wanted = {"RLIMIT_AS": limits.memory, "RLIMIT_CPU": seconds, "RLIMIT_FSIZE": 0, "RLIMIT_CORE": 0}
    for name, most in wanted.items():
        with contextlib.suppress(ValueError, OSError):  # macOS does not take every one
            resource.setrlimit(getattr(resource, name), (most, most))


def _shut(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(_SHUT):
        raise PermissionError(f"{event}: not while a document is read")
    if event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING:
        raise PermissionError("no file is written while a document is read")
