"""A mint for tests: nothing it gives is left to chance."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count


@dataclass
class CountingMint:
    """Ids, salts and times that count, so that a story told twice is the same to the letter."""

    name: str = ""
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def id(self) -> str:
        return f"{self.name}{next(self._numbers):08d}"

    def salt(self) -> str:
        return f"{next(self._numbers):032x}"

    def now(self) -> str:
        return f"2026-06-15T12:00:{next(self._numbers) % 60:02d}.000000Z"
