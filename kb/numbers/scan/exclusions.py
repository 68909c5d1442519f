"""Names, dates and idioms whose digits are no figures, set aside before the numbers of a text are read.

A name is judged piece by piece; a piece is a run of characters without a blank: ``GPT-4o``, ``v2.1``. Every pattern
starts only where a run starts and does not backtrack, so the time grows with the length of the text alone. Dates are
those that show by themselves; years that show by the words around them (``in 2025``) are judged with the figure.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence, Set
from itertools import islice

from kb.domain.unit import STANDARD
from kb.domain.unit.names import CURRENCIES
from kb.numbers.language import Language
from kb.numbers.lexicon import LANGUAGES, LEXICON, has_script
from kb.numbers.number import BLANKS
from kb.numbers.scan.durations import is_duration
from kb.numbers.scan.mention import FigureMention, LeftOut, Span, merged_spans
from kb.numbers.scan.patterns import pattern_matches
from kb.numbers.scan.proportions import is_ratio_at
from kb.numbers.token import Token
from kb.numbers.unit_expression import is_symbol_with_digit
from kb.numbers.word_tables import words

_PROSE, _UNITS = LEXICON.prose, LEXICON.units
_WORDS, _CHARACTERS = LEXICON.word_numerals, LEXICON.character_numerals

_WITH_SCRIPT = frozenset(pattern for language in LANGUAGES if language.script for pattern in language.prose.dates)
_DATES = tuple(re.compile(pattern) for pattern in _PROSE.dates if pattern not in _WITH_SCRIPT)
_DATES_IN_SCRIPT = tuple(re.compile(pattern) for pattern in _PROSE.dates if pattern in _WITH_SCRIPT)
"""Those of languages with a script of their own, which need not be looked for where none of its characters is."""


def date_spans(text: str, start: int, end: int) -> Iterator[Span]:
    """The dates and times of day from ``start`` to ``end`` of ``text`` that show by themselves."""
    for pattern in (*_DATES, *_DATES_IN_SCRIPT) if has_script(text[start:end]) else _DATES:
        for match in pattern.finditer(text, start, end):
            coloned = ":" in match[0]
            if not coloned or not (is_duration(text, *match.span()) or is_ratio_at(text, match.start())):
                yield Span(*match.span(), LeftOut.DATE)


_LONGEST = max(map(len, _PROSE.idioms))
_FIRST = re.compile("[" + "".join(sorted({idiom[0] for idiom in _PROSE.idioms})) + "]")
_SCALES = frozenset((*_CHARACTERS.tens, *_CHARACTERS.scales))
_NUMERALS = frozenset(
    (
        *_CHARACTERS.digits,
        *_SCALES,
        *_CHARACTERS.vague,
        *_CHARACTERS.upwards,
        *_CHARACTERS.ordinal_prefixes,
        *"0123456789",
    )
)


def idiom_spans(text: str, first: int, last: int) -> Iterator[Span]:
    """The idioms from ``first`` to ``last`` of ``text`` that hold the sign of a number and count nothing."""
    if text.isascii():
        return
    for match in _FIRST.finditer(text, first, last):
        end = _end(text, match.start())
        if end:
            yield Span(match.start(), end, LeftOut.VAGUE)


def _end(text: str, start: int) -> int:
    # Behind another numeral the word is part of a number: 二十一点五 holds no 一点.
    before = text[start - 1 : start]
    if before in _NUMERALS and before:
        return 0
    for width in range(_LONGEST, 0, -1):
        idiom = text[start : start + width]
        if idiom in _PROSE.idioms and not _undone(idiom, before, text[start + width : start + width + 1]):
            return start + width
    return 0


def _undone(idiom: str, before: str, behind: str) -> bool:
    if before and before in _PROSE.part_idioms.get(idiom, ""):
        return True
    if not behind:
        return False
    last = idiom[-1]
    return behind in _PROSE.idiom_breaks.get(last, "") or (last in _CHARACTERS.digits and behind in _SCALES)


def _capitals() -> set[str]:
    return {word.capitalize() for word in LEXICON.stops.no_heads if word.isalpha() and word.isascii() and len(word) < 3}


_ADDRESS = re.compile(
    r"(?:https?|ftp|file)://[^\s<>\"'\u3000-\u303f\u4e00-\u9fff]++|www\.[^\s<>\"'\u3000-\u303f\u4e00-\u9fff]++"
)
_CODE = re.compile(r"```.{0,20000}?```|`[^`\n]{1,400}`|\$\$[^$]{1,2000}\$\$|<[A-Za-z/!][^<>\n]{0,400}>", re.DOTALL)
_BEHIND_BRACKETS = "|".join(
    re.escape(word)
    for word in sorted({*_WORDS.scales, *(name for name, (unit, _) in _UNITS.measures.items() if unit == "fraction")})
    if word.isalpha()
)
_IS_AMOUNT = rf"(?:(?:bn|mn|m|k)(?![\w-])|\s?(?:%|(?i:bn|{_BEHIND_BRACKETS})(?![\w-])))"
"""What shows that a number in brackets is negative, and no mark of a note: ``(3) billion``, ``(12) bps``."""
_NO_DECIMALS = "".join(rf"(?<!\.\d{{{places}}})" for places in range(2, 13))
"""What stands before the mark of a note, and not before the uncertainty of the last digits: 1.67(12)."""
_MARK = re.compile(
    r"(?=[\[(\d#№^])(?:\[\d{1,3}(?:[,–-]\s?\d{1,3}){0,9}\]"
    rf"|(?<![|\t$€£¥₹])(?<![|\t] )(?:\(\d\)(?!\s?[×x]\s?10)|{_NO_DECIMALS}\(\d\d\))(?!{_IS_AMOUNT})"
    r"|\(\s?(?:i|ii|iii|iv|v|vi)\)"
    r"|\b\d{1,4}\([a-z]\)(?:\(\d{1,2}\))?|[#№]\s?\d{1,9}\b|(?<!10)(?<!\.\d)\^\d{1,3})"
)
_SHORT_FIRSTS = "(?:" + "|".join(sorted(_capitals())) + r")(?=[ \t])"
"""Words of one or two letters with which a numbered paragraph may begin: ``2.1 At 31 March``."""
_LISTED = re.compile(
    r"^[ \t>*#•·-]{0,20}(?:\(?(?:\d{1,3}|[A-Za-z])[.)、](?=\s|[^\W\d])|\(?[一二三四五六七八九十]{1,3}\)?[、.．)]|[①-⑳])"
    r"|^[ \t>]{0,20}\(?(?:\d{1,3})、(?=\d)"
    r"|^[ \t#]{0,20}\d{1,2}(?:\.\d{1,2}){1,3}\.?"
    rf"(?=[ \t]{{1,4}}(?:[“„\"]?(?:[A-ZÄÖÜ][a-zäöüß]{{2}}(?!lion|llion)|{_SHORT_FIRSTS})"
    r"|[\u4e00-\u9fff](?<![万亿千百美元欧人个家名倍成吨公米度])))",
    re.MULTILINE,
)
# Only pieces with a digit are judged.
_PIECE = re.compile(
    r"(?<![A-Za-z0-9_@/\\.+'’%-])(?<!\d,)(?=[A-Za-z_@/\\.+'’,-]*+[0-9])[A-Za-z0-9_@/\\][A-Za-z0-9_@/\\.+'’,-]*+"
)
_PHONE = re.compile(
    r"(?:(?<=Tel\. )|(?<=Tel\.: )|(?<=Tel: )|(?<=Fax: )|(?<=Fax )|(?<=Telefon )|(?<=Telefon: )|(?<=Phone: )"
    r"|(?<=电话：))"
    r"\(?\+?\d[\d ()/-]{4,20}\d"
    r"|(?<![\w.])(?:\+\d{1,3}[ -]?(?:\(\d{1,4}\)[ -]?)?\d{2,5}(?:[ -]\d{2,5}){1,4}"
    r"|\(\d{3}\) ?\d{3}-\d{4}|\d{3}-\d{3,4}-\d{4}|0\d{2,5} ?/ ?\d{2,8}(?:[ -]\d{1,5}){0,4})(?!\w)"
)
_POSTCODE = re.compile(
    # 12 High Street, 48155 Münster: behind a house or a box, with nothing but a town behind.
    r"(?=\d)(?:(?:(?<=\d, )|(?<=\d[a-z], )|(?<=\d\n)|(?<=\bD-)|(?<=\bCH-)|(?<=\bA-))\d{4,5}"
    r"(?= [A-ZÄÖÜ][\w-]{2,}(?: [A-ZÄÖÜ(][\w.)-]*| am| an der| im| bei){0,4}[ \t]*(?:$|[\n,.;|)]))"
    # Austin, TX 78701
    r"|(?<=, [A-Z]{2} )\d{5}(?:-\d{4})?(?![\w,.]\d))"
)
_ADDRESSES = tuple(re.compile(pattern) for pattern in _PROSE.addresses)
_SETTING = re.compile(r"(?<![\w-])--?[A-Za-z][\w-]{0,40}=-?[\w.,:/-]*\w|(?<=\S )-[A-Za-z] -?\d[\w.]*(?![\w%,.]*\d|%)")
"""A setting of a program: --level=-2, -j 8."""
_SERIAL = re.compile(r"\b(?:ISBN|ISSN|EAN|IBAN)(?:-1[03])?:?\s?[0-9A-Z](?:[0-9Xx-]|\s(?=\d)){7,30}")
_CONTINENTAL = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+,[0-9]{1,4}")
_POINTS = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
"""A number whose thousands points part, in a language that writes a comma before decimals."""
_POWERED = re.compile(r"\d{1,12}(?:\.\d{1,12})?(?:[eE][+-]?\d{1,2}|[x×]10)")
"""1.3e6, and the beginning of 1.3x10^6."""
_RULE = re.compile(r"\d{1,4}[a-z]-\d{1,3}")
"""10b-5, the number of a rule."""
_TYPES = re.compile(r"\d{3,4}-\d{1,3}s")
"""787-9s, several of one type."""
_DURATION = re.compile(r"\d{1,4}[hm](?:\d{1,2}(?:\.\d{1,3})?[ms]){1,2}|\d{1,2}'\d{1,2}")
"""8m30s, and the feet of 5'10"."""
_SWISS = re.compile(r"[0-9]{1,3}(?:'[0-9]{3})+(?:\.[0-9]+)?")
_HASH = re.compile(r"(?=[0-9]*+[a-f])(?=[a-f]*+[0-9])[0-9a-f]{7,128}|0x[0-9a-f]{1,64}", re.IGNORECASE)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_DOTTED = re.compile(
    r"[vV]?\d{1,6}(?:\.\d{1,6}){2,5}(?:[-+]\w{1,20})?|[vV]\d{1,4}(?:\.\w{1,6}){0,3}"
    r"|\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5}|/\d{1,2})?"
)
_FILE_ENDINGS = words("""
txt md rst pdf doc docx xls xlsx ppt pptx csv tsv json yaml yml toml xml html htm css js ts jsx tsx py ipynb rb go rs
java c h cpp hpp cs sh bat exe dll so png jpg jpeg gif svg webp bmp tif tiff mp3 mp4 mov avi mkv wav zip tar gz tgz
bz2 xz 7z rar iso dmg pkg deb rpm whl log sql db sqlite parquet bib ris epub""")
_DOMAINS = words("com org net io ai cn co uk de fr eu gov edu info dev app me tv us jp kr in ru br ca au ch nl se ly")
_DOMAIN = re.compile(
    r"[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}\.(?:" + "|".join(sorted(_DOMAINS)) + r")(?:[:/].*)?", re.DOTALL
)
_FIGURE_PART = re.compile(r"(\d[\d,]*(?:\.\d+)?|\.\d+)([^\W\d_]*)")
_CODED_MONEY = re.compile(r"([A-Za-z]{1,3})\.?\d[\d,]*(?:\.\d+)?[A-Za-z]{0,3}")
_PREFIXED = re.compile(r"(?:sub|near|nearly|over|under|about|up-to|non|ca|approx|to)-.+", re.IGNORECASE)
_DIGIT = re.compile("[0-9]")
_UPPER_NAMES = words("2D 3D 4D 2G 3G 4G 5G 6G")
"""Names only with a capital: 5G is a network, 5g a weight."""
_LEFT_OPEN = ".,:;/\\-'’&=+%~"
_MOST = 200


def name_spans(text: str) -> Iterator[Span]:
    """Links, code, houses, marks of notes and lists, phone numbers, and every piece that is a name with digits."""
    for pattern in (_ADDRESS, _CODE, _SETTING, _PHONE, _SERIAL, _POSTCODE):
        for match in pattern.finditer(text):
            yield Span(*match.span())
    for pattern in _ADDRESSES:
        for match in pattern.finditer(text):
            yield Span(*match.span("number"), LeftOut.LABEL)
    for pattern in (_MARK, _LISTED):
        for match in pattern.finditer(text):
            yield Span(*match.span(), LeftOut.LABEL)
    for match in _PIECE.finditer(text):
        if _is_group(text, match):
            continue
        if text[match.start() - 1 : match.start()] not in _UNITS.money_signs or not match.start():
            yield from _judged(match[0], match.start())


def _is_group(text: str, match: re.Match[str]) -> bool:
    """Whether a piece goes on with the digits before it: the zeros of 745 000, the minutes of 2:05:30."""
    place = match.start()
    bare = match[0].rstrip(_LEFT_OPEN) if match.end() - place < _LONGEST_PART else ""
    if len(bare) == 2 and bare.isdigit() and _CLOCK_PART.match(text, max(place - 2, 0), place + 4):
        return True
    follows_digits = place > 1 and text[place - 1] in BLANKS and text[place - 2].isdigit()
    return follows_digits and len(match[0]) == 3 and match[0].isdigit()


_LONGEST_PART = 5
_CLOCK_PART = re.compile(r"\d:\d\d|.{0,2}?(?<!\d)\d\d:\d", re.DOTALL)


def _judged(piece: str, start: int) -> Iterator[Span]:
    # 1.234.567,8 is a number, though its points look like those of a version.
    if _CONTINENTAL.fullmatch(piece):
        return
    if _is_coded_money(piece):
        return
    head, comma, rest = piece.partition(",")
    if comma and not piece[0].isdigit():
        yield from _judged(head, start)
        yield from _judged(rest[:_MOST], start + len(head) + 1) if rest else ()
        return
    bare = piece.rstrip(_LEFT_OPEN)
    if not _DIGIT.search(bare):
        return
    if len(bare) > _MOST or _is_name(bare):
        yield Span(start, start + len(bare))


def _is_name(piece: str) -> bool:
    low = piece.lower().removesuffix("'s").removesuffix("’s")
    if _DURATION.fullmatch(piece) or _SWISS.fullmatch(piece):
        return False
    if (
        piece.partition("-")[0] in _UPPER_NAMES
        or low in _PROSE.digit_names
        or "@" in piece
        or "_" in piece
        or "\\" in piece
    ):
        return True
    if _HASH.fullmatch(piece) or _UUID.fullmatch(piece) or _DOTTED.fullmatch(piece) or _DOMAIN.fullmatch(low):
        return not piece.isdigit()
    if low.rpartition(".")[2] in _FILE_ENDINGS and "." in low:
        return True
    if piece[0].isdigit():
        return _is_digit_name(piece)
    return not _is_worded_figure(piece)


def _is_worded_figure(piece: str) -> bool:
    """Whether its letters belong to the figure behind them: ``RMB500``, ``sub-10``; but ``GPT-5`` is a name."""
    if piece[0] == "/":
        return True
    # The piece of "600 mg/24 h" that begins with a letter.
    unit, slash, below = piece.partition("/")
    symbols = any(map(is_symbol_with_digit, (unit, below)))
    if slash and (symbols or STANDARD.known(unit) or unit.lower() in _UNITS.substances):
        return True
    if _is_coded_money(piece) or is_symbol_with_digit(piece):
        return True
    return bool(_PREFIXED.fullmatch(piece)) or (
        "-" in piece and piece.split("-", maxsplit=1)[0].lower() in _NUMBER_WORDS
    )


def _is_coded_money(piece: str) -> bool:
    """Whether it is a number with the code or the name of a currency before it: USD34.6, Rs.1,200, NOK500m."""
    money = _CODED_MONEY.fullmatch(piece.rstrip(_LEFT_OPEN))
    return money is not None and (money[1] in CURRENCIES or money[1] in _UNITS.money_names or money[1] in ("US", "HK"))


_NUMBER_WORDS = frozenset((*_WORDS.below_twenty, *_WORDS.tens, *_WORDS.scales, *_WORDS.lone_hundreds))


def _is_digit_name(piece: str) -> bool:
    """Whether a piece that begins with a digit is a name: ``8x7B``, ``4o``, ``10-K``, ``007``."""
    if _POWERED.fullmatch(piece):
        return False
    if _RULE.fullmatch(piece) or _TYPES.fullmatch(piece):
        return True
    first, *rest = re.split(r"[-/–+]", piece, maxsplit=8)
    return not _is_figure(first) or any(part[:1].isdigit() and not _is_figure(part) for part in rest)


def _is_figure(part: str) -> bool:
    match = _FIGURE_PART.match(part)
    if not match:
        return False
    digits, letters = match[1], match[2]
    # 007 and 0042 are codes: no amount is written with a zero in front.
    if len(digits) > 1 and digits[0] == "0" and digits[1].isdigit():
        return False
    rest = part[match.end() :].strip(".'’")
    suffix = letters in LEXICON.nouns.suffixes or letters.lower() in ("st", "nd", "rd", "th", "s") or _is_unit(letters)
    if not letters:
        return not rest
    return suffix and rest in ("", "s", "a", "m", *(("2", "3") if _is_unit(letters) or letters == "m" else ()))


def _is_unit(letters: str) -> bool:
    known = STANDARD.known(letters)
    if len(letters) == 2:
        return known is not None and STANDARD.is_measure(known)
    low = letters.lower()
    return len(letters) > 2 and (low in _UNITS.measures or low in _WORDS.scales or known is not None)


class Exclusions:
    """All that is set aside in a text, stretch by stretch; its names are found once."""

    def __init__(
        self,
        text: str,
        more: Sequence[Span] = (),
        language: Language | None = None,
        kept: Set[tuple[int, int]] = frozenset(),
        durations: Sequence[FigureMention] = (),
    ) -> None:
        """Everything that is set aside in ``text``, which is in ``language``, and ``more`` spans, but for ``kept``.

        ``durations`` are the figures, in order, that look like times of day and stand in the cells of tables.
        """
        self._text, self._durations = text, durations
        self._duration_starts = [mention.start for mention in durations]
        names = name_spans(text)
        if kept:
            names = (span for span in names if (span.start, span.end) not in kept)
        if language and language.decimal_mark:
            names = (span for span in names if not _POINTS.fullmatch(text, span.start, span.end))
        self._names = merged_spans((*names, *more))

    def within(self, start: int, end: int) -> tuple[list[FigureMention], list[Span]]:
        """Figures that no number begins, in order, and all spans from ``start`` to ``end`` that are not read."""
        spans = merged_spans(
            (*self._named(start, end), *date_spans(self._text, start, end), *idiom_spans(self._text, start, end))
        )
        first, last = (bisect_left(self._duration_starts, place) for place in (start, end))
        own, taken = list(self._durations[first:last]), list(spans)
        for occurrence in pattern_matches(self._text, start, end):
            if isinstance(occurrence, Span):
                taken.append(occurrence)
            elif not _covered(spans, occurrence.start, occurrence.end):
                own.append(occurrence)
                taken.append(Span(occurrence.start, occurrence.end))
        return sorted(own, key=lambda occurrence: occurrence.start), merged_spans(taken)

    def _named(self, start: int, end: int) -> Sequence[Span]:
        first = bisect_left(self._names, (start,))
        # A long name, such as a block of code, may have begun before the stretch.
        first -= first > 0 and self._names[first - 1].end > start
        return list(islice(self._names, first, bisect_left(self._names, (end,))))


def _covered(spans: Sequence[Span], start: int, end: int) -> bool:
    at = bisect_left(spans, (end,))
    return at > 0 and spans[at - 1].end > start


def masked(tokens: Sequence[Token], spans: Sequence[Span]) -> list[Token]:
    """``tokens``, with those that touch one of ``spans`` turned into names, which nothing reads; both in order."""
    masked_tokens, at = [], 0
    for token in tokens:
        while at < len(spans) and spans[at].end <= token.start:
            at += 1
        hidden = at < len(spans) and spans[at].start < token.end
        masked_tokens.append(token._replace(kind="name", low="\0" + token.low) if hidden else token)
    return masked_tokens
