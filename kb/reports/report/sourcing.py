"""The end of a report: what is not known, how to read it, and a card for each source."""

from collections.abc import Iterator

from kb.domain.entity import Question, Source
from kb.domain.identity import Id
from kb.reports.page import AnswerSheet
from kb.reports.paper import Block, Bullets, Heading, Line, Table
from kb.reports.report.citing import Passages
from kb.reports.row import is_attached
from kb.reports.view import View
from kb.reports.words.attribution import opening
from kb.reports.words.dates import date_words
from kb.reports.words.reading_key import KEY
from kb.reports.words.references import capitalized, list_words, without_marks
from kb.reports.words.voices import title_words


def gap_blocks(question: Question, answer: AnswerSheet, limits: tuple[str, ...]) -> Iterator[Block]:
    """What is not known, assumed or decided."""
    yield Heading(2, "Gaps and assumptions", f"{question.slug}-gaps")
    yield Bullets(tuple((without_marks(line),) for line in (*answer.gaps, *limits)))


def key_blocks() -> Iterator[Block]:
    """How to read the report, in ten lines."""
    yield Heading(1, "How to read this report", "key")
    yield Bullets(tuple((line,) for line in KEY))


def source_blocks(view: View, passages: Passages) -> Iterator[Block]:
    """A card for each source that was cited, and the passages."""
    sources = [source for id in passages.sources if (source := view.knowledge.sources.get(id))]
    if not sources:
        return
    yield Heading(1, "The sources", "sources")
    yield Table(
        caption="Who wrote each source, when, and how far it is trusted",
        head=("Source", "By whom and when", "Trust", "Why"),
        rows=tuple(_card(view, source) for source in sources),
        shares=(0.26, 0.26, 0.08, 0.4),
    )
    yield Heading(1, "Passages cited", "passages")
    yield passages.table()


def _card(view: View, source: Source) -> tuple[Line, ...]:
    inferred = {"authors": "author inferred", "issued": "date inferred", "title": "title ours"}
    marks = [words for field, words in inferred.items() if field in source.inferred]
    when = date_words(source.issued) or "no date"
    who = f"{list_words(source.authors) or 'no author named'}, {when}"
    attached = "" if is_attached(view, source) else " The document is not attached."
    relation = _relation(view, source.translation_of)
    return (
        (capitalized(title_words(source)),),
        (f"{who}{relation}{f' ({list_words(tuple(marks))})' if marks else ''}",),
        (str(source.reliability),),
        (f"{opening(source.reliability_reason) if source.reliability_reason else ''}{attached}".strip() or "–",),
    )


def _relation(view: View, original: Id | None) -> str:
    source = view.knowledge.sources.get(original) if original else None
    return f"; a translation of {title_words(source)}" if source else ""
