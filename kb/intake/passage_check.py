"""Passages of seed files looked up in their documents, and in the other documents where they do not stand there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from kb.domain.entity import AnyEntity, Claim, Measure, ScopeValue, Source
from kb.domain.event import Anchored, Missed
from kb.domain.identity import Id
from kb.domain.passage import Anchor, Passage
from kb.domain.references import passages_of
from kb.intake.anchoring import KnownLocations, Texts, locate, source_of
from kb.intake.claim import split_locators
from kb.intake.passage import Manuscript, NotFound, occurrences
from kb.intake.record import Mention
from kb.intake.resolver import Resolver, SeedFile
from kb.intake.shape import Scalar
from kb.intake.table_passage import Names as TableNames


class PassageFinder:
    """Finds passages in attached documents, reading each document once."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._manuscripts: dict[str, Manuscript | None] = {}

    def find(self, sha256: str, entity: AnyEntity, passage: Passage, names: TableNames) -> Anchor | NotFound | None:
        """The place of a ``passage`` of ``entity`` in the document; None where that is not attached."""
        manuscript = self._manuscript(sha256)
        return locate(entity, passage, manuscript, names) if manuscript else None

    def located(self, claim: Claim, source: Source, passage: Passage) -> Anchor | None:
        """The place of a ``passage`` of ``claim``; None where it is not found, or the document is not attached."""
        found = self.find(source.document, claim, passage, lambda _: None)
        return found if isinstance(found, Anchor) else None

    def elsewhere(self, words: str, sha256: str, sources: Iterable[Source]) -> str:
        """Where ``words`` stand that do not stand in the document ``sha256``; empty where no other source has them."""
        own = self._manuscript(sha256)
        if not words or own is None or words in own.text:
            return ""
        for source in sources:
            manuscript = self._manuscript(source.document) if source.document != sha256 else None
            starts = occurrences(words, manuscript.text, 0, len(manuscript.text)) if manuscript else []
            if manuscript and starts:
                return f"it stands in another document, on line {manuscript.line_at(starts[0])} of '{source.slug}'"
        return ""

    def _manuscript(self, sha256: str) -> Manuscript | None:
        if sha256 not in self._manuscripts:
            text = self._texts(sha256) if sha256 else None
            self._manuscripts[sha256] = None if text is None else Manuscript(text)
        return self._manuscripts[sha256]


def check_passages(
    declarations: Iterable[tuple[SeedFile, dict[str, list[Any]]]], resolver: Resolver, finder: PassageFinder
) -> None:
    """Notes each passage that is not in its attached document, and warns of each whose place is in doubt."""
    for seed_file, kinds in declarations:
        check = _PassageCheck(seed_file, resolver, finder)
        for figure in kinds["figures"]:
            check.check_entry(figure.entry.id, (figure.entry.record.at,))
            for further in figure.further:
                check.check_entry(
                    further.id, (further.mention.at if isinstance(further.mention, Mention) else further.mention,)
                )
        for claim in kinds["claims"]:
            check.check_entry(
                claim.entry.id, [place for locators in claim.entry.record.at for place in split_locators(locators)]
            )
        check.warn_of_moved()


class _PassageCheck:
    """Checks the passages of one file."""

    def __init__(self, seed_file: SeedFile, resolver: Resolver, finder: PassageFinder) -> None:
        self._seed_file = seed_file
        self._resolver = resolver
        self._finder = finder
        self._known_locations = KnownLocations(resolver.knowledge)
        self._moved: list[tuple[Scalar, int]] = []

    def check_entry(self, id: Id, locators: Sequence[Scalar | None]) -> None:
        """Checks the passages of the entity ``id``, whose file points to them with ``locators``."""
        entity = self._resolver.entities.get(id)
        source = self._resolver.entity(Source, source_of(entity)) if entity else None
        if entity is None or source is None or not source.document:
            return
        for passage, place in zip(passages_of(entity), locators, strict=False):
            if place is None:
                continue
            known = self._known_locations.location(entity, passage, source.document)
            if known is not None:
                self._known(known, passage, place)
            # A passage that was located in another edition is traced to this one by its words when it is imported; its
            # line may be wrong by now.
            elif self._known_locations.earlier(entity, passage, source.document) is None:
                self._look_up(source.document, entity, passage, place)

    def _known(self, known: Anchored | Missed, passage: Passage, place: Scalar) -> None:
        if isinstance(known, Missed):
            what = "is not found for certain" if known.offers else "is not found"
            what = f"{passage} {what} in the attached edition"
            self._seed_file.warn(place, what, "see `kb passages`, or point to where it stands now")
        elif known.line and known.line != passage.line:
            self._moved.append((place, known.line))

    def _look_up(self, sha256: str, entity: AnyEntity, passage: Passage, place: Scalar) -> None:
        lookup = self._finder.find(sha256, entity, passage, self._named)
        if isinstance(lookup, NotFound):
            # Words that occur twice lack only a number from their author: that must not stop an import.
            report = self._seed_file.warn if lookup.choices else self._seed_file.note
            sources = {**self._resolver.knowledge.sources, **self._resolver.entities}.values()
            listed = [source for source in sources if isinstance(source, Source)]
            report(place, lookup.what, self._finder.elsewhere(passage.exact, sha256, listed) or lookup.hint)

    def _named(self, id: Id) -> Measure | ScopeValue | None:
        return self._resolver.entity(Measure, id) or self._resolver.entity(ScopeValue, id)

    def warn_of_moved(self) -> None:
        """Adds one warning for all passages that are on another line of the attached edition."""
        if self._moved:
            place, line = self._moved[0]
            count = "1 place stands" if len(self._moved) == 1 else f"{len(self._moved)} places stand"
            what = f"{count} on another line of the attached edition, the first of them on line {line}"
            self._seed_file.warn(place, what, f"nothing is lost; write L{line} here when you edit the entry")
