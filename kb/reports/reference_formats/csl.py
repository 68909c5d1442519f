"""Sources as CSL-JSON 1.0.2, which citation processors and reference managers read."""

from typing import Any

from kb.domain.entity import DETAILS
from kb.reports.reference_formats.item import BibliographyItem
from kb.reports.reference_formats.names import PublishedName


def csl_item(item: BibliographyItem) -> dict[str, Any]:
    """``item`` by CSL variables; a date that is inferred is marked as ``circa``."""
    source = item.source
    variables: dict[str, Any] = {
        "id": item.key,
        "type": source.type,
        "title": source.title,
        "author": [_name(name) for name in item.authors],
        "editor": [_name(name) for name in item.editors],
        "issued": _date(source.issued, doubtful="issued" in source.inferred),
        "container-title": source.container_title,
        "publisher": source.publisher,
        "URL": source.url,
        "language": source.language,
        **{name: source.details.get(name, "") for name in DETAILS if name != "accessed"},
        "accessed": _date(source.details.get("accessed", ""), doubtful=False),
        "original-title": item.translates.source.title if item.translates else "",
        "original-author": [_name(name) for name in item.translates.authors] if item.translates else [],
        **dict(zip(("note", "annote"), item.notes, strict=False)),
    }
    return {name: value for name, value in variables.items() if value}


def _name(name: PublishedName) -> dict[str, str]:
    if name.is_literal:
        return {"literal": name.family}
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {part: text for part, text in parts.items() if text}


def _date(date: str, *, doubtful: bool) -> dict[str, Any]:
    if not date:
        return {}
    parts = date.split("-")
    # What is no date, such as a season, is printed as it is.
    if not all(part.isdigit() for part in parts):
        return {"literal": date}
    return {"date-parts": [[int(part) for part in parts]], **({"circa": True} if doubtful else {})}
