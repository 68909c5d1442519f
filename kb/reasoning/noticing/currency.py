"""Which numbers stand side by side in currencies that no recorded rate joins? Not comparable, and what to record."""

from collections.abc import Iterator
from fractions import Fraction

from kb.domain.finding import Finding, FindingKind, Pairing, Verdict
from kb.domain.knowledge import Knowledge
from kb.reasoning.comparing.exchange import NoRate
from kb.reasoning.comparing.verdict import LEAST_SEVERITY
from kb.reasoning.noticing.mention import unconverted
from kb.reasoning.noticing.notice import assemble, told_severity, weakened
from kb.reasoning.noticing.pairing import main
from kb.reasoning.noticing.position import Position, Survey
from kb.reasoning.scope import match
from kb.reasoning.telling.side import side

MOST_SHOWN = 40
"""A measure with more pairs of unjoined currencies shows the first of them."""


def unjoined(knowledge: Knowledge, told: Survey) -> Iterator[Finding]:
    """One finding for the measure where positions that could be compared are kept apart by nothing but a lacking rate.

    Each position in another currency is laid beside those of its own measure's currency that speak for a scope.
    """
    foreign = [
        (position, why)
        for position in told.positions
        if (why := unconverted(knowledge, position.mentions[0].figure)) is not None
    ]
    pairs = [
        (position, other, why)
        for position, why in foreign
        for other in _speaking(told)
        if match(knowledge, told.measure.kind, position.scope, other.scope).comparable
    ]
    if not pairs:
        return
    pairings = [_kept_apart(*pair) for pair in pairs[:MOST_SHOWN]]
    figures = dict.fromkeys(id for pairing in pairings for id in (*pairing.left, *pairing.right))
    why = pairs[0][2]
    lead = f"“{told.measure.label}” is told in several currencies."
    hint = why.hint[:1].upper() + why.hint[1:]
    sources = {knowledge.figures[id].source for id in figures}
    yield assemble(
        knowledge,
        FindingKind.ACROSS_SOURCES if len(sources) > 1 else FindingKind.WITHIN_SOURCE,
        "currency",
        told.measure.id,
        pairings,
        parts=(),
        figures=list(figures),
        explanation=f"{lead} {pairings[0].explanation} {hint}.",
        basis=[[why.reason for _, _, why in pairs[:MOST_SHOWN]]],
    )


def _speaking(told: Survey) -> list[Position]:
    """The position in the measure's own unit that speaks for each scope."""
    groups: dict[object, list[Position]] = {}
    for position in told.positions:
        if position.unit == told.measure.unit:
            groups.setdefault(position.key, []).append(position)
    return [main(group) for group in groups.values()]


def _kept_apart(left: Position, right: Position, why: NoRate) -> Pairing:
    one, other = left.mentions[0], right.mentions[0]
    sides = side(left.voices, one.reading), side(right.voices, other.reading)
    lead = "; ".join(f"{each.name}: {each.said}" for each in sides)
    return Pairing(
        left.figures,
        right.figures,
        left.label,
        right.label,
        None,
        other.reading.stated,
        other.reading.unit,
        Verdict.NOT_COMPARABLE,
        None,
        None,
        told_severity(weakened(Fraction(LEAST_SEVERITY), [one.figure, other.figure])),
        f"{lead}. Not comparable: {why.reason}.",
    )
