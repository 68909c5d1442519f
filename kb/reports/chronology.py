"""What time does to figures, for pages: replaced numbers, series, projections without outcome, other times."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from kb.domain.entity import Figure, Measure
from kb.domain.finding import Finding
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.scope import ScopeSelection
from kb.reasoning.findings.chronology import MOMENT_KEYS, newest_source, next_known, overdue
from kb.reasoning.findings.origin import root_of
from kb.reasoning.findings.position import Survey, survey
from kb.reasoning.findings.separation import SeparationGround, separation
from kb.reasoning.scope import ScopeKey, scope_key
from kb.reports.row import finding_ref
from kb.reports.value import NotCompared, OverdueRow, Ref, SeriesRow, SeriesTable, SeriesValue
from kb.reports.view import View
from kb.reports.words.dates import date_words
from kb.reports.words.references import capitalized, figure_amount_words, ref_of, refs_of, said_ref
from kb.reports.words.separation import number_in_source, separation_sentence
from kb.reports.words.series import moment_words, series_entries, series_subject, voices_of
from kb.reports.words.voices import attribution_words

MOST_NOT_COMPARED = 12
"""Largest number of figures for other times that the page of a figure lists, in reading order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeOfFigure:
    """What time does to one figure.

    Attributes:
        replaced_by: The figure that took its place, or that of the one whose number it passes on; None where it stands.
        replaces: The figures whose place it took, in reading order.
        not_compared: The figures that differ from it in the time alone, with the reason why they are not compared.
    """

    replaced_by: Ref | None = None
    replaces: tuple[Ref, ...] = ()
    not_compared: tuple[NotCompared, ...] = ()


def time_of_figure(view: View, figure: Figure) -> TimeOfFigure:
    """What time does to ``figure``; nothing where its measure was redacted."""
    knowledge = view.knowledge
    measure = knowledge.measures.get(figure.measure)
    if measure is None:
        return TimeOfFigure()
    of_measure = survey(knowledge, measure)
    later = of_measure.chronology.replaced.get(root_of(figure.id, of_measure.links))
    return TimeOfFigure(
        replaced_by=said_ref(knowledge, later) if later else None,
        replaces=tuple(said_ref(knowledge, id) for id in _replaced_by_one(of_measure, figure.id)),
        not_compared=_apart_in_time(knowledge, of_measure, figure),
    )


def _replaced_by_one(of_measure: Survey, later: Id) -> list[Id]:
    replaced = of_measure.chronology.replaced
    return [id for id in of_measure.mentions if replaced.get(id) == later]


def replaced_words(view: View, finding: Finding) -> tuple[str, ...]:
    """A sentence for each number that one in ``finding`` replaced."""
    knowledge = view.knowledge
    measure = knowledge.measures.get(finding.measure) if finding.measure else None
    if measure is None:
        return ()
    of_measure = survey(knowledge, measure)
    pairs = ((later, older) for later in finding.figures for older in _replaced_by_one(of_measure, later))
    return tuple(
        f"{number_in_source(knowledge, knowledge.figures[later])} replaces "
        f"{number_in_source(knowledge, knowledge.figures[older])}."
        for later, older in pairs
    )


def _apart_in_time(known: Knowledge, of_measure: Survey, figure: Figure) -> tuple[NotCompared, ...]:
    subject = _subject(figure)
    candidates = (mention.figure for mention in of_measure.mentions.values())
    apart = (
        (other, separation(known, of_measure, figure, other))
        for other in candidates
        if _subject(other) == subject and scope_key(other.scope) != scope_key(figure.scope)
    )
    rows = (
        NotCompared(said_ref(known, other.id), separation_sentence(known, reason, figure, other))
        for other, reason in apart
        if reason.ground in (SeparationGround.TIME, SeparationGround.OVERLAPPING_TIMES)
    )
    return tuple(islice(rows, MOST_NOT_COMPARED))


def _subject(figure: Figure) -> ScopeKey:
    """The scope of a figure without its times, of which only the keys are left."""
    return tuple((key, ScopeSelection() if key in MOMENT_KEYS else value) for key, value in scope_key(figure.scope))


def overdue_rows(view: View, measures: Iterable[Measure]) -> tuple[OverdueRow, ...]:
    """The projections on ``measures`` whose time had passed when the newest source appeared, without an outcome."""
    knowledge, newest = view.knowledge, newest_source(view.knowledge)
    if newest is None:
        return ()
    until = f"the newest source is of {date_words(newest.issued)}"
    rows = []
    for measure in measures:
        for id in survey(knowledge, measure).chronology.pending:
            figure = knowledge.figures[id]
            if overdue(figure, newest):
                amount = f"{figure_amount_words(figure)} {moment_words(knowledge, figure)}"
                known = _next_known(knowledge, figure)
                text = f"{attribution_words(knowledge, figure)}: {amount}; no outcome is recorded for that time"
                rows.append(OverdueRow(ref_of(knowledge, id), capitalized(f"{text}{known}, and {until}.")))
    return tuple(rows)


def _next_known(knowledge: Knowledge, projection: Figure) -> str:
    """The first number for a later time, as a clause; empty where there is none."""
    figure = next_known(knowledge, projection)
    if figure is None:
        return ""
    words = f"{figure_amount_words(figure)} {moment_words(knowledge, figure)}"
    return f", the next one known is {words} ({attribution_words(knowledge, figure)})"


def series_table(view: View, finding: Finding) -> SeriesTable:
    """The values of a series in order of time."""
    knowledge = view.knowledge
    rows = tuple(
        SeriesRow(
            capitalized(entry.time),
            tuple(
                SeriesValue(value.words, voices_of(knowledge, value.figures), refs_of(knowledge, value.figures))
                for value in entry.values
            ),
        )
        for entry in series_entries(knowledge, finding)
    )
    return SeriesTable(finding_ref(view, finding), series_subject(knowledge, finding), rows)
