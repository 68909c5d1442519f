"""The report on all disagreements: those that bear on an answer, and the others."""

from collections.abc import Iterator

from kb.domain.finding import FindingKind, Verdict
from kb.reports.paper import Block, Heading, Paragraph, Strong
from kb.reports.report.citing import Passages
from kb.reports.report.disputes import LEAST_BEARING, dispute_list, without_followers
from kb.reports.row import latest_ruling
from kb.reports.view import View
from kb.reports.words.references import count_words, list_words
from kb.reports.words.voices import cardinal


def finding_blocks(view: View, passages: Passages, *, full: bool) -> Iterator[Block]:
    """All disagreements, the most influential first; the answers that they bear on are named."""
    grave = [finding for finding in without_followers(view, view.ranked) if finding.is_disagreement]
    yield Heading(1, "In short", "summary")
    if not grave:
        yield Paragraph((Strong("Nothing that is recorded disagrees."),))
        return
    bearing = [finding for finding in grave if view.bearings[finding.id] >= LEAST_BEARING]
    others = [finding for finding in grave if view.bearings[finding.id] < LEAST_BEARING]
    kinds = (
        ("conflict", sum(finding.verdict is Verdict.CONFLICT for finding in grave)),
        ("tension", sum(finding.verdict is Verdict.TENSION for finding in grave)),
    )
    counted = list_words(tuple(count_words(number, noun) for noun, number in kinds if number))
    yield Paragraph(
        (
            Strong(f"The sources are at odds in {counted or count_words(len(grave), 'place')}."),
            f" Of these, {_counted(len(bearing), 'bears', 'bear')} on an answer.",
            f" {_claims(sum(finding.kind is FindingKind.CLAIMS for finding in grave))}",
            f" {_ruled(sum(latest_ruling(view, finding) is not None for finding in grave))}",
        )
    )
    for title, name, members in (
        ("Disputes that bear on an answer", "bearing", bearing),
        ("Other disputes", "others", others),
    ):
        if members:
            yield Heading(1, title, name)
            yield from dispute_list(view, passages, members, full=full)


def _counted(number: int, one: str, several: str) -> str:
    return f"{'none' if not number else cardinal(number)} {one if number < 2 else several}"


def _claims(number: int) -> str:
    return f"In {cardinal(number)} of them, claims contradict each other; in the others, numbers." if number else ""


def _ruled(number: int) -> str:
    return f"Somebody has ruled on {cardinal(number)} of them." if number else "Nobody has ruled on any of them."
