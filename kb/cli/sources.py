"""The commands that make a workspace, check and import seed files, and attach documents."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.app import workspace
from kb.app.mint import SystemMint
from kb.app.workspace import Workspace
from kb.cli import show
from kb.cli.command import ACTOR, author_of, current_workspace, main
from kb.domain.problem import Problem, Refused

if TYPE_CHECKING:
    pass

_PATHS = click.argument("paths", nargs=-1, type=click.Path(path_type=Path))


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@click.option("--example", "with_corpus", is_flag=True, help="Bring the shipped corpus along.")
def init(folder: Path, with_corpus: bool) -> None:
    """Make a workspace in FOLDER (default: here): settings, seeds with a commented example, and the base."""
    from kb.app.wiring import open_base

    made = workspace.create_workspace(folder, with_corpus=with_corpus)
    with open_base(Workspace.find(folder.resolve())):
        pass
    click.echo(f"{folder}: a workspace with {show.counted(len(made), 'file')}")
    prefix = "" if folder.resolve() == Path.cwd() else f"cd {folder} && "
    click.echo(f"next: {prefix}kb check && kb import --reason 'first import' && kb serve")


@main.command()
@_PATHS
@click.option("--json", "as_json", is_flag=True, help="Problems as a JSON array.")
def check(paths: tuple[Path, ...], as_json: bool) -> None:
    """Check seed files (default: the workspace's); show every problem and every warning at once."""
    from kb.app.sources import prepare_import, seed_paths
    from kb.app.wiring import attached_texts, document_store, open_base

    workspace = current_workspace()
    with open_base(workspace) as base, show.progress("checking") as progress:
        knowledge = base.knowledge()
        texts = attached_texts(knowledge, document_store(workspace))
        try:
            files = seed_paths(paths or (workspace.seeds,))
            warnings = prepare_import(files, knowledge, texts, SystemMint(), progress=progress).warnings
        except Refused as refused:
            if not as_json:
                raise
            show.as_json(refused.problems)
            sys.exit(1)
    if as_json:
        show.as_json(warnings)
    else:
        show.problems(warnings)
        doubts = f", {show.counted(len(warnings), 'warning')}" if warnings else ""
        click.echo(f"{show.counted(len(files), 'file')}, no problem{doubts}")


@main.command(name="import")
@_PATHS
@ACTOR
@click.option("--reason", default="", help="Why; it stands in the log for good. Seed files want one.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and do nothing.")
@click.option("--prune", is_flag=True, help="Retract entries that their file no longer holds.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Of a bibliography: the seed file; - prints it.")
@click.option("--force", is_flag=True, help="Of a bibliography: write over a seed file that is there.")
@click.option("--lang", default="", help="Of a bibliography: the language tag of entries that say none.")
def import_(
    paths: tuple[Path, ...],
    actor: str,
    reason: str,
    dry_run: bool,
    prune: bool,
    output: Path | None,
    force: bool,
    lang: str,
) -> None:
    """Import seed files (default: the workspace's): only the difference becomes events.

    A bibliography (.bib, .ris, or CSL-JSON in .json) becomes a seed file with its sources instead, and no event.
    """
    from kb.intake.bibliography import SUFFIXES

    bibliographies = [path for path in paths if path.suffix.lower() in SUFFIXES]
    if bibliographies or output or force or lang:
        from kb.cli.bibliography import write_seeds

        if len(bibliographies) < max(len(paths), 1) or dry_run or prune:
            what = "bibliographies (.bib, .ris, .json) and seed files are imported apart, each with options of its own"
            raise Refused([Problem("kb import", what, "see kb import --help")])
        write_seeds(current_workspace(), bibliographies, output, lang, force=force)
        return
    from kb.app.sources import Import, append_import, left_behind_lines, prepare_import, seed_paths
    from kb.app.wiring import attached_texts, document_store, open_base
    from kb.cli import review
    from kb.domain.knowledge import Knowledge

    workspace = current_workspace()
    author = author_of(workspace, actor, reason)
    store, mint = document_store(workspace), SystemMint()
    with open_base(workspace) as base:
        with show.progress("reading") as progress:
            files = seed_paths(paths or (workspace.seeds,))

            def prepared(knowledge: Knowledge) -> Import:
                texts = attached_texts(knowledge, store)
                return prepare_import(files, knowledge, texts, mint, prune=prune, whole=not paths, progress=progress)

            planned = prepared(base.knowledge()) if dry_run else append_import(base, prepared, author)
        show.problems(planned.warnings)
        for line in review.outcome_lines(planned.outcomes):
            click.echo(line)
        for source in planned.editions:
            click.echo(f"{source} names another edition: `kb attach FOLDER` makes it readable and looks for passages")
        for line in left_behind_lines(planned.left_behind):
            click.echo(line)
        for fact in planned.facts if dry_run else ():
            click.echo(f"would append: {show.fact_summary(fact)}")
        events = show.counted(len(planned.facts), "event")
        click.echo(f"{'would append ' if dry_run else ''}{events}: {planned.summary()}")
        if not dry_run:
            head = base.head()
            click.echo(f"head {head.position} {head.hash}")


@main.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--edition-of", metavar="SOURCE", default="", help="PATH is a file: another edition of this source.")
@ACTOR
@click.option("--reason", default="archived texts became readable here", help="Why.")
def attach(path: Path, edition_of: str, actor: str, reason: str) -> None:
    """Attach archived documents from the folder PATH: found by SHA-256, whatever their names; every passage is checked.

    With --edition-of SOURCE the file PATH takes the place of the document that SOURCE has: every passage is looked for
    in it, and the seed file gets its SHA-256.
    """
    from kb.app import sources
    from kb.app.wiring import document_store, open_base
    from kb.cli import review

    workspace = current_workspace()
    author = author_of(workspace, actor or "kb attach", reason)
    store = document_store(workspace)
    with open_base(workspace) as base:
        if edition_of:
            before = sources.sources_of_document(base.knowledge(), edition_of)
            report = sources.attach_edition(base, store, path, edition_of, author)
            now = sources.sources_of_document(base.knowledge(), edition_of)[0].document
            files = sources.rewrite_digest(workspace.seeds, before, now)
            for written in files:
                click.echo(f"{written}: names {now} now")
            if not files:
                click.echo(f"write document: {{sha256: {now}}} where {edition_of} is declared")
        elif path.is_file():
            what = "this is a file, and documents are attached from a folder"
            raise Refused([Problem(str(path), what, "name its folder, or add --edition-of SOURCE")])
        else:
            report = sources.attach_folder(base, store, path, author)
    for name, document in report.added:
        click.echo(f"attached {name}: {document}")
    for name in report.missing if not edition_of else ():
        click.echo(f"not in {path}: the document of {name}")
    if not report.added:
        click.echo(f"{path}: no file here is a document that a source names")
    for line in review.outcome_lines(report.outcomes):
        click.echo(line)
    attached = show.counted(report.documents, "document")
    click.echo(f"{show.counted(report.anchored, 'passage')} in {attached} can be shown in context")
    if report.problems:
        raise Refused(report.problems)


@main.command()
def schema() -> None:
    """Print the JSON Schema of seed files, for completion in an editor."""
    from kb.intake.record import json_schema

    show.as_json(json_schema())
