"""How does knowledge reach a reader? The commands that serve the pages, write a report, and export everything."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.cli import show
from kb.cli.command import ACTOR, current_workspace, main
from kb.domain.problem import Problem, Refused

if TYPE_CHECKING:
    pass


@contextmanager
def _loading() -> Iterator[None]:
    """Loads modules without collecting garbage meanwhile, which takes a quarter off the start of the server."""
    gc.disable()
    yield
    gc.freeze()
    gc.enable()


@main.command()
@click.option("--host", default="127.0.0.1", type=click.Choice(["127.0.0.1", "localhost"]), help="Loopback only.")
@click.option("--port", default=8000, type=click.IntRange(1, 65535))
@ACTOR
def serve(host: str, port: int, actor: str) -> None:
    """Serve the pages; on a first start, import the workspace's seeds and attach KB_DOCUMENTS."""
    with _loading():
        from kb.cli.serving import run

    run(current_workspace(), host, port, actor)


@main.command()
@click.argument("question")
@click.option("--format", "form", type=click.Choice(["md", "html"]), default="md", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="File; default: the terminal.")
@click.option("--at", type=click.IntRange(min=1), help="The report as of this position of the log.")
def report(question: str, form: str, output: Path | None, at: int | None) -> None:
    """Write the cited report on QUESTION."""
    from kb.app.exporting import cited_report

    _write(cited_report(current_workspace(), question, form, at), output)


@main.command()
@click.option("--format", "form", type=click.Choice(["json", "seeds"]), default="json", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File, or for seeds a folder.")
@click.option("--at", type=click.IntRange(min=1), help="The export as of this position of the log.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of the JSON export instead.")
def export(form: str, output: Path | None, at: int | None, schema: bool) -> None:
    """Export everything: as JSON with stable ids, or as seed files that import to the same."""
    from kb.app import exporting
    from kb.reports.export import json_schema

    if schema:
        show.as_json(json_schema())
    elif form == "json":
        _write(exporting.json_export(current_workspace(), at), output)
    elif output is None:
        raise Refused([Problem("kb export", "seed files need a folder", "add -o FOLDER")])
    else:
        head = exporting.write_seed_files(current_workspace(), output, at)
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
