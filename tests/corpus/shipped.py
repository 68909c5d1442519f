"""The shipped seeds, read against an empty ledger."""

from collections.abc import Callable
from itertools import count
from pathlib import Path

import kb
from kb.domain.knowledge import Knowledge
from kb.intake.reading import Reading, read

SEEDS = Path(kb.__file__).resolve().parent.parent / "seeds"


class CountingMint:
    """Ids and salts that count."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def id(self) -> str:
        return f"{next(self._numbers):032x}"

    def salt(self) -> str:
        return f"{next(self._numbers):032x}"

    def now(self) -> str:
        return "2026-07-01T00:00:00.000000Z"


def seeds_with(texts: Callable[[str], str | None]) -> Reading:
    """The shipped seeds, read against an empty ledger with these ``texts`` attached."""
    return read(sorted(SEEDS.glob("*.yaml")), Knowledge(), CountingMint(), texts)
