"""What was published? Entries of sources, with what was inferred about them and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kb.domain.confidence import Reliability
from kb.domain.entity import DETAILS, Source
from kb.intake.desk import Declared, Desk, Sheet
from kb.intake.entry import keys_of
from kb.intake.node import Scalar
from kb.intake.period import is_date
from kb.intake.record import FigureRecord, Inferred, SourceRecord, Trust


def declare_sources(sheet: Sheet, desk: Desk) -> list[Declared[SourceRecord]]:
    """The sources of a file with their ids; the first is the file's main one."""
    record = sheet.record
    declared: list[Declared[SourceRecord]] = []
    if record.source is not None:
        if record.source.id is not None:
            sheet.note(record.source.id, "a single source has no id of its own", f"it is called '{sheet.id}'")
        declared.append(desk.declare("source", record.source, sheet, None, sheet.id))
        if record.sources:
            sheet.note(record.sources[0].spot, "a file has either 'source' or 'sources'", "put them all under sources:")
    for listed in record.sources:
        if listed.id is None:
            sheet.note(listed.spot, "a source in a list needs the key 'id'", "for example id: en")
        else:
            _check_id(listed.id, sheet)
            declared.append(desk.declare("source", listed, sheet, listed.id, sheet.slug(listed.id.text)))
    sheet.sources = [entry.id for entry in declared if entry.id]
    for entry in declared:
        if entry.id and (title := _value(entry.record.title)):
            desk.names.called("source", entry.slug, [title.text])
    return declared


def _check_id(id: Scalar, sheet: Sheet) -> None:
    if id.text in keys_of(FigureRecord):
        sheet.note(id, f"a source cannot be called '{id.text}', which is a key of figures", "take another id")


def resolve_source(entry: Declared[SourceRecord], sheet: Sheet, desk: Desk) -> None:
    """Lays the source on the desk; what is missing or wrong is noted and keeps it off."""
    record = entry.record
    inferred = dict(_reasons(record))
    issued = _value(record.issued)
    for said in (issued, record.accessed):
        if said and not is_date(said.text):
            sheet.note(said, f"there is no date '{said.text}'", "write 2026, 2026-06 or 2026-06-15")
    letter, reason = _trust(record)
    translated = desk.refer("source", record.translation_of, sheet)
    quoted = desk.refer_all("source", record.quotes, sheet)
    title = _value(record.title)
    if record.type is None or title is None or record.language is None:
        return
    desk.keep(
        Source(
            id=entry.id,
            slug=entry.slug,
            file=sheet.id,
            title=title.text,
            type=record.type.text,
            language=record.language.text,
            reliability=letter,
            reliability_reason=reason,
            authors=tuple(name.text for name in _names(record.author)),
            editors=tuple(name.text for name in record.editor),
            issued=issued.text if issued else "",
            container_title=_text(record.container_title),
            publisher=_text(record.publisher),
            url=_text(record.url),
            details=_details(record),
            document=record.document.sha256.text if record.document and record.document.sha256 else "",
            translation_of=translated,
            quotes=quoted,
            inferred=inferred,
            note=record.note.text if record.note else "",
        )
    )


def _details(record: SourceRecord) -> dict[str, str]:
    said = ((name, getattr(record, name.lower().replace("-", "_"))) for name in DETAILS)
    return {name: value.text for name, value in said if value is not None}


def _trust(record: SourceRecord) -> tuple[Reliability, str]:
    said = record.reliability
    letter = said.letter if isinstance(said, Trust) else said
    why = said.why if isinstance(said, Trust) else None
    why = why or record.reliability_why
    return Reliability(letter.text) if letter else Reliability.F, why.text if why else ""


def _value(said: Any) -> Scalar | None:
    if isinstance(said, Inferred):
        return said.value or said.date or said.name or (said.names[0] if said.names else None)
    return said if isinstance(said, Scalar) else None


def _text(said: Any) -> str:
    found = _value(said)
    return found.text if found else ""


def _names(said: Any) -> Iterator[Scalar]:
    if isinstance(said, tuple) and not isinstance(said, Scalar):
        for one in said:
            yield from _names(one)
    elif isinstance(said, Inferred) and said.names:
        yield from said.names
    elif found := _value(said):
        yield found


FIELDS = {
    "title": "title",
    "author": "authors",
    "container_title": "container_title",
    "publisher": "publisher",
    "url": "url",
    "issued": "issued",
}
"""Keys whose value may be inferred, by the field of the source that they fill."""


def _reasons(record: SourceRecord) -> Iterator[tuple[str, str]]:
    for name, field in FIELDS.items():
        said = getattr(record, name)
        several = said if isinstance(said, tuple) and not isinstance(said, Scalar) else (said,)
        reasons = [one.inferred.text for one in several if isinstance(one, Inferred) and one.inferred]
        if reasons:
            yield field, "; ".join(dict.fromkeys(reasons))
