"""What is known of a document as a source? What its file says about itself, each with the place where it was found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kb.domain.knowledge import Knowledge
from kb.intake.bibliography.likeness import Known, alike
from kb.intake.draft.measure import free, slug_of
from kb.intake.emit import Inline, Remarked
from kb.intake.paper import Guess, MediaType, Paper
from kb.intake.phrase import Written


def file_id(paper: Paper, path: Path, output: Path | None, knowledge: Knowledge) -> str:
    """An id for the seed file that no other file has: from its own name, else the title, else the document's name."""
    title = paper.about.title.value if paper.about.title else ""
    stem = slug_of(output.stem if output else "") or slug_of(title) or slug_of(path.stem) or "draft"
    return free(stem, {entity.file for entity in knowledge.by_id.values()})


def source_entry(paper: Paper, path: Path) -> Written:
    """The source that a draft is of, as keys and texts; what was guessed carries a remark."""
    about = paper.about
    entry: Written = {"type": _guessed(about.type) or Remarked(_type(paper), "guess"), "title": _title(paper, path)}
    authors = [author.value for author in about.authors]
    if authors:
        found = about.authors[0].found
        entry["author"] = Remarked(authors[0], f"found in {found}") if len(authors) == 1 else authors
    for key, guess in (
        ("container-title", about.container_title),
        ("publisher", about.publisher),
        ("URL", about.url),
        ("DOI", about.doi),
        ("issued", about.issued),
    ):
        if guess:
            entry[key] = _guessed(guess)
    entry["language"] = _guessed(about.language) or Remarked("und", "not told; write en, zh, …")
    entry["document"] = Inline(sha256=paper.sha256)
    return entry


def _guessed(guess: Guess | None) -> Remarked | None:
    return Remarked(guess.value, f"found in {guess.found}") if guess else None


def _title(paper: Paper, path: Path) -> Remarked | Inline:
    found = _guessed(paper.about.title)
    return found or Inline(value=path.stem, inferred="the name of the file; the document names no title")


def _type(paper: Paper) -> str:
    return "webpage" if paper.media_type is MediaType.HTML else "article"


def known_sources(paper: Paper, knowledge: Knowledge) -> Iterator[str]:
    """A sentence for each source of the base that this document may already be."""
    sources = knowledge.sources.values()
    yield from (f"The source {one.slug} names this very document." for one in sources if one.document == paper.sha256)
    about = paper.about
    if about.title:
        told = (about.issued, about.doi, about.url)
        this = Known("", about.title.value, *(guess.value if guess else "" for guess in told))
        others = [one for one in sources if one.document != paper.sha256]
        known = [Known(one.slug, one.title, one.issued, one.details.get("doi", ""), one.url) for one in others]
        yield from (f"Is this {remark}" for remark in alike(this, known))
