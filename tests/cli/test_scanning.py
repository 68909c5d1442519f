"""A reader lists the figures of a text from the command line; what is no text is told, with what to do instead."""

import json
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kb.app import drafting
from kb.cli import main
from kb.intake.document_reader import Limits, read_document

TEXT = "The pier sells passes\nat $40 a month; 约 3.5 万张票, in 2025.\n"
PLACE = ["char_start", "char_end", "as_written"]
QUANTITY = ["low", "high", "bound", "hedge", "unit", "per", "period", "kind", "change"]
MARGIN = ["margin", "margin_below", "margin_kind", "margin_level"]
KEYS = [*PLACE, *QUANTITY, *MARGIN, "left_out", "not_understood", "beside_unit", "shared_sign", "ratio"]


def run(*words: str, given: bytes | None = None, code: int = 0) -> Result:
    result = CliRunner().invoke(main, ["scan", *words], input=given, catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "pier.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_rows_tell_where_a_figure_stands_and_what_it_says(page: Path) -> None:
    pass_, tickets = json.loads(run(str(page), "--json").stdout)

    assert list(pass_) == KEYS
    assert TEXT[pass_["char_start"] : pass_["char_end"]] == pass_["as_written"] == "$40 a month"
    assert (tickets["low"], tickets["hedge"], tickets["kind"]) == ("35000", "about", "count")


def test_a_table_shows_line_and_column(page: Path) -> None:
    lines = run(str(page)).output.splitlines()

    assert lines[1].split()[:4] == ["2:4", "$40", "a", "month"]
    assert lines[-1] == "2 figures"


def test_a_sign_of_several_countries_and_a_ratio_are_remarked() -> None:
    output = run("-", given=b"The Canadian scheme returns $3 for every $1 spent.").stdout

    assert output.count("USD is a guess: the sign may stand for CAD; one ratio with the amount beside it") == 2


def test_standard_input_is_read_where_a_dash_stands_for_the_file() -> None:
    (row,) = json.loads(run("-", "--json", given="一共 20 美元".encode()).stdout)

    assert (row["as_written"], row["low"], row["unit"]) == ("20 美元", "20", "USD")


def test_dates_are_listed_on_request(page: Path) -> None:
    assert [row["kind"] for row in json.loads(run(str(page), "--json", "--dates").stdout)] == ["rate", "count", "date"]


def test_progress_is_shown_on_a_terminal_only(page: Path) -> None:
    assert run(str(page)).stderr == ""


def test_an_empty_file_has_no_figures(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()

    assert json.loads(run(str(tmp_path / "empty.txt"), "--json").stdout) == []
    result = run(str(tmp_path / "empty.txt"))
    assert result.stdout == "0 figures\n"
    assert "empty.txt is empty: there is nothing to scan" in result.stderr


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\x00\x01\x02 5", "binary"),
        (b"%PDF-1.7", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
        ("价格是二十美元，不是三十美元".encode("GB18030"), "GB18030"),
        ("caf\xe9 costs $5".encode("latin-1"), "CP1252"),
    ],
)
def test_what_cannot_be_read_as_text_is_refused_and_named(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "strange.txt").write_bytes(content)

    assert told in run(str(tmp_path / "strange.txt"), code=1).output


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    assert "there is no such file" in run(str(tmp_path / "none.txt"), code=1).output
    assert "this is a folder" in run(str(tmp_path), code=1).output


def test_a_file_over_the_limit_is_refused_with_the_limit(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafting, "read_document", partial(read_document, limits=Limits(size=10)))

    assert "10 bytes" in run(str(page), code=1).output
    assert "10 bytes" in run("-", given=b"x" * 20, code=1).output


def test_a_page_is_scanned_as_a_reader_sees_it(tmp_path: Path) -> None:
    path = tmp_path / "pier.html"
    path.write_text("<p>A pass costs <b>$40</b> a month.</p><script>var fee = '$99'</script>", encoding="utf-8")
    (row,) = json.loads(run(str(path), "--json").stdout)

    assert row["as_written"] == "$40 a month"


def test_places_count_the_characters_of_the_file_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "dos.txt").write_bytes(b"One line\r\nand $40 a month.\r\n")
    (row,) = json.loads(run(str(tmp_path / "dos.txt"), "--json").stdout)

    assert (row["char_start"], row["char_end"]) == (14, 25)


def test_in_a_workspace_its_own_units_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["init", "."]).exit_code == 0
    words = "kb: 1\nid: money\nunits:\n  - {id: usdt, kind: currency, code: USDT, sign: ₮}\n"
    (tmp_path / "seeds" / "money.yaml").write_text(words, encoding="utf-8")

    (row,) = json.loads(run("-", "--json", given="a pass is ₮14 per fortnight".encode()).stdout)

    assert (row["unit"], row["low"]) == ("USDT/fortnight", "14")
