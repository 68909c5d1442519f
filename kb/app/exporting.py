"""What leaves the base: cited reports in Markdown or HTML, a finding as plain text, JSON, and seed files."""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kb.app.answering import Answered
from kb.app.lookup import named_question
from kb.app.workspace import bundled_folder, seeds_in, write_text
from kb.domain.problem import Problem, Refused, Severity
from kb.intake.seed_writer import seed_files, unwritable
from kb.reports.brief import Brief, compose_brief
from kb.reports.export import export_json
from kb.reports.page import FindingSheet
from kb.reports.view import View
from kb.reports.words.dates import date_words
from kb.reports.words.references import capitalized, severity_words
from kb.reports.words.standings import STANDINGS
from kb.reports.words.verdicts import VERDICTS
from kb.store.base import Base
from kb.store.log import Head

FORMATS = ("md", "html")

_MAX_NAMED = 5
"""How many files a refusal names."""


def print_brief(brief: Brief, format: str, templates: Path) -> str:
    """``brief`` as text in one of ``FORMATS``, through ``report.md.j2`` or ``report.html.j2`` in ``templates``.

    Raises:
        ValueError: ``format`` is none of ``FORMATS``.
    """
    if format not in FORMATS:
        raise ValueError(f"a report is printed as {' or '.join(FORMATS)}, not as {format!r}")
    environment = _environment(templates, html=format == "html")
    return environment.get_template(f"report.{format}.j2").render(brief=brief)


def print_finding(sheet: FindingSheet, templates: Path) -> str:
    """``sheet`` as plain text, through ``finding.txt.j2`` in ``templates``; a paragraph is one line."""
    return _environment(templates, html=False).get_template("finding.txt.j2").render(page=sheet)


def print_answer(answered: Answered, templates: Path) -> str:
    """An answer as plain text, through ``answer.txt.j2`` in ``templates``; a paragraph is one line."""
    template = _environment(templates, html=False).get_template("answer.txt.j2")
    return template.render(question=answered.question, sheet=answered.sheet)


def _environment(templates: Path, html: bool) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(templates),
        autoescape=html,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["marks"] = _html_marks if html else _markdown_marks
    environment.filters["told"] = _html_explanation if html else _markdown_explanation
    environment.filters["md"] = markdown
    environment.filters["cell"] = cell
    environment.filters["capital"] = capitalized
    environment.filters["severity"] = severity_words
    environment.filters["date"] = date_words
    environment.globals["verdicts"] = VERDICTS
    environment.globals["standings"] = STANDINGS
    return environment


_SIGNS = re.compile(r"([\\`*_\[\]<>|])")
_NAME = re.compile(r"`([A-Za-z_][A-Za-z0-9_]*(?: › [A-Za-z_][A-Za-z0-9_]*)*)`")
_NUMBERED = re.compile(r"^(\s*\d+)([.)])(?=\s)|^(\s*)([#+-])(?=\s)", re.MULTILINE)


def markdown(text: str) -> str:
    r"""``text`` so that Markdown shows it as it is.

    >>> markdown("a*b | 1 < 2"), markdown("12. of May")
    ('a\\*b \\| 1 \\< 2', '12\\. of May')
    """
    # Only signs that Markdown would read are escaped, so that a report stays readable as plain text: an ampersand only
    # where it may begin an entity ("&lt;"), a number only where it may begin a list ("12. of May").
    plain = _SIGNS.sub(r"\\\1", re.sub(r"\s+", " ", text))
    plain = plain.replace("&", "&amp;") if "&" in plain and ";" in plain else plain
    return _NUMBERED.sub(lambda marker: f"{marker[1] or marker[3] or ''}\\{marker[2] or marker[4]}", plain)


def cell(text: str) -> str:
    """``text`` for a cell of a Markdown table; a dash where it is empty."""
    return markdown(text.strip()) or "–"


def _markdown_explanation(text: str) -> str:
    """An explanation, with the names of inputs that stand between backticks set as code."""
    parts = _NAME.split(text)
    return "".join(f"`{part}`" if at % 2 else markdown(part) for at, part in enumerate(parts))


def _html_explanation(text: str) -> Markup:
    parts = _NAME.split(text)
    return Markup("").join(Markup("<code>{}</code>").format(part) if at % 2 else part for at, part in enumerate(parts))


def _markdown_marks(notes: Iterable[int]) -> str:
    return "".join(f"[^{number}]" for number in notes)


def _html_marks(notes: Iterable[int]) -> Markup:
    """Links to footnotes, e.g. a raised ``3, 4``."""
    links = [Markup('<a href="#note-{0}" aria-label="citation {0}">{0}</a>').format(number) for number in notes]
    return Markup('<sup class="marks">{}</sup>').format(Markup(", ").join(links)) if links else Markup("")


def cited_report(view: View, question: str, format: str) -> str:
    """The cited report on the question called ``question``, in one of ``FORMATS``.

    Raises:
        Refused: there is no such question.
    """
    brief = compose_brief(view, named_question(view.knowledge, question))
    return print_brief(brief, format, bundled_folder("templates"))


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
