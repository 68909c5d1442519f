"""Figures that no number begins, found by the patterns of the languages: ``a dollar``, ``ten-to-one``, 近万亿美元.

Each reader takes a match of its pattern, with the groups that it names.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from kb.domain.quantity import Bound, Hedge, Quantity, RangeKind
from kb.numbers import NotationError, read_quantity
from kb.numbers.character_numerals import place_value
from kb.numbers.lexicon import LANGUAGES, LEXICON, NO_NOUNS, has_script
from kb.numbers.numerals import number_at
from kb.numbers.prose_tables import FigurePattern, Reader
from kb.numbers.scan.changes import is_changed
from kb.numbers.scan.dimensions import dimensions
from kb.numbers.scan.mention import ChangeRole, FigureKind, FigureMention, LeftOut, Span, kind_of
from kb.numbers.scan.proportions import cardinal, ratio, to_one
from kb.numbers.token import tokens

_WORDS, _CHARACTERS, _PROSE = LEXICON.word_numerals, LEXICON.character_numerals, LEXICON.prose

_WORD = re.compile(r"[\s-]{0,2}([A-Za-z]{1,20})")
_TWO, _TEN = Decimal(2), Decimal(10)


def pattern_matches(text: str, start: int, end: int) -> Iterator[FigureMention | Span]:
    """The figures from ``start`` to ``end``, and as spans what no number may reach into; in no order."""
    part = text[start:end]
    small = part.lower()
    for row in (*_PATTERNS, *_PATTERNS_IN_SCRIPT) if has_script(part) else _PATTERNS:
        if not row.needs or any(needed in small for needed in row.needs):
            for match in row.pattern.finditer(text, start, end):
                yield from row.read(text, match)


def _amount(value: Decimal, unit: str, hedge: Hedge = Hedge.NONE) -> Quantity:
    return Quantity(low=value, high=value, unit=unit, hedge=hedge, granularity=Decimal(1))


def _mention(match: re.Match[str], quantity: Quantity, kind: FigureKind) -> FigureMention:
    return FigureMention(match.start(), match.end(), replace(quantity, as_written=match[0]), kind)


# Ordinals


def is_label_ordinal(place: Decimal, noun: str, *, scaled: bool = False) -> bool:
    """Whether the ordinal of ``place`` before ``noun`` is a label: a day of a month, a street, a chapter."""
    return (place <= _MOST_DAYS and not scaled) or noun in _PROSE.no_ordinals


# Up to 31 an ordinal may be a day of a month, and is more often a label than a count.
_MOST_DAYS = 31


def _ordinal(text: str, match: re.Match[str]) -> Iterator[FigureMention | Span]:
    scale = match["scale"] or match["more"]
    value = (
        Decimal(match["digits"].replace(",", ""))
        if match["digits"]
        else cardinal(_WORDS.ordinals[match["word"].lower()])
    )
    behind = _WORD.match(text, match.end())
    label = is_label_ordinal(value, behind[1].lower() if behind else "", scaled=bool(scale))
    if label or (match["word"] and _is_part(text, match)):
        yield Span(*match.span(), LeftOut.ORDINAL) if match["digits"] or label else Span(match.start(), match.start())
        return
    factor = cardinal(scale.lower()) if scale else Decimal(1)
    yield _mention(match, _amount(value * factor, ""), FigureKind.ORDINAL)


def _is_part(text: str, match: re.Match[str]) -> bool:
    """``a hundredth of``, ``one thousandth.`` are parts of a whole; ``a hundredth visitor`` is none."""
    before = text[max(match.start() - 5, 0) : match.start()].lower().split()
    behind = _WORD.match(text, match.end())
    of = behind is None or behind[1].lower() in _WORDS.of
    return of and bool(before) and before[-1] in _WORDS.scale_articles | _WORDS.one


def _character_ordinal(text: str, match: re.Match[str]) -> Iterator[FigureMention | Span]:
    literal = match[0].rstrip()
    start, end = match.start(), match.start() + len(literal)
    number_tokens = tokens(literal[1:])
    number = number_at(number_tokens, 0) if number_tokens and number_tokens[0].kind == "han" else None
    try:
        value = number.low if number else read_quantity(literal[1:], "1").low
    except NotationError:
        value = None
    behind = text[end : end + 2].strip()[:1]
    scaled = any(place_value(sign) > 10 for sign in literal)
    if value is None or is_label_ordinal(value, "" if scaled else behind):
        yield Span(start, end, LeftOut.ORDINAL)
        return
    yield FigureMention(start, end, replace(_amount(value, ""), as_written=literal), FigureKind.ORDINAL)


# Numbers in adjectives


def _adjective(_: str, match: re.Match[str]) -> Iterator[FigureMention]:
    """A number in an adjective: ``hundred-billion-dollar``, ``multi-billion-dollar``, ``near-trillion dollar``.

    Groups: prefix, number and noun; or near, scale and money.
    """
    words = (match["number"] or match["scale"]).lower().replace("-", " ")
    noun = match["noun"] or match["money"]
    if noun.lower() in NO_NOUNS or noun.lower() in _WORDS.scales:
        return
    value = _value(words)
    unit = _unit(noun)
    if value is None or unit is None:
        return
    prefix = _PROSE.adjective_prefixes.get((match["prefix"] or match["near"] or "").lower(), "")
    yield _mention(match, _prefixed(value, unit, prefix), kind_of(unit))


def _value(words: str) -> Decimal | None:
    bare = words.partition(" ")[0] in {*_WORDS.scales, *_WORDS.lone_hundreds}
    try:
        return read_quantity(f"1 {words}" if bare else words, "1").low
    except NotationError:
        return None


def _unit(noun: str) -> str | None:
    try:
        return read_quantity(f"2 {noun}").unit
    except NotationError:
        return None


def _prefixed(value: Decimal, unit: str, prefix: str) -> Quantity:
    if prefix == "many":
        low, high = value * _TWO, value * _TEN
        return Quantity(
            low=low, high=high, unit=unit, bound=Bound.RANGE, hedge=Hedge.ORDER_OF_MAGNITUDE, spread=RangeKind.ESTIMATE
        )
    if prefix == "half":
        return replace(_amount(value / 2, unit), granularity=value / 10)
    bound = Bound.LESS_THAN if prefix == "below" else Bound.EXACT
    hedge = {"about": Hedge.ABOUT, "nearly": Hedge.NEARLY}.get(prefix, Hedge.NONE)
    return Quantity(low=value, high=value, unit=unit, bound=bound, hedge=hedge, granularity=value)


def _one_coin(_: str, match: re.Match[str]) -> Iterator[FigureMention]:
    unit = _unit(match["money"]) if match["money"].lower() != "penny" else None
    if unit:
        yield _mention(match, read_quantity(f"1 {match['money']}"), kind_of(unit))


def _lone_scale(_: str, match: re.Match[str]) -> Iterator[FigureMention]:
    """One of a scale that no digit counts: 近万亿美元, 千亿元. Groups: lead, scales, unit."""
    if not match["lead"] and (len(match["scales"]) < 2 or match["unit"] not in LEXICON.units.measures):
        return
    try:
        parsed = read_quantity(f"{match['lead'] or ''}1{match['scales']}{match['unit']}")
    except NotationError:
        return
    quantity = replace(parsed, unit="" if parsed.unit == "thing" else parsed.unit)
    yield _mention(match, quantity, kind_of(quantity.unit))


# Shares and multiples


def _near_zero(_: str, match: re.Match[str]) -> Iterator[FigureMention]:
    yield _mention(match, _amount(Decimal(0), "", Hedge.ABOUT), FigureKind.NUMBER)


def _half(_: str, match: re.Match[str]) -> Iterator[FigureMention]:
    """A half with its limits: 一半以上, 近半数. Groups: lead, trail."""
    yield _mention(match, read_quantity(f"{match['lead'] or ''}50%{match['trail'] or ''}"), FigureKind.PERCENT)


def _fold(_: str, match: re.Match[str]) -> Iterator[FigureMention]:
    """A multiple: ``fivefold``, ``10-fold``. Group: number."""
    value = _value(match["number"].lower())
    if value is not None:
        yield _mention(match, _amount(value, "multiple"), FigureKind.MULTIPLE)


def _each_nth(text: str, match: re.Match[str]) -> Iterator[FigureMention]:
    """One of so many: ``jeder Fünfte``, ``fast jedes dritte Unternehmen``. Group: ordinal."""
    lead = _lead(text, _VERB_LEAD, match.start())
    quantity = _limited(lead, f"1/{_PROSE.nths[match['ordinal'].lower()]}", "1")
    start = match.start() - len(lead)
    quantity = replace(quantity, unit="fraction", as_written=text[start : match.end()])
    yield FigureMention(start, match.end(), quantity, FigureKind.PERCENT)


def _multiplied(text: str, match: re.Match[str]) -> Iterator[FigureMention]:
    """A verb that is a multiple: ``nearly tripled``, ``was halved``, ``verdoppelte``. Group: verb."""
    value = Decimal(_PROSE.multiplying_verbs[match["verb"].lower()])
    yield _times(text, _VERB_LEAD, match, value)


def _doublings(text: str, match: re.Match[str]) -> Iterator[FigureMention]:
    """What doubled once or several times: 翻番, 超翻番, 翻两番 (fourfold). Group: times."""
    yield _times(text, _HAN_LEAD, match, _TWO ** cardinal(match["times"] or "1"))


def _times(text: str, leads: re.Pattern[str], match: re.Match[str], value: Decimal) -> FigureMention:
    lead = _lead(text, leads, match.start())
    quantity = replace(_limited(lead, f"{value}x"), granularity=_ONE if value >= 1 else _TENTH)
    start = match.start() - len(lead)
    quantity = replace(quantity, as_written=text[start : match.end()])
    return FigureMention(start, match.end(), quantity, FigureKind.MULTIPLE, ChangeRole.CHANGE_BY)


def _limited(lead: str, amount: str, unit: str | None = None) -> Quantity:
    """``amount`` with the limit or hedge of ``lead``, a word that may mean so in one language only: German "fast"."""
    for language in (None, *LANGUAGES):
        try:
            return read_quantity(f"{lead} {amount}", unit, language=language)
        except NotationError:
            continue
    return read_quantity(amount, unit)


def _lead(text: str, leads: re.Pattern[str], start: int) -> str:
    """The words right before ``start`` that limit or hedge what is there, the blank behind them included."""
    lead = leads.search(text, max(start - _LONGEST_LEAD, 0), start)
    return lead[0] if lead else ""


def _longest_first(phrases: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(phrases, key=len, reverse=True)))


_LONGEST_LEAD = 24
_HAN = "\u3007"
_VERB_LEAD = re.compile(rf"(?<![\w-])(?:{_longest_first(_PROSE.verb_leads)})\s$", re.IGNORECASE)
_HAN_LEAD = re.compile(rf"(?:{_longest_first(lead for lead in LEXICON.bounds.leads if lead > _HAN)})$")
_ARTICLE = re.compile(rf"(?<![\w-])(?:{_longest_first(_WORDS.articles)})\s$", re.IGNORECASE)
_MARGINS = LEXICON.margins
_OF_MARGIN = re.compile(rf"(?:{_longest_first((*_MARGINS.signs, *_MARGINS.kinds))})(?:\sof)?\s*$", re.IGNORECASE)


def _point_part(text: str, match: re.Match[str]) -> Iterator[FigureMention]:
    """A part of a point: ``a quarter point``, ``half a percentage point``. Groups: three, part and share.

    A quarter of a point is always one of a percentage; half a point is one where rates or shares are spoken of. Behind
    "plus or minus" it is a margin.
    """
    article = _lead(text, _ARTICLE, match.start())
    start = match.start() - len(article)
    if _OF_MARGIN.search(text, max(start - _LONGEST_LEAD, 0), start):
        return
    lead = _lead(text, _VERB_LEAD, start)
    start -= len(lead)
    divisor = Decimal(_WORDS.halves[match["part"].lower()])
    near = text[max(match.start() - _NEAR, 0) : match.end() + _NEAR].lower()
    is_share = bool(match["share"]) or divisor > _TWO or any(word in near for word in _PROSE.about_shares)
    value = (Decimal(3) if match["three"] else _ONE) / divisor * (_CENT if is_share else _ONE)
    quantity = _limited(lead, f"{value}", "fraction" if is_share else "point")
    quantity = replace(quantity, as_written=text[start : match.end()])
    change = ChangeRole.CHANGE_BY if is_changed(text, start, match.end()) else None
    yield FigureMention(start, match.end(), quantity, kind_of(quantity.unit), change)


_NEAR = 60
_TENTH, _CENT = Decimal("0.1"), Decimal("0.01")


# Times and sums without a number


def _one_period(_: str, match: re.Match[str]) -> Iterator[FigureMention]:
    """One of a time that an article counts: ``up to a decade``, ``under a year``, ``took one quarter``.

    Groups: lead and unit; or one, a unit without a lead.
    """
    lead, unit = match["lead"] or "", (match["unit"] or match["one"]).lower()
    if lead.lower() in _PROSE.half_leads:
        yield _mention(match, replace(read_quantity(f"0.5 {unit}"), granularity=Decimal("0.1")), FigureKind.DURATION)
        return
    try:
        quantity = read_quantity(f"{lead} 1 {unit}")
    except NotationError:
        return
    years = _YEARS.get(quantity.unit)
    if years:
        ten = years * _ONE
        quantity = replace(quantity, low=ten, high=ten, unit="year", granularity=_ONE)
    yield _mention(match, quantity, FigureKind.DURATION)


_ONE = Decimal(1)
_YEARS = {"decade": 10, "century": 100}


def _some_periods(_: str, match: re.Match[str]) -> Iterator[FigureMention]:
    """An unsaid number of a time: ``for hours``, ``for weeks``. Group: unit."""
    unit = _unit(match["unit"])
    if unit:
        quantity = Quantity(
            low=_TWO, high=_TEN, unit=unit, bound=Bound.RANGE, hedge=Hedge.ORDER_OF_MAGNITUDE, spread=RangeKind.ESTIMATE
        )
        yield _mention(match, quantity, FigureKind.DURATION)


def _many_digits(_: str, match: re.Match[str]) -> Iterator[FigureMention]:
    """A sum of so many digits: ``a nine-figure sum``. Group: number."""
    digits = _value(match["number"].lower())
    if digits is None or not 2 <= digits <= 12:
        return
    low, high = _TEN ** (int(digits) - 1), _TEN ** int(digits) - 1
    quantity = Quantity(
        low=low, high=high, unit="", bound=Bound.RANGE, hedge=Hedge.ORDER_OF_MAGNITUDE, spread=RangeKind.ESTIMATE
    )
    yield _mention(match, quantity, FigureKind.NUMBER)


_Read = Callable[[str, re.Match[str]], Iterator[FigureMention | Span]]
_READERS: Mapping[Reader, _Read] = {
    Reader.ORDINAL: _ordinal,
    Reader.CHARACTER_ORDINAL: _character_ordinal,
    Reader.ADJECTIVE: _adjective,
    Reader.LONE_SCALE: _lone_scale,
    Reader.HALF: _half,
    Reader.FOLD: _fold,
    Reader.EACH_NTH: _each_nth,
    Reader.MULTIPLIED: _multiplied,
    Reader.DOUBLINGS: _doublings,
    Reader.POINT_PART: _point_part,
    Reader.TO_ONE: to_one,
    Reader.RATIO: ratio,
    Reader.DIMENSIONS: dimensions,
    Reader.NEAR_ZERO: _near_zero,
    Reader.ONE_COIN: _one_coin,
    Reader.ONE_PERIOD: _one_period,
    Reader.SOME_PERIODS: _some_periods,
    Reader.MANY_DIGITS: _many_digits,
}


class _Compiled(NamedTuple):
    """A pattern with its reader, and what its matches hold one of."""

    pattern: re.Pattern[str]
    read: _Read
    needs: tuple[str, ...]


def _compiled(rows: Iterable[FigurePattern]) -> tuple[_Compiled, ...]:
    return tuple(_Compiled(re.compile(row.pattern, re.IGNORECASE), _READERS[row.reader], row.needs) for row in rows)


_WITH_SCRIPT = frozenset(row for language in LANGUAGES if language.script for row in language.prose.figure_patterns)
_PATTERNS = _compiled(row for row in _PROSE.figure_patterns if row not in _WITH_SCRIPT)
_PATTERNS_IN_SCRIPT = _compiled(row for row in _PROSE.figure_patterns if row in _WITH_SCRIPT)
"""Those of languages with a script of their own, which need not be looked for where none of its characters is."""
