"""How much of a document is recorded: numbers that no figure covers, paragraphs from which nothing was taken."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from kb.app.drafting import figures_of
from kb.domain.entity import Claim, Figure
from kb.domain.knowledge import Knowledge
from kb.domain.passage import Omission, Passage
from kb.domain.problem import Problem, Refused
from kb.domain.references import passages_of
from kb.intake.document_reader import MediaType, ParsedDocument, read_document
from kb.intake.document_reader.opening_lines import language_of
from kb.intake.passage import Manuscript, NotFound, find
from kb.numbers.scan import FigureMention

Span = tuple[int, int]
"""The first character of a place, from 0, and the one after its last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UncoveredNumber:
    """A number that no figure covers.

    Attributes:
        line: Its line, from 1.
        as_written: The number as it stands in the document.
    """

    line: int
    as_written: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UncoveredParagraph:
    """A paragraph from which neither a figure nor a claim was recorded.

    Attributes:
        line: Its first line, from 1.
        last: Its last line.
        text: Its words.
    """

    line: int
    last: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What is recorded of a document, and what is not.

    Attributes:
        numbers: How many numbers the document states.
        paragraphs: How many paragraphs it has, without headings and other short lines. Those of a translation do not
            count where the document has the original as well.
        uncovered_numbers: The numbers that no figure covers, in order.
        uncovered_paragraphs: The paragraphs from which nothing was recorded, in order.
        left_out_numbers: How many numbers are left out on purpose.
        left_out_paragraphs: How many paragraphs are.
        lost: Passages and places left out that are not in the document.
    """

    numbers: int
    paragraphs: int
    uncovered_numbers: tuple[UncoveredNumber, ...]
    uncovered_paragraphs: tuple[UncoveredParagraph, ...]
    left_out_numbers: int
    left_out_paragraphs: int
    lost: tuple[Problem, ...]


def coverage(path: Path, knowledge: Knowledge) -> Coverage:
    """What ``knowledge`` holds of the document at ``path``.

    Raises:
        Refused: the document cannot be read, or no source has it as its document.
    """
    document = read_document(path)
    if isinstance(document, Problem):
        raise Refused([document])
    sources = {source.id: source for source in knowledge.sources.values() if source.document == document.sha256}
    if not sources:
        hint = f"write document: {{sha256: {document.sha256}}} in its source"
        raise Refused([Problem(where=str(path), what="no source has this document", hint=hint)])
    known: tuple[Figure | Claim, ...] = (*knowledge.figures.values(), *knowledge.claims.values())
    statements = [statement for statement in known if statement.source in sources]
    omissions = [place for source in sources.values() for place in source.left_out]
    mentions = list(figures_of(document, None, knowledge.unit_system))
    translated = {source.language.partition("-")[0] for source in sources.values() if source.translation_of in sources}
    paragraphs = [span for span in _paragraphs(document) if _language(document.text[slice(*span)]) not in translated]
    return _compared(paragraphs, mentions, _Recorded(Manuscript(document.text), statements, omissions))


def _language(text: str) -> str:
    """The code of the language of a paragraph; empty where its words do not tell."""
    language = language_of(text, least=1)
    return language.value if language else ""


class _Recorded:
    """The places of a document that are recorded, and those that are left out."""

    def __init__(
        self, manuscript: Manuscript, statements: Iterable[Figure | Claim], omissions: Iterable[Omission]
    ) -> None:
        self.manuscript = manuscript
        self.lost: list[Problem] = []
        self.figures: list[tuple[Span, Figure]] = []
        self.places: list[Span] = []
        for statement in statements:
            for span in self._spans(statement.slug, passages_of(statement)):
                self.places.append(span)
                if isinstance(statement, Figure):
                    self.figures.append((span, statement))
        self._omitted = [span for place in omissions for span in self._omitted_spans(place)]

    def _spans(self, name: str, passages: Iterable[Passage]) -> Iterator[Span]:
        for passage in passages:
            place = find(passage, self.manuscript)
            if isinstance(place, NotFound):
                self.lost.append(Problem(where=name, what=place.what, hint=place.hint))
            else:
                yield place.start, place.end

    def _omitted_spans(self, place: Omission) -> Iterator[Span]:
        if place.exact:
            yield from self._spans(f"left-out {place}", [Passage(place.line, exact=place.exact)])
            return
        first, last = self.manuscript.line(place.line), self.manuscript.line(place.last)
        if first is None or last is None:
            self.lost.append(Problem(where=f"left-out {place}", what="the document has no such lines"))
        else:
            yield first[0], last[1]

    def covers(self, mention: FigureMention) -> bool:
        """Whether a figure stands for a number: at its very words, or with the same number in its sentence or line."""
        here = mention.start, mention.end
        return any(
            _meet(span, here) and (figure.passage.exact != "" or _same_number(figure, mention))
            for span, figure in self.figures
        )

    def omits(self, span: Span) -> bool:
        """Whether a place is left out on purpose."""
        return any(_meet(span, omitted) for omitted in self._omitted)


def _same_number(figure: Figure, mention: FigureMention) -> bool:
    return (figure.quantity.low, figure.quantity.high) == (mention.quantity.low, mention.quantity.high)


def _meet(left: Span, right: Span) -> bool:
    return left[0] < right[1] and right[0] < left[1]


def _compared(paragraphs: Sequence[Span], mentions: Sequence[FigureMention], recorded: _Recorded) -> Coverage:
    missing = [mention for mention in mentions if not recorded.covers(mention)]
    numbers = [mention for mention in missing if not recorded.omits((mention.start, mention.end))]
    untouched = [span for span in paragraphs if not any(_meet(span, place) for place in recorded.places)]
    unrecorded = [span for span in untouched if not recorded.omits(span)]
    return Coverage(
        numbers=len(mentions),
        paragraphs=len(paragraphs),
        uncovered_numbers=tuple(_number(recorded.manuscript, mention) for mention in numbers),
        uncovered_paragraphs=tuple(_paragraph(recorded.manuscript, span) for span in unrecorded),
        left_out_numbers=len(missing) - len(numbers),
        left_out_paragraphs=len(untouched) - len(unrecorded),
        lost=tuple(recorded.lost),
    )


def _number(manuscript: Manuscript, mention: FigureMention) -> UncoveredNumber:
    written = " ".join(mention.quantity.as_written.split())
    return UncoveredNumber(line=manuscript.line_at(mention.start), as_written=written)


def _paragraph(manuscript: Manuscript, span: Span) -> UncoveredParagraph:
    start, end = span
    text = " ".join(manuscript.text[start:end].split())
    return UncoveredParagraph(line=manuscript.line_at(start), last=manuscript.line_at(end - 1), text=text)


_LEAST_LETTERS = 40
"""Letters from which a paragraph counts: headings, names and dates have fewer, and say nothing to record."""


def _paragraphs(document: ParsedDocument) -> Iterator[Span]:
    """The paragraphs with enough letters: what stands between blank lines, or each line where lines are whole."""
    for match in (_LINE if _has_whole_lines(document) else _BLOCK).finditer(document.text):
        # A Chinese character says as much as two letters or three.
        if sum(3 if letter > "\u2e7f" else 1 for letter in match[0] if letter.isalpha()) >= _LEAST_LETTERS:
            yield match.span()


_BROKEN_AT = 120
"""Median length from which lines are paragraphs; a text whose lines are broken has shorter ones."""


def _has_whole_lines(document: ParsedDocument) -> bool:
    if document.media_type in (MediaType.HTML, MediaType.PDF):
        return True
    return median([len(match[0]) for match in _LINE.finditer(document.text)] or [0]) > _BROKEN_AT


_LINE = re.compile(r"[^\n]*\S[^\n]*")
_BLOCK = re.compile(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")
