"""Which words do all files share? Entries of measures, scope values and questions."""

from __future__ import annotations

from kb.domain.entity import Measure, MeasureKind, Question, Side, Term
from kb.domain.unit import Unit
from kb.intake.desk import Declared, Desk, Sheet
from kb.intake.node import Scalar
from kb.intake.record import TIME_KEYS, MeasureRecord, QuestionRecord, TermRecord
from kb.intake.shape import ID


def declare_measures(sheet: Sheet, desk: Desk) -> list[Declared[MeasureRecord]]:
    """The measures of a file with their ids."""
    declared = []
    for record in sheet.record.measures:
        declared.append(desk.declare("measure", record, sheet, record.id, record.id.text if record.id else ""))
        if record.id:
            desk.names.called("measure", record.id.text, _labels(record))
    return declared


def _labels(record: MeasureRecord | TermRecord) -> list[str]:
    return [label.text for label in (record.label, *record.aliases) if label]


def resolve_measure(entry: Declared[MeasureRecord], sheet: Sheet, desk: Desk) -> None:
    """Lays the measure on the desk; what is missing or wrong is noted and keeps it off."""
    record = entry.record
    authority = desk.refer("source", record.authority, sheet)
    unit = desk.stated_unit(record.unit, sheet)
    keys = _once(record.keys, sheet)
    if record.label is None or record.unit is None or record.kind is None or unit is None:
        return
    if record.kind.text == MeasureKind.EXCHANGE_RATE and not _is_rate(record, record.unit, unit, sheet):
        return
    desk.keep(
        Measure(
            id=entry.id,
            slug=entry.slug,
            file=sheet.id,
            label=record.label.text,
            unit=record.unit.text,
            kind=MeasureKind(record.kind.text),
            keys=keys,
            aliases=tuple(alias.text for alias in record.aliases),
            authority=authority,
            note=record.note.text if record.note else "",
        )
    )


def _is_rate(record: MeasureRecord, said: Scalar, unit: Unit, sheet: Sheet) -> bool:
    """Whether a measure can record exchange rates: one currency over another, at a time; noted where not."""
    powers = sorted(power for _, power in unit.dimension)
    if len(unit.currencies) != 2 or powers != [-1, 1]:
        sheet.note(said, f"an exchange rate is one currency over another, not {said.text}", "write it like CNY/USD")
        return False
    if not any(key.text in TIME_KEYS for key in record.keys):
        sheet.note(record.id or record.spot, "an exchange rate holds for a time", "add keys: [as-of]")
        return False
    return True


def _once(names: tuple[Scalar, ...], sheet: Sheet) -> tuple[str, ...]:
    seen: dict[str, Scalar] = {}
    for name in names:
        if name.text in seen:
            sheet.note(name, f"'{name.text}' stands here twice", "keep one of them")
        seen.setdefault(name.text, name)
    return tuple(seen)


def declare_terms(sheet: Sheet, desk: Desk) -> list[Declared[TermRecord]]:
    """The scope values of a file with their ids."""
    declared = []
    for key, records in sheet.record.scopes:
        if key.text in TIME_KEYS:
            sheet.note(key, f"the values of '{key.text}' are times and are not declared", "leave this list out")
        elif not ID.fullmatch(key.text):
            sheet.note(key, f"'{key.text}' is no scope key", "lower-case letters, digits and '-', like 'vendor'")
        for record in records:
            slug = f"{key.text}/{record.id.text if record.id else ''}"
            declared.append(desk.declare("term", record, sheet, record.id, slug))
            desk.names.called("term", slug, _labels(record))
    return declared


def resolve_term(entry: Declared[TermRecord], sheet: Sheet, desk: Desk) -> None:
    """Lays the scope value on the desk."""
    record = entry.record
    key = entry.slug.split("/")[0]
    wider = desk.names.term(key, record.part_of, sheet.margin) if record.part_of else None
    if record.label is None:
        return
    desk.keep(
        Term(
            id=entry.id,
            slug=entry.slug,
            file=sheet.id,
            key=key,
            label=record.label.text,
            aliases=tuple(alias.text for alias in record.aliases),
            part_of=wider,
            note=record.note.text if record.note else "",
        )
    )


def declare_questions(sheet: Sheet, desk: Desk) -> list[Declared[QuestionRecord]]:
    """The questions of a file with their ids."""
    return [
        desk.declare("question", record, sheet, record.id, record.id.text if record.id else "")
        for record in sheet.record.questions
    ]


def resolve_question(entry: Declared[QuestionRecord], sheet: Sheet, desk: Desk) -> None:
    """Lays the question on the desk."""
    record = entry.record
    if record.sides and len(record.sides) != 2:
        sheet.note(record.sides[0][0], f"a question has two sides, not {len(record.sides)}", "{yes: …, no: …}")
        return
    if record.text is None or not record.sides:
        return
    first, second = (Side(key.text, text.text) for key, text in record.sides)
    desk.keep(
        Question(
            id=entry.id,
            slug=entry.slug,
            file=sheet.id,
            text=record.text.text,
            sides=(first, second),
            note=record.note.text if record.note else "",
        )
    )
