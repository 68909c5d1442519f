"""Where a command writes its text: a file, or the terminal."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from kb.app.workspace import write_text
from kb.cli import show
from kb.cli.command import current_workspace
from kb.domain.problem import Problem, Refused

TERMINAL = Path("-")
"""What ``-o -`` stands for. A file of this name is written as ``./-``."""


REPLACEABLE = {
    "md": (".md", ".markdown"),
    "html": (".html", ".htm"),
    "json": (".json",),
    "docx": (".docx",),
    "pdf": (".pdf",),
}
"""Suffixes of the files that a text of each format replaces without --force: any other may be somebody's work."""


class ArchivePath(click.Path):
    """The value of an argument that names an archive to write."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path."""
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        if os.fspath(value) in ("", "-"):
            self.fail("an archive is not text for the terminal: name a file", param, ctx)
        require_place(path)
        return path


class OutputPath(click.Path):
    """The value of an option ``-o``; ``TERMINAL`` for ``-`` alone."""

    def __init__(self, *, seeds: bool = False, **options: Any) -> None:
        """A path to write to, which may be that of a seed file if ``seeds`` are what is written."""
        super().__init__(allow_dash=True, **options)
        self._seeds = seeds

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path; that of a file called ``-`` is absolute, unlike ``TERMINAL``."""
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        if path == TERMINAL and os.fspath(value) == "-":
            return TERMINAL
        require_place(path, writes_seeds=self._seeds)
        return path.absolute() if path == TERMINAL else path


def require_place(output: Path, *, writes_seeds: bool = False) -> None:
    """Refuses to write over a file of the workspace, and into a folder that does not exist: its name may be mistyped.

    Seed files may be written over only by what ``writes_seeds``.
    """
    from kb.app.own_files import refuse_own_file

    try:
        workspace = current_workspace()
    except Refused:
        workspace = None  # Or its settings are wrong, which the command itself says if it needs them.
    refuse_own_file(output, workspace, writes_seeds=writes_seeds)
    folder = Path(os.path.realpath(output)).parent
    if not folder.exists():
        raise Refused([Problem(str(output), f"there is no folder {folder}", "check the path, or make the folder")])


def may_replace(output: Path, form: str) -> bool:
    """Whether a text of the format ``form`` replaces ``output`` without --force, judged by the name of that file."""
    return Path(os.path.realpath(output)).suffix.lower() in REPLACEABLE.get(form, ())


def write_output(text: str, output: Path, *, overwrite: bool) -> None:
    """Write ``text`` to the file ``output``, or print it where that is ``TERMINAL``.

    Raises:
        Refused: the file exists and ``overwrite`` is false, or it cannot be written.
    """
    if output == TERMINAL:
        show.echo(text, nl=not text.endswith("\n"))
    else:
        write_text(output, text, overwrite=overwrite)
