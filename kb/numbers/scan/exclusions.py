"""Names, dates and idioms whose digits are no figures, set aside before the numbers of a text are read.

A name is judged piece by piece; a piece is a run of characters that Latin writing joins without a blank: ``GPT-4o``,
``v2.1``. Every pattern starts only where a run starts and gives nothing back, so the time grows with the length of the
text alone. Dates are those that their own signs give away; years that only their surroundings give away (``in 2025``)
are judged with the figure.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice

from kb.domain.unit import STANDARD
from kb.domain.unit.names import CURRENCIES
from kb.numbers import en, unit_words, zh
from kb.numbers.en import DIGIT_NAMES, DOMAINS, FILE_ENDINGS, SYMBOLS, UPPER_NAMES
from kb.numbers.scan.mention import FigureMention, Span, merged_spans
from kb.numbers.scan.patterns import pattern_matches
from kb.numbers.token import Token
from kb.numbers.unit_words import SIGNS
from kb.numbers.zh import IDIOMS

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)"
)
_YEAR = r"(?:1[5-9]|20|21)\d{2}"
_NO_MORE = r"(?![\d%]|[.,]\d|\s?(?:percent|million|billion|trillion|thousand|hundred|bn|dollars|times)\b)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_HAN = "一二三四五六七八九十"
_ENGLISH = (
    rf"(?<![A-Za-z]){_MONTH}\.?\s{{1,2}}{_DAY}(?:\s?[-–]\s?(?:{_MONTH}\s)?{_DAY})?(?:,?\s{{1,2}}{_YEAR})?{_NO_MORE}",
    rf"(?<![A-Za-z]){_MONTH}\.?,?\s{{1,2}}(?:of\s)?{_YEAR}{_NO_MORE}",
    rf"(?<![\w$€£¥])(?<!\d[.,]){_DAY}(?:\s?[-–]\s?{_DAY})?\s(?:of\s)?{_MONTH}(?![a-z])(?:,?\s{_YEAR})?",
    rf"(?<!\w)(?<!\d\.){_YEAR}[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?:[T ]\d{{1,2}}:\d{{2}}(?::\d{{2}})?Z?)?(?!\w)",
    rf"(?<!\w)(?<!\d\.)\d{{1,2}}[/.]\d{{1,2}}[/.](?:{_YEAR}|\d{{2}})(?!\w)",
    r"(?<![\w:])(?<!\d\.)\d{1,2}(?::[0-5]\d){1,2}(?:\s?[ap]\.?m\b\.?)?(?![\w:])",
    r"(?<![\w$€£¥])(?<!\d[.,])\d{1,2}(?:\.\d{2})?\s?(?:[ap]\.m\.|[ap]m\b|[AP]M\b|o['’]clock)",
    r"(?<![\w])(?:1[5-9]|20)\d0['’]?s\b|(?<![\w$€£¥])(?<!\d[.,])['’]?[2-9]0s\b",
    r"\bFY\s?['’]?\d{2,4}(?:/\d{2})?\b|\b[1-4]Q\s?['’]?\d{2}\b|\b[QH][1-4]\s?['’]?\d{2}\b|\b[12]H\s?['’]?\d{2}\b|(?<!\w)\d[QH]\d{2}\b",
    r"(?<!\w)(?<!\d[.,])\d{1,2}(?:st|nd|rd|th)[- ](?:and\s\d{1,2}(?:st|nd|rd|th)[- ])?centur(?:y|ies)",
    rf"(?<![\w$€£¥])(?<!\d[.,]){_YEAR}(?:\s?[-–/]\s?(?:{_YEAR}|\d{{2}}))(?![\w%]|[.,]\d|\s?(?:million|billion|percent|people|words|users)\b)",
    r"(?<!\w)(?<!\d\.)(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![\w-]|\.\d)",
)
_CHINESE = (
    rf"(?<!\d)(?<!\d[.,])(?:{_YEAR}|['’]?\d{{2}})\s?年(?:\s?(?:第[一二三四1-4]季度|[一二三四]季度|[上下]半年|年[初中底末]|[初中底末]|春|夏|秋|冬))?\s?(?:\d{{1,2}}|[{_HAN}]{{1,3}})\s?月(?:\s?(?:\d{{1,2}}|[{_HAN}]{{1,3}})\s?[日号])?",
    rf"(?<!\d)(?<!\d[.,])(?:{_YEAR}\s?(?:年\s?)?[-–—~～到至]\s?)?{_YEAR}\s?年(?:度|代|级|版|款)?(?:\s?(?:第[一二三四1-4]季度|[一二三四]季度|[上下]半年|[前后]半年))?(?!前的?\d)",
    r"(?<![零〇一二三四五六七八九])[一二][零〇九八][零〇一二三四五六七八九]{2}\s?年",
    r"(?<![\d个個])(?<!\d[.,])(?:1[0-2]|0?[1-9])\s?月(?:\s?(?:3[01]|[12]\d|0?[1-9])\s?[日号](?!元))?(?:\s?[-–—~～到至]\s?(?:\d{1,2}\s?月\s?)?\d{1,2}\s?[日号])?",
    rf"(?<![{_HAN}百千万几数个個])(?:十[一二]|[{_HAN}])月(?:\s?[{_HAN}]{{1,3}}[日号])?(?!球|亮|饼)",
    r"(?<!\d)(?<!\d[.,])(?:3[01]|[12]\d|[1-9])\s?[日号](?![本内后間间均元趋游程光子常活志历以之新])",
    r"第?[一二三四1-4]\s?季度",
    rf"(?<!\d)(?<!\d[.,])(?:\d{{1,2}}|[二一十九八]{{1,3}})\s?世纪(?:\s?(?:\d0|[{_HAN}]{{1,2}})\s?年代)?|(?<!\d)(?<!\d[.,])(?:{_YEAR}|\d0|[二三四五六七八九]十)\s?年代",
    rf"(?:上午|下午|晚上|早上|清晨|凌晨|中午|傍晚|夜里|今晚|当晚|午夜|晚间|晚|早)\s?(?:\d{{1,2}}|[{_HAN}]{{1,2}})\s?[点时](?:半|整|多)?(?:\s?(?:\d{{1,2}}|[{_HAN}]{{1,3}})\s?分)?",
    rf"(?<![\d{_HAN}])(?<!\d[.,])(?:\d{{1,2}}|[{_HAN}]{{1,2}})\s?(?:点钟|点半|点整|时许)",
    r"(?<!\d)(?<!\d[.,])\d{1,2}\s?[点时]\s?\d{1,2}\s?分",
)
_ANY = tuple(re.compile(pattern) for pattern in (*_ENGLISH, *_CHINESE))


def date_spans(text: str, start: int, end: int) -> Iterator[Span]:
    """Every date and time of day from ``start`` to ``end`` of ``text`` that its own signs give away."""
    for pattern in _ANY:
        for match in pattern.finditer(text, start, end):
            yield Span(*match.span(), is_date=True)


_LONGEST = max(map(len, IDIOMS))
_FIRST = re.compile("[" + "".join(sorted({idiom[0] for idiom in IDIOMS})) + "]")
_SCALES = frozenset((*zh.TENS, *zh.SCALES))
_NUMERALS = frozenset((*zh.DIGITS, *_SCALES, *"几数上第0123456789"))
_UNDONE = {"分": "之钟", "星": "期", "点": "零一二三四五六七八九", "时": "间"}
"""A character behind an idiom's last one that makes a number of it after all: 十分之一, 三星期, 一点五亿."""


def idiom_spans(text: str, first: int, last: int) -> Iterator[Span]:
    """The places of such words from ``first`` to ``last`` of ``text``."""
    if text.isascii():
        return
    for match in _FIRST.finditer(text, first, last):
        end = _end(text, match.start())
        if end:
            yield Span(match.start(), end)


def _end(text: str, start: int) -> int:
    before = text[start - 1 : start]
    if before in _NUMERALS and before:
        return 0
    for width in range(_LONGEST, 0, -1):
        idiom = text[start : start + width]
        if idiom in IDIOMS and not _undone(idiom, before, text[start + width : start + width + 1]):
            return start + width
    return 0


def _undone(idiom: str, before: str, behind: str) -> bool:
    if not behind:
        return False
    if idiom == "之一" and before == "分":
        return True
    return behind in _UNDONE.get(idiom[-1], "") or (idiom[-1] in zh.DIGITS and behind in _SCALES)


_ADDRESS = re.compile(
    r"(?:https?|ftp|file)://[^\s<>\"'\u3000-\u303f\u4e00-\u9fff]++|www\.[^\s<>\"'\u3000-\u303f\u4e00-\u9fff]++"
)
_CODE = re.compile(r"```.{0,20000}?```|`[^`\n]{1,400}`|\$\$[^$]{1,2000}\$\$|<[A-Za-z/!][^<>\n]{0,400}>", re.DOTALL)
_MARK = re.compile(
    r"\[\d{1,3}(?:[,–-]\s?\d{1,3}){0,9}\]|\(\d{1,2}\)|\(\s?(?:i|ii|iii|iv|v|vi)\)|[#№]\s?\d{1,9}\b|\^\d{1,3}"
)
_LISTED = re.compile(
    r"^[ \t>*#•·-]{0,20}(?:\(?(?:\d{1,3}|[A-Za-z])[.)、](?=\s|[^\W\d])|\(?[一二三四五六七八九十]{1,3}\)?[、.．)]|[①-⑳])"
    r"|^[ \t#]{0,20}\d{1,2}(?:\.\d{1,2}){1,3}\.?"
    r"(?=[ \t]{1,4}(?:[A-Z][a-z]{2}(?!lion|llion)|[\u4e00-\u9fff](?<![万亿千百美元欧人个家名倍成吨公米度])))",
    re.MULTILINE,
)
_PIECE = re.compile(r"(?<![A-Za-z0-9_@/\\.+'’%-])[A-Za-z0-9_@/\\][A-Za-z0-9_@/\\.+'’,-]*+")
_PHONE = re.compile(
    r"(?<![\w.])(?:\+\d{1,3}[ -]?(?:\(\d{1,4}\)[ -]?)?\d{2,5}(?:[ -]\d{2,5}){1,4}"
    r"|\(\d{3}\) ?\d{3}-\d{4}|\d{3}-\d{3,4}-\d{4})(?!\w)"
)
_SERIAL = re.compile(r"\b(?:ISBN|ISSN|EAN|IBAN)(?:-1[03])?:?\s?[0-9A-Z](?:[0-9Xx-]|\s(?=\d)){7,30}")
_CONTINENTAL = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+,[0-9]{1,4}")
_HASH = re.compile(r"(?=[0-9]*+[a-f])(?=[a-f]*+[0-9])[0-9a-f]{7,128}|0x[0-9a-f]{1,64}", re.IGNORECASE)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_DOTTED = re.compile(
    r"[vV]?\d{1,6}(?:\.\d{1,6}){2,5}(?:[-+]\w{1,20})?|[vV]\d{1,4}(?:\.\w{1,6}){0,3}"
    r"|\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5}|/\d{1,2})?"
)
_DOMAIN = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}\.(?:" + "|".join(sorted(DOMAINS)) + r")(?:[:/].*)?", re.DOTALL)
_FIGURE_PART = re.compile(r"(\d[\d,]*(?:\.\d+)?|\.\d+)([^\W\d_]*)")
_CODED_MONEY = re.compile(r"([A-Za-z]{1,3})\d[\d,]*(?:\.\d+)?[A-Za-z]{0,3}")
_PREFIXED = re.compile(r"(?:sub|near|nearly|over|under|about|up-to|non|ca|approx|to)-.+", re.IGNORECASE)
_DIGIT = re.compile("[0-9]")
_LEFT_OPEN = ".,:;/\\-'’&=+%~"
_MOST = 200


def name_spans(text: str) -> Iterator[Span]:
    """Addresses, code, marks of notes and lists, phone numbers, and every piece that is a name with digits in it."""
    for pattern in (_ADDRESS, _CODE, _MARK, _LISTED, _PHONE, _SERIAL):
        for match in pattern.finditer(text):
            yield Span(*match.span())
    for match in _PIECE.finditer(text):
        if text[match.start() - 1 : match.start()] not in SIGNS or not match.start():
            yield from _judged(match[0], match.start())


def _judged(piece: str, start: int) -> Iterator[Span]:
    if _CONTINENTAL.fullmatch(piece):
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
    if piece in DIGIT_NAMES or low in DIGIT_NAMES - UPPER_NAMES or "@" in piece or "_" in piece or "\\" in piece:
        return True
    if _HASH.fullmatch(piece) or _UUID.fullmatch(piece) or _DOTTED.fullmatch(piece) or _DOMAIN.fullmatch(low):
        return not piece.isdigit()
    if low.rpartition(".")[2] in FILE_ENDINGS and "." in low:
        return True
    if piece[0].isdigit():
        return _is_digit_name(piece)
    return not _is_worded_figure(piece)


def _is_worded_figure(piece: str) -> bool:
    """``RMB500``, ``sub-10``: letters that belong to the figure behind them; ``GPT-5``, ``H100`` are names."""
    if piece[0] == "/":
        return True
    money = _CODED_MONEY.fullmatch(piece)
    if money and (money[1].upper() in CURRENCIES or money[1].lower() in ("rmb", "rs", "us", "hk")):
        return True
    return bool(_PREFIXED.fullmatch(piece)) or (
        "-" in piece and piece.split("-", maxsplit=1)[0].lower() in _NUMBER_WORDS
    )


_NUMBER_WORDS = frozenset((*en.BELOW_TWENTY, *en.TENS, *en.SCALES, "hundred"))


def _is_digit_name(piece: str) -> bool:
    """``8x7B``, ``4o``, ``10-K``, ``007``: a piece that begins with a digit and is no figure."""
    first, *rest = re.split(r"[-/–+]", piece, maxsplit=8)
    return not _is_figure(first) or any(part[:1].isdigit() and not _is_figure(part) for part in rest)


def _is_figure(part: str) -> bool:
    match = _FIGURE_PART.match(part)
    if not match:
        return False
    digits, letters = match[1], match[2]
    if len(digits) > 1 and digits[0] == "0" and digits[1].isdigit():
        return False
    rest = part[match.end() :].strip(".'’")
    suffix = letters in SYMBOLS or letters.lower() in ("st", "nd", "rd", "th", "s") or _is_unit(letters)
    if not letters:
        return not rest
    return (suffix and not rest) or (suffix and rest in ("s", "a", "m"))


def _is_unit(letters: str) -> bool:
    return len(letters) > 2 and (
        letters.lower() in unit_words.MEASURES or letters.lower() in en.SCALES or STANDARD.known(letters) is not None
    )


class Exclusions:
    """The names of a whole text, and for one stretch of it after another all that is set aside there."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._names = merged_spans(name_spans(text))

    def within(self, start: int, end: int) -> tuple[list[FigureMention], list[Span]]:
        """Figures that no number begins, in order, and every span from ``start`` to ``end`` that is not to be read."""
        spans = merged_spans(
            (*self._named(start, end), *date_spans(self._text, start, end), *idiom_spans(self._text, start, end))
        )
        own, taken = [], list(spans)
        for occurrence in pattern_matches(self._text, start, end):
            if isinstance(occurrence, Span):
                taken.append(occurrence)
            elif not _covered(spans, occurrence.start, occurrence.end):
                own.append(occurrence)
                taken.append(Span(occurrence.start, occurrence.end))
        return sorted(own, key=lambda occurrence: occurrence.start), merged_spans(taken)

    def _named(self, start: int, end: int) -> Sequence[Span]:
        first = bisect_left(self._names, (start,))
        first -= first > 0 and self._names[first - 1].end > start
        return list(islice(self._names, first, bisect_left(self._names, (end,))))


def _covered(spans: Sequence[Span], start: int, end: int) -> bool:
    at = bisect_left(spans, (end,))
    return at > 0 and spans[at - 1].end > start


def masked(tokens: Sequence[Token], spans: Sequence[Span]) -> list[Token]:
    """``tokens``, those that touch one of ``spans`` made names, which nothing reads; both in order."""
    masked_tokens, at = [], 0
    for token in tokens:
        while at < len(spans) and spans[at].end <= token.start:
            at += 1
        hidden = at < len(spans) and spans[at].start < token.end
        masked_tokens.append(token._replace(kind="name", low="\0" + token.low) if hidden else token)
    return masked_tokens
