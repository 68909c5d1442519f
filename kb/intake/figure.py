"""Which numbers were said? Entries of figures, and the further mentions that depend on them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from kb.domain.confidence import Confidence, Likelihood
from kb.domain.entity import Dependence, DependenceKind, Figure, Measure, MeasureKind, Scope, Source, Stance, Voice
from kb.domain.identity import Id
from kb.domain.passage import Passage
from kb.domain.quantity import Quantity
from kb.domain.unit import Unit
from kb.intake.desk import Common, Declared, Desk, Sheet, passage, read_said
from kb.intake.literal import contradicts
from kb.intake.margin import Marked, Spot
from kb.intake.money import Rates, in_currency_of, lacking
from kb.intake.node import Scalar
from kb.intake.record import TIME_KEYS, ClaimRecord, FigureRecord, Mention
from kb.intake.shape import nearest
from kb.intake.share import warn_of_bare_share

_PERCENT = re.compile(r"(100|\d{1,2}(?:\.\d+)?) *%")
_OCTAL = re.compile(r"0\d+")
_UNDERSCORE = re.compile(r"\d_\d")


@dataclass(frozen=True, slots=True)
class Further:
    """A further mention of a figure: where it is written, and what it will be called."""

    id: Id
    slug: str
    said: Scalar | Mention
    source: Scalar | None

    @property
    def spot(self) -> Spot:
        return Spot(self.said.line, self.said.column)


@dataclass(frozen=True, slots=True)
class DeclaredFigure:
    """A figure with its further mentions."""

    entry: Declared[FigureRecord]
    further: tuple[Further, ...]


def declare_figures(sheet: Sheet, desk: Desk) -> list[DeclaredFigure]:
    """The figures of a file with their ids and those of their further mentions."""
    return [_declare(record, sheet, desk) for record in sheet.record.figures]


def _declare(record: FigureRecord, sheet: Sheet, desk: Desk) -> DeclaredFigure:
    slug = sheet.slug(record.id.text) if record.id else ""
    entry = desk.declare("figure", record, sheet, record.id, slug)
    old = desk.was("figure", record.was, slug, sheet)
    further = []
    for suffix, said, source in _mentions(record):
        at = Spot(said.line, said.column)
        before = f"{old}/{suffix}" if old else None
        own = f"{slug}/{suffix}"
        id = desk.declare_derived("figure", own, before, at, sheet) if entry.id else Id("")
        further.append(Further(id, own, said, source))
    return DeclaredFigure(entry, tuple(further))


def _mentions(record: FigureRecord) -> Iterator[tuple[str, Scalar | Mention, Scalar | None]]:
    """Further mentions with the end of their slug and the source that the key names."""
    for said, suffix in _numbered(record.also, "also"):
        yield suffix, said, None
    for source, listed in record.more:
        for said, suffix in _numbered(listed, source.text):
            yield suffix, said, source


def _numbered(said: Any, name: str) -> Iterator[tuple[Scalar | Mention, str]]:
    several = () if said is None else said if isinstance(said, tuple) and not isinstance(said, Scalar) else (said,)
    for number, one in enumerate(several, 1):
        yield one, name if number == 1 else f"{name}-{number}"


def resolve_figure(declared: DeclaredFigure, sheet: Sheet, desk: Desk) -> None:
    """Lays the figure and its further mentions on the desk; what is wrong is noted and keeps it off."""
    entry = declared.entry
    figure = _figure(entry, sheet, desk)
    if figure is not None:
        desk.keep(figure)
    for further in declared.further:
        dependent = _dependent(further, figure, entry.record, sheet, desk)
        if dependent is not None:
            desk.keep(dependent)


def _figure(entry: Declared[FigureRecord], sheet: Sheet, desk: Desk) -> Figure | None:
    record = entry.record
    source = source_of(record, sheet, desk)
    measure_id = desk.refer("measure", record.measure, sheet)
    measure = desk.entity(Measure, measure_id)
    said = _value(record.value, measure, sheet, desk)
    place = passage(record.at, sheet)
    scope = _scope(record, measure, sheet, desk)
    depends = _dependence(record, sheet, desk)
    voice = voice_of(record.voice, source, sheet)
    confidence = confidence_of(record.confidence, sheet)
    if said is not None and measure is not None:
        _check_rate(record, said, measure, scope, sheet)
    if source is None or measure is None or said is None or place is None or voice is None or confidence is None:
        return None
    _compare(_literal(record.as_written, place, None), record.value, said, sheet)
    return Figure(
        id=entry.id,
        slug=entry.slug,
        file=sheet.id,
        source=source.id,
        measure=measure.id,
        quantity=replace(said, as_written=_literal(record.as_written, place, record.value)),
        voice=voice,
        passage=place,
        stance=stance_of(record.stance, sheet.common),
        confidence=confidence,
        scope=scope,
        depends_on=depends,
        note=record.note.text if record.note else "",
    )


def source_of(record: FigureRecord | ClaimRecord, sheet: Sheet, desk: Desk) -> Source | None:
    """The source in which an entry stands; None where there is none or it could not be made."""
    if record.source is not None:
        return desk.entity(Source, desk.refer("source", record.source, sheet))
    id = sheet.common.source or (sheet.sources[0] if sheet.sources else None)
    if id is None and not sheet.has_source:
        hint = "add source: to the file, or name one of another file: source: quay"
        sheet.note(record.id or record.spot, "this stands in no source", hint)
    return desk.entity(Source, id)


def _literal(written: Scalar | None, place: Passage, value: Scalar | None) -> str:
    if written:
        return written.text
    return place.exact or (value.text if value else "")


def _compare(literal: str, value: Scalar | None, amount: Quantity, sheet: Sheet, at: Marked | None = None) -> None:
    """Warns where ``literal`` says another number than ``value``, which was read as ``amount``."""
    if value is not None and contradicts(literal, value.text, amount):
        what = f"the value '{value.text}' is not what its literal \"{literal}\" says"
        sheet.warn(at or value, what, "write the number as the document has it, or quote the words that say this one")


def _value(said: Scalar | None, measure: Measure | None, sheet: Sheet, desk: Desk) -> Quantity | None:
    if said is None or not _is_plain_number(said, sheet):
        return None
    found = desk.quantity(said, measure.unit if measure else "fraction", sheet)
    if found is None or measure is None:
        return found
    given, wanted = desk.unit(found.unit), desk.unit(measure.unit)
    if given is not None and wanted is not None and not _measures(given, measure, wanted, desk):
        what = f"'{said.text}' is in {found.unit}, but '{measure.slug}' is measured in {measure.unit}"
        sheet.note(said, what, f"write an amount in {measure.unit}, or name another measure")
        return None
    warn_of_bare_share(said, found, measure.unit, desk.units, sheet)
    return found


def _measures(given: Unit, measure: Measure, wanted: Unit, desk: Desk) -> bool:
    """Whether an amount in ``given`` can be of ``measure``: in whatever currency; that of a flow without its period."""
    given = in_currency_of(given, wanted)
    if measure.kind is MeasureKind.FLOW and wanted.period and not given.period:
        wanted = wanted * desk.units.parse(wanted.period)
    return given.same_dimension(wanted)


def warn_of_unjoined(told: Iterable[tuple[DeclaredFigure, Sheet]], desk: Desk, rates: Rates) -> None:
    """Warns of figures in another currency than their measure, where no rate is recorded that would join the two."""
    for declared, sheet in told:
        figure = desk.entity(Figure, declared.entry.id or None)
        measure = desk.entity(Measure, figure.measure) if figure else None
        if figure is None or measure is None or declared.entry.record.value is None:
            continue
        given, wanted = desk.unit(figure.quantity.unit), desk.unit(measure.unit)
        if given is None or wanted is None or not len(given.currencies) == len(wanted.currencies) == 1:
            continue
        mine, theirs = given.currencies[0], wanted.currencies[0]
        if not rates.join(mine, theirs):
            what = f"'{measure.slug}' is measured in {measure.unit}, and no rate from {mine} to {theirs} is recorded"
            sheet.warn(declared.entry.record.value, what, lacking(mine, theirs))


def _check_rate(record: FigureRecord, said: Quantity, measure: Measure, scope: Scope, sheet: Sheet) -> None:
    """Notes what keeps an exchange rate from converting anything: no time, or no number above zero."""
    if measure.kind is not MeasureKind.EXCHANGE_RATE:
        return
    at = record.value or record.spot
    if not any(key in scope for key in TIME_KEYS):
        sheet.note(at, "an exchange rate holds for a time, and this one gives none", "scope: {as-of: 2026-03}")
    if said.low is None or said.low <= 0:
        sheet.note(at, "an exchange rate is a number above zero", "write it like '7.1 CNY/USD'")


def _is_plain_number(said: Scalar, sheet: Sheet) -> bool:
    if _OCTAL.fullmatch(said.text):
        sheet.note(said, f"'{said.text}' begins with 0", f"write {int(said.text)}")
        return False
    if _UNDERSCORE.search(said.text):
        better = re.sub(r"(?<=\d)_(?=\d)", ",", said.text)
        sheet.note(said, "no _ inside a number", f"write {better}")
        return False
    return True


def _scope(record: FigureRecord | Mention, measure: Measure | None, sheet: Sheet, desk: Desk) -> dict[str, Any]:
    keys = measure.keys if measure else None
    own = desk.scope(record.scope or (), keys, measure.slug if measure else "", sheet)
    written = {name.text for name, _ in record.scope or ()}
    below = {key: value for key, value in sheet.common.scope.items() if keys and key in keys and key not in written}
    return below | own


def _dependence(record: FigureRecord, sheet: Sheet, desk: Desk) -> Dependence | None:
    said = {kind: name for kind in DependenceKind if (name := getattr(record, kind.value))}
    ids = {kind: desk.refer("figure", name, sheet) for kind, name in said.items()}
    if len(said) > 1:
        kinds = " and ".join(said)
        sheet.note(list(said.values())[1], f"a figure depends on one other, not by {kinds} at once", "keep one of them")
    found = next(iter(ids.items()), None)
    return Dependence(found[0], found[1]) if found and found[1] else None


def _dependent(further: Further, base: Figure | None, parent: FigureRecord, sheet: Sheet, desk: Desk) -> Figure | None:
    said = further.said if isinstance(further.said, Mention) else Mention(line=0, column=0, at=further.said)
    source = _other_source(further, said, base, sheet, desk)
    measure = desk.entity(Measure, base.measure if base else None)
    place = passage(said.at, sheet)
    amount = _value(said.value, measure, sheet, desk) if said.value else base.quantity if base else None
    confidence = confidence_of(said.confidence, sheet) if said.confidence else base.confidence if base else None
    scope: Scope = base.scope if base else {}
    if said.scope is not None:
        scope = _scope(said, measure, sheet, desk)
    voice = voice_of(said.voice, source, sheet, base.voice if base else None)
    if base is None or source is None or place is None or amount is None or confidence is None or voice is None:
        return None
    _compare(_literal(said.as_written, place, None), said.value or parent.value, amount, sheet, said.value or said.at)
    return Figure(
        id=further.id,
        slug=further.slug,
        file=sheet.id,
        source=source.id,
        measure=base.measure,
        quantity=replace(amount, as_written=_literal(said.as_written, place, said.value or parent.value)),
        voice=voice,
        passage=place,
        stance=Stance(said.stance.text) if said.stance else base.stance,
        confidence=confidence,
        scope=scope,
        depends_on=Dependence(_kind(source, base), base.id),
        follows=said.value is None,
        note=said.note.text if said.note else "",
    )


def _other_source(further: Further, said: Mention, base: Figure | None, sheet: Sheet, desk: Desk) -> Source | None:
    name = said.source or further.source
    if name is not None:
        return desk.entity(Source, desk.refer("source", name, sheet))
    return desk.entity(Source, base.source if base else None)


DIRECTLY = ("nobody",)
"""What ``via`` says where the authors of the source did not pass a voice on, as when an editor adds a claim."""


def _kind(source: Source, base: Figure) -> DependenceKind:
    return DependenceKind.TRANSLATES if source.translation_of == base.source else DependenceKind.REPEATS


def voice_of(said: Scalar | None, source: Source | None, sheet: Sheet, inherited: Voice | None = None) -> Voice | None:
    """Who says it: the voice that is written, else the one inherited, else the file's default, else the authors.

    The authors of the source are added as the last who passed it on, unless one of them is named already.
    """
    voice: Voice | None = read_said(said, Voice.parse, sheet, lambda _: "write 'SemiAnalysis' or 'SemiAnalysis via Ed'")
    if said is not None and voice is None:
        return None
    voice = voice or inherited or sheet.common.voice
    return spoken(voice, source) if source else voice


def spoken(voice: Voice | None, source: Source) -> Voice:
    """The whole voice in ``source``, where its file names ``voice``; None: it speaks for itself.

    >>> from kb.domain.confidence import Reliability
    >>> article = Source(id=Id("1"), slug="a", file="a", title="T", type="article", language="en",
    ...                  reliability=Reliability.C, authors=("Ed",))
    >>> str(spoken(Voice("SemiAnalysis"), article)), str(spoken(None, article))
    ('SemiAnalysis via Ed', 'Ed')
    >>> str(spoken(Voice("the editors", ("nobody",)), article))
    'the editors'
    """
    authors = " and ".join(source.authors)
    if voice is None:
        return Voice(authors or source.title)
    if voice.via == DIRECTLY:
        return Voice(voice.origin)
    named = (voice.origin, *voice.via)
    if not authors or authors in named or any(author in named for author in source.authors):
        return voice
    return Voice(voice.origin, (*voice.via, authors))


def stance_of(said: Scalar | None, common: Common) -> Stance:
    """The stance that is written, else the file's default."""
    return Stance(said.text) if said else common.stance


def confidence_of(said: Scalar | None, sheet: Sheet) -> Confidence | None:
    """The confidence that is written, else the file's default; None, and noted, where it is none."""
    if said is None:
        return sheet.common.confidence
    found: Confidence | None = read_said(said, Confidence, sheet, likely_word)
    return found


def likely_word(text: str) -> str:
    """A hint that names the number or the word of confidence nearest to ``text``; empty where none is near."""
    if percent := _PERCENT.fullmatch(text):
        return f"write {(Decimal(percent[1]) / 100).normalize():f}"
    found = nearest(text, tuple(Likelihood))
    return f"did you mean '{found}'?" if found else ""


def common_of(sheet: Sheet, desk: Desk) -> Common:
    """What the file's ``defaults`` say."""
    said = sheet.record.defaults
    if said is None:
        return Common()
    voice: Voice | None = read_said(said.voice, Voice.parse, sheet)
    return Common(
        voice,
        stance_of(said.stance, Common()),
        confidence_of(said.confidence, sheet) or Common().confidence,
        desk.refer("source", said.source, sheet),
        desk.scope(said.scope, None, "", sheet),
    )
