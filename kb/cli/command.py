"""What can a user type? The commands; each is a few lines around the rooms that do the work."""

from pathlib import Path

import click

from kb import __version__
from kb.app.workspace import Workspace
from kb.cli import show
from kb.domain.identity import Author
from kb.domain.problem import Problem, Refused


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
    """A ledger for claims: who said which number, where, and what follows from it."""


def current_workspace() -> Workspace:
    """The workspace that the user is in."""
    return Workspace.find(Path.cwd())


def author_of(workspace: Workspace, actor: str, reason: str) -> Author:
    """Who acts and why, ``actor`` by default being the one in the settings.

    Raises:
        Refused: one of the two is missing.
    """
    name = actor or workspace.actor
    wanted = [(name, "an actor", "--actor NAME, or set `actor` in kb.toml"), (reason, "a reason", '--reason "…"')]
    missing = [
        Problem("kb", f"an event needs {what}", f"add {hint}") for text, what, hint in wanted if not text.strip()
    ]
    if missing:
        raise Refused(missing)
    return Author(name, reason)


ACTOR = click.option("--actor", default="", help="Who does it; default: `actor` in kb.toml or KB_ACTOR.")
"""The option that says who acts."""
REASON = click.option("--reason", required=True, help="Why; it stands in the log for good.")
"""The option that says why."""
