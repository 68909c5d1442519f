"""Everything that the JSON export holds, and the answers, as flat tables; their columns follow from its types."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from operator import itemgetter
from typing import Any

from msgspec import inspect

from kb.domain.codec import to_builtins
from kb.domain.knowledge import Knowledge
from kb.domain.unit import Unit
from kb.reports.answered import AnswerOut, ArgumentPartOut, answer_out
from kb.reports.export import exported
from kb.reports.exported import (
    ArgumentOut,
    CalculationOut,
    ClaimOut,
    ExportOut,
    FigureOut,
    FindingOut,
    MeasureOut,
    QuestionOut,
    SourceOut,
    TermOut,
    UnitOut,
)
from kb.reports.view import View

Value = str | int | float | bool | list[Any] | dict[str, Any] | None
"""A cell. A number that must stay exact is a decimal string in a column of the kind ``number``."""


class ColumnKind(StrEnum):
    """What a column holds, by the names of the Table Schema of Frictionless Data."""

    TEXT = "string"
    NUMBER = "number"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    LIST = "array"
    OBJECT = "object"


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``choices`` are the values of a text that has a few only, else empty."""

    name: str
    kind: ColumnKind
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DataTable:
    """A table.

    Attributes:
        key: The columns that tell its rows apart.
        parent: The table of which it holds the parts, whose key begins ``key``; empty for none.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    parent: str
    rows: tuple[tuple[Value, ...], ...]


def data_tables(view: View) -> tuple[DataTable, ...]:
    """All tables at the view's moment; a list of things within a thing is a table of its own."""
    known, export = view.knowledge, exported(view)
    answers = tuple(_answers(view))
    weighed = [
        ((answer.question, side.key, number), part)
        for answer in answers
        for side in answer.sides
        for number, part in enumerate(side.arguments, 1)
    ]
    tables = [table for name, type, rows in _entities(export) for table in _tables(known, name, type, rows)]
    tables += _tables(known, "answers", AnswerOut, answers, key=("question",), left_out=("sides",))
    tables += _part_tables(
        known, "answer_arguments", ArgumentPartOut, weighed, ("question", "side", "number"), "answers"
    )
    return tuple(tables)


def _entities(export: ExportOut) -> tuple[tuple[str, type, Sequence[Any]], ...]:
    return (
        ("sources", SourceOut, export.sources),
        ("units", UnitOut, export.units),
        ("measures", MeasureOut, export.measures),
        ("terms", TermOut, export.terms),
        ("questions", QuestionOut, export.questions),
        ("figures", FigureOut, export.figures),
        ("claims", ClaimOut, export.claims),
        ("arguments", ArgumentOut, export.arguments),
        ("calculations", CalculationOut, export.calculations),
        ("findings", FindingOut, export.findings),
    )


def _answers(view: View) -> Iterator[AnswerOut]:
    known, analysis = view.knowledge, view.analysis
    for question in known.questions.values():
        yield answer_out(known, analysis.standings, question, analysis.answers[question.id])


def _tables(
    knowledge: Knowledge,
    name: str,
    type: type,
    things: Sequence[Any],
    key: tuple[str, ...] = ("id",),
    left_out: Sequence[str] = (),
) -> Iterator[DataTable]:
    """The table of ``things``, then the tables of their parts."""
    fields = [field for field in _fields(type) if field.name not in left_out]
    cells = [cell for field in fields if not _part_type(field) for cell in _cells(field, fields, knowledge)]
    rows = tuple(tuple(cell.value(thing) for cell in cells) for thing in things)
    yield DataTable(name=name, columns=tuple(cell.column for cell in cells), key=key, parent="", rows=rows)
    owned = [((getattr(thing, key[0]),), thing) for thing in things]
    owner = _singular(name) if key == ("id",) else key[0]
    yield from _parts_of(knowledge, name, fields, owned, (owner,))


_Owned = Sequence[tuple[tuple[Value, ...], Any]]
"""Things, each with what tells it apart."""


def _part_tables(
    knowledge: Knowledge, name: str, type: type, parts: _Owned, key: tuple[str, ...], parent: str
) -> Iterator[DataTable]:
    """The table of ``parts``, whose ``key`` names what they are part of and ends with their number there."""
    fields = _fields(type)
    # Of a part of a part, lists stay in their cell.
    nested = [field for field in fields if _part_type(field)] if len(key) == 2 else []
    cells = [cell for field in fields if field not in nested for cell in _cells(field, fields, knowledge)]
    leading = tuple(Column(column, _KEY_KINDS.get(column, ColumnKind.TEXT)) for column in key)
    rows = tuple((*place, *(cell.value(part) for cell in cells)) for place, part in parts)
    columns = (*leading, *(cell.column for cell in cells))
    yield DataTable(name=name, columns=columns, key=key, parent=parent, rows=rows)
    yield from _parts_of(knowledge, name, nested, parts, (key[0], _singular(name.rpartition("_")[2])))


def _parts_of(
    knowledge: Knowledge, name: str, fields: Iterable[inspect.Field], things: _Owned, owner: tuple[str, ...]
) -> Iterator[DataTable]:
    for field in fields:
        if part := _part_type(field):
            parts = [
                ((*place, number), element)
                for place, thing in things
                for number, element in enumerate(getattr(thing, field.name), 1)
            ]
            table = f"{_singular(name)}_{field.name}"
            yield from _part_tables(knowledge, table, part, parts, (*owner, "number"), name)


_KEY_KINDS = {"number": ColumnKind.INTEGER, "result": ColumnKind.INTEGER}


@dataclass(frozen=True, slots=True)
class _Cell:
    """A column, and what a thing has in it."""

    column: Column
    value: Callable[[Any], Value]


def _cells(field: inspect.Field, beside: Sequence[inspect.Field], knowledge: Knowledge) -> Iterator[_Cell]:
    """The columns of a field: one, or several of what has parts; a unit is followed by its currency and period."""
    name, type = field.name, _bare(field.type)
    if isinstance(type, inspect.DataclassType):
        inner = _fields(type.cls)
        for cell in (cell for part in inner for cell in _cells(part, inner, knowledge)):
            column = replace(cell.column, name=f"{name}_{cell.column.name}")
            yield _Cell(column, _inside(name, cell.value))
    elif isinstance(type, inspect.TupleType):
        for at, end in enumerate(("low", "high")):
            yield _Cell(Column(f"{name}_{end}", ColumnKind.NUMBER), _inside(name, itemgetter(at)))
    else:
        yield _Cell(Column(name, _kind(type), _choices(field.type)), _plain(name))
        if name.endswith("unit"):
            yield from _unit_cells(name, {other.name for other in beside}, knowledge)


def _unit_cells(name: str, taken: Container[str], knowledge: Knowledge) -> Iterator[_Cell]:
    prefix = name.removesuffix("unit")
    ways: Mapping[str, Callable[[Unit], str | None]] = {
        "currency": lambda unit: unit.currency or None,
        "period": lambda unit: unit.period,
    }
    for column, way in ways.items():
        if prefix + column not in taken:
            yield _Cell(Column(prefix + column, ColumnKind.TEXT), _of_unit(name, way, knowledge))


def _of_unit(name: str, way: Callable[[Unit], str | None], knowledge: Knowledge) -> Callable[[Any], Value]:
    return lambda thing: way(knowledge.unit(unit)) if (unit := getattr(thing, name)) else None


def _inside(name: str, value: Callable[[Any], Value]) -> Callable[[Any], Value]:
    return lambda thing: None if getattr(thing, name) is None else value(getattr(thing, name))


def _plain(name: str) -> Callable[[Any], Value]:
    return lambda thing: to_builtins(getattr(thing, name))


def _fields(type: type) -> tuple[inspect.Field, ...]:
    found = inspect.type_info(type)
    return found.fields if isinstance(found, inspect.DataclassType) else ()


def _bare(type: inspect.Type) -> inspect.Type:
    """``type`` without remarks, and without the None that says that there may be nothing."""
    while isinstance(type, inspect.Metadata):
        type = type.type
    if isinstance(type, inspect.UnionType):
        (first, *others) = (member for member in type.types if not isinstance(member, inspect.NoneType))
        return type if others else _bare(first)
    return type


def _part_type(field: inspect.Field) -> type | None:
    """The type of the things in a list of things; None for any other field."""
    type = _bare(field.type)
    item = _bare(type.item_type) if isinstance(type, inspect.ListType) else None
    return item.cls if isinstance(item, inspect.DataclassType) else None


def _kind(type: inspect.Type) -> ColumnKind:
    match type:
        case inspect.StrType(pattern=pattern):
            return ColumnKind.NUMBER if pattern else ColumnKind.TEXT
        case inspect.FloatType():
            return ColumnKind.NUMBER
        case inspect.IntType():
            return ColumnKind.INTEGER
        case inspect.BoolType():
            return ColumnKind.BOOLEAN
        case inspect.ListType():
            return ColumnKind.LIST
        case inspect.DictType():
            return ColumnKind.OBJECT
        case _:
            return ColumnKind.TEXT


def _choices(type: inspect.Type) -> tuple[str, ...]:
    if isinstance(type, inspect.Metadata) and "enum" in (type.extra_json_schema or {}):
        return tuple((type.extra_json_schema or {})["enum"])
    bare = _bare(type)
    return tuple(map(str, bare.values)) if isinstance(bare, inspect.LiteralType) else ()


def _singular(name: str) -> str:
    return name.removesuffix("s")
