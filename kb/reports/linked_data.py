"""Sources, claims, rulings and the log as JSON-LD: schema.org and PROV-O, with a context of its own."""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from kb.domain.entity import AnyEntity, Claim, Figure, Ruling, Source, Voice, kind_of
from kb.domain.event import Retracted
from kb.domain.finding import Finding
from kb.domain.identity import Id
from kb.domain.passage import Passage
from kb.reports.citations import current_passage, locator, passages_of
from kb.reports.export import decimal_text
from kb.reports.reference_formats.item import BibliographyItem, bibliography_items
from kb.reports.reference_formats.names import published_name
from kb.reports.row import explanation, figure_row, latest_ruling, ruling_words, standing_of
from kb.reports.view import LoggedEvent, View
from kb.reports.words.references import without_marks

Node = dict[str, Any]

CONTEXT: Mapping[str, Any] = {
    "@vocab": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "kb": "urn:x-kb:term:",
}
"""Names without a prefix are those of schema.org; ``kb:`` marks our own, which ``docs/export.md`` explains."""

_TYPES = {
    "article": "Article", "article-journal": "ScholarlyArticle", "article-magazine": "Article",
    "article-newspaper": "NewsArticle", "book": "Book", "chapter": "Chapter", "dataset": "Dataset",
    "legislation": "Legislation", "manuscript": "Manuscript", "map": "Map", "motion_picture": "Movie",
    "paper-conference": "ScholarlyArticle", "periodical": "Periodical", "post": "DiscussionForumPosting",
    "post-weblog": "BlogPosting", "report": "Report", "review": "Review", "software": "SoftwareSourceCode",
    "thesis": "Thesis", "webpage": "WebPage",
}  # fmt: skip
"""Types of schema.org by CSL type, each of them a CreativeWork; any other is a CreativeWork alone."""
_ADDRESS = ":/?#[]@!$&'()*+,;=%~"
"""Signs that an address may hold as they are."""
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def linked_data(view: View, events: Iterable[LoggedEvent]) -> Node:
    """The graph of the view's moment; ``events`` are those of its log, oldest first."""
    known, logged = view.knowledge, list(events)
    nodes = [
        *(_source(view, item) for item in bibliography_items(known)),
        *(_claim(view, claim) for claim in known.claims.values()),
        *(_figure(view, figure) for figure in known.figures.values()),
        *(_review(view, finding, ruling) for finding, ruling in _ruled(view)),
        *map(_document, known.documents),
    ]
    described = {node["@id"] for node in nodes}
    others = [_entity(entity) for id, entity in known.by_id.items() if _iri(id) not in described]
    described |= {node["@id"] for node in others}
    # The log still speaks of what was retracted since.
    gone = dict.fromkeys(_iri(event.stream) for event in logged if _iri(event.stream) not in described)
    past = [{"@id": iri, "@type": "prov:Entity"} for iri in gone]
    return {"@context": dict(CONTEXT), "@graph": [*nodes, *others, *past, *_provenance(logged)]}


def _entity(entity: AnyEntity) -> Node:
    """What neither vocabulary has a word for, such as a measure, so that the log names what it is about."""
    return {"@id": _iri(entity.id), "@type": "prov:Entity", "identifier": entity.slug, "kb:kind": kind_of(entity)}


def _iri(stream: str) -> str:
    """The IRI of a stream of the log, which neither a renaming nor another export changes."""
    return f"urn:uuid:{stream}" if _UUID.fullmatch(stream) else f"urn:x-kb:stream:{quote(stream, safe='')}"


def _link(stream: str) -> Node:
    return {"@id": _iri(stream)}


def _links(view: View, ids: Iterable[Id]) -> list[Node]:
    return [_link(id) for id in ids if id in view.knowledge.by_id]


def _given(node: Node) -> Node:
    """``node`` without what is not known."""
    return {name: value for name, value in node.items() if value not in (None, "", [], {})}


def _decimal(value: Decimal | None) -> Node | None:
    # A number of JSON would become a float.
    return {"@type": "xsd:decimal", "@value": decimal_text(value)} if value is not None else None


def _source(view: View, item: BibliographyItem) -> Node:
    source, details = item.source, item.source.details
    types = ["CreativeWork", *([_TYPES[source.type]] if source.type in _TYPES else []), "prov:Entity"]
    return _given(
        {
            "@id": _iri(source.id),
            "@type": types,
            "name": source.title,
            "alternateName": details.get("title-short"),
            "identifier": [source.slug, *([f"doi:{details['DOI']}"] if "DOI" in details else [])],
            "author": [_party(name) for name in source.authors],
            "editor": [_party(name) for name in source.editors],
            "datePublished": source.issued,
            "inLanguage": source.language,
            "isPartOf": {"@type": "CreativeWork", "name": source.container_title} if source.container_title else None,
            "publisher": {"@type": "Organization", "name": source.publisher} if source.publisher else None,
            "url": {"@id": quote(source.url, safe=_ADDRESS)} if source.url else None,
            "encoding": _document(source.document) if source.document else None,
            "translationOfWork": _one(view, source.translation_of),
            "prov:wasDerivedFrom": _one(view, source.translation_of),
            "citation": _links(view, source.quotes),
            "prov:wasRevisionOf": _one(view, source.supersedes),
            "comment": [{"@type": "Comment", "text": note} for note in item.notes],
            "review": _reliability(source),
        }
    )


def _document(sha256: str) -> Node:
    return {"@id": _iri(sha256), "@type": ["MediaObject", "prov:Entity"], "sha256": sha256}


def _one(view: View, id: Id | None) -> Node | None:
    return _link(id) if id and id in view.knowledge.by_id else None


def _party(name: str) -> Node:
    """Somebody by name, as a person where the name is certainly one; a name of one word may be anybody's."""
    return {"name": name} if published_name(name).is_literal else {"@type": "Person", "name": name}


def _reliability(source: Source) -> Node:
    rating = {
        "@type": "Rating",
        "ratingValue": source.reliability.value,
        "bestRating": "A",
        "worstRating": "F",
        "ratingExplanation": source.reliability_reason,
    }
    return {"@type": "Review", "reviewAspect": "reliability (Admiralty scale)", "reviewRating": _given(rating)}


def _claim(view: View, claim: Claim) -> Node:
    standing = standing_of(view, claim.id)
    return _given(
        {
            "@id": _iri(claim.id),
            "@type": ["Claim", "prov:Entity"],
            "identifier": claim.slug,
            "text": claim.text,
            **_said(claim.voice, str(claim.stance), str(claim.confidence)),
            "appearance": _appearances(view, claim),
            "kb:denies": _links(view, claim.denies),
            "kb:sameAs": _links(view, claim.same_as),
            "kb:standing": str(standing.word) if standing else None,
            "kb:strength": _decimal(standing.strength) if standing else None,
        }
    )


def _figure(view: View, figure: Figure) -> Node:
    row, quantity = figure_row(view, figure), figure.quantity
    about = f"{row.measure.text} ({row.scope})" if row.scope else row.measure.text
    return _given(
        {
            "@id": _iri(figure.id),
            "@type": ["Claim", "prov:Entity"],
            "identifier": figure.slug,
            "text": f"{about}: {row.ref.text}",
            **_said(figure.voice, str(figure.stance), str(figure.confidence)),
            "appearance": _appearances(view, figure),
            "about": _given(
                {
                    "@type": "QuantitativeValue",
                    "name": row.measure.text,
                    "minValue": _decimal(quantity.low),
                    "maxValue": _decimal(quantity.high),
                    "unitText": quantity.unit,
                    "kb:bound": str(quantity.bound),
                    "kb:hedge": str(quantity.hedge),
                }
            ),
            "prov:wasDerivedFrom": _links(
                view, [*([figure.depends_on.figure] if figure.depends_on else []), *figure.derived_from]
            ),
        }
    )


def _said(voice: Voice, stance: str, confidence: str) -> Node:
    # "Alleged" and "hypothetical" belong to the statement wherever it goes.
    return {
        "author": _party(voice.origin),
        "creditText": str(voice),
        "kb:stance": stance,
        "kb:confidence": confidence,
    }


def _appearances(view: View, entity: Claim | Figure) -> list[Node]:
    """The passages as quotations; the source alone where it is not recorded any more."""
    if entity.source is None or entity.source not in view.knowledge.sources:
        return []
    places = (current_passage(view, entity, index) for index in range(len(passages_of(entity))))
    return [_quotation(place, entity.source) for place in places]


def _quotation(passage: Passage, source: Id) -> Node:
    return _given(
        {"@type": "Quotation", "text": passage.exact, "position": locator(passage), "isPartOf": _link(source)}
    )


def _ruled(view: View) -> Iterator[tuple[Finding, Ruling]]:
    for finding in view.ranked:
        if ruling := latest_ruling(view, finding):
            yield finding, ruling


def _review(view: View, finding: Finding, ruling: Ruling) -> Node:
    last = max(view.events_of(ruling.id), key=lambda event: event.position, default=None)
    return _given(
        {
            "@id": _iri(ruling.id),
            "@type": ["ClaimReview", "prov:Entity"],
            "identifier": ruling.slug,
            "itemReviewed": _links(view, dict.fromkeys((*finding.figures, *finding.claims))),
            "claimReviewed": without_marks(explanation(view, finding)),
            "reviewBody": ruling.text,
            "reviewRating": {"@type": "Rating", "alternateName": ruling_words(view, finding)},
            "author": {"@type": "Person", "name": last.actor} if last and last.actor else None,
            "datePublished": last.recorded_at if last else None,
            "kb:accepted": _one(view, ruling.accepted),
            "kb:finding": finding.id,
            "kb:verdict": str(finding.verdict) if finding.verdict else None,
            # A ruling lapses when what was compared changes.
            "creativeWorkStatus": "lapsed" if ruling.digest != finding.digest else "current",
        }
    )


def _provenance(events: Iterable[LoggedEvent]) -> Iterator[Node]:
    """Who recorded what, when and why: an activity for each event, the state that it made, and the people."""
    actors: dict[str, None] = {}
    newest: dict[str, str] = {}
    for event in events:
        if event.actor:
            actors[event.actor] = None
        state = f"{_iri(event.stream)}#{event.position}"
        before = newest.get(event.stream)
        gone = isinstance(event.fact, Retracted)
        yield _activity(event, before if gone else state, is_end=gone)
        if not gone:
            newest[event.stream] = state
            made = {"@id": state, "@type": "prov:Entity", "prov:specializationOf": _link(event.stream)}
            yield made | ({"prov:wasRevisionOf": {"@id": before}} if before else {})
    for actor in actors:
        yield {"@id": _agent(actor), "@type": "prov:Agent", "name": actor}


def _activity(event: LoggedEvent, state: str | None, *, is_end: bool) -> Node:
    return _given(
        {
            "@id": f"urn:x-kb:event:{event.hash}",
            "@type": "prov:Activity",
            "name": event.type,
            "position": event.position,
            "description": event.reason,
            "prov:endedAtTime": {"@type": "xsd:dateTime", "@value": event.recorded_at},
            "prov:wasAssociatedWith": {"@id": _agent(event.actor)} if event.actor else None,
            "prov:invalidated" if is_end else "prov:generated": {"@id": state} if state else None,
            "kb:redacted": True if event.redacted else None,
        }
    )


def _agent(actor: str) -> str:
    return f"urn:x-kb:agent:{quote(actor, safe='')}"
