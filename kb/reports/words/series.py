"""Sentences on series: the values of one measure of one thing in order of time, and the steps between them."""

from dataclasses import dataclass

from kb.domain.entity import Figure
from kb.domain.finding import Finding, Pairing
from kb.domain.identity import Id
from kb.domain.knowledge import Knowledge
from kb.domain.scope import ScopeSelection
from kb.reasoning.comparison.distance import distance
from kb.reasoning.comparison.tolerance import in_common_currency
from kb.reasoning.comparison.verdict import Comparison
from kb.reasoning.findings.chronology import MOMENT_KEYS, known_early
from kb.reasoning.findings.mention import normalized_quantity
from kb.reasoning.scope import scope_key
from kb.reports.words.difference import ends_clause, gap_words
from kb.reports.words.inputs import label_within_sentence
from kb.reports.words.references import capitalized, converted_amount_words, list_words
from kb.reports.words.scope import scope_text, selection_words
from kb.reports.words.side import Side
from kb.reports.words.voices import attribution_words, cardinal, with_mark, with_stance

_MOST_TIMES = 6
"""The most times that a sentence names; of more, the first and the last ones."""

_AT_EITHER_END = 3


@dataclass(frozen=True, slots=True)
class Value:
    """A number of a series, with the figures that give it in the same words, in order."""

    words: str
    figures: tuple[Id, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What is given for one time of a series: the time as words in a sentence (``in 2025``), and each number."""

    time: str
    values: tuple[Value, ...]


def series_entries(knowledge: Knowledge, finding: Finding) -> tuple[Entry, ...]:
    """The times of a series in order, each with its numbers."""
    times: dict[str, dict[str, list[Id]]] = {}
    for id in finding.figures:
        figure = knowledge.figures[id]
        words = with_stance(
            converted_amount_words(knowledge, figure.quantity, normalized_quantity(knowledge, figure)), figure.stance
        )
        words = with_mark(words, early_mark(knowledge, figure))
        times.setdefault(moment_words(knowledge, figure), {}).setdefault(words, []).append(id)
    return tuple(
        Entry(time, tuple(Value(words, tuple(ids)) for words, ids in values.items())) for time, values in times.items()
    )


def early_mark(knowledge: Knowledge, figure: Figure) -> str:
    """What stands beside a number that was stated before its period was over; empty for all others."""
    if not known_early(knowledge, figure):
        return ""
    period = figure.scope["period"]
    assert period.end, "only what ends can be known too early"
    whole_year = period.start == period.end.replace(month=1, day=1) and (period.end.month, period.end.day) == (12, 31)
    return f"stated before the {'year' if whole_year else 'period'} was over"


def moment_words(knowledge: Knowledge, figure: Figure) -> str:
    """The time that a figure is for, within a sentence: ``in 2025``, ``as of June 2025``; empty where it gives none."""
    given = [(key, figure.scope[key]) for key in MOMENT_KEYS if key in figure.scope]
    return ", ".join(with_preposition("as of" if key == "as-of" else "in", knowledge, time) for key, time in given)


def with_preposition(preposition: str, knowledge: Knowledge, time: ScopeSelection) -> str:
    """A time after ``preposition``; one that is open on a side has a word of its own: ``by 2029``, ``since 2020``."""
    words = selection_words(knowledge, time)
    return f"{preposition} {words}" if time.start and time.end else words


def series_sentence(knowledge: Knowledge, finding: Finding) -> str:
    """The series in a sentence: what is measured, then each time with its numbers and voices."""
    entries = [_entry_words(knowledge, entry) for entry in series_entries(knowledge, finding)]
    if len(entries) > _MOST_TIMES:
        left_out = f"{cardinal(len(entries) - 2 * _AT_EITHER_END)} more in between"
        entries = [*entries[:_AT_EITHER_END], left_out, *entries[-_AT_EITHER_END:]]
    return f"{series_subject(knowledge, finding)} over time: {'; '.join(entries)}."


def series_subject(knowledge: Knowledge, finding: Finding) -> str:
    """What a series is of: the measure, with the scope that all its figures share."""
    measure = knowledge.measures.get(finding.measure) if finding.measure else None
    scope = dict(scope_key(knowledge.figures[finding.figures[0]].scope))
    about = scope_text(knowledge, {key: value for key, value in scope.items() if key not in MOMENT_KEYS})
    label = capitalized(label_within_sentence(knowledge, measure.label)) if measure else ""
    return f"{label} ({about})" if about else label


def _entry_words(knowledge: Knowledge, entry: Entry) -> str:
    return " or ".join(
        f"{value.words}{f' {entry.time}' if place == 0 else ''} ({voices_of(knowledge, value.figures)})"
        for place, value in enumerate(entry.values)
    )


def voices_of(knowledge: Knowledge, figures: tuple[Id, ...]) -> str:
    """Who gives some figures, each voice once."""
    return list_words(tuple(dict.fromkeys(attribution_words(knowledge, knowledge.figures[id]) for id in figures)))


def change_words(knowledge: Knowledge, left: Figure, right: Figure) -> str:
    """How far two numbers of a measure lie apart, without naming them: ``a factor of 1.5 (3 / 2 = 1.5)``.

    Empty where they meet, have no ratio, or are in units that do not convert into each other.
    """
    numbers = [normalized_quantity(knowledge, figure) for figure in (left, right)]
    first, second = in_common_currency(*numbers) if all(number.exchange for number in numbers) else numbers
    if first.unit != second.unit or first.period_not_stated != second.period_not_stated:
        return ""
    gap = distance(first.stated, second.stated, points=first.percent)
    return gap_words(first.stated, second.stated, first.unit, gap, "")


def step_sentence(
    knowledge: Knowledge, pairing: Pairing, figures: tuple[Figure, Figure], sides: tuple[Side, Side], gap: Comparison
) -> str:
    """One step of a series: ``From 3 million cars in 2024 to 4 million cars in 2025: …``, and how far that is."""
    (earlier, later), (before, after) = sides, (moment_words(knowledge, figure) for figure in figures)
    step = f"From {earlier.words} {before} ({earlier.name}) to {later.words} {after} ({later.name})"
    clause = ends_clause(earlier.normalized.stated, later.normalized.stated, pairing.unit, gap.distance)
    same = earlier.normalized.stated == later.normalized.stated
    return f"{step}: {clause}." if clause else f"{step}{': no change' if same else ''}."
