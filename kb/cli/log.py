"""The commands that show the log, verify it, rebuild the tables from it, and redact an event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kb.app.mint import SystemMint
from kb.cli import show
from kb.cli.command import ACTOR, JOBS, REASON, author_of, current_workspace, main, opened_base
from kb.domain.problem import Problem, Refused

if TYPE_CHECKING:
    from kb.store.log import Head


@main.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print the events as a JSON array.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(min=1), help="How many events.")
@click.pass_context
def log(context: click.Context, as_json: bool, limit: int) -> None:
    """Show the events, newest first."""
    if context.invoked_subcommand:
        return
    with opened_base(current_workspace()) as base:
        events = list(base.events(newest_first=True, limit=limit))
    if as_json:
        show.as_json(events)
        return
    for event in events:
        about = f"{event.type} {show.event_subject(event)}"
        click.echo(f"{event.position:>7}  {event.recorded_at[:19]}  {about:<60} {event.actor}: {event.reason}")


@log.command()
def head() -> None:
    """Print position and hash of the newest event.

    Keep them elsewhere, and `kb verify --head` shows whether the log still holds that event.
    """
    with opened_base(current_workspace()) as base:
        newest = base.head()
    click.echo(str(newest))


class _Head(click.ParamType["Head"]):
    """A head of the log as ``kb log head`` prints it."""

    name = "head"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Head:
        from kb.store.log import Head

        try:
            return Head.parse(str(value))
        except ValueError as error:
            self.fail(f"{value!r}: {error}", param, ctx)


@main.command()
@click.option(
    "--head", type=_Head(), metavar="POSITION:HASH", help="A head kept elsewhere, as `kb log head` prints it."
)
@click.option("--log-only", is_flag=True, help="Check the file and the log alone; the tables are not compared.")
@JOBS
def verify(head: Head | None, log_only: bool, jobs: int) -> None:
    """Check the base for damage.

    The database's own check, every hash of the log, and all tables compared with a replay of the log. Lists what is
    damaged and where, or prints the head. Nothing is written.

    Without a head kept elsewhere nobody can tell that the newest events were cut off.
    """
    from kb.app.verification import damage_problems, verify_base

    with show.stages() as stage:
        result = verify_base(current_workspace(), expected=head, log_only=log_only, jobs=jobs, stage=stage)
    if result.faults:
        raise Refused(damage_problems(result.faults))
    tables = "the tables follow from the log" if result.tables_compared else "the tables were not compared"
    click.echo(f"{show.counted(result.head.position, 'event')}, no break; {tables}; head {result.head}")
    if not (result.tables_compared or log_only):
        click.echo("another version of kb made the tables; the next command makes them anew", err=True)


@main.command()
def rebuild() -> None:
    """Recompute all tables from the log.

    They must come out as they were.
    """
    with opened_base(current_workspace()) as base, show.progress("rebuilding") as progress:
        before, after = base.rebuild(progress)
    click.echo(f"before {before}\nafter  {after}\n{'the same' if before == after else 'different'}")
    if before != after:
        raise Refused(
            [
                Problem(
                    where="tables",
                    what="they did not come out as they were",
                    hint="the tables were wrong and now follow the log",
                )
            ]
        )


@main.command()
@click.argument("position", type=click.IntRange(min=1))
@ACTOR
@REASON
def redact(position: int, actor: str, reason: str) -> None:
    """Delete the payload of an event for good.

    The chain still verifies without it.
    """
    workspace = current_workspace()
    author = author_of(workspace, actor, reason)
    mint = SystemMint()
    with opened_base(workspace) as base:
        newest = base.redact(position, author, mint)
    click.echo(f"redacted {position}; head {newest}")
