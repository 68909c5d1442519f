"""The tables hold what the JSON export holds, safely for spreadsheets, with a description of every column."""

import csv
import io
import re
import sys
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import json

from kb.app.table_files import csv_files, csv_text, guarded, parquet_files
from kb.domain.problem import Refused
from kb.reports.export import export_json
from kb.reports.table_columns import COLUMNS, REFERENCES, TABLES
from kb.reports.tables import Column, ColumnKind, DataTable, data_tables
from kb.reports.view import View
from tests.reports.seen import pair, seen


@cache
def tables() -> dict[str, DataTable]:
    return {table.name: table for table in data_tables(pair())}


def rows(name: str) -> list[dict[str, Any]]:
    table = tables()[name]
    return [dict(zip((column.name for column in table.columns), row, strict=True)) for row in table.rows]


def files(view: View) -> dict[str, bytes]:
    return dict(csv_files(data_tables(view), view.moment))


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_the_tables_lose_nothing_of_the_json_export() -> None:
    export = export_json(pair())
    kinds = [kind for kind, entities in export.items() if isinstance(entities, list)]
    assert [name for name in tables() if not tables()[name].parent and name != "answers"] == kinds
    for kind in kinds:
        for entity, row in zip(export[kind], rows(kind), strict=True):
            same(entity, row, kind, {kind.removesuffix("s"): entity["id"]})


def same(thing: dict[str, Any], row: dict[str, Any], table: str, place: dict[str, Any]) -> None:
    """Check that ``thing`` is in ``row``, and its parts in the tables of parts, where ``place`` says which are its."""
    for name, value in thing.items():
        part = f"{table.removesuffix('s')}_{name}"
        if part in tables():
            parts = [other for other in rows(part) if place.items() <= other.items()]
            assert [other["number"] for other in parts] == list(range(1, len(value) + 1))
            for element, other in zip(value, parts, strict=True):
                inner = {**place, part.removesuffix("s").rpartition("_")[2]: other["number"]}
                same(element, other, part, inner)
        elif name in row:
            assert row[name] == value
        else:
            cells = {column: cell for column, cell in row.items() if column.startswith(f"{name}_")}
            expected = dict(zip(("low", "high"), value, strict=True)) if isinstance(value, list) else value
            assert cells and (value is not None or set(cells.values()) == {None})
            assert {f"{name}_{inner}": cell for inner, cell in (expected or {}).items()}.items() <= cells.items()


def test_amounts_have_currency_and_period_in_columns_of_their_own() -> None:
    (figure,) = (row for row in rows("figures") if row["id"] == "quay/office-value")
    assert {name: figure[name] for name in ("low", "high", "unit", "currency", "period", "bound")} == {
        "low": "120", "high": "150", "unit": "USD/month", "currency": "USD", "period": "month", "bound": "at_least",
    }  # fmt: skip
    result = rows("calculation_results")[0]
    assert (result["unit"], result["currency"], result["period"]) == ("multiple", None, None)


def test_a_question_has_its_answer_with_what_would_change_it() -> None:
    (answer,) = rows("answers")
    assert (answer["question"], answer["answer"]) == ("pass-loses-money", "leaning no")
    assert {row["question"] for row in rows("answer_hinges")} == {"pass-loses-money"}
    assert {row["side"] for row in rows("answer_arguments")} == {"yes", "no"}


def test_every_table_and_column_is_described_and_nothing_else_is() -> None:
    assert set(TABLES) == set(tables())
    assert set(COLUMNS) == {column.name for table in tables().values() for column in table.columns}
    assert set(REFERENCES) <= set(COLUMNS)


def test_keys_are_unique_and_references_lead_somewhere() -> None:
    for table in tables().values():
        keys = [tuple(row[name] for name in table.key) for row in rows(table.name)]
        assert len(set(keys)) == len(keys)
        for column in table.columns:
            if (target := REFERENCES.get(column.name)) and column.kind is ColumnKind.TEXT:
                ids = {row["id"] for row in rows(target)} | {None}
                assert {row[column.name] for row in rows(table.name)} <= ids, f"{table.name}.{column.name}"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "=cmd|'/C calc'!A0",
        "＝1",
        "＠x",
        "'=1",
        "''+",
        "-",
        "–=1",
    ],
)
def test_no_text_begins_as_a_formula(text: str) -> None:
    assert not guarded(text).startswith(tuple("=+-@\t\r\n＝＋－＠"))


@pytest.mark.parametrize("text", ["", "'", "'tis", "a=1", "1-2", "5 + 5", " =1", "–5", "“=1”", "毛利率", "$-5"])
def test_any_other_text_is_left_alone(text: str) -> None:
    assert guarded(text) == text


@given(st.text(st.sampled_from("'=+-@\t\r\na1,\"")))
def test_the_guard_can_be_taken_away_again(text: str) -> None:
    safe = guarded(text)
    assert (safe[1:] if re.match(r"'+[=+\-@\t\r\n]", safe) else safe) == text


def table(*cells: Any, kind: ColumnKind = ColumnKind.TEXT) -> DataTable:
    return DataTable(name="t", columns=(Column("c", kind),), key=("c",), parent="", rows=cells)


def test_numbers_stay_numbers_with_all_their_digits() -> None:
    number = "-0.3333333333333333333333333334"
    assert csv_text(table((number,), (None,), ("1" + "0" * 40,), kind=ColumnKind.NUMBER)) == (
        f'c\r\n{number}\r\n""\r\n1{"0" * 40}\r\n'
    )


@pytest.mark.parametrize(
    "text", ["two\nlines", 'a "quoted" word', "a, b", "<b>&amp;", "עברית", "a\r\nb", "x" * 5000, "😀", ";", " padded "]
)
def test_a_text_comes_back_as_it_is(text: str) -> None:
    assert read(csv_text(table((text,)))) == [["c"], [text]]


def test_lists_and_objects_are_json() -> None:
    assert read(csv_text(table((["a", 'b"'],), kind=ColumnKind.LIST))) == [["c"], ['["a","b\\""]']]
    assert read(csv_text(table(({"pier": ["north"]},), kind=ColumnKind.OBJECT)))[1] == ['{"pier":["north"]}']


def test_the_package_describes_the_files_as_they_are() -> None:
    written = files(pair())
    package = json.decode(written.pop("datapackage.json"))
    assert {resource["path"] for resource in package["resources"]} == set(written)
    assert package["head"] == {"position": pair().moment.position, "hash": pair().moment.hash}
    for resource in package["resources"]:
        header, *lines = read(written[resource["path"]].decode())
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == header
        for line in lines:
            for field, cell in zip(fields, line, strict=True):
                constraints = field.get("constraints", {})
                assert cell or not constraints.get("required")
                assert not cell or cell in constraints.get("enum", [cell])


def test_an_empty_base_gives_tables_without_rows() -> None:
    written = files(seen())
    assert set(written) == {f"{name}.csv" for name in TABLES} | {"datapackage.json"}
    assert written["figures.csv"].startswith(b"id,stream,source,") and written["figures.csv"].count(b"\r\n") == 1


def test_parquet_holds_the_same_tables() -> None:
    io_module = pytest.importorskip("arro3.io", reason="needs the extra parquet")
    written = dict(parquet_files(data_tables(pair()), pair().moment))
    read_back = io_module.read_parquet(io.BytesIO(written["figures.parquet"])).read_all()
    assert read_back["id"].to_pylist() == [row["id"] for row in rows("figures")]
    assert read_back["low"].to_pylist() == [float(row["low"]) for row in rows("figures")]
    assert read_back["low_open"].to_pylist() == [row["low_open"] for row in rows("figures")]
    assert read_back["char_start"].to_pylist() == [row["char_start"] for row in rows("figures")]
    assert written == dict(parquet_files(data_tables(pair()), pair().moment))


def test_without_the_extra_parquet_is_refused_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "arro3.core", None)
    with pytest.raises(Refused) as refused:
        next(parquet_files(data_tables(seen()), seen().moment))
    assert "kb-ledger[parquet]" in str(refused.value.problems[0])
