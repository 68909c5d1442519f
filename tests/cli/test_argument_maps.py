"""A person brings an argument map in and takes it out again."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.cli import main
from tests.intake.aif_maps import aif

FERRY = aif(
    "1 I The ferry pays; 2 RA; 3 I It is full; 4 CA; 5 I It leaks; 6 L Ann : it is full; 7 YA",
    "3>2 2>1 5>4 4>2 6>7 7>3",
)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("KB_DATABASE_URL", "KB_HOME", "KB_ACTOR"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "kb.toml").write_text('actor = "ada"\n')
    (tmp_path / "ferry.json").write_text(json.dumps(FERRY))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def kb(*words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, words, catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result


def test_a_map_is_drafted_checked_recorded_and_written_out_unchanged(workspace: Path) -> None:
    drafted = kb("import", "ferry.json").output
    assert "seeds/ferry.yaml: 3 claims, 2 arguments from ferry.json; 2 nodes kept as they came" in drafted
    assert "nodes of other types (1 L, 1 YA)" in drafted
    assert "1 file checked; no problems" in kb("check").output
    kb("import", "--reason", "a map")
    for names in ((), ("is-ferry-right",)):
        kb("export", *names, "--format", "aif", "-o", "out.json", "--force")
        assert json.loads((workspace / "out.json").read_text()) == FERRY
    assert json.loads(kb("export", "--format", "aif").output) == FERRY
    kb("export", "--format", "seeds", "-o", "exported")
    assert "no difference" in kb("import", "exported", "--reason", "the same").output


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"{", "this is not JSON"),
        (b'{"nodes": [' + b"[" * 200 + b"]" * 201 + b"}", "nested too deep"),
        (b"\xff\xfe{", "is not UTF-8"),
        (b'{"nodes": [{"nodeID": 1, "type": "I", "text": {}}]}', "it is what a seed file keeps under aif:"),
        (b'{"nodes": [' + b'{"nodeID": 1},' * 900_000, "at most 10 MB"),
    ],
    ids=["cut off", "deep", "other encoding", "out of a seed file", "too large"],
)
def test_a_file_that_is_no_map_is_refused_in_words(workspace: Path, content: bytes, problem: str) -> None:
    (workspace / "ferry.json").write_bytes(content)
    refused = kb("import", "ferry.json", code=1).output
    assert problem in refused and not (workspace / "seeds").exists()


def test_a_seed_file_that_is_there_is_not_replaced_unasked(workspace: Path) -> None:
    kb("import", "ferry.json")
    assert "exists" in kb("import", "ferry.json", code=1).output
    kb("import", "ferry.json", "--force")
    assert "claims:" in kb("import", "ferry.json", "-o", "-").output


def test_only_a_map_is_that_of_a_question(workspace: Path) -> None:
    kb("import", "ferry.json")
    kb("import", "--reason", "a map")
    assert "not one question" in kb("export", "is-ferry-right", code=1).output
    assert "no such question" in kb("export", "nothing", "--format", "aif", code=1).output
