"""How does a bibliography come in? As a seed file to be judged and imported like any other; nothing is recorded yet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from kb.app.wiring import open_base
from kb.app.workspace import Workspace
from kb.cli import show
from kb.domain.entity import Source
from kb.domain.knowledge import Knowledge
from kb.domain.problem import Problem, Refused
from kb.domain.slug import slug_of, unused_slug
from kb.intake.bibliography.conversion import ConvertedBibliography, convert_bibliography, read_bibliography

TERMINAL = Path("-")


def write_seeds(
    workspace: Workspace, paths: Sequence[Path], output: Path | None, language: str, *, force: bool
) -> None:
    """Write a seed file for each bibliography, by default into the workspace's seeds, and say what is next.

    What cannot be read of one is left out and shown at the end; the rest is written all the same.

    Raises:
        Refused: with every problem of every bibliography.
    """
    if output and len(paths) > 1:
        raise Refused([Problem(str(output), "one file cannot take several bibliographies", "leave out -o")])
    problems: list[Problem] = []
    with open_base(workspace) as base:
        knowledge = base.knowledge()
    for path in paths:
        target = output or workspace.seeds / f"{slug_of(path.stem) or 'sources'}.yaml"
        try:
            problems += _write_seed(path, target, language, knowledge, force=force)
        except Refused as refused:
            problems += refused.problems
    if problems:
        raise Refused(problems)


def _write_seed(path: Path, target: Path, language: str, knowledge: Knowledge, *, force: bool) -> Sequence[Problem]:
    if target != TERMINAL and target.exists() and not force:
        what = "there is such a file already, and what was written into it would be lost"
        raise Refused([Problem(str(target), what, "write to another with -o, or over it with --force")])
    bibliography = read_bibliography(path, language)
    if not bibliography.references:
        raise Refused(bibliography.problems)
    seeded = convert_bibliography(
        bibliography, _file_id(target, path, knowledge), path.name, knowledge.sources.values()
    )
    if target == TERMINAL:
        click.echo(seeded.text, nl=False)
    else:
        _save(target, seeded.text)
    _tell(target, path, seeded)
    return bibliography.problems


def _file_id(target: Path, path: Path, knowledge: Knowledge) -> str:
    """The name of the file as an id; with a number where the base knows a file by it that tells more than sources."""
    name = slug_of((path if target == TERMINAL else target).stem) or "sources"
    taken = {entity.file for entity in knowledge.by_id.values() if not isinstance(entity, Source)}
    return unused_slug(name, taken)


def _save(target: Path, text: str) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Refused([Problem(str(target), f"cannot be written: {error.strerror or error}")]) from error


def _tell(target: Path, path: Path, seeded: ConvertedBibliography) -> None:
    doubles = f"; {seeded.duplicate_count} may be known already, see the comments" if seeded.duplicate_count else ""
    click.echo(f"{target}: {show.counted(seeded.source_count, 'source')} from {path.name}{doubles}", err=True)
    if target != TERMINAL:
        click.echo("nothing is recorded yet: judge the sources, then", err=True)
        click.echo(f"next: kb check {target} && kb import {target} --reason 'sources of {path.name}'", err=True)
