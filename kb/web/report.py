"""The form for cited reports: a page that tells how one is coming along and previews it, and its files."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from litestar import Response
from litestar.response import Stream
from markupsafe import Markup

from kb.app.backend import Backend
from kb.app.lookup import named_question
from kb.app.reporting import LENGTHS, STYLES, cited_report
from kb.app.typesetting import FORMATS
from kb.domain.problem import Problem, Refused
from kb.reports.page import BatchRow
from kb.reports.view import View
from kb.web.address import PageRequest
from kb.web.catalog import moments
from kb.web.failure import Failed, no_such_question, report_failed
from kb.web.guard import POLICY
from kb.web.report_choice import ReportChoice
from kb.web.report_jobs import ReportJob, ReportJobs
from kb.web.responder import HTML, Responder

FORM = "/report"
FILE = "/report/file"
PREVIEW = "/report/preview"

MEDIA_TYPES = {
    "md": "text/markdown",
    "html": HTML,
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
"""Media types of the files, by format."""
_LABELS = {
    "md": "Markdown", "html": "HTML", "docx": "Word", "pdf": "PDF",
    "brief": "Brief", "full": "Full, with every argument, figure and calculation",
    "apa": "APA", "chicago-author-date": "Chicago, author and date", "chicago-notes": "Chicago, notes",
    "ieee": "IEEE", "modern-language-association": "MLA",
}  # fmt: skip
"""How the form calls the formats, lengths and styles."""

_UNCACHED = {"cache-control": "no-store", "vary": "cookie"}
# The page may frame what this server sends, and the preview may be framed by it. The report styles itself and holds its
# pictures; it can run nothing, send nothing and load nothing.
_FORM_HEADERS = {**_UNCACHED, "content-security-policy": f"{POLICY}; frame-src 'self'"}
_PREVIEW_HEADERS = {
    **_UNCACHED,
    "content-security-policy": "; ".join(
        (
            "default-src 'none'",
            "style-src 'unsafe-inline'",
            "img-src data:",
            "form-action 'none'",
            "base-uri 'none'",
            "frame-ancestors 'self'",
            "sandbox",
        )
    ),
    "x-frame-options": "SAMEORIGIN",
}


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose: what is sent, what a reader sees, and whether it is chosen."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportForm:
    """The page of the form.

    Attributes:
        questions: All questions of the moment.
        batches: The moments that are offered besides now, newest first.
        at: The moment that is chosen; None for now.
        latest: Position of the newest event.
        problem: What is wrong with the choice; empty for nothing.
        makes: Whether a report is being made.
    """

    title: str
    questions: tuple[Option, ...]
    formats: tuple[Option, ...]
    lengths: tuple[Option, ...]
    styles: tuple[Option, ...]
    batches: tuple[BatchRow, ...]
    at: int | None
    latest: int
    problem: str
    makes: bool


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A file of the report, and whether it is made already."""

    label: str
    address: str
    size: int


class Reports:
    """Answers requests for the form, the preview and the files of reports. Safe to use from several threads."""

    def __init__(self, backend: Backend, responder: Responder) -> None:
        self._backend = backend
        self._responder = responder
        self._jobs = ReportJobs()

    def form(self, choice: ReportChoice) -> Response[bytes] | Stream:
        """The page of the form; if a report is chosen, it tells of its progress and then shows it.

        Raises:
            Failed: there is no such moment or question.
        """
        view = self._view(choice)
        page = self._form(choice, view)
        html = self._responder.page("report.html.j2", page, view.moment)
        if not page.makes:
            return Response(html, media_type=HTML, headers=_FORM_HEADERS, status_code=400 if page.problem else 200)
        return Stream(self._told(html, _pinned(choice, view), view), media_type=HTML, headers=_FORM_HEADERS)

    def file(self, choice: ReportChoice) -> Response[bytes]:
        """The report as a file to be kept.

        Raises:
            Failed: there is no such moment or question, or the report cannot be made.
        """
        view = self._view(choice)
        choice = _pinned(choice, view)
        name = f"attachment; filename={_file_name(choice)}"
        headers = {**_UNCACHED, "content-disposition": name}
        return Response(self._content(choice, view), media_type=MEDIA_TYPES[choice.format], headers=headers)

    def preview(self, choice: ReportChoice) -> Response[bytes]:
        """The report in HTML, for a frame on the page of the form.

        Raises:
            Failed: there is no such moment or question, or the report cannot be made.
        """
        view = self._view(choice)
        choice = _pinned(choice, view).as_format("html")
        return Response(self._content(choice, view), media_type=HTML, headers=_PREVIEW_HEADERS)

    def _content(self, choice: ReportChoice, view: View) -> bytes:
        try:
            return self._job(choice, view).content()
        except Refused as refusal:
            raise Failed(report_failed(refusal.problems)) from None

    def _view(self, choice: ReportChoice) -> View:
        view = self._responder.view(PageRequest(path=FORM, at=choice.at))
        for name in choice.questions:
            try:
                named_question(view.knowledge, name)
            except Refused as refusal:
                raise Failed(no_such_question(name, refusal.problems[0].hint, view.moment)) from None
        return view

    def _form(self, choice: ReportChoice, view: View) -> ReportForm:
        asked = bool(choice.format)
        return ReportForm(
            title="Cited report",
            questions=tuple(
                Option(question.slug, question.text, question.slug in choice.questions)
                for question in view.knowledge.questions.values()
            ),
            formats=_options(FORMATS[::-1], choice.format or FORMATS[-1]),
            lengths=_options(LENGTHS, choice.length),
            styles=_options(STYLES, choice.style),
            batches=moments(self._backend, view.moment.latest),
            at=choice.at if view.moment.is_past else None,
            latest=view.moment.latest,
            problem="Choose at least one question." if asked and not choice.questions else "",
            makes=asked and bool(choice.questions),
        )

    def _job(self, choice: ReportChoice, view: View) -> ReportJob:
        moment = view.moment
        key = (moment.hash, moment.latest, choice)
        return self._jobs.job(key, lambda stage: cited_report(view, choice.request, stage))

    def _told(self, html: bytes, choice: ReportChoice, view: View) -> Iterator[bytes]:
        """The page in parts: up to the list of stages, each stage when it is reached, and the end of the page."""
        # Without any script, a page that is not at its end yet is all that can tell a reader of progress.
        before, _, after = html.partition(SEAM.encode())
        yield before
        wanted, preview = self._job(choice, view), self._job(choice.as_format("html"), view)
        for stage in wanted.stages():
            yield str(Markup("<li>{}</li>\n").format(stage)).encode()
        yield self._outcome(choice, wanted, preview) + after

    def _outcome(self, choice: ReportChoice, wanted: ReportJob, preview: ReportJob) -> bytes:
        files: list[ReportFile] = []
        problems: tuple[Problem, ...] = ()
        try:
            size = len(wanted.content())
            preview.content()
            others = [format for format in FORMATS[::-1] if format != choice.format]
            files = [_report_file(choice, size), *(_report_file(choice.as_format(format)) for format in others)]
        except Refused as refusal:
            problems = refusal.problems
        names: Mapping[str, object] = {"files": files, "problems": problems, "preview": choice.address(PREVIEW)}
        return self._responder.fragment("part/report.html.j2", names)


SEAM = "<!--stages-->"
"""Where the stages stand in the page; no text of anybody's can hold it, for every text is escaped."""


def _options(values: tuple[str, ...], chosen: str) -> tuple[Option, ...]:
    return tuple(Option(value, _LABELS[value], value == chosen) for value in values)


def _pinned(choice: ReportChoice, view: View) -> ReportChoice:
    """The choice at the moment that it is read at, so that the files are those of the preview."""
    return ReportChoice(
        questions=choice.questions,
        format=choice.format or FORMATS[-1],
        length=choice.length,
        style=choice.style,
        at=view.moment.position or None,
    )


def _report_file(choice: ReportChoice, size: int = 0) -> ReportFile:
    return ReportFile(_LABELS[choice.format], choice.address(FILE), size)


_UNSAFE = re.compile(r"[^A-Za-z0-9-]+")


def _file_name(choice: ReportChoice) -> str:
    """A name that every system takes, with the moment in it.

    >>> _file_name(ReportChoice(questions=("quay/pass loses",), format="pdf", at=38))
    'quay-pass-loses-38.pdf'
    """
    stem = choice.questions[0] if len(choice.questions) == 1 else "report"
    return f"{_UNSAFE.sub('-', stem).strip('-') or 'report'}-{choice.at or 0}.{choice.format}"
