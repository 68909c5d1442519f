"""The use case of cited reports: what it is on in, a file out."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from kb.app.lookup import measures_by_words, named_question, named_source
from kb.app.typesetting import CitationStyle, set_paper
from kb.app.workspace import bundled_folder
from kb.domain.entity import Measure
from kb.domain.knowledge import Knowledge
from kb.domain.problem import Problem, Refused
from kb.domain.suggestion import did_you_mean
from kb.reports.paper import Paper
from kb.reports.report import (
    LANGUAGES,
    compose_findings_report,
    compose_measure_report,
    compose_report,
    compose_source_report,
)
from kb.reports.view import View

STYLES = ("apa", "chicago-author-date", "chicago-notes", "ieee", "modern-language-association")
"""The citation styles that come with kb, the default first."""

LENGTHS = ("brief", "full")

_CSL = "{http://purl.org/net/xbiblio/csl}"
_LARGEST_STYLE = 2_000_000


class ReportRequest(NamedTuple):
    """What a report is to be.

    Attributes:
        questions: Names of the questions that it is on; none for all.
        format: One of the formats of papers.
        length: One of ``LENGTHS``.
        style: Name of a citation style, or the path of a CSL file.
        measure: Name of the measure that it is on instead; empty for none.
        source: Name of the source that it is on instead; empty for none.
        findings: Whether it is on all disagreements instead.
        language: BCP 47 tag of its own words.
    """

    questions: Sequence[str]
    format: str
    length: str = LENGTHS[0]
    style: str = STYLES[0]
    measure: str = ""
    source: str = ""
    findings: bool = False
    language: str = LANGUAGES[0]


def cited_report(view: View, request: ReportRequest, stage: Callable[[str], object] = lambda _: None) -> bytes:
    """The cited report, as the content of a file.

    Args:
        view: The base at the moment that it reports on.
        request: What it is to be.
        stage: Is told what is done next, in a few words.

    Raises:
        Refused: there is no such question, measure, source, style or language, nothing to report on, or the report
            cannot be set.
    """
    if request.language not in LANGUAGES:
        known = f"known: {', '.join(LANGUAGES)}; the words of sources stay in their own languages"
        raise Refused([Problem("--lang", f"no report is written in {request.language!r}", known)])
    style = find_style(request.style)
    stage("Composing the report")
    try:
        paper = _composed(view, request)
    except Refused as refused:
        raise _at_moment(view, refused) from None
    return set_paper(paper, view.knowledge, request.format, style, bundled_folder("templates") / "paper", stage)


def _composed(view: View, request: ReportRequest) -> Paper:
    known, full = view.knowledge, request.length == "full"
    if request.measure:
        return compose_measure_report(view, _named_measure(known, request.measure), full=full)
    if request.source:
        return compose_source_report(view, named_source(known, request.source), full=full)
    if request.findings:
        return compose_findings_report(view, full=full)
    questions = [named_question(known, slug) for slug in dict.fromkeys(request.questions)]
    questions = questions or list(known.questions.values())
    if not questions:
        raise Refused([Problem("kb report", "no question is recorded", "add one under questions: in a seed file")])
    return compose_report(view, questions, full=full)


def _named_measure(known: Knowledge, words: str) -> Measure:
    found = measures_by_words(known, words)
    measures = [measure for id, measure in known.measures.items() if id in found]
    if len(measures) == 1:
        return measures[0]
    hint = f"say which: {', '.join(measure.slug for measure in measures)}"
    raise Refused([Problem(words, f"{len(measures)} measures have these words in their names", hint)])


def _at_moment(view: View, refused: Refused) -> Refused:
    """A refusal at an earlier moment says so: what is looked for may have been recorded later."""
    if not view.moment.is_past:
        return refused
    at = f"as of event {view.moment.position}"
    return Refused([replace(problem, what=f"{at}, {problem.what}") for problem in refused.problems])


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
