"""Tasks for the process that reads: one that answers, and others that no reader should wait for or trust."""

import ctypes
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

from kb.intake.document_reader import Limits


def counts(data: bytes, limits: Limits) -> int:
    return len(data)


def sleeps(data: bytes, limits: Limits) -> int:
    time.sleep(600)
    return 0


def holds_the_interpreter(data: bytes, limits: Limits) -> int:
    return len(re.findall("(x+x+)+y", "x" * 100))  # no other thread runs until it ends, which it never does


def devours(data: bytes, limits: Limits) -> int:
    hoard = []
    while True:
        hoard.append(bytearray(16 * 1024 * 1024))


def dies(data: bytes, limits: Limits) -> int:
    ctypes.string_at(0)
    return 0


def leaves(data: bytes, limits: Limits) -> int:
    os._exit(7)


def chatters(data: bytes, limits: Limits) -> str:
    return "x" * (limits.output + 1)


def babbles(data: bytes, limits: Limits) -> int:
    while True:
        sys.stdout.buffer.write(b"x" * 100_000)


def stumbles(data: bytes, limits: Limits) -> int:
    raise ValueError("no such thing")


def calls_home(data: bytes, limits: Limits) -> int:
    socket.create_connection(("127.0.0.1", 9))
    return 0


def starts_another(data: bytes, limits: Limits) -> int:
    subprocess.run([sys.executable, "-c", ""], check=False)
    return 0


def writes(data: bytes, limits: Limits) -> int:
    Path(data.decode()).write_text("x")
    return 0
