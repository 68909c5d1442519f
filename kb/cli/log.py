"""The commands that show the log, verify it, rebuild the tables from it, and redact an event."""

import re

import click

from kb.app.mint import SystemMint
from kb.cli import show
from kb.cli.command import ACTOR, REASON, author_of, current_workspace, main, opened_base
from kb.domain.problem import Problem, Refused


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
        line = f"{event.position:>7}  {event.recorded_at[:19]}  {about:<60} {event.actor}: {event.reason}"
        # A reason may have several lines, which must not look like further events.
        show.echo(line.replace("\n", " "))


@log.command()
def head() -> None:
    """Print position and hash of the newest event.

    Keep them elsewhere, and `kb verify --head` shows whether the log still holds that event.
    """
    with opened_base(current_workspace()) as base:
        newest = base.head()
    show.echo(f"{newest.position} {newest.hash}")


class _Hash(click.ParamType[str]):
    """A SHA-256 as the log prints it; capitals do not matter."""

    name = "hash"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not re.fullmatch(r"[0-9a-fA-F]{64}", value):
            self.fail(f"{value!r} is not a hash of 64 hexadecimal digits", param, ctx)
        return value.lower()


_HASH = _Hash()


@main.command()
@click.option(
    "--head",
    "kept",
    type=(click.IntRange(min=0), _HASH),
    metavar="POSITION HASH",
    help="A head kept elsewhere, as `kb log head` prints it.",
)
def verify(kept: tuple[int, str] | None) -> None:
    """Check every hash of the log.

    Names the first bad position, or prints the head.

    Without a head kept elsewhere nobody can tell that the newest events were cut off.
    """
    from kb.store.log import Head

    with opened_base(current_workspace()) as base, show.progress("verifying") as progress:
        fault = base.verify(progress, expected=Head(*kept) if kept else None)
        newest = base.head()
    if fault:
        raise Refused(
            [Problem(where=f"position {fault.position}", what=fault.what, hint="restore the log from a backup")]
        )
    show.echo(f"{show.counted(newest.position, 'event')}, no break; head {newest.position} {newest.hash}")


@main.command()
def rebuild() -> None:
    """Recompute all tables from the log.

    They must come out as they were.
    """
    with opened_base(current_workspace()) as base, show.progress("rebuilding") as progress:
        before, after = base.rebuild(progress)
    show.echo(f"before {before}\nafter  {after}\n{'the same' if before == after else 'different'}")
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
    show.echo(f"redacted {position}; head {newest.position} {newest.hash}")
