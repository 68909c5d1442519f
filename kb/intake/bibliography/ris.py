"""The entries of a RIS file, from TY to ER with a tag on each line, as publishers and reference managers export it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from kb.domain.problem import Problem
from kb.intake.bibliography.bibtex import ParsedBibliography
from kb.intake.bibliography.reference import BibliographyEntry, CslName

_TAG = re.compile(r"([A-Z][A-Z0-9])  -(?: (.*)|\s*)$")
_TYPES = {
    "ABST": "article-journal", "ADVS": "motion_picture", "AGGR": "dataset", "ART": "graphic", "BILL": "bill",
    "BLOG": "post-weblog", "BOOK": "book", "CASE": "legal_case", "CHAP": "chapter", "CHART": "graphic",
    "CLSWK": "classic", "COMP": "software", "CONF": "paper-conference", "CPAPER": "paper-conference",
    "CTLG": "book", "DATA": "dataset", "DBASE": "dataset", "DICT": "entry-dictionary", "EBOOK": "book",
    "ECHAP": "chapter", "EDBOOK": "book", "EJOUR": "article-journal", "ELEC": "webpage",
    "ENCYC": "entry-encyclopedia", "FIGURE": "figure", "GEN": "document", "GOVDOC": "report",
    "GRANT": "document", "HEAR": "hearing", "ICOMM": "personal_communication", "INPR": "article-journal",
    "JFULL": "periodical", "JOUR": "article-journal", "LEGAL": "legislation", "MANSCPT": "manuscript",
    "MAP": "map", "MGZN": "article-magazine", "MPCT": "motion_picture", "MULTI": "webpage", "MUSIC": "musical_score",
    "NEWS": "article-newspaper", "PAMP": "pamphlet", "PAT": "patent", "PCOMM": "personal_communication",
    "RPRT": "report", "SER": "book", "SLIDE": "speech", "SOUND": "song", "STAND": "standard", "STAT": "legislation",
    "THES": "thesis", "UNPB": "manuscript", "VIDEO": "motion_picture", "WEB": "webpage",
}  # fmt: skip
_FIELDS = {
    "title": ("TI", "T1", "CT"),
    "title-short": ("ST",),
    "container-title": ("JF", "JO", "T2", "BT", "JA", "J2"),
    "collection-title": ("T3",),
    "volume": ("VL",),
    "edition": ("ET",),
    "publisher": ("PB",),
    "publisher-place": ("CY", "PP"),
    "DOI": ("DO",),
    "URL": ("UR", "L2"),
    "language": ("LA",),
    "genre": ("M3",),
    "note": ("N1",),
    "issued": ("DA", "PY", "Y1"),
    "accessed": ("Y2",),
}
"""Tags by CSL variable; the first that is given counts."""
_AUTHORS, _EDITORS = ("AU", "A1"), ("ED", "A2")
_OTHER_TAGS = "TY ER ID AU A1 ED A2 IS M1 SN SP EP"
_KNOWN_TAGS = {tag for tags in _FIELDS.values() for tag in tags} | set(_OTHER_TAGS.split())
SERIALS = ("article", "periodical")
"""Beginnings of the CSL types of what appears in issues."""


@dataclass
class _Record:
    """An entry while it is read: its first line, and the texts of each tag."""

    line: int
    tags: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def first(self, tags: tuple[str, ...]) -> str:
        return next((text for tag in tags for text in self.tags.get(tag, ()) if text), "")


def read_ris(text: str, path: str) -> ParsedBibliography:
    """The entries of a RIS text, with a problem for each line that belongs to none."""
    problems: list[Problem] = []
    records = list(_records(text, path, problems))
    entries = tuple(_entry(record, path) for record in records)
    return ParsedBibliography(
        entries, tuple(problems), frozenset(tag for record in records for tag in record.tags) - _KNOWN_TAGS
    )


def _records(text: str, path: str, problems: list[Problem]) -> Iterator[_Record]:
    record: _Record | None = None
    last = ""
    for number, line in enumerate(re.split(r"\r\n?|\n", text), 1):
        match = _TAG.match(line.rstrip())
        where = f"{path}:{number}:1"
        if match and match[1] == "TY":
            if record is not None:
                problems.append(
                    Problem(
                        where=where, what=f"the entry from line {record.line} has no end", hint="write ER  - before it"
                    )
                )
                yield record
            record = _Record(number)
        if match and record is None and match[1] != "ER":
            problems.append(
                Problem(where=where, what=f"{match[1]} stands outside an entry", hint="an entry begins with TY")
            )
        elif match and record is not None and match[1] != "ER":
            last = match[1]
            record.tags[last].append((match[2] or "").strip())
        elif match and record is not None:
            yield record
            record = None
        elif line.strip() and record is not None and last:
            record.tags[last][-1] += f" {line.strip()}"  # a long text that an export broke
        elif line.strip() and not match:
            problems.append(
                Problem(
                    where=where,
                    what="this line is in no entry",
                    hint="an entry begins with TY",
                    excerpt=line[:200],
                    column=1,
                )
            )
    if record is not None:
        problems.append(
            Problem(
                where=f"{path}:{record.line}:1", what="this entry has no end; was the file cut off?", hint="write ER  -"
            )
        )
        yield record


def _entry(record: _Record, path: str) -> BibliographyEntry:
    kind = record.first(("TY",)).upper()
    type = _TYPES.get(kind, kind)
    variables = {name: record.first(tags) for name, tags in _FIELDS.items()}
    is_serial = type.startswith(SERIALS)
    issue, number = record.first(("IS",)), record.first(("M1",))
    if issue and number:
        variables |= {"issue": issue, "number": number}
    else:
        variables["issue" if is_serial else "number"] = issue or number
    variables["page"] = "-".join(part for part in (record.first(("SP",)), record.first(("EP",))) if part)
    variables["ISBN"] = "" if is_serial else record.first(("SN",))
    variables["issued"], variables["accessed"] = _date(variables["issued"]), _date(variables["accessed"])
    return BibliographyEntry(
        where=f"{path}:{record.line}:1",
        key=_key(record.first(("ID",))),
        type=type,
        variables=variables,
        authors=_names(record, _AUTHORS),
        editors=_names(record, _EDITORS),
    )


def _key(id: str) -> str:
    return "" if id.isdigit() else id


def _date(text: str) -> str:
    """A date like ``2026/03/04/``, parts of which may be empty, as ``2026-03-04``."""
    parts = re.fullmatch(r"(\d{4})/(\d{0,2})/(\d{0,2})(?:/.*)?|(\d{4})/*", text.strip())
    if not parts:
        return text
    return "-".join(f"{int(part):02}" for part in parts.groups() if part)


def _names(record: _Record, tags: tuple[str, ...]) -> tuple[CslName, ...]:
    texts = [text for tag in tags for text in record.tags.get(tag, ()) if text]
    return tuple(_name(text) for text in dict.fromkeys(texts))


def _name(text: str) -> CslName:
    """A name written ``Family, Given, Suffix``; without a comma, an organisation or a name as published."""
    family, *rest = (part.strip() for part in text.split(","))
    return CslName(" ".join((family, *rest[1:])), rest[0] if rest else "")
