"""Sentences on forecasts: what was projected, what came of it, and by how much the two differ."""

from collections.abc import Mapping

from kb.domain.entity import Figure, Stance
from kb.domain.finding import Ground, Pairing, Verdict
from kb.domain.knowledge import Knowledge
from kb.reasoning.comparison.distance import within_bound
from kb.reasoning.comparison.tolerance import NormalizedQuantity
from kb.reasoning.comparison.verdict import Comparison
from kb.reasoning.findings.chronology import MOMENT_KEYS
from kb.reports.words.difference import departure_clause, gap_sentence
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
    return " ".join(filter(None, (f"{lead}: {clauses}.", _reason(pairing, sides, comparison))))


def _given(side: Side, figure: Figure) -> str:
    return f"{side.name} {_VERBS.get(figure.stance, 'stated')} {side.words}"


def _time_words(knowledge: Knowledge, figure: Figure, preposition: str) -> str:
    time = next(figure.scope[key] for key in reversed(MOMENT_KEYS) if key in figure.scope)
    return with_preposition(preposition, knowledge, time)


def _reason(pairing: Pairing, sides: tuple[Side, Side], comparison: Comparison) -> str:
    """Why a forecast counts as met or missed, and how far the outcome lies from it; empty where the two are one."""
    projected, known = (side.normalized for side in sides)
    kept = pairing.verdict is Verdict.MET and projected.bounded
    departs = departure_clause(
        (_expectation(projected), projected.stated),
        ("the outcome", known.stated),
        projected.unit,
        comparison.distance,
        counted=projected.counts_exactly and known.counts_exactly,
    )
    if not departs:
        apart = projected.stated, known.stated, projected.unit, comparison.distance
        return "" if pairing.verdict is Verdict.MET else gap_sentence(*apart)
    if comparison.deviations is not None:
        return f"{capitalized(departs)}. {ground_sentence(*sides, comparison)}"
    if kept and within_bound(comparison.distance):
        return ""
    return capitalized(f"{departs}{_leeway_words(pairing, projected, known, comparison)}.")


def _expectation(projected: NormalizedQuantity) -> str:
    """What an outcome is measured against: the forecast, or the limit that was projected."""
    if not projected.bounded:
        return "the forecast"
    return f"the projected {'minimum' if projected.bound.is_floor else 'maximum'}"


def _leeway_words(
    pairing: Pairing, projected: NormalizedQuantity, known: NormalizedQuantity, comparison: Comparison
) -> str:
    """What lets an outcome with another number fulfil a forecast, or does not, as a clause; empty of a limit."""
    if projected.bounded:
        return ""
    if pairing.verdict is Verdict.MISSED:
        # Laid end to end, two hedges would let nearly any forecast come true.
        return ", more than either hedge allows" if projected.loosened.meets(known.loosened) else ""
    if comparison.ground in _BY_ROUNDING:
        alone = projected.rounded.meets(known.stated) or projected.truncated.meets(known.stated)
        return f", which is within the rounding of the {'projected' if alone else 'reported'} number"
    return f", which the hedge of the {'forecast' if projected.loosened.meets(known.stated) else 'outcome'} allows"
