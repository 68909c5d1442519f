"""The pages about sources, figures and claims, and the passages that need review."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction

from kb.domain.entity import (
    DETAILS,
    Calculation,
    Claim,
    Figure,
    InputKind,
    Node,
    NodeKind,
    Source,
)
from kb.domain.event import Missed
from kb.domain.finding import Finding
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.passage import Anchor, AnchoringMethod, Offer
from kb.domain.quantity import Bound, Hedge, Quantity, RangeKind
from kb.domain.review import offers_digest
from kb.intake.passage import sentence_of
from kb.intake.reanchoring import numbers_changed
from kb.intake.text_diff import difference
from kb.numbers.number import FINEST
from kb.reasoning.findings.mention import normalized_quantity, unconverted
from kb.reports.chronology import time_of_figure
from kb.reports.citations import citation, citations, locator, passages_of, source_type_words
from kb.reports.map.graph import arguments_to
from kb.reports.page import (
    ClaimSheet,
    ClaimsPage,
    Field,
    FigureSheet,
    FiguresPage,
    MissedRow,
    OfferRow,
    PassagesPage,
    SourcePassages,
    SourceSheet,
    SourcesPage,
    Wording,
)
from kb.reports.query import matching_rows, page_of
from kb.reports.row import (
    argument_row,
    claim_row,
    confidence_words,
    event_rows,
    figure_row,
    finding_rows,
    source_row,
)
from kb.reports.value import ClaimRow, Ref
from kb.reports.view import View
from kb.reports.words.amount import number_words, points_words
from kb.reports.words.argument_map import kept_map_words
from kb.reports.words.conclusions import balance_sentence, condition_words, standing_sentence
from kb.reports.words.dates import date_words
from kb.reports.words.rates import missing_rate_hint, missing_rate_words
from kb.reports.words.references import (
    capitalized,
    claim_refs,
    conversion_words,
    figure_amount_words,
    figure_words,
    list_words,
    ref,
    ref_of,
    refs_of,
    said_ref,
    scope_selection_words,
    span_words,
)
from kb.reports.words.unit_names import scale_words
from kb.reports.words.voices import reading_words, stance_words


def claims(view: View, page: int = 1, query: str = "") -> ClaimsPage:
    """The claims that match ``query``, 200 to a page, in the order in which they were recorded."""
    all_claims = tuple(view.knowledge.claims.values())
    matched = matching_rows(all_claims, query, lambda claim: _claim_columns(claim_row(view, claim)))
    shown, page, pages = page_of(matched, page)
    rows = tuple(claim_row(view, claim) for claim in shown)
    return ClaimsPage(title="Claims", rows=rows, total=len(matched), page=page, pages=pages, query=query)


CLAIM_COLUMNS = ("claim", "source", "voice", "stance", "confidence", "standing")
"""The columns that a query of claims can name, as in ``standing:out``."""


def _claim_columns(row: ClaimRow) -> Mapping[str, str]:
    return {
        "claim": f"{row.ref.text} {row.ref.slug}",
        "source": f"{row.source.text} {row.source.slug}" if row.source else "",
        "voice": row.voice,
        # Both the word of seed files, ``negated``, and that of the pages, ``denied``, find a denial.
        "stance": f"{row.stance} {row.manner.partition(';')[0]}",
        "confidence": row.confidence,
        "standing": row.standing,
    }


def claim(view: View, slug: str) -> ClaimSheet | None:
    """The sheet of the claim called ``slug``; None where there is none."""
    entity = view.knowledge.named(Claim, slug)
    return _claim_sheet(view, entity) if entity else None


def _claim_sheet(view: View, claim: Claim) -> ClaimSheet:
    knowledge, node = view.knowledge, Node(NodeKind.CLAIM, claim.id)
    used = (argument for argument in knowledge.arguments.values() if node in argument.premises)
    return ClaimSheet(
        title=claim.text,
        row=claim_row(view, claim),
        citations=citations(view, claim),
        arguments=tuple(argument_row(view, argument) for argument in arguments_to(knowledge, node)),
        used_by=tuple(argument_row(view, argument) for argument in used),
        denies=claim_refs(knowledge, knowledge.contradictions.get(claim.id, ())),
        same_as=_same_claims(view, claim),
        condition=condition_words(knowledge, view.analysis.results, claim),
        findings=finding_rows(view, view.findings_of.get(claim.id, ())),
        balance=balance_sentence(view.analysis.standings.of(claim.id)),
        why=standing_sentence(knowledge, view.analysis.standings, claim.id),
        note=claim.note,
        questions=refs_of(knowledge, view.questions_served(claim.id)),
        events=event_rows(view, claim.id),
    )


def _same_claims(view: View, claim: Claim) -> tuple[Ref, ...]:
    """The claims that this one repeats, then those that repeat it."""
    # A person records a repetition with one of the two claims; a reader may open the page of either.
    naming = (repeating.id for repeating in view.knowledge.claims.values() if claim.id in repeating.same_as)
    return claim_refs(view.knowledge, tuple(dict.fromkeys((*claim.same_as, *naming))))


def figures(view: View, page: int = 1, query: str = "") -> FiguresPage:
    """The figures that match ``query``, 200 to a page, in the order in which they were recorded."""
    all_figures = tuple(view.knowledge.figures.values())
    matched = matching_rows(all_figures, query, lambda figure: _figure_columns(view, figure))
    shown, page, pages = page_of(matched, page)
    rows = tuple(figure_row(view, figure) for figure in shown)
    return FiguresPage(title="Figures", rows=rows, total=len(matched), page=page, pages=pages, query=query)


FIGURE_COLUMNS = (
    "figure",
    "written",
    "measure",
    "scope",
    "source",
    "voice",
    "stance",
    "confidence",
    "language",
    "depends",
    "question",
)
"""The columns that a query of figures can name, as in ``stance:measured``."""


def _figure_columns(view: View, figure: Figure) -> Mapping[str, str]:
    row = figure_row(view, figure)
    return {
        "figure": f"{row.ref.text} {row.ref.slug}",
        "written": row.as_written,
        "measure": f"{row.measure.text} {row.measure.slug}",
        "scope": row.scope,
        "source": f"{row.source.text} {row.source.slug}",
        "voice": row.voice,
        # Both the word of seed files, ``negated``, and that of the pages, ``denied``, find a denial.
        "stance": f"{row.stance} {row.manner.partition(';')[0]}",
        "confidence": row.confidence,
        "language": row.language,
        # A query cannot name an empty cell; ``depends:independent`` leaves out what only repeats another figure.
        "depends": row.depends or "independent",
        "question": " ".join(view.knowledge.questions[id].slug for id in view.questions_served(figure.id)),
    }


def figure(view: View, slug: str) -> FigureSheet | None:
    """The sheet of the figure called ``slug``; None where there is none."""
    entity = view.knowledge.named(Figure, slug)
    return _figure_sheet(view, entity) if entity else None


def _figure_sheet(view: View, figure: Figure) -> FigureSheet:
    knowledge = view.knowledge
    in_time = time_of_figure(view, figure)
    return FigureSheet(
        title=figure_amount_words(figure),
        row=figure_row(view, figure),
        parts=quantity_fields(knowledge, figure),
        citation=citation(view, figure),
        mentions=tuple(figure_row(view, mention) for mention in knowledge.dependents.get(figure.id, ())),
        derived_from=tuple(said_ref(knowledge, id) for id in figure.derived_from),
        replaced_by=in_time.replaced_by,
        replaces=in_time.replaces,
        not_compared=in_time.not_compared,
        findings=finding_rows(view, view.findings_of.get(figure.id, ())),
        calculations=tuple(ref(knowledge, calculation) for calculation in _users(view, figure)),
        arguments=arguments_involving(knowledge, figure),
        note=figure.note,
        questions=refs_of(knowledge, view.questions_served(figure.id)),
        events=event_rows(view, figure.id),
    )


def quantity_fields(knowledge: Knowledge, figure: Figure) -> tuple[Field, ...]:
    """The parts of the quantity, with stance and confidence, then the scope; what is empty is left out."""
    quantity = figure.quantity
    fields = {
        "As written": quantity.as_written,
        "Stated": span_words(quantity.stated, quantity.unit),
        "In the measure's unit": _in_measure(knowledge, figure),
        "Allowed": span_words(quantity.allowed, quantity.unit) if quantity.allowed != quantity.stated else "",
        "Bound": _BOUNDS[quantity.bound],
        "Hedge": _HEDGES[quantity.hedge],
        "Range": _range(quantity),
        "Unit": scale_words(quantity.unit),
        "Precision": _precision(quantity),
        "Stance": stance_words(figure.stance),
        "Confidence": reading_words(figure.stance, confidence_words(figure.confidence)),
    }
    scope = {
        key.replace("-", " ").capitalize(): capitalized(scope_selection_words(knowledge, key, v))
        for key, v in figure.scope.items()
    }
    return tuple(Field(name, value, "") for name, value in (fields | scope).items() if value)


def _precision(quantity: Quantity) -> str:
    """The last digit of a number as it was stated, e.g. ``to the nearest $1,000``; empty where it is not known.

    A ratio of counts, such as 40 of 45, is not rounded at all.
    """
    if quantity.granularity is None:
        return ""
    head = quantity.unit.partition("/")[0]
    if head == "multiple":
        return f"to the nearest {quantity.granularity:,f}"
    if quantity.granularity <= FINEST:
        return "no rounding"
    step = Fraction(quantity.granularity)
    words = points_words(step) if head == "fraction" else number_words(step, head)
    return f"to the nearest {words.removeprefix('1 ')}"


def _in_measure(knowledge: Knowledge, figure: Figure) -> str:
    """The amount at a recorded rate, or which rate is missing; empty for one in the currency of its measure."""
    if figure.measure not in knowledge.measures:
        return ""
    missing = unconverted(knowledge, figure)
    if missing:
        return f"{missing_rate_words(knowledge, missing)}: {missing_rate_hint(missing)}"
    return conversion_words(knowledge, normalized_quantity(knowledge, figure))


_BOUNDS = {
    Bound.EXACT: "",
    Bound.RANGE: "within a range",
    Bound.AT_LEAST: "at least (a minimum)",
    Bound.AT_MOST: "at most (a maximum)",
    Bound.MORE_THAN: "more than (a minimum, exclusive)",
    Bound.LESS_THAN: "less than (a maximum, exclusive)",
}
_HEDGES = {
    Hedge.NONE: "",
    Hedge.ABOUT: "about",
    Hedge.NEARLY: "nearly",
    Hedge.JUST_OVER: "just over",
    Hedge.ORDER_OF_MAGNITUDE: "an order of magnitude",
}


def _range(quantity: Quantity) -> str:
    match quantity.spread:
        case RangeKind.ESTIMATE:
            return "an estimate within this range"
        case RangeKind.SPREAD:
            return "a spread: both ends occur"
        case None:
            return ""


def _users(view: View, figure: Figure) -> list[Calculation]:
    """The calculations that check or use the figure or a mention of it, by name or through its measure."""
    mentions = mentions_of(view.knowledge, figure)
    calculations = view.knowledge.calculations.values()
    return [found for found in calculations if any(_uses(view, found, mention) for mention in mentions)]


def mentions_of(knowledge: Knowledge, figure: Figure) -> tuple[Figure, ...]:
    """The figure with all that repeat, quote or translate it, directly or through others, in the order reached."""
    found, waiting = dict[Id, Figure](), [figure]
    while waiting:
        mention = waiting.pop(0)
        if mention.id not in found:
            found[mention.id] = mention
            waiting += knowledge.dependents.get(mention.id, ())
    return tuple(found.values())


def _uses(view: View, calculation: Calculation, figure: Figure) -> bool:
    if figure.id in calculation.checks or any(formula_input.ref == figure.id for formula_input in calculation.inputs):
        return True
    if not any(
        formula_input.kind is InputKind.MEASURE and formula_input.ref == figure.measure
        for formula_input in calculation.inputs
    ):
        return False
    # An input that names a measure takes only the positions whose scope fits, so that the figure may not be among them.
    result = view.analysis.results.get(calculation.id)
    outcomes = result.outcomes if result else ()
    return any(figure.id in choice.figures for outcome in outcomes for choice in outcome.choices)


def arguments_involving(knowledge: Knowledge, figure: Figure) -> tuple[Ref, ...]:
    """The arguments that have the figure or a mention of it as a premise, then those that support or attack one."""
    # An argument may rest on the number as the article repeats it: it falls with the number all the same.
    ids = [mention.id for mention in mentions_of(knowledge, figure)]
    resting = [a for a in knowledge.arguments.values() if any(p.id in ids for p in a.premises)]
    bearing = [argument for id in ids for argument in knowledge.arguments_to.get(id, ())]
    return tuple(ref(knowledge, argument) for argument in (*resting, *bearing))


METHOD_WORDS = {
    AnchoringMethod.EXACT: "by their exact words",
    AnchoringMethod.NEIGHBOURS: "by the words around them",
    AnchoringMethod.CELL: "by row and column",
    AnchoringMethod.POSITION: "by position",
    AnchoringMethod.PERSON: "by a person",
    AnchoringMethod.UNSAID: "by a method that was not recorded",
}
"""The methods by which passages are found, in words."""


def passages(view: View) -> PassagesPage:
    """The passages of all sources with a document: how they were found, and which need review."""
    sources = tuple(source_passages(view, source) for source in view.knowledge.sources.values())
    return PassagesPage(
        "Passages",
        tuple(source for source in sources if source.counts or source.review or source.orphans),
        sum(len(source.review) for source in sources),
        sum(len(source.orphans) for source in sources),
    )


def source_passages(view: View, source: Source) -> SourcePassages:
    """The passages of one source: how they were found, and which need review."""
    knowledge = view.knowledge
    entries: tuple[Figure | Claim, ...] = (
        *knowledge.figures_of_source.get(source.id, ()),
        *knowledge.claims_of_source.get(source.id, ()),
    )
    counts = Counter(place.by for entry in entries for place in knowledge.anchors.get(entry.id, ()))
    missed = [(entry, missed_passage) for entry in entries for missed_passage in knowledge.missed.get(entry.id, ())]
    return SourcePassages(
        source=ref(knowledge, source),
        slug=source.slug,
        language=source.language,
        counts=tuple((words, counts[by]) for by, words in METHOD_WORDS.items() if counts[by]),
        review=tuple(
            _missed_row(view, entry, missed_passage) for entry, missed_passage in missed if not missed_passage.is_orphan
        ),
        orphans=tuple(
            _missed_row(view, entry, missed_passage) for entry, missed_passage in missed if missed_passage.is_orphan
        ),
    )


def passages_awaiting_review(view: View, sources: Iterable[Source]) -> int:
    """The number of passages of ``sources`` that need review."""
    ids = {source.id for source in sources}
    entries = (view.knowledge.figures.get(id) or view.knowledge.claims.get(id) for id in view.knowledge.missed)
    return sum(len(view.knowledge.missed[entry.id]) for entry in entries if entry and entry.source in ids)


def _missed_row(view: View, entry: Figure | Claim, missed: Missed) -> MissedRow:
    places = passages_of(entry)
    return MissedRow(
        ref=_entry_ref(view, entry),
        locator=locator(places[missed.index]) if missed.index < len(places) else "",
        number=missed.index + 1,
        passages=len(places),
        earlier=_wording(missed.earlier) if missed.earlier else None,
        offers=tuple(_offer_row(number, offer, missed.earlier) for number, offer in enumerate(missed.offers, 1)),
        rejected=len(missed.rejected),
        seen=offers_digest(missed),
    )


def _entry_ref(view: View, entry: Figure | Claim) -> Ref:
    named = ref(view.knowledge, entry)
    return replace(named, text=figure_words(view.knowledge, entry)) if isinstance(entry, Figure) else named


def _offer_row(number: int, offer: Offer, earlier: Anchor | None) -> OfferRow:
    now = "".join(sentence_of(offer.anchor))
    before = "".join(sentence_of(earlier)) if earlier else now
    return OfferRow(
        number=number,
        line=offer.line,
        score=offer.score,
        wording=_wording(offer.anchor),
        difference=difference(before, now) if earlier else (),
        # A sentence whose number changed is no longer the same, however high its score.
        numbers_differ=earlier is not None and numbers_changed(earlier, offer.anchor),
    )


def _wording(anchor: Anchor) -> Wording:
    return Wording(*sentence_of(anchor))


def sources(view: View) -> SourcesPage:
    """All sources, in the order in which they were recorded."""
    return SourcesPage("Sources", tuple(source_row(view, source) for source in view.knowledge.sources.values()))


def source(view: View, slug: str) -> SourceSheet | None:
    """The sheet of the source called ``slug``; None where there is none."""
    entity = view.knowledge.named(Source, slug)
    return _source_sheet(view, entity) if entity else None


def _source_sheet(view: View, source: Source) -> SourceSheet:
    knowledge = view.knowledge
    figures = knowledge.figures_of_source.get(source.id, ())
    claims = knowledge.claims_of_source.get(source.id, ())
    all_sources = knowledge.sources.values()
    return SourceSheet(
        title=source.title,
        row=source_row(view, source),
        fields=_source_fields(source),
        document=source.document,
        translations=tuple(
            ref(knowledge, translation) for translation in all_sources if translation.translation_of == source.id
        ),
        quotes=refs_of(knowledge, source.quotes),
        supersedes=ref_of(knowledge, source.supersedes) if source.supersedes else None,
        superseded_by=tuple(ref(knowledge, newer) for newer in all_sources if newer.supersedes == source.id),
        figures=tuple(figure_row(view, figure) for figure in figures),
        claims=tuple(claim_row(view, claim) for claim in claims),
        findings=finding_rows(view, _findings_about(view, {e.id for e in (*figures, *claims)})),
        events=event_rows(view, source.id),
        passages=source_passages(view, source),
    )


def _findings_about(view: View, ids: set[str]) -> tuple[Finding, ...]:
    return tuple(finding for finding in view.ranked if not ids.isdisjoint((*finding.figures, *finding.claims)))


def _source_fields(source: Source) -> tuple[Field, ...]:
    """The known bibliographic fields, with a reason for each that was inferred."""
    values = {
        # The title stands above as the heading of the page.
        "title": ("Title", source.title if "title" in source.inferred else ""),
        "authors": ("By", list_words(source.authors)),
        "editors": ("Edited by", list_words(source.editors)),
        "container_title": ("In", source.container_title),
        "publisher": ("Publisher", source.publisher),
        "issued": ("Date", date_words(source.issued)),
        "type": ("Kind", source_type_words(source.type)),
        "language": ("Language", LANGUAGE_NAMES.get(source.language.partition("-")[0], source.language)),
        "url": ("Address", source.url),
        **{name: (_FIELD_LABELS.get(name, name.capitalize()), value) for name, value in _printed_details(source)},
        "reliability": ("Reliability", f"{source.reliability}, {source.reliability.meaning}"),
        "reliability_reason": ("Reason", source.reliability_reason),
        "note": ("Note", source.note),
        "aif": ("Kept as it came", kept_map_words(source.aif) if source.aif else ""),
    }
    return tuple(Field(name, value, source.inferred.get(key, "")) for key, (name, value) in values.items() if value)


LANGUAGE_NAMES = {
    "ar": "Arabic", "de": "German", "en": "English", "es": "Spanish", "fr": "French", "it": "Italian",
    "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "ru": "Russian",
    "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian", "zh": "Chinese",
}  # fmt: skip
"""Names of languages by their tag."""

_FIELD_LABELS = {
    "title-short": "Short title",
    "collection-title": "Series",
    "genre": "Genre",
    "publisher-place": "Published in",
    "DOI": "DOI",
    "ISBN": "ISBN",
    "accessed": "Accessed",
}


def _printed_details(source: Source) -> tuple[tuple[str, str], ...]:
    """Names and values of the further details, in the order of a printed reference."""
    details = source.details
    return tuple(
        (name, date_words(details[name]) if name == "accessed" else details[name])
        for name in DETAILS
        if name in details
    )
