"""The figure at a token: bound and hedge, an amount or a range, and rates, read once from left to right.

Two ends in words (``from 5,000 to 18,000``, ``20 到 70``) or with the unit at both ends (``$3-$15``) are a spread: both
occur. Two ends around a dash with the unit given once (``$2-3k``) are an estimate: one value lies inside. So are hedged
ends, and those that the number lies "somewhere" between.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from kb.domain.margin import MarginKind
from kb.domain.quantity import PERIODS, Bound, Hedge, RangeKind
from kb.domain.unit.names import CURRENCIES, singular
from kb.numbers.amount import amount_at, converted, rescaled
from kb.numbers.lexicon import LEXICON, NO_NOUNS
from kb.numbers.margins import ParsedMargin, interval_at, margin_at
from kb.numbers.money import in_local_scale
from kb.numbers.number import EXACT, ONE, Amount, ratio
from kb.numbers.numerals import are_paired, number_at
from kb.numbers.qualifiers import Qualifier, all_but_at, between_at, lead_at, or_equal_at, trail_at
from kb.numbers.token import Token
from kb.numbers.unit_expression import is_measurement, unit_at
from kb.numbers.word_numerals import scale_word

_BOUNDS, _UNITS, _WORDS = LEXICON.bounds, LEXICON.units, LEXICON.word_numerals

Rate = tuple[Decimal, str]
"""How many of which noun: ``(10**6, "token")`` for "per million tokens"."""


def rate_at(tokens: Sequence[Token], at: int) -> tuple[Rate, int] | None:
    """The rate at ``at`` and the index behind it: ``/ month``, ``per million tokens``, ``monthly``, 每月."""
    if at < len(tokens) and tokens[at].low in _UNITS.rate_adverbs:
        return (ONE, _UNITS.rate_adverbs[tokens[at].low]), at + 1
    at += _hyphen(tokens, at)
    if at + 1 >= len(tokens) or tokens[at].low not in _UNITS.per:
        return None
    article = tokens[at].low in _UNITS.per_articles
    is_stroke = tokens[at].text == "/"
    pairs = is_stroke and are_paired(tokens, at)
    at += 1
    at += _hyphen(tokens, at)
    scale, at = _rate_scale(tokens, at)
    named_unit = unit_at(tokens, at, below=True)
    if pairs and not (named_unit and named_unit.unit in PERIODS):
        return None
    if named_unit and named_unit[1] == ONE and named_unit[0] not in ("fraction", "multiple"):
        return (scale, named_unit[0]), named_unit[2]
    if is_stroke and at < len(tokens) and tokens[at].text in _UNITS.below_units:
        return (scale, _UNITS.below_units[tokens[at].text]), at + 1
    if is_stroke and at < len(tokens) and tokens[at].text in _UNITS.short_times:
        return (scale, _UNITS.short_times[tokens[at].text]), at + 1
    if article or at >= len(tokens) or tokens[at].kind != "word" or not _names_a_thing(tokens[at]):
        return None
    return (scale, singular(tokens[at].text)), at + 1


def _names_a_thing(token: Token) -> bool:
    # A point is a decimal mark in a number, but a thing in "bytes per point".
    may_name = token.low not in NO_NOUNS or token.low in _WORDS.points
    return may_name and token.low not in _UNITS.no_rate_nouns and len(token.text) > 1


def _hyphen(tokens: Sequence[Token], at: int) -> int:
    return 1 if 0 < at < len(tokens) and tokens[at].text == "-" and tokens[at - 1].end == tokens[at].start else 0


def _rate_scale(tokens: Sequence[Token], at: int) -> tuple[Decimal, int]:
    """How many of the noun a rate is for, and the noun's index: per million, /1M, /M, 每百万."""
    if at + 1 >= len(tokens):
        return ONE, at
    if scale := scale_word(tokens[at]):
        return Decimal(scale), at + 1
    if tokens[at].text in _UNITS.scale_letters and tokens[at + 1].kind == "word":
        return Decimal(_UNITS.scale_letters[tokens[at].text]), at + 1
    number = number_at(tokens, at)
    if not number or number.low != number.high or number.low <= 0 or number.is_part:
        return ONE, at
    return number.low, number.end


class ParsedFigure(NamedTuple):
    """A quantity among tokens.

    Attributes:
        low: The first end.
        high: The second, or the first again.
        qualifier: Bound and hedge.
        spread: What two ends mean; None for one.
        rates: What it is per, in the order stated: scale and noun, e.g. ``(10**6, "token")``.
        end: Index of the token behind it.
        low_open: Whether a range leaves out its low end.
        high_open: Whether it leaves out its high end.
        margin: The margin of a single number, or that a range is an interval; None for all others.
        is_exact: Whether the words around it say that it is not rounded: exactly 140.
    """

    low: Amount
    high: Amount
    qualifier: Qualifier
    spread: RangeKind | None
    rates: tuple[Rate, ...]
    end: int
    low_open: bool = False
    high_open: bool = False
    margin: ParsedMargin | None = None
    is_exact: bool = False


class _Range(NamedTuple):
    low: Amount
    high: Amount
    in_words: bool
    end: int


class _Lead(NamedTuple):
    qualifier: Qualifier
    opening: str
    loose: bool
    rates: tuple[Rate, ...]
    end: int
    is_exact: bool


DASHES = frozenset("-–—‒―−~〜～")
_MOST_LEADS = 5


def figure_at(tokens: Sequence[Token], at: int) -> ParsedFigure | None:
    """The figure that begins at ``at``, its leading words included; None if none does."""
    if exceptions := _all_but(tokens, at):
        return exceptions
    lead = _lead(tokens, at)
    if lead is None or lead.end >= len(tokens):
        return None
    if interval := _stated_interval(tokens, at):
        return interval
    ends = _ends(tokens, lead)
    if ends is None:
        return _interval(tokens, at) if tokens[at].text in _BRACKETS else None
    qualifier = _own_qualifier(lead.qualifier, ends)
    spread = _spread(ends, lead, qualifier)
    figure = ParsedFigure(ends.low, ends.high, qualifier, spread, lead.rates, ends.end, is_exact=lead.is_exact)
    figure = _with_margin(tokens, _with_unit_in_brackets(tokens, figure))
    if figure.margin is None:
        figure = _with_margin(tokens, behind(tokens, figure))
    return _with_second_bound(tokens, _or_equal(tokens, behind(tokens, figure)))


def _all_but(tokens: Sequence[Token], at: int) -> ParsedFigure | None:
    """What is left of a whole without its exceptions: all but 3 of 50 are 47 of 50, all but 5% are 95%."""
    place = all_but_at(tokens, at)
    amount = amount_at(tokens, place) if place else None
    if amount is None or amount.unit != "fraction":
        return None
    number = amount.number
    rest = number._replace(low=EXACT.subtract(ONE, number.high), high=EXACT.subtract(ONE, number.low))
    amount = amount._replace(number=rest)
    return ParsedFigure(amount, amount, Qualifier(), None, (), amount.end) if rest.low >= 0 else None


def _with_unit_in_brackets(tokens: Sequence[Token], figure: ParsedFigure) -> ParsedFigure:
    """``figure`` in the unit of measurement that stands alone in brackets behind it: 3 (mg/day), 12 (km)."""
    at = figure.end
    if figure.high.unit or figure.high.number.is_part or at + 2 >= len(tokens) or tokens[at].text != "(":
        return figure
    named = unit_at(tokens, at + 1, below=True)
    if named is None or named.factor != ONE or not is_measurement(named.unit):
        return figure
    rates, end = figure.rates, named.end
    while rate := rate_at(tokens, end):
        rates, end = (*rates, rate[0]), rate[1]
    if end >= len(tokens) or tokens[end].text != ")":
        return figure
    low = figure.low._replace(unit=named.unit)
    high = low if figure.low is figure.high else figure.high._replace(unit=named.unit)
    return figure._replace(low=low, high=high, rates=rates, end=end + 1)


def _with_margin(tokens: Sequence[Token], figure: ParsedFigure) -> ParsedFigure:
    """``figure`` with the margin behind it: 45 ± 3 years, 45 (95% CI 42–48)."""
    if figure.low is not figure.high or figure.low.number.low != figure.low.number.high:
        return figure
    stated = margin_at(tokens, figure.end, figure.low)
    if stated is None:
        return figure
    amount, margin = stated
    return figure._replace(low=amount, high=amount, margin=margin, end=margin.end)


def _stated_interval(tokens: Sequence[Token], at: int) -> ParsedFigure | None:
    """``95% CI 42–48`` without a number in its middle: the two ends, as an interval."""
    interval = interval_at(tokens, at)
    if interval is None:
        return None
    margin = ParsedMargin(ONE, ONE, MarginKind.INTERVAL, interval.level, interval.end)
    figure = ParsedFigure(
        interval.low, interval.high, Qualifier(Bound.RANGE), RangeKind.ESTIMATE, (), interval.end, margin=margin
    )
    return behind(tokens, figure)


def _lead(tokens: Sequence[Token], at: int) -> _Lead | None:
    qualifier, opening, loose, is_exact = Qualifier(), "", "", False
    rates: tuple[Rate, ...] = ()
    for _ in range(_MOST_LEADS):
        if at >= len(tokens) or tokens[at].kind == "number":
            break
        if phrase := lead_at(tokens, at):
            # "At least at most 5" is no bound that anybody means.
            both = qualifier.and_then(phrase[0])
            if both is None:
                return None
            loose = tokens[at].low if tokens[at].low in _BOUNDS.loose else loose
            is_exact |= tokens[at].low in _BOUNDS.exact
            qualifier, at = both, phrase[1]
        elif tokens[at].low in _BOUNDS.openings and not opening:
            opening, at = tokens[at].low, at + 1
        elif tokens[at].low in _UNITS.per_before and not rates and (rate := rate_at(tokens, at)):
            rates, at = (rate[0],), rate[1]
        else:
            break
    is_loose = bool(loose) and (loose, opening) not in _BOUNDS.loose_spreads
    return _Lead(qualifier, opening, is_loose, rates, at, is_exact)


def _ends(tokens: Sequence[Token], lead: _Lead) -> _Range | None:
    first = amount_at(tokens, lead.end)
    if first is None:
        return None
    place = joiner(tokens, first.end, lead.opening)
    second = _second_end(tokens, place, first) if place else None
    second = _alike(first, second, tokens, lead.opening) if second else None
    ends = _joined(first, second, tokens, place) if second else None
    if ends is None:
        return None if lead.opening in _BOUNDS.two_ends else _Range(first, first, False, first.end)
    return ends


def _alike(first: Amount, second: Amount, tokens: Sequence[Token], opening: str) -> Amount:
    """``second`` in the unit of ``first``, where the two are of one family: between 8 MB and 1 GB.

    Without a word before the first, or a dash, two units are two amounts: add 30 g to 2 kg.
    """
    spans = bool(opening) or tokens[first.end].text in DASHES
    return converted(second, first.unit) if spans and first.factor == ONE else second


def _second_end(tokens: Sequence[Token], at: int, first: Amount) -> Amount | None:
    """The second end of a range, whose letter is a scale where the first is money: $1–2m, ₹2–3L."""
    second = amount_at(tokens, at)
    local = in_local_scale(tokens, second.number, first.unit) if second and second.factor == ONE else None
    if second and local and local is not second.number:
        return second._replace(number=local, unit="", end=local.end)
    if second is None or second.unit or first.unit not in CURRENCIES or second.number.scale != ONE:
        return second
    scaled = number_at(tokens, at, money=True)
    is_letter = scaled is not None and scaled.end == second.number.end + 1 and scaled.low == scaled.high
    return second._replace(number=scaled, end=scaled.end) if scaled and is_letter else second


def joiner(tokens: Sequence[Token], at: int, opening: str = "") -> int:
    """The index behind what joins two ends, or 0: a dash, "to", "and" behind "between", 和 before 之间."""
    if at + 1 >= len(tokens):
        return 0
    at += _is_left_open(tokens, at)
    token = tokens[at]
    if token.low in _BOUNDS.openings.get(opening, ()):
        return at + 1
    if token.text in DASHES or token.text == "--":
        return at + 1 if _spans(tokens, at) else 0
    if token.text in _BOUNDS.pair_joiners:
        return at + 1
    if (opening and opening not in _BOUNDS.open_ends) or token.low not in _BOUNDS.joiners:
        return 0
    return at + 2 if tokens[at + 1].low == _BOUNDS.joiner_emphasis.get(token.low) else at + 1


def _is_left_open(tokens: Sequence[Token], at: int) -> bool:
    """Whether a hyphen at ``at`` stands for the noun behind the second end: 45- to 60-year-olds, 45- bis 60-Jährige."""
    if at + 2 >= len(tokens) or tokens[at].text != "-" or tokens[at].start != tokens[at - 1].end:
        return False
    return tokens[at + 1].low in _BOUNDS.joiners and tokens[at + 1].start > tokens[at].end


def _spans(tokens: Sequence[Token], at: int) -> bool:
    """Whether the dash at ``at`` joins two ends, rather than two clauses or the parts of a telephone number."""
    # A long dash with room around it parts clauses: "in 2024 — 3 new piers".
    dash, before, behind = tokens[at], tokens[at - 1], tokens[at + 1]
    touching = dash.start == before.end and behind.start == dash.end
    if dash.text == "\u2014":
        return touching
    linked = at > 1 and tokens[at - 2].text in _LINKS and tokens[at - 2].end == before.start
    if not touching or before.kind != "number" or behind.kind != "number":
        return True
    more = at + 3 < len(tokens) and tokens[at + 2].text in _LINKS and tokens[at + 2].start == behind.end
    return not (
        linked and at > 2 and tokens[at - 3].end == tokens[at - 2].start and tokens[at - 3].kind == "number"
    ) and not (more and tokens[at + 3].kind == "number" and tokens[at + 3].start == tokens[at + 2].end)


_LINKS = frozenset("-/")
_FAR = 100
"""How many times as high the second of two alternatives is at most, where they are the ends of a range."""


def _joined(first: Amount, second: Amount, tokens: Sequence[Token], place: int) -> _Range | None:
    """Two amounts as one range; None if they are in two units, or the second is not above the first."""
    sign = tokens[first.end]
    end = second.end
    if sign.text in _BOUNDS.pair_joiners and place == first.end + 1:
        end = between_at(tokens, second.end)
        if not end:
            return None
    if first.unit and second.unit and first.unit != second.unit:
        return None
    if is_reversed(first, second) or _is_year_before(tokens, first, second):
        return None
    # "Grew by a third to 12,000": a part and a count have no values between them.
    if first.number.is_part and not second.unit and second.number.low > 1:
        return None
    # "Up 0.3% to 12.4 million barrels", "down 2.1% to 4,300 points": nobody counts per cent in millions or thousands.
    large = second.number.scale != ONE or second.number.high > _FAR
    if first.factor != ONE and not second.unit and large:
        return None
    first = _spoken_alike(first, second, tokens)
    first = _in_thousands_alike(first, second, tokens)
    twice = bool(first.unit and second.unit)
    low, high = rescaled(first, second), second
    if first.unit and not second.unit:
        high = rescaled(second, first)._replace(end=second.end)
    # A dash before a smaller number joins nothing: 2026-06 is a month, 3-1 a score.
    if low.number.low > high.number.high:
        return None
    # "10 billion or 10 trillion" and "5.00 or 5,00" are two answers, and no range.
    apart = low.number.low == high.number.high or high.number.high > _FAR * low.number.low
    if sign.low in _BOUNDS.alternatives and low.number.low > 0 and apart:
        return None
    in_words = sign.text[0] not in DASHES
    return _Range(low, high, in_words or twice, end)


_TEN, _THOUSAND = 10, 1000


def is_reversed(first: Amount, second: Amount) -> bool:
    """Whether ``first`` would lie above ``second`` in its scale, which it leaves out: 7-5 million; but not 500-3k.

    Nobody writes a range from a few to millions in this way.
    """
    low, high, scale = first.number, second.number, second.number.scale
    if low.scale != ONE or scale == ONE or not low.digits or low.is_part or high.is_part or low.low >= _THOUSAND:
        return False
    shown = ratio(high.high, EXACT.multiply(scale, second.factor))
    return low.low > shown > 0 and (scale > _THOUSAND or low.low < _TEN * shown)


def _is_year_before(tokens: Sequence[Token], first: Amount, second: Amount) -> bool:
    """Whether ``first`` is the year before an amount rather than its lower end: at the end of 2024 to €248m."""
    head = tokens[first.number.end - 1]
    bare = not first.unit and first.number.scale == ONE and head.text.isdigit() and head.end - head.start == _FOUR
    other = second.unit in CURRENCIES or second.number.scale != ONE
    if not (bare and other and _FIRST_YEAR <= first.number.low <= _LAST_YEAR):
        return False
    before = tokens[first.number.end - 2].low if first.number.end > 1 else ""
    named = before in LEXICON.prose.before_years and before not in _BOUNDS.openings
    return named or first.number.low % 100 != 0


_FIRST_YEAR, _LAST_YEAR, _FOUR = 1900, 2100, 4


def _spoken_alike(first: Amount, second: Amount, tokens: Sequence[Token]) -> Amount:
    """``first`` in the hundreds or dozens that only the second end names: two to three hundred, two or three dozen."""
    last = tokens[second.number.end - 1].low
    size = 100 if last in _WORDS.hundreds else 12 if last in _WORDS.dozens else 0
    plain = first.number.scale == ONE and not first.unit and not first.number.is_part and first.number.low > 0
    if not size or not plain or second.number.scale != ONE or first.number.high * size >= second.number.low:
        return first
    return first._replace(number=first.number.times(Decimal(size), first.number.end))


_FEW_TIMES = 10


def _in_thousands_alike(first: Amount, second: Amount, tokens: Sequence[Token]) -> Amount:
    """``first`` in the thousands that a dash leaves to the second end: 40-50.000 Euro, 20- bis 30.000; but 1-10,000."""
    low, high = first.number, second.number
    written = tokens[high.end - 1]
    # The tokens of a German text have no points between their groups of digits.
    grouped = written.kind == "number" and (written.end - written.start > len(written.text) or "," in written.text)
    short = low.digits and low.scale == high.scale == ONE and 0 < low.low < _THOUSAND
    hyphen = tokens[first.end].text in DASHES and tokens[first.end].start == tokens[first.end - 1].end
    alike = not first.unit or (first.unit in CURRENCIES and not second.unit)
    if not (grouped and short and hyphen and alike) or high.low % _THOUSAND:
        return first
    scaled = low.times(Decimal(_THOUSAND), low.end)._replace(scale=ONE)
    return first._replace(number=scaled) if scaled.high < high.low < _FEW_TIMES * scaled.low else first


_BRACKETS = {"(": True, "[": False}
_CLOSING = {")": True, "]": False}


def _interval(tokens: Sequence[Token], at: int) -> ParsedFigure | None:
    """``(20, 30]``: a bracket leaves its end in, a parenthesis out; two of one kind are no interval."""
    low = amount_at(tokens, at + 1)
    comma = low.end if low else len(tokens)
    high = amount_at(tokens, comma + 1) if comma + 1 < len(tokens) and tokens[comma].text == "," else None
    if low is None or high is None or high.end >= len(tokens):
        return None
    closing = _CLOSING.get(tokens[high.end].text)
    if closing is None or closing == _BRACKETS[tokens[at].text] or low.number.low >= high.number.high:
        return None
    return ParsedFigure(low, high, Qualifier(Bound.RANGE), RangeKind.ESTIMATE, (), high.end + 1, not closing, closing)


def _or_equal(tokens: Sequence[Token], figure: ParsedFigure) -> ParsedFigure:
    """``figure`` with "or equal" behind it, which takes in what "less than" leaves out: less than 5000 or equal."""
    bound = figure.qualifier.bound
    end = or_equal_at(tokens, figure.end) if bound.is_strict else 0
    if not end or (end < len(tokens) and number_at(tokens, end)):
        return figure
    loose = Bound.AT_LEAST if bound is Bound.MORE_THAN else Bound.AT_MOST
    return figure._replace(qualifier=Qualifier(loose, figure.qualifier.hedge), end=end)


def _with_second_bound(tokens: Sequence[Token], figure: ParsedFigure) -> ParsedFigure:
    """``more than 20`` with ``and at most 30`` behind it as one range; unchanged if the limits exclude each other."""
    if not (figure.qualifier.bound.is_floor or figure.qualifier.bound.is_ceiling) or figure.low is not figure.high:
        return figure
    at = figure.end
    for _ in range(2):
        at += at < len(tokens) and tokens[at].low in _BOUNDS.sides
    lead = _lead(tokens, at) if at < len(tokens) else None
    if lead is None or lead.opening or not _opposite(figure.qualifier.bound, lead.qualifier.bound):
        return figure
    amount = amount_at(tokens, lead.end)
    if amount is None or _counts_another(tokens, figure, amount):
        return figure
    plain = ParsedFigure(amount, amount, Qualifier(lead.qualifier.bound), None, (), amount.end)
    return _two_sided(figure, _or_equal(tokens, behind(tokens, plain))) or figure


def _counts_another(tokens: Sequence[Token], figure: ParsedFigure, amount: Amount) -> bool:
    """Whether ``amount`` counts something else than ``figure``: knapp 3 Mrd. Euro, gut 40 Boote."""
    at = amount.end
    noun = at < len(tokens) and tokens[at].kind in ("word", "han") and tokens[at].low not in LEXICON.stops.no_heads
    return bool(figure.high.unit) and not amount.unit and noun


def _opposite(left: Bound, right: Bound) -> bool:
    return (left.is_floor and right.is_ceiling) or (left.is_ceiling and right.is_floor)


def _two_sided(first: ParsedFigure, second: ParsedFigure) -> ParsedFigure | None:
    floor, ceiling = (first, second) if first.qualifier.bound.is_floor else (second, first)
    if floor.low.unit and ceiling.low.unit and floor.low.unit != ceiling.low.unit:
        return None
    low, high = rescaled(floor.low, ceiling.low), rescaled(ceiling.low, floor.low)
    if low.number.low >= high.number.high:
        return None
    strict = floor.qualifier.bound.is_strict, ceiling.qualifier.bound.is_strict
    qualifier = Qualifier(Bound.RANGE, first.qualifier.hedge)
    return ParsedFigure(low, high, qualifier, RangeKind.ESTIMATE, first.rates + second.rates, second.end, *strict)


def _own_qualifier(qualifier: Qualifier, ends: _Range) -> Qualifier:
    """``qualifier`` with the bound and hedge of the number's own words: 100 多万, dozens."""
    for number in (ends.low.number, ends.high.number):
        if number.bound is Bound.EXACT and number.hedge is Hedge.NONE:
            continue
        bound = number.bound if number.bound is not Bound.EXACT else None
        qualifier = qualifier.and_then((bound, number.hedge if number.hedge is not Hedge.NONE else None)) or qualifier
    return qualifier


def _spread(ends: _Range, lead: _Lead, qualifier: Qualifier) -> RangeKind | None:
    if ends.low.number.low == ends.high.number.high:
        return None
    # "About 20 to 30" is one value that is not known better, not two that occur.
    hedged = lead.loose or qualifier.hedge is not Hedge.NONE
    return RangeKind.SPREAD if ends.in_words and not hedged else RangeKind.ESTIMATE


def behind(tokens: Sequence[Token], figure: ParsedFigure) -> ParsedFigure:
    """The figure with the rates and trailing words that follow it, in any order."""
    while figure.end < len(tokens):
        figure = _past_substance(tokens, figure)
        rate = None if _is_second_amount(tokens, figure) else rate_at(tokens, figure.end)
        trail = None if rate else trail_at(tokens, figure.end)
        if rate:
            figure = figure._replace(rates=(*figure.rates, rate[0]), end=rate[1])
        elif trail and (_is_counter(tokens, figure) or not _is_inside(tokens, figure)):
            break
        elif trail and (qualifier := figure.qualifier.and_then(trail[0])) and _closes(tokens, figure.end, trail[1]):
            is_exact = figure.is_exact or tokens[figure.end].low in _BOUNDS.exact
            figure = figure._replace(qualifier=qualifier, end=trail[1], is_exact=is_exact)
        else:
            break
    return figure


def _past_substance(tokens: Sequence[Token], figure: ParsedFigure) -> ParsedFigure:
    """``figure`` with the substance that is weighed, where it is per something: 40 g CO2/km."""
    at = figure.end
    weighed = figure.high.unit and at + 1 < len(tokens) and tokens[at].low in _UNITS.substances
    return figure._replace(end=at + 1) if weighed and tokens[at + 1].text == "/" else figure


def _is_second_amount(tokens: Sequence[Token], figure: ParsedFigure) -> bool:
    """Whether a stroke parts two amounts rather than an amount and what it is per: 300K/5M gallons."""
    at = figure.end
    if figure.high.unit or figure.high.number.scale == ONE or tokens[at].text != "/" or at + 1 >= len(tokens):
        return False
    second = number_at(tokens, at + 1)
    return second is not None and second.scale != ONE and tokens[at + 1].kind == "number"


def _is_counter(tokens: Sequence[Token], figure: ParsedFigure) -> bool:
    """Whether what reads like a limit counts cases: 60起 are sixty cases, 60元起 is sixty yuan and more."""
    text = tokens[figure.end].text
    return text in LEXICON.nouns.counting_trails and not figure.high.unit and not figure.rates


def _is_inside(tokens: Sequence[Token], figure: ParsedFigure) -> bool:
    """Whether 内 behind ``figure`` limits it, if it stands there: 90日内 and 500米内 are limits, 3家内地企业 no."""
    others = _BOUNDS.inside.get(tokens[figure.end].text)
    if others is None:
        return True
    # A noun may end in a time: 15个工作日内.
    unit = figure.high.unit or _UNITS.nouns.get(tokens[figure.end - 1].text[-1:], "")
    goes_on = "".join(token.text for token in tokens[figure.end + 1 : figure.end + 3])
    return bool(unit) and (unit in CURRENCIES or is_measurement(unit)) and not goes_on.startswith(others)


def _closes(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether a trail really ends there: ``200 or greater than 190`` and ``150 MB plus 12 bytes`` go on.

    What may stand before a number as well goes with the one behind it: 40, at best 50.
    """
    goes_on = tokens[end - 1].low in _BOUNDS.then_number or tokens[end - 1].low in _BOUNDS.positives
    if " ".join(token.low for token in tokens[at:end]) in _BOUNDS.clause_ends:
        return end >= len(tokens) or _ends_clause(tokens[end])
    goes_on |= any((lead := lead_at(tokens, place)) is not None and lead[1] == end for place in range(at, end))
    if not goes_on or end >= len(tokens):
        return True
    amount = end + (tokens[end].text in _UNITS.money_signs)
    return number_at(tokens, amount) is None


def _ends_clause(token: Token) -> bool:
    closes = token.kind in ("sign", "break") and token.text not in _UNITS.money_signs
    return closes or token.low in _BOUNDS.sides or token.text in _BOUNDS.next_clauses


def lowest(figure: ParsedFigure) -> Decimal:
    """The lower end of ``figure`` in its unit."""
    return figure.low.number.low


def highest(figure: ParsedFigure) -> Decimal:
    """The upper end of ``figure`` in its unit."""
    return figure.high.number.high


def grain(figure: ParsedFigure) -> Decimal | None:
    """The finer granularity of the two ends; None if neither has a digit."""
    grains = [end.number.grain for end in (figure.low, figure.high) if end.number.grain is not None]
    return min(grains) if grains else None


def divided(value: Decimal, by: Decimal) -> Decimal:
    """``value / by``, for rates that no unit's name counts.

    Raises:
        decimal.Inexact: The quotient is no decimal.
    """
    return EXACT.divide(value, by)
