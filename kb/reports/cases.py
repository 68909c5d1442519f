"""The best case for each side as a page prints it: the text of the report, with links in place of its citations."""

from collections.abc import Container, Iterable, Iterator

from kb.domain.entity import Question
from kb.domain.identity import Id
from kb.reports.page import AnswerSheet, SideCase, Span
from kb.reports.paper import (
    Cited,
    Code,
    Emphasis,
    Heading,
    Inline,
    Line,
    Linked,
    Marked,
    Paragraph,
    Place,
    Quotation,
    Strong,
)
from kb.reports.report.citing import Passages, place_words
from kb.reports.report.sides import case_blocks
from kb.reports.view import View
from kb.reports.words.references import ref_of

_MOST_LINKS = 3


class LinkedPassages(Passages):
    """Citations as links to the pages of figures and claims, where their passages are shown in context."""

    def cite(self, ids: Iterable[Id], most: int | None = None) -> Line:
        """A space and links, at most three, each source named once; empty where nothing has a source."""
        links: list[Inline] = []
        named: set[Id] = set()
        for id in dict.fromkeys(ids):
            place = next(iter(self._places(id, most)), None)
            if place and len(links) < 2 * _MOST_LINKS:
                links += [" ", Linked(self._link_text(place, named), ref_of(self._view.knowledge, id))]
                named.add(place.source)
        return tuple(links)

    def _link_text(self, place: Place, named: Container[Id]) -> str:
        where = place_words(place)
        title = self._view.knowledge.sources[place.source].short_title
        return where if place.source in named else f"{title}, {where}"


def side_cases(view: View, question: Question, answer: AnswerSheet) -> tuple[SideCase, ...]:
    """The best case for each side, the side that the evidence points to first."""
    cases: list[SideCase] = []
    for block in case_blocks(view, LinkedPassages(view), question, answer):
        if isinstance(block, Heading) and block.level > _OPENING:
            cases.append(SideCase(block.text, ()))
        elif isinstance(block, Paragraph) and cases:
            last = cases.pop()
            cases.append(SideCase(last.heading, (*last.paragraphs, tuple(_spans(block.line)))))
    return tuple(cases)


_OPENING = 2
"""The level of the heading over both cases, which the page has of its own."""


def _spans(line: Line) -> Iterator[Span]:
    for part in line:
        if not isinstance(part, Cited):
            yield _span(part)


def _span(part: Inline) -> Span:
    match part:
        case Linked(text, to):
            return Span(kind="citation", text=text, ref=to)
        case Quotation(text, language):
            return Span(kind="quotation", text=text, language=language)
        case Emphasis(text):
            return Span(kind="emphasis", text=text)
        case Strong(text):
            return Span(kind="strong", text=text)
        case Code(text):
            return Span(kind="code", text=text)
        case Marked(text, _):
            return Span(kind="text", text=text)
        case _:
            return Span(kind="text", text=str(part))
