"""Per what is a figure told in running text? Rates in front, and what the notation leaves behind a figure."""

import re
from collections.abc import Sequence
from decimal import Decimal

from kb.domain.notation import han_word, word
from kb.domain.notation.number import ONE
from kb.domain.notation.reading import Figure, behind
from kb.domain.notation.token import Token
from kb.domain.noun import CURRENCIES, singular
from kb.domain.quantity import PERIODS
from kb.domain.unit import STANDARD, Units
from kb.intake.scan import lexicon
from kb.intake.scan.candidate import Candidate

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
_PER = re.compile(
    r"每\s?(?P<scale>[十百千]?[万亿]|[百千])?\s?(?P<noun>[A-Za-z]{2,20}|[股人桶吨户台辆次套张份公斤升杯页条个]{1,2})"
    r"(?P<gap>[^，。；：！？,.;:!?\n\d—()（）\"“”]{0,8})$"
)
_TIGHT = 3
_LOOK_BACK = 34
_FEES = re.compile(
    r"\b(hourly|daily|weekly|monthly|quarterly|annual|yearly)\s(?:\w{1,15}\s){0,1}"
    r"(?:fee|fees|price|rent|rents|salary|wage|wages|charge|payment|payments|subscription|bill|premium|allowance)\s(?:of|at|is|was)\s$",
    re.IGNORECASE,
)
_SHORT = {"s": "second", "h": "hour", "d": "day", "y": "year", "w": "week"}


def with_rate_behind(figure: Figure, tokens: Sequence[Token], units: Units) -> Figure:
    """``figure`` with the rate behind it as running text means it."""
    figure = _with_letter(figure, tokens, units)
    figure = _without_adverb(_without_time_before(figure, tokens), tokens)
    figure = _past_adjective(figure, tokens, units)
    return _per_one(figure, tokens, units)


def _without_time_before(figure: Figure, tokens: Sequence[Token]) -> Figure:
    """``6% a year earlier``: the year is a time before, and no rate."""
    end = figure.end
    article = end >= 2 and tokens[end - 2].low in ("a", "an") and tokens[end - 1].low in PERIODS
    if not figure.rates or not article or end >= len(tokens) or tokens[end].low not in lexicon.NO_RATES:
        return figure
    return figure._replace(rates=figure.rates[:-1], end=end - 2)


def _without_adverb(figure: Figure, tokens: Sequence[Token]) -> Figure:
    """``800 million weekly users`` counts users: the adverb belongs to the noun behind it."""
    end = figure.end
    adverb = tokens[end - 1].low in word.ADVERBS and not figure.high.unit
    if not figure.rates or not adverb or end >= len(tokens) or tokens[end].kind != "word":
        return figure
    if tokens[end].low in lexicon.NO_HEADS or tokens[end].low in word.NO_NOUNS:
        return figure
    return figure._replace(rates=figure.rates[:-1], end=end - 1)


def _past_adjective(figure: Figure, tokens: Sequence[Token], units: Units) -> Figure:
    """``per million input tokens`` is per million tokens: of two words behind a rate the known one is its noun."""
    end = figure.end
    if not figure.rates or end >= len(tokens) or tokens[end].kind != "word" or tokens[end - 1].kind != "word":
        return figure
    scale, noun = figure.rates[-1]
    known = units.known(tokens[end].text)
    plural = known != tokens[end].low and tokens[end - 1].low in (noun, singular(noun))
    if known in (None, "fraction", "multiple") or not (plural or not units.known(noun)):
        return figure
    return behind(tokens, figure._replace(rates=(*figure.rates[:-1], (scale, known)), end=end + 1))


def _per_one(figure: Figure, tokens: Sequence[Token], units: Units) -> Figure:
    """``$78 a barrel``, ``30 tok/s``: an article or a slash before what one of is meant."""
    end = figure.end
    if end + 1 >= len(tokens):
        return figure
    link, noun = tokens[end], tokens[end + 1]
    if link.text == "/" and noun.text in _SHORT and link.end == noun.start and figure.high.unit:
        return behind(tokens, figure._replace(rates=(*figure.rates, (ONE, _SHORT[noun.text])), end=end + 2))
    money = figure.high.unit in CURRENCIES and link.low in ("a", "an")
    if money and noun.low in lexicon.PER_ONE and not figure.rates:
        rate = (ONE, units.known(noun.text) or noun.low)
        return behind(tokens, figure._replace(rates=(rate,), end=end + 2))
    return figure


def _with_letter(figure: Figure, tokens: Sequence[Token], units: Units) -> Figure:
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
    per = _PER.search(around) if one.is_money and not one.figure.rates else None
    if per and len(per["gap"].replace(" ", "")) <= _TIGHT:
        first = _token_at(one, start - len(around) + per.start())
        rate = (_scale(per["scale"]), STANDARD.known(per["noun"]) or per["noun"].lower())
        return one.having(one.figure._replace(rates=(*one.figure.rates, rate)), first=first)
    fee = _FEES.search(around + " " if not around.endswith(" ") else around)
    if fee and one.is_money:
        period = word.ADVERBS[fee[1].lower()]
        return one.having(one.figure._replace(rates=(*one.figure.rates, (ONE, period))))
    return one


def _scale(signs: str | None) -> Decimal:
    scale = ONE
    for sign in signs or "":
        scale *= han_word.TENS.get(sign) or han_word.SCALES[sign]
    return scale


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
