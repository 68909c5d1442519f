"""What lies on the desk while files are read? The files, the names, the base, and the entities made so far."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from kb.domain.confidence import Confidence
from kb.domain.entity import AnyEntity, Quantifier, Scope, ScopeValue, Stance, Voice
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.notation import NotationError, read_quantity
from kb.domain.passage import Passage
from kb.domain.quantity import Quantity
from kb.domain.unit import Unit, UnitError, Units
from kb.intake.margin import Margin, Marked, Spot
from kb.intake.names import Names, Place
from kb.intake.node import Scalar
from kb.intake.period import FORMS, read_period
from kb.intake.record import TIME_KEYS, FileRecord, Record, ScopePairs, Several
from kb.intake.shape import did_you_mean

R = TypeVar("R", bound=Record)
E = TypeVar("E", bound=AnyEntity)
_NO_ID = Id("")

_LINE = re.compile(r"(?:(?:lines?|l)\b[ .:]*|l)?(\d+)(?=$| *[\"“]| s\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Declared(Generic[R]):
    """An entry with the id and slug of the entity that it declares; the id is empty where the name is missing."""

    record: R
    id: Id
    slug: str


@dataclass(frozen=True, slots=True)
class Common:
    """What the entries of a file have in common."""

    voice: Voice | None = None
    stance: Stance = Stance.ASSERTED
    confidence: Confidence = Confidence("roughly even")
    source: Id | None = None
    scope: Scope = field(default_factory=dict)


@dataclass
class Sheet:
    """One file under reading."""

    path: str
    id: str
    margin: Margin
    record: FileRecord
    lost_sources: bool = False
    common: Common = Common()
    sources: list[Id] = field(default_factory=list)

    def note(self, at: Marked, what: str, hint: str = "", shift: int = 0) -> None:
        """Notes a problem of this file."""
        self.margin.note(at, what, hint, shift)

    def warn(self, at: Marked, what: str, hint: str = "") -> None:
        """Notes what is doubtful in this file."""
        self.margin.warn(at, what, hint)

    @property
    def ids(self) -> tuple[str, ...]:
        """The file's id, and the one that it had before."""
        return (self.id, self.record.was.text) if self.record.was else (self.id,)

    @property
    def has_source(self) -> bool:
        """Whether the file speaks of a source at all, be it readable or not."""
        return bool(self.record.source or self.record.sources or self.lost_sources)

    def slug(self, id: str) -> str:
        """The slug of the file's own entry ``id``."""
        return f"{self.id}/{id}"


class Desk:
    """Makes entities out of entries; what is wrong is noted in the margin of its file.

    Attributes:
        units: The vocabulary of units that amounts are read with; the files' own are in it once they are resolved.
    """

    def __init__(self, knowledge: Knowledge, names: Names) -> None:
        self.knowledge = knowledge
        self.names = names
        self.units: Units = knowledge.unit_system
        self.made: dict[Id, AnyEntity] = {}

    def declare(self, kind: str, record: Any, sheet: Sheet, id: Scalar | None, slug: str) -> Declared[Any]:
        """``record`` with the id of the entity called ``slug``."""
        if id is None and record.__class__.__name__ != "SourceRecord":
            return Declared(record, _NO_ID, slug)
        spot = Spot(id.line, id.column) if id else record.spot
        was = self.was(kind, record.was, slug, sheet)
        found = self.names.declare(kind, slug, Place(sheet.margin, spot), sheet.id, was, record.was)
        return Declared(record, found or _NO_ID, slug)

    def declare_derived(self, kind: str, slug: str, old: str | None, at: Marked, sheet: Sheet) -> Id:
        """Id of an entity that another entry declares along with itself, e.g. ``fee/also``; empty where it is taken."""
        place = Place(sheet.margin, Spot(at.line, at.column))
        return self.names.declare(kind, slug, place, sheet.id, old) or _NO_ID

    def was(self, kind: str, was: Scalar | None, slug: str, sheet: Sheet) -> str | None:
        return old_slug(kind, was.text if was else None, slug, sheet)

    def keep(self, entity: AnyEntity) -> None:
        """Lays ``entity`` on the desk; one without a name is forgotten."""
        if entity.id:
            self.made[entity.id] = entity

    def entity(self, kind: type[E], id: Id | None) -> E | None:
        """The entity ``id``: as the files have it, else as the base has it. None where it could not be made."""
        if id is None:
            return None
        found = self.made.get(id)
        if found is None and id not in self.names.places:
            found = self.knowledge.by_id.get(id)
        return found if isinstance(found, kind) else None

    def quantity(self, said: Scalar | None, default_unit: str | None, sheet: Sheet) -> Quantity | None:
        """The quantity that an author wrote; None, and noted, where it cannot be read."""
        if said is None:
            return None
        try:
            return read_quantity(said.text, default_unit, self.units)
        except NotationError as error:
            inside = error.offset + bool(said.style) if said.style in ("", "'", '"') else 0
            sheet.note(said, error.what, error.hint, shift=inside)
            return None

    def unit(self, text: str) -> Unit | None:
        """The unit that ``text`` names; None where it is none."""
        try:
            return self.units.parse(text)
        except UnitError:
            return None

    def stated_unit(self, said: Scalar | None, sheet: Sheet) -> Unit | None:
        """The unit that an author wrote; None, and noted, where it is none."""
        if said is None:
            return None
        try:
            return self.units.parse(said.text)
        except UnitError as error:
            sheet.note(said, error.what, error.hint)
            return None

    def refer(self, kind: str, name: Scalar | None, sheet: Sheet) -> Id | None:
        """Id of the entity of ``kind`` called ``name``; None, and noted, where there is none."""
        found = self.names.find((kind,), name, sheet.id, sheet.margin) if name else None
        return found[1] if found else None

    def refer_all(self, kind: str, names: tuple[Scalar, ...], sheet: Sheet) -> tuple[Id, ...]:
        """Ids of several; one that is named twice is noted."""
        found: list[Id] = []
        for name in names:
            id = self.refer(kind, name, sheet)
            if id is not None and id in found:
                sheet.note(name, f"'{name.text}' stands here twice", "keep one of them")
            elif id is not None:
                found.append(id)
        return tuple(found)

    def scope(self, pairs: ScopePairs, keys: tuple[str, ...] | None, owner: str, sheet: Sheet) -> dict[str, ScopeValue]:
        """The scope that ``pairs`` write down, where a measure called ``owner`` takes ``keys`` (None: any)."""
        found = {}
        for name, said in pairs:
            if keys is not None and name.text not in keys:
                hint = did_you_mean(name.text, keys) if keys else f"add it to the keys of '{owner}', or leave it out"
                sheet.note(name, f"the measure '{owner}' takes no scope key '{name.text}'", hint)
            elif (value := self._scope_value(name.text, said, sheet)) is not None:
                found[name.text] = value
        return found

    def _scope_value(self, key: str, said: Any, sheet: Sheet) -> ScopeValue | None:
        if key in TIME_KEYS:
            return _time(key, said, sheet)
        match said:
            case Scalar():
                id = self.names.term(key, said, sheet.margin)
                return ScopeValue((id,)) if id else None
            case Several():
                return self._several(key, said, sheet)
            case _:
                return self._terms(key, said, Quantifier.SET, sheet)

    def _several(self, key: str, said: Several, sheet: Sheet) -> ScopeValue | None:
        kinds = (Quantifier.EACH, Quantifier.TOTAL, Quantifier.SET)
        given = [(kind, names) for kind in kinds if (names := getattr(said, kind.value))]
        if len(given) != 1:
            sheet.note(said, "write one of 'each', 'total' and 'set' with a list of values", "{each: [a, b]}")
            return None
        kind, names = given[0]
        return self._terms(key, names, kind, sheet)

    def _terms(self, key: str, said: tuple[Scalar, ...], kind: Quantifier, sheet: Sheet) -> ScopeValue | None:
        ids = [self.names.term(key, name, sheet.margin) for name in said]
        known = tuple(dict.fromkeys(id for id in ids if id))
        if not known or len(known) < len(ids):
            return None
        return ScopeValue(known, Quantifier.ONE if len(known) == 1 and kind is Quantifier.SET else kind)


def old_slug(kind: str, was: str | None, slug: str, sheet: Sheet) -> str | None:
    """The slug before a renaming: of the entry by ``was``, or of its whole file; None where nothing was renamed."""
    if was and kind in ("unit", "measure", "question"):
        return was
    if was and kind == "term":
        return was if "/" in was else f"{slug.split('/', maxsplit=1)[0]}/{was}"
    old_file = sheet.ids[-1] if len(sheet.ids) > 1 else None
    if was:
        is_whole = "/" in was or (kind == "source" and was in sheet.ids)
        return was if is_whole else f"{old_file or sheet.id}/{was}"
    if kind == "source" and slug == sheet.id:
        return old_file
    if old_file and slug.startswith(sheet.id + "/"):
        return old_file + slug.removeprefix(sheet.id)
    return None


def _time(key: str, said: Any, sheet: Sheet) -> ScopeValue | None:
    if not isinstance(said, Scalar):
        at = said[0] if isinstance(said, tuple) else said
        sheet.note(at, f"'{key}' wants one time", FORMS)
        return None
    found = read_period(said.text)
    if isinstance(found, str):
        sheet.note(said, found, FORMS)
        return None
    return found


def read_said(
    said: Scalar | None, read: Callable[[str], Any], sheet: Sheet, hint: Callable[[str], str] = lambda _: ""
) -> Any:
    """What ``read`` makes of a text; None, and its ``ValueError`` noted, where it cannot."""
    if said is None:
        return None
    try:
        return read(said.text)
    except ValueError as error:
        sheet.note(said, str(error), hint(said.text))
        return None


def passage(said: Scalar | None, sheet: Sheet) -> Passage | None:
    """The place that a locator names; None, and noted, where it is no locator."""
    found: Passage | None = read_said(said, Passage.parse, sheet, _line)
    return found


def _line(text: str) -> str:
    """A hint that writes the line as a locator does; empty where ``text`` names none."""
    named = _LINE.match(text)
    return f"write L{named[1]}{text[named.end() :]}" if named else ""
