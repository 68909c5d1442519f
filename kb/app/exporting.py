"""What leaves the base: cited reports in Markdown or HTML, a finding as plain text, JSON, and seed files."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kb.app.answering import Answered
from kb.app.workspace import seeds_in, write_text
from kb.domain.problem import Problem, Refused, Severity
from kb.intake.seed_writer import seed_files, unwritable
from kb.reports.export import export_json
from kb.reports.page import FindingSheet
from kb.reports.view import View
from kb.reports.words.dates import date_words
from kb.reports.words.references import capitalized, severity_words
from kb.reports.words.standings import STANDINGS
from kb.reports.words.verdicts import VERDICTS
from kb.store.base import Base
from kb.store.log import Head

_MAX_NAMED = 5
"""How many files a refusal names."""


def print_finding(sheet: FindingSheet, templates: Path) -> str:
    """``sheet`` as plain text, through ``finding.txt.j2`` in ``templates``; a paragraph is one line."""
    return _environment(templates).get_template("finding.txt.j2").render(page=sheet)


def print_answer(answered: Answered, templates: Path) -> str:
    """An answer as plain text, through ``answer.txt.j2`` in ``templates``; a paragraph is one line."""
    template = _environment(templates).get_template("answer.txt.j2")
    return template.render(question=answered.question, sheet=answered.sheet, what_if=answered.what_if)


def _environment(templates: Path) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["capital"] = capitalized
    environment.filters["severity"] = severity_words
    environment.filters["date"] = date_words
    environment.globals["verdicts"] = VERDICTS
    environment.globals["standings"] = STANDINGS
    return environment


def json_export(view: View) -> str:
    """Everything in ``view`` as indented JSON; ``docs/export.md`` describes it."""
    return msgspec.json.format(msgspec.json.encode(export_json(view)), indent=2).decode()


class SeedExport(NamedTuple):
    """The head that seed files were made from, and a warning for each entry that they do not hold."""

    head: Head
    warnings: tuple[Problem, ...]


def write_seed_files(base: Base, target: Path, *, overwrite: bool) -> SeedExport:
    """Write ``base`` as seed files into the folder ``target``.

    Importing them into the same base appends nothing.

    Args:
        base: What to write.
        target: Is made if need be.
        overwrite: Whether seed files that are there and say something else may be replaced, since somebody may have
            written them by hand, with comments; and whether others, which stay, may stand beside the export.

    Raises:
        Refused: ``overwrite`` is false, and files of these names or other seed files are there; nothing was written.
        Refused: a file cannot be written; if others were written before it, a second problem says which.
    """
    written: list[str] = []
    knowledge = base.knowledge()
    files = {f"{name}.yaml": text for name, text in seed_files(knowledge).items()}
    if not overwrite:
        _refuse_replacing(target, files)
    for name, text in files.items():
        try:
            write_text(target / name, text, overwrite=True)
        except Refused as refused:
            unfinished = [_unfinished(target, written, len(files))] if written else []
            raise Refused((*refused.problems, *unfinished)) from refused
        written.append(name)
    what = "this entry is not in the export: what it refers to was redacted"
    left_out = (Problem(where=entity.slug, what=what, severity=Severity.WARNING) for entity in unwritable(knowledge))
    return SeedExport(base.head(), tuple(left_out))


def _refuse_replacing(folder: Path, files: Mapping[str, str]) -> None:
    what, hint = "this file exists already", "name another folder with -o, or replace such files with --force"
    differing = (folder / name for name, text in files.items() if _holds_other(folder / name, text))
    problems = [Problem(where=str(path), what=what, hint=hint) for path in differing]
    if remaining := [path for path in seeds_in(folder) if path not in {folder / name for name in files}]:
        problems.append(_beside_others(folder, remaining))
    if problems:
        raise Refused(problems)


def _beside_others(folder: Path, remaining: Sequence[Path]) -> Problem:
    # What a file holds is exported under the names of kinds and sources. The old file would hold the same ids again.
    names = ", ".join(str(path.relative_to(folder)) for path in remaining[:_MAX_NAMED])
    rest = f" and {len(remaining) - _MAX_NAMED} more" if len(remaining) > _MAX_NAMED else ""
    what = f"there are seed files here that the export does not replace ({names}{rest}); both would hold the same ids"
    return Problem(str(folder), what, "name an empty folder with -o, or write beside them with --force")


def _holds_other(path: Path, text: str) -> bool:
    try:
        return path.read_bytes() != text.encode()
    except OSError:
        return False  # It is not there, or writing it is refused with the reason.


def _unfinished(target: Path, written: Sequence[str], count: int) -> Problem:
    what = f"the export is not complete: {len(written)} of {count} files were written ({', '.join(written)})"
    return Problem(where=str(target), what=what, hint="export again before you import from this folder")
