"""What was made most recently for moments of a base; each is made by one thread only, while others go on."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
M = TypeVar("M")


class Moments(Generic[K, M]):
    """Values for the moments that were asked for most recently; safe to use from several threads.

    Attributes:
        kept: The most that are kept at a time; each of them may be a whole base in memory.
    """

    kept = 4

    def __init__(self, make: Callable[[K], M]) -> None:
        """Values are made by ``make``, from what names a moment."""
        self._make = make
        self._lock = Lock()
        self._values: OrderedDict[K, M] = OrderedDict()
        self._turns: dict[K, Lock] = {}
        self._version = ""

    def at(self, moment: K, version: str) -> M:
        """The value for ``moment``. One thread makes it while others that ask for it wait.

        Args:
            moment: What names it, such as a position in the log.
            version: What values depend on besides their moment; when it changes, all that are kept are dropped.
        """
        with self._lock:
            self._forget_unless(version)
            turn = self._turns.setdefault(moment, Lock())
        with turn:
            try:
                with self._lock:
                    value = self._values.get(moment)
                if value is None:
                    value = self._make(moment)
                self._keep(moment, value, version)
            finally:
                with self._lock:
                    self._turns.pop(moment, None)
            return value

    def forget(self) -> None:
        """Drops every value."""
        with self._lock:
            self._values.clear()

    def _forget_unless(self, version: str) -> None:
        if version != self._version:
            self._values.clear()
            self._version = version

    def _keep(self, moment: K, value: M, version: str) -> None:
        with self._lock:
            # A redaction may have come between: what was made before it holds what was deleted, and is not kept.
            if version == self._version:
                self._values[moment] = value
                self._values.move_to_end(moment)
            while len(self._values) > self.kept:
                self._values.popitem(last=False)
