"""A seed file made from a BibTeX, RIS or CSL-JSON file, with stable ids and comments on what to check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.domain.entity import Source
from kb.domain.problem import Problem
from kb.domain.slug import cut_slug, slug_of, unused_slug
from kb.intake.bibliography.bibtex import ParsedBibliography, read_bibtex
from kb.intake.bibliography.csl import read_csl
from kb.intake.bibliography.duplicates import ComparedSource, compared_source, duplicate_remarks
from kb.intake.bibliography.reference import Bibliography, Reference, reference_of
from kb.intake.bibliography.ris import read_ris
from kb.intake.record import FigureRecord
from kb.intake.seed_entry import Written, seed_text, written_entry, written_inference
from kb.intake.shape import keys_of
from kb.intake.source_record import SourceRecord
from kb.intake.text_file import read_text
from kb.intake.yaml_writer import Remarked

_READERS: Mapping[str, Callable[[str, str], ParsedBibliography]] = {
    ".bib": read_bibtex,
    ".ris": read_ris,
    ".json": read_csl,
}


def read_bibliography(path: Path, language: str = "") -> Bibliography:
    """The references of the file at ``path``, with a problem for each entry that cannot be read.

    Args:
        path: A file with one of ``SUFFIXES``.
        language: The BCP 47 tag of entries without a language.
    """
    text = read_text(path)
    if isinstance(text, Problem):
        return Bibliography((), (text,))
    parsed = _READERS[path.suffix.lower()](text, str(path))
    references_or_problems = [reference_of(entry, language) for entry in parsed.entries]
    references = tuple(reference for reference in references_or_problems if isinstance(reference, Reference))
    problems = (*parsed.problems, *(problem for problem in references_or_problems if isinstance(problem, Problem)))
    if not references_or_problems and not problems:
        problems = (Problem(where=str(path), what="there is no entry in it", hint="is this a bibliography?"),)
    return Bibliography(references, problems, tuple(sorted(parsed.left_out)))


_SMALL_WORDS = frozenset(
    ("a", "an", "the", "of", "on", "in", "and", "for", "to", "der", "die", "das", "le", "la", "les", "ein")
)


@dataclass(frozen=True, slots=True)
class ConvertedBibliography:
    """The text of a seed file, with the numbers of its sources and of those that the base may have already."""

    text: str
    source_count: int
    duplicate_count: int


def convert_bibliography(
    bibliography: Bibliography, file: str, origin: str, sources: Iterable[Source] = ()
) -> ConvertedBibliography:
    """A seed file with a source for each reference; the same references give the same text.

    Args:
        file: The id of the seed file.
        origin: The name of the bibliography, for the comment at the top.
        sources: The sources of the base; a comment marks references that may be one of them.
    """
    ids = _ids(bibliography.references)
    known = [compared_source(source, f"source {source.slug} of the base") for source in sources if source.file != file]
    remarks: dict[str, list[str]] = {}
    duplicate_count = 0
    for id, reference in zip(ids, bibliography.references, strict=True):
        candidate = _compared_reference(id, reference)
        duplicates = duplicate_remarks(candidate, known)
        duplicate_count += bool(duplicates)
        remarks[id] = [*duplicates, *reference.remarks]
        known.append(candidate)
    entries = [_source(id, reference, remarks[id]) for id, reference in zip(ids, bibliography.references, strict=True)]
    text = seed_text(file, head=_head(origin, bibliography.left_out), sources=entries)
    return ConvertedBibliography(text, len(ids), duplicate_count)


def _head(origin: str, left_out: Sequence[str]) -> Iterator[str]:
    yield f"The sources of {origin}, yet to be judged: write `reliability: B` and `reliability-why: …` into each."
    yield "Until then a source counts as F, cannot be judged."
    if left_out:
        yield f"Fields without a place in a source were left out: {', '.join(left_out)}."


def _source(id: str, reference: Reference, remarks: Sequence[str]) -> Written:
    return written_entry(
        SourceRecord,
        id=Remarked(id, *remarks, above=True) if remarks else id,
        type=reference.type,
        title=reference.title,
        author=[str(name) for name in reference.authors],
        editor=[str(name) for name in reference.editors],
        container_title=reference.container_title,
        publisher=reference.publisher,
        URL=reference.url,
        **reference.details,
        issued=written_inference("issued", [reference.issued], reference.issued_doubt or None)
        if reference.issued
        else None,
        language=reference.language,
        note=reference.note,
    )


def _compared_reference(id: str, reference: Reference) -> ComparedSource:
    return ComparedSource(
        name=id,
        title=reference.title,
        issued=reference.issued,
        doi=reference.details.get("DOI", ""),
        url=reference.url,
    )


def _ids(references: Sequence[Reference]) -> list[str]:
    """An id for each reference: its key, or first author and year, with a word of the title if that is taken."""
    # The id of a source is a key of its file's figures, for mentions in that source: a source cannot be called 'value'.
    taken = set(keys_of(FigureRecord))
    ids = []
    for reference in references:
        base = slug_of(reference.key) or _author_id(reference)
        worded = cut_slug(f"{base}-{_title_word(reference.title)}")
        id = next((id for id in (base, worded) if id not in taken), None) or unused_slug(base, taken)
        taken.add(id)
        ids.append(id)
    return ids


def _author_id(reference: Reference) -> str:
    names = reference.authors or reference.editors
    first = slug_of(names[0].family) if names else ""
    parts = (first or _title_word(reference.title), reference.issued[:4])
    return cut_slug("-".join(part for part in parts if part)) or "work"


def _title_word(title: str) -> str:
    words = (slug_of(word) for word in title.split())
    return next((word for word in words if word and word not in _SMALL_WORDS), "")
