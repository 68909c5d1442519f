"""What can a user type? The commands; each is a few lines around the rooms that do the work."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb import __version__
from kb.cli import example, show
from kb.cli.mint import SystemMint
from kb.cli.workspace import Workspace
from kb.domain.identity import Author
from kb.domain.problem import Problem, Refused

if TYPE_CHECKING:
    from kb.intake.scan import Language

_PATHS = click.argument("paths", nargs=-1, type=click.Path(path_type=Path))


class Commands(click.Group):
    """A group whose commands turn ``Refused`` into problems on standard error and exit code 1."""

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except Refused as refused:
            show.problems(refused.problems)
            context.exit(1)


@click.group(cls=Commands)
@click.version_option(__version__, prog_name="kb")
def main() -> None:
    """A ledger for claims: who said which number, where, and what follows from it."""


def here() -> Workspace:
    """The workspace that the user is in."""
    return Workspace.find(Path.cwd())


def author_of(workspace: Workspace, actor: str, reason: str) -> Author:
    """Who acts and why, ``actor`` by default being the one in the settings.

    Raises:
        Refused: one of the two is missing.
    """
    name = actor or workspace.actor
    if not name.strip() or not reason.strip():
        what = "an event needs an actor and a reason"
        raise Refused([Problem("kb", what, 'add --actor NAME --reason "…", or set `actor` in kb.toml')])
    return Author(name, reason)


@contextmanager
def _loading() -> Iterator[None]:
    """Loads modules without collecting garbage meanwhile, which takes a quarter off the start of the server."""
    gc.disable()
    yield
    gc.freeze()
    gc.enable()


ACTOR = click.option("--actor", default="", help="Who does it; default: `actor` in kb.toml or KB_ACTOR.")
"""The option that says who acts."""
REASON = click.option("--reason", required=True, help="Why; it stands in the log for good.")
"""The option that says why."""


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), default=".")
@click.option("--example", "with_corpus", is_flag=True, help="Bring the shipped corpus along.")
def init(folder: Path, with_corpus: bool) -> None:
    """Make a workspace in FOLDER (default: here): settings, seeds with a commented example, and the base."""
    from kb.cli.wiring import opened

    made = example.make(folder, with_corpus=with_corpus)
    with opened(Workspace.find(folder.resolve())):
        pass
    click.echo(f"{folder}: a workspace with {show.counted(len(made), 'file')}")
    there = "" if folder.resolve() == Path.cwd() else f"cd {folder} && "
    click.echo(f"next: {there}kb check && kb import --reason 'first import' && kb serve")


@main.command()
@_PATHS
@click.option("--json", "as_json", is_flag=True, help="Problems as a JSON array.")
def check(paths: tuple[Path, ...], as_json: bool) -> None:
    """Check seed files (default: the workspace's); show every problem and every warning at once."""
    from kb.cli.seeds import prepare, seed_paths
    from kb.cli.wiring import attached_texts, documents, opened

    workspace = here()
    with opened(workspace) as base, show.progress("checking") as progress:
        knowledge = base.knowledge()
        texts = attached_texts(knowledge, documents(workspace))
        try:
            files = seed_paths(paths or (workspace.seeds,))
            warnings = prepare(files, knowledge, texts, SystemMint(), progress=progress).warnings
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
        write_seeds(here(), bibliographies, output, lang, force=force)
        return
    from kb.cli import outcome
    from kb.cli.seeds import Import, bring_in, prepare, remaining, seed_paths
    from kb.cli.wiring import attached_texts, documents, opened
    from kb.domain.knowledge import Knowledge

    workspace = here()
    author = author_of(workspace, actor, reason)
    store, mint = documents(workspace), SystemMint()
    with opened(workspace) as base:
        with show.progress("reading") as progress:
            files = seed_paths(paths or (workspace.seeds,))

            def prepared(knowledge: Knowledge) -> Import:
                texts = attached_texts(knowledge, store)
                return prepare(files, knowledge, texts, mint, prune=prune, whole=not paths, progress=progress)

            planned = prepared(base.knowledge()) if dry_run else bring_in(base, prepared, author)
        show.problems(planned.warnings)
        for line in outcome.told(planned.outcomes):
            click.echo(line)
        for source in planned.editions:
            click.echo(f"{source} names another edition: `kb attach FOLDER` makes it readable and looks for passages")
        for line in remaining(planned.left_behind):
            click.echo(line)
        for fact in planned.facts if dry_run else ():
            click.echo(f"would append: {show.told(fact)}")
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
    from kb.cli import attaching, outcome
    from kb.cli.wiring import documents, opened

    workspace = here()
    author = author_of(workspace, actor or "kb attach", reason)
    store = documents(workspace)
    with opened(workspace) as base:
        if edition_of:
            before = attaching.sharing(base.knowledge(), edition_of)
            report = attaching.attach_edition(base, store, path, edition_of, author)
            now = attaching.sharing(base.knowledge(), edition_of)[0].document
            files = attaching.rewrite(workspace.seeds, before, now)
            for written in files:
                click.echo(f"{written}: names {now} now")
            if not files:
                click.echo(f"write document: {{sha256: {now}}} where {edition_of} is declared")
        elif path.is_file():
            what = "this is a file, and documents are attached from a folder"
            raise Refused([Problem(str(path), what, "name its folder, or add --edition-of SOURCE")])
        else:
            report = attaching.attach_folder(base, store, path, author)
    for name, document in report.added:
        click.echo(f"attached {name}: {document}")
    for name in report.missing if not edition_of else ():
        click.echo(f"not in {path}: the document of {name}")
    if not report.added:
        click.echo(f"{path}: no file here is a document that a source names")
    for line in outcome.told(report.outcomes):
        click.echo(line)
    attached = show.counted(report.documents, "document")
    click.echo(f"{show.counted(report.anchored, 'passage')} in {attached} can be shown in context")
    if report.problems:
        raise Refused(report.problems)


@main.command()
@click.option("--host", default="127.0.0.1", type=click.Choice(["127.0.0.1", "localhost"]), help="Loopback only.")
@click.option("--port", default=8000, type=click.IntRange(1, 65535))
@ACTOR
def serve(host: str, port: int, actor: str) -> None:
    """Serve the pages; on a first start, import the workspace's seeds and attach KB_DOCUMENTS."""
    with _loading():
        from kb.cli.serving import run

    run(here(), host, port, actor)


@main.command()
@click.argument("question")
@click.option("--format", "form", type=click.Choice(["md", "html"]), default="md", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="File; default: the terminal.")
@click.option("--at", type=click.IntRange(min=1), help="The report as of this position of the log.")
def report(question: str, form: str, output: Path | None, at: int | None) -> None:
    """Write the cited report on QUESTION."""
    from kb.cli.exporting import brief

    _write(brief(here(), question, form, at), output)


@main.command()
@click.option("--format", "form", type=click.Choice(["json", "seeds"]), default="json", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File, or for seeds a folder.")
@click.option("--at", type=click.IntRange(min=1), help="The export as of this position of the log.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of the JSON export instead.")
def export(form: str, output: Path | None, at: int | None, schema: bool) -> None:
    """Export everything: as JSON with stable ids, or as seed files that import to the same."""
    from kb.cli import exporting
    from kb.reports.export import json_schema

    if schema:
        show.as_json(json_schema())
    elif form == "json":
        _write(exporting.as_json(here(), at), output)
    elif output is None:
        raise Refused([Problem("kb export", "seed files need a folder", "add -o FOLDER")])
    else:
        head = exporting.as_seeds(here(), output, at)
        click.echo(f"{output}: as of head {head.position} {head.hash}")


def _write(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(text)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Refused([Problem(str(output), f"cannot be written: {error.strerror}")]) from error
    click.echo(f"{output}: {len(text.encode()):,} bytes")


@main.command()
@click.argument("file")
@click.option("--lang", type=click.Choice(["en", "zh", "auto"]), default="auto", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Figures as a JSON array.")
@click.option("--dates", is_flag=True, help="Report dates, too.")
def scan(file: str, lang: "Language", as_json: bool, dates: bool) -> None:
    """Find every figure in FILE, a text; - reads standard input."""
    from kb.cli import scanning

    text = scanning.document_text(file)
    found = scanning.figures(text, lang, dates=dates, units=scanning.units_here(Path.cwd()))
    if as_json:
        show.as_json(scanning.rows(found))
    else:
        scanning.table(text, found)


@main.command()
def schema() -> None:
    """Print the JSON Schema of seed files, for completion in an editor."""
    from kb.intake.schema import json_schema

    show.as_json(json_schema())


@main.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Events as a JSON array.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(min=1))
@click.pass_context
def log(context: click.Context, as_json: bool, limit: int) -> None:
    """Show what happened, newest first."""
    if context.invoked_subcommand:
        return
    from kb.cli.wiring import opened

    with opened(here()) as base:
        events = list(base.events(newest_first=True, limit=limit))
    if as_json:
        show.as_json(events)
        return
    for event in events:
        about = f"{event.type} {show.named(event)}"
        click.echo(f"{event.position:>7}  {event.recorded_at[:19]}  {about:<60} {event.actor}: {event.reason}")


@log.command()
def head() -> None:
    """Print position and hash of the newest event; keep them elsewhere to notice a cut tail."""
    from kb.cli.wiring import opened

    with opened(here()) as base:
        newest = base.head()
    click.echo(f"{newest.position} {newest.hash}")


@main.command()
def verify() -> None:
    """Check every hash of the log; name the first bad position, or print the head."""
    from kb.cli.wiring import opened

    with opened(here()) as base, show.progress("verifying") as progress:
        broken = base.verify(progress)
        newest = base.head()
    if broken:
        raise Refused([Problem(f"position {broken.position}", broken.what, "restore the log from a backup")])
    click.echo(f"{show.counted(newest.position, 'event')}, no break; head {newest.position} {newest.hash}")


@main.command()
def rebuild() -> None:
    """Compute all tables anew from the log; they must come out as they were."""
    from kb.cli.wiring import opened

    with opened(here()) as base, show.progress("rebuilding") as progress:
        before, after = base.rebuild(progress)
    click.echo(f"before {before}\nafter  {after}\n{'the same' if before == after else 'different'}")
    if before != after:
        raise Refused([Problem("tables", "they did not come out as they were", "the log is right; the tables are new")])


@main.command()
@click.argument("position", type=click.IntRange(min=1))
@ACTOR
@REASON
def redact(position: int, actor: str, reason: str) -> None:
    """Delete the payload of the event at POSITION for good; the chain still verifies."""
    from kb.cli.wiring import opened

    workspace = here()
    author = author_of(workspace, actor, reason)
    mint = SystemMint()
    with opened(workspace) as base:
        newest = base.redact(position, author, mint)
    click.echo(f"redacted {position}; head {newest.position} {newest.hash}")
