"""The commands that show the text of a document, draft a seed file from it, and list its figures."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from kb.cli import show
from kb.cli.command import current_workspace, main, opened_base
from kb.cli.output import TERMINAL, OutputPath, write_output
from kb.domain.characters import with_visible_characters
from kb.domain.problem import Problem, Refused

if TYPE_CHECKING:
    from kb.app.drafting import DocumentDraft
    from kb.domain.knowledge import Knowledge
    from kb.domain.unit import Units
    from kb.numbers.language import Language
    from kb.numbers.scan import FigureMention

_STDIN = "-"


class _LanguageCode(click.ParamType["Language | None"]):
    """The code of a language, or ``auto``; languages are loaded when a command runs, so that ``kb`` starts fast."""

    name = "code"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Language | None:
        from kb.numbers.lexicon import LANGUAGES

        languages = {language.code: language for language in LANGUAGES}
        if value not in ("auto", *languages):
            self.fail(f"{value!r} is not one of {', '.join(('auto', *languages))}", param, ctx)
        return languages.get(value)


_LANG = click.option(
    "--lang", type=_LanguageCode(), default="auto", show_default=True, help="Language of the text; auto recognises it."
)


@main.command()
@click.argument("document", type=click.Path(path_type=Path))
@click.option("--bare", is_flag=True, help="Print the exact text alone, without line numbers.")
@click.option("--json", "as_json", is_flag=True, help="Print text, pages and the document's own metadata as JSON.")
def text(document: Path, bare: bool, as_json: bool) -> None:
    """Show the text of DOCUMENT, with line numbers.

    DOCUMENT is plain text, Markdown, HTML or PDF; the numbers are those that `at: L12` refers to.
    """
    from kb.intake.document_reader import read_document

    parsed = read_document(document)
    if isinstance(parsed, Problem):
        raise Refused([parsed])
    if as_json:
        show.as_json(parsed)
    elif bare and not sys.stdout.isatty():
        click.echo(parsed.text.encode(), nl=False)
    elif bare:
        show.echo(parsed.text, nl=False)
    else:
        lines = parsed.text.split("\n")
        for number, line in enumerate(lines, 1):
            show.echo(f"{f'L{number}':>{len(str(len(lines))) + 1}}  {line.rstrip()}".rstrip())
    show.problems([Problem(where=str(document), what=note) for note in parsed.notes])


@main.command()
@click.argument("documents", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=OutputPath(seeds=True),
    default=TERMINAL,
    help="Seed file to write, or folder for the seed files of several documents; default: - (the terminal).",
)
@_LANG
@click.option("--force", is_flag=True, help="Replace a file that exists.")
def draft(documents: tuple[Path, ...], output: Path, lang: Language | None, force: bool) -> None:
    """Draft seed files from DOCUMENTS.

    Each of DOCUMENTS is plain text, Markdown, HTML or PDF. A draft holds each figure with its passage, and marks every
    guess. Documents that are drafted together share the measures of what they speak of.
    """
    from kb.app.argument_maps import is_argument_map
    from kb.app.drafting import draft_seed_files
    from kb.domain.knowledge import Knowledge

    if maps := [path for path in documents if is_argument_map(path)]:
        what = "this is an argument map, which has no running text"
        raise Refused([Problem(str(path), what, f"make a seed file of it with kb import {path}") for path in maps])
    is_folder = output != TERMINAL and (output.is_dir() or str(output).endswith(("/", os.sep)))
    if len(documents) > 1 and not is_folder:
        what = "one file cannot take the drafts of several documents"
        raise Refused([Problem(where=str(output), what=what, hint="name a folder: -o seeds/")])
    targets = _targets(documents, output) if is_folder else [None if output == TERMINAL else output]
    known = _known_here([target for target in targets if target])
    drafts = draft_seed_files(documents, targets, lang, known or Knowledge(), alone=known is None)
    if is_folder:
        output.mkdir(parents=True, exist_ok=True)
    for document, target, drafted in zip(documents, targets, drafts, strict=True):
        write_output(drafted.text, target or TERMINAL, overwrite=force)
        _show_draft(drafted, target or document)
    if targets[0]:
        names = str(output) if is_folder else str(targets[0])
        show.echo(f"next: review {'them' if is_folder else 'it'}, then run kb check {names}", err=True)


def _targets(documents: Sequence[Path], folder: Path) -> list[Path | None]:
    """A seed file in ``folder`` for each document, by its name; numbered where two have one name."""
    from kb.domain.slug import slug_of, unused_slug

    names: list[str] = []
    for document in documents:
        names.append(unused_slug(slug_of(document.stem) or "draft", set(names)))
    return [folder / f"{name}.yaml" for name in names]


def _show_draft(drafted: DocumentDraft, name: Path) -> None:
    contents = drafted.contents
    counts = (
        (len(contents.figures), "figure"),
        (len(contents.measures), "new measure"),
        (len(contents.claims), "claim stub"),
    )
    show.echo(f"{name}: {', '.join(show.counted(*count) for count in counts)}", err=True)
    for omission in contents.left_out:
        show.echo(f"left out, line {omission.line}: {omission.literal} ({omission.why})", err=True)
    for note in drafted.notes:
        show.echo(note, err=True)


@main.command()
@click.argument("file")
@_LANG
@click.option("--json", "as_json", is_flag=True, help="Print the figures as a JSON array.")
@click.option("--dates", is_flag=True, help="Also list dates.")
@click.option("--all", "everything", is_flag=True, help="Also list what is left out, with the reason.")
def scan(file: str, lang: Language | None, as_json: bool, dates: bool, everything: bool) -> None:
    """List the figures in the document FILE.

    As FILE, - stands for standard input.
    """
    from kb.app.drafting import figures_of, scannable_document
    from kb.intake.document_reader import LIMITS
    from kb.numbers.scan import rows

    if file == _STDIN:
        document = scannable_document(sys.stdin.buffer.read(LIMITS.size + 1), "standard input")
    else:
        document = scannable_document(Path(file), file)
    if not document.text:
        show.echo(f"{'standard input' if file == _STDIN else file} is empty: there is nothing to scan", err=True)
    mentions = []
    with show.progress("scanning") as progress:
        for mention in figures_of(document, lang, _units_here(), dates_too=dates, all_too=everything):
            mentions.append(mention)
            progress(mention.end, len(document.text))
    if as_json:
        show.as_json(rows(mentions))
    else:
        _print_figures(document.text, mentions)


@main.command()
@click.argument("document", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def coverage(document: Path, as_json: bool) -> None:
    """List what is not recorded of DOCUMENT.

    These are the numbers that no figure covers, and the paragraphs from which neither a figure nor a claim was taken.
    What is left out on purpose stands under left-out: in the seed file. Seed files of the workspace count as recorded.
    """
    from kb.app.coverage import coverage as coverage_of

    found = coverage_of(document, _known_here() or Knowledge())
    if as_json:
        show.as_json(found)
        return
    for number in found.uncovered_numbers:
        show.echo(f"L{number.line}  number     {number.as_written}")
    for paragraph in found.uncovered_paragraphs:
        lines = f"L{paragraph.line}" if paragraph.line == paragraph.last else f"L{paragraph.line}-L{paragraph.last}"
        show.echo(f"{lines}  paragraph  {_beginning(paragraph.text)}")
    show.problems(found.lost)
    counts = (
        (found.numbers, "number", len(found.uncovered_numbers), found.left_out_numbers),
        (found.paragraphs, "paragraph", len(found.uncovered_paragraphs), found.left_out_paragraphs),
    )
    for count, noun, missing, left_out in counts:
        show.echo(f"{show.counted(count, noun)}: {missing} not recorded, {left_out} left out on purpose")


_SHOWN_OF_PARAGRAPH = 100
"""Letters of a paragraph that the list shows."""


def _beginning(text: str) -> str:
    return text if len(text) <= _SHOWN_OF_PARAGRAPH else f"{text[:_SHOWN_OF_PARAGRAPH].rstrip()} …"


def _known_here(replaced: Sequence[Path] = ()) -> Knowledge | None:
    """What the base and the seed files of the current workspace hold, without those that are ``replaced``.

    None outside of a workspace.
    """
    from kb.app.drafting import knowledge_with_seeds

    try:
        workspace = current_workspace()
    except Refused:
        return None
    with opened_base(workspace, create=True) as base:
        return knowledge_with_seeds(base, workspace.seeds, replaced)


def _units_here() -> Units:
    """The units of the current workspace; the standard ones outside of a workspace, or if its base cannot be opened."""
    from kb.domain.unit import STANDARD

    # Scanning a text records nothing, so a base that cannot be opened is no reason to refuse it.
    try:
        known = _known_here()
        return known.unit_system if known else STANDARD
    except Refused:
        return STANDARD


_PIPED_WIDTH = 160


def _print_figures(text: str, mentions: Sequence[FigureMention]) -> None:
    """Print a table of where each figure stands, how it is written and how it is read; then how many there are."""
    from kb.numbers import write_quantity

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("place", justify="right", overflow="fold")
    for title in ("as written", "read as", "kind", "remark"):
        table.add_column(title, overflow="fold")
    for place, mention in zip(_places(text, mentions), mentions, strict=True):
        quantity = mention.quantity
        written = " ".join(quantity.as_written.split())
        cells = (place, written, write_quantity(quantity), str(mention.kind), _remark(mention))
        table.add_row(*(Text(with_visible_characters(cell)) for cell in cells))
    # Piped into another program the table keeps one width, whatever terminal it was started from.
    console = Console()
    if mentions:
        Console(width=None if console.is_terminal else _PIPED_WIDTH).print(table)
    figures = sum(mention.left_out is None for mention in mentions)
    left_out = f", {len(mentions) - figures} left out" if figures < len(mentions) else ""
    console.print(show.counted(figures, "figure") + left_out, style="dim")


def _remark(mention: FigureMention) -> str:
    """Why a number is left out, which part of a change a figure is, and what a reader should know of its reading."""
    from kb.numbers.scan import doubts

    left_out = f"left out: {mention.left_out}" if mention.left_out else ""
    change = str(mention.change).replace("_", " ") if mention.change else ""
    # An adjective is no doubt, but belongs in the scope of whoever compares the number with others.
    beside = f"the unit leaves out “{mention.beside_unit}”" if mention.beside_unit else ""
    beside = "" if mention.beside_unit == mention.not_understood else beside
    return "; ".join(filter(None, (left_out, change, *doubts(mention), beside)))


def _places(text: str, mentions: Sequence[FigureMention]) -> Iterator[str]:
    """Line and column of each mention, from 1."""
    line, line_start = 1, 0
    for previous, start in pairwise((0, *(mention.start for mention in mentions))):
        line += text.count("\n", previous, start)
        line_start = text.rfind("\n", 0, start) + 1
        yield f"{line}:{start - line_start + 1}"
