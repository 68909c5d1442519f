"""Sentences on forecasts: what was projected, what came of it, and by how much the two differ."""

from collections.abc import Mapping

from kb.domain.entity import Figure, Stance
from kb.domain.finding import Ground, Pairing, Verdict
from kb.domain.knowledge import Knowledge
from kb.reasoning.comparison.distance import within_bound
from kb.reasoning.comparison.verdict import Comparison
from kb.reasoning.findings.chronology import MOMENT_KEYS
from kb.reports.words.difference import ends_clause, gap_sentence
from kb.reports.words.ground import ground_sentence
from kb.reports.words.references import capitalized
from kb.reports.words.series import with_preposition
from kb.reports.words.side import Side

_VERBS: Mapping[Stance, str] = {
    Stance.PROJECTED: "projected",
    Stance.MEASURED: "measured",
    Stance.REPORTED: "reported",
    Stance.ESTIMATED: "estimated",
    Stance.ALLEGED: "alleged",
    Stance.DERIVED: "worked out",
}
"""How a voice gave a number, as a verb; a voice with another stance stated it."""

_BY_ROUNDING = frozenset({Ground.ROUNDED, Ground.TRUNCATED})


def forecast_sentence(
    knowledge: Knowledge,
    pairing: Pairing,
    figures: tuple[Figure, Figure],
    sides: tuple[Side, Side],
    comparison: Comparison,
) -> str:
    """What was projected and what came of it, in a sentence that gives the verdict, and how far the two lie apart.

    Args:
        knowledge: Where the names of scope values are looked up.
        pairing: The projection on the left and the outcome on the right.
        figures: The figures of both sides.
        sides: The voices and numbers of both, the numbers without their stance, which the verbs give.
        comparison: The comparison that decided.
    """
    projection, outcome = figures
    time = _time_words(knowledge, projection, "for")
    known = f" {_time_words(knowledge, outcome, 'as of')}" if pairing.uncertain_keys else ""
    lead = "Forecast met" if pairing.verdict is Verdict.MET else "Forecast missed"
    clauses = f"{_given(sides[0], projection)} {time}; {_given(sides[1], outcome)}{known}"
    return " ".join(filter(None, (f"{lead}: {clauses}.", _difference(pairing, sides, comparison))))


def _given(side: Side, figure: Figure) -> str:
    return f"{side.name} {_VERBS.get(figure.stance, 'stated')} {side.words}"


def _time_words(knowledge: Knowledge, figure: Figure, preposition: str) -> str:
    time = next(figure.scope[key] for key in reversed(MOMENT_KEYS) if key in figure.scope)
    return with_preposition(preposition, knowledge, time)


def _difference(pairing: Pairing, sides: tuple[Side, Side], comparison: Comparison) -> str:
    """By how much a forecast was missed, or why one counts as met whose number differs; empty for neither.

    Of a limit that the outcome keeps to, also how far beyond it the outcome lies.
    """
    projected, known = (side.normalized for side in sides)
    if pairing.verdict is Verdict.MET:
        if comparison.ground in _BY_ROUNDING:
            return ground_sentence(*sides, comparison)
        if not projected.bounded or within_bound(comparison.distance):
            return ""
    apart = projected.stated, known.stated, projected.unit, comparison.distance
    if comparison.distance.near is None:
        return gap_sentence(*apart)
    clause = ends_clause(*apart)
    return f"{capitalized(clause)}." if clause else ""
