"""Do the passages of the files stand where they say? Looked up in attached documents, unless it is known already."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from kb.domain.entity import Source
from kb.domain.event import Anchored, Missed
from kb.domain.identity import Id
from kb.domain.passage import Anchor, Passage
from kb.intake.anchoring import Remembered, passages_of, source_of
from kb.intake.claim import places
from kb.intake.desk import Desk, Sheet
from kb.intake.node import Scalar
from kb.intake.passage import Manuscript, NotFound, find
from kb.intake.record import Mention


class Finder:
    """Finds passages in attached documents, each read once."""

    def __init__(self, texts: Callable[[str], str | None]) -> None:
        self._texts = texts
        self._read: dict[str, Manuscript | None] = {}

    def find(self, sha256: str, passage: Passage) -> Anchor | NotFound | None:
        """Where ``passage`` stands in the document; None where the document is not attached."""
        if sha256 not in self._read:
            text = self._texts(sha256) if sha256 else None
            self._read[sha256] = None if text is None else Manuscript(text)
        manuscript = self._read[sha256]
        return find(passage, manuscript) if manuscript else None


def check_passages(told: Iterable[tuple[Sheet, dict[str, list[Any]]]], desk: Desk, finder: Finder) -> None:
    """Notes every passage of the files that does not stand in its attached document, and warns of those in doubt."""
    for sheet, kinds in told:
        check = _Check(sheet, desk, finder)
        for figure in kinds["figures"]:
            check.entry(figure.entry.id, (figure.entry.record.at,))
            for further in figure.further:
                check.entry(further.id, (further.said.at if isinstance(further.said, Mention) else further.said,))
        for claim in kinds["claims"]:
            check.entry(claim.entry.id, [place for said in claim.entry.record.at for place in places(said)])
        check.tell_of_moved()


class _Check:
    """Checks the passages of one file."""

    def __init__(self, sheet: Sheet, desk: Desk, finder: Finder) -> None:
        self._sheet = sheet
        self._desk = desk
        self._finder = finder
        self._remembered = Remembered(desk.knowledge)
        self._moved: list[tuple[Scalar, int]] = []

    def entry(self, id: Id, said: Sequence[Scalar | None]) -> None:
        """Checks the passages of the entity ``id``, which stand in the file at ``said``."""
        entity = self._desk.made.get(id)
        source = self._desk.entity(Source, source_of(entity)) if entity else None
        if entity is None or source is None or not source.document:
            return
        for passage, place in zip(passages_of(entity), said, strict=False):
            if place is None:
                continue
            known = self._remembered.place(entity, passage, source.document)
            if known is not None:
                self._known(known, passage, place)
            elif self._remembered.earlier(entity, passage, source.document) is None:
                self._look(source.document, passage, place)

    def _known(self, known: Anchored | Missed, passage: Passage, place: Scalar) -> None:
        if isinstance(known, Missed):
            what = "is not found for certain" if known.offers else "is not found"
            what = f"{passage} {what} in the attached edition"
            self._sheet.warn(place, what, "see `kb passages`, or point to where it stands now")
        elif known.line and known.line != passage.line:
            self._moved.append((place, known.line))

    def _look(self, sha256: str, passage: Passage, place: Scalar) -> None:
        found = self._finder.find(sha256, passage)
        if isinstance(found, NotFound):
            tell = self._sheet.warn if found.choices else self._sheet.note
            tell(place, found.what, found.hint)

    def tell_of_moved(self) -> None:
        """One warning for all places that an edition moved to other lines."""
        if self._moved:
            place, line = self._moved[0]
            count = "1 place stands" if len(self._moved) == 1 else f"{len(self._moved)} places stand"
            what = f"{count} on another line of the attached edition, the first of them on line {line}"
            self._sheet.warn(place, what, f"nothing is lost; write L{line} here when you edit the entry")
