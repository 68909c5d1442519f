"""The harnesses of ``benchmarks/torture``, each for about a second: nothing is lost, and every control loses."""

from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.torture import disk_full, flips, kills, power, seeds, writers
from benchmarks.torture.common import Harness, Options, Unavailable
from tests.ledger import without_postgres

SECONDS = 0.7

MODULES = (kills, power, flips, seeds, writers, disk_full)
CASES = [(module.HARNESS, database) for module in MODULES for database in module.HARNESS.databases]

of_each_harness = pytest.mark.parametrize(
    ("harness", "database"), CASES, ids=[f"{harness.name}-{database}" for harness, database in CASES]
)


@pytest.fixture(autouse=True)
def few_writers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writers, "WRITERS", 6)


@of_each_harness
def test_nothing_is_lost(harness: Harness, database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lost_nothing = attempt(harness.runs, database, tmp_path)
    assert lost_nothing, capsys.readouterr().out


@of_each_harness
def test_without_its_protection_something_is_lost(harness: Harness, database: str, tmp_path: Path) -> None:
    assert attempt(harness.fails, database, tmp_path)


def attempt(part: Callable[[Options], bool], database: str, folder: Path) -> bool:
    """What ``part`` gives; the test is skipped where the machine lacks what it needs."""
    try:
        return part(Options(seconds=SECONDS, seed=1, database=database, folder=folder))
    except Unavailable as unavailable:
        if database == "postgresql":
            without_postgres(str(unavailable))
        pytest.skip(str(unavailable))
