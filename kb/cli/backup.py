"""The commands that write the whole base into one file, and make a base from such a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb.cli import show
from kb.cli.command import HEAD, current_workspace, main
from kb.cli.output import ArchivePath
from kb.domain.problem import Problem, Refused

if TYPE_CHECKING:
    from kb.store.log import Head


@main.command()
@click.argument("file", type=ArchivePath(dir_okay=False))
@click.option("--force", is_flag=True, help="Replace FILE if it exists.")
def backup(file: Path, force: bool) -> None:
    """Write the base into the archive FILE.

    The archive holds the whole log and the attached documents.

    Other commands can write while this runs. Copy the printed head and keep it somewhere else.
    """
    write_archive(file, documents=True, overwrite=force)


def write_archive(file: Path, *, documents: bool, overwrite: bool) -> None:
    """Write the base of the current workspace into the archive ``file``, and print what is in it.

    Raises:
        Refused: it was not written, or it was and lacks attached documents.
    """
    from kb.app.backup import back_up

    with show.progress("writing") as progress:
        done = back_up(current_workspace(), file, documents=documents, overwrite=overwrite, progress=progress)
    counts = [show.counted(done.head.position, "event"), show.counted(done.documents, "document")]
    show.echo(f"{file}: {', '.join(counts)}, {done.size:,} bytes; head {done.head}")
    if done.lacking:
        lost = show.counted(len(done.lacking), "document")
        raise Refused(
            [
                *done.lacking,
                Problem(str(file), f"this archive lacks {lost}", "put back what is missing, then write another"),
            ]
        )


@main.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--replace", is_flag=True, help="Move the present base aside, under another name (SQLite only).")
@click.option("--head", "kept", type=HEAD, metavar="POSITION:HASH", help="Compare with a head that was kept elsewhere.")
def restore(file: Path, replace: bool, kept: Head | None) -> None:
    """Restore the base from the archive FILE.

    The archive is verified first. A base with events is never overwritten; --replace moves it aside.
    """
    from kb.app import backup as use_case

    with show.progress("restoring") as progress:
        made = use_case.restore(
            current_workspace(), file, replace=replace, expected=kept, progress=progress, waiting=show.waiting()
        )
    counts = [show.counted(made.head.position, "event"), show.counted(made.documents, "document")]
    show.echo(f"{', '.join(counts)}; head {made.head}")
    if made.kept:
        show.echo(f"the previous base is now {made.kept}")
