"""The entities that names stand for: those of the files that are read, then those of the base."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import assert_never

from kb.domain.entity import (
    KINDS,
    AnyEntity,
    Argument,
    Assessment,
    Calculation,
    Claim,
    Figure,
    Match,
    Measure,
    Question,
    Ruling,
    ScopeValue,
    Source,
    UnitDefinition,
    kind_of,
)
from kb.domain.identity import Id, IdSource
from kb.domain.knowledge import Knowledge
from kb.domain.problem import Problem
from kb.domain.suggestion import nearest
from kb.intake.diagnostics import Diagnostics, Spot
from kb.intake.shape import Scalar

SHARED = ("unit", "measure", "term", "question")
"""Kinds whose ids are shared by all files."""

NODES = ("figure", "claim", "argument", "calculation")
"""Kinds that share the names of a file: a premise does not say which it means."""
# A suggestion compares a name with all that are known. A wrong prefix in a large file makes thousands of unknown names.
_MOST_SUGGESTIONS = 100
_WORDS = {"term": "scope value"}


def word_for(kind: str) -> str:
    """What messages call an entity of ``kind``."""
    return _WORDS.get(kind, kind)


def _labels_of(entity: AnyEntity) -> tuple[str, ...]:
    """What an author may call ``entity`` instead of its id."""
    match entity:
        case Measure() | ScopeValue():
            return (entity.label, *entity.aliases)
        case Source():
            return (entity.title,)
        # Units are spelled, not named: the vocabulary of units knows their aliases. The rest is called by its id alone.
        case (
            UnitDefinition()
            | Match()
            | Figure()
            | Claim()
            | Question()
            | Argument()
            | Calculation()
            | Ruling()
            | Assessment()
        ):
            return ()
        case _:
            assert_never(entity)


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in a file where an entity is declared."""

    diagnostics: Diagnostics
    spot: Spot

    def problem(self, what: str, hint: str = "") -> Problem:
        """A problem at this place."""
        return self.diagnostics.problem(self.spot, what, hint)

    def note(self, what: str, hint: str = "") -> None:
        """Adds a problem at this place."""
        self.diagnostics.note(self.spot, what, hint)

    def __str__(self) -> str:
        return self.diagnostics.where(self.spot)


@dataclass(frozen=True, slots=True)
class Renaming:
    """An entity that keeps its id under a new name."""

    kind: str
    id: Id
    old: str
    new: str


def _either(kinds: Sequence[str]) -> str:
    *first, last = (word_for(kind) for kind in kinds)
    return f"{', '.join(first)} or {last}" if first else last


class Names:
    """The names that are known while some files are read together.

    Attributes:
        places: Where each entity of the files is declared.
        superseding: Where each source of the files says which older one it supersedes.
        renamings: Entities that keep their id under a new name.
        is_incomplete: Whether a file could not be read at all; a name that is missing may be declared there.
        lacks_files: Whether a name was not found that a file which was not read may declare.
    """

    def __init__(self, knowledge: Knowledge, ids: IdSource, files: Iterable[str]) -> None:
        self._knowledge = knowledge
        self._new_ids = ids
        self._files = frozenset(files)
        self._known_files = frozenset(entity.file for entity in knowledge.by_id.values())
        self._ids: dict[str, dict[str, Id]] = {kind: {} for kind in KINDS}
        for entity in knowledge.by_id.values():
            self._ids[kind_of(entity)][entity.slug] = entity.id
        self._slugs: dict[tuple[str, str], Id] = {}
        self._unreadable: set[str] = set()
        self._suggestion_count = 0
        self._aliases: dict[str, dict[str, str]] = {}
        self._known_names: dict[tuple[str, str], dict[str, str]] = {}
        self.places: dict[Id, Place] = {}
        self.superseding: dict[Id, Place] = {}
        self.renamings: list[Renaming] = []
        self.is_incomplete = False
        self.lacks_files = False

    def add_unreadable(self, file: str, ids: Iterable[str]) -> None:
        """Adds ids of entries that could not be read: to refer to them is no second mistake."""
        for id in ids:
            self._unreadable |= {id, f"{file}/{id}"}

    def declare(
        self, kind: str, slug: str, place: Place, file: str, was: str | None = None, written_was: Scalar | None = None
    ) -> Id | None:
        """The id of the entity ``slug``, known or new; None, with a problem noted, where the name is taken.

        Args:
            was: The slug that it had before; None where it was not renamed.
            written_was: The entry's own ``was:``, which must name something; None where the file's applies.
        """
        # Figures, claims, arguments and calculations share their names: a premise does not say which it means.
        group = "node" if kind in NODES else kind
        if earlier := self._slugs.get((group, slug)):
            name = slug if kind in SHARED else slug.removeprefix(file + "/")
            hint = "give one of them another id"
            place.note(f"'{name}' is taken: it is declared at {self.places[earlier]}", hint)
            return None
        known = self._known(kind, slug)
        if known is not None and not self._may_declare(known, file, place):
            return None
        if known is not None and known.id in self.places:
            place.note(f"'{slug}' is renamed by the was: at {self.places[known.id]}", "delete one of the two")
            return None
        # A slip in was: would make a new entry without the history of the old one, and nobody would notice.
        if known is None and written_was is not None and was is not None:
            self._check_was(kind, was, written_was, place, file)
        id = known.id if known else self._renamed(kind, slug, was, place, file) or Id(self._new_ids.id())
        self._slugs[group, slug] = id
        self._ids[kind][slug] = id
        self.places[id] = place
        return id

    def _known(self, kind: str, slug: str) -> AnyEntity | None:
        return self._knowledge.by_slug.get((KINDS[kind], slug))

    def _may_declare(self, known: AnyEntity, file: str, place: Place) -> bool:
        # An entry may move to another file only if both are read: else its old file would go on declaring it.
        if known.file == file or known.file in self._files or not known.file:
            return True
        what = f"the {word_for(kind_of(known))} '{known.slug}' is declared by the file '{known.file}'"
        moved = f"take another id; to move it here, give both files at once and delete it in '{known.file}'"
        renamed = f"if this file was called '{known.file}', write was: {known.file} below its id; else take another id"
        place.note(what, moved if file in self._known_files else renamed)
        return False

    def _check_was(self, kind: str, was: str, written_was: Scalar, place: Place, file: str) -> None:
        """Notes a ``was:`` that names nothing. In a file that is new to the base it may refer to another base."""
        if self._known(kind, was) or not {file, was.split("/", maxsplit=1)[0]} & self._known_files:
            return
        prefix = was.removesuffix(written_was.text)
        slugs = (known.slug for known in self._knowledge.by_id.values() if kind_of(known) == kind)
        suggestion = nearest(written_was.text, [slug.removeprefix(prefix) for slug in slugs if slug.startswith(prefix)])
        hint = f"did you mean '{suggestion}'?" if suggestion else "write the id that it had before, or leave out was:"
        place.diagnostics.note(written_was, f"was: '{written_was.text}' is not known", hint)

    def _renamed(self, kind: str, slug: str, was: str | None, place: Place, file: str) -> Id | None:
        old = self._known(kind, was) if was else None
        if old is None or was is None:
            return None
        if not self._may_declare(old, file, place):
            return None
        if old.id in self.places:
            place.note(f"'{was}' still stands at {self.places[old.id]}", "delete it there, or leave out was:")
            return None
        self.renamings.append(Renaming(kind, old.id, was, slug))
        self._ids[kind].pop(was, None)
        return old.id

    def find(self, kinds: Sequence[str], name: Scalar, file: str, diagnostics: Diagnostics) -> tuple[str, Id] | None:
        """Kind and id of the entity that ``name`` stands for in ``file``; None, with a problem noted, for none.

        An entry of the file itself comes before one whose whole slug it is.
        """
        referent = self.lookup(kinds, name.text, file)
        if referent is None:
            self._not_found(kinds, name, name.text, file, diagnostics)
        return referent

    def lookup(self, kinds: Sequence[str], name: str, file: str) -> tuple[str, Id] | None:
        """The same without a problem where there is none."""
        for slug in (f"{file}/{name}", name):
            for kind in kinds:
                if id := self._ids[kind].get(slug):
                    return kind, id
        return None

    def slugs(self, kind: str) -> dict[Id, str]:
        """The slug of each entity of ``kind`` that the files declare, readable or not, or the base holds."""
        return {id: slug for slug, id in self._ids[kind].items()}

    def term(self, key: str, name: Scalar, diagnostics: Diagnostics) -> Id | None:
        """Id of the scope value ``name`` of ``key``; None, with a problem noted, for none."""
        id = self._ids["term"].get(f"{key}/{name.text}")
        if id is None:
            self._not_found(("term",), name, f"{key}/{name.text}", "", diagnostics, f"{key} '{name.text}'")
        return id

    def _not_found(
        self, kinds: Sequence[str], name: Scalar, slug: str, file: str, diagnostics: Diagnostics, called: str = ""
    ) -> None:
        # The entry is there and its mistake has been noted; a second problem would send its author the wrong way.
        if name.text in self._unreadable or slug in self._unreadable:
            return
        may_be_elsewhere = kinds[0] in SHARED or "/" in name.text
        if self.is_incomplete and may_be_elsewhere:
            return
        self.lacks_files = self.lacks_files or may_be_elsewhere
        called = called or f"{_either(kinds)} '{name.text}'"
        diagnostics.note(name, f"there is no {called}", self._hint(kinds, slug, file))

    def _hint(self, kinds: Sequence[str], slug: str, file: str) -> str:
        for renaming in self.renamings:
            if renaming.kind in kinds and renaming.old in (slug, f"{file}/{slug}"):
                return f"it is now called '{renaming.new}'"
        for kind in KINDS:
            if kind not in kinds and (slug in self._ids[kind] or f"{file}/{slug}" in self._ids[kind]):
                return f"'{slug}' is a {word_for(kind)}"
        self._suggestion_count += 1
        return self._suggestion(kinds, slug, file) if self._suggestion_count <= _MOST_SUGGESTIONS else ""

    def _suggestion(self, kinds: Sequence[str], slug: str, file: str) -> str:
        prefix = (slug.split("/", maxsplit=1)[0] if kinds == ("term",) else file) + "/"
        known: dict[str, str] = {}
        for kind in kinds:
            known |= self._choices(kind, prefix)
        closest = nearest(slug.removeprefix(prefix), known)
        return f"did you mean '{known[closest]}'?" if closest else "declare it, or look for its id"

    def _choices(self, kind: str, prefix: str) -> dict[str, str]:
        """Names and labels of entities of ``kind``, each with what to write for it."""
        if (kind, prefix) not in self._known_names:
            named = {slug.removeprefix(prefix): slug for slug in self._ids[kind]} | self._names_by_label(kind)
            fitting = {name: slug for name, slug in named.items() if kind != "term" or slug.startswith(prefix)}
            self._known_names[kind, prefix] = {name: slug.removeprefix(prefix) for name, slug in fitting.items()}
        return self._known_names[kind, prefix]

    def _names_by_label(self, kind: str) -> dict[str, str]:
        if kind not in self._aliases:
            self._aliases[kind] = dict(self._labels(kind))
        return self._aliases[kind]

    def _labels(self, kind: str) -> Iterable[tuple[str, str]]:
        for entity in self._knowledge.by_id.values():
            if kind_of(entity) != kind:
                continue
            yield from ((label, entity.slug) for label in _labels_of(entity))

    def add_labels(self, kind: str, slug: str, labels: Iterable[str]) -> None:
        """Adds other names of an entity of the files, which are suggested for a name that is unknown."""
        self._names_by_label(kind).update((label, slug) for label in labels)
