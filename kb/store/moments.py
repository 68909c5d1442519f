"""What was made most recently for moments of a base; each is made by one thread only, while others go on."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
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
        self._making: dict[tuple[K, str], Future[M]] = {}
        self._version = ""

    def at(self, moment: K, version: str) -> M:
        """The value for ``moment``. One thread makes it; others that ask meanwhile get the same value, or its error.

        Args:
            moment: What names it, such as a position in the log.
            version: What values depend on besides their moment; when it changes, all that are kept are dropped.
        """
        key, own = (moment, version), Future[M]()
        with self._lock:
            self._forget_unless(version)
            if moment in self._values:
                self._values.move_to_end(moment)
                return self._values[moment]
            making = self._making.setdefault(key, own)
        if making is not own:
            return making.result()
        try:
            value = self._make(moment)
        except BaseException as error:
            self._end(key)
            own.set_exception(error)
            raise
        self._end(key, value)
        own.set_result(value)
        return value

    def forget(self) -> None:
        """Drops every value."""
        with self._lock:
            self._values.clear()

    def _forget_unless(self, version: str) -> None:
        if version != self._version:
            self._values.clear()
            self._version = version

    def _end(self, key: tuple[K, str], value: M | None = None) -> None:
        moment, version = key
        with self._lock:
            del self._making[key]
            # A redaction may have come between: what was made before it holds what was deleted, and is not kept.
            if value is not None and version == self._version:
                self._values[moment] = value
            while len(self._values) > self.kept:
                self._values.popitem(last=False)
