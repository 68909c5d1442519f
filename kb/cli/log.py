"""The commands that show the log, verify it, rebuild the tables from it, and redact an event."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from kb.cli import show
from kb.cli.command import ACTOR, HEAD, JOBS, POSITION, REASON, author_of, current_workspace, main, opened_base
from kb.domain.problem import Problem, Refused

if TYPE_CHECKING:
    from kb.store.log import Head


@main.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print the events as a JSON array.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(min=1), help="Number of events.")
@click.pass_context
def log(context: click.Context, as_json: bool, limit: int) -> None:
    """Show the events, newest first.

    The last line says if one of them was altered, or if the end of the log is damaged or missing.
    """
    if context.invoked_subcommand:
        return
    with opened_base(current_workspace()) as base:
        events = list(base.events(newest_first=True, limit=limit))
        if as_json:
            show.as_json(events)
        for event in events if not as_json else ():
            about = f"{event.type} {show.event_subject(event)}"
            line = f"{event.position:>7}  {event.recorded_at[:19]}  {about:<60} {event.actor}: {event.reason}"
            # A reason may have several lines, which must not look like further events.
            show.echo(line.replace("\n", " "))
        # Shown first: whoever looks into the damage needs them.
        base.require_sound_end()
        base.require_unaltered(events)


@log.command()
def head() -> None:
    """Print the head: the newest event's position and hash.

    Keep them elsewhere, and `kb verify --head` shows whether the log still holds that event. A log whose end is damaged
    or missing has no head to keep.
    """
    with opened_base(current_workspace()) as base:
        newest = base.sound_head()
    show.echo(str(newest))


@main.command()
@click.option("--head", type=HEAD, metavar="POSITION:HASH", help="A head kept elsewhere, as `kb log head` prints it.")
@click.option("--log-only", is_flag=True, help="Check only the database file and the log.")
@JOBS
def verify(head: Head | None, log_only: bool, jobs: int) -> None:
    """Check the base for damage.

    Runs the database's own check, recomputes every hash of the log, compares all tables with a replay, and each
    attached document with its SHA-256. Lists all damage, or prints the latest position and hash. Writes nothing.

    Keep the position and hash elsewhere: only they can reveal that the newest events, and the table rows made from
    them, were removed.
    """
    from kb.app.verification import damage_problems, verify_base

    with show.stages() as stage:
        result = verify_base(
            current_workspace(), expected=head, log_only=log_only, jobs=jobs, stage=stage, waiting=show.waiting()
        )
    if result.faults:
        raise Refused(damage_problems(result.faults))
    tables = "the tables match the log" if result.tables_compared else "the tables were not compared"
    show.echo(f"{show.counted(result.head.position, 'event')}, no damage; {tables}; head {result.head}")
    if not (result.tables_compared or log_only):
        raise Refused([Problem(where="tables", what=_OTHER_VERSION, hint=_THEN_AGAIN)])


_OTHER_VERSION = "they come from another version of kb, and were not all compared"
_THEN_AGAIN = "run `kb log head`, which recomputes them, and verify again; --log-only checks the log alone"


@main.command()
def rebuild() -> None:
    """Recompute all tables from the log.

    Reports whether the stored tables matched the log.
    """
    with opened_base(current_workspace()) as base, show.progress("rebuilding") as progress:
        before, after = base.rebuild(progress)
    outcome = "the tables matched the log" if before == after else "the tables did not match the log; now they do"
    show.echo(f"before {before}\nafter  {after}\n{outcome}")


@main.command()
@click.argument("positions", nargs=-1, type=POSITION)
@click.option("--text", default="", help="Delete every event that contains this text.")
@click.option("--documents", "with_documents", is_flag=True, help="Also delete attached documents that contain TEXT.")
@click.option("--yes", is_flag=True, help="Delete without asking.")
@click.option("--finish", is_flag=True, help="Finish a redaction that other programs blocked.")
@ACTOR
@REASON
def redact(
    positions: tuple[int, ...], text: str, with_documents: bool, yes: bool, finish: bool, actor: str | None, reason: str
) -> None:
    """Permanently delete the content of events.

    That is their data, actor and reason.

    Name the events by POSITIONS, by --text, or both. Everything that would be deleted is listed first. The chain of
    hashes can still be verified.
    """
    from kb.app.redaction import RedactionRequest, plan_redaction
    from kb.app.redaction import redact as redact_events
    from kb.app.wiring import document_store

    workspace = current_workspace()
    with opened_base(workspace) as base:
        if finish:
            if positions or text:
                what = "--finish stands alone: it deletes nothing more"
                raise Refused([Problem(where="kb redact", what=what, hint="redact first, without --finish")])
            _refuse_obstacle(base.overwrite_deleted())
            show.echo("the files of the database hold nothing that was redacted")
            return
        author = author_of(workspace, actor, reason)
        request = RedactionRequest(positions=frozenset(positions), text=text, with_documents=with_documents)
        documents = document_store(workspace)
        plan = plan_redaction(base, documents, workspace.seeds, request, author)
        show.redaction(plan, with_documents=with_documents)
        if not yes and not _confirmed():
            raise Refused([Problem(where="kb redact", what="nothing was deleted", hint="add --yes to delete it")])
        done = redact_events(base, documents, workspace.seeds, request, author)
        head = base.head()
    show.echo(f"redacted {show.counted(len(done.redaction.holdings), 'event')}; head {head}")
    _refuse_obstacle(done.obstacle)


def _refuse_obstacle(obstacle: str) -> None:
    if obstacle:
        hint = "end the programs that use the base, then run `kb redact --finish`"
        what = f"the deleted text may still be in them: {obstacle}"
        raise Refused([Problem(where="files of the database", what=what, hint=hint)])


def _confirmed() -> bool:
    return sys.stdin.isatty() and click.confirm("Delete this permanently?", err=True)
