"""Why two figures are not compared with each other."""

from dataclasses import dataclass
from enum import StrEnum

from kb.domain.entity import NON_COMMITTAL_STANCES, Figure
from kb.domain.finding import ScopeDifference, ScopeDifferenceKind
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.reasoning.findings.chronology import MOMENT_KEYS, date_differences
from kb.reasoning.findings.origin import root_of
from kb.reasoning.findings.position import Survey
from kb.reasoning.scope import compare_scopes


class SeparationGround(StrEnum):
    """What keeps two figures apart."""

    MEASURE = "measure"
    STANCE = "stance"
    DEPENDENCE = "dependence"
    REPLACED = "replaced"
    OUTCOME_KNOWN = "outcome known"
    TIME = "time"
    OVERLAPPING_TIMES = "overlapping times"
    SCOPE = "scope"
    UNIT = "unit"
    ONE_POSITION = "one position"
    NEIGHBOURS = "neighbours"


@dataclass(frozen=True, slots=True)
class Separation:
    """Why two figures are not compared; ``reports.words`` makes the sentence.

    Attributes:
        ground: What keeps them apart.
        figure: The figure of which the ground holds, where it holds of one of the two; else None.
        instead: What stands in its place, if anything does: its origin, what replaced it, or its outcome.
        origin: The figure whose number ``figure`` passes on, where what was replaced or came true is that number.
        differences: The scope keys in which they differ; empty for other grounds than scope and times.
    """

    ground: SeparationGround
    figure: Id | None = None
    instead: Id | None = None
    origin: Id | None = None
    differences: tuple[ScopeDifference, ...] = ()


def separation(knowledge: Knowledge, survey: Survey, left: Figure, right: Figure) -> Separation:
    """Why ``left`` and ``right`` are not compared, as far as no finding is between them.

    Args:
        knowledge: With matched names merged.
        survey: That of the measure of ``left``.
        left: A figure.
        right: Another figure, perhaps of another measure.
    """
    if left.measure != right.measure:
        return Separation(SeparationGround.MEASURE)
    return (
        _kept_out(survey, left)
        or _kept_out(survey, right)
        or _of_other_scope(knowledge, survey, left, right)
        or _of_one_scope(survey, left, right)
    )


def _kept_out(survey: Survey, figure: Figure) -> Separation | None:
    """Why a figure takes no position of its own; None where it does."""
    time, root = survey.chronology, root_of(figure.id, survey.links)
    origin = root if root != figure.id else None
    if figure.stance in NON_COMMITTAL_STANCES:
        return Separation(SeparationGround.STANCE, figure.id)
    # Who repeats a number after it was replaced says nothing new, and the number is as old as it was.
    if root in time.replaced:
        return Separation(SeparationGround.REPLACED, figure.id, time.replaced[root], origin)
    if root in time.outcomes:
        return Separation(SeparationGround.OUTCOME_KNOWN, figure.id, time.outcomes[root][0], origin)
    return Separation(SeparationGround.DEPENDENCE, figure.id, origin) if origin else None


def _of_other_scope(knowledge: Knowledge, survey: Survey, left: Figure, right: Figure) -> Separation | None:
    scopes = compare_scopes(knowledge, survey.measure.kind, left.scope, right.scope)
    differences = scopes.differences or date_differences(left, right)
    if not differences:
        return None
    if not all(d.key in MOMENT_KEYS and d.kind is ScopeDifferenceKind.OFFER for d in differences):
        return Separation(SeparationGround.SCOPE, differences=differences)
    # The first half of a year is a part of it, and no earlier state.
    overlap = any(d.key == "period" and d.left and d.right and d.left.meets_time(d.right) for d in differences)
    ground = SeparationGround.OVERLAPPING_TIMES if overlap else SeparationGround.TIME
    return Separation(ground, differences=differences)


def _of_one_scope(survey: Survey, left: Figure, right: Figure) -> Separation:
    units = {survey.mentions[figure.id].normalized.unit for figure in (left, right)}
    if len(units) > 1:
        return Separation(SeparationGround.UNIT)
    together = any({left.id, right.id} <= {*position.figures, *position.dependents} for position in survey.positions)
    return Separation(SeparationGround.ONE_POSITION if together else SeparationGround.NEIGHBOURS)
