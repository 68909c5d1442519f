"""Entries of sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from kb.domain.confidence import Reliability
from kb.domain.entity import DETAILS, Source
from kb.domain.identity import Id
from kb.domain.passage import Omission
from kb.intake.aif.entries import kept_map
from kb.intake.diagnostics import Spot
from kb.intake.document_reader.dates import read_date
from kb.intake.name_lookup import Place
from kb.intake.period import is_date
from kb.intake.record import FigureRecord
from kb.intake.resolver import Declared, Resolver, SeedFile, read_scalar
from kb.intake.shape import Scalar, keys_of
from kb.intake.source_record import Inferred, SourceRecord, Trust


def declare_sources(seed_file: SeedFile, resolver: Resolver) -> list[Declared[SourceRecord]]:
    """The sources of a file with their ids; the first is the file's main one."""
    record = seed_file.record
    declared: list[Declared[SourceRecord]] = []
    if record.source is not None:
        if record.source.id is not None:
            seed_file.note(record.source.id, "a single source has no id of its own", f"it is called '{seed_file.id}'")
        declared.append(resolver.declare("source", record.source, seed_file, None, seed_file.id))
        if record.sources:
            seed_file.note(
                record.sources[0].spot, "a file has either 'source' or 'sources'", "put them all under sources:"
            )
    for listed in record.sources:
        if listed.id is None:
            seed_file.note(listed.spot, "a source in a list needs the key 'id'", "for example id: en")
        else:
            _check_id(listed.id, seed_file)
            declared.append(resolver.declare("source", listed, seed_file, listed.id, seed_file.slug(listed.id)))
    seed_file.sources = [entry.id for entry in declared if entry.id]
    for entry in declared:
        if entry.id and (title := _stated_scalar(entry.record.title)):
            resolver.names.add_labels("source", entry.slug, [title.text])
    return declared


def _check_id(id: Scalar, seed_file: SeedFile) -> None:
    if id.text in keys_of(FigureRecord):
        seed_file.note(id, f"a source cannot be called '{id.text}', which is a key of figures", "take another id")


def resolve_source(entry: Declared[SourceRecord], seed_file: SeedFile, resolver: Resolver) -> None:
    """Adds the source to the resolver; what is missing or wrong is noted, and left out."""
    record = entry.record
    inferred = dict(_inference_reasons(record))
    issued = _stated_scalar(record.issued)
    for date in (issued, record.accessed):
        if date and not is_date(date.text):
            hint = f"write {read_date(date.text) or '2026, 2026-06 or 2026-06-15'}"
            seed_file.note(date, f"there is no date '{date.text}'", hint)
    _warn_of_early_access(issued, record.accessed, seed_file)
    letter, reason = _trust(record)
    translated = resolver.resolve("source", record.translation_of, seed_file)
    quoted = resolver.resolve_all("source", record.quotes, seed_file)
    superseded = _superseded(entry, seed_file, resolver)
    title = _stated_scalar(record.title)
    if record.type is None or title is None or record.language is None:
        return
    resolver.keep(
        Source(
            id=entry.id,
            slug=entry.slug,
            file=seed_file.id,
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
            supersedes=superseded,
            inferred=inferred,
            left_out=tuple(_left_out(record, seed_file)),
            note=record.note.text if record.note else "",
            aif=kept_map(entry.id, seed_file),
        )
    )


def _left_out(record: SourceRecord, seed_file: SeedFile) -> Iterator[Omission]:
    for place in record.left_out:
        reason = place.why.text if place.why else ""
        if left_out := read_scalar(place.at, partial(Omission.parse, reason=reason), seed_file):
            yield left_out


def _superseded(entry: Declared[SourceRecord], seed_file: SeedFile, resolver: Resolver) -> Id | None:
    """The older source that an entry names; None, with a problem noted, where that is the source itself."""
    name = entry.record.supersedes
    superseded = resolver.resolve("source", name, seed_file)
    if name:
        spot = Spot(name.line, name.column)
        resolver.names.superseding[entry.id] = Place(seed_file.diagnostics, spot)
    if name and superseded == entry.id:
        seed_file.note(name, "a source cannot supersede itself", "name the older source, or leave supersedes: out")
        return None
    return superseded


def note_rival_successors(declared: Iterable[tuple[Declared[SourceRecord], SeedFile]], resolver: Resolver) -> None:
    """Notes where two sources supersede one and the same, and neither of them the other: which is the later one?

    Warns where the dates say that the older one is the later one.
    """
    known = (source for id, source in resolver.knowledge.sources.items() if id not in resolver.names.places)
    successors: dict[Id, list[Source]] = {}
    for entity in (*known, *resolver.entities.values()):
        if isinstance(entity, Source) and entity.supersedes:
            successors.setdefault(entity.supersedes, []).append(entity)
    for entry, seed_file in declared:
        source = resolver.entity(Source, entry.id)
        rivals = successors.get(source.supersedes, []) if source and source.supersedes else []
        name = entry.record.supersedes
        if name and source:
            _warn_of_later_predecessor(name, source, resolver.entity(Source, source.supersedes), seed_file)
        if name and source and len(rivals) > 1 and source.id == _last_stated(rivals, resolver):
            names = " and ".join(rival.slug for rival in rivals)
            hint = "let the newest supersede the one before it, and that one the oldest"
            seed_file.note(name, f"{names} each supersede {name.text}, so that neither is the later one", hint)


def _warn_of_later_predecessor(name: Scalar, source: Source, older: Source | None, seed_file: SeedFile) -> None:
    """Warns where a source is dated before the one that it supersedes, as far as both dates are known."""
    if older is None or not (source.issued and older.issued):
        return
    known = min(len(source.issued), len(older.issued))
    if source.issued[:known] < older.issued[:known]:
        what = f"it was issued in {source.issued}, before what it supersedes ({older.issued})"
        seed_file.warn(name, what, "let the later one supersede the earlier one, or correct one of the two dates")


def _last_stated(rivals: list[Source], resolver: Resolver) -> Id:
    """The last of ``rivals`` that a file states: it is the one that came to what was said already."""
    return [rival.id for rival in rivals if rival.id in resolver.entities][-1]


def _warn_of_early_access(issued: Scalar | None, accessed: Scalar | None, seed_file: SeedFile) -> None:
    """Warns where the source was seen before it appeared, as far as both dates are known."""
    if issued is None or accessed is None or not (is_date(issued.text) and is_date(accessed.text)):
        return
    known = min(len(issued.text), len(accessed.text))
    if accessed.text[:known] < issued.text[:known]:
        what = f"it was accessed in {accessed.text}, before it was issued in {issued.text}"
        seed_file.warn(accessed, what, "correct one of the two dates")


def _details(record: SourceRecord) -> dict[str, str]:
    details = ((name, getattr(record, name.lower().replace("-", "_"))) for name in DETAILS)
    return {name: value.text for name, value in details if value is not None}


def _trust(record: SourceRecord) -> tuple[Reliability, str]:
    stated = record.reliability
    letter = stated.letter if isinstance(stated, Trust) else stated
    why = stated.why if isinstance(stated, Trust) else None
    why = why or record.reliability_why
    return Reliability(letter.text) if letter else Reliability.F, why.text if why else ""


def _stated_scalar(stated: Any) -> Scalar | None:
    if isinstance(stated, Inferred):
        return stated.value or stated.date or stated.name or (stated.names[0] if stated.names else None)
    return stated if isinstance(stated, Scalar) else None


def _text(stated: Any) -> str:
    scalar = _stated_scalar(stated)
    return scalar.text if scalar else ""


def _names(stated: Any) -> Iterator[Scalar]:
    if isinstance(stated, tuple) and not isinstance(stated, Scalar):
        for author in stated:
            yield from _names(author)
    elif isinstance(stated, Inferred) and stated.names:
        yield from stated.names
    elif scalar := _stated_scalar(stated):
        yield scalar


INFERABLE = {
    "title": "title",
    "author": "authors",
    "container-title": "container_title",
    "publisher": "publisher",
    "URL": "url",
    "issued": "issued",
}
"""The keys of an entry whose value may be inferred, with the field of the source that each fills."""


def _inference_reasons(record: SourceRecord) -> Iterator[tuple[str, str]]:
    for key, field in INFERABLE.items():
        stated = getattr(record, keys_of(SourceRecord)[key][0])
        several = stated if isinstance(stated, tuple) and not isinstance(stated, Scalar) else (stated,)
        reasons = [part.inferred.text for part in several if isinstance(part, Inferred) and part.inferred]
        if reasons:
            yield field, "; ".join(dict.fromkeys(reasons))
