"""The tokens of a text, cut in one pass from left to right.

No pattern here backtracks (all repeats are possessive), so the time grows with the length alone.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from kb.domain.unit import STANDARD, Units
from kb.domain.unit.names import CURRENCIES
from kb.numbers.compound_numerals import compound_number
from kb.numbers.language import Language
from kb.numbers.lexicon import LEXICON
from kb.numbers.number import BLANKS, POWER, separated, with_point


class Token(NamedTuple):
    """One number, word or sign.

    Attributes:
        kind: ``number`` (digits), ``word`` (letters, perhaps with digits behind), ``han`` (a Chinese word, or one
            character of an unknown one), ``link`` (an address, in which nothing is read), ``torn``
            (digits that make no number: of other scripts, with marks between them) or ``sign``.
        text: Its characters, with full-width forms made plain; of a number in one word, or with the marks of another
            language, its digits as English writes them.
        low: ``text`` in small letters; of a number in one word that word, and of a homograph what it is read as.
        start: Place of its first character in the text.
        end: Place behind its last.
        unit: The unit from a seed file that it spells, or a compound of known ones (``gpu*hour``); empty for all else.
    """

    kind: str
    text: str
    low: str
    start: int
    end: int
    unit: str = ""


_TEARS = "_'\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u201a\u066b\u066c\u00b2\u00b3\u00b9\u2070-\u2079"
"""Unseen marks and the like: between digits they leave open which number is meant."""

_SWISS = r"[0-9]{1,3}(?:'[0-9]{3})+(?:\.[0-9]++)?(?![0-9'])"
"""A number whose thousands an apostrophe parts."""
_GLUED = "|".join(sorted({*CURRENCIES, *LEXICON.units.money_names}, key=len, reverse=True))
"""Codes and names of money that may touch the number behind them: USD34.6, Rs500."""
_DOTTED = "|".join(
    sorted(
        {
            text.rstrip(".")
            for table in (LEXICON.word_numerals.scales, LEXICON.units.measures)
            for text in table
            if text.endswith(".")
        }
    )
)
"""Words whose full stop belongs to them: Mio."""
_CLOCK = re.compile(r"[hm](?:[0-9]{1,2}(?:\.[0-9]{1,3})?[ms])+(?<=[ms])")
"""What follows the first digits of a duration: h15m of 2h15m."""

_ACCENTED = r"\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
"""Letters with accents; × and ÷, which stand among them, are signs."""

# Only single characters are repeated possessively: before 3.11.5 Python loses track of groups inside such repeats.
_PATTERN = re.compile(
    rf"""(?P<link>(?:https?|ftp)://[^\s<>\u3000-\u303f\uff00-\uffef]++|www\.[^\s<>\u3000-\u303f\uff00-\uffef]++)
      |(?P<torn>[0-9]*+(?![0-9])\d++|(?!{_SWISS})[0-9]++(?:[{_TEARS}][0-9]++)+(?![0-9"″”]))
      |(?P<number>{_SWISS}
                    |(?:(?<![0-9][{BLANKS}])[0-9]{{1,3}}+(?:[{BLANKS}][0-9]{{3}}(?![0-9]))+(?:[.,][0-9]++)?
                    |[0-9]++(?:[.,][0-9]++)*
                    |(?<![A-Za-z])\.[0-9]++)(?:{POWER})?)
      |(?P<code>(?=[A-Z][A-Za-z]{{1,3}}[0-9])(?:{_GLUED})(?=[0-9]))
      |(?P<word>(?i:{_DOTTED})\.|[A-Za-z](?:\.[A-Za-z])+(?:\.|(?![A-Za-z0-9]))|[A-Za-z{_ACCENTED}\u00b5\u03bc\u03a9][A-Za-z0-9{_ACCENTED}\u03a9]*+(?:'[A-Za-z]++)?)
      |(?P<han>[\u3007\u3400-\u4dbf\u4e00-\u9fff\u5186]++)
      |(?P<sign>[<>]=|=[<>]|<>|!=|\*\*|--++|\S)
      |\s++""",
    re.VERBOSE,
)
_HYPHENED = re.compile(r"[A-Za-z]-[A-Za-z]")
_PLAIN = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x2044: 0x2F, 0x2019: 0x27}
# The hyphen proper and the one that breaks no line.
_PLAIN |= dict.fromkeys((0x2010, 0x2011), 0x2D)
# The percent sign of Arabic.
_PLAIN[0x66A] = 0x25
# The sign for a ratio.
_PLAIN[0x2236] = 0x3A
# A full-width comma parts clauses; the few that group digits are made plain apart.
del _PLAIN[0xFF0C]


def _by_first(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Words of two characters and more by their first character, the longest first."""
    by_first: dict[str, list[str]] = {}
    # 大于等于 must be tried before 大于, which begins it.
    for text in sorted(words, key=len, reverse=True):
        if len(text) > 1:
            by_first.setdefault(text[0], []).append(text)
    return {first: tuple(texts) for first, texts in by_first.items()}


def _han_words() -> dict[str, tuple[str, ...]]:
    numerals, bounds, units = LEXICON.character_numerals, LEXICON.bounds, LEXICON.units
    tables = (
        *(numerals.vague, numerals.vague_idioms, numerals.more, numerals.parts, numerals.points_of_share),
        *(numerals.half_price, bounds.leads, bounds.trails, bounds.openings, bounds.joiners, bounds.negatives),
        *(bounds.sides, bounds.pair_ends, units.measures, units.nouns, *units.small_change.values()),
        *(LEXICON.nouns.powers, LEXICON.margins.signs, LEXICON.margins.kinds),
    )
    return _by_first(text for table in tables for text in table if "\u3007" <= text[0] <= "\u9fff")


_HAN = _han_words()


def plain(text: str) -> str:
    """``text`` with full-width forms and the digits of other scripts made plain; every character keeps its place."""
    if "-" in text:
        text = _MIXED.sub(_with_blanks, text)
    if any(marks in text for marks in _DASHED):
        text = _NO_EUROS.sub(_in_cents, _ROUND.sub(_with_noughts, text))
    if text.isascii():
        return text
    if "\uff0c" in text:
        text = _grouped(text)
    if "–" in text or "—" in text:
        text = _NO_CENTS.sub(_as_blanks, text)
    if _FOREIGN_DIGIT.search(text):
        text = _FOREIGN.sub(_in_western_digits, text)
    return text.translate(_PLAIN)


def _mixed() -> str:
    """A pattern for hyphens between a number word and the part behind it: three-and-a-half, two-and-two-thirds."""
    numerals = LEXICON.word_numerals
    ands, parts = ("|".join(sorted(map(re.escape, table))) for table in (numerals.ands, _parts_of_a_whole()))
    counts = "|".join(sorted({*numerals.articles, *numerals.below_twenty}, key=len, reverse=True))
    return rf"(?<=\w)-(?:{ands})-(?:(?:{counts})-)?(?=(?:{parts})(?!\w))"


def _parts_of_a_whole() -> set[str]:
    numerals = LEXICON.word_numerals
    return {*numerals.halves, *numerals.part_plurals, *numerals.ordinals} - numerals.whole_ordinals


_MIXED = re.compile(_mixed(), re.IGNORECASE)


def _with_blanks(link: re.Match[str]) -> str:
    return link[0].replace("-", " ")


_DASHED = tuple(marks for dash in "-–—" for marks in ("," + dash, dash + ","))
_COIN = r"(?=\s?(?:€|EUR\b|Euro\b|CHF\b|Fr\.|Franken\b|DM\b))"
_ROUND = re.compile(rf"(?<![\w.,])(?P<whole>[0-9]{{1,3}}(?:\.[0-9]{{3}})*+|[0-9]++),[-–—]{_COIN}")
"""An amount without cents: 5.000,- Euro. Its dash shows that the points part thousands, whatever the language."""
_NO_EUROS = re.compile(rf"(?<![\w.,])[-–—],(?=[0-9]{{2}}{_COIN})")
"""The dash of an amount in cents alone: -,50 €."""


def _with_noughts(amount: re.Match[str]) -> str:
    # As long as the original, so that places in the text stay what they are; no cents are as precise as some.
    return (amount["whole"].replace(".", "") + ".").ljust(len(amount[0]), "0")


def _in_cents(_: re.Match[str]) -> str:
    return "0."


_NO_CENTS = re.compile(r"(?<=[0-9])[.,][–—](?=\s|[€)]|$)")
"""A dash for no cents: 19,– Euro."""


def _as_blanks(marks: re.Match[str]) -> str:
    return " " * len(marks[0])


_ZEROS = (
    *(0x660, 0x6F0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xE50, 0xED0, 0xF20, 0x1040, 0x17E0),
)
"""The noughts of Arabic, Persian, the scripts of India, Thai, Lao, Tibetan, Burmese and Khmer."""
_FOREIGN = re.compile(
    "|".join(
        rf"(?<!\d)[{chr(zero)}-{chr(zero + 9)}]+(?:[.,\u066b\u066c][{chr(zero)}-{chr(zero + 9)}]+)*(?!\d)"
        for zero in _ZEROS
    )
)
"""A number in the digits of one script. Digits of two scripts are no number: somebody mistyped or hides one."""
_FOREIGN_DIGIT = re.compile(f"[{''.join(f'{chr(zero)}-{chr(zero + 9)}' for zero in _ZEROS)}]")
_WESTERN = {zero + digit: 0x30 + digit for zero in _ZEROS for digit in range(10)} | {0x66B: 0x2E, 0x66C: 0x2C}


def _in_western_digits(number: re.Match[str]) -> str:
    return number[0].translate(_WESTERN)


def _grouped(text: str) -> str:
    """``text`` with plain commas between full-width digits; elsewhere a full-width comma parts clauses."""
    letters = list(text)
    for place in range(1, len(letters) - 1):
        if (
            letters[place] == "\uff0c"
            and "\uff10" <= text[place - 1] <= "\uff19"
            and "\uff10" <= text[place + 1] <= "\uff19"
        ):
            letters[place] = ","
    return "".join(letters)


def tokens(text: str, units: Units = STANDARD, language: Language | None = None) -> list[Token]:
    """The tokens of ``text`` in order; blanks make none, but show between ``end`` and the next ``start``.

    A word that ``units`` join with a hyphen (``GPU-hours``) is one token.

    >>> [token.text for token in tokens("upward of $2,000-3k")]
    ['upward', 'of', '$', '2,000', '-', '3', 'k']
    >>> [token.text for token in tokens("1.1 万亿美元以上")]
    ['1.1', '万', '亿', '美元', '以上']
    """
    return tokens_of(plain(text), 0, len(text), units, language)


def tokens_of(
    text: str, start: int, end: int, units: Units = STANDARD, language: Language | None = None
) -> list[Token]:
    """The tokens from ``start`` to ``end`` of a ``text`` that is plain already; places count from its beginning.

    A homograph of ``language``, that of the text, has in ``low`` the word that it is read as.
    """
    run: list[Token] = []
    own = units.declared_spellings
    words = _own_words(units) if own else {}
    has_comma = language is not None and bool(language.decimal_mark)
    for match in _PATTERN.finditer(text, start, end):
        kind = match.lastgroup
        if kind == "han":
            run.extend(_segmented(match[0], match.start(), words))
        elif kind == "number":
            run.extend(_numbers(match[0], match.start(), has_comma=has_comma))
        elif kind == "word" and run and run[-1].end == match.start() and _CLOCK.fullmatch(match[0]):
            run.extend(_clock(match[0], match.start()))
        elif kind is not None:
            run.append(_single(match, kind))
    if _HYPHENED.search(text, start, end):
        run = list(_compounds(run, units))
    if language is not None and (homographs := language.homographs):
        run = [token._replace(low=homographs.get(token.low, token.low)) for token in run]
    return [_spelled(token, units) for token in run] if own else run


def _single(match: re.Match[str], kind: str) -> Token:
    """The token of a word, a code or a sign; a word that is a number counts as its digits."""
    low = match[0].lower()
    if kind == "word" and (value := compound_number(low)) is not None:
        return Token("number", str(value), low, *match.span())
    return Token("word" if kind == "code" else kind, match[0], low, *match.span())


def _numbers(run: str, offset: int, *, has_comma: bool) -> Iterator[Token]:
    """The numbers in a run of digits; with ``has_comma`` in a language that writes a comma before decimals."""
    number = with_point(run) if has_comma else run
    # "22,24,26" is a list and "1,234.5" one number.
    if number == run and ("," in run or run.count(".") > 1):
        yield from _listed(run, offset)
    else:
        yield Token("number", number, number, offset, offset + len(run))


def _listed(run: str, offset: int) -> Iterator[Token]:
    """The numbers of a run of digits and separators, and the separators between them; one torn token for none."""
    numbers = tuple(separated(run))
    if not numbers:
        yield Token("torn", run, run, offset, offset + len(run))
        return
    end = 0
    for text, place in numbers:
        if place > end:
            yield Token("sign", run[end:place], run[end:place], offset + end, offset + place)
        end = place + len(text)
        yield Token("number", text, text, offset + place, offset + end)


def _clock(text: str, offset: int) -> Iterator[Token]:
    """The letters and digits of a duration, each letter with the unit that it stands for: h15m, m30s."""
    for match in _CLOCK_PARTS.finditer(text):
        kind = "number" if match[0][0].isdigit() else "word"
        word = {"h": "hour", "m": "minute", "s": "second"}.get(match[0], match[0])
        yield Token(kind, word, word, offset + match.start(), offset + match.end())


_CLOCK_PARTS = re.compile(r"[0-9.]+|[hms]")


def _spelled(token: Token, units: Units) -> Token:
    unit = units.declared_unit(token.text) if token.kind != "number" and not token.unit else None
    return token._replace(unit=unit) if unit else token


def _compounds(run: Sequence[Token], units: Units) -> Iterator[Token]:
    """``run`` with ``GPU``, ``-`` and ``hours`` as one word where they touch and make a unit."""
    at = 0
    while at < len(run):
        hyphened = at + 2 < len(run) and run[at + 1].text == "-"
        hyphened = hyphened and not (at and _is_scale(run[at - 1], run[at]))
        joined = _joined(run[at], run[at + 1], run[at + 2], units) if hyphened else None
        yield joined or run[at]
        at += 3 if joined else 1


def _is_scale(number: Token, letter: Token) -> bool:
    """Whether ``letter`` is the scale of the digits that it touches: a 7B-parameter model has no bytes."""
    touching = number.kind == "number" and number.end == letter.start
    return touching and letter.text in LEXICON.units.scale_letters


def _joined(left: Token, hyphen: Token, right: Token, units: Units) -> Token | None:
    touching = left.end == hyphen.start and hyphen.end == right.start
    if not touching or left.kind != "word" or right.kind != "word":
        return None
    text = f"{left.text}-{right.text}"
    unit = units.compound(text)
    return Token("word", text, text.lower(), left.start, right.end, unit) if unit else None


def _segmented(run: str, offset: int, own: Mapping[str, tuple[str, ...]]) -> list[Token]:
    """Words of a run of Chinese characters, the longest known one first; characters of unknown words one by one."""
    words, place = [], 0
    while place < len(run):
        text = run[place]
        for longer in own.get(text) or _HAN.get(text, ()):
            if run.startswith(longer, place):
                text = longer
                break
        words.append(Token("han", text, text, offset + place, offset + place + len(text)))
        place += len(text)
    return words


@lru_cache(maxsize=64)
def _own_words(units: Units) -> Mapping[str, tuple[str, ...]]:
    """Chinese words by their first character, for the characters with which a unit of a seed file begins."""
    own = frozenset(text for text in units.declared_spellings if "\u3007" <= text[0] <= "\u9fff")
    firsts = {text[0] for text in own}
    known = {text for first in firsts for text in _HAN.get(first, ())}
    return _by_first(known | own)
