"""The commands that serve the pages, write a report, and export everything."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from kb.app.workspace import write_text
from kb.cli import show
from kb.cli.command import ACTOR, current_workspace, main, opened_base, opened_view
from kb.domain.problem import Problem, Refused


@contextmanager
def _loading() -> Iterator[None]:
    """Suspends garbage collection while modules are loaded."""
    # Loading makes many objects and hardly any garbage; without collections the server starts a quarter faster.
    gc.disable()
    yield
    gc.freeze()
    gc.enable()


@main.command()
@click.option(
    "--host",
    default="127.0.0.1",
    type=click.Choice(["127.0.0.1", "localhost"]),
    help="Address, for this machine alone.",
)
@click.option("--port", default=8000, type=click.IntRange(1, 65535))
@ACTOR
def serve(host: str, port: int, actor: str) -> None:
    """Serve the pages to a browser on this machine.

    The first start imports the workspace's seed files; each start attaches the documents in the folder KB_DOCUMENTS.
    """
    with _loading():
        from kb.cli.serving import run

    run(current_workspace(), host, port, actor)


@main.command()
@click.argument("question")
@click.option("--format", "form", type=click.Choice(["md", "html"]), default="md", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="File; default: the terminal.")
@click.option("--at", type=click.IntRange(min=1), help="Report as of this position of the log.")
def report(question: str, form: str, output: Path | None, at: int | None) -> None:
    """Write the cited report on QUESTION."""
    from kb.app.exporting import cited_report

    with opened_view(current_workspace(), at) as view:
        text = cited_report(view, question, form)
    _write(text, output)


@main.command()
@click.option("--format", "form", type=click.Choice(["json", "seeds"]), default="json", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File; for seeds, a folder.")
@click.option("--at", type=click.IntRange(min=1), help="Export as of this position of the log.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of the JSON export instead.")
def export(form: str, output: Path | None, at: int | None, schema: bool) -> None:
    """Export everything as JSON or as seed files.

    The JSON has stable ids; the seed files, imported into an empty base, give the same knowledge.
    """
    from kb.app.exporting import json_export, write_seed_files
    from kb.reports.export import json_schema

    if schema:
        show.as_json(json_schema())
    elif form == "json":
        with opened_view(current_workspace(), at) as view:
            text = json_export(view)
        _write(text, output, show.json_text)
    elif output is None:
        raise Refused([Problem(where="kb export", what="seed files need a folder", hint="add -o FOLDER")])
    else:
        with opened_base(current_workspace()) as base:
            head = write_seed_files(base if at is None else base.at(at), output)
        show.echo(f"{output}: as of head {head.position} {head.hash}")


def _write(text: str, output: Path | None, print_text: Callable[[str], None] = show.echo) -> None:
    if output is None:
        print_text(text)
        return
    write_text(output, text, overwrite=True)
    show.echo(f"{output}: {len(text.encode()):,} bytes")
