"""What do the words around a figure add to it? Bounds and hedges at a small distance, and a second vague number."""

from collections.abc import Sequence

from kb.domain.notation import bound_word
from kb.domain.notation.phrase import Stance, lead_at
from kb.domain.notation.reading import Figure, figure_at
from kb.domain.notation.token import Token
from kb.domain.quantity import Bound, Hedge, RangeKind
from kb.intake.scan import lexicon
from kb.intake.scan.candidate import Candidate

_LONGEST_LEAD = 5


def with_leads(one: Candidate) -> Candidate:
    """``one`` with the bound or hedge before its first token: ``exceeded $5``, ``at least another 500``."""
    one = _without_mistaken_lead(one)
    stance, first = one.figure.stance, one.first
    before = one.token(first - 1)
    verb = before.low in lexicon.MORE_THAN_VERBS and (one.is_money or one.is_scaled or one.said == "fraction")
    if verb and (both := stance.and_then((Bound.MORE_THAN, None))):
        stance, first = both, first - 1
    elif before.low in lexicon.LIKE_ABOUT and stance == Stance() and not (one.is_plain and not one.said):
        stance, first = Stance(Bound.EXACT, Hedge.ABOUT), first - 1
    elif before.low in lexicon.SAID_AGAIN and (found := lead_before(one.tokens, first - 1)):
        both = stance.and_then(found[0])
        stance, first = (both, found[1]) if both else (stance, first)
    if first == one.first:
        return one
    if one.token(first - 1).text == "\\":
        first -= 1
    return one.having(one.figure._replace(stance=stance), first=first)


def _without_mistaken_lead(one: Candidate) -> Candidate:
    """``€5 over 10 years`` runs during ten years; ``is short of 20 nurses`` lacks twenty."""
    words = [token.low for token in one.tokens[one.first : one.core]]
    during = words == ["over"] and one.is_time and one.before.low not in lexicon.DURING_BEFORE
    lacking = words == ["short", "of"] and one.before.low in lexicon.BEING
    if not (during or lacking):
        return one
    return one.having(one.figure._replace(stance=Stance(one.number.bound, one.number.hedge)), first=one.core)


def lead_before(tokens: Sequence[Token], end: int) -> tuple[bound_word.Meaning, int] | None:
    """The phrase that ends before ``end`` and would lead a number there, and the index of its first token."""
    for place in range(max(end - _LONGEST_LEAD, 0), end):
        found = lead_at(tokens, place)
        if found and found[1] == end and found[0] != (None, None):
            return found[0], place
    return None


# Joined figures


def merged_vague(tokens: Sequence[Token], figure: Figure) -> Figure:
    """``hundreds (or thousands)``, ``数百(甚至数千)`` as one range from the least to the most."""
    at = figure.end
    if figure.low.number.grain is not None or at + 3 >= len(tokens) or tokens[at].text != "(":
        return figure
    inner = at + 1
    while inner < at + 4 and tokens[inner].low in ("or", "even", "perhaps", "maybe", "甚", "至", "甚至", "或"):
        inner += 1
    other = figure_at(tokens, inner) if inner > at + 1 else None
    if not other or other.end >= len(tokens) or tokens[other.end].text != ")" or other.low.number.grain is not None:
        return figure
    if other.high.number.high < figure.high.number.high:
        return figure
    unit = figure.high.unit or other.high.unit
    number = figure.low.number
    return Figure(
        figure.low._replace(unit=unit),
        other.high._replace(unit=unit),
        figure.stance._replace(hedge=number.hedge),
        RangeKind.ESTIMATE,
        figure.rates,
        other.end + 1,
    )
