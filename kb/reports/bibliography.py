"""Sources as CSL-JSON, the form in which citation processors take them."""

from collections.abc import Iterable, Mapping
from typing import Any

from kb.domain.entity import Source

Item = Mapping[str, Any]
"""A source in CSL-JSON 1.0.2."""


def csl_item(source: Source, key: str) -> Item:
    """A source in CSL-JSON, under ``key``; what is not known is left out."""
    item: dict[str, Any] = {"id": key, "type": source.type, "title": source.title, "language": source.language}
    item |= {"author": _names(source.authors), "editor": _names(source.editors)}
    item |= {"issued": _date(source.issued), "container-title": source.container_title}
    item |= {"publisher": source.publisher, "URL": source.url, **source.details}
    return {name: value for name, value in item.items() if value}


def _names(names: Iterable[str]) -> list[Item]:
    return [{"literal": name} for name in names]


def _date(date: str) -> Item:
    parts = [int(part) for part in date.split("-")] if date else []
    return {"date-parts": [parts]} if parts else {}
