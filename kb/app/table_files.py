"""The tables of an export as files: CSV or Parquet, and a data package that describes their columns."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from kb.domain.problem import Problem, Refused
from kb.reports.table_columns import COLUMNS, REFERENCES, TABLES
from kb.reports.tables import Column, ColumnKind, DataTable, Value
from kb.reports.view import Moment

_NOTES = {
    "csv": (
        "CSV as in RFC 4180, in UTF-8. A cell is empty for null and for an empty text. Lists and objects are JSON. A"
        " text that a spreadsheet would take for a formula has an apostrophe before it, as has one that begins with"
        " apostrophes before such a text; take one away to have the text."
    ),
    "parquet": (
        "Numbers are doubles, of 15 to 17 digits; the CSV and the JSON export have all digits. Lists and objects are"
        " JSON."
    ),
}
_CSV = {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
_DIALECT = {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\r\n", "header": True}
_PARQUET = {"format": "parquet", "mediatype": "application/vnd.apache.parquet"}

# What spreadsheets take for a formula: https://owasp.org/www-community/attacks/CSV_Injection. The wide signs are those
# of Chinese and Japanese keyboards. Apostrophes in front count too, or the guard could not be told from the text.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def csv_files(tables: Sequence[DataTable], moment: Moment) -> Iterator[tuple[str, bytes]]:
    """Each table as CSV, and ``datapackage.json``."""
    for table in tables:
        yield f"{table.name}.csv", csv_text(table).encode()
    yield "datapackage.json", _data_package(tables, moment, "csv")


def parquet_files(tables: Sequence[DataTable], moment: Moment) -> Iterator[tuple[str, bytes]]:
    """Each table as Parquet, and ``datapackage.json``.

    Raises:
        Refused: the package that writes Parquet is not installed.
    """
    for table in tables:
        yield f"{table.name}.parquet", _parquet(table)
    yield "datapackage.json", _data_package(tables, moment, "parquet")


def csv_text(table: DataTable) -> str:
    """``table`` as CSV with a line of names; a number is written with all its digits."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(column.name for column in table.columns)
    for row in table.rows:
        writer.writerow(_cell(column, value) for column, value in zip(table.columns, row, strict=True))
    return text.getvalue()


def _cell(column: Column, value: Value) -> str:
    match column.kind:
        case _ if value is None:
            return ""
        case ColumnKind.BOOLEAN:
            return "true" if value else "false"
        case ColumnKind.LIST | ColumnKind.OBJECT:
            return _json(value)
        case ColumnKind.TEXT:
            return guarded(str(value))
        case _:
            return str(value)


def guarded(text: str) -> str:
    """``text`` with an apostrophe before it where a spreadsheet would take it for a formula.

    >>> guarded("=1+1"), guarded("-5"), guarded("'=1"), guarded("5-3"), guarded("'tis")
    ("'=1+1", "'-5", "''=1", '5-3', "'tis")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def _json(value: Value) -> str:
    return msgspec.json.encode(value).decode()


def _parquet(table: DataTable) -> bytes:
    try:
        from arro3.core import Array, DataType, Table
        from arro3.io import write_parquet
    except ImportError:
        what = "Parquet needs the package arro3-io, which is not installed"
        hint = "pip install 'kb-ledger[parquet]', or use --format tables for CSV"
        raise Refused([Problem("kb export", what, hint)]) from None
    types = {
        ColumnKind.NUMBER: DataType.float64(),
        ColumnKind.INTEGER: DataType.int64(),
        ColumnKind.BOOLEAN: DataType.bool(),
    }
    arrays = [
        Array([_stored(column, row[at]) for row in table.rows], type=types.get(column.kind, DataType.string()))
        for at, column in enumerate(table.columns)
    ]
    file = io.BytesIO()
    write_parquet(Table.from_arrays(arrays, names=[column.name for column in table.columns]), file)
    return file.getvalue()


def _stored(column: Column, value: Value) -> str | float | int | bool | None:
    if value is None or isinstance(value, bool):
        return value
    if column.kind is ColumnKind.NUMBER and isinstance(value, str | float):
        return float(value)
    return _json(value) if isinstance(value, list | dict) else value


def _data_package(tables: Sequence[DataTable], moment: Moment, form: str) -> bytes:
    package = {
        "profile": "data-package",
        "name": "kb-export",
        "description": _NOTES[form],
        "head": {"position": moment.position, "hash": moment.hash},
        "resources": [_resource(table, form) for table in tables],
    }
    return msgspec.json.format(msgspec.json.encode(package), indent=2) + b"\n"


def _resource(table: DataTable, form: str) -> dict[str, Any]:
    kind = {**_CSV, "dialect": _DIALECT, "profile": "tabular-data-resource"} if form == "csv" else _PARQUET
    schema = {
        "fields": [_field(column, table, form) for column in table.columns],
        "primaryKey": list(table.key),
        "foreignKeys": list(_foreign_keys(table)),
        "missingValues": [""],
    }
    path, about = f"{table.name}.{form}", TABLES[table.name]
    return {"name": table.name, "path": path, "description": about, **kind, "schema": schema}


def _field(column: Column, table: DataTable, form: str) -> dict[str, Any]:
    # As they stand in the file, where "==" is guarded too.
    choices = [guarded(choice) if form == "csv" else choice for choice in column.choices]
    constraints = {
        **({"required": True} if column.name in table.key else {}),
        **({"enum": choices} if choices else {}),
    }
    described = {"name": column.name, "type": column.kind.value, "description": COLUMNS[column.name]}
    return {**described, "constraints": constraints} if constraints else described


def _foreign_keys(table: DataTable) -> Iterator[dict[str, Any]]:
    for column in table.columns:
        if (target := REFERENCES.get(column.name)) and column.kind is ColumnKind.TEXT:
            yield _foreign_key([column.name], target, ["id"])
    if len(table.key) > 2 and table.key[1] == "result":
        yield _foreign_key(["calculation", "result"], table.parent, ["calculation", "number"])


def _foreign_key(fields: list[str], table: str, target: list[str]) -> dict[str, Any]:
    return {"fields": fields, "reference": {"resource": table, "fields": target}}
