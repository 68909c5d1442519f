"""The commands that serve the pages, write a report, and export everything."""

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click

from kb.app.workspace import write_content, write_text
from kb.cli import show
from kb.cli.command import ACTOR, POSITION, current_workspace, main, opened_base, opened_view, require_moment
from kb.cli.output import TERMINAL, OutputPath, may_replace, require_place
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
    help="Address to serve at; only this machine can reach it.",
)
@click.option("--port", default=8000, type=click.IntRange(1, 65535))
@ACTOR
def serve(host: str, port: int, actor: str | None) -> None:
    """Serve the pages to browsers on this machine.

    The first start imports the workspace's seed files. Every start attaches the documents in the folder that
    KB_DOCUMENTS names.
    """
    with _loading():
        from kb.cli.serving import run

    run(current_workspace(), host, port, actor)


@main.command()
@click.argument("questions", nargs=-1, metavar="[QUESTION]...")
@click.option("--all", "every", is_flag=True, help="Report on all questions.")
@click.option("--measure", metavar="NAME", help="Report on a measure: all its figures, and what rests on them.")
@click.option("--source", metavar="NAME", help="Report on a source: what it says, and who disagrees with it.")
@click.option("--findings", is_flag=True, help="Report on all disagreements.")
@click.option("--format", "form", type=click.Choice(["md", "html", "docx", "pdf"]), default="md", show_default=True)
@click.option(
    "--length",
    type=click.Choice(["brief", "full"]),
    default="brief",
    show_default=True,
    help="Full adds every argument, figure and calculation.",
)
@click.option(
    "--style",
    default="apa",
    show_default=True,
    metavar="STYLE",
    help="Citation style: apa, chicago-author-date, chicago-notes, ieee, modern-language-association, or a .csl file.",
)
@click.option("--lang", default="en", show_default=True, metavar="LANG", help="Language of the report.")
@click.option(
    "-o",
    "--output",
    type=OutputPath(dir_okay=False),
    default=TERMINAL,
    help="File to write; default: - (the terminal).",
)
@click.option("--at", type=POSITION, help="Report as of this position of the log.")
@click.option("--force", is_flag=True, help="Replace an existing file, whatever its name.")
def report(
    questions: tuple[str, ...],
    every: bool,
    measure: str | None,
    source: str | None,
    findings: bool,
    form: str,
    length: str,
    style: str,
    lang: str,
    output: Path,
    at: int | None,
    force: bool,
) -> None:
    """Write the cited report on QUESTION, or on several.

    A report on several questions has a chapter for each. A report may also be on a measure, on a source, or on all
    disagreements. Without --force, only an existing file is overwritten whose name ends as those of the format do.
    """
    from kb.app.reporting import ReportRequest, cited_report

    if sum((bool(questions), every, measure is not None, source is not None, findings)) != 1:
        what = "a report is on one or several questions, or on one of --all, --measure, --source and --findings"
        raise Refused([Problem("kb report", what, "kb report --help")])
    for option, name in (("--measure", measure), ("--source", source)):
        if name is not None and not name.strip():
            raise Refused([Problem(f"kb report {option}", "the name is empty", f"kb report {option} NAME")])
    if output == TERMINAL and form in ("docx", "pdf"):
        raise Refused([Problem("kb report", f"a {form} file is not text for the terminal", "add -o FILE")])
    if output != TERMINAL:
        require_place(output)
    request = ReportRequest(
        questions, form, length, style, measure=measure or "", source=source or "", findings=findings, language=lang
    )
    with opened_view(current_workspace(), at, to_keep=True) as view, show.stages() as stage:
        content = cited_report(view, request, stage)
    if output == TERMINAL:
        show.echo(content.decode(), nl=False)
        return
    write_content(output, content, overwrite=force or may_replace(output, form))
    show.echo(f"{output}: {len(content):,} bytes")


def _pairs(choices: Mapping[str, tuple[str, ...]]) -> tuple[tuple[str, str], ...]:
    """The choices of a command as the query parameters of a question's page."""
    assumed = (text.partition("=") for text in choices["assume"])
    named = ((name, text) for name, texts in choices.items() if name != "assume" for text in texts)
    return (*named, *((f"assume.{place}", value or "?") for place, _, value in assumed))


@main.command()
@click.argument("question")
@click.option("--without", multiple=True, metavar="NAME", help="Leave out a source, or everything a voice says.")
@click.option("--take", multiple=True, metavar="FIGURE", help="Take the number of a figure for right.")
@click.option("--accept", multiple=True, metavar="NODE", help="Accept a claim, or an argument (arg:NAME).")
@click.option("--reject", multiple=True, metavar="NODE", help="Reject a claim, or an argument (arg:NAME).")
@click.option("--assume", multiple=True, metavar="CALCULATION.INPUT=VALUE", help="Suppose a value of an input.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
@click.option("--at", type=POSITION, help="Answer as of this position of the log.")
def answer(question: str, as_json: bool, at: int | None, **choices: tuple[str, ...]) -> None:
    """Show the answer to QUESTION.

    It says why, how certain the answer is, and what would change it. With choices, each of which may be repeated, it is
    the answer as it would be, behind what they change; nothing is recorded.
    """
    from kb.app.answering import answer_to
    from kb.app.exporting import print_answer
    from kb.app.workspace import bundled_folder

    with opened_view(current_workspace(), at) as view:
        answered = answer_to(view, question, _pairs(choices))
        if as_json:
            show.as_json(answered.facts)
        else:
            show.echo(show.fitted(print_answer(answered, bundled_folder("templates"))), nl=False)


MAP_FORMATS = ("aif", "dot", "graphml", "argdown")
"""The formats of argument maps, which may be those of some questions."""
EXPORT_FORMATS = (
    *("json", "seeds", "archive", "bibtex", "ris", "csl-json", "json-ld", "tables", "parquet", "site"),
    *MAP_FORMATS,
)


@main.command()
@click.argument("questions", nargs=-1, metavar="[QUESTION]...")
@click.option("--format", "form", type=click.Choice(EXPORT_FORMATS), default="json", show_default=True)
@click.option(
    "-o",
    "--output",
    type=OutputPath(seeds=True),
    default=TERMINAL,
    help="File, or folder for seeds, tables and a site; default: - (the terminal).",
)
@click.option("--at", type=POSITION, help="Export as of this position of the log; not for an archive.")
@click.option("--documents", is_flag=True, help="Also put the attached documents into the archive.")
@click.option("--force", is_flag=True, help="Replace existing files, whatever their names, and folders of exports.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of the JSON export instead.")
def export(
    questions: tuple[str, ...], form: str, output: Path, at: int | None, documents: bool, force: bool, schema: bool
) -> None:
    """Export as JSON, tables, pages and more.

    The JSON has stable ids. The seed files, imported into an empty base, give the same knowledge. The archive holds the
    log; it can be verified without kb, and `kb restore` makes a base from it. BibTeX, RIS and CSL-JSON hold the sources
    for a reference manager, JSON-LD claims, rulings and the log in the terms of schema.org and PROV-O. Tables are a
    folder of CSV or Parquet files with a description of their columns. A site is a folder with all pages, which any web
    server and any browser can show. AIF, DOT (Graphviz), GraphML and Argdown hold the argument map of each QUESTION, by
    default all claims and arguments.

    An existing .json file is overwritten by the JSON export. Overwriting any other file, an archive or changed seed
    files needs --force.
    """
    if documents and form != "archive":
        raise Refused([Problem("kb export", "only an archive holds documents", "add --format archive")])
    if questions and form not in MAP_FORMATS:
        hint = f"add --format {' or '.join(MAP_FORMATS)}, or leave out {questions[0]}"
        raise Refused([Problem("kb export", f"{form} holds the whole base, not one question", hint)])
    if schema:
        from kb.reports.export import json_schema

        show.as_json(json_schema())
    elif form == "archive":
        _export_archive(output, at, documents=documents, overwrite=force)
    elif form == "seeds":
        _export_seeds(output, at, overwrite=force)
    elif form == "json-ld":
        _export_linked_data(output, at, overwrite=force)
    elif form in ("tables", "parquet"):
        _export_tables(form, output, at, overwrite=force)
    elif form == "site":
        _export_site(output, at, overwrite=force)
    elif form in MAP_FORMATS:
        _export_maps(form, questions, output, at, overwrite=force)
    else:
        _export_text(form, output, at, overwrite=force)


def _export_maps(form: str, questions: tuple[str, ...], output: Path, at: int | None, *, overwrite: bool) -> None:
    from kb.app.argument_maps import map_export

    with opened_view(current_workspace(), at, to_keep=True) as view:
        text = map_export(view, form, questions)
    _write(text, output, form, overwrite=overwrite, print_text=show.json_text if form == "aif" else show.echo)


def _export_archive(output: Path, at: int | None, *, documents: bool, overwrite: bool) -> None:
    from kb.cli.backup import write_archive

    if output == TERMINAL:
        raise Refused([Problem("kb export", "an archive needs a file", "add -o FILE")])
    if at is not None:
        raise Refused([Problem("kb export", "an archive holds the whole log", "leave out --at")])
    write_archive(output, documents=documents, overwrite=overwrite)


def _export_seeds(output: Path, at: int | None, *, overwrite: bool) -> None:
    from kb.app.exporting import write_seed_files

    _require_folder(output, "seed files")
    with opened_base(current_workspace()) as base:
        require_moment(base, at)
        if at is None:
            base.require_sound_end()
        done = write_seed_files(base if at is None else base.at(at), output, overwrite=overwrite)
    show.problems(done.warnings)
    show.echo(f"{output}: as of head {done.head}")


def _export_linked_data(output: Path, at: int | None, *, overwrite: bool) -> None:
    from kb.app.backend import StoreBackend
    from kb.app.text_exports import linked_data_export
    from kb.app.wiring import document_store

    workspace = current_workspace()
    with opened_base(workspace) as base:
        require_moment(base, at)
        backend = StoreBackend(base, document_store(workspace))
        view = backend.view(at)
        position = view.moment.position
        text = linked_data_export(view, backend.events(position, upto=position)[::-1])
    _write(text, output, "json-ld", overwrite=overwrite, print_text=show.json_text)


def _export_tables(form: str, output: Path, at: int | None, *, overwrite: bool) -> None:
    from kb.app.export_folder import write_export_folder
    from kb.app.table_files import csv_files, parquet_files
    from kb.reports.tables import data_tables

    _require_folder(output, "tables")
    with opened_view(current_workspace(), at, to_keep=True) as view:
        files = (csv_files if form == "tables" else parquet_files)(data_tables(view), view.moment)
        done = write_export_folder(output, files, overwrite=overwrite)
    show.echo(f"{output}: {show.counted(done.files, 'file')}, {done.bytes:,} bytes")


def _export_site(output: Path, at: int | None, *, overwrite: bool) -> None:
    from kb.app.backend import StoreBackend
    from kb.app.export_folder import write_export_folder
    from kb.app.wiring import document_store
    from kb.app.workspace import bundled_folder
    from kb.web.site import Site

    _require_folder(output, "the pages")
    workspace = current_workspace()
    with opened_base(workspace) as base, show.progress("writing pages") as progress:
        require_moment(base, at)
        site = Site(StoreBackend(base, document_store(workspace)), bundled_folder("templates"), at)
        pages = site.page_count
        done = write_export_folder(
            output, site.files(), overwrite=overwrite, wrote=lambda count: progress(min(count, pages), pages)
        )
    show.echo(f"{output}: {show.counted(pages, 'page')}, {done.bytes:,} bytes; open {output / 'index.html'}")


def _export_text(form: str, output: Path, at: int | None, *, overwrite: bool) -> None:
    from kb.app.text_exports import TEXT_EXPORTS

    with opened_view(current_workspace(), at, to_keep=True) as view:
        text = TEXT_EXPORTS[form](view)
    _write(text, output, form, overwrite=overwrite, print_text=_PRINTING.get(form, show.json_text))


_PRINTING: Mapping[str, Callable[[str], None]] = {
    "bibtex": show.echo,
    # A terminal shows the line ends that the format wants as characters.
    "ris": lambda text: show.echo(text.replace("\r\n", "\n")),
}
"""How an export is printed on the terminal, by format; all others are JSON."""


def _require_folder(output: Path, what: str) -> None:
    if output == TERMINAL:
        text = f"{what} need a folder, and cannot be printed on the terminal"
        raise Refused([Problem(where="kb export", what=text, hint="add -o FOLDER")])


def _write(
    text: str, output: Path, form: str, *, overwrite: bool, print_text: Callable[[str], None] = show.echo
) -> None:
    if output == TERMINAL:
        print_text(text)
    else:
        require_place(output)
        write_text(output, text, overwrite=overwrite or may_replace(output, form))
        show.echo(f"{output}: {len(text.encode()):,} bytes")
