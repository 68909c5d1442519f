"""Which units do the files declare? Entries of units, and the vocabulary that all other entries are read with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kb.domain.entity import UnitDefinition, UnitKind
from kb.domain.notation import reserved
from kb.domain.noun import CURRENCIES
from kb.domain.unit import STANDARD, Unit, UnitError
from kb.domain.unit.vocabulary import vocabulary
from kb.intake.desk import Declared, Desk, Sheet
from kb.intake.node import Scalar
from kb.intake.record import UnitRecord

Told = Sequence[tuple[Declared[UnitRecord], Sheet]]


def declare_units(sheet: Sheet, desk: Desk) -> list[Declared[UnitRecord]]:
    """The units of a file with their ids."""
    return [
        desk.declare("unit", record, sheet, record.id, record.id.text if record.id else "")
        for record in sheet.record.units
    ]


def resolve_units(told: Told, desk: Desk) -> None:
    """Lays the units on the desk and makes them a part of its vocabulary; what is wrong is noted and keeps them off.

    Units of the base that the files do not tell of stay in the vocabulary; what a definition rests on may stand before
    or behind it, in whatever file.
    """
    known = [unit for id, unit in desk.knowledge.units.items() if id not in desk.names.places]
    made = {entry.id: _unit(entry, sheet) for entry, sheet in told if entry.id and _is_sound(entry.record, sheet)}
    by_name: dict[str, UnitDefinition] = {unit.name: unit for unit in known}
    for entry, sheet in told:
        unit = made.get(entry.id)
        if unit is None:
            continue
        if other := by_name.get(unit.name):
            hint = "give one of them another code"
            sheet.note(entry.record.code or entry.record.spot, f"'{unit.name}' is the code of '{other.slug}'", hint)
        else:
            by_name[unit.name] = unit
    desk.units = vocabulary(tuple(unit.definition for unit in by_name.values()))
    for entry, sheet in told:
        unit = made.get(entry.id)
        if unit is None or by_name[unit.name] is not unit:
            continue
        if error := desk.units.refused.get(unit.name):
            _note(error, entry.record, sheet)
        else:
            _keep(unit, entry.record, sheet, desk)


def _unit(entry: Declared[UnitRecord], sheet: Sheet) -> UnitDefinition:
    record = entry.record
    return UnitDefinition(
        id=entry.id,
        slug=entry.slug,
        file=sheet.id,
        kind=UnitKind(record.kind.text) if record.kind else UnitKind.COUNT,
        equals=record.equals.text if record.equals else "",
        aliases=tuple(alias.text for alias in record.aliases),
        code=record.code.text if record.code else "",
        sign=record.sign.text if record.sign else "",
        note=record.note.text if record.note else "",
    )


def _spelled(record: UnitRecord) -> Iterator[Scalar]:
    """Every name that the entry gives its unit, where it stands."""
    yield from (name for name in (record.id, record.code, *record.aliases, record.sign) if name)


def _is_sound(record: UnitRecord, sheet: Sheet) -> bool:
    """Whether the entry's parts go together; what does not is noted."""
    is_currency = record.kind is not None and record.kind.text == UnitKind.CURRENCY
    for name, key in ((record.code, "code"), (record.sign, "sign")):
        if name and not is_currency:
            sheet.note(name, f"only a currency has a {key}", "add kind: currency, or leave it out")
            return False
    if is_currency and not record.equals and not record.code and record.id:
        sheet.note(record.id, "a currency needs its code", f"add code: {record.id.text.upper()[:5]}")
        return False
    taken = [(name, said) for name in _spelled(record) if (said := reserved(name.text)) and not _is_code(name)]
    for name, said in taken:
        sheet.note(name, f"'{name.text}' {said}", "take a word for the thing counted")
    signs = [sign for sign in (record.sign,) if sign and (len(sign.text) != 1 or sign.text.isalnum())]
    for sign in signs:
        sheet.note(sign, f"'{sign.text}' is no sign", "one character that is neither letter nor digit, like ₮")
    return not taken and not signs


def _is_code(name: Scalar) -> bool:
    """Whether it is a standard code, of which the vocabulary itself says that it is taken."""
    return name.text.upper() in CURRENCIES


def _note(error: UnitError, record: UnitRecord, sheet: Sheet) -> None:
    """Notes why a definition makes no unit, at the name or at the amount that is wrong."""
    at = next((name for name in _spelled(record) if name.text == error.about), None) or record.equals or record.id
    sheet.note(at or record.spot, error.what, error.hint)


def _keep(unit: UnitDefinition, record: UnitRecord, sheet: Sheet, desk: Desk) -> None:
    kind = kind_of(desk.units.parse(unit.name)) if unit.equals else unit.kind
    if record.kind and record.kind.text != kind and unit.equals:
        sheet.note(record.kind, f"what equals {unit.equals} is of kind {kind}", f"write kind: {kind}, or leave it out")
        return
    if not unit.equals and kind not in (UnitKind.COUNT, UnitKind.CURRENCY) and record.kind:
        hint = "add equals: with an amount, like 14 day"
        sheet.note(record.kind, f"a unit of kind {kind} is defined by others", hint)
        return
    desk.keep(replace(unit, kind=kind))


def kind_of(unit: Unit) -> UnitKind:
    """What a unit counts, by what it comes to: ``14 day`` is time, ``1/100 USD`` money, ``petaflop*day`` a compound."""
    if unit.is_dimensionless:
        return UnitKind.RATIO
    if len(unit.dimension) > 1 or unit.dimension[0][1] != 1:
        return UnitKind.COMPOUND
    if unit.currencies:
        return UnitKind.CURRENCY
    return UnitKind.TIME if unit.same_dimension(STANDARD.parse("second")) else UnitKind.COUNT
