"""Sentences on why two figures are not compared."""

from collections.abc import Mapping
from typing import assert_never

from kb.domain.entity import Figure
from kb.domain.knowledge import Knowledge
from kb.reasoning.findings.separation import Separation, SeparationGround
from kb.reports.words.references import figure_amount_words, list_words
from kb.reports.words.scope import both_scopes_words, difference_words
from kb.reports.words.series import change_words
from kb.reports.words.voices import attribution_words, stance_words

_OF_BOTH: Mapping[SeparationGround, str] = {
    SeparationGround.MEASURE: "They are figures of two measures.",
    SeparationGround.UNIT: "Their units do not convert into each other.",
    SeparationGround.ONE_POSITION: "They agree, and stand for one position.",
    SeparationGround.NEIGHBOURS: (
        "Other figures stand between them, and each is compared with its neighbours and with the extremes."
    ),
}
"""The sentence of each ground that is the same for any two figures."""

_OF_TIMES = frozenset({SeparationGround.TIME, SeparationGround.OVERLAPPING_TIMES})


def number_in_source(knowledge: Knowledge, figure: Figure) -> str:
    """A number with its voice and the title of its source: ``5 million cars (the office in “Cars built in 2025”)``."""
    source = knowledge.sources.get(figure.source)
    where = f" in “{source.short_title}”" if source and source.short_title != figure.voice.origin else ""
    return f"{figure_amount_words(figure)} ({attribution_words(knowledge, figure)}{where})"


def separation_sentence(knowledge: Knowledge, separation: Separation, left: Figure, right: Figure) -> str:
    """Why the figures ``left`` and ``right`` are not compared, in a sentence or two; of a change also its size."""
    if separation.ground in _OF_TIMES:
        times = both_scopes_words(knowledge, separation.differences)
        which = f", {times[0]} and {times[1]}" if times else ""
        if separation.ground is SeparationGround.OVERLAPPING_TIMES:
            return f"They are for times that overlap{which}, so that neither is an earlier state of the other."
        # Without the numbers, which would need their stances: a projection for next year is no state of things.
        change = change_words(knowledge, left, right)
        size = f"The difference, {change}," if change else "A difference between them"
        return f"They are for two times{which}. {size} is a change and no conflict."
    if separation.ground is SeparationGround.SCOPE:
        reasons = tuple(difference_words(knowledge, difference) for difference in separation.differences)
        return f"They are about different things: {list_words(reasons)}."
    figure = knowledge.figures.get(separation.figure) if separation.figure else None
    return _of_one(knowledge, separation, figure) if figure else _OF_BOTH[separation.ground]


def _of_one(knowledge: Knowledge, separation: Separation, figure: Figure) -> str:
    """The sentence of a ground that holds of one of the two."""
    name = number_in_source(knowledge, figure)
    later = knowledge.figures.get(separation.instead) if separation.instead else None
    instead = number_in_source(knowledge, later) if later else "another figure"
    if separation.origin and (origin := knowledge.figures.get(separation.origin)):
        name = f"{name} passes on {number_in_source(knowledge, origin)}, which"
    match separation.ground:
        case SeparationGround.STANCE:
            return f"{name} is {stance_words(figure.stance)}, so that no voice stands for it."
        case SeparationGround.DEPENDENCE:
            return f"{name} passes on {instead}, and counts with it."
        case SeparationGround.REPLACED:
            return f"{name} was replaced by {instead}."
        case SeparationGround.OUTCOME_KNOWN:
            return f"{name} is compared with its outcome alone: {instead}."
        case (
            SeparationGround.MEASURE
            | SeparationGround.TIME
            | SeparationGround.OVERLAPPING_TIMES
            | SeparationGround.SCOPE
            | SeparationGround.UNIT
            | SeparationGround.ONE_POSITION
            | SeparationGround.NEIGHBOURS
        ):
            raise AssertionError(f"{separation.ground} holds of both figures")
        case _:
            assert_never(separation.ground)
