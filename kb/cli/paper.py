"""What does a document say, and on which line? The command that shows a text as places count it."""

from pathlib import Path

import click

from kb.cli import show
from kb.cli.command import main
from kb.domain.problem import Problem, Refused

_UNPRINTED = {**dict.fromkeys((*range(9), *range(11, 32), 127, *range(0x80, 0xA0)), "·")}


@main.command()
@click.argument("document", type=click.Path(path_type=Path))
@click.option("--bare", is_flag=True, help="The text alone, letter for letter, without numbers of lines.")
@click.option("--json", "as_json", is_flag=True, help="Text, pages, and what the document says about itself, as JSON.")
def text(document: Path, bare: bool, as_json: bool) -> None:
    """Show the text of DOCUMENT (text, Markdown, HTML or PDF) with its lines as `at: L12` counts them."""
    from kb.intake.paper import read_paper

    paper = read_paper(document)
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
