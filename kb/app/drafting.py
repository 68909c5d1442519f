"""Drafts of seed files, made from documents and bibliographies. Nothing is recorded until a person imports them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.app.mint import SystemMint
from kb.app.workspace import seeds_in, write_text
from kb.domain.entity import Source
from kb.domain.knowledge import Knowledge
from kb.domain.problem import Problem, Refused
from kb.domain.slug import slug_of, unused_slug
from kb.domain.unit import Units
from kb.intake.bibliography.conversion import convert_bibliography, read_bibliography
from kb.intake.document_reader import MediaType, ParsedDocument, read_document
from kb.intake.draft.document_place import places
from kb.intake.draft.document_subject import Candidate, subjects
from kb.intake.draft.drafting import SUBJECT_KEY
from kb.intake.draft.entries import About, Draft, Wording
from kb.intake.draft.meeting import draft_together, with_repeats
from kb.intake.draft.originals import is_edition, originals_named, same_title
from kb.intake.draft.seed_file import file_id, known_sources, original_notes, seed_file_text, source_entry
from kb.intake.seed_reader import read
from kb.intake.text_file import LARGEST
from kb.numbers.language import Language
from kb.numbers.scan import FigureMention, scan
from kb.numbers.scan.mention import LeftOut
from kb.reports.words.amount import quantity_words
from kb.reports.words.unit_names import unit_words
from kb.store.base import Base

WORDING = Wording(quantity_words, unit_words)
"""The words of reports, for drafts."""


@dataclass(frozen=True, slots=True)
class DocumentDraft:
    """A seed file drafted from a document.

    Attributes:
        text: The seed file.
        contents: The drafted figures, measures and claims.
        notes: What a person should know before she looks through it.
    """

    text: str
    contents: Draft
    notes: tuple[str, ...]


def draft_seed_files(
    paths: Sequence[Path],
    outputs: Sequence[Path | None],
    language: Language | None,
    knowledge: Knowledge,
    *,
    alone: bool = False,
) -> tuple[DocumentDraft, ...]:
    """A seed file drafted from each of the documents at ``paths``, with every guess marked; nothing is written.

    Documents that speak of the same thing share its measures: each is declared in the first file that uses it.

    Args:
        paths: Text, Markdown, HTML or PDF files.
        outputs: Where each draft will be written; its id is made from this name.
        language: the language whose numbers are drafted; None takes all.
        knowledge: Known measures and sources, which are suggested where the documents name them.
        alone: Whether nobody knows beside which other files the drafts will lie. What they declare then begins with the
            id of the first of them, so that drafts made one by one are valid together.

    Raises:
        Refused: a document cannot be read, or its draft would be too large for a seed file.
    """
    documents = _read_all(paths)
    known_subjects = [value.label for value in knowledge.scope_values.values() if value.key == SUBJECT_KEY]
    candidates = [_candidate(document, path) for document, path in zip(documents, paths, strict=True)]
    about_what = subjects(candidates, known_subjects)
    where = places(candidates, about_what)
    ids = _file_ids(documents, paths, outputs, knowledge)
    dated = [*map(_dated_title, documents), *((source.title, source.issued) for source in knowledge.sources.values())]
    about = [
        _about(
            document, subject, place, is_one_of_several=any(is_edition(_dated_title(document), one) for one in dated)
        )
        for document, subject, place in zip(documents, about_what, where, strict=True)
    ]
    numbers = [list(figures_of(document, language, knowledge.unit_system, all_too=True)) for document in documents]
    drafts = draft_together(
        [
            (document.text, [mention for mention in mentions if mention.left_out is None], known)
            for document, mentions, known in zip(documents, numbers, about, strict=True)
        ],
        knowledge,
        WORDING,
        prefix=ids[0] if alone and ids else "",
    )
    entries = _Sources(documents, ids, knowledge)
    return tuple(
        entries.draft(place, path, contents, _left_out(numbers[place]))
        for place, (path, contents) in enumerate(zip(paths, with_repeats(drafts, ids), strict=True))
    )


def _read_all(paths: Sequence[Path]) -> list[ParsedDocument]:
    """The documents at ``paths``; all that cannot be read are refused together."""
    results = [read_document(path) for path in paths]
    if problems := [result for result in results if isinstance(result, Problem)]:
        raise Refused(problems)
    return [result for result in results if isinstance(result, ParsedDocument)]


def _file_ids(
    documents: Sequence[ParsedDocument], paths: Sequence[Path], outputs: Sequence[Path | None], knowledge: Knowledge
) -> list[str]:
    """The id of each drafted file, which no file of the base and no other draft has."""
    taken = {entity.file for entity in knowledge.by_id.values()}
    ids: list[str] = []
    for document, path, output in zip(documents, paths, outputs, strict=True):
        ids.append(file_id(document, path, output, taken))
        taken.add(ids[-1])
    return ids


class _Sources:
    """The sources of documents that are drafted together, beside those that are known."""

    def __init__(self, documents: Sequence[ParsedDocument], ids: Sequence[str], knowledge: Knowledge) -> None:
        self._documents, self._ids, self._knowledge = documents, ids, knowledge
        self._known = {source.slug: source.title for source in knowledge.sources.values()}
        self._titles = self._known | {id: title for id, title in zip(ids, map(_title, documents), strict=True) if title}
        # Of a document each later one asks whether it translates that one.
        self._originals = [originals_named(document.text) for document in documents]

    def draft(self, place: int, path: Path, contents: Draft, more_notes: Iterable[str] = ()) -> DocumentDraft:
        """The seed file of the document at ``place``.

        Raises:
            Refused: it would be too large.
        """
        document, id = self._documents[place], self._ids[place]
        others = {name: title for name, title in self._titles.items() if name != id}
        known = known_sources(document, self._knowledge)
        notes = (*known, *original_notes(document, others), *more_notes, *document.notes)
        entry = source_entry(document, path, others, self._earlier(place))
        text = seed_file_text(id, entry, contents, notes)
        size = len(text.encode())
        if size > LARGEST:
            what = f"the draft has {size / 1024**2:.0f} MB, and a seed file has at most {LARGEST // 1024**2} MB"
            raise Refused([Problem(where=str(path), what=what, hint="split the document, and draft each part")])
        return DocumentDraft(text, contents, notes)

    def _earlier(self, place: int) -> set[str]:
        """The sources that a document may quote: those known, and those drafted before it that are not made of it."""
        own_title = _title(self._documents[place])
        before = zip(self._ids[:place], self._originals[:place], strict=True)
        return {*self._known} | {
            name for name, originals in before if not same_title(own_title, [(name, title) for title in originals])
        }


def _title(document: ParsedDocument) -> str:
    return document.about.title.value if document.about.title else ""


def _candidate(document: ParsedDocument, path: Path) -> Candidate:
    about, title = document.about, _title(document)
    return Candidate(
        # "Elmsworth Borough Council" says as an author what its own text takes for granted.
        text="\n".join((*(author.value for author in about.authors), document.text)),
        title=title,
        fallback=title or path.stem,
        language=about.language.value if about.language else "",
    )


def _dated_title(document: ParsedDocument) -> tuple[str, str]:
    return _title(document), document.about.issued.value if document.about.issued else ""


def _about(document: ParsedDocument, subject: str, place: str, *, is_one_of_several: bool) -> About:
    about = document.about
    return About(
        title=_title(document),
        issued=_dated_title(document)[1],
        language=about.language.value if about.language else "",
        subject=subject,
        place=place,
        authors=tuple(author.value for author in about.authors),
        lines_are_blocks=document.media_type in (MediaType.HTML, MediaType.PDF),
        is_one_of_several=is_one_of_several,
    )


def figures_of(
    document: ParsedDocument,
    language: Language | None,
    units: Units,
    *,
    dates_too: bool = False,
    all_too: bool = False,
) -> Iterator[FigureMention]:
    """The figures of ``document``, as ``scan`` gives them; of HTML and PDF each line is a block of its own."""
    are_blocks = document.media_type in (MediaType.HTML, MediaType.PDF)
    return scan(document.text, language, units=units, dates_too=dates_too, all_too=all_too, lines_are_blocks=are_blocks)


_MOST_LISTED = 12


def _left_out(mentions: Iterable[FigureMention]) -> Iterator[str]:
    """A sentence on the numbers of a document that are no figures, by the reason; none where there are only dates."""
    by_reason: dict[str, list[str]] = {}
    for mention in mentions:
        # "Einer Gießerei" and "one of them" are numbers to nobody.
        is_article = mention.left_out is LeftOut.VAGUE and mention.quantity.low == 1
        if mention.left_out and mention.left_out is not LeftOut.DATE and not is_article:
            by_reason.setdefault(str(mention.left_out), []).append(" ".join(mention.quantity.as_written.split()))
    if by_reason:
        listed = "; ".join(f"{reason}: {_listed(literals)}" for reason, literals in by_reason.items())
        yield f"Not taken for figures ({listed}). kb scan --all shows where they stand."


def _listed(literals: Sequence[str]) -> str:
    more = f" and {len(literals) - _MOST_LISTED} more" if len(literals) > _MOST_LISTED else ""
    return ", ".join(literals[:_MOST_LISTED]) + more


def scannable_document(source: Path | bytes, name: str) -> ParsedDocument:
    """The document ``source``, without text if it is empty.

    Args:
        source: A file, or its bytes.
        name: What problems call it.

    Raises:
        Refused: there is no such file, it is too large, or it cannot be read as text.
    """
    # An empty document is a mistake where a source is made from it, but a pipe may well deliver nothing to scan.
    if source == b"" or (isinstance(source, Path) and source.is_file() and not source.stat().st_size):
        return ParsedDocument(text="", sha256="", media_type=MediaType.PLAIN)
    document = read_document(source, where=name)
    if isinstance(document, Problem):
        raise Refused([document])
    return document


def knowledge_with_seeds(base: Base, seeds: Path, replaced: Sequence[Path] = ()) -> Knowledge:
    """What ``base`` holds, and what the seed files under ``seeds`` add to it, imported or not.

    Entries with problems are left out: a draft can be made while another seed file is half written. So is what the
    files ``replaced`` say, since a draft that takes their place cannot refer to it.
    """
    gone = {path.resolve() for path in replaced}
    known = base.knowledge()
    files = [path for path in seeds_in(seeds) if path.resolve() not in gone]
    old = {
        entity.file
        for entity in read([path for path in replaced if path.is_file()], known, SystemMint(), _no_text).entities
    }
    known = Knowledge.of(entity for entity in known.by_id.values() if entity.file not in old)
    entities = read(files, known, SystemMint(), _no_text).entities
    return Knowledge.of(({**known.by_id} | {entity.id: entity for entity in entities}).values())


def _no_text(sha256: str) -> None:
    """No document is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BibliographyDraft:
    """A seed file of the sources that a bibliography lists.

    Attributes:
        bibliography: The file that was read.
        target: Where the seed file was written; None if it was not.
        text: The seed file.
        source_count: How many sources it holds.
        duplicate_count: How many of them may be known already; comments in the text name these.
    """

    bibliography: Path
    target: Path | None
    text: str
    source_count: int
    duplicate_count: int


def draft_bibliographies(
    paths: Sequence[Path], targets: Sequence[Path | None], knowledge: Knowledge, language: str, *, overwrite: bool
) -> tuple[tuple[BibliographyDraft, ...], tuple[Problem, ...]]:
    """A seed file for each bibliography, written where a target is named; and what could not be read or written.

    Args:
        paths: Files in BibTeX, RIS or CSL-JSON.
        targets: Where to write each of them; None not to write it.
        knowledge: Its sources are compared with the listed ones.
        language: Language tag of sources that name none; empty for none.
        overwrite: Whether a seed file that exists may be replaced.
    """
    drafts: list[BibliographyDraft] = []
    problems: list[Problem] = []
    for path, target in zip(paths, targets, strict=True):
        try:
            draft, unread = _draft_bibliography(path, target, knowledge, language, overwrite=overwrite)
        except Refused as refused:
            problems += refused.problems
        else:
            drafts.append(draft)
            problems += unread
    return tuple(drafts), tuple(problems)


def _draft_bibliography(
    path: Path, target: Path | None, knowledge: Knowledge, language: str, *, overwrite: bool
) -> tuple[BibliographyDraft, Sequence[Problem]]:
    bibliography = read_bibliography(path, language)
    if not bibliography.references:
        raise Refused(bibliography.problems)
    id = _file_id(target or path, knowledge)
    converted = convert_bibliography(bibliography, id, path.name, knowledge.sources.values())
    if target:
        write_text(target, converted.text, overwrite=overwrite)
    draft = BibliographyDraft(
        bibliography=path,
        target=target,
        text=converted.text,
        source_count=converted.source_count,
        duplicate_count=converted.duplicate_count,
    )
    return draft, bibliography.problems


def _file_id(path: Path, knowledge: Knowledge) -> str:
    """An id made from the name of ``path``, numbered if a seed file with more than sources in it has that id.

    A file of sources alone keeps its id: the bibliography may have been imported before and grown since.
    """
    name = bibliography_slug(path)
    taken = {entity.file for entity in knowledge.by_id.values() if not isinstance(entity, Source)}
    return unused_slug(name, taken)


def bibliography_slug(path: Path) -> str:
    """The name of the seed file for the bibliography at ``path``, without its ending."""
    return slug_of(path.stem) or "sources"
