"""The figures of running text, as a careful reader would mark them: each number is read, then judged.

Names, dates and figures that no number begins are set aside first, so that no number reaches into them. Only the
surroundings of places where a number can begin are cut into tokens. They are found with one pattern and never overlap,
and every look around a figure is bounded, so the time grows with the length of the text alone.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from heapq import merge
from typing import NamedTuple

from kb.domain.quantity import Quantity
from kb.domain.unit import STANDARD, Units
from kb.domain.unit.names import CURRENCIES
from kb.numbers.amount import multiplier
from kb.numbers.compound_numerals import beginnings
from kb.numbers.figure import figure_at
from kb.numbers.language import Language
from kb.numbers.lexicon import LANGUAGES, LEXICON
from kb.numbers.money import MINUSES, scaled_code
from kb.numbers.notation import quantity_of
from kb.numbers.number import ONE, Number
from kb.numbers.numerals import GLYPHS, number_at
from kb.numbers.qualifiers import FIRST_EXCEPTIONS, FIRST_LEADS
from kb.numbers.recognition import language_of, sections
from kb.numbers.scan import changes, context, limits, multiples, unknown_words
from kb.numbers.scan.boundaries import line_starts, with_breaks
from kb.numbers.scan.bracketed_scales import with_bracketed_scales
from kb.numbers.scan.broken_lines import at_its_end, with_whole_numbers
from kb.numbers.scan.candidate import Candidate, located
from kb.numbers.scan.candidate_filter import is_character_figure, is_figure, reason_of
from kb.numbers.scan.context import of_parts, with_noun
from kb.numbers.scan.distant_margins import with_distant_margins
from kb.numbers.scan.exclusions import Exclusions, masked
from kb.numbers.scan.labels import is_another_label, is_label
from kb.numbers.scan.list_numbers import with_list_points
from kb.numbers.scan.mention import FigureKind, FigureMention, LeftOut, Span, kind_of, merged_spans
from kb.numbers.scan.patterns import is_label_ordinal
from kb.numbers.scan.pounds import as_weight
from kb.numbers.scan.ratios import with_ratios
from kb.numbers.scan.separated_values import with_tabs
from kb.numbers.scan.shared_signs import SharedSigns
from kb.numbers.scan.shared_units import with_shared_units
from kb.numbers.scan.tables import Tables
from kb.numbers.scan.years import is_year
from kb.numbers.token import Token, plain, tokens_of
from kb.numbers.word_numerals import ordinal

_WORDS, _CHARACTERS, _UNITS = LEXICON.word_numerals, LEXICON.character_numerals, LEXICON.units
_UNSEEN = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF), " ")
_UNSEEN |= dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), " ")
_EMPHASIZED = re.compile(r"(?P<sign>\*{1,3})(?=[^\s*])(?P<words>[^*\n]{1,200})(?<=\S)(?P=sign)(?!\*)")


def _numeral_characters() -> str:
    tables = (
        *(_CHARACTERS.digits, _CHARACTERS.tens, _CHARACTERS.scales, _CHARACTERS.vague, _CHARACTERS.half),
        *(_CHARACTERS.upwards, _CHARACTERS.points, _CHARACTERS.ordinal_prefixes, _UNITS.per_before),
    )
    return "".join(sorted({text for table in tables for text in table if len(text) == 1}))


# Such texts have a number at every token; passing over them bounds the time.
_DUMP = re.compile(rf"(?<![\W\d_])[\W\d_]{{2000,}}+|[{_numeral_characters()}\d]{{100,}}+")
"""A dump of data: numbers for thousands of characters without a word that says what is counted."""


def scan(
    text: str,
    language: Language | None = None,
    *,
    dates_too: bool = False,
    all_too: bool = False,
    units: Units = STANDARD,
    lines_are_blocks: bool = False,
) -> Iterator[FigureMention]:
    """The figures of ``text`` in order, none inside another.

    >>> [(one.quantity.as_written, one.quantity.unit) for one in scan("GPT-5 has over 16M users at $20 a month.")]
    [('over 16M users', 'user'), ('$20 a month', 'USD/month')]

    Args:
        text: Running text, in one language or several.
        language: The language of the text: only figures in its script or in digits alone are taken. None takes all,
            and reads them as most of the text's words suggest.
        dates_too: Whether dates are reported as well, with the kind ``date``.
        all_too: Whether numbers that are no figures are reported as well, each with the reason.
        units: The vocabulary of units.
        lines_are_blocks: Whether each line is a paragraph of its own, as in the text of HTML and PDF.
    """
    language_read = language or language_of(text)
    whole, ends = with_whole_numbers(with_tabs(text), language_read)
    marked = _DUMP.sub(_blank, plain(with_list_points(whole)).translate(_UNSEEN))
    clean = marked.replace("*", " ")
    # A pair of asterisks is emphasis; a single one bears a note, which may be the scale of a table.
    tables = Tables(_EMPHASIZED.sub(_blank_around, marked) if "*" in marked else marked, units)
    edges = sorted({*tables.edges(), *(line_starts(clean) if lines_are_blocks else ())})
    asked = _Asked(dates_too, all_too, language_read)
    signs = SharedSigns(clean)
    exclusions, end = Exclusions(clean, tables.set_aside, asked.language, tables.kept, tables.durations), 0
    parts = [(len(clean), language)] if language else sections(clean, language_read)
    for tokens in _stretches(clean, units, parts):
        stretch = with_breaks(whole, tokens, edges)
        for mention in _stretch_mentions(clean, stretch, exclusions, asked, units):
            if mention.start >= end and (language is None or _is_in(language, mention)):
                end = mention.end
                yield signs.read(_written(at_its_end(tables.read(mention), ends), text))


class _Asked(NamedTuple):
    """What is asked for besides figures: dates, and everything that is left out; and the language to read in."""

    dates: bool
    all: bool
    language: Language | None


def _blank(dump: re.Match[str]) -> str:
    return " " * len(dump[0])


def _blank_around(emphasis: re.Match[str]) -> str:
    room = " " * len(emphasis["sign"])
    return f"{room}{emphasis['words']}{room}"


_SCRIPTS = tuple((language, re.compile(language.script)) for language in LANGUAGES if language.script)


def _is_in(language: Language, mention: FigureMention) -> bool:
    """Whether the mention is in the script of ``language``; one without letters is in every language."""
    literal = mention.quantity.as_written
    written_in = [other for other, script in _SCRIPTS if script.search(literal)]
    return (language in written_in if language.script else not written_in) or not any(map(str.isalpha, literal))


def _written(mention: FigureMention, text: str) -> FigureMention:
    """``mention`` with the characters of the text itself, emphasis and full-width forms included."""
    literal = text[mention.start : mention.end]
    if literal == mention.quantity.as_written:
        return mention
    return replace(mention, quantity=replace(mention.quantity, as_written=literal))


def _stretch_mentions(
    text: str, stretch: list[Token], exclusions: Exclusions, asked: _Asked, units: Units
) -> list[FigureMention]:
    """All figures of one stretch by place; of two at one place the longer comes first."""
    own, spans = exclusions.within(stretch[0].start, stretch[-1].end)
    tokens = masked(stretch, spans) if spans else stretch
    numbers = with_bracketed_scales(list(_numbers(text, tokens, asked, units)), text, units)
    numbers = with_shared_units(with_distant_margins(numbers, text), text)
    mentions = with_ratios([*own, *changes.with_nouns(numbers, text)], text)
    if asked.dates or asked.all:
        mentions += [_dated(text, span, asked) for span in spans if span.reason is LeftOut.DATE]
    if asked.all:
        mentions += _inside(text, stretch, spans, mentions)
    # A figure counts before what is left out at the same place.
    return sorted(mentions, key=lambda mention: (mention.start, bool(mention.left_out), -mention.end))


def _inside(
    text: str, tokens: Sequence[Token], spans: Sequence[Span], mentions: Sequence[FigureMention]
) -> Iterator[FigureMention]:
    """The numbers in names, labels and turns of phrase, each with the reason why it is no figure."""
    starts = [token.start for token in tokens]
    taken = merged_spans(Span(mention.start, mention.end) for mention in mentions)
    for span in spans:
        at = bisect_left(starts, span.start)
        place = bisect_left(taken, (span.start + 1,)) - 1
        within = place >= 0 and span.end <= taken[place].end
        while not within and span.reason is not LeftOut.DATE and at < len(tokens) and tokens[at].end <= span.end:
            number = number_at(tokens, at)
            if number and number.low == number.high and tokens[number.end - 1].end <= span.end:
                yield _left_out(text, tokens, at, number, span.reason)
            at = number.end if number else at + 1


def _left_out(text: str, tokens: Sequence[Token], at: int, number: Number, reason: LeftOut) -> FigureMention:
    start, end = tokens[at].start, tokens[number.end - 1].end
    kind = FigureKind.ORDINAL if reason is LeftOut.ORDINAL else FigureKind.NUMBER
    quantity = Quantity(
        low=number.low, high=number.low, unit="", granularity=number.grain or ONE, as_written=text[start:end]
    )
    return FigureMention(start, end, quantity, kind, left_out=reason)


def _numbers(text: str, tokens: Sequence[Token], asked: _Asked, units: Units) -> Iterator[FigureMention]:
    capitals = asked.language is not None and asked.language.noun_capitals
    at = label_end = 0
    while at < len(tokens):
        figure = figure_at(tokens, at) if _may_begin(tokens[at]) else None
        if figure is None:
            at += 1
            continue
        figure = multiples.without_concrete_whole(tokens, at, figure)
        first, core = located(tokens, at, figure)
        order = ordinal(tokens, core) if tokens[core].kind == "word" else None
        if order is not None and order.end > figure.end:
            yield from _ordinal_mention(text, tokens, core, order, asked)
            at = order.end
            continue
        candidate = Candidate(text=text, tokens=tokens, first=first, core=core, figure=figure, noun_capitals=capitals)
        candidate = _read(candidate, units)
        # Behind a label bare numbers are labels too: Python 3.11, 3.12 and 3.13.
        another = is_another_label(candidate, label_end)
        candidate = changes.with_unit_ahead(candidate)
        counts = not another and _is_figure(candidate)
        halves = changes.halves(candidate) if counts else None
        if halves:
            yield from filter(None, (_mention(_read(half, units), units) for half in halves))
            at = halves[1].figure.end
            continue
        mention = _mention(candidate, units) if counts else None
        if another or (mention is None and is_label(candidate)):
            # "Volume One of 12" and "page 6 of 28" are a label and its end, though they read like shares; "pages 3 to
            # 7" are two labels.
            whole = tokens[core].kind == "word" or candidate.number.is_part
            label_end = core + 1 if whole else candidate.number.end
        if mention is None and (asked.dates or asked.all) and is_year(candidate):
            end = candidate.tokens[candidate.figure.high.number.end - 1].end
            mention = _dated(text, Span(candidate.head.start, end, LeftOut.DATE), asked)
        if mention:
            yield mention
        elif asked.all and (number := number_at(tokens, core)) and number.low == number.high:
            yield _left_out(text, tokens, core, number, reason_of(candidate))
            at = number.end
            continue
        # What is no figure itself may have one right behind its first token.
        at = candidate.figure.end if mention else min(figure.end, core + 1 + (tokens[core].text in MINUSES))


def _ordinal_mention(
    text: str, tokens: Sequence[Token], at: int, order: Number, asked: _Asked
) -> Iterator[FigureMention]:
    """An ordinal in words, unless it is a label: without this, "the twenty-first century" would hold a figure of 20."""
    behind = tokens[order.end].low if order.end < len(tokens) else ""
    if is_label_ordinal(order.low, behind):
        if asked.all:
            yield _left_out(text, tokens, at, order, LeftOut.ORDINAL)
        return
    start, end = tokens[at].start, tokens[order.end - 1].end
    quantity = Quantity(low=order.low, high=order.low, unit="", granularity=ONE, as_written=text[start:end])
    yield FigureMention(start, end, quantity, FigureKind.ORDINAL)


def _read(candidate: Candidate, units: Units) -> Candidate:
    """``candidate`` with its noun and what the words around it add."""
    figure = context.with_rate_behind(context.merged_vague(candidate.tokens, candidate.figure), candidate.tokens, units)
    whole = unknown_words.with_scale_behind(candidate.having(figure))
    read = of_parts(context.without_next_rate(with_noun(whole, units)))
    return multiples.in_credit(multiples.in_bytes(multiples.by_factor(read)))


def _is_figure(candidate: Candidate) -> bool:
    if candidate.number.low > candidate.figure.high.number.high:
        return False
    return is_character_figure(candidate) if candidate.head.kind == "han" else is_figure(candidate)


def _mention(candidate: Candidate, units: Units) -> FigureMention | None:
    candidate = as_weight(context.in_local_cents(context.with_rate_before(limits.with_leads(candidate))))
    candidate = multiples.counted(candidate)
    start, end = candidate.tokens[candidate.first].start, candidate.tokens[candidate.figure.end - 1].end
    quantity = quantity_of(candidate.figure, candidate.text[start:end], candidate.unit, units)
    if quantity is None:
        return None
    if quantity.unit == "1":
        quantity = replace(quantity, unit="")
    return FigureMention(
        start,
        end,
        quantity,
        kind_of(quantity.unit),
        changes.role_of(candidate),
        not_understood=unknown_words.of(candidate),
        beside_unit=unknown_words.beside_unit(candidate),
    )


_DIGITS = re.compile(r"\d{4}|\d{1,2}")


def _dated(text: str, span: Span, asked: _Asked) -> FigureMention:
    """The mention of a date, whose number is its year, or else the first number in it, or 0 if it is all words."""
    literal = text[span.start : span.end]
    numbers = _DIGITS.findall(literal)
    year = next((number for number in numbers if len(number) == 4), numbers[0] if numbers else "0")
    value = Decimal(year)
    return FigureMention(
        span.start,
        span.end,
        Quantity(low=value, high=value, unit="", granularity=ONE, as_written=literal),
        FigureKind.DATE,
        left_out=None if asked.dates else LeftOut.DATE,
    )


# Where a figure can stand

_BEHIND = 160
_BEFORE = 64


def _words_at_a_beginning() -> frozenset[str]:
    """The words that begin a number between blanks, without their full stop: three, dozens, mio."""
    spoken = (_WORDS.below_twenty, _WORDS.tens, _WORDS.ordinals, _WORDS.halves, _WORDS.vague_plurals, _WORDS.several)
    more = (_WORDS.scales, _WORDS.hundreds, _WORDS.dozens, _UNITS.article_coins, _UNITS.multipliers)
    tables = (*spoken, *more, LEXICON.prose.multiplying_verbs, LEXICON.prose.beginning_words)
    return frozenset(text.rstrip(".") for table in tables for text in table)


def _signs_at_a_beginning() -> str:
    """The characters that begin a number where no blanks stand, and signs such as ½."""
    written = (_CHARACTERS.digits, _CHARACTERS.tens, _CHARACTERS.twenties, _CHARACTERS.scales, _CHARACTERS.vague)
    around = (_CHARACTERS.half_price, _CHARACTERS.half, _CHARACTERS.upwards, _CHARACTERS.tenths)
    signs = (*written, *around, _CHARACTERS.ordinal_prefixes, _CHARACTERS.multiplying)
    return "".join(sorted({text[0] for table in signs for text in table})) + "".join(GLYPHS)


_PIECE = re.compile(rf"[0-9]++(?:[.,\s]?[0-9]++)*|[{_signs_at_a_beginning()}]++|[A-Za-z\u00c0-\u024f]++")
"""Digits, signs or a word. To look words up is faster than a pattern that holds them all."""
_WORDS_AT_BEGINNING, _PREFIXES = _words_at_a_beginning(), tuple(beginnings())
_STARTS = frozenset(prefix[:3] for prefix in _PREFIXES)
_MORE_BEGINNINGS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in LEXICON.prose.more_beginnings)


def _beginnings(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the first word, character or digits of every number of a part of ``text`` begin and end, in order."""
    pieces = (match.span() for match in _PIECE.finditer(text, start, end) if _begins(match[0]))
    more = ((match.span() for match in pattern.finditer(text, start, end)) for pattern in _MORE_BEGINNINGS)
    return merge(pieces, *more)


def _begins(piece: str) -> bool:
    if not piece[0].isalpha() or piece[0] > "\u024f":
        return True
    low = piece.lower()
    return low in _WORDS_AT_BEGINNING or (low[:3] in _STARTS and low.startswith(_PREFIXES))


def _stretches(text: str, units: Units, parts: Sequence[tuple[int, Language | None]]) -> Iterator[list[Token]]:
    """The tokens around each place where a number can begin; places near each other share theirs.

    Args:
        text: The whole text.
        units: The vocabulary of units.
        parts: The languages of its parts, each with the character behind its last; no stretch is in two of them.
    """
    text = plain(text)
    begin = 0
    for behind, language in parts:
        for start, stop in _spans(text, begin, behind):
            yield tokens_of(text, start, stop, units, language)
        begin = behind


def _spans(text: str, begin: int, behind: int) -> Iterator[tuple[int, int]]:
    """The first character of each stretch of a part of ``text``, and the one behind its last."""
    start = end = begin
    for first, last in _beginnings(text, begin, behind):
        if first - _BEFORE > end:
            if end > begin:
                yield start, _cut(text, end, behind)
            start = _cut(text, max(first - _BEFORE, begin), first)
        end = last + _BEHIND
    if end > begin:
        yield start, behind if end >= behind else _cut(text, end, behind)


_BLANK = re.compile(r"\s")


def _cut(text: str, place: int, last: int) -> int:
    """A blank at or soon behind ``place``, so that no word is cut in two; ``place`` where there is none."""
    if place >= last:
        return last
    blank = _BLANK.search(text, max(place, 0), min(place + 32, last))
    return blank.start() if blank else max(place, 0)


def _first_words() -> frozenset[str]:
    spoken = (_WORDS.below_twenty, _WORDS.tens, _WORDS.ordinals, _WORDS.halves, _WORDS.vague_plurals, _WORDS.several)
    openers = (_WORDS.hundreds, _WORDS.articles, _WORDS.vague_openers)
    written = (_CHARACTERS.digits, _CHARACTERS.tens, _CHARACTERS.twenties, _CHARACTERS.scales, _CHARACTERS.vague)
    around = (_CHARACTERS.vague_idioms, _CHARACTERS.half_price, _CHARACTERS.half, _CHARACTERS.upwards)
    money = (_UNITS.money_signs, _UNITS.dollar_letters, _UNITS.sign_scales, _UNITS.money_names, CURRENCIES)
    leads = (LEXICON.bounds.negatives, LEXICON.bounds.openings, FIRST_LEADS, FIRST_EXCEPTIONS, _UNITS.per_before)
    signs = (GLYPHS, MINUSES, *leads, "([")
    tables = (*spoken, *openers, _WORDS.lone_numbers, *written, *around, *money, *signs)
    return frozenset(text.lower() for table in tables for text in table)


_FIRST = _first_words()


def _may_begin(token: Token) -> bool:
    """Whether a figure, its leading words included, can begin with ``token``."""
    if token.kind == "number" or token.low in _FIRST:
        return True
    named = token.kind == "word" and (scaled_code(token.text) is not None or multiplier(token.low) is not None)
    return named or (bool(token.unit) and token.kind != "link")
