"""What every command needs: the group that they join, options about the author, and the base of the workspace."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kb import __version__
from kb.app.workspace import Workspace
from kb.atomic_file import reason
from kb.cli import show
from kb.domain.identity import Author, author_problems
from kb.domain.problem import Damaged, Problem, Refused, Severity

if TYPE_CHECKING:
    from kb.reports.view import View
    from kb.store.base import Base
    from kb.store.log import Head


class Commands(click.Group):
    """A group whose commands turn ``Refused`` into problems on standard error and exit code 1.

    So they do when their output cannot be written. A closed pipe is no problem: its reader has seen enough.
    """

    def main(self, *arguments: Any, **options: Any) -> Any:
        """Run the command that ``arguments`` name; ``click.Group.main`` describes the rest."""
        try:
            return super().main(*arguments, **options)
        # Files are written by functions that raise Refused. What is left are the streams: an error of theirs names no
        # file, and comes from wherever something is printed, ``--help`` included.
        except OSError as error:
            if error.filename is not None or error.errno not in _LOST_OUTPUT:
                raise
            _discard_output()
            with suppress(OSError):
                show.problems([Problem(where="standard output", what=f"cannot be written: {reason(error)}")])
            sys.exit(1)

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except Refused as refused:
            show.problems(refused.problems)
            context.exit(1)
        # A path that may not be looked at is met in many places. Whoever knows more of it refuses it in better words.
        except OSError as error:
            if error.filename is None or error.errno not in _NO_ACCESS:
                raise
            show.problems([Problem(where=str(error.filename), what=f"cannot be read or written: {reason(error)}")])
            context.exit(1)


_NO_ACCESS = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ELOOP, errno.ENAMETOOLONG)
_LOST_OUTPUT = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def _discard_output() -> None:
    """Let what is still to be printed go nowhere: Python tries once more at its end, and would print a traceback."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(cls=Commands)
@click.version_option(__version__, prog_name="kb")
def main() -> None:
    """A knowledge base of claims and evidence: who gave which number, where, and what follows."""


def current_workspace(*, required: bool = True) -> Workspace:
    """The workspace around the current folder; the folder itself where there is none and none is ``required``.

    Raises:
        Refused: a required workspace is missing.
    """
    try:
        folder = Path.cwd()
    except FileNotFoundError as error:
        raise Refused([Problem("current folder", "it was deleted", "change to another folder")]) from error
    return Workspace.find(folder, required=required)


@contextmanager
def opened_base(workspace: Workspace, *, create: bool = False, quiet: bool = False) -> Iterator[Base]:
    """The base of ``workspace``, closed at the end.

    Standard error says if all findings had to be recomputed and, unless ``quiet``, that a writer waits for its turn.
    Where there is none, commands that may ``create`` one read it as empty, and the first event makes it. Others refuse.
    """
    # Late: the packages behind an open base take most of a second to load, and `kb --help` needs none of them.
    from kb.app.wiring import open_base

    with open_base(workspace, None if quiet else show.waiting(), create=create) as base:
        if base.recomputed:
            show.recomputed(base.recomputed)
        yield base


@contextmanager
def opened_view(workspace: Workspace, at: int | None = None, *, to_keep: bool = False) -> Iterator[View]:
    """What the base of ``workspace`` holds, and what follows from it, at position ``at``; now for None.

    What is made of it ``to_keep`` names the head of the log, which therefore must be sound. Whoever only reads what is
    there now is warned on standard error.
    """
    from kb.app.wiring import document_store, view_at

    with opened_base(workspace) as base:
        require_moment(base, at)
        if at is None:
            _check_end(base, required=to_keep)
        yield view_at(base, document_store(workspace), at)


def _check_end(base: Base, *, required: bool) -> None:
    """Refuses a log whose end is damaged or cut off; prints a warning where a sound end is not ``required``."""
    try:
        base.require_sound_end()
    except Damaged as damaged:
        if required:
            raise
        show.problems([replace(problem, severity=Severity.WARNING) for problem in damaged.problems])


def require_moment(base: Base, at: int | None) -> None:
    """Refuses an ``--at`` that the log of ``base`` does not reach."""
    last = base.head().position
    if at is not None and at > last:
        hint = f"the log goes from 1 to {last}" if last else "the log is empty"
        raise Refused([Problem(where=f"--at {at}", what="there is no such moment", hint=hint)])


def author_of(workspace: Workspace, actor: str | None, reason: str, mistakes: Sequence[Problem] = ()) -> Author:
    """Who acts and why; without ``actor`` the one in the settings.

    Args:
        workspace: Its settings name the actor.
        actor: As given on the command line; None where it was not, for an empty one is a mistake.
        reason: As given on the command line; may be empty.
        mistakes: What else is wrong on the command line, to be shown together with the rest.

    Raises:
        Refused: there are ``mistakes``, or actor or reason is missing or cannot be recorded.
    """
    name = workspace.actor if actor is None else actor
    wrong = author_problems(name, reason, "add --actor NAME, or set `actor` in kb.toml", 'add --reason "…"')
    if problems := (*mistakes, *wrong):
        raise Refused(problems)
    return Author(name, reason)


ACTOR = click.option("--actor", default=None, help="Name to record; default: `actor` in kb.toml or KB_ACTOR.")
"""The option that says who acts."""
REASON = click.option("--reason", default="", help="Why; required, and kept in the log.")
"""The option that says why. ``author_of`` requires it, so that it is reported together with other mistakes."""
JOBS = click.option(
    "--jobs",
    default=1,
    show_default=True,
    type=click.IntRange(1, 64),
    help="Number of processes that compute findings.",
)
"""The option that shares the computing of findings among processes."""


class _Position(click.ParamType[int]):
    """A position in the log."""

    name = "position"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if not re.fullmatch("0*[1-9][0-9]{0,17}", str(value)):
            self.fail(f"{str(value)!r} is not a position in the log: positions are counted from 1", param, ctx)
        return int(value)


POSITION = _Position()
"""The type of options and arguments that take a position in the log."""


class _Head(click.ParamType["Head"]):
    """A head of the log as ``kb log head`` prints it."""

    name = "head"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Head:
        from kb.store.log import Head

        try:
            return Head.parse(str(value))
        except ValueError as error:
            self.fail(f"{value!r}: {error}", param, ctx)


HEAD = _Head()
"""The type of options that take a head."""
