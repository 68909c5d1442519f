"""The end of a report: how to read it, a card for each source, and the passages."""

from collections.abc import Collection, Iterator

from kb.domain.entity import Claim, Figure, Source
from kb.domain.identity import Id
from kb.reports.paper import Block, Bullets, Heading, Line, Strong, Table
from kb.reports.report.citing import Passages
from kb.reports.row import is_attached
from kb.reports.view import View
from kb.reports.words.attribution import opening
from kb.reports.words.dates import date_words
from kb.reports.words.reading_key import KEY
from kb.reports.words.references import capitalized, count_words, list_words
from kb.reports.words.voices import speaker_words, title_words

_MOST_SPEAKERS = 3


def key_blocks() -> Iterator[Block]:
    """How to read the report, in ten lines."""
    yield Heading(1, "How to read this report", "key")
    yield Bullets(tuple((line,) for line in KEY))


def source_blocks(view: View, passages: Passages, *, full: bool) -> Iterator[Block]:
    """A card for each source that was cited, and the passages."""
    cited = [(source, said) for id, said in passages.statements.items() if (source := view.knowledge.sources.get(id))]
    if not cited:
        return
    yield Heading(1, "The sources", "sources")
    yield Table(
        caption="Who wrote each source and when, whether it speaks for itself, and how far it is trusted",
        head=("Source", "By whom and when", "First or second hand", "Trust"),
        rows=tuple(_card(view, source, said.values()) for source, said in cited),
        shares=(0.2, 0.22, 0.24, 0.34),
    )
    yield Heading(1, "Passages cited", "passages")
    yield passages.table(full=full)


def _card(view: View, source: Source, said: Collection[Figure | Claim]) -> tuple[Line, ...]:
    attached = "" if is_attached(view, source) else " The document is not attached."
    why = opening(source.reliability_reason) if source.reliability_reason else ""
    return (
        (capitalized(title_words(source)),),
        (who_and_when(view, source),),
        (hand_words(source, said),),
        (Strong(f"{source.reliability}."), f" {why}{attached}".rstrip()),
    )


def who_and_when(view: View, source: Source) -> str:
    """Who wrote a source and when, of what it is a translation, and what of this is inferred."""
    inferred = {"authors": "author", "issued": "date"}
    marks = [words for field, words in inferred.items() if field in source.inferred]
    who = f"{list_words(source.authors) or 'No author named'}, {date_words(source.issued) or 'no date'}"
    note = f" ({list_words(tuple(marks))} inferred)" if marks else ""
    return f"{who}{_relation(view, source.translation_of)}{note}"


def _relation(view: View, original: Id | None) -> str:
    source = view.knowledge.sources.get(original) if original else None
    return f"; a translation of {title_words(source)}" if source else ""


def hand_words(source: Source, said: Collection[Figure | Claim]) -> str:
    """Whether a source speaks for itself in what is cited of it, or passes on what others say, and whom it quotes."""
    if source.translation_of:
        return "Second hand, as a translation"
    speakers = dict.fromkeys(speaker_words(one.voice) for one in said if one.voice.via)
    if not speakers:
        return "First hand"
    names = list(speakers)[:_MOST_SPEAKERS]
    if more := len(speakers) - len(names):
        names.append(count_words(more, "other"))
    own = any(not one.voice.via for one in said)
    return f"{'First hand; second hand' if own else 'Second hand'} for {list_words(tuple(names))}"
