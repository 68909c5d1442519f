"""Which figures does a careful reader mark in a text? One pass from left to right; each number is read, then judged.

What is spoken for (names, dates, words that count in another way) is set aside first, so that no number reaches into
it. Every look around a figure is bounded, so the time grows with the length of the text alone.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from heapq import merge
from typing import Literal

from kb.domain.notation.amount import unit_at
from kb.domain.notation.number import FINEST, ONE, ratio
from kb.domain.notation.quantity import quantity_of
from kb.domain.notation.reading import Figure, behind, figure_at
from kb.domain.notation.search import may_begin, stretches
from kb.domain.notation.token import Token, plain
from kb.domain.quantity import Quantity
from kb.domain.unit import STANDARD, Units
from kb.intake.scan import around, hannoun, noun
from kb.intake.scan.candidate import Candidate, located
from kb.intake.scan.date import dates
from kb.intake.scan.hanjudge import is_han_figure
from kb.intake.scan.hanlexicon import MEASURE_WORDS
from kb.intake.scan.idiom import idioms
from kb.intake.scan.judge import is_figure, is_year
from kb.intake.scan.mention import Kind, Mention, kind_of
from kb.intake.scan.name import named
from kb.intake.scan.span import Span, merged
from kb.intake.scan.special import specials

Language = Literal["en", "zh", "auto"]

_EMPHASIS = {ord("*"): " ", **dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF), " ")}
_EMPHASIS |= dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), " ")
_THINGS = frozenset(("thing", "item"))
_HAN = re.compile(r"\s{0,2}[\u4e00-\u9fff]")


def scan(
    text: str, language: Language = "auto", *, dates_too: bool = False, units: Units = STANDARD
) -> Iterator[Mention]:
    """The figures of ``text`` in order, none inside another.

    >>> [(one.quantity.as_written, one.quantity.unit) for one in scan("GPT-5 has over 16M users at $20 a month.")]
    [('over 16M users', 'user'), ('$20 a month', 'USD/month')]

    Args:
        text: Running text, in English, Chinese or both.
        language: ``en`` and ``zh`` leave out what is written in the other one; ``auto`` takes each figure as it comes.
        dates_too: Whether dates are reported as well, with the kind ``date``.
        units: The vocabulary of units.
    """
    clean = plain(text).translate(_EMPHASIS)
    own, spans = _set_aside(clean, text)
    found = _ordered(own, _numbers(clean, text, spans, units))
    if dates_too:
        found = _ordered(found, _dates(text, clean, spans, units))
    for mention in found:
        if _is_in(language, mention):
            yield mention


def _is_in(language: Language, mention: Mention) -> bool:
    is_han = any("\u4e00" <= letter <= "\u9fff" for letter in mention.quantity.as_written)
    return language == "auto" or (language == "zh") == is_han or not any(map(str.isalpha, mention.quantity.as_written))


def _set_aside(clean: str, text: str) -> tuple[list[Mention], list[Span]]:
    """The figures that no number begins, and everything that the reading of numbers must not touch."""
    spans = merged((*named(clean), *dates(clean), *idioms(clean)))
    own, taken = [], list(spans)
    for one in specials(clean):
        if isinstance(one, Span):
            taken.append(one)
        elif not _covered(spans, one.start, one.end):
            own.append(replace(one, quantity=replace(one.quantity, as_written=text[one.start : one.end])))
            taken.append(Span(one.start, one.end))
    own.sort(key=lambda one: one.start)
    return own, merged(taken)


def _covered(spans: Sequence[Span], start: int, end: int) -> bool:
    at = bisect_left(spans, (end,))
    return at > 0 and spans[at - 1].end > start


def _ordered(left: Sequence[Mention] | Iterator[Mention], right: Iterator[Mention]) -> Iterator[Mention]:
    """Both in one order; of two that share a character the first."""
    end = 0
    for mention in merge(left, right, key=lambda one: one.start):
        if mention.start >= end:
            yield mention
            end = mention.end


# Numbers


def _numbers(clean: str, text: str, spans: Sequence[Span], units: Units) -> Iterator[Mention]:
    aside = _Aside(spans)
    for stretch in stretches(clean, units):
        tokens = aside.marked(stretch)
        at = 0
        while at < len(tokens):
            figure = figure_at(tokens, at) if may_begin(tokens[at]) else None
            if figure is None:
                at += 1
                continue
            one = _read(clean, tokens, at, figure, units)
            mention = _mention(text, one, units) if one else None
            if mention:
                yield mention
                at = one.figure.end if one else figure.end
            else:
                at = max(at + 1, _behind_first(tokens, at, figure))


def _behind_first(tokens: Sequence[Token], at: int, figure: Figure) -> int:
    """Index behind the first number of a figure that is none, so that what follows gets its chance."""
    return min(figure.end, located(tokens, at, figure)[1] + 1)


class _Aside:
    """Marks tokens that lie in spans; both come in order."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = spans
        self._at = 0

    def marked(self, tokens: Sequence[Token]) -> list[Token]:
        """``tokens``, those that touch a span made names that nothing reads."""
        return [self._marked(token) for token in tokens]

    def _marked(self, token: Token) -> Token:
        spans = self._spans
        while self._at < len(spans) and spans[self._at].end <= token.start:
            self._at += 1
        if self._at < len(spans) and spans[self._at].start < token.end:
            return token._replace(kind="name", low="\0" + token.low)
        return token


def _read(text: str, tokens: Sequence[Token], at: int, figure: Figure, units: Units) -> Candidate | None:
    """The figure at ``at`` with its noun and with what the words around it add; None where it is no figure."""
    if figure.low.number.is_ordinal:
        return None
    first, core = located(tokens, at, figure)
    figure = around.merged_vague(tokens, figure)
    figure = around.with_letter_rate(figure, tokens, units)
    one = around.without_next_rate(_counted(Candidate(text, tokens, first, core, figure), units))
    one = _of_parts(one)
    judged = is_han_figure(one) if one.head.kind == "han" else is_figure(one)
    if not judged or _is_upside_down(one):
        return None
    return around.with_rate_before(around.with_leads(one))


def _is_upside_down(one: Candidate) -> bool:
    return one.number.low > one.figure.high.number.high


def _mention(text: str, one: Candidate, units: Units) -> Mention | None:
    start, end = one.tokens[one.first].start, one.tokens[one.figure.end - 1].end
    quantity = quantity_of(one.figure, text[start:end], one.unit, units)
    if quantity is None:
        return None
    if quantity.unit == "1":
        quantity = _without_unit(quantity)
    return Mention(start, end, quantity, kind_of(quantity.unit, units))


def _without_unit(quantity: Quantity) -> Quantity:
    return replace(quantity, unit="")


# What is counted


def _counted(one: Candidate, units: Units) -> Candidate:
    """``one`` with the noun behind it, or with the unit that a sign puts between."""
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
    return _with(one, behind(one.tokens, figure), "")


def _with(one: Candidate, figure: Figure, unit: str) -> Candidate:
    return Candidate(one.text, one.tokens, one.first, one.core, figure, unit)


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
    return _with(one, figure, found.unit)


def _grouped(one: Candidate, units: Units) -> Candidate:
    """``two customer groups`` are groups; a known noun that stands alone is kept."""
    unit, end = one.figure.high.unit, one.figure.end
    one = _with(one, one.figure, "")
    last = one.tokens[end - 1]
    if last.low != unit or one.value == 1 or last.kind != "word":
        return one
    found = noun.counted(one.tokens, end, False, units)
    if found is None or not found.immediate or not found.unit:
        return one
    return _with(one, behind(one.tokens, _bare(one.figure)._replace(end=found.end)), found.unit)


def _han_counted(one: Candidate, units: Units) -> Candidate:
    start = one.figure.high.number.end
    if one.figure.end > start and not one.figure.high.unit:
        start = one.figure.end
    digits = one.head.kind == "number" or one.is_scaled or one.number.end - one.core > 1
    found = hannoun.counted(one.text, one.tokens[start - 1].end, units, bare=digits)
    if found is None:
        return one if one.figure.high.unit not in _THINGS else _with(one, _bare(one.figure), "")
    if one.figure.high.unit not in ("", *_THINGS) and not found.is_said:
        return _with(one, one.figure, "")
    end = next((at for at in range(start, len(one.tokens)) if one.tokens[at].start >= found.end), len(one.tokens))
    figure = behind(one.tokens, _bare(one.figure)._replace(end=max(end, start)))
    return _with(one, figure, found.unit)


def _of_parts(one: Candidate) -> Candidate:
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
    return _with(one, part._replace(low=amount, high=amount), "")


# Dates


def _dates(text: str, clean: str, spans: Sequence[Span], units: Units) -> Iterator[Mention]:
    told = (Span(*span[:2]) for span in spans if span.is_date)
    years = (Span(*place) for place in _years(clean, spans, units))
    for span in sorted((*told, *years)):
        yield Mention(span.start, span.end, _dated(text[span.start : span.end]), Kind.DATE)


def _years(clean: str, spans: Sequence[Span], units: Units) -> Iterator[tuple[int, int]]:
    aside = _Aside(spans)
    for stretch in stretches(clean, units):
        tokens = aside.marked(stretch)
        at = 0
        while at < len(tokens):
            figure = figure_at(tokens, at) if may_begin(tokens[at]) else None
            if figure is None:
                at += 1
                continue
            first, core = located(tokens, at, figure)
            one = _counted(Candidate(clean, tokens, first, core, figure), units)
            if is_year(one):
                yield tokens[core].start, tokens[one.figure.high.number.end - 1].end
            at = max(at + 1, figure.end)


_DIGITS = re.compile(r"\d{4}|\d{1,2}")


def _dated(literal: str) -> Quantity:
    """A date as a number: its year, or the first number in it, 0 where it is written in words alone."""
    numbers = _DIGITS.findall(literal)
    year = next((number for number in numbers if len(number) == 4), numbers[0] if numbers else "0")
    value = Decimal(year)
    return Quantity(value, value, "", granularity=ONE, as_written=literal)
