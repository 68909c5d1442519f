"""Sources as RIS, one line for each tag, which reference managers read."""

import re
from collections.abc import Iterator

from kb.intake.bibliography.ris import SERIALS
from kb.reports.reference_formats.item import BibliographyItem
from kb.reports.reference_formats.names import PublishedName

_TYPES = {
    "article": "JOUR", "article-journal": "JOUR", "article-magazine": "MGZN", "article-newspaper": "NEWS",
    "bill": "BILL", "book": "BOOK", "chapter": "CHAP", "dataset": "DATA", "entry": "ENCYC", "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC", "figure": "FIGURE", "graphic": "ART", "hearing": "HEAR", "legal_case": "CASE",
    "legislation": "STAT", "manuscript": "UNPB", "map": "MAP", "motion_picture": "MPCT", "musical_score": "MUSIC",
    "pamphlet": "PAMP", "paper-conference": "CPAPER", "patent": "PAT", "periodical": "JFULL",
    "personal_communication": "PCOMM", "post": "BLOG", "post-weblog": "BLOG", "report": "RPRT", "software": "COMP",
    "song": "SOUND", "speech": "SLIDE", "standard": "STAND", "thesis": "THES", "webpage": "ELEC",
}  # fmt: skip
"""Types of RIS by CSL type; any other is GEN."""
_RANGE = re.compile(r"(\w+)-(\w+)")


def ris_entry(item: BibliographyItem) -> str:
    """``item`` from TY to ER, with the line ends that the format wants."""
    lines = [f"TY  - {_TYPES.get(item.source.type, 'GEN')}"]
    lines += [f"{tag}  - {' '.join(text.split())}" for tag, text in _fields(item) if text.strip()]
    return "\r\n".join((*lines, "ER  - ", ""))


def _fields(item: BibliographyItem) -> Iterator[tuple[str, str]]:
    source, details = item.source, item.source.details
    is_serial = source.type.startswith(SERIALS)
    pages = _RANGE.fullmatch(details.get("page", ""))
    yield "ID", item.key
    yield "TI", source.title
    yield "ST", details.get("title-short", "")
    yield from (("AU", _name(name)) for name in item.authors)
    yield from (("ED", _name(name)) for name in item.editors)
    yield "DA", _date(source.issued)
    yield "PY", source.issued[:4]
    yield "JF" if is_serial else "T2", source.container_title
    yield "T3", details.get("collection-title", "")
    yield "VL", details.get("volume", "")
    yield "IS", details.get("issue", "") or ("" if is_serial else details.get("number", ""))
    yield "M1", details.get("number", "") if is_serial or "issue" in details else ""
    yield "SP", pages[1] if pages else details.get("page", "")
    yield "EP", pages[2] if pages else ""
    yield "ET", details.get("edition", "")
    yield "PB", source.publisher
    yield "CY", details.get("publisher-place", "")
    yield "M3", details.get("genre", "")
    yield "SN", details.get("ISBN", "")
    yield "DO", details.get("DOI", "")
    yield "UR", source.url
    yield "LA", source.language
    yield "Y2", _date(details.get("accessed", ""))
    yield "OP", item.translates.source.title if item.translates else ""
    yield from (("N1", note) for note in item.notes)


def _name(name: PublishedName) -> str:
    """A name as ``Family, Given, Suffix``; the format knows no other meaning of a comma."""
    if name.is_literal:
        return name.family.replace(",", "")
    family = f"{name.particle} {name.family}" if name.particle else name.family
    return ", ".join(part for part in (family, name.given, name.suffix) if part)


def _date(date: str) -> str:
    """A date as ``2026/03/04/``, with nothing between the slashes for what is not known."""
    parts = date.split("-")
    return "/".join((*parts, *("" for _ in range(3 - len(parts))), "")) if date else ""
