"""Which figures does a careful reader mark in a text? One pass from left to right; each number is read, then judged.

What is spoken for (names, dates, words that count in another way) is set aside first, so that no number reaches into
it. Every look around a figure is bounded, so the time grows with the length of the text alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from kb.domain.notation.number import ONE
from kb.domain.notation.quantity import quantity_of
from kb.domain.notation.reading import figure_at
from kb.domain.notation.search import may_begin, stretches
from kb.domain.notation.token import Token, plain
from kb.domain.quantity import Quantity
from kb.domain.unit import STANDARD, Units
from kb.intake.scan import around, rate
from kb.intake.scan.aside import Aside, marked
from kb.intake.scan.candidate import Candidate, located
from kb.intake.scan.counted import of_parts, with_noun
from kb.intake.scan.hanjudge import is_han_figure
from kb.intake.scan.judge import is_another_label, is_figure, is_label, is_year
from kb.intake.scan.mention import Kind, Mention, kind_of
from kb.intake.scan.span import Span

Language = Literal["en", "zh", "auto"]

_EMPHASIS = {ord("*"): " ", **dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF), " ")}
_EMPHASIS |= dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), " ")
_DUMP = re.compile(r"(?<![\W\d_])[\W\d_]{2000,}+|[零〇一二两三四五六七八九十百千万亿兆几数半上第每点\d]{100,}+")
"""Numbers after numbers without a word among them, as in a dump of data: nothing there says what is counted."""


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
    clean = _DUMP.sub(_blank, plain(text).translate(_EMPHASIS))
    aside, end = Aside(clean), 0
    for stretch in stretches(clean, units):
        for mention in _found(clean, stretch, aside, dates_too, units):
            if mention.start >= end and _is_in(language, mention):
                end = mention.end
                yield _written(mention, text)


def _blank(dump: re.Match[str]) -> str:
    return " " * len(dump[0])


def _is_in(language: Language, mention: Mention) -> bool:
    literal = mention.quantity.as_written
    is_han = any("\u4e00" <= letter <= "\u9fff" for letter in literal)
    return language == "auto" or (language == "zh") == is_han or not any(map(str.isalpha, literal))


def _written(mention: Mention, text: str) -> Mention:
    """``mention`` with the characters that really stand there, emphasis and full-width forms included."""
    literal = text[mention.start : mention.end]
    if literal == mention.quantity.as_written:
        return mention
    return replace(mention, quantity=replace(mention.quantity, as_written=literal))


def _found(text: str, stretch: list[Token], aside: Aside, dates_too: bool, units: Units) -> list[Mention]:
    """All figures of one stretch, in order of their places, the longer one first."""
    own, spans = aside.within(stretch[0].start, stretch[-1].end)
    tokens = marked(stretch, spans) if spans else stretch
    found = [*own, *_numbers(text, tokens, dates_too, units)]
    if dates_too:
        found += [_dated(text, span) for span in spans if span.is_date]
    return sorted(found, key=lambda one: (one.start, -one.end))


def _numbers(text: str, tokens: Sequence[Token], dates_too: bool, units: Units) -> Iterator[Mention]:
    at = label_end = 0
    while at < len(tokens):
        figure = figure_at(tokens, at) if may_begin(tokens[at]) else None
        if figure is None:
            at += 1
            continue
        first, core = located(tokens, at, figure)
        one = _read(Candidate(text, tokens, first, core, figure), units)
        another = is_another_label(one, label_end)
        mention = None if another or not _is_figure(one) else _mention(one, units)
        label_end = one.figure.end if another or (mention is None and is_label(one)) else label_end
        if mention is None and dates_too and is_year(one):
            mention = _dated(text, Span(one.head.start, one.tokens[one.figure.high.number.end - 1].end))
        if mention:
            yield mention
        at = one.figure.end if mention else min(figure.end, core + 1)


def _read(one: Candidate, units: Units) -> Candidate:
    """``one`` with its noun and with what the words around it add."""
    figure = rate.with_rate_behind(around.merged_vague(one.tokens, one.figure), one.tokens, units)
    return of_parts(rate.without_next_rate(with_noun(one.having(figure), units)))


def _is_figure(one: Candidate) -> bool:
    if one.number.is_ordinal or one.number.low > one.figure.high.number.high:
        return False
    return is_han_figure(one) if one.head.kind == "han" else is_figure(one)


def _mention(one: Candidate, units: Units) -> Mention | None:
    one = rate.with_rate_before(around.with_leads(one))
    start, end = one.tokens[one.first].start, one.tokens[one.figure.end - 1].end
    quantity = quantity_of(one.figure, one.text[start:end], one.unit, units)
    if quantity is None:
        return None
    if quantity.unit == "1":
        quantity = replace(quantity, unit="")
    return Mention(start, end, quantity, kind_of(quantity.unit))


_DIGITS = re.compile(r"\d{4}|\d{1,2}")


def _dated(text: str, span: Span) -> Mention:
    """A date as a number: its year, or the first number in it, 0 where it is written in words alone."""
    literal = text[span.start : span.end]
    numbers = _DIGITS.findall(literal)
    year = next((number for number in numbers if len(number) == 4), numbers[0] if numbers else "0")
    value = Decimal(year)
    return Mention(span.start, span.end, Quantity(value, value, "", granularity=ONE, as_written=literal), Kind.DATE)
