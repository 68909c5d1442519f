"""Where do passages stand that another edition left in doubt? The commands that list them and settle them."""

import click

from kb.cli import show
from kb.cli.command import ACTOR, REASON, author_of, here, main
from kb.cli.finding import settle
from kb.cli.wiring import documents, opened, view_of
from kb.domain.settling import Choice
from kb.intake.difference import marked
from kb.reports.page import MissedRow, PassagesPage
from kb.reports.passage import passages as passages_page

_ENTRY = click.argument("entry")
_PASSAGE = click.option("--passage", type=click.IntRange(min=1), help="Which passage of a claim that has several.")
_OFFER = click.option("--offer", type=click.IntRange(min=1), help="Which of the places that are offered.")


@main.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="As JSON, as the page has it.")
@click.pass_context
def passages(context: click.Context, as_json: bool) -> None:
    """List the passages that wait for a person, with the places that are offered."""
    if context.invoked_subcommand:
        return
    workspace = here()
    with opened(workspace) as base:
        page = passages_page(view_of(base, documents(workspace), base.head()))
    if as_json:
        show.as_json(page)
    else:
        _list(page)


def _list(page: PassagesPage) -> None:
    for source in page.sources:
        for row in (*source.review, *source.orphans):
            _show(row)
    click.echo(f"{page.review:,} to review, {show.counted(page.orphans, 'orphan')}")


def _show(row: MissedRow) -> None:
    number = f", passage {row.number}" if row.passages > 1 else ""
    click.echo(f"{row.ref.slug} at {row.locator}{number}")
    if row.earlier:
        click.echo(f"    was: {row.earlier.before}{row.earlier.text}{row.earlier.after}".rstrip())
    for offer in row.offers:
        now = offer.wording
        told = marked(offer.difference) or f"{now.before}{now.text}{now.after}"
        differ = ", the numbers differ" if offer.numbers_differ else ""
        click.echo(f"    {offer.number}. line {offer.line}, score {offer.score}{differ}: “{now.text}” in: {told}")
    if not row.offers:
        click.echo("    nothing like it" if not row.rejected else "    nobody took what was offered")


@passages.command()
@_ENTRY
@_PASSAGE
@_OFFER
@ACTOR
@REASON
def accept(entry: str, passage: int | None, offer: int | None, actor: str, reason: str) -> None:
    """Accept an offered place as that of a passage of ENTRY, a figure or a claim."""
    _settle(Choice(entry, True, passage, offer), actor, reason)


@passages.command()
@_ENTRY
@_PASSAGE
@_OFFER
@ACTOR
@REASON
def reject(entry: str, passage: int | None, offer: int | None, actor: str, reason: str) -> None:
    """Turn down what is offered for a passage of ENTRY, or one of the offers; with none left it is an orphan."""
    _settle(Choice(entry, False, passage, offer), actor, reason)


def _settle(choice: Choice, actor: str, reason: str) -> None:
    workspace = here()
    author = author_of(workspace, actor, reason)
    with opened(workspace) as base:
        click.echo(settle(base, choice, author))
        head = base.head()
    click.echo(f"head {head.position} {head.hash}")
