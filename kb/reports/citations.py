"""Citations: source, place and voice of a passage, with the words around it where the document is attached."""

from dataclasses import replace

from kb.domain.entity import Claim, Figure, Source
from kb.domain.event import Anchored
from kb.domain.passage import Anchor, AnchoringMethod, Passage
from kb.reports.value import Citation, Ref
from kb.reports.view import View
from kb.reports.words.dates import date_words
from kb.reports.words.references import RETRACTED, list_words, ref_of, shorten
from kb.reports.words.voices import title_words, voice_words

_PLACES = ("", "", "second ", "third ", "fourth ", "fifth ", "sixth ", "seventh ", "eighth ", "ninth ", "tenth ")


def locator(passage: Passage) -> str:
    """A place in words.

    >>> locator(Passage(169, exact="$14,000"))
    'line 169, “$14,000”'
    >>> locator(Passage(17, sentence=6, exact="ten", nth=2))
    'line 17, sentence 6, the second “ten”'
    >>> locator(Passage(12, row="bolts", column="2024"))
    'line 12, row “bolts”, column “2024”'
    """
    parts = [f"page {passage.page}"] if passage.page else []
    parts += [f"line {passage.line}"]
    if passage.sentence:
        parts.append(f"sentence {passage.sentence}")
    parts += [f"row “{passage.row}”"] if passage.row else []
    parts += [f"column “{passage.column}”"] if passage.column else []
    if passage.exact:
        parts.append(f"{_occurrence_words(passage.nth)}“{passage.exact}”")
    return ", ".join(parts)


def _occurrence_words(nth: int) -> str:
    if nth < 2:
        return ""
    return f"the {_PLACES[nth]}" if nth < len(_PLACES) else f"occurrence {nth} of "


def source_type_words(type: str) -> str:
    """A CSL item type for readers, e.g. ``blog post`` for ``post-weblog``."""
    return _SOURCE_TYPES.get(type, type.replace("-", " ").replace("_", " "))


# Those whose CSL name is not an English phrase.
_SOURCE_TYPES = {
    "article-journal": "journal article",
    "article-magazine": "magazine article",
    "article-newspaper": "newspaper article",
    "entry-dictionary": "dictionary entry",
    "entry-encyclopedia": "encyclopaedia entry",
    "motion_picture": "film",
    "paper-conference": "conference paper",
    "post": "forum or social media post",
    "post-weblog": "blog post",
    "review-book": "book review",
    "webpage": "web page",
}


def locators(view: View, entity: Figure | Claim) -> str:
    """All places of a figure or claim in words, as they are in the present document of its source."""
    return "; ".join(locator(current_passage(view, entity, index)) for index in range(len(passages_of(entity))))


def current_passage(view: View, entity: Figure | Claim, index: int) -> Passage:
    """The ``index``-th passage (from 0), with its line in the present document of its source."""
    passage = passages_of(entity)[index]
    place = anchored_passage(view, entity, index)
    if place is None or place.line in (0, passage.line):
        return passage
    # In another edition the numbers of sentences and occurrences that the author gave mean nothing any more. A person
    # may have accepted another cell.
    if place.by is AnchoringMethod.PERSON:
        return Passage(place.line, exact=passage.exact)
    return Passage(place.line, exact=passage.exact, row=passage.row, column=passage.column)


def citation(view: View, entity: Figure | Claim, index: int = 0) -> Citation:
    """The citation of the ``index``-th passage (from 0) of a figure or claim."""
    source = source_of(view, entity)
    place = anchored_passage(view, entity, index)
    anchor = place.anchor if place else None
    before, text, after = _context(anchor) if anchor else ("", "", "")
    return Citation(
        source=replace(source_ref(source), text=title_words(source) if source else RETRACTED.text),
        locator=locator(current_passage(view, entity, index)),
        before=before,
        text=text,
        after=after,
        voice=voice_words(entity.voice, beside=source),
        event=view.last_event.get(entity.id, 0),
        char_start=anchor.start if anchor else None,
        char_end=anchor.end if anchor else None,
        language=source.language if source else "",
        by=anchoring_method(view, entity, index) or "",
        doubt=_doubt(view, entity, index),
    )


def citations(view: View, entity: Figure | Claim) -> tuple[Citation, ...]:
    """The citations of all passages of a figure or claim, in order."""
    return tuple(citation(view, entity, index) for index in range(len(passages_of(entity))))


def source_of(view: View, entity: Figure | Claim) -> Source | None:
    """The source of a figure or claim; None for an inference by the editors, and where it is no longer recorded."""
    return view.knowledge.sources.get(entity.source) if entity.source else None


def source_ref(source: Source | None) -> Ref:
    """The page and title of a source; ``RETRACTED`` for None."""
    return Ref("source", source.slug, source.title) if source else RETRACTED


def short_source_ref(source: Source | None) -> Ref:
    """The same with the short title, for rows of tables."""
    return replace(source_ref(source), text=source.short_title) if source else RETRACTED


def anchor_of(view: View, entity: Figure | Claim, index: int) -> Anchor | None:
    """The place of a passage in its document; None where that is not attached, or where it was not found."""
    place = anchored_passage(view, entity, index)
    return place.anchor if place else None


def anchored_passage(view: View, entity: Figure | Claim, index: int) -> Anchored | None:
    """The place likewise, with its line and the method by which it was found."""
    places: tuple[Anchored, ...] = view.knowledge.anchors.get(entity.id, ())
    return next((place for place in places if place.index == index), None)


def anchoring_method(view: View, entity: Figure | Claim, index: int) -> AnchoringMethod | None:
    """The method by which a passage was found; None where it was not found, or the method was not recorded."""
    place = anchored_passage(view, entity, index)
    return place.by if place and place.by is not AnchoringMethod.UNSAID else None


def _doubt(view: View, entity: Figure | Claim, index: int) -> str:
    """``review`` or ``orphan`` for a passage that was not found for certain in its document; empty for all others."""
    missed = next(
        (candidate for candidate in view.knowledge.missed.get(entity.id, ()) if candidate.index == index), None
    )
    if missed is None:
        return ""
    return "orphan" if missed.is_orphan else "review"


def passages_of(entity: Figure | Claim) -> tuple[Passage, ...]:
    """The passages of a figure or claim as its author gave them, in order."""
    return entity.passages if isinstance(entity, Claim) else (entity.passage,)


def _context(anchor: Anchor) -> tuple[str, str, str]:
    """The words before a passage, the passage, and the words after it, all within its line."""
    before, after = anchor.before.rpartition("\n")[2], anchor.after.partition("\n")[0]
    # An anchor keeps 160 characters on either side, whose outermost words may be cut in two; these are left out.
    if len(before) == len(anchor.before) >= 160:
        before = "…" + (before.partition(" ")[2] or before)
    if len(after) == len(anchor.after) >= 160:
        after = (after.rpartition(" ")[0] or after) + "…"
    return before.lstrip(), shorten(anchor.text, 600), after.rstrip()


def reference(view: View, source: Source | None) -> str:
    """The entry of a source in a bibliography: authors, title, container, date; inferred fields are marked.

    ``Mara Lindqvist, “The pass that sails too often”, The Quay Letter, 2 March 2026 [date inferred].``
    """
    if source is None:
        return "A source that is no longer recorded."
    # A date or author that the document does not give must not pass for one that it does.
    inferred = [FIELD_WORDS.get(field, field) for field in source.inferred]
    parts = (
        list_words(source.authors) or _edited(source, "{} (ed.)", "{} (eds.)"),
        f"“{source.title}”",
        source.container_title,
        _edited(source, "edited by {}", "edited by {}") if source.authors else "",
        *_details(source),
        date_words(source.issued) or "no date",
        f"doi:{source.details['DOI']}" if "DOI" in source.details else "",
        _relation(view, source),
    )
    marks = f" [{list_words(tuple(inferred))} inferred]" if inferred else ""
    return ", ".join(part for part in parts if part) + marks + "."


def _edited(source: Source, by_one: str, by_several: str) -> str:
    return (
        (by_one if len(source.editors) == 1 else by_several).format(list_words(source.editors))
        if source.editors
        else ""
    )


def _details(source: Source) -> tuple[str, ...]:
    """The series, volume, issue, number, edition, pages and publisher, in the order of print; empty where unknown."""
    details = source.details
    numbered = " ".join(details[name] for name in ("genre", "number") if name in details)
    publisher = source.publisher if source.publisher != source.container_title else ""
    return (
        details.get("collection-title", ""),
        f"vol. {details['volume']}" if "volume" in details else "",
        f"no. {details['issue']}" if "issue" in details else "",
        numbered if "genre" in details or not numbered else f"no. {numbered}",
        f"{details['edition']} ed." if "edition" in details else "",
        _pages(details.get("page", "")),
        ": ".join(part for part in (details.get("publisher-place", ""), publisher) if part),
    )


def _pages(pages: str) -> str:
    several = any(sign in pages for sign in "-–,")
    return f"{'pp.' if several else 'p.'} {pages.replace('--', '–').replace('-', '–')}" if pages else ""


FIELD_WORDS = {"issued": "date", "authors": "author", "container_title": "container", "url": "address"}
"""What a reader calls a field of a source, where that is not its own name."""


def _relation(view: View, source: Source) -> str:
    if not source.translation_of:
        return ""
    return f"a translation of “{ref_of(view.knowledge, source.translation_of).text}”"
