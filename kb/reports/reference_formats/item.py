"""What all formats of a bibliography say of a source: its key, its names, and what about it is inferred."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kb.domain.entity import Source
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reports.citations import FIELD_WORDS
from kb.reports.reference_formats.names import PublishedName, published_name

_UNSAFE = re.compile(r"[^A-Za-z0-9-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class BibliographyItem:
    """A source as an item of a bibliography.

    Attributes:
        key: Its name there, made of ASCII letters, digits and hyphens; no other item has it.
        translates: The item that it translates; None for none.
        inferred: Which fields the document does not give, each with the reason for its value; empty for none.
    """

    key: str
    source: Source
    authors: tuple[PublishedName, ...]
    editors: tuple[PublishedName, ...]
    translates: "BibliographyItem | None"
    inferred: str

    @property
    def notes(self) -> tuple[str, ...]:
        """What is to be noted about it: the note of the source, then what is inferred."""
        return tuple(note for note in (self.source.note, self.inferred) if note)


def bibliography_items(knowledge: Knowledge) -> tuple[BibliographyItem, ...]:
    """The sources in the order in which they were first recorded."""
    keys = _keys(knowledge.sources.values())
    # A translation of a translation names what it translates, and no more; a circle cannot be recorded.
    originals = {id: _item(source, keys[id], None) for id, source in knowledge.sources.items()}
    return tuple(
        _item(source, keys[id], originals.get(source.translation_of) if source.translation_of else None)
        for id, source in knowledge.sources.items()
    )


def _item(source: Source, key: str, original: BibliographyItem | None) -> BibliographyItem:
    reasons = (f"{FIELD_WORDS.get(field, field)} inferred: {reason}" for field, reason in source.inferred.items())
    marks = "; ".join(reasons)
    return BibliographyItem(
        key=key,
        source=source,
        authors=tuple(_author(source, name) for name in source.authors),
        editors=tuple(map(published_name, source.editors)),
        translates=original,
        inferred=marks[:1].upper() + marks[1:],
    )


def _author(source: Source, name: str) -> PublishedName:
    # Whatever publishes its own texts is no person, though it may be called "Goldman Sachs".
    return PublishedName(name) if name in (source.publisher, source.container_title) else published_name(name)


def _keys(sources: Iterable[Source]) -> dict[Id, str]:
    """A key for each source: its id where that is safe, else with a hyphen for what is not, and a number if taken."""
    # A safe id is kept whatever the order of recording: "quay/pass" makes way for "quay-pass".
    ordered = sorted(sources, key=lambda source: (bool(_UNSAFE.search(source.slug)), source.slug))
    taken: set[str] = set()
    keys = {}
    for source in ordered:
        stem = _UNSAFE.sub("-", source.slug).strip("-") or "source"
        key, number = stem, 2
        while key in taken:
            key, number = f"{stem}-{number}", number + 1
        taken.add(key)
        keys[source.id] = key
    return keys
