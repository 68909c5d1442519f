"""What stood in the tables at an earlier position? Scratch databases, a few of which are kept."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

M = TypeVar("M")


class Moments(Generic[M]):
    """The moments that were asked for last; safe to use from several threads.

    Attributes:
        kept: How many there are at most.
    """

    kept = 8

    def __init__(self, replayed: Callable[[int, tuple[int, M] | None], M]) -> None:
        """Moments that ``replayed`` makes from a position and the nearest earlier moment, where one is at hand."""
        self._replayed = replayed
        self._lock = Lock()
        self._moments: OrderedDict[int, M] = OrderedDict()
        self._turns: dict[int, Lock] = {}
        self._stamp = ""

    def at(self, position: int, stamp: str) -> M:
        """The moment at ``position``; one thread replays it, others that ask meanwhile wait.

        Args:
            position: Position in the log.
            stamp: What all moments rest on besides the log's length; when it changes, none of the old ones is given.
        """
        with self._lock:
            self._forget_unless(stamp)
            turn = self._turns.setdefault(position, Lock())
        with turn:
            with self._lock:
                found, nearest = self._moments.get(position), self._nearest(position)
            if found is None:
                found = self._replayed(position, nearest)
            self._keep(position, found, stamp)
            return found

    def forget(self) -> None:
        """Drops every moment."""
        with self._lock:
            self._moments.clear()

    def _forget_unless(self, stamp: str) -> None:
        if stamp != self._stamp:
            self._moments.clear()
            self._stamp = stamp

    def _nearest(self, position: int) -> tuple[int, M] | None:
        earlier = [kept for kept in self._moments if kept < position]
        return (max(earlier), self._moments[max(earlier)]) if earlier else None

    def _keep(self, position: int, moment: M, stamp: str) -> None:
        with self._lock:
            self._turns.pop(position, None)
            if stamp == self._stamp:
                self._moments[position] = moment
                self._moments.move_to_end(position)
            while len(self._moments) > self.kept:
                self._moments.popitem(last=False)
