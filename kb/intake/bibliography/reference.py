"""What is one entry of a bibliography? Fields by their CSL names; whatever fits none of ours is said and not lost."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kb.domain.entity import DETAILS
from kb.domain.problem import Problem
from kb.intake.bibliography.language import language_tag
from kb.intake.paper.day import read_date
from kb.intake.record import CSL_TYPES

_DOI = re.compile(r"(?:(?:https?://)?(?:dx\.)?doi\.org/|doi:\s*)?(10\.[0-9]{4,9}/\S+)", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class Name:
    """A name in its two parts; a body such as an office has only ``family``."""

    family: str
    given: str = ""

    def __str__(self) -> str:
        """As it is published: the given name first, or, in Chinese, Japanese and Korean, the family's without a space.

        >>> str(Name("von der Brandt Jr", "Ole")), str(Name("林", "默"))
        ('Ole von der Brandt Jr', '林默')
        """
        if self.given and _WIDE.search(self.family) and _WIDE.search(self.given):
            return self.family + self.given
        return " ".join(part for part in (self.given, self.family) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry as its format tells it.

    Attributes:
        where: Its place, e.g. ``refs.bib:12:1``.
        key: What the bibliography calls it; empty where it calls it nothing of use to a person.
        type: A CSL type; another word where it is none.
        said: Texts by CSL variable, e.g. ``{"title": "The pass", "issued": "2026-03"}``.
        remarks: What somebody who looks over the seed file should know.
    """

    where: str
    key: str
    type: str
    said: Mapping[str, str]
    authors: tuple[Name, ...] = ()
    editors: tuple[Name, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One entry as a source would have it; ``language`` is ``und`` where nobody says."""

    where: str
    key: str
    type: str
    title: str
    language: str
    authors: tuple[Name, ...] = ()
    editors: tuple[Name, ...] = ()
    container_title: str = ""
    publisher: str = ""
    url: str = ""
    issued: str = ""
    details: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bibliography:
    """What a file lists: its entries in order, a problem for each that is none, and names of fields left out."""

    references: tuple[Reference, ...]
    problems: tuple[Problem, ...] = ()
    left_out: tuple[str, ...] = ()


def reference_of(entry: Entry, language: str = "") -> Reference | Problem:
    """The entry as a source would have it; a problem where it has no title.

    A date, an address, a DOI or a type that is none is put into words in the remarks. ``language`` is taken where the
    entry says none.
    """
    said = {name: " ".join(text.split()) for name, text in entry.said.items() if text.strip()}
    if not said.get("title"):
        name = f"'{entry.key}'" if entry.key else "the entry"
        return Problem(entry.where, f"{name} has no title, so it was left out", "a source needs a title")
    remarks = list(entry.remarks)
    if entry.type not in CSL_TYPES:
        remarks.append(f"the bibliography calls it '{entry.type}'; choose a type")
    checked: dict[str, str] = {}
    for name in ("issued", "accessed", "DOI", "URL"):
        if name in said:
            checked[name] = _checked(name, said[name], remarks)
    tag, doubt = language_tag(said.get("language", ""), said["title"], language)
    remarks += [doubt] if doubt else []
    return Reference(
        where=entry.where,
        key=entry.key,
        type=entry.type if entry.type in CSL_TYPES else "document",
        title=said["title"],
        language=tag,
        authors=entry.authors,
        editors=entry.editors,
        container_title=said.get("container-title", ""),
        publisher=said.get("publisher", ""),
        url=checked.get("URL", ""),
        issued=checked.get("issued", ""),
        details={name: text for name in DETAILS if (text := checked.get(name, said.get(name, "")))},
        note=said.get("note", ""),
        remarks=tuple(remarks),
    )


def _checked(name: str, text: str, remarks: list[str]) -> str:
    """``text`` in the form that a seed file wants; empty, with a remark, where it has none."""
    found = ""
    if name in ("issued", "accessed"):
        found = read_date(text)
    elif name == "DOI" and (doi := _DOI.fullmatch(text)):
        found = doi[1]
    elif name == "URL" and (address := _ADDRESS.match(text)):
        found = address[0]
    if not found or (name == "URL" and found != text):
        remarks.append(f"{name} as the bibliography has it: {text}")
    return found
