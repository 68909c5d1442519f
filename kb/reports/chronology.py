"""What time does to figures, for pages: replaced numbers, series, projections without outcome, other times."""

from collections.abc import Iterable
from itertools import islice

from kb.domain.entity import Figure, Measure
from kb.domain.finding import Finding
from kb.domain.identity import Id
from kb.domain.scope import ScopeSelection
from kb.reasoning.findings.chronology import MOMENT_KEYS, newest_source, overdue
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


def _survey(view: View, figure: Figure) -> Survey | None:
    measure = view.knowledge.measures.get(figure.measure)
    return survey(view.knowledge, measure) if measure else None


def replaced_by(view: View, figure: Figure) -> Ref | None:
    """The figure that took the place of ``figure``, or of the one whose number it passes on; None where it stands."""
    of_measure = _survey(view, figure)
    root = root_of(figure.id, of_measure.links) if of_measure else figure.id
    later = of_measure.chronology.replaced.get(root) if of_measure else None
    return said_ref(view.knowledge, later) if later else None


def replaces(view: View, figure: Figure) -> tuple[Ref, ...]:
    """The figures whose place ``figure`` took, in reading order."""
    of_measure = _survey(view, figure)
    return tuple(said_ref(view.knowledge, id) for id in _replaced_by_one(of_measure, figure.id)) if of_measure else ()


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


def apart_in_time(view: View, figure: Figure) -> tuple[NotCompared, ...]:
    """The figures that differ from ``figure`` in the time alone, with the reason why they are not compared."""
    of_measure = _survey(view, figure)
    if of_measure is None:
        return ()
    known, subject = view.knowledge, _subject(figure)
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
                text = f"{attribution_words(knowledge, figure)}: {amount}; no outcome is recorded, and {until}."
                rows.append(OverdueRow(ref_of(knowledge, id), capitalized(text)))
    return tuple(rows)


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
