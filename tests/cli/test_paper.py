"""A person looks at a document's lines before pointing to them."""

import json
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from kb.cli import main
from tests.intake.press import column, pdf

PAGE = "<!doctype html><title>The pass</title><h1>The pass</h1><p>It costs $40."


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text(PAGE)
    return path


def shown(*words: str | Path, code: int = 0) -> str:
    result = CliRunner().invoke(main, ["text", *map(str, words)])
    assert result.exit_code == code, result.output
    return result.output


def test_each_line_stands_behind_its_number(page: Path) -> None:
    assert shown(page) == "L1  The pass\nL2  It costs $40.\n"


def test_the_text_alone_is_letter_for_letter(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"one\r\n\x1b[2Jtwo\n")
    assert CliRunner().invoke(main, ["text", str(path), "--bare"]).stdout_bytes == path.read_bytes()
    assert shown(path) == "L1  one\nL2  ·[2Jtwo\nL3\n"


def test_what_a_document_says_about_itself_comes_as_json(page: Path) -> None:
    told = json.loads(shown(page, "--json"))
    assert told["media_type"] == "text/html"
    assert told["about"]["title"] == {"value": "The pass", "found": "the first heading"}


def test_what_cannot_be_read_is_a_problem_and_what_is_doubtful_is_said(tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(pdf([]))
    assert "run OCR first" in shown(scan, code=1)
    scan.write_bytes(pdf(column("It sails."), []))
    assert "scan.pdf: no text on page 2" in shown(scan)


SEED = """\
kb: 1
id: pass
source: {{type: webpage, title: The pass, language: en, document: {{sha256: {sha256}}}}}
measures:
  - {{id: fee, label: Fee, unit: USD, kind: price}}
figures:
  - {{id: fee-said, measure: fee, value: $40, at: '{place} "$40"'}}
"""


@pytest.mark.parametrize(
    ("data", "place"), [(PAGE.encode(), "L2"), (pdf(column("The pass"), column("It costs $40.")), "L3")]
)
def test_a_passage_in_a_page_or_a_pdf_is_found_when_it_is_attached(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, place: str
) -> None:
    for name in ("KB_DATABASE_URL", "KB_HOME", "KB_ACTOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kb.toml").write_text('actor = "ada"\n')
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "pass.yaml").write_text(SEED.format(sha256=sha256(data).hexdigest(), place=place))
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "document").write_bytes(data)
    assert CliRunner().invoke(main, ["import", "--reason", "read"]).exit_code == 0
    attached = CliRunner().invoke(main, ["attach", "archive"])
    assert "attached document: pass\n1 passage in 1 document can be shown in context" in attached.output
