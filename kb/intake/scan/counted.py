"""What does a figure count? Its noun, in either language, or the unit that a word or a sign keeps from it."""

import re
from decimal import Decimal

from kb.domain.notation import han_word
from kb.domain.notation.amount import unit_at
from kb.domain.notation.number import FINEST, ONE, ratio
from kb.domain.notation.reading import Figure, behind, figure_at
from kb.domain.quantity import Hedge, RangeKind
from kb.domain.unit import Units
from kb.intake.scan import hannoun, noun
from kb.intake.scan.candidate import Candidate
from kb.intake.scan.hanlexicon import MEASURE_WORDS
from kb.intake.scan.lexicon import LENGTHS

_THINGS = frozenset(("thing", "item"))
_HAN = re.compile(r"\s{0,2}[\u4e00-\u9fff]")


def with_noun(one: Candidate, units: Units) -> Candidate:
    """``one`` with the noun behind it, or with the unit that a sign puts between."""
    one = _not_millions(one)
    if whole := noun.compound(one.tokens[one.figure.end - 1], one.behind, units):
        return one.having(behind(one.tokens, _bare(one.figure)._replace(end=one.figure.end + 1)), whole)
    said = one.figure.high.unit
    if said and not _may_be_more(one):
        return one
    if not said and one.figure.rates:
        return one
    joined = _of_money(one)
    if joined:
        return joined
    last = one.tokens[one.figure.high.number.end - 1]
    if _HAN.match(one.text, one.tokens[one.figure.end - 1].end) or (
        said and one.tokens[one.figure.end - 1].kind == "han"
    ):
        return _han_counted(one, units)
    return one if last.kind == "name" else _english_counted(one, units)


def _not_millions(one: Candidate) -> Candidate:
    """``4.2 mm a year`` are millimetres: mm is a million only behind a sign of money; ``5 块 GPU`` are no yuan."""
    number = one.figure.high.number
    last = one.tokens[number.end - 1]
    if one.is_one_value and last.text == "mm" and not one.figure.high.unit:
        amount = one.figure.high._replace(number=number.times(Decimal("0.000001"), number.end), unit="mm")
        amount = amount._replace(number=amount.number._replace(scale=ONE))
        return one.having(one.figure._replace(low=amount, high=amount))
    neighbours = _neighbours(one)
    if neighbours:
        return neighbours
    millions = _metres_or_millions(one)
    if millions:
        return millions
    behind_it = one.token(one.figure.end)
    if one.token(number.end).text == "块" and behind_it.kind == "word":
        return one.having(_bare(one.figure)._replace(end=number.end))
    return one


def _neighbours(one: Candidate) -> Candidate | None:
    """``七八个人`` are seven or eight people, and no 78."""
    number = one.figure.high.number
    signs = one.text[one.tokens[one.core].start : one.tokens[number.end - 1].end]
    low, high = (han_word.DIGITS.get(sign, 0) for sign in signs) if len(signs) == 2 else (0, 0)
    if not (low and (high == low + 1 or (low, high) == (3, 5)) and one.is_one_value and number.scale == ONE):
        return None
    ends = (Decimal(value) for value in (low, high))
    first, second = (one.figure.high._replace(number=number._replace(low=end, high=end)) for end in ends)
    stance = one.figure.stance._replace(hedge=Hedge.ABOUT)
    return one.having(one.figure._replace(low=first, high=second, stance=stance, spread=RangeKind.ESTIMATE))


def _metres_or_millions(one: Candidate) -> Candidate | None:
    """``52m`` is a number of millions, but ``52m tall`` a length."""
    at, number = one.figure.high.number.end, one.figure.high.number
    touching = one.touches_before(at) and one.token(at).text == "m" and number.digits
    if not touching or one.figure.high.unit or not one.is_one_value or one.token(at + 1).low in LENGTHS:
        return None
    amount = one.figure.high._replace(number=number.times(Decimal(10**6), at + 1))
    return one.having(one.figure._replace(low=amount, high=amount, end=at + 1, rates=()))


def _may_be_more(one: Candidate) -> bool:
    """Whether a better noun may stand behind the unit that was read: ``3 位律师``, ``two customer groups``."""
    unit, end = one.figure.high.unit, one.figure.high.number.end
    if one.figure.rates or one.is_money or unit in ("fraction", "multiple") or one.is_time:
        return False
    token = one.token(end)
    return unit in _THINGS or token.text in MEASURE_WORDS or (token.kind == "word" and noun.is_thing(unit))


def _of_money(one: Candidate) -> Candidate | None:
    """``hundreds of millions of dollars``, ``0.4$ hours`` of a formula: the unit behind ``of`` or a sign."""
    at, link = one.figure.end, one.behind.text
    vague = one.figure.low.number.grain is None
    formula = link == "$" and one.touches_before(at) and not one.figure.high.unit
    if not one.figure.high.unit and ((vague and link.lower() == "of") or formula):
        at += 1
    elif not vague or one.figure.high.unit:
        return None
    said = unit_at(one.tokens, at)
    if not said or said[1] != ONE:
        return None
    low, high = (end._replace(unit=said[0]) for end in (one.figure.low, one.figure.high))
    same = one.is_one_value
    figure = one.figure._replace(low=high if same else low, high=high, end=said[2])
    return one.having(behind(one.tokens, figure), "")


def _bare(figure: Figure) -> Figure:
    """``figure`` without the unit that its words named."""
    high = figure.high._replace(unit="")
    low = high if figure.low is figure.high else figure.low._replace(unit="")
    return figure._replace(low=low, high=high)


def _english_counted(one: Candidate, units: Units) -> Candidate:
    at = one.figure.end
    if one.figure.high.unit:
        return _grouped(one, units)
    if one.number.is_part:
        return one
    at += one.behind.low == "of" and (one.number.grain is None or one.is_scaled)
    at += at > one.figure.end and one.token(at).low in ("the", "its", "their", "our", "these", "those")
    found = noun.counted(one.tokens, at, one.is_one_value and one.value == 1, units)
    if found is None or (found.unit == "" and not found.known):
        return one
    figure = behind(one.tokens, one.figure._replace(end=found.end))
    return one.having(figure, found.unit)


def _grouped(one: Candidate, units: Units) -> Candidate:
    """``two customer groups`` are groups; a known noun that stands alone is kept."""
    unit, end = one.figure.high.unit, one.figure.end
    one = one.having(one.figure, "")
    last = one.tokens[end - 1]
    letter = one.tokens[one.figure.high.number.end - 1]
    sized = letter.kind == "word" and len(letter.text) == 1
    if last.low != unit or one.value == 1 or last.kind != "word" or sized:
        return one
    found = noun.counted(one.tokens, end, False, units)
    if found is None or not found.immediate or not found.unit:
        return one
    return one.having(behind(one.tokens, _bare(one.figure)._replace(end=found.end)), found.unit)


def _han_counted(one: Candidate, units: Units) -> Candidate:
    start = one.figure.high.number.end
    if one.figure.end > start and not one.figure.high.unit:
        start = one.figure.end
    digits = one.head.kind == "number" or one.is_scaled or one.number.end - one.core > 1
    found = hannoun.counted(one.text, one.tokens[start - 1].end, units, bare=digits)
    if found is None:
        return one if one.figure.high.unit not in _THINGS else one.having(_bare(one.figure), "")
    if one.figure.high.unit not in ("", *_THINGS) and not found.is_said:
        return one.having(one.figure, "")
    end = next((at for at in range(start, len(one.tokens)) if one.tokens[at].start >= found.end), len(one.tokens))
    figure = behind(one.tokens, _bare(one.figure)._replace(end=max(end, start)))
    return one.having(figure, found.unit)


def of_parts(one: Candidate) -> Candidate:
    """``45 处引用里有 40 处`` is 40 out of 45."""
    at = one.figure.end
    if one.token(at).text not in ("里", "中") or not one.is_plain or not one.value:
        return one
    at += 1
    at += one.token(at).text == "就"
    at += one.token(at).text == "有"
    part = figure_at(one.tokens, at) if at < len(one.tokens) else None
    if not part or part.high.number.high > one.value or part.low is not part.high or part.high.number.scale != ONE:
        return one
    share = ratio(part.high.number.high, one.value)
    number = part.high.number._replace(low=share, high=share, grain=FINEST, is_part=True)
    amount = part.high._replace(number=number, unit="fraction")
    return one.having(part._replace(low=amount, high=amount), "")
