"""An entry of a bibliography by CSL variables, and the source that it describes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from kb.domain.entity import DETAILS
from kb.domain.problem import Problem
from kb.intake.document_reader.dates import read_date
from kb.intake.document_reader.opening_lines import language_of
from kb.intake.source_record import CSL_TYPES

_NAMES = """
en english eng anglais; en-US american usenglish; en-GB british ukenglish; en-AU australian; en-CA canadian
de german ngerman deutsch ger deu; de-AT austrian naustrian; fr french francais français fre fra; es spanish español spa
it italian italiano ita; pt portuguese portugues português por; pt-BR brazilian brazil; nl dutch nederlands dut nld
zh chinese chi zho 中文 汉语 漢語; ja japanese jpn 日本語; ko korean kor 한국어; ru russian rus русский; pl polish pol
sv swedish swe; da danish dan; nb norwegian norsk nor; fi finnish fin; cs czech cze ces; el greek gre ell
tr turkish tur; ar arabic ara; he hebrew heb; uk ukrainian ukr; hu hungarian magyar hun; la latin lat; ca catalan cat
ro romanian rum ron
"""
_TAGS = {
    name: tag
    for line in re.split(r"[;\n]", _NAMES.strip())
    for tag, *names in [line.split()]
    for name in (tag.lower(), *names)
}
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")


def language_tag(stated: str, title: str, default: str = "") -> tuple[str, str]:
    """The BCP 47 tag of what is ``stated``, or ``default``, or that of ``title``, or ``und``; and a remark.

    The remark says that the language was guessed; it is empty where it was stated.

    >>> language_tag("ngerman", ""), language_tag("en_GB", ""), language_tag("", "Flotte")[0]
    (('de', ''), ('en-GB', ''), 'und')
    """
    name = stated.strip().replace("_", "-")
    if tag := _TAGS.get(name.lower()) or (name if _TAG.fullmatch(name) else ""):
        return tag, ""
    quotation = f" (the bibliography says '{name}')" if name else ""
    if default and not name:
        return default, ""
    if guess := language_of(title, least=2):
        return guess.value, f"language is a guess from the title{quotation}"
    return "und", f"language: nobody says; write its tag in place of und{quotation}"


_DOI = re.compile(r"(?:(?:https?://)?(?:dx\.)?doi\.org/|doi:\s*)?(10\.[0-9]{4,9}/\S+)", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class CslName:
    """A name in two parts; an organisation has only ``family``."""

    family: str
    given: str = ""

    def __str__(self) -> str:
        """The name as published: given name first, or, in Chinese, Japanese and Korean, last and without a space.

        >>> str(CslName("von der Brandt Jr", "Ole")), str(CslName("林", "默"))
        ('Ole von der Brandt Jr', '林默')
        """
        if self.given and _WIDE.search(self.family) and _WIDE.search(self.given):
            return self.family + self.given
        return " ".join(part for part in (self.given, self.family) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class BibliographyEntry:
    """An entry, independent of its format.

    Attributes:
        where: Its place, e.g. ``refs.bib:12:1``.
        key: Its key in the bibliography; empty where that is of no use to a person.
        type: A CSL type, or another word.
        variables: Texts by CSL variable, e.g. ``{"title": "The pass", "issued": "2026-03"}``.
        remarks: What whoever reviews the seed file should know.
    """

    where: str
    key: str
    type: str
    variables: Mapping[str, str]
    authors: tuple[CslName, ...] = ()
    editors: tuple[CslName, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """An entry with the fields of a source.

    ``language`` is ``und`` where it is unknown, and ``issued_doubt`` says why the date is uncertain where it is.
    """

    where: str
    key: str
    type: str
    title: str
    language: str
    authors: tuple[CslName, ...] = ()
    editors: tuple[CslName, ...] = ()
    container_title: str = ""
    publisher: str = ""
    url: str = ""
    issued: str = ""
    issued_doubt: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bibliography:
    """The references of a file, a problem for each entry that cannot be read, and names of fields that are left out."""

    references: tuple[Reference, ...]
    problems: tuple[Problem, ...] = ()
    left_out: tuple[str, ...] = ()


def reference_of(entry: BibliographyEntry, language: str = "") -> Reference | Problem:
    """The reference of an entry; a problem where it has no title.

    A date, address, DOI or type that is not valid moves to the remarks. ``language`` is the tag of entries without one.
    """
    variables = {name: " ".join(text.split()) for name, text in entry.variables.items() if text.strip()}
    if not variables.get("title"):
        name = f"'{entry.key}'" if entry.key else "the entry"
        return Problem(
            where=entry.where, what=f"{name} has no title, so it was left out", hint="a source needs a title"
        )
    remarks = list(entry.remarks)
    if entry.type not in CSL_TYPES:
        remarks.append(f"the bibliography calls it '{entry.type}'; choose a type")
    normalized: dict[str, str] = {}
    issued, doubt_of_date = date_and_doubt(variables.get("issued", ""))
    if "issued" in variables and not issued:
        remarks.append(f"issued as the bibliography has it: {variables['issued']}")
    for name in ("accessed", "DOI", "URL"):
        if name in variables:
            normalized[name] = _normalized(name, variables[name], remarks)
    tag, doubt = language_tag(variables.get("language", ""), variables["title"], language)
    remarks += [doubt] if doubt else []
    return Reference(
        where=entry.where,
        key=entry.key,
        type=entry.type if entry.type in CSL_TYPES else "document",
        title=variables["title"],
        language=tag,
        authors=entry.authors,
        editors=entry.editors,
        container_title=variables.get("container-title", ""),
        publisher=variables.get("publisher", ""),
        url=normalized.get("URL", ""),
        issued=issued,
        issued_doubt=doubt_of_date,
        details={name: text for name in DETAILS if (text := normalized.get(name, variables.get(name, "")))},
        note=variables.get("note", ""),
        remarks=tuple(remarks),
    )


_DOUBT = re.compile(r"[?~%\[\]]|\b(?:circa|ca|c|um|about)\b\.?", re.IGNORECASE)
_UNKNOWN_PART = re.compile(r"(?:-(?:00|[uUxX]{2}))+(?=$|/)")
_YEAR = re.compile(r"(?<!\d)(?:1[0-9]|20)\d\d(?!\d)")


def date_and_doubt(stated: str) -> tuple[str, str]:
    """The date that a bibliography states as a seed file writes it, and why it is uncertain; empty for neither.

    Of a span the beginning counts. Months and days that are zero are not known. A date that is marked as uncertain, and
    a year that is all that can be read, keep what the bibliography says as the doubt.

    >>> date_and_doubt("Sept./1988"), date_and_doubt("2013-00-00")
    (('1988-09', ''), ('2013', ''))
    >>> date_and_doubt("2004?")
    ('2004', "the bibliography says '2004?'")
    """
    doubt = f"the bibliography says '{stated}'"
    bare = _UNKNOWN_PART.sub("", " ".join(_DOUBT.sub(" ", stated).split()))
    is_doubted = _DOUBT.search(stated) is not None
    for text in (bare, bare.partition("/")[0], bare.replace("/", " ")):
        if date := read_date(text):
            return date, doubt if is_doubted else ""
    years = _YEAR.findall(bare)
    return (years[0], doubt) if years else ("", "")


def _normalized(name: str, text: str, remarks: list[str]) -> str:
    """``text`` in the form of a seed file; empty, with a remark added, where it is not valid."""
    normalized = ""
    if name == "accessed":
        normalized = date_and_doubt(text)[0]
    elif name == "DOI" and (doi := _DOI.fullmatch(text)):
        normalized = doi[1]
    elif name == "URL" and (address := _ADDRESS.match(text)) and _has_host(address[0]):
        normalized = address[0]
    if not normalized or (name == "URL" and normalized != text):
        remarks.append(f"{name} as the bibliography has it: {text}")
    return normalized


def _has_host(address: str) -> bool:
    """Whether ``address`` names a host, and a port that can be one if it names any."""
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
