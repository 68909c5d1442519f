"""How does an archived text become readable? It is found by its digest, copied, and every passage looked up in it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kb.cli.wiring import append
from kb.domain.entity import Source
from kb.domain.event import DocumentAttached, Fact, Revised
from kb.domain.identity import Author, Id
from kb.domain.knowledge import Knowledge
from kb.domain.problem import Problem, Refused
from kb.intake.anchoring import Outcome, anchoring
from kb.intake.document import DocumentStore
from kb.store.base import Base

_FILE_ID = re.compile(r"^id: *([^\s#]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Attachment:
    """What came of it.

    Attributes:
        added: File names with the sources that they belong to.
        missing: Sources whose document is still not attached.
        documents: How many documents are attached by now.
        anchored: How many passages are found in them.
        outcomes: What became of passages that stood in an earlier edition, or that are in doubt.
        problems: Documents that hold no text for us, and passages that do not stand where their author says.
    """

    added: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    documents: int
    anchored: int
    outcomes: tuple[Outcome, ...]
    problems: tuple[Problem, ...]


def attach_folder(base: Base, documents: DocumentStore, folder: Path, author: Author) -> Attachment:
    """Attach every document of ``folder`` that a source names; passages that are not there become problems.

    Raises:
        Refused: the folder cannot be read.
    """
    wanted = _wanted(base.knowledge())
    kept = documents.attach_folder(folder, frozenset(wanted))
    return _attach(base, documents, {path.name: sha for sha, path in kept.found.items()}, author, lost=kept.problems)


def attach_edition(base: Base, documents: DocumentStore, path: Path, source: str, author: Author) -> Attachment:
    """Attach the file ``path`` as the document of the source called ``source``, in place of the one that it names now.

    Other sources of the same document go along. Every passage of theirs is looked for in the new edition.

    Raises:
        Refused: there is no such source, the file cannot be read, or it is the document that the source names already.
    """
    sources = sharing(base.knowledge(), source)
    try:
        sha256 = documents.add(path.read_bytes(), str(path))
    except OSError as error:
        raise Refused([Problem(str(path), f"the file cannot be read: {error.strerror or error}")]) from error
    if sha256 == sources[0].document:
        raise Refused([Problem(str(path), f"this is the document that {source} names already")])
    ids = {known.id for known in sources}
    return _attach(base, documents, {path.name: sha256}, author, moving=ids)


def sharing(knowledge: Knowledge, name: str) -> tuple[Source, ...]:
    """The source called ``name``, then the others that stand in the same document.

    Raises:
        Refused: there is no such source.
    """
    found = knowledge.named(Source, name)
    if found is None:
        known = ", ".join(source.slug for source in knowledge.sources.values())
        raise Refused([Problem(name, "there is no such source", f"known: {known or 'none'}")])
    others = (other for other in knowledge.sources.values() if other.document and other.document == found.document)
    return (found, *(other for other in others if other.id != found.id))


def _attach(
    base: Base,
    documents: DocumentStore,
    files: dict[str, str],
    author: Author,
    *,
    moving: Iterable[str] = (),
    lost: Sequence[Problem] = (),
) -> Attachment:
    """Tell that ``files``, by their names, are attached, and that they are the documents of the sources ``moving``."""
    last: list[tuple[tuple[Outcome, ...], tuple[Problem, ...]]] = []

    def facts(knowledge: Knowledge) -> Sequence[Fact]:
        readable = {*knowledge.documents, *files.values()}
        new = [DocumentAttached(sha, len(documents.text(sha) or "")) for sha in readable - knowledge.documents.keys()]
        document = next(iter(files.values()), "")
        moved = [replace(knowledge.sources[id], document=document) for id in _known(moving, knowledge)]
        told = {**knowledge.by_id, **{source.id: source for source in moved}}
        found = anchoring(told.values(), knowledge, lambda sha: documents.text(sha) if sha in readable else None)
        last[:] = [(found.outcomes, found.problems)]
        return (*sorted(new, key=lambda one: one.sha256), *map(Revised, moved), *found.facts)

    append(base, facts, author)
    known = base.knowledge()
    wanted = _wanted(known)
    outcomes, problems = last[0]
    return Attachment(
        tuple((name, ", ".join(wanted.get(sha, ()))) for name, sha in files.items()),
        tuple(", ".join(names) for sha, names in wanted.items() if sha not in known.documents),
        len(known.documents),
        sum(len(places) for places in known.anchors.values()),
        outcomes,
        (*lost, *problems),
    )


def _known(ids: Iterable[str], knowledge: Knowledge) -> list[Id]:
    return [Id(id) for id in ids if id in knowledge.sources]


def _wanted(knowledge: Knowledge) -> dict[str, list[str]]:
    wanted: dict[str, list[str]] = {}
    for source in knowledge.sources.values():
        if source.document:
            wanted.setdefault(source.document, []).append(source.slug)
    return wanted


def rewrite(seeds: Path, before: Sequence[Source], sha256: str) -> tuple[str, ...]:
    """Write ``sha256`` into the seed files of the sources ``before`` where they name its document; those files.

    Raises:
        Refused: a file cannot be written.
    """
    files = {source.file for source in before}
    old = before[0].document
    written = []
    for path in sorted((*seeds.glob("**/*.yaml"), *seeds.glob("**/*.yml"))) if old else ():
        try:
            text = path.read_bytes().decode("utf-8")
            id = _FILE_ID.search(text)
            if old in text and id and id[1].strip("\"'") in files:
                path.write_bytes(text.replace(old, sha256).encode("utf-8"))
                written.append(str(path))
        except (OSError, UnicodeDecodeError) as error:
            raise Refused([Problem(str(path), f"cannot be changed: {error}", f"write sha256: {sha256}")]) from error
    return tuple(written)
