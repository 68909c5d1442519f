"""How does a cited report become a file? As Markdown or as one HTML page that needs nothing beside itself."""

import re
from collections.abc import Iterable
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kb.reports.brief import Brief
from kb.reports.naming import capital, severity_words
from kb.reports.page import FindingSheet

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
    made.filters["told"] = _html_told if html else _markdown_told
    made.filters["md"] = markdown
    made.filters["cell"] = cell
    made.filters["capital"] = capital
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
    return _NUMBERED.sub(lambda found: f"{found[1] or found[3] or ''}\\{found[2] or found[4]}", plain)


def cell(text: str) -> str:
    """``text`` for a cell of a Markdown table; a dash where it is empty."""
    return markdown(text.strip()) or "–"


def _markdown_told(text: str) -> str:
    """An explanation; the names of inputs that it quotes are code."""
    parts = _NAME.split(text)
    return "".join(f"`{part}`" if at % 2 else markdown(part) for at, part in enumerate(parts))


def _html_told(text: str) -> Markup:
    parts = _NAME.split(text)
    return Markup("").join(Markup("<code>{}</code>").format(part) if at % 2 else part for at, part in enumerate(parts))


def _markdown_marks(notes: Iterable[int]) -> str:
    return "".join(f"[^{number}]" for number in notes)


def _html_marks(notes: Iterable[int]) -> Markup:
    """Links to footnotes, e.g. a raised ``3, 4``."""
    links = [Markup('<a href="#note-{0}" aria-label="citation {0}">{0}</a>').format(number) for number in notes]
    return Markup('<sup class="marks">{}</sup>').format(Markup(", ").join(links)) if links else Markup("")
