"""The notation of seed files: a whole text read as one quantity; what is none is an error with its place."""

import re
from collections.abc import Sequence
from decimal import Decimal, Inexact
from functools import lru_cache

from kb.domain.margin import Margin, MarginKind
from kb.domain.quantity import PERIODS, Bound, Quantity
from kb.domain.unit import STANDARD, Units
from kb.domain.unit.names import NOUNS
from kb.numbers.figure import ParsedFigure, behind, divided, figure_at, grain, highest, lowest
from kb.numbers.language import Language
from kb.numbers.lexicon import LEXICON, NO_NOUNS
from kb.numbers.margins import ParsedMargin
from kb.numbers.notation_errors import (
    HINT,
    check_beside_unit,
    check_margin,
    check_scales,
    check_second_end,
    check_spelling,
    left_over,
    no_figure,
    too_long,
)
from kb.numbers.notation_notes import NotationError, Notes, canonical_unit, without_notes
from kb.numbers.number import MOST_DIGITS, ONE, in_unit
from kb.numbers.numerals import number_at
from kb.numbers.percentage_points import in_points
from kb.numbers.qualifiers import trail_at
from kb.numbers.token import Token, tokens

_UNITS = LEXICON.units


MOST_CHARACTERS = 300
"""The most characters that a quantity may have."""


_ARTICLE = re.compile(
    rf"\b(?:{'|'.join(sorted(LEXICON.word_numerals.articles))})\s(?=(?:{'|'.join((*PERIODS, 'decade', 'century'))})\b)",
    re.IGNORECASE,
)
"""The article that counts a time in a value: up to a decade."""


def read_quantity(
    text: str, default_unit: str | None = None, units: Units = STANDARD, language: Language | None = None
) -> Quantity:
    """The quantity that ``text`` states from its first character to its last.

    >>> read_quantity("upward of $2-3k/month").low, read_quantity("upward of $2-3k/month").unit
    (Decimal('2000'), 'USD/month')
    >>> read_quantity("16M", default_unit="query").unit
    'query'
    >>> read_quantity("30", default_unit="percent").low
    Decimal('0.3')

    Args:
        text: One quantity, in the words of any language.
        default_unit: Unit of a bare number; without it a bare number is an error.
        units: The vocabulary of units.
        language: The language of ``text``, if it is quoted from one: its homographs and its decimal mark count. Without
            it digits are written as in English.

    Raises:
        NotationError: ``text`` is no quantity, or more than one.
    """
    if not text.strip():
        raise NotationError("there is no quantity here", HINT)
    if len(text) > MOST_CHARACTERS:
        raise NotationError(f"a quantity has at most {MOST_CHARACTERS} characters", HINT, MOST_CHARACTERS)
    body, notes = without_notes(text, units)
    body_tokens = tokens(body, units, language)
    figure = figure_at(body_tokens, 0)
    if figure is None and (counted := _ARTICLE.sub("1 ", body, count=1)) != body:
        body_tokens = tokens(counted, units, language)
        figure, body = figure_at(body_tokens, 0), counted
    if figure is None:
        raise no_figure(text, body_tokens)
    check_margin(text, body_tokens, figure, default_unit)
    unit, end, figure = _unit(text, body, body_tokens, figure, notes, default_unit, units)
    if end < len(body_tokens):
        raise left_over(text, body_tokens, end, figure)
    try:
        quantity = _made(text, figure, unit, notes)
    except ValueError as error:
        raise NotationError(f"{text.strip()!r} is no quantity: {error}", HINT) from None
    if not _is_writable(quantity):
        raise too_long(0)
    return in_points(quantity)


def _is_writable(quantity: Quantity) -> bool:
    """Whether its ends, which an export writes in full, have no more digits than can be read."""
    ends = (end for end in (quantity.low, quantity.high) if end is not None)
    return all(sum(map(str.isdigit, f"{end:f}")) <= MOST_DIGITS for end in ends)


def quantity_of(figure: ParsedFigure, as_written: str, unit: str = "", units: Units = STANDARD) -> Quantity | None:
    """The quantity of ``figure``, in its own unit or else in ``unit``; None if it makes none.

    Ends in the wrong order make none, nor does a rate that has no exact decimal. A figure without a unit but with a
    rate (``8000 a month``) is in ``1/month`` unless ``unit`` is given.
    """
    base = figure.high.unit
    if lowest(figure) > highest(figure):
        return None
    try:
        whole = _with_rates(base or unit or "1", figure, units) if figure.rates else (base or unit, 0, figure)
    except NotationError:
        return None
    return _made(as_written, whole[2], whole[0], Notes())


def _made(text: str, figure: ParsedFigure, unit: str, notes: Notes) -> Quantity:
    low, high = lowest(figure), highest(figure)
    bound, hedge = figure.qualifier
    two = low != high or figure.low is not figure.high
    if two and bound is Bound.EXACT:
        bound = Bound.RANGE
    spread = None if notes.plain else notes.spread or (figure.spread if two else None)
    place = None if notes.no_digits or figure.is_exact else notes.grain or grain(figure)
    first = None if "no low end" in notes.missing_ends else low
    last = None if "no high end" in notes.missing_ends else high
    hedge = notes.hedge or hedge
    return Quantity(
        low=first,
        high=last,
        unit=unit,
        bound=bound,
        hedge=hedge,
        spread=spread,
        granularity=place,
        as_written=text.strip(),
        low_open=figure.low_open,
        high_open=figure.high_open,
        margin=_margin(figure.margin, notes, two=two),
    )


def _margin(margin: ParsedMargin | None, notes: Notes, *, two: bool) -> Margin | None:
    """The margin of a number, or that a range is an interval, with what the brackets say of its sense."""
    level = notes.level if notes.level is not None else (margin.level if margin else None)
    if two:
        is_interval = margin is not None or notes.margin in (MarginKind.INTERVAL, MarginKind.CONFIDENCE_INTERVAL)
        return Margin(kind=MarginKind.INTERVAL, level=level) if is_interval else None
    if margin is None:
        if notes.margin:
            raise ValueError("it has no margin")
        return None
    below = margin.below if margin.below != margin.above else None
    return Margin(size=margin.above, below=below, kind=notes.margin or margin.kind, level=level)


# Units


def _unit(
    text: str,
    body: str,
    tokens: list[Token],
    figure: ParsedFigure,
    notes: Notes,
    default: str | None,
    units: Units,
) -> tuple[str, int, ParsedFigure]:
    """The figure's unit, the index behind it, and the figure with the rates and words that follow its unit."""
    if notes.unit is not None:
        return notes.unit, figure.end, figure
    base = figure.high.unit
    if figure.low is figure.high:
        check_second_end(text, tokens, figure)
    spelled = _spelled(body, tokens, figure, units)
    if spelled:
        return spelled, len(tokens), figure
    if figure.high.number.is_part and figure.end < len(tokens) and tokens[figure.end].kind == "word":
        figure = _noun(tokens, figure, units)[1]
    if not base and (not figure.rates or figure.end < len(tokens)):
        base, figure = _noun(tokens, figure, units)
    if not base and figure.end < len(tokens):
        raise left_over(text, tokens, figure.end, figure)
    if not base:
        unit, figure = _in_percent(_default(text, figure, default), figure)
        return unit, figure.end, figure
    return _with_rates(base, figure, units)


def _spelled(body: str, tokens: list[Token], figure: ParsedFigure, units: Units) -> str:
    """A canonical unit with ``*`` or ``**`` in it, from the number to the end of the text; empty if there is none."""
    last = figure.high.number.end
    if last >= len(tokens) or figure.end == len(tokens) or tokens[last].kind not in ("word", "han"):
        return ""
    rest = body[tokens[last].start :].strip()
    if "*" not in rest:
        return ""
    # A unit that is spelled out ends only with the text, and would swallow words that belong to the number.
    wrong = next((token for token in tokens[last:] if token.low in NO_NOUNS and token.low != "per"), None)
    if wrong:
        raise NotationError(f"{wrong.text!r} names no unit", "write a unit like 'USD*hour/person'", wrong.start)
    return canonical_unit(rest, tokens[last].start, units)


def _noun(tokens: list[Token], figure: ParsedFigure, units: Units) -> tuple[str, ParsedFigure]:
    """The unit of what is counted, behind any adjectives: ``24,000 fraudulent accounts``; empty if nothing is."""
    at = figure.end + (
        figure.end < len(tokens)
        and tokens[figure.end].low in LEXICON.word_numerals.of
        and figure.low.number.grain is None
    )
    words: list[Token] = []
    while at < len(tokens) and len(words) < 4 and _may_be_noun(tokens, at):
        words.append(tokens[at])
        at += 1
    if not words:
        return "", figure
    check_scales(words)
    # A known word with others behind it names no new unit: 月月 would read back as a month and a word left over.
    whole = "".join(token.text for token in words)
    if words[0].kind == "han" and len(words) > 1 and units.known(words[0].text) and not units.known(whole):
        at, words = at - len(words) + 1, words[:1]
    name = "".join(token.text for token in words) if words[0].kind == "han" else words[-1].text
    known = _UNITS.measures.get(name.lower())
    if known and (len(words) > 1 or known[1] != ONE):
        raise NotationError(
            f"no unit {name!r} with words before it", "write the currency's code, e.g. 'CAD'", words[0].start
        )
    if not known and not units.known(name):
        check_spelling(words[-1])
    unit = known[0] if known else canonical_unit(name, words[0].start, units)
    check_beside_unit(words, unit)
    return unit, behind(tokens, figure._replace(end=at))


def _may_be_noun(tokens: Sequence[Token], at: int) -> bool:
    token = tokens[at]
    if token.kind not in ("word", "han") or token.low in NO_NOUNS or token.low in _UNITS.rate_adverbs:
        return False
    # A letter that touches digits is a scale or a symbol, never a noun: 5m.
    touching = at > 0 and tokens[at - 1].kind == "number" and tokens[at - 1].end == token.start
    letter = token.kind == "word" and (touching or len(token.text) < 2)
    return not letter and trail_at(tokens, at) is None


def _with_rates(base: str, figure: ParsedFigure, units: Units) -> tuple[str, int, ParsedFigure]:
    if not figure.rates:
        return base, figure.end, figure
    parts, factor = [base], ONE
    for scale, noun in figure.rates:
        name, rest = _counted(scale, noun, units)
        parts.append(_PRODUCT.sub("/", name))
        factor *= rest
    unit = _joined_unit("/".join(parts), units)
    return unit, figure.end, figure if factor == ONE else _shrunk(figure, factor)


_PRODUCT = re.compile(r"(?<!\*)\*(?!\*)")
_PREFIXES = {Decimal(10**3): "k", Decimal(10**6): "M", Decimal(10**9): "G", Decimal(10**12): "T"}


def _counted(scale: Decimal, noun: str, units: Units) -> tuple[str, Decimal]:
    """The unit for ``scale`` of a noun, and the divisor that is left: ``Mtoken`` has a prefix, 500 tokens has none."""
    prefix = _PREFIXES.get(scale)
    if prefix and (noun in NOUNS or units.known(prefix + noun) == prefix + noun):
        return prefix + noun, ONE
    return noun, scale


def _shrunk(figure: ParsedFigure, factor: Decimal) -> ParsedFigure:
    def smaller(grain: Decimal | None) -> Decimal | None:
        # A hundred in 24 hours is about four in an hour, and a granularity is a power of ten.
        return None if grain is None else Decimal(1).scaleb((grain / factor).adjusted())

    try:
        numbers = [
            end.number._replace(
                low=divided(end.number.low, factor),
                high=divided(end.number.high, factor),
                grain=smaller(end.number.grain),
            )
            for end in (figure.low, figure.high)
        ]
    except Inexact:
        raise NotationError(f"a rate per {factor} has no exact decimal", "give it per one") from None
    low = figure.low._replace(number=numbers[0])
    high = low if figure.low is figure.high else figure.high._replace(number=numbers[1])
    margin = figure.margin.divided(factor) if figure.margin else None
    return figure._replace(low=low, high=high, margin=margin)


@lru_cache(maxsize=1024)
def _joined_unit(text: str, units: Units) -> str:
    return canonical_unit(text, 0, units)


def _in_percent(unit: str, figure: ParsedFigure) -> tuple[str, ParsedFigure]:
    """The unit and figure of a bare number in ``unit``, in hundredths if that is percent.

    A measure in percent once took 30 for 3000%.
    """
    head, slash, under = unit.partition("/")
    name, factor = _UNITS.measures.get(head.lower(), (head, ONE))
    if name != "fraction" or factor == ONE:
        return unit, figure
    low = in_unit(figure.low.number, name, factor, figure.low.end)
    high = low if figure.low is figure.high else in_unit(figure.high.number, name, factor, figure.high.end)
    margin = figure.margin.times(factor) if figure.margin else None
    return name + slash + under, figure._replace(low=low, high=high, margin=margin)


def _default(text: str, figure: ParsedFigure, default: str | None) -> str:
    if default is None:
        hint = "write '$8000', '8000 USD/month', '16M queries', '10x' or '25%'"
        raise NotationError(f"no unit in {text.strip()!r}", hint)
    rate_nouns = [noun for _, noun in figure.rates]
    if rate_nouns and not all(noun in PERIODS and default.endswith("/" + noun) for noun in rate_nouns):
        raise NotationError(
            f"no unit in {text.strip()!r}, only 'per {rate_nouns[-1]}'", f"write the unit, e.g. '{default}'"
        )
    return default


_WORDS = frozenset({*NO_NOUNS, *_UNITS.rate_adverbs, *LEXICON.bounds.leads, *LEXICON.bounds.trails})


def reserved(text: str) -> str:
    """Why no unit can be called ``text``: what it already means in a quantity; empty for a free word.

    >>> reserved("dozen"), reserved("三百"), reserved("cents")
    ('is a word for a number', 'is a word for a number', 'means USD already')
    >>> reserved("about"), reserved("wafer"), reserved("晶圆")
    ('belongs to the words around a number', '', '')
    """
    if text in _UNITS.money_signs or text.lower() in _UNITS.measures:
        return f"means {_UNITS.money_signs.get(text) or _UNITS.measures[text.lower()][0]} already"
    for wording in (tokens(text), tokens(f"2 {text}")):
        number = number_at(wording, 0) if wording else None
        if number is not None and number.end == len(wording):
            return "is a word for a number"
    return "belongs to the words around a number" if text.lower() in _WORDS else ""
