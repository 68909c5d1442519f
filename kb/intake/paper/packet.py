"""What does the XMP packet of a PDF say? Title, authors, journal, date and DOI, by Dublin Core and PRISM."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from kb.intake.paper.day import read_date
from kb.intake.paper.paper import About, Guess

_PACKET = re.compile(rb"<x:xmpmeta\b.{0,1000000}?</x:xmpmeta>", re.DOTALL)
_DOI = re.compile(r"\b10\.\d{4,9}/\S+")


def about_packet(data: bytes) -> About:
    """What the last readable XMP packet in ``data`` says; nothing where there is none."""
    for packet in reversed(_PACKET.findall(data)):
        try:
            return _about(ElementTree.fromstring(packet))
        except ElementTree.ParseError:
            continue
    return About()


def _about(root: ElementTree.Element) -> About:
    said = _Said(root)
    doi = next((found[0] for text in said.all("doi", "identifier", "url") if (found := _DOI.search(text))), "")
    days = (read_date(text) for text in said.all("coverDate", "publicationDate", "date"))
    day = next((found for found in days if found), "")
    return About(
        title=said.one("title"),
        authors=tuple(Guess(name, "the XMP packet, creator") for name in said.all("creator")),
        container_title=said.one("publicationName"),
        publisher=said.one("publisher"),
        issued=Guess(day, "the XMP packet, date") if day else None,
        language=said.one("language"),
        doi=Guess(doi.rstrip(".,;"), "the XMP packet, doi") if doi else None,
    )


class _Said:
    """The texts of a packet, by the last part of their names, in order."""

    def __init__(self, root: ElementTree.Element) -> None:
        self.texts: dict[str, list[str]] = {}
        for described in root.iter("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}Description"):
            for name, value in described.attrib.items():
                self._note(name, value)
            for child in described:
                for part in child.iter():
                    self._note(child.tag, part.text or "")

    def _note(self, name: str, value: str) -> None:
        if text := " ".join(value.split()):
            self.texts.setdefault(name.rpartition("}")[2], []).append(text)

    def all(self, *names: str) -> list[str]:
        return [text for name in names for text in self.texts.get(name, ())]

    def one(self, name: str) -> Guess | None:
        texts = self.texts.get(name)
        return Guess(texts[0], f"the XMP packet, {name}") if texts else None
