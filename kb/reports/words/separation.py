"""Sentences on why two figures are not compared."""

from collections.abc import Mapping
from typing import assert_never

from kb.domain.entity import Figure
from kb.domain.knowledge import Knowledge
from kb.reasoning.findings.separation import Separation, SeparationGround
from kb.reports.words.references import figure_amount_words, list_words
from kb.reports.words.scope import both_scopes_words, difference_words
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


def number_in_source(knowledge: Knowledge, figure: Figure) -> str:
    """A number with its voice and the title of its source: ``5 million cars (the office in “Cars built in 2025”)``."""
    source = knowledge.sources.get(figure.source)
    where = f" in “{source.short_title}”" if source and source.short_title != figure.voice.origin else ""
    return f"{figure_amount_words(figure)} ({attribution_words(knowledge, figure)}{where})"


def separation_sentence(knowledge: Knowledge, separation: Separation) -> str:
    """Why two figures are not compared, in a sentence or two."""
    if separation.ground is SeparationGround.TIME:
        times = both_scopes_words(knowledge, separation.differences)
        which = f", {times[0]} and {times[1]}" if times else ""
        return f"They are for two times{which}. A difference between them is a change and no conflict."
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
            | SeparationGround.SCOPE
            | SeparationGround.UNIT
            | SeparationGround.ONE_POSITION
            | SeparationGround.NEIGHBOURS
        ):
            raise AssertionError(f"{separation.ground} holds of both figures")
        case _:
            assert_never(separation.ground)
