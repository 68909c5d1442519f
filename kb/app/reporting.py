"""The use case of cited reports: questions in, a file out."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from kb.app.lookup import named_question
from kb.app.typesetting import CitationStyle, set_paper
from kb.app.workspace import bundled_folder
from kb.domain.problem import Problem, Refused
from kb.domain.suggestion import did_you_mean
from kb.reports.report import compose_report
from kb.reports.view import View

STYLES = ("apa", "chicago-author-date", "chicago-notes", "ieee", "modern-language-association")
"""The citation styles that come with kb, the default first."""

LENGTHS = ("brief", "full")

_CSL = "{http://purl.org/net/xbiblio/csl}"
_LARGEST_STYLE = 2_000_000


class ReportRequest(NamedTuple):
    """What a report is to be: its questions by name, none for all; its format, length and citation style."""

    questions: Sequence[str]
    format: str
    length: str = LENGTHS[0]
    style: str = STYLES[0]


def cited_report(view: View, request: ReportRequest, stage: Callable[[str], object] = lambda _: None) -> bytes:
    """The cited report, as the content of a file.

    Args:
        view: The base at the moment that it reports on.
        request: What it is to be.
        stage: Is told what is done next, in a few words.

    Raises:
        Refused: there is no such question or style, nothing to report on, or the report cannot be set.
    """
    known = view.knowledge
    questions = [named_question(known, slug) for slug in request.questions] or list(known.questions.values())
    if not questions:
        raise Refused([Problem("kb report", "no question is recorded", "add one under questions: in a seed file")])
    style = find_style(request.style)
    stage("Composing the report")
    paper = compose_report(view, questions, full=request.length == "full")
    return set_paper(paper, known, request.format, style, bundled_folder("templates") / "paper", stage)


def find_style(name: str) -> CitationStyle:
    """A style that comes with kb, or the one in the CSL file that ``name`` is the path of.

    Raises:
        Refused: there is none, or the file holds no citation style.
    """
    if name in STYLES:
        return _read_style(bundled_folder("templates") / "paper" / "styles" / f"{name}.csl")
    path = Path(name)
    if path.suffix != ".csl":
        hint = did_you_mean(name, STYLES) or f"known: {', '.join(STYLES)}; or name a .csl file"
        raise Refused([Problem(name or "--style", "there is no such citation style", hint)])
    return _read_style(path)


def _read_style(path: Path) -> CitationStyle:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Refused([Problem(str(path), f"cannot be read: {error.strerror}")]) from error
    try:
        root = ElementTree.fromstring(data) if len(data) <= _LARGEST_STYLE and b"<!DOCTYPE" not in data else None
    except ElementTree.ParseError:
        root = None
    if root is None or root.tag != f"{_CSL}style":
        raise Refused([Problem(str(path), "this is no citation style in CSL")])
    parents = [link.get("href", "") for link in root.iter(f"{_CSL}link") if link.get("rel") == "independent-parent"]
    if parents:
        # Pandoc would fetch the style that this one stands for.
        what = f"this style only refers to another, {parents[0].rsplit('/', 1)[-1]}"
        raise Refused([Problem(str(path), what, "name the file of that style; nothing is fetched")])
    if root.find(f"{_CSL}citation") is None:
        raise Refused([Problem(str(path), "this style does not say how to cite")])
    return CitationStyle(data, in_notes=root.get("class") == "note")
