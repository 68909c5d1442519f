"""Where does it stand? Citations, with the words around a passage where the document is attached."""

from kb.domain.entity import Claim, Figure, Source
from kb.domain.event import Anchored
from kb.domain.passage import Anchor, Means, Passage
from kb.reports.naming import GONE, day, listed, ref_of, shorten
from kb.reports.value import Citation, Ref
from kb.reports.view import View

_PLACES = ("", "", "second ", "third ", "fourth ", "fifth ", "sixth ", "seventh ", "eighth ", "ninth ", "tenth ")


def locator(passage: Passage) -> str:
    """The place in words.

    >>> locator(Passage(169, exact="$14,000"))
    'line 169, “$14,000”'
    >>> locator(Passage(17, sentence=6, exact="ten", nth=2))
    'line 17, sentence 6, the second “ten”'
    """
    parts = [f"line {passage.line}"]
    if passage.sentence:
        parts.append(f"sentence {passage.sentence}")
    if passage.exact:
        parts.append(f"{_which(passage.nth)}“{passage.exact}”")
    return ", ".join(parts)


def _which(nth: int) -> str:
    if nth < 2:
        return ""
    return f"the {_PLACES[nth]}" if nth < len(_PLACES) else f"occurrence {nth} of "


def locators(view: View, entity: Figure | Claim) -> str:
    """All places of a figure or claim in words, as they are in the document that its source has now."""
    return "; ".join(locator(standing(view, entity, index)) for index in range(len(passages_of(entity))))


def standing(view: View, entity: Figure | Claim, index: int) -> Passage:
    """The ``index``-th passage; where another edition moved it to another line, that line with its exact words."""
    passage = passages_of(entity)[index]
    place = anchored(view, entity, index)
    if place is None or place.line in (0, passage.line):
        return passage
    return Passage(place.line, exact=passage.exact)


def citation(view: View, entity: Figure | Claim, index: int = 0) -> Citation:
    """Where the ``index``-th passage (from 0) of a figure or claim stands."""
    source = view.knowledge.sources.get(entity.source)
    place = anchored(view, entity, index)
    found = place.anchor if place else None
    before, text, after = _words(found) if found else ("", "", "")
    return Citation(
        source_ref(source),
        locator(standing(view, entity, index)),
        before,
        text,
        after,
        str(entity.voice),
        view.last_event.get(entity.id, 0),
        found.start if found else None,
        found.end if found else None,
        source.language if source else "",
        found_by(view, entity, index) or "",
        _doubt(view, entity, index),
    )


def citations(view: View, entity: Figure | Claim) -> tuple[Citation, ...]:
    """Every place where a figure or claim stands."""
    return tuple(citation(view, entity, index) for index in range(len(passages_of(entity))))


def source_ref(source: Source | None) -> Ref:
    """A source's page and title."""
    return Ref("source", source.slug, source.title) if source else GONE


def anchor(view: View, entity: Figure | Claim, index: int) -> Anchor | None:
    """Where a passage was found in its document; None where that is not attached, or a person must say."""
    place = anchored(view, entity, index)
    return place.anchor if place else None


def anchored(view: View, entity: Figure | Claim, index: int) -> Anchored | None:
    """The same with by what it was found, and its line."""
    places: tuple[Anchored, ...] = view.knowledge.anchors.get(entity.id, ())
    return next((place for place in places if place.index == index), None)


def found_by(view: View, entity: Figure | Claim, index: int) -> Means | None:
    """By what a passage was found; None where it was not, or nobody noted it."""
    place = anchored(view, entity, index)
    return place.by if place and place.by is not Means.UNSAID else None


def _doubt(view: View, entity: Figure | Claim, index: int) -> str:
    """``review`` or ``orphan`` where a passage was not found for certain in its document; empty for all others."""
    missed = next((one for one in view.knowledge.missed.get(entity.id, ()) if one.index == index), None)
    if missed is None:
        return ""
    return "orphan" if missed.is_orphan else "review"


def passages_of(entity: Figure | Claim) -> tuple[Passage, ...]:
    """The places that the author of the entry points to, in order."""
    return entity.passages if isinstance(entity, Claim) else (entity.passage,)


def _words(anchored: Anchor) -> tuple[str, str, str]:
    """The passage and the words around it, no further than its own line, cut between words."""
    before, after = anchored.before.rpartition("\n")[2], anchored.after.partition("\n")[0]
    if len(before) == len(anchored.before) >= 160:
        before = "…" + (before.partition(" ")[2] or before)
    if len(after) == len(anchored.after) >= 160:
        after = (after.rpartition(" ")[0] or after) + "…"
    return before.lstrip(), shorten(anchored.text, 600), after.rstrip()


def reference(view: View, source: Source | None) -> str:
    """A source as a bibliography gives it: authors, title, container, date; what we infer is marked.

    ``Mara Lindqvist, “The pass that sails too often”, The Quay Letter, 2 March 2026 [date inferred].``
    """
    if source is None:
        return "A source that is no longer told."
    inferred = [_FIELDS.get(field, field) for field in source.inferred]
    parts = (
        listed(source.authors) or _edited(source, "{} (ed.)", "{} (eds.)"),
        f"“{source.title}”",
        source.container_title,
        _edited(source, "edited by {}", "edited by {}") if source.authors else "",
        *_details(source),
        day(source.issued) or "no date",
        f"doi:{source.details['DOI']}" if "DOI" in source.details else "",
        _relation(view, source),
    )
    marks = f" [{listed(tuple(inferred))} inferred]" if inferred else ""
    return ", ".join(part for part in parts if part) + marks + "."


def _edited(source: Source, by_one: str, by_several: str) -> str:
    return (by_one if len(source.editors) == 1 else by_several).format(listed(source.editors)) if source.editors else ""


def _details(source: Source) -> tuple[str, ...]:
    """Where in a series, journal or book it stands, and who published it where."""
    said = source.details
    numbered = " ".join(said[name] for name in ("genre", "number") if name in said)
    publisher = source.publisher if source.publisher != source.container_title else ""
    return (
        said.get("collection-title", ""),
        f"vol. {said['volume']}" if "volume" in said else "",
        f"no. {said['issue']}" if "issue" in said else "",
        numbered if "genre" in said or not numbered else f"no. {numbered}",
        f"{said['edition']} ed." if "edition" in said else "",
        _pages(said.get("page", "")),
        ": ".join(part for part in (said.get("publisher-place", ""), publisher) if part),
    )


def _pages(said: str) -> str:
    several = any(sign in said for sign in "-–,")
    return f"{'pp.' if several else 'p.'} {said.replace('--', '–').replace('-', '–')}" if said else ""


_FIELDS = {"issued": "date", "authors": "author", "container_title": "container", "url": "address"}


def _relation(view: View, source: Source) -> str:
    if not source.translation_of:
        return ""
    return f"a translation of “{ref_of(view.knowledge, source.translation_of).text}”"
