"""A workspace with three small seed files, and the command line in it."""

import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.cli import main

PAIR = Path(__file__).parents[1] / "pair"
Kb = Callable[..., Result]


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("KB_DATABASE_URL", "KB_HOME", "KB_ACTOR", "KB_DOCUMENTS"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "kb.toml").write_text('actor = "ada"\n')
    (tmp_path / "seeds").mkdir()
    for seed in PAIR.glob("*.yaml"):
        shutil.copy(seed, tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def kb(workspace: Path) -> Kb:
    def run(*words: str, code: int = 0) -> Result:
        result = CliRunner().invoke(main, words, catch_exceptions=False)
        assert result.exit_code == code, result.output
        return result

    return run


@pytest.fixture
def imported(kb: Kb) -> Kb:
    kb("import", "--reason", "first reading")
    return kb


@pytest.fixture
def empty(kb: Kb, tmp_path: Path) -> Kb:
    """A base without events."""
    (tmp_path / "empty.yaml").write_text("kb: 1\nid: empty\n")
    kb("import", "empty.yaml", "--reason", "nothing yet")
    (tmp_path / "empty.yaml").unlink()
    return kb


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])
