"""What the words around a figure add to it: the noun that is counted, a bound or hedge, a rate."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from kb.domain.quantity import PERIODS, Hedge, RangeKind
from kb.domain.unit import STANDARD, Units
from kb.domain.unit.names import CURRENCIES, singular
from kb.numbers.character_numerals import place_value
from kb.numbers.figure import ParsedFigure, behind, figure_at
from kb.numbers.lexicon import LEXICON, NO_NOUNS
from kb.numbers.money import money_before
from kb.numbers.number import FINEST, ONE, ratio
from kb.numbers.scan import nouns
from kb.numbers.scan.candidate import Candidate
from kb.numbers.token import Token, tokens
from kb.numbers.unit_expression import unit_at

_PROSE, _UNITS = LEXICON.prose, LEXICON.units

# Joined figures


def merged_vague(tokens: Sequence[Token], figure: ParsedFigure) -> ParsedFigure:
    """``hundreds (or thousands)``, 数百(甚至数千): one range from the least to the most."""
    at = figure.end
    if figure.low.number.grain is not None or at + 3 >= len(tokens) or tokens[at].text != "(":
        return figure
    inner = at + 1
    while inner < at + 4 and tokens[inner].low in _PROSE.alternatives:
        inner += 1
    second = figure_at(tokens, inner) if inner > at + 1 else None
    if not second or second.end >= len(tokens) or tokens[second.end].text != ")" or second.low.number.grain is not None:
        return figure
    if second.high.number.high < figure.high.number.high:
        return figure
    unit = figure.high.unit or second.high.unit
    number = figure.low.number
    return ParsedFigure(
        figure.low._replace(unit=unit),
        second.high._replace(unit=unit),
        figure.qualifier._replace(hedge=number.hedge),
        RangeKind.ESTIMATE,
        figure.rates,
        second.end + 1,
    )


_GENERIC_NOUNS = frozenset(("thing", "item"))
_HAN = re.compile(r"\s{0,2}[\u4e00-\u9fff]")


def with_noun(candidate: Candidate, units: Units) -> Candidate:
    """``candidate`` with the noun that it counts."""
    candidate = _not_millions(candidate)
    if whole := nouns.compound(candidate.tokens[candidate.figure.end - 1], candidate.behind, units):
        return candidate.having(
            behind(candidate.tokens, _bare(candidate.figure)._replace(end=candidate.figure.end + 1)), whole
        )
    unit = candidate.figure.high.unit
    if unit and not _may_be_more(candidate):
        return candidate
    if not unit and candidate.figure.rates:
        return candidate
    joined = _of_money(candidate)
    if joined:
        return joined
    last = candidate.tokens[candidate.figure.high.number.end - 1]
    if _HAN.match(candidate.text, candidate.tokens[candidate.figure.end - 1].end) or (
        unit and candidate.tokens[candidate.figure.end - 1].kind == "han"
    ):
        return _with_character_noun(candidate, units)
    return candidate if last.kind == "name" else _with_word_noun(candidate, units)


def _not_millions(candidate: Candidate) -> Candidate:
    """``candidate`` without a scale or a unit that it only seems to have.

    ``5 块 GPU`` are no yuan, and 七八个 are no 78.
    """
    number = candidate.figure.high.number
    neighbours = _neighbours(candidate)
    if neighbours:
        return neighbours
    millions = _metres_or_millions(candidate)
    if millions:
        return millions
    behind_it = candidate.token(candidate.figure.end)
    if candidate.token(number.end).text in LEXICON.nouns.loose_classifiers and behind_it.kind == "word":
        return candidate.having(_bare(candidate.figure)._replace(end=number.end))
    return candidate


def _neighbours(candidate: Candidate) -> Candidate | None:
    """七八个人 are seven or eight people, not 78; 三五年 are three to five years."""
    number = candidate.figure.high.number
    signs = candidate.text[candidate.tokens[candidate.core].start : candidate.tokens[number.end - 1].end]
    low, high = (LEXICON.character_numerals.digits.get(sign, 0) for sign in signs) if len(signs) == 2 else (0, 0)
    if not (low and (high == low + 1 or (low, high) == (3, 5)) and candidate.is_one_value and number.scale == ONE):
        return None
    ends = (Decimal(value) for value in (low, high))
    first, second = (candidate.figure.high._replace(number=number._replace(low=end, high=end)) for end in ends)
    qualifier = candidate.figure.qualifier._replace(hedge=Hedge.ABOUT)
    return candidate.having(
        candidate.figure._replace(low=first, high=second, qualifier=qualifier, spread=RangeKind.ESTIMATE)
    )


_CROSSES = frozenset("x×")


def _metres_or_millions(candidate: Candidate) -> Candidate | None:
    """``candidate`` in millions if its "m" means them: ``52m riders``, but not ``52m tall``."""
    at, number = candidate.figure.high.number.end, candidate.figure.high.number
    touching = candidate.touches_before(at) and candidate.token(at).text == "m" and number.digits
    if (
        not touching
        or candidate.figure.high.unit
        or not candidate.is_one_value
        or candidate.token(at + 1).low in _PROSE.lengths
        or _is_way(candidate, at + 1)
        or (candidate.token(at + 1).low in _CROSSES and candidate.token(at + 2).kind == "number")
        or candidate.token(candidate.core - 1).low in _CROSSES
    ):
        return None
    amount = candidate.figure.high._replace(number=number.times(Decimal(10**6), at + 1))
    return candidate.having(candidate.figure._replace(low=amount, high=amount, end=at + 1, rates=()))


def _is_way(candidate: Candidate, at: int) -> bool:
    """Whether the words around an "m" say how far it is: is 400m from the station, climbs 900m to the pass."""
    before = {candidate.before.low, candidate.token(candidate.core - 1).low}
    behind = candidate.token(at).low
    distance = behind in _PROSE.distance_behind and not before.isdisjoint(_PROSE.distance_before)
    motion = behind in _PROSE.motion_behind and not before.isdisjoint(_PROSE.motions)
    goal = candidate.token(at + 1)
    return (distance or motion) and goal.kind in ("word", "name")


def _may_be_more(candidate: Candidate) -> bool:
    """Whether a better noun may stand behind the unit that was read: 3 位律师, ``two customer groups``."""
    unit, end = candidate.figure.high.unit, candidate.figure.high.number.end
    if candidate.figure.rates or candidate.is_money or unit in ("fraction", "multiple") or candidate.is_time:
        return False
    token = candidate.token(end)
    return (
        unit in _GENERIC_NOUNS
        or token.text in LEXICON.nouns.classifiers
        or (token.kind == "word" and nouns.is_thing(unit))
    )


def _of_money(candidate: Candidate) -> Candidate | None:
    """``candidate`` with the unit behind "of" or a formula's sign: ``hundreds of dollars``, ``0.4$ hours``."""
    at, link = candidate.figure.end, candidate.behind.text
    vague = candidate.figure.low.number.grain is None
    formula = link == "$" and candidate.touches_before(at) and not candidate.figure.high.unit
    if not candidate.figure.high.unit and ((vague and link.lower() in LEXICON.word_numerals.of) or formula):
        at += 1
    elif not vague or candidate.figure.high.unit:
        return None
    named_unit = unit_at(candidate.tokens, at)
    if not named_unit or named_unit[1] != ONE:
        return None
    low, high = (end._replace(unit=named_unit[0]) for end in (candidate.figure.low, candidate.figure.high))
    same = candidate.is_one_value
    figure = candidate.figure._replace(low=high if same else low, high=high, end=named_unit[2])
    return candidate.having(behind(candidate.tokens, figure), "")


def _bare(figure: ParsedFigure) -> ParsedFigure:
    """``figure`` without its unit."""
    high = figure.high._replace(unit="")
    low = high if figure.low is figure.high else figure.low._replace(unit="")
    return figure._replace(low=low, high=high)


def _with_word_noun(candidate: Candidate, units: Units) -> Candidate:
    at = candidate.figure.end
    if candidate.figure.high.unit:
        return _grouped(candidate, units)
    if candidate.number.is_part:
        return candidate
    at += candidate.behind.low in LEXICON.word_numerals.of and (candidate.number.grain is None or candidate.is_scaled)
    at += at > candidate.figure.end and candidate.token(at).low in LEXICON.nouns.articles
    another = candidate.token(at).low in _PROSE.more_of_it
    at += another and candidate.token(at + 1).low not in LEXICON.bounds.then_number
    is_single = candidate.is_one_value and candidate.value == 1
    noun = nouns.word_noun(candidate.tokens, at, is_single, units, capitals=candidate.noun_capitals)
    if noun is None or (noun.unit == "" and not noun.known):
        return candidate
    figure = behind(candidate.tokens, candidate.figure._replace(end=noun.end))
    return replace(candidate.having(figure, noun.unit), noun_at=noun.end - 1)


def _grouped(candidate: Candidate, units: Units) -> Candidate:
    """``candidate`` with a plural behind its known noun: ``two customer groups`` are groups."""
    unit, end = candidate.figure.high.unit, candidate.figure.end
    candidate = candidate.having(candidate.figure, "")
    last = candidate.tokens[end - 1]
    letter = candidate.tokens[candidate.figure.high.number.end - 1]
    sized = letter.kind == "word" and len(letter.text) == 1
    if last.low != unit or candidate.value == 1 or last.kind != "word" or sized:
        return candidate
    noun = nouns.word_noun(candidate.tokens, end, False, units)
    if noun is None or not noun.immediate or not noun.unit:
        return candidate
    return candidate.having(behind(candidate.tokens, _bare(candidate.figure)._replace(end=noun.end)), noun.unit)


def _with_character_noun(candidate: Candidate, units: Units) -> Candidate:
    start = candidate.figure.high.number.end
    if candidate.figure.end > start and not candidate.figure.high.unit:
        start = candidate.figure.end
    digits = candidate.head.kind == "number" or candidate.is_scaled or candidate.number.end - candidate.core > 1
    noun = nouns.character_noun(candidate.text, candidate.tokens[start - 1].end, units, bare=digits)
    if noun is None:
        return (
            candidate
            if candidate.figure.high.unit not in _GENERIC_NOUNS
            else candidate.having(_bare(candidate.figure), "")
        )
    if candidate.figure.high.unit not in ("", *_GENERIC_NOUNS) and not noun.has_noun:
        return candidate.having(candidate.figure, "")
    end = next(
        (at for at in range(start, len(candidate.tokens)) if candidate.tokens[at].start >= noun.end),
        len(candidate.tokens),
    )
    figure = behind(candidate.tokens, _bare(candidate.figure)._replace(end=max(end, start)))
    return candidate.having(figure, noun.unit)


def of_parts(candidate: Candidate) -> Candidate:
    """``candidate`` as a share if its part follows: 45 处引用里有 40 处 is 40 out of 45."""
    at = candidate.figure.end
    if candidate.token(at).text not in _PROSE.inside or not candidate.is_plain or not candidate.value:
        return candidate
    at += 1
    for filler in _PROSE.inside_fillers:
        at += candidate.token(at).text == filler
    part = figure_at(candidate.tokens, at) if at < len(candidate.tokens) else None
    if (
        not part
        or part.high.number.high > candidate.value
        or part.low is not part.high
        or part.high.number.scale != ONE
    ):
        return candidate
    share = ratio(part.high.number.high, candidate.value)
    number = part.high.number._replace(low=share, high=share, grain=FINEST, is_part=True)
    counter = part.end < len(candidate.tokens) and candidate.tokens[part.end].text in LEXICON.nouns.classifiers
    amount = part.high._replace(number=number, unit="fraction")
    return candidate.having(part._replace(low=amount, high=amount, end=part.end + counter), "")


_LETTERS = {"K": Decimal(10**3), "k": Decimal(10**3), "M": Decimal(10**6), "MM": Decimal(10**6), "B": Decimal(10**9)}
_PERIOD = re.compile("(" + "|".join(_PROSE.periods) + r")([^，。；：！？,.;:!?\n\d—()（）\"“”]{0,24})$")
_PER = tuple(re.compile(pattern) for pattern in _PROSE.per_patterns)
_TIGHT = 3
_LOOK_BACK = 48
_FEES = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _PROSE.fees)
_SUBJECT_RATES = tuple(re.compile(pattern, re.IGNORECASE) for pattern in _PROSE.subject_rates)
_SHORT = {"s": "second", "h": "hour", "d": "day", "y": "year", "w": "week"}


def with_rate_behind(figure: ParsedFigure, tokens: Sequence[Token], units: Units) -> ParsedFigure:
    """``figure`` with the rate behind it as running text means it, which is looser than a seed file."""
    figure = _with_letter(figure, tokens, units)
    figure = _without_adverb(_without_time_before(figure, tokens), tokens)
    figure = _past_adjective(figure, tokens, units)
    return _per_one(figure, tokens, units)


def _without_time_before(figure: ParsedFigure, tokens: Sequence[Token]) -> ParsedFigure:
    """``figure`` without a rate that is really a time: ``6% a year earlier``."""
    end = figure.end
    article = end >= 2 and tokens[end - 2].low in _UNITS.per_articles
    if not figure.rates or not article or figure.rates[-1][1] not in PERIODS or end >= len(tokens):
        return figure
    # "$5 a year from 2026" says since when; "$5 a year from now" is due then.
    if figure.high.unit in CURRENCIES and _is_date(tokens, end + 1):
        return figure
    # "Im Jahr 2024" is a date.
    if tokens[end].low not in _PROSE.no_rate_behind and not _is_year(tokens[end]):
        return figure
    return figure._replace(rates=figure.rates[:-1], end=end - 2)


def _is_date(tokens: Sequence[Token], at: int) -> bool:
    if at >= len(tokens):
        return False
    named = tokens[at].kind == "name" and tokens[at].text[0].isdigit()
    return named or _is_year(tokens[at]) or tokens[at].low.removeprefix("\0") in _PROSE.month_numbers


def _is_year(token: Token) -> bool:
    return token.kind == "number" and len(token.low) == token.end - token.start == 4


def _without_adverb(figure: ParsedFigure, tokens: Sequence[Token]) -> ParsedFigure:
    """``figure`` without a rate that belongs to its noun: ``800 million weekly users``."""
    end = figure.end
    adverb = tokens[end - 1].low in _UNITS.rate_adverbs and not figure.high.unit
    if not figure.rates or not adverb or end >= len(tokens) or tokens[end].kind != "word":
        return figure
    if tokens[end].low in LEXICON.stops.no_heads or tokens[end].low in NO_NOUNS:
        return figure
    return figure._replace(rates=figure.rates[:-1], end=end - 1)


def _past_adjective(figure: ParsedFigure, tokens: Sequence[Token], units: Units) -> ParsedFigure:
    """``figure`` with the known noun of two behind its rate: ``per million input tokens`` is per million tokens."""
    end = figure.end
    if not figure.rates or end >= len(tokens) or tokens[end].kind != "word" or tokens[end - 1].kind != "word":
        return figure
    scale, noun = figure.rates[-1]
    known = units.known(tokens[end].text)
    plural = known != tokens[end].low and tokens[end - 1].low in (noun, singular(noun))
    if known in (None, "fraction", "multiple") or not (plural or not units.known(noun)):
        return figure
    return behind(tokens, figure._replace(rates=(*figure.rates[:-1], (scale, known)), end=end + 1))


def _per_one(figure: ParsedFigure, tokens: Sequence[Token], units: Units) -> ParsedFigure:
    """``figure`` with the one thing that it is for, behind an article or a slash: ``$78 a barrel``, ``30 tok/s``."""
    end = figure.end
    if end + 1 >= len(tokens):
        return figure
    if (hyphened := _hyphened_one(figure, tokens)) is not None:
        return hyphened
    link, noun = tokens[end], tokens[end + 1]
    if link.text == "/" and noun.text in _SHORT and link.end == noun.start and figure.high.unit:
        return behind(tokens, figure._replace(rates=(*figure.rates, (ONE, _SHORT[noun.text])), end=end + 2))
    money = figure.high.unit in CURRENCIES and link.low in _UNITS.per_articles
    if money and noun.low in _PROSE.priced and not figure.rates:
        rate = (ONE, units.known(noun.text) or noun.low)
        return behind(tokens, figure._replace(rates=(rate,), end=end + 2))
    return figure


def _hyphened_one(figure: ParsedFigure, tokens: Sequence[Token]) -> ParsedFigure | None:
    """``figure`` with the one thing that hyphens tie to it: ``$100-a-barrel oil``; None without one."""
    end = figure.end
    if figure.high.unit not in CURRENCIES or figure.rates or end + 3 >= len(tokens):
        return None
    first, article, second, noun = tokens[end : end + 4]
    tied = first.text == second.text == "-" and article.low in _UNITS.per_articles and noun.kind == "word"
    touching = all(left.end == right.start for left, right in pairwise(tokens[end - 1 : end + 4]))
    if not (tied and touching):
        return None
    rate = (ONE, STANDARD.known(noun.text) or noun.low)
    return behind(tokens, figure._replace(rates=(rate,), end=end + 4))


def _with_letter(figure: ParsedFigure, tokens: Sequence[Token], units: Units) -> ParsedFigure:
    """``$3/M`` is $3 per million tokens: prices of models leave the noun out."""
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


def with_rate_before(candidate: Candidate) -> Candidate:
    """``candidate`` with the rate in front of it, which is part of the literal if it is near: 每月付 20 美元."""
    if (
        any(noun in PERIODS for _, noun in candidate.figure.rates)
        or candidate.is_time
        or not (candidate.is_money or candidate.is_scaled or candidate.effective_unit)
    ):
        return candidate
    start = candidate.tokens[candidate.first].start
    around = candidate.text[max(start - _LOOK_BACK, 0) : start]
    period_match = _PERIOD.search(around)
    if period_match and _may_be_rate(period_match, candidate):
        rates = (*candidate.figure.rates, (ONE, _PROSE.periods[period_match[1]]))
        gap = period_match[2].replace(" ", "")
        first = (
            _token_at(candidate, start - len(around) + period_match.start()) if len(gap) <= _TIGHT else candidate.first
        )
        return candidate.having(candidate.figure._replace(rates=rates), first=first)
    per = _search(_PER, around) if candidate.is_money and not candidate.figure.rates else None
    if per and len(per["gap"].replace(" ", "")) <= _TIGHT:
        first = _token_at(candidate, start - len(around) + per.start())
        rate = (_scale(per["scale"]), _rate_noun(per["noun"]))
        return candidate.having(candidate.figure._replace(rates=(*candidate.figure.rates, rate)), first=first)
    subject = _search(_SUBJECT_RATES, around) if candidate.is_money and not candidate.figure.rates else None
    if subject and subject["noun"].lower() in _PROSE.priced:
        noun = subject["noun"].lower()
        known = STANDARD.known(noun) or _UNITS.measures.get(noun, (noun, ONE))[0]
        return candidate.having(candidate.figure._replace(rates=((ONE, known),)))
    fee = _search(_FEES, around if around.endswith(" ") else around + " ")
    if fee and candidate.effective_unit not in ("", "fraction", "multiple"):
        period = _UNITS.rate_adverbs[fee[1].lower()]
        return candidate.having(candidate.figure._replace(rates=(*candidate.figure.rates, (ONE, period))))
    return candidate


def _rate_noun(noun: str) -> str:
    """The unit that an amount behind "per" and ``noun`` is per: 平方米 is metre**2."""
    named = unit_at(tokens(noun), 0, below=True)
    return STANDARD.known(noun) or (named.unit if named and named.factor == ONE else noun.lower())


def _search(patterns: Sequence[re.Pattern[str]], text: str) -> re.Match[str] | None:
    return next((match for pattern in patterns if (match := pattern.search(text))), None)


def _scale(signs: str | None) -> Decimal:
    scale = ONE
    for sign in signs or "":
        scale *= place_value(sign)
    return scale


def without_next_rate(candidate: Candidate) -> Candidate:
    """``candidate`` without a rate that belongs to the next figure: in 2000 个人每月付 20 美元 the people have none."""
    rates, end = candidate.figure.rates, candidate.figure.end
    start = max(
        (at for at in range(max(end - 3, candidate.core + 1), end) if candidate.tokens[at].text in _UNITS.per_before),
        default=0,
    )
    if not rates or not start or start < candidate.figure.high.number.end:
        return candidate
    ahead = range(end, min(end + _TIGHT + 1, len(candidate.tokens)))
    if not any(candidate.tokens[at].kind == "number" for at in ahead):
        return candidate
    return candidate.having(candidate.figure._replace(rates=rates[:-1], end=start))


def _may_be_rate(period_match: re.Match[str], candidate: Candidate) -> bool:
    gap = period_match[2].replace(" ", "")
    # 一年花了 50 亿 is what one year cost; 一年烧掉 50 亿, close to its number, is a rate.
    if {period_match[1][0], period_match[1][-1]} & _PROSE.near_periods:
        return len(gap) <= _TIGHT and candidate.is_money and _PROSE.done.isdisjoint(gap)
    return candidate.effective_unit != "multiple" and not (
        candidate.effective_unit == "fraction" and len(gap) > 2 * _TIGHT
    )


def _token_at(candidate: Candidate, place: int) -> int:
    at = candidate.first
    while at > 0 and candidate.tokens[at - 1].start >= place:
        at -= 1
    return at


# Money of the neighbourhood

_NEAR_MONEY = 16


def in_local_cents(candidate: Candidate) -> Candidate:
    """Cents in the currency that stands nearest before or behind them: 20 cents to €2.40 are euro cents."""
    figure = candidate.figure
    token = candidate.token(figure.high.number.end)
    if figure.high.unit != "USD" or figure.high.factor == ONE or token.low not in _UNITS.small_change["USD"]:
        return candidate
    places = range(max(candidate.first - _NEAR_MONEY, 0), min(figure.end + _NEAR_MONEY, len(candidate.tokens)))
    nearest = sorted(places, key=lambda at: abs(at - candidate.core))
    currencies = (money_before(candidate.tokens, at) for at in nearest)
    code = next((currency.code for currency in currencies if currency), "USD")
    if code == "USD" or token.low not in _UNITS.small_change.get(code, {}):
        return candidate
    low = figure.low._replace(unit=code)
    high = low if figure.low is figure.high else figure.high._replace(unit=code)
    return candidate.having(figure._replace(low=low, high=high))
