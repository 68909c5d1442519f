"""How does an archived text become readable? It is found by its digest, copied, and every passage looked up in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.cli.seeds import anchoring
from kb.cli.wiring import append
from kb.domain.event import DocumentAttached, Fact
from kb.domain.identity import Author
from kb.domain.knowledge import Knowledge
from kb.domain.problem import Problem
from kb.intake.document import DocumentStore
from kb.store.base import Base


@dataclass(frozen=True, slots=True)
class Attachment:
    """What came of it: file names with the sources they belong to, sources still without, and what was not found."""

    added: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    documents: int
    anchored: int
    problems: tuple[Problem, ...]


def attach_folder(base: Base, documents: DocumentStore, folder: Path, author: Author) -> Attachment:
    """Attach every document of ``folder`` that a source names; passages that are not there become problems.

    Raises:
        Refused: the folder cannot be read.
    """
    wanted = _wanted(base.knowledge())
    kept = documents.attach_folder(folder, frozenset(wanted))
    found = kept.found
    lost: list[Problem] = []

    def facts(knowledge: Knowledge) -> Sequence[Fact]:
        readable = {*knowledge.documents, *found}
        new = [DocumentAttached(sha, len(documents.text(sha) or "")) for sha in readable - knowledge.documents.keys()]
        entities = tuple(knowledge.by_id.values())
        anchored, lost[:] = anchoring(entities, knowledge, lambda sha: documents.text(sha) if sha in readable else None)
        return (*sorted(new, key=lambda one: one.sha256), *anchored)

    append(base, facts, author)
    known = base.knowledge()
    return Attachment(
        tuple((path.name, ", ".join(wanted[sha])) for sha, path in found.items()),
        tuple(", ".join(names) for sha, names in wanted.items() if sha not in known.documents),
        len(known.documents),
        sum(len(places) for places in known.anchors.values()),
        (*kept.problems, *lost),
    )


def _wanted(knowledge: Knowledge) -> dict[str, list[str]]:
    wanted: dict[str, list[str]] = {}
    for source in knowledge.sources.values():
        if source.document:
            wanted.setdefault(source.document, []).append(source.slug)
    return wanted
