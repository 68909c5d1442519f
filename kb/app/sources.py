"""Sources brought in: seed files checked and imported, archived documents attached."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kb.app.mint import SystemMint
from kb.app.wiring import append, attached_texts
from kb.app.workspace import seeds_in
from kb.atomic_file import reason, write_file
from kb.domain.assessment import ASSESSMENTS_FILE
from kb.domain.entity import AnyEntity, Source
from kb.domain.event import DocumentAttached, Fact, Revised
from kb.domain.identity import Author, Id
from kb.domain.knowledge import Knowledge
from kb.domain.problem import Problem, Refused, Severity
from kb.domain.references import references
from kb.domain.review import MATCHES_FILE, RULINGS_FILE
from kb.intake.anchoring import Outcome, anchor_passages, source_of
from kb.intake.document_store import AttachedDocuments, DocumentStore
from kb.intake.found_documents import FoundDocuments
from kb.intake.import_plan import plan_import
from kb.intake.name_lookup import Renaming, word_for
from kb.intake.seed_reader import read
from kb.store.base import Base

Progress = Callable[[int, int], None]
"""Is called now and then with the steps done and the steps in all."""

DECISION_FILES = frozenset({MATCHES_FILE, RULINGS_FILE, ASSESSMENTS_FILE})
"""Files of decisions made by command or form; they need not lie among the seeds."""


def seed_paths(paths: Sequence[Path], folder: Path) -> tuple[Path, ...]:
    """The seed files that ``paths`` name, each once; a folder stands for every seed file in it, in order of name.

    Args:
        paths: Files and folders.
        folder: Paths inside it are given relative to it, as problems show them.

    Raises:
        Refused: a path does not exist, or a folder holds no seed file or cannot be read.
    """
    files: dict[Path, None] = {}
    problems = []
    for path in paths:
        inside = seeds_in(path) if path.is_dir() else [path]
        if not path.exists():
            problems.append(
                Problem(where=str(path), what="there is no such file or folder", hint="name a seed file, or its folder")
            )
        elif not inside:
            problems.append(
                Problem(where=str(path), what="this folder holds no seed file", hint="seed files end in .yaml")
            )
        else:
            files |= dict.fromkeys(file.relative_to(folder) if file.is_relative_to(folder) else file for file in inside)
    if problems:
        raise Refused(problems)
    return tuple(files)


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What an import did, or would do.

    Attributes:
        facts: In order; empty if the files say what the base holds already.
        left_behind: Entries that their file no longer holds, and that stay in the base.
        file_count: How many files were read.
        warnings: What is doubtful in them.
        outcomes: Where passages were found whose document has another edition now.
        editions: Names of sources that now name a document which is not attached.
        document_count: How many of the documents that the files name could be read.
        unread_count: How many of them could not.
    """

    facts: tuple[Fact, ...]
    left_behind: tuple[AnyEntity, ...]
    file_count: int
    warnings: tuple[Problem, ...]
    outcomes: tuple[Outcome, ...]
    editions: tuple[str, ...]
    document_count: int = 0
    unread_count: int = 0


def plan_seed_import(
    base: Base,
    documents: DocumentStore,
    files: Sequence[Path],
    *,
    prune: bool = False,
    whole: bool = False,
    progress: Progress | None = None,
    found: FoundDocuments | None = None,
) -> Import:
    """What ``import_seeds`` would do; nothing is appended.

    Args:
        found: Passages are also looked for in these documents, though they are not attached.

    Raises:
        Refused: with every problem and every warning of every file.
    """
    return _planned(base.knowledge(), documents, files, prune=prune, whole=whole, progress=progress, found=found)


def import_seeds(
    base: Base,
    documents: DocumentStore,
    files: Sequence[Path],
    author: Author,
    *,
    prune: bool = False,
    whole: bool = False,
    progress: Progress | None = None,
) -> Import:
    """Import seed files: append what they say that ``base`` does not hold yet, all of it or nothing.

    Args:
        base: Where to.
        documents: Passages are looked for in the attached ones.
        files: Seed files.
        author: Who imports them, and why.
        prune: Whether entries that their file no longer holds are retracted.
        whole: Whether ``files`` are all the seed files there are, so that one which is not among them is gone.
        progress: Is told how many files are read, of how many.

    Raises:
        Refused: with every problem and every warning of every file; nothing was appended.
    """
    plans: list[Import] = []

    def facts(knowledge: Knowledge) -> Sequence[Fact]:
        plans.append(_planned(knowledge, documents, files, prune=prune, whole=whole, progress=progress))
        return plans[-1].facts

    append(base, facts, author)
    return plans[-1]


def _planned(
    knowledge: Knowledge,
    documents: DocumentStore,
    files: Sequence[Path],
    *,
    prune: bool,
    whole: bool,
    progress: Progress | None,
    found: FoundDocuments | None = None,
) -> Import:
    attached = attached_texts(knowledge, documents)

    def texts(sha256: str) -> str | None:
        text = attached(sha256)
        return found.text(sha256) if text is None and found else text

    reading = read(files, knowledge, SystemMint(), texts, progress)
    if reading.problems:
        unread = (_UNREAD_FILES,) if reading.lacks_files and not whole else ()
        raise Refused((*reading.problems, *reading.warnings, *unread))
    # A file that is gone counts as read and empty: what it held is left behind, and retracted with ``prune``. Rulings
    # and matches made by command or form were never in a file, and must survive an import of all seeds.
    known_files = (entity.file for entity in knowledge.by_id.values()) if whole else ()
    absent = dict.fromkeys(file for file in known_files if file not in DECISION_FILES and file not in reading.files)
    plan = plan_import(replace(reading, files=(*reading.files, *absent)), knowledge, prune=prune, texts=texts)
    if plan.problems:
        raise Refused((*plan.problems, *reading.warnings))
    anchored = anchor_passages((*reading.entities, *plan.dependents), knowledge, texts)
    if anchored.problems:
        raise Refused((*anchored.problems, *reading.warnings))
    digests = set(_digests(reading.entities))
    read_digests = {sha256 for sha256 in digests if texts(sha256) is not None}
    return Import(
        facts=(*plan.facts, *anchored.facts),
        left_behind=plan.left_behind,
        file_count=len(reading.files),
        warnings=(
            *reading.warnings,
            *_outdated_names(plan.renamed, knowledge, (*reading.files, *reading.former_files, *absent)),
            *_detached_documents(plan.facts, knowledge),
            *(_missing_documents(reading.entities, texts, found) if found else ()),
        ),
        outcomes=anchored.outcomes,
        editions=tuple(_unread_editions(reading.entities, knowledge, texts)),
        document_count=len(read_digests),
        unread_count=len(digests - read_digests),
    )


def _digests(entities: Iterable[AnyEntity]) -> Iterator[str]:
    return (entity.document for entity in entities if isinstance(entity, Source) and entity.document)


def _missing_documents(
    entities: Iterable[AnyEntity], texts: Callable[[str], str | None], found: FoundDocuments
) -> Iterator[Problem]:
    """A warning for each source whose document is not there, if another edition of it is, or folders were named."""
    for source in entities:
        if not isinstance(source, Source) or not source.document or texts(source.document) is not None:
            continue
        if edition := found.named_like(source.slug) or found.named_like(source.file):
            path, sha256 = edition
            what = f"{path} has another SHA-256 than the document of source {source.slug}: {sha256}"
            hint = f"if it is a new edition, kb attach {path} --edition-of {source.slug}; its passages were not checked"
        elif found.folders:
            what = f"the document of source {source.slug} was not found, so that its passages were not checked"
            hint = "look for it in another folder: kb check --documents FOLDER"
        else:
            continue
        yield Problem(where=source.file, what=what, hint=hint, severity=Severity.WARNING)


def _detached_documents(facts: Iterable[Fact], knowledge: Knowledge) -> Iterator[Problem]:
    """A warning for each source whose seed file no longer names the document that is attached to it."""
    for fact in facts:
        if not isinstance(fact, Revised) or not isinstance(fact.entity, Source) or fact.entity.document:
            continue
        earlier = knowledge.sources.get(fact.entity.id)
        if earlier and earlier.document:
            what = f"source {fact.entity.slug} names no document, and loses the one that it has"
            hint = f"write document: {{sha256: {earlier.document}}} to keep it"
            yield Problem(where=fact.entity.file, what=what, hint=hint, severity=Severity.WARNING)


def _outdated_names(renamed: Sequence[Renaming], knowledge: Knowledge, files: Collection[str]) -> Iterator[Problem]:
    """A warning for each file that was not read and refers to what has another name now."""
    by_id = {renaming.id: renaming for renaming in renamed}
    outdated = {
        (entity.file, by_id[id])
        for entity in (knowledge.by_id.values() if renamed else ())
        for _, id in references(entity)
        if id in by_id and entity.file not in (*files, *DECISION_FILES)
    }
    # By name: ids are not the same in another base.
    for file, renaming in sorted(outdated, key=lambda pair: (pair[0], pair[1].kind, pair[1].old)):
        what = f"this file was not read, and refers to {word_for(renaming.kind)} '{renaming.old}', now '{renaming.new}'"
        hint = "write the new name there before the next import"
        yield Problem(where=file, what=what, hint=hint, severity=Severity.WARNING)


_UNREAD_FILES = Problem(
    where="other seed files",
    what="only the files that were named are read; what others declare is known once they are imported",
    hint="name them, too, or leave out all names to read every seed file",
    severity=Severity.WARNING,
)


def _unread_editions(
    entities: Sequence[AnyEntity], knowledge: Knowledge, texts: Callable[[str], str | None]
) -> Iterator[str]:
    for entity in entities:
        known = knowledge.sources.get(entity.id) if isinstance(entity, Source) else None
        if known and isinstance(entity, Source) and known.document and entity.document not in ("", known.document):
            yield from () if texts(entity.document) is not None else (entity.slug,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """What attaching documents came to.

    Attributes:
        added: Names of the attached files, each with the sources whose document it is.
        missing: Names of the sources of each document that was not found, and cannot be read.
        document_count: How many attached documents can be read now.
        anchor_count: How many passages are found in them.
        outcomes: What became of passages that stood in an earlier edition, or that are in doubt.
        problems: Documents without readable text, and passages that do not stand where their author says.
    """

    added: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    document_count: int
    anchor_count: int
    outcomes: tuple[Outcome, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class NewEdition:
    """What attaching another edition came to.

    Attributes:
        attachment: As for any document.
        digest: SHA-256 of the new edition.
        rewritten: Seed files that name this digest now in place of the old one.
        unwritten: A warning for each seed file that could not be read or written, and still names the old one.
    """

    attachment: Attachment
    digest: str
    rewritten: tuple[str, ...]
    unwritten: tuple[Problem, ...]


def attach_folder(base: Base, documents: DocumentStore, folder: Path, author: Author) -> Attachment:
    """Attach every document in ``folder`` that a source names by its SHA-256.

    Raises:
        Refused: the folder cannot be read.
    """
    wanted = _sources_by_document(base.knowledge())
    kept = documents.attach_folder(folder, frozenset(wanted))
    digests = {path.name: sha256 for sha256, path in kept.paths.items()}
    return _attach(base, documents, digests, author, found=kept)


def attach_edition(
    base: Base, documents: DocumentStore, path: Path, source: str, author: Author, seeds: Path
) -> NewEdition:
    """Attach the file ``path`` as the document of the source called ``source``, in place of its present one.

    Other sources of the same document get the new edition too. All their passages are looked for in it, and seed
    files under ``seeds`` that name the old document name the new one.

    Raises:
        Refused: there is no such source, the file cannot be read, or it is the document that the source has already.
    """
    sources = _sources_sharing_document(base.knowledge(), source)
    try:
        sha256 = documents.add(path.read_bytes(), str(path))
    except OSError as error:
        raise Refused([Problem(where=str(path), what=f"the file cannot be read: {reason(error)}")]) from error
    if sha256 == sources[0].document:
        raise Refused([Problem(where=str(path), what=f"this is the document that {source} names already")])
    attachment = _attach(base, documents, {path.name: sha256}, author, moving={known.id for known in sources})
    # The edition is recorded by now: what cannot be written is a warning, and no failure of the command.
    rewritten, unwritten = _rewrite_digest(seeds, sources, sha256)
    return NewEdition(attachment, sha256, rewritten, unwritten)


def _sources_sharing_document(knowledge: Knowledge, name: str) -> tuple[Source, ...]:
    """The source called ``name``, then the others with the same document.

    Raises:
        Refused: there is no such source.
    """
    named = knowledge.named(Source, name)
    if named is None:
        known = ", ".join(source.slug for source in knowledge.sources.values())
        raise Refused([Problem(where=name, what="there is no such source", hint=f"known: {known or 'none'}")])
    sharing = (source for source in knowledge.sources.values() if source.document and source.document == named.document)
    return (named, *(source for source in sharing if source.id != named.id))


def _attach(
    base: Base,
    documents: DocumentStore,
    digests: dict[str, str],
    author: Author,
    *,
    moving: Iterable[Id] = (),
    found: AttachedDocuments | None = None,
) -> Attachment:
    """Record that documents are attached, and where the passages stand in them.

    Args:
        base: Where to.
        documents: Holds them already.
        digests: SHA-256 of each document, by file name.
        author: Who attaches them, and why.
        moving: Sources that get the one document of ``digests`` as their new edition.
        found: What was found in a folder, if they come from one.
    """
    anchorings: list[tuple[tuple[Outcome, ...], tuple[Problem, ...]]] = []

    def facts(knowledge: Knowledge) -> Sequence[Fact]:
        readable = {*knowledge.documents, *digests.values()}
        new = [DocumentAttached(sha, len(documents.text(sha) or "")) for sha in readable - knowledge.documents.keys()]
        edition = next(iter(digests.values()), "")
        moved = [replace(knowledge.sources[id], document=edition) for id in moving if id in knowledge.sources]
        entities = {**knowledge.by_id, **{source.id: source for source in moved}}
        anchored = anchor_passages(
            entities.values(), knowledge, lambda sha: documents.text(sha) if sha in readable else None
        )
        anchorings.append((anchored.outcomes, anchored.problems))
        return (*sorted(new, key=lambda attachment: attachment.sha256), *map(Revised, moved), *anchored.facts)

    append(base, facts, author)
    known = base.knowledge()
    wanted = _sources_by_document(known)
    # The base may know documents whose file was lost, or could not be written just now.
    readable = {sha for sha in known.documents if documents.text(sha) is not None}
    lost = found.lost if found else {}
    outcomes, problems = anchorings[-1]
    return Attachment(
        added=tuple((name, ", ".join(wanted.get(sha, ()))) for name, sha in digests.items()),
        missing=tuple(", ".join(names) for sha, names in wanted.items() if sha not in {*readable, *lost}),
        document_count=len(readable),
        anchor_count=sum(len(places) for id, places in known.anchors.items() if _document_of(known, id) in readable),
        outcomes=outcomes,
        problems=(*(found.problems if found else ()), *problems),
    )


def _document_of(knowledge: Knowledge, id: Id) -> str:
    """SHA-256 of the document of the source of the entity ``id``; empty for none."""
    source = knowledge.sources.get(source_of(knowledge.by_id[id]))
    return source.document if source else ""


def _sources_by_document(knowledge: Knowledge) -> dict[str, list[str]]:
    wanted: dict[str, list[str]] = {}
    for source in knowledge.sources.values():
        if source.document:
            wanted.setdefault(source.document, []).append(source.slug)
    return wanted


_FILE_ID = re.compile(rb"^id: *([^\s#]+)", re.MULTILINE)


def _rewrite_digest(seeds: Path, sources: Sequence[Source], sha256: str) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Write ``sha256`` over the digest of the old document in the seed files of ``sources``.

    Returns:
        The files changed, and a problem for each that could not be read or written.
    """
    old = sources[0].document
    rewritten: list[str] = []
    problems: list[Problem] = []
    for path in seeds_in(seeds) if old else ():
        try:
            data = path.read_bytes()
            if _names_document(data, old, {source.file for source in sources}):
                # The text is replaced, not the file written anew from the base: the author's comments and layout stay.
                write_file(path, data.replace(old.encode(), sha256.encode()))
                rewritten.append(str(path))
        except OSError as error:
            problems.append(Problem(where=str(path), what=f"cannot be read: {reason(error)}"))
        except Refused as refused:
            problems += refused.problems
    hint = f"the base names the new document already; write {sha256} in place of {old}"
    return tuple(rewritten), tuple(replace(problem, hint=hint, severity=Severity.WARNING) for problem in problems)


def _names_document(seed: bytes, sha256: str, files: Collection[str]) -> bool:
    """Whether ``seed`` is a seed file with an id of ``files`` that names the document ``sha256``."""
    id = _FILE_ID.search(seed)
    return sha256.encode() in seed and id is not None and id[1].strip(b"\"'").decode("utf-8", "replace") in files
