"""The values of the pages about findings."""

from dataclasses import dataclass

from kb.reports.page.vocabulary import PositionRow
from kb.reports.value import Citation, ClaimRow, FigureRow, FindingRow, Plot, Ref, SeriesTable


@dataclass(frozen=True, slots=True)
class ConversionRow:
    """An amount that a recorded rate converted into the currency of the result, with the figures of that rate."""

    text: str
    rates: tuple[Ref, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingGroup:
    """All findings about one measure or calculation; ``verdict`` is the worst of them.

    Attributes:
        subject: The group's own page; for findings between claims, which have none, the list of findings.
        summary: The explanation of the worst finding.
        about: The measure or calculation; None for findings between claims.
        voices: How many voices give the figures of the worst finding; empty for findings between claims.
        bears: Whether an answer to a question moves with it.
        following: How many of the findings follow from another of them.
    """

    subject: Ref
    verdict: str
    verdict_text: str
    severity: str
    summary: str
    rows: tuple[FindingRow, ...]
    about: Ref | None = None
    voices: str = ""
    bears: bool = False
    following: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsPage:
    """The findings that match ``query`` in groups, worst first; ``verdicts`` counts all that match by verdict."""

    title: str
    groups: tuple[FindingGroup, ...]
    verdicts: tuple[tuple[str, str, int], ...]
    query: str
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSheet:
    """The findings about one measure or calculation: every pair that was compared, with its verdict and the reason."""

    title: str
    group: FindingGroup
    plot: Plot | None
    positions: tuple[PositionRow, ...]
    pairings: tuple["PairingRow", ...]
    figures: tuple[FigureRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairingRow:
    """Two numbers side by side with their passages, the arithmetic between them, and the verdict.

    Of a finding between claims ``left_claim`` and ``right_claim`` are the two; they are None for all others.
    ``left_voices`` and ``right_voices`` are the numbers of voices in words; empty for a computed side.
    """

    finding: Ref
    left_label: str
    right_label: str
    left_text: str
    right_text: str
    left_voices: str
    right_voices: str
    left: tuple[Citation, ...]
    right: tuple[Citation, ...]
    arithmetic: tuple[str, ...]
    verdict: str
    verdict_text: str
    relation: str
    severity: str
    explanation: str
    left_claim: Ref | None = None
    right_claim: Ref | None = None


@dataclass(frozen=True, slots=True)
class SeparatePair:
    """Two figures that no finding compares, each with its voice, and the reason in sentences."""

    left: Ref
    right: Ref
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingRow:
    """A person's decision about a finding; ``stale`` if an input has changed since.

    ``accepted_words`` is the accepted number as it was at the time of the decision.
    """

    decision: str
    text: str
    accepted: Ref | None
    accepted_words: str
    actor: str
    reason: str
    recorded_at: str
    stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingSheet:
    """One finding: passages side by side, arithmetic, verdict, and the decisions of people.

    ``series`` has the values of a series in order of time; None for other kinds. ``replaced`` says which numbers those
    of the finding replaced. ``rates`` are the figures of the exchange rates by which amounts were converted,
    ``followers`` the findings that follow from this one. A decision carries ``digest`` and ``stamp``, the token of
    earlier decisions, and is refused once either has changed.
    """

    title: str
    row: FindingRow
    rule: str
    digest: str
    stamp: str
    pairings: tuple[PairingRow, ...]
    series: SeriesTable | None
    replaced: tuple[str, ...]
    figures: tuple[FigureRow, ...]
    rates: tuple[FigureRow, ...]
    claims: tuple[ClaimRow, ...]
    calculation: Ref | None
    rulings: tuple[RulingRow, ...]
    followers: tuple[FindingRow, ...]
