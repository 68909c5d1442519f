"""Entities made from the entries of seed files that are read together."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from kb.domain.confidence import Confidence
from kb.domain.entity import (
    AnyEntity,
    Stance,
    Voice,
)
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.passage import Passage
from kb.domain.quantity import Quantity
from kb.domain.scope import Quantifier, Scope, ScopeSelection
from kb.domain.suggestion import did_you_mean
from kb.domain.unit import Unit, UnitError, Units
from kb.intake.diagnostics import Diagnostics, Marked, Spot
from kb.intake.name_lookup import Names, Place
from kb.intake.period import FORMS, read_period
from kb.intake.record import TIME_KEYS, FileRecord, ScopePairs, Several
from kb.intake.shape import Record, Scalar
from kb.intake.source_record import SourceRecord
from kb.numbers import NotationError, read_quantity

R = TypeVar("R", bound=Record)
E = TypeVar("E", bound=AnyEntity)
_NO_ID = Id("")

_LINE = re.compile(r"(?:(?:lines?|l)\b[ .:]*|l)?(\d+)(?=$| *[\"“]| s\d)", re.IGNORECASE)
_QUOTE = re.compile(r"[\"“](?P<words>[^\"”]*)(?P<close>[\"”]?)")
_FIRST_WORDS = re.compile(r"\s*(?:\S+\s+){0,4}\S+")
_ZERO = re.compile(r"[s#]0+(?!\d)")


@dataclass(frozen=True, slots=True)
class Declared(Generic[R]):
    """An entry, with the id and slug of the entity that it declares; the id is empty for an entry without a name."""

    record: R
    id: Id
    slug: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What the entries of a file have in common."""

    voice: Voice | None = None
    stance: Stance = Stance.ASSERTED
    confidence: Confidence = Confidence("roughly even")
    source: Id | None = None
    scope: Scope = field(default_factory=dict)


@dataclass(kw_only=True)
class SeedFile:
    """A seed file while it is read."""

    path: str
    id: str
    diagnostics: Diagnostics
    record: FileRecord
    has_unreadable_sources: bool = False
    defaults: Defaults = Defaults()
    sources: list[Id] = field(default_factory=list)

    def note(self, at: Marked, what: str, hint: str = "", shift: int = 0) -> None:
        """Adds a problem of this file."""
        self.diagnostics.note(at, what, hint, shift)

    def warn(self, at: Marked, what: str, hint: str = "") -> None:
        """Adds a warning about this file."""
        self.diagnostics.warn(at, what, hint)

    @property
    def ids(self) -> tuple[str, ...]:
        """The file's id, and its earlier id where it was renamed."""
        return (self.id, self.record.was.text) if self.record.was else (self.id,)

    @property
    def has_source(self) -> bool:
        """Whether the file has an entry for a source, readable or not."""
        return bool(self.record.source or self.record.sources or self.has_unreadable_sources)

    def slug(self, id: Scalar | None) -> str:
        """The slug of the file's own entry ``id``; empty for an entry without one."""
        return f"{self.id}/{id.text}" if id else ""


_MARGIN_HINT = (
    "a margin is above zero and in the unit of its number: '45 ± 3 years', '47% ± 3 points', '45 (95% CI 42-48)'"
)


def _is_below_its_margin(quantity: Quantity) -> bool:
    """Whether the margin is larger than its number, which may be right and is more often a slip."""
    margin = quantity.margin
    if margin is None or margin.size is None or quantity.low is None or not quantity.low:
        return False
    return max(margin.size, margin.below or margin.size) > abs(quantity.low)


class Resolver:
    """The entities of the files so far; problems of an entry are added to the diagnostics of its file.

    Attributes:
        units: The vocabulary of units for reading amounts; it holds those of the files once they are resolved.
    """

    def __init__(self, knowledge: Knowledge, names: Names) -> None:
        self.knowledge = knowledge
        self.names = names
        self.units: Units = knowledge.unit_system
        self.entities: dict[Id, AnyEntity] = {}

    def declare(self, kind: str, record: Any, seed_file: SeedFile, id: Scalar | None, slug: str) -> Declared[Any]:
        """``record`` with the id of the entity called ``slug``."""
        # A single source is called as its file, and has no id of its own.
        if id is None and not isinstance(record, SourceRecord):
            return Declared(record, _NO_ID, slug)
        spot = Spot(id.line, id.column) if id else record.spot
        was = self.old_slug(kind, record.was, slug, seed_file)
        entity_id = self.names.declare(kind, slug, Place(seed_file.diagnostics, spot), seed_file.id, was, record.was)
        return Declared(record, entity_id or _NO_ID, slug)

    def declare_derived(self, kind: str, slug: str, old: str | None, at: Marked, seed_file: SeedFile) -> Id:
        """Id of an entity that the entry of another declares, e.g. ``fee/also``; empty where its name is taken."""
        place = Place(seed_file.diagnostics, Spot(at.line, at.column))
        return self.names.declare(kind, slug, place, seed_file.id, old) or _NO_ID

    def old_slug(self, kind: str, was: Scalar | None, slug: str, seed_file: SeedFile) -> str | None:
        return old_slug(kind, was.text if was else None, slug, seed_file)

    def keep(self, entity: AnyEntity) -> None:
        """Adds ``entity``, unless its entry has no name."""
        if entity.id:
            self.entities[entity.id] = entity

    def entity(self, kind: type[E], id: Id | None) -> E | None:
        """The entity ``id`` as the files have it, else as the base does; None where its entry could not be read."""
        if id is None:
            return None
        candidate = self.entities.get(id)
        # An entry that could not be read does not stand for what the base has under its id: others would be checked
        # against what the file no longer says.
        if candidate is None and id not in self.names.places:
            candidate = self.knowledge.by_id.get(id)
        return candidate if isinstance(candidate, kind) else None

    def quantity(self, scalar: Scalar | None, default_unit: str | None, seed_file: SeedFile) -> Quantity | None:
        """The quantity that ``scalar`` states; None, with a problem noted, where it cannot be read."""
        if scalar is None:
            return None
        try:
            quantity = read_quantity(scalar.text, default_unit, self.units)
        except NotationError as error:
            # In a block text (| or >) columns are not those of the file; the problem then points to the beginning of
            # the text.
            inside = error.offset + bool(scalar.style) if scalar.style in ("", "'", '"') else 0
            seed_file.note(scalar, error.what, error.hint, shift=inside)
            return None
        if _is_below_its_margin(quantity):
            seed_file.warn(scalar, f"the margin of '{scalar.text}' is larger than its number", _MARGIN_HINT)
        return quantity

    def unit(self, text: str) -> Unit | None:
        """The unit ``text``; None where it is none."""
        try:
            return self.units.parse(text)
        except UnitError:
            return None

    def stated_unit(self, scalar: Scalar | None, seed_file: SeedFile) -> Unit | None:
        """The unit that ``scalar`` states; None, with a problem noted, where it is none."""
        if scalar is None:
            return None
        try:
            return self.units.parse(scalar.text)
        except UnitError as error:
            seed_file.note(scalar, error.what, error.hint)
            return None

    def resolve(self, kind: str, name: Scalar | None, seed_file: SeedFile) -> Id | None:
        """Id of the entity ``name`` of ``kind``; None, with a problem noted, where there is none."""
        referent = self.names.find((kind,), name, seed_file.id, seed_file.diagnostics) if name else None
        return referent[1] if referent else None

    def resolve_all(self, kind: str, names: tuple[Scalar, ...], seed_file: SeedFile) -> tuple[Id, ...]:
        """Ids of several; a problem is noted where one is named twice."""
        ids: list[Id] = []
        for name in names:
            id = self.resolve(kind, name, seed_file)
            if id is not None and id in ids:
                seed_file.note(name, f"'{name.text}' appears twice", "keep one of them")
            elif id is not None:
                ids.append(id)
        return tuple(ids)

    def scope(
        self, pairs: ScopePairs, keys: tuple[str, ...] | None, owner: str, seed_file: SeedFile
    ) -> dict[str, ScopeSelection]:
        """The scope that ``pairs`` state for a measure ``owner``, which takes ``keys`` (None: any)."""
        scope = {}
        for name, stated in pairs:
            if keys is not None and name.text not in keys:
                hint = did_you_mean(name.text, keys) if keys else f"add it to the keys of '{owner}', or leave it out"
                seed_file.note(name, f"the measure '{owner}' takes no scope key '{name.text}'", hint)
            elif (value := self._scope_value(name.text, stated, seed_file)) is not None:
                scope[name.text] = value
        return scope

    def _scope_value(self, key: str, stated: Any, seed_file: SeedFile) -> ScopeSelection | None:
        if key in TIME_KEYS:
            return _time(key, stated, seed_file)
        match stated:
            case Scalar():
                id = self.names.term(key, stated, seed_file.diagnostics)
                return ScopeSelection(terms=(id,)) if id else None
            case Several():
                return self._several(key, stated, seed_file)
            case _:
                return self._terms(key, stated, Quantifier.SET, seed_file)

    def _several(self, key: str, several: Several, seed_file: SeedFile) -> ScopeSelection | None:
        kinds = (Quantifier.EACH, Quantifier.TOTAL, Quantifier.SET)
        quantified = [(kind, names) for kind in kinds if (names := getattr(several, kind.value))]
        if len(quantified) != 1:
            seed_file.note(several, "write one of 'each', 'total' and 'set' with a list of values", "{each: [a, b]}")
            return None
        kind, names = quantified[0]
        return self._terms(key, names, kind, seed_file)

    def _terms(
        self, key: str, names: tuple[Scalar, ...], kind: Quantifier, seed_file: SeedFile
    ) -> ScopeSelection | None:
        ids = [self.names.term(key, name, seed_file.diagnostics) for name in names]
        known = tuple(dict.fromkeys(id for id in ids if id))
        # A set with a value that is unknown would be another set, and be compared as such.
        if not known or len(known) < len(ids):
            return None
        return ScopeSelection(
            terms=known, quantifier=Quantifier.ONE if len(known) == 1 and kind is Quantifier.SET else kind
        )


def old_slug(kind: str, was: str | None, slug: str, seed_file: SeedFile) -> str | None:
    """The slug before a renaming of the entry (``was``) or of its whole file; None where nothing was renamed."""
    if was and kind in ("unit", "measure", "question"):
        return was
    if was and kind == "term":
        return was if "/" in was else f"{slug.split('/', maxsplit=1)[0]}/{was}"
    old_file = seed_file.ids[-1] if len(seed_file.ids) > 1 else None
    if was:
        is_whole = "/" in was or (kind == "source" and was in seed_file.ids)
        return was if is_whole else f"{old_file or seed_file.id}/{was}"
    if kind == "source" and slug == seed_file.id:
        return old_file
    if old_file and slug.startswith(seed_file.id + "/"):
        return old_file + slug.removeprefix(seed_file.id)
    return None


def _time(key: str, stated: Any, seed_file: SeedFile) -> ScopeSelection | None:
    if not isinstance(stated, Scalar):
        at = stated[0] if isinstance(stated, tuple) else stated
        seed_file.note(at, f"'{key}' wants one time", FORMS)
        return None
    period = read_period(stated.text)
    if isinstance(period, str):
        seed_file.note(stated, period, FORMS)
        return None
    return period


def read_scalar(
    scalar: Scalar | None, read: Callable[[str], Any], seed_file: SeedFile, hint: Callable[[str], str] = lambda _: ""
) -> Any:
    """``read`` of a text; None, with its ``ValueError`` noted as a problem, where it raises one."""
    if scalar is None:
        return None
    try:
        return read(scalar.text)
    except ValueError as error:
        seed_file.note(scalar, str(error), hint(scalar.text))
        return None


def read_passage(locator: Scalar | None, seed_file: SeedFile) -> Passage | None:
    """The passage that a locator names; None, with a problem noted, where it is no locator."""
    place: Passage | None = read_scalar(locator, Passage.parse, seed_file, _line_hint)
    return place


def _line_hint(text: str) -> str:
    """A hint that writes ``text`` as a locator; empty where it names no line, or nothing can be told from it."""
    named = _LINE.match(text)
    if named is None:
        return ""
    rest = text[named.end() :]
    if not int(named[1]) or _ZERO.search(_QUOTE.sub("", rest)):
        return "lines, sentences and occurrences count from 1"
    mended = _QUOTE.sub(_short_quote, rest)
    locator = f"L{int(named[1])}{mended}"
    with suppress(ValueError):
        Passage.parse(locator)
        return f"write {locator}" if mended == rest else f"{_instruction(rest)}: {locator}"
    return ""


def _short_quote(quote: re.Match[str]) -> str:
    """The quote, closed, with as many of its words as a locator takes."""
    words = _FIRST_WORDS.match(quote["words"])
    is_short = words is None or words.end() == len(quote["words"].rstrip())
    return quote[0] if is_short and quote["close"] else f'"{words[0].strip() if words else ""}"'


def _instruction(rest: str) -> str:
    quote = _QUOTE.search(rest)
    return "quote only the first words" if quote and quote["close"] else "close the quote"
