"""Sources brought in: seed files checked and imported, archived documents attached."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from kb.app.wiring import append
from kb.domain.entity import AnyEntity, Source, kind_of
from kb.domain.event import DocumentAttached, Fact, PassagesAnchored, PassagesMissed, Recorded, Retracted, Revised
from kb.domain.identity import Author, Id, Mint
from kb.domain.knowledge import Knowledge
from kb.domain.problem import Problem, Refused
from kb.domain.review import MATCHES_FILE as MATCHES
from kb.domain.review import RULINGS_FILE as RULINGS
from kb.intake.anchoring import Outcome, anchor_passages
from kb.intake.document_store import DocumentStore
from kb.intake.import_plan import plan_import
from kb.intake.seed_reader import read
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
    wanted = _sources_by_document(base.knowledge())
    kept = documents.attach_folder(folder, frozenset(wanted))
    return _attach(base, documents, {path.name: sha for sha, path in kept.paths.items()}, author, lost=kept.problems)


def attach_edition(base: Base, documents: DocumentStore, path: Path, source: str, author: Author) -> Attachment:
    """Attach the file ``path`` as the document of the source called ``source``, in place of the one that it names now.

    Other sources of the same document go along. Every passage of theirs is looked for in the new edition.

    Raises:
        Refused: there is no such source, the file cannot be read, or it is the document that the source names already.
    """
    sources = sources_of_document(base.knowledge(), source)
    try:
        sha256 = documents.add(path.read_bytes(), str(path))
    except OSError as error:
        raise Refused([Problem(str(path), f"the file cannot be read: {error.strerror or error}")]) from error
    if sha256 == sources[0].document:
        raise Refused([Problem(str(path), f"this is the document that {source} names already")])
    ids = {known.id for known in sources}
    return _attach(base, documents, {path.name: sha256}, author, moving=ids)


def sources_of_document(knowledge: Knowledge, name: str) -> tuple[Source, ...]:
    """The source called ``name``, then the others that stand in the same document.

    Raises:
        Refused: there is no such source.
    """
    named_source = knowledge.named(Source, name)
    if named_source is None:
        known = ", ".join(source.slug for source in knowledge.sources.values())
        raise Refused([Problem(name, "there is no such source", f"known: {known or 'none'}")])
    same_document = (
        candidate
        for candidate in knowledge.sources.values()
        if candidate.document and candidate.document == named_source.document
    )
    return (named_source, *(candidate for candidate in same_document if candidate.id != named_source.id))


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
        moved = [replace(knowledge.sources[id], document=document) for id in _known_sources(moving, knowledge)]
        entities = {**knowledge.by_id, **{source.id: source for source in moved}}
        anchored = anchor_passages(
            entities.values(), knowledge, lambda sha: documents.text(sha) if sha in readable else None
        )
        last[:] = [(anchored.outcomes, anchored.problems)]
        return (*sorted(new, key=lambda attachment: attachment.sha256), *map(Revised, moved), *anchored.facts)

    append(base, facts, author)
    known = base.knowledge()
    wanted = _sources_by_document(known)
    outcomes, problems = last[0]
    return Attachment(
        tuple((name, ", ".join(wanted.get(sha, ()))) for name, sha in files.items()),
        tuple(", ".join(names) for sha, names in wanted.items() if sha not in known.documents),
        len(known.documents),
        sum(len(places) for places in known.anchors.values()),
        outcomes,
        (*lost, *problems),
    )


def _known_sources(ids: Iterable[str], knowledge: Knowledge) -> list[Id]:
    return [Id(id) for id in ids if id in knowledge.sources]


def _sources_by_document(knowledge: Knowledge) -> dict[str, list[str]]:
    wanted: dict[str, list[str]] = {}
    for source in knowledge.sources.values():
        if source.document:
            wanted.setdefault(source.document, []).append(source.slug)
    return wanted


def rewrite_digest(seeds: Path, before: Sequence[Source], sha256: str) -> tuple[str, ...]:
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


Progress = Callable[[int, int], None]
Texts = Callable[[str], str | None]
_MAX_LISTED = 8
DECISION_FILES = frozenset({MATCHES, RULINGS})
"""Files that hold what people decided by command or form; they need not lie among the seeds."""


@dataclass(frozen=True, slots=True)
class Import:
    """What an import is about to do.

    Attributes:
        facts: In order.
        left_behind: Entries that their file no longer holds, and that stay.
        files: How many files were read.
        warnings: What is doubtful in them.
        outcomes: What became of passages whose document has another edition.
        editions: Names of sources that name another document than before, which is not attached.
    """

    facts: tuple[Fact, ...]
    left_behind: tuple[AnyEntity, ...]
    files: int
    warnings: tuple[Problem, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    editions: tuple[str, ...] = ()

    def summary(self) -> str:
        """The facts in one line, e.g. ``3 recorded, 1 revised``."""
        names = {
            Recorded: "recorded",
            Revised: "revised",
            Retracted: "retracted",
            PassagesAnchored: "anchored",
            PassagesMissed: "to review",
        }
        counts = {name: sum(isinstance(fact, kind) for fact in self.facts) for kind, name in names.items()}
        return ", ".join(f"{count:,} {name}" for name, count in counts.items() if count) or "no difference"


def prepare_import(
    paths: Sequence[Path],
    knowledge: Knowledge,
    texts: Texts,
    mint: Mint,
    *,
    prune: bool = False,
    whole: bool = False,
    progress: Progress | None = None,
) -> Import:
    """What importing the seed files at ``paths`` would do to ``knowledge``.

    Args:
        paths: Seed files.
        knowledge: What is known.
        texts: The attached text of a SHA-256, or None.
        mint: Gives the ids of new entities.
        prune: Whether entries that their file no longer holds are retracted.
        whole: Whether ``paths`` are all the files there are, so that a file that is not among them is gone.
        progress: Told now and then how far it is.

    Raises:
        Refused: with every problem and every warning of every file.
    """
    reading = read(paths, knowledge, mint, texts, progress)
    if reading.problems:
        raise Refused((*reading.problems, *reading.warnings))
    known_files = (
        dict.fromkeys(entity.file for entity in knowledge.by_id.values() if entity.file not in DECISION_FILES)
        if whole
        else {}
    )
    files = (*reading.files, *(file for file in known_files if file not in reading.files))
    planned = plan_import(replace(reading, files=files), knowledge, prune=prune)
    if planned.problems:
        raise Refused((*planned.problems, *reading.warnings))
    anchored = anchor_passages(reading.entities, knowledge, texts)
    if anchored.problems:
        raise Refused((*anchored.problems, *reading.warnings))
    return Import(
        (*planned.facts, *anchored.facts),
        planned.left_behind,
        len(reading.files),
        reading.warnings,
        anchored.outcomes,
        tuple(_unread_editions(reading.entities, knowledge, texts)),
    )


def _unread_editions(entities: Sequence[AnyEntity], knowledge: Knowledge, texts: Texts) -> Iterator[str]:
    for entity in entities:
        known = knowledge.sources.get(entity.id) if isinstance(entity, Source) else None
        if known and isinstance(entity, Source) and known.document and entity.document not in ("", known.document):
            yield from () if texts(entity.document) is not None else (entity.slug,)


def left_behind_lines(left_behind: Sequence[AnyEntity]) -> Iterator[str]:
    """A line for each entry that was left behind; one for a file of which many were."""
    for file, entities in groupby(sorted(left_behind, key=lambda entity: entity.file), key=lambda entity: entity.file):
        gone = list(entities)
        if len(gone) > _MAX_LISTED:
            yield f"left behind: {len(gone)} entries that {file} no longer holds (--prune retracts them)"
        else:
            yield from (
                f"left behind: {kind_of(entity)} {entity.slug} (no longer in {file}; --prune retracts it)"
                for entity in gone
            )


def seed_paths(paths: Sequence[Path]) -> tuple[Path, ...]:
    """The seed files that ``paths`` name; a folder stands for every ``.yaml`` file in it, in order of name.

    Raises:
        Refused: a path does not exist, or a folder holds no seed file.
    """
    files: list[Path] = []
    problems = []
    for path in paths:
        inside = sorted((*path.glob("**/*.yaml"), *path.glob("**/*.yml"))) if path.is_dir() else [path]
        if not path.exists():
            problems.append(Problem(str(path), "there is no such file or folder", "name a seed file, or its folder"))
        elif not inside:
            problems.append(Problem(str(path), "no seed file in this folder", "seed files end in .yaml"))
        else:
            files += [file for file in map(_relative_path, inside) if file not in files]
    if problems:
        raise Refused(problems)
    return tuple(files)


def _relative_path(path: Path) -> Path:
    working_folder = Path.cwd()
    return path.relative_to(working_folder) if path.is_relative_to(working_folder) else path


def append_import(base: Base, prepared: Callable[[Knowledge], Import], author: Author) -> Import:
    """Append what ``prepared`` makes of what is known; nothing at all when there is no difference."""
    last: list[Import] = []

    def facts(knowledge: Knowledge) -> Sequence[Fact]:
        last[:] = [prepared(knowledge)]
        return last[0].facts

    append(base, facts, author)
    return last[0]
