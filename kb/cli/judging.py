"""What did the engine notice, and what does a person make of it? The commands about findings."""

import sys
from decimal import Decimal

import click

from kb.cli import show
from kb.cli.command import ACTOR, REASON, author_of, here, main
from kb.domain.entity import Decision
from kb.domain.finding import FindingKind, Verdict
from kb.domain.matching import NameWish
from kb.domain.problem import Problem, Refused
from kb.domain.ruling import Wish

FAILED = 3
"""Exit code where ``--fail-on`` found what it was told to look for."""

_VERDICTS = click.Choice([verdict.value for verdict in Verdict])
_KINDS = click.Choice([kind.value for kind in FindingKind])


@main.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Findings as a JSON array, as in `kb export`.")
@click.option("--kind", type=_KINDS, multiple=True, help="Only these kinds; may be given more than once.")
@click.option("--verdict", type=_VERDICTS, multiple=True, help="Only these verdicts; may be given more than once.")
@click.option("--min-severity", type=click.FloatRange(0, 1), default=0.0, help="Only this severe or worse, 0 to 1.")
@click.option("--measure", default="", help="Only about measures with these words in a name, label or alias.")
@click.option("--open", "only_open", is_flag=True, help="Only those that nobody has ruled on, or that changed since.")
@click.option("--fail-on", type=_VERDICTS, multiple=True, help="Exit with 3 if a listed finding has this verdict.")
@click.pass_context
def findings(
    context: click.Context,
    as_json: bool,
    kind: tuple[str, ...],
    verdict: tuple[str, ...],
    min_severity: float,
    measure: str,
    only_open: bool,
    fail_on: tuple[str, ...],
) -> None:
    """List what the engine noticed, worst first."""
    if context.invoked_subcommand:
        return
    from kb.cli.finding import Asked, listed, opened_view

    asked = Asked(kind, verdict, Decimal(str(min_severity)), measure, only_open)
    with opened_view(here()) as view:
        found = listed(view, asked)
        if as_json:
            from kb.reports.export import exported_findings

            show.as_json(exported_findings(view, found))
        else:
            from kb.reports.row import finding_rows

            show.findings(finding_rows(view, found))
    if any(finding.verdict.value in fail_on for finding in found):
        sys.exit(FAILED)


@findings.command(name="show")
@click.argument("id")
@click.option("--json", "as_json", is_flag=True, help="The finding as JSON, as its page has it.")
def show_finding(id: str, as_json: bool) -> None:
    """Show the finding ID (its first digits will do): both sides, the arithmetic, the verdict, the rulings."""
    from kb.cli.bundled import folder
    from kb.cli.finding import opened_view, sheet
    from kb.web.printing import print_finding

    with opened_view(here()) as view:
        found = sheet(view, id)
        if as_json:
            show.as_json(found)
        else:
            click.echo(show.fitted(print_finding(found, folder("templates"))))


@main.command()
@click.argument("finding")
@click.option("--accept", metavar="FIGURE", help="This figure stands.")
@click.option("--dismiss", metavar="WHY", help="The finding does not matter, and why.")
@click.option("--explain", metavar="TEXT", help="Where the difference comes from.")
@click.option("--undo", is_flag=True, help="Take back what was decided.")
@click.option("--reason", default="", help="Why; wanted with --accept and --undo, else the text itself is the reason.")
@ACTOR
def rule(
    finding: str, accept: str | None, dismiss: str | None, explain: str | None, undo: bool, reason: str, actor: str
) -> None:
    """Decide about a finding: an event with actor and reason, bound to what was seen."""
    from kb.cli.finding import decide
    from kb.cli.wiring import opened

    said = {Decision.ACCEPT: accept, Decision.DISMISS: dismiss, Decision.EXPLAIN: explain}
    given = [(decision, text) for decision, text in said.items() if text is not None]
    if len(given) + undo != 1:
        raise Refused([Problem("kb rule", "a ruling decides one thing", "--accept, --dismiss, --explain or --undo")])
    decision, said_text = given[0] if given else (None, "")
    figure = said_text if decision is Decision.ACCEPT else ""
    text = reason if figure else said_text
    workspace = here()
    author = author_of(workspace, actor, reason or text)
    with opened(workspace) as base:
        done = decide(base, Wish(finding, decision, figure, text), author)
        head = base.head()
    click.echo(done.told)
    click.echo(f"head {head.position} {head.hash}")


@main.command()
@click.option("--json", "as_json", is_flag=True, help="The page of names as JSON.")
def suggest(as_json: bool) -> None:
    """Suggest measures and scope values that may be the same, and sources that may be copies of each other."""
    from kb.cli.finding import opened_view
    from kb.reports.matches import matches

    with opened_view(here()) as view:
        page = matches(view)
    if as_json:
        show.as_json(page)
    else:
        show.suggestions(page)


@main.command()
@click.argument("left")
@click.argument("right")
@click.option("--same", "decision", flag_value="same", help="The two count as one from now on.")
@click.option("--different", "decision", flag_value="different", help="They do not, and are not suggested again.")
@click.option("--undo", "decision", flag_value="undo", help="Take back what was decided.")
@REASON
@ACTOR
def match(left: str, right: str, decision: str | None, reason: str, actor: str) -> None:
    """Decide whether LEFT and RIGHT, two measures or two scope values like vendor/acme, are the same."""
    from kb.cli.names import match_names
    from kb.cli.wiring import opened

    if decision is None:
        raise Refused([Problem("kb match", "nothing was decided", "--same, --different or --undo")])
    workspace = here()
    same = {"same": True, "different": False, "undo": None}[decision]
    with opened(workspace) as base:
        recorded = match_names(base, NameWish(left, right, same, reason), author_of(workspace, actor, reason))
        head = base.head()
    already = "" if recorded else " already; nothing was recorded"
    click.echo(f"{left} and {right}: {_MATCHED[decision]}{already}")
    click.echo(f"head {head.position} {head.hash}")


_MATCHED = {"same": "the same", "different": "not the same", "undo": "open again"}


@main.command()
def reconcile() -> None:
    """Compute every finding anew from what is known; they must come out as they were."""
    from kb.cli.wiring import opened

    with opened(here()) as base, show.progress("reconciling") as progress:
        done = base.reconcile(progress)
    told = "the same" if not done.differing else f"{done.differing} changed"
    click.echo(f"{show.counted(done.after, 'finding')}, {told} (before: {done.before})")
