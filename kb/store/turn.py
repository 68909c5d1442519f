"""Whose turn is it to write? Writers to a SQLite file queue, over all threads and processes: first come, first served.

A lock file is what excludes. The queue in front of it is a folder beside the base that exists only while somebody
waits: each waiter keeps a ticket in it, a file named for the time of arrival, and holds it locked as long as it waits.
The oldest ticket goes next. Tickets are a courtesy: whatever happens to them, no two writers hold the lock of the base.
"""

import os
import secrets
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

Waiting = Callable[[int, float], None]
"""Told about once a second how many writers are ahead and how many seconds a writer has waited.

Any thread may call it. Once the wait is over it is told 0 writers, whether the turn came or the writer gave up; it
hears nothing of a wait of less than a second.
"""

ANNOUNCED_EVERY = 1.0
"""Seconds of waiting before the first announcement, and between two of them."""

_DOUBTED_AFTER, _STOPPED_AFTER = 0.3, 10.0
"""Seconds after which a ticket that its waiter does not touch is looked at, and after which it is passed over.

If it is not locked, its waiter was killed. A stopped one keeps the lock: a command suspended with Ctrl-Z must not keep
everybody from a base that nobody writes to. On a busy machine a waiter may not be heard of for some seconds.
"""

_SHORTEST_NAP, _LONGEST_NAP = 0.003, 0.1
"""Seconds between two looks at the queue: the first in it looks often, one far behind seldom."""

PRIVATE = 0o600
"""Mode of the files of a base that is made; what is kept beside a base that exists has the mode of the base."""


class Wait:
    """One wait for a turn: how long it has lasted, and what is said about it. Threads may share it."""

    def __init__(self, waiting: Waiting | None) -> None:
        """A wait that begins now; ``waiting`` hears of it."""
        self._began = time.monotonic()
        self._waiting = waiting
        self._next = ANNOUNCED_EVERY
        self._lock = threading.Lock()
        self._over = False

    @property
    def seconds(self) -> float:
        """How long it has lasted."""
        return time.monotonic() - self._began

    def announce(self, ahead: int) -> None:
        """Says that it goes on behind ``ahead`` other writers, unless that was said less than a second ago."""
        with self._lock:
            if self._waiting and not self._over and self.seconds >= self._next:
                self._next = self.seconds + ANNOUNCED_EVERY
                self._waiting(ahead, self.seconds)

    def end(self) -> None:
        """Says that it is over, if anything was said about it; nothing is said after this."""
        with self._lock:
            self._over = True
            if self._waiting and self._next > ANNOUNCED_EVERY:
                self._waiting(0, self.seconds)


def places_of_turns(base: Path) -> tuple[Path, Path]:
    """The lock file of the writers to ``base``, and the folder in which they queue."""
    return base.with_name(f"{base.name}.lock"), base.with_name(f"{base.name}.queue")


class FileTurns:
    """The turns to write to one SQLite file; a turn belongs to the thread that takes it."""

    def __init__(self, base: Path) -> None:
        """Turns to write to ``base``, which need not exist yet."""
        mode = _mode_beside(base)
        lock, self._queue = places_of_turns(base)
        self._lock = FileLock(lock, mode=mode)
        self._mode = mode

    def take(self, patience: float, waiting: Waiting | None) -> None:
        """Returns when it is this thread's turn.

        Raises:
            TimeoutError: for ``patience`` seconds it came no nearer; however long the queue, its end is reached.
            OSError: the lock file cannot be written.
        """
        # Whoever comes while others wait must not overtake them, though the lock may be free for a moment.
        if self._queue.exists() or not self._take_lock():
            self._wait(patience, Wait(waiting))

    def release(self) -> None:
        """Ends the turn; does nothing without one."""
        self._lock.release()

    def remove(self) -> None:
        """Removes the lock file, which stays locked until the turn ends; there is no base to write to."""
        with suppress(OSError):
            Path(self._lock.lock_file).unlink()

    def _wait(self, patience: float, wait: Wait) -> None:
        ticket, fewest, since = Ticket(self._queue, self._mode), sys.maxsize, wait.seconds
        try:
            while (waiters := ticket.ahead()) or not self._take_lock():
                if waiters < fewest:
                    fewest, since = waiters, wait.seconds
                if wait.seconds - since >= patience:
                    raise TimeoutError
                wait.announce(waiters + 1)
                time.sleep(min(_SHORTEST_NAP * (waiters + 1) ** 2, _LONGEST_NAP))
        finally:
            ticket.give_up()
            wait.end()

    def _take_lock(self) -> bool:
        """Whether nobody held the lock, which this thread holds now."""
        try:
            self._lock.acquire(blocking=False)
        except Timeout:
            return False
        return True


class Ticket:
    """A place in a queue, for one thread. Where the folder cannot be written, nobody seems to be ahead."""

    def __init__(self, folder: Path, mode: int) -> None:
        """A ticket for somebody who arrives now."""
        self._folder = folder
        self._mode = mode
        self._path = folder / f"{time.time_ns():020d}-{os.getpid()}-{secrets.token_hex(4)}"
        self._lock = FileLock(self._path, mode=mode)

    def ahead(self) -> int:
        """How many wait that came earlier; says to the others that this one still waits."""
        try:
            now = self._touch()
            with os.scandir(self._folder) as tickets:
                earlier = sorted(ticket.path for ticket in tickets if ticket.name < self._path.name)
        except OSError:
            return 0
        # Whoever follows an abandoned ticket removes it, so one look at the nearest tells whether anybody waits at all.
        while earlier and _is_abandoned(Path(earlier[-1]), now):
            earlier.pop()
        return len(earlier)

    def _touch(self) -> float:
        """When the ticket was touched, by the clock of the disk; it is made where another has removed it."""
        try:
            os.utime(self._path)
        except FileNotFoundError:
            self._make()
        return self._path.stat().st_mtime

    def _make(self) -> None:
        with suppress(FileExistsError):
            self._folder.mkdir()
            self._folder.chmod(self._mode | (self._mode & 0o444) >> 2)
        self._lock.release()
        self._lock.acquire(timeout=1, poll_interval=_SHORTEST_NAP)  # another may be looking whether it is locked

    def give_up(self) -> None:
        """Leaves the queue; the last one removes its folder."""
        with suppress(OSError):
            self._path.unlink()
        self._lock.release()
        with suppress(OSError):
            self._folder.rmdir()


def _is_abandoned(ticket: Path, now: float) -> bool:
    """Whether the waiter was killed or stopped; its ticket is removed then, and a stopped one makes it again."""
    lock = FileLock(ticket, mode=PRIVATE)
    try:
        silent = now - ticket.stat().st_mtime
        if silent < _DOUBTED_AFTER:
            return False
        if silent < _STOPPED_AFTER:
            lock.acquire(blocking=False)
        ticket.unlink()
    except Timeout:
        return False
    except OSError:
        return True  # gone by now, or kept from us by another user
    finally:
        lock.release()
    return True


def _mode_beside(base: Path) -> int:
    """Mode of files beside ``base``: whoever may write to it must be able to queue, and nobody else."""
    try:
        return PRIVATE | base.stat().st_mode & 0o066
    except OSError:
        return PRIVATE
