"""What need not be parsed again? Texts that were read before: nearly all stay as they are."""

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import TypeVar

from kb.domain.codec import parse

T = TypeVar("T")


class Memory:
    """What each text of a kind was parsed into when all of that kind were read last, by the text's digest.

    Values are frozen, so that several readings may share them. Safe to use from several threads.
    """

    def __init__(self) -> None:
        self._kept: dict[type, dict[bytes, object]] = {}

    def parsed(self, texts: Iterable[str], kind: type[T]) -> Iterator[T]:
        """The values of ``texts``, in order; what none of them says any more is forgotten at the end."""
        before, now = self._kept.get(kind, {}), dict[bytes, object]()
        for text in texts:
            key = blake2b(text.encode(), digest_size=16).digest()
            known = before.get(key)
            value = known if isinstance(known, kind) else parse(text, kind)
            now[key] = value
            yield value
        self._kept[kind] = now
