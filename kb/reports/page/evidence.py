"""The values of the pages about sources, figures, claims and passages."""

from dataclasses import dataclass

from kb.intake.text_diff import Run
from kb.reports.value import Citation, ClaimRow, EventRow, FigureRow, FindingRow, NotCompared, Ref


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """A source in a list; ``issued_inferred`` says that its date is our inference."""

    ref: Ref
    authors: str
    container: str
    issued: str
    issued_inferred: bool
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
    """The list of all sources."""

    title: str
    rows: tuple[SourceRow, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A named field; ``inferred`` is the reason where we inferred the value because the document does not give it."""

    name: str
    value: str
    inferred: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSheet:
    """One source: its bibliographic data, its figures and claims, the findings about them, and its history."""

    title: str
    row: SourceRow
    fields: tuple[Field, ...]
    document: str
    translations: tuple[Ref, ...]
    quotes: tuple[Ref, ...]
    supersedes: Ref | None
    superseded_by: tuple[Ref, ...]
    figures: tuple[FigureRow, ...]
    claims: tuple[ClaimRow, ...]
    findings: tuple[FindingRow, ...]
    events: tuple[EventRow, ...]
    passages: "SourcePassages"


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresPage:
    """The figures that match ``query``, in pages of 200; ``total`` counts all that match."""

    title: str
    rows: tuple[FigureRow, ...]
    total: int
    page: int
    pages: int
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureSheet:
    """One figure: its quantity in parts, its passage, and all that rests on it.

    Attributes:
        replaced_by: The figure that took its place, or that of the one whose number it passes on; None where it stands.
        replaces: The figures whose place it took.
        not_compared: Figures of its measure that are for another time and otherwise about the same.
    """

    title: str
    row: FigureRow
    parts: tuple[Field, ...]
    citation: Citation
    mentions: tuple[FigureRow, ...]
    derived_from: tuple[Ref, ...]
    replaced_by: Ref | None
    replaces: tuple[Ref, ...]
    not_compared: tuple[NotCompared, ...]
    findings: tuple[FindingRow, ...]
    calculations: tuple[Ref, ...]
    arguments: tuple[Ref, ...]
    note: str
    questions: tuple[Ref, ...]
    events: tuple[EventRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimsPage:
    """The claims that match ``query``, in pages of 200; ``total`` counts all that match."""

    title: str
    rows: tuple[ClaimRow, ...]
    total: int
    page: int
    pages: int
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArgumentRow:
    """An argument as shown on the page of a premise or of its conclusion; ``contribution`` is what it adds to that."""

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
    """One claim: its passages, the arguments for and against it, and the arguments that use it.

    ``balance`` says how its strength comes about, ``why`` how it stands by logic alone.
    """

    title: str
    row: ClaimRow
    citations: tuple[Citation, ...]
    arguments: tuple[ArgumentRow, ...]
    used_by: tuple[ArgumentRow, ...]
    denies: tuple[Ref, ...]
    same_as: tuple[Ref, ...]
    condition: str
    findings: tuple[FindingRow, ...]
    balance: str
    why: str
    note: str
    questions: tuple[Ref, ...]
    events: tuple[EventRow, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """A passage within its sentence: the words before it, its own, and the words after it."""

    before: str
    text: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferRow:
    """A place that is offered for a passage.

    Attributes:
        number: Number of the offer, from 1.
        line: Its line, from 1.
        score: Similarity of the old and the new sentence, from 0 to 100; 100 is the same.
        difference: The runs that turn the old sentence into the new one; empty where there is no old one.
        numbers_differ: Whether the two sentences contain different numbers.
    """

    number: int
    line: int
    score: int
    wording: Wording
    difference: tuple[Run, ...]
    numbers_differ: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedRow:
    """A passage in doubt, or an orphan where no place is offered.

    Attributes:
        ref: The figure or claim.
        number: Number of the passage among its ``passages``, from 1.
        earlier: The passage in the older edition; None where it was looked up for the first time.
        rejected: Number of places that a person rejected.
        seen: Digest of the offers, for a form to send back.
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
    """The passages of one source: ``counts`` by how they were found, and those that need review."""

    source: Ref
    slug: str
    language: str
    counts: tuple[tuple[str, int], ...]
    review: tuple[MissedRow, ...]
    orphans: tuple[MissedRow, ...]


@dataclass(frozen=True, slots=True)
class PassagesPage:
    """The passages of all sources; ``review`` and ``orphans`` count those that need review."""

    title: str
    sources: tuple[SourcePassages, ...]
    review: int
    orphans: int
