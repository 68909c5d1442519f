"""The commands that make a workspace, check and import seed files, and attach documents."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.app.workspace import Workspace, create_workspace
from kb.cli import show
from kb.cli.command import ACTOR, author_of, current_workspace, main, opened_base
from kb.cli.output import TERMINAL, OutputPath, write_output
from kb.cli.review import outcome_lines
from kb.domain.problem import Problem, Refused

if TYPE_CHECKING:
    from kb.app.argument_maps import MapDraft
    from kb.app.drafting import BibliographyDraft
    from kb.app.sources import Attachment, Import, NewEdition
    from kb.domain.entity import AnyEntity
    from kb.domain.event import Fact

_PATHS = click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
_MAX_LISTED = 8


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@click.option("--example", "with_corpus", is_flag=True, help="Include the example corpus.")
def init(folder: Path, with_corpus: bool) -> None:
    """Make a workspace in FOLDER.

    The default is the current folder. A workspace has settings, a commented seed file and an empty base.
    """
    files = create_workspace(folder, with_corpus=with_corpus)
    with opened_base(Workspace.find(folder.resolve()), create=True) as base:
        base.make()
    show.echo(f"{folder}: a workspace with {show.counted(len(files), 'file')}")
    prefix = "" if folder.resolve() == Path.cwd() else f"cd {folder} && "
    show.echo(f"next: {prefix}kb check && kb import --reason 'first import' && kb serve")


@main.command()
@_PATHS
@click.option("--json", "as_json", is_flag=True, help="Print the problems as a JSON array.")
@click.option(
    "--documents",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Also look for passages in the documents in this folder; default: KB_DOCUMENTS.",
)
def check(paths: tuple[Path, ...], as_json: bool, folders: tuple[Path, ...]) -> None:
    """Check seed files, and record nothing.

    The default is all seed files of the workspace. Every problem and every warning is shown at once.

    Passages are looked for in documents that are attached, that lie beside the seed files or in the folder of the
    workspace, or in a folder of documents. Files that are named are checked outside of a workspace, too.
    """
    from kb.app.sources import plan_seed_import, seed_paths
    from kb.app.wiring import document_store
    from kb.intake.found_documents import FoundDocuments

    workspace = current_workspace(required=not paths)
    with opened_base(workspace, create=True) as base, show.progress("checking") as progress:
        try:
            files = seed_paths(paths or (workspace.seeds,), Path.cwd())
            documents, whole = document_store(workspace), not paths
            named = folders or tuple(Path(folder) for folder in (os.environ.get("KB_DOCUMENTS"),) if folder)
            found = FoundDocuments(named, [*(file.parent for file in files), workspace.root])
            plan = plan_seed_import(base, documents, files, whole=whole, progress=progress, found=found)
        except Refused as refused:
            if not as_json:
                raise
            show.as_json(refused.problems)
            sys.exit(1)
    if as_json:
        show.as_json(plan.warnings)
    else:
        show.problems(plan.warnings)
        doubts = f", {show.counted(len(plan.warnings), 'warning')}" if plan.warnings else ""
        read = f"; passages checked in {show.counted(plan.document_count, 'document')}" if plan.document_count else ""
        show.echo(f"{show.counted(len(files), 'file')} checked; no problems{doubts}{read}")
        if plan.unread_count:
            lost = show.counted(plan.unread_count, "document")
            were = "was" if plan.unread_count == 1 else "were"
            show.echo(f"{lost} {were} not found, and passages not checked there: kb check --documents FOLDER")


@main.command()
@_PATHS
def tidy(paths: tuple[Path, ...]) -> None:
    """Delete from seed files what the review of a draft left over.

    These are claims that still begin with DRAFT:, and measures and scope values that nothing uses. The default is all
    seed files of the workspace. Nothing is recorded.
    """
    from kb.app.sources import seed_paths
    from kb.app.tidying import tidy_seed_files
    from kb.app.workspace import seeds_in

    workspace = current_workspace(required=not paths)
    files = seed_paths(paths or (workspace.seeds,), Path.cwd())
    with opened_base(workspace, create=True) as base:
        tidied = tidy_seed_files(files, seeds_in(workspace.seeds), base.knowledge())
    for file in tidied:
        names = f": {', '.join(file.names)}" if file.names else ""
        drafts = show.counted(file.claim_count, "drafted claim")
        show.echo(f"{file.path}: deleted {drafts} and {show.counted(len(file.names), 'unused name')}{names}")
    if not tidied:
        show.echo("nothing is left over")


@main.command(name="import")
@_PATHS
@ACTOR
@click.option("--reason", default="", help="Why; kept in the log, and required for seed files.")
@click.option("--dry-run", is_flag=True, help="Show what would happen, and change nothing.")
@click.option("--prune", is_flag=True, help="Retract entries that their file no longer holds.")
@click.option(
    "-o", "--output", type=OutputPath(seeds=True, dir_okay=False), help="Bibliography: seed file; - is the terminal."
)
@click.option("--force", is_flag=True, help="Bibliography: replace a seed file that exists.")
@click.option("--lang", default="", help="Bibliography: language tag of entries that name no language.")
def import_(
    paths: tuple[Path, ...],
    actor: str | None,
    reason: str,
    dry_run: bool,
    prune: bool,
    output: Path | None,
    force: bool,
    lang: str,
) -> None:
    """Import seed files, or draft one from references.

    The default is all seed files of the workspace. Only what is new becomes an event; a second import of the same files
    adds nothing.

    A bibliography (.bib, .ris, or CSL-JSON in .json) is not recorded, but turned into a seed file of its sources, and
    an argument map (AIF in .json) into one of its claims and arguments.
    """
    from kb.intake.bibliography import SUFFIXES

    strangers = [path for path in paths if path.suffix.lower() in SUFFIXES]
    if not (strangers or output or force or lang):
        _import_seeds(paths, actor, reason, dry_run=dry_run, prune=prune)
    elif len(strangers) < max(len(paths), 1) or dry_run or prune:
        what = "bibliographies and argument maps (.bib, .ris, .json) and seed files are imported apart, each with "
        raise Refused([Problem(where="kb import", what=f"{what}options of its own", hint="see kb import --help")])
    else:
        _draft_seeds(strangers, output, lang, force=force)


def _import_seeds(paths: Sequence[Path], actor: str | None, reason: str, *, dry_run: bool, prune: bool) -> None:
    from kb.app.sources import import_seeds, plan_seed_import, seed_paths
    from kb.app.wiring import document_store

    workspace = current_workspace()
    author = None if dry_run else author_of(workspace, actor, reason)
    # Without paths the folder holds every seed file, so one that is missing was deleted. With paths, nothing follows
    # from a file that is not named.
    documents, whole = document_store(workspace), not paths
    with opened_base(workspace, create=True) as base:
        with show.progress("reading") as progress:
            files = seed_paths(paths or (workspace.seeds,), Path.cwd())
            if author is None:
                done = plan_seed_import(base, documents, files, prune=prune, whole=whole, progress=progress)
            else:
                done = import_seeds(base, documents, files, author, prune=prune, whole=whole, progress=progress)
                base.make()  # of files without an entry, too
        head = base.head()
    show.problems(done.warnings)
    for line in _import_lines(done):
        show.echo(line)
    for fact in done.facts if dry_run else ():
        show.echo(f"would append: {show.fact_summary(fact)}")
    events = show.counted(len(done.facts), "event")
    show.echo(f"{'would append ' if dry_run else ''}{events}: {facts_summary(done.facts)}")
    if not dry_run:
        show.echo(f"head {head}")


def _import_lines(done: Import) -> Iterator[str]:
    """Lines about passages, editions and entries that need somebody's attention after an import."""
    yield from outcome_lines(done.outcomes)
    for source in done.editions:
        yield f"{source} names another edition: `kb attach FOLDER` makes it readable and looks for its passages"
    yield from _left_behind_lines(done.left_behind)


def _left_behind_lines(left_behind: Sequence[AnyEntity]) -> Iterator[str]:
    """A line for each entry that its file no longer holds; a single line for a file that lost many of them."""
    from kb.domain.entity import kind_of

    for file, entities in groupby(sorted(left_behind, key=lambda entity: entity.file), key=lambda entity: entity.file):
        missing = list(entities)
        if len(missing) > _MAX_LISTED:
            yield f"left behind: {len(missing)} entries that {file} no longer holds (--prune retracts them)"
            continue
        for entity in missing:
            yield f"left behind: {kind_of(entity)} {entity.slug} (no longer in {file}; --prune retracts it)"


def facts_summary(facts: Sequence[Fact]) -> str:
    """How many facts of each kind there are, in one line, e.g. ``3 recorded, 1 revised``."""
    from kb.domain.event import PassagesAnchored, PassagesMissed, Recorded, Retracted, Revised

    names = {
        Recorded: "recorded",
        Revised: "revised",
        Retracted: "retracted",
        PassagesAnchored: "anchored",
        PassagesMissed: "to review",
    }
    counts = {name: sum(isinstance(fact, kind) for fact in facts) for kind, name in names.items()}
    return ", ".join(f"{count:,} {name}" for name, count in counts.items() if count) or "no difference"


def _draft_seeds(paths: Sequence[Path], output: Path | None, language: str, *, force: bool) -> None:
    """Write a seed file for each bibliography and each argument map, and say what to do next."""
    from kb.app.argument_maps import draft_maps, is_argument_map, map_slug
    from kb.app.drafting import bibliography_slug, draft_bibliographies

    if output and len(paths) > 1:
        raise Refused([Problem(where=str(output), what="one file cannot take several files", hint="leave out -o")])
    workspace = current_workspace()
    with opened_base(workspace, create=True) as base:
        knowledge = base.knowledge()
    maps = [path for path in paths if is_argument_map(path)]
    lists = [path for path in paths if path not in maps]
    made, flaws = draft_maps(maps, _targets(maps, output, workspace, map_slug), knowledge, overwrite=force)
    for argument_map in made:
        _show_map_draft(argument_map)
    targets = _targets(lists, output, workspace, bibliography_slug)
    drafts, problems = draft_bibliographies(lists, targets, knowledge, language, overwrite=force)
    for draft in drafts:
        _show_bibliography_draft(draft)
    if problems or flaws:
        raise Refused((*flaws, *problems))


def _targets(
    paths: Sequence[Path], output: Path | None, workspace: Workspace, name: Callable[[Path], str]
) -> list[Path | None]:
    """Where the seed file of each path is written: ``output``, by default the workspace's seeds; None for nowhere."""
    if output:
        return [None if output == TERMINAL else output for _ in paths]
    return [workspace.seeds / f"{name(path)}.yaml" for path in paths]


def _show_map_draft(made: MapDraft) -> None:
    draft, target = made.draft, made.target
    if target is None:
        write_output(draft.text, TERMINAL, overwrite=False)
    show.problems(draft.warnings)
    counts = f"{show.counted(draft.claim_count, 'claim')}, {show.counted(draft.argument_count, 'argument')}"
    kept = f"; {show.counted(draft.kept_count, 'node')} kept as they came" if draft.kept_count else ""
    show.echo(f"{target or TERMINAL}: {counts} from {made.path.name}{kept}", err=True)
    if target is not None:
        show.echo("nothing is recorded yet: read what is claimed, put the question into your own words, then", err=True)
        show.echo(f"next: kb check {target} && kb import {target} --reason 'map {made.path.name}'", err=True)


def _show_bibliography_draft(draft: BibliographyDraft) -> None:
    name, target = draft.bibliography.name, draft.target
    if target is None:
        write_output(draft.text, TERMINAL, overwrite=False)
    known = f"; {draft.duplicate_count} may be known already, see the comments" if draft.duplicate_count else ""
    show.echo(f"{target or TERMINAL}: {show.counted(draft.source_count, 'source')} from {name}{known}", err=True)
    if target is not None:
        show.echo("nothing is recorded yet: rate the reliability of the sources, then", err=True)
        show.echo(f"next: kb check {target} && kb import {target} --reason 'sources of {name}'", err=True)


@main.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--edition-of", metavar="SOURCE", default="", help="Attach the file PATH as an edition of this source.")
@ACTOR
@click.option("--reason", default="archived texts became readable here", help="Why.")
def attach(path: Path, edition_of: str, actor: str | None, reason: str) -> None:
    """Attach the documents in the folder PATH.

    Files are matched by SHA-256, not by name, and searched for every passage.

    With --edition-of SOURCE, the file PATH replaces the document of SOURCE: it is searched for every passage, and its
    SHA-256 is written into the seed file.
    """
    from kb.app.sources import attach_edition, attach_folder
    from kb.app.wiring import document_store

    if path.is_file() and not edition_of:
        what = "this is a file, and documents are attached from a folder"
        raise Refused([Problem(where=str(path), what=what, hint="name its folder, or add --edition-of SOURCE")])
    workspace = current_workspace()
    author = author_of(workspace, actor, reason)
    documents = document_store(workspace)
    with opened_base(workspace) as base:
        if edition_of:
            edition = attach_edition(base, documents, path, edition_of, author, workspace.seeds)
            _show_edition(edition, edition_of)
            attachment = edition.attachment
        else:
            attachment = attach_folder(base, documents, path, author)
    _show_attachment(attachment, path, missing=() if edition_of else attachment.missing)


def _show_edition(edition: NewEdition, source: str) -> None:
    show.problems(edition.unwritten)
    for file in edition.rewritten:
        show.echo(f"{file}: names {edition.digest} now")
    if not edition.rewritten and not edition.unwritten:
        show.echo(f"write document: {{sha256: {edition.digest}}} where {source} is declared")


def _show_attachment(attachment: Attachment, path: Path, missing: Sequence[str]) -> None:
    """Prints what was attached; exits with 1 where a document is ``missing`` or unreadable, so that scripts notice."""
    for name, sources in attachment.added:
        show.echo(f"attached {name}: {sources}")
    for sources in missing:
        show.echo(f"not in {path}: the document of {sources}")
    if not (attachment.added or attachment.problems):
        show.echo(f"{path}: no file here is a document that a source names")
    for line in outcome_lines(attachment.outcomes):
        show.echo(line)
    attached = show.counted(attachment.document_count, "document")
    show.echo(f"{show.counted(attachment.anchor_count, 'passage')} in {attached} can be shown in context")
    if attachment.problems:
        raise Refused(attachment.problems)
    if missing:
        sys.exit(1)


@main.command()
def schema() -> None:
    """Print the JSON Schema of seed files.

    A text editor can use it to complete and check seed files.
    """
    from kb.intake.record import json_schema

    show.as_json(json_schema())
