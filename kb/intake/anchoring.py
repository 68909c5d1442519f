"""Locates the passages of figures and claims in attached documents; places that are known already stay as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from kb.domain.entity import AnyEntity, Claim, Figure, Measure, ScopeValue, Source
from kb.domain.event import Anchored, Fact, Missed, PassagesAnchored, PassagesMissed
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.passage import Anchor, AnchoringMethod, Offer, Passage
from kb.domain.problem import Problem
from kb.domain.references import passages_of
from kb.intake.passage import Manuscript, NotFound, find, occurrences
from kb.intake.reanchoring import Reanchorer, TraceOutcome
from kb.intake.table_passage import Names, cells_named, is_in_cell, mismatch

Texts = Callable[[str], str | None]
DocumentAnchor = tuple[str, Anchored]
"""The SHA-256 of a document, and the place of a passage in it."""

CERTAIN = 100


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a passage when its document got another edition.

    Attributes:
        slug: Name of the figure or claim.
        passage: What its author points to.
        earlier: Its place in the earlier edition; None where there was none.
        location: Its place, or the places that a person may choose from.
    """

    slug: str
    passage: Passage
    earlier: Anchor | None
    location: Anchored | Missed


@dataclass(frozen=True, slots=True)
class Anchoring:
    """The result of locating passages.

    Attributes:
        facts: The facts to append, in order.
        outcomes: Passages that were located in an earlier edition, or whose place is in doubt.
        problems: Passages that do not stand where their author says.
    """

    facts: tuple[Fact, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    problems: tuple[Problem, ...] = ()


class KnownLocations:
    """The recorded places of passages, found by entity and by what its author points to."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def index(self, entity: AnyEntity, passage: Passage) -> int | None:
        """Index of the passage among those of the entity as recorded; None for a new passage."""
        known = self._knowledge.by_id.get(entity.id)
        places = passages_of(known) if known else ()
        return places.index(passage) if passage in places else None

    def location(self, entity: AnyEntity, passage: Passage, sha256: str) -> Anchored | Missed | None:
        """Where a passage is recorded to stand in the document ``sha256``; None where it was never looked up there."""
        index = self.index(entity, passage)
        if index is None:
            return None
        id = entity.id
        if self._document(id) == sha256:
            anchors: Iterable[Anchored | Missed] = self._knowledge.anchors.get(id, ())
            known = (*anchors, *self._knowledge.missed.get(id, ()))
            return next((location for location in known if location.index == index), None)
        before = self._knowledge.earlier.get(id, ())
        return next((location for document, location in before if document == sha256 and location.index == index), None)

    def earlier(self, entity: AnyEntity, passage: Passage, sha256: str) -> DocumentAnchor | None:
        """The latest place of a passage in a document other than ``sha256``; None where there is none."""
        index = self.index(entity, passage)
        id = entity.id
        current = self._document(id)
        known = [(current, anchored) for anchored in self._knowledge.anchors.get(id, ())]
        known += [
            (missed.document, Anchored(entity=id, index=missed.index, anchor=missed.earlier))
            for missed in self._knowledge.missed.get(id, ())
            if missed.earlier is not None
        ]
        known += self._knowledge.earlier.get(id, ())
        return next(((sha, anchored) for sha, anchored in known if sha != sha256 and anchored.index == index), None)

    def _document(self, id: Id) -> str:
        known = self._knowledge.by_id.get(id)
        source = self._knowledge.sources.get(source_of(known)) if known else None
        return source.document if source else ""


def source_of(entity: AnyEntity) -> Id:
    """The source of a figure or claim; empty for other entities and for inferences by the editors."""
    return (entity.source if isinstance(entity, Figure | Claim) else None) or Id("")


def means_of(passage: Passage) -> AnchoringMethod:
    """The method by which a passage is located that stands where its author says."""
    if passage.column:
        return AnchoringMethod.CELL
    return AnchoringMethod.EXACT if passage.exact and not passage.nth else AnchoringMethod.POSITION


def locate(entity: AnyEntity, passage: Passage, manuscript: Manuscript, names: Names) -> Anchor | NotFound:
    """The place of a ``passage`` of ``entity``; not found where a figure stands in the cell of another thing.

    Args:
        entity: A figure or claim.
        passage: One of its passages.
        manuscript: The text of its document.
        names: The measures and scope values by their ids.
    """
    lookup = find(passage, manuscript)
    if isinstance(lookup, Anchor) and isinstance(entity, Figure):
        refusal = mismatch(entity, lookup.start, manuscript.text, manuscript.tables, names)
        return NotFound(*refusal) if refusal else lookup
    return lookup


def anchor_passages(entities: Iterable[AnyEntity], knowledge: Knowledge, texts: Texts) -> Anchoring:
    """The places of the passages of ``entities``, as far as they are not recorded yet.

    Args:
        entities: New and revised figures, claims and sources.
        knowledge: What is known, with the recorded places of passages.
        texts: The attached text of a SHA-256, or None; passages of documents that are not attached are skipped.
    """
    listed = tuple(entities)
    search = _PassageSearch(knowledge, texts, listed)
    for entity in listed:
        if passages_of(entity):
            search.look_up(entity)
    return Anchoring(tuple(search.facts()), tuple(search.outcomes), tuple(search.problems))


class _PassageSearch:
    """Locates passages, reading each document and each pair of editions once."""

    def __init__(self, knowledge: Knowledge, texts: Texts, entities: Sequence[AnyEntity]) -> None:
        documents = {source.id: source.document for source in entities if isinstance(source, Source)}
        self._knowledge = knowledge
        self._known_locations = KnownLocations(knowledge)
        self._names = {**knowledge.by_id, **{entity.id: entity for entity in entities}}
        self._texts = texts
        self._documents = {id: source.document for id, source in knowledge.sources.items()} | documents
        self._manuscripts: dict[str, Manuscript | None] = {}
        self._reanchorers: dict[tuple[str, str], Reanchorer] = {}
        self._anchored: list[DocumentAnchor] = []
        self._missed: list[tuple[str, Missed]] = []
        self.outcomes: list[Outcome] = []
        self.problems: list[Problem] = []

    def look_up(self, entity: AnyEntity) -> None:
        sha256 = self._documents.get(source_of(entity), "")
        manuscript = self._manuscript(sha256)
        if manuscript is None:
            return
        locations = [self._locate(entity, index, sha256, manuscript) for index in range(len(passages_of(entity)))]
        if self._is_news(entity, locations):
            self._anchored += [(sha256, location) for location in locations if isinstance(location, Anchored)]
            self._missed += [(sha256, location) for location in locations if isinstance(location, Missed)]

    def _named(self, id: Id) -> Measure | ScopeValue | None:
        entity = self._names.get(id)
        return entity if isinstance(entity, Measure | ScopeValue) else None

    def _manuscript(self, sha256: str) -> Manuscript | None:
        if sha256 not in self._manuscripts:
            text = self._texts(sha256) if sha256 else None
            self._manuscripts[sha256] = None if text is None else Manuscript(text)
        return self._manuscripts[sha256]

    def _is_news(self, entity: AnyEntity, locations: Sequence[Anchored | Missed | None]) -> bool:
        known = {*self._knowledge.anchors.get(entity.id, ()), *self._knowledge.missed.get(entity.id, ())}
        before = self._knowledge.by_id.get(entity.id)
        # A revision that points to other passages makes the tables forget all places of the entity, also those that are
        # right.
        moved = before is not None and passages_of(before) != passages_of(entity)
        news = [location for location in locations if location is not None]
        return any(location not in known for location in news) or (moved and bool(news))

    def _locate(self, entity: AnyEntity, index: int, sha256: str, manuscript: Manuscript) -> Anchored | Missed | None:
        passage = passages_of(entity)[index]
        known = self._known_locations.location(entity, passage, sha256)
        if isinstance(known, Anchored) and manuscript.text[known.anchor.start : known.anchor.end] != known.anchor.text:
            # The same document, but another version of the reader extracted its text, and characters have moved.
            return self._reanchored(entity, index, sha256, ("", known))
        if isinstance(known, Anchored):
            return Anchored(entity=entity.id, index=index, anchor=known.anchor, by=known.by, line=known.line)
        if isinstance(known, Missed):
            return Missed(
                entity=entity.id,
                index=index,
                offers=known.offers,
                earlier=known.earlier,
                document=known.document,
                rejected=known.rejected,
            )
        earlier = self._known_locations.earlier(entity, passage, sha256)
        if earlier is not None:
            return self._reanchored(entity, index, sha256, earlier)
        return self._search_text(entity, index, manuscript)

    def _reanchored(self, entity: AnyEntity, index: int, sha256: str, earlier: DocumentAnchor) -> Anchored | Missed:
        document, before = earlier
        traced = self._reanchorer(document, sha256).trace(before.anchor)
        passage = passages_of(entity)[index]
        if (passage.row or passage.column) and (manuscript := self._manuscript(sha256)):
            traced = _traced_in_tables(passage, traced, manuscript)
        if traced.anchor is None:
            missed = Missed(
                entity=entity.id, index=index, offers=traced.offers, earlier=before.anchor, document=document
            )
            self._note(entity, index, before.anchor, missed)
            return missed
        anchored = Anchored(entity=entity.id, index=index, anchor=traced.anchor, by=traced.by, line=traced.line)
        self._note(entity, index, before.anchor, anchored)
        return anchored

    def _reanchorer(self, older: str, newer: str) -> Reanchorer:
        if (older, newer) not in self._reanchorers:
            manuscript = self._manuscript(newer)
            before = self._texts(older) if older else None
            self._reanchorers[older, newer] = Reanchorer(before, manuscript.text if manuscript else "")
        return self._reanchorers[older, newer]

    def _search_text(self, entity: AnyEntity, index: int, manuscript: Manuscript) -> Anchored | Missed | None:
        passage = passages_of(entity)[index]
        lookup = locate(entity, passage, manuscript, self._named)
        if isinstance(lookup, Anchor):
            return Anchored(
                entity=entity.id,
                index=index,
                anchor=lookup,
                by=means_of(passage),
                line=manuscript.line_at(lookup.start),
            )
        if not lookup.choices:
            self.problems.append(_not_found_problem(entity, passage, lookup))
            return None
        offers = tuple(Offer(choice, manuscript.line_at(choice.start), CERTAIN) for choice in lookup.choices)
        missed = Missed(entity=entity.id, index=index, offers=offers)
        self._note(entity, index, None, missed)
        return missed

    def _note(self, entity: AnyEntity, index: int, earlier: Anchor | None, location: Anchored | Missed) -> None:
        self.outcomes.append(Outcome(entity.slug, passages_of(entity)[index], earlier, location))

    def facts(self) -> Iterator[Fact]:
        """For each document a fact with the passages located in it, then one with those that were not."""
        for sha256, anchored in groupby(sorted(self._anchored, key=lambda pair: pair[0]), key=lambda pair: pair[0]):
            yield PassagesAnchored(sha256, tuple(location for _, location in anchored))
        for sha256, missed in groupby(sorted(self._missed, key=lambda pair: pair[0]), key=lambda pair: pair[0]):
            yield PassagesMissed(sha256, tuple(location for _, location in missed))


CELL_SCORE = 90
"""The score of a cell that has the row and the column of a passage, and other words than it."""


def _traced_in_tables(passage: Passage, traced: TraceOutcome, manuscript: Manuscript) -> TraceOutcome:
    """``traced``, if it is in the row and the column of ``passage``; else their one cell that has its words.

    A row changes with every column that an edition adds, so that the words around a number say less than the heads.
    """
    tables = manuscript.tables
    if traced.anchor and is_in_cell(passage, tables, traced.anchor.start):
        return traced
    cells = [cell for cell in cells_named(passage, tables) if cell.end > cell.start]
    starts = {cell: occurrences(passage.exact, manuscript.text, *cell) for cell in cells} if passage.exact else {}
    places = [(start, start + len(passage.exact)) for positions in starts.values() for start in positions]
    places = places if passage.exact else [(cell.start, cell.end) for cell in cells]
    if len(places) == 1 and len(cells) == 1:
        anchor = manuscript.anchor(*places[0])
        return TraceOutcome(anchor, AnchoringMethod.CELL, manuscript.line_at(anchor.start))
    anchors = [manuscript.anchor(*place) for place in (places or [(cell.start, cell.end) for cell in cells])]
    offers = [Offer(anchor, manuscript.line_at(anchor.start), CELL_SCORE) for anchor in anchors]
    further = [offer for offer in traced.offers if offer.anchor not in anchors]
    return TraceOutcome(offers=(*offers, *further)[:3])


def _not_found_problem(entity: AnyEntity, passage: Passage, not_found: NotFound) -> Problem:
    return Problem(where=f"{entity.slug} at {passage}", what=not_found.what, hint=not_found.hint)
