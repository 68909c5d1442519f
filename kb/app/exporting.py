"""Knowledge leaves the base: as a cited report in Markdown or HTML, as JSON, or as seed files."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kb.app.wiring import document_store, open_base, view_of
from kb.app.workspace import Workspace, bundled_folder
from kb.domain.problem import Problem, Refused
from kb.domain.suggestion import did_you_mean
from kb.intake.seed_writer import seed_files
from kb.reports.brief import Brief, compose_brief
from kb.reports.export import export_json
from kb.reports.page import FindingSheet
from kb.reports.view import View
from kb.reports.words.references import capitalized, severity_words
from kb.store.log import Head

FORMATS = ("md", "html")


def print_brief(brief: Brief, format: str, templates: Path) -> str:
    """``brief`` as text in one of ``FORMATS``, through ``report.md.j2`` or ``report.html.j2`` in ``templates``.

    Raises:
        ValueError: ``format`` is none of ``FORMATS``.
    """
    if format not in FORMATS:
        raise ValueError(f"a report is printed as {' or '.join(FORMATS)}, not as {format!r}")
    made = _environment(templates, html=format == "html")
    return made.get_template(f"report.{format}.j2").render(brief=brief)


def print_finding(sheet: FindingSheet, templates: Path) -> str:
    """``sheet`` as plain text, through ``finding.txt.j2`` in ``templates``; a paragraph is one line."""
    made = _environment(templates, html=False)
    return made.get_template("finding.txt.j2").render(page=sheet)


def _environment(templates: Path, html: bool) -> Environment:
    made = Environment(
        loader=FileSystemLoader(templates),
        autoescape=html,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["marks"] = _html_marks if html else _markdown_marks
    made.filters["told"] = _html_explanation if html else _markdown_explanation
    made.filters["md"] = markdown
    made.filters["cell"] = cell
    made.filters["capital"] = capitalized
    made.filters["severity"] = severity_words
    return made


_SIGNS = re.compile(r"([\\`*_\[\]<>|])")
_NAME = re.compile(r"`([A-Za-z_][A-Za-z0-9_]*(?: › [A-Za-z_][A-Za-z0-9_]*)*)`")
_NUMBERED = re.compile(r"^(\s*\d+)([.)])(?=\s)|^(\s*)([#+-])(?=\s)", re.MULTILINE)


def markdown(text: str) -> str:
    r"""``text`` so that Markdown shows it as it is.

    >>> markdown("a*b | 1 < 2"), markdown("12. of May")
    ('a\\*b \\| 1 \\< 2', '12\\. of May')
    """
    plain = _SIGNS.sub(r"\\\1", re.sub(r"\s+", " ", text))
    plain = plain.replace("&", "&amp;") if "&" in plain and ";" in plain else plain
    return _NUMBERED.sub(lambda marker: f"{marker[1] or marker[3] or ''}\\{marker[2] or marker[4]}", plain)


def cell(text: str) -> str:
    """``text`` for a cell of a Markdown table; a dash where it is empty."""
    return markdown(text.strip()) or "–"


def _markdown_explanation(text: str) -> str:
    """An explanation; the names of inputs that it quotes are code."""
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


@contextmanager
def _view(workspace: Workspace, at: int | None) -> Iterator[View]:
    with open_base(workspace) as base:
        yield view_of(base if at is None else base.at(at), document_store(workspace), base.head())


def cited_report(workspace: Workspace, question: str, form: str, at: int | None) -> str:
    """The cited report on a question, as Markdown or HTML.

    Raises:
        Refused: there is no such question.
    """
    with _view(workspace, at) as view:
        composed = compose_brief(view, question)
        if composed is None:
            slugs = [known.slug for known in view.knowledge.questions.values()]
            hint = did_you_mean(question, slugs) or f"known: {', '.join(slugs) or 'none'}"
            raise Refused([Problem(question, "there is no such question", hint)])
        return print_brief(composed, form, bundled_folder("templates"))


def json_export(workspace: Workspace, at: int | None) -> str:
    """Everything as indented JSON; its schema is in ``docs/export.md``."""
    with _view(workspace, at) as view:
        data: dict[str, Any] = export_json(view)
        return msgspec.json.format(msgspec.json.encode(data), indent=2).decode()


def write_seed_files(workspace: Workspace, target: Path, at: int | None) -> Head:
    """Write every seed file into the folder ``target``; importing them gives no event.

    Raises:
        Refused: the folder cannot be written.
    """
    with open_base(workspace) as base:
        moment = base if at is None else base.at(at)
        files = seed_files(moment.knowledge())
        newest = moment.head()
    try:
        target.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (target / f"{name}.yaml").write_text(text, encoding="utf-8")
    except OSError as error:
        raise Refused([Problem(str(target), f"cannot be written: {error.strerror}")]) from error
    return newest
