"""The entries of a BibTeX or BibLaTeX file, with strings, cross-references, names and LaTeX resolved."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names
from bibtexparser.model import Block, DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Field, ParsingFailedBlock, String
from bibtexparser.model import Entry as Bib
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from kb.domain.problem import Problem
from kb.intake.bibliography.reference import BibliographyEntry, CslName
from kb.intake.source_record import CSL_TYPES

_BARE = re.compile(r"(?<!\\)([%&#])")
"""In BibTeX these are letters; to LaTeX they would be a comment, a column and an argument."""
_HREF = re.compile(r"\\href\s*\{[^{}]*\}")
_LOGOS = ("TeX", "LaTeX", "BibTeX", "LaTeXe")
_ASCII_SIGNS = {
    "textasciicircum": "^", "textasciigrave": "`", "textasciitilde": "~", "textbraceleft": "{", "textbraceright": "}",
}  # fmt: skip
"""Macros that the library does not know, or takes for accents."""
_MAX_DEPTH = 50


def _converter() -> LatexNodes2Text:
    context = get_default_latex_context_db()
    own = [MacroTextSpec(name, simplify_repl=name) for name in _LOGOS] + [MacroTextSpec("url", simplify_repl="%s")]
    own += [MacroTextSpec(name, simplify_repl=sign) for name, sign in _ASCII_SIGNS.items()]
    context.add_context_category("bibliography", prepend=True, macros=own)
    return LatexNodes2Text(latex_context=context, math_mode="verbatim", strict_latex_spaces=False)


_CONVERTER = _converter()


def latex_to_text(text: str) -> str:
    r"""``text`` without LaTeX.

    >>> latex_to_text(r"{C}af{\'e}s \& co: 50% of \emph{\$40} --- t{\"o}o 'dear'")
    "Cafés & co: 50% of $40 — töo 'dear'"
    """
    if not any(sign in text for sign in "\\{}$~`'-"):
        return text
    if text.count("{") > _MAX_DEPTH:
        return re.sub(r"[{}]", "", text)
    try:
        read: str = _CONVERTER.latex_to_text(_BARE.sub(r"\\\1", _HREF.sub("", text)))
    except (RecursionError, IndexError, ValueError):
        return re.sub(r"[{}]", "", text)
    return re.sub(r"\s+", " ", read).strip()


# What the library logs is in our problems as well.
logging.getLogger("bibtexparser").addHandler(logging.NullHandler())

ENTRY_TYPES = {
    "article": "article-journal", "book": "book", "mvbook": "book", "booklet": "pamphlet", "inbook": "chapter",
    "bookinbook": "chapter", "suppbook": "chapter", "incollection": "chapter", "suppcollection": "chapter",
    "collection": "book", "mvcollection": "book", "reference": "book", "inreference": "entry-encyclopedia",
    "inproceedings": "paper-conference", "conference": "paper-conference", "proceedings": "book",
    "mvproceedings": "book", "manual": "report", "techreport": "report", "report": "report", "phdthesis": "thesis",
    "mastersthesis": "thesis", "thesis": "thesis", "unpublished": "manuscript", "misc": "document",
    "online": "webpage", "electronic": "webpage", "www": "webpage", "dataset": "dataset", "software": "software",
    "patent": "patent", "periodical": "periodical", "standard": "standard", "letter": "personal_communication",
    "legislation": "legislation", "jurisdiction": "legal_case", "video": "motion_picture", "audio": "song",
    "movie": "motion_picture", "music": "song", "image": "graphic", "artwork": "graphic", "review": "review",
}  # fmt: skip
"""CSL types by entry type."""
_GENRES = {"phdthesis": "PhD thesis", "mastersthesis": "Master's thesis", "techreport": ""}
_FIELDS = {
    "title": ("title",),
    "title-short": ("shorttitle",),
    "container-title": ("journaltitle", "journal", "booktitle", "maintitle", "eventtitle"),
    "collection-title": ("series",),
    "volume": ("volume",),
    "page": ("pages",),
    "edition": ("edition",),
    "publisher": ("publisher", "institution", "school", "organization"),
    "publisher-place": ("location", "address"),
    "genre": ("type",),
    "DOI": ("doi",),
    "URL": ("url",),
    "ISBN": ("isbn",),
    "accessed": ("urldate",),
    "language": ("langid", "language"),
    "note": ("note", "addendum"),
}
"""Fields of BibTeX and BibLaTeX by CSL variable; the first that is given counts."""
_OTHER_FIELDS = """
author editor year month day date number issue subtitle titleaddon howpublished eprint archiveprefix eprinttype
crossref xdata entrysubtype eid
"""
_KNOWN_FIELDS = {name for names in _FIELDS.values() for name in names} | set(_OTHER_FIELDS.split())
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NOT_INHERITED = frozenset(("title", "subtitle", "titleaddon", "crossref", "xdata", "key", "shorttitle", "ids"))
_ARCHIVES = {"arxiv": "https://arxiv.org/abs/"}
_LINK = re.compile(r"\\(?:url|href)\s*\{(https?://[^{}\s]+)\}|(https?://\S+)")


@dataclass(frozen=True, slots=True)
class ParsedBibliography:
    """The entries of a file, its problems, and the names of fields that a source cannot hold."""

    entries: tuple[BibliographyEntry, ...]
    problems: tuple[Problem, ...]
    left_out: frozenset[str]


def read_bibtex(text: str, path: str) -> ParsedBibliography:
    """The entries of a BibTeX file, with a problem for each entry that cannot be read."""
    blocks = parse_string(text, parse_stack=[]).blocks
    strings = {block.key.lower(): str(block.value) for block in blocks if isinstance(block, String)}
    bibs = [bib for block in blocks if (bib := _entry(block)) is not None]
    field_maps = [_fields(bib, strings) for bib in bibs]
    # Where a key occurs twice, the first entry counts, as it does for BibTeX.
    by_key = {bib.key.lower(): fields for bib, fields in zip(reversed(bibs), reversed(field_maps), strict=True)}
    seen: set[str] = set()
    entries = []
    for bib, fields in zip(bibs, field_maps, strict=True):
        entries.append(_bibliography_entry(bib, _inherited(fields, by_key), path, again=bib.key.lower() in seen))
        seen.add(bib.key.lower())
    broken = [block for block in blocks if isinstance(block, ParsingFailedBlock) and _entry(block) is None]
    problems = tuple(_problem(block, path) for block in broken)
    return ParsedBibliography(
        tuple(entries), problems, frozenset(name for fields in field_maps for name in fields) - _KNOWN_FIELDS
    )


def _entry(block: Block) -> Bib | None:
    """The entry in ``block``, even if its key or one of its fields occurs twice; None for anything else."""
    inner = block.ignore_error_block if isinstance(block, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock) else block
    return inner if isinstance(inner, Bib) else None


def _problem(block: ParsingFailedBlock, path: str) -> Problem:
    why = getattr(block.error, "abort_reason", "") or "it is not BibTeX"
    first = (block.raw or "").strip().partition("\n")[0][:200]
    what = f"this entry cannot be read, so it was left out: {' '.join(str(why).split()).rstrip('.')}"
    place = f"{path}:{(block.start_line or 0) + 1}:1"
    return Problem(
        where=place, what=what, hint="look for a brace or a quote that nothing closes", excerpt=first, column=1
    )


def _fields(bib: Bib, strings: Mapping[str, str]) -> dict[str, str]:
    """The raw texts of the fields by their lower-case names."""
    return {field.key.lower(): _value(field, strings) for field in bib.fields}


def _value(field: Field, strings: Mapping[str, str]) -> str:
    """The text of a field, without delimiters, with strings replaced and parts joined."""
    return "".join(_part(part, strings) for part in _parts(str(field.value)))


def _parts(text: str) -> Iterator[str]:
    """The parts of a field, which are separated by ``#`` outside braces and quotes."""
    depth, quoted, start = 0, False, 0
    for place, sign in enumerate(text):
        if sign == "\\" or (place and text[place - 1] == "\\"):
            continue
        depth += (sign == "{") - (sign == "}")
        quoted ^= sign == '"' and depth == 0
        if sign == "#" and depth == 0 and not quoted:
            yield text[start:place].strip()
            start = place + 1
    yield text[start:].strip()


def _part(text: str, strings: Mapping[str, str]) -> str:
    if len(text) > 1 and (text[0], text[-1]) in (("{", "}"), ('"', '"')):
        return text[1:-1]
    definition = strings.get(text.lower())
    return (
        text
        if definition is None
        else "".join(_part(part, strings) for part in _parts(definition) if part.lower() != text.lower())
    )


def _inherited(fields: dict[str, str], by_key: Mapping[str, dict[str, str]]) -> dict[str, str]:
    """``fields``, and those inherited from the entries that ``crossref`` and ``xdata`` name."""
    parents = ",".join(fields.get(name, "") for name in ("crossref", "xdata")).split(",")
    for parent in (by_key.get(name.strip().lower(), {}) for name in parents):
        more = {name: text for name, text in parent.items() if name not in _NOT_INHERITED}
        if "crossref" in fields and "title" in parent:
            more.setdefault("booktitle", parent["title"])
        fields = more | fields
    return fields


def _bibliography_entry(bib: Bib, fields: Mapping[str, str], path: str, *, again: bool) -> BibliographyEntry:
    variables = {name: _first(fields, names) for name, names in _FIELDS.items()}
    kind = bib.entry_type.lower()
    type = _type(kind, fields)
    variables["title"] = _title(fields)
    variables["issued"] = _issued(fields)
    variables["page"] = variables["page"].replace("--", "-").replace("–", "-")
    # BibLaTeX numbers the issues of a journal with the field that numbers a report.
    is_article = type.startswith("article")
    variables["issue"] = _first(fields, ("number", "issue") if is_article else ("issue",))
    variables["number"] = _first(fields, ("eid",) if is_article else ("number",))
    variables["DOI"] = fields.get("doi", "").replace("\\", "").strip()
    variables["URL"] = fields.get("url", "").replace("\\", "").strip() or _linked_address(fields)
    variables["genre"] = variables["genre"] or _GENRES.get(kind, "")
    if "howpublished" in fields and not _LINK.search(fields["howpublished"]):
        variables["publisher"] = variables["publisher"] or latex_to_text(fields["howpublished"])
    twice = {
        field.key.lower()
        for field in bib.fields
        if sum(field.key.lower() == sibling.key.lower() for sibling in bib.fields) > 1
    }
    remarks = [f"{name} stands twice in the entry; the last one is taken" for name in sorted(twice)]
    remarks += [f"the key '{bib.key}' stands twice in the bibliography"] if again else []
    return BibliographyEntry(
        where=f"{path}:{(bib.start_line or 0) + 1}:1",
        key=bib.key,
        type=type,
        variables=variables,
        authors=_names(fields.get("author", "")),
        editors=_names(fields.get("editor", "")),
        remarks=(*remarks, *_cut_off_remarks(fields)),
    )


def _first(fields: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((latex_to_text(fields[name]) for name in names if fields.get(name, "").strip()), "")


def _type(kind: str, fields: Mapping[str, str]) -> str:
    subtype = fields.get("entrysubtype", "").lower()
    if kind == "article" and f"article-{subtype}" in CSL_TYPES:
        return f"article-{subtype}"
    if subtype in CSL_TYPES:
        return subtype
    if kind == "misc" and (_linked_address(fields) or fields.get("url")):
        return "article" if fields.get("eprint") else "webpage"
    return ENTRY_TYPES.get(kind, kind)


def _title(fields: Mapping[str, str]) -> str:
    title, more = latex_to_text(fields.get("title", "")), latex_to_text(fields.get("subtitle", ""))
    return f"{title}{' ' if title.endswith(('?', '!', ':')) else ': '}{more}" if title and more else title or more


def _issued(fields: Mapping[str, str]) -> str:
    # A tilde is a blank to LaTeX, and "about" in a date of BibLaTeX.
    if date := latex_to_text(fields.get("date", "").replace("~", r"\textasciitilde{}")):
        return date
    year, month, day = (latex_to_text(fields.get(name, "")) for name in ("year", "month", "day"))
    if not re.fullmatch(r"\d{4}", year):
        return year
    if not (number := _month(month)):
        # "Spring" is no month, but all that the bibliography says.
        return f"{month} {year}" if any(map(str.isalpha, month)) else year
    inside = re.search(r"\b(\d{1,2})\b", month) if not month.isdigit() else None
    day_text = day if day.isdigit() else inside[1] if inside else ""
    return f"{year}-{number:02}" + (f"-{int(day_text):02}" if day_text else "")


def _month(text: str) -> int:
    if text.isdigit():
        return int(text) if 1 <= int(text) <= 12 else 0
    name = re.search(r"[a-z]{3}", text.lower())
    return _MONTHS.index(name[0]) + 1 if name and name[0] in _MONTHS else 0


def _linked_address(fields: Mapping[str, str]) -> str:
    """The address in ``howpublished``, or that of the ``eprint`` in its archive; empty for none."""
    if match := _LINK.search(fields.get("howpublished", "")):
        return (match[1] or match[2]).rstrip(".,}")
    archive = (fields.get("archiveprefix") or fields.get("eprinttype") or "").lower()
    return (
        f"{_ARCHIVES[archive]}{latex_to_text(fields['eprint'])}" if archive in _ARCHIVES and "eprint" in fields else ""
    )


def _names(text: str) -> tuple[CslName, ...]:
    people = split_multiple_persons_names(" ".join(text.split())) if text.strip() else []
    return tuple(name for person in people if person.strip() != "others" and (name := _name(person)).family)


def _name(text: str) -> CslName:
    parts = parse_single_name_into_parts(text, strict=False)
    family = " ".join(latex_to_text(part) for part in (*parts.von, *parts.last, *parts.jr))
    return CslName(family.strip(), " ".join(latex_to_text(part) for part in parts.first))


def _cut_off_remarks(fields: Mapping[str, str]) -> list[str]:
    cut = [name for name in ("author", "editor") if re.search(r"\band others\s*$", fields.get(name, ""))]
    return [f"the bibliography cuts the list of {name}s off with 'and others'" for name in cut]
