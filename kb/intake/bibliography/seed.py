"""How does a bibliography become a seed file? A source for each entry, ids that last, comments on what to look at."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.domain.entity import Source
from kb.intake.bibliography.likeness import Known, alike
from kb.intake.bibliography.reference import Bibliography, Reference
from kb.intake.emit import emit
from kb.intake.entry import keys_of
from kb.intake.phrase import Written, spelled
from kb.intake.record import FigureRecord

_LONGEST = 60
_ITEM = re.compile(r"  - id: (\S+)$", re.MULTILINE)
_SMALL = frozenset(
    ("a", "an", "the", "of", "on", "in", "and", "for", "to", "der", "die", "das", "le", "la", "les", "ein")
)


@dataclass(frozen=True, slots=True)
class Seeded:
    """A seed file's text, and how many of its sources may be known already."""

    text: str
    sources: int
    doubles: int


def seed_of(bibliography: Bibliography, file: str, origin: str, sources: Iterable[Source] = ()) -> Seeded:
    """A seed file ``file`` with a source for each entry of ``bibliography``; the same entries give the same text.

    Args:
        file: The id of the seed file.
        origin: What the bibliography is called, for the comment at the top.
        sources: Those that the base has; entries that may be one of them are marked in a comment, never merged.
    """
    ids = _ids(bibliography.references)
    known = [_known(source) for source in sources if source.file != file]
    remarks: dict[str, list[str]] = {}
    doubles = 0
    for id, reference in zip(ids, bibliography.references, strict=True):
        this = _reading(id, reference)
        found = alike(this, known)
        doubles += bool(found)
        remarks[id] = [*found, *reference.remarks]
        known.append(this)
    written = [_source(id, one) for id, one in zip(ids, bibliography.references, strict=True)]
    text = emit({"kb": "1", "id": file, "sources": written})
    return Seeded(_remarked(text, origin, bibliography.left_out, remarks), len(ids), doubles)


def _remarked(text: str, origin: str, left_out: Sequence[str], remarks: dict[str, list[str]]) -> str:
    """``text`` with the remarks on each source above it, and at the top what holds for all."""
    head = [
        f"# The sources of {origin}, yet to be judged: write `reliability: B` and `reliability-why: …` into each.",
        "# Until then a source counts as F, cannot be judged.",
    ]
    head += [f"# Fields without a place in a source were left out: {', '.join(left_out)}."] if left_out else []

    def above(found: re.Match[str]) -> str:
        lines = (f"  # {_on_one_line(remark)}\n" for remark in remarks.get(found[1], ()))
        return "".join(lines) + found[0]

    return "".join(f"{_on_one_line(line)}\n" for line in head) + _ITEM.sub(above, text)


def _on_one_line(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)[:300]


def _source(id: str, reference: Reference) -> Written:
    return spelled(
        id=id,
        type=reference.type,
        title=reference.title,
        author=[str(name) for name in reference.authors],
        editor=[str(name) for name in reference.editors],
        container_title=reference.container_title,
        publisher=reference.publisher,
        URL=reference.url,
        **reference.details,
        issued=reference.issued,
        language=reference.language,
        note=reference.note,
    )


def _known(source: Source) -> Known:
    return Known(
        f"source {source.slug} of the base", source.title, source.issued, source.details.get("DOI", ""), source.url
    )


def _reading(id: str, reference: Reference) -> Known:
    return Known(id, reference.title, reference.issued, reference.details.get("DOI", ""), reference.url)


def _ids(references: Sequence[Reference]) -> list[str]:
    """An id for each: its key, or its first author and year; where two are the same, with a word of the title."""
    reserved = frozenset(keys_of(FigureRecord))
    taken: set[str] = set()
    ids = []
    for reference in references:
        base = slug(reference.key) or _by_author(reference)
        worded = _cut(f"{base}-{_word(reference.title)}")
        options = [base, worded, *(f"{base[: _LONGEST - 6]}-{number}" for number in range(2, len(references) + 3))]
        id = next(option for option in options if option and option not in taken and option not in reserved)
        taken.add(id)
        ids.append(id)
    return ids


def _by_author(reference: Reference) -> str:
    names = reference.authors or reference.editors
    first = slug(names[0].family) if names else ""
    parts = (first or _word(reference.title), reference.issued[:4])
    return _cut("-".join(part for part in parts if part)) or "work"


def _word(title: str) -> str:
    words = (slug(word) for word in title.split())
    return next((word for word in words if word and word not in _SMALL), "")


def slug(text: str) -> str:
    """``text`` in the letters of an id; empty where it has none of them.

    >>> slug("DBLP:conf/Köhler_2020"), slug("林默")
    ('dblp-conf-kohler-2020', '')
    """
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ø", "o").replace("Ø", "O"))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter)).lower()
    return _cut(re.sub(r"[^a-z0-9]+", "-", letters).strip("-"))


def _cut(text: str) -> str:
    return text[:_LONGEST].strip("-")
