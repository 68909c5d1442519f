"""Where a command writes its text: a file, or the terminal."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from kb.app.workspace import write_text
from kb.cli import show

TERMINAL = Path("-")
"""What ``-o -`` stands for. A file of this name is written as ``./-``."""


class ArchivePath(click.Path):
    """The value of an argument that names an archive to write."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path."""
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        if os.fspath(value) in ("", "-"):
            self.fail("an archive is not text for the terminal: name a file", param, ctx)
        return path


class OutputPath(click.Path):
    """The value of an option ``-o``; ``TERMINAL`` for ``-`` alone."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_dash=True, **options)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """The path; that of a file called ``-`` is absolute, unlike ``TERMINAL``."""
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        return path.absolute() if path == TERMINAL and os.fspath(value) != "-" else path


def write_output(text: str, output: Path, *, overwrite: bool) -> None:
    """Write ``text`` to the file ``output``, or print it where that is ``TERMINAL``.

    Raises:
        Refused: the file exists and ``overwrite`` is false, or it cannot be written.
    """
    if output == TERMINAL:
        show.echo(text, nl=not text.endswith("\n"))
    else:
        write_text(output, text, overwrite=overwrite)
