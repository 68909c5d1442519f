"""A reader asks how much of a document is recorded; what is left out on purpose is said with its reason."""

import json
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.cli import main

TEXT = """\
The pier in numbers

The pier sold 41,200 tickets in 2025 and took in $3.1 million, the harbour office says in its yearly report.

Nobody expects the ferry to come back before the harbour has been dredged, which nobody has offered to pay for.

Advertisement: buy two season tickets for $99 and get a third one for your dog, your cat or your grandmother free.
"""

SEED = """\
kb: 1
id: pier
source:
  type: report
  title: The pier
  language: en
  document: {sha256: %s}
  left-out: [%s]
measures:
  - {id: tickets, label: Tickets sold, unit: ticket, kind: count, keys: [period]}
figures:
  - {id: sold, measure: tickets, at: 'L3 "%s"', value: 41200, scope: {period: 2025}}
"""


@pytest.fixture
def pier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "kb.toml").write_text("", encoding="utf-8")
    (tmp_path / "pier.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def seed(folder: Path, left_out: str = "", words: str = "41,200 tickets") -> None:
    digest = sha256(TEXT.encode()).hexdigest()
    (folder / "seeds" / "pier.yaml").write_text(SEED % (digest, left_out, words), encoding="utf-8")


def covered(*options: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, ["coverage", "pier.txt", *options], catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result


def test_numbers_and_paragraphs_that_nobody_recorded_are_listed(pier: Path) -> None:
    seed(pier)
    lines = covered().stdout.splitlines()
    assert "L3  number     $3.1 million" in lines
    assert any(line.startswith("L5  paragraph  Nobody expects the ferry") for line in lines)
    assert lines[-1] == "3 paragraphs: 2 not recorded, 0 left out on purpose"


def test_a_recorded_number_is_not_listed(pier: Path) -> None:
    seed(pier)
    assert not any("41,200" in line for line in covered().stdout.splitlines())


def test_what_is_left_out_on_purpose_is_counted_and_not_listed(pier: Path) -> None:
    seed(pier, "{at: L5-L7, why: says nothing about the pier}")
    output = covered().stdout
    assert "$99" not in output and "Nobody" not in output
    assert output.splitlines()[-1] == "3 paragraphs: 0 not recorded, 2 left out on purpose"


def test_a_place_left_out_that_is_not_there_is_told(pier: Path) -> None:
    seed(pier, "{at: L90, why: an advertisement}")
    assert "left-out L90: the document has no such lines" in covered().stderr


def test_the_list_is_printed_as_json(pier: Path) -> None:
    seed(pier)
    found = json.loads(covered("--json").stdout)
    assert found["uncovered_paragraphs"][0] == {"line": 5, "last": 5, "text": TEXT.splitlines()[4]}


def test_a_document_of_no_source_is_refused(pier: Path) -> None:
    assert "no source has this document" in covered(code=1).output


def test_lines_that_end_before_they_begin_are_refused(pier: Path) -> None:
    seed(pier, "{at: L9-L3, why: an advertisement}")
    result = CliRunner().invoke(main, ["check", "seeds"])
    assert "'L9-L3' ends before it begins" in result.output
