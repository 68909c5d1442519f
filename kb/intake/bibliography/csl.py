"""The entries of a CSL-JSON file. Sources use the same variables; only dates and names are converted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from kb.domain.entity import DETAILS
from kb.domain.problem import Problem
from kb.intake.bibliography.bibtex import ParsedBibliography
from kb.intake.bibliography.reference import BibliographyEntry, CslName

_TEXTS = ("title", "container-title", "publisher", "URL", "language", "note", *DETAILS)
_DATES = ("issued", "accessed")
_KNOWN_KEYS = frozenset((*_TEXTS, *_DATES, "id", "type", "author", "editor", "citation-key"))
_PARTICLES = ("dropping-particle", "non-dropping-particle")


def read_csl(text: str, path: str) -> ParsedBibliography:
    """The entries of a CSL-JSON text: an array of items, or an object with ``items``."""
    try:
        decoded = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        return ParsedBibliography(
            (), (Problem(where=f"{path}:1:1", what=f"this is not JSON: {error}", hint="export it again"),), frozenset()
        )
    items = decoded.get("items", [decoded]) if isinstance(decoded, dict) else decoded
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        what = "this is JSON, but no list of items"
        if isinstance(items, list):
            number = next(number for number, item in enumerate(items, 1) if not isinstance(item, dict))
            what = f"item {number} of this list is no object with the fields of a source"
        return ParsedBibliography(
            (), (Problem(where=f"{path}:1:1", what=what, hint="export the sources as CSL-JSON"),), frozenset()
        )
    places = [_place(item, number, path) for number, item in enumerate(items, 1)]
    entries = tuple(_entry(item, place) for item, place in zip(items, places, strict=True))
    return ParsedBibliography(entries, (), frozenset(name for item in items for name in item) - _KNOWN_KEYS)


def _place(item: Mapping[str, Any], number: int, path: str) -> str:
    id = item.get("id")
    return f"{path}: item {number}" + (f" ({id})" if isinstance(id, str | int) else "")


def _entry(item: Mapping[str, Any], where: str) -> BibliographyEntry:
    variables = {name: _text(item.get(name)) for name in _TEXTS}
    variables |= {name: _date(item.get(name)) for name in _DATES}
    return BibliographyEntry(
        where=where,
        key=_key(item),
        type=_text(item.get("type")) or "document",
        variables=variables,
        authors=tuple(_names(item.get("author"))),
        editors=tuple(_names(item.get("editor"))),
    )


def _key(item: Mapping[str, Any]) -> str:
    """The key of an item; empty for an address or a number, which no person chose."""
    key = _text(item.get("citation-key")) or _text(item.get("id"))
    return "" if key.isdigit() or "://" in key else key


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else str(value) if isinstance(value, int) else ""


def _date(value: Any) -> str:
    """``date-parts`` as ``2026-03-04``, of a range its beginning, with ``~`` if ``circa``; else the date in words."""
    if not isinstance(value, dict):
        return _text(value)
    parts = value.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0]:
        numbers = [_text(part) for part in parts[0][:3]]
        date = "-".join(number.zfill(2) for number in numbers if number and number != "0")
        return f"{date}~" if date and value.get("circa") else date
    return _text(value.get("raw")) or _text(value.get("literal"))


def _names(value: Any) -> Iterator[CslName]:
    for person in value if isinstance(value, list) else ():
        if isinstance(person, dict):
            family = " ".join(part for key in (*_PARTICLES, "family", "suffix") if (part := _text(person.get(key))))
            name = (
                CslName(_text(person.get("literal")))
                if person.get("literal")
                else CslName(family, _text(person.get("given")))
            )
            if str(name):
                yield name
