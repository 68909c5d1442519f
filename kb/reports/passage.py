"""Which passages wait for a person? Those of each source that are in doubt or gone, with old and new words."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from kb.domain.entity import Claim, Figure, Source
from kb.domain.event import Missed
from kb.domain.passage import Anchor, Means, Offer
from kb.domain.settling import digest
from kb.intake.difference import difference, same_numbers
from kb.intake.quote import sentence_of
from kb.reports.cite import locator, passages_of
from kb.reports.naming import figure_words, ref
from kb.reports.page import MissedRow, OfferRow, PassagesPage, SourcePassages, Wording
from kb.reports.value import Ref
from kb.reports.view import View

BY = {
    Means.EXACT: "by their exact words",
    Means.NEIGHBOURS: "by the words around them",
    Means.POSITION: "by position",
    Means.PERSON: "accepted by a person",
    Means.UNSAID: "before anybody noted by what",
}
"""By what passages were found, in words."""


def passages(view: View) -> PassagesPage:
    """All sources with how their passages were found, and the passages that wait for a person."""
    sources = tuple(source_passages(view, source) for source in view.knowledge.sources.values())
    return PassagesPage(
        "Passages",
        tuple(source for source in sources if source.counts or source.review or source.orphans),
        sum(len(source.review) for source in sources),
        sum(len(source.orphans) for source in sources),
    )


def source_passages(view: View, source: Source) -> SourcePassages:
    """How the passages of one source were found, and which of them wait."""
    knowledge = view.knowledge
    told: tuple[Figure | Claim, ...] = (
        *knowledge.figures_of_source.get(source.id, ()),
        *knowledge.claims_of_source.get(source.id, ()),
    )
    found = Counter(place.by for entry in told for place in knowledge.anchors.get(entry.id, ()))
    missed = [(entry, one) for entry in told for one in knowledge.missed.get(entry.id, ())]
    return SourcePassages(
        ref(knowledge, source),
        source.slug,
        source.language,
        tuple((words, found[by]) for by, words in BY.items() if found[by]),
        tuple(_row(view, entry, one) for entry, one in missed if not one.is_orphan),
        tuple(_row(view, entry, one) for entry, one in missed if one.is_orphan),
    )


def waiting(view: View, sources: Iterable[Source]) -> int:
    """How many passages of ``sources`` wait for a person."""
    ids = {source.id for source in sources}
    told = (view.knowledge.figures.get(id) or view.knowledge.claims.get(id) for id in view.knowledge.missed)
    return sum(len(view.knowledge.missed[entry.id]) for entry in told if entry and entry.source in ids)


def _row(view: View, entry: Figure | Claim, missed: Missed) -> MissedRow:
    places = passages_of(entry)
    return MissedRow(
        _named(view, entry),
        locator(places[missed.index]) if missed.index < len(places) else "",
        missed.index + 1,
        len(places),
        _wording(missed.earlier) if missed.earlier else None,
        tuple(_offer(number, offer, missed.earlier) for number, offer in enumerate(missed.offers, 1)),
        len(missed.rejected),
        digest(missed),
    )


def _named(view: View, entry: Figure | Claim) -> Ref:
    named = ref(view.knowledge, entry)
    return replace(named, text=figure_words(view.knowledge, entry)) if isinstance(entry, Figure) else named


def _offer(number: int, offer: Offer, earlier: Anchor | None) -> OfferRow:
    now = "".join(sentence_of(offer.anchor))
    before = "".join(sentence_of(earlier)) if earlier else now
    return OfferRow(
        number,
        offer.line,
        offer.score,
        _wording(offer.anchor),
        difference(before, now) if earlier else (),
        not same_numbers(before, now),
    )


def _wording(anchor: Anchor) -> Wording:
    return Wording(*sentence_of(anchor))
