"""Exports that are one text: JSON, bibliographies and linked data."""

from collections.abc import Callable, Iterable, Mapping

import msgspec

from kb.app.exporting import json_export
from kb.reports.reference_formats.item import bibliography_items
from kb.reports.view import LoggedEvent, View


def bibtex_export(view: View) -> str:
    """The sources in ``view`` as BibTeX."""
    from kb.reports.reference_formats.bibtex import bibtex_entry

    return "\n".join(map(bibtex_entry, bibliography_items(view.knowledge)))


def ris_export(view: View) -> str:
    """The sources in ``view`` as RIS."""
    from kb.reports.reference_formats.ris import ris_entry

    return "\r\n".join(map(ris_entry, bibliography_items(view.knowledge)))


def csl_export(view: View) -> str:
    """The sources in ``view`` as CSL-JSON."""
    from kb.reports.reference_formats.csl import csl_item

    items = [csl_item(item) for item in bibliography_items(view.knowledge)]
    return msgspec.json.format(msgspec.json.encode(items), indent=2).decode() + "\n"


def linked_data_export(view: View, events: Iterable[LoggedEvent]) -> str:
    """Sources, claims, rulings and the log of ``events``, oldest first, as JSON-LD."""
    from kb.reports.linked_data import linked_data

    return msgspec.json.format(msgspec.json.encode(linked_data(view, events)), indent=2).decode() + "\n"


TEXT_EXPORTS: Mapping[str, Callable[[View], str]] = {
    "json": json_export,
    "bibtex": bibtex_export,
    "ris": ris_export,
    "csl-json": csl_export,
}
"""The exports that are one text made from a view alone, by format."""
