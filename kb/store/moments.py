"""The earlier moments of a base that were asked for most recently; each is replayed by one thread only."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

M = TypeVar("M")


class Moments(Generic[M]):
    """The earlier moments that were asked for most recently; safe to use from several threads.

    Attributes:
        kept: The most that are kept at a time; each of them is a whole base in memory.
    """

    kept = 4

    def __init__(self, replay: Callable[[int], M]) -> None:
        """Moments are made by ``replay``, from a position."""
        self._replay = replay
        self._lock = Lock()
        self._moments: OrderedDict[int, M] = OrderedDict()
        self._turns: dict[int, Lock] = {}
        self._version = ""

    def at(self, position: int, version: str) -> M:
        """The moment at ``position``. One thread replays it while others that ask for it wait.

        Args:
            position: Position in the log.
            version: What moments depend on besides their position; when it changes, all that are kept are dropped.
        """
        with self._lock:
            self._forget_unless(version)
            turn = self._turns.setdefault(position, Lock())
        with turn:
            with self._lock:
                moment = self._moments.get(position)
            if moment is None:
                moment = self._replay(position)
            self._keep(position, moment, version)
            return moment

    def forget(self) -> None:
        """Drops every moment."""
        with self._lock:
            self._moments.clear()

    def _forget_unless(self, version: str) -> None:
        if version != self._version:
            self._moments.clear()
            self._version = version

    def _keep(self, position: int, moment: M, version: str) -> None:
        with self._lock:
            self._turns.pop(position, None)
            # A redaction may have come between: a moment replayed before it holds what was deleted, and is not kept.
            if version == self._version:
                self._moments[position] = moment
                self._moments.move_to_end(position)
            while len(self._moments) > self.kept:
                self._moments.popitem(last=False)
