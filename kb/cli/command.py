"""What every command needs: the group that they join, options about the author, and the base of the workspace."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kb import __version__
from kb.app.workspace import Workspace
from kb.cli import show
from kb.domain.identity import Author
from kb.domain.problem import Problem, Refused

if TYPE_CHECKING:
    from kb.reports.view import View
    from kb.store.base import Base


class Commands(click.Group):
    """A group whose commands turn ``Refused`` into problems on standard error and exit code 1."""

    def invoke(self, context: click.Context) -> object:
        try:
            return super().invoke(context)
        except Refused as refused:
            show.problems(refused.problems)
            context.exit(1)


@click.group(cls=Commands)
@click.version_option(__version__, prog_name="kb")
def main() -> None:
    """A knowledge base of claims and evidence: who said which number, where, and what follows."""


def current_workspace() -> Workspace:
    """The workspace around the current folder.

    Raises:
        Refused: there is none.
    """
    return Workspace.find(Path.cwd())


@contextmanager
def opened_base(workspace: Workspace, *, quiet: bool = False) -> Iterator[Base]:
    """The base of ``workspace``, closed at the end.

    Standard error says if all findings had to be recomputed and, unless ``quiet``, that a writer waits for its turn.
    """
    # Late: the packages behind an open base take most of a second to load, and `kb --help` needs none of them.
    from kb.app.wiring import open_base

    with open_base(workspace, None if quiet else show.waiting()) as base:
        if base.recomputed:
            show.recomputed(base.recomputed)
        yield base


@contextmanager
def opened_view(workspace: Workspace, at: int | None = None) -> Iterator[View]:
    """What the base of ``workspace`` holds, and what follows from it, at position ``at``; now for None."""
    from kb.app.wiring import document_store, view_at

    with opened_base(workspace) as base:
        yield view_at(base, document_store(workspace), at)


def author_of(workspace: Workspace, actor: str, reason: str) -> Author:
    """Who acts and why; without ``actor`` the one in the settings.

    Raises:
        Refused: actor or reason is missing.
    """
    name = actor or workspace.actor
    required = [(name, "an actor", "--actor NAME, or set `actor` in kb.toml"), (reason, "a reason", '--reason "…"')]
    missing = [
        Problem(where="kb", what=f"an event needs {what}", hint=f"add {hint}")
        for text, what, hint in required
        if not text.strip()
    ]
    if missing:
        raise Refused(missing)
    return Author(name, reason)


ACTOR = click.option("--actor", default="", help="Who does this; default: `actor` in kb.toml, or KB_ACTOR.")
"""The option that says who acts."""
REASON = click.option("--reason", required=True, help="Why; the log keeps it for good.")
"""The option that says why."""
