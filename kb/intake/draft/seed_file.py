"""A draft written as a seed file: the source entry from the document's metadata, then measures, figures and claims."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kb.domain.confidence import Reliability
from kb.domain.entity import EDITORS_OF_A_SOURCE, Source, Stance
from kb.domain.knowledge import Knowledge
from kb.domain.slug import slug_of, unused_slug
from kb.intake.bibliography.duplicates import ComparedSource, compared_source, duplicate_remarks
from kb.intake.document_reader import Guess, MediaType, ParsedDocument
from kb.intake.draft.entries import Draft, DraftClaim, DraftFigure
from kb.intake.draft.measure_matching import DraftMeasure, SimilarMeasure
from kb.intake.draft.originals import is_edition, originals_named, same_title, sources_named
from kb.intake.draft.stance import StanceGuess
from kb.intake.figure import is_of_editors
from kb.intake.record import TIME_KEYS, ClaimRecord, FigureRecord, MeasureRecord, TermRecord
from kb.intake.seed_entry import (
    Written,
    one_or_list,
    seed_text,
    written_document,
    written_entry,
    written_inference,
    written_places,
)
from kb.intake.source_record import SourceRecord
from kb.intake.value_checks import contradicts
from kb.intake.yaml_writer import Inline, Remarked
from kb.numbers.language import Language
from kb.numbers.lexicon import language_named


def file_id(document: ParsedDocument, path: Path, output: Path | None, taken: Container[str]) -> str:
    """An id for the seed file that is not ``taken``: from its own name, or the title, or the document's name."""
    title = document.about.title.value if document.about.title else ""
    stem = slug_of(output.stem if output else "") or slug_of(title) or slug_of(path.stem) or "draft"
    return unused_slug(stem, taken)


def source_entry(
    document: ParsedDocument,
    path: Path,
    titles: Mapping[str, str] | None = None,
    earlier: Container[str] = (),
) -> Written:
    """The entry of the drafted document's source; guesses carry a remark.

    Args:
        document: What was drafted.
        path: Its file.
        titles: The titles of other sources by their names; the document may translate one.
        earlier: Those of them that it may quote: of two documents only one can quote the other.
    """
    originals = [same_title(title, (titles or {}).items()) for title in originals_named(document.text)]
    original = next((name for name in originals if name), "")
    quoted = [name for name in sources_named(document.text, titles or {}) if name != original and name in earlier]
    about = document.about
    authors = [author.value for author in about.authors]
    return written_entry(
        SourceRecord,
        type=_guessed(about.type) or Remarked(_type(document), "guess"),
        title=_title(document, path),
        author=_guessed(about.authors[0]) if len(authors) == 1 else authors,
        container_title=_guessed(about.container_title),
        publisher=_guessed(about.publisher),
        URL=_guessed(about.url),
        DOI=_guessed(about.doi),
        issued=_guessed(about.issued),
        language=_guessed(about.language) or Remarked("und", "unknown; write en, zh, …"),
        reliability=Remarked(str(Reliability.F), _RATING),
        document=written_document(document.sha256),
        translation_of=Remarked(original, "guess: it names that title as its original") if original else None,
        note=" ".join(_ORIGINAL.format(title) for title in originals_named(document.text)) if not original else None,
        quotes=Remarked(quoted[0], "guess: its title stands in the text") if len(quoted) == 1 else quoted,
    )


_RATING = "rate it: A (completely reliable) to E (unreliable), F (cannot be judged)"


def original_notes(document: ParsedDocument, titles: Mapping[str, str]) -> Iterator[str]:
    """A sentence for each work that the document says it translates and that is no source here."""
    for title in originals_named(document.text):
        if not same_title(title, titles.items()):
            yield f"{_ORIGINAL.format(title)} Once that is a source, write translation-of: with its id."


def _guessed(guess: Guess | None) -> Remarked | None:
    return Remarked(guess.value, f"found in {guess.found}") if guess else None


def _title(document: ParsedDocument, path: Path) -> Any:
    title = _guessed(document.about.title)
    return title or written_inference("title", [path.stem], "the name of the file; the document names no title")


def _type(document: ParsedDocument) -> str:
    return "webpage" if document.media_type is MediaType.HTML else "article"


def known_sources(document: ParsedDocument, knowledge: Knowledge) -> Iterator[str]:
    """A sentence for each source of the base that may be this document, another issue of it, or made of it."""
    title, issued, doi, url = (
        guess.value if guess else ""
        for guess in (document.about.title, document.about.issued, document.about.doi, document.about.url)
    )
    others = [source for source in knowledge.sources.values() if source.document != document.sha256]
    for source in knowledge.sources.values():
        if source.document == document.sha256:
            yield f"The source {source.slug} names this very document."
        elif is_edition((title, issued), (source.title, source.issued)):
            yield (
                f"The source {source.slug} has this title and another date: if this one takes its place, write "
                f"supersedes: {source.slug}."
            )
        if title and not source.translation_of and same_title(title, _named_original(source)):
            yield f"The source {source.slug} names this as its original: write translation-of: with its id there."
    if title:
        candidate = ComparedSource(name="", title=title, issued=issued, doi=doi, url=url)
        known = [compared_source(source, source.slug) for source in others]
        yield from (f"Is this {remark}" for remark in duplicate_remarks(candidate, known))


_ORIGINAL = "It names “{}” as its original."
"""The note of a drafted source whose original is no source yet; by it the draft of that finds its translation."""
_NAMED_ORIGINAL = re.compile(_ORIGINAL.format("(.+?)"))


def _named_original(source: Source) -> Iterator[tuple[str, str]]:
    return ((source.slug, title) for title in _NAMED_ORIGINAL.findall(source.note))


_HEAD = """
A draft. The places and values of figures are those of the document; measures, scopes and what carries the remark
"guess" were guessed from the words around them. Delete figures that do not matter, mend the label of a measure that is
misnamed, put the claims that matter into your own words in place of "DRAFT: …". Then: kb tidy, kb check, kb import.
"""

_LONGEST = 500
"""Characters of a sentence that are shown above its stub, at most."""


def seed_file_text(file: str, source: Written, draft: Draft, notes: Iterable[str] = ()) -> str:
    """The text of the seed file ``file``; it passes ``kb check`` as it stands.

    Args:
        file: Id of the file, free in the base.
        source: The entry of its source.
        draft: Its other entries.
        notes: Further comments at the head of the file.
    """
    lost = (f"Left out, line {omission.line}: {omission.literal} ({omission.why})." for omission in draft.left_out)
    shared = _shared_scope(draft)
    return seed_text(
        file,
        head=(_HEAD, *notes, *lost),
        source=source,
        defaults={"scope": Inline(shared)} if shared else None,
        measures=[_measure(measure) for measure in draft.measures],
        scopes={
            key: [Inline(written_entry(TermRecord, id=id, label=label)) for id, label in values.items()]
            for key, values in draft.scopes.items()
        }
        or None,
        figures=[_figure(figure, shared, language_named(str(source["language"]))) for figure in draft.figures],
        claims=[_claim(claim) for claim in draft.claims],
    )


_FEWEST_SHARING = 3
"""Of how many figures a scope is said once, for all of them."""


def _shared_scope(draft: Draft) -> dict[str, str]:
    """What most figures are about, by scope key, where it may be said once: no figure is silent about that key."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for figure in draft.figures:
        for key, value in figure.scope:
            counts[key][value] += 1
    # What a measure of another file is said of beyond the scope of its figures is not known here.
    keys = {measure.slug: set(measure.keys) for measure in draft.measures}
    silent = (keys.get(figure.measure.slug, {*counts}) - dict(figure.scope).keys() for figure in draft.figures)
    unsaid = set(TIME_KEYS).union(*silent)
    commonest = ((key, *values.most_common(1)[0]) for key, values in counts.items() if key not in unsaid)
    return {key: value for key, value, count in commonest if count >= _FEWEST_SHARING}


def _measure(measure: DraftMeasure) -> Written:
    # On one line each, so that all of them can be looked over, and one deleted at a stroke.
    entry = written_entry(
        MeasureRecord,
        id=measure.slug,
        label=measure.label,
        unit=measure.unit,
        kind=str(measure.kind),
        keys=list(measure.keys),
        aliases=list(measure.aliases),
    )
    return Inline(entry, remark=_similar_remark(measure.similar))


def _similar_remark(similar: tuple[SimilarMeasure, ...]) -> str:
    return "perhaps " + ", ".join(f"{measure.slug} ({measure.score})" for measure in similar) if similar else ""


def _figure(figure: DraftFigure, shared: Mapping[str, str], language: Language | None) -> Written:
    measure = figure.measure
    literal = " ".join(figure.quantity.as_written.split())
    # Of "13,2 Cent" at the end of a line only the number can be quoted, which is not that of a value in euros.
    is_cut = literal != figure.passage.exact and contradicts(
        figure.passage.exact, figure.value, figure.quantity, language, is_cell=bool(figure.passage.column)
    )
    guess = f"guess, similarity {measure.similar[0].score} of 100" if measure.known else ""
    own_scope = {key: value for key, value in figure.scope if shared.get(key) != value}
    return written_entry(
        FigureRecord,
        id=figure.id,
        measure=Remarked(measure.slug, guess) if guess else measure.slug,
        scope=Inline(own_scope) if own_scope else None,
        value=_value(figure),
        at=str(figure.passage),
        as_written=literal if is_cut else None,
        also=one_or_list([str(passage) for passage in figure.also]),
        voice=_voice(figure.voice),
        stance=_stance(figure.stance),
    )


def _value(figure: DraftFigure) -> Remarked | str:
    return Remarked(figure.value, "; ".join(figure.doubts)) if figure.doubts else figure.value


def _voice(name: str) -> Remarked | None:
    """The guessed voice; None for the authors."""
    # "Editors say that sales fell": those of the document are meant, and the bare word would mean those of the base.
    spoken = str(EDITORS_OF_A_SOURCE) if is_of_editors(name) else name
    return Remarked(spoken, "guess") if name else None


def _stance(guess: StanceGuess | None) -> Remarked | None:
    if guess is None or guess.stance is Stance.ASSERTED:
        return None
    return Remarked(str(guess.stance), f"guess: {guess.cue}")


def _claim(claim: DraftClaim) -> Written:
    return written_entry(
        ClaimRecord,
        id=claim.id,
        text=Remarked(claim.text, f"The document: {_shortened(claim.sentence)}"),
        at=written_places(claim.passages),
        voice=_voice(claim.voice),
        # What a claim is derived from is said by its author, with rests-on.
        stance=None if claim.stance and claim.stance.stance is Stance.DERIVED else _stance(claim.stance),
    )


def _shortened(sentence: str) -> str:
    return sentence if len(sentence) <= _LONGEST else f"{sentence[:_LONGEST].rstrip()} …"
