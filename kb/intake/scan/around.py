"""What do the words around a figure add to it? Bounds and hedges at a small distance, and rates said in front."""

import re
from collections.abc import Sequence
from decimal import Decimal

from kb.domain.notation import bound_word, word
from kb.domain.notation.number import ONE
from kb.domain.notation.phrase import Stance, lead_at
from kb.domain.notation.reading import Figure, behind, figure_at
from kb.domain.notation.token import Token
from kb.domain.quantity import PERIODS, Bound, Hedge, RangeKind
from kb.domain.unit import Units
from kb.intake.scan import lexicon
from kb.intake.scan.candidate import Candidate

_LONGEST_LEAD = 5
_LETTERS = {"K": Decimal(10**3), "k": Decimal(10**3), "M": Decimal(10**6), "MM": Decimal(10**6), "B": Decimal(10**9)}
_PERIODS = {
    **{
        "每天": "day",
        "每日": "day",
        "每周": "week",
        "每月": "month",
        "每季度": "quarter",
        "每年": "year",
        "每小时": "hour",
    },
    **{"每个月": "month", "每分钟": "minute", "每秒": "second", "月均": "month", "年均": "year", "日均": "day"},
    **{"一年": "year", "一个月": "month", "一天": "day", "一周": "week", "一小时": "hour"},
}
_PERIOD = re.compile("(" + "|".join(_PERIODS) + r")([^，。；：！？,.;:!?\n\d—()（）\"“”]{0,24})$")
_TIGHT = 3
_LOOK_BACK = 34
_FEES = re.compile(
    r"\b(hourly|daily|weekly|monthly|quarterly|annual|yearly)\s(?:\w{1,15}\s){0,1}"
    r"(?:fee|fees|price|rent|rents|salary|wage|wages|charge|payment|payments|subscription|bill|premium|allowance)\s(?:of|at|is|was)\s$",
    re.IGNORECASE,
)


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


# Rates


def with_letter_rate(figure: Figure, tokens: Sequence[Token], units: Units) -> Figure:
    """``$3/M`` as per million tokens: a letter behind a slash with no known noun behind counts tokens, as prices do."""
    start = figure.high.number.end
    slash = next(
        (place for place in range(start, min(figure.end + 1, len(tokens) - 1)) if tokens[place].text == "/"), -1
    )
    if slash < 0 or tokens[slash + 1].text not in _LETTERS or not figure.high.unit:
        return figure
    noun = tokens[slash + 2] if slash + 2 < len(tokens) else None
    if noun and noun.kind == "word" and (units.known(noun.text) or tokens[slash + 1].end == noun.start):
        return figure
    rate = (_LETTERS[tokens[slash + 1].text], "token")
    kept = tuple(known for known in figure.rates if known[0] == ONE)
    return behind(tokens, figure._replace(rates=(*kept, rate), end=slash + 2))


def with_rate_before(one: Candidate) -> Candidate:
    """``每月付 20 美元``, ``一年烧掉 50 亿美元``: the time stands in front; near, it belongs to the literal."""
    if (
        any(noun in PERIODS for _, noun in one.figure.rates)
        or one.is_time
        or not (one.is_money or one.is_scaled or one.said)
    ):
        return one
    start = one.tokens[one.first].start
    around = one.text[max(start - _LOOK_BACK, 0) : start]
    found = _PERIOD.search(around)
    if found and _may_be_rate(found, one):
        rates = (*one.figure.rates, (ONE, _PERIODS[found[1]]))
        gap = found[2].replace(" ", "")
        first = _token_at(one, start - len(around) + found.start()) if len(gap) <= _TIGHT else one.first
        return one.having(one.figure._replace(rates=rates), first=first)
    fee = _FEES.search(around + " " if not around.endswith(" ") else around)
    if fee and one.is_money:
        period = word.ADVERBS[fee[1].lower()]
        return one.having(one.figure._replace(rates=(*one.figure.rates, (ONE, period))))
    return one


def without_next_rate(one: Candidate) -> Candidate:
    """``2000 个人每月付 20 美元``: a 每月 before another figure belongs to that one."""
    rates, end = one.figure.rates, one.figure.end
    start = max((at for at in range(max(end - 3, one.core + 1), end) if one.tokens[at].text == "每"), default=0)
    if not rates or not start or start < one.figure.high.number.end:
        return one
    ahead = range(end, min(end + _TIGHT + 1, len(one.tokens)))
    if not any(one.tokens[at].kind == "number" for at in ahead):
        return one
    return one.having(one.figure._replace(rates=rates[:-1], end=start))


def _may_be_rate(found: re.Match[str], one: Candidate) -> bool:
    gap = found[2].replace(" ", "")
    if found[1].startswith("一") or found[1].endswith("均"):
        return len(gap) <= _TIGHT and one.is_money and "了" not in gap
    return one.said != "multiple" and not (one.said == "fraction" and len(gap) > 2 * _TIGHT)


def _token_at(one: Candidate, place: int) -> int:
    at = one.first
    while at > 0 and one.tokens[at - 1].start >= place:
        at -= 1
    return at


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
