"""What is on the pages about sources, figures, claims and passages?"""

from dataclasses import dataclass

from kb.intake.text_diff import Run
from kb.reports.value import Citation, ClaimRow, EventRow, FigureRow, FindingRow, Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """A source in a list."""

    ref: Ref
    authors: str
    container: str
    issued: str
    type: str
    language: str
    reliability: str
    reliability_text: str
    figures: int
    claims: int
    translation_of: Ref | None
    attached: bool


@dataclass(frozen=True, slots=True)
class SourcesPage:
    """All sources."""

    title: str
    rows: tuple[SourceRow, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A bibliographic field; ``inferred`` says why we hold it to be so where the document does not give it."""

    name: str
    value: str
    inferred: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSheet:
    """One source: what it is, what it says, and what became of it."""

    title: str
    row: SourceRow
    fields: tuple[Field, ...]
    document: str
    translations: tuple[Ref, ...]
    quotes: tuple[Ref, ...]
    figures: tuple[FigureRow, ...]
    claims: tuple[ClaimRow, ...]
    findings: tuple[FindingRow, ...]
    events: tuple[EventRow, ...]
    passages: "SourcePassages"


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresPage:
    """All figures, filtered and in pages of 200. ``filters`` are the choices that are in force."""

    title: str
    rows: tuple[FigureRow, ...]
    total: int
    page: int
    pages: int
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureSheet:
    """One figure: the quantity with all its parts, its passage, and everything that rests on it."""

    title: str
    row: FigureRow
    parts: tuple[Field, ...]
    citation: Citation
    mentions: tuple[FigureRow, ...]
    findings: tuple[FindingRow, ...]
    calculations: tuple[Ref, ...]
    arguments: tuple[Ref, ...]
    note: str
    events: tuple[EventRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimsPage:
    """All claims, in pages of 200."""

    title: str
    rows: tuple[ClaimRow, ...]
    total: int
    page: int
    pages: int
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArgumentRow:
    """An argument as seen from one of its ends."""

    ref: Ref
    kind: str
    premises: tuple[Ref, ...]
    conclusion: Ref
    text: str
    standing: str
    contribution: str
    attacked_by: tuple[Ref, ...]
    backed_by: tuple[Ref, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimSheet:
    """One claim: its passages, what speaks for and against it, and what it speaks for."""

    title: str
    row: ClaimRow
    citations: tuple[Citation, ...]
    arguments: tuple[ArgumentRow, ...]
    used_by: tuple[ArgumentRow, ...]
    denies: tuple[Ref, ...]
    same_as: tuple[Ref, ...]
    condition: str
    findings: tuple[FindingRow, ...]
    why: str
    note: str
    events: tuple[EventRow, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """A passage in its sentence: the words before, its own, and those behind."""

    before: str
    text: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferRow:
    """A place where a passage may stand now.

    Attributes:
        number: Which of the offers it is, from 1.
        line: Its line.
        score: How alike the sentences are, from 0 to 100.
        difference: The runs that turn the old sentence into the new one; empty where there is no old one.
        numbers_differ: Whether the sentences hold other numbers.
    """

    number: int
    line: int
    score: int
    wording: Wording
    difference: tuple[Run, ...]
    numbers_differ: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedRow:
    """A passage that is in doubt, or an orphan where nothing is offered.

    Attributes:
        ref: The figure or claim.
        number: Which of its passages, from 1, of so many ``passages``.
        earlier: What stood there in the older edition; None where it was looked up for the first time.
        rejected: How many places a person turned down.
        seen: Digest of what is offered, for a form to send back.
    """

    ref: Ref
    locator: str
    number: int
    passages: int
    earlier: Wording | None
    offers: tuple[OfferRow, ...]
    rejected: int
    seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePassages:
    """How the passages of a source were found, and those that wait for a person."""

    source: Ref
    slug: str
    language: str
    counts: tuple[tuple[str, int], ...]
    review: tuple[MissedRow, ...]
    orphans: tuple[MissedRow, ...]


@dataclass(frozen=True, slots=True)
class PassagesPage:
    """How the passages of all sources were found; ``review`` and ``orphans`` count those that wait for a person."""

    title: str
    sources: tuple[SourcePassages, ...]
    review: int
    orphans: int
