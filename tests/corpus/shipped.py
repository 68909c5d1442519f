"""The shipped seeds, read against an empty ledger."""

from collections.abc import Callable
from pathlib import Path

import kb
from kb.domain.knowledge import Knowledge
from kb.intake.seed_reader import Reading, read
from tests.mint import CountingMint

SEEDS = Path(kb.__file__).resolve().parent.parent / "seeds"


def seeds_with(texts: Callable[[str], str | None]) -> Reading:
    """The shipped seeds, read against an empty ledger with these ``texts`` attached."""
    return read(sorted(SEEDS.glob("*.yaml")), Knowledge(), CountingMint(), texts)
