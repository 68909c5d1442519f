"""The commands that show the text of a document, draft a seed file from it, and list its figures."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kb.cli import show
from kb.cli.command import main
from kb.domain.problem import Problem, Refused

if TYPE_CHECKING:
    from kb.numbers.language import Language

_UNPRINTED = {**dict.fromkeys((*range(9), *range(11, 32), 127, *range(0x80, 0xA0)), "·")}


class _LanguageCode(click.ParamType["Language | None"]):
    """The code of a language, or ``auto``; languages are loaded when a command runs, so that ``kb`` starts fast."""

    name = "code"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> "Language | None":
        from kb.numbers.lexicon import LANGUAGES

        languages = {language.code: language for language in LANGUAGES}
        if value not in ("auto", *languages):
            self.fail(f"{value!r} is not one of {', '.join(('auto', *languages))}", param, ctx)
        return languages.get(value)


_LANGUAGE = _LanguageCode()


@main.command()
@click.argument("document", type=click.Path(path_type=Path))
@click.option("--bare", is_flag=True, help="The text alone, letter for letter, without numbers of lines.")
@click.option("--json", "as_json", is_flag=True, help="Text, pages, and what the document says about itself, as JSON.")
def text(document: Path, bare: bool, as_json: bool) -> None:
    """Show the text of DOCUMENT (text, Markdown, HTML or PDF) with its lines as `at: L12` counts them."""
    from kb.intake.document_reader import read_document

    paper = read_document(document)
    if isinstance(paper, Problem):
        raise Refused([paper])
    if as_json:
        show.as_json(paper)
    elif bare:
        click.echo(paper.text.encode(), nl=False)
    else:
        lines = paper.text.split("\n")
        for number, line in enumerate(lines, 1):
            click.echo(f"{f'L{number}':>{len(str(len(lines))) + 1}}  {line.rstrip().translate(_UNPRINTED)}".rstrip())
    show.problems([Problem(str(document), note) for note in paper.notes])


@main.command()
@click.argument("document", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Seed file; default: the terminal."
)
@click.option(
    "--lang", type=_LANGUAGE, default="auto", show_default=True, help="Language to look for numbers in; auto takes all."
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def draft(document: Path, output: Path | None, lang: "Language | None", force: bool) -> None:
    """Draft a seed file from DOCUMENT (.txt, .md, .html, .pdf): each figure with its passage, every guess marked."""
    from kb.app import drafting

    made = drafting.draft(document, output, lang, drafting.workspace_knowledge(Path.cwd()))
    if output is None:
        click.echo(made.text, nl=False)
    else:
        drafting.write_draft(made.text, output, force=force)
    contents = made.draft
    counts = (
        (len(contents.figures), "figure"),
        (len(contents.measures), "new measure"),
        (len(contents.claims), "claim stub"),
    )
    click.echo(f"{output or document}: {', '.join(show.counted(*count) for count in counts)}", err=True)
    for note in made.notes:
        click.echo(note, err=True)
    if output is not None:
        click.echo(f"next: look through it, then kb check {output}", err=True)


@main.command()
@click.argument("file")
@click.option(
    "--lang", type=_LANGUAGE, default="auto", show_default=True, help="Language of the figures; auto takes all."
)
@click.option("--json", "as_json", is_flag=True, help="Figures as a JSON array.")
@click.option("--dates", is_flag=True, help="Report dates, too.")
def scan(file: str, lang: "Language | None", as_json: bool, dates: bool) -> None:
    """Find every figure in FILE, a text; - reads standard input."""
    from kb.cli import scanning

    text = scanning.document_text(file)
    mentions = scanning.figures(text, lang, dates=dates, units=scanning.workspace_units(Path.cwd()))
    if as_json:
        show.as_json(scanning.rows(mentions))
    else:
        scanning.table(text, mentions)
