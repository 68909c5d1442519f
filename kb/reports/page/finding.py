"""What is on the pages about findings?"""

from dataclasses import dataclass

from kb.reports.page.vocabulary import PositionRow
from kb.reports.value import Citation, ClaimRow, FigureRow, FindingRow, Plot, Ref


@dataclass(frozen=True, slots=True)
class ConversionRow:
    """An amount in another currency that a recorded rate brought into the result's, with the figures of the rate."""

    text: str
    rates: tuple[Ref, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingGroup:
    """All findings about one measure or calculation; ``verdict`` is the worst of them.

    Attributes:
        subject: The group's own page; for findings between claims, which have none, the list of findings.
        about: The measure or calculation; None for findings between claims.
        voices: How many independent voices give their figures; empty for findings between claims.
    """

    subject: Ref
    verdict: str
    verdict_text: str
    severity: str
    summary: str
    rows: tuple[FindingRow, ...]
    about: Ref | None = None
    voices: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsPage:
    """Findings in groups, worst first, some hundred to a page. ``verdicts`` counts all of them by verdict."""

    title: str
    groups: tuple[FindingGroup, ...]
    verdicts: tuple[tuple[str, str, int], ...]
    query: str
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSheet:
    """One flagged group on a page of its own: every pair of positions with verdict and reason."""

    title: str
    group: FindingGroup
    plot: Plot | None
    positions: tuple[PositionRow, ...]
    pairings: tuple["PairingRow", ...]
    figures: tuple[FigureRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PairingRow:
    """Two numbers laid side by side with their passages, the arithmetic between them, and the verdict.

    Of each side it says how many independent voices give the number; nothing of one that is computed.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingRow:
    """What a person decided about a finding; ``stale`` when an input has changed since.

    ``accepted_words`` is the number that was accepted, as it was when it was.
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
    """One finding: passages side by side, arithmetic, verdict, and what people decided.

    ``rates`` are the figures of the exchange rates by which amounts were converted. A decision is made on ``digest``
    and on ``stamp``, which says what people had decided; it is refused once either is another.
    """

    title: str
    row: FindingRow
    rule: str
    digest: str
    stamp: str
    pairings: tuple[PairingRow, ...]
    figures: tuple[FigureRow, ...]
    rates: tuple[FigureRow, ...]
    claims: tuple[ClaimRow, ...]
    calculation: Ref | None
    rulings: tuple[RulingRow, ...]
